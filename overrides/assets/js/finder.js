/*
 * Finds a commune or an intercommunality by name, postcode or code, from the small files of
 * finder/ (see hooks/atlaas/publish/finder.py), each fetched once and only when a query needs it.
 */
(() => {
  "use strict";
  const box = document.getElementById("finder");
  if (!box) return;
  const base = box.dataset.base;
  const field = document.getElementById("finder-field");
  const status = document.getElementById("finder-status");
  const list = document.getElementById("finder-results");
  const NEAREST = new URL("nearest.js", document.currentScript.src);
  const SHOWN = 12;
  const files = new Map();
  let turn = 0;
  let statuses = []; // memberships in words, by the last value of an entry
  let departements = {}; // their names by code
  let epci = []; // names, by the fifth value of an entry; fetched for a commune without a page

  const fold = (text) =>
    text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae").normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "");
  const slug = (text) => fold(text).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const load = (name) => {
    if (!files.has(name)) {
      const answer = fetch(`${base}finder/${name}.json`).then((r) => {
        if (!r.ok) throw new Error(String(r.status));
        return r.json();
      });
      answer.catch(() => files.delete(name));
      files.set(name, answer);
    }
    return files.get(name);
  };

  // The file that holds every entry with a word (or code) beginning with `word`, or null where
  // more letters are needed to tell.
  const fileOf = (word, index) => {
    const two = word.slice(0, 2);
    if (!index.split.includes(two)) return word.length < 2 ? null : two;
    return index.files.includes(word.slice(0, 3)) ? word.slice(0, 3) : word.length < 3 ? null : "";
  };

  const begins = (text, words) => {
    const parts = slug(text).split("-");
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  };
  // The former name or code by which an entry answers, "" where it answers by its own, or null.
  const answers = (entry, words) => {
    if (begins(`${entry[1]} ${entry[0]} ${entry[3]}`, words)) return "";
    return entry[5].split("|").find((former) => former && begins(former, words)) ?? null;
  };

  // Entries whose every word is a mistyped or begun word of the query.
  const close = async (entries, words) => {
    if (!entries.length) return [];
    const { distance, faults } = await import(NEAREST);
    return entries.filter((entry) => {
      const names = slug(entry[1]).split("-");
      return words.every((word) => names.some((name) =>
        name.startsWith(word) || distance(word, name, faults(word)) < Infinity));
    });
  };

  const rank = (entry, query) => {
    const name = slug(entry[1]);
    return (name === query ? 0 : name.startsWith(query) ? 1 : 2) - entry[6] / 2;
  };

  const show = (entries, message, words = []) => {
    const query = field.value.trim();
    status.textContent = message;
    list.replaceChildren(...entries.map((entry) => {
      const [code, name, departement, postcodes, group, , hasPage, level, member] = entry;
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = hasPage ? `${base}territoires/${code}-${slug(name)}/` : `${base}contribuer/action/?territoire=${code}`;
      link.textContent = name;
      const asked = postcodes.split(" ").find((postcode) => postcode.startsWith(query));
      const place = asked || postcodes.split(" ")[0] || departements[departement];
      const former = answers(entry, words);
      const note = document.createElement("small");
      const state = hasPage
        ? [level ? `${level} arobase${level > 1 ? "s" : ""}` : ""]
        : [postcodes && departements[departement], epci[group - 1], "pas encore dans l’Atlaas, proposez sa première fiche"];
      const since = former && (/^\d/.test(former) ? `ancien code ${former}` : `dont ${former}`);
      const membership = member ? statuses[member - 1] : "";
      note.textContent = ` ${[place, since, ...state, membership].filter(Boolean).join(" · ")}`;
      link.append(note);
      // A page that asks for a territory rather than leading to it takes the event.
      link.addEventListener("click", (click) => {
        const detail = { code, name, departement };
        const chosen = new CustomEvent("territoire", { cancelable: true, detail });
        if (!box.dispatchEvent(chosen)) {
          click.preventDefault();
          field.value = name;
          show([], `${name} : choisi.`);
        }
      });
      item.append(link);
      return item;
    }));
  };

  const search = async () => {
    const mine = ++turn;
    const query = slug(field.value);
    if (query.length < 2) return show([], query ? "Encore une lettre…" : "");
    try {
      const index = await load("index");
      statuses = index.members;
      departements = index.departements;
      const words = query.split("-");
      const telling = words.filter((word) => !index.stop.includes(word));
      if (!telling.length && index.stop.includes(query)) return show([], "Ajoutez un mot du nom.");
      const longest = (telling.length ? telling : words).reduce((a, b) => b.length > a.length ? b : a);
      const name = fileOf(longest, index);
      if (mine !== turn) return;
      if (name === null) return show([], "Encore une lettre…");
      const entries = name && index.files.includes(name) ? await load(name) : [];
      if (mine !== turn) return;
      let found = entries.filter((entry) => answers(entry, words) !== null);
      const exact = found.length > 0;
      if (!exact) found = await close(entries, words);
      if (mine !== turn) return;
      found.sort((a, b) => rank(a, query) - rank(b, query) || a[1].localeCompare(b[1], "fr"));
      const count = found.length;
      if (found.slice(0, SHOWN).some((entry) => entry[4] && !entry[6])) epci = await load("epci");
      if (mine !== turn) return;
      const more = count > SHOWN ? ` Les ${SHOWN} premières sont affichées : précisez.` : "";
      const s = count > 1 ? "s" : "";
      const said = exact ? `${count} réponse${s}.` : `Aucun nom ne s’écrit ainsi\u202f; ${count} nom${s} proche${s}.`;
      show(found.slice(0, SHOWN), count
        ? `${said}${more}`
        : "Aucune commune ni intercommunalité ne porte ce nom ou ce code.", words);
    } catch {
      if (mine === turn) show([], "La recherche n’a pas pu être chargée. Vérifiez votre connexion.");
    }
  };

  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && list.querySelector("a")) list.querySelector("a").click();
    if (event.key === "Escape") { field.value = ""; search(); }
  });
  if (field.value) search();
})();
