"""Devices, a review that is about to lapse, and one investigation for each status."""

from .neutral import action, decided, record
from .values import AKARI, PRIYA, SALMA, TOMASZ, guid, sha256, zulu


def devices():
    """Actions on devices: waiting, under way, done, failed, cancelled."""
    dropper = sha256("dropper")
    entities = [
        {"id": "h1", "type": "host", "verdict": "malicious", "name": "lark-lt-0142.larkfield.example.com"},
        {"id": "h2", "type": "host", "verdict": "suspicious", "name": "lark-srv-print3.larkfield.example.com"},
        {"id": "f1", "type": "file", "verdict": "malicious", "name": "Bestellung März.pdf.html", "sha256": dropper},
    ]
    start = "13 07:40:00"
    actions = [
        action("ep-1", "isolate-device", ["h1"], start, parameters={"isolation": "full"}),
        action("ep-2", "isolate-device", ["h2"], start, parameters={"isolation": "selective"}),
        action(
            "ep-3",
            "run-antivirus-scan",
            ["h1"],
            start,
            "running",
            parameters={"scan": "full"},
            updated=zulu("13 07:45:00"),
        ),
        action("ep-4", "collect-investigation-package", ["h1"], start, "completed", ended=zulu("13 07:58:00")),
        action("ep-5", "stop-and-quarantine-file", ["h1", "f1"], start),
        action("ep-6", "restrict-code-execution", ["h2"], start),
        action("ep-7", "block-file", ["f1"], start, "waiting", decision=decided("approved", TOMASZ, "13 08:00:00")),
        action(
            "ep-8",
            "run-antivirus-scan",
            ["h2"],
            start,
            "failed",
            ended=zulu("13 08:10:00"),
            decision=decided("approved", TOMASZ, "13 08:00:10"),
        ),
        action(
            "ep-9",
            "collect-investigation-package",
            ["h2"],
            start,
            "cancelled",
            decision=decided("declined", TOMASZ, "13 08:01:00", "printer server: after hours"),
        ),
    ]
    return {
        "devices": record(
            "inc-900",
            1,
            "acme-edr",
            {
                "name": "HTML dropper ran on two devices",
                "type": "device-incident",
                "status": "pending-action",
                "severity": "medium",
                "started": zulu("13 07:31:00"),
                "updated": zulu("13 08:10:30"),
                "runningSeconds": 2370,
                "summary": "# Two devices\n\nThe file of the malware mail was **opened** on `lark-lt-0142` and printed "
                "by `lark-srv-print3`.\n\n1. isolate\n2. scan\n3. collect\n",
            },
            "13 08:10:31",
            alerts=[
                {
                    "id": "al-900",
                    "title": "Script host started by a mail attachment",
                    "severity": "medium",
                    "detection": "behaviour",
                    "provider": "acme-edr",
                }
            ],
            entities=entities,
            actions=actions,
        )
    }


def expiring():
    """Begun on the seventh: these lapse on the fourteenth."""
    entities = [
        {"id": "u1", "type": "url", "verdict": "suspicious", "url": "http://news-letter.test/unsubscribe?u=1&x=<y>"},
        {"id": "a1", "type": "account", "verdict": "suspicious", "upn": AKARI},
    ]
    return {
        "expiring": record(
            "case-12",
            1,
            "acme-soar",
            {
                "name": "Newsletter that asks for a password",
                "type": "url-review",
                "status": "pending-action",
                "severity": "low",
                "started": zulu("07 10:00:00"),
                "summary": "Two pages behind *one* link.\n\n* page one: harmless\n* page two: a form\n",
            },
            "07 10:20:00",
            entities=entities,
            actions=[
                action("12-1", "block-url", ["u1"], "07 10:15:00", parameters={"until": "2026-03-21T00:00:00Z"}),
                action("12-2", "revoke-sessions", ["a1"], "07 10:15:30"),
            ],
        )
    }


def outcomes():
    """One investigation for each way to stand or to end that the stories above do not show."""
    result = {}
    host = [{"id": "h1", "type": "host", "verdict": "clean", "name": "lark-lt-0007.larkfield.example.com"}]
    letter = [
        {
            "id": "m1",
            "type": "mail-message",
            "verdict": "clean",
            "subject": "Your library books",
            "recipient": SALMA,
            "sender": "library@books.example.com",
            "networkMessageId": guid("message library"),
        }
    ]
    gone = action(
        "o-1",
        "soft-delete-message",
        ["m1"],
        "10 13:00:00",
        "already-gone",
        ended=zulu("10 13:20:00"),
        decision=decided("approved", PRIYA, "10 13:10:00"),
    )
    moved = action(
        "o-2",
        "move-to-junk-message",
        ["m1"],
        "10 13:00:00",
        "completed",
        ended=zulu("10 13:20:01"),
        decision={"verdict": "approved"},
    )
    rows = [
        ("starting", "informational", "13 15:58:00", {}, "Signature update review"),
        ("running", "low", "13 15:30:00", {"entities": host}, "Scheduled look at lark-lt-0007"),
        ("queued-by-throttling", "low", "13 14:00:00", {}, "Bulk submissions, part 2"),
        ("terminated-by-throttling", "low", "12 14:00:00", {}, "Bulk submissions, part 1"),
        ("terminated-by-user", "medium", "11 14:00:00", {"entities": host}, "Duplicate of inc-900"),
        ("terminated-by-system", "medium", "12 15:00:00", {}, "Engine restart"),
        ("failed", "medium", "09 14:00:00", {}, "Sandbox not reachable"),
        (
            "threats-found",
            "high",
            "10 14:00:00",
            {
                "entities": letter,
                "actions": [
                    action("o-3", "quarantine-message", ["m1"], "10 13:30:00", "failed", ended=zulu("10 13:40:00"))
                ],
            },
            "Mail on an outside server",
        ),
        (
            "no-threats-found",
            "informational",
            "10 15:00:00",
            {"entities": letter},
            "Library reminder reported as phish",
        ),
        ("remediated", "low", "10 13:30:00", {"entities": letter, "actions": [gone, moved]}, "Reminder, second look"),
        (
            "partially-remediated",
            "medium",
            "12 16:00:00",
            {
                "entities": letter,
                "actions": [
                    action("o-4", "hard-delete-message", ["m1"], "12 13:00:00", "cancelled"),
                    action(
                        "o-5",
                        "soft-delete-message",
                        ["m1"],
                        "12 13:00:00",
                        "completed",
                        ended=zulu("12 15:59:00"),
                        decision=decided("approved", PRIYA, "12 15:58:00"),
                    ),
                ],
            },
            "Reminder, third look",
        ),
        ("awaiting-hologram", "grave", "13 09:00:00", {}, "A status of a later engine"),
    ]
    for index, (status, severity, created, parts, name) in enumerate(rows, 1):
        summary = "Outcome: **%s**.\n\n* see `case-%d`\n" % (status, 200 + index)
        result[status] = record(
            "case-%d" % (200 + index),
            1,
            "acme-soar",
            {"name": name, "type": "routine", "status": status, "severity": severity, "summary": summary},
            created,
            **parts,
        )
    return result


def records():
    result = {}
    for story in (devices, expiring, outcomes):
        result.update(story())
    return result
