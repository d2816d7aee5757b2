// Of a page shown in a frame of another site: its colours (?couleurs=clair or sombre), links that
// open outside of the frame, and its height, told to embed-host.js. Pages of the site itself are
// shown without header and footer where ?integrer stands in their address.
(() => {
  "use strict";
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);
  if (asked.has("integrer")) root.dataset.embed = "";
  if (!("embed" in root.dataset)) return;
  const scheme = { clair: "default", sombre: "slate" }[asked.get("couleurs")];
  if (scheme) root.dataset.scheme = scheme;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && link.origin === location.origin && link.pathname !== location.pathname) link.target = "_blank";
  });
  if (parent === window) return;
  // The origin of who shows the page is not known; a height is no secret.
  const tell = () => parent.postMessage({ atlaas: Math.ceil(document.body.getBoundingClientRect().height) + 16 }, "*");
  new ResizeObserver(tell).observe(document.body);
  addEventListener("message", (event) => event.source === parent && event.data === "atlaas" && tell());
})();
