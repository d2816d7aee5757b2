// The sheet for the council at /fiche/?t=59350, from the files of hooks/atlaas/pages/council.py.
// Every text of the data is put into the page as text.
(() => {
  "use strict";
  const sheet = document.getElementById("sheet");
  const { root } = sheet.dataset;
  const count = Number(sheet.dataset.files);
  const { number } = globalThis.atlaasWords;
  const status = document.getElementById("sheet-status");
  const at = (name) => sheet.querySelector(`[data-fill="${name}"]`);
  const part = (name, shown) => { sheet.querySelector(`[data-part="${name}"]`).hidden = !shown; };
  const fetchJson = (path) => fetch(`${root}fiche/${path}.json`).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  });
  const make = (tag, className, ...children) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
  };
  const fileOf = (code) => {
    let total = 0;
    for (const letter of code) total = (total * 31 + letter.codePointAt(0)) % 65521;
    return total % count;
  };
  // A link whose address is written out on paper.
  const lead = (element, href) => {
    element.href = href;
    element.dataset.address = element.href.replace(/^https?:\/\//, "");
    return element;
  };
  const link = (href, words) => lead(make("a", "", words), href);

  const levelWords = (level) => (level ? `${globalThis.atlaasWords.plural(level, "arobase")} sur 5` : "niveau non connu");
  const sign = (level, green) => {
    const element = make("span", `sign s${level}${green && level ? " g" : ""}`);
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", levelWords(level));
    if (green && level) element.append(make("i"));
    return element;
  };
  const column = (year, label) => {
    const head = make("span", "year", String(year));
    return label ? make("li", "", head, sign(label[1], label[2])) : make("li", "gap", head, make("span", "vh", "non connu"));
  };
  const showLabel = (labels, editions) => {
    const last = labels.findLast(([, level]) => level) || labels.at(-1);
    at("label").textContent = last
      ? `${last[1] ? `Dernier niveau connu : ${levelWords(last[1])}` : "Label de niveau non connu"}, édition ${last[0]}.`
      : "Aucun label connu ici. S’il y en a un, sa source permet de l’ajouter.";
    const [first, end] = [labels[0]?.[0], labels.at(-1)?.[0]];
    const of = new Map(labels.map((label) => [label[0], label]));
    at("timeline").replaceChildren(...(last ? editions.filter((y) => y >= first && y <= end) : [])
      .map((year) => column(year, of.get(year))));
    at("mentions").replaceChildren(...labels.filter(([, , , mentions]) => mentions.length).slice(-2)
      .map(([year, , , mentions]) => make("li", "", make("b", "", String(year)),
        ` ${mentions.length > 1 ? "mentions" : "mention"} ${mentions.join(", ")}`)));
  };

  const cell = (label, ...content) => {
    const td = make("td", "n", ...content);
    td.dataset.label = label;
    return td;
  };
  const noted = (words, note) => (note ? [words, " ", make("small", "", note)] : [words]);
  const row = ([measure, value, per], measures, beside) => {
    const [label, publisher, date, age] = measures[measure];
    const th = make("th", "", `${label} `, make("small", "", [publisher, date, age].filter(Boolean).join(", ")));
    th.scope = "row";
    const next = (id) => (beside[measure] || []).find((other) => other[0] === id) || [id, "", ""];
    const [alike, country] = [next("comparables"), next("france")];
    return make("tr", "", th, cell("Ici", ...noted(value.replace(/ /g, "\u00a0"), per)),
      cell("Comparables", ...noted(alike[1] || (country[1] ? "trop peu" : ""), alike[2])), cell("France", ...noted(country[1], country[2])));
  };
  const showFigures = (facts, measures, group) => {
    const figures = facts.figures || [];
    part("figures", figures.length);
    at("figures").replaceChildren(...figures.map((figure) => row(figure, measures, group?.beside || {})));
    at("group").textContent = group ? `Comparables : ${group.words}.` : "";
  };

  const showIdeas = (code, facts, group) => {
    const own = new Set(facts.themes || []);
    const pool = (group?.actions || []).filter((idea) => idea[3] !== code);
    const fresh = pool.filter((idea) => !idea[4].some((theme) => own.has(theme)));
    const chosen = new Map();
    for (const alike of [1, 0]) {
      for (const idea of [...fresh, ...pool]) {
        if (idea[5] === alike && chosen.size < 3 && !chosen.has(idea[3])) chosen.set(idea[3], idea);
      }
    }
    const ideas = [...chosen.values()];
    part("ideas", ideas.length);
    const near = ideas.filter((idea) => !idea[5]).length;
    at("from").textContent = near
      ? "Faute d’assez d’actions connues dans des territoires comparables, de territoires de taille proche aussi."
      : "De territoires comparables.";
    at("ideas").replaceChildren(...ideas.map(([title, url, meta]) =>
      make("li", "", link(root + url, title), make("small", "", meta))));
  };

  const missing = (facts) => facts.missing ||
    [["Label, actions, services", "rien n’est encore connu : la première fiche est à écrire"]];

  const show = (code, facts, shared, group) => {
    const people = facts.people ? `${number(facts.people)} habitants` : "";
    document.title = `${facts.name} : fiche pour le conseil — Atlaas`;
    at("asOf").textContent = shared.asOf ? `, données au ${shared.asOf}` : "";
    at("name").textContent = facts.name;
    at("where").textContent = [facts.kind[0].toUpperCase() + facts.kind.slice(1), people, facts.where].filter(Boolean).join(" · ");
    lead(at("page"), root + facts.url);
    showLabel(facts.labels || [], shared.editions);
    part("known", facts.known);
    const known = (facts.known || []).map((words) => make("li", "", words));
    if (facts.diagnosis) known.push(make("li", "", link(`${root}${facts.url}diagnostic/`, "Diagnostic numérique du territoire")));
    at("known").replaceChildren(...known);
    showFigures(facts, shared.measures, group);
    at("missing").replaceChildren(...missing(facts).flatMap(([term, words]) =>
      [make("dt", "", term), make("dd", "", words)]));
    lead(at("correct"), `${root}contribuer/territoire/?territoire=${code}`);
    showIdeas(code, facts, group);
    at("edition").textContent = shared.edition.words;
    lead(at("editionLink"), root + (shared.edition.url || "label/"));
    lead(at("self"), `${root}fiche/?t=${code}`);
    sheet.hidden = false;
    sheet.dataset.ready = code;
  };

  const load = async (code) => {
    sheet.hidden = true;
    delete sheet.dataset.ready;
    try {
      const [shared, places] = await Promise.all([fetchJson("commun"), fetchJson(`lieux/${fileOf(code)}`)]);
      const facts = places[code];
      if (!facts) throw new Error("unknown");
      const group = facts.group ? await fetchJson(`comparables/${facts.group}`) : null;
      show(code, facts, shared, group);
      status.textContent = `Fiche : ${facts.name}.`;
    } catch {
      status.textContent = "Cette fiche n’a pas pu être faite : territoire inconnu, ou connexion perdue.";
    }
  };
  const asked = () => new URLSearchParams(location.search).get("t") || "";
  const fromAddress = () => { if (/^[\w-]{2,40}$/.test(asked())) load(asked()); };
  document.getElementById("finder").addEventListener("territoire", (event) => {
    event.preventDefault();
    history.pushState(null, "", `?t=${event.detail.code}`);
    load(event.detail.code);
  });
  addEventListener("popstate", fromAddress);
  fromAddress();
})();
