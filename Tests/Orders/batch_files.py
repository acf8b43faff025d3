"""What is wrong with a batch of orders: each file against the standard it follows, and all of them against each other."""

import base64
import glob
import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import tempfile

import cacao_schema
import ocsf_schema
import openc2_schema
import stix_schema

NAMESPACE = "orders.v1@countersign"
SINGLE = ("SHA256SUMS", "SHA256SUMS.sig", "carry-out.ps1", "checklist.md", "orders.ocsf.jsonl")
FORMS = {"cacao": cacao_schema, "openc2": openc2_schema, "stix": stix_schema}
ORDER_ID = r"wo-[a-z2-7]{20}"
OF_ORDER = rf"{ORDER_ID}(\.json(\.sig)?|\.(cacao|stix|graph)\.json|(\.[1-9][0-9]*)?\.openc2\.json)"


def canonical(value):
    """RFC 8785, of what effects hold: names in order of UTF-16 code units."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(f"{canonical(name)}:{canonical(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def digest(effect):
    """docs/formats/effect.md: the digest of an effect."""
    content = b"countersign/action/v1\n" + canonical(effect).encode("utf-8")
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode("ascii").rstrip("=")


def order_id(issuer, action, number, of_effect):
    content = f"countersign/order/v1\n{issuer}\n{action}\n{number}\n{of_effect}".encode("utf-8")
    return "wo-" + base64.b32encode(hashlib.sha256(content).digest()).decode("ascii").lower()[:20]


class Batch:
    """The files of a batch, read; what cannot be read is in `wrong`."""

    def __init__(self, folder):
        self.folder, self.wrong, self.content = folder, [], {}
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name), "rb") as file:
                self.content[name] = file.read()
        self.parsed = {name: self._read(name, content) for name, content in self.content.items() if name.endswith(".json")}
        self.parsed = {name: value for name, value in self.parsed.items() if value is not None}
        self.events = []
        for line in self.content.get("orders.ocsf.jsonl", b"").split(b"\n")[:-1]:
            self.events += [value for value in [self._read("orders.ocsf.jsonl", line)] if value is not None]
        self.orders = {name[:-5]: value for name, value in self.parsed.items() if re.fullmatch(rf"{ORDER_ID}\.json", name)}

    def _read(self, name, content):
        try:
            return openc2_schema.read(content)
        except ValueError as error:
            self.wrong.append(f"{name}: {error}")
            return None

    def text(self, name):
        return self.content[name].decode("utf-8")

    def form(self, order, form):
        return self.parsed[f"{order}.{form}.json"]

    def commands(self, order):
        """The OpenC2 commands of an order, by the number of the target."""
        found = {}
        for name, value in self.parsed.items():
            if match := re.fullmatch(rf"{order}(?:\.([1-9][0-9]*))?\.openc2\.json", name):
                found[int(match[1] or 1)] = value
        return found

    def by_source(self, action):
        """The order of an action, by the id that the exports give it."""
        return next((order for order, value in self.orders.items() if value["source"]["action"] == action), None)

    def section(self, order):
        """The part of the checklist about an order, its breaks taken out."""
        part = next((one for one in self.text("checklist.md").split("\n## ") if f"- order `{order}`" in one), "")
        return part.replace("[.]", ".").replace("[:]", ":").replace("[@]", "@").replace("hxxp", "http")

    def script(self, order):
        """The part of the script about an order: its lines; none where it is left to a person."""
        match = re.search(rf"^Invoke-Order -Id '{order}' .*?^\)$", self.text("carry-out.ps1"), re.M | re.S)
        return match[0].split("\n") if match else []


def wrong_form(batch):
    """JSON, its alphabet, and the standards."""
    yield from batch.wrong
    for name, content in batch.content.items():
        if name != "checklist.md" and not content.isascii():
            yield f"{name} is not ASCII"
        if re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", content):
            yield f"{name} holds a control character"
    for name, value in batch.parsed.items():
        form = name.split(".")[-2]
        if form in FORMS:
            yield from (f"{name}: {one}" for one in FORMS[form].validate(value))
        if form == "cacao":
            # Other ids than those of steps may be of version 5; what else is asked for, is kept.
            yield from (f"{name}: {one}" for one in cacao_schema.advice(value))
    for event in batch.events:
        yield from (f"orders.ocsf.jsonl: {event['command_uid']}: {one}" for one in ocsf_schema.validate(event))
        yield from (f"orders.ocsf.jsonl: {event['command_uid']}: {one}" for one in ocsf_schema.advice(event) if "nothing is at" in one)


def wrong_effects(batch, issuer):
    """Digests and ids come out of the effect again."""
    for name, order in batch.orders.items():
        effect = order["effect"]
        if digest(effect) != order["effectDigest"]:
            yield f"{name}: the effect's digest is {digest(effect)}"
        if order_id(issuer, order["action"], effect["round"], order["effectDigest"]) != name or order["id"] != name:
            yield f"{name} is not the id of its order"
        printed = " ".join(order["effectDigest"][place:place + 4] for place in range(0, 20, 4))
        if order["effectDigestPrinted"] != printed or effect["action"] != order["action"].split("/")[1]:
            yield f"{name}: printed digest or action"
        if order["parts"] != max(1, len(batch.commands(name))):
            yield f"{name}: {order['parts']} parts, {len(batch.commands(name))} commands"


def wrong_joins(batch):
    """The id, the digest and the times of an order are the same in all forms."""
    events = {event["command_uid"]: event for event in batch.events}
    for name in set(events) ^ set(batch.orders):
        yield f"{name}: in one only of orders.ocsf.jsonl and the orders"
    if len(events) != len(batch.events):
        yield "orders.ocsf.jsonl has an order twice"
    for name, order in batch.orders.items():
        try:
            yield from (f"{name}: {one}" for one in wrong_join(batch, name, order, events[name]))
        except (KeyError, IndexError, StopIteration) as error:
            yield f"{name}: {type(error).__name__} {error}"


def wrong_join(batch, name, order, event):
    playbook, bundle, requests = (batch.form(name, form) for form in ("cacao", "stix", "graph"))
    commands = batch.commands(name)
    course = next(one for one in bundle["objects"] if one["type"] == "course-of-action")
    carried = next(iter(course["extensions"].values()))
    variables = {key: value["value"] for key, value in playbook["playbook_variables"].items()}
    instants = {order["made"][:19], playbook["valid_from"][:19], carried["playbook_valid_from"][:19], requests["valid_from"][:19]}
    ends = {order["validUntil"][:19], playbook["valid_until"][:19], requests["valid_until"][:19], event["unmapped"]["valid_until"][:19]}
    sent = [
        json.loads(base64.b64decode(command["content_b64"]))
        for step in playbook["workflow"].values() for command in step.get("commands", [])
        if command["type"] == "openc2-http"]
    ids = {name} if order["parts"] == 1 else {f"{name}.{part}" for part in commands}
    at_most = [order.get("atMost"), order["effect"].get("atMost"), *(one["args"]["x-mdo"].get("at_most") for one in commands.values())]
    for what, holds in {
            "CACAO: id": variables["__work_order__"] == name, "CACAO: digest": variables["__effect_digest__"] == order["effectDigest"],
            "CACAO: ceiling": variables["__at_most__"] == str(order.get("atMost", "not limited")),
            "STIX: id": {"source_name": "countersign", "external_id": name} in course["external_references"],
            "STIX: digest": order["effectDigest"] in course["description"],
            "STIX: playbook": json.loads(base64.b64decode(carried["playbook_bin"])) == playbook,
            "requests: id": requests["work_order"] == name, "requests: digest": requests["effect_digest"] == order["effectDigest"],
            "OCSF: digest": event["unmapped"]["effect_digest"] == order["effectDigest"],
            "OCSF: status": (event["status_id"], event["status_detail"]) == (0, "Approved and handed over, not yet executed"),
            "OpenC2: ids": {one["command_id"] for one in commands.values()} == ids if commands else order["what"] == "unrecognised",
            "OpenC2: id, digest": all(
                (one["args"]["x-mdo"]["work_order"], one["args"]["x-mdo"]["effect_digest"]) == (name, order["effectDigest"])
                for one in commands.values()),
            "OpenC2: in the playbook": sent == [commands[part] for part in sorted(commands)],
            "ceilings": len(set(at_most)) == 1, "begins": len(instants) == 1, "ends": len(ends) == 1,
            "checklist": order["effectDigestPrinted"] in batch.section(name),
            "script": bool(batch.script(name)) != any(one["code"] == "by-hand" for one in order["findings"]),
            "script, by hand": f"\n# {name}  " in batch.text("carry-out.ps1"), "batch": order["batch"] == os.path.basename(batch.folder),
            "signature": f"{name}.json.sig" in batch.content}.items():
        if not holds:
            yield f"{what}: not the same"


def wrong_names(batch):
    """No file that belongs to no order, and nothing written for everybody to read."""
    for name in batch.content:
        if name not in SINGLE and not re.fullmatch(OF_ORDER, name):
            yield f"{name} is no file of a batch"
        elif name not in SINGLE and name[:23] not in batch.orders:
            yield f"{name} is of no order"
        if (mode := stat.S_IMODE(os.stat(os.path.join(batch.folder, name)).st_mode)) != 0o600:
            yield f"{name} has mode {mode:o}"
    if (mode := stat.S_IMODE(os.stat(batch.folder).st_mode)) != 0o700:
        yield f"the folder has mode {mode:o}"


def verified(path, content, signers, issuer):
    """Whether OpenSSH takes the signature."""
    result = subprocess.run(
        ["ssh-keygen", "-Y", "verify", "-f", signers, "-I", f"countersign/{issuer}", "-n", NAMESPACE, "-s", path], input=content,
        capture_output=True)
    return result.returncode == 0


def wrong_signatures(batch, workspace, issuer):
    """SHA256SUMS holds, and each signature; not for another byte, name or namespace."""
    result = subprocess.run(["sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS"], cwd=batch.folder, capture_output=True, text=True)
    if result.returncode:
        yield f"sha256sum: {result.stdout[-200:]}{result.stderr[-200:]}"
    listed = {line.split("  ", 1)[1] for line in batch.text("SHA256SUMS").splitlines()}
    if listed != set(batch.content) - {"SHA256SUMS", "SHA256SUMS.sig"}:
        yield f"SHA256SUMS lists others: {listed ^ set(batch.content)}"
    signers, count = os.path.join(workspace, "keys", "deployment_signers"), 0
    for path in sorted(glob.glob(os.path.join(batch.folder, "*.sig"))):
        name, count = os.path.basename(path)[:-4], count + 1
        content = batch.content[name]
        place = count * 7919 % len(content)
        if not verified(path, content, signers, issuer):
            yield f"{name}: the signature does not hold"
        if verified(path, content[:place] + bytes([content[place] ^ 1]) + content[place + 1:], signers, issuer):
            yield f"{name}: the signature holds for another byte {place}"
    if verified(path, content, signers, issuer + "x"):
        yield "the signature holds for somebody else"
    if count != len(batch.orders) + 1:
        yield f"{count} signatures of {len(batch.orders)} orders and SHA256SUMS"
    with tempfile.TemporaryDirectory() as scratch:
        copied = os.path.join(scratch, "copy")
        shutil.copytree(batch.folder, copied)
        with open(os.path.join(copied, "checklist.md"), "ab") as file:
            file.write(b" ")
        if subprocess.run(["sha256sum", "-c", "--status", "SHA256SUMS"], cwd=copied).returncode == 0:
            yield "SHA256SUMS holds for another checklist"


def wrong_batch(batch, workspace, issuer):
    """All of it."""
    for wrong in (wrong_form(batch), wrong_names(batch), wrong_effects(batch, issuer), wrong_joins(batch),
                  wrong_signatures(batch, workspace, issuer)):
        yield from wrong
