// The frame's two buttons: the colours, the menu of small screens. Runs in <head>, before the
// first paint, so that the chosen colours never flash. The pages work without it.
(() => {
  "use strict";
  const KEY = "atlaas-scheme"; // absent: what the visitor's system asks for
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const preferred = () => (dark.matches ? "slate" : "default");
  const stored = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };
  const store = (scheme) => {
    try {
      if (scheme === preferred()) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, scheme);
    } catch {
      // Storage is refused: the choice lasts as long as the page.
    }
  };

  const chosen = stored();
  if (chosen === "slate" || chosen === "default") root.dataset.scheme = chosen;
  root.classList.add("js");

  document.addEventListener("DOMContentLoaded", () => {
    const scheme = document.querySelector(".scheme");
    const current = () => root.dataset.scheme || preferred();
    const tell = () => scheme.setAttribute("aria-pressed", String(current() === "slate"));
    scheme.addEventListener("click", () => {
      root.dataset.scheme = current() === "slate" ? "default" : "slate";
      store(root.dataset.scheme);
      tell();
    });
    dark.addEventListener("change", tell);
    tell();
    scheme.hidden = false;

    const burger = document.querySelector(".burger");
    const menu = document.getElementById("menu");
    const open = (state) => {
      burger.setAttribute("aria-expanded", String(state));
      menu.classList.toggle("open", state); // closed is display: none, so out of the tab order
    };
    burger.addEventListener("click", () => open(burger.getAttribute("aria-expanded") !== "true"));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || burger.getAttribute("aria-expanded") !== "true") return;
      open(false);
      burger.focus();
    });
    burger.hidden = false;
  });
})();
