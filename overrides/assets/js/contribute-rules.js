/*
 * What `python -m atlaas check` would say of a record, as far as a browser can know: the limits of
 * the models and the rules of hooks/atlaas/rules/, whose ids are the keys here. Patterns come from
 * the same Python sources, through the page's settings.
 */
import { fold, line, story } from "./contribute-yaml.js";

const FIRST_YEAR = "1900";

export const checker = (settings, today) => {
  const whole = (name) => new RegExp(`^(?:${settings.patterns[name]})$`);
  const pattern = {
    date: whole("date"), number: whole("number"), address: whole("address"),
    domain: new RegExp(settings.patterns.email, "g"),
    spelt: new RegExp(settings.patterns.spelt, "gi"),
    phone: new RegExp(settings.patterns.phone, "g"),
    tag: new RegExp(settings.patterns.tag),
  };
  const private_ = new Set(settings.patterns.private.split("|"));

  const possible = (value) => {
    if (!pattern.date.test(value) || value < FIRST_YEAR) return false;
    if (value.length < 10) return true;
    const date = new Date(`${value}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
  };

  const address = (url, source) => {
    if (/\s/.test(url)) return ["adresse", "Cette adresse contient une espace. Recopiez-la depuis la barre d'adresse du navigateur."];
    if (!/^https?:\/\//.test(url)) return ["adresse", "Une adresse commence par https://. Recopiez-la depuis la barre d'adresse du navigateur."];
    if (/^https?:\/\/[^/?#]*@/.test(url)) return ["adresse", "Cette adresse contient un identifiant ou un mot de passe : retirez ce qui précède « @ »."];
    if (/^https?:\/\/[^/?#]*:/.test(url)) return ["adresse", "Cette adresse contient un numéro de port : donnez-la sans lui."];
    const found = pattern.address.exec(url);
    if (!found) return ["adresse", "Cette adresse n'est pas possible. Recopiez-la depuis la barre d'adresse du navigateur."];
    if (private_.has(found[2])) return ["adresse", "Ce site n'est pas public. Donnez une adresse que tout le monde peut ouvrir."];
    if (url.startsWith("http:") && !source) return ["adresse-https", "Donnez l'adresse en https:// (http n'est accepté que pour une source)."];
    return null;
  };

  const inAddress = (text, start) => {
    const before = text.slice(0, start);
    const opening = before.lastIndexOf("://");
    return opening >= 0 && !/[\s"'<>()[\]«»]/.test(before.slice(opening + 3));
  };

  // What no text may hold, wherever it stands.
  const anyText = (text) => {
    const found = [];
    for (const match of [...text.matchAll(pattern.domain), ...text.matchAll(pattern.spelt)]) {
      if (/[\p{L}\p{N}._+-]$/u.test(text.slice(0, match.index)) && !/:\/\/[^\s/?#]*$/.test(text.slice(0, match.index))) {
        found.push(["courriel", "Retirez cette adresse électronique ; au besoin, donnez l'adresse https de la page de contact."]);
        break;
      }
    }
    for (const match of text.matchAll(pattern.phone)) {
      const before = text[match.index - 1] || "";
      if (/[\p{L}\p{N}_+]/u.test(before) || (/[.,\-/]/.test(before) && /\d/.test(text[match.index - 2] || ""))) continue;
      if (!inAddress(text, match.index)) {
        found.push(["telephone", `Retirez ce numéro de téléphone : « ${match[0]} ».`]);
        break;
      }
    }
    const hidden = text.match(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]/gu);
    const odd = (hidden || []).find((c) => c !== "\n" && c !== "\t");
    if (odd) {
      const code = odd.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
      found.push(["caractere-invisible", `Ce texte contient un caractère invisible (U+${code}) : effacez-le et retapez les lettres voisines.`]);
    }
    return found;
  };

  const html = (text) => {
    const tag = pattern.tag.exec(text);
    if (tag) return `« ${tag[0]} » est du HTML : retirez-le.`;
    const entity = /&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});/.exec(text);
    return entity && !inAddress(text, entity.index) ? `« ${entity[0]} » est un code HTML : écrivez le caractère lui-même.` : "";
  };

  const check = (record, body) => {
    const problems = [];
    const add = (path, rule, message, severity = "error") =>
      problems.push({ path, rule, message, severity });

    const value = (field, text, path, owner) => {
      const words = anyText(text);
      for (const [rule, message] of words) add(path, rule, message);
      if (field.min_length > 1 && [...text].length < field.min_length && field.kind !== "url") {
        add(path, "champ", `${field.name} : au moins ${field.min_length} caractères.`);
      } else if (field.max_length && [...text].length > field.max_length) {
        add(path, "champ", `${field.name} : ${field.max_length} caractères au plus (${[...text].length} ici).`);
      } else if (field.kind === "url") {
        const wrong = address(text, owner === "sources");
        if (wrong) add(path, ...wrong);
      } else if (field.kind === "date") {
        const ahead = field.key === "started" && record.status === "prevue";
        if (!possible(text)) add(path, "date-impossible", "Écrivez une année (2016), un mois (2016-07) ou un jour (2016-07-02).");
        else if (text > today && !ahead && !(owner === "indicators" && field.key === "date")) {
          add(path, "date-future", field.key === "started"
            ? "Cette date est dans l'avenir : corrigez-la, ou choisissez l'état « Prévue »."
            : "Cette date est dans l'avenir.");
        }
      } else if (field.kind === "number" && !pattern.number.test(text)) {
        add(path, "nombre", "Écrivez les chiffres seuls, par exemple 210000 ou 0.5, et l'unité à part.");
      } else if (field.words === "levels" && !settings.choices.levels.includes(text)) {
        add(path, "niveau", "Un niveau va de 1 à 5 arobases.");
      } else if (field.words === "editions" && !settings.choices.editions.includes(text)) {
        add(path, "edition-inconnue", "Cette édition du label n'existe pas.");
      } else if (field.words === "actors" || field.words in settings.choices) {
        if (settings.choices[field.words] && !settings.choices[field.words].includes(text)) {
          add(path, field.words === "actors" ? "acteur-inconnu" : "vocabulaire", `${field.name} : choisissez dans la liste.`);
        }
      }
      if (!words.length && (field.kind === "text" || field.kind === "long")) {
        const tag = html(text);
        if (tag) add(path, "html", tag);
      }
    };

    const missing = (field, path) => {
      if (field.key === "sources") add(path, "source-manquante", "Donnez au moins une source : la page, ou l'imprimé, où le fait a été lu.");
      else if (field.kind === "choices") add(path, "champ", `${field.name} : choisissez-en au moins un.`);
      else if (field.kind === "place") add(path, "code-inconnu", `${field.name} : cherchez-le et choisissez-le dans la liste.`);
      else add(path, "champ", `${field.name} : à compléter.`);
    };

    const twice = (items, path, key = "") => {
      const seen = new Set();
      items.forEach((item, index) => {
        const text = key ? item[key] : item;
        if (text && seen.has(text)) add(key ? [...path, index, key] : [...path, index], "valeur-en-double", `« ${text} » est écrit deux fois : retirez l'un des deux.`);
        seen.add(text);
      });
    };

    const each = (fields, part, path, owner) => {
      for (const field of fields) {
        const here = [...path, field.key];
        const given = part[field.key];
        if (given === undefined || given === "" || (Array.isArray(given) && !given.length)) {
          if (field.required) missing(field, here);
          continue;
        }
        if (!Array.isArray(given)) {
          value(field, given, here, owner);
          continue;
        }
        if (field.max_items && given.length > field.max_items) {
          add(here, "champ", `${field.name} : ${field.max_items} au plus, vous en avez ${given.length}.`);
        }
        if (typeof given[0] === "string") {
          given.forEach((item, index) => value({ ...field, kind: "word" }, item, [...here, index], field.key));
          twice(given, here);
        } else {
          given.forEach((item, index) => each(field.fields, item, [...here, index], field.key));
          if (field.key === "sources") sources(given, here);
          if (field.key === "programmes") twice(given, here, "title");
        }
      }
    };

    const sources = (given, path) => {
      twice(given, path, "url");
      given.forEach((source, index) => {
        const here = [...path, index];
        if (source.seen && source.date && source.seen < source.date.slice(0, source.seen.length)) {
          add([...here, "seen"], "dates-inversees", "Cette source aurait été vue avant sa date.");
        }
        if (source.url) return;
        const lacks = [["publisher", "l'éditeur"], ["title", "le titre"], ["date", "la date"]].filter(([key]) => !source[key]);
        if (lacks.length === 3) add([...here, "url"], "source-incomplete", "Donnez l'adresse de la page ; pour un imprimé, son éditeur, son titre et sa date.");
        else if (lacks.length) add([...here, lacks[0][0]], "source-incomplete", `Sans adresse, il faut aussi ${lacks.map((l) => l[1]).join(" et ")}.`);
      });
    };

    each(settings.fields, record, [], settings.kind);
    if (settings.kind === "action") action(record, body, add);
    else territory(record, add);
    return problems;
  };

  const action = (record, body, add) => {
    const told = story(body);
    (record.partners || []).forEach((code, index) => {
      if (code === record.territory) add(["partners", index], "renvoi-a-soi", "Ce territoire porte déjà l'action : il n'en est pas aussi partenaire.");
    });
    if (record.status === "arretee" && !record.lessons) add(["lessons"], "enseignements-manquants", "Une action arrêtée dit ce que l'on en retient.");
    if (record.started && record.verified && record.status !== "prevue" && record.verified < record.started.slice(0, record.verified.length)) {
      add(["verified"], "dates-inversees", "L'action serait vérifiée avant d'avoir commencé.");
    }
    if (!told) add(["body"], "texte-vide", "Racontez l'action en quelques phrases : une fiche sans récit apprend peu.", "warning");
    for (const [rule, message] of anyText(told)) add(["body"], rule, message);
    const bare = told.replace(/`[^`\n]*`|<[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*>/g, "");
    const tag = pattern.tag.exec(bare);
    if (tag) add(["body"], "html-dans-le-texte", `« ${tag[0]} » est du HTML : il ne serait pas affiché. Retirez-le.`);
    if (/!\[[^\]]*\]\(/.test(bare)) add(["body"], "image", "Une image ne serait pas affichée : donnez plutôt un lien vers la page qui la montre.");
    for (const [, url] of bare.matchAll(/(?<!!)\[[^\]]*\]\(\s*<?([^)\s>]+)/g)) {
      const wrong = /^mailto:/.test(url) ? null : address(url, false);
      if (wrong) add(["body"], "lien", `Le lien « ${url} » : ${wrong[1].toLowerCase()}`);
    }
    for (const [url] of bare.matchAll(/(?<![(\w/<])http:\/\/[^\s)>]+/g)) add(["body"], "lien", `Le lien « ${url} » n'est pas en https.`);
    if (new TextEncoder().encode(told).length > 56 * 1024) add(["body"], "fichier-trop-gros", "Ce récit est trop long : une fiche pèse 64 ko au plus.");
  };

  const territory = (record, add) => {
    const own = (record.code || "").startsWith("x-");
    if (own) {
      for (const key of ["name", "kind"]) if (!record[key]) add([key], "territoire-sans-nom", key === "name" ? "Donnez le nom officiel du territoire." : "Choisissez le genre du territoire.");
    }
    const seen = new Set();
    (record.labels || []).forEach((label, index) => {
      if (label.edition && seen.has(label.edition)) add(["labels", index, "edition"], "label-en-double", `Deux labels pour l'édition ${label.edition} : gardez-en un ; si les sources se contredisent, dites-le dans « Doute ».`);
      seen.add(label.edition);
    });
    (record.memberships || []).forEach((membership, index) => {
      const at = ["memberships", index];
      if (membership.through && membership.through === record.code) add([...at, "through"], "renvoi-a-soi", "Ce territoire n'adhère pas par l'intermédiaire de lui-même.");
      if (membership.offers && !own && !/^\d{9}$/.test(record.code || "")) add([...at, "offers"], "epci-attendu", "Seule une intercommunalité offre l'adhésion à ses communes.");
    });
    if (record.successor && record.successor === record.code) add(["successor"], "renvoi-a-soi", "Ce territoire ne peut pas être son propre successeur.");
    const programmes = (record.programmes || []).map((programme) => programme.title);
    (record.indicators || []).forEach((indicator, index) => {
      const at = ["indicators", index];
      if (indicator.programme && !programmes.includes(indicator.programme)) add([...at, "programme"], "programme-inconnu", "Ce programme n'est pas dans la fiche : ajoutez-le plus haut, ou videz ce champ.");
      if (indicator.date > today && indicator.nature !== "objectif" && possible(indicator.date)) add([...at, "date"], "date-future", "Cette date est dans l'avenir.");
    });
  };

  return check;
};

// Titles of the same territory or département that may tell of the same action, closest first.
export const twins = (title, code, slug, known) => {
  const words = new Set(fold(line(title)).split(/[^a-z0-9]+/).filter((word) => word.length > 2));
  const pairs = (text) => {
    const plain = fold(text).replace(/[^a-z0-9]+/g, " ");
    return new Set([...plain].slice(1).map((c, i) => plain[i] + c));
  };
  const mine = pairs(title);
  const found = [];
  for (const [other, titles] of Object.entries(known)) {
    for (const [id, name] of Object.entries(titles)) {
      if (other === code && id === slug) continue;
      const theirs = pairs(name);
      const both = [...mine].filter((pair) => theirs.has(pair)).length;
      const close = (2 * both) / (mine.size + theirs.size || 1);
      const shared = fold(name).split(/[^a-z0-9]+/).filter((word) => words.has(word)).length;
      const score = Math.max(close, words.size > 1 ? (shared / words.size) * 0.9 : 0);
      if (score >= (other === code ? 0.6 : 0.8)) found.push({ code: other, id, name, score });
    }
  }
  return found.sort((a, b) => b.score - a.score).slice(0, 5);
};
