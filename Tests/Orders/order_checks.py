#!/usr/bin/env python3
"""Hands over approved actions of every kind, reads results back, and holds every file against the standard that it follows.

Usage: order_checks.py COUNTERSIGN [--all]

COUNTERSIGN is a built binary. Workspaces are made in a temporary folder. Every form of every order is validated, its ids, digests and
signatures are checked with other programs, and the same run elsewhere gives the same bytes. Every reversal is approved and handed over
too. Result files of every kind are read back, in whole, in halves and twice. Last come strings of $COUNTERSIGN_SHARED/corpora/blns
and xss at every place where an order takes text: a sample, with --all each one. Prints one line for each check;
exit status 0 only where all hold.

Needs coreutils and ssh-keygen from the system; stix2-validator and stix2-patterns from PyPI.
"""

import concurrent.futures
import os
import re
import shutil
import sys
import tempfile

import batch_files
import every_kind
import hostile_strings
import order_words
import result_checks
import result_files
from order_workspace import APPROVED, HANDED_OVER, ISSUER, SOME_REFUSED, Workspace

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "Shared"))
from checks import Checks

FORMATS = {
    "json": r"ID\.json(\.sig)?", "cacao": r"ID\.cacao\.json", "openc2": r"ID(\.[0-9]+)?\.openc2\.json", "stix": r"ID\.stix\.json",
    "ocsf": r"orders\.ocsf\.jsonl", "graph": r"ID\.graph\.json", "powershell": r"carry-out\.ps1", "checklist": r"checklist\.md"}
LATER, UNDONE, UNDO_APPROVED, UNDO_HANDED_OVER = (f"2026-03-13T{hour}:30:00Z" for hour in (11, 12, 13, 14))
TLP = ("CLEAR", "GREEN", "AMBER+STRICT", "RED", "")


def files(folder):
    """Every file below a folder, by its name there."""
    found = {}
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


def handed_over(binary, folder, tlp="AMBER", **options):
    """A workspace whose actions of every kind are approved and handed over: it, and the batch."""
    workspace = Workspace(binary, folder, **options).make(every_kind.TENANT, every_kind.export(), tlp)
    workspace.approve(APPROVED)
    return workspace, batch_files.Batch(workspace.orders(HANDED_OVER)[1])


def wrong_elsewhere(binary, scratch, workspace):
    """The same run in another place, zone and language, and with another mask."""
    place = os.path.join(scratch, "elsewhere", "f\u00fcr alle")
    os.makedirs(place)
    environment = {**os.environ, "TZ": "Pacific/Chatham", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"}
    other, batch = handed_over(binary, os.path.join(place, "w"), environment=environment, umask=0)
    yield from batch_files.wrong_names(batch)
    for part in ("outbox/orders", "ledger.jsonl", "site"):
        one, two = (
            files(os.path.join(where.folder, part)) if part != "ledger.jsonl" else {part: where.ledger()} for where in (workspace, other))
        yield from (f"{part}/{name}: other bytes" for name in sorted(set(one) | set(two)) if one.get(name) != two.get(name))


def wrong_again(workspace, batch):
    """What a second run says and does: nothing, or the same orders again."""
    ledger = workspace.ledger()
    said, folder = workspace.orders(LATER)
    if folder or said["result"] != "nothing" or said["open"] != len(batch.orders):
        yield f"a second run: {said}"
    said, folder = workspace.orders(LATER, "--all")
    again = batch_files.Batch(folder)
    yield from batch_files.wrong_batch(again, workspace.folder, ISSUER)
    if set(again.orders) != set(batch.orders) or any(one["is_new"] for one in said["orders"]):
        yield f"--all: other ids, or new ones: {set(again.orders) ^ set(batch.orders)}"
    for name, content in batch.content.items():
        is_same = name.endswith((".openc2.json", ".cacao.json", ".stix.json", ".graph.json", "ocsf.jsonl"))
        if is_same and again.content.get(name) != content:
            yield f"--all: {name} has other bytes"
    for number, (form, pattern) in enumerate(FORMATS.items()):
        out = os.path.join(os.path.dirname(workspace.folder), f"out-{form}")
        said = workspace.json(LATER, "orders", "--all", "--format", form, "--out", out)[-1]
        pattern = pattern.replace("ID", batch_files.ORDER_ID) + r"|SHA256SUMS(\.sig)?"
        names = set(os.listdir(os.path.join(out, said["batch"])))
        alike = {name for name in again.content if re.fullmatch(pattern, name)}
        if names != alike:
            yield f"--format {form}: {sorted(names ^ alike)[:4]}"
    if workspace.run(LATER, "orders", "--format", "yaml", status=(0, 64)).returncode != 64:
        yield "an unknown format is taken"
    if workspace.ledger() != ledger:
        yield "ledger.jsonl is another"


def hostile(binary, folder, made, words, shapes):
    """Approves and hands over some actions: how many were ordered, and what is wrong with their orders."""
    workspace = Workspace(binary, folder).make(every_kind.TENANT, hostile_strings.export(made))
    approved = workspace.approve(APPROVED)
    batch = batch_files.Batch(workspace.orders(HANDED_OVER, status=SOME_REFUSED)[1])
    wrong = [*batch_files.wrong_batch(batch, folder, ISSUER), *hostile_strings.wrong_script(batch, words)]
    wrong += [*hostile_strings.wrong_checklist(batch, shapes), *hostile_strings.wrong_entries(batch)]
    if approved != len(made):
        wrong.append(f"{len(made)} actions, {approved} approved")
    shutil.rmtree(folder)
    return len(batch.orders), [str(one) for one in wrong]


def wrong_refused(binary, folder):
    """A run that refuses every order says so, on standard output too."""
    made = [("refused", "block-url", [every_kind.url("ftp://kiln-invoice.test/")], {})]
    workspace = Workspace(binary, folder).make(every_kind.TENANT, every_kind.record("rec-1", every_kind.INVESTIGATION, made))
    workspace.approve(APPROVED)
    ledger = workspace.ledger()
    result = workspace.run(HANDED_OVER, "orders", "--json", status=SOME_REFUSED)
    if result.returncode != 4 or "no order" not in result.stderr:
        yield f"exit {result.returncode}: {result.stderr}"
    if not result.stdout.startswith("{"):
        yield "nothing on standard output with --json"
    if workspace.ledger() != ledger:
        yield "ledger.jsonl is another"


def check_hostile(checks, binary, scratch, batches, every_line):
    found = hostile_strings.strings(os.environ["COUNTERSIGN_SHARED"], every_line)
    made = hostile_strings.actions(found)
    words = set().union(*map(hostile_strings.words, batches))
    shapes = set().union(*map(hostile_strings.shapes, batches))
    wrong, ordered, count = [], 0, -(-len(made) // 250)
    with concurrent.futures.ProcessPoolExecutor() as pool:
        waiting = [
            pool.submit(hostile, binary, os.path.join(scratch, f"hostile-{number}"), made[number::count], words, shapes)
            for number in range(count)]
        for one in waiting:
            number, some = one.result()
            ordered += number
            wrong += some
    # One of a kind: what is the same but for ids, values and numbers.
    kinds = {re.sub(r"wo-\w+|[a-z-]+--[0-9a-f-]{36}|'.*'|\".*\"|: .{61,}|[0-9]+", "", one): one for one in wrong}
    wrong = [f"{len(wrong)} in all", *kinds.values()] if wrong else []
    what = f"{len(found)} strings of others in {len(made)} actions, {ordered} of them ordered"
    checks.add(what, wrong if ordered > len(made) / 5 else [f"only {ordered}", *wrong])


def main() -> int:
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--all"]) :
        print(__doc__, file=sys.stderr)
        return 64
    binary, checks = os.path.abspath(sys.argv[1]), Checks()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = os.path.realpath(scratch)
        workspace, batch = handed_over(binary, os.path.join(scratch, "w"))
        checks.add(f"{len(batch.orders)} orders of every kind", [] if len(batch.orders) == len(every_kind.ACTIONS) else [len(batch.orders)])
        checks.add("names and modes of files", batch_files.wrong_names(batch))
        checks.add("every file follows its standard, in ASCII", batch_files.wrong_form(batch))
        checks.add("effects give digests and ids again", batch_files.wrong_effects(batch, ISSUER))
        checks.add("ids, digests and times are the same in all forms", batch_files.wrong_joins(batch))
        checks.add("checksums and signatures", batch_files.wrong_signatures(batch, workspace.folder, ISSUER))
        checks.add("every form names what it is about", order_words.wrong_named(batch))
        checks.add("a run that refuses every order", wrong_refused(binary, os.path.join(scratch, "refused")))
        checks.add("the same bytes elsewhere", wrong_elsewhere(binary, scratch, workspace))
        checks.add("a second run", wrong_again(workspace.copied("again"), batch))
        for tlp in TLP:
            other, marked = handed_over(binary, os.path.join(scratch, f"tlp-{tlp}"), tlp)
            wrong = [*batch_files.wrong_batch(marked, other.folder, ISSUER), *order_words.wrong_markings(marked, tlp)]
            checks.add(f"marked {tlp or 'not at all'}", wrong)
        checks.add("marked AMBER", order_words.wrong_markings(batch, "AMBER"))
        result_checks.check(checks, workspace, batch)

        undoing = workspace.copied("undoing")
        lines = [{"format": "countersign-result/1", "order": one, "state": "succeeded", "at": result_files.AT} for one in batch.orders]
        undoing.take(UNDONE, "results", result_files.lines(lines))
        undoing.run(UNDONE, "build")
        count = undoing.approve(UNDO_APPROVED, of_undo=True)
        undo = batch_files.Batch(undoing.orders(UNDO_HANDED_OVER)[1])
        checks.add(f"{count} undos are handed over", [] if count == len(undo.orders) else [len(undo.orders)])
        checks.add("undos follow every standard too", batch_files.wrong_batch(undo, undoing.folder, ISSUER))
        checks.add("undos name what is to be restored", order_words.wrong_restored(undo))
        if os.environ.get("COUNTERSIGN_SHARED"):
            check_hostile(checks, binary, scratch, [batch, undo], bool(sys.argv[2:]))
        else:
            print("skipped: strings of others, without the corpora")
    print(f"order_checks: {checks.failed} wrong")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
