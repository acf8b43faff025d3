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
    this.news = this.section.querySelector(".news");
    this.toast = root.querySelector(".toast");
    this.picked = new Set();
    this.byElement = new Map(this.listing.rows.map((row) => [row.tr, row]));
    this.makeBoxes();
    this.listen();
    basket.changed.push(() => this.show());
    this.section.hidden = false;
    // Beside the basket itself its tray is in the way.
    new IntersectionObserver(([entry]) => {
      this.isAtBasket = entry.isIntersecting;
      this.tray.hidden = this.isAtBasket || this.basket.decisions.size === 0;
    }).observe(this.section.querySelector(".buttons"));
    this.show();
  }

  makeBoxes() {
    for (const row of this.listing.rows) {
      const box = ListingTools.make("input", { type: "checkbox" });
      box.setAttribute("aria-label", `Select: ${Basket.nameOf(row)}`);
      row.tr.cells[0].append(box);
      row.box = box;
    }
    this.tools.dressers.push((chunk, isShown) => {
      const place = chunk.querySelector("thead .pick");
      const box = place.querySelector(".all");
      if (isShown && box === null) {
        const all = ListingTools.make("input", { type: "checkbox", className: "all" });
        const lane = chunk.closest(".lane-card")?.querySelector("h2").textContent ?? "sorted rows";
        all.setAttribute("aria-label", `Select every row that is shown of: ${lane}`);
        place.append(all);
      } else if (!isShown) box?.remove();
    });
    const everything = ListingTools.make("button", {
      type: "button", className: "plain-button narrow-only", textContent: "Select all shown",
    });
    everything.addEventListener("click", () => {
      for (const row of this.listing.window) this.pick(row, true);
      this.showBulk();
    });
    this.tools.form.querySelector(".actions").prepend(everything);
    this.tools.dress();
  }

  pick(row, wanted) {
    const isPicked = wanted && this.basket.canDecide(row);
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
      this.decide(this.rowOf(link), Basket.verdictOf(link));
    });
    root.addEventListener("keydown", (event) => {
      if (event.key !== " " || !event.target.matches("a.choose")) return;
      event.preventDefault();
      event.target.click();
    });
    root.addEventListener("change", (event) => {
      const box = event.target;
      if (box.matches("tbody .pick input")) this.pick(this.rowOf(box), box.checked);
      else if (box.matches(".pick .all")) {
        const run = box.closest(".lane-card, .sorted");
        for (const row of this.listing.window) if (run.contains(row.tr)) this.pick(row, box.checked);
      }
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
    press("undo", () => this.undo());
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

  /* Says it where people are, and keeps it beside the basket. */
  say(text) {
    this.news.textContent = text;
    this.toast.textContent = text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.toast.textContent = ""; }, 12000);
  }

  /* Decides a row as a person does, and tells what that came to. */
  decide(row, verdict) {
    if (row.tr.classList.contains("handed")) return this.say("This decision was handed back already.");
    if (!this.basket.canDecide(row)) return this.say("There is no token for this action here: see its page.");
    this.basket.decide(row, verdict);
    const word = { approve: "Approved", reject: "Rejected" }[this.basket.verdict(row)] ?? "Taken back";
    const problem = row.note === null ? null : this.basket.problem(row);
    const name = Basket.nameOf(row);
    const short = name.length > 60 ? `${name.slice(0, 59)}…` : name;
    this.say(`${word}: ${short}. ${problem === null ? "" : `${problem}. `}${this.basket.decisions.size} decided here.`);
    row.note?.scrollIntoView({ block: "nearest" });
  }

  /* Rows that the filter hides are no longer selected: nobody sees them. */
  dropHidden() {
    for (const row of [...this.picked]) if (!row.isShown) this.pick(row, false);
    this.uncheckAll();
    this.showBulk();
  }

  pickNone() {
    for (const row of [...this.picked]) this.pick(row, false);
    this.uncheckAll();
    this.showBulk();
  }

  uncheckAll() { for (const box of this.listing.root.querySelectorAll(".pick .all")) box.checked = false; }

  decideAll(verdict) {
    const input = this.bulk.querySelector("[name=comment]");
    const comment = input.value.trim();
    let other = 0;
    for (const row of this.picked) {
      if (!this.basket.canDecide(row)) continue;
      if (![null, verdict].includes(this.basket.verdict(row))) other += 1;
      this.basket.set(row, verdict, comment === "" ? undefined : comment);
    }
    const count = this.picked.size;
    input.value = "";
    this.basket.tell();
    this.pickNone();
    const before = other === 0 ? "" : `, ${other} of them decided otherwise before`;
    this.say(`${count} ${verdict === "approve" ? "approved" : "rejected"}${before}. ${this.basket.decisions.size} decided here.`);
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
    this.tray.hidden = all === 0 || this.isAtBasket === true;
    this.tray.querySelector(".sum").textContent = sum;
    const time = basket.savedAt === null ? undefined : `${basket.savedAt.toISOString().slice(11, 16)} Z`;
    let state = "Not handed back yet";
    if (time !== undefined && !basket.isDirty) state = `Saved at ${time}: hand the file back`;
    else if (time !== undefined) state = `Saved at ${time}, ${noun(basket.touched.size, "change", "changes")} since`;
    this.tray.querySelector(".state").textContent = state;
    for (const name of ["download", "copy", "empty"]) this.section.querySelector(`[name=${name}]`).disabled = all === 0;
    this.section.querySelector(".signing").hidden = !basket.rows.some((row) => row.tr.dataset.signed !== undefined);
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.showItems());
  }

  showItems() {
    const { basket } = this;
    const table = this.section.querySelector("table");
    table.hidden = basket.decisions.size === 0;
    const most = 200;
    this.section.querySelector(".rest").textContent = basket.decisions.size > most
      ? `and ${basket.decisions.size - most} more, all of them in the file` : "";
    const fresh = basket.rows.slice(0, most).map((row) => {
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
      remove.addEventListener("click", () => this.takeOut(row));
      const problem = basket.problem(row);
      const words = ListingTools.make("td", { textContent: comment.trim() });
      if (problem !== null) words.append(ListingTools.make("span", { className: "problem", textContent: problem }));
      const cells = [
        ListingTools.make("td", {}, badge), words,
        ListingTools.make("td", {}, ListingTools.make("code", { textContent: groups(row.tr.dataset.digest ?? "") })),
        ListingTools.make("td", {}, remove),
      ];
      cells.forEach((cell, index) => { cell.dataset.label = ["Decision", "Comment", "Effect digest", ""][index]; });
      return ListingTools.make("tr", {}, name, ...cells);
    });
    table.tBodies[0].replaceChildren(...fresh);
  }

  takeOut(row) {
    const place = this.basket.rows.indexOf(row);
    this.basket.set(row, null);
    this.basket.tell();
    this.showItems();
    const buttons = this.section.querySelectorAll("tbody button");
    (buttons[Math.min(place, buttons.length - 1)] ?? this.section.querySelector("h2")).focus();
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
      return this.say("Copy the text below: one line a decision.");
    }
    this.basket.markSaved();
  }

  empty() {
    this.dropped = new Map(this.basket.decisions);
    for (const row of this.basket.rows) this.basket.set(row, null);
    this.basket.touched.clear();
    this.basket.savedAt = null;
    this.section.querySelector("textarea").hidden = true;
    this.basket.tell();
    this.say(`${this.dropped.size} decisions dropped.`);
    const undo = this.section.querySelector("[name=undo]");
    undo.hidden = false;
    undo.focus();
  }

  undo() {
    for (const [row, { verdict, comment }] of this.dropped) this.basket.set(row, verdict, comment);
    this.basket.tell();
    this.say(`${this.dropped.size} decisions are back.`);
    this.section.querySelector("[name=undo]").hidden = true;
    this.section.querySelector("[name=download]").focus();
  }
}

/* The first 20 characters of a digest, as pages, ballots and orders print it. */
function groups(digest) { return digest.slice(0, 20).replace(/(.{4})(?=.)/g, "$1 "); }
