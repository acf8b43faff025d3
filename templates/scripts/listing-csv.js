/* The rows that the filter leaves, as a table for a spreadsheet (RFC 4180; formulas are made harmless as OWASP advises). */
class ListingCSV {
  constructor(listing) { this.listing = listing; }

  static cell(text, isNumber = false) {
    const isFormula = !isNumber && /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(text);
    return `"${(isFormula ? "'" : "") + text.replaceAll('"', '""')}"`;
  }

  text() {
    const { listing } = this;
    const columns = listing.columns.filter((column) =>
      column.key !== "" && !listing.root.classList.contains(`hide-${column.index + 1}`));
    const extra = listing.rows.some((row) => row.tr.dataset.digest !== undefined);
    const lines = [[...columns.map((column) => ListingCSV.cell(column.name)), ...(extra ? ['"Effect digest"'] : [])]];
    for (const row of listing.shown) {
      const cells = columns.map((column) => {
        const cell = row.tr.cells[column.index];
        if (column.type === "time") return ListingCSV.cell(cell.querySelector("time")?.dateTime ?? "");
        if (column.type === "number") {
          const number = listing.value(row, column);
          return ListingCSV.cell(number < 0 ? "" : String(number), true);
        }
        return ListingCSV.cell(ListingCSV.words(cell));
      });
      lines.push([...cells, ...(extra ? [ListingCSV.cell(row.tr.dataset.digest ?? "")] : [])]);
    }
    return `\uFEFF${lines.map((cells) => cells.join(",")).join("\r\n")}\r\n`;
  }

  /* A cell's text; its lines with a bar between them. */
  static words(cell) {
    const parts = [];
    for (const node of cell.childNodes) {
      const text = node.textContent.trim().replace(/\s+/g, " ");
      if (text === "") continue;
      const isLine = node.nodeType === Node.ELEMENT_NODE && /^(sub|target)\b/.test(node.className);
      if (isLine || parts.length === 0) parts.push(text); else parts[parts.length - 1] += ` ${text}`;
    }
    return parts.join(" | ");
  }

  save() {
    saveFile(`${this.listing.name}.csv`, "text/csv;charset=utf-8", this.text());
  }
}

/* Hands a file to the browser's own download. */
function saveFile(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Revoking too early ends the download in some browsers.
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
