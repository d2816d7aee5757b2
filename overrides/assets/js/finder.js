/*
 * The finder of a page: a field, and the territories that answer, by names.js. It follows the
 * combobox pattern of the ARIA Authoring Practices Guide (list autocomplete with manual selection).
 */
(() => {
  "use strict";
  const box = document.getElementById("finder");
  if (!box) return;
  const base = box.dataset.base;
  const field = document.getElementById("finder-field");
  const status = document.getElementById("finder-status");
  const list = document.getElementById("finder-results");
  const NAMES = new URL("names.js", document.currentScript.src);
  const SHOWN = 12;
  let turn = 0;
  let names; // the module, and the files behind it, from the first letter on
  let places;
  let active = -1; // the option that the arrow keys have reached

  const options = () => [...list.children];
  const reach = (at) => {
    active = at;
    options().forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    if (at < 0) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", list.children[at].id);
    return list.children[at].scrollIntoView({ block: "nearest" });
  };

  const show = (matches, message, { epci = [], departements = {} } = {}) => {
    status.textContent = message;
    list.replaceChildren(...matches.map((match, at) => {
      const { place } = match;
      const link = document.createElement("a");
      link.id = `finder-${at}`;
      link.setAttribute("role", "option");
      link.tabIndex = -1;
      link.href = base + names.addressOf(place);
      link.textContent = place.name;
      const note = document.createElement("small");
      const state = place.page
        ? [place.level ? globalThis.atlaasWords.plural(place.level, "arobase") : ""]
        : [epci[place.group - 1], "pas encore de fiche"];
      note.textContent = ` ${[names.whatItIs(place, departements), names.why(match) || place.postcodes[0], ...state, place.member].filter(Boolean).join(" · ")}`;
      link.append(note);
      // A page that asks for a territory rather than leading to it takes the event.
      link.addEventListener("click", (click) => {
        if (click.ctrlKey || click.metaKey || click.shiftKey) return;
        const { code, name, departements: [departement = ""], page } = place;
        const detail = { code, name, departement, page, url: names.addressOf(place) };
        if (!box.dispatchEvent(new CustomEvent("territoire", { cancelable: true, detail }))) {
          click.preventDefault();
          field.value = name;
          show([], `Choix : ${name}.`);
          keep();
        }
      });
      return link;
    }));
    list.hidden = !matches.length;
    field.setAttribute("aria-expanded", String(matches.length > 0));
    reach(-1);
  };

  // What was typed stays in the history, so that Back finds it again.
  const keep = () => history.replaceState({ ...history.state, finder: field.value }, "");

  const search = async () => {
    const mine = ++turn;
    const text = field.value.trim();
    if (text.length < 2) return show([], text ? "Tapez au moins deux lettres." : "");
    try {
      names ||= await import(NAMES);
      places ||= names.atlas(base);
      const { departements } = await places.ready();
      const found = await places.search(text);
      if (mine !== turn) return undefined;
      const shown = found.slice(0, SHOWN);
      const epci = shown.some(({ place }) => place.group && !place.page) ? await places.load("finder/epci.json") : [];
      if (mine !== turn) return undefined;
      const { plural } = globalThis.atlaasWords;
      const said = found.length && found[0].how === "close"
        ? `Aucun nom ne s’écrit ainsi ; ${plural(found.length, "nom proche", "noms proches")}.` : `${plural(found.length, "réponse")}.`;
      const more = found.length > SHOWN ? ` Les ${SHOWN} premières sont affichées : précisez.` : "";
      return show(shown, found.length ? said + more
        : "Aucune commune ni intercommunalité ne porte ce nom ou ce code. Vérifiez l’orthographe, ou essayez le code postal.", { epci, departements });
    } catch {
      if (mine === turn) show([], "La recherche n’a pas pu être chargée. Vérifiez votre connexion.");
      return undefined;
    }
  };

  field.addEventListener("input", () => { keep(); search(); });
  field.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (event.key === "ArrowDown" && count) reach(active + 1 < count ? active + 1 : 0);
    else if (event.key === "ArrowUp" && count) reach(active > 0 ? active - 1 : count - 1);
    else if (event.key === "Enter" && count) list.children[Math.max(active, 0)].click();
    else if (event.key === "Escape") { field.value = ""; keep(); search(); }
    else return;
    event.preventDefault();
  });
  const kept = history.state && history.state.finder;
  if (kept && !field.value) field.value = kept;
  if (field.value) search();
})();
