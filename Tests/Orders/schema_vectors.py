#!/usr/bin/env python3
"""Checks the validators beside this file: what is right passes, and what is done to it is told.

Usage: schema_vectors.py FOLDER

FOLDER holds examples, each a .json file: CACAO playbooks, OpenC2 commands and messages, OCSF events, STIX bundles and objects. Each
passes. Then each is changed at every place in turn: a value of another type, a property too many, one taken away, an empty list, an
id of something else, a time of another form, a word that is in no vocabulary. Each change is told, but for those that MAY_GO and UNTOLD
name. After that come vectors that no example has. Prints one line for each kind of change; exit status 0 only where all hold.

Needs stix2-validator and stix2-patterns from PyPI.
"""

import base64
import copy
import glob
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "Shared"))
import cacao_schema
import ocsf_schema
import openc2_schema
import stix_schema
from checks import Checks

VALIDATORS = {
    "playbook": cacao_schema.validate, "command": openc2_schema.validate, "message": openc2_schema.validate_message,
    "event": ocsf_schema.validate, "bundle": stix_schema.validate, "object": stix_schema.validate_object}
# Places, by the names on the way to them: [] for an element of a list, * for an id or a name of a variable. Where anything may stand:
FREE = {
    "event": r"unmapped\..+", "command": r"(args|actuator)\.x-\w+\..+|target\.x-\w+:.+",
    "message": r"body\.openc2\.request\.args\.x-\w+\..+|body\.openc2\.request\.target\.x-\w+\..+"}
# What may be left away, together with what stands in it only.
MAY_GO = {
    "playbook": r"description|playbook_types|playbook_processing_summary(\.\w+)?|valid_from|valid_until|priority|severity|impact|labels|"
                r"external_references(\[\]\.(description|external_id|url|source))?|markings|playbook_variables(\.\*\.(value|constant))?|"
                r"workflow\.\*\.(name|description|timeout)|workflow\.\*\.commands\[\]\.(headers|description)|derived_from|"
                r"(agent|target)_definitions\.\*\.(description|contact)",
    "command": r"args(\..+)?|actuator|command_id",
    "message": r"headers\.(created|from|to)|body\.openc2\.request\.(args(\..+)?|command_id|profile)",
    "event": r"\w+_name|timezone_offset|severity|status|status_\w+|message|countermeasures(\[\]\.\w+)?(\.\w+)?|remediation(\.references)?|"
             r"observables(\[\]\.(name|type|value))?|metadata\.(uid|correlation_uid|original_time|tenant_uid|labels)|"
             r"metadata\.product\.\w+|unmapped|duration|start_time|end_time",
    "bundle": r"objects\[\]\.(created_by_ref|object_marking_refs|labels|description|name|identity_class|defanged|indicator_types|"
              r"confidence|external_references|extensions|abstract|authors|valid_until)|objects\[\]\.extensions\.\*\.(?!playbook_bin).+",
    "object": r"created_by_ref|abstract|authors|object_marking_refs|labels|confidence|external_references"}
# Ids that nothing else in the document tells.
UNTOLD = {
    "playbook": r"id|created_by|data_marking_definitions\.\*\.created_by", "bundle": r"id", "object": r".*"}
WORDS = {
    "playbook": {
        "type": "bundle", "spec_version": "cacao-1.1", "id": "87348bbf-c902-4546-9d6b-1bc3fced38f8", "playbook_types[]": "repair",
        "playbook_activities[]": "delete-mail", "workflow.*.type": "jump", "workflow.*.commands[].type": "cobol", "priority": 101,
        "severity": -1, "workflow.*.commands[].playbook_activity": "delete-mail", "agent_definitions.*.type": "robot",
        "data_marking_definitions.*.type": "marking", "data_marking_definitions.*.tlpv2_level": "TLP:WHITE",
        "playbook_variables.*.type": "text", "workflow.*.commands[].command": "", "workflow.*.commands[].content_b64": "e30=\n"},
    "command": {"action": "block", "args.response_requested": "all", "args.stop_time": -1, "command_id": "two words", "target.uri": "here"},
    "message": {
        "body.openc2.request.action": "block", "headers.request_id": "95ad511c-3339-5111-9c47-9156c47d37d3", "headers.created": 1.5,
        "body.openc2.request.profile": "mdo", "body.openc2.request.target.uri": "here"},
    "event": {
        "activity_id": 6, "activity_name": "Evicted", "category_uid": 6, "category_name": "Mail", "class_uid": 7002, "class_name": "Mail",
        "type_uid": 700100, "type_name": "Isolate", "severity_id": 7, "severity": "Bad", "status_id": 7, "status": "Approved", "time": -1,
        "observables[].type_id": 49, "observables[].type": "URL", "metadata.version": "1.9.0", "timezone_offset": 1081,
        "countermeasures[].d3f_tactic.name": "Block", "countermeasures[].d3f_technique.uid": "T1566"},
    "bundle": {
        "type": "list", "objects[].type": "hint", "objects[].spec_version": "2.0", "objects[].indicator_types[]": "bad",
        "objects[].relationship_type": "blocks", "objects[].identity_class": "team", "objects[].pattern": "[url:value = 'x'",
        "objects[].pattern_type": "glob", "objects[].confidence": 101, "objects[].value": "https://elsewhere.example/",
        "objects[].extensions.*.extension_type": "new-sdo", "objects[].extensions.*.tlp_2_0": "green",
        "objects[].extensions.*.playbook_standard": "bpmn", "objects[].extensions.*.playbook_abstraction": "none",
        "objects[].extensions.*.playbook_severity": 81, "objects[].extensions.*.playbook_bin": "e30="},
    "object": {"type": "memo", "spec_version": "2.0"}}
IDENTIFIER = re.compile(rf"[a-z][a-z0-9-]+--{cacao_schema.UUID}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def kind(value):
    """Which validator is for a document."""
    if "class_uid" in value:
        return "event"
    if "body" in value:
        return "message"
    return {"playbook": "playbook", "bundle": "bundle", None: "command"}.get(value.get("type"), "object")


def places(value, path=()):
    """Every place in a document: the way to it, and what stands there."""
    for name, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*path, name), one
        yield from places(one, (*path, name))


def shown(path):
    names = ("[]" if isinstance(one, int) else ".*" if IDENTIFIER.fullmatch(one) or one.startswith("__") else f".{one}" for one in path)
    return "".join(names).lstrip(".")


def changed(document, path, change):
    """A copy of a document in which the place is changed; `change` takes what holds the place, and its name there."""
    new = copy.deepcopy(document)
    holder = new
    for one in path[:-1]:
        holder = holder[one]
    change(holder, path[-1])
    return new


def put(value):
    return lambda holder, name: holder.__setitem__(name, value)


def other_id(name):
    return name[:-1] + ("1" if name[-1] == "0" else "0")


def is_told(document, value, where):
    """Whether something in a document tells that an id is another: who refers to it, or what an observable is."""
    return where != "objects[].id" or json.dumps(document).count(value) > 1 or value.split("--")[0] in stix_schema.OBSERVABLES


def rename(holder, name):
    holder[other_id(name)] = holder.pop(name)


def changes(document, which):
    """Every change of a document: the kind of change, where, and the changed document."""
    free, may_go, untold = (re.compile(table.get(which, "(?!)")) for table in (FREE, MAY_GO, UNTOLD))
    yield "a property too many", "", {**document, "unheard_of": 1}
    for path, value in places(document):
        where = shown(path)
        if isinstance(value, dict) and not free.fullmatch(f"{where}.unheard_of"):
            yield "a property too many", where, changed(document, (*path, "unheard_of"), put(1))
        if free.fullmatch(where):
            continue
        for wrong in {str: [17, {}], int: ["17", True], bool: ["true", 0], list: [{}, "x"], dict: [[], "x"]}.get(type(value), []):
            yield "another type", where, changed(document, path, put(wrong))
        if isinstance(path[-1], str) and not may_go.fullmatch(where):
            yield "a property taken away", where, changed(document, path, lambda holder, name: holder.pop(name))
        if isinstance(value, list):
            yield "an empty list", where, changed(document, path, put([]))
        if isinstance(value, str) and IDENTIFIER.fullmatch(value) and not untold.fullmatch(where) and is_told(document, value, where):
            yield "another id", where, changed(document, path, put(other_id(value)))
        if isinstance(path[-1], str) and IDENTIFIER.fullmatch(path[-1]):
            yield "another id", f"name of {where}", changed(document, path, rename)
        if isinstance(value, str) and TIME.fullmatch(value) and which in ("playbook", "bundle", "object"):
            for wrong in (value[:-5] + "Z", value[:-1], value[:-1] + "+00:00", value.replace("T", " "), "2026-02-30" + value[10:]):
                yield "another form of a time", where, changed(document, path, put(wrong))
        if where in WORDS[which]:
            yield "a word or number that is not allowed", where, changed(document, path, put(WORDS[which][where]))


# Playbooks in short: the first letter of a step is its type's, and a sign what leads on.
LETTERS = {
    "s": "start", "a": "action", "e": "end", "p": "parallel", "i": "if-condition", "w": "while-condition", "c": "switch-condition"}
SIGNS = {">": "on_completion", "?": "on_success", "!": "on_failure", "+": "on_true", "-": "on_false"}
RIGHT_PATHS = [
    "s1>a1 a1>e1", "s1>a1 a1?e1 a1!e2", "s1>p1 p1|a1 p1|a2 p1>e3 a1>e1 a2>e2", "s1>i1 i1+a1 i1-a2 i1>e3 a1>e1 a2>e2",
    "s1>w1 w1+a1 w1>e2 a1>e1", "s1>c1 c1=a1 c1=a2 c1>e3 a1>e1 a2>e2",
    " ".join(["s1>a1", *(f"a{number}>a{number + 1}" for number in range(1, 3000)), "a3000>e1"])]
WRONG_PATHS = [
    "s1>a1 a1>~e1", "s1>a1 a1>e1 a2>e1", "s1>a1 a1>a2 a2>a1", "s1>e1", "s1>a1 a1>e1 s2>e1", "s1>a1 a1>a1", "s1>a1 a1>e1 a1!e2",
    "s1>a1 a1>e1 a1?e2", "s1>a1 a1>e1 e1>a2 a2>e2", "s1>p1 p1|a1 p1>e2 a1>e1", "s1>p1 p1|a1 p1|a2 p1>e2 a1>e1 a2>e1",
    "s1>i1 i1+a1 i1>e1 a1>e1", "s1>w1 w1+a1 w1>e1 a1>w1", "s1>a1 a1!e1", "s1?a1 a1>e1"]


def step(name):
    """The id of a step in short; a tilde before it keeps the step from being there."""
    name = name.lstrip("~")
    return f"{LETTERS[name[0]]}--00000000-0000-4000-8000-{ord(name[0]):04d}{int(name[1:]):08d}"


def playbook(path, command=None, **more):
    workflow, agent = {}, "individual--00000000-0000-4000-8000-000000000001"
    for one in path.split():
        name, sign, then = re.split(r"([>?!+|=-])", one)
        for other in (name, then):
            if other[0] != "~":
                workflow.setdefault(step(other), {"type": LETTERS[other[0]], **{
                    "a": {"agent": agent, "commands": [command or {"type": "manual", "command": "Do it"}]}, "i": {"condition": "x"},
                    "w": {"condition": "x"}, "c": {"switch": "__x__"}}.get(other[0], {})})
        if sign == "|":
            workflow[step(name)].setdefault("next_steps", []).append(step(then))
        elif sign == "=":
            workflow[step(name)].setdefault("cases", {})[then] = step(then)
        else:
            workflow[step(name)][SIGNS[sign]] = step(then)
    return {
        "type": "playbook", "spec_version": "cacao-2.0", "id": "playbook--00000000-0000-4000-8000-000000000002", "name": "Vector",
        "created_by": "identity--00000000-0000-4000-8000-000000000003", "created": "2026-01-15T08:30:00.000Z",
        "modified": "2026-01-15T08:30:00.000Z", "workflow_start": step("s1"), "workflow": workflow,
        "agent_definitions": {agent: {"type": "individual", "name": "Somebody"}}, **more}


def coded(value):
    return base64.b64encode(json.dumps(value).encode("ascii")).decode("ascii")


POST, DENY = {"type": "openc2-http", "command": "POST /openc2 HTTP/1.1"}, {"action": "deny", "target": {"uri": "https://a.example/"}}
RIGHT_COMMANDS = [
    *({"type": name, "command": "x"} for name in ("manual", "bash", "caldera-cmd", "powershell", "ssh")),
    *({"type": name, "command_b64": "eA=="} for name in ("manual", "powershell", "elastic", "jupyter", "kestrel", "sigma", "yara")),
    {"type": "http-api", "command": "GET /a HTTP/1.1", "headers": {"Accept": ["text/plain"]}}, {**POST, "content_b64": coded(DENY)}]
WRONG_COMMANDS = [
    {"type": "manual"}, {"type": "manual", "command": "x", "command_b64": "eA=="}, {"type": "bash", "command_b64": "eA"}, {"command": "x"},
    {"type": "sigma", "command": "x"}, {"type": "http-api", "command": "GET"}, {"type": "powershell", "command": "x", "headers": {}}, POST,
    {**POST, "content_b64": coded({**DENY, "action": "block"})}, {**POST, "content_b64": coded(DENY), "command": "GET / HTTP/1.1"},
    {**POST, "content_b64": base64.b64encode(b'{"action":"deny","action":"deny","target":{"uri":"a:b"}}').decode("ascii")},
    {"type": "ssh", "command": "use __unknown__:value"}, {"type": "manual", "command": "x", "external_references": [{"name": "alone"}]}]
RIGHT_TARGETS = {
    "artifact": {"payload": {"bin": "_-8="}}, "command": "5f0e", "device": {"hostname": "a-b.example"}, "domain_name": "phish.example",
    "email_addr": "a.b+c@phish.example", "features": [], "file": {"hashes": {"md5": "0123456789ABCDEF0123456789ABCDEF"}},
    "idn_domain_name": "b\u00fccher.example", "idn_email_addr": "\u00fc@b\u00fccher.example", "ipv4_net": "192.0.2.0/24",
    "ipv6_net": "2001:db8::/32", "ipv4_connection": {"protocol": "tcp", "dst_port": 443}, "iri": "https://b\u00fccher.example/\u00fc",
    "mac_addr": "00:00:5e:00:53:01",
    "process": {"parent": {"pid": 1}}, "properties": ["a"], "uri": "mailto:a@b.example",
    "x-mdo:forwarding": {"mailbox": "a"}, "slpf:rule": 1}
WRONG_TARGETS = [
    ("artifact", {"payload": {"bin": "+/8="}}), ("artifact", {}), ("command", "a b"), ("command", "a" * 37), ("device", {"name": "a"}),
    ("domain_name", "phish_.example"), ("domain_name", "b\u00fccher.example"), ("domain_name", "a." * 127 + "aa"), ("email_addr", "a@b@c"),
    ("email_addr", "a..b@c.example"), ("email_addr", "A <a@b.example>"), ("features", ["versions", "versions"]), ("features", ["all"]),
    ("file", {"hashes": {"md5": "0123456789abcdef0123456789abcdef"}}), ("file", {"hashes": {}}), ("ipv4_net", "192.0.2.0/33"),
    ("ipv4_net", "192.0.2"), ("ipv6_net", "2001:0db8::1"), ("ipv4_connection", {"protocol": "http"}),
    ("ipv4_connection", {"dst_port": 65536}),
    ("mac_addr", "00-00-5e-00-53-01"), ("process", {"pid": -1}), ("properties", []), ("uri", "https:///x"), ("uri", "https://a.example/ x"),
    ("uri", "https://a.example/%zz"), ("uri", "https://a.example/\u00fc"), ("mail", "a"), ("mdo:email", {"a": 1}), ("x-:email", {"a": 1}),
    ("x-a-very-long-namespace:email", {"a": 1})]
SIGNATURE = {
    "type": "jss", "id": "jss--00000000-0000-4000-8000-000000000004", "created": "2026-01-15T08:30:00.000Z", "signee": "Somebody",
    "modified": "2026-01-15T08:30:00.000Z", "related_to": "playbook--00000000-0000-4000-8000-000000000002",
    "related_version": "2026-01-15T08:30:00.000Z", "hash_algorithm": "sha-256", "algorithm": "Ed25519", "value": "eA"}
EVENT = {
    "activity_id": 2, "category_uid": 7, "class_uid": 7001, "type_uid": 700102, "time": 1, "severity_id": 1, "command_uid": "a",
    "metadata": {"version": "1.8.0", "product": {"name": "a"}}}
# The first is the example of the standard's Errata 01; the others are those that stix2 3.0.2 (PyPI) makes.
IDS = [
    ("domain-name", "example.com", "bedb4899-d24b-5401-bc86-8f6b4cc18ec7"),
    ("ipv4-addr", "127.0.0.1", "679c6c82-b4be-52e2-9c7a-198689f6f77b"),
    ("email-addr", "john@example.com", "7165e2a9-671f-585d-b1e1-ca59c671d934"),
    ("url", "https://example.com/research/index.html", "47c3cf9a-5027-5bf0-997a-017c7edc7c55")]


def by_hand():
    """Vectors that no example has: the kind, what it is, and whether it passes as it should."""
    for right, paths in ((True, RIGHT_PATHS), (False, WRONG_PATHS)):
        for path in paths:
            yield "paths through a playbook", path, right is not bool(cacao_schema.validate(playbook(path)))
    for right, commands in ((True, RIGHT_COMMANDS), (False, WRONG_COMMANDS)):
        for command in commands:
            yield "commands of a playbook", command, right is not bool(cacao_schema.validate(playbook("s1>a1 a1>e1", command)))
    for right, targets in ((True, RIGHT_TARGETS.items()), (False, WRONG_TARGETS)):
        for target in targets:
            yield "targets of a command", target, right is not bool(openc2_schema.validate({"action": "query", "target": dict([target])}))
    for right, arguments in (
            (True, {"start_time": 1, "duration": 1}), (True, {"x-mdo": {"mode": "hard"}}), (False, {}), (False, {"mode": "hard"}),
            (False, {"start_time": 1, "stop_time": 2, "duration": 1}), (False, {"start_time": 2, "stop_time": 1}),
            (False, {"duration": 2 ** 53}), (False, {"x-mdo": "hard"}), (False, {"mdo": {"a": 1}})):
        yield "arguments of a command", arguments, right is not bool(openc2_schema.validate({**DENY, "args": arguments}))
    for name, value, right in IDS:
        yield "ids of observables", name, stix_schema.observable_id({"type": name, "value": value}) == f"{name}--{right}"
    for right, more in (
            (True, {"valid_from": "2026-01-15T08:30:00.000Z", "valid_until": "2026-01-15T08:30:00.001Z"}),
            (False, {"playbook_types": ["attack"]}),
            (False, {"valid_from": "2026-01-15T08:30:00.000Z", "valid_until": "2026-01-15T08:30:00.000Z"}),
            (False, {"modified": "2026-01-15T08:29:59.999Z"}), (False, {"playbook_activities": ["restrict-access"]}),
            (True, {"signatures": [{**SIGNATURE, "public_key": "eA=="}]}), (False, {"signatures": [SIGNATURE]}),
            (False, {"signatures": [{**SIGNATURE, "public_key": "eA==", "thumbprint": "a"}]}),
            (False, {"signatures": [{**SIGNATURE, "public_key": "eA==", "related_version": "2026-01-15T08:30:00.001Z"}]}),
            (False, {"workflow_exception": step("a9")}), (False, {"playbook_variables": {"x": {"type": "string"}}})):
        yield "properties of a playbook", more, right is not bool(cacao_schema.validate(playbook("s1>a1 a1>e1", **more)))
    for right, more in (
            (True, {}), (True, {"id": f"playbook--{cacao_schema.playbook_uuid({'name': 'Vector'})}"}),
            (False, {"id": "playbook--00000000-0000-5000-8000-000000000002"}), (False, {"id": step("a1").replace("action", "playbook")}),
            (False, {"playbook_processing_summary": {"manual_playbook": False}}),
            (False, {"playbook_processing_summary": {"data_markings": True}})):
        yield "advice on a playbook", more, right is not bool(cacao_schema.advice(playbook("s1>a1 a1>e1", **more)))
    for right, more in (
            (True, {}), (True, {"status_id": 99, "status": "Queued"}), (False, {"status_id": 99}), (False, {"status": "Success"}),
            (False, {"countermeasures": [{"version": "1.0.0"}]}), (False, {"start_time": 2, "end_time": 1}), (False, {"time_dt": "2026"}),
            (False, {"metadata": {**EVENT["metadata"], "profiles": ["host"]}}), (False, {"metadata": {"version": "1.8.0", "product": {}}})):
        yield "attributes of an event", more, right is not bool(ocsf_schema.validate({**EVENT, **more}))
    for right, name in (
            (True, "unmapped.a[].b"), (True, "unmapped.a[0].b"), (True, "unmapped.a.b"), (False, "unmapped.a[1].b"), (False, "b")):
        event = {**EVENT, "unmapped": {"a": [{"b": 1}]}, "observables": [{"type_id": 6, "name": name}]}
        yield "advice on an event", name, right is not any("nothing is at" in one for one in ocsf_schema.advice(event))
    for right, content in (
            (True, b'{"a":1}'), (False, b'{"a":1,"a":1}'), (False, b"NaN"), (False, b"9007199254740993"), (False, b'"\xff"')):
        yield "JSON", content, right is is_read(content)
    marked = [stix_schema.marking(level) for level in stix_schema.TLP]
    old = {**marked[0], "id": "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"}
    alone = {"type": "url", "spec_version": "2.1", "id": f"url--{IDS[3][2]}", "value": IDS[3][1]}
    for right, objects in (
            (True, marked), (False, [old]), (False, [{**marked[0], "extensions": marked[1]["extensions"]}]), (False, [*marked, marked[0]]),
            (True, [alone]), (False, [{**alone, "object_marking_refs": [marked[0]["id"]]}]),
            (True, [{**alone, "object_marking_refs": [marked[0]["id"]]}, marked[0]]), (False, [{**alone, "id": "url--" + IDS[0][2]}])):
        bundle = {"type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000005", "objects": objects}
        yield "objects of a bundle", objects, right is not bool(stix_schema.validate(bundle))


def is_read(content):
    try:
        return openc2_schema.read(content) is not None
    except ValueError:
        return False


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    checks, passed, failed, told = Checks(), 0, 0, {}
    for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.json"))):
        with open(path, "rb") as file:
            document = openc2_schema.read(file.read())
        which, name = kind(document), os.path.basename(path)
        told.setdefault("examples pass", []).append((name, VALIDATORS[which](document)))
        for what, where, new in changes(document, which):
            told.setdefault(f"{which}: {what} is told", []).append((f"{name}: {where}", [] if VALIDATORS[which](new) else ["nothing told"]))
    for what, vector, holds in by_hand():
        told.setdefault(what, []).append((str(vector)[:120], [] if holds else ["not as it should be"]))
    for what, results in told.items():
        wrong = [f"{where}: {one}" for where, some in results for one in some[:1]]
        checks.add(f"{what}: {len(results)}", wrong)
        passed, failed = passed + len(results) - len(wrong), failed + len(wrong)
    print(f"schema_vectors: {passed} passed, {failed} failed")
    return 1 if failed or not told.get("examples pass") else 0


if __name__ == "__main__":
    sys.exit(main())
