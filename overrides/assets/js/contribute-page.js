/*
 * A form of /contribuer/: fills it from the address, a draft or a record, keeps the preview and
 * the draft up to date, tells what is wrong, and hands the file to the forge, the clipboard or
 * the disk. Nothing is sent from here.
 */
import { checker } from "./contribute-rules.js";
import { controls } from "./contribute-fields.js";
import { atlas } from "./contribute-places.js";
import { outcomes } from "./contribute-outcome.js";
import { twins } from "./contribute-twins.js";
import { cut, slug, written } from "./contribute-yaml.js";

const settings = JSON.parse(document.getElementById("settings").textContent);
const today = new Date().toISOString().slice(0, 10);
const query = new URLSearchParams(location.search);
const isAction = settings.kind === "action";
const $ = (id) => document.getElementById(id);
const form = $("form");
const storyField = $("f-body");
const check = checker(settings, today);
const places = atlas(settings.root);
const touched = new Set();
let original = null; // { path, record, body, comments } of the file to correct
let attempted = false;
let filling = false;
let timer = 0;
let loaded = ""; // the territory whose file is in the form
let near = [];

const fields = controls(form, settings.fields, places, today, () => update());

// ------------------------------------------------------------------------------- the record

const current = () => {
  const record = fields.read();
  if (!isAction) {
    const own = $("own-toggle").checked;
    if (own) record.code = record.name ? `x-${slug(record.name)}` : undefined;
    else for (const key of settings.own) delete record[key];
    if (!record.code) delete record.code;
  }
  return record;
};
const story = () => (storyField ? storyField.value : "");
const fileOf = (record) => written(settings.kind, settings.fields, record, story(), original);

const stems = (record, known) => {
  const taken = known?.actions?.[record.territory] || {};
  const stem = cut(slug(record.title || ""), settings.stem) || "titre";
  if (!Object.hasOwn(taken, stem)) return stem;
  for (let count = 2; ; count += 1) if (!Object.hasOwn(taken, `${stem}-${count}`)) return `${stem}-${count}`;
};

// What exists in the département of a territory; nothing where it has no file there.
const folderOf = async (place) => {
  if (!place || !settings.folders.includes(place.folder)) return null;
  try {
    return await places.load(`contribuer/titres/${place.folder}.json`);
  } catch {
    return null;
  }
};

const home = (place) => (place.code.startsWith("x-") ? place.code : `${place.code}-${slug(place.name)}`);

const pathOf = (record, known) => {
  if (!isAction) {
    if (original) return original.path;
    if ((record.code || "").startsWith("x-")) return `data/territories/${record.departement || "autres"}/${record.code}.yml`;
    const place = places.known(record.code);
    return place ? `data/territories/${place.folder}/${home(place)}.yml` : "";
  }
  const place = places.known(record.territory);
  if (original && (!place || original.path.includes(`/${home(place)}/`))) {
    const old = original.path.split("/").pop().slice(0, -3);
    const words = `-${slug(record.title || "")}-`;
    const kept = words.includes(`-${old}-`) || words.includes(`-${old.replace(/-\d{1,2}$/, "")}-`);
    return kept || !record.title ? original.path : original.path.replace(/[^/]*$/, `${stems(record, known)}.md`);
  }
  return place ? `data/actions/${place.folder}/${home(place)}/${stems(record, known)}.md` : "";
};

// ------------------------------------------------------------------------------- what is shown

const showErrors = (problems) => {
  for (const node of form.querySelectorAll(".error")) {
    node.hidden = true;
    node.textContent = "";
  }
  for (const node of form.querySelectorAll("[aria-invalid], .wrong")) {
    node.removeAttribute("aria-invalid");
    node.classList.remove("wrong");
  }
  for (const problem of problems) {
    const node = fields.find(problem.path) || storyField;
    if (!attempted && !touched.has(node.id)) continue;
    if (!attempted && problem.severity === "warning") continue;
    const place = $(`${node.id}-error`);
    place.textContent = place.hidden ? problem.message : `${place.textContent} ${problem.message}`;
    place.hidden = false;
    place.classList.toggle("advice", problem.severity === "warning");
    if (problem.severity === "warning") continue;
    if (node.matches("fieldset")) node.classList.add("wrong");
    else node.setAttribute("aria-invalid", "true");
  }
};

const showSummary = (errors) => {
  const summary = $("summary");
  summary.hidden = !errors.length;
  const heading = document.createElement("h2");
  heading.textContent = errors.length > 1 ? `${errors.length} points à corriger` : "Un point à corriger";
  const list = document.createElement("ul");
  for (const problem of errors) {
    const node = fields.find(problem.path) || storyField;
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${node.id}`;
    link.textContent = problem.message;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const more = node.closest("details");
      if (more) more.open = true;
      node.focus();
      node.scrollIntoView({ block: "center" });
    });
    item.append(link);
    list.append(item);
  }
  summary.replaceChildren(heading, list);
};

const showTwins = () => {
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
    link.href = `${settings.root}actions/${twin.code}/${twin.id}/`;
    link.textContent = twin.name;
    const edit = document.createElement("a");
    edit.href = `?fiche=actions/${twin.code}/${twin.id}`;
    edit.textContent = "la corriger";
    edit.setAttribute("aria-label", `Corriger ${twin.name}`);
    item.append(link, " – ", edit);
    list.append(item);
  }
  return box.replaceChildren(words, list);
};

// A comment goes with the value that it explained; the person who proposes is told.
const showLost = (lost) => {
  $("lost").hidden = !lost;
  $("lost").textContent = lost > 1
    ? `${lost} commentaires du fichier seront supprimés avec les lignes qu’ils expliquaient.`
    : "Un commentaire du fichier sera supprimé avec la ligne qu’il expliquait.";
};

// The file as it stands, and everything that depends on it.
const refresh = async () => {
  const record = current();
  const place = places.known(isAction ? record.territory : record.code);
  const known = isAction ? await folderOf(place) : null;
  const path = pathOf(record, known);
  const { content, lost } = fileOf(record);
  $("preview").value = content;
  showLost(lost);
  $("path").textContent = path || "Choisissez d’abord le territoire";
  if (isAction) {
    if (record.status === "arretee" && !record.lessons) $("f-lessons").closest("details").open = true;
    const mine = original ? original.path.split("/").pop().slice(0, -3) : "";
    near = known && record.title ? twins(record.title, record.territory, mine, known.actions) : [];
    showTwins();
  } else {
    $("own").hidden = !$("own-toggle").checked;
    $("f-code").closest(".field").hidden = $("own-toggle").checked;
  }
  const problems = check(record, story(), Boolean(path));
  showErrors(problems);
  if (attempted) showSummary(problems.filter((problem) => problem.severity === "error"));
  return { record, path, content, errors: problems.filter((problem) => problem.severity === "error") };
};

// ------------------------------------------------------------------------------- the draft

const draftKey = () =>
  `atlaas-brouillon:${settings.kind}:${original ? original.path : ""}`;

const remember = (record) => {
  try {
    const empty = !Object.keys(record).length && !story().trim();
    const same = original && original.seen && JSON.stringify([record, story()]) === original.seen;
    if (empty || same) localStorage.removeItem(draftKey());
    else localStorage.setItem(draftKey(), JSON.stringify({ record, body: story(), own: $("own-toggle")?.checked }));
  } catch {
    // Storage is refused: the draft lasts as long as the page.
  }
};

const say = (message) => {
  $("draft").textContent = message;
  $("draft").hidden = !message;
};

// Whether a value has the form that the controls give: a draft comes from outside too.
const isPlain = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isFormed = (list, record) => isPlain(record) && Object.entries(record).every(([key, value]) => {
  const field = list.find((other) => other.key === key);
  if (!field) return true; // of an older form: nothing reads it
  if (field.kind === "part") return isFormed(field.fields, value);
  const many = ["group", "lines", "places", "choices", "actors"].includes(field.kind);
  if (!many || !Array.isArray(value)) return !many && typeof value === "string";
  return value.every((item) => (field.fields ? isFormed(field.fields, item) : typeof item === "string"));
});

const recalled = () => {
  let kept = null;
  try {
    kept = localStorage.getItem(draftKey());
    if (kept === null) return null;
    const draft = JSON.parse(kept);
    if (isPlain(draft) && isFormed(settings.fields, draft.record) && typeof (draft.body ?? "") === "string") return draft;
  } catch {
    if (kept === null) return null; // Storage is refused.
  }
  say("Le brouillon gardé dans ce navigateur est illisible : il est laissé de côté.");
  return null;
};

// ------------------------------------------------------------------------------- filling in

const fill = async (record, body, own = false) => {
  filling = true;
  if ($("own-toggle")) {
    $("own-toggle").checked = own || (record.code || "").startsWith("x-");
    if ($("own-toggle").checked) record = { ...record, code: undefined };
  }
  await fields.write(record);
  if (storyField) storyField.value = body || "";
  for (const step of form.querySelectorAll("details.step")) {
    step.open = location.hash === `#${step.parentNode.id}`
      || [...step.querySelectorAll("input, textarea, select")].some((box) => box.type === "checkbox" ? box.checked : box.value);
  }
  filling = false;
};

// The values of a document as a file writes them: the keys of the model, and texts only.
const plain = (list, document) => {
  const record = {};
  for (const field of list) {
    const value = document[field.key];
    if (value === undefined || value === null) continue;
    record[field.key] = field.kind === "part" ? plain(field.fields, value)
      : !Array.isArray(value) ? String(value)
      : value.map((item) => (field.fields ? plain(field.fields, item) : String(item)));
  }
  return record;
};

const correct = async (fiche) => {
  const [folder, id] = [fiche.slice(0, fiche.indexOf("/")), fiche.slice(fiche.indexOf("/") + 1)];
  try {
    const found = await places.load(folder === "actions"
      ? settings.records.replace("{id}", id) : `contribuer/fiches/${fiche}.json`);
    const known = await places.load(`contribuer/titres/${found.file.split("/")[2]}.json`);
    original = { path: found.file, record: plain(settings.fields, found), body: found.text || "",
      comments: known.comments?.[found.file] };
  } catch {
    say("Cette fiche n’a pas été trouvée : le formulaire en propose une nouvelle.");
    return false;
  }
  await fill(original.record, original.body);
  original.seen = JSON.stringify([current(), story()]);
  $("title").textContent = settings.again;
  document.title = document.title.replace(settings.title, settings.again);
  loaded = original.record.code || "";
  return true;
};

const asked = () => {
  const list = (name) => query.getAll(name).flatMap((value) => value.split(",")).filter(Boolean);
  const record = {};
  const code = query.get("territoire");
  if (code && /^[0-9a-zA-Z-]{2,80}$/.test(code)) record[isAction ? "territory" : "code"] = code;
  if (!isAction) return record;
  if (query.get("titre")) record.title = query.get("titre");
  for (const [name, key] of [["theme", "themes"], ["enjeu", "enjeux"], ["usage", "usages"]]) {
    const words = list(name).filter((word) => settings.choices[key].includes(word));
    if (words.length) record[key] = words;
  }
  return record;
};

// A territory that has a file already is completed, not written anew.
const loadTerritory = async (code) => {
  loaded = code;
  const place = places.known(code) || await places.get(code);
  const known = await folderOf(place);
  if (!known || !known.territories.includes(code) || original) return;
  const typed = current();
  if (!await correct(`territories/${code}`)) return;
  const merged = { ...original.record };
  for (const [key, value] of Object.entries(typed)) {
    merged[key] = Array.isArray(value) ? [...(merged[key] || []), ...value] : value;
  }
  const draft = recalled();
  await fill(draft ? draft.record : merged, "");
  say(draft
    ? "Votre brouillon pour ce territoire a été retrouvé."
    : `La fiche de ${place.name} existe : la voici, complétez-la ou corrigez-la.`);
};

const start = async () => {
  const fiche = query.get("fiche") || "";
  const wanted = isAction ? /^actions\/[\w-]{2,80}\/[a-z0-9-]{1,80}$/ : /^territories\/[\w-]{2,80}$/;
  if (wanted.test(fiche)) await correct(fiche);
  const draft = recalled();
  const prefill = asked();
  if (draft) {
    await fill({ ...prefill, ...draft.record }, draft.body, draft.own);
    say("Votre brouillon a été retrouvé.");
  } else if (!original && Object.keys(prefill).length) {
    await fill(prefill, "");
  }
  if (!isAction && prefill.code && !original) await loadTerritory(prefill.code);
  await refresh();
};

function update() {
  if (filling) return;
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const { record } = await refresh();
    remember(record);
    if (!isAction && record.code && record.code !== loaded && !$("own-toggle").checked) {
      await loadTerritory(record.code);
      await refresh();
    }
  }, 150);
}

// ------------------------------------------------------------------------------- what is done

const act = outcomes(settings, $("outcome"), $("preview"));

const attempt = async (then) => {
  attempted = true;
  const state = await refresh();
  remember(state.record);
  $("outcome").replaceChildren();
  if (state.errors.length) {
    $("summary").focus();
    $("summary").scrollIntoView({ block: "start" });
  } else {
    await then({ ...state, original });
  }
};

const erase = async () => {
  try {
    localStorage.removeItem(draftKey());
  } catch {
    // Nothing was kept.
  }
  original = original && { ...original };
  attempted = false;
  touched.clear();
  if (original) await fill(original.record, original.body);
  else await fill(asked(), "");
  $("summary").hidden = true;
  $("outcome").replaceChildren();
  await refresh();
  say("Le brouillon est effacé.");
  $("title").tabIndex = -1;
  $("title").focus();
};

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", update);
form.addEventListener("change", (event) => {
  touched.add(event.target.closest("fieldset.field")?.id || event.target.id);
  touched.add(event.target.id);
  update();
});
$("propose")?.addEventListener("click", () => attempt(act.propose));
$("download").addEventListener("click", () => attempt(act.download));
$("copy").addEventListener("click", async () => act.copied(await refresh()));
$("erase").addEventListener("click", erase);
// Shown when it is filled in: what is typed before could be lost.
start().finally(() => { $("contribute").hidden = false; });
