#!/usr/bin/env python3
"""Checks every decision in data/ledger.jsonl: its token by pyseto, and that entry and token say the same.

Needs pyseto (PyPI). Run in the archive's folder.
"""
import base64
import hashlib
import json
import sys

import pyseto

sys.dont_write_bytecode = True  # nothing may be added to the archive
import pae  # noqa: E402


def canonical(value):
    """RFC 8785, for the strings, whole numbers and truth values that effects are made of."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def effect_digest(effect):
    digest = hashlib.sha256(b"countersign/action/v1\n" + canonical(effect)).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def main():
    keys = {kid: pyseto.Key.new(4, "public", pem.encode()) for kid, pem in pae.public_keys().items()}
    count = wrong = 0
    for number, body in pae.tokens():
        count += 1
        try:
            _, _, payload, footer = pae.parts(body["token"])
            opened = pyseto.decode(keys[json.loads(footer)["kid"]], body["token"].encode(), implicit_assertion=pae.IMPLICIT)
            claims = json.loads(opened.payload)
            said = (claims["sub"], claims["vd"], claims["dig"], claims["jti"])
            if said != (body["action"], body["verdict"], body["dig"], body["jti"]):
                raise ValueError("the token says something else than the entry")
            if effect_digest(body["effect"]) != claims["dig"]:
                raise ValueError("the effect in the entry is not the one that the token is bound to")
        except Exception as error:  # whatever is wrong with it
            wrong += 1
            print(f"ledger entry {number}: {error}", file=sys.stderr)
    print(f"pyseto: {count} tokens, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
