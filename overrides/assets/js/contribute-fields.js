/*
 * Between the controls of the page and a record: plain objects, lists and texts, with the keys of
 * the models. The markup is overrides/pages/contribute-fields.html.
 */
import { narrowed } from "./contribute-choices.js";
import { addressTyped } from "./contribute-paste.js";
import { picker } from "./contribute-places.js";
import { line } from "./contribute-yaml.js";

// As people type and read a value, and as files hold it.
const { dateTyped, dateRead, numberTyped, numberRead } = globalThis.atlaasWords;
const TYPED = { date: dateTyped, number: numberTyped, whole: numberTyped, url: addressTyped };
const READ = { date: dateRead, number: numberRead, whole: numberRead, url: (address) => address };

// Puts the number of an entry where the markup has a mark for it, in templates within it too.
const numbered = (node, mark, number) => {
  for (const element of node.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes(mark)) element.setAttribute(name, value.replaceAll(mark, number));
    }
    if (element.matches("template")) numbered(element.content, mark, number);
  }
};

// The label of each choice, by the name of its list; entries not added yet are in templates.
const labelsOf = (box, lists = new Map()) => {
  for (const node of box.querySelectorAll("[data-words], template")) {
    if (node.matches("template")) {
      labelsOf(node.content, lists);
    } else if (!lists.has(node.dataset.words)) {
      const choices = [...node.querySelectorAll("option, input")].filter(({ value }) => value);
      lists.set(node.dataset.words, new Map(choices.map((choice) =>
        [choice.value, (choice.matches("option") ? choice : choice.parentNode).textContent.trim()])));
    }
  }
  return lists;
};

export const controls = (form, fields, places, today, changed, hints) => {
  const pickers = new Map();
  const lists = new Map(); // id of a fieldset of checkboxes -> what narrows it
  let next = 0;
  const at = (id) => document.getElementById(`f-${id}`);

  const ready = (box) => {
    for (const place of box.querySelectorAll(".place")) {
      pickers.set(place.querySelector("input").id, picker(place, places, changed));
    }
    for (const list of box.querySelectorAll("[data-kind=choices], [data-kind=actors]")) {
      lists.set(list.id, narrowed(list, hints[list.dataset.words]));
    }
    for (const button of box.querySelectorAll(".today")) {
      button.addEventListener("click", () => {
        const input = document.getElementById(button.dataset.for);
        input.value = dateRead(today);
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.focus();
      });
    }
    for (const group of box.querySelectorAll("[data-kind=group]")) {
      const add = [...group.children].find((child) => child.matches(".add"));
      add.addEventListener("click", () => {
        const entry = addEntry(group);
        entry.querySelector("input, select, textarea").focus();
        changed();
      });
      for (let count = 0; count < Number(group.dataset.least); count += 1) addEntry(group);
    }
  };

  const entriesOf = (group) =>
    [...[...group.children].find((child) => child.matches(".entries")).children];

  const number = (group) => {
    entriesOf(group).forEach((entry, index) => {
      for (const rank of entry.querySelectorAll(":scope > legend .rank, :scope > .remove .rank")) {
        rank.textContent = index + 1;
      }
    });
  };

  const addEntry = (group) => {
    const template = [...group.children].find((child) => child.matches("template"));
    const copy = template.content.cloneNode(true);
    numbered(copy, `__${group.dataset.depth}__`, String(next));
    next += 1;
    const entry = copy.firstElementChild;
    [...group.children].find((child) => child.matches(".entries")).append(entry);
    entry.querySelector(":scope > .remove").addEventListener("click", () => {
      const before = entry.previousElementSibling;
      entry.remove();
      number(group);
      (before ? before.querySelector("input, select, textarea") : group).focus();
      changed();
    });
    ready(entry);
    number(group);
    return entry;
  };

  // The value of one field as the file will hold it, or undefined.
  const read = (field, id) => {
    const node = at(id);
    switch (field.kind) {
      case "group": {
        const items = entriesOf(node).map((entry) => readAll(field.fields, entry.dataset.path));
        return items.filter((item) => Object.keys(item).length);
      }
      case "part": {
        const part = readAll(field.fields, `${id}-`);
        return Object.keys(part).length ? part : undefined;
      }
      case "lines":
        return node.value.split("\n").map(line).filter(Boolean);
      case "place":
        return pickers.get(node.id).codes()[0];
      case "places":
        return pickers.get(node.id).codes();
      case "choices":
      case "actors":
        return [...node.querySelectorAll("input:checked")].map((box) => box.value);
      case "flag":
        return node.checked ? "true" : undefined;
      case "date":
      case "number":
      case "whole":
        return TYPED[field.kind](line(node.value)) || undefined;
      case "url":
        return addressTyped(node.value).trim() || undefined;
      default:
        return line(node.value) || undefined;
    }
  };

  const readAll = (list, path) => {
    const record = {};
    for (const field of list) {
      const value = read(field, path + field.key);
      if (value !== undefined && !(Array.isArray(value) && !value.length)) record[field.key] = value;
    }
    return record;
  };

  const write = async (field, id, value) => {
    const node = at(id);
    const list = Array.isArray(value) ? value : [];
    if (field.kind === "group") {
      for (const entry of entriesOf(node)) entry.remove();
      const least = Math.max(list.length, Number(node.dataset.least));
      for (let index = 0; index < least; index += 1) {
        const entry = addEntry(node);
        const item = list[index];
        if (item && typeof item === "object") await writeAll(field.fields, entry.dataset.path, item);
        for (const more of entry.querySelectorAll(":scope > details")) {
          more.open = [...more.querySelectorAll("textarea, input")].some((box) => box.type === "checkbox" ? box.checked : box.value);
        }
      }
    } else if (field.kind === "part") {
      await writeAll(field.fields, `${id}-`, value && typeof value === "object" ? value : {});
    } else if (field.kind === "lines") {
      node.value = list.join("\n");
    } else if (field.kind === "place" || field.kind === "places") {
      await pickers.get(node.id).set(field.kind === "place" ? [value].filter(Boolean) : list);
    } else if (field.kind === "choices" || field.kind === "actors") {
      for (const box of node.querySelectorAll("[type=checkbox]")) box.checked = list.includes(box.value);
      lists.get(node.id).draw();
    } else if (field.kind === "flag") {
      node.checked = value === "true";
    } else {
      const text = typeof value === "string" ? value : "";
      node.value = READ[field.kind] ? READ[field.kind](text) : text;
    }
  };

  const writeAll = async (list, path, record) => {
    for (const field of list) await write(field, path + field.key, record[field.key]);
  };

  // The control that a path of the record is typed into: ["sources", 0, "url"].
  const find = (path) => {
    let id = "";
    let node = null;
    for (const step of path) {
      if (typeof step === "number") {
        const entry = node && node.dataset.kind === "group" ? entriesOf(node)[step] : null;
        if (!entry) return node;
        id = entry.dataset.path;
      } else {
        node = at(id + step) || node;
        if (node && node.dataset.kind === "part") id = `${id}${step}-`;
      }
    }
    return node;
  };

  // A date or a number that was understood is shown as people read it: « 2 juillet 2016 ».
  form.addEventListener("change", (event) => {
    const kind = event.target.closest?.(".field")?.dataset.kind;
    if (TYPED[kind]) event.target.value = READ[kind](TYPED[kind](line(event.target.value)));
  });

  const labels = labelsOf(form);
  // A value as people read it: the label of a choice, the name of a territory.
  const words = (field, value) =>
    labels.get(field.words)?.get(value) || (field.kind.startsWith("place") && places.known(value)?.name) || value;

  ready(form);
  return {
    words,
    propose: (key, values) => lists.get(`f-${key}`)?.propose(values),
    read: () => readAll(fields, ""),
    write: (record) => writeAll(fields, "", record),
    find,
  };
};
