// Words close to one that was mistyped. Loaded only where an answer lacks a word.

// How many letters to add, drop, change or swap with the next to make `b` of `a`; Infinity where
// it takes more than `most` (optimal string alignment).
export const distance = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return Infinity;
    [before, last] = [last, row];
  }
  return last[b.length] <= most ? last[b.length] : Infinity;
};

// Faults that a word may hold: none under four letters, else one, two from seven letters.
export const faults = (word) => (word.length < 4 ? 0 : word.length < 7 ? 1 : 2);

// The closest of `known`, where the first ones are the most likely; undefined where none is close.
// `fold` takes accents away from the known words; `word` comes without.
export const nearest = (word, known, fold) => {
  const most = faults(word);
  let best;
  let least = Infinity;
  for (const one of most ? known : []) {
    const folded = fold(one);
    // The first letter is seldom the wrong one: another counts as half a fault more.
    const far = distance(word, folded, most) + (folded[0] === word[0] ? 0 : 0.5);
    if (far < least) [best, least] = [one, far];
  }
  return best;
};
