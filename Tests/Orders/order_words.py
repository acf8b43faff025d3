"""What the forms of an order tell, and whether that is enough: markings, what is acted on, what is to be restored."""

import json

import every_kind
import hostile_strings


def wrong_markings(batch, tlp):
    """The marking stands in every form, or in none."""
    mark = f"TLP:{tlp}"
    for name, order in batch.orders.items():
        playbook, bundle = batch.form(name, "cacao"), batch.form(name, "stix")
        levels = [playbook["data_marking_definitions"][one]["tlpv2_level"] for one in playbook.get("markings", [])]
        marked = [one["name"] for one in bundle["objects"] if one["type"] == "marking-definition"]
        objects = [one for one in bundle["objects"] if one["type"] != "marking-definition"]
        refused = [one["id"] for one in objects if ("object_marking_refs" in one) != bool(tlp)]
        if order["tlp"] != tlp or levels != ([mark] if tlp else []) or marked != levels or refused:
            yield f"{name}: {order['tlp']} {levels} {marked} {refused[:2]}"
    yield from (f"OCSF: {one['command_uid']}" for one in batch.events if one["metadata"].get("labels", []) != ([mark] if tlp else []))
    lines = batch.text("checklist.md").splitlines()
    if tlp and not lines[0] == lines[-1] == mark.replace("+", "\\+") or (mark + "\n" in batch.text("carry-out.ps1")) != bool(tlp):
        yield "checklist or script"
    if not tlp and any(b"TLP:" in content for content in batch.content.values()):
        yield "a marking, where there is none"


def told(batch, order):
    """What each form of an order tells whoever carries it out."""
    steps = batch.form(order, "cacao")["workflow"].values()
    manual = [command["command"] for step in steps for command in step.get("commands", []) if command["type"] == "manual"]
    script = "\n".join(batch.script(order))
    requests = batch.form(order, "graph")["requests"]
    return {
        "order": json.dumps(batch.orders[order], ensure_ascii=False), "checklist": batch.section(order),
        "CACAO, by hand": "\n".join(manual),
        "OpenC2": json.dumps(list(batch.commands(order).values()), ensure_ascii=False),
        "script": script and "\n".join([script, *hostile_strings.decoded(hostile_strings.LITERAL.findall(script))]),
        "requests": json.dumps(requests, ensure_ascii=False) if requests else ""}


def wrong_values(batch):
    """By form: the values that it does not name, of those that a reversal sets back or the order acts on."""
    missing = {}
    for action, (_, values) in every_kind.RESTORED.items():
        if not (order := batch.by_source(action)):
            continue
        for form, text in told(batch, order).items():
            unnamed = [value for value in values if text and not any(one in text.lower() for one in value.lower().split("|"))]
            if unnamed:
                missing.setdefault(form, []).append(f"{action} ({', '.join(unnamed)})")
    return [f"{form} does not name: {'; '.join(actions)}" for form, actions in missing.items()]


def wrong_restored(batch):
    """Each reversible action is undone, and each form of a counter-order names the step and what is to be restored."""
    undone = {value["source"]["action"] for value in batch.orders.values()}
    expected = {name for name, *_ in every_kind.ACTIONS} - set(every_kind.FINAL)
    if undone != expected:
        yield f"undone, or not: {sorted(undone ^ expected)}"
    for action, (step, _) in every_kind.RESTORED.items():
        order = batch.by_source(action)
        if not order or batch.orders[order]["what"] != step:
            yield f"{action}: not {step}"
    yield from wrong_values(batch)


def wrong_named(batch):
    """What is asked of a person, or of a machine, names what it is asked of, and is neither less nor something else."""
    yield from wrong_values(batch)
    unknown = told(batch, batch.by_source("unknown"))
    if unnamed := [form for form, text in unknown.items() if text and "reticulate-splines" not in text and form != "OpenC2"]:
        yield f"unknown: its type is not named by {', '.join(unnamed)}"
    for order, value in batch.orders.items():
        action, requests = value["source"]["action"], batch.form(order, "graph")
        yield from (f"{action}: {one['message']}" for one in value["findings"] if one["code"] == "repeated")
        keys = ("host", "upn", "sha1") if value["what"] == "stop-and-quarantine-file" else ("host", "upn")
        names = [one[key] for one in value["effect"]["targets"] for key in keys if key in one]
        if any(one not in json.dumps(requests) for one in names) and "by_hand" not in requests:
            yield f"{action}: the requests leave out a target, and do not say so"
        if "requests of the graph format" in requests.get("by_hand", ""):
            yield f"{action}: the requests say: see the requests"
        for one in [request["body"] for request in requests["requests"] if "body" in request]:
            for key, word in (("IsolationType", "isolation"), ("ScanType", "scan")):
                if one.get(key, "").lower() != value["effect"]["parameters"].get(word, one.get(key, "")).lower():
                    yield f"{action}: approved {value['effect']['parameters'][word]}, asked for {one[key]}"
    section = batch.section(batch.by_source("forwarding-rule"))
    if "mailbox, Email forwarding" not in section or "disable the inbox rule of exactly this name" not in section:
        yield "forwarding-rule: the checklist leaves out the mailbox, or the rule"
