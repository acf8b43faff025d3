"""Chromium and Firefox ESR behind one small interface, for tests of pages that are opened from the disk.

    with browsers.start("firefox", javascript=True, dark=False, size=(1280, 900)) as page:
        page.open("/tmp/demo/site/index.html", fragment="main")
        page.click("nav.main a[href$='pending/index.html']")
        print(page.run("return document.title"), page.files(), page.console(), page.requests())

What is here is what a reader has: no network but a recording proxy, the real rules for file: pages (a file cannot
read its neighbour: browser_checks.py makes sure), downloads that land in a folder. Selectors are CSS. Scripts of
`run` are function bodies that get `arguments` and `return` something; they run beside the page's own policy, and also
where the page's scripts are switched off.

Needs, from the system: chromium and chromium-driver, firefox-esr. From PyPI: selenium, marionette-driver.
"""

import os
import pathlib
import shutil
import tempfile
import time
import urllib.parse

import proxy

NAMES = ("chromium", "firefox")

# The WebDriver code points of keys that have no character.
KEYS = {
    "Backspace": "\ue003",
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Control": "\ue009",
    "Alt": "\ue00a",
    "Escape": "\ue00c",
    "Space": " ",
    "PageUp": "\ue00e",
    "PageDown": "\ue00f",
    "End": "\ue010",
    "Home": "\ue011",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
    "Delete": "\ue017",
}
UNFINISHED = (".crdownload", ".part", ".tmp")


class Missing(Exception):
    """A browser or its driver is not installed; the text says which package brings it."""


class Browser:
    """What both browsers share. Use `start`; the parts that differ are in chromium.py and firefox.py."""

    name = ""

    def __init__(self, javascript=True, dark=False, size=(1280, 900)):
        self.javascript = javascript
        self.scratch = tempfile.mkdtemp(prefix="countersign-browser-")
        self.downloads = os.path.join(self.scratch, "downloads")
        os.mkdir(self.downloads)
        self.proxy = proxy.RecordingProxy()
        try:
            self.launch()
            self.dark(dark)
            self.resize(*size)
            self.settle()
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self):
        try:
            self.stop()
        finally:
            self.proxy.close()
            shutil.rmtree(self.scratch, ignore_errors=True)

    def settle(self):
        """Lets a started browser say what it says by itself, and forgets it."""
        self.navigate("about:blank")
        time.sleep(0.3)
        self.console()
        self.requests()

    # Pages

    def open(self, path, fragment=""):
        """Loads the file, anew even where it is open already. Returns when it is loaded."""
        address = pathlib.Path(path).absolute().as_uri()
        if self.address().split("#")[0] == address:
            self.navigate("about:blank")
        self.navigate(address + ("#" + fragment if fragment else ""))

    def count(self, selector):
        """How many elements match."""
        return self.run("return document.querySelectorAll(arguments[0]).length", selector)

    def texts(self, selector):
        """The textContent of every match."""
        return self.run("return Array.from(document.querySelectorAll(arguments[0]), e => e.textContent)", selector)

    def text(self, selector):
        """The textContent of the first match."""
        found = self.texts(selector)
        if not found:
            raise LookupError(f"nothing matches {selector}")
        return found[0]

    def visible(self, selector):
        """Whether the first match takes room and is not hidden."""
        return self.run(
            "const e = document.querySelector(arguments[0]);"
            "return e !== null && e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0",
            selector,
        )

    def focused(self, selector):
        """Whether the keyboard is in the first match."""
        return self.run("return document.activeElement === document.querySelector(arguments[0])", selector)

    def guarded(self):
        """Whether the page would ask before it is left.

        WebDriver answers that prompt by itself, so the event is put to the page.
        """
        return self.run("return !dispatchEvent(new Event('beforeunload', {cancelable: true}))")

    def wait(self, condition, timeout=5.0):
        """Waits until `condition()` is true and returns what it gave; the last answer where time is up."""
        end = time.monotonic() + timeout
        while True:
            answer = condition()
            if answer or time.monotonic() >= end:
                return answer
            time.sleep(0.05)

    # What came out

    def files(self, timeout=5.0, count=1):
        """The paths of the finished downloads, sorted. Waits until there are `count`, all finished, or time is up."""

        def look():
            names = sorted(os.listdir(self.downloads))
            whole = [
                os.path.join(self.downloads, name)
                for name in names
                if not name.startswith(".") and not name.endswith(UNFINISHED)
            ]
            return [path for path in whole if os.path.getsize(path) > 0], len(names)

        def finished():
            whole, names = look()
            return len(whole) == names >= count

        self.wait(finished, timeout)
        return look()[0]

    def forget_files(self):
        """Empties the download folder."""
        for path in pathlib.Path(self.downloads).iterdir():
            path.unlink()

    def requests(self):
        """The network requests since the last call: "GET http://host/path" or "CONNECT host:443"."""
        return [line for line in self.proxy.taken() if host(line) not in self.own_hosts]

    # What each browser does its own way

    # Hosts that the browser asks by itself in spite of everything.
    own_hosts = ()

    def launch(self):
        raise NotImplementedError

    def stop(self):
        raise NotImplementedError


def start(name, **options):
    """Starts a browser: "chromium" or "firefox". Options: javascript, dark, size.

    Raises Missing, with what to install.
    """
    if name == "chromium":
        import chromium

        return chromium.Chromium(**options)
    if name == "firefox":
        import firefox

        return firefox.Firefox(**options)
    raise ValueError(name)


def program(names, package):
    """The path of an installed program."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    raise Missing(f"{names[0]} is not installed: apt-get install {package}")


def host(request):
    """The host of a line of the proxy's record."""
    address = request.split(" ", 1)[1]
    return (urllib.parse.urlsplit(address).hostname or "") if "://" in address else address.rsplit(":", 1)[0]


def chord(keys):
    """ "Control+Enter" as the code points to hold and the one to press."""
    parts = keys.split("+") if len(keys) > 1 else [keys]
    return [KEYS[part] for part in parts[:-1]], KEYS.get(parts[-1], parts[-1])
