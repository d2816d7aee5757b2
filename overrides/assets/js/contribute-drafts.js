/*
 * The drafts of a form in this browser: one entry of the storage per piece of work, written by the
 * one tab that holds its lock, so that no tab overwrites another's. An entry says which record it
 * corrects and what that record was, so that it never hides what others changed since.
 *
 *   { record, body, own, of: "actions/59378/x" or "", base: { record, body } or null,
 *     saved: "2026-11-29T12:00:00.000Z", sent: null or a receipt }
 */
const PREFIX = "atlaas-brouillon:";
const PATIENCE = 400; // milliseconds for the page before this one, in the same tab, to let go
const MOST_VALUES = 2000; // of a record: no real one comes near
const MANY = new Set(["group", "lines", "places", "choices", "actors"]);
const SENT_KEPT = 20;

const isPlain = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// A record as the controls give it, from a value of any form: its known keys only. Throws on what
// has another form, for a draft comes from outside too.
const formed = (list, given, budget = { left: MOST_VALUES }) => {
  const record = {};
  if (!isPlain(given)) throw new TypeError("not a record");
  const count = () => {
    budget.left -= 1;
    if (budget.left < 0) throw new RangeError("too many values");
  };
  const text = (value) => {
    count();
    if (typeof value !== "string") throw new TypeError("not a text");
    return value;
  };
  for (const field of list) {
    if (!Object.hasOwn(given, field.key)) continue;
    const value = given[field.key];
    if (field.kind === "part") record[field.key] = formed(field.fields, value, budget);
    else if (!MANY.has(field.kind)) record[field.key] = text(value);
    else if (!Array.isArray(value)) throw new TypeError("not a list");
    else {
      record[field.key] = value.map((item) => {
        if (!field.fields) return text(item);
        count();
        return formed(field.fields, item, budget);
      });
    }
  }
  return record;
};

// A draft of any origin as the form takes it, or null.
export const checked = (fields, given) => {
  try {
    const { body = "", own = false, of = "", base = null, saved = "", sent = null } = given;
    const told = (text) => {
      if (typeof text !== "string") throw new TypeError("not a text");
      return text;
    };
    return {
      record: formed(fields, given.record),
      body: told(body),
      own: own === true,
      of: /^(?:actions\/[\w-]{2,80}\/[a-z0-9-]{1,80}|territories\/[\w-]{2,80})$/.test(told(of)) ? of : "",
      base: base && { record: formed(fields, base.record), body: told(base.body) },
      saved: Number.isNaN(Date.parse(told(saved))) ? "" : saved,
      sent: isPlain(sent) ? {
        how: told(sent.how), path: told(sent.path), follow: told(sent.follow ?? ""),
        page: /^(?:\.\.\/)*(?:actions|territoires|departements|regions)\/[\w/-]+$/.test(told(sent.page)) ? sent.page : "",
      } : null,
    };
  } catch {
    return null;
  }
};

export const drafts = (kind, fields, address) => {
  const start = `${PREFIX}${kind}:`;
  const tab = `${start}${address}`; // of the tab's own storage: the entry that it works on here
  let mine = "";
  let release = () => {};

  const stored = (action, otherwise) => {
    try {
      return action();
    } catch {
      return otherwise; // Storage is refused: the draft lasts as long as the page.
    }
  };

  // Whether this tab may write an entry; nobody else may until it leaves it.
  const hold = (id, patience) => new Promise((done) => {
    if (!navigator.locks) return done(true); // an old browser, or a page without https
    const wait = AbortSignal.timeout ? { signal: AbortSignal.timeout(patience) } : { ifAvailable: true };
    return navigator.locks.request(`${start}${id}`, wait, (lock) => {
      if (!lock) return done(false);
      const before = release;
      const left = new Promise((leave) => { release = leave; });
      before();
      done(true);
      return left;
    }).catch(() => done(false));
  });

  const use = async (id, patience = PATIENCE) => {
    if (!await hold(id, patience)) return false;
    mine = id;
    stored(() => sessionStorage.setItem(tab, id));
    return true;
  };

  const fresh = () => crypto.randomUUID?.() || String(Date.now() + Math.random());
  const renew = () => use(fresh());

  const read = (id) => {
    const text = stored(() => localStorage.getItem(start + id), null);
    if (text === null) return null;
    try {
      return { id, draft: checked(fields, JSON.parse(text)) };
    } catch {
      return { id, draft: null };
    }
  };

  // Every entry of this form that no other tab works on: { id, draft }, the newest first; `draft`
  // is null where it cannot be read.
  const all = async () => {
    const held = new Set(navigator.locks ? (await navigator.locks.query()).held.map(({ name }) => name) : []);
    const keys = stored(() => Object.keys(localStorage), []);
    return keys.filter((key) => key.startsWith(start) && key !== start + mine && !held.has(key))
      .map((key) => read(key.slice(start.length))).filter(Boolean)
      .sort((a, b) => (b.draft?.saved || "").localeCompare(a.draft?.saved || ""));
  };

  // What this tab was working on at this address before it was reloaded, or null.
  const resumed = async () => {
    const id = stored(() => sessionStorage.getItem(tab), null);
    const found = id === null ? null : read(id);
    if (found?.draft && !found.draft.sent && await use(id)) return found.draft;
    await renew();
    return null;
  };

  const write = (id, draft) =>
    stored(() => localStorage.setItem(start + id, JSON.stringify({ ...draft, saved: new Date().toISOString() })));

  const erase = (id) => stored(() => localStorage.removeItem(start + id));

  return {
    resumed,
    all,
    use,
    renew,
    erase,
    mine: () => mine,
    save: (draft) => (draft ? write(mine, draft) : erase(mine)),
    // Puts the tab's draft away, with its receipt, and begins another.
    putAway: async (draft, sent) => {
      write(mine, { ...draft, sent });
      await renew();
      for (const { id } of (await all()).filter((entry) => entry.draft?.sent).slice(SENT_KEPT)) erase(id);
    },
    // Another entry with the same work, not sent: its id.
    copy: (draft) => {
      const id = fresh();
      write(id, { ...draft, sent: null });
      return id;
    },
    // The next page of this tab at `elsewhere` goes on with this entry.
    hand: (id, elsewhere) => stored(() => sessionStorage.setItem(`${start}${elsewhere}`, id)),
  };
};
