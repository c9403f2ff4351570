// Everything shown goes through textContent: names come from clients.

export const byId = (id) => document.getElementById(id);

/** Sets a text, and only if it changed: so that what is selected or read aloud is left alone. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Sets every figure of that name below a section. */
export function figure(section, name, text) {
  for (const node of section.querySelectorAll(`[data-figure="${name}"]`)) say(node, text);
}

/**
 * Makes the rows of a table those given. Rows keep their elements by key, so focus stays where it is.
 * A column: {name, text(row), href(row)?}; the first one is the row's header.
 */
export function fill(body, rows, keyOf, columns) {
  const known = new Map([...body.rows].map((tr) => [tr.dataset.key, tr]));
  const wanted = rows.map((row) => {
    const key = keyOf(row);
    const tr = known.get(key) ?? newRow(key, columns);
    columns.forEach((column, i) => fillCell(tr.cells[i], column, row));
    return tr;
  });
  const keep = new Set(wanted);
  for (const tr of known.values()) if (!keep.has(tr)) tr.remove();
  wanted.forEach((tr, i) => {
    if (body.rows[i] !== tr) body.insertBefore(tr, body.rows[i] ?? null);
  });
}

/** One row that spans the table and says why there is none. */
export function fillOr(body, rows, keyOf, columns, none) {
  if (rows.length > 0) {
    for (const tr of body.querySelectorAll("tr.none")) tr.remove();
    fill(body, rows, keyOf, columns);
    return;
  }
  if (body.rows.length === 1 && body.rows[0].classList.contains("none")) {
    say(body.rows[0].cells[0], none);
    return;
  }
  const tr = document.createElement("tr");
  tr.className = "none";
  const td = tr.insertCell();
  td.colSpan = columns.length;
  td.textContent = none;
  body.replaceChildren(tr);
}

function newRow(key, columns) {
  const tr = document.createElement("tr");
  tr.dataset.key = key;
  columns.forEach((column, i) => {
    const cell = document.createElement(i === 0 ? "th" : "td");
    if (i === 0) cell.scope = "row";
    cell.dataset.field = column.name;
    tr.append(cell);
  });
  return tr;
}

function fillCell(cell, column, row) {
  const href = column.href?.(row);
  if (!href) {
    say(cell, column.text(row));
    return;
  }
  let link = cell.querySelector("a");
  if (!link) {
    link = document.createElement("a");
    cell.replaceChildren(link);
  }
  if (link.getAttribute("href") !== href) link.setAttribute("href", href);
  say(link, column.text(row));
}
