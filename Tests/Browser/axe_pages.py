#!/usr/bin/env python3
"""Checks the pages of the demo's site, and the digest mail, with axe: every rule of WCAG 2.2 A and AA that it has, and for
pages its good practice.

Usage: axe_pages.py COUNTERSIGN

COUNTERSIGN is a built binary. A page of every kind is opened in Chromium, light and dark, wide and narrow, everything
that folds opened. The rules are put into the page by WebDriver, for the pages allow no script but their own. Prints
each violation once with rule, page and the place, and a last line; exit status 0 only where there is none.

Needs, from the system: chromium, chromium-driver. From PyPI: selenium, and axe-playwright-python for the axe.min.js
in it.
"""

import importlib.util
import os
import sys
import tempfile

import browsers
import workspaces

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MAIL_RULES = RULES[:-1]  # landmarks and the like are for pages
SIZES = {"wide": (1280, 900), "narrow": (390, 844)}
MAIL_SIZES = {"wide": (800, 900), "narrow": (320, 844)}
RUN = """
const [rules, done] = arguments;
for (const change of document.getAnimations()) { change.finish(); }  // colours on their way from light to dark
axe.run(document, {runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]}).then(
  result => done(result.violations.flatMap(rule => rule.nodes.map(node => [
    rule.id, node.target.join(" "), [...node.any, ...node.all, ...node.none].map(check => check.message).join("; ")]))),
  error => done([["axe itself", "", String(error)]]));
"""


def rules_text():
    """The text of axe.min.js."""
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None:
        raise browsers.Missing("axe is not installed: pip install axe-playwright-python")
    with open(os.path.join(os.path.dirname(found.origin), "axe.min.js"), encoding="utf-8") as file:
        return file.read()


def judge(page, path, axe, rules=RULES, sizes=SIZES):
    """The violations of a page as (dark or light, wide or narrow) and axe's words."""
    page.open(path)
    page.run("for (const one of document.querySelectorAll('details')) { one.open = true; }")
    page.run(axe)
    for width, size in sizes.items():
        page.resize(*size)
        for dark in (False, True):
            page.dark(dark)
            for words in page.run_later(RUN, rules):
                yield f"{'dark' if dark else 'light'} {width}", *words


def bites(page, folder, axe):
    """Whether a page with known faults is found out."""
    path = os.path.join(folder, "faults.html")
    with open(path, "w", encoding="utf-8") as file:
        file.write(
            '<!DOCTYPE html><html><title>Faults</title><main><h1>x</h1><img src="data:,"><input>'
            '<p style="color:#999;background:#fff">pale</p></main></html>'
        )
    found = {rule for _, rule, _, _ in judge(page, path, axe)}
    return found >= {"html-has-lang", "image-alt", "label", "color-contrast"}


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 64
    with tempfile.TemporaryDirectory() as scratch:
        workspace = os.path.join(os.path.realpath(scratch), "demo")
        workspaces.demo(os.path.abspath(sys.argv[1]), workspace)
        try:
            axe = rules_text()
            page = browsers.start("chromium")
        except browsers.Missing as missing:
            print(f"axe_pages: {missing}", file=sys.stderr)
            return 69
        seen, pages, nodes = {}, 0, 0
        with page:
            if not bites(page, scratch, axe):
                print("axe_pages: axe does not find the faults of a page that has some", file=sys.stderr)
                return 1
            found = [(kind, path, RULES, SIZES) for kind, path in workspaces.kinds(workspace)]
            mail = workspaces.digest_page(os.path.abspath(sys.argv[1]), workspace, os.path.join(scratch, "mail"))
            for kind, path, rules, sizes in found + [("digest", mail, MAIL_RULES, MAIL_SIZES)]:
                pages += 1
                for look, rule, place, message in judge(page, path, axe, rules, sizes):
                    nodes += 1
                    seen.setdefault((kind, rule, place, message), []).append(look)
    for (kind, rule, place, message), looks in seen.items():
        print(f"axe_pages: {kind}: {rule}: {place[:160]}: {message[:240]} ({', '.join(looks)})", file=sys.stderr)
    print(f"axe_pages: {pages} pages, light and dark, wide and narrow: {nodes} violations")
    return 1 if nodes or pages < 8 else 0


if __name__ == "__main__":
    sys.exit(main())
