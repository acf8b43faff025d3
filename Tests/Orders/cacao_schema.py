"""What is wrong with a CACAO playbook.

Tables from CACAO Security Playbooks Version 2.0, Committee Specification 01 (27 November 2023), and the JSON schemas that its technical
committee publishes: 3.1 playbook, 4 workflow steps, 5 commands, 7 agents and targets, 8 extensions, 9 data markings, 10 data types. Open
vocabularies are taken as closed, and times have milliseconds everywhere, where the standard asks for them in `created` and `modified`
only. What a work order never has is refused: industry sectors, civic locations, what to sign in with, and markings of the Information
Exchange Policy.

A shape is an object's properties; a kind is a shape, a list of one kind, a dictionary (Entries), or a question with its words (Kind).
"""

import base64
import binascii
import datetime
import json
import re
import uuid
from collections import namedtuple

import cacao_workflow
import openc2_schema
from cacao_workflow import VARIABLE_NAME

Kind = namedtuple("Kind", "what holds")
Shape = namedtuple("Shape", "required optional")
Entries = namedtuple("Entries", "key kind")

UUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
PLAYBOOK_NAMESPACE = uuid.UUID("aa7caf3a-d55a-4e9a-b34e-056215fba56a")
PLAYBOOK_TYPES = "attack detection engagement investigation mitigation notification prevention remediation"
ACTIVITIES = (
    "compose-content deliver-content identify-audience identify-channel scan-system match-indicator analyze-collected-data "
    "identify-indicators scan-vulnerabilities configure-systems restrict-access disconnect-system eliminate-risk revert-system "
    "restore-data restore-capabilities map-network identify-steps step-sequence prepare-engagement execute-operation "
    "analyze-engagement-results")
CATEGORIES = (
    "aaa analytics caldera content-gateway desktop endpoint firewall handset ids ips kali manx orchestrator os-linux os-mac os-windows "
    "redcanary-atomicred ragdoll router sandcat server siem switch ticketing tip wireless")
VARIABLE_TYPES = (
    "bool dictionary float hexstring integer ipv4-addr ipv6-addr long mac-addr hash md5-hash sha256-hash string uri uuid")
ALGORITHMS = (
    "RS256 RS384 RS512 ES256 ES384 ES512 PS256 PS384 PS512 Ed25519 Ed448 XMSS-SHA2_10_256 XMSS-SHA2_16_256 XMSS-SHA2_20_256 "
    "LMS_SHA256_M32_H5 LMS_SHA256_M32_H10 LMS_SHA256_M32_H15 LMS_SHA256_M32_H20 LMS_SHA256_M32_H25")


def matching(what, pattern):
    return Kind(what, lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None)


def word(names):
    return matching(f"one of {names}", "|".join(re.escape(name) for name in names.split()))


def identifier(types=r"[a-z][a-z0-9-]+[a-z0-9]"):
    return matching("an identifier" if types.startswith("[") else f"an identifier {types}--UUID", rf"(?:{types})--{UUID}")


def whole(low, high=None):
    return Kind(f"a whole number from {low}", lambda value: type(value) is int and value >= low and (high is None or value <= high))


def is_time(value):
    try:
        return isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", value, re.ASCII) is not None and (
            datetime.datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ") is not None)
    except ValueError:
        return False


def decoded(value):
    """What base64 holds (RFC 4648, 4); nothing where it is no base64."""
    try:
        content = base64.b64decode(value, validate=True)
        return content if base64.b64encode(content).decode("ascii") == value else None
    except (binascii.Error, ValueError, TypeError):
        return None


def is_service(value):
    """A web address; the published schema finds in it a dot, two to six small letters and the end of a word."""
    return openc2_schema.is_uri(value) and re.match("https?://", value) is not None and re.search(r"\.[a-z]{2,6}\b", value) is not None


TEXT, FLAG, TIME = matching("a text", r"(?s).+"), Kind("true or false", lambda value: type(value) is bool), Kind("a time", is_time)
ID, IDENTITY, PERCENT = identifier(), identifier("identity"), whole(0, 100)
BASE64 = Kind("base64", lambda value: bool(decoded(value)))
STEP_TYPES = "start end action playbook-action parallel if-condition while-condition switch-condition".split()
STEP = identifier("|".join(STEP_TYPES))
REFERENCE = Shape({"name": TEXT}, {name: TEXT for name in ("description", "source", "url", "external_id", "reference_id")})
REFERENCES = {"external_references": [REFERENCE]}
EXTENSIONS = Entries(identifier("extension-definition"), Kind("an object", lambda value: isinstance(value, dict)))
VARIABLES = Entries(matching("a name of a variable", VARIABLE_NAME), Shape({"type": word(VARIABLE_TYPES)}, {
    "description": TEXT, "value": Kind("a text or null", lambda value: value is None or isinstance(value, str)), "constant": FLAG,
    "external": FLAG}))
SUMMARY = (
    "manual_playbook external_playbooks parallel_processing if_logic while_logic switch_logic temporal_logic data_markings "
    "digital_signatures countersigned_signatures extensions").split()

PLAIN = {"command": TEXT, "command_b64": BASE64}
COMMAND = {"description": TEXT, "version": TEXT, "playbook_activity": word(ACTIVITIES), **REFERENCES}
HEADERS = Entries(TEXT, [TEXT])
START_LINE = matching("the first line of an HTTP request", r"[A-Z]+ \S+ HTTP/\d(?:\.\d)?")
COMMANDS = {name: Shape({}, PLAIN) for name in ("manual", "bash", "caldera-cmd", "powershell", "ssh")}
COMMANDS |= {name: Shape({"command_b64": BASE64}, {}) for name in ("elastic", "jupyter", "kestrel", "sigma", "yara")}
COMMANDS["http-api"] = Shape({"command": START_LINE}, {"headers": HEADERS, "content": TEXT, "content_b64": BASE64})
COMMANDS["openc2-http"] = Shape(
    {"command": matching("the first line of a POST", r"POST \S+ HTTP/\d(?:\.\d)?"), "content_b64": BASE64}, {"headers": HEADERS})

CONTACTS = Entries(matching("a key", r"[a-zA-Z0-9_-]{1,250}"), TEXT)
CONTACT = {"contact": Shape({}, {"email": CONTACTS, "phone": CONTACTS, "contact_details": TEXT})}
CATEGORY = {"category": [word(CATEGORIES)]}
ADDRESS = {"address": Shape({}, {
    "dname": [TEXT], "ipv4": [Kind("an IPv4 address", lambda value: openc2_schema.is_net(value, 4))],
    "ipv6": [Kind("an IPv6 address", lambda value: openc2_schema.is_net(value, 6))], "url": [Kind("a web address", is_service)],
    "l2mac": [matching("a MAC address", "[a-fA-F0-9]{2}(?::[a-fA-F0-9]{2}){5}")], "vlan": [whole(0, 4095)]})}
PORT = {"port": matching("a port", r"[1-9]\d{0,4}")}
AGENTS = {name: Shape({}, CONTACT) for name in ("group", "individual", "organization")}
AGENTS |= {name: Shape(ADDRESS, {**PORT, **CATEGORY}) for name in ("http-api", "linux", "ssh")}
AGENTS |= {
    "net-address": Shape(ADDRESS, CATEGORY), "location": Shape({}, {"logical": [TEXT]}), "security-category": Shape(CATEGORY, {})}

TLP = word("TLP:RED TLP:AMBER TLP:AMBER+STRICT TLP:GREEN TLP:CLEAR")
MARKINGS = {"marking-tlp": Shape({"tlpv2_level": TLP}, {}), "marking-statement": Shape({"statement": TEXT}, {})}

ARGUMENTS = {"in_args": [matching("a name of a variable", VARIABLE_NAME)], "out_args": [matching("a name of a variable", VARIABLE_NAME)]}
COMPLETION = {"on_completion": STEP}
NEXT = {**COMPLETION, "on_success": STEP, "on_failure": STEP}
STEPS = {
    "start": Shape(COMPLETION, {}), "end": Shape({}, {}),
    "action": Shape({"agent": identifier("|".join(AGENTS)), "commands": [Kind("an object", lambda value: isinstance(value, dict))]}, {
        "targets": [identifier("|".join(AGENTS))], **ARGUMENTS, **NEXT}),
    "playbook-action": Shape({"playbook_id": identifier("playbook")}, {"playbook_version": TIME, **ARGUMENTS, **NEXT}),
    "parallel": Shape({"next_steps": [STEP]}, NEXT),
    "if-condition": Shape({"condition": TEXT, "on_true": STEP}, {"on_false": STEP, **NEXT}),
    "while-condition": Shape({"condition": TEXT, "on_true": STEP}, NEXT),
    "switch-condition": Shape({"switch": TEXT, "cases": Entries(matching("a case", "[a-zA-Z0-9_-]{1,250}"), STEP)}, NEXT)}
SIGNATURE = Shape({
    "type": word("jss"), "id": ID, "created": TIME, "modified": TIME, "signee": TEXT, "related_to": identifier("playbook"),
    "related_version": TIME, "hash_algorithm": TEXT, "algorithm": word(ALGORITHMS), "value": TEXT}, {
        "created_by": IDENTITY, "revoked": FLAG, "valid_from": TIME, "valid_until": TIME, "public_key": BASE64,
        "public_cert_chain": [BASE64], "cert_url": TEXT, "thumbprint": TEXT,
        "signature": Kind("a signature", lambda value: not list(wrong_signature(value, "")))})

# Dictionaries of objects of several types: each type's own shape, and what all types share.
KEPT = {
    "workflow": (STEPS, {}, {
        "name": TEXT, "description": TEXT, **REFERENCES, "delay": whole(1), "timeout": whole(0), "step_variables": VARIABLES,
        "owner": IDENTITY, "step_extensions": EXTENSIONS}),
    "agent_definitions": (AGENTS, {"name": TEXT}, {"description": TEXT, "agent_target_extensions": EXTENSIONS}),
    "data_marking_definitions": (MARKINGS, {"id": ID, "created_by": IDENTITY, "created": TIME}, {
        "name": TEXT, "description": TEXT, "revoked": FLAG, "valid_from": TIME, "valid_until": TIME, "labels": [TEXT], **REFERENCES,
        "marking_extensions": EXTENSIONS}),
    "extension_definitions": ({"extension-definition": Shape({}, {})}, {
        "name": TEXT, "created_by": IDENTITY, "schema": TEXT, "version": TEXT}, {"description": TEXT, **REFERENCES})}
KEPT["target_definitions"] = KEPT["agent_definitions"]
OBJECT = Kind("an object with entries", lambda value: isinstance(value, dict) and bool(value))
PLAYBOOK = Shape({
    "type": word("playbook"), "spec_version": word("cacao-2.0"), "id": identifier("playbook"), "name": TEXT, "created_by": IDENTITY,
    "created": TIME, "modified": TIME, "workflow_start": identifier("start"), "workflow": OBJECT}, {
        "description": TEXT, "playbook_types": [word(PLAYBOOK_TYPES)], "playbook_activities": [word(ACTIVITIES)],
        "playbook_processing_summary": Shape({}, {name: FLAG for name in SUMMARY}), "revoked": FLAG, "valid_from": TIME,
        "valid_until": TIME, "derived_from": [identifier("playbook")], "related_to": [ID], "priority": PERCENT, "severity": PERCENT,
        "impact": PERCENT, "labels": [TEXT], **REFERENCES, "markings": [identifier("|".join(MARKINGS))], "playbook_variables": VARIABLES,
        "workflow_exception": STEP, "playbook_extensions": EXTENSIONS, "signatures": [SIGNATURE],
        **{name: OBJECT for name in KEPT if name != "workflow"}})


def wrong_value(value, kind, where):
    """What is wrong with a value of a kind."""
    if isinstance(kind, Kind):
        if not kind.holds(value):
            yield f"{where} is not {kind.what}: {str(value)[:60]}"
    elif isinstance(kind, list):
        if not isinstance(value, list) or not value:
            yield f"{where} is not a list with elements"
            return
        for number, one in enumerate(value):
            yield from wrong_value(one, kind[0], f"{where}[{number}]")
    elif not isinstance(value, dict):
        yield f"{where} is not an object"
    elif isinstance(kind, Entries):
        if not value:
            yield f"{where} is empty"
        for name, one in value.items():
            yield from wrong_value(name, kind.key, f"{where}: {name[:60]}")
            yield from wrong_value(one, kind.kind, f"{where}.{name}")
    else:
        if not value:
            yield f"{where} is empty"
        for name in kind.required:
            if name not in value:
                yield f"{where} has no {name}"
        for name, one in value.items():
            known = kind.required.get(name) or kind.optional.get(name)
            yield from wrong_value(one, known, f"{where}.{name}") if known else [f"{where} may have no {name}"]
        if kind is REFERENCE and len(value) < 2:
            yield f"{where} has nothing but a name"
        if kind is SIGNATURE and sum(name in value for name in ("public_key", "public_cert_chain", "cert_url", "thumbprint")) != 1:
            yield f"{where} has not exactly one of a key, certificates, their address and a thumbprint"


def wrong_signature(value, where):
    return wrong_value(value, SIGNATURE, where)


def typed(value, shapes, required, optional, where):
    """What is wrong with an object whose shape depends on its type."""
    kind = shapes.get(value.get("type")) if isinstance(value, dict) and isinstance(value.get("type"), str) else None
    if kind is None:
        return [f"{where} is not an object of the types {', '.join(shapes)}"]
    return wrong_value(
        value, Shape({"type": TEXT, **required, **kind.required}, {**optional, **kind.optional}), where)


def wrong_command(command, where):
    yield from typed(command, COMMANDS, {}, COMMAND, where)
    if not isinstance(command, dict) or not isinstance(name := command.get("type"), str) or name not in COMMANDS:
        return
    if COMMANDS[name].optional is PLAIN and ("command" in command) == ("command_b64" in command):
        yield f"{where} has not exactly one of command and command_b64"
    if "content" in command and "content_b64" in command:
        yield f"{where} has its content twice"
    if name == "openc2-http" and (content := decoded(command.get("content_b64"))):
        try:
            yield from (f"{where}.content_b64: {one}" for one in openc2_schema.validate(openc2_schema.read(content)))
        except ValueError as error:
            yield f"{where}.content_b64 is no JSON: {error}"


def wrong_whole(playbook):
    """What the properties say of each other."""
    if playbook["modified"] < playbook["created"]:
        yield "modified is before created"
    if playbook.get("valid_until", "9") <= playbook.get("valid_from", ""):
        yield "valid_until is not after valid_from"
    commands = [command for step in playbook["workflow"].values() for command in step.get("commands", [])]
    if "playbook_types" in playbook and "playbook_activities" not in playbook:
        yield "playbook has types, and no activities"
    for one in set(playbook.get("playbook_activities", [])) - {command.get("playbook_activity") for command in commands}:
        yield f"no command does the activity {one}"
    for one in playbook.get("signatures", []):
        if (one["related_to"], one["related_version"]) != (playbook["id"], playbook["modified"]):
            yield "a signature is of another version"


def validate(playbook):
    """What is wrong with a playbook: a list of words."""
    wrong = list(wrong_value(playbook, PLAYBOOK, "playbook"))
    for kept, (shapes, required, optional) in KEPT.items():
        for name, one in playbook[kept].items() if isinstance(playbook, dict) and isinstance(playbook.get(kept), dict) else ():
            more = list(typed(one, shapes, required, optional, name))
            if not more and not re.fullmatch(f"{re.escape(one['type'])}--{UUID}", name):
                more.append(f"{kept}: {name} is not the identifier of a {one['type']}")
            if not more and one.get("id", name) != name:
                more.append(f"{kept}: {name} has another id")
            for number, command in enumerate(one["commands"] if not more and "commands" in one else []):
                more += wrong_command(command, f"{name}.commands[{number}]")
            wrong += more
    if wrong:
        return wrong
    return [
        *cacao_workflow.wrong_steps(playbook["workflow"]), *cacao_workflow.wrong_paths(playbook),
        *cacao_workflow.wrong_references(playbook, KEPT), *wrong_whole(playbook)]


def playbook_uuid(playbook):
    """10.10: the UUID of version 5 that a playbook may have, of its name and types."""
    named = {key: playbook[key] for key in ("name", "playbook_types") if key in playbook}
    return uuid.uuid5(PLAYBOOK_NAMESPACE, json.dumps(named, ensure_ascii=False, separators=(",", ":")))


def advice(playbook):
    """What the prose of the standard asks for, and its schemas do not tell, of a playbook in which `validate` finds nothing wrong."""
    wrong, owners = [], {}
    for name in [playbook["id"], *(name for kept in KEPT for name in playbook.get(kept, {}))]:
        owners.setdefault(name.split("--")[1].lower(), set()).add(name)
    wrong += (f"10.10: one UUID for {', '.join(sorted(names))}" for names in owners.values() if len(names) > 1)
    for name in playbook["workflow"]:
        if uuid.UUID(name.split("--")[1]).version != 4:
            wrong.append(f"10.10: {name} is not of a UUID of version 4")
    own = uuid.UUID(playbook["id"].split("--")[1])
    if own.version == 5 and own != playbook_uuid(playbook):
        wrong.append("10.10: the playbook's UUID of version 5 is not made of its name and types")
    commands = [command for step in playbook["workflow"].values() for command in step.get("commands", [])]
    summary = playbook.get("playbook_processing_summary", {})
    kinds = {step["type"] for step in playbook["workflow"].values()}
    for key, holds in {
            "manual_playbook": all(command["type"] == "manual" for command in commands), "external_playbooks": "playbook-action" in kinds,
            "parallel_processing": "parallel" in kinds, "if_logic": "if-condition" in kinds, "while_logic": "while-condition" in kinds,
            "switch_logic": "switch-condition" in kinds, "data_markings": "data_marking_definitions" in playbook,
            "digital_signatures": "signatures" in playbook, "extensions": "extension_definitions" in playbook}.items():
        if key in summary and summary[key] != holds:
            wrong.append(f"10.14: {key} is {summary[key]}")
    listed = [json.dumps(one, sort_keys=True) for one in playbook.get("external_references", [])]
    for part in [*commands, *(one for kept in KEPT for one in playbook.get(kept, {}).values())]:
        for one in part.get("external_references", []):
            if json.dumps(one, sort_keys=True) not in listed:
                wrong.append(f"3.1: the playbook does not list the external reference {one['name']}")
    return wrong
