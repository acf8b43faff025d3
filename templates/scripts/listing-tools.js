/* The controls above a list: ordinary form controls that change its state, and the address that keeps it. */
class ListingTools {
  constructor(listing) {
    this.listing = listing;
    this.form = listing.root.querySelector(".tools");
    this.status = listing.root.querySelector(".listing-status");
    this.find = this.form.querySelector("[name=find]");
    this.size = this.form.querySelector("[name=size]");
    this.from = this.form.querySelector("[name=from]");
    this.to = this.form.querySelector("[name=to]");
    this.pager = listing.root.querySelector(".pager");
    this.picks = this.makePicks();
    this.makeColumns();
    this.makeOrders();
    this.narrow = window.matchMedia("(max-width: 75.99rem)");
    this.narrow.addEventListener("change", () => this.dress());
    /* What else stands in the heading of a table that is shown first: made by others. */
    this.dressers = [];
    this.listen();
    listing.changed.push(() => this.show());
    this.form.hidden = false;
  }

  static make(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    Object.assign(element, properties);
    element.append(...children);
    return element;
  }

  makePicks() {
    const picks = new Map();
    const place = this.form.querySelector(".picks");
    for (const column of this.listing.columns.filter((one) => one.isFilter)) {
      const counts = new Map();
      for (const row of this.listing.rows) {
        const text = this.listing.text(row, column);
        counts.set(text, (counts.get(text) ?? 0) + 1);
      }
      if (counts.size < 2 || counts.size > 60) continue;
      const select = ListingTools.make("select", { name: column.key });
      select.append(ListingTools.make("option", { value: "", textContent: "All" }));
      for (const text of [...counts.keys()].sort()) {
        select.append(ListingTools.make("option", { value: text, textContent: `${text} (${counts.get(text)})` }));
      }
      place.append(ListingTools.make("label", {}, ListingTools.make("span", { textContent: column.name }), select));
      picks.set(column.key, select);
    }
    return picks;
  }

  makeColumns() {
    const place = this.form.querySelector(".columns-choice");
    this.boxes = new Map();
    for (const column of this.listing.columns) {
      if (column.key === "" || column.key === "left" || column.index < 2) continue;
      const box = ListingTools.make("input", { type: "checkbox", checked: true });
      box.addEventListener("change", () => { this.showColumns(); this.keep(); });
      place.append(ListingTools.make("label", {}, box, ListingTools.make("span", { textContent: column.name })));
      this.boxes.set(column.key, box);
    }
  }

  showColumns() {
    for (const [key, box] of this.boxes) {
      this.listing.root.classList.toggle(`hide-${this.listing.column(key).index + 1}`, !box.checked);
    }
  }

  /* The order as a control of its own, for screens without column headings. */
  makeOrders() {
    this.order = this.form.querySelector("[name=order]");
    for (const column of this.listing.columns.filter((one) => one.key !== "")) {
      for (const [sign, word] of [["", "up"], ["-", "down"]]) {
        this.order.append(ListingTools.make("option", { value: sign + column.key, textContent: `${column.name}, ${word}` }));
      }
    }
    this.order.addEventListener("change", () => {
      const { value } = this.order;
      this.set({ sort: value === "" ? null : value.replace(/^-/, ""), isDown: value.startsWith("-") });
    });
  }

  /* Puts buttons into the headings that are shown, and takes them out of the others, so that focus never goes out of sight. */
  dress() {
    for (const chunk of this.listing.root.querySelectorAll(".chunk")) {
      const isShown = !chunk.hidden && !chunk.classList.contains("later") && !this.narrow.matches;
      for (const th of chunk.querySelectorAll("thead th[data-key]")) {
        const button = th.querySelector(".sorter");
        if (isShown && button === null) {
          th.replaceChildren(ListingTools.make("button", { type: "button", className: "sorter" }, ...th.childNodes));
        } else if (!isShown && button !== null) th.replaceChildren(...button.childNodes);
      }
      for (const dress of this.dressers) dress(chunk, isShown);
    }
  }

  listen() {
    const { listing } = this;
    let timer = 0;
    this.find.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.set({ q: this.find.value }), listing.rows.length > 2000 ? 150 : 0);
    });
    for (const [key, select] of this.picks) {
      select.addEventListener("change", () => {
        if (select.value === "") listing.state.picks.delete(key); else listing.state.picks.set(key, select.value);
        this.set({});
      });
    }
    for (const [name, input] of [["from", this.from], ["to", this.to]]) {
      input?.addEventListener("change", () => this.set({ [name]: input.value }));
    }
    this.size.addEventListener("change", () => this.set({ size: Number(this.size.value) }));
    this.form.querySelector("[name=clear]").addEventListener("click", () => this.clear());
    this.form.querySelector("[name=csv]").addEventListener("click", () => new ListingCSV(listing).save());
    listing.root.addEventListener("click", (event) => {
      const th = event.target.closest("th");
      if (event.target.closest(".sorter") !== null) this.sort(th.dataset.key);
    });
    const menu = this.form.querySelector(".menu");
    const close = () => { menu.open = false; };
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      close();
      menu.querySelector("summary").focus();
    });
    document.addEventListener("pointerdown", (event) => { if (!menu.contains(event.target)) close(); });
    menu.addEventListener("focusout", (event) => { if (event.relatedTarget !== null && !menu.contains(event.relatedTarget)) close(); });
    this.pager.querySelector("[name=before]").addEventListener("click", () => this.turn(-1));
    this.pager.querySelector("[name=after]").addEventListener("click", () => this.turn(1));
  }

  set(change) {
    Object.assign(this.listing.state, { page: 0 }, change);
    this.listing.apply();
    this.keep();
  }

  sort(key) {
    const { state } = this.listing;
    // Of severities and numbers people want the greatest first.
    const firstDown = ["severity", "number", "length"].includes(this.listing.column(key).type);
    if (state.sort !== key) this.set({ sort: key, isDown: firstDown });
    // A third press brings the first order back.
    else if (state.isDown === firstDown) this.set({ isDown: !firstDown });
    else this.set({ sort: null, isDown: false });
    const buttons = [...this.listing.root.querySelectorAll(`th[data-key="${key}"] .sorter`)];
    buttons.find((button) => button.getClientRects().length > 0)?.focus({ preventScroll: true });
  }

  turn(step) {
    this.listing.state.page += step;
    this.listing.apply();
    this.keep();
    this.listing.root.scrollIntoView();
  }

  clear() {
    this.listing.state.picks.clear();
    this.set({ q: "", from: "", to: "", sort: null, isDown: false });
    this.fill();
  }

  /* Puts the state into the controls. */
  fill() {
    const { state } = this.listing;
    this.find.value = state.q;
    this.size.value = String(state.size);
    for (const [key, select] of this.picks) select.value = state.picks.get(key) ?? "";
    if (this.from !== null) { this.from.value = state.from; this.to.value = state.to; }
    this.showColumns();
  }

  show() {
    const { listing } = this;
    const { shown, rows, state } = listing;
    const number = (value) => value.toLocaleString("en-GB");
    this.status.textContent = shown.length === rows.length
      ? `${number(rows.length)} shown` : `${number(shown.length)} of ${number(rows.length)} shown`;
    // A page that is only the first of a list says so: what it filters is not everything.
    const { whole } = listing.root.dataset;
    if (whole !== undefined && rows.length < Number(whole.replaceAll(",", ""))) {
      this.status.textContent = `${number(shown.length)} of the ${number(rows.length)} on this page shown, of ${whole} in all`;
    }
    const column = state.sort === null ? undefined : listing.column(state.sort);
    if (column !== undefined) this.status.textContent += `, sorted by ${column.name.toLowerCase()}, ${state.isDown ? "down" : "up"}`;
    if (shown.length === 0 && rows.length > 0) this.status.textContent += ". Nothing matches: clear the filter.";
    this.pager.hidden = listing.pages < 2;
    this.pager.querySelector("span").textContent = `Page ${state.page + 1} of ${listing.pages}`;
    this.pager.querySelector("[name=before]").disabled = state.page === 0;
    this.pager.querySelector("[name=after]").disabled = state.page + 1 >= listing.pages;
    this.order.value = state.sort === null ? "" : (state.isDown ? "-" : "") + state.sort;
    this.dress();
    for (const th of listing.root.querySelectorAll("thead th[data-key]")) {
      if (th.dataset.key === state.sort) th.ariaSort = state.isDown ? "descending" : "ascending";
      else th.ariaSort = null;
    }
  }

  /* Keeps the state in the address, so that a filtered view can be sent to a colleague. */
  keep() {
    const { state } = this.listing;
    const words = new URLSearchParams();
    if (this.listing.root.dataset.page !== undefined) words.set("p", this.listing.root.dataset.page);
    if (state.q !== "") words.set("q", state.q);
    for (const [key, text] of state.picks) words.set(`f.${key}`, text);
    if (state.from !== "") words.set("from", state.from);
    if (state.to !== "") words.set("to", state.to);
    if (state.sort !== null) words.set("sort", (state.isDown ? "-" : "") + state.sort);
    if (state.size > 0) words.set("size", String(state.size));
    if (state.page > 0) words.set("page", String(state.page + 1));
    const hidden = [...this.boxes].filter(([, box]) => !box.checked).map(([key]) => key);
    if (hidden.length > 0) words.set("hide", hidden.join("."));
    history.replaceState(null, "", `#${words}`);
  }

  /* Takes the state from the address; what it does not know is left out. */
  take(words) {
    const { state } = this.listing;
    state.q = words.get("q") ?? "";
    state.picks.clear();
    for (const key of this.picks.keys()) if (words.has(`f.${key}`)) state.picks.set(key, words.get(`f.${key}`));
    const day = (text) => (/^\d{4}-\d\d-\d\d$/.test(text ?? "") ? text : "");
    state.from = day(words.get("from"));
    state.to = day(words.get("to"));
    const sort = words.get("sort") ?? "";
    state.isDown = sort.startsWith("-");
    state.sort = this.listing.column(sort.replace(/^-/, ""))?.key ?? null;
    state.size = [...this.size.options].some((one) => one.value === words.get("size")) ? Number(words.get("size")) : 0;
    state.page = Math.max(0, (Number(words.get("page")) || 1) - 1);
    const hidden = (words.get("hide") ?? "").split(".");
    for (const [key, box] of this.boxes) box.checked = !hidden.includes(key);
    this.fill();
    this.listing.apply();
  }
}
