/*
 * A draft of a record that has changed since: the two versions side by side, field by field, to
 * choose from. What only one side changed is chosen already; lists that both changed keep both.
 */
const { dateRead, numberRead } = globalThis.atlaasWords;
const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
const BODY = { key: "body", name: "Description", kind: "long" };

// The words of a value, one text per line, as a reader knows them.
export const spoken = (field, value, words) => {
  if (value === undefined || value === "" || (Array.isArray(value) && !value.length)) return [];
  const inside = (part) => field.fields.flatMap((inner) => spoken(inner, part[inner.key], words)).join(" · ");
  if (field.kind === "group") return value.map(inside);
  if (field.kind === "part") return [inside(value)];
  if (Array.isArray(value)) return value.map((item) => words(field, item));
  if (field.kind === "date") return [dateRead(value)];
  if (field.kind === "number" || field.kind === "whole") return [words(field, numberRead(value))];
  if (field.kind === "flag") return [field.name];
  return field.key === "body" ? value.split("\n").filter(Boolean) : [words(field, value)];
};

// What differs: [{ field, mine, theirs, why, merged }]; `merged` for lists that both sides changed.
export const differences = (fields, base, draft, today) =>
  [...fields, BODY].map((field) => {
    const of = (version) => (field === BODY ? version?.body : version?.record[field.key]);
    const [was, mine, theirs] = [of(base), of(draft), of(today)];
    if (same(mine, theirs)) return null;
    const why = same(was, theirs) ? "mine" : same(was, mine) ? "theirs" : "both";
    const lists = why === "both" && Array.isArray(mine) && Array.isArray(theirs);
    const has = (list, item) => (list || []).some((other) => same(other, item));
    return { field, mine, theirs, why, merged: lists
      ? [...theirs.filter((item) => has(mine, item) || !has(was, item)),
        ...mine.filter((item) => !has(theirs, item) && !has(was, item))] : null };
  }).filter(Boolean);

const WHY = {
  mine: "changé par vous",
  theirs: "changé par d’autres depuis votre brouillon",
  both: "changé des deux côtés",
};

const made = (name, text = "", className = "") => {
  const node = document.createElement(name);
  if (text) node.textContent = text;
  if (className) node.className = className;
  return node;
};

// Shows both in `box`; calls `chosen({ record, body })`, or `left()` where the draft stays as it is.
export const sideBySide = (box, fields, words, versions, chosen, left) => {
  const { base, draft, today, when } = versions;
  const rows = differences(fields, base, draft, today);
  const title = made("h2", "La fiche a changé depuis votre brouillon");
  title.tabIndex = -1;
  const intro = made("p", `Votre brouillon${when ? ` du ${when}` : ""} est à côté de la fiche d’aujourd’hui. `
    + "Choisissez ce que vous gardez : rien n’est effacé avant.");
  const fieldsets = rows.map(({ field, mine, theirs, why, merged }, index) => {
    const set = made("fieldset", "", "choice");
    set.append(made("legend", `${field.name} : ${WHY[why]}`));
    const option = (value, label, lines) => {
      const side = made("label");
      const radio = made("input");
      radio.type = "radio";
      radio.name = `version-${index}`;
      radio.value = value;
      radio.checked = value === (merged ? "merged" : why === "mine" ? "mine" : "theirs");
      const list = made("span", "", "said");
      list.append(...(lines.length ? lines : ["(vide)"]).map((line) => made("span", line)));
      side.append(radio, made("strong", label), list);
      return side;
    };
    set.append(option("mine", "Votre brouillon", spoken(field, mine, words)),
      option("theirs", "La fiche aujourd’hui", spoken(field, theirs, words)));
    if (merged) set.append(option("merged", "Garder les deux", spoken(field, merged, words)));
    return set;
  });
  const go = made("button", "Continuer avec ces choix");
  go.type = "button";
  go.addEventListener("click", () => {
    const record = { ...today.record };
    let { body } = today;
    rows.forEach((row, index) => {
      const value = row[fieldsets[index].querySelector(":checked").value];
      if (row.field === BODY) body = value || "";
      else if (value === undefined) delete record[row.field.key];
      else record[row.field.key] = value;
    });
    box.replaceChildren();
    chosen({ record, body });
  });
  const stay = made("button", "Laisser le brouillon de côté", "plain");
  stay.type = "button";
  stay.addEventListener("click", () => {
    box.replaceChildren();
    left();
  });
  const buttons = made("div", "", "buttons");
  buttons.append(go, stay);
  box.replaceChildren(title, intro, ...fieldsets, buttons);
  title.focus();
};
