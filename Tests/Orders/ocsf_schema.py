"""What is wrong with an event of the class Remediation Activity (7001).

Tables from the Open Cybersecurity Schema Framework 1.8.0: events/base_event, events/remediation/remediation_activity, the objects named
below, and dictionary.json with its types and the pairs of an id and its text. What a profile adds is refused, for no profile is
applied.

A table's line is an attribute, its type, and ! where it is required, ? where it is recommended; a type with [] is a list of it. Types
that begin with a capital are objects.
"""

import re

VERSION = "1.8.0"
CLASS, CATEGORY = 7001, 7
ACTIVITIES = {0: "Unknown", 1: "Isolate", 2: "Evict", 3: "Restore", 4: "Harden", 5: "Detect", 99: "Other"}
STATUSES = {
    0: "Unknown", 1: "Success", 2: "Failure", 3: "Does Not Exist", 4: "Partial", 5: "Unsupported", 6: "Error", 99: "Other"}
SEVERITIES = {0: "Unknown", 1: "Informational", 2: "Low", 3: "Medium", 4: "High", 5: "Critical", 6: "Fatal", 99: "Other"}
OBSERVABLES = dict(enumerate((
    "Unknown,Hostname,IP Address,MAC Address,User Name,Email Address,URL String,File Name,Hash,Process Name,Resource UID,Port,Subnet,"
    "Command Line,Country,Process ID,HTTP User-Agent,CWE Object: uid,CVE Object: uid,User Credential ID,Endpoint,User,Email,"
    "Uniform Resource Locator,File,Process,Geo Location,Container,Registry Key,Registry Value,Fingerprint,User Object: uid,"
    "Group Object: name,Group Object: uid,Account Object: name,Account Object: uid,Script Content,Serial Number,"
    "Resource Details Object: name,Process Entity Object: uid,Email Object: subject,Email Object: uid,Message UID,"
    "Registry Value Object: name,Advisory Object: uid,File Path,Registry Key Path,Device Object: uid,Network Endpoint Object: uid"
).split(","))) | {99: "Other"}
REPUTATIONS = dict(enumerate((
    "Unknown,Very Safe,Safe,Probably Safe,Leans Safe,May not be Safe,Exercise Caution,Suspicious/Risky,Possibly Malicious,"
    "Probably Malicious,Malicious").split(","))) | {99: "Other"}
SCANS = dict(enumerate(
    "Unknown,Manual,Scheduled,Updated Content,Quarantined Items,Attached Media,User Logon,ELAM".split(","))) | {99: "Other"}
HASHES = dict(enumerate((
    "Unknown,MD5,SHA-1,SHA-256,SHA-512,CTPH,TLSH,quickXorHash,SHA-224,SHA-384,SHA-512/224,SHA-512/256,SHA3-224,SHA3-256,SHA3-384,SHA3-512,"
    "xxHash H3 64-bit,xxHash H3 128-bit,Imphash,NPF,HASSH").split(","))) | {99: "Other"}
# The ontology's tactics: D3FEND 1.0 and later.
TACTICS = ["Model", "Harden", "Detect", "Isolate", "Deceive", "Evict", "Restore"]

OBJECTS = {
    "Event": """
        activity_id integer! | activity_name string | category_uid integer! | category_name string | class_uid integer! | class_name string
        command_uid string! | count integer | countermeasures Countermeasure[]? | duration long | end_time time | enrichments Enrichment[]
        message string? | metadata Metadata! | observables Observable[]? | raw_data string | raw_data_hash Fingerprint | raw_data_size long
        remediation Remediation | scan Scan | severity string | severity_id integer! | start_time time | status string?
        status_code string? | status_detail string? | status_id integer? | time time! | timezone_offset integer? | type_name string
        type_uid long! | unmapped Any""",
    "Metadata": """
        correlation_uid string | debug string[] | event_code string | extension Extension | extensions Extension[] | is_truncated boolean
        labels string[] | log_format string | log_level string | log_name string? | log_provider string | log_source string
        log_version string | logged_time time | loggers Any[] | modified_time time | original_event_uid string | original_time string?
        processed_time time | product Product! | profiles string[] | reporter Reporter? | sequence integer | source string | tags Pair[]
        tenant_uid string? | total_queued_duration Any | transformation_info_list Any[] | transmit_time time | type string | uid string
        untruncated_size integer | version string!""",
    "Product": """
        cpe_name string | feature Feature | lang string | name string? | path string | uid string? | url_string url | vendor_name string?
        version string?""",
    "Feature": "name string? | uid string? | version string?",
    "Extension": "name string? | uid string? | version string!",
    "Reporter": "hostname string? | ip string? | name string? | org Any | uid string?",
    "Pair": "name string! | value string? | values string[]?",
    "Countermeasure": "d3f_tactic Tactic? | d3f_technique Technique? | version string?",
    "Tactic": "name string? | src_url url | uid string?",
    "Technique": "name string? | src_url url | uid string?",
    "Remediation": "cis_controls Control[] | desc string! | kb_article_list Any[] | kb_articles string[] | references string[]",
    "Control": "desc string | name string! | version string?",
    "Scan": "name string? | type string | type_id integer! | uid string?",
    "Observable": """
        event_uid string | name string? | reputation Reputation | type string | type_id integer! | type_uid long | value string""",
    "Reputation": "base_score float! | provider string? | score string | score_id integer!",
    "Fingerprint": "algorithm string | algorithm_id integer! | value string!",
    "Enrichment": """
        created_time time? | data json! | desc string | name string! | provider string? | reputation Reputation | short_desc string?
        src_url url? | type string? | value string!""",
}
# At least one of these is there.
ONE_OF = {
    **{name: ("name", "uid") for name in ("Product", "Feature", "Extension", "Tactic", "Technique", "Scan")}, "Pair": ("value", "values"),
    "Reporter": ("hostname", "ip", "name", "uid"), "Countermeasure": ("d3f_tactic", "d3f_technique")}
# An id, the text that tells it, and what the text is for each id.
PAIRS = {
    "Event": [("activity_id", "activity_name", ACTIVITIES), ("status_id", "status", STATUSES), ("severity_id", "severity", SEVERITIES)],
    "Observable": [("type_id", "type", OBSERVABLES)], "Reputation": [("score_id", "score", REPUTATIONS)],
    "Scan": [("type_id", "type", SCANS)], "Fingerprint": [("algorithm_id", "algorithm", HASHES)]}
VALUES = {
    "string": lambda value: isinstance(value, str) and value != "",
    "url": lambda value: isinstance(value, str) and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", value) is not None,
    "integer": lambda value: type(value) is int and -2 ** 31 <= value < 2 ** 31,
    "long": lambda value: type(value) is int and -2 ** 63 <= value < 2 ** 63,
    "time": lambda value: type(value) is int and 0 <= value < 2 ** 63,
    "boolean": lambda value: type(value) is bool,
    "float": lambda value: type(value) in (int, float),
    "json": lambda value: value is not None,
    "Any": lambda value: isinstance(value, dict),
}


def table(name):
    """The attributes of an object: a type, and whether it is required or recommended."""
    lines = [line.split() for line in re.split(r"[|\n]", OBJECTS[name]) if line.strip()]
    return {attribute: (kind.rstrip("!?"), kind[-1] if kind[-1] in "!?" else "") for attribute, kind in lines}


TABLES = {name: table(name) for name in OBJECTS}


def wrong_value(value, kind, where):
    """What is wrong with a value of a type."""
    if kind.endswith("[]"):
        if not isinstance(value, list) or not value:
            yield f"{where} is not a list with elements"
            return
        for number, one in enumerate(value):
            yield from wrong_value(one, kind[:-2], f"{where}[{number}]")
    elif kind in VALUES:
        if not VALUES[kind](value):
            yield f"{where} is no {kind}: {str(value)[:60]}"
    elif not isinstance(value, dict):
        yield f"{where} is no object"
    else:
        yield from wrong_object(value, kind, where)


def wrong_object(value, name, where):
    attributes = TABLES[name]
    for attribute, (_, need) in attributes.items():
        if need == "!" and attribute not in value:
            yield f"{where} has no {attribute}"
    for attribute, one in value.items():
        if attribute in attributes:
            yield from wrong_value(one, attributes[attribute][0], f"{where}.{attribute}")
        else:
            yield f"{where} may have no {attribute}"
    if name in ONE_OF and not any(attribute in value for attribute in ONE_OF[name]):
        yield f"{where} has none of {', '.join(ONE_OF[name])}"
    for number, told, texts in PAIRS.get(name, []):
        at = value.get(number)
        if number in value and (type(at) is not int or at not in texts):
            yield f"{where}.{number} is none of {', '.join(map(str, texts))}"
        elif told in value and number not in value:
            yield f"{where} has {told} without {number}"
        elif told in value and at != 99 and value[told] != texts[at]:
            yield f"{where}.{told} is not {texts[at]}, as {number} says"
        elif at == 99 and told not in value:
            yield f"{where}.{number} is 99, and {told} does not tell what it is"


def validate(event):
    """What is wrong with an event: a list of words."""
    wrong = list(wrong_value(event, "Event", "event"))
    if wrong:
        return wrong
    activity = event["activity_id"]
    for attribute, right in {
            "class_uid": CLASS, "category_uid": CATEGORY, "type_uid": CLASS * 100 + activity, "class_name": "Remediation Activity",
            "category_name": "Remediation", "type_name": f"Remediation Activity: {ACTIVITIES[activity]}"}.items():
        if event.get(attribute, right) != right:
            wrong.append(f"event.{attribute} is not {right}")
    if event["metadata"]["version"] != VERSION:
        wrong.append(f"event.metadata.version is not {VERSION}")
    if "profiles" in event["metadata"]:
        wrong.append("event.metadata.profiles names profiles, and none is applied")
    if abs(event.get("timezone_offset", 0)) > 1080:
        wrong.append("event.timezone_offset is more than 18 hours")
    if event.get("start_time", 0) > event.get("end_time", 2 ** 63):
        wrong.append("event.end_time is before start_time")
    for one in event.get("countermeasures", []):
        if one.get("d3f_tactic", {}).get("name", TACTICS[0]) not in TACTICS:
            wrong.append(f"event.countermeasures: {one['d3f_tactic']['name']} is no tactic of D3FEND")
        if not re.fullmatch(r"D3-[A-Z0-9]+", one.get("d3f_technique", {}).get("uid", "D3-ER")):
            wrong.append(f"event.countermeasures: {one['d3f_technique']['uid']} is no id of a technique of D3FEND")
    return wrong


def found(value, path):
    """Whether a path such as a.b, a[].b or a[0].b leads to something."""
    if not path:
        return True
    if isinstance(value, list):
        number, rest = (int(path[0]), path[1:]) if path[0].isdigit() else (None, path[1:] if path[0] == "" else path)
        return any(found(one, rest) for one in (value if number is None else value[number:number + 1]))
    return isinstance(value, dict) and path[0] in value and found(value[path[0]], path[1:])


def advice(event):
    """What is recommended and missing, and the observables that name nothing in an event in which `validate` finds nothing wrong."""
    missing = []

    def look(value, kind, where):
        if kind.endswith("[]"):
            for number, one in enumerate(value):
                look(one, kind[:-2], f"{where}[{number}]")
        elif kind in TABLES:
            for attribute, (inner, need) in TABLES[kind].items():
                if attribute in value:
                    look(value[attribute], inner, f"{where}.{attribute}")
                elif need == "?":
                    missing.append(f"{where} has no {attribute}, which is recommended")
    look(event, "Event", "event")
    for one in event.get("observables", []):
        if "name" in one and not found(event, re.split(r"[.\[]", one["name"].replace("]", ""))):
            missing.append(f"event.observables: nothing is at {one['name']}")
    return missing
