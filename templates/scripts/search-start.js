/* The search page: a row shows what of it was found, and the other pages of the search take the question along. */
for (const [index, listing] of listings.entries()) {
  const { marks } = listing.root.dataset;
  if (marks === undefined) continue;
  const tools = listingTools[index];
  const few = 4;

  const showFound = () => {
    const words = Listing.plain(listing.state.q).split(/\s+/).filter((word) => word !== "");
    for (const row of listing.window) {
      const items = [...row.tr.querySelectorAll(marks)];
      const found = words.length === 0 ? [] : items.filter((item) => {
        const text = Listing.plain(item.textContent);
        return words.some((word) => text.includes(word));
      });
      for (const list of row.tr.querySelectorAll(".found ul")) {
        const own = [...list.children];
        // Found by its name: then its first values stand for it.
        const shown = found.some((item) => own.includes(item)) ? own.filter((item) => found.includes(item)) : own.slice(0, few);
        for (const item of own) item.hidden = !shown.includes(item);
      }
      for (const item of items) item.classList.toggle("hit", found.includes(item));
    }
  };
  listing.changed.push(showFound);
  showFound();

  for (const link of document.querySelectorAll(".keep-address a")) {
    link.addEventListener("click", () => { link.hash = location.hash; });
  }
  if (listing.state.q === "" && listing.root.dataset.page === undefined) tools.find.focus();
}
