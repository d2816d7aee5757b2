/*
 * A record -> the text of its file, in the canonical form of hooks/atlaas/edit/canonical.py:
 * keys in the order of the models, codes in double quotes, other values in quotes (those of JSON,
 * which YAML reads) as soon as a reader could take them for something else. A correction keeps the
 * comments of the file.
 */

import { bulleted } from "./contribute-paste.js";
import { fold, slug } from "./names.js";

export { fold, slug };

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
  bulleted(text.normalize("NFC").replace(/\r\n?/g, "\n")).replace(/[\u00a0\u202f]/g, " ")
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

// The comments of a file to correct (hooks/atlaas/read/comments.py), given out by the path of what they
// explain; `used` counts those that found their place.
const margins = (comments = {}) => {
  const { head = [], above = {}, beside = {}, tail = [] } = comments;
  let used = head.length + tail.length;
  return {
    head,
    tail,
    above: (path) => {
      const lines = (path !== null && above[path]) || [];
      used += lines.length;
      return lines;
    },
    beside: (path) => {
      const words = path !== null && beside[path];
      if (words) used += 1;
      return words ? `  ${words}` : "";
    },
    lost: () => head.length + tail.length + Object.values(above).flat().length
      + Object.keys(beside).length - used,
  };
};

// For each item of a list, the number that it had before: that of the same item, else that of the
// first one left with which it shares a value. Null for a new one.
const earlier = (items, before) => {
  const old = Array.isArray(before) ? before : [];
  const left = new Set(old.keys());
  const take = (right) => {
    const at = [...left].find(right) ?? null;
    left.delete(at);
    return at;
  };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const alike = (one, other) => typeof one === "object"
    && Object.keys(one).some((key) => same(one[key], other[key]));
  const found = items.map((item) => take((at) => same(item, old[at])));
  return found.map((at, index) => at ?? take((number) => alike(items[index], old[number])));
};

// The lines of a mapping, each with the comments above it; `fields` gives the order of its keys,
// `before` and `path` what it was in the file to correct (null: it was not there).
const mapping = (fields, record, margin, notes, before, path) => {
  const lines = [];
  const under = (key) => (path === null ? null : path ? `${path}.${key}` : `${key}`);
  const add = (at, words, more = []) =>
    lines.push({ above: [...notes.above(at), ...more], words: words + notes.beside(at) });
  for (const field of fields) {
    const value = record[field.key];
    const at = under(field.key);
    if (value === undefined || value === "" || (Array.isArray(value) && !value.length)) continue;
    if (field.kind === "part") {
      add(at, `${margin}${field.key}:`);
      lines.push(...mapping(field.fields, value, `${margin}  `, notes, before?.[field.key],
        before?.[field.key] ? at : null));
      continue;
    }
    if (!Array.isArray(value)) {
      add(at, `${margin}${field.key}: ${scalar(value, kindOf(field))}`);
      continue;
    }
    add(at, `${margin}${field.key}:`);
    const numbers = earlier(value, before?.[field.key]);
    value.forEach((item, index) => {
      const old = at === null || numbers[index] === null ? null : `${at}.${numbers[index]}`;
      if (typeof item === "string") {
        add(old, `${margin}  - ${scalar(item, field.kind)}`);
        return;
      }
      const own = notes.above(old);
      const inner = mapping(field.fields, item, `${margin}    `, notes,
        old === null ? undefined : before[field.key][numbers[index]], old);
      if (inner.length) {
        inner[0].words = `${margin}  - ${inner[0].words.trimStart()}${notes.beside(old)}`;
        inner[0].above.unshift(...own);
      }
      lines.push(...inner);
    });
  }
  return lines;
};

// The text of a file, and how many comments of `original` found no place in it: { content, lost }.
// An action's has a story under its front matter.
export const written = (kind, fields, record, body = "", original = null) => {
  const notes = margins(original?.comments);
  const lines = mapping(fields, record, "", notes, original?.record, "")
    .flatMap(({ above, words }) => [...above.map((note) => /^ */.exec(words)[0] + note), words]);
  const front = [...notes.head, ...lines, ...notes.tail].join("\n");
  const told = story(body);
  return {
    content: kind === "action" ? `---\n${front}\n---\n${told ? `\n${told}\n` : ""}` : `${front}\n`,
    lost: notes.lost(),
  };
};
export const text = (...file) => written(...file).content;
