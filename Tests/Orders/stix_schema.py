"""What is wrong with a STIX bundle, or with one object of it.

stix2-validator (PyPI) holds it against the JSON schemas of the STIX 2.1 technical committee, which it brings, and against the rules of
the standard's prose, with stix2-patterns for patterns; it reads nothing from the network. Ours here: STIX Version 2.1, OASIS Standard
(10 June 2021): 2.5 external references, 2.9 identifiers (an observable's is of version 5, over the properties that its table in section 6
names), 3.2 common properties, 7.3 extensions, 8 bundle; the markings of the Traffic Light Protocol 2.0 and their ids, which the technical
committee publishes as an extension; the extension of a course of action for playbooks, version 3.0.0 (README and JSON schema of its
authors).

Two of the validator's checks are off: that ids are of version 4, for ours are derived; that an indicator has a description, which is
not always known. Its check of types knows no observable, so it is done here.
"""

import json
import re
import uuid

from stix2patterns.exceptions import ParseException
from stix2validator import ValidationError, ValidationOptions, validate_instance

import cacao_schema
import openc2_schema

TYPES = (
    "attack-pattern campaign course-of-action grouping identity incident indicator infrastructure intrusion-set location malware "
    "malware-analysis note observed-data opinion report threat-actor tool vulnerability relationship sighting marking-definition "
    "language-content extension-definition").split()
# Observables, and the properties that an id is made of; a process has ids of version 4.
OBSERVABLES = {
    "artifact": "hashes payload_bin", "autonomous-system": "number", "directory": "path", "domain-name": "value", "email-addr": "value",
    "email-message": "from_ref subject body", "file": "hashes name parent_directory_ref extensions", "ipv4-addr": "value",
    "ipv6-addr": "value", "mac-addr": "value", "mutex": "name", "process": "", "software": "name cpe swid vendor version", "url": "value",
    "network-traffic": "start end src_ref dst_ref src_port dst_port protocols extensions",
    "user-account": "account_type user_id account_login", "windows-registry-key": "key values", "x509-certificate": "hashes serial_number"}
NAMESPACE = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
REFERENCE = {"source_name", "description", "url", "hashes", "external_id"}
HASHES = ["MD5", "SHA-1", "SHA-256", "SHA-512"]

TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
TLP = {
    "clear": "94868c89-83c2-464b-929b-a1a8aa3c8487", "green": "bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "amber": "55d920b0-5e8b-4f79-9ee9-91f868d9b421", "amber+strict": "939a9414-2ddd-4d32-a0cd-375ea402b003",
    "red": "e828b379-4e03-4974-9ac4-e53a884c97c1"}

PLAYBOOK_EXTENSION = "extension-definition--1e1c1bd7-c527-4215-8e18-e199e74da57c"
TEXT, TIME, PERCENT = cacao_schema.TEXT, cacao_schema.TIME, cacao_schema.PERCENT
PLAYBOOK = cacao_schema.Shape({"extension_type": cacao_schema.word("property-extension"), "created": TIME, "modified": TIME}, {
    "playbook_id": TEXT, "description": TEXT, "revoked": cacao_schema.FLAG, "playbook_creation_time": TIME,
    "playbook_modification_time": TIME, "playbook_creator": cacao_schema.IDENTITY, "playbook_valid_from": TIME,
    "playbook_valid_until": TIME, "labels": [TEXT], "playbook_impact": PERCENT, "playbook_severity": PERCENT, "playbook_priority": PERCENT,
    "organization_type": TEXT, "playbook_standard": cacao_schema.word("cacao"),
    "playbook_abstraction": cacao_schema.word("template executable"), "playbook_bin": cacao_schema.BASE64,
    "playbook_type": [cacao_schema.word(
        "notification detection investigation prevention mitigation remediation analysis containment eradication recovery attack")]})
# What the extension and the playbook within it both tell.
SAME = {
    "playbook_creation_time": "created", "playbook_modification_time": "modified", "playbook_creator": "created_by",
    "playbook_valid_from": "valid_from", "playbook_valid_until": "valid_until", "playbook_impact": "impact",
    "playbook_severity": "severity", "playbook_priority": "priority", "playbook_type": "playbook_types", "labels": "labels"}


def canonical(value):
    """RFC 8785, of values that hold texts and whole numbers and have names in ASCII."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def observable_id(thing):
    """The id that an observable has; nothing where its properties give none."""
    named = {name: thing[name] for name in OBSERVABLES[thing["type"]].split() if name in thing}
    if isinstance(named.get("hashes"), dict) and named["hashes"]:
        algorithm = next((name for name in HASHES if name in named["hashes"]), None) or next(iter(named["hashes"]))
        named["hashes"] = {algorithm: named["hashes"][algorithm]}
    return f"{thing['type']}--{uuid.uuid5(NAMESPACE, canonical(named))}" if named else None


def marking(level):
    """The one marking definition of a level of the Traffic Light Protocol."""
    return {
        "type": "marking-definition", "spec_version": "2.1", "id": f"marking-definition--{TLP[level]}",
        "created": "2022-10-01T00:00:00.000Z", "name": f"TLP:{level.upper()}",
        "extensions": {TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": level}}}


def references(value, where=""):
    """Every property that names other objects: where it stands, and the ids."""
    if isinstance(value, dict):
        for name, one in value.items():
            if name.endswith("_ref"):
                yield f"{where}.{name}", [one]
            elif name.endswith("_refs"):
                yield f"{where}.{name}", one
            elif name == "playbook_creator":
                yield f"{where}.{name}", [one]
            else:
                yield from references(one, f"{where}.{name}")
    elif isinstance(value, list):
        for one in value:
            yield from references(one, where)


def wrong_playbook(extension, where):
    """The extension for playbooks, and the playbook in it."""
    if "playbook_base64" in extension:
        yield f"{where} has playbook_base64, where the schema wants playbook_bin"
    yield from cacao_schema.wrong_value(extension, PLAYBOOK, where)
    content = cacao_schema.decoded(extension.get("playbook_bin"))
    if not content:
        yield f"{where} has no playbook"
        return
    try:
        playbook = openc2_schema.read(content)
    except ValueError as error:
        yield f"{where}.playbook_bin is no JSON: {error}"
        return
    wrong = cacao_schema.validate(playbook)
    yield from (f"{where}.playbook_bin: {one}" for one in wrong)
    if wrong:
        return
    if extension.get("playbook_id", playbook["id"]) not in (playbook["id"], playbook["id"].split("--")[1]):
        yield f"{where}.playbook_id is of another playbook"
    for name, other in SAME.items():
        if name in extension and other in playbook and extension[name] != playbook[other]:
            yield f"{where}.{name} is not the playbook's {other}"


def wrong_object(thing):
    """Our own checks of one object."""
    kind, name, extensions = thing.get("type"), thing.get("id"), thing.get("extensions", {})
    if not isinstance(kind, str) or not isinstance(name, str) or not isinstance(extensions, dict):
        yield f"{name}: its type, id or extensions are of another kind"
        return
    if kind not in TYPES and kind not in OBSERVABLES:
        yield f"{name}: STIX has no type {kind}"
    if not re.fullmatch(rf"{re.escape(kind)}--{cacao_schema.UUID}", name):
        yield f"{name} is not the id of a {kind}"
    if thing.get("spec_version") != "2.1":
        yield f"{name} has no spec_version 2.1"
    if kind in OBSERVABLES and (right := observable_id(thing)) and name != right:
        yield f"{name} is to be {right}"
    if kind == "marking-definition":
        level = next((level for level, one in TLP.items() if name.endswith(one)), None)
        if level and thing != marking(level):
            yield f"{name} is not the marking of TLP:{level.upper()} word for word"
        if not level and (TLP_EXTENSION in extensions or str(thing.get("name", "")).startswith("TLP")):
            yield f"{name} is not one of the ids of the Traffic Light Protocol"
    for time in ("created", "modified", "valid_from", "valid_until"):
        if time in thing and not cacao_schema.is_time(thing[time]):
            yield f"{name}.{time} is not a time with milliseconds"
    for one in thing["external_references"] if isinstance(thing.get("external_references"), list) else ():
        for unknown in set(one if isinstance(one, dict) else ()) - REFERENCE:
            yield f"{name}: an external reference may have no {unknown}"
    if str(thing.get("modified", "~")) < str(thing.get("created", "")):
        yield f"{name}: modified is before created"
    if kind == "course-of-action" and PLAYBOOK_EXTENSION in extensions:
        extension = extensions[PLAYBOOK_EXTENSION]
        yield from wrong_playbook(extension, name) if isinstance(extension, dict) else [f"{name}: its extension is no object"]


def published(value):
    """What stix2-validator says."""
    try:
        result = validate_instance(value, ValidationOptions(
            version="2.1", strict=True, strict_properties=True, disabled="uuid-check,indicator-properties"))
    except ParseException as error:
        return [f"a pattern cannot be read: {error}"]
    except (ValidationError, AttributeError, KeyError, TypeError, ValueError) as error:
        # Where a type or an id is of another kind than the validator expects.
        return [f"cannot be read: {type(error).__name__}: {error}"]
    return [error.message for error in result.errors]


def validate_object(thing):
    """What is wrong with an object on its own, whatever it refers to: a list of words."""
    if not isinstance(thing, dict):
        return ["the object is not an object"]
    return published(thing) + list(wrong_object(thing))


def validate(bundle):
    """What is wrong with a bundle: a list of words."""
    if not isinstance(bundle, dict) or bundle.get("type") != "bundle" or not isinstance(bundle.get("objects"), list) or not (
            bundle["objects"] and all(isinstance(thing, dict) for thing in bundle["objects"])):
        return ["the bundle is not a bundle with objects"]
    wrong = published(bundle)
    wrong += (f"the bundle may have no {name}" for name in bundle if name not in ("type", "id", "objects"))
    ids = [str(thing.get("id")) for thing in bundle["objects"]]
    wrong += (f"{name} is there {ids.count(name)} times" for name in sorted(set(ids)) if ids.count(name) > 1)
    for thing in bundle["objects"]:
        wrong += wrong_object(thing)
        for name in thing["extensions"] if isinstance(thing.get("extensions"), dict) else ():
            if name.startswith("extension-definition--") and name not in (TLP_EXTENSION, PLAYBOOK_EXTENSION, *ids):
                wrong.append(f"{thing.get('id')}: the extension {name} is not defined in the bundle")
        for where, names in references(thing):
            if not isinstance(names, list):
                wrong.append(f"{thing.get('id')}{where} is no list")
                continue
            if not names:
                wrong.append(f"{thing.get('id')}{where} is empty")
            wrong += (f"{thing.get('id')}{where}: {name} is not in the bundle" for name in names if name not in ids)
    return wrong
