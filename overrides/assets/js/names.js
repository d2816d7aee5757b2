/*
 * Who is meant by a name, a postcode or a code: the same rules as hooks/atlaas/names/search.py and
 * queries.py, on the files of finder/ (hooks/atlaas/publish/finder.py), each fetched once and only
 * when a query needs it. tests/shared/names.json holds both to one table of cases.
 */
import { distance as faultsBetween } from "./nearest.js";

const OUTSIDE = 100;
const NEARBY = 50;
const BEGINS = 20;
const CLOSE = 200;
const SHORTER = 5;
const WORTH = [[0, 2, 10, 20, 30], [10, 12, 40, 45, 50]];
const CODE = "(?:[013-9]\\d|2[\\dab]) ?\\d{3}";

// Without case, accents or ligatures, as hooks/atlaas/text/words.py does it.
export const fold = (text) =>
  text.replace(/œ/g, "oe").replace(/Œ/g, "Oe").replace(/æ/g, "ae").replace(/Æ/g, "Ae")
    .normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
export const slug = (text) => fold(text).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

// An entry of a file as a place.
const placeOf = (entry, index) => {
  const [code, name, departements, population, postcodes, group, aliases, formers, parts, old, page, level, member] = entry;
  const list = (text, by) => (text ? text.split(by) : []);
  const homes = list(departements, " ");
  const kind = code.startsWith("dep-") ? "departement" : code.startsWith("reg-") ? "region"
    : code.startsWith("x-") ? "" : code.length !== 9 ? "commune" : index.ept.has(code) ? "ept" : "epci";
  return {
    code, name, kind, population, departements: homes, postcodes: list(postcodes, " "), group, page, level,
    member: member ? index.members[member - 1] : "",
    codes: kind === "departement" ? [code, ...homes] : [code],
    old: list(old, " "),
    names: [["name", name], ...list(aliases, "|").map((alias) => ["alias", alias]),
      ...list(formers, "|").map((former) => ["former", former]), ...list(parts, "|").map((part) => ["part", part])],
  };
};
const allCodes = (place) => [...place.codes, ...place.postcodes, ...place.old].map((code) => code.toLowerCase());

// The address of its page, as hooks/atlaas/directory/linked.py has it.
export const addressOf = ({ code, name, kind }) => {
  if (kind === "departement" || kind === "region") return `${kind}s/${code.slice(4)}-${slug(name)}/`;
  return code.startsWith("x-") ? `territoires/${code}/` : `territoires/${code}-${slug(name)}/`;
};
// Its kind as a word of its own: « Commune ».
export const kindOf = ({ kind }) => {
  const word = KINDS[kind] || kind;
  return word.charAt(0).toUpperCase() + word.slice(1);
};
const KINDS = { epci: "intercommunalité", ept: "établissement public territorial", departement: "département", region: "région" };
// What a place is and where: « commune, Nord », « intercommunalité, Rhône ».
export const whatItIs = ({ kind, departements: [home] }, names) =>
  [kind === "commune" ? "" : KINDS[kind], kind === "departement" ? "" : names[home]].filter(Boolean).join(", ");
// Why it answers, where its name does not tell.
export const why = ({ how, text, place }) => ({
  postcode: `code postal ${text}`,
  code: text.length === 9 ? `SIREN ${text}` : place.kind === "commune" ? `code INSEE ${text}` : "",
  "old code": `ancien code ${text}`,
  alias: `nom d’usage ${text}`,
  former: `anciennement ${text}`,
  part: `dont ${text}`,
  close: text === place.name ? "" : `proche de ${text}`,
}[how] || "");

export const atlas = (root) => {
  const kept = new Map();
  const load = (path) => {
    if (!kept.has(path)) {
      const answer = fetch(root + path).then((response) => {
        if (!response.ok) throw new Error(`${path} : ${response.status}`);
        return response.json();
      });
      answer.catch(() => kept.delete(path));
      kept.set(path, answer);
    }
    return kept.get(path);
  };

  let words; // the lists and how to read with them, once index.json is here
  const ready = async () => {
    const index = await load("finder/index.json");
    if (!words) words = reader(index);
    return words;
  };

  const filed = async (whole) => {
    const { fileOf, index } = await ready();
    const name = fileOf(whole);
    return name ? (await load(`finder/${name}.json`)).map((entry) => placeOf(entry, index)) : [];
  };

  const sorted = (matches) => matches.sort((a, b) =>
    a.score - b.score || (a.place.kind !== "commune") - (b.place.kind !== "commune") ||
    b.place.population - a.place.population || b.place.page - a.place.page || (a.place.code < b.place.code ? -1 : 1));

  // The territories that answer, the best first: { score, place, how, text }.
  const search = async (text, kinds = [], departement = "") => {
    const read = await ready();
    const only = (places) => places.filter((place) => !kinds.length || kinds.includes(place.kind));
    const digits = read.codeOf(text);
    if (digits) {
      for (const start of new Set([digits.length === 4 ? `0${digits}` : digits, digits])) {
        const found = sorted(only(await filed(`c-${start}`)).flatMap((place) => read.coded(place, start)));
        if (found.length) return found;
      }
      return [];
    }
    const readings = read.queries(text).map((one) => ({ ...one, departement: departement || one.departement }));
    if (!readings.length) return [];
    const last = readings[readings.length - 1];
    const telling = read.telling(last.words);
    const longest = telling.reduce((a, b) => (b.length > a.length ? b : a));
    const own = only(await filed(`n-${longest}`));
    const found = sorted(own.flatMap((place) => read.named(place, readings)));
    if (found.length) return found;
    const places = new Map();
    for (const whole of [`n-${longest}`, `s-${sound(telling)}`, `n-${telling[0]}`]) {
      for (const place of only(await filed(whole))) places.set(place.code, place);
    }
    return sorted([...places.values()].flatMap((place) => read.close(place, last)));
  };

  // A territory by its own code, or null.
  const get = async (code) =>
    (await filed(`c-${code.toLowerCase()}`)).find((place) => place.code === code) || null;

  return { search, get, load, ready };
};

const sound = (words) => [["ph", "f"], ["qu", "k"], ["gu", "g"], ["c", "k"], ["q", "k"], ["z", "s"], ["x", "s"]]
  .reduce((text, [letters, one]) => text.replaceAll(letters, one), words.join(""))
  .replace(/[aeiouyh]/g, "").replace(/(.)\1+/g, "$1");

// Faults that a spelling may hold: none under four letters, one under eight, then two.
const faults = (word) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);
const distance = (wanted, name) => {
  const most = faults(wanted);
  const whole = faultsBetween(wanted, name, most);
  if (whole <= most || wanted.length < 5 || name.length <= wanted.length) return whole;
  return 1 + faultsBetween(wanted, name.slice(0, wanted.length), most);
};

// The département with whose number a code of five characters begins.
const departementOfCode = (code) => code.slice(0, /^9[78]/.test(code) ? 3 : 2);

// How to read what is typed, with the lists of index.json.
const reader = (index) => {
  const small = new Set(index.words.small);
  const common = new Set(index.words.common);
  const epciWords = new Set(index.words.epci);
  const openings = index.words.openings.map(([opens, kinds]) => [opens.split(" "), kinds]);
  const files = new Set(Object.entries(index.files).flatMap(([kind, stems]) => stems.split(" ").map((stem) => `${kind}-${stem}`)));

  const wordsOf = (name) => {
    let text = fold(name).replace(/,\s*france\s*$/, ""); // as maps write it
    if (text.includes("/")) text = text.replace(/\bs\s?\/\s?s\b|\bs\s?\//g, " ss ").replace(/([a-z])\s?\/\s?(?=[a-z])/g, "$1 ss ");
    if (text.includes("cedex")) text = text.replace(/\bcedex\b(?:\s*\d{1,2}\b)?/g, " ");
    return text.replace(/\b(\d{1,2}) ?(?:eme|ieme|nd)\b/g, "$1e").split(/[^a-z0-9]+/).filter(Boolean)
      .map((word) => (Object.hasOwn(index.words.abbreviations, word) ? index.words.abbreviations[word] : word));
  };
  const loose = (words) => words.filter((word) => !small.has(word)).join(" ");
  const opening = (words) => {
    for (const [opens, kinds] of openings) {
      if (opens.every((word, at) => words[at] === word)) {
        let rest = words.slice(opens.length);
        while (rest.length > 1 && small.has(rest[0])) rest = rest.slice(1);
        if (rest.length > 1 || (rest.length && !small.has(rest[0]))) return { kinds, rest };
      }
    }
    return { kinds: [], rest: words };
  };
  const bare = (words) => opening(words).rest.filter((word) => !small.has(word) && !epciWords.has(word)).join(" ");
  const telling = (words) => {
    const found = words.filter((word) => !common.has(word));
    return found.length ? found : words;
  };
  const saysEpci = ({ kinds, words }) =>
    (kinds.length ? kinds : opening(words).kinds).includes("ept") || words.some((word) => epciWords.has(word));

  const departements = new Map();
  for (const [code, name] of Object.entries(index.departements)) {
    const low = code.toLowerCase();
    for (const written of [loose(wordsOf(name)), low, low.replace(/^0+/, "")]) departements.set(written, code);
  }

  const codeOf = (text) => {
    const folded = fold(text).trim();
    if (/^(?:dep|reg)-\d[\dab]\d?$/.test(folded)) return folded;
    const compact = folded.replace(/[\s.\-"'«»“”‘’]/g, "");
    return compact.length > 1 && /^(?:2[ab]\d{0,3}|\d+)$/.test(compact) ? compact : "";
  };

  const withDepartement = (words) => {
    if (words.length > 1 && /^\d/.test(words[0]) && departements.has(words[0])) {
      return [{ words: words.slice(1), departement: departements.get(words[0]), kinds: [], code: "", weight: 1 }];
    }
    for (let start = 1; start < words.length; start += 1) {
      const rest = words.slice(0, start);
      const found = departements.get(loose(words.slice(start)));
      const isOpening = openings.some(([opens]) => loose(opens) === loose(rest));
      if (found && loose(rest) && !isOpening) return [{ words: rest, departement: found, kinds: [], code: "", weight: 1 }];
    }
    return [];
  };

  const queries = (name) => {
    let text = fold(name).replace(/,\s*france\s*$/, ""); // as maps write it
    let departement = "";
    let code = "";
    for (const [, inside] of [...text.matchAll(/\(([^()]*)\)/g)]) {
      const found = departements.get(loose(wordsOf(inside))) || departements.get(inside.trim());
      const place = new RegExp(`^(?:${CODE}|\\d{9})$`).test(inside.trim());
      if (found || place) {
        departement = departement || found || "";
        code = code || (place ? inside.trim().replace(/ /g, "") : "");
        text = text.replace(`(${inside})`, " ");
      }
    }
    const around = text.match(new RegExp(`^(?:(${CODE})\\b(.*[a-z].*)|(.*[a-z].*)\\b(${CODE}))$`));
    if (around && !code) {
      code = (around[1] || around[4]).replace(/ /g, "");
      text = around[2] || around[3];
    }
    const whole = wordsOf(text);
    if (!whole.length) return [];
    const readings = [{ words: whole, departement, kinds: [], code, weight: 0 }];
    const outside = wordsOf(text.replace(/\([^()]*\)/g, " "));
    if (outside.length && outside.join(" ") !== whole.join(" ")) readings.push({ words: outside, departement, kinds: [], code, weight: 1 });
    if (!departement && !code) readings.push(...withDepartement(outside.length ? outside : whole));
    for (const reading of [...readings]) {
      const { kinds, rest } = opening(reading.words);
      if (kinds.length) readings.push({ ...reading, words: rest, kinds, weight: reading.weight + 1 });
    }
    return readings;
  };

  const astray = (reading, place) => {
    const homes = place.departements;
    if (reading.departement && homes.length && !homes.includes(reading.departement)) return OUTSIDE;
    if (!reading.code || allCodes(place).includes(reading.code)) return 0;
    return homes.some((home) => home.toLowerCase() === departementOfCode(reading.code)) ? NEARBY : OUTSIDE;
  };

  // How a name answers: 0 it is so, 1 but for small words, 2-3 it begins so, 4 has the words.
  const fit = (name, reading, kind) => {
    const { words } = reading;
    if (name.join(" ") === words.join(" ")) return 0;
    const tellingName = loose(name);
    const tellingWords = loose(words);
    if (tellingName === tellingWords) return 1;
    if (kind === "epci" || kind === "ept") {
      if (loose(opening(name).rest) === tellingWords || (saysEpci(reading) && bare(name) === bare(words))) return 1;
    }
    const begins = name.join(" ").startsWith(words.join(" "));
    if (begins && small.has(words[words.length - 1])) return 1;
    if (begins || (tellingWords && tellingName.startsWith(tellingWords))) {
      return `${tellingName} `.startsWith(`${tellingWords} `) ? 2 : 3;
    }
    const rest = [...name];
    for (const word of tellingWords ? tellingWords.split(" ") : words) {
      const at = rest.findIndex((own) => own.startsWith(word));
      if (at < 0) return null;
      rest.splice(at, 1);
    }
    return 4;
  };
  const isOld = (how) => how === "former" || how === "part";

  const named = (place, readings) => {
    let best;
    for (const reading of readings) {
      if (reading.kinds.length && !reading.kinds.includes(place.kind)) continue;
      const outside = astray(reading, place);
      for (const [how, text] of place.names) {
        const worth = fit(wordsOf(text), reading, place.kind);
        if (worth === null) continue;
        const score = WORTH[Number(isOld(how))][worth] + reading.weight + outside;
        if (!best || score < best.score) best = { score, place, how, text };
      }
    }
    return best ? [best] : [];
  };

  const coded = (place, digits) => {
    let best;
    [["postcode", place.postcodes], ["code", place.codes], ["old code", place.old]].forEach(([how, codes], rank) => {
      for (const text of codes) {
        const low = text.toLowerCase();
        if (!low.startsWith(digits)) continue;
        const score = low === digits ? rank : rank + BEGINS;
        if (!best || score < best.score) best = { score, place, how, text };
      }
    });
    return best ? [best] : [];
  };

  const close = (place, reading) => {
    const joined = (words) => loose(words).replaceAll(" ", "");
    const wanted = reading.words.join("");
    let best;
    for (const [how, text] of place.names) {
      const own = wordsOf(text);
      let far = Math.min(distance(wanted, own.join("")), distance(joined(reading.words), joined(own)));
      const begins = own.every((word, at) => reading.words[at] === word);
      if (far > faults(wanted) && begins && own[0].length > 3) far = SHORTER;
      const score = CLOSE + 2 * far + Number(isOld(how)) + astray(reading, place);
      if ((far === SHORTER || far <= faults(wanted)) && (!best || score < best.score)) best = { score, place, how: "close", text };
    }
    return best ? [best] : [];
  };

  const fileOf = (whole) => {
    for (let length = whole.length; length > 2; length -= 1) {
      if (files.has(whole.slice(0, length))) return whole.slice(0, length);
    }
    return "";
  };

  return {
    index: { members: index.members, ept: new Set(index.ept) },
    departements: index.departements,
    codeOf, queries, telling, coded, named, close, fileOf,
  };
};
