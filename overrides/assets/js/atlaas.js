// The frame's two buttons: the colours, the menu of small screens. Runs in <head>, before the
// first paint, so that the chosen colours never flash. Then the key "/", which opens the search
// where nothing is being written, and which /recherche/ turns off. The pages work without it.
(() => {
  "use strict";
  const KEY = "atlaas-scheme"; // absent: what the visitor's system asks for
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const preferred = () => (dark.matches ? "slate" : "default");
  const stored = (key) => {
    try {
      return localStorage.getItem(key);
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

  const chosen = stored(KEY);
  if (chosen === "slate" || chosen === "default") root.dataset.scheme = chosen;
  root.classList.add("js");

  document.addEventListener("DOMContentLoaded", () => {
    const button = (name, words) => {
      const made = document.createElement("button");
      made.className = name;
      made.type = "button";
      made.append(words);
      return made;
    };
    const words = document.createElement("span");
    words.textContent = "Thème sombre";
    const scheme = button("scheme", words);
    const current = () => root.dataset.scheme || preferred();
    const tell = () => scheme.setAttribute("aria-pressed", String(current() === "slate"));
    scheme.addEventListener("click", () => {
      root.dataset.scheme = current() === "slate" ? "default" : "slate";
      store(root.dataset.scheme);
      tell();
    });
    dark.addEventListener("change", tell);
    tell();

    const burger = button("burger", "Menu");
    burger.setAttribute("aria-controls", "menu");
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
    open(false);
    document.querySelector(".bar").append(scheme, burger);

    // What is long on a phone is folded there; without a script it stays open.
    if (matchMedia("(max-width: 37.49rem)").matches)
      for (const fold of document.querySelectorAll("details[data-wide]")) fold.open = false;

    // What leads to the form as « Corriger » does, in another way. Without a script, to « Corriger ».
    const form = document.querySelector("#corriger a");
    for (const link of document.querySelectorAll("[data-form]"))
      link.href = form.href + link.dataset.form;

    // « Citer cette page »: /citer/ needs a script as well to say how.
    const home = document.querySelector(".brand").href;
    const cite = document.createElement("a");
    const p = location.href.slice(home.length).split("#")[0];
    const t = document.title.replace(/ — Atlaas$/, "");
    cite.href = new URL(`citer/?${new URLSearchParams({ p, t })}`, home);
    cite.textContent = "Citer cette page";
    const last = document.createElement("li");
    last.append(cite);
    document.querySelector(".foot ul").append(last);

    // On paper the sources unfold; the style sheet asks for it where a browser knows how.
    let folded = [];
    addEventListener("beforeprint", () => {
      folded = [...document.querySelectorAll(".proofs:not([open])")];
      for (const proofs of folded) proofs.open = true;
    });
    addEventListener("afterprint", () => {
      for (const proofs of folded) proofs.open = false;
    });

    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-print]")) window.print();
    });

    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("input, select, textarea, [contenteditable]")) return;
      if (stored("atlaas-slash") === "off") return;
      event.preventDefault();
      const field = document.getElementById("q");
      if (field) field.focus();
      else location.href = document.querySelector(".seek").href;
    });
  });
})();
