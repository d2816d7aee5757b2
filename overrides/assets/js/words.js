// French words for the scripts of pages, under globalThis.atlaasWords: plurals, names of places
// inside sentences, typography. The same rules as hooks/atlaas/text/grammar.py, words.py and
// typography.py; tests/shared/grammar.json holds both sides to one table of cases.
(() => {
  "use strict";
  const OWN = /^(Le|La|Les|L['’])(?: |(?<=['’]))(?=\S)/;
  const BY_TNCC = { 2: "le", 3: "la", 4: "les", 5: "l'" };
  const BY_NOUN = {
    le: "district pays sivom sivu syndicat territoire",
    la: "ca cc cu communauté métropole nouvelle-calédonie polynésie région ville",
    les: "îles terres",
    "l'": "agglomération archipel eurométropole île union",
  };
  const ARTICLES = new Map(Object.entries(BY_NOUN).flatMap(([article, nouns]) =>
    nouns.split(" ").map((noun) => [noun, article])));
  const SMALL = /^(Paris|Mayotte|Saint-|Wallis)/;
  const VOWEL = /^[aeiouyàâäéèêëîïôöùûüœæ]/i;

  const noun = (given, tncc) => {
    const name = given.replace("Métropole Européenne", "Métropole européenne");
    const found = OWN.exec(name);
    if (found) return { article: found[1].toLowerCase().replace("’", "'"), own: true, bare: name.slice(found[0].length) };
    return { article: BY_TNCC[tncc] || ARTICLES.get(name.split(" ", 1)[0].toLowerCase()) || "", own: false, bare: name };
  };
  const before = (article, bare) => (article === "l'" ? `l'${bare}` : `${article} ${bare}`);
  const capital = (article, bare) => (article === "l'" ? `L'${bare}` : `${article[0].toUpperCase()}${article.slice(1)} ${bare}`);
  const withArticle = ({ article, own, bare }) => (own ? capital : before)(article, bare);

  const the = (name, tncc = "") => {
    const found = noun(name, tncc);
    return found.article ? withArticle(found) : found.bare;
  };
  const of = (name, tncc = "") => {
    const found = noun(name, tncc);
    const { article, bare } = found;
    if (!article) return tncc === "1" || VOWEL.test(bare) ? `d'${bare}` : `de ${bare}`;
    if (article === "le" || article === "les") return `${article === "le" ? "du" : "des"} ${bare}`;
    return `de ${withArticle(found)}`;
  };
  const at = (name, tncc = "", area = false) => {
    const found = noun(name, tncc);
    const { article, own, bare } = found;
    if (!article) return `${area && !SMALL.test(bare) ? "en" : "à"} ${bare}`;
    if (!own) return `dans ${before(article, bare)}`;
    if (article === "le" || article === "les") return `${article === "le" ? "au" : "aux"} ${bare}`;
    return `à ${withArticle(found)}`;
  };

  // « 0 action », « 1 action », « 2 actions »: French plurals start at two.
  const number = (value) => value.toLocaleString("fr-FR");
  const plural = (count, one, many = `${one}s`) => `${number(count)} ${count < 2 ? one : many}`;

  // Dates and numbers as people type them -> as files hold them, and back to what is read. What is
  // not understood stays as it is (hooks/atlaas/text/typed.py, tests/shared/typed.json).
  const MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" ");
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const ISO = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/;
  const DAY = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/;
  const MONTH = /^(\d{1,2})[-/. ](\d{4})$/;
  const WORDS = /^(?:(?:le )?(\d{1,2})(?:er)? )?(\p{L}{3,})\.? (\d{4})$/u;
  const FILED = /^-?\d{1,15}(\.\d{1,6})?$/;
  const partsOf = (typed) => {
    let found = ISO.exec(typed);
    if (found) return found.slice(1);
    found = DAY.exec(typed);
    if (found) return [found[3], found[2], found[1]];
    found = MONTH.exec(typed);
    if (found) return [found[2], found[1]];
    found = WORDS.exec(typed);
    const named = found ? MONTHS.filter((month) => fold(month).startsWith(fold(found[2]))) : [];
    return named.length === 1 ? [found[3], String(MONTHS.indexOf(named[0]) + 1), found[1]] : [];
  };
  const dateTyped = (text) => {
    const parts = partsOf(text.split(/\s+/).filter(Boolean).join(" ")).filter(Boolean);
    const held = parts.map((part, at) => (at ? part.padStart(2, "0") : part)).join("-");
    const whole = held.padEnd(10, "-01-01".slice(held.length - 4));
    const day = new Date(`${whole}T00:00:00Z`);
    const possible = parts.length && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(whole);
    return possible && parts[0] !== "0000" ? held : text;
  };
  const dateRead = (value) => {
    const [year, month, day] = dateTyped(value) === value && ISO.test(value) ? value.split("-") : [];
    if (!month) return value;
    return [day && (day === "01" ? "1er" : Number(day)), MONTHS[month - 1], year].filter(Boolean).join(" ");
  };
  const numberTyped = (text) => {
    const plain = text.replace(/\s+|(?<=\d)[_'’](?=\d)/g, "").replace(",", ".");
    return FILED.test(plain) ? plain : text;
  };
  const numberRead = (value) => {
    if (!FILED.test(value)) return value;
    const [whole, decimals] = value.split(".");
    return whole.replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f") + (decimals ? `,${decimals}` : "");
  };

  const typeset = (text) => text
    .replaceAll("« ", "«\u00a0").replace(/ (?=[:»])/g, "\u00a0").replace(/ (?=[;!?%€])/g, "\u202f")
    .replace(/(?<=\d) (?=\d{3}(?!\d))/g, "\u202f").replace(/(?<=\p{L})'(?=[\p{L}\p{N}«])/gu, "’");

  // Whatever a script shows is set in French typography, as the build does for pages.
  const AS_WRITTEN = "code, pre, textarea, script, style, .as-written";
  const set = (node) => {
    if (node.nodeType === Node.ELEMENT_NODE) return node.childNodes.forEach(set);
    if (node.nodeType !== Node.TEXT_NODE || !node.parentElement || node.parentElement.closest(AS_WRITTEN)) return undefined;
    const made = typeset(node.data);
    if (made !== node.data) node.data = made;
    return undefined;
  };
  new MutationObserver((changes) => {
    for (const change of changes) (change.type === "characterData" ? [change.target] : change.addedNodes).forEach(set);
  }).observe(document.body, { childList: true, characterData: true, subtree: true });

  globalThis.atlaasWords = {
    the, of, at, number, plural, typeset, dateTyped, dateRead, numberTyped, numberRead,
  };
})();
