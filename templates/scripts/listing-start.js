/* Makes the lists of a page work: the last of a page's scripts. */
const listings = [...document.querySelectorAll("[data-listing]")].map((root) => new Listing(root));
document.documentElement.classList.add("scripted");
const listingTools = listings.map((listing) => new ListingTools(listing));

function takeAddress() {
  const words = new URLSearchParams(location.hash.slice(1));
  for (const tools of listingTools) {
    const { page } = tools.listing.root.dataset;
    if (page === undefined ? !words.has("p") : words.get("p") === page) tools.take(words);
  }
}
// The page with everything takes the filter along.
for (const link of document.querySelectorAll(".parts a[data-all]")) {
  link.addEventListener("click", () => { link.hash = location.hash; });
}
takeAddress();
for (const { listing } of listingTools) if (listing.window === undefined) listing.apply();
window.addEventListener("hashchange", takeAddress);
