"""Result files of every kind, read back: where their rows go, and what comes of the actions."""

import glob
import json
import os

import every_kind
import ocsf_schema
import result_files
from order_workspace import SOME_REFUSED

READ, READ_AGAIN = "2026-03-13T15:00:00Z", "2026-03-13T16:00:00Z"


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


def wrong_events(workspace, count):
    """Each new result is an event too, as its standard has it."""
    lines = []
    for name in sorted(glob.glob(os.path.join(workspace.folder, "outbox", "results", "*.ocsf.jsonl"))):
        with open(name, "rb") as file:
            lines += file.read().splitlines()
    if len(lines) != count:
        yield f"{len(lines)} events of {count} results"
    for line in lines:
        yield from ocsf_schema.validate(json.loads(line))


def wrong_results(workspace, results):
    """Reads a result file: totals, states, counts, and nothing new the second time."""
    said = workspace.take(READ, "results", results.content, SOME_REFUSED)
    yield from wrong_totals(said[-1], results)
    if said[-1]["changed"] != len({one["action"] for one in said[:-1] if "state" in one}):
        yield f"{said[-1]['changed']} changed, {len(said) - 1} told"
    yield from differing(workspace, results.states)
    yield from wrong_events(workspace, len(said) - 1)
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


def check(checks, workspace, batch):
    forms = {
        "events as handed over": result_files.ocsf(batch, unchanged=True), "lines of our own": result_files.own(batch),
        "OCSF events": result_files.ocsf(batch),
        "Action center history": result_files.action_center(batch), "the same with semicolons": result_files.action_center(batch, ";")}
    forms |= {f"EmailPostDeliveryEvents, {form}": result_files.post_delivery(form) for form in ("CSV", "answer", "stream", "lines")}
    for number, (what, results) in enumerate(forms.items()):
        checks.add(f"results: {what}", wrong_results(workspace.copied(f"results-{number}"), results))
    for what in ("lines of our own", "OCSF events", "EmailPostDeliveryEvents, stream"):
        for backwards in (False, True):
            where = workspace.copied(f"halves-{what[:4]}-{backwards}")
            checks.add(f"results: {what}, in two files{', second first' if backwards else ''}", wrong_halves(where, forms[what], backwards))
    content, states = result_files.newer_export()
    exported = workspace.copied("exported")
    exported.take(READ, "results", content)
    ledger = exported.ledger()
    exported.take(READ, "results", content)
    again = ["the second time: the ledger is another"] if exported.ledger() != ledger else []
    checks.add("results: a newer export", [*differing(exported, states), *again])
