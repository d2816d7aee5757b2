// The selection of the explorer as a file: rows of donnees/actions.csv, kept as they are published.

// Rows of a CSV (RFC 4180) as lists of cells.
export const parse = (text) => {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "") break;
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.length > 1 || row[0]);
};

// As French spreadsheets open it: semicolons, and a mark of UTF-8 first.
export const csv = (rows) =>
  `\ufeff${rows.map((row) => row.map((cell) => (/[";\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(";")).join("\r\n")}\r\n`;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});
const crc = (bytes) => {
  let value = 0xffffffff;
  for (const byte of bytes) value = TABLE[(value ^ byte) & 255] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
};
const numbers = (...pairs) => {
  const bytes = new Uint8Array(pairs.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of pairs) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
};

// Files in a ZIP archive, stored as they are (APPNOTE 6.3.3); all dated 1 January 1980.
const zip = (files) => {
  const [parts, central] = [[], []];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const [path, content] = [name, text].map((words) => new TextEncoder().encode(words));
    const facts = [[2, 20], [2, 0x0800], [2, 0], [2, 0], [2, 33], [4, crc(content)], [4, content.length], [4, content.length], [2, path.length], [2, 0]];
    const local = numbers([4, 0x04034b50], ...facts);
    central.push(numbers([4, 0x02014b50], [2, 20], ...facts, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]), path);
    parts.push(local, path, content);
    offset += local.length + path.length + content.length;
  }
  const size = central.reduce((sum, part) => sum + part.length, 0);
  const count = central.length / 2;
  return new Blob([...parts, ...central, numbers([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, offset], [2, 0])]);
};

const escaped = (text) =>
  text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/gu, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

// One sheet, all cells texts, so that codes keep their zeros (ECMA-376); the head stays in view.
export const xlsx = (rows) => {
  const lines = rows.map((row) => `<row>${row.map((cell) => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`).join("")}</row>`);
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  return zip({
    "[Content_Types].xml": `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/sheet.xml" ContentType="${type}.worksheet+xml"/></Types>`,
    "_rels/.rels": `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="workbook.xml"/></Relationships>`,
    "workbook.xml": `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Actions" sheetId="1" r:id="r1"/></sheets></workbook>`,
    "_rels/workbook.xml.rels": `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="sheet.xml"/></Relationships>`,
    "sheet.xml": `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>${lines.join("")}</sheetData></worksheet>`,
  });
};

export const save = async (kind, root, ids) => {
  const answer = await fetch(`${root}donnees/actions.csv`);
  if (!answer.ok) throw new Error(`actions.csv: ${answer.status}`);
  const [head, ...rows] = parse(await answer.text());
  const id = head.indexOf("id");
  const byId = new Map(rows.map((row) => [row[id], row]));
  const table = [head, ...ids.map((one) => byId.get(one)).filter(Boolean)];
  const link = document.createElement("a");
  link.href = URL.createObjectURL(kind === "csv" ? new Blob([csv(table)], { type: "text/csv" }) : xlsx(table));
  link.download = `actions.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};
