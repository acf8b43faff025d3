/* What people see of the basket: the buttons of the rows, the selection, the tray at the foot, the section to hand back. */
class BasketView {
  constructor(basket, tools) {
    this.basket = basket;
    this.listing = basket.listing;
    this.tools = tools;
    this.files = new BasketFiles(basket);
    const { root } = this.listing;
    this.section = root.querySelector(".basket");
    this.tray = root.querySelector(".tray");
    this.bulk = root.querySelector(".bulk");
    this.news = this.section.querySelector("[role=status]");
    this.picked = new Set();
    this.byElement = new Map(this.listing.rows.map((row) => [row.tr, row]));
    this.makeBoxes();
    this.listen();
    basket.changed.push(() => this.show());
    this.section.hidden = false;
    this.show();
  }

  makeBoxes() {
    for (const row of this.listing.rows) {
      const box = ListingTools.make("input", { type: "checkbox" });
      box.setAttribute("aria-label", `Select: ${row.tr.querySelector(".go").textContent}`);
      row.tr.cells[0].append(box);
      row.box = box;
    }
    // Sorted tables are made like the first one: their box comes along.
    for (const place of this.listing.root.querySelectorAll(".chunk:not(.later) thead .pick")) {
      const all = ListingTools.make("input", { type: "checkbox", className: "all" });
      all.setAttribute("aria-label", "Select every row that is shown");
      place.replaceChildren(all);
    }
  }

  pick(row, isPicked) {
    row.box.checked = isPicked;
    row.tr.classList.toggle("picked", isPicked);
    if (isPicked) this.picked.add(row); else this.picked.delete(row);
  }

  rowOf(element) {
    const tr = element.closest("tbody tr");
    return this.byElement.get(tr?.classList.contains("note") ? tr.previousElementSibling : tr);
  }

  listen() {
    const { root } = this.listing;
    root.addEventListener("click", (event) => {
      const link = event.target.closest(".choose");
      if (link === null) return;
      event.preventDefault();
      this.basket.decide(this.rowOf(link), Basket.verdictOf(link));
    });
    root.addEventListener("keydown", (event) => {
      if (event.key !== " " || !event.target.matches("a.choose")) return;
      event.preventDefault();
      event.target.click();
    });
    root.addEventListener("change", (event) => {
      const box = event.target;
      if (box.matches("tbody .pick input")) this.pick(this.rowOf(box), box.checked);
      else if (box.matches(".pick .all")) for (const row of this.listing.window) this.pick(row, box.checked);
      else return;
      this.showBulk();
    });
    for (const verdict of ["approve", "reject"]) {
      this.bulk.querySelector(`[name=${verdict}]`).addEventListener("click", () => this.decideAll(verdict));
    }
    this.bulk.querySelector("[name=none]").addEventListener("click", () => this.pickNone());
    const press = (name, action) => this.section.querySelector(`[name=${name}]`).addEventListener("click", action);
    press("download", () => this.download());
    press("copy", () => this.copy());
    press("empty", () => this.empty());
    const load = (name, take) => this.section.querySelector(`[name=${name}]`).addEventListener("change", async (event) => {
      const [file] = event.target.files;
      if (file !== undefined) this.say(await take(file));
      event.target.value = "";
    });
    load("draft", (file) => this.files.takeDraft(file));
    load("handed", (file) => this.files.markHandedBack(file));
    this.tray.querySelector("button").addEventListener("click", () => {
      this.section.scrollIntoView();
      this.section.querySelector("[name=download]").focus({ preventScroll: true });
    });
    window.addEventListener("beforeunload", (event) => { if (this.basket.isDirty) event.preventDefault(); });
  }

  say(text) { this.news.textContent = text; }

  pickNone() {
    for (const row of [...this.picked]) this.pick(row, false);
    this.uncheckAll();
    this.showBulk();
  }

  uncheckAll() { for (const box of this.listing.root.querySelectorAll(".pick .all")) box.checked = false; }

  decideAll(verdict) {
    const comment = this.bulk.querySelector("[name=comment]").value.trim();
    for (const row of this.picked) {
      if (this.basket.canDecide(row)) this.basket.set(row, verdict, comment === "" ? undefined : comment);
    }
    this.basket.tell();
    this.pickNone();
  }

  showBulk() {
    const rows = [...this.picked];
    const kinds = new Set(rows.map((row) => row.tr.dataset.kind));
    const open = rows.filter((row) => this.basket.canDecide(row));
    this.bulk.hidden = rows.length === 0;
    let text = rows.length === 1 ? "1 action selected" : `${rows.length} actions selected`;
    if (kinds.size > 1) text += `, of ${kinds.size} kinds: only actions of one kind can be decided together`;
    else if (open.length < rows.length) text += `, ${rows.length - open.length} without a token here`;
    this.bulk.querySelector(".count").textContent = text;
    for (const [verdict, word] of [["approve", "Approve"], ["reject", "Reject"]]) {
      const button = this.bulk.querySelector(`[name=${verdict}]`);
      button.disabled = kinds.size !== 1 || open.length === 0;
      button.textContent = kinds.size === 1 ? `${word} ${open.length}` : word;
    }
  }

  show() {
    const { basket } = this;
    const [approvals, rejections] = [basket.count("approve"), basket.count("reject")];
    const all = approvals + rejections;
    const noun = (count, one, many) => `${count} ${count === 1 ? one : many}`;
    const sum = all === 0 ? "Nothing decided on this page yet."
      : `${noun(approvals, "approval", "approvals")}, ${noun(rejections, "rejection", "rejections")}`;
    this.section.querySelector(".sum").textContent = all === 0 ? sum : `${sum}.`;
    this.tray.hidden = all === 0;
    this.tray.querySelector(".sum").textContent = sum;
    const time = basket.savedAt?.toTimeString().slice(0, 5);
    let state = "Not handed back yet";
    if (time !== undefined && !basket.isDirty) state = `Saved at ${time}: hand the file back`;
    else if (time !== undefined) state = `Saved at ${time}, ${noun(basket.changes, "change", "changes")} since`;
    this.tray.querySelector(".state").textContent = state;
    for (const name of ["download", "copy", "empty"]) this.section.querySelector(`[name=${name}]`).disabled = all === 0;
    this.section.querySelector(".signing").hidden = !basket.rows.some((row) => row.tr.dataset.signed !== undefined);
    this.showItems();
  }

  showItems() {
    const { basket } = this;
    const table = this.section.querySelector("table");
    table.hidden = basket.decisions.size === 0;
    const fresh = basket.rows.map((row) => {
      const { verdict, comment } = basket.decisions.get(row);
      const name = ListingTools.make("th", { scope: "row", textContent: row.tr.querySelector(".go").textContent });
      const target = row.tr.querySelector(".target").cloneNode(true);
      name.append(target);
      const badge = ListingTools.make("span", {
        className: `badge ${verdict === "approve" ? "good" : "bad"}`,
        textContent: verdict === "approve" ? "Approve" : "Reject",
      });
      const remove = ListingTools.make("button", { type: "button", className: "plain-button", textContent: "Take out" });
      remove.setAttribute("aria-label", `Take out: ${name.textContent}`);
      remove.addEventListener("click", () => { basket.set(row, null); basket.tell(); });
      const cells = [
        ListingTools.make("td", {}, badge), ListingTools.make("td", { textContent: comment.trim() }),
        ListingTools.make("td", {}, ListingTools.make("code", { textContent: groups(row.tr.dataset.digest ?? "") })),
        ListingTools.make("td", {}, remove),
      ];
      cells.forEach((cell, index) => { cell.dataset.label = ["Decision", "Comment", "Effect digest", ""][index]; });
      return ListingTools.make("tr", {}, name, ...cells);
    });
    table.tBodies[0].replaceChildren(...fresh);
  }

  /* Whether the file can be made; else what is wrong is said, and the first place of it is shown. */
  isReady() {
    const problems = this.basket.problems();
    if (problems.length === 0) return true;
    const [{ row, problem }] = problems;
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
    this.say(`Not saved. ${problem}${more}.`);
    if (row.note !== null && this.basket.problem(row) !== null) {
      if (!row.isShown) this.tools.clear();
      row.note.querySelector("input").focus();
    }
    return false;
  }

  download() {
    if (!this.isReady()) return;
    saveFile(this.basket.fileName(), "application/json", this.basket.json());
    this.basket.markSaved();
    this.say(`${this.basket.decisions.size} saved as a decisions file. It counts once it is handed back: countersign apply FILE.`);
  }

  async copy() {
    if (!this.isReady()) return;
    const text = this.basket.lines();
    const area = this.section.querySelector("textarea");
    area.value = text;
    area.hidden = false;
    try {
      await navigator.clipboard.writeText(text);
      this.say("Copied: one line a decision. The text stands below too.");
    } catch {
      area.select();
      this.say("Copy the text below: one line a decision.");
    }
    this.basket.markSaved();
  }

  empty() {
    for (const row of this.basket.rows) this.basket.set(row, null);
    this.basket.saved = "";
    this.basket.savedAt = null;
    this.section.querySelector("textarea").hidden = true;
    this.basket.tell();
    this.say("Nothing is decided on this page.");
  }
}

/* The first 20 characters of a digest, as pages, ballots and orders print it. */
function groups(digest) { return digest.slice(0, 20).replace(/(.{4})(?=.)/g, "$1 "); }
