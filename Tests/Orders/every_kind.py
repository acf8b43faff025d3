"""A Countersign export with an action of every kind that docs/formats/neutral-export.md names, one that nobody knows, and some of
several targets."""

import json
import uuid

TENANT = "7e10109e-b0f4-5ba3-9e4e-a0812d215bd1"
STARTED = "2026-03-12T08:00:00Z"
INVESTIGATION = "case-every-kind"
BLOCK_END = "2026-04-30T00:00:00Z"
MAILBOX = "lena.voss@larkfield.example.com"


def network_id(name):
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{name}.larkfield.example.com"))


def message(name, recipient=MAILBOX, **more):
    return {"type": "mail-message", "networkMessageId": network_id(name), "recipient": recipient, **more}


def cluster(name, count):
    return {
        "type": "mail-cluster", "query": f"BodyFingerprintBin1:{name};Subject contains \"pay\"", "mailCount": count,
        "networkMessageIds": [network_id(f"{name}-{number}") for number in range(count)]}


def url(text):
    return {"type": "url", "url": text}


def file(digit, name, **more):
    return {"type": "file", "sha256": digit * 64, "name": name, **more}


def setting(**keys):
    return {"type": "mailbox-configuration", "mailbox": MAILBOX, **keys}


def account(name):
    return {"type": "account", "upn": f"{name}@larkfield.example.com"}


def host(name):
    return {"type": "host", "name": name}


FORWARDING = setting(configType="mail-forwarding-rule", configId="cfg-1", forwardTo="drop@kiln-invoice.test")
RULE = setting(configType="user-inbox-rule", configId="cfg-3", rule="Rechnungen \u2013 \u201cerledigt\u201d")


def delegation(delegate):
    return setting(configType="mail-delegation", configId="cfg-2", delegate=delegate)


# Id, kind, targets, parameters.
ACTIONS = [
    ("soft-message", "soft-delete-message", [message("m1")], {}),
    ("soft-messages", "soft-delete-message", [message(f"m2-{number}", f"r{number}@larkfield.example.com") for number in range(3)], {}),
    ("hard-message", "hard-delete-message", [message("m3")], {}),
    ("junk-message", "move-to-junk-message", [message("m4")], {}),
    ("quarantine-message", "quarantine-message", [message("m5")], {}),
    ("soft-cluster", "soft-delete-cluster", [cluster("c1", 3)], {}),
    ("soft-clusters", "soft-delete-cluster", [cluster("c2", 2), cluster("c3", 4)], {}),
    ("hard-cluster", "hard-delete-cluster", [cluster("c4", 2)], {}),
    ("junk-cluster", "move-to-junk-cluster", [cluster("c5", 2)], {}),
    ("quarantine-cluster", "quarantine-cluster", [cluster("c6", 2)], {}),
    ("attachment", "quarantine-attachment", [file("a", "invoice.pdf.exe", sha1="b" * 40, md5="c" * 32)], {}),
    ("block-url", "block-url", [url("https://pay.kiln-invoice.test/login?next=%2F&a=1")], {"until": BLOCK_END}),
    ("block-urls", "block-url", [url(f"https://pay{number}.kiln-invoice.test/a/{number}") for number in range(3)], {}),
    ("block-url-foreign", "block-url", [url("https://b\u00fccher.kiln.test/r\u00e9sum\u00e9")], {"until": BLOCK_END}),
    ("block-domain", "block-domain", [url("https://kiln-invoice.test/a")], {"domain": "kiln-invoice.test", "until": BLOCK_END}),
    ("block-domain-of-url", "block-domain", [url("https://b\u00fccher.test/a")], {}),
    ("block-sender", "block-sender", [message("m6")], {"sender": "billing@kiln-invoice.test", "until": BLOCK_END}),
    ("block-sender-too", "block-sender", [message("m6")], {"sender": "accounts@kiln-invoice.test", "until": BLOCK_END}),
    ("block-file", "block-file", [file("D", "Rechnung_\u00fc.pdf.js")], {"until": BLOCK_END}),
    ("block-files", "block-file", [file("e", "one.js"), file("f", "two.js", sha1="1" * 40)], {}),
    ("forwarding", "turn-off-forwarding", [FORWARDING], {"keepCopy": True}),
    ("forwarding-rule", "turn-off-forwarding", [setting(
        configType="mail-forwarding-rule", configId="cfg-4", forwardTo="drop@kiln-invoice.test", rule="..")], {}),
    ("full-access", "remove-delegation", [delegation("mallory@larkfield.example.com")], {"accessRights": "FullAccess"}),
    ("send-as", "remove-delegation", [delegation("mallory@larkfield.example.com")], {"accessRights": "SendAs"}),
    ("on-behalf", "remove-delegation", [delegation("oscar@larkfield.example.com")], {"accessRights": "SendOnBehalf"}),
    ("inbox-rule", "disable-inbox-rule", [RULE], {}),
    ("disable-account", "disable-account", [account("lena.voss")], {}),
    ("disable-accounts", "disable-account", [account("one"), account("two")], {}),
    ("revoke-sessions", "revoke-sessions", [account("lena.voss")], {}),
    ("isolate", "isolate-device", [host("wks-0144.larkfield.example.com")], {"isolation": "selective"}),
    ("isolate-several", "isolate-device", [host("wks-0145"), host("wks_0146 of Lena")], {"isolation": "full"}),
    ("scan", "run-antivirus-scan", [host("wks-0144.larkfield.example.com")], {"scan": "full"}),
    ("scan-offline", "run-antivirus-scan", [host("wks-0147")], {"scan": "offline"}),
    ("package", "collect-investigation-package", [host("wks-0144.larkfield.example.com")], {}),
    ("restrict", "restrict-code-execution", [host("wks-0144.larkfield.example.com")], {}),
    ("stop-file", "stop-and-quarantine-file", [host("wks-0144.larkfield.example.com"), file("2", "x.exe", sha1="3" * 40)], {}),
    ("stop-files", "stop-and-quarantine-file", [
        host("wks-0148"), file("4", "y.exe", sha1="5" * 40), file("6", "z.exe", sha1="7" * 40)], {}),
    ("stop-without-sha1", "stop-and-quarantine-file", [host("wks-0149"), file("8", "a.exe")], {}),
    ("unknown", "reticulate-splines", [url("https://kiln-invoice.test/spline")], {"depth": 3, "gently": True, "note": "f\u00fcr alle"}),
    ("unknown-target", "reticulate-splines", [{"type": "other", "extra": {"name": "spline"}}], {}),
]
# What takes an action back names what stands there again: by action the step, and the values; one of two with | between.
RESTORED = {
    "soft-message": ("restore-messages", [network_id("m1"), MAILBOX]), "junk-message": ("move-to-inbox", [network_id("m4")]),
    "quarantine-message": ("release-from-quarantine", [network_id("m5")]),
    "soft-cluster": ("restore-messages", ["BodyFingerprintBin1:c1|" + network_id("c1-2")]),
    "attachment": ("release-from-quarantine", ["a" * 64]), "block-url": ("remove-block", ["pay.kiln-invoice.test/login?next=%2F&a=1"]),
    "block-domain": ("remove-block", ["kiln-invoice.test"]), "block-sender": ("remove-block", ["billing@kiln-invoice.test"]),
    "block-file": ("remove-block", ["d" * 64]), "forwarding": ("restore-forwarding", [MAILBOX, "drop@kiln-invoice.test"]),
    "full-access": ("restore-delegation", [MAILBOX, "mallory@larkfield.example.com", "FullAccess"]),
    "send-as": ("restore-delegation", [MAILBOX, "mallory@larkfield.example.com", "SendAs"]),
    "on-behalf": ("restore-delegation", [MAILBOX, "oscar@larkfield.example.com", "SendOnBehalf"]),
    "inbox-rule": ("enable-inbox-rule", [MAILBOX, RULE["rule"]]), "disable-account": ("enable-account", [MAILBOX]),
    "isolate": ("release-from-isolation", ["wks-0144.larkfield.example.com"]), "stop-file": ("restore-file", ["3" * 40]),
    "restrict": ("remove-restriction", ["wks-0144.larkfield.example.com"])}
FINAL = ["hard-message", "hard-cluster", "revoke-sessions", "scan", "scan-offline", "package", "unknown", "unknown-target"]


def record(name, investigation, actions, created=STARTED, told=None):
    """A line of an export; `told` has what else it says of an action."""
    entities, listed = [], []
    for identifier, kind, targets, parameters in actions:
        ids = []
        for number, target in enumerate(targets):
            ids.append(f"{identifier}/{number}")
            entities.append({"id": ids[-1], "verdict": "malicious", **target})
        listed.append({
            "id": identifier, "kind": kind, "status": "pending", "targets": ids, "started": STARTED, "pendingSince": STARTED,
            **({"parameters": parameters} if parameters else {}), **(told or {}).get(identifier, {})})
    return json.dumps({
        "format": "countersign-export/1", "id": name, "tenant": TENANT, "engine": "acme-soar", "investigation": {
            "id": investigation, "name": "One of each", "type": "mailbox-compromise", "severity": "high", "created": created,
            "status": "pending-action", "started": STARTED},
        "entities": entities, "actions": listed}, ensure_ascii=False) + "\n"


def export():
    """All of them in one investigation."""
    return record("rec-1", INVESTIGATION, ACTIONS)
