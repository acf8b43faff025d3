#!/usr/bin/env python3
"""Opens pages made from attack strings in Chromium and Firefox: not one of them may become more than text.

Usage: hostile_pages.py COUNTERSIGN [--sample N] [--browser chromium|firefox]

COUNTERSIGN is a built binary. The strings (COUNTERSIGN_SHARED/corpora: naughty strings, script injections; N of them
with --sample) become names, subjects, addresses, file names, ids, kinds, summaries and comments of an export, and a
twin export of the same shape has harmless words instead. Every page of an action or investigation and every list is
opened, scripts on. It holds where:
- the page has as many elements of each tag as a page of the twin, and no element with a class or an attribute that
  the twin does not have;
- no attribute is a handler; links go to pages of the site or to a download in the page; a script is one the policy
  names;
- texts stand there exactly as they were, and none holds a character that cannot be seen;
- no prompt opens, nothing is asked of the network, and the console stays silent.
To show that all this can fail, a page with a raw payload is opened too, with its policy and without. Prints each
wrong thing and a last line; exit status 0 only where there is none.

Needs, from the system: chromium, chromium-driver, firefox-esr. From PyPI: selenium, marionette-driver.
"""

import argparse
import collections
import concurrent.futures
import glob
import os
import re
import sys
import tempfile
import time

import browsers
import hostile_export
import page_shape
import workspaces

PAYLOAD = """<img src="http://beacon.example/p.gif" onerror="1"><svg onload="alert('fired')"></svg>
<a href="javascript:1">x</a>"""
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


def pages(folder):
    """The pages of a site, as (kind, path)."""
    site = os.path.join(folder, "site")
    for path in sorted(glob.glob(os.path.join(site, "**", "*.html"), recursive=True)):
        parts = os.path.relpath(path, site).split(os.sep)
        yield (parts[0] if parts[0] in ("a", "i") else "/".join(parts)), path


def some(pages, most=16):
    """All lists, and a few of the pages that are alike."""
    taken = collections.Counter()
    for kind, path in pages:
        taken[kind] += 1
        if taken[kind] <= most:
            yield kind, path


def look(page, path):
    """What a page holds, or the text of the prompt it opened."""
    page.open(path)
    prompt = page.dialog()
    if prompt is not None:
        page.answer(False)
        return None, [f"a prompt opens: {prompt[:60]}"]
    found = page.run(page_shape.SCRIPT)
    return found, list(page_shape.faults(found))


class Comparison:
    """The pages of a hostile site beside those of its twin, in one browser."""

    def __init__(self, page, twin, hostile):
        self.page, self.twin, self.hostile = page, twin, hostile
        self.wrong, self.texts = [], set()
        self.known, self.shapes = set(), collections.defaultdict(set)

    def learn(self):
        """Takes from the twin what elements there are, and how many in a page of each kind."""
        for kind, path in some(pages(self.twin)):
            found, faults = look(self.page, path)
            self.wrong += [f"twin's {os.path.relpath(path, self.twin)}: {fault}" for fault in faults]
            self.known |= set(found["signatures"])
            self.shapes[kind].add(page_shape.counts(found))

    def judge(self):
        """Looks at every hostile page."""
        for kind, path in pages(self.hostile):
            self.wrong += [f"{os.path.relpath(path, self.hostile)}: {fault}" for fault in self.faults(kind, path)]
        time.sleep(0.5)
        self.wrong += [f"on the console: {line}" for line in self.page.console()]
        self.wrong += [f"a network request: {line}" for line in self.page.requests()]

    def faults(self, kind, path):
        """Yields what is wrong with a page."""
        found, faults = look(self.page, path)
        yield from faults
        if found is None:
            return
        self.texts |= set(found["texts"])
        yield from (f"an element of no page of ours: {one}" for one in page_shape.foreign(found, self.known))
        shape = page_shape.counts(found)
        # The search shows a value once that several entities share; the twin's are all different.
        if "/search/" not in path and shape not in self.shapes[kind]:
            nearest = min(self.shapes[kind], default=(), key=lambda other: len(set(other) ^ set(shape)))
            yield f"other elements than the twin: {sorted(set(nearest) ^ set(shape))[:8]}"

    def bites(self):
        """Whether a raw payload is seen: in the page under its policy, and at work without it."""
        path = next(path for kind, path in pages(self.hostile) if kind == "a")
        with open(path, encoding="utf-8") as file:
            text = file.read().replace('<main id="main"', PAYLOAD + '<main id="main"', 1)
        raw = os.path.join(os.path.dirname(path), f"raw-{self.page.name}.htm")
        with open(raw, "w", encoding="utf-8") as file:
            file.write(text)
        faults = list(self.faults("a", raw))
        for word in ("handler", "leads elsewhere", "no page of ours", "other elements"):
            if not any(word in fault for fault in faults):
                self.wrong.append(f"control: not seen in a page with a raw payload: {word}")
        if self.page.requests():
            self.wrong.append("control: the policy does not stop a raw payload")
        if not self.page.wait(
            lambda: any(re.search("CSP|Content Security Policy", line) for line in self.page.console())
        ):
            self.wrong.append("control: no word on the console of what the policy stops")
        with open(raw, "w", encoding="utf-8") as file:
            file.write(POLICY.sub("", text))
        found, _ = look(self.page, raw)
        if found is not None:
            self.wrong.append("control: a raw payload without policy opens no prompt")
        if not self.page.wait(self.page.requests):
            self.wrong.append("control: a raw payload without policy asks nothing of the network")
        os.remove(raw)


def plain(text):
    """The text with the marks of dead addresses undone: pages show URLs in any text as hxxps[://]host[.]example."""
    if "://" not in text and "[://]" not in text and "[:]//" not in text:
        return text
    for mark in ("://", "//", ".", "@", ":", "\\\\"):
        text = re.sub(r"\[!*" + re.escape(mark) + r"\]", lambda _: mark, text)
    return re.sub("(?i)h(xx|tt)p(s?)(?=://)", r"http\2", re.sub("(?i)fx?t?p(?=://)", "ftp", text))


def judge(name, twin, hostile, exact):
    """What is wrong in one browser, and how many texts were found as they are."""
    with browsers.start(name) as page:
        comparison = Comparison(page, twin, hostile)
        comparison.learn()
        comparison.judge()
        comparison.bites()
    seen = {plain(text) for text in comparison.texts}
    unseen = sorted(text for text in exact if plain(text) not in seen)
    return comparison.wrong + [f"not shown as it is: {text!r}" for text in unseen], len(exact) - len(unseen)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--browser", choices=browsers.NAMES)
    given = parser.parse_args()
    binary = os.path.abspath(given.binary)
    if not os.path.isdir(hostile_export.corpora()):
        print("hostile_pages: COUNTERSIGN_SHARED names no folder with corpora/", file=sys.stderr)
        return 66
    texts = hostile_export.strings(given.sample)
    exports = {"hostile": hostile_export.Export(texts), "twin": hostile_export.twin(texts)}
    with tempfile.TemporaryDirectory() as scratch:
        folders = {name: os.path.join(os.path.realpath(scratch), name) for name in exports}
        for name, export in exports.items():
            export.write(folders[name] + ".jsonl")
            workspaces.make(binary, folders[name], folders[name] + ".jsonl")
        count = sum(1 for _ in pages(folders["hostile"]))
        names = [given.browser] if given.browser else browsers.NAMES
        with concurrent.futures.ThreadPoolExecutor() as pool:
            running = {
                name: pool.submit(judge, name, folders["twin"], folders["hostile"], exports["hostile"].exact)
                for name in names
            }
        total, exact = 0, []
        for name, run in running.items():
            try:
                wrong, shown = run.result()
            except browsers.Missing as missing:
                print(f"hostile_pages: {missing}", file=sys.stderr)
                return 69
            total += len(wrong)
            exact.append(shown)
            for line in wrong[:40]:
                print(f"hostile_pages: {name}: {line[:400]}", file=sys.stderr)
    print(
        f"hostile_pages: {len(texts)} strings on {count} pages in {' and '.join(names)}, "
        f"{min(exact)} texts compared: {total} wrong"
    )
    return 1 if total or count < 3 * len(exports["hostile"].lines) else 0


if __name__ == "__main__":
    sys.exit(main())
