"""What a page is made of, as the browser read it, and what of that must never be there."""

import base64
import collections
import hashlib
import re

# Marks beside a text that tell what the sanitiser found in it: these a harmless twin does not have.
REMARKS = ("span.badge.odd", "span.sub")
# What Markdown from outside may become inside its frame.
MARKDOWN = (
    "p",
    "em",
    "strong",
    "code",
    "pre",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "hr",
    "br",
    "bdi",
    "span",
)
LINK = re.compile(
    r"(?:\.{1,2}/)*[a-z0-9][a-z0-9./-]*\.(?:html|css)(?:#[a-z0-9=&-]+)?|#[a-z0-9-]+"
    r"|data:application/json;base64,[A-Za-z0-9+/=]*|mailto:\S*"
)
ICON = "data:image/svg+xml,"

SCRIPT = r"""
const found = {signatures: [], tags: {}, markdown: [], handlers: [], links: [], ids: [], scripts: [], data: [],
               policy: "", icons: [], texts: [], nested: 0, unseen: []};
const signatures = new Set();
const unseen = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
for (const one of document.querySelectorAll("*")) {
  const names = one.getAttributeNames().sort();
  for (const name of names) {
    const value = one.getAttribute(name);
    if (/^on|^style$|^srcdoc$/i.test(name)) { found.handlers.push(one.localName + " " + name); }
    if (/^(.*:)?href$|^(src|srcset|action|formaction|data|poster|background|ping|cite|xlink:href)$/i.test(name)) {
      if (one.localName === "link" && one.rel === "icon") { found.icons.push(value); } else { found.links.push(value); }
    }
    if (name === "id" || name === "name" && one.localName !== "meta") { found.ids.push(value); }
  }
  if (one.localName === "script" && one.getAttribute("type") === "application/json") {
    try { JSON.parse(one.textContent); } catch (error) { found.data.push(String(error)); }
  } else if (one.localName === "script") {
    found.scripts.push(one.textContent);
  }
  if (one.localName === "meta" && one.httpEquiv === "Content-Security-Policy") { found.policy += one.content; }
  if (one.localName === "bdi") {
    found.texts.push(one.textContent);
    found.nested += one.querySelectorAll(":not(bdi)").length;
    if (unseen.test(one.textContent)) { found.unseen.push(one.textContent); }
  }
  if (one.parentElement !== null && one.parentElement.closest(".quoted") !== null) {
    found.markdown.push([one.localName, names.join(" ")]);
    continue;
  }
  if (one.closest("span.badge.odd, dd span.sub, h3 span.sub, .label span.sub, .target span.sub") !== null) {
    signatures.add("remark " + one.localName + names.join(" "));
    continue;
  }
  found.tags[one.localName] = (found.tags[one.localName] || 0) + 1;
  signatures.add([one.localName, ...[...one.classList].sort()].join(".") + "[" + names.join(" ") + "]");
}
found.signatures = [...signatures];
return found;
"""
REMARK_SIGNATURES = {"remark spanclass", "remark code", "remark bdi"}


def counts(found):
    """How many elements of each tag, remarks and Markdown from outside not counted, nor the lines that a label in a drawing takes."""
    return tuple(sorted((tag, count) for tag, count in found["tags"].items() if tag != "text"))


def foreign(found, known):
    """The elements that no known page has."""
    return sorted(set(found["signatures"]) - known - REMARK_SIGNATURES)


def faults(found):
    """Yields what may stand on no page."""
    yield from (f"a handler or a style: {one}" for one in found["handlers"])
    yield from (f"a link leads elsewhere: {one[:80]}" for one in found["links"] if not LINK.fullmatch(one))
    yield from (f"an icon from elsewhere: {one[:80]}" for one in found["icons"] if not one.startswith(ICON))
    yield from (f"an id that is not ours: {one[:80]}" for one in found["ids"] if not re.fullmatch(r"[a-z0-9-]+", one))
    yield from (f"an invisible character: {one[:80]!r}" for one in found["unseen"])
    yield from (f"data of the page that cannot be read: {one[:80]}" for one in found["data"])
    if found["nested"]:
        yield "an element inside a text from outside"
    for tag, names in found["markdown"]:
        if tag not in MARKDOWN or names not in ("", "class", "start"):
            yield f"Markdown became {tag} {names}"
    for name, number in collections.Counter(found["ids"]).items():
        if number > 1:
            yield f"an id stands twice: {name}"
    for text in found["scripts"]:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        if f"'sha256-{digest}'" not in found["policy"]:
            yield f"a script that the policy does not name: {text[:60]!r}"
