"""What is wrong with an OpenC2 command.

Tables from the OpenC2 Language Specification 1.0, Committee Specification 02 (24 November 2019): 3.1.4 extensions, 3.1.5 JSON
serialization, 3.3.1 command, 3.4 type definitions, 4.1 'query features'; and RFC 7493 (I-JSON), which 3.1.5 asks for. The form of a
name of an extension is that of the JSON schema published with it. The message comes from the working draft of version 2.0: 3.2
message, 3.3.1 command, 3.1.4 extensions.

A kind is a function that takes a value and where it stands, and gives words on what is wrong.
"""

import base64
import binascii
import ipaddress
import json
import re
import uuid

ACTIONS = (
    "scan locate query deny contain allow start stop restart cancel set update redirect create delete detonate restore copy investigate "
    "remediate").split()
# Profiles that the technical committee has published; the names of all others begin with "x-".
PROFILES = ["slpf"]
LARGEST = 2 ** 53 - 1
NAMESPACE = re.compile(r"x-[A-Za-z]\w*", re.ASCII)
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
HOST = re.compile(rf"(?=.{{1,253}}\Z){LABEL}(?:\.{LABEL})*")
LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*|\"(?:[^\"\\\r\n]|\\.)*\"")


def of(what, holds):
    """A kind that one question decides."""
    def kind(value, where):
        if not holds(value):
            yield f"{where} is not {what}: {json.dumps(value)[:80]}"
    return kind


def text(what="a text", pattern=r"(?s).*"):
    return of(what, lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None)


def whole(low=0, high=LARGEST):
    return of(f"a whole number from {low} to {high}", lambda value: type(value) is int and low <= value <= high)


def one_of(*names):
    return of(f"one of {', '.join(names)}", lambda value: isinstance(value, str) and value in names)


def listed(kind, low=0, high=None):
    """A list without the same element twice."""
    def whole_list(value, where):
        if not isinstance(value, list):
            yield f"{where} is not a list"
            return
        if len(value) < low or (high is not None and len(value) > high):
            yield f"{where} has {len(value)} elements"
        if len({json.dumps(one, sort_keys=True) for one in value}) < len(value):
            yield f"{where} has an element twice"
        for number, one in enumerate(value):
            yield from kind(one, f"{where}[{number}]")
    return whole_list


def fields(table, required=(), low=1, high=None, more=None):
    """An object with fields of a table; `more` gives the kind of a field that is not in it."""
    def whole_object(value, where):
        if not isinstance(value, dict):
            yield f"{where} is not an object"
            return
        for name in required:
            if name not in value:
                yield f"{where} has no {name}"
        if len(value) < low or (high is not None and len(value) > high):
            yield f"{where} has {len(value)} fields"
        for name, one in value.items():
            kind = table.get(name) or (more and more(name))
            if kind is None:
                yield f"{where} may have no {name}"
            else:
                yield from kind(one, f"{where}.{name}")
    return whole_object


def is_uri(value):
    """RFC 3986, by the characters that it allows; a fragment once, and a host where // announces one."""
    if not isinstance(value, str) or not URI.fullmatch(value) or value.count("#") > 1:
        return False
    scheme, rest = value.split(":", 1)
    if scheme.lower() in ("http", "https"):
        return bool(re.match(r"//[^/?#]", rest))
    return True


def is_iri(value):
    """RFC 3987: as a URI, and with characters that are not ASCII."""
    return isinstance(value, str) and not re.search("[\u0080-\u009f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff0-\uffff]", value) and (
        is_uri(re.sub(r"[^\x00-\x7f]", "a", value)))


def is_host(value, foreign=False):
    """RFC 1034 and 1123; or RFC 5890, with letters that are not ASCII."""
    if not isinstance(value, str):
        return False
    if foreign:
        try:
            value = ".".join(label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii") for label in value.split("."))
        except UnicodeError:
            return False
    return HOST.fullmatch(value) is not None


def is_address(value, foreign=False):
    """RFC 5322, 3.4.1; or RFC 6531, with characters that are not ASCII."""
    if not isinstance(value, str) or "@" not in value:
        return False
    local, host = value.rsplit("@", 1)
    if foreign:
        local = re.sub(r"[^\x00-\x7f]", "a", local)
    return LOCAL_PART.fullmatch(local) is not None and is_host(host, foreign)


def is_net(value, version):
    """An address, alone or with the length of a prefix; version 6 in the form of RFC 5952."""
    if not isinstance(value, str):
        return False
    address, slash, length = value.partition("/")
    if slash and not (re.fullmatch(r"0|[1-9]\d{0,2}", length, re.ASCII) and int(length) <= (32 if version == 4 else 128)):
        return False
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return False
    return read.version == version and str(read) == address


def is_base64url(value):
    try:
        return isinstance(value, str) and "+" not in value and "/" not in value and base64.b64decode(
            value, altchars=b"-_", validate=True) is not None
    except (binascii.Error, ValueError):
        return False


TEXT, TIME = text(), whole()
THERE = of("a value", lambda value: value is not None and value != {})
COMMAND_ID = text("a command id", r"\S{0,36}")
HASHES = fields({
    name: text(f"{length} hexadecimal digits in capitals", rf"[0-9A-F]{{{length}}}")
    for name, length in (("md5", 32), ("sha1", 40), ("sha256", 64))})
FILE = fields({"name": TEXT, "path": TEXT, "hashes": HASHES})
URI_KIND = of("a URI", is_uri)


def process(value, where):
    return fields({
        "pid": whole(), "name": TEXT, "cwd": TEXT, "executable": FILE, "parent": process, "command_line": TEXT})(value, where)


def connection(version):
    net, port = of(f"an IPv{version} range", lambda value: is_net(value, version)), whole(0, 65535)
    return fields({
        "src_addr": net, "src_port": port, "dst_addr": net, "dst_port": port, "protocol": one_of("icmp", "tcp", "udp", "sctp")})


TARGETS = {
    "artifact": fields({
        "mime_type": text("a media type", r"\w+/[-+.\w]+"), "hashes": HASHES,
        "payload": fields({"bin": of("base64url", is_base64url), "url": URI_KIND}, high=1)}),
    "command": COMMAND_ID,
    "device": fields({
        "hostname": of("a host name", is_host), "idn_hostname": of("a host name", lambda value: is_host(value, True)), "device_id": TEXT}),
    "domain_name": of("a domain name", is_host),
    "email_addr": of("an e-mail address", is_address),
    "features": listed(one_of("versions", "profiles", "pairs", "rate_limit"), high=10),
    "file": FILE,
    "idn_domain_name": of("a domain name", lambda value: is_host(value, True)),
    "idn_email_addr": of("an e-mail address", lambda value: is_address(value, True)),
    "ipv4_net": of("an IPv4 range", lambda value: is_net(value, 4)),
    "ipv6_net": of("an IPv6 range", lambda value: is_net(value, 6)),
    "ipv4_connection": connection(4),
    "ipv6_connection": connection(6),
    "iri": of("an IRI", is_iri),
    "mac_addr": text("a MAC address", r"[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}(?:(?::[0-9A-Fa-f]{2}){2})?"),
    "process": process,
    "properties": listed(TEXT, low=1),
    "uri": URI_KIND,
}
ARGUMENTS = {
    "start_time": TIME, "stop_time": TIME, "duration": TIME, "response_requested": one_of("none", "ack", "status", "complete")}


def is_namespace(name):
    return name in PROFILES or (len(name) <= 16 and NAMESPACE.fullmatch(name) is not None)


def own(low, high=None):
    """The kind of what a profile adds under its name: an object with so many fields."""
    return lambda name: fields({}, low=low, high=high, more=lambda _: THERE) if is_namespace(name) else None


def extended_target(name):
    """A target with the name of a profile before it, such as x-mdo:email."""
    space, _, rest = name.partition(":")
    if is_namespace(space) and re.fullmatch(r"[A-Za-z]\w*", rest, re.ASCII):
        return THERE
    return None


def arguments(more):
    """The arguments, `more` of them than those of version 1.0."""
    def kind(value, where):
        yield from fields({**ARGUMENTS, **more}, more=own(1))(value, where)
        if isinstance(value, dict):
            if all(name in value for name in ("start_time", "stop_time", "duration")):
                yield f"{where} has more than two of start_time, stop_time, duration"
            start, stop = value.get("start_time"), value.get("stop_time")
            if type(start) is int and type(stop) is int and stop < start:
                yield f"{where}.stop_time is before start_time"
    return kind


COMMAND = fields({
    "action": one_of(*ACTIONS), "target": fields(TARGETS, high=1, more=extended_target), "args": arguments({}),
    "actuator": fields({}, high=1, more=own(0)), "command_id": COMMAND_ID}, required=("action", "target"))
# Version 2.0 has a profile instead of an actuator, puts a profile's target under its name, and has no target of properties.
REQUEST = fields({
    "action": one_of(*ACTIONS), "args": arguments({"comment": TEXT}), "command_id": COMMAND_ID,
    "profile": of("a name of a profile", lambda value: isinstance(value, str) and is_namespace(value)),
    "target": fields(
        {name: kind for name, kind in TARGETS.items() if name != "properties"}, high=1,
        more=own(1, 1))},
    required=("action", "target"))
MESSAGE = fields({
    "headers": fields({"request_id": TEXT, "created": TIME, "from": TEXT, "to": listed(TEXT, low=1)}),
    "body": fields({"openc2": fields({"request": REQUEST}, high=1)}, high=1), "signature": TEXT}, required=("body",))


def queries(command):
    """4.1: a query for features asks for nothing but a complete response."""
    if isinstance(command.get("target"), dict) and "features" in command["target"] and command.get("action") == "query":
        if command.get("args", {"response_requested": "complete"}) != {"response_requested": "complete"}:
            yield "a query for features has other arguments than a complete response"


def validate(command):
    """What is wrong with a command of version 1.0: a list of words."""
    wrong = list(COMMAND(command, "command"))
    return wrong or list(queries(command))


def validate_message(message):
    """What is wrong with a message of version 2.0 that carries a command."""
    wrong = list(MESSAGE(message, "message"))
    if wrong:
        return wrong
    headers, request = message.get("headers", {}), message["body"]["openc2"]["request"]
    if request.get("args", {}).get("response_requested", "complete") != "none" and "request_id" not in headers:
        wrong.append("message.headers has no request_id, and a response is requested")
    if "request_id" in headers:
        try:
            if (read := uuid.UUID(headers["request_id"])).version != 4 or str(read) != headers["request_id"]:
                wrong.append("message.headers.request_id is not a UUID of version 4")
        except ValueError:
            wrong.append("message.headers.request_id is not a UUID")
    return wrong + list(queries(request))


def read(content):
    """JSON as RFC 7493 has it: UTF-8, no name twice in an object, no number that a double would change; ValueError where it is not."""
    def once(pairs):
        if len(dict(pairs)) < len(pairs):
            raise ValueError("a name stands twice in an object")
        return dict(pairs)

    def exact(digits):
        if abs(int(digits)) > LARGEST:
            raise ValueError(f"{digits} is more than a double holds")
        return int(digits)

    def none(word):
        raise ValueError(f"{word} is no JSON")
    return json.loads(content.decode("utf-8"), object_pairs_hook=once, parse_int=exact, parse_constant=none)
