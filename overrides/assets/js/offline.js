// Of the copy that is read from a disk alone (atlaas offline), before every other script: a browser
// refuses to a file what it fetches and imports, not the scripts that it names. What pages ask for
// stands in the copy as scripts too, next to itself: finder/ab.json as finder/ab.json.js. What is
// not there says so. Served by a server, the copy is the site, and this does nothing.
(() => {
  "use strict";
  const here = document.currentScript.src;
  const root = new URL("../../", here);
  const loaded = new Map();
  const given = new Map();
  const load = (path) => {
    if (!loaded.has(path)) {
      loaded.set(path, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL(path, root);
        script.onload = resolve;
        script.onerror = () => reject(new TypeError(`${path} : absent de la copie`));
        document.head.append(script);
      }));
    }
    return loaded.get(path);
  };
  const ask = (path) => load(`${path}.js`).then(() => given.get(path));
  // What a script imports lies next to it, what a page fetches next to the page.
  const below = (address, from) => {
    const url = new URL(address, from);
    return decodeURI(url.href.slice(root.href.length).split(/[?#]/)[0]);
  };
  globalThis.atlaasGive = (path, value) => given.set(path, value);

  let said = false;
  const say = (what) => {
    if (said) return;
    said = true;
    const note = document.createElement("p");
    note.className = "doubt";
    note.setAttribute("role", "status");
    note.textContent = `Copie hors ligne : ${what} Tout le reste de la copie se lit. Pour l’avoir aussi, ouvrez la copie par un serveur, comme le dit LISEZ-MOI.txt, ou allez sur le site.`;
    document.querySelector("main").prepend(note);
  };

  // Links that scripts make lead to folders: on a disk, to the page in them.
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || location.protocol !== "file:") return;
    const url = new URL(link.href);
    if (!url.href.startsWith(root.href) || !url.pathname.endsWith("/")) return;
    url.pathname += "index.html";
    link.href = url.href;
  }, true);

  if (location.protocol !== "file:") {
    globalThis.atlaasImport = (address) => import(new URL(address, here));
    return;
  }
  globalThis.atlaasImport = async (address) => {
    const path = below(address, here);
    if (!path.startsWith("assets/")) {
      say("la recherche dans le texte des fiches demande un programme que votre navigateur refuse à un fichier.");
      throw new TypeError(path);
    }
    try {
      return await ask(path);
    } catch {
      return load(path); // a script that needs no twin
    }
  };
  globalThis.fetch = async (address) => {
    const path = below(address, document.baseURI);
    if (!path.endsWith(".json")) {
      say("cette page va chercher un fichier que votre navigateur refuse à une autre page.");
      throw new TypeError(path);
    }
    try {
      const value = await ask(path);
      return { ok: true, status: 200, json: async () => structuredClone(value), text: async () => JSON.stringify(value) };
    } catch {
      return { ok: false, status: 404 };
    }
  };
})();
