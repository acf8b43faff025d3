#!/usr/bin/env python3
"""Decides in real browsers, and applies the very files that they saved.

Usage: desk_checks.py COUNTERSIGN [chromium|firefox]...

COUNTERSIGN is a built binary. A workspace is made in a temporary folder; then, in each browser, its site is opened from file://
and used as people do: filter, sort, save a table, decide by mouse and by keys, in a selection, with comments, save, hand back,
draft, and all of what matters with scripts off. Prints one line a check; exit status 0 only where all hold.

Needs what browsers.py needs.
"""
import csv
import io
import json
import os
import subprocess
import sys
import tempfile

import browsers

AT = "2026-03-12T10:00:00Z"


def record(number, kind, entity, severity, started):
    """One investigation with one action."""
    return {
        "format": "countersign-export/1", "id": f"rec-{number}", "tenant": "t-1", "engine": "acme",
        "investigation": {
            "id": f"case-{number}", "name": f"Case number {number}", "type": "phish", "status": "pending-action",
            "severity": severity, "created": started, "started": started},
        "entities": [{"id": "e1", **entity}],
        "actions": [{"id": f"act-{number}", "kind": kind, "status": "pending", "targets": ["e1"]}],
    }


def export():
    """Fifteen pending actions of two kinds, deadlines apart, one with a formula as its subject."""
    records = []
    for number in range(1, 11):
        url = {"type": "url", "url": f"https://kiln-{number}.test/pay"}
        records.append(record(number, "block-url", url, ["low", "medium", "high"][number % 3], f"2026-03-{6 + number % 5:02}T12:00:00Z"))
    for number in range(11, 16):
        cluster = {"type": "mail-cluster", "query": f"=Subject:invoice {number}", "networkMessageIds": [f"m-{number}"], "mailCount": number}
        records.append(record(number, "soft-delete-cluster", cluster, "high", "2026-03-11T09:00:00Z"))
        records[-1]["investigation"]["name"] = f"=Case number {number}"
    return "".join(json.dumps(one) + "\n" for one in records)


class Workspace:
    """A workspace of its own for each browser."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        self.run("init", folder, "--organization", "Larkfield", "--clock", "given", "--quiet")
        with open(os.path.join(folder, "in.jsonl"), "w", encoding="utf-8") as file:
            file.write(export())
        self.run("-C", folder, "--at", AT, "import", os.path.join(folder, "in.jsonl"), "--quiet")
        self.build()

    def run(self, *words, check=True):
        return subprocess.run([self.binary, *words], check=check, capture_output=True, text=True)

    def build(self):
        self.run("-C", self.folder, "--at", AT, "build", "--quiet")

    def apply(self, *paths):
        """The receipts of files, as objects."""
        result = self.run("-C", self.folder, "--at", AT, "--json", "apply", *paths, "--no-build", check=False)
        return [one for one in map(json.loads, result.stdout.splitlines()) if "result" in one]

    def page(self, name):
        return os.path.join(self.folder, "site", name)


class Checks:
    """Counts what holds and says what does not."""

    def __init__(self, browser):
        self.browser, self.passed, self.failed = browser, 0, 0

    def that(self, holds, what, found=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"desk_checks: {self.browser}: {what}: {found}", file=sys.stderr)


def click(page, selector):
    """Clicks in the middle of the window, clear of what stands at its edges."""
    page.run("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", selector)
    page.click(selector)


def row(page, number):
    """The id of the row of an action."""
    return page.run(
        "return [...document.querySelectorAll('tbody tr[id]')].find((tr) => tr.textContent.includes(arguments[0])).id",
        f"Case number {number}" if number > 9 else f"kiln-{number}[")


def shown(page):
    return page.run("return [...document.querySelectorAll('.listing tbody tr[id]')].filter((tr) => tr.getClientRects().length > 0).map((tr) => tr.id)")


def check_list(page, workspace, checks):
    """Find, filter, sort, columns, pages, period, deep links, CSV."""
    page.open(workspace.page("pending/index.html"))
    checks.that(len(shown(page)) == 15, "every row is shown at first", shown(page))
    page.type("[name=find]", "https://kiln-3.test")
    page.wait(lambda: len(shown(page)) == 1)
    checks.that(shown(page) == [row(page, 3)], "an address is found as it is in the wild", shown(page))
    checks.that("q=https" in page.address(), "the address keeps the filter", page.address())
    click(page, "[name=clear]")
    page.run("const s = document.querySelector('.picks select[name=kind]'); s.value = 'Soft delete mail cluster'; s.dispatchEvent(new Event('change', {bubbles: true}))")
    checks.that(len(shown(page)) == 5, "a kind is picked", shown(page))
    page.forget_files()
    click(page, "[name=csv]")
    files = page.files(timeout=10, count=1)
    text = open(files[0], encoding="utf-8-sig", newline="").read() if files else ""
    table = list(csv.reader(io.StringIO(text)))
    checks.that(len(table) == 6 and table[0][0] == "Action", "CSV holds the rows that are shown", table[:2])
    checks.that(all(line[1].startswith("'=Case number") for line in table[1:]), "no cell begins a formula", table[1:2])
    checks.that(sorted(line[3] for line in table[1:]) == ["11", "12", "13", "14", "15"], "numbers stay numbers", [line[3] for line in table[1:]])
    click(page, "[name=clear]")
    click(page, ".chunk:not(.later) th[data-key=messages] button")
    first = page.run("return document.querySelector('.sorted tbody tr').textContent")
    checks.that("Case number 15" in first, "a column of numbers sorts, the greatest first", first)
    checks.that(page.run("return document.querySelector('.sorted th[data-key=messages]').getAttribute('aria-sort')") == "descending", "the order is said")
    page.open(workspace.page("pending/index.html"), fragment="f.severity=High&sort=-messages&size=25&hide=threat")
    checks.that(len(shown(page)) == 8, "a deep link brings the filter back", len(shown(page)))
    checks.that(page.run("return getComputedStyle(document.querySelector('.sorted th[data-key=threat]')).display") == "none", "and the columns")
    page.open(workspace.page("pending/index.html"), fragment="from=2026-03-11&to=2026-03-11")
    checks.that(len(shown(page)) == 5, "a period keeps what was first seen in it", len(shown(page)))
    click(page, "[name=clear]")
    page.run("const s = document.querySelector('[name=size]'); s.add(new Option('4', '4')); s.value = '4'; s.dispatchEvent(new Event('change'))")
    checks.that(len(shown(page)) == 4 and page.text(".pager span") == "Page 1 of 4", "pages hold so many rows", page.text(".pager span"))
    click(page, ".pager [name=after]")
    checks.that(page.text(".pager span") == "Page 2 of 4", "the next page comes", page.text(".pager span"))


def check_basket(page, workspace, checks, folder):
    """Decide, comment, save, apply; selections, drafts, handed back."""
    page.open(workspace.page("pending/index.html"))
    checks.that(not page.guarded(), "an untouched page lets people go")
    checks.that(page.count("tbody input:checked, .basket input:checked, [aria-pressed=true]") == 0, "nothing is decided beforehand")
    checks.that(page.run("return document.querySelector('[name=download]').disabled"), "an untouched page saves nothing")
    one, two = row(page, 1), row(page, 2)
    click(page, f"#{one} a.approve")
    click(page, f"#{two} a.reject")
    checks.that(page.guarded(), "leaving with decisions warns")
    click(page, "[name=download]")
    checks.that("needs a reason" in page.text(".basket .news"), "a missing reason stops the file", page.text(".basket .news"))
    page.type(f"#{two} + tr input", "Ours: a partner's page <b>& \"Ü\"")
    page.forget_files()
    click(page, "[name=download]")
    files = page.files(timeout=10, count=1)
    checks.that(len(files) == 1, "a decisions file is saved", files)
    checks.that(not page.guarded(), "and then nothing is unsaved")
    kept = os.path.join(folder, "first.json")
    os.replace(files[0], kept)
    receipts = workspace.apply(kept)
    results = sorted((one["verdict"], one["state"]) for one in receipts)
    checks.that(results == [("approve", "approved"), ("reject", "rejected")], "the very file is applied", receipts)
    head = json.load(open(kept, encoding="utf-8"))
    checks.that("checkpoint" in head and "made" in head, "the file carries the ledger's head home", list(head))

    # Another page load: the file marks its rows, a draft goes on, a selection of one kind is decided together.
    page.open(workspace.page("pending/index.html"))
    page.choose("[name=handed]", kept)
    page.wait(lambda: page.count("tr.handed") == 2)
    checks.that(page.count("tr.handed") == 2, "an earlier file marks its rows", page.text(".basket .news"))
    clusters = [row(page, number) for number in range(11, 14)]
    for name in clusters:
        click(page, f"#{name} .pick input")
    checks.that(page.text(".bulk [name=approve]") == "Approve 3", "a selection of one kind is offered", page.text(".bulk"))
    click(page, f"#{row(page, 4)} .pick input")
    checks.that(page.run("return document.querySelector('.bulk [name=approve]').disabled"), "a mixed one is not", page.text(".bulk"))
    click(page, f"#{row(page, 4)} .pick input")
    page.type(".bulk [name=comment]", "all of one campaign")
    click(page, ".bulk [name=approve]")
    checks.that(page.count("tr.approving") == 3, "the selection is approved")
    page.forget_files()
    click(page, "[name=download]")
    files = page.files(timeout=10, count=1)
    draft = os.path.join(folder, "draft.json")
    os.replace(files[0], draft)
    page.open(workspace.page("pending/index.html"))
    page.choose("[name=draft]", draft)
    page.wait(lambda: page.count("tr.approving") == 3)
    checks.that("3 taken" in page.text(".basket .news"), "a draft is taken up again", page.text(".basket .news"))
    click(page, f"#{row(page, 5)} a.approve")
    checks.that("1 change since" in page.text(".tray"), "changes since the file are counted", page.text(".tray"))
    click(page, "[name=copy]")
    text = page.run("return document.querySelector('textarea.lines').value")
    lines = os.path.join(folder, "lines.txt")
    with open(lines, "w", encoding="utf-8") as file:
        file.write(text + "\n")
    receipts = workspace.apply(lines)
    checks.that([one["state"] for one in receipts] == ["approved"] * 4, "the copied text is applied", receipts)


def check_care(page, workspace, checks, folder):
    """What a hurried person must not be able to get wrong."""
    page.open(workspace.page("pending/index.html"))
    page.press("j")
    page.press("x")
    box = page.run("const b = document.querySelector('.bulk').getBoundingClientRect(); return [b.top, b.bottom, innerHeight]")
    checks.that(0 <= box[0] and box[1] <= box[2], "what is selected is said in sight", box)
    click(page, "#later .pick .all")
    picked = page.run("return [...document.querySelectorAll('.lane-card')].map((lane) => lane.querySelectorAll('tr.picked').length)")
    lanes = page.run("return [...document.querySelectorAll('.lane-card')].map((lane) => lane.querySelectorAll('tbody tr[id]').length)")
    checks.that(picked[-1] == lanes[-1] and sum(picked[:-1]) <= 1, "a lane's box selects its own rows", (picked, lanes))
    page.type("[name=find]", "kiln-1[.]test")
    page.wait(lambda: len(shown(page)) == 1)
    checks.that(page.count("tr.picked") <= 1, "rows out of sight are not selected", page.count("tr.picked"))
    page.open(workspace.page("pending/index.html"))
    page.press("j")
    page.press("r")
    page.type("tr.note input", "legitimate, leave it")
    page.press("Escape")
    page.press("a")
    checks.that(page.run("return document.querySelector('tr.note input').value") == "", "a reason to reject is no reason to approve")
    page.press("r")
    checks.that(page.run("return document.querySelector('tr.note input').value") == "legitimate, leave it", "and comes back with its verdict")
    page.forget_files()
    click(page, "[name=download]")
    kept = os.path.join(folder, "care.json")
    os.replace(page.files(timeout=10, count=1)[0], kept)
    page.open(workspace.page("pending/index.html"))
    other = row(page, 8)
    click(page, f"#{other} a.approve")
    page.choose("[name=draft]", kept)
    page.wait(lambda: page.count("tr.rejecting") == 1)
    checks.that(page.guarded(), "a draft does not save what else was decided")
    click(page, "[name=empty]")
    checks.that(page.count("tr.approving, tr.rejecting") == 0, "the basket is emptied")
    click(page, "[name=undo]")
    checks.that(page.count("tr.approving, tr.rejecting") == 2, "and filled again")
    page.choose("[name=handed]", kept)
    page.wait(lambda: page.count("tr.handed") == 1)
    page.run("document.querySelector('tr.handed .go').focus()")
    page.press("a")
    checks.that(page.count("tr.handed.approving") == 0, "what was handed back is not decided again")
    page.press("x")
    checks.that(page.count("tr.handed.picked") == 0, "nor selected to be")
    click(page, ".chunk:not(.later) th[data-key=severity] button")
    checks.that(page.run("return document.activeElement.className") == "sorter", "sorting keeps the focus")
    page.open(workspace.page("pending/index.html"), fragment="size=25&page=2")
    page.run("const s = document.querySelector('[name=size]'); s.add(new Option('7', '7')); s.value = '7'; s.dispatchEvent(new Event('change'))")
    click(page, ".pager [name=after]")
    checks.that(page.count(".chunk:not([hidden]):not(.later) .sorter") > 0, "every page of a list has its headings")


def check_keys(page, workspace, checks):
    """Everything by keys, and nothing while typing."""
    page.open(workspace.page("pending/index.html"))
    page.press("j")
    page.press("j")
    page.press("a")
    checks.that(page.run("return document.querySelectorAll('.listing tbody tr[id]')[1].classList.contains('approving')"), "j, j, a approves the second row")
    page.press("a")
    checks.that(page.count("tr.approving") == 0, "a again takes it back")
    page.press("k")
    page.press("r")
    page.press("c")
    checks.that(page.focused("tr.note input"), "c leads to the comment")
    page.press("a")
    checks.that(page.count("tr.approving") == 0 and page.count("tr.rejecting") == 1, "keys are text while something is typed")
    page.press("Escape")
    page.press("x")
    checks.that(page.count("tr.picked") == 1, "x selects")
    page.press("?")
    checks.that(page.visible("dialog.keys"), "? shows the keys")
    click(page, "dialog [name=close]")
    page.press("/")
    checks.that(page.focused("[name=find]"), "/ leads to the search")
    page.open(workspace.page("pending/index.html"), fragment="select=" + row(page, 7))
    checks.that(page.count("tr.picked") == 1 and page.count("tr.approving, tr.rejecting") == 0, "a link selects a row and decides nothing")


def check_plain(page, workspace, checks, folder):
    """Without scripts: the same order, a file for each verdict."""
    page.open(workspace.page("pending/index.html"))
    checks.that(not page.visible(".tools") and not page.visible(".basket"), "no control stands there that cannot work")
    page.forget_files()
    name = page.run("return document.querySelectorAll('tbody tr[id]')[3].id")
    click(page, f"#{name} a.approve")
    files = page.files(timeout=10, count=1)
    checks.that(len(files) == 1 and os.path.basename(files[0]) == f"decision-{name}-approve.json", "a row saves its own file", files)
    if files:
        kept = os.path.join(folder, os.path.basename(files[0]))
        os.replace(files[0], kept)
        receipts = workspace.apply(kept)
        checks.that([one["state"] for one in receipts] == ["approved"], "the file is applied", receipts)


def check_search(page, workspace, checks):
    """Subjects, addresses, ids, across what the investigations hold."""
    page.open(workspace.page("search/index.html"))
    checks.that(len(shown(page)) == 15, "every investigation can be found", len(shown(page)))
    for words, count in (("https://kiln-4.test/pay", 1), ("kiln-4[.]test", 1), ("case-12", 1), ("invoice 13", 1), ("block url", 10), ("no such thing", 0)):
        page.open(workspace.page("search/index.html"), fragment="q=" + words.replace(" ", "+"))
        checks.that(len(shown(page)) == count, f"the search finds {words}", len(shown(page)))
    page.open(workspace.page("search/index.html"), fragment="q=kiln-4")
    checks.that(page.count(".found li.hit:not([hidden])") > 0, "what was found is marked")
    click(page, "tbody tr:not([hidden]) .go")
    page.wait(lambda: "/i/" in page.address())
    checks.that("/i/" in page.address(), "a result leads to its page", page.address())


def check_single(page, workspace, checks, folder):
    """The whole site in one file: the same desk."""
    report = os.path.join(folder, "report.html")
    workspace.run("-C", workspace.folder, "--at", AT, "build", "--single-file", report, "--quiet")
    page.open(report)
    sections = "return [...document.querySelectorAll('section.page')].filter((one) => one.offsetParent !== null).map((one) => one.id)"
    checks.that(page.run(sections) == ["overview"], "one section is shown", page.run(sections))
    page.click("nav.main a[href='#pending']")
    page.wait(lambda: page.run(sections) == ["pending"])
    checks.that(page.run(sections) == ["pending"], "the navigation leads to another", page.run(sections))
    name = page.run("return document.querySelectorAll('#pending tbody tr[id]')[4].id").replace(".", "\\.")
    click(page, f"#{name} a.approve")
    page.forget_files()
    click(page, "#pending [name=download]")
    files = page.files(timeout=10, count=1)
    kept = os.path.join(folder, "single.json")
    os.replace(files[0], kept)
    receipts = workspace.apply(kept)
    checks.that([one["result"] for one in receipts] == ["applied"], "its decisions file is applied", receipts)
    page.open(report, fragment="p=history")
    checks.that(page.run(sections) == ["history"], "a deep link leads to its section", page.run(sections))
    page.open(report, fragment="p=search&q=kiln-4")
    checks.that(page.run(sections) == ["search"] and len(shown(page)) == 1, "with its filter", page.run(sections))


def long_export(count):
    """Investigations of a hundred actions each."""
    records = []
    for number in range(count // 100):
        one = record(f"long-{number}", "block-url", {}, "low", "2026-03-10T12:00:00Z")
        one["entities"] = [{"id": f"e{item}", "type": "url", "url": f"https://kiln.test/{number}/{item}"} for item in range(100)]
        one["actions"] = [
            {"id": f"act-long-{number}-{item}", "kind": "block-url", "status": "pending", "targets": [f"e{item}"]} for item in range(100)]
        records.append(one)
    return "".join(json.dumps(one) + "\n" for one in records)


def check_whole(page, workspace, checks, folder):
    """A list in parts: all of it on one page, with one basket."""
    path = os.path.join(folder, "long.jsonl")
    with open(path, "w", encoding="utf-8") as file:
        file.write(long_export(1100))
    workspace.run("-C", workspace.folder, "--at", AT, "import", path, "--quiet")
    workspace.build()
    page.open(workspace.page("pending/all.html"))
    checks.that(len(shown(page)) >= 1100, "all of it stands on one page", len(shown(page)))
    name = page.run("return [...document.querySelectorAll('tbody tr[id]')].pop().id")
    click(page, f"#{name} button.approve")
    page.forget_files()
    click(page, "[name=download]")
    kept = os.path.join(folder, "whole.json")
    os.replace(page.files(timeout=10, count=1)[0], kept)
    receipts = workspace.apply(kept)
    checks.that([one["state"] for one in receipts] == ["approved"], "its decisions file is applied", receipts)
    page.open(workspace.page("pending/index.html"), fragment=f"select={name}&day=2026-03-17")
    page.wait(lambda: page.count(f"#{name}.picked") == 1)
    checks.that("all.html" in page.address() and page.count(f"#{name}.picked") == 1, "a link to an action leads there", page.address())


RULES = """
reviewers:
  - {id: r7, name: Ivy Marsh, roles: [security-operator]}
  - {id: r8, name: Omar Quill, roles: [security-operator]}
policy:
  default: {quorum: 1, comment: all, comment_min: 8}
  kinds:
    block-url: {quorum: 2, shared_tokens: false, max_bulk: 2}
    soft-delete-cluster: {identity: sshsig}
"""


def check_pack(page, workspace, checks, folder):
    """One reviewer's own pack, under a policy that asks for more."""
    own = Workspace(workspace.binary, os.path.join(folder, "own"))
    path = os.path.join(own.folder, "countersign.yaml")
    with open(path, encoding="utf-8") as file:
        kept = file.read().split("\nreviewers:")[0].split("\npolicy:")[0]
    with open(path, "w", encoding="utf-8") as file:
        file.write(kept + "\n" + RULES)
    own.build()
    own.run("-C", own.folder, "--at", AT, "build", "--reviewer", "r7", "--quiet")
    page.open(own.page("pending/index.html"))
    checks.that(page.count("a.choose.approve") == 5, "the site for everybody has no tokens for some", page.count("a.choose.approve"))
    page.open(os.path.join(own.folder, "packs", "r7", "pending", "index.html"))
    urls = [row(page, number) for number in (1, 2, 3)]
    for name in urls:
        click(page, f"#{name} a.approve")
        page.run("const i = document.querySelector(arguments[0]); i.value = arguments[1]; i.dispatchEvent(new Event('input', {bubbles: true}))", f"#{name} + tr input", "too few")
    click(page, "[name=download]")
    checks.that("8 characters or more" in page.text(".basket .news"), "a reason that is too short is told", page.text(".basket .news"))
    for name in urls:
        page.run("const i = document.querySelector(arguments[0]); i.value = arguments[1]; i.dispatchEvent(new Event('input', {bubbles: true}))", f"#{name} + tr input", "seen in the sandbox")
    click(page, "[name=download]")
    checks.that("takes 2 in one file, these are 3" in page.text(".basket .news"), "too many of a kind are told", page.text(".basket .news"))
    click(page, f"#{urls[2]} a.approve")
    page.forget_files()
    click(page, "[name=download]")
    kept = os.path.join(folder, "pack.json")
    os.replace(page.files(timeout=10, count=1)[0], kept)
    receipts = own.apply(kept)
    found = sorted((one.get("principal"), one["result"]) for one in receipts)
    checks.that(found == [("r7", "awaiting-quorum")] * 2, "the pack's decisions count for its reviewer", receipts)
    click(page, f"#{row(page, 11)} a.approve")
    checks.that(page.visible(".basket .signing"), "what asks for a signature is said")


def check_mail_form(page, workspace, checks, folder):
    """The form that makes a mail: what it holds is applied as a mail."""
    with open(os.path.join(workspace.folder, "countersign.yaml"), "a", encoding="utf-8") as file:
        file.write("mail: {decisions_to: decisions@larkfield.example}\n")
    workspace.build()
    page.open(workspace.page("pending/index.html"))
    link = page.run("return document.querySelectorAll('tbody .go')[5].getAttribute('href')")
    page.open(os.path.normpath(os.path.join(workspace.page("pending"), link)))
    page.run("document.querySelector('.plain-room').open = true")
    action = page.run("return document.querySelector('form.by-mail').getAttribute('action')")
    checks.that(action.startswith("mailto:decisions@larkfield.example?subject="), "the form writes to the address of the workspace", action)
    checks.that(page.count("form.by-mail :checked") == 0, "nothing is chosen beforehand")
    click(page, "form.by-mail input[type=radio]")
    # HTML, plain text form data: name=value, a line each, line ends as CRLF.
    pairs = page.run("return [...new FormData(document.querySelector('form.by-mail'))]")
    body = "".join(f"{name}={value}\n" for name, value in pairs).replace("\r\n", "\n")
    mail = os.path.join(folder, "form.eml")
    with open(mail, "w", encoding="utf-8", newline="") as file:
        file.write(f"From: ivy@larkfield.example\nTo: decisions@larkfield.example\nSubject: Decisions\n\n{body}".replace("\n", "\r\n"))
    receipts = workspace.apply(mail)
    checks.that([one["state"] for one in receipts] == ["approved"], "the mail is applied", (receipts, body))


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 64
    passed = failed = 0
    for name in sys.argv[2:] or browsers.NAMES:
        checks = Checks(name)
        with tempfile.TemporaryDirectory() as scratch:
            folder = os.path.realpath(scratch)
            workspace = Workspace(os.path.abspath(sys.argv[1]), os.path.join(folder, "w"))
            noise = []
            try:
                with browsers.start(name, javascript=True) as page:
                    check_list(page, workspace, checks)
                    check_basket(page, workspace, checks, folder)
                    check_care(page, workspace, checks, folder)
                    check_keys(page, workspace, checks)
                    check_search(page, workspace, checks)
                    check_single(page, workspace, checks, folder)
                    check_whole(page, workspace, checks, folder)
                    check_pack(page, workspace, checks, folder)
                    noise += page.console() + page.requests()
                with browsers.start(name, javascript=False) as page:
                    check_plain(page, workspace, checks, folder)
                    check_mail_form(page, workspace, checks, folder)
                    noise += page.console() + page.requests()
            except browsers.Missing as missing:
                print(f"desk_checks: {missing}", file=sys.stderr)
                return 69
            checks.that(noise == [], "no word on the console and no request", noise)
        passed += checks.passed
        failed += checks.failed
    print(f"desk_checks: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
