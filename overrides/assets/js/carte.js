// The map of /carte/. cadre.js, made by folium, creates an empty Leaflet map and an empty group of
// clusters and hands them to atlaasMap.start; the points come from territoires.json, the outlines
// from regions.json and, close up, from departements.json and epci/ (hooks/atlaas/render/map.py).
// One set of territories answers the filters, on the map and in the list. Every text of the data
// is put into the page as text, never as markup.
(() => {
  "use strict";
  const DEPARTEMENTS_FROM = 7; // zoom at which the finer outlines are fetched and shown
  const NAMES_FROM = 8; // zoom at which they are named
  const EPCI_FROM = 9; // zoom at which the EPCI of the départements in sight are fetched and shown
  const EPCI_NAMES_FROM = 10;
  const GREEN = "arobase-verte";

  L.Control.Zoom.mergeOptions({ zoomInTitle: "Zoomer", zoomOutTitle: "Dézoomer" });
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    L.Map.mergeOptions({ zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false });
    L.MarkerClusterGroup.mergeOptions({ animate: false });
  }

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const { plural } = globalThis.atlaasWords;

  // A mark that names itself to assistive technology, or hides from it when it has no name.
  const Mark = L.DivIcon.extend({
    createIcon(old) {
      const element = L.DivIcon.prototype.createIcon.call(this, old);
      if (this.options.label) element.setAttribute("aria-label", this.options.label);
      else element.setAttribute("aria-hidden", "true");
      return element;
    },
  });
  const mark = (html, label, size) =>
    new Mark({ html, label, className: "mark", iconSize: [size, size], popupAnchor: [0, -size / 3] });

  const clusterIcon = (cluster) => {
    const count = cluster.getChildCount();
    const size = count < 10 ? 36 : count < 50 ? 42 : 48;
    return mark(make("span", "pile", count), `${plural(count, "territoire")}, zoomer`, size);
  };

  const inWords = ([edition, level]) => {
    const words = level ? `${globalThis.atlaasWords.plural(level, "arobase")} sur 5` : "niveau non connu";
    return `${words}, ${edition}`;
  };

  // The same sign as the macro of overrides/macros/ui.html.
  const sign = (label, green) => {
    const level = label[1];
    const element = make("span", `sign s${level || 0}${green && level ? " g" : ""} s`);
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", inWords(label));
    if (green && level) element.append(make("i"));
    return element;
  };

  // Flat lists of steps back to rings of [latitude, longitude].
  const decode = ({ scale, areas }) =>
    areas.map(([code, name, middle, rings]) => ({
      code,
      name,
      middle,
      rings: rings.map((steps) => {
        const ring = [];
        for (let i = 0, x = 0, y = 0; i < steps.length; i += 2) {
          x += steps[i];
          y += steps[i + 1];
          ring.push([y / scale, x / scale]);
        }
        return [ring];
      }),
    }));
  const outline = (area, className) =>
    L.polygon(area.rings, { className, interactive: false, smoothFactor: 0.6 });

  const json = async (name) => {
    const answer = await fetch(name);
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer.json();
  };

  const popup = (territory, label, data, root) => {
    const box = make("div", "map-popup");
    const name = make("p", "name");
    const link = make("a", "", territory.name);
    link.href = root + territory.url;
    name.append(link);
    const latest = make("p");
    latest.append(sign(label, isGreen(label, data)), ` ${label[0]}`);
    const kind = data.kinds[territory.kind][1];
    const actions = territory.actions ? plural(territory.actions, "action") : "aucune action connue";
    box.append(name, latest, make("p", "", `${kind}, ${actions}`));
    if (label[2].length) {
      const names = label[2].map((index) => data.mentions[index][1]).join(", ");
      box.append(make("p", "", `${label[2].length > 1 ? "Mentions" : "Mention"}\u00a0: ${names}`));
    }
    return box;
  };
  const isGreen = (label, data) => label[2].some((index) => data.mentions[index][0] === GREEN);

  // Outlines under the marks: régions at once, départements and then EPCI when one comes close.
  const drawBase = (map, regions) => {
    for (const area of decode(regions)) outline(area, "map-region").addTo(map);
    const group = () => ({ outlines: L.layerGroup(), names: L.layerGroup() });
    const [departements, epci] = [group(), group()];
    const show = (layer, from) => {
      if (map.getZoom() >= from) layer.addTo(map);
      else layer.remove();
    };
    const draw = (into, areas, className) =>
      areas.map((area) => {
        // Overseas (971 and on) the région is drawn already: the box only says what is in sight.
        if (area.code.length === 3) return [area.code, outline(area, className).getBounds()];
        const icon = mark(make("span", `map-name ${className}-name`, area.name), "", 0);
        into.names.addLayer(L.marker(area.middle, { icon, interactive: false, keyboard: false, zIndexOffset: -9999 }));
        const shape = outline(area, className);
        into.outlines.addLayer(shape);
        return [area.code, shape.getBounds()];
      });
    let drawn = null; // where each département is, once they were asked for
    const asked = new Set(); // those of which the EPCI were
    const update = async () => {
      show(departements.outlines, DEPARTEMENTS_FROM);
      show(departements.names, NAMES_FROM);
      show(epci.outlines, EPCI_FROM);
      show(epci.names, EPCI_NAMES_FROM);
      if (map.getZoom() < DEPARTEMENTS_FROM) return;
      drawn ??= json("departements.json").then((areas) => draw(departements, decode(areas), "map-departement"));
      const found = await drawn;
      if (map.getZoom() < EPCI_FROM) return;
      for (const [code, bounds] of found) {
        if (asked.has(code) || !map.getBounds().intersects(bounds)) continue;
        asked.add(code);
        draw(epci, decode(await json(`epci/${code}.json`)), "map-epci");
      }
    };
    map.on("moveend", () => update().catch(() => {})); // without them the map goes on working
    update().catch(() => {});
  };

  const keyboard = (map) => {
    const box = map.getContainer();
    let back = null; // the mark from which a popup was opened by keyboard
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") map.closePopup();
      if (event.key === " " && event.target.matches(".leaflet-marker-icon, .leaflet-control a")) {
        event.preventDefault();
        event.target.click();
      }
    });
    map.on("popupopen", ({ popup: opened }) => {
      const element = opened.getElement();
      element.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", "Fermer");
      const from = document.activeElement;
      back = from && from.matches(".leaflet-marker-icon") ? from : null;
      if (back) element.querySelector("a").focus();
    });
    map.on("popupclose", ({ popup: closed }) => {
      const lost = document.activeElement === document.body;
      if (back && (lost || closed.getElement().contains(document.activeElement))) back.focus();
    });
    // A page that is scrolled over the map must not zoom it: the wheel waits for a click in it.
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
  };

  const drawViews = (map, page) => {
    const group = page.querySelector(".carte-views");
    const go = (button) => {
      const [south, west, north, east] = button.dataset.bounds.split(",").map(Number);
      map.fitBounds([[south, west], [north, east]], { padding: [4, 4], animate: false });
    };
    group.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) go(button);
    });
    group.hidden = false;
    go(group.querySelector("button"));
  };

  // The filters: what they say, kept in the page's address, shown on the map and in the list.
  const filters = (page, data, territories, cluster) => {
    const form = page.querySelector(".filters");
    const fields = [...form.querySelectorAll("select")];
    const count = page.querySelector("#carte-count");
    const fold = page.querySelector(".carte-fold");
    const folded = fold.querySelector("summary span");
    const rows = new Map([...page.querySelectorAll("[data-code]")].map((row) => [row.dataset.code, row]));

    const answer = (territory, wanted) => {
      const edition = Number(wanted.edition);
      const label = edition ? territory.labels.find(([year]) => year === edition)
        : territory.labels.find(([, level]) => level) || territory.labels[0];
      if (!label) return null;
      if (wanted.niveau && (wanted.niveau === "inconnu" ? label[1] : label[1] !== Number(wanted.niveau))) return null;
      if (wanted.genre && data.kinds[territory.kind][0] !== wanted.genre) return null;
      if (wanted.theme && !territory.themes.includes(data.themes.indexOf(wanted.theme))) return null;
      if (wanted.adhesion && !territory.member) return null;
      return label;
    };

    const showRow = (row, label) => {
      row.hidden = !label;
      const year = row.querySelector("small span");
      if (!label || year.textContent === String(label[0])) return;
      year.textContent = label[0];
      row.querySelector(".sign").replaceWith(sign(label, isGreen(label, data)));
    };

    const update = () => {
      const wanted = Object.fromEntries(fields.map((field) => [field.name, field.value]));
      const shown = [];
      let placeless = 0;
      let total = 0;
      for (const territory of territories) {
        const label = answer(territory, wanted);
        const row = rows.get(territory.code);
        if (row) showRow(row, label);
        if (!label) continue;
        total += 1;
        if (territory.marker) shown.push(territory.place(label));
        else placeless += 1;
      }
      cluster.clearLayers();
      cluster.addLayers(shown);
      count.textContent = total
        ? `${plural(total, "territoire")} ${total < 2 ? "affiché" : "affichés"}` +
          (placeless ? `, dont ${plural(placeless, "absent")} de la carte, sans position connue` : "")
        : "Aucun territoire ne répond à ces filtres. Retirez-en un, ou choisissez « Tout afficher ».";
      const query = new URLSearchParams(location.search); // the order of the list stands there too
      for (const [name, value] of Object.entries(wanted)) {
        if (value) query.set(name, value);
        else query.delete(name);
      }
      const chosen = fields.filter(({ value }) => value).map(({ selectedOptions }) => selectedOptions[0].textContent);
      folded.textContent = `\u00a0: ${chosen.join(" · ") || "aucun"}`;
      const address = `${query}` ? `?${query}` : location.pathname;
      // A choice is a step of the history; each year that the slider passes is not.
      const step = !coming && location.search !== `?${query}` && document.activeElement !== form.querySelector("#f-temps");
      if (!coming) history[step ? "pushState" : "replaceState"](null, "", address);
    };

    let coming = true; // the address says what to show, not the other way round
    const read = () => {
      const asked = new URLSearchParams(location.search);
      for (const field of fields) {
        const value = asked.get(field.name) || "";
        field.value = [...field.options].some((option) => option.value === value) ? value : "";
      }
    };
    read();
    addEventListener("popstate", () => {
      read();
      coming = true;
      form.dispatchEvent(new Event("change")); // the slider follows too
      coming = false;
    });
    form.addEventListener("change", update);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(update)); // once the fields are empty
    form.hidden = false;
    fold.hidden = false;
    fold.open = !matchMedia("(max-width: 37.49rem)").matches;
    update();
    coming = false;
  };

  // Rows of territoires.json to objects that carry their mark.
  const read = (data, root) =>
    data.territories.map((row) => {
      const territory = Object.fromEntries(data.fields.map((name, index) => [name, row[index]]));
      if (territory.lat === null) return territory;
      territory.marker = L.marker([territory.lat, territory.lon]);
      territory.marker.bindPopup(() => popup(territory, territory.label, data, root), {
        maxWidth: 260,
        autoPanPaddingTopLeft: [64, 8], // clear of the zoom buttons
        autoPanPaddingBottomRight: [8, 8],
      });
      const shape = data.kinds[territory.kind][0] === "commune" ? "" : " square";
      territory.place = (label) => {
        territory.label = label;
        const pin = make("span", `pin p${label[1] || 0}${shape}`, label[1] ? `${label[1]}@` : "?");
        territory.marker.setIcon(mark(pin, `${territory.name}, ${inWords(label)}`, 30));
        return territory.marker;
      };
      return territory;
    });

  const start = async (map, cluster) => {
    const page = document.querySelector(".carte");
    const wait = page.querySelector(".carte-wait");
    const box = map.getContainer();
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "Carte");
    wait.textContent = "Chargement de la carte…";
    try {
      const [data, regions] = await Promise.all([json("territoires.json"), json("regions.json")]);
      drawViews(map, page);
      drawBase(map, regions);
      keyboard(map);
      filters(page, data, read(data, page.dataset.root), cluster);
      page.querySelector(".carte-key").hidden = false;
      wait.remove();
      // For carte-liste.js, and carte-indicateurs.js where an indicator was imported.
      document.dispatchEvent(new CustomEvent("atlaas-carte", { detail: { map, json, decode, data } }));
    } catch (error) {
      wait.textContent = "La carte n’a pas pu être chargée. La liste, elle, est complète.";
      throw error;
    }
  };

  window.atlaasMap = { start, clusterIcon };
})();
