/* Decisions files that come back into the page: a draft to go on with, or one that was handed back already. */
class BasketFiles {
  constructor(basket) { this.basket = basket; }

  /* The rows of a decisions file that this page knows; a sentence where it is none. */
  async read(file) {
    if (file.size > 8 << 20) return { problem: `${file.name} is larger than a decisions file can be.` };
    let parsed;
    try {
      parsed = JSON.parse(await file.text());
    } catch {
      return { problem: `${file.name} is no decisions file: it is not JSON.` };
    }
    if (parsed?.format !== "countersign-decisions/1" || !Array.isArray(parsed.decisions)) {
      return { problem: `${file.name} is no decisions file.` };
    }
    const rows = [];
    let absent = 0;
    for (const one of parsed.decisions) {
      const id = String(one?.action ?? "").split("/").pop();
      const row = this.basket.listing.row(id);
      if (row === undefined || (one.verdict !== "approve" && one.verdict !== "reject")) absent += 1;
      else rows.push({ row, ...one });
    }
    return { rows, absent, name: file.name };
  }

  /* Takes a draft's decisions, where the page offers just these. */
  async takeDraft(file) {
    const { problem, rows, absent, name } = await this.read(file);
    if (problem !== undefined) return problem;
    const wasEmpty = this.basket.decisions.size === 0;
    let taken = 0;
    let stale = 0;
    let other = 0;
    for (const { row, verdict, token, comment } of rows) {
      if (this.basket.offer(row, verdict)?.decisions[0].token !== token) { stale += 1; continue; }
      const before = this.basket.verdict(row);
      if (before !== null && before !== verdict) other += 1;
      this.basket.set(row, verdict, typeof comment === "string" ? comment : "");
      taken += 1;
    }
    // Only a basket that is the file, and nothing else, is saved already.
    if (wasEmpty && stale + absent === 0) this.basket.markSaved(); else this.basket.tell();
    const changed = other === 0 ? "" : `, ${other} of them decided otherwise here before`;
    return BasketFiles.sentence(`${taken} taken from ${name}${changed}`, [
      [stale, "for an effect or a token that is no longer offered here"], [absent, "not on this page"],
    ]);
  }

  /* Marks the rows of a file that was handed back. */
  async markHandedBack(file) {
    const { problem, rows, absent, name } = await this.read(file);
    if (problem !== undefined) return problem;
    for (const { row, verdict } of rows) {
      if (this.basket.decisions.has(row)) this.basket.set(row, null);
      row.tr.classList.add("handed");
      const cell = row.tr.querySelector(".decision-cell");
      cell.querySelector(".handed-word")?.remove();
      const word = verdict === "approve" ? "Approval handed back" : "Rejection handed back";
      cell.append(ListingTools.make("span", { className: "sub handed-word", textContent: word }));
      row.whole = null;
    }
    this.basket.tell();
    return BasketFiles.sentence(`${rows.length} marked as handed back in ${name}`, [[absent, "not on this page"]]);
  }

  static sentence(start, rest) {
    const left = rest.filter(([count]) => count > 0).map(([count, why]) => `${count} left out: ${why}`);
    return `${[start, ...left].join("; ")}.`;
  }
}
