/*
 * A form of /contribuer/: fills it from the address, a draft or a record, keeps the preview and
 * the draft up to date, tells what is wrong, and hands the file to the forge, the clipboard or
 * the disk. Nothing is sent from here.
 */
import { checker } from "./contribute-rules.js";
import { controls } from "./contribute-fields.js";
import { atlas } from "./contribute-places.js";
import { checked, drafts } from "./contribute-drafts.js";
import { handed, isHanded, linkTo } from "./contribute-link.js";
import { offers, when } from "./contribute-offers.js";
import { outcomes } from "./contribute-outcome.js";
import { paths } from "./contribute-path.js";
import { reveal, shown } from "./contribute-shown.js";
import { likely } from "./contribute-choices.js";
import { cleanPastes } from "./contribute-paste.js";
import { pagePreview, recordPreview } from "./contribute-preview.js";
import { twins } from "./contribute-twins.js";
import { verifying } from "./contribute-verify.js";
import { sideBySide } from "./contribute-versions.js";
import { slug, written } from "./contribute-yaml.js";

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
const fiche = (query.get("fiche") || "").match(isAction
  ? /^actions\/[\w-]{2,80}\/[a-z0-9-]{1,80}$/ : /^territories\/[\w-]{2,80}$/)?.[0] || "";
const code = (query.get("territoire") || "").match(/^[0-9a-zA-Z-]{2,80}$/)?.[0] || "";
const address = fiche || (code && `territories/${code}`); // what the drafts of this page are about
const kept = drafts(settings.kind, settings.fields, address);
let original = null; // { of, path, record, body, comments, base } of the file to correct
let attempted = false;
let filling = false;
let timer = 0;
let loaded = ""; // the territory whose file is in the form

const fields = controls(form, settings.fields, places, today, () => update(), settings.hints);
const filed = paths(settings, places);
const show = shown(form, (path) => fields.find(path) || storyField, settings.root);
const drawPage = (isAction ? pagePreview : recordPreview)($("as-page"), settings.fields, fields.words);
const offer = offers($("drafts"), $("receipts"), (draft) => nameOf(draft), {
  resume: (entry) => resume(entry),
  erase: async ({ id }) => {
    kept.erase(id);
    await offered();
  },
});

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

// What exists in the département of a territory; nothing where it has no file there.
const folderOf = async (place) => {
  if (!place || !settings.folders.includes(place.folder)) return null;
  try {
    return await places.load(`contribuer/titres/${place.folder}.json`);
  } catch {
    return null;
  }
};

// ------------------------------------------------------------------------------- what is shown

// The file as it stands, and everything that depends on it.
const refresh = async () => {
  const record = current();
  const place = places.known(isAction ? record.territory : record.code);
  const known = isAction ? await folderOf(place) : null;
  const path = filed.of(record, original, known);
  const { content, lost } = fileOf(record);
  $("preview").value = content;
  show.lost(lost);
  drawPage(record, story());
  $("path").textContent = path || "Choisissez d’abord le territoire";
  if (isAction) {
    if (record.status === "arretee" && !record.lessons) reveal($("f-lessons"));
    fields.propose("themes", likely(`${record.title || ""} ${story()}`, settings.hints.themes));
    const mine = original ? original.path.split("/").pop().slice(0, -3) : "";
    const near = known && record.title ? twins(record.title, record.territory, mine, known.actions) : [];
    show.twins(await Promise.all(near.map(async (twin) => ({ ...twin, place: (await places.get(twin.code))?.name }))));
  } else {
    $("own").hidden = !$("own-toggle").checked;
    $("f-code").closest(".field").hidden = $("own-toggle").checked;
  }
  const problems = check(record, story(), Boolean(path));
  show.errors(problems, attempted, touched);
  if (isAction) show.length($("f-title"));
  if (attempted) show.summary(problems.filter((problem) => problem.severity === "error"));
  return { record, path, content, errors: problems.filter((problem) => problem.severity === "error") };
};

// ------------------------------------------------------------------------------- the draft

const NOTHING = { record: {}, body: "" };
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// What this tab has written, or null where there is nothing that the record does not say.
const drafted = (record) => {
  const { base = null } = original || {};
  const made = { record, body: story() };
  if (same(made, base || { record: asked(), body: "" }) || same(made, NOTHING)) return null;
  return { ...made, own: Boolean($("own-toggle")?.checked), of: original ? original.of : "", base };
};

const remember = (record) => kept.save(drafted(record));

const say = (message) => {
  $("draft").textContent = message;
  $("draft").hidden = !message;
};

// Whether a draft belongs here: to this record, this territory; a blank form takes any.
const belongs = ({ of, record }) => {
  if (!address) return true;
  const code = isAction ? record.territory : record.code;
  return of ? of === (original?.of || address) : !original && address === `territories/${code}`;
};

const offered = async () => {
  const entries = await kept.all();
  const here = entries.filter(({ draft }) => draft && belongs(draft));
  await Promise.all(here.map(({ draft }) => places.get(draft.record.territory || draft.record.code || "")));
  offer(here);
  return entries;
};

const nameOf = ({ record, of }) => {
  const place = places.known(record.territory || record.code);
  const title = isAction ? record.title && `« ${record.title} »` : record.name;
  return [title, place?.name].filter(Boolean).join(", ") || of || "Sans titre";
};

// Puts a draft in the form; where its record has changed since, only what is chosen of both.
const bring = async (draft) => {
  const { base = null } = original || {};
  if (!base || same(base, draft.base)) {
    await fill(draft.record, draft.body, draft.own);
    return say("Votre brouillon a été retrouvé.");
  }
  await fill(base.record, base.body);
  const named = settings.fields.filter(({ kind }) => kind === "place" || kind === "places");
  await Promise.all(named.flatMap(({ key }) => draft.record[key] || []).map(places.get));
  const done = async () => {
    $("contribute").hidden = false;
    const { record } = await refresh();
    await offered();
    $("title").focus();
    return record;
  };
  $("contribute").hidden = true; // nothing is typed before the choice
  return sideBySide($("versions"), settings.fields, fields.words,
    { base: draft.base, draft, today: base, when: when(draft.saved) },
    async ({ record, body }) => {
      await fill(record, body, draft.own);
      say("La fiche réunit ce que vous avez choisi.");
      remember(await done());
    },
    async () => {
      await kept.renew();
      await done();
    });
};

const resume = async (entry) => {
  const { draft } = entry;
  clearTimeout(timer);
  remember(current());
  const id = draft.sent ? kept.copy(draft) : entry.id;
  if (draft.of !== (original ? original.of : "")) {
    kept.hand(id, draft.of);
    location.assign(location.pathname + (draft.of ? `?${new URLSearchParams({ fiche: draft.of })}` : ""));
    return;
  }
  if (!await kept.use(id)) return say("Ce brouillon est ouvert dans un autre onglet.");
  await bring(draft);
  await refresh();
  await offered();
  $("title").focus();
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
  const asked = location.hash && $(location.hash.slice(1));
  for (const step of form.querySelectorAll("details.further, details.step")) {
    step.open = Boolean(asked && (step.contains(asked) || asked.contains(step)) && asked !== form)
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

const correct = async (of) => {
  const [folder, id] = [of.slice(0, of.indexOf("/")), of.slice(of.indexOf("/") + 1)];
  try {
    const found = await places.load(folder === "actions"
      ? settings.records.replace("{id}", id) : `contribuer/fiches/${of}.json`);
    const known = await places.load(`contribuer/titres/${found.file.split("/")[2]}.json`);
    original = { of, path: found.file, record: plain(settings.fields, found), body: found.text || "",
      comments: known.comments?.[found.file] };
  } catch {
    say("Cette fiche n’a pas été trouvée : le formulaire en propose une nouvelle.");
    return false;
  }
  await fill(original.record, original.body);
  original.base = { record: current(), body: story() };
  $("title").textContent = settings.again;
  document.title = document.title.replace(settings.title, settings.again);
  loaded = original.record.code || "";
  return true;
};

const asked = () => {
  const list = (name) => query.getAll(name).flatMap((value) => value.split(",")).filter(Boolean);
  const record = {};
  if (code) record[isAction ? "territory" : "code"] = code;
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
  await fill(merged, "");
  say(`La fiche de ${place.name} existe : la voici, complétez-la ou corrigez-la.`);
  await offered();
};

// The draft that a link carries: a new one of this tab, whatever it worked on before.
const received = async () => {
  const { hash } = location;
  if (!isHanded(hash)) return null;
  history.replaceState(null, "", location.pathname + location.search);
  const draft = checked(settings.fields, await handed(hash, settings.kind));
  await kept.renew();
  if (!draft || draft.of !== fiche) {
    say("Ce lien a été modifié ou coupé : rien n’en est repris. Demandez-le à nouveau.");
    return null;
  }
  kept.save(draft);
  return draft;
};

const start = async () => {
  const linked = isHanded(location.hash);
  const given = await received();
  const draft = linked ? given : await kept.resumed();
  const corrected = fiche || draft?.of;
  if (corrected) await correct(corrected);
  const prefill = asked();
  if (!original && Object.keys(prefill).length) await fill(prefill, "");
  const chosen = isAction ? "" : draft ? draft.record.code : prefill.code;
  if (chosen && !original) await loadTerritory(chosen);
  if (draft) await bring(draft);
  if (given) say("Ce brouillon vous a été confié par un lien : relisez-le, complétez-le, puis proposez-le.");
  const entries = await offered();
  if (entries.some((entry) => !entry.draft)) {
    say("Le brouillon gardé dans ce navigateur est illisible : il est laissé de côté.");
  }
  await refresh();
};

function update() {
  if (filling) return;
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const { code: chosen } = isAction ? {} : current();
    if (chosen && chosen !== loaded && !$("own-toggle").checked) await loadTerritory(chosen);
    remember((await refresh()).record);
  }, 150);
}

// ------------------------------------------------------------------------------- what is done

const act = outcomes(settings, $("outcome"), $("preview"));

// The link that hands this draft over, or null.
const linkOf = (record) => {
  const of = original ? original.of : "";
  const page = location.origin + location.pathname + (of && `?${new URLSearchParams({ fiche: of })}`);
  return linkTo(page, settings.kind,
    { record, body: story(), own: Boolean($("own-toggle")?.checked), of, base: original ? original.base : null });
};

// Once it is proposed, the draft is put away with its receipt.
const attempt = async (then) => {
  attempted = true;
  clearTimeout(timer);
  const state = await refresh();
  remember(state.record);
  $("outcome").replaceChildren();
  if (state.errors.length) {
    $("summary").focus();
    $("summary").scrollIntoView({ block: "start" });
  } else {
    const link = await linkOf(state.record);
    const name = nameOf({ record: state.record, of: "" });
    const sent = await then({ ...state, original, link, name, page: filed.page(state.record, state.path) });
    const draft = sent && drafted(state.record);
    if (!draft) return;
    await kept.putAway(draft, sent);
    await offered();
  }
};

const erase = async () => {
  kept.save(null);
  attempted = false;
  touched.clear();
  if (original) await fill(original.record, original.body);
  else await fill(asked(), "");
  $("summary").hidden = true;
  $("outcome").replaceChildren();
  await refresh();
  say("Le brouillon est effacé.");
  await offered();
  $("title").focus();
};

addEventListener("hashchange", () => { if (isHanded(location.hash)) location.reload(); });
cleanPastes(form, show.pasted);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", update);
form.addEventListener("change", (event) => {
  touched.add(event.target.closest("fieldset.field")?.id || event.target.id);
  touched.add(event.target.id);
  update();
});
$("propose")?.addEventListener("click", () => attempt(act.propose));
$("mail")?.addEventListener("click", () => attempt(act.mail));
$("link").addEventListener("click", async () => act.handOver(await linkOf(current())));
$("download").addEventListener("click", () => attempt(act.download));
$("copy").addEventListener("click", async () => act.copied(await refresh()));
$("erase").addEventListener("click", erase);
// Shown when it is filled in: what is typed before could be lost.
start().finally(() => {
  $("contribute").hidden = Boolean($("versions").childElementCount);
  const told = original && !$("contribute").hidden ? verifying(form, query, today) : "";
  if (told) say(told);
});
