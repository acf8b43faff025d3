"""A reader of ledger, checkpoint and evidence, written from docs/formats: it shares nothing with the product.

It looks at trees (trees.py), never at the disk, and raises `Unreadable` where a file is not what its format says.
"""

import base64
import hashlib
import json
from collections import Counter

import crash.trees as trees

LEDGER, CHECKPOINT = "ledger.jsonl", "ledger.checkpoint"
KEYS = {"body", "n", "prev", "sum", "t", "type", "v"}


class Unreadable(Exception):
    """What is wrong with a truth."""


def canonical(value):
    """Canonical JSON: the ledger holds strings, booleans, integers, arrays and objects with ASCII keys only."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def merkle_root(lines):
    """RFC 6962, section 2.1."""
    if not lines:
        return hashlib.sha256(b"").digest()
    if len(lines) == 1:
        return hashlib.sha256(b"\0" + lines[0]).digest()
    half = 1
    while half * 2 < len(lines):
        half *= 2
    return hashlib.sha256(b"\1" + merkle_root(lines[:half]) + merkle_root(lines[half:])).digest()


class Ledger:
    """The whole lines of a ledger, each checked, and the torn tail behind them.

    The tail begins at the end of the last line feed, or at a damaged line behind the `signed` first entries, which the
    checkpoint covers: nobody was told of anything behind them (docs/formats/ledger.md).
    """

    def __init__(self, data, signed=None):
        *whole, self.tail = data.split(b"\n")
        self.lines, self.entries = [], []
        previous = "0" * 64
        for number, line in enumerate((line + b"\n" for line in whole), 1):
            try:
                self.entries.append(self._entry(number, line, previous))
            except Unreadable:
                if signed is None or number <= signed:
                    raise
                self.tail = data[sum(map(len, self.lines)):]
                break
            self.lines.append(line)
            previous = hashlib.sha256(line).hexdigest()

    @staticmethod
    def _entry(number, line, previous):
        where = "%s line %d: " % (LEDGER, number)
        try:
            entry = json.loads(line)
        except ValueError:
            raise Unreadable(where + "not JSON") from None
        if not isinstance(entry, dict) or set(entry) != KEYS or entry["v"] != 1:
            raise Unreadable(where + "not an entry")
        if canonical(entry) + b"\n" != line:
            raise Unreadable(where + "not canonical")
        unsummed = {key: value for key, value in entry.items() if key != "sum"}
        if hashlib.sha256(canonical(unsummed)).hexdigest() != entry["sum"]:
            raise Unreadable(where + "the sum does not match")
        if entry["n"] != number:
            raise Unreadable(where + "its number is %r" % entry["n"])
        if entry["prev"] != previous:
            raise Unreadable(where + "the chain is broken")
        return entry

    def upto(self, size):
        """The ledger as it was with its first `size` entries, which are checked already."""
        part = Ledger(b"")
        part.lines, part.entries = self.lines[:size], self.entries[:size]
        return part

    def root(self, size):
        return merkle_root(self.lines[:size])

    def bodies(self, kind):
        return [entry["body"] for entry in self.entries if entry["type"] == kind]

    def votes(self):
        """Votes and outcomes with the numbers of their entries."""
        return [(entry["n"], entry["body"]) for entry in self.entries if entry["type"] in ("decision", "judge")]

    def evidence(self):
        """File name to SHA-256 of the evidence files that are named."""
        return {body["evidence"]: body["sha256"] for body in self.bodies("import") if "evidence" in body}

    def returned(self):
        return {body["file"] for kind in ("decision", "refusal") for body in self.bodies(kind)}

    def said(self):
        """What people and policy decided, each as often as it stands there: a crash may neither lose nor double it."""
        said = Counter()
        for entry in self.entries:
            body = entry["body"]
            if entry["type"] == "decision":
                said["decision", body["jti"], body["action"], body["verdict"], body["principal"], body["round"],
                     body["comment"], body["file"], body["row"]] += 1
            elif entry["type"] == "judge":
                said["judge", body["action"], body["round"], body["outcome"], len(body["votes"])] += 1
            elif entry["type"] == "refusal":
                for row in body["rows"]:
                    said["refusal", body["file"], row["row"], row["code"]] += 1
            elif entry["type"] == "lapse":
                for action in body["actions"]:
                    said["lapse", action] += 1
            elif entry["type"] == "policy":
                said["policy", body["sha256"]] += 1
            elif entry["type"] == "key":
                said["key", body["kid"]] += 1
        return said


def ledger(tree):
    """The ledger of a workspace; one without entries where the file is not there yet."""
    head = checkpoint(tree)
    return Ledger(trees.content(tree, LEDGER) or b"", None if head is None else head[0])


def checkpoint(tree):
    """Size and root hash of the checkpoint beside the ledger; None where there is none."""
    data = trees.content(tree, CHECKPOINT)
    if data is None:
        return None
    lines = data.split(b"\n")
    try:
        origin, size, root, empty, signature, end = lines
        name = origin.decode()
        value = int(size), base64.b64decode(root, validate=True)
    except ValueError:
        raise Unreadable(CHECKPOINT + ": not a checkpoint (%d bytes)" % len(data)) from None
    if empty or end or not name.startswith("countersign/") or len(value[1]) != 32 \
            or not signature.decode().startswith("\u2014 " + name + " "):
        raise Unreadable(CHECKPOINT + ": not a checkpoint (%d bytes)" % len(data))
    return value


def covered(tree, book):
    """Checks the ledger against its checkpoint; gives the number of entries that the signed head covers."""
    head = checkpoint(tree)
    if head is None:
        return 0
    size, root = head
    if len(book.lines) < size:
        raise Unreadable("%s: %d entries, its checkpoint counts %d" % (LEDGER, len(book.lines), size))
    if book.root(size) != root:
        raise Unreadable("%s: not the ledger that its checkpoint was made of" % LEDGER)
    return size


def check_named_files(tree, book):
    """Every file the ledger names is there with its hash."""
    for name, sha256 in book.evidence().items():
        data = trees.content(tree, "evidence/" + name)
        if data is None:
            raise Unreadable("evidence/%s: named by the ledger, missing" % name)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise Unreadable("evidence/%s: its hash is not the ledger's" % name)
    for name in book.returned():
        data = trees.content(tree, "returned/" + name)
        if data is None:
            raise Unreadable("returned/%s: named by the ledger, missing" % name)
        if hashlib.sha256(data).hexdigest() != name:
            raise Unreadable("returned/%s: its hash is not its name" % name)


def records(tree, book):
    """The records of all evidence files that the ledger names, each as often as it stands there."""
    found = Counter()
    for name in book.evidence():
        for line in (trees.content(tree, "evidence/" + name) or b"").splitlines():
            envelope = json.loads(line)
            raw = envelope["raw"].encode() if "raw" in envelope else base64.b64decode(envelope["base64"])
            if hashlib.sha256(raw).hexdigest() != envelope["sha256"]:
                raise Unreadable("evidence/%s: a record is not the one its line names" % name)
            found[envelope["src"], envelope["record"], envelope["sha256"]] += 1
    return found


def rejected(tree):
    """The refused records that are kept, each once."""
    return {line for name, data in trees.files(tree, "rejected").items() if name.endswith(".jsonl")
            for line in data.splitlines(keepends=True)}
