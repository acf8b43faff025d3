#!/usr/bin/env python3
"""Checks data/ledger.jsonl: each line's own sum, the chain, and the hash tree that data/ledger.checkpoint was signed over.

A redacted archive has `body_sha256` in the place of `body`, and each line's hash and leaf hash beside it: the chain and the tree
then hold over these. Needs nothing but python3. Run in the archive's folder.
"""
import base64
import hashlib
import json
import sys


def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def root(leaves):
    """RFC 6962 section 2.1."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = leaves
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0]


def main():
    leaves, previous, wrong = [], "0" * 64, 0

    def say(number, words):
        nonlocal wrong
        wrong += 1
        print(f"ledger line {number}: {words}", file=sys.stderr)

    with open("data/ledger.jsonl", "rb") as file:
        for number, line in enumerate(file, 1):
            entry = json.loads(line)
            if entry["n"] != number:
                say(number, "the number does not follow")
            if entry["prev"] != previous:
                say(number, "prev is not the hash of the line before")
            if "body_sha256" in entry:
                previous, leaf = entry["line"], bytes.fromhex(entry["leaf"])
            else:
                previous = hashlib.sha256(line).hexdigest()
                leaf = hashlib.sha256(b"\x00" + line).digest()
                bare = {key: value for key, value in entry.items() if key != "sum"}
                if hashlib.sha256(canonical(bare)).hexdigest() != entry["sum"]:
                    say(number, "its sum does not match")
            leaves.append(leaf)
    with open("data/ledger.checkpoint", encoding="utf-8") as file:
        _, size, tree = file.read().split("\n")[:3]
    if int(size) != len(leaves):
        say(len(leaves), f"the checkpoint counts {size} entries")
    elif base64.b64decode(tree) != root(leaves):
        say(len(leaves), "the checkpoint was made of another ledger")
    print(f"ledger: {len(leaves)} entries, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
