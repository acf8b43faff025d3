/* A whole site in one page: one section is shown at a time, the one that the address names. Without scripts all of them stand one
   after the other, and the same links lead to them. */
const sections = [...document.querySelectorAll("section.page")];

function showSection() {
  const words = location.hash.slice(1);
  const name = words.includes("=") ? new URLSearchParams(words).get("p") : words;
  const target = name === null || name === "" ? null : document.getElementById(name);
  const shown = target?.closest("section.page") ?? sections[0];
  for (const section of sections) section.classList.toggle("shown", section === shown);
  document.title = shown.dataset.title;
  for (const link of document.querySelectorAll("nav.main a")) {
    const isCurrent = link.hash === `#${shown.id}` || (/^[ai]-/.test(shown.id) && link.hash === "#investigations");
    if (isCurrent) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
  }
  if (target !== null && target !== shown) target.scrollIntoView(); else window.scrollTo(0, 0);
}
showSection();
window.addEventListener("hashchange", showSection);
