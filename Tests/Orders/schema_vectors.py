#!/usr/bin/env python3
"""Checks the validators beside this file: what is right passes, and what is done to it is told.

Usage: schema_vectors.py FOLDER

FOLDER holds examples, each a .json file: CACAO playbooks, OpenC2 commands and messages, OCSF events, STIX bundles and objects. Each
passes. Then each is changed at every place in turn: a value of another type, a property too many, one taken away, an empty list, an
id of something else, a time of another form, a word that is in no vocabulary. Each change is told, but for those that MAY_GO and UNTOLD
name. After that come the vectors of hand_vectors.py. Prints one line for each kind of change; exit status 0 only where all hold.

Needs stix2-validator and stix2-patterns from PyPI.
"""

import copy
import glob
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "Shared"))
import cacao_schema
import hand_vectors
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
    for what, vector, holds in hand_vectors.vectors():
        told.setdefault(what, []).append((str(vector)[:120], [] if holds else ["not as it should be"]))
    for what, results in told.items():
        wrong = [f"{where}: {one}" for where, some in results for one in some[:1]]
        checks.add(f"{what}: {len(results)}", wrong)
        passed, failed = passed + len(results) - len(wrong), failed + len(wrong)
    print(f"schema_vectors: {passed} passed, {failed} failed")
    return 1 if failed or not told.get("examples pass") else 0


if __name__ == "__main__":
    sys.exit(main())
