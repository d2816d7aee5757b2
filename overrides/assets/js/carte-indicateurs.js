/*
 * The layer of imported indicators on the map: départements in five shades of as many each. The
 * table under the map says the same. Formats: hooks/atlaas/pages/indicator_map.py and render/map.py.
 */
(() => {
  "use strict";
  const CLASSES = 5;
  const choice = document.getElementById("map-indicator");
  if (!choice) return;
  document.addEventListener("atlaas-carte", async ({ detail: { map, json, decode } }) => {
    const [sets, areas] = await Promise.all([json("indicateurs.json"), json("departements.json")]);
    const outlines = decode(areas);
    const layer = L.layerGroup().addTo(map);
    const key = document.getElementById("map-indicator-key");
    const show = () => {
      layer.clearLayers();
      const set = sets.find((one) => one.id === choice.value);
      key.textContent = "";
      if (!set) return;
      const ordered = Object.values(set.values).sort((a, b) => a - b);
      const shade = (value) => Math.min(CLASSES - 1,
        Math.floor(ordered.filter((other) => other < value).length * CLASSES / ordered.length));
      for (const area of outlines) {
        const value = set.values[area.code];
        if (value === undefined) continue;
        layer.addLayer(L.polygon(area.rings, {
          className: `map-value v${shade(value)}`, interactive: false, smoothFactor: .6,
        }));
      }
      const words = (value) => `${globalThis.atlaasWords.number(value)} ${set.unit}`;
      key.textContent = `Du plus clair, ${words(ordered[0])}, au plus foncé, ${words(ordered.at(-1))} ; sans teinte : pas de donnée.`;
    };
    choice.closest("p").hidden = false;
    choice.addEventListener("change", show);
    show();
  });
})();
