// For the sites that show the Atlaas in frames: each <iframe data-atlaas> gets the height of what it
// shows. Nothing else is read or changed.
(() => {
  "use strict";
  const frames = () => [...document.querySelectorAll("iframe[data-atlaas]")];
  addEventListener("message", ({ data, source, origin }) => {
    const height = data && data.atlaas;
    if (!Number.isFinite(height)) return;
    const frame = frames().find((one) => one.contentWindow === source && new URL(one.src).origin === origin);
    if (frame) frame.style.height = `${Math.min(Math.max(height, 60), 6000)}px`;
  });
  // Those that were ready before this script.
  for (const frame of frames()) frame.contentWindow.postMessage("atlaas", new URL(frame.src).origin);
})();
