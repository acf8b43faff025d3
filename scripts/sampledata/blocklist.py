"""The follow-up of the invoice lure: one action of nearly every kind."""

from .campaign import IP_ONE, IP_TWO, LURE, by_body
from .neutral import action, record
from .values import DOV, IVY, OMAR, PRIYA, guid, ids_of, sha256, zulu

BLOCKLIST = """## Follow-up of the invoice lure

Every indicator of the two waves, **one action each**.

- `kiln-invoice.test` and its double `kiln-invo\u0456ce.test`
- sender addresses from the [shared list](https://soar.example.com/lists/88)

### Not done here

The clusters of wave one are decided in the *mail* investigation.
"""


def block_list():
    def mail(name, to, subject, seen, **more):
        return {
            "type": "mail-message",
            "verdict": "malicious",
            "subject": subject,
            "sender": "billing@kiln-invoice.test",
            "senderDisplayName": "Kiln Billing",
            "senderIP": IP_ONE,
            "recipient": to,
            "networkMessageId": guid("message neutral " + name),
            "internetMessageId": "<%s@kiln-invoice.test>" % name,
            "received": zulu(seen),
            "direction": "inbound",
            "deliveryAction": "delivered",
            "deliveryLocation": "inbox",
            "originalDeliveryLocation": "inbox",
            "threats": ["phish"],
            "detectionMethods": ["url-list"],
            "urls": [LURE],
        } | more

    def group(name, count, query, **more):
        return {
            "type": "mail-cluster",
            "verdict": "suspicious",
            "query": query,
            "queryTime": zulu("12 11:00:00"),
            "mailCount": count,
            "networkMessageIds": ids_of(name, min(count, 20)),
            "countByThreat": {"phish": count},
            "countByLocation": {"inbox": count},
            "countByProtection": {"delivered": count},
        } | more

    payload = sha256("invoice macro")
    entities = [
        {"id": "m1"} | mail("b1", IVY, "Invoice K-88 <b>final</b>", "12 09:00:00"),
        {"id": "m2"} | mail("b2", OMAR, '=cmd|"/c calc"!A1', "12 09:00:01"),
        {"id": "m3"} | mail("b3", PRIYA, "+1 (555) 0100 called you", "12 09:00:02"),
        {"id": "m4"}
        | mail(
            "b4",
            DOV,
            "Invoice \u202efdp.exe\u202c [approve](https://kiln-invoice.test)",
            "12 09:00:03",
            attachments=[{"name": "K-88.docm", "sha256": payload}, {"name": "logo.png"}],
        ),
        {"id": "c1"} | group("hard", 340, by_body("3344556677", IP_ONE)),
        {"id": "c2"} | group("junk", 58, by_body("4455667788", IP_TWO)),
        {"id": "c3"} | group("quarantine", 10400, by_body("1010101010", IP_TWO)),
        {"id": "c4"}
        | {
            key: value
            for key, value in group("unknown size", 1, 'header:"X-Kiln: 88"').items()
            if key not in ("mailCount", "countByThreat", "countByLocation", "countByProtection")
        },
        {"id": "u1", "type": "url", "verdict": "malicious", "url": LURE, "clicks": 7, "emails": 1334},
        {"id": "u2", "type": "url", "verdict": "malicious", "url": "https://kiln-invo\u0456ce.test/pay", "clicks": 0},
        {
            "id": "f1",
            "type": "file",
            "verdict": "malicious",
            "name": "K-88.docm",
            "sha256": payload,
            "sha1": payload[:40],
            "md5": payload[:32],
            "malwareFamily": "Downloader.Example",
            "size": 48213,
        },
        {
            "id": "t1",
            "type": "teams-message",
            "verdict": "suspicious",
            "extra": {"thread": "19:invoices@thread.example.com", "text": "see " + LURE},
        },
        {"id": "s1", "type": "submission", "verdict": "unknown", "extra": {"reportType": "phish", "submitter": IVY}},
        {"id": "o1", "type": "other", "verdict": "clean", "extra": {"what": "sender policy record"}},
        {"id": "o2", "type": "hologram", "verdict": "shimmering"},
    ]
    start, until = "12 11:30:00", {"until": "2026-04-12T00:00:00Z"}
    rows = [
        ("hard-delete-message", ["m1"], None),
        ("soft-delete-message", ["m2"], None),
        ("move-to-junk-message", ["m3"], None),
        ("quarantine-message", ["m4"], None),
        ("hard-delete-cluster", ["c1"], None),
        ("move-to-junk-cluster", ["c2"], None),
        ("quarantine-cluster", ["c3"], None),
        ("soft-delete-cluster", ["c4"], None),
        ("quarantine-attachment", ["f1"], None),
        ("block-url", ["u1"], until),
        ("block-domain", ["u2"], until | {"domain": "kiln-invo\u0456ce.test"}),
        ("block-sender", ["m1"], until | {"sender": "billing@kiln-invoice.test"}),
        ("block-file", ["f1"], until),
        ("tag-message", ["t1"], {"tag": "phish", "weight": 3}),
    ]
    actions = [
        action("88-%d" % index, kind, targets, start, **({"parameters": parameters} if parameters else {}))
        for index, (kind, targets, parameters) in enumerate(rows, 1)
    ]
    actions.append(action("88-15", "soft-delete-message", ["m3"], start, "deferred"))
    return {
        "block list": record(
            "case-88",
            1,
            "acme-soar",
            {
                "name": "Invoice lure: block list and leftovers",
                "type": "campaign",
                "status": "pending-action",
                "severity": "high",
                "started": zulu("12 11:00:00"),
                "updated": zulu("12 11:31:00"),
                "summary": BLOCKLIST,
                "notes": [
                    {
                        "by": "Tomasz Wrona",
                        "at": zulu("12 12:00:00"),
                        "markdown": "`10,400` is above the usual ceiling.",
                    }
                ],
            },
            "12 11:31:02",
            alerts=[{"id": "al-88", "title": "Campaign K-88", "severity": "high"}],
            entities=entities,
            actions=actions,
        )
    }
