/*
 * What is pasted from a word processor, a page or a PDF, as it would have been typed: the rules of
 * hooks/atlaas/text/typed.py, held to the same table of cases, and what is said of it.
 */
const TRACKING = /^(?:utm_[a-zA-Z0-9_]+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_cid|mc_eid)(?:=.*)?$/i;
const NAMED = /^\[[^\]]*\]\(\s*<?(https?:\/\/[^\s<>]+?)>?\s*\)$/;
const COMPLETE = /^https?:\/\/[^\s<>]+$/;
const AROUND = /^[ \t\n<>"'«»“”„‘’\u00a0\u202f]+|[ \t\n<>"'«»“”„‘’\u00a0\u202f]+$/g;
const BULLET = /^[ \t\u00a0]*(?:[•●▪◦‣■□➢\uf0b7\uf0a7\uf0d8][ \t\u00a0]*|[-–—*·o]\t[ \t\u00a0]*)(?=\S)/gm;
const RANK = /^[ \t\u00a0]*(\d{1,2})[.)]\t[ \t\u00a0]*(?=\S)/gm;
const BREAKS = /[\v\f\x1c-\x1e\x85\u2028\u2029]/g;
const HIDDEN = /(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]/gu;

const WORD = { "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢" }; // its bullets

const withoutInvisible = (text) =>
  text.replace(BREAKS, " ").replace(/[\uf0b7\uf0a7\uf0d8]/g, (sign) => WORD[sign]).replace(HIDDEN, "");

export const addressTyped = (text) => {
  const given = withoutInvisible(text).replace(AROUND, "");
  const url = NAMED.exec(given)?.[1] || given;
  if (!COMPLETE.test(url)) return text;
  const [, page, asked, query, hash, fragment] = /^([^?#]*)(\??)([^#]*)(#?)(.*)$/s.exec(url);
  const parts = query.split("&");
  const kept = parts.filter((part) => !TRACKING.test(part));
  const before = asked && kept.length < parts.length
    ? (kept.length ? `${page}?${kept.join("&")}` : page) : page + asked + query;
  const rest = fragment.split(":~:")[0];
  return rest || (hash && url.endsWith("#")) ? `${before}#${rest}` : before;
};

export const bulleted = (text) => text.replace(BULLET, "- ").replace(RANK, "$1. ");

export const textPasted = (text) => withoutInvisible(bulleted(text.replace(/\r\n?/g, "\n")))
  .replace(/[\u00a0\u202f]/g, " ").normalize("NFC");

// What was taken from a pasted text, in a few words; nothing where it stayed as it was.
const said = (text, isAddress) => {
  const lines = text.replace(/\r\n?/g, "\n");
  const plain = lines.replace(BULLET, "- ").replace(RANK, "$1. ");
  const hidden = plain.replace(BREAKS, " ").match(HIDDEN)?.length || 0;
  const words = [];
  if (plain !== lines) words.push("puces mises en liste");
  if (hidden) words.push(globalThis.atlaasWords.plural(hidden, "caractère invisible retiré", "caractères invisibles retirés"));
  if (isAddress) {
    const query = /\?([^#]*)/.exec(text)?.[1].split("&") || [];
    const tracking = query.map((part) => part.split("=")[0]).filter((name) => TRACKING.test(name));
    if (tracking.length) words.push(`suivi retiré de l’adresse (${tracking.join(", ")})`);
    else if (addressTyped(text) !== text.trim()) words.push("adresse seule gardée");
  }
  return words;
};

// Cleans what is pasted into the fields of a form as it comes in; `say` tells it in one line.
export const cleanPastes = (form, say) => form.addEventListener("paste", (event) => {
  const field = event.target;
  const given = event.clipboardData?.getData("text/plain") || "";
  if (!given || !field.matches("textarea, input[type=text], input[type=url]")) return;
  const isAddress = field.type === "url";
  const plain = isAddress ? addressTyped(given).trim() : textPasted(given);
  const clean = field.matches("textarea") ? plain : plain.split(/\s+/).filter(Boolean).join(" ");
  const words = said(given, isAddress);
  say(field, words.length ? `Texte collé nettoyé : ${words.join(", ")}.` : "");
  if (clean === given) return;
  event.preventDefault();
  field.setRangeText(clean, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
