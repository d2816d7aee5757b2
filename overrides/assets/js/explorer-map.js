// The map of the explorer: a circle a territory, as large as it has actions, on the régions' outlines.
const shared = {};

const once = (key, make) => (shared[key] ||= make());
// Imported, which the content policy allows from here alone; each sets what it offers by itself.
const script = (src) => import(new URL(src, document.baseURI));
const style = (href) => {
  const element = document.createElement("link");
  element.rel = "stylesheet";
  element.href = href;
  document.head.append(element);
};

// Flat lists of steps back to rings of [latitude, longitude], as hooks/atlaas/render/map.py makes them.
const rings = ({ scale, areas }) =>
  areas.flatMap(([, , , some]) => some.map((steps) => {
    const ring = [];
    for (let i = 0, x = 0, y = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      ring.push([y / scale, x / scale]);
    }
    return ring;
  }));

const start = async (box, root) => {
  style(`${root}assets/vendor/leaflet/leaflet.css`);
  const [outlines] = await Promise.all([
    fetch(`${root}carte/regions.json`).then((answer) => answer.json()),
    script(`${root}assets/js/trusted.js`).then(() => script(`${root}assets/vendor/leaflet/leaflet.js`)),
  ]);
  L.Control.Zoom.mergeOptions({ zoomInTitle: "Zoomer", zoomOutTitle: "Dézoomer" });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, { attributionControl: false, zoomAnimation: !still, fadeAnimation: !still, maxZoom: 12 });
  map.on("popupopen", ({ popup }) => popup.getElement().querySelector(".leaflet-popup-close-button").setAttribute("aria-label", "Fermer"));
  for (const ring of rings(outlines)) L.polygon(ring, { className: "explorer-region", interactive: false }).addTo(map);
  map.fitBounds([[42.3, -4.8], [51.1, 8.2]]); // metropolitan France
  return { map, marks: L.layerGroup().addTo(map) };
};

export const draw = async (box, root, marks) => {
  const { map, marks: layer } = await once("map", () => start(box, root));
  map.invalidateSize();
  layer.clearLayers();
  for (const { point, name, href, words } of marks) {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = name;
    const popup = document.createElement("p");
    popup.append(link, `\u00a0: ${words}`);
    const radius = 5 + 2 * Math.sqrt(Number.parseInt(words.replace(/\D/g, ""), 10));
    L.circleMarker(point, { className: "map-action", radius }).bindPopup(popup).addTo(layer);
  }
};
