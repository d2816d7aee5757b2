/*
 * Where the file of a record stands: hooks/atlaas/read/layout.py, closely enough for a form.
 */
import { cut, slug } from "./contribute-yaml.js";

const home = ({ code, name }) => (code.startsWith("x-") || !name ? code : `${code}-${slug(name)}`);
const stemOf = (path) => path.split("/").pop().slice(0, -3);
// hooks/atlaas/directory/linked.py: régions and départements have their own folders.
const pageOf = ({ code, name }) => {
  const area = /^(dep|reg)-(.+)$/.exec(code);
  const folder = { dep: "departements", reg: "regions" }[area?.[1]];
  return area ? `${folder}/${area[2]}-${slug(name)}/` : `territoires/${home({ code, name })}/`;
};

export const paths = (settings, places) => {
  // A stem that no action of the territory has; `known` is what exists in its département.
  const free = (record, known) => {
    const taken = known?.actions?.[record.territory] || {};
    const stem = cut(slug(record.title || ""), settings.stem) || "titre";
    if (!Object.hasOwn(taken, stem)) return stem;
    for (let count = 2; ; count += 1) if (!Object.hasOwn(taken, `${stem}-${count}`)) return `${stem}-${count}`;
  };

  const territory = (record, original) => {
    if (original) return original.path;
    const code = record.code || "";
    if (code.startsWith("x-")) return `data/territories/${record.departement || "autres"}/${code}.yml`;
    const place = places.known(code);
    return place ? `data/territories/${place.folder}/${home(place)}.yml` : "";
  };

  const action = (record, original, known) => {
    const place = places.known(record.territory);
    if (original && (!place || original.path.includes(`/${home(place)}/`))) {
      const old = stemOf(original.path);
      const words = `-${slug(record.title || "")}-`;
      const kept = words.includes(`-${old}-`) || words.includes(`-${old.replace(/-\d{1,2}$/, "")}-`);
      return kept || !record.title ? original.path : original.path.replace(/[^/]*$/, `${free(record, known)}.md`);
    }
    return place ? `data/actions/${place.folder}/${home(place)}/${free(record, known)}.md` : "";
  };

  return {
    // Its path; an empty text where its territory is not known yet.
    of: settings.kind === "action" ? action : territory,
    // The page that it will have.
    page: (record, path) => settings.root + (settings.kind === "action"
      ? `actions/${record.territory}/${stemOf(path)}/` : pageOf(places.known(record.code) || record)),
  };
};
