// /integrer/: puts the territory that is chosen, or named in the address (?t=59378), into the lines.
(() => {
  "use strict";
  const box = document.getElementById("embed");
  const home = new URL(box.dataset.root, location.href).href;
  const status = box.querySelector("[role=status]");
  const lines = [...box.querySelectorAll(".embed-line code")].map((code) => [code, code.textContent]);
  const preview = box.querySelector(".embed-preview");
  const show = async (code) => {
    const folder = `${home}integrer/${code}/`;
    const answer = /^[0-9A-Za-z-]+$/.test(code) && (await fetch(`${folder}actions.json`));
    if (!answer || !answer.ok) {
      status.textContent = "Rien n’est encore connu de ce territoire : il n’a pas de lignes à copier.";
      preview.hidden = true;
      return;
    }
    const { name, url } = await answer.json();
    status.textContent = `Les lignes ci-dessous sont celles de ${name}.`;
    for (const [line, text] of lines) line.textContent = text.replaceAll("CODE", code).replaceAll("PAGE", new URL(url, home).href);
    preview.querySelector("img").src = `${folder}badge.svg`;
    preview.querySelector("a").href = folder;
    preview.hidden = false;
  };
  document.getElementById("finder").addEventListener("territoire", (event) => {
    event.preventDefault();
    const { code } = event.detail;
    history.replaceState(null, "", `?t=${code}`);
    show(code);
  });
  for (const button of box.querySelectorAll("button[data-copy]")) {
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.parentElement.querySelector("code").textContent);
      button.textContent = "Copié";
    });
  }
  const asked = new URLSearchParams(location.search).get("t");
  if (asked) show(asked);
})();
