// The explorer of /actions/: narrows and sorts all actions by the columns of actions/explorer/
// (hooks/atlaas/publish/explorer.py), around the commune that the finder gives. What is chosen stands
// in the address, one entry of the history a choice. Every text of the data is put in as text.
(() => {
  "use strict";
  const box = document.getElementById("explorer");
  const { root, sizes, onDemand } = box.dataset;
  const leasts = sizes.split(",").map(Number);
  const asked = onDemand.split(",");
  const form = box.querySelector("form");
  const selects = [...form.querySelectorAll("select")];
  const facets = selects.filter(({ name }) => name !== "rayon" && name !== "tri");
  const status = box.querySelector(".search-status");
  const list = box.querySelector(".search-results ol");
  const more = box.querySelector(".search-results button");
  const empty = box.querySelector(".search-empty");
  const finder = document.getElementById("finder");
  const place = box.querySelector(".explorer-place");
  const map = box.querySelector(".explorer-map");
  const follow = box.querySelector("[data-do=follow]");
  const SHOWN = 12;
  const LABELS = new Map(selects.flatMap(({ options }) => [...options].map((option) => [option, option.textContent])));

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const plural = (count, word) => `${count.toLocaleString("fr")} ${word}${count < 2 ? "" : "s"}`;
  const kept = new Map();
  const json = (name) => {
    if (!kept.has(name)) {
      const answer = fetch(`${root}${name}.json`).then((found) => {
        if (!found.ok) throw new Error(`${name}: ${found.status}`);
        return found.json();
      });
      answer.catch(() => kept.delete(name));
      kept.set(name, answer);
    }
    return kept.get(name);
  };
  const module = (name) => import(new URL(`${root}assets/js/${name}.js`, document.baseURI));
  const unfold = (runs) => runs.flatMap(([value, times]) => Array(times).fill(value));

  // Great-circle distance in kilometres (haversine, mean radius of the IUGG).
  const distance = (lat1, lon1, lat2, lon2) => {
    const rad = Math.PI / 180;
    const a = Math.sin(((lat2 - lat1) * rad) / 2) ** 2 +
      Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin(((lon2 - lon1) * rad) / 2) ** 2;
    return 2 * 6371.0088 * Math.asin(Math.sqrt(a));
  };

  // One value, or list of values, an action, under the names of the choices.
  let all;
  const ids = (name) => [...form.elements[name].options].map(({ value }) => value).filter(Boolean);
  const decode = (letters, name) => {
    const meant = new Map(ids(name).map((id, at) => [all.letters[at], id]));
    return letters.split(".").map((some) => [...some].map((letter) => meant.get(letter)));
  };
  const load = async () => {
    if (all) return;
    const [actions, territories] = await Promise.all([json("actions/explorer/actions"), json("actions/explorer/territoires")]);
    all = { ...actions, territories, values: {} };
    all.of = actions.counts.flatMap((count, territory) => Array(count).fill(territory));
    all.regions = unfold(territories.regions);
    all.kinds = unfold(territories.kinds);
    const state = new Map(ids("etat").map((id, at) => [all.letters[at], id]));
    const size = territories.population.map((people) => (people ? String(leasts.filter((least) => least <= people).length - 1) : ""));
    all.values.etat = [...actions.status].map((letter) => state.get(letter));
    all.values.complete = [...actions.full].map((whole) => (whole === "1" ? "oui" : ""));
    all.values.taille = all.of.map((territory) => size[territory]);
    all.values.region = all.of.map((territory) => all.regions[territory]);
    all.values.densite = all.of.map((territory) => territories.density[territory].replace(".", ""));
    all.values.label = all.of.map((territory) => (territories.labelled[territory] === "1" ? "oui" : ""));
  };
  const open = async (name) => {
    if (!all.values[name]) all.values[name] = decode(await json(`actions/explorer/${name}`), name);
  };
  const opened = () => facets.filter(({ name }) => all.values[name]);
  const valuesOf = (name, at) => {
    const value = all.values[name][at];
    return Array.isArray(value) ? value : value ? [value] : [];
  };
  const fits = (at, wanted, except) =>
    opened().every(({ name }) => name === except || !wanted[name] || valuesOf(name, at).includes(wanted[name])) &&
    (!wanted.rayon || !all.far || all.far[all.of[at]] <= Number(wanted.rayon));

  // The commune around which one looks: {code, departement}, and its name once it is known.
  let here = null;
  const settle = async () => {
    all.far = null;
    all.unlike = null;
    if (here) {
      const [lat, lon, people, kind, density, name] = (await json(`lieux/${here.departement}`))[here.code] || [];
      const { population, lat: lats, lon: lons } = all.territories;
      if (lat !== undefined) {
        all.far = lats.map((one, at) => (one || lons[at] ? distance(lat, lon, one / 1000, lons[at] / 1000) : Infinity));
        here.name = name;
        // Alike: the same kind first, then near in population and density. A class of density apart
        // counts as a population of 1.6 times.
        all.unlike = population.map((other, at) => {
          const dense = Number(all.territories.density[at]) || 0;
          return (other && people ? Math.abs(Math.log(other / people)) : 9) + (dense && density ? Math.abs(dense - density) / 2 : 2) + (all.kinds[at] === kind ? 0 : 10);
        });
      }
    }
    for (const option of [form.elements.rayon, ...[...form.elements.tri.options].slice(1)]) option.disabled = !all.far;
    finder.hidden = Boolean(here);
    place.hidden = !here;
    place.querySelector("b").textContent = here ? here.name || here.code : "";
  };

  const sorted = (found, by) => {
    const year = (at) => (all.started[at] === "." ? -1 : all.letters.indexOf(all.started[at]));
    const keys = {
      ressemblance: (at) => all.unlike[all.of[at]],
      distance: (at) => all.far[all.of[at]],
    };
    const key = (all.far && keys[by]) || ((at) => -year(at));
    const value = new Map(found.map((at) => [at, key(at)]));
    return found.sort((a, b) => value.get(a) - value.get(b) || a - b);
  };

  const cardOf = async (at) => {
    const number = all.first + at;
    const [url, title, where, summary] = (await json(`recherche/fiches/${Math.floor(number / all.per_block)}`))[number % all.per_block];
    const row = make("li");
    const link = make("a", "", title);
    link.href = root + url;
    const { population } = all.territories;
    const territory = all.of[at];
    const notes = [where];
    if (population[territory]) notes.push(plural(population[territory], "habitant"));
    if (all.far && Number.isFinite(all.far[territory])) notes.push(`à ${Math.round(all.far[territory])} km`);
    if (valuesOf("complete", at).length) notes.push("fiche complète");
    row.append(link, make("p", "meta", notes.join(" · ")));
    if (summary) row.append(make("p", "", summary));
    return row;
  };

  let found = [];
  let shown = 0;
  const add = async (mine) => {
    const rows = await Promise.all(found.slice(shown, shown + SHOWN).map(cardOf));
    if (mine !== turn) return null;
    list.append(...rows);
    shown += rows.length;
    more.hidden = shown >= found.length;
    return rows[0];
  };
  const count = (wanted) => {
    for (const { name, options } of opened()) {
      const counts = new Map();
      all.of.forEach((_, at) => {
        if (!fits(at, wanted, name)) return;
        for (const value of valuesOf(name, at)) counts.set(value, (counts.get(value) || 0) + 1);
      });
      for (const option of options) {
        if (!option.value) continue;
        const times = counts.get(option.value) || 0;
        option.textContent = `${LABELS.get(option)} (${times.toLocaleString("fr")})`;
        option.disabled = !times && !option.selected;
      }
    }
  };

  let turn = 0;
  const show = async () => {
    const mine = ++turn;
    box.setAttribute("aria-busy", "true");
    const wanted = Object.fromEntries(selects.map(({ name, value }) => [name, value]));
    try {
      await load();
      await Promise.all([settle(), ...asked.filter((name) => wanted[name]).map(open)]);
      if (mine !== turn) return;
      count(wanted);
      found = sorted(all.of.map((_, at) => at).filter((at) => fits(at, wanted)), wanted.tri);
      shown = 0;
      list.replaceChildren();
      await add(mine);
      if (mine !== turn) return;
      const towns = new Set(found.map((at) => all.of[at])).size;
      status.textContent = found.length ? `${plural(found.length, "action")} de ${plural(towns, "territoire")}.` : "Aucune action connue avec ces choix.";
      empty.hidden = found.length > 0;
      box.querySelector(".explorer-do").hidden = !found.length;
      const followed = wanted.collection ? `collections/${wanted.collection}` : wanted.theme && `themes/${wanted.theme}`;
      follow.hidden = !followed;
      follow.href = `${root}flux/${followed}.xml`;
      follow.textContent = `Suivre ${wanted.collection ? "cette collection" : "ce thème"} (flux Atom)`;
      if (map.open) await draw();
      box.hidden = false;
      document.getElementById("all-actions").hidden = true;
    } catch (error) {
      if (mine !== turn) return;
      box.hidden = true; // the plain list stays
      document.getElementById("all-actions").hidden = false;
      throw error;
    } finally {
      if (mine === turn) box.removeAttribute("aria-busy");
    }
  };
  const draw = async () => {
    const [{ draw: put }, names] = await Promise.all([module("explorer-map"), json("actions/explorer/noms")]);
    const counts = new Map();
    for (const at of found) counts.set(all.of[at], (counts.get(all.of[at]) || 0) + 1);
    const { lat, lon } = all.territories;
    const marks = [...counts].filter(([at]) => lat[at] || lon[at])
      .map(([at, number]) => ({ point: [lat[at] / 1000, lon[at] / 1000], name: names[at][0], href: root + names[at][1], words: plural(number, "action") }));
    await put(map.querySelector("div"), root, marks);
  };

  // The address and the form say the same.
  const write = () => {
    const chosen = new URLSearchParams(selects.filter(({ value }) => value).map(({ name, value }) => [name, value]));
    if (here) {
      chosen.set("commune", here.code);
      if (!here.code.startsWith(here.departement)) chosen.set("departement", here.departement);
    }
    history.pushState(null, "", String(chosen) ? `?${chosen}` : location.pathname);
  };
  const read = () => {
    const chosen = new URLSearchParams(location.search);
    for (const select of selects) {
      const value = chosen.get(select.name) || "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
    const folded = form.querySelector("details");
    if ([...folded.querySelectorAll("select")].some(({ value }) => value)) folded.open = true;
    const code = chosen.get("commune") || "";
    const departement = chosen.get("departement") || code.slice(0, /^9[78]/.test(code) ? 3 : 2);
    here = /^[0-9AB]{5}$|^[0-9]{9}$/.test(code) && /^[0-9AB]{2,3}$/.test(departement) ? { code, departement } : null;
    return show();
  };

  finder.addEventListener("territoire", (event) => {
    event.preventDefault();
    const { code, departement } = event.detail;
    here = { code, departement };
    if (!form.elements.tri.value) {
      form.elements.tri.options[1].disabled = false;
      form.elements.tri.value = "ressemblance";
    }
    write();
    show();
  });
  place.querySelector("button").addEventListener("click", () => {
    here = null;
    for (const name of ["rayon", "tri"]) form.elements[name].value = "";
    write();
    show().then(() => finder.querySelector("input").focus());
  });
  form.addEventListener("change", () => { write(); show(); });
  form.addEventListener("reset", () => setTimeout(() => { write(); show(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  empty.querySelector("button").addEventListener("click", () => form.reset());
  for (const name of asked) {
    const choose = () => all && !all.values[name] && open(name).then(() => count(Object.fromEntries(selects.map((one) => [one.name, one.value]))));
    form.elements[name].addEventListener("focus", choose);
    form.elements[name].addEventListener("pointerenter", choose);
  }
  more.addEventListener("click", async () => {
    const row = await add(turn);
    if (row) row.querySelector("a").focus();
  });
  map.addEventListener("toggle", () => map.open && all && draw());
  box.querySelector(".explorer-do").addEventListener("click", async ({ target }) => {
    const kind = target.dataset.do;
    if (kind !== "csv" && kind !== "xlsx") return;
    const [{ save }, addresses] = await Promise.all([module("explorer-file"), json("actions/explorer/adresses")]);
    await save(kind, root, found.map((at) => addresses[at]));
  });
  addEventListener("popstate", read);
  read();
})();
