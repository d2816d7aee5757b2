/*
 * Finds territories as the finder does (names.js), and keeps those that were chosen.
 */
import { atlas as namesOf, whatItIs, why } from "./names.js";

const SHOWN = 8;
const EPCI = ["epci", "ept"];
const { plural } = globalThis.atlaasWords;

export const atlas = (root) => {
  const names = namesOf(root);
  const known = new Map(); // code -> { code, name, folder, note, kind }

  const keep = (place, departements) => {
    const { code, name, kind, departements: [home], postcodes } = place;
    const folder = kind === "region" ? "autres" : home || "autres";
    const note = [whatItIs(place, departements), kind === "commune" && postcodes[0]].filter(Boolean).join(", ");
    if (!known.has(code)) known.set(code, { code, name, folder, note, kind });
    return known.get(code);
  };

  // The territories that answer, or null where more letters are needed.
  const find = async (text, only) => {
    if (text.trim().length < 2) return null;
    const { departements } = await names.ready();
    const found = await names.search(text, only === "epci" ? EPCI : []);
    return found.map((match) => ({ ...keep(match.place, departements), why: why(match), isClose: match.how === "close" }));
  };

  // A territory by its code, or null.
  const get = async (code) => {
    if (!known.has(code)) {
      try {
        const place = await names.get(code);
        if (place) keep(place, (await names.ready()).departements);
      } catch {
        return null;
      }
    }
    return known.get(code) || null;
  };

  return { find, get, load: names.load, known: (code) => known.get(code) || null };
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
  const words = ({ name, note, code, why: reason }) => `${name} (${[note || code, reason].filter(Boolean).join(", ")})`;

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
    say(place ? `Choix : ${place.name}.` : "");
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
      if (!answers) return say("Tapez au moins deux lettres.");
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
      if (!count) return say("Aucun territoire ne porte ce nom ou ce code. Vérifiez l’orthographe, ou essayez le code postal.");
      if (answers[0].isClose) return say(`Aucun nom ne s’écrit ainsi ; ${plural(count, "nom proche", "noms proches")}.`);
      return say(`${plural(count, "réponse")}${count > SHOWN ? `, les ${SHOWN} premières affichées : précisez` : ""}.`);
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
