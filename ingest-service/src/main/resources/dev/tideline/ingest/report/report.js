"use strict";
(() => {
  const list = document.querySelector(".features");
  const rows = [...list.children];
  const search = document.getElementById("search");
  const kind = document.getElementById("kind");
  const order = document.getElementById("order");
  const only = document.getElementById("only");
  const count = document.getElementById("count");
  const by = {
    schema: (a, b) => a.dataset.place - b.dataset.place,
    name: (a, b) => a.dataset.name.localeCompare(b.dataset.name),
    findings: (a, b) => b.dataset.findings - a.dataset.findings,
    skew: (a, b) => b.dataset.skew - a.dataset.skew,
    missing: (a, b) => b.dataset.missing - a.dataset.missing
  };
  const filter = () => {
    const text = search.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      row.hidden = !(row.dataset.name.toLowerCase().includes(text) && (!kind.value || row.dataset.kind === kind.value)
        && (!only.checked || row.dataset.findings > 0));
      shown += row.hidden ? 0 : 1;
    }
    count.value = shown === rows.length ? rows.length + " features" : shown + " of " + rows.length + " features";
  };
  const sort = () => {
    rows.sort((a, b) => by[order.value](a, b) || by.schema(a, b));
    list.append(...rows);
  };
  search.addEventListener("input", filter);
  kind.addEventListener("change", filter);
  only.addEventListener("change", filter);
  order.addEventListener("change", sort);
  document.addEventListener("keydown", event => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !/INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) {
      event.preventDefault();
      search.focus();
    }
  });
  document.querySelector(".tools").hidden = false;
  sort();
  filter();
})();
