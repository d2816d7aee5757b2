/*
 * « Qui le fait déjà ? »: sorts the territories of a theme or usage around the one that the finder
 * gives (event « territoire »), by distance and by population. See hooks/atlaas/pages/network.py.
 */
(() => {
  "use strict";
  const box = document.getElementById("network");
  if (!box) return;
  const root = box.dataset.root;
  const status = document.getElementById("network-status");
  const SHOWN = 8;
  const { number, plural } = globalThis.atlaasWords;
  const files = new Map();
  const load = (url) => {
    if (!files.has(url)) {
      const answer = fetch(url).then((r) => {
        if (!r.ok) throw new Error(String(r.status));
        return r.json();
      });
      answer.catch(() => files.delete(url));
      files.set(url, answer);
    }
    return files.get(url);
  };

  // Great-circle distance in kilometres (haversine, mean radius of the IUGG).
  const distance = (lat1, lon1, lat2, lon2) => {
    const rad = Math.PI / 180;
    const a = Math.sin((lat2 - lat1) * rad / 2) ** 2 +
      Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin((lon2 - lon1) * rad / 2) ** 2;
    return 2 * 6371.0088 * Math.asin(Math.sqrt(a));
  };
  const ratio = (a, b) => Math.max(a, b) / Math.min(a, b);

  const link = (href, text) => {
    const a = document.createElement("a");
    a.href = root + href;
    a.textContent = text;
    return a;
  };
  const small = (text) => {
    const element = document.createElement("small");
    element.textContent = ` ${text}`;
    return element;
  };
  const item = (row, words) => {
    const [name, url, , , , , count, title, action, state, lessons] = row;
    const li = document.createElement("li");
    li.append(link(url, name), small(words), " : ", link(action, title));
    const more = count > 1 ? `et ${plural(count - 1, "autre")}` : "";
    const note = [state, more].filter(Boolean).join(", ");
    if (note) li.append(small(`(${note})`));
    if (lessons) li.append(document.createElement("br"), small(`Enseignement : ${lessons}`));
    return li;
  };
  const territories = (n, which) => plural(n, `territoire ${which}`, `territoires ${which}s`);
  const fill = (id, items) => {
    const part = document.getElementById(id);
    part.hidden = !items.length;
    part.querySelector("ol").replaceChildren(...items);
  };

  document.getElementById("finder").addEventListener("territoire", async (event) => {
    event.preventDefault();
    const { code, name, departement } = event.detail;
    try {
      const [rows, places] = await Promise.all([
        load(box.dataset.file), load(`${root}reseau/lieux/${departement}.json`)]);
      const here = places[code];
      if (!here) throw new Error("lieu");
      const [lat, lon, population, kind] = here;
      const others = rows.filter((row) => !row[1].startsWith(`territoires/${code}-`));
      const near = others.map((row) => [distance(lat, lon, row[3], row[4]), row])
        .sort((a, b) => a[0] - b[0]).slice(0, SHOWN);
      const like = others.filter((row) => row[2] === kind && row[5] && population &&
        ratio(row[5], population) <= 2)
        .sort((a, b) => ratio(a[5], population) - ratio(b[5], population)).slice(0, SHOWN);
      fill("network-near", near.map(([km, row]) => item(row, `à ${number(Math.round(km))} km`)));
      fill("network-like", like.map((row) =>
        item(row, plural(row[5], "habitant"))));
      status.textContent = others.length
        ? `${name} : ${territories(near.length, "proche")}, ${like.length ? `${number(like.length)} de taille comparable` : "aucun de taille comparable"}.`
        : `${name} : aucun autre territoire connu ne le fait encore. Regardez un thème ou un usage voisin.`;
    } catch {
      status.textContent = "La liste n’a pas pu être chargée. Vérifiez votre connexion.";
    }
  });
})();
