// What helps to read the map's page: a slider through the editions, the order of the list, and
// « autour de moi », which asks the browser for a position and reckons distances here: nothing is
// sent anywhere. Loaded beside carte.js, which says when its data is there.
document.addEventListener("atlaas-carte", (event) => {
  "use strict";
  const { map, data } = event.detail;
  const page = document.querySelector(".carte");
  const form = page.querySelector(".filters");
  const edition = form.elements.edition;
  const list = page.querySelector(".carte-list ul");
  const order = page.querySelector("#tri");
  const near = page.querySelector("#autour");
  const said = page.querySelector("#autour-dit");
  const rows = [...list.children];
  const field = Object.fromEntries(data.fields.map((name, index) => [name, index]));
  const facts = new Map(data.territories.map((row) => [row[field.code], row]));
  const distances = new Map();

  // The slider: its first step is the latest known label, then the editions, oldest first.
  const time = form.querySelector("#f-temps");
  const years = [...edition.options].map((option) => option.value || option.textContent).slice(1).reverse();
  const tell = () => {
    time.value = years.indexOf(edition.value) + 1;
    time.setAttribute("aria-valuetext", edition.value || "Dernière édition connue");
    form.querySelector("#f-temps-dit").textContent = edition.value || "dernière connue";
  };
  time.max = years.length;
  time.addEventListener("input", () => {
    edition.value = years[time.value - 1] || "";
    edition.dispatchEvent(new Event("change", { bubbles: true }));
  });

  const level = (row) => Number(row.querySelector(".sign").className.match(/\bs(\d)/)[1]);
  const year = (row) => Number(row.querySelector("small span").textContent);
  const keys = {
    nom: () => 0,
    niveau: (row) => -level(row),
    edition: (row) => -year(row),
    actions: (row) => -facts.get(row.dataset.code)[field.actions],
    distance: (row) => distances.get(row.dataset.code) ?? Infinity,
  };
  const sort = () => {
    const key = new Map(rows.map((row) => [row, keys[order.value](row)]));
    // Array.sort is stable: equal rows stay in alphabetical order.
    list.append(...[...rows].sort((a, b) => key.get(a) - key.get(b) || 0));
  };
  // The order is kept in the page's address, but for the distance to a place that is not in it.
  order.addEventListener("change", () => {
    sort();
    const query = new URLSearchParams(location.search);
    query.delete("tri");
    if (!["nom", "distance"].includes(order.value)) query.set("tri", order.value);
    history.replaceState(null, "", `${query}` ? `?${query}` : location.pathname);
  });
  const asked = new URLSearchParams(location.search).get("tri");
  if (["niveau", "edition", "actions"].includes(asked)) {
    order.value = asked;
    sort();
  }
  form.addEventListener("change", (changed) => {
    if (changed.target !== time) tell();
    if (order.value === "niveau" || order.value === "edition") sort();
  });
  form.addEventListener("reset", () => setTimeout(tell));

  const radians = (degrees) => (degrees * Math.PI) / 180;
  const kilometres = (a, b) => {
    const [lat, lon] = [radians(b[0] - a[0]), radians(b[1] - a[1])];
    const h = Math.sin(lat / 2) ** 2 + Math.cos(radians(a[0])) * Math.cos(radians(b[0])) * Math.sin(lon / 2) ** 2;
    return 12742 * Math.asin(Math.sqrt(h));
  };
  const around = ({ coords }) => {
    const here = [coords.latitude, coords.longitude];
    for (const row of rows) {
      const territory = facts.get(row.dataset.code);
      if (territory[field.lat] === null) continue;
      const km = kilometres(here, [territory[field.lat], territory[field.lon]]);
      distances.set(row.dataset.code, km);
      let note = row.querySelector(".km");
      if (!note) {
        note = document.createElement("span");
        note.className = "km";
        row.querySelector("small").append(note);
      }
      note.textContent = ` · à ${globalThis.atlaasWords.number(Math.round(km))} km`;
    }
    order.querySelector("[value=distance]").disabled = false;
    order.value = "distance";
    sort();
    map.setView(here, 8, { animate: false });
    said.textContent = "La liste va du plus proche au plus lointain. Votre position n’a pas quitté cette page.";
  };
  near.addEventListener("click", () => {
    said.textContent = "Recherche de votre position…";
    navigator.geolocation.getCurrentPosition(around, () => {
      said.textContent = "Votre position n’est pas disponible. Autorisez la localisation dans votre navigateur, ou cherchez votre commune dans la liste.";
    }, { maximumAge: 600000, timeout: 15000 });
  });
  near.hidden = !navigator.geolocation;
  page.querySelector(".carte-tools").hidden = false;
  tell();
});
