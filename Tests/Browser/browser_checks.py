#!/usr/bin/env python3
"""Checks that the browsers the other tests use are what a reader has, and that their eyes are open.

Usage: browser_checks.py [chromium|firefox ...]

For each browser, with scripts on and off: a page cannot read its neighbour on the disk; a remote picture is seen as a
network request, and without it nothing is; what a policy blocks, and what a page logs, is seen on the console; a
script runs or does not; data: downloads land in the folder; dark, narrow, keys, prompts and file fields do what they
say. Prints one line for each wrong thing and a last line; exit status 0 only where all hold.

Needs, from the system: chromium, chromium-driver, firefox-esr. From PyPI: selenium, marionette-driver.
"""

import os
import sys
import tempfile

import browsers

POLICY = (
    "default-src 'none'; img-src data:; script-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
LOOSE = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Loose</title>
<p id="ran"></p><noscript id="none">no script</noscript><input id="field"><input type="file" id="file" multiple>
<a id="save" download="saved.json" href="data:application/json;base64,e30=">save</a>
<script>
document.getElementById("ran").textContent = "ran"; console.error("a word");
addEventListener("beforeunload", event => event.preventDefault());
window.keys = []; addEventListener("keydown", event => { if (event.ctrlKey) { window.keys.push(event.key); } });
</script>"""
PICTURES = """<!DOCTYPE html><title>Pictures</title>
<img src="http://plain.example/a.gif"><img src="https://closed.example/b.gif">"""
STRICT = f"""<!DOCTYPE html><html lang="en">
<meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>Strict</title>
<p id="text">x</p><img src="http://plain.example/c.gif"><script>document.title = "ran"</script>"""


def check(name, javascript, folder):
    """Yields what is wrong with a browser."""
    loose, pictures, strict, other = (
        os.path.join(folder, name) for name in ("loose.html", "pictures.html", "strict.html", "other.json")
    )
    with browsers.start(name, javascript=javascript, dark=True, size=(390, 800)) as page:
        page.open(strict, fragment="text")
        if page.run("return document.title") != "Strict" or not page.address().endswith("#text"):
            yield "the strict page is not as written"
        if not page.wait(lambda: any("Content Security Policy" in line or "CSP" in line for line in page.console())):
            yield "no word about what a policy blocks"
        if page.requests():
            yield "the policy did not stop a picture"
        if "rust" not in page.run(
            "try { document.body.innerHTML = '<b>x</b>'; return ''; } catch (e) { return 'Trusted ' + e; }"
        ):
            yield "trusted types do not hold"

        page.open(pictures)
        seen = []
        page.wait(
            lambda: seen.extend(page.requests()) or all(any(host in s for s in seen) for host in ("plain.", "closed."))
        )
        if len(seen) != 2:
            yield f"two pictures were asked for, seen: {seen}"

        page.open(loose)
        if (page.text("#ran") == "ran") != javascript or page.visible("#none") == javascript:
            yield "scripts are not as asked for"
        if page.run("return [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]") != [390, True]:
            yield "not narrow and dark"
        page.dark(False)
        page.resize(1280, 900)
        if page.run("return [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]") != [1280, False]:
            yield "not wide and light"
        page.click("#save")
        if [os.path.basename(path) for path in page.files()] != ["saved.json"]:
            yield f"the download did not arrive: {page.files(0)}"
        page.type("#field", "héllo")
        page.choose("#file", other, strict)
        if (
            page.run("return document.querySelector('#field').value + document.querySelector('#file').files.length")
            != "héllo2"
        ):
            yield "fields do not take what is put in"
        if javascript:
            yield from scripted(page)
        if page.requests():
            yield "a request from a page that makes none"


def scripted(page):
    """Yields what is wrong where scripts run."""
    if not any("a word" in line for line in page.console()):
        yield "what a page logs is not seen"
    for way in (
        "fetch(arguments[0]).then(answer => answer.text())",
        "new Promise((yes, no) => { const ask = new XMLHttpRequest(); ask.open('GET', arguments[0]);"
        " ask.onload = () => yes(ask.responseText); ask.onerror = () => no('refused'); ask.send(); })",
    ):
        answer = page.run_later(
            f"const done = arguments[1]; {way}.then(text => done('read'), error => done('refused'))", "other.json"
        )
        if answer != "refused":
            yield "a page reads its neighbour on the disk"
    page.press("Control+k")
    if page.run("return window.keys.filter(key => key !== 'Control').join()") != "k":
        yield "a key was not pressed"
    if not page.guarded():
        yield "the guard of a page is not seen"
    page.run("setTimeout(() => alert('hey'), 0)")
    if page.dialog(3) != "hey":
        yield "a prompt is not seen"
    else:
        page.answer()
    if page.dialog() is not None:
        yield "a prompt stays"


def main() -> int:
    names, wrong, count = sys.argv[1:] or browsers.NAMES, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (
            ("loose.html", LOOSE),
            ("pictures.html", PICTURES),
            ("strict.html", STRICT),
            ("other.json", "{}"),
        ):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        for name in names:
            for javascript in (True, False):
                try:
                    lines = list(check(name, javascript, folder))
                except browsers.Missing as missing:
                    print(f"browser_checks: {missing}", file=sys.stderr)
                    return 69
                count, wrong = count + 1, wrong + len(lines)
                for line in lines:
                    print(f"browser_checks: {name}, scripts {'on' if javascript else 'off'}: {line}", file=sys.stderr)
    print(f"browser_checks: {', '.join(names)}, scripts on and off: {count} started, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
