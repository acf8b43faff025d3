#!/usr/bin/env python3
"""Checks the tokens in data/ledger.jsonl with openssl: `python3 pae.py openssl`.

`python3 pae.py TOKEN FOLDER` writes what a token's signature is over, the signature, and nothing else, for

  openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in FOLDER/message -sigfile FOLDER/signature

A token is PASETO v4.public: `v4.public.` payload-and-signature `.` footer, both base64url. The signature is Ed25519 over the
pre-authentication encoding of header, payload, footer and implicit assertion: their number and each one's length as eight bytes,
little-endian, before each.
"""
import base64
import json
import os
import subprocess
import sys
import tempfile

IMPLICIT = b"countersign/decision-token/v1"
HEADER = b"v4.public."


def unbase64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def pae(*pieces):
    out = len(pieces).to_bytes(8, "little")
    for piece in pieces:
        out += len(piece).to_bytes(8, "little") + piece
    return out


def parts(token):
    _, _, body, footer = token.split(".")
    body, footer = unbase64url(body), unbase64url(footer)
    return pae(HEADER, body[:-64], footer, IMPLICIT), body[-64:], body[:-64], footer


def public_keys():
    """PEM by key id: the fixed start of an Ed25519 SubjectPublicKeyInfo, then the key's 32 bytes."""
    with open("data/keys/ring.json", encoding="utf-8") as file:
        ring = json.load(file)
    start = bytes.fromhex("302a300506032b6570032100")
    return {key["kid"]: "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
            % base64.b64encode(start + unbase64url(key["publicKey"])).decode() for key in ring["keys"]}


def tokens():
    """Number and body of each decision in the ledger that carries its token."""
    with open("data/ledger.jsonl", encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            if entry["type"] == "decision" and "token" in entry.get("body", {}):
                yield entry["n"], entry["body"]


def write(folder, name, content):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(content)
    return path


def main():
    if len(sys.argv) == 3:
        message, signature, _, _ = parts(sys.argv[1])
        write(sys.argv[2], "message", message)
        write(sys.argv[2], "signature", signature)
        return 0
    if sys.argv[1:] != ["openssl"]:
        print(__doc__, file=sys.stderr)
        return 64
    keys, count, wrong = public_keys(), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for number, body in tokens():
            message, signature, _, footer = parts(body["token"])
            key = write(folder, "key", keys[json.loads(footer)["kid"]].encode())
            result = subprocess.run(
                ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", write(folder, "message", message),
                 "-sigfile", write(folder, "signature", signature)], capture_output=True)
            count += 1
            if result.returncode:
                wrong += 1
                print(f"ledger entry {number}: openssl refuses the token's signature", file=sys.stderr)
    print(f"openssl: {count} tokens, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
