// The search of /recherche/. Words and facets are answered by the volumes of records (volumes.js),
// cards by the small files of recherche/fiches/; formats: hooks/atlaas/publish/search.py. A record is
// known by its number. What is asked stands in the page's address. Every text of the data is put
// into the page as text.
(() => {
  "use strict";
  const box = document.querySelector(".search");
  const root = box.dataset.root;
  const form = box.querySelector("form");
  const field = document.getElementById("q");
  const facets = form.querySelector("details");
  const selects = [...form.querySelectorAll("select")];
  const status = box.querySelector(".search-status");
  const results = box.querySelector(".search-results");
  const rest = box.querySelector(".search-rest");
  const meantPlaces = box.querySelector(".search-places");
  const empty = box.querySelector(".search-empty");
  const MORE = 10; // cards added at once; fewer that fit the facets have all volumes asked
  const WRITTEN = 1e6; // scored more where the words themselves are written, not what means the same
  const WHOLE = 10; // the score of a place from which it is not what was written
  const FEW = 5; // cards of a kind shown first, where there are several kinds
  const KEY = "atlaas-slash";

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const { number: figure, plural } = globalThis.atlaasWords;
  // Each address is asked for once; a failed one may be asked for again.
  const kept = new Map();
  const once = (key, ask) => {
    if (!kept.has(key)) {
      const answer = ask();
      answer.catch(() => kept.delete(key));
      kept.set(key, answer);
    }
    return kept.get(key);
  };
  const json = (name) =>
    once(name, async () => {
      const answer = await fetch(`${root}recherche/${name}`);
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
      return answer.json();
    });

  const module = (name) => import(new URL(`${root}assets/js/${name}.js`, document.baseURI));
  const records = () =>
    once("records", async () => {
      const { open } = await module("volumes");
      return open({ base: new URL(`${root}recherche/index/`, document.baseURI), form, json, once });
    });
  const language = () =>
    once("language", async () => {
      const [words, data] = await Promise.all([module("lexicon"), json("lexique.json")]);
      return { ...words, ...words.lexicon(data) };
    });
  const keyOf = (slots) => slots.map(({ token }) => token).join(" ");

  const cardOf = async (all, number) => {
    const block = await json(`fiches/${Math.floor(number / all.perBlock)}.json`);
    const [url, title, place, summary] = block[number % all.perBlock];
    return { url, title, place, summary };
  };

  // Text with the words that were asked for marked; endings do not count.
  const marked = (text, { starts, fold, stem }) => {
    const isMeant = (part) =>
      starts.some((start) => stem(part) === start || (start.length > 3 && part.startsWith(start)));
    const nodes = text.split(/([\p{L}\p{N}]+)/u).map((part, index) => (index % 2 && isMeant(fold(part)) ? make("mark", "", part) : part));
    const line = document.createDocumentFragment();
    line.append(...nodes);
    return line;
  };

  const item = ({ url, title, place, summary }, words) => {
    const row = make("li");
    const link = make("a");
    link.href = root + url;
    link.append(marked(title, words));
    row.append(link);
    if (place) row.append(make("p", "meta", place));
    if (summary) {
      const excerpt = make("p");
      excerpt.append(marked(summary, words));
      row.append(excerpt);
    }
    return row;
  };

  const cardsOf = (all, numbers) => Promise.all(numbers.map((number) => cardOf(all, number)));
  const group = (all, name, numbers, words, cards, whole) => {
    const section = make("section");
    const heading = make("h2", "", name);
    heading.append(" ", make("small", "", known(numbers.length, whole)));
    const list = make("ol");
    const more = make("button", "", `Afficher la suite (${name.toLowerCase()})`);
    more.type = "button";
    let shown = 0;
    const add = (found) => {
      const rows = found.map((card) => item(card, words));
      list.append(...rows);
      shown += found.length;
      more.hidden = shown >= numbers.length;
      return rows[0];
    };
    more.addEventListener("click", async () => {
      add(await cardsOf(all, numbers.slice(shown, shown + MORE))).querySelector("a").focus();
    });
    add(cards);
    section.append(heading, list, more);
    return section;
  };

  const known = (amount, whole) => figure(amount) + (whole ? "" : " au moins");
  const NAMES = new Map([...form.elements.genre.options].slice(1).map((option) => [option.value, option.textContent]));
  const LABELS = new Map(selects.flatMap((select) => [...select.options].map((option) => [option, option.textContent])));

  // How many of the found records each choice would leave, with the other facets as they are.
  const count = (all, found, wanted, whole) => {
    for (const select of selects) {
      // The level goes with the edition: it is that of the edition, not a facet beside it.
      const others = { ...wanted, [select.name]: "", ...(select.name === "edition" && { niveau: "" }) };
      const counts = new Map();
      for (const number of found) {
        if (!all.answers(number, others)) continue;
        for (const value of all.valuesOf(number, select.name, wanted)) counts.set(value, (counts.get(value) || 0) + 1);
      }
      for (const option of select.options) {
        if (!option.value) continue;
        const here = counts.get(option.value) || 0;
        option.textContent = LABELS.get(option) + (whole || here ? ` (${known(here, whole)})` : "");
        option.disabled = whole && !here && !option.selected;
      }
    }
  };

  // The records of a query, the best first, and what is to be said of them. What is written so comes
  // first, then what means the same; else what begins so; else with mistyped words corrected; else
  // what has some of the words.
  // `gather` asks the volumes.
  const find = async (all, slots, gather) => {
    const { asked, beginning, fold, token } = await language();
    // Pagefind leaves out of a query the words that it does not know: each is asked alone first.
    const ask = async (volume, tokens) => {
      const alone = await Promise.all(tokens.map((one) => all.search(volume, one)));
      if (tokens.length < 2 || alone.some((found) => !found.length)) return alone.reduce((least, found) => (found.length < least.length ? found : least));
      return all.search(volume, tokens.join(" "));
    };
    const written = (slot) => (slot.parts.length ? slot.parts : [slot.token]);
    const answer = (some) => gather(async (volume) => {
      const meant = await ask(volume, some.map((slot) => slot.token));
      if (!some.some(({ parts }) => parts.length)) return meant;
      const exact = await ask(volume, some.flatMap(written));
      const first = new Set(exact.map(([number]) => number));
      return [...exact.map(([number, score]) => [number, score + WRITTEN]), ...meant.filter(([number]) => !first.has(number))];
    });
    const found = await answer(slots);
    if (found.length) return { found };
    for (let at = 0; at + 1 < slots.length; at += 1) {
      const joined = { token: token(slots[at].word + slots[at + 1].word), parts: [] };
      const together = await answer([...slots.slice(0, at), joined, ...slots.slice(at + 2)]);
      if (together.length) return { found: together };
    }
    const last = slots.at(-1);
    if (last.word.length > 2 && fold(field.value).trim().endsWith(last.word)) {
      const words = [...slots.flatMap(written).slice(0, -1), beginning(written(last).at(-1))];
      const begun = await gather((volume) => ask(volume, words));
      if (begun.length) return { found: begun };
    }
    const alone = await Promise.all(slots.map((slot) => answer([slot])));
    if (alone.some((none) => !none.length)) {
      const [{ nearest, faults }, known] = await Promise.all([module("nearest"), json("mots.json")]);
      const doubtful = slots.filter((_, at) => !alone[at].length).flatMap(({ word }) => word.split(" "));
      const meant = new Map(await Promise.all(doubtful.map(async (word) =>
        [word, faults(word) && !(await gather((volume) => ask(volume, [token(word)]))).length ? nearest(word, known, fold) : word])));
      const text = field.value.trim().replace(/[\p{L}\p{N}]+/gu, (word) => {
        const one = meant.get(fold(word));
        return one && fold(one) !== fold(word) ? one : word;
      });
      if (text !== field.value.trim()) {
        const corrected = await answer(asked(text));
        if (corrected.length) return { found: corrected, corrected: text };
      }
    }
    // A rare word counts more than a frequent one.
    const sums = new Map();
    for (const one of alone) {
      for (const number of one) sums.set(number, (sums.get(number) || 0) + Math.log(1 + all.count / one.length));
    }
    const some = [...sums.keys()].sort((a, b) => sums.get(b) - sums.get(a));
    return { found: some, partly: slots.length > 1 };
  };

  // The territories that a name, a postcode or a code means, as the finder has it.
  const showPlaces = async (query, mine) => {
    const { addressOf, atlas, whatItIs, why } = await module("names");
    const places = await once("places", async () => atlas(root));
    const [found, { departements }] = [await places.search(query), await places.ready()];
    if (mine !== turn) return;
    const meant = found.filter(({ score }) => score < WHOLE).slice(0, FEW);
    const links = meant.flatMap((match, at) => {
      const link = make("a", "", match.place.name);
      link.href = root + addressOf(match.place);
      const note = [whatItIs(match.place, departements), why(match)].filter(Boolean).join(", ");
      return [at ? ", " : "", link, note ? ` (${note})` : ""];
    });
    meantPlaces.replaceChildren(...(meant.length ? [meant.length > 1 ? "Territoires\u00a0: " : "Territoire\u00a0: ", ...links, "."] : []));
    meantPlaces.hidden = !meant.length;
  };

  let turn = 0;
  let everywhere = false; // whether a reader wants all records to be searched
  const search = async () => {
    const mine = ++turn;
    const query = field.value.trim();
    const wanted = Object.fromEntries(selects.map((select) => [select.name, select.value]));
    const filtered = Object.values(wanted).some(Boolean);
    const address = new URLSearchParams([["q", query], ...Object.entries(wanted)].filter(([, value]) => value));
    if (everywhere) address.set("tout", "1");
    meantPlaces.hidden = rest.hidden = true;
    history.replaceState(null, "", String(address) ? `?${address}` : location.pathname);
    document.title = document.title.replace(/^.*(?=Recherche)/, query ? `${query} - ` : "");
    if (!query && !filtered) {
      status.textContent = "";
      results.replaceChildren();
      empty.hidden = true;
      return;
    }
    try {
      const all = await records();
      const { asked, fold, stem } = await language();
      const slots = asked(query);
      const volumes = all.leftBy(wanted);
      // Whether all of them were asked, and not the first one alone, which holds what most look for.
      let whole = true;
      const least = filtered ? MORE : 1;
      const gather = async (ask) => {
        whole = everywhere || volumes.length < 2 || volumes[0] > 0;
        const found = await Promise.all(volumes.slice(0, whole ? undefined : 1).map(ask));
        if (!whole && found[0].filter(([number]) => all.answers(number, wanted)).length < least) {
          whole = true;
          found.push(...(await Promise.all(volumes.slice(1).map(ask))));
        }
        return found.flat().sort(([, a], [, b]) => b - a).map(([number]) => number);
      };
      const listed = async (volume) => (await all.numbers(volume)).map((number) => [number, 0]);
      const answer = slots.length ? await find(all, slots, gather) : { found: query ? [] : await gather(listed) };
      if (mine !== turn) return;
      const { found, corrected, partly } = answer;
      if (partly) whole = everywhere || volumes.length < 2; // some words may be known by the first one
      const key = keyOf(corrected ? asked(corrected) : slots);
      // Themes of that very name come first among themes.
      const named = new Set(all.named.get(key));
      found.sort((a, b) => named.has(b) - named.has(a));
      count(all, found, wanted, whole);
      const kept = found.filter((number) => all.answers(number, wanted));
      const kinds = [...NAMES.keys()].filter((kind) => kept.some((number) => all.kind(number) === kind));
      const starts = fold(corrected || query).split(/[^a-z0-9]+/).filter((word) => word.length > 1).map(stem);
      const groups = await Promise.all(kinds.map(async (kind) => {
        const numbers = kept.filter((number) => all.kind(number) === kind);
        const cards = await cardsOf(all, numbers.slice(0, kinds.length > 1 ? FEW : MORE));
        const exact = cards.some(({ title }) => keyOf(asked(title)) === key);
        return { exact, section: group(all, NAMES.get(kind), numbers, { starts, fold, stem }, cards, whole) };
      }));
      if (mine !== turn) return;
      // What bears the name that was asked for comes before what only speaks of it.
      groups.sort((a, b) => b.exact - a.exact);
      results.replaceChildren(...groups.map(({ section }) => section));
      const said = query ? ` pour «\u00a0${query}\u00a0»` : "";
      const amount = (whole ? "" : partly ? "au moins " : "Au moins ") + plural(kept.length, "réponse");
      if (query && !slots.length) {
        status.textContent = `«\u00a0${query}\u00a0» n’a aucun mot à chercher. Écrivez un sujet, un lieu ou un code.`;
      } else if (!kept.length) {
        status.textContent = `Aucune réponse${said}${filtered ? " avec ces filtres" : ""}.`;
      } else if (corrected) {
        status.textContent = `${amount} pour «\u00a0${corrected}\u00a0» : aucune pour «\u00a0${query}\u00a0».`;
      } else if (partly) {
        status.textContent = `Rien n’a tous les mots de «\u00a0${query}\u00a0» : ${amount} qui en ${kept.length > 1 ? "ont" : "a"} une partie.`;
      } else {
        status.textContent = `${amount}${said}.`;
      }
      rest.hidden = whole;
      if (!whole) {
        rest.firstChild.data = `Cherché dans ${figure(all.sizes[0])} fiches sur ${figure(all.count)}\u00a0: les actions les plus récentes et les territoires les mieux connus. `;
      }
      empty.hidden = kept.length > 0;
      empty.querySelector("[data-for]").hidden = !filtered || (!found.length && volumes.length === all.sizes.length);
      // Files of places are only fetched where a place may be meant.
      const mayBePlace = slots.length === 1 || /\d|^ste? |^sainte? /i.test(query) || !kept.length || corrected || kinds.includes("territoire");
      if (slots.length && mayBePlace) await showPlaces(query, mine);
    } catch (error) {
      if (mine !== turn) return;
      results.replaceChildren();
      empty.hidden = true;
      status.textContent = location.protocol === "file:"
        ? "La recherche ne marche pas dans la copie hors ligne du site."
        : "La recherche ne répond pas. Vérifiez votre connexion, puis rechargez la page.";
      throw error;
    }
  };

  let timer = 0;
  field.addEventListener("input", () => {
    everywhere = false;
    clearTimeout(timer);
    timer = setTimeout(search, 250);
  });
  const now = () => {
    clearTimeout(timer);
    return search();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    now();
  });
  form.addEventListener("change", (event) => {
    if (event.target !== field) now();
  });
  form.addEventListener("reset", () => {
    everywhere = false;
    setTimeout(now); // once the fields are empty
  });
  rest.querySelector("button").addEventListener("click", async () => {
    everywhere = true;
    await now();
    results.querySelector("a")?.focus({ preventScroll: true });
  });
  empty.querySelector("button").addEventListener("click", () => {
    for (const select of selects) select.value = "";
    now();
    field.focus();
  });

  const slash = document.getElementById("slash");
  try {
    slash.checked = localStorage.getItem(KEY) !== "off";
    slash.addEventListener("change", () => {
      if (slash.checked) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, "off");
    });
    slash.closest("p").hidden = false;
  } catch {
    // Storage is refused: the key stays as it is.
  }

  const asked = new URLSearchParams(location.search);
  field.value = asked.get("q") || "";
  everywhere = asked.has("tout");
  for (const select of selects) {
    const value = asked.get(select.name) || "";
    select.value = [...select.options].some((option) => option.value === value) ? value : "";
  }
  facets.open = selects.some((select) => select.value) || matchMedia("(min-width: 60rem)").matches;
  form.hidden = false;
  if (!asked.size) field.focus({ preventScroll: true });
  now();
})();
