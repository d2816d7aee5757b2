/*
 * A draft in an address: all of it stands in the fragment, packed, which no browser sends to a
 * server. Whoever opens the address has the draft; hooks/atlaas/contribute/handed.py reads it too.
 *
 *   #brouillon=<base64url of deflate-raw of JSON { kind, record, body, own, of, base }>
 */
const MARK = "#brouillon=";
const MOST_PACKED = 100_000; // characters of an address
const MOST_TEXT = 300_000; // bytes once unpacked

const through = async (bytes, stream) => {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > MOST_TEXT) {
      await reader.cancel();
      throw new RangeError("too long");
    }
    parts.push(part.value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
};

// The address that carries a draft; null where it would be too long, or the browser is too old.
export const linkTo = async (page, kind, { record, body, own, of, base }) => {
  if (!globalThis.CompressionStream) return null;
  const json = new TextEncoder().encode(JSON.stringify({ kind, record, body, own, of, base }));
  if (json.length > MOST_TEXT) return null;
  const bytes = await through(json, new CompressionStream("deflate-raw"));
  const packed = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return packed.length > MOST_PACKED ? null : `${page}${MARK}${packed}`;
};

export const isHanded = (hash) => hash.startsWith(MARK);

// What a fragment carries, of any form, or null where it was changed or cut.
export const handed = async (hash, kind) => {
  const packed = hash.slice(MARK.length);
  if (packed.length > MOST_PACKED || !/^[\w-]+$/.test(packed)) return null;
  try {
    const binary = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const text = await through(bytes, new DecompressionStream("deflate-raw"));
    const draft = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text));
    if (draft?.kind !== kind) return null;
    return { ...draft, sent: null, saved: "" };
  } catch {
    return null;
  }
};
