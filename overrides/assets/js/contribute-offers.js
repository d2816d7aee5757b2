/*
 * The drafts that wait in this browser, and the receipts of what was proposed: two lists above a
 * form, each line with its buttons.
 */
const { dateRead } = globalThis.atlaasWords;

// « 29 novembre 2026, 14 h 05 » of an instant.
export const when = (instant) => {
  const date = new Date(instant);
  if (!instant || Number.isNaN(date.getTime())) return "";
  const two = (number) => String(number).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${dateRead(day)}, ${date.getHours()} h ${two(date.getMinutes())}`;
};

const button = (words, name, act) => {
  const node = document.createElement("button");
  node.type = "button";
  node.className = "plain";
  node.textContent = words;
  node.setAttribute("aria-label", `${words} : ${name}`);
  node.addEventListener("click", act);
  return node;
};

const link = (words, href) => {
  const node = document.createElement("a");
  node.href = href;
  node.textContent = words;
  return node;
};

const listed = (title, items) => {
  const heading = document.createElement("p");
  const list = document.createElement("ul");
  heading.textContent = title;
  list.append(...items.map((parts) => {
    const item = document.createElement("li");
    item.append(...parts);
    return item;
  }));
  return [heading, list];
};

const HOW = { forge: "proposé sur la forge", mail: "envoyé par courriel" };

// `nameOf(draft)` says what a draft is about; `act` holds { resume, erase }, called with the entry.
export const offers = (box, receipts, nameOf, act) => (entries) => {
  const waiting = entries.filter(({ draft }) => draft && !draft.sent);
  const sent = entries.filter(({ draft }) => draft?.sent);
  box.hidden = !waiting.length;
  box.replaceChildren(...(waiting.length ? listed(
    waiting.length > 1 ? "Des brouillons attendent dans ce navigateur :" : "Un brouillon attend dans ce navigateur :",
    waiting.map((entry) => {
      const name = nameOf(entry.draft);
      const kept = when(entry.draft.saved);
      return [`${name}${kept ? ` (${kept})` : ""} `,
        button("Le reprendre", name, () => act.resume(entry)), " ",
        button("L’effacer", name, () => act.erase(entry))];
    })) : []));
  receipts.hidden = !sent.length;
  const summary = document.createElement("summary");
  summary.textContent = `Ce que vous avez proposé (${sent.length})`;
  receipts.replaceChildren(summary, ...listed("Ces reçus restent dans ce navigateur.", sent.map((entry) => {
    const { how, path, page, follow } = entry.draft.sent;
    const name = nameOf(entry.draft);
    const safe = follow.startsWith("https://") ? [" · ", link("suivre la proposition", follow)] : [];
    return [`${name}, ${Object.hasOwn(HOW, how) ? HOW[how] : "proposé"}, ${when(entry.draft.saved)} : ${path}`, ...safe,
      ...(page ? [" · ", link("sa page, une fois acceptée", page)] : []), " ",
      button("Reprendre", name, () => act.resume(entry)), " ",
      button("Effacer le reçu", name, () => act.erase(entry))];
  })));
};
