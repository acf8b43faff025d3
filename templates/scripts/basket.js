/* The decisions made on this page, until the reviewer hands them back. They live in the page alone: nothing is stored, and
   nothing leaves before a person presses a button. */
class Basket {
  static commentBytes = 1024;

  constructor(listing) {
    this.listing = listing;
    this.facts = listing.root.dataset;
    this.decisions = new Map();
    /* The rows whose decisions are not those that were saved last. */
    this.touched = new Set();
    this.savedAt = null;
    this.changed = [];
    for (const row of listing.rows) this.makeButtons(row);
  }

  /* Without a script the two links of a row save a file each; here they choose. */
  makeButtons(row) {
    const name = Basket.nameOf(row);
    for (const choice of row.tr.querySelectorAll(".choose")) {
      choice.setAttribute("aria-label", `${choice.textContent}: ${name}`);
      if (choice.tagName === "A") choice.setAttribute("role", "button");
      choice.setAttribute("aria-pressed", "false");
    }
  }

  /* What people know a row by. */
  static nameOf(row) {
    return `${row.tr.querySelector(".go").textContent}, ${row.tr.querySelector(".target").textContent}`;
  }

  static verdictOf(link) { return link.classList.contains("approve") ? "approve" : "reject"; }

  /* What was handed back already is not decided again here. */
  canDecide(row) { return !row.tr.classList.contains("handed") && row.tr.querySelector(".choose") !== null; }

  /* The decision as the row's own file has it: action, token and verdict. */
  offer(row, verdict) {
    row.offers ??= {};
    row.offers[verdict] ??= this.read(row, verdict);
    return row.offers[verdict];
  }

  read(row, verdict) {
    const choice = row.tr.querySelector(`.choose.${verdict}`);
    if (choice === null) return null;
    if (choice.tagName === "A") return JSON.parse(atob(choice.href.slice(choice.href.indexOf(",") + 1)));
    const { action, tokens } = row.tr.dataset;
    const [approve, reject] = tokens.split(" ");
    const decision = { action, token: verdict === "approve" ? approve : reject, verdict };
    return { decisions: [decision], format: "countersign-decisions/1", issuer: this.facts.issuer, site: this.facts.site };
  }

  verdict(row) { return this.decisions.get(row)?.verdict ?? null; }

  /* Decides a row; the same verdict again takes it back. */
  decide(row, verdict) {
    if (!this.canDecide(row)) return;
    if (this.verdict(row) === verdict) this.set(row, null); else this.set(row, verdict);
    this.tell();
  }

  set(row, verdict, comment) {
    const old = this.decisions.get(row);
    this.touched.add(row);
    this.decisions.delete(row);
    // A reason belongs to its verdict: what was written for the other one waits there.
    row.drafts ??= {};
    if (old !== undefined) row.drafts[old.verdict] = old.comment;
    if (verdict !== null) this.decisions.set(row, { verdict, comment: comment ?? row.drafts[verdict] ?? "" });
    for (const link of row.tr.querySelectorAll(".choose")) {
      link.setAttribute("aria-pressed", String(Basket.verdictOf(link) === verdict));
    }
    row.tr.classList.toggle("approving", verdict === "approve");
    row.tr.classList.toggle("rejecting", verdict === "reject");
    this.showNote(row);
  }

  comment(row, text) {
    const decision = this.decisions.get(row);
    if (decision === undefined) return;
    decision.comment = text;
    this.touched.add(row);
    if (row.note !== null) {
      const input = row.note.querySelector("input");
      if (input.value !== text) input.value = text;
      this.showProblem(row);
    }
  }

  /* A line below the row for the comment. */
  showNote(row) {
    if (!this.decisions.has(row)) {
      row.note?.remove();
      row.note = null;
      return;
    }
    if (row.note === null) {
      const input = ListingTools.make("input", { type: "text", maxLength: Basket.commentBytes, autocomplete: "off" });
      input.addEventListener("input", () => { this.comment(row, input.value); this.tell(); });
      input.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === "Escape") row.tr.querySelector(".go").focus();
      });
      const label = ListingTools.make("label", {}, ListingTools.make("span", { textContent: "Comment" }), input);
      const hint = ListingTools.make("span", { className: "hint" });
      const cell = ListingTools.make("td", { colSpan: row.tr.cells.length }, label, hint);
      row.note = ListingTools.make("tr", { className: "note" }, cell);
      row.tr.after(row.note);
    }
    row.note.querySelector("input").value = this.decisions.get(row).comment;
    this.showProblem(row);
  }

  showProblem(row) {
    const problem = this.problem(row);
    const input = row.note.querySelector("input");
    row.note.querySelector(".hint").textContent = problem ?? (this.needsComment(row) ? "" : "Not needed");
    row.note.classList.toggle("wanting", problem !== null);
    if (problem === null) input.removeAttribute("aria-invalid"); else input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-label", `Comment on: ${Basket.nameOf(row)}. ${problem ?? ""}`);
  }

  needsComment(row) {
    const asked = row.tr.dataset.comment ?? "off";
    return asked === "all" || asked === this.verdict(row);
  }

  /* Why the decision would be refused for its comment; the rule is the policy's, judged again when it is handed in. */
  problem(row) {
    const text = this.decisions.get(row).comment.trim();
    if (new TextEncoder().encode(text).length > Basket.commentBytes) return `Too long: ${Basket.commentBytes} bytes at most`;
    if (!this.needsComment(row)) return null;
    const least = Number(row.tr.dataset.least ?? 1);
    if (/[\p{L}\p{N}]|[^\x00-\x7F]/u.test(text) && [...text].length >= least) return null;
    const what = this.verdict(row) === "reject" ? "A rejection" : "An approval";
    return least > 1 ? `${what} needs a reason of ${least} characters or more` : `${what} needs a reason`;
  }

  get rows() { return [...this.decisions.keys()]; }

  count(verdict) { return [...this.decisions.values()].filter((one) => one.verdict === verdict).length; }

  /* Everything that stops the file from being made. */
  problems() {
    const found = [];
    for (const row of this.rows) {
      const problem = this.problem(row);
      if (problem !== null) found.push({ row, problem });
    }
    const kinds = new Map();
    for (const row of this.rows) {
      const { kind, most } = row.tr.dataset;
      if (most === undefined) continue;
      kinds.set(kind, { most: Number(most), count: (kinds.get(kind)?.count ?? 0) + 1, row });
    }
    for (const { most, count, row } of kinds.values()) {
      if (count <= most) continue;
      const name = row.tr.querySelector(".go").textContent;
      found.push({ row, problem: `${name}: policy takes ${most} in one file, these are ${count}. Hand back some, then the rest` });
    }
    return found;
  }

  /* The decisions file (docs/formats/decisions.md). */
  file(made) {
    const { head, reviewer } = this.facts;
    const decisions = [];
    let frame = {};
    for (const row of this.rows) {
      const { verdict, comment } = this.decisions.get(row);
      const { decisions: [offer], ...rest } = this.offer(row, verdict);
      frame = rest;
      const text = comment.trim();
      decisions.push({ action: offer.action, verdict, ...(text === "" ? {} : { comment: text }), token: offer.token });
    }
    return {
      ...frame, ...(reviewer === undefined ? {} : { reviewer }), ...(head === undefined ? {} : { checkpoint: head }),
      ...(made === undefined ? {} : { made }), decisions,
    };
  }

  json() { return `${JSON.stringify(this.file(Basket.now()), null, 1)}\n`; }

  /* The same as lines of text: a token, a blank, the comment. */
  lines() {
    return this.file().decisions.map((one) => (one.comment === undefined ? one.token : `${one.token} ${one.comment}`))
      .join("\n");
  }

  static now() { return `${new Date().toISOString().slice(0, 19)}Z`; }

  fileName() { return `decisions-${this.offerIssuer()}-${Basket.now().replace(/[-:]/g, "").slice(0, 13)}.json`; }

  offerIssuer() { return this.file().issuer ?? "site"; }

  get isDirty() { return this.touched.size > 0 && this.decisions.size > 0; }

  markSaved() {
    this.touched.clear();
    this.savedAt = new Date();
    this.tell();
  }

  tell() { for (const done of this.changed) done(); }
}
