"""Values that every sample shares: the organisation, its people, made-up ids, times and the JSON writer."""

import hashlib
import json
import uuid

TENANT = "7e10109e-b0f4-5ba3-9e4e-a0812d215bd1"
NAMESPACE = uuid.UUID("6d0e3c52-7f4b-5a55-9d4c-1c5d1a3f2b90")
ZERO_GUID = "00000000-0000-0000-0000-000000000000"
NOT_SET = "0001-01-01T00:00:00"


def person(name):
    """The address of somebody at Larkfield: `person("Ivy Marsh")`."""
    return name.lower().replace(" ", ".") + "@larkfield.example.com"


IVY, OMAR, LENA = person("Ivy Marsh"), person("Omar Quill"), person("Lena Voss")
NOOR, TOMASZ, PRIYA = person("Noor Haddad"), person("Tomasz Wrona"), person("Priya Raman")
AKARI, DOV, SALMA = person("Akari Mori"), person("Dov Peretz"), person("Salma Idris")


def guid(name):
    """A GUID that depends on the name alone."""
    return str(uuid.uuid5(NAMESPACE, name))


def digits(name, count=32):
    """Hex digits that depend on the name alone."""
    return hashlib.sha256(b"larkfield " + name.encode()).hexdigest()[:count]


def sha256(name):
    """The SHA-256 of a made-up file."""
    return hashlib.sha256(b"file " + name.encode()).hexdigest()


def at(text):
    """`"09 07:33:12"` is the ninth of March 2026; the zone is left out, as the audit log does."""
    day, clock = text.split(" ")
    return "2026-03-" + day + "T" + clock


def zulu(text):
    """The same with `Z`, as RFC 3339 wants it."""
    return at(text) + "Z"


def decimals(text, count=7):
    """The same with `Z` and 1 to 7 decimals."""
    fraction = str(int(digits("fraction " + text, 8), 16)).zfill(10)[-count:]
    return at(text) + "." + fraction + "Z"


def american(text):
    """The same as US 12-hour text: `3/9/2026 7:33:12 AM`."""
    day, clock = text.split(" ")
    hour, rest = clock.split(":", 1)
    return "3/%d/2026 %d:%s %s" % (int(day), (int(hour) + 11) % 12 + 1, rest, "AM" if int(hour) < 12 else "PM")


def table(text):
    """The same as spreadsheets write it: `03/09/2026 07:33:12`."""
    day, clock = text.split(" ")
    return "03/" + day + "/2026 " + clock


class Pairs(list):
    """An object as (key, value) pairs: the form in which a key may stand twice."""

    def __add__(self, more):
        return Pairs(list(self) + list(more))


class Again:
    """Stands for an object that was written before in the same document: `{"$ref": …}`."""

    def __init__(self, target):
        self.target = target


def encode(value, ascii_only=False, indent=None, depth=0):
    """JSON text; objects keep their order and their repeated keys."""
    newline, end, colon = "", "", ":"
    if indent:
        newline, end, colon = "\n" + " " * indent * (depth + 1), "\n" + " " * indent * depth, ": "
    if isinstance(value, (Pairs, dict)):
        pairs = value if isinstance(value, Pairs) else value.items()
        parts = [json.dumps(key, ensure_ascii=ascii_only) + colon + encode(item, ascii_only, indent, depth + 1)
                 for key, item in pairs]
        return "{" + newline + ("," + newline).join(parts) + end + "}" if parts else "{}"
    if isinstance(value, (list, tuple)):
        parts = [encode(item, ascii_only, indent, depth + 1) for item in value]
        return "[" + newline + ("," + newline).join(parts) + end + "]" if parts else "[]"
    return json.dumps(value, ensure_ascii=ascii_only)


def ids_of(name, count):
    """Network message ids of a group of mails."""
    return [guid("message %s %d" % (name, index)) for index in range(count)]
