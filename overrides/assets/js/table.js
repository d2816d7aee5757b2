/*
 * Tables that sort, and whose second body is folded: rows that have nothing to say yet. Without
 * this script all rows are shown, by name.
 */
(() => {
  "use strict";
  const collator = new Intl.Collator("fr");
  const number = (cell) => Number(cell.textContent.replace(/\D/g, "")) || 0;
  // The newest edition first, then the highest level.
  const label = (cell) => {
    const sign = cell.querySelector(".sign");
    return sign ? number(cell) * 10 + Number(/\bs(\d)/.exec(sign.className)[1]) : 0;
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    const [shown, folded] = table.tBodies;
    const heads = [...table.tHead.rows[0].cells];
    const valueOf = (row, column) => (heads[column].classList.contains("n") ? number : label)(row.cells[column]);
    const sort = (column) => {
      for (const body of table.tBodies) {
        const rows = [...body.rows];
        rows.sort((a, b) => (column && valueOf(b, column) - valueOf(a, column)) ||
          collator.compare(a.cells[0].textContent, b.cells[0].textContent));
        body.append(...rows);
      }
    };

    const order = document.createElement("select");
    heads.forEach((head, column) => order.append(new Option(head.textContent, column)));
    order.addEventListener("change", () => sort(Number(order.value)));
    const name = document.createElement("label");
    name.append("Trier par ", order);
    const tools = document.createElement("p");
    tools.className = "table-tools";
    tools.append(name);
    table.before(tools);

    if (!folded) continue;
    const first = folded.querySelector("a");
    const more = document.createElement("button");
    more.type = "button";
    more.textContent = `Afficher les ${folded.rows.length} autres`;
    more.addEventListener("click", () => {
      shown.append(...folded.rows);
      folded.remove();
      more.remove();
      sort(Number(order.value));
      first.focus();
    });
    table.after(more);
  }
})();
