// Territories side by side at /comparer/. The finder of the page chooses them, the address holds
// them (?t=59378&t=73008), small files give what is known of each (form and filing:
// hooks/atlaas/publish/compare_data.py). A territory that no record names has a column too, made of
// what the finder knows of it. Of both, chiffres/ has the imported indicators (form:
// hooks/atlaas/publish/compare_figures.py). Every text of the data is put into the page as text.
(() => {
  "use strict";
  const box = document.querySelector(".compare");
  const { root } = box.dataset;
  const count = Number(box.dataset.files);
  const most = Number(box.dataset.most);
  const figureFiles = Number(box.dataset.figures);
  const status = box.querySelector(".compare-status");
  const place = box.querySelector(".compare-table");
  const field = document.getElementById("finder-field");
  const LISTED = 8; // actions named of each
  const save = box.querySelector("button[data-do=csv]");
  const files = new Map();
  const NAMES = new URL("names.js", document.currentScript.src);
  let atlas; // the finder's files, once a territory without a record is asked for

  const make = (tag, className, ...children) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
  };
  const number = (value) => globalThis.atlaasWords.number(value);

  const fileOf = (code, among) => {
    let total = 0;
    for (const letter of code) total = (total * 31 + letter.codePointAt(0)) % 65521;
    return total % among;
  };
  const load = async (code) => {
    const known = await json(fileOf(code, count));
    if (!Object.hasOwn(known, code)) return placeOf(code); // « constructor » is no code
    const t = known[code];
    if (!t.actions || t.listed) return t;
    const { actions } = await json(`${root}integrer/${code}/actions.json`);
    // The newest first; those of which nobody knows when they started, last.
    t.listed = actions.sort((a, b) => (b.started || "").localeCompare(a.started || ""));
    return t;
  };
  const json = (name) => {
    if (!files.has(name)) {
      const answer = fetch(String(name).startsWith(root) ? name : `${root}comparer/${name}.json`).then((r) => {
        if (!r.ok) throw new Error(String(r.status));
        return r.json();
      });
      answer.catch(() => files.delete(name));
      files.set(name, answer);
    }
    return files.get(name);
  };
  // The indicators as rows: [title, value of each territory], those that nothing is known of left out.
  const figuresOf = async (found) => {
    if (!figureFiles || !found.length) return [];
    const heads = await json("indicateurs");
    const values = await Promise.all(found.map(async ([code]) => {
      const { words, rows } = await json(`chiffres/${fileOf(code, figureFiles)}`);
      return Object.hasOwn(rows, code) ? rows[code].map((at) => words[at] || "") : [];
    }));
    return heads.map((head, index) => [head, values.map((row) => row[index] || "")]).filter(([, row]) => row.some(Boolean));
  };
  const placeOf = async (code) => {
    const names = await import(NAMES);
    atlas ||= names.atlas(root);
    const place = await atlas.get(code);
    if (!place) return undefined;
    const [regions, epci, { departements }] = await Promise.all([
      json("regions"), place.group ? atlas.load("finder/epci.json") : [], atlas.ready()]);
    const [home] = place.departements;
    return {
      name: place.name, url: names.addressOf(place), population: place.population, unrecorded: true,
      kind: names.kindOf(place), epci: epci[place.group - 1], departement: departements[home], region: regions[home],
    };
  };

  const sign = ([edition, level, green]) => {
    const element = make("span", `sign s${level}${green && level ? " g" : ""} s`);
    const words = level ? `${globalThis.atlaasWords.plural(level, "arobase")} sur 5` : "niveau non connu";
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", `${words}, ${edition}`);
    if (green && level) element.append(make("i"));
    return element;
  };
  const lines = (items) => (items.length ? make("ul", "", ...items.map((item) => make("li", "", ...[item].flat()))) : "");
  const labels = (t) => t.labels || [];
  // Of a list from the newest on: the newest known level, then the label without one that followed.
  const latest = (all) => {
    const shown = all.find(([, level]) => level) || all[0];
    const later = shown !== all[0] && `, puis un label en ${all[0][0]}`;
    return shown && [sign(shown), ` ${shown[0]}${later || ""}`];
  };
  const ROWS = [
    ["Type", (t) => t.kind],
    ["Population", (t) => t.population && `${number(t.population)} habitants`],
    ["Intercommunalité", (t) => t.epci || (t.kind === "Commune" ? "" : "sans objet")],
    ["Département", (t) => t.departement],
    ["Région", (t) => t.region],
    ["Dernier label connu", (t) => latest(labels(t))],
    ["Labels connus", (t) => lines(labels(t).map((label) => [`${label[0]}\u00a0: `, label[1] ? `${label[1]} @` : "niveau non connu"]))],
    ["Mentions connues", (t) => lines(labels(t).flatMap(([year, , , mentions]) => mentions.map((mention) => `${mention} (${year})`)))],
    ["Actions connues", (t) => !t.unrecorded && number(t.actions)],
    ["Quelles actions", (t) => t.listed && lines([...t.listed.slice(0, LISTED).map(({ title, url }) => {
      const link = make("a", "", title);
      link.href = root + url.match(/actions\/[^/]+\/[^/]+\/$/)[0];
      return [link];
    }), ...(t.listed.length > LISTED ? [`et ${globalThis.atlaasWords.plural(t.listed.length - LISTED, "autre")}`] : [])])],
    ["Pour 10 000 habitants", (t) => t.population && t.actions && number(Math.round((t.actions / t.population) * 1e5) / 10)],
    ["Thèmes des actions", (t) => lines((t.themes || []).map(([theme, n]) => `${theme}\u00a0: ${n}`))],
    ["Services en ligne", (t) => lines(t.services || [])],
    ["Adhésion connue", (t) => lines(t.membership || [])],
  ];

  const codes = () => [...new Set(new URLSearchParams(location.search).getAll("t"))].slice(0, most);
  const go = (wanted) => {
    const query = new URLSearchParams(wanted.map((code) => ["t", code]));
    history.replaceState(null, "", wanted.length ? `?${query}` : location.pathname);
    return show();
  };

  const figureRow = ([head, values], found) => {
    const link = make("a", "", head.dated);
    link.href = head.source;
    const title = make("th", "", head.label, make("small", "", link, head.france && ` France\u00a0: ${head.france}`));
    title.scope = "row";
    return make("tr", "", title, ...values.map((value, index) => {
      const [first, ...others] = value.split("\n");
      const none = head.level === "departement" ? "connu par département seulement" : "non connu";
      const td = value ? make("td", "", first, ...others.map((line) => make("small", "", line))) : make("td", "none", none);
      td.dataset.label = found[index][1].name;
      return td;
    }));
  };
  const table = (found, figures) => {
    const head = make("tr", "", make("th", ""));
    for (const [code, t] of found) {
      const link = make("a", "", t.name);
      link.href = root + t.url;
      const drop = make("button", "", "Retirer", make("span", "vh", ` ${t.name}`));
      drop.type = "button";
      drop.addEventListener("click", async () => {
        await go(codes().filter((other) => other !== code));
        field.focus();
      });
      const cell = make("th", "", link, ...(t.unrecorded ? [make("small", "", " pas encore de fiche")] : []), drop);
      cell.scope = "col";
      head.append(cell);
    }
    head.firstChild.append(make("span", "vh", "Ce qui est comparé"));
    const rows = ROWS.map(([name, cell]) => {
      const cells = found.map(([, t]) => cell(t) || "");
      if (!cells.some(Boolean)) return null;
      const title = make("th", "", name);
      title.scope = "row";
      return make("tr", "", title, ...cells.map((content, index) => {
        const none = found[index][1].unrecorded ? "non connu" : "non connu";
        const td = content ? make("td", "", ...[content].flat()) : make("td", "none", none);
        td.dataset.label = found[index][1].name;
        return td;
      }));
    });
    const caption = make("caption", "vh", "Ce que l’Atlaas connaît de ces territoires");
    return make("table", "", caption, make("thead", "", head), make("tbody", "", ...rows.filter(Boolean)),
      make("tbody", "figures", ...figures.map((row) => figureRow(row, found))));
  };

  const show = async () => {
    const wanted = codes();
    try {
      const answers = await Promise.all(wanted.map(async (code) => [code, await load(code)]));
      const found = answers.filter(([, t]) => t);
      const missing = wanted.length - found.length;
      const figures = await figuresOf(found);
      place.replaceChildren(...(found.length ? [table(found, figures)] : []));
      save.parentElement.hidden = !found.length;
      status.textContent = [
        missing ? globalThis.atlaasWords.plural(missing, "code de l’adresse n’est celui d’aucun territoire.", "codes de l’adresse ne sont ceux d’aucun territoire.") : "",
        found.length < 2 ? ["Choisissez deux territoires.", "Choisissez un deuxième territoire."][found.length] : `${found.length} territoires comparés.`,
        found.length === most ? `Vous comparez déjà ${most} territoires, le maximum. Retirez-en un pour en ajouter un autre.` : "",
      ].filter(Boolean).join(" ");
    } catch (error) {
      status.textContent = "La comparaison n’a pas pu être chargée. Vérifiez votre connexion.";
      throw error;
    }
  };

  document.getElementById("finder").addEventListener("territoire", async (event) => {
    const { code } = event.detail;
    event.preventDefault();
    if (!codes().includes(code) && codes().length < most) await go([...codes(), code]);
    field.value = "";
    field.dispatchEvent(new Event("input"));
    field.focus();
  });
  // What the table shows, one line a row, as French spreadsheets open it.
  const cellText = (cell) => {
    const items = [...cell.querySelectorAll("li")];
    const head = cell.closest("thead") && cell.querySelector("a");
    const parts = head ? [head] : items.length ? items : [...cell.childNodes];
    const words = parts.map(({ textContent }) => textContent.trim()).join(items.length ? " | " : " ");
    const level = items.length ? null : cell.querySelector(".sign");
    const shown = level ? level.getAttribute("aria-label") : words.trim();
    return /^[=+\-@]/.test(shown) ? `'${shown}` : shown; // no spreadsheet takes it for a formula
  };
  save.addEventListener("click", async () => {
    const { csv } = await import(new URL("explorer-file.js", NAMES));
    const rows = [...place.querySelectorAll("tr")].map(({ cells }) => [...cells].map(cellText));
    const link = make("a", "");
    link.href = URL.createObjectURL(new Blob([csv(rows)], { type: "text/csv" }));
    link.download = "comparaison.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  });
  show();
})();
