/*
 * What happens to a file that is ready: the forge's page, the clipboard, the disk; and the words
 * that say what to do next.
 */
const { dateRead } = globalThis.atlaasWords;
const MOST_MAIL = 2000; // characters of a mailto: address that every system passes on

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
      preview.closest("details").open = true;
      preview.focus();
      preview.select();
      return false;
    }
  };
  const copyStep = (done) => (done
    ? "Le texte de la fiche est copié."
    : "Copiez le texte de la fiche, qui est sélectionné (Ctrl+C, ou Cmd+C sur Mac).");
  const { name: forge, last: LAST } = settings.forge;

  // What was proposed and how to follow it; shown at once, and kept with the draft that is put away.
  const receipt = (how, path, page, follow = "") => {
    const words = document.createElement("p");
    words.className = "receipt";
    const [, day] = /^(\d{4}-\d\d-\d\d)/.exec(new Date().toISOString());
    const next = how === "mail" ? "La réponse viendra à l’adresse d’où part votre courriel." : "";
    words.append(`Reçu : ${path}, proposé le ${dateRead(day)}${how === "mail" ? " par courriel" : ""}. ${next} `);
    if (follow) words.append(link("Suivre les propositions", follow), " · ");
    words.append(link("Sa page, une fois acceptée", page), ". Ce reçu reste en haut de ce formulaire.");
    box.append(words);
    return { how, path, page, follow };
  };

  // Opens the forge, and says what to do there; returns how the file was proposed.
  const propose = async ({ path, content, original, page }) => {
    if (original) {
      const href = address("edit", original.path);
      const done = await copy(content);
      window.open(href, "_blank", "noopener");
      const steps = [
        copyStep(done),
        [link("La page de correction", href), " s’est ouverte : cliquez dans le texte, sélectionnez tout (Ctrl+A) et collez (Ctrl+V)."],
      ];
      if (path !== original.path) steps.push(`Le titre a changé : en haut de la page, renommez aussi le fichier en ${path.split("/").pop()}.`);
      say(`Il reste à coller la fiche sur ${forge}.`, [...steps, LAST]);
      return receipt("forge", path, page, settings.forge.follow);
    }
    // Where the forge takes no text, or not so much of it, the text is pasted.
    const full = settings.forge.new ? address("new", path, content) : "";
    if (full && full.length <= settings.limit) {
      window.open(full, "_blank", "noopener");
      say(`La fiche est prête sur ${forge}.`, [
        [link("La page de la nouvelle fiche", full), " s’est ouverte. Connectez-vous si cela est demandé."],
        "Relisez : le chemin et le texte sont remplis.",
        LAST,
      ]);
      return receipt("forge", path, page, settings.forge.follow);
    }
    const blank = address("blank", path);
    const done = await copy(content);
    window.open(blank, "_blank", "noopener");
    say(full ? "La fiche est trop longue pour être envoyée automatiquement : collez-la vous-même." : `Il reste à coller la fiche sur ${forge}.`, [
      copyStep(done),
      [link("La page de la nouvelle fiche", blank), " s’est ouverte, avec le bon chemin : collez-y le texte (Ctrl+V)."],
      LAST,
    ]);
    return receipt("forge", path, page, settings.forge.follow);
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

  const fits = (address) => address.length <= MOST_MAIL;

  // A message to those who keep the directory: the draft's link and the text, as much as fits.
  const mail = async ({ path, content, page, link: handed, name }) => {
    const opening = `Bonjour,\n\nVoici une fiche pour l’Atlaas : ${name}.\n`;
    const linked = handed ? `\nLe brouillon, à ouvrir dans un navigateur :\n${handed}\n` : "";
    const text = `\nLa fiche, ${path} :\n\n${content}\nFin de la fiche.\n`;
    const to = (body) => `${settings.mail}?subject=${encodeURIComponent(`Fiche : ${name}`)}`
      + `&body=${encodeURIComponent(body).replaceAll("%0A", "%0D%0A")}`;
    const whole = [opening + linked + text, linked && opening + linked].filter(Boolean).map(to).find(fits);
    const done = whole || await copy(`${linked}${text}`.trimStart());
    const href = whole || to(`${opening}\n`);
    const node = document.createElement("a");
    node.href = href;
    node.click();
    say(whole ? "Le message est prêt : il reste à l’envoyer." : "Il reste à coller la fiche dans le message.", [
      ...(whole ? [] : [copyStep(done)]),
      [link("Le message", href), ` s’ouvre dans votre messagerie, à ${settings.contact[1]}.`
        + (whole ? "" : " Collez-y la fiche (Ctrl+V).")],
      "Si rien ne s’ouvre, copiez le texte et envoyez-le depuis votre messagerie.",
    ]);
    return receipt("mail", path, page);
  };

  // The draft in an address, for somebody who can propose it.
  const handOver = async (address) => {
    if (!address) return say("Ce brouillon ne tient pas dans un lien : il est trop long, ou ce navigateur trop ancien. Téléchargez la fiche.", []);
    const field = document.createElement("input");
    field.readOnly = true;
    field.value = address;
    field.setAttribute("aria-label", "Le lien du brouillon");
    let done = true;
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      done = false;
    }
    say(done ? "Le lien est copié." : "Voici le lien : copiez-le.", [
      "Envoyez-le à une personne qui peut proposer la fiche : en l’ouvrant, elle retrouve tout, dans ce même formulaire.",
      "Le brouillon entier est dans le lien. Rien n’a été envoyé ; qui a le lien peut le lire.",
    ]);
    box.append(field);
    if (!done) field.select();
    return undefined;
  };

  const copied = async ({ content }) => {
    const done = await copy(content);
    say(done ? "Le texte est copié." : "Le texte est sélectionné : copiez-le avec Ctrl+C, ou Cmd+C sur Mac.", []);
  };

  return { propose, mail, handOver, download, copied };
};
