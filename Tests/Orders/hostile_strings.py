"""Exports that hold strings made to do harm at every place where an order takes text from one, and what must not become of them."""

import base64
import json
import os
import re

import every_kind

LITERAL = re.compile(r"'(?:[^']|'')*'")
SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.S)
INVESTIGATION = "case-hostile"
HOME = every_kind.url("https://kiln-invoice.test/")


def strings(shared, every_line):
    """The corpora, or a sample of them: the tests of the parts read all."""
    with open(os.path.join(shared, "corpora", "blns", "blns.json"), encoding="utf-8") as file:
        found = json.load(file)
    with open(os.path.join(shared, "corpora", "xss", "xss-payload-list.txt"), encoding="utf-8", errors="replace", newline="\n") as file:
        found += [line.rstrip("\r\n") for line in file][::1 if every_line else 20]
    if not every_line:
        found = found[::6]
    return [text for text in dict.fromkeys(found) if text]


def actions(found):
    """Actions with each string at each place: what can be carried out or not by itself, alone; else ten in an action."""
    made = []

    def add(where, kind, targets, parameters=None):
        made.append((f"{where} {len(made)} {found[len(made) % len(found)]}"[:200], kind, targets, parameters or {}))
    for number, text in enumerate(found):
        add("url", "block-url", [every_kind.url(text if number % 2 else "https://" + text)])
        add("path", "block-url", [every_kind.url("https://kiln-invoice.test/" + text)])
        add("domain", "block-domain", [HOME], {"domain": text if number % 2 else text + ".kiln.test"})
        add("sender", "block-sender", [every_kind.message(f"hostile-{number}")], {"sender": text if number % 2 else text + "@kiln.test"})
    for start in range(0, len(found), 10):
        some = found[start:start + 10]
        for where, kind, make in (
                ("unknown", "reticulate-splines", lambda text, _: every_kind.url(text)),
                ("rule", "disable-inbox-rule", lambda text, _: every_kind.setting(configType="user-inbox-rule", rule=text)),
                ("mailbox", "disable-inbox-rule", lambda text, _: {"type": "mailbox-configuration", "mailbox": text, "rule": text}),
                ("forward", "turn-off-forwarding", lambda text, _: every_kind.setting(forwardTo=text, configId=text)),
                ("delegate", "remove-delegation", lambda text, _: every_kind.delegation(text)),
                ("recipient", "soft-delete-message", lambda text, number: every_kind.message(f"hostile-{number}", text)),
                ("id", "move-to-junk-message", lambda text, _: {**every_kind.message("x"), "networkMessageId": text}),
                ("query", "soft-delete-cluster", lambda text, number: {**every_kind.cluster(f"hostile-{number}", 1), "query": text}),
                ("file", "block-file", lambda text, number: every_kind.file("0", text) | {"sha256": f"{number:064x}"}),
                ("account", "disable-account", lambda text, _: {"type": "account", "upn": text}),
                ("host", "isolate-device", lambda text, _: every_kind.host(text)),
                ("other", "reticulate-splines", lambda text, _: {"type": "other", "extra": {"name": text}})):
            add(where, kind, [make(text, start + number) for number, text in enumerate(some)])
        add("parameters", "reticulate-splines", [HOME], {f"p{place}": text for place, text in enumerate(some)})
        add("names", "reticulate-splines", [HOME], {text: "x" for text in some if text.isascii()})
        for place, text in enumerate(some[::5]):
            add("until", "block-file", [every_kind.file("a", text)], {"until": text})
            add("rights", "remove-delegation", [every_kind.delegation(f"d{place}@larkfield.example.com")], {"accessRights": text})
            add("isolation", "isolate-device", [every_kind.host("wks-1")], {"isolation": text})
    return made


def export(made):
    return every_kind.record("rec-1", INVESTIGATION, made)


def decoded(literals):
    """What the literals of a line stand for, those in base64 decoded."""
    texts = [one[1:-1].replace("''", "'") for one in literals]
    coded = [one for one in texts if re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", one) and len(one) % 4 == 0]
    return texts + [base64.b64decode(one).decode("utf-8", "replace") for one in coded]


def words(batch):
    """The words of the calls in a script, outside of literals."""
    return {word for order in batch.orders for line in batch.script(order) for word in re.findall(r"[^\s(){},;]+", LITERAL.sub("''", line))}


def wrong_script(batch, known):
    """Outside of literals a script of strangers' text has the words of a script that has none; in them stands what was approved."""
    for word in words(batch) - known:
        if not re.fullmatch("[0-9]+", word):
            yield f"carry-out.ps1: {word[:80]}"
    own = batch.text("carry-out.ps1").split("# " + "-" * 70 + "\n")[1:]
    for line in "".join(own).splitlines():
        if line.startswith("#") and not re.fullmatch(r"# [^#]*", line):
            yield f"carry-out.ps1: comment {line[:80]}"
        if line and not re.match(r"# |Invoke-Order -Id '|    @\{ Show = |\)$|Complete-Orders$", line):
            yield f"carry-out.ps1: line {line[:80]}"
    for order, value in batch.orders.items():
        script = batch.script(order)
        if not script or value["what"] not in ("disable-inbox-rule", "disable-account"):
            continue
        texts = decoded(LITERAL.findall("\n".join(script[1:])))
        for target in value["effect"]["targets"]:
            if (text := target.get("rule", target.get("upn"))) not in texts:
                yield f"{order}: the script does not name {text[:80]!r}"


def shapes(batch):
    """The lines of a checklist without what stands in code, and without numbers."""
    return {re.sub("[0-9]+", "0", SPAN.sub("``", line)) for line in batch.text("checklist.md").splitlines()}


def wrong_checklist(batch, known):
    """Outside of code a checklist of strangers' text says what one without says."""
    for shape in shapes(batch) - known:
        if not re.fullmatch(r"- \*\*note:\*\* [A-Za-z0-9 ,:\\()*~#-]+|- and 0 more, in its `` file|- [A-Za-z0 ,-]+:? ``", shape):
            yield f"checklist.md: {shape[:120]}"
    for line in batch.text("checklist.md").splitlines():
        if re.search(r"[a-z]{2,}://\S|\bwww\.|[^\s\[]@[^\s\]]", line, re.I):
            yield f"checklist.md: live: {line[:120]}"


def wrong_entries(batch):
    """What the list of blocks reads as more than was approved stands in no entry."""
    for order in batch.orders:
        for line in batch.script(order):
            for entry in re.findall(r"-Entries ('(?:[^']|'')*'|\(\S+ '[^']*'\))", line):
                if not re.fullmatch(r"'[!-~]{1,250}'", entry) or set(entry) & set("*~\"<>\\^`{|}[] #"):
                    yield f"{order}: entry {entry[:100]}"
