/*
 * A long list of checkboxes as a choice that is searched: only what is chosen, what answers to the
 * words typed, and what is proposed are shown, until all of them are asked for.
 */
import { fold } from "./contribute-yaml.js";

const FEW = 8; // choices that are all shown
const { plural } = globalThis.atlaasWords;

const wordsOf = (text) => fold(text).split(/[^a-z0-9]+/).filter(Boolean);

// Makes a fieldset searchable; `hints` holds more words for each value. Returns { draw, propose }.
export const narrowed = (box, hints = {}) => {
  const labels = [...box.querySelectorAll(".checks label")];
  if (labels.length <= FEW) return { draw: () => {}, propose: () => {} };
  const choices = labels.map((label) => {
    const input = label.querySelector("input");
    const name = label.textContent.trim();
    const more = Object.hasOwn(hints, input.value) ? hints[input.value] : "";
    return { label, input, name, words: wordsOf(`${name} ${more}`) };
  });
  const legend = box.querySelector("legend").firstChild.textContent.trim();
  const field = document.createElement("input");
  const all = document.createElement("button");
  const status = document.createElement("p");
  const proposed = document.createElement("div");
  let open = false;

  const draw = () => {
    const asked = wordsOf(field.value);
    const answers = choices.filter(({ words }) =>
      asked.length && asked.every((word) => words.some((other) => other.startsWith(word))));
    for (const choice of choices) {
      choice.label.hidden = !(open || choice.input.checked || answers.includes(choice));
    }
    const found = answers.length ? plural(answers.length, "réponse") : "Aucune réponse : essayez un autre mot, ou voyez toute la liste";
    status.textContent = asked.length ? `${found}.` : "";
    all.textContent = open ? "Replier la liste" : `Voir toute la liste (${choices.length})`;
    all.setAttribute("aria-expanded", String(open));
    return answers;
  };

  const choose = ({ input }) => {
    input.checked = true;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // Offers the values that the words written elsewhere make likely.
  const propose = (values) => {
    const likely = values.map((value) => choices.find(({ input }) => input.value === value))
      .filter((choice) => choice && !choice.input.checked);
    proposed.hidden = !likely.length;
    if (proposed.dataset.values === likely.map(({ input }) => input.value).join()) return;
    proposed.dataset.values = likely.map(({ input }) => input.value).join();
    const words = document.createElement("span");
    words.textContent = "D’après vos mots : ";
    proposed.replaceChildren(words, ...likely.flatMap((choice) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain";
      button.textContent = choice.name;
      button.setAttribute("aria-label", `Choisir ${choice.name}`);
      button.addEventListener("click", () => {
        choose(choice);
        choice.input.focus();
      });
      return [button, " "];
    }));
  };

  field.type = "search";
  field.autocomplete = "off";
  field.className = "narrow";
  field.placeholder = "Chercher un mot";
  field.setAttribute("aria-label", `Chercher dans ${legend}`);
  all.type = "button";
  all.className = "plain all";
  status.className = "meta";
  status.setAttribute("role", "status");
  proposed.className = "proposed";
  proposed.hidden = true;
  box.querySelector(".checks").before(proposed, field, status);
  box.querySelector(".checks").after(all);
  for (const name of ["input", "change"]) {
    field.addEventListener(name, (event) => {
      event.stopPropagation(); // these words are no part of the record
      draw();
    });
  }
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") field.value = "";
    else if (event.key !== "Enter") return;
    event.preventDefault();
    const [first] = draw();
    if (event.key === "Enter" && first) {
      choose(first);
      field.value = "";
      draw();
    }
  });
  all.addEventListener("click", () => {
    open = !open;
    draw();
  });
  box.addEventListener("change", draw);
  draw();
  return { draw, propose };
};

// The values whose words the text uses, likeliest first: a word counts the less, the more values
// use it, and twice in a value's own name.
export const likely = (text, hints, most = 3) => {
  const root = (word) => word.replace(/(?:s|x|es|e)$/, "").slice(0, 7);
  const roots = (words) => new Set(wordsOf(words).filter((word) => word.length > 3).map(root));
  const values = Object.entries(hints).map(([value, words]) => ({
    value, name: roots(words.split(" · ")[0]), all: roots(words),
  }));
  const rarity = new Map();
  for (const { all } of values) for (const word of all) rarity.set(word, (rarity.get(word) || 0) + 1);
  const written = roots(text);
  const score = ({ name, all }) => [...written].reduce((sum, word) =>
    sum + (all.has(word) ? (name.has(word) ? 2 : 1) / rarity.get(word) : 0), 0);
  return values.map((value) => ({ value: value.value, score: score(value) }))
    .filter((found) => found.score >= 0.5)
    .sort((a, b) => b.score - a.score).slice(0, most).map(({ value }) => value);
};
