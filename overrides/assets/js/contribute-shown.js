/*
 * What a form shows beside its fields: what is wrong, where, and the actions that may be the same.
 */
const $ = (id) => document.getElementById(id);

// Opens whatever a control is folded in.
export const reveal = (node) => {
  for (let more = node.closest("details"); more; more = more.parentElement.closest("details")) more.open = true;
};

// `fieldOf(path)` gives the control that a path of the record is typed into.
export const shown = (form, fieldOf, root) => {
  // Each problem under its field; before the first attempt, only under fields that were touched.
  const errors = (problems, attempted, touched) => {
    for (const node of form.querySelectorAll(".error")) {
      node.hidden = true;
      node.textContent = "";
    }
    for (const node of form.querySelectorAll("[aria-invalid], .wrong")) {
      node.removeAttribute("aria-invalid");
      node.classList.remove("wrong");
    }
    for (const problem of problems) {
      const node = fieldOf(problem.path);
      if (!attempted && !touched.has(node.id)) continue;
      const place = $(`${node.id}-error`);
      place.textContent = place.hidden ? problem.message : `${place.textContent} ${problem.message}`;
      place.hidden = false;
      place.classList.toggle("advice", problem.severity === "warning");
      if (problem.severity === "warning") continue;
      if (node.matches("fieldset")) node.classList.add("wrong");
      else node.setAttribute("aria-invalid", "true");
    }
  };

  // All errors above the form, each a link to its field.
  const summary = (found) => {
    const box = $("summary");
    box.hidden = !found.length;
    const heading = document.createElement("h2");
    heading.textContent = found.length > 1 ? `${found.length} points à corriger` : "Un point à corriger";
    const list = document.createElement("ul");
    for (const problem of found) {
      const node = fieldOf(problem.path);
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${node.id}`;
      link.textContent = problem.message;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        reveal(node);
        node.focus();
        node.scrollIntoView({ block: "center" });
      });
      item.append(link);
      list.append(item);
    }
    box.replaceChildren(heading, list);
  };

  const twins = (near) => {
    const box = $("twins");
    if (!box) return;
    if (!near.length) return box.replaceChildren();
    const words = document.createElement("p");
    words.textContent = near.length > 1
      ? "Des actions proches ont déjà leur fiche. La vôtre est-elle l’une d’elles ? Dans ce cas, complétez sa fiche :"
      : "Une action proche a déjà sa fiche. Est-ce la vôtre ? Dans ce cas, complétez sa fiche :";
    const list = document.createElement("ul");
    for (const twin of near) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `${root}actions/${twin.code}/${twin.id}/`;
      link.textContent = twin.name;
      const edit = document.createElement("a");
      edit.href = `?fiche=actions/${twin.code}/${twin.id}`;
      edit.textContent = "la corriger";
      edit.setAttribute("aria-label", `Corriger ${twin.name}`);
      item.append(link, twin.place ? ` (${twin.place}) – ` : " – ", edit);
      list.append(item);
    }
    return box.replaceChildren(words, list);
  };

  // A comment goes with the value that it explained; the person who proposes is told.
  const lost = (count) => {
    $("lost").hidden = !count;
    $("lost").textContent = count > 1
      ? `${count} commentaires du fichier seront supprimés avec les lignes qu’ils expliquaient.`
      : "Un commentaire du fichier sera supprimé avec la ligne qu’il expliquait.";
  };

  // How long a title is, before it is too long: nothing cuts it.
  const length = (field) => {
    const [count, most] = [[...field.value.trim()].length, Number(field.dataset.most)];
    const isSaid = !$(`${field.id}-error`).hidden;
    $("count").hidden = isSaid || count <= most * 0.8;
    $("count").textContent = count > most
      ? `${count} caractères : retirez-en ${count - most}, il en faut ${most} au plus.`
      : `${count} caractères sur ${most}.`;
  };

  // What was cleaned of a pasted text, under its field.
  const note = document.createElement("p");
  note.className = "meta pasted";
  note.setAttribute("role", "status");
  const pasted = (field, words) => {
    if (words || note.previousElementSibling === field) field.after(note);
    note.textContent = words;
  };

  return { errors, summary, twins, lost, length, pasted };
};
