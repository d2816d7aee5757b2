/*
 * Actions that may be the one at hand: what python -m atlaas says of duplicates, closely enough for a
 * form to ask.
 */
import { fold, line } from "./contribute-yaml.js";

// Titles of the same territory or département that may tell of the same action, closest first.
export const twins = (title, code, slug, known) => {
  const words = new Set(fold(line(title)).split(/[^a-z0-9]+/).filter((word) => word.length > 2));
  const pairs = (text) => {
    const plain = fold(text).replace(/[^a-z0-9]+/g, " ");
    return new Set([...plain].slice(1).map((c, i) => plain[i] + c));
  };
  const mine = pairs(title);
  const found = [];
  for (const [other, titles] of Object.entries(known)) {
    for (const [id, name] of Object.entries(titles)) {
      if (other === code && id === slug) continue;
      const theirs = pairs(name);
      const both = [...mine].filter((pair) => theirs.has(pair)).length;
      const close = (2 * both) / (mine.size + theirs.size || 1);
      const shared = fold(name).split(/[^a-z0-9]+/).filter((word) => words.has(word)).length;
      const score = Math.max(close, words.size > 1 ? (shared / words.size) * 0.9 : 0);
      if (score >= (other === code ? 0.6 : 0.8)) found.push({ code: other, id, name, score });
    }
  }
  return found.sort((a, b) => b.score - a.score).slice(0, 5);
};
