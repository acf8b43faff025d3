#!/usr/bin/env python3
"""Hands over approved actions of every kind, reads results back, and holds every file against the standard that it follows.

Usage: order_checks.py COUNTERSIGN [--all]

COUNTERSIGN is a built binary. Workspaces are made in a temporary folder. Every form of every order is validated, its ids, digests and
signatures are checked with other programs, and the same run elsewhere gives the same bytes. Every reversal is approved and handed over
too. Result files of every kind are read back, in whole, in halves and twice. Last come the strings of $COUNTERSIGN_SHARED/corpora/blns
and xss at every place where an order takes text, of the second each twentieth, with --all each one. Prints one line for each check;
exit status 0 only where all hold.

Needs coreutils and ssh-keygen from the system; stix2-validator and stix2-patterns from PyPI.
"""

import concurrent.futures
import json
import os
import re
import shutil
import sys
import tempfile

import batch_files
import every_kind
import hostile_strings
import result_files
from order_workspace import APPROVED, HANDED_OVER, ISSUER, SAMPLES, Workspace

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "Shared"))
from checks import Checks

FORMATS = {
    "json": r"ID\.json(\.sig)?", "cacao": r"ID\.cacao\.json", "openc2": r"ID(\.[0-9]+)?\.openc2\.json", "stix": r"ID\.stix\.json",
    "ocsf": r"orders\.ocsf\.jsonl", "graph": r"ID\.graph\.json", "powershell": r"carry-out\.ps1", "checklist": r"checklist\.md"}
LATER, READ, READ_AGAIN = "2026-03-13T11:30:00Z", "2026-03-13T15:00:00Z", "2026-03-13T16:00:00Z"
SOME_REFUSED = (0, 4)
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


def copied(workspace, name):
    folder = os.path.join(os.path.dirname(workspace.folder), name)
    shutil.copytree(workspace.folder, folder)
    return Workspace(workspace.binary, folder)


# MARK: Batches

def wrong_elsewhere(binary, scratch, workspace):
    """The same run in another place, zone, language, mask and folder."""
    place = os.path.join(scratch, "elsewhere", "f\u00fcr alle")
    os.makedirs(place)
    environment = {**os.environ, "TZ": "Pacific/Chatham", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"}
    other, batch = handed_over(binary, os.path.join(place, "w"), environment=environment, umask=0)
    yield from batch_files.wrong_names(batch)
    for part in ("outbox/orders", "ledger.jsonl", "site"):
        one, two = (files(os.path.join(where.folder, part)) if part != "ledger.jsonl" else {part: where.ledger()} for where in (workspace, other))
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
        if name.endswith((".openc2.json", ".cacao.json", ".stix.json", ".graph.json", "ocsf.jsonl")) and again.content.get(name) != content:
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


def wrong_markings(batch, tlp):
    """The marking stands in every form, or in none."""
    mark = f"TLP:{tlp}"
    for name, order in batch.orders.items():
        playbook, bundle = batch.form(name, "cacao"), batch.form(name, "stix")
        levels = [playbook["data_marking_definitions"][one]["tlpv2_level"] for one in playbook.get("markings", [])]
        marked = [one["name"] for one in bundle["objects"] if one["type"] == "marking-definition"]
        refused = [one["id"] for one in bundle["objects"] if one["type"] != "marking-definition" and ("object_marking_refs" in one) != bool(tlp)]
        if order["tlp"] != tlp or levels != ([mark] if tlp else []) or marked != levels or refused:
            yield f"{name}: {order['tlp']} {levels} {marked} {refused[:2]}"
    yield from (f"OCSF: {one['command_uid']}" for one in batch.events if one["metadata"].get("labels", []) != ([mark] if tlp else []))
    lines = batch.text("checklist.md").splitlines()
    if tlp and not lines[0] == lines[-1] == mark or (mark + "\n" in batch.text("carry-out.ps1")) != bool(tlp):
        yield "checklist or script"
    if not tlp and any(b"TLP:" in content for content in batch.content.values()):
        yield "a marking, where there is none"


# MARK: Orders that take back

def told(batch, order):
    """What each form of an order tells whoever carries it out."""
    steps = batch.form(order, "cacao")["workflow"].values()
    manual = [command["command"] for step in steps for command in step.get("commands", []) if command["type"] == "manual"]
    script = "\n".join(batch.script(order))
    requests = batch.form(order, "graph")["requests"]
    return {
        "order": json.dumps(batch.orders[order], ensure_ascii=False), "checklist": batch.section(order), "CACAO, by hand": "\n".join(manual),
        "OpenC2": json.dumps(list(batch.commands(order).values()), ensure_ascii=False),
        "script": script and "\n".join([script, *hostile_strings.decoded(hostile_strings.LITERAL.findall(script))]),
        "requests": json.dumps(requests, ensure_ascii=False) if requests else ""}


def wrong_restored(batch):
    """Each form of a counter-order names the step and what is to be restored."""
    undone = {value["source"]["action"] for value in batch.orders.values()}
    expected = {name for name, *_ in every_kind.ACTIONS} - set(every_kind.FINAL)
    if undone != expected:
        yield f"undone, or not: {sorted(undone ^ expected)}"
    for action, (step, values) in every_kind.RESTORED.items():
        order = batch.by_source(action)
        if not order or batch.orders[order]["what"] != step:
            yield f"{action}: not {step}"
            continue
        for form, text in told(batch, order).items():
            missing = [value for value in values if text and value.lower() not in text.lower()]
            if missing:
                yield f"{action}: {form} does not name {', '.join(missing)}"


def wrong_named(batch):
    """What is asked of a person, or a machine, names what it is asked of: the values that take it back, too."""
    for action, (_, values) in every_kind.RESTORED.items():
        for form, text in told(batch, batch.by_source(action)).items():
            missing = [value for value in values if text and value.lower() not in text.lower()]
            if missing:
                yield f"{action}: {form} does not name {', '.join(missing)}"
    order = batch.by_source("unknown")
    yield from (f"unknown: {form} does not name its type" for form, text in told(batch, order).items() if text and "reticulate-splines" not in text)
    for order, value in batch.orders.items():
        yield from (f"{value['source']['action']}: said to repeat another" for one in value["findings"] if one["code"] == "repeated")
        requests, hosts = json.dumps(batch.form(order, "graph")), [one["host"] for one in value["effect"]["targets"] if one["type"] == "host"]
        if any(one not in requests for one in hosts) and "by_hand" not in batch.form(order, "graph"):
            yield f"{value['source']['action']}: the requests leave out a device and do not say so"


# MARK: Results

def standing(workspace):
    """Our words for what came of each action."""
    return {one["source_id"]: one["execution"] for one in workspace.json(READ, "explain", every_kind.INVESTIGATION) if "source_id" in one}


def differing(workspace, states):
    found = standing(workspace)
    for action, *_ in every_kind.ACTIONS:
        if found[action] != states.get(action, "handed over"):
            yield f"{action}: {found[action]}, not {states.get(action, 'handed over')}"


def wrong_totals(said, results):
    expected = {"read": sum(results.totals.values()), "repeated": 0, **results.totals}
    for name, number in expected.items():
        if said[name] != number:
            yield f"{name}: {said[name]}, not {number}"
    if said["read"] != sum(said[name] for name in ("used", "repeated", "no_outcome", "not_ours", "rejected")):
        yield f"it does not add up: {said}"


def wrong_results(workspace, results):
    """Reads a result file: totals, states, counts, and nothing new the second time."""
    said = workspace.take(READ, "results", results.content, SOME_REFUSED)
    yield from wrong_totals(said[-1], results)
    if said[-1]["changed"] != len({one["action"] for one in said[:-1] if "state" in one}):
        yield f"{said[-1]['changed']} changed, {len(said) - 1} told"
    yield from differing(workspace, results.states)
    counts = {}
    for action, *_ in every_kind.ACTIONS:
        state = results.states.get(action, "handed over")
        counts[state] = counts.get(state, 0) + 1
    if workspace.execution(READ) != counts:
        yield f"status counts {workspace.execution(READ)}, not {counts}"
    ledger = workspace.ledger()
    said = workspace.take(READ_AGAIN, "results", results.content, SOME_REFUSED)[-1]
    if workspace.ledger() != ledger or (said["repeated"], said["used"], said["changed"]) != (results.totals["used"], 0, 0):
        yield f"the second time: {said}"
    workspace.run(READ_AGAIN, "build")
    workspace.run(READ_AGAIN, "verify", "--ledger")


def wrong_halves(workspace, results, backwards):
    """The rows in two files, one after the other or the other first: as in one."""
    rows = results.content.splitlines(keepends=True)
    halves = [b"".join(rows[0::2]), b"".join(rows[1::2])]
    for half in reversed(halves) if backwards else halves:
        workspace.take(READ, "results", half, SOME_REFUSED)
    yield from differing(workspace, results.states)


def check_results(checks, workspace, batch):
    forms = {
        "events as handed over": result_files.ocsf(batch, unchanged=True), "lines of our own": result_files.own(batch), "OCSF events": result_files.ocsf(batch),
        "Action center history": result_files.action_center(batch), "the same with semicolons": result_files.action_center(batch, ";")}
    forms |= {f"EmailPostDeliveryEvents, {form}": result_files.post_delivery(form) for form in ("CSV", "answer", "stream", "lines")}
    for number, (what, results) in enumerate(forms.items()):
        checks.add(f"results: {what}", wrong_results(copied(workspace, f"results-{number}"), results))
    for what in ("lines of our own", "OCSF events", "EmailPostDeliveryEvents, stream"):
        for backwards in (False, True):
            where = copied(workspace, f"halves-{what[:4]}-{backwards}")
            checks.add(f"results: {what}, in two files{', second first' if backwards else ''}", wrong_halves(where, forms[what], backwards))
    content, states = result_files.newer_export()
    exported = copied(workspace, "exported")
    exported.take(READ, "results", content)
    ledger = exported.ledger()
    exported.take(READ, "results", content)
    checks.add("results: a newer export", [*differing(exported, states), *(["the ledger is another"] if exported.ledger() != ledger else [])])


# MARK: Strings of others

def hostile(binary, folder, made, words, shapes):
    """Approves and hands over some actions: how many were ordered, and what is wrong with their orders."""
    workspace = Workspace(binary, folder).make(every_kind.TENANT, hostile_strings.export(made))
    approved = workspace.approve(APPROVED)
    said, where = workspace.orders(HANDED_OVER, status=SOME_REFUSED)
    batch = batch_files.Batch(where)
    wrong = [*batch_files.wrong_batch(batch, folder, ISSUER), *hostile_strings.wrong_script(batch, words)]
    wrong += [*hostile_strings.wrong_checklist(batch, shapes), *hostile_strings.wrong_values(batch)]
    if approved != len(made):
        wrong.append(f"{len(made)} actions, {approved} approved")
    shutil.rmtree(folder)
    return len(said["orders"]), [str(one) for one in wrong]


def check_hostile(checks, binary, scratch, batches, every_line):
    found = hostile_strings.strings(os.environ["COUNTERSIGN_SHARED"], every_line)
    made = hostile_strings.actions(found)
    words = set().union(*map(hostile_strings.words, batches))
    shapes = set().union(*map(hostile_strings.shapes, batches))
    wrong, ordered, size = [], 0, 250
    with concurrent.futures.ProcessPoolExecutor() as pool:
        waiting = [
            pool.submit(hostile, binary, os.path.join(scratch, f"hostile-{start}"), made[start:start + size], words, shapes)
            for start in range(0, len(made), size)]
        for one in waiting:
            number, some = one.result()
            ordered += number
            wrong += some
    checks.add(f"{len(found)} strings of others in {len(made)} actions, {ordered} of them ordered", wrong if ordered > len(made) / 5 else [ordered])


def main() -> int:
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--all"]):
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
        checks.add("every form names what it is about", wrong_named(batch))
        checks.add("the same bytes elsewhere", wrong_elsewhere(binary, scratch, workspace))
        checks.add("a second run", wrong_again(copied(workspace, "again"), batch))
        for tlp in TLP:
            other, marked = handed_over(binary, os.path.join(scratch, f"tlp-{tlp}"), tlp)
            checks.add(f"marked {tlp or 'not at all'}", [*batch_files.wrong_batch(marked, other.folder, ISSUER), *wrong_markings(marked, tlp)])
        checks.add("marked AMBER", wrong_markings(batch, "AMBER"))
        check_results(checks, workspace, batch)

        undoing = copied(workspace, "undoing")
        lines = [{"format": "countersign-result/1", "order": one, "state": "succeeded", "at": result_files.AT} for one in batch.orders]
        undoing.take("2026-03-13T12:30:00Z", "results", result_files.lines(lines))
        undoing.run("2026-03-13T12:30:00Z", "build")
        count = undoing.approve("2026-03-13T13:00:00Z", of_undo=True)
        undo = batch_files.Batch(undoing.orders("2026-03-13T14:00:00Z")[1])
        checks.add(f"{count} undos are handed over", [] if count == len(undo.orders) else [len(undo.orders)])
        checks.add("undos follow every standard too", batch_files.wrong_batch(undo, undoing.folder, ISSUER))
        checks.add("undos name what is to be restored", wrong_restored(undo))
        check_hostile(checks, binary, scratch, [batch, undo], bool(sys.argv[2:]))
    print(f"order_checks: {checks.failed} wrong")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
