"""Workspaces for the browser tests, made with a built binary."""

import email
import email.policy
import glob
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "Shared"))
from sample_workspace import EXPORTS, SAMPLES, SOME_RECORD_WAS_REFUSED, build, run, sample_time
from sample_workspace import make as import_into


def make(binary, folder, exports, reviewer=None):
    """A workspace with the demo's keys and configuration, the exports and the site."""
    import_into(binary, folder, exports)
    build(binary, folder, reviewer)


def demo(binary, folder):
    """The demo's workspace with site, one pack, the sample decisions applied and their receipts."""
    make(binary, folder, EXPORTS, "r7")
    run(
        binary,
        "-C",
        folder,
        "--at",
        sample_time(),
        "apply",
        os.path.join(SAMPLES, "returned"),
        allowed=(0, SOME_RECORD_WAS_REFUSED),
    )
    run(binary, "-C", folder, "--at", sample_time(), "build", "--reviewer", "r7")


def kinds(folder):
    """One page of each kind in a workspace's site, as (kind, path).

    Every folder of the site with an index counts as a kind, so a new one is found. Of the action pages there is one
    for each state that the badge under the title tells, of the investigation pages the largest and the smallest.
    """
    site = os.path.join(folder, "site")
    yield "overview", os.path.join(site, "index.html")
    for path in sorted(glob.glob(os.path.join(site, "*", "index.html"))):
        yield os.path.basename(os.path.dirname(path)), path
    yield from states("action", glob.glob(os.path.join(site, "a", "*", "*.html")))
    found = sorted(glob.glob(os.path.join(site, "i", "*", "*.html")), key=lambda path: (os.path.getsize(path), path))
    if found:
        yield "investigation, largest", found[-1]
        yield "investigation, smallest", found[0]
    for path in sorted(glob.glob(os.path.join(folder, "packs", "*", "index.html"))):
        yield "pack", path
    yield from states(
        "action in a pack", glob.glob(os.path.join(folder, "packs", "*", "a", "*", "*.html")), only=("pending",)
    )
    for path in sorted(glob.glob(os.path.join(folder, "outbox", "receipts", "*.html")))[-1:]:
        yield "receipts", path


def states(kind, paths, only=None):
    """Of action pages the first of each state, or of some."""
    first = {}
    for path in sorted(paths):
        with open(path, encoding="utf-8") as file:
            badge = re.search(r'<p class="badges"><span class="badge [a-z]+">([^<]+)<', file.read())
        first.setdefault(badge.group(1).lower() if badge else "no state", path)
    for state, path in sorted(first.items()):
        if only is None or state in only:
            yield f"{kind}, {state}", path


def digest_page(binary, workspace, folder):
    """The HTML part of a reviewer's digest, as a file."""
    with open(os.path.join(workspace, "countersign.yaml"), "a", encoding="ascii") as file:
        file.write("mail: {from: triage@larkfield.example.com, decisions_to: decisions@larkfield.example.com}\n")
    run(binary, "-C", workspace, "--at", sample_time(), "digest", "--reviewer", "r7", "--out", folder)
    with open(glob.glob(os.path.join(folder, "digest-*-r7.eml"))[0], "rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    path = os.path.join(folder, "digest.html")
    with open(path, "w", encoding="utf-8") as file:
        file.write(message.get_body(("html",)).get_content())
    return path
