/*
 * A record -> the text of its file, in the canonical form of hooks/atlaas/review/canonical.py:
 * keys in the order of the models, codes in double quotes, other values in quotes (those of JSON,
 * which YAML reads) as soon as a reader could take them for something else.
 */

// Without case, accents or ligatures, as hooks/atlaas/text.py does it.
export const fold = (text) =>
  text.replace(/œ/g, "oe").replace(/Œ/g, "Oe").replace(/æ/g, "ae").replace(/Æ/g, "Ae")
    .normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export const slug = (text) => fold(text).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

// A slug cut at a word, short enough for a file name (hooks/atlaas/rules/filing.py).
export const cut = (words, most) => {
  if (words.length <= most) return words;
  const start = words.slice(0, most + 1);
  return start.slice(0, Math.max(start.lastIndexOf("-"), 0)) || words.slice(0, most);
};

// One line of normal characters.
export const line = (text) => text.normalize("NFC").split(/\s+/u).filter(Boolean).join(" ");

// A Markdown text of normal characters, without spaces at the ends of lines.
export const story = (text) =>
  text.normalize("NFC").replace(/\r\n?/g, "\n").replace(/[\u00a0\u202f]/g, " ")
    .replace(/[ \t]+$/gm, "").replace(/^\n+|\n+$/g, "");

// What YAML 1.1 or 1.2 would read as a number, a date, a truth value or nothing.
const MISREAD = new RegExp("^(?:" + [
  "", "~", "=", "<<", "null|Null|NULL", "true|True|TRUE|false|False|FALSE",
  "yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF",
  "[-+]?0b[01_]+", "[-+]?0o?[0-7_]+", "[-+]?0x[0-9a-fA-F_]+", "[-+]?[0-9][0-9_]*",
  "[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?",
  "[-+]?(?:[0-9][0-9_]*)?\\.[0-9_]*(?:[eE][-+]?[0-9]+)?", "[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+",
  "[-+]?\\.(?:inf|Inf|INF)", "\\.(?:nan|NaN|NAN)",
  "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \\t].*)?",
].join("|") + ")$");
const BARE = /^(?:-?\d+(?:\.\d+)?|\d{4}-\d\d(?:-\d\d)?|true|false)$/;
const OPENS = /^(?:[#,[\]{}&*!|>'"%@`]|[-?:](?:\s|$)|---|\.\.\.)/;
const SPECIAL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/;

// JSON's quotes; what YAML would not take as it stands in them is escaped.
const quoted = (text) =>
  JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

const special = (text) => [...text].some((c) => c.length === 1 && SPECIAL.test(c));

export const scalar = (text, kind) => {
  if (kind === "place" || kind === "places" || kind === "code") return quoted(text);
  if (["date", "whole", "number", "flag"].includes(kind) && BARE.test(text)) return text;
  const odd = MISREAD.test(text) || OPENS.test(text) || /:(\s|$)|\s#|^\s|\s$/.test(text);
  return odd || special(text) ? quoted(text) : text;
};

const kindOf = (field) =>
  field.words === "departements" ? "code" : field.words === "editions" || field.words === "levels"
    ? "whole" : field.kind;

// The lines of a mapping; `fields` gives the order of its keys.
const mapping = (fields, record, margin) => {
  const lines = [];
  for (const field of fields) {
    const value = record[field.key];
    if (value === undefined || value === "" || (Array.isArray(value) && !value.length)) continue;
    if (!Array.isArray(value)) {
      lines.push(`${margin}${field.key}: ${scalar(value, kindOf(field))}`);
      continue;
    }
    lines.push(`${margin}${field.key}:`);
    for (const item of value) {
      if (typeof item === "string") {
        lines.push(`${margin}  - ${scalar(item, field.kind)}`);
      } else {
        const inner = mapping(field.fields, item, `${margin}    `);
        if (inner.length) inner[0] = `${margin}  - ${inner[0].trimStart()}`;
        lines.push(...inner);
      }
    }
  }
  return lines;
};

// The whole text of a file; an action's has a story under its front matter.
export const text = (kind, fields, record, body = "") => {
  const front = mapping(fields, record, "").join("\n");
  if (kind !== "action") return `${front}\n`;
  const told = story(body);
  return `---\n${front}\n---\n${told ? `\n${told}\n` : ""}`;
};
