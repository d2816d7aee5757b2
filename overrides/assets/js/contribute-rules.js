/*
 * What `python -m atlaas check` would say of a record, as far as a browser can know. The rules are
 * data: hooks/atlaas/rules/statements.py says what a statement is and what its conditions mean;
 * limits, patterns and sentences all come from there. This evaluates them, and knows none.
 */
import { story } from "./contribute-yaml.js";

const compiled = new Map();
const regex = ([source, flags], whole = false) => {
  const key = `${whole} ${flags} ${source}`;
  if (!compiled.has(key)) compiled.set(key, new RegExp(whole ? `^(?:${source})$` : source, flags));
  return compiled.get(key);
};
const each = (pattern, text) => text.matchAll(new RegExp(pattern[0], `${pattern[1]}g`));
const isText = (value) => typeof value === "string";
const given = (value) => Boolean(value) && !(Array.isArray(value) && !value.length);
// The text that entities stand for; nothing in it can run or load.
const untagged = (text) => text.replaceAll("<", "&lt;");
const trusted = globalThis.trustedTypes?.createPolicy("atlaas", { createHTML: untagged }) || { createHTML: untagged };
const decoded = (text) => (text.includes("&")
  ? new DOMParser().parseFromString(trusted.createHTML(text), "text/html").documentElement.textContent
  : text);

// Date « a » is before « b », as precisely as it says.
const before = (a, b) => isText(a) && isText(b) && a < b.slice(0, a.length);

const BROKEN = {
  min_length: (limit, { value }) => [...value].length < limit,
  max_length: (limit, { value }) => [...value].length > limit,
  minimum: (limit, { value }) => Number(value) < limit,
  maximum: (limit, { value }) => Number(value) > limit,
  max_items: (limit, { value }) => value.length > limit,
};

export const checker = (settings, today) => {
  const rules = settings.rules;
  const on = Map.groupBy
    ? Map.groupBy(rules.statements, (statement) => statement.on)
    : rules.statements.reduce((map, s) => map.set(s.on, [...(map.get(s.on) || []), s]), new Map());

  const get = (scope, key) => {
    if (key === ".") return scope.value;
    return key.startsWith("^") ? scope.record[key.slice(1)] : scope.part[key];
  };
  const possible = (value) => {
    if (!isText(value) || !regex(rules.date, true).test(value) || value < rules.first_year) return false;
    if (value.length < 10) return true;
    const date = new Date(`${value}T00:00:00Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
  };

  const CONDITIONS = {
    all: (scope, conditions) => conditions.every((condition) => holds(condition, scope)),
    not: (scope, condition) => !holds(condition, scope),
    has: (scope, key) => given(get(scope, key)),
    is: (scope, key, value) => get(scope, key) === value,
    same: (scope, key, other) => given(get(scope, key)) && get(scope, key) === get(scope, other),
    matches: (scope, key, pattern) => isText(get(scope, key)) && regex(pattern, true).test(get(scope, key)),
    finds: (scope, key, pattern, after, unless) => {
      const text = get(scope, key);
      for (const match of isText(text) ? each(pattern, text) : []) {
        const head = text.slice(0, match.index);
        if ((!after || regex(after).test(head)) && !(unless && regex(unless).test(head))) {
          scope.match = match[0];
          return true;
        }
      }
      return false;
    },
    possible: (scope, key) => possible(get(scope, key)),
    before: (scope, key, other) => {
      const [first, last] = [get(scope, key), get(scope, other)];
      return before(first, last) && possible(first) && possible(last);
    },
    earlier: (scope, key, date) => before(get(scope, key), date) && possible(get(scope, key)),
    ahead: (scope, key) => possible(get(scope, key)) && get(scope, key) > today,
    offield: (scope, name, values) =>
      values.includes(name === "part" ? scope.owner : scope.field && scope.field[name]),
    beyond: (scope, limit) => scope.field[limit] !== undefined && BROKEN[limit](scope.field[limit], scope),
    listed: (scope) => {
      const choices = settings.choices[scope.field.words];
      return !choices || choices.includes(scope.value);
    },
    twice: (scope, key, also) => given(get(scope, key))
      && scope.earlier.some((item) => (key === "." ? item : item[key]) === get(scope, key)
        && (!also || (item[also] || "") === (get(scope, also) || ""))),
    named: (scope, key, list, inner) =>
      (scope.record[list] || []).some((item) => item[inner] === get(scope, key)),
    decodes: (scope, key) => decoded(get(scope, key)) !== get(scope, key),
    heavier: (scope, key, bytes) => new TextEncoder().encode(get(scope, key)).length > bytes,
  };
  const holds = ([name, ...values], scope) => CONDITIONS[name](scope, ...values);

  const words = (sentence, scope) => sentence.replace(/\{(\w+)\}/g, (_, name) => {
    if (name === "code") return scope.match.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    if (name === "match" || name === "value") return scope[name];
    if (name === "length") return [...scope.value].length;
    if (name === "count") return scope.value.length;
    return scope.field?.[name] ?? scope.part[name];
  });

  // The problems of a record and its story: [{ path, rule, message, severity }].
  return (record, body = "", placed = true) => {
    const problems = [];
    const spoken = new Set();
    const judge = (names, path, scope) => {
      for (const { rule, severity, when, say, field } of names.flatMap((name) => on.get(name) || [])) {
        const at = field ? [...path, field] : path;
        const place = `${rule} ${at.join(".")}`;
        if (spoken.has(place) || !holds(when, scope)) continue;
        spoken.add(place);
        problems.push({ path: at, rule, message: words(say, scope), severity });
      }
    };

    const judgeValue = (field, value, path, part, owner, earlier = []) =>
      judge([`${owner}.${field.key}`, "value"], path, { value, field, part, owner, record, earlier });

    const judgePart = (fields, part, path, owner, earlier = []) => {
      for (const field of fields) {
        const here = [...path, field.key];
        const value = part[field.key];
        if (!given(value)) {
          if (field.required) judge(["missing"], here, { field, part, record });
        } else if (field.kind === "part") {
          judgePart(field.fields, value, here, field.key);
        } else if (!Array.isArray(value)) {
          judgeValue(field, value, here, part, owner);
        } else {
          judge(["list"], here, { value, field, part, record });
          const name = field.key === "sources" ? "source" : field.key;
          value.forEach((item, index) => {
            const before = value.slice(0, index);
            if (isText(item)) judgeValue(field, item, [...here, index], part, owner, before);
            else judgePart(field.fields, item, [...here, index], name, before);
          });
        }
      }
      judge([owner], path, { part, owner, record, earlier });
    };

    judgePart(settings.fields, record, [], settings.kind);
    if (settings.kind === "action") {
      const value = story(body);
      const bare = value.replace(new RegExp(rules.verbatim[0], `${rules.verbatim[1]}g`), "");
      const read = decoded(value.replace(new RegExp(rules.escaped[0], `${rules.escaped[1]}g`), "$1"));
      judge(["story"], ["body"], { value, part: { bare, read }, record });
      for (const match of each(rules.link, bare)) {
        const link = match.slice(1).find(Boolean);
        judge(["link"], ["body"], { value: link, part: {}, record });
      }
    }
    if (!placed && !problems.some((problem) => problem.severity === "error")) {
      const field = settings.fields.find(({ kind }) => kind === "place");
      judge(["unplaced"], [field.key], { field, part: record, record });
    }
    return problems;
  };
};
