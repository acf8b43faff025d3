#!/usr/bin/env python3
"""Checks tokens against two independent implementations: pyseto and openssl.

Usage: pyseto_tokens.py ROWS.json

ROWS.json: {"rows": [{"seed": hex of 32 bytes, "publicKeyPEM": text, "payload": text, "footer": text,
"implicit": text, "token": text}, ...]}. For each row: pyseto mints the same bytes, pyseto opens the token to the
same payload and footer, a changed token is refused, and `openssl pkeyutl -verify -rawin` takes the signature over
the pre-authentication encoding written here. Prints one line; exit status 0 only where all agree on all rows.

Needs pyseto 1.10.0 (PyPI) and openssl 3. The seeds are those of test keys.
"""
import base64
import json
import os
import subprocess
import sys
import tempfile

import pyseto
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


def pae(*pieces: bytes) -> bytes:
    out = len(pieces).to_bytes(8, "little")
    for piece in pieces:
        out += len(piece).to_bytes(8, "little") + piece
    return out


def unbase64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def openssl_accepts(pem: bytes, message: bytes, signature: bytes, folder: str) -> bool:
    paths = {}
    for name, content in (("key", pem), ("message", message), ("signature", signature)):
        paths[name] = os.path.join(folder, name)
        with open(paths[name], "wb") as file:
            file.write(content)
    result = subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", paths["key"], "-rawin", "-in", paths["message"],
         "-sigfile", paths["signature"]],
        capture_output=True)
    return result.returncode == 0


def check(row: dict, folder: str) -> list:
    payload, footer, implicit = (row[name].encode() for name in ("payload", "footer", "implicit"))
    token = row["token"].encode()
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(row["seed"]))
    secret = pyseto.Key.new(
        4, "public", private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public = pyseto.Key.new(4, "public", row["publicKeyPEM"].encode())
    wrong = []
    minted = pyseto.encode(secret, payload, footer=footer, implicit_assertion=implicit)
    if minted != token:
        wrong.append("pyseto mints other bytes")
    try:
        opened = pyseto.decode(public, token, implicit_assertion=implicit)
        if opened.payload != payload or opened.footer != footer:
            wrong.append("pyseto reads other parts")
    except Exception as error:  # any refusal is a disagreement
        wrong.append(f"pyseto refuses: {error}")
    changed = bytearray(token)
    changed[20] = ord("A") if changed[20] != ord("A") else ord("B")
    try:
        pyseto.decode(public, bytes(changed), implicit_assertion=implicit)
        wrong.append("pyseto takes a changed token")
    except Exception:
        pass
    body = unbase64url(row["token"].split(".")[2])
    if body[:-64] != payload:
        wrong.append("the token carries another payload")
    message = pae(b"v4.public.", payload, footer, implicit)
    pem = row["publicKeyPEM"].encode()
    if not openssl_accepts(pem, message, body[-64:], folder):
        wrong.append("openssl refuses the signature")
    if openssl_accepts(pem, message + b" ", body[-64:], folder):
        wrong.append("openssl takes the signature of another message")
    return wrong


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 64
    with open(sys.argv[1], encoding="utf-8") as file:
        rows = json.load(file)["rows"]
    if not rows:
        print("pyseto_tokens: no rows", file=sys.stderr)
        return 65
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, row in enumerate(rows):
            for problem in check(row, folder):
                bad += 1
                print(f"pyseto_tokens: row {number}: {problem}", file=sys.stderr)
    print(f"pyseto_tokens: {len(rows)} tokens, {bad} disagreements")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
