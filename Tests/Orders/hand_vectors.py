"""Vectors for the validators beside this file that no example has: paths through playbooks, commands, targets, ids and markings."""

import base64
import json
import re

import cacao_schema
import ocsf_schema
import openc2_schema
import stix_schema

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


def vectors():
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
