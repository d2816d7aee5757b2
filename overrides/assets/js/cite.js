// /citer/: puts the page that a reader comes from (?p=its address below the site, &t=its title)
// in the place of the whole of the data, in the three forms. Everything is written as text.
(() => {
  "use strict";
  const box = document.getElementById("cite");
  const [line, bibtex, csl] = [...box.querySelectorAll("code")];
  const whole = JSON.parse(csl.textContent)[0];
  const escaped = (text) => text.replace(/[&%$#_{}]/g, "\\$&");
  const asked = new URLSearchParams(location.search);
  const home = new URL("../", location.href);
  const url = new URL(asked.get("p") || "", home);
  const title = (asked.get("t") || "").trim().slice(0, 300);
  // A page of this site alone: another address in the link is no citation of ours.
  if (title && url.href.startsWith(home.href)) {
    const address = whole.URL ? whole.URL + url.href.slice(home.href.length) : url.href;
    const id = `atlaas-${url.pathname.slice(home.pathname.length).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")}`;
    const item = { ...whole, id, type: "webpage", title, "container-title": "Atlaas", URL: address };
    const old = whole.URL || "";
    const moved = (text, from, to) => (from ? text.replace(from, () => to) : text);
    line.textContent = moved(line.textContent, whole.title, title);
    line.textContent = old ? moved(line.textContent, `, ${old}.`, `, ${address}.`) : line.textContent.replace(/\.$/, () => `, ${address}.`);
    let entry = moved(bibtex.textContent, escaped(whole.title), escaped(title));
    entry = old ? moved(entry, `\\url{${old}}`, `\\url{${address}}`) : moved(entry, "  note", `  howpublished = {\\url{${address}}},\n  note`);
    bibtex.textContent = moved(entry, "{atlaas,", `{${id},`);
    csl.textContent = JSON.stringify([item], null, 2);
    box.querySelector("[role=status]").textContent = `Ci-dessous, la page « ${title} ».`;
  }
  for (const button of box.querySelectorAll("button[data-copy]")) {
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.parentElement.querySelector("code").textContent);
      button.textContent = "Copié";
    });
  }
})();
