/*
 * The self-evaluation in the browser: answers are kept in localStorage, resumed, shared by the
 * fragment of a link, exported as JSON; nothing is sent. The profile comes from
 * evaluation-formula.js, the grid from evaluation/grille.json (hooks/atlaas/pages/evaluation.py).
 */
(() => {
  "use strict";
  const form = document.getElementById("evaluation");
  if (!form) return;
  const root = form.dataset.root;
  const KEY = "atlaas-evaluation";
  const byId = (id) => document.getElementById(id);
  const say = (text) => { byId("evaluation-status").textContent = text; };
  const fetchJson = (path) => fetch(root + path).then((r) => {
    if (!r.ok) throw new Error(String(r.status));
    return r.json();
  });
  const make = (tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  let grid = null;
  // Statement id -> [answer or "", [[title, address]]], of the chosen territory. An answer is only
  // proposed: it counts once the person confirms it, or gives another.
  let known = {};
  let state = { class: "", territory: null, answers: {} };

  // ------------------------------------------------------------------ keeping and sharing
  const save = () => {
    try {
      localStorage.setItem(KEY, JSON.stringify({ version: grid.version, ...state }));
    } catch { /* private window: the link still keeps everything */ }
  };
  // One character a statement, in the order of the grid: the place of its answer, or « - ».
  const pack = (answers = state.answers) => grid.statements.map((s) => {
    const place = grid.answers.findIndex((a) => a.id === answers[s.id]);
    return place < 0 ? "-" : String(place);
  }).join("");
  const unpack = (text) => {
    const answers = Object.create(null);
    grid.statements.forEach((s, index) => {
      const answer = grid.answers[Number.parseInt(text[index], 10)];
      if (answer) answers[s.id] = answer.id;
    });
    return answers;
  };
  const link = () => {
    const values = new URLSearchParams({ v: grid.version, c: state.class, r: pack() });
    if (state.territory) {
      values.set("t", state.territory.code);
      values.set("n", state.territory.name);
      values.set("d", state.territory.departement);
    }
    return `${location.href.split("#")[0]}#${values}`;
  };
  // What a link or the storage says comes from outside: it is taken as a whole, or not at all.
  const CODE = /^(?:[0-9AB]{5,9}|(?:dep|reg)-[0-9AB]{2,3}|x-[a-z0-9-]{1,78})$/;
  const isText = (value) => typeof value === "string" && value.length <= 100;
  const isPlace = (place) => place === null || (typeof place === "object" && isText(place.name)
    && CODE.test(place.code) && /^(?:\d{2,3}|2[AB]|)$/.test(place.departement));
  const isState = ({ class: chosen, territory, answers }) =>
    (chosen === "" || grid.classes.some(({ id }) => id === chosen)) && isPlace(territory)
    && typeof answers === "object" && answers !== null
    && Object.entries(answers).every(([id, given]) => grid.statements.some((s) => s.id === id)
      && (given === "" || grid.answers.some((a) => a.id === given)));
  const ofLink = () => {
    const values = new URLSearchParams(location.hash.slice(1));
    if (!values.has("r")) return null;
    if (Number(values.get("v")) !== grid.version) {
      say("Ce lien vient d’une autre version de la grille : ses réponses ne peuvent pas être reprises.");
      return null;
    }
    const [code, name, departement] = ["t", "n", "d"].map((key) => values.get(key) || "");
    const given = {
      class: values.get("c") || "",
      territory: code ? { code, name, departement } : null,
      answers: unpack(values.get("r")),
    };
    if (isState(given) && pack(given.answers) === values.get("r")) return given;
    say("Ce lien a été modifié ou coupé : rien n’en est repris.");
    return null;
  };
  const ofStorage = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      if (kept === null || (Number.isInteger(kept.version) && kept.version !== grid.version)) return null;
      const { class: chosen, territory, answers } = kept;
      const found = { class: chosen, territory: territory ?? null, answers };
      if (isState(found)) return found;
    } catch { /* refused, or not what was kept */ }
    say("Les réponses gardées dans ce navigateur sont illisibles : rien n’en est repris.");
    return null;
  };

  // ------------------------------------------------------------------ showing
  const asked = (statement) => (statement.weights[state.class] || 0) > 0;
  const proposed = (id) => (state.answers[id] ? "" : known[id]?.[0] || "");
  const showForm = () => {
    form.dataset.class = state.class;
    for (const part of form.querySelectorAll("[data-for]")) {
      part.hidden = Boolean(state.class) && !part.dataset.for.split(" ").includes(state.class);
    }
    for (const input of form.querySelectorAll("input[type=radio]")) {
      const value = input.name === "class" ? state.class : state.answers[input.name] || proposed(input.name);
      input.checked = input.value === value;
    }
    for (const statement of grid.statements) {
      byId(`s-${statement.id}`).hidden = Boolean(state.class) && !asked(statement);
      showProof(statement);
    }
  };
  const showProof = ({ id }) => {
    const proof = byId(`s-${id}`).querySelector(".proof");
    const records = known[id]?.[1] || [];
    proof.hidden = !records.length;
    proof.replaceChildren();
    if (!records.length) return;
    proof.append(proposed(id) ? "Réponse proposée d’après les fiches, à vérifier : " : "Dans l’Atlaas : ");
    records.forEach(([title, url], index) => {
      if (index) proof.append(" ; ");
      proof.append(make("a", title, { href: root + url }));
    });
    if (proposed(id)) proof.append(make("br"), make("button", "C’est juste", { type: "button", "data-confirm": id }));
  };
  const levelWords = (result) => {
    if (result.level !== null) {
      return `Niveau indicatif : ${globalThis.atlaasWords.plural(result.level, "arobase")} sur 5 (${result.score} %).`;
    }
    const need = Math.ceil(grid.answered * result.asked / 100);
    return `Pas encore d’indication de niveau : répondez à au moins ${need} affirmations.`;
  };
  const row = (item) => {
    const tr = document.createElement("tr");
    const name = make("th", "", { scope: "row" });
    name.append(make("a", grid.enjeux[item.enjeu], { href: `#e-${item.enjeu}` }));
    const score = make("td", item.score === null ? "–" : `${item.score} %`, { class: "n", "data-label": "Résultat" });
    const words = { force: "Un point fort", piste: "Une piste de progrès" }[item.verdict] || "";
    const verdict = make("td", words, { "data-label": "Ce que cela dit" });
    if (item.verdict === "piste") {
      const statement = grid.statements.find((s) => s.enjeu === item.enjeu && asked(s));
      verdict.append(" · ", make("a", "qui le fait déjà ?", { href: `${root}actions/?theme=${statement.theme}` }));
    }
    const count = make("td", `${item.answered} sur ${item.asked}`, { class: "n", "data-label": "Réponses" });
    tr.append(name, score, count, verdict);
    return tr;
  };
  const textOf = (statement) => statement.texts[state.class] || statement.text;
  const showActions = () => {
    const todo = grid.statements.filter((s) => asked(s) && !known[s.id] &&
      ["oui", "partiel"].includes(state.answers[s.id]));
    byId("result-actions").hidden = !todo.length;
    byId("result-actions").querySelector("ul").replaceChildren(...todo.map((s) => {
      const values = new URLSearchParams({ theme: s.theme });
      if (state.territory) values.set("territoire", state.territory.code);
      const li = make("li", textOf(s) + " ");
      li.append(make("a", "Décrire l’action", {
        href: `${root}contribuer/action/?${values}`,
        "aria-label": `Décrire l’action : ${textOf(s)}`,
      }));
      return li;
    }));
  };
  const showProgress = () => {
    const questions = grid.statements.filter(asked);
    const done = questions.filter((s) => state.answers[s.id]).length;
    const waiting = questions.filter((s) => proposed(s.id)).length;
    const words = waiting ? `, et ${globalThis.atlaasWords.plural(waiting, "proposée")} à vérifier` : "";
    const line = byId("progress");
    line.hidden = false;
    line.querySelector("strong").textContent = `${done} sur ${questions.length}${words}`;
    Object.assign(line.querySelector("progress"), { max: questions.length, value: done });
  };
  const showResult = () => {
    byId("result").hidden = !state.class;
    if (!state.class) return;
    showProgress();
    const result = globalThis.atlaasProfile(grid, state.class, state.answers);
    const words = levelWords(result);
    if (byId("result-level").textContent !== words) byId("result-level").textContent = words;
    document.querySelector(".profile tbody").replaceChildren(...result.enjeux.map(row));
    showActions();
    byId("share").value = link();
  };
  const show = () => { showForm(); showResult(); };
  const answer = (id, value) => {
    state.answers[id] = value;
    showProof({ id });
    showResult();
  };

  // ------------------------------------------------------------------ what the Atlaas knows
  const loadKnown = async () => {
    known = {};
    if (!state.territory) return;
    try {
      const found = await fetchJson(`evaluation/depart/${state.territory.departement}.json`);
      if (Object.hasOwn(found, state.territory.code)) known = found[state.territory.code];
    } catch { known = {}; }
  };
  const choose = async ({ code, name, departement, url }) => {
    state.territory = { code, name, departement: departement || "" };
    await loadKnown();
    try {
      const place = (await fetchJson(`lieux/${departement}.json`))[code];
      const found = grid.classes.find((c) => c.kinds.includes(place[3]) && c.least <= place[2] &&
        (c.below === null || place[2] < c.below));
      if (found) state.class = found.id;
    } catch { /* the class is then chosen by hand */ }
    const count = grid.statements.filter((s) => asked(s) && proposed(s.id)).length;
    say(count
      ? `${name} : ${globalThis.atlaasWords.plural(count, "réponse proposée", "réponses proposées")} d’après ses fiches. Vérifiez-${count > 1 ? "les une par une : elles peuvent être fausses" : "la : elle peut être fausse"}.`
      : `${name} : ses fiches ne permettent de proposer aucune réponse.`);
    byId("evaluation-status").append(" ", make("a", "Voir sa page", { href: root + url }));
    save();
    show();
  };

  const actions = {
    copy: async () => {
      try {
        await navigator.clipboard.writeText(byId("share").value);
        byId("share-status").textContent = "Lien copié.";
      } catch {
        byId("share").select();
        byId("share-status").textContent = "Copiez le lien sélectionné.";
      }
    },
    export: () => {
      const content = {
        version: grid.version,
        class: state.class,
        territory: state.territory,
        answers: state.answers,
        proposed: Object.fromEntries(Object.keys(known).filter(proposed).map((id) => [id, proposed(id)])),
        records: Object.fromEntries(Object.entries(known).map(([id, [, records]]) => [id, records])),
        profile: globalThis.atlaasProfile(grid, state.class, state.answers),
        note: "Indicatif : ne présage pas de la décision du jury.",
      };
      const file = new Blob([JSON.stringify(content, null, 1)], { type: "application/json" });
      const a = make("a", "", { href: URL.createObjectURL(file), download: "auto-evaluation.json" });
      a.click();
      setTimeout(() => URL.revokeObjectURL(a.href), 1000);
    },
    clear: () => {
      state = { class: "", territory: null, answers: {} };
      known = {};
      try { localStorage.removeItem(KEY); } catch { /* nothing was kept */ }
      history.replaceState(null, "", location.pathname);
      say("Tout est effacé.");
      show();
      form.querySelector("input").focus();
    },
  };

  const start = async () => {
    try {
      grid = await fetchJson("evaluation/grille.json");
    } catch {
      say("La grille n’a pas pu être chargée. Vérifiez votre connexion.");
      return;
    }
    const shared = ofLink();
    const kept = shared || ofStorage();
    if (kept) {
      state = { class: kept.class, territory: kept.territory || null, answers: kept.answers };
      await loadKnown();
      const name = state.territory?.name ? ` (${state.territory.name})` : "";
      say(shared
        ? `Réponses du lien${name}. Elles ne remplacent les vôtres que si vous les modifiez.`
        : `Vos réponses sont reprises là où vous en étiez${name}.`);
    }
    show();
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => {
      const { name, value, type } = event.target;
      if (type !== "radio") return;
      if (name === "class") state.class = value;
      else answer(name, value);
      save();
      if (name === "class") show();
    });
    form.addEventListener("click", (event) => {
      const id = event.target.closest("button[data-confirm]")?.dataset.confirm;
      if (!id) return;
      answer(id, proposed(id));
      save();
      byId(`s-${id}`).querySelector("input:checked").focus(); // the button is gone
    });
    byId("finder").addEventListener("territoire", (event) => {
      event.preventDefault();
      choose(event.detail);
    });
    window.addEventListener("hashchange", () => {
      const again = ofLink();
      if (again) { state = again; loadKnown().then(show); }
    });
    document.querySelector("#result").addEventListener("click", (event) => {
      const name = event.target.closest("button")?.dataset.do;
      if (name) actions[name]();
    });
    form.dataset.ready = "true";
  };
  start();
})();
