/*
 * What happens to a file that is ready: the forge's page, the clipboard, the disk; and the words
 * that say what to do next.
 */
export const outcomes = (settings, box, preview) => {
  const address = (kind, path, value = "") =>
    settings.forge[kind]
      .replace("{path}", () => (kind === "edit" ? path.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(path)))
      .replace("{value}", () => encodeURIComponent(value));

  const link = (words, href) => {
    const node = document.createElement("a");
    node.href = href;
    node.target = "_blank";
    node.rel = "noopener";
    node.textContent = words;
    return node;
  };

  const say = (title, steps) => {
    const heading = document.createElement("p");
    const strong = document.createElement("strong");
    strong.textContent = title;
    heading.append(strong);
    const list = document.createElement("ol");
    for (const step of steps) {
      const item = document.createElement("li");
      item.append(...(Array.isArray(step) ? step : [step]));
      list.append(item);
    }
    box.replaceChildren(heading, ...(steps.length ? [list] : []));
    box.scrollIntoView({ block: "nearest" });
  };

  // Whether the text is in the clipboard; where it is not, it is selected for Ctrl+C.
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      preview.focus();
      preview.select();
      return false;
    }
  };
  const copyStep = (done) => (done
    ? "Le texte de la fiche est copié."
    : "Copiez le texte de la fiche, qui est sélectionné (Ctrl+C, ou Cmd+C sur Mac).");
  const LAST = "Cliquez sur le bouton vert « Commit changes… », puis « Propose changes », puis « Create pull request ». Un bénévole relira.";

  // Opens the forge, and says what to do there; returns how the file was proposed.
  const propose = async ({ path, content, original }) => {
    if (original) {
      const href = address("edit", original.path);
      const done = await copy(content);
      window.open(href, "_blank", "noopener");
      const steps = [
        copyStep(done),
        [link("La page de correction", href), " s’est ouverte : cliquez dans le texte, sélectionnez tout (Ctrl+A) et collez (Ctrl+V)."],
      ];
      if (path !== original.path) steps.push(`Le titre a changé : en haut de la page, renommez aussi le fichier en ${path.split("/").pop()}.`);
      say("Il reste à coller la fiche sur GitHub.", [...steps, LAST]);
      return "forge";
    }
    const full = address("new", path, content);
    if (full.length <= settings.limit) {
      window.open(full, "_blank", "noopener");
      say("La fiche est prête sur GitHub.", [
        [link("La page de la nouvelle fiche", full), " s’est ouverte. Connectez-vous si GitHub le demande."],
        "Relisez : le chemin et le texte sont remplis.",
        LAST,
      ]);
      return "forge";
    }
    const blank = address("blank", path);
    const done = await copy(content);
    window.open(blank, "_blank", "noopener");
    say("La fiche est trop longue pour être envoyée automatiquement : collez-la vous-même.", [
      copyStep(done),
      [link("La page de la nouvelle fiche", blank), " s’est ouverte, avec le bon chemin : collez-y le texte (Ctrl+V)."],
      LAST,
    ]);
    return "forge";
  };

  const download = ({ path, content }) => {
    const file = URL.createObjectURL(new Blob([content], { type: "text/plain;charset=utf-8" }));
    const node = document.createElement("a");
    node.href = file;
    node.download = path.split("/").pop();
    node.click();
    setTimeout(() => URL.revokeObjectURL(file), 10000);
    const [href, words] = settings.contact;
    const send = href.startsWith("mailto:") ? `${href}?subject=${encodeURIComponent("Nouvelle fiche")}` : href;
    say("La fiche est téléchargée.", href
      ? [["Envoyez ce fichier : ", link(words, send), "."], "Un bénévole la relira, puis elle paraîtra sur le site."]
      : [`Quand elle pourra être proposée, sa place sera : ${path}`]);
  };

  const copied = async ({ content }) => {
    const done = await copy(content);
    say(done ? "Le texte est copié." : "Le texte est sélectionné : copiez-le avec Ctrl+C, ou Cmd+C sur Mac.", []);
  };

  return { propose, download, copied };
};
