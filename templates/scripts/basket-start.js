/* The basket of a page with pending actions. */
for (const [index, listing] of listings.entries()) {
  if (listing.root.querySelector(".basket") === null) continue;
  const view = new BasketView(new Basket(listing), listingTools[index]);
  const keys = new BasketKeys(view);
  listing.changed.push(() => view.dropHidden());

  // Another page names an action: it is shown and selected, and a person still presses the button.
  const select = () => {
    const words = new URLSearchParams(location.hash.slice(1));
    const id = words.get("select");
    const { page } = listing.root.dataset;
    if (id === null || (page !== undefined && words.get("p") !== page)) return;
    const row = listing.row(id);
    if (row === undefined) {
      const day = words.get("day") ?? "";
      // A list in parts: the page with all of them, else the part of the day.
      const part = document.querySelector(".parts a[data-all]")
        ?? [...document.querySelectorAll(".parts a")].find((link) => day !== "" && link.textContent.startsWith(day));
      if (part !== null && part !== undefined) {
        location.replace(part.href + location.hash);
        return;
      }
      view.say(`The action ${id} is not on this page: look into the parts of the list, or decide it on its own page.`);
      return;
    }
    if (!row.isShown) listingTools[index].clear();
    view.pick(row, true);
    view.showBulk();
    keys.show(row);
    row.tr.scrollIntoView({ block: "center" });
  };
  select();
  window.addEventListener("hashchange", select);

  // A page can be old: what has lapsed since would be refused.
  const notice = listing.root.querySelector(".over-notice");
  const tellOver = () => {
    const now = new Date().toISOString();
    const over = listing.rows.filter((row) => {
      const end = row.tr.querySelector(".ends time")?.dateTime;
      return end !== undefined && end < now;
    });
    for (const row of over) {
      if (row.tr.classList.contains("over")) continue;
      row.tr.classList.add("over");
      const left = row.tr.querySelector(".ends strong");
      if (left !== null) left.textContent = "Lapsed by this clock";
    }
    if (over.length === 0) return;
    notice.textContent = `By this computer's clock (${now.slice(0, 16).replace("T", " ")} Z) ${over.length} of these lapsed since this page was made.`;
    notice.hidden = false;
  };
  // A site made under a given time (demos, tests) is not of today.
  if (listing.root.dataset.clock !== "given") {
    tellOver();
    setInterval(tellOver, 60000);
  }
}
