/*
 * Imported indicators as layers of the map: one pattern and one letter a class, from afar by
 * département, close up by EPCI where its values allow it. Formats: hooks/atlaas/pages/
 * indicator_map.py and render/map.py; the patterns stand in overrides/partials/patterns.html.
 */
(() => {
  "use strict";
  const EPCI_FROM = 9; // zoom, as in carte.js
  const ROOM = 26; // pixels that an area takes at least to show its letter
  const choice = document.getElementById("map-indicator");
  if (!choice) return;
  const key = document.getElementById("map-indicator-key");
  const said = document.getElementById("map-indicator-said");
  const make = (tag, className, ...children) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
  };
  const swatch = (pattern) => {
    const [svg, rect] = ["svg", "rect"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
    svg.setAttribute("class", "swatch");
    svg.setAttribute("aria-hidden", "true");
    const marks = { width: "100%", height: "100%", fill: `url(#map-p${pattern})` };
    if (pattern !== null) {
      for (const [name, value] of Object.entries(marks)) rect.setAttribute(name, value);
      svg.append(rect);
    }
    return svg;
  };

  document.addEventListener("atlaas-carte", async ({ detail: { map, json, decode } }) => {
    const [departements, regions] = (await Promise.all([json("departements.json"), json("regions.json")])).map(decode);
    // Overseas the département has the outline of its région; a collectivity stands among régions.
    const named = new Map(regions.map((area) => [area.name, area]));
    const bases = {
      region: regions,
      departement: [
        ...departements.map((area) => (area.code.length > 2 && named.has(area.name) ? { ...named.get(area.name), code: area.code } : area)),
        ...regions.filter((area) => area.code.length > 2),
      ],
    };
    const boxes = departements.map((area) => [area.code, L.polygon(area.rings).getBounds()]);
    const epci = new Map(); // département -> its outlines, once asked for
    const inSight = async () => {
      const codes = boxes.filter(([, bounds]) => map.getBounds().intersects(bounds)).map(([code]) => code);
      for (const code of codes) if (!epci.has(code)) epci.set(code, json(`epci/${code}.json`).then(decode));
      return (await Promise.all(codes.map((code) => epci.get(code)))).flat();
    };
    const areas = L.layerGroup().addTo(map);
    const letters = L.layerGroup().addTo(map);
    const layers = new Map();
    let shown = ""; // what is drawn: layer and level
    let turn = 0; // the newest wish wins over answers that come late

    const legend = (layer, level) => {
      const items = level.classes.map(([letter, words, pattern]) => make("li", "", swatch(pattern), make("b", "", letter), ` ${words}`));
      if (level.unknown) items.push(make("li", "", swatch(null), make("b", "", "?"), ` non connu (${level.unknown})`));
      key.replaceChildren(...items);
      const link = make("a", "", "tableau et source");
      link.href = `indicateurs/${choice.value}/`;
      said.replaceChildren(`${layer.label}, ${level.by}\u00a0: ${layer.unit}. ${layer.dated}. `, link, ".");
    };
    const draw = (level, outlines) => {
      areas.clearLayers();
      letters.clearLayers();
      for (const area of outlines) {
        const at = level.areas[area.code];
        if (at === undefined) continue;
        const [letter, , pattern] = level.classes[at];
        const shape = L.polygon(area.rings, { className: "map-value", fillColor: `url(#map-p${pattern})`, fillOpacity: 1, interactive: false, smoothFactor: .6 });
        areas.addLayer(shape);
        const [low, high] = [shape.getBounds().getSouthWest(), shape.getBounds().getNorthEast()].map((corner) => map.latLngToLayerPoint(corner));
        if (Math.min(high.x - low.x, low.y - high.y) < ROOM) continue;
        const icon = L.divIcon({ html: make("span", "map-letter", letter), className: "mark", iconSize: [0, 0] });
        letters.addLayer(L.marker(area.middle, { icon, interactive: false, keyboard: false, zIndexOffset: -9000 }));
      }
    };
    const clear = () => {
      areas.clearLayers();
      letters.clearLayers();
      key.replaceChildren();
      said.replaceChildren();
      shown = "";
    };
    const update = async () => {
      const mine = ++turn;
      const id = choice.value;
      if (!id) return clear();
      if (!layers.has(id)) layers.set(id, json(`indicateurs/${id}.json`));
      const layer = await layers.get(id);
      const { levels } = layer;
      const name = levels.epci && (map.getZoom() >= EPCI_FROM || !levels.departement) ? "epci" : Object.keys(levels)[0];
      if (!name) return clear();
      const outlines = name === "epci" ? await inSight() : bases[name];
      if (mine !== turn) return undefined;
      draw(levels[name], outlines);
      if (shown !== `${id} ${name}`) legend(layer, levels[name]);
      shown = `${id} ${name}`;
      return undefined;
    };
    const failed = () => {
      layers.delete(choice.value);
      clear();
      said.textContent = "La couche n’a pas pu être chargée. Vérifiez votre connexion.";
    };
    const asked = new URLSearchParams(location.search).get("couche");
    if ([...choice.options].some((option) => option.value === asked)) choice.value = asked;
    choice.closest("p").hidden = false;
    choice.addEventListener("change", () => {
      const query = new URLSearchParams(location.search); // the filters and the order stand there too
      if (choice.value) query.set("couche", choice.value);
      else query.delete("couche");
      history.replaceState(null, "", `${query}` ? `?${query}` : location.pathname);
      update().catch(failed);
    });
    map.on("moveend", () => choice.value && update().catch(failed));
    update().catch(failed);
  });
})();
