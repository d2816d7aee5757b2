// How words are searched: the same tokens as hooks/atlaas/publish/lexicon.py, which says why.
// tests/shared/words.json is run by both.
const END = "q";
const LETTERS = "abcdefghij";

export const fold = (text) =>
  text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").normalize("NFD").replace(/[\u0300-\u036f]/g, "");

// A folded word without the endings of plural, feminine, infinitive and participle.
export const stem = (written) => {
  let word = written;
  if (word.length > 3) {
    if (word.endsWith("eaux")) word = word.slice(0, -1);
    else if (word.endsWith("aux") && word.length > 4) word = `${word.slice(0, -2)}l`;
    else if (/(s|ux|oix)$/.test(word)) word = word.slice(0, -1);
  }
  if (word.length > 4 && /(?<!ill)er$/.test(word)) word = word.slice(0, -2);
  while (word.length > 3 && word.endsWith("e")) word = word.slice(0, -1);
  return word.length > 3 ? word.replace(/([b-df-hj-np-tv-z])\1$/, "$1") : word;
};

export const token = (word) => stem(word).replace(/[0-9]/g, (digit) => `q${LETTERS[digit]}`) + END;

// What is asked of a token that may be the beginning of a longer word.
export const beginning = (whole) => whole.slice(0, -1);

const wordsOf = (text) =>
  (fold(text).match(/[a-z0-9]+(?:[-\u2010\u2011][a-z0-9]+)*/g) || []).flatMap((compound) => {
    const parts = compound.match(/[a-z0-9]+/g);
    const whole = parts.length > 1 ? parts.join("") : "";
    return parts.map((word, at) => ({ word, whole, left: parts.length - at }));
  });

export const lexicon = ({ stop, joined, groups }) => {
  const small = new Set(stop);
  const beginnings = new Set(joined);
  const forms = new Map();
  const longest = new Map();
  for (const [name, written] of Object.entries(groups)) {
    for (const form of written) {
      const words = form.split(" ");
      forms.set(form, name);
      longest.set(words[0], Math.max(words.length, longest.get(words[0]) || 0));
    }
  }
  const groupAt = (words, at) => {
    for (let count = longest.get(stem(words[at].word)) || 0; count > 0; count -= 1) {
      const form = words.slice(at, at + count).map(({ word }) => stem(word));
      const name = forms.get(form.join(" "));
      if (name) return [name, form.length];
    }
    return ["", 1];
  };

  // The words of a query: {token, parts, word}; parts as they are written, where the token is that
  // of a whole or of a meaning.
  const asked = (text) => {
    const words = wordsOf(text);
    const slots = [];
    for (let at = 0; at < words.length;) {
      const { word, whole, left } = words[at];
      let [group, count] = groupAt(words, at);
      let compound = "";
      if (whole && left > 1 && count <= left) [compound, count] = [whole, left];
      else if (!group && beginnings.has(word) && at + 1 < words.length) [compound, count] = [word + words[at + 1].word, 2];
      const known = group || forms.get(stem(compound)) || (compound && token(compound));
      const here = words.slice(at, at + count);
      const parts = compound && known !== token(compound)
        ? [token(compound)]
        : here.filter((part) => !small.has(part.word)).map((part) => token(part.word));
      const written = here.map((part) => part.word).join(" ");
      if (known) slots.push({ token: known, parts, word: written });
      else if (parts.length) slots.push({ token: parts[0], parts: [], word: written });
      at += count;
    }
    return slots;
  };
  return { asked };
};
