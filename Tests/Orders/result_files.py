"""Result files as systems write them, of the orders of a batch; each with where its rows go, and what comes of the actions."""

import csv
import io
import json

import every_kind

AT = "2026-03-13T12:00:00Z"
MILLISECONDS = 1773403200000
FOREIGN = "wo-" + "a" * 20


class Results:
    """A result file: its content, how many of its rows go where, and the state of each action that it tells."""

    def __init__(self):
        self.content, self.states = b"", {}
        self.totals = {"used": 0, "no_outcome": 0, "not_ours": 0, "rejected": 0}

    def count(self, where, number=1):
        self.totals[where] += number


def lines(values):
    return "".join(value if isinstance(value, str) else json.dumps(value) + "\n" for value in values).encode("utf-8")


def table(rows, separator=",", end="\r\n", mark=False):
    names = list(rows[0])
    out = io.StringIO()
    writer = csv.DictWriter(out, names, delimiter=separator, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return (b"\xef\xbb\xbf" if mark else b"") + out.getvalue().encode("utf-8")


def own(batch):
    """Lines of our own: of orders, of parts, of nobody's, and wrong ones."""
    results, found = Results(), []

    def line(order, state, **more):
        return {
            "format": "countersign-result/1", "order": order, "state": state, "at": AT, "detail": "f\u00fcr \u201calle\u201d <b>", **more}
    words = ["running", "failed", "skipped", "already gone", "succeeded", "Already_Gone", "SUCCEEDED"]
    states = ["running", "failed", "skipped", "already gone", "succeeded", "already gone", "succeeded"]
    for number, (order, value) in enumerate(sorted(batch.orders.items())):
        action, parts = value["source"]["action"], value["parts"]
        if parts == 1:
            found.append(line(order, words[number % 7]))
            results.states[action] = states[number % 7]
            results.count("used")
    for action, parts, state in (
            ("block-urls", ["succeeded", "already gone", "succeeded"], "succeeded"),
            ("disable-accounts", ["succeeded", "failed"], "failed"), ("isolate-several", ["succeeded"], "running"),
            ("block-files", ["already gone", "already gone"], "already gone"),
            ("soft-messages", ["succeeded", "succeeded", "running"], "running")):
        found += [line(f"{batch.by_source(action)}.{number}", one) for number, one in enumerate(parts, 1)]
        results.count("used", len(parts))
        results.states[action] = state
    for foreign in (FOREIGN, batch.by_source("block-urls") + ".4", batch.by_source("block-url") + ".2", batch.by_source("scan").upper()):
        found.append(line(foreign, "succeeded"))
        results.count("not_ours")
    scan = batch.by_source("scan")
    for wrong in (
            line(scan, "done"), line(scan, "handed over"), line(scan, "not started"), line(scan, "succeeded", at="yesterday"),
            line("", "failed"), line(scan, "succeeded", format="countersign-result/2"), {**line(scan, "succeeded"), "state": 1},
            '{"format":"countersign-result/1",\n'):
        found.append(wrong)
        results.count("rejected")
    results.content = lines(found)
    return results


def ocsf(batch, unchanged=False):
    """The events of the batch, their status set by who carried them out."""
    results, found = Results(), []
    states = {0: None, 1: "succeeded", 2: "failed", 3: "already gone", 4: "failed", 5: "failed", 6: "failed", 99: None}
    for number, event in enumerate(batch.events):
        status = 0 if unchanged else list(states)[number % len(states)]
        told = {"status_id": status, "status": "Told", "time": MILLISECONDS, "status_detail": "by a machine"}
        found.append(event if unchanged else {**event, **told})
        results.count("used" if states[status] else "no_outcome")
        if states[status]:
            results.states[batch.orders[event["command_uid"]]["source"]["action"]] = states[status]
    if not unchanged:
        event = {**batch.events[0], "status_id": 1, "time": MILLISECONDS}
        nameless = {key: value for key, value in event.items() if key != "command_uid"}
        found += [{**event, "command_uid": FOREIGN}, nameless, {**event, "time": "now"}]
        results.count("not_ours")
        results.count("rejected", 2)
    results.content = lines(found)
    return results


HISTORY = [
    ("Completed", "Approved", "succeeded"), ("Failed", "Approved", "failed"), ("Pending", "", None), ("Running", "Approved", "running"),
    ("Skipped", "Declined", "skipped"), ("Completed", "Declined", "skipped"), ("Already in destination", "", "already gone"),
    ("", "", None), ("Partially remediated", "Approved", "failed"), ("TimedOut", "", "failed"), ("Cancelled", "", None),
    ("Waiting on resource", "", None)]


def action_center(batch, separator=","):
    """The history of the Action center, as its page exports it."""
    results, rows = Results(), []

    def row(action, status, decision):
        return {
            "InvestigationId": "7e1", "ActionId": action, "StartTime": "03/13/2026 11:30:00", "EndTime": "03/13/2026 12:00:00",
            "ActionType": "EmailRemediation", "ActionDecision": decision, "DecidedBy": "Ivy Marsh; SOC",
            "Comment": "a \"quoted\", one\nline", "ActionStatus": status, "ActionSource": "OfficeAdmin", "undo": "undoable"}
    for number, value in enumerate(batch.orders.values()):
        status, decision, state = HISTORY[number % len(HISTORY)]
        rows.append(row(value["source"]["action"], status, decision))
        results.count("used" if state else "no_outcome")
        if state:
            results.states[value["source"]["action"]] = state
    rows += [row("nobody-knows", "Completed", "Approved"), row("", "Completed", "Approved"), row("scan", "Perhaps", "")]
    results.count("not_ours")
    results.count("rejected", 2)
    results.content = table(rows, separator, mark=separator == ";")
    return results


def mail_events():
    """Events of messages: rows, where each goes, and what comes of it."""
    rows, results = [], Results()

    def event(name, where, action, by="Manual remediation", result="Success", recipient=every_kind.MAILBOX, at=AT):
        rows.append({
            "Timestamp": at, "NetworkMessageId": every_kind.network_id(name).upper(), "InternetMessageId": f"<{name}@kiln.test>",
            "Action": action, "ActionType": by, "ActionTrigger": "AdminAction", "ActionResult": result,
            "RecipientEmailAddress": recipient.upper(), "DeliveryLocation": "Quarantine", "ReportId": f"{name}-1"})
        results.count(where)
    event("m1", "used", "Soft delete")
    for number, by in enumerate(("Manual remediation", "Automated remediation", "Manual remediation")):
        event(f"m2-{number}", "used", "Soft delete", by, recipient=f"r{number}@larkfield.example.com")
    event("m3", "no_outcome", "Soft delete")
    event("m4", "used", "Moved to junk folder", result="Failed")
    event("m5", "used", "Moved to quarantine", "Phish ZAP")
    for number in range(3):
        event(f"c1-{number}", "used", "Hard delete" if number == 2 else "Soft delete")
    for name in ("c2-0", "c2-1", "c3-0", "c3-1", "c3-2"):
        event(name, "used", "Soft delete")
    event("c4-0", "used", "Hard delete")
    event("c4-1", "used", "Hard delete", result="Error")
    for number in range(2):
        event(f"c5-{number}", "used", "Move to junk", result="AlreadyInDestination")
        event(f"c6-{number}", "used", "Quarantine", at="2026-03-13T08:00:00Z")
    event("m1", "not_ours", "Soft delete", recipient="somebody.else@larkfield.example.com")
    event("m9", "not_ours", "Soft delete")
    event("m6", "not_ours", "Soft delete")
    event("m1", "no_outcome", "Moved to inbox")
    event("m1", "rejected", "Soft delete", result="Perhaps")
    event("m1", "rejected", "Soft delete", at="soon")
    results.states = {
        "soft-message": "succeeded", "soft-messages": "succeeded", "junk-message": "failed", "quarantine-message": "already gone",
        "soft-cluster": "succeeded", "soft-clusters": "running", "hard-cluster": "failed", "junk-cluster": "already gone",
        "quarantine-cluster": "already gone"}
    return rows, results


def post_delivery(form):
    """EmailPostDeliveryEvents as CSV, as the answer of the hunting API, as lines of the streaming API, or as bare lines."""
    rows, results = mail_events()
    if form == "CSV":
        results.content = table(rows)
    elif form == "answer":
        schema = [{"name": name, "type": "String"} for name in rows[0]]
        results.content = json.dumps({"schema": schema, "results": rows}, indent=1).encode("utf-8")
    elif form == "stream":
        results.content = lines({
            "time": AT, "tenantId": every_kind.TENANT, "operationName": "Publish", "category": "AdvancedHunting-EmailPostDeliveryEvents",
            "properties": row} for row in rows)
    else:
        results.content = lines(rows)
    return results


EXPORTED = {
    "completed": "succeeded", "failed": "failed", "skipped": "skipped", "cancelled": "skipped", "already-gone": "already gone",
    "running": "running", "waiting": "running", "pending": "handed over"}


def newer_export():
    """The same investigation later: what the exporting system says of its actions, one status after the other."""
    states, told = {}, {}
    for number, (name, *_) in enumerate(every_kind.ACTIONS):
        status = list(EXPORTED)[number % len(EXPORTED)]
        told[name] = {"status": status} if status == "pending" else {
            "status": status, "updated": AT, "decision": {"verdict": "approved", "by": "ivy.marsh@soc.larkfield.example.com", "at": AT}}
        states[name] = EXPORTED[status]
    return every_kind.record("rec-2", every_kind.INVESTIGATION, every_kind.ACTIONS, AT, told), states
