"use strict";

/* A list of the site: its rows, what of them is shown, and in which order. Rows stay the elements that the page came with, so
   that links, the browser's own search and printing go on working; nothing is stored, and nothing is fetched. */
class Listing {
  static chunkSize = 100;

  constructor(root) {
    this.root = root;
    this.name = root.dataset.listing;
    this.columns = Listing.readColumns(root.querySelector("thead"));
    this.rows = [];
    for (const body of root.querySelectorAll("tbody")) {
      for (const tr of body.rows) {
        this.rows.push({
          tr, home: body, place: this.rows.length, isShown: true, note: null, texts: [], values: [], whole: null,
        });
      }
    }
    this.shown = this.rows;
    this.sorted = root.querySelector(".sorted");
    this.lanes = [...root.querySelectorAll(".lane-card")];
    this.state = { q: "", picks: new Map(), from: "", to: "", sort: null, isDown: false, size: 0, page: 0 };
    this.isFlat = false;
    this.changed = [];
  }

  static readColumns(head) {
    return [...(head?.rows[0]?.cells ?? [])].map((th, index) => ({
      index, th, key: th.dataset.key ?? "", type: th.dataset.type ?? "text", pick: th.dataset.pick ?? "",
      isFilter: "filter" in th.dataset, isPeriod: "period" in th.dataset, name: th.dataset.name ?? th.textContent.trim(),
    }));
  }

  column(key) { return this.columns.find((column) => column.key !== "" && column.key === key); }

  /* The row of an id; in a page made of many, ids begin with the section's. */
  row(id) {
    const { page } = this.root.dataset;
    const whole = page === undefined ? id : `${page}.${id}`;
    return this.rows.find((row) => row.tr.id === whole);
  }

  /* What people read in a cell, or in the part of it that the column picks. */
  text(row, column) {
    if (row.texts[column.index] === undefined) {
      const cell = row.tr.cells[column.index];
      const part = column.pick === "" ? cell : cell?.querySelector(column.pick);
      row.texts[column.index] = (part ?? cell)?.textContent.trim().replace(/\s+/g, " ") ?? "";
    }
    return row.texts[column.index];
  }

  /* What a column is ordered by: absolute times, numbers, the rank of a severity, else text. */
  value(row, column) {
    if (row.values[column.index] === undefined) row.values[column.index] = this.read(row, column);
    return row.values[column.index];
  }

  read(row, column) {
    const cell = row.tr.cells[column.index];
    switch (column.type) {
      case "time": return cell?.querySelector("time")?.dateTime ?? "";
      case "number": {
        const found = /^-?[\d,]+/.exec(this.text(row, column));
        return found === null ? -1 : Number(found[0].replaceAll(",", ""));
      }
      case "length": return Number(cell?.dataset.seconds ?? -1);
      case "severity": return ["informational", "low", "medium", "high"].indexOf(this.text(row, column).toLowerCase());
      default: return this.text(row, column).toLowerCase();
    }
  }

  /* Addresses are shown dead; people search for them as they are in the wild. */
  static plain(text) {
    return text.toLowerCase().replaceAll("[.]", ".").replaceAll("[:]", ":").replaceAll("[@]", "@")
      .replaceAll("[://]", "://").replace(/\bhxxp/g, "http");
  }

  matches(row, words) {
    const { picks, from, to } = this.state;
    for (const [key, wanted] of picks) {
      const column = this.column(key);
      if (column !== undefined && this.text(row, column) !== wanted) return false;
    }
    if (from !== "" || to !== "") {
      const column = this.columns.find((one) => one.isPeriod);
      const day = column === undefined ? "" : String(this.value(row, column)).slice(0, 10);
      if (day === "" || (from !== "" && day < from) || (to !== "" && day > to)) return false;
    }
    if (words.length === 0) return true;
    if (row.whole === null) row.whole = Listing.plain(row.tr.textContent.replace(/\s+/g, " "));
    return words.every((word) => row.whole.includes(word));
  }

  /* Shows what the state asks for. */
  apply() {
    const { q, size, sort, isDown } = this.state;
    const words = Listing.plain(q).split(/\s+/).filter((word) => word !== "");
    let shown = this.rows.filter((row) => this.matches(row, words));
    const column = sort === null ? undefined : this.column(sort);
    if (column !== undefined) shown = this.ordered(shown, column, isDown);
    this.shown = shown;
    const pages = size === 0 ? 1 : Math.max(1, Math.ceil(shown.length / size));
    this.state.page = Math.min(this.state.page, pages - 1);
    this.pages = pages;
    const first = size === 0 ? 0 : this.state.page * size;
    this.window = size === 0 ? shown : shown.slice(first, first + size);
    if (column === undefined) this.toLanes(); else this.toFlat(shown);
    const visible = new Set(this.window);
    for (const row of this.rows) {
      const isShown = visible.has(row);
      if (isShown === row.isShown) continue;
      row.isShown = isShown;
      row.tr.hidden = !isShown;
      if (row.note !== null) row.note.hidden = !isShown;
    }
    for (const chunk of this.root.querySelectorAll(".chunk")) {
      chunk.hidden = ![...chunk.querySelector("tbody").rows].some((tr) => !tr.hidden);
    }
    // The first table that is shown of each run carries the headings.
    for (const run of [...this.lanes, this.sorted]) {
      const shownChunks = [...run.querySelectorAll(".chunk:not([hidden])")];
      shownChunks.forEach((chunk, index) => chunk.classList.toggle("later", index > 0));
    }
    for (const lane of this.lanes) {
      const isEmpty = lane.querySelector(".chunk:not([hidden])") === null;
      lane.hidden = this.isFlat || (isEmpty && this.isNarrowed && lane.querySelector(".chunk") !== null);
    }
    for (const done of this.changed) done();
  }

  get isNarrowed() {
    const { q, picks, from, to, size } = this.state;
    return q !== "" || picks.size > 0 || from !== "" || to !== "" || size > 0;
  }

  ordered(rows, column, isDown) {
    const sign = isDown ? -1 : 1;
    const pairs = rows.map((row) => [this.value(row, column), row]);
    pairs.sort(([a, one], [b, other]) => (a < b ? -sign : a > b ? sign : one.place - other.place));
    return pairs.map(([, row]) => row);
  }

  /* One run of tables in the order asked for, in place of the lanes. */
  toFlat(rows) {
    const holder = this.sorted.querySelector(".chunks");
    // Out of sight nothing is laid out while rows move.
    for (const lane of this.lanes) lane.hidden = true;
    this.sorted.hidden = true;
    const model = this.root.querySelector(".chunk");
    if (model === null) return;
    const fresh = [];
    for (let start = 0; start < rows.length; start += Listing.chunkSize) {
      const chunk = model.cloneNode(false);
      const table = model.querySelector("table").cloneNode(false);
      for (const part of model.querySelector("table").children) {
        table.append(part.tagName === "TBODY" ? part.cloneNode(false) : part.cloneNode(true));
      }
      table.caption.textContent = `Sorted, rows ${start + 1} to ${Math.min(start + Listing.chunkSize, rows.length)}`;
      chunk.classList.toggle("later", start > 0);
      chunk.append(table);
      for (const row of rows.slice(start, start + Listing.chunkSize)) this.put(row, table.tBodies[0]);
      fresh.push(chunk);
    }
    // Rows that are not shown wait at home.
    const placed = new Set(rows);
    if (this.isFlat) for (const row of this.rows) if (!placed.has(row)) this.put(row, row.home);
    holder.replaceChildren(...fresh);
    this.sorted.hidden = false;
    this.isFlat = true;
  }

  toLanes() {
    if (!this.isFlat) return;
    for (const row of this.rows) this.put(row, row.home);
    this.sorted.querySelector(".chunks").replaceChildren();
    this.sorted.hidden = true;
    this.isFlat = false;
  }

  put(row, body) {
    body.append(row.tr);
    if (row.note !== null) body.append(row.note);
  }
}
