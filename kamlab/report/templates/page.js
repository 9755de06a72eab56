"use strict";
// Sorts tables by a click on a column's head, finds a page in a long list, and lets the
// keyboard scroll what is wider than the screen. Without it all is there as well.
(() => {
  const plain = text =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

  const numberIn = text => {
    const bare = text.replace(/[,\s]/g, "").replace("−", "-");
    const found = bare.match(/[-+]?\d+(\.\d+)?/);
    if (found) return Number(found[0]);
    return text.includes("∞") ? Infinity : NaN;
  };

  // What is missing stands last, whichever way a column is sorted.
  const ordered = (a, b, numeric, sign) => {
    const missing = [a, b].map(each => (numeric ? Number.isNaN(each) : each === "–"));
    if (missing[0] || missing[1]) return missing[0] - missing[1];
    if (numeric) return sign * (a - b || 0);
    return sign * a.localeCompare(b, undefined, {numeric: true});
  };

  const sort = (table, head) => {
    const numeric = head.classList.contains("number");
    const before = head.getAttribute("aria-sort");
    // Of figures the largest is asked for first, of names and days the first.
    const first = numeric ? "descending" : "ascending";
    const other = numeric ? "ascending" : "descending";
    const now = before === first ? other : first;
    for (const each of head.parentElement.cells) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", now);
    const body = table.tBodies[0];
    const valueOf = row => {
      const text = row.cells[head.cellIndex].textContent.trim();
      return numeric ? numberIn(text) : text;
    };
    const sign = now === "ascending" ? 1 : -1;
    const rows = [...body.rows].map(row => [valueOf(row), row]);
    rows.sort((a, b) => ordered(a[0], b[0], numeric, sign));
    body.append(...rows.map(([, row]) => row));
  };

  const makeSortable = table => {
    const body = table.tBodies[0];
    if (!table.tHead || !body || body.rows.length < 3) return;
    for (const head of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sort(table, head));
    }
  };

  const makeFinder = finder => {
    const list = finder.parentElement.querySelector("ul");
    const items = [...list.children].map(item => [
      item, plain(`${item.textContent} ${item.dataset.terms || ""}`)
    ]);
    const status = finder.querySelector("[role=status]");
    const find = words => {
      let count = 0;
      for (const [item, text] of items) {
        item.hidden = !words.every(word => text.includes(word));
        count += !item.hidden;
      }
      status.textContent = words.length ? `${count} / ${items.length}` : "";
    };
    finder.hidden = false;
    finder.querySelector("input").addEventListener("input", event =>
      find(plain(event.target.value).split(/\s+/).filter(Boolean)));
  };

  const makeScrollable = () => {
    const boxes = document.querySelectorAll(".kamlab-table, figure, pre, .formula");
    for (const box of boxes) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };

  document.querySelectorAll(".kamlab-table table").forEach(makeSortable);
  document.querySelectorAll(".finder").forEach(makeFinder);
  makeScrollable();
  window.addEventListener("resize", makeScrollable);
  window.addEventListener("load", makeScrollable);
})();
