// The records that /recherche/ searches, in volumes: the columns of each (recherche/facettes/) and
// its index of words (recherche/index/) are fetched when it is first asked. Formats, and what is in
// which: hooks/atlaas/publish/search.py. A record is known by its number.
const unfold = (runs) => {
  const column = [];
  for (const [value, times] of runs) for (let i = 0; i < times; i += 1) column.push(value);
  return column;
};

// `json` fetches a file of recherche/, `once` keeps what was fetched; `base` is the address of
// recherche/index/, `form` that of the facets.
export const open = async ({ base, form, json, once }) => {
  const { volumes, letters, first_year: firstYear, per_block: perBlock } = await json("facettes/0.json");
  const ids = (name) => {
    const values = [...form.elements[name].options].map((option) => option.value).filter(Boolean);
    return new Map(values.map((id, at) => [letters[at], id]));
  };
  const [themes, states] = [ids("theme"), ids("etat")];
  const years = (pairs) => pairs.match(/../g).map(([year, level]) => [String(letters.indexOf(year) + firstYear), level]);

  // Each has one value (or list of values) a record, under the name of its field in the form.
  const columns = { genre: [], region: [], departement: [], theme: [], etat: [] };
  const labels = new Map();
  const named = new Map(); // the numbers of the themes of a name

  // The numbers of a volume's records, once its columns are there.
  const numbers = (volume) =>
    once(`numbers ${volume}`, async () => {
      const data = await json(`facettes/${volume}.json`);
      let last = -1;
      const all = data.steps.map((step) => (last += step));
      const file = (name, values) => values.forEach((value, at) => (columns[name][all[at]] = value));
      file("genre", unfold(data.kinds));
      file("region", unfold(data.regions));
      file("departement", unfold(data.departements));
      file("theme", data.themes.split(".").map((some) => [...some].map((letter) => themes.get(letter))));
      file("etat", [...data.status].map((letter) => states.get(letter)));
      let at = 0;
      for (let i = 0; i < data.labels.length; i += 2) labels.set(all[(at += data.labels[i])], years(data.labels[i + 1]));
      all.filter((number) => columns.genre[number] === "theme").forEach((number, index) => {
        named.set(data.names[index], [...(named.get(data.names[index]) || []), number]);
      });
      return all;
    });

  // The program runs once for all indexes, and must have begun before a second one is opened.
  let program;
  const index = (volume) =>
    once(`index ${volume}`, async () => {
      const { createInstance } = await import(`${base}pagefind.js`);
      const make = () => createInstance({ basePath: `${base.pathname}${volume}/`, noWorker: true });
      if (program) return program.then(make);
      const first = make();
      program = first.preload("");
      program.catch(() => (program = undefined));
      return program.then(() => first);
    });

  // [number, score] of the records that have all the words (or words that begin so).
  const search = (volume, words) =>
    once(`words ${volume} ${words}`, async () => {
      const { results } = await (await index(volume)).search(words);
      const all = results.length ? await numbers(volume) : [];
      return results.map(({ id, score }) => [all[Number([...id].reverse().join(""))], score]);
    });

  // The values of a record for a facet. A level is that of the edition asked for, or the latest known.
  const valuesOf = (number, name, wanted) => {
    const known = labels.get(number) || [];
    if (name === "niveau") {
      if (columns.genre[number] !== "territoire") return [];
      const label = wanted.edition ? known.find(([year]) => year === wanted.edition)
        : known.find(([, level]) => level !== "0") || known[0];
      return label ? [label[1]] : [];
    }
    if (name === "edition") return known.filter(([, level]) => !wanted.niveau || level === wanted.niveau).map(([year]) => year);
    const value = columns[name][number];
    return Array.isArray(value) ? value : value ? [value] : [];
  };

  const sizes = volumes.map(({ count }) => count);
  return {
    count: sizes.reduce((sum, size) => sum + size),
    kind: (number) => columns.genre[number],
    named,
    numbers,
    perBlock,
    search,
    valuesOf,
    answers: (number, wanted) => Object.entries(wanted).every(([name, value]) => !value || valuesOf(number, name, wanted).includes(value)),
    // The volumes in which something may answer the facets.
    leftBy: (wanted) => [...volumes.keys()].filter((volume) =>
      Object.entries(wanted).every(([name, value]) => !value || volumes[volume][name].includes(value))),
    sizes,
  };
};
