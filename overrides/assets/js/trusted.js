// What may become HTML on the map: the few signs that Leaflet writes itself, and no tag else. The
// content policy of every page asks for it (« trusted types »); elsewhere no text becomes HTML.
(() => {
  "use strict";
  const SIGNS = new Set([
    "<svg/>",
    '<v:shape adj="1"/>',
    ...["+", "&#x2212;", "&#215;"].map((sign) => `<span aria-hidden="true">${sign}</span>`),
  ]);
  globalThis.trustedTypes?.createPolicy("default", {
    createHTML: (text) => (SIGNS.has(text) ? text : text.replaceAll("<", "&lt;")),
  });
})();
