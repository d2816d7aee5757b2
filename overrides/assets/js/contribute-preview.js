/*
 * A record to read over: an action as its page will look (overrides/pages/action.html, closely
 * enough), a territory as what its file says, in words. Everything is put in as text.
 */
import { spoken } from "./contribute-versions.js";
import { story } from "./contribute-yaml.js";

const { dateRead, numberRead } = globalThis.atlaasWords;

const made = (name, children = [], className = "") => {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(...[children].flat());
  return node;
};

const linkTo = (words, href) => {
  if (!/^https?:\/\//.test(href)) return words;
  const node = made("a", words);
  node.href = href;
  node.rel = "noopener";
  node.target = "_blank";
  return node;
};

const INLINE = /\*\*(?<strong>[^*]+)\*\*|[*_](?<em>[^*_]+)[*_]|\[(?<words>[^\]]+)\]\((?<to>https?:\/\/[^\s)]+)\)|<(?<bare>https?:\/\/[^\s>]+)>/g;

const inline = (text) => {
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    const { strong, em, words, to, bare } = found.groups;
    parts.push(text.slice(at, found.index));
    parts.push(strong ? made("strong", strong) : em ? made("em", em) : linkTo(words || bare, to || bare));
    at = found.index + found[0].length;
  }
  return [...parts, text.slice(at)];
};

// Paragraphs, lists and headings; the rest of Markdown shows as it is written.
const told = (text) => story(text).split(/\n{2,}/).filter((block) => block.trim()).flatMap((block) => {
  const nodes = [];
  for (const line of block.split("\n")) {
    const item = /^\s*(?:[-*+]|\d+[.)])\s+(.*)$/.exec(line);
    const heading = /^#{1,6}\s+(.*)$/.exec(line);
    const last = nodes.at(-1);
    if (item) (last?.tagName === "UL" ? last : nodes[nodes.push(made("ul")) - 1]).append(made("li", inline(item[1])));
    else if (heading) nodes.push(made("h4", inline(heading[1])));
    else if (last?.tagName === "P") last.append(" ", ...inline(line));
    else if (last?.tagName === "UL") last.lastChild.append(" ", ...inline(line.trim()));
    else nodes.push(made("p", inline(line)));
  }
  return nodes;
});

const sourceOf = ({ url = "", title = "", publisher = "", date = "" }) => {
  const words = [title, publisher, date && dateRead(date)].filter(Boolean).join(", ");
  return made("li", words ? [url ? linkTo(words, url) : words] : linkTo(url, url));
};

const host = (url) => {
  try {
    return new URL(url).host.replace(/^www\./, "");
  } catch {
    return url;
  }
};

// Draws a record; `fields` are those of the form, `words` gives the label of a value.
export const pagePreview = (box, fields, words) => (record, body) => {
  const field = (key) => fields.find((other) => other.key === key);
  const label = (key, value) => words(field(key), value);
  const shown = (key) => [record[key] || []].flat().map((value) => label(key, value));
  const missing = (text) => made("span", text, "missing");
  const status = shown("status")[0];
  const start = record.started && dateRead(record.started);
  const lead = [record.territory ? label("territory", record.territory) : missing("le territoire"), " · ",
    shown("themes")[0] || missing("un thème"), ...(status ? [` · ${status.toLowerCase()}`] : []),
    ...(start ? [status ? ` depuis ${start}` : ` · ${start}`] : [])];
  const facts = ["themes", "enjeux", "usages", "audience", "partners", "actors", "tools", "duration", "lessons"]
    .filter((key) => shown(key).length)
    .map((key) => made("div", [made("dt", field(key).name), made("dd", shown(key).join(", "))]));
  const { amount, period } = record.cost || {};
  if (amount) facts.push(made("div", [made("dt", "Coût"), made("dd", `${numberRead(amount)} €${period ? `, ${words(field("cost").fields.find(({ key }) => key === "period"), period)}`.toLowerCase() : ""}`)]));
  for (const { text = "", date = "" } of record.results || []) {
    facts.push(made("div", [made("dt", "Résultat"), made("dd", `${text}${date ? ` (${dateRead(date)})` : ""}`)]));
  }
  const sources = (record.sources || []).map(sourceOf);
  box.replaceChildren(
    made("p", record.title || missing("Le titre"), "headline"),
    made("p", lead, "intro"),
    ...(record.doubt ? [made("p", [made("strong", "À vérifier : "), record.doubt], "doubt")] : []),
    ...(body.trim() ? told(body) : [made("p", missing("Ce que c’est, pour qui, avec qui, ce que cela a donné."))]),
    ...(facts.length ? [made("dl", facts, "facts")] : []),
    ...(record.website ? [made("p", linkTo(`Page de l’action (${host(record.website)})`, record.website))] : []),
    made("h3", "Sources"),
    sources.length ? made("ul", sources) : made("p", missing("Un lien qui la montre.")),
  );
};

// Draws what the record of a territory says: each field that has a value, in the form's words.
export const recordPreview = (box, fields, words) => (record) => {
  const place = fields.find(({ kind }) => kind === "place");
  const missing = made("span", "Le territoire", "missing");
  const said = fields.filter((field) => field !== place && field.key !== "name")
    .map((field) => [field.name, spoken(field, record[field.key], words)])
    .filter(([, lines]) => lines.length)
    .flatMap(([name, lines]) => [made("h3", name), made("ul", lines.map((line) => made("li", line)))]);
  const name = record.name || (record[place.key] && words(place, record[place.key]));
  box.replaceChildren(made("p", name || missing, "headline"), ...said);
};
