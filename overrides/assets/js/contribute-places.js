/*
 * Finds territories by name, former name, postcode or code, and keeps those that were chosen.
 * Communes and intercommunalités come from finder/ (hooks/atlaas/publish/finder.py), the others
 * from contribuer/lieux.json; a file is fetched once, when a query needs it.
 */
import { fold, slug } from "./contribute-yaml.js";

const SHOWN = 8;

export const atlas = (root) => {
  const files = new Map();
  const known = new Map(); // code -> { code, name, folder, note, epci }

  const load = (path) => {
    if (!files.has(path)) {
      const answer = fetch(root + path).then((response) => {
        if (!response.ok) throw new Error(`${path} : ${response.status}`);
        return response.json();
      });
      answer.catch(() => files.delete(path));
      files.set(path, answer);
    }
    return files.get(path);
  };

  const keep = (code, name, folder, note, kind) => {
    if (!known.has(code)) known.set(code, { code, name, folder: folder || "autres", note, kind });
    return known.get(code);
  };

  const others = async () =>
    (await load("contribuer/lieux.json")).map(([code, name, folder, kind]) => keep(
      code, name, folder, { departement: "département", region: "région" }[kind] || "", kind));

  const entries = async (name) =>
    (await load(`finder/${name}.json`)).map(([code, title, departement, postcodes, , formers]) => ({
      ...keep(code, title, departement, code.length === 9 ? `intercommunalité, ${departement}` : postcodes.split(" ")[0] || departement,
        code.length === 9 ? "epci" : "commune"),
      codes: [code.toLowerCase(), ...postcodes.split(" ")],
      formers: formers ? formers.split("|") : [],
    }));

  // The file that holds every entry with a word beginning so; "" for none, null to ask for more.
  const fileOf = (word, index) => {
    const two = word.slice(0, 2);
    if (!index.split.includes(two)) return word.length < 2 ? null : two;
    if (index.files.includes(word.slice(0, 3))) return word.slice(0, 3);
    return word.length < 3 ? null : "";
  };

  // The territories whose name or code answers a query; null where more letters are needed.
  const find = async (text, only) => {
    const query = slug(text);
    if (query.length < 2) return null;
    const index = await load("finder/index.json");
    const words = query.split("-");
    const telling = words.filter((word) => !index.stop.includes(word));
    const longest = (telling.length ? telling : words).reduce((a, b) => (b.length > a.length ? b : a));
    const name = fileOf(longest, index);
    const found = name && index.files.includes(name) ? await entries(name) : [];
    const all = [...found, ...(only ? [] : await others())];
    const begins = (names) => words.every((word) => names.some((name) => name.startsWith(word)));
    const answers = all.flatMap((place) => {
      if (only === "epci" && place.kind !== "epci") return [];
      if (begins([...slug(place.name).split("-"), ...(place.codes || [place.code])])) return [place];
      const former = (place.formers || []).find((name) => begins(slug(name).split("-")));
      return former ? [{ ...place, former }] : [];
    });
    if (name === null && !answers.length) return null;
    const rank = (place) => {
      const title = fold(place.name);
      return place.former ? 3 : slug(title) === query ? 0 : slug(title).startsWith(query) ? 1 : 2;
    };
    return answers.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, "fr"));
  };

  // A territory by its code, or null.
  const get = async (code) => {
    if (known.has(code)) return known.get(code);
    try {
      await others();
      if (!known.has(code) && /^[0-9]/.test(code)) {
        const name = fileOf(code.toLowerCase(), await load("finder/index.json"));
        if (name) await entries(name);
      }
    } catch {
      return null;
    }
    return known.get(code) || null;
  };

  return { find, get, load, known: (code) => known.get(code) || null };
};

// Makes the control of a field « place » or « places » work; `changed` is called after a choice.
export const picker = (box, places, changed) => {
  const field = box.querySelector("input");
  const chosen = box.querySelector(".chosen");
  const found = box.querySelector(".found");
  const status = box.querySelector("[role=status]");
  const many = box.dataset.kind === "places";
  const codes = [];
  let turn = 0;

  const say = (text) => { status.textContent = text; };
  const words = ({ name, note, code, former }) => {
    const since = former ? `, ${/^\d/.test(former) ? "ancien code" : "dont"} ${former}` : "";
    return `${name} (${note || code}${since})`;
  };

  const draw = () => {
    chosen.replaceChildren(...codes.map((code) => {
      const item = document.createElement("li");
      const place = places.known(code);
      const drop = document.createElement("button");
      item.textContent = place ? `${place.name} ` : `${code} `;
      const small = document.createElement("small");
      small.textContent = place && place.note ? `${place.note} · code ${code} ` : "";
      drop.type = "button";
      drop.className = "plain";
      drop.textContent = many ? "Retirer" : "Changer";
      drop.setAttribute("aria-label", `${drop.textContent} : ${place ? place.name : code}`);
      drop.addEventListener("click", () => {
        codes.splice(codes.indexOf(code), 1);
        draw();
        field.focus();
        changed();
      });
      item.append(small, drop);
      return item;
    }));
    chosen.hidden = !codes.length;
    field.hidden = !many && codes.length > 0;
  };

  const add = (code) => {
    if (!many) codes.length = 0;
    if (!codes.includes(code)) codes.push(code);
    found.replaceChildren();
    field.value = "";
    draw();
    const place = places.known(code);
    say(place ? `${place.name} : choisi.` : "");
    changed();
    if (!many) chosen.querySelector("button").focus();
    else field.focus();
  };

  const search = async () => {
    const mine = ++turn;
    found.replaceChildren();
    if (!field.value.trim()) return say("");
    try {
      const answers = await places.find(field.value, box.dataset.only);
      if (mine !== turn) return undefined;
      if (!answers) return say("Encore une lettre…");
      const shown = answers.slice(0, SHOWN);
      found.replaceChildren(...shown.map((place) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "plain";
        button.textContent = words(place);
        button.addEventListener("click", () => add(place.code));
        item.append(button);
        return item;
      }));
      const count = answers.length;
      if (!count) return say("Aucun territoire ne porte ce nom ou ce code.");
      return say(`${count} réponse${count > 1 ? "s" : ""}${count > SHOWN ? `, les ${SHOWN} premières affichées : précisez` : ""}.`);
    } catch {
      return say("La recherche n’a pas pu être chargée. Vérifiez votre connexion.");
    }
  };

  box.addEventListener("keydown", (event) => {
    const buttons = [...found.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "Enter" && event.target === field) {
      event.preventDefault();
      if (buttons.length) buttons[0].click();
    } else if (event.key === "ArrowDown" && buttons.length) {
      event.preventDefault();
      buttons[Math.min(at + 1, buttons.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (buttons[at - 1] || field).focus();
    } else if (event.key === "Escape") {
      field.value = "";
      search();
      field.focus();
    }
  });
  field.addEventListener("input", search);
  draw();

  return {
    codes: () => [...codes],
    set: async (values) => {
      codes.splice(0, codes.length, ...values);
      draw();
      await Promise.all(values.map((code) => places.get(code)));
      draw();
    },
  };
};
