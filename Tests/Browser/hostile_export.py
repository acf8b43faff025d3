"""An export full of other people's attack strings, and a harmless twin of the same shape."""

import json
import os
import unicodedata

TENANT = "7e10109e-b0f4-5ba3-9e4e-a0812d215bd1"
HARMLESS = "plain words"
# How many strings one investigation carries.
EACH = 97
# How many bytes of a text a page shows.
SUBJECT, NAME = 1000, 255
# Blanks that have a general category of visible characters.
BLANKS = "\u2800\u3164\u115f\u1160\uffa0"


def corpora():
    """The folder of the public test data, found through COUNTERSIGN_SHARED."""
    return os.path.join(os.environ.get("COUNTERSIGN_SHARED", ""), "corpora")


def strings(sample=None):
    """Every attack string once, or an even sample: the list of naughty strings and the list of script injections."""
    with open(os.path.join(corpora(), "blns", "blns.json"), encoding="utf-8") as file:
        found = json.load(file)
    with open(os.path.join(corpora(), "xss", "xss-payload-list.txt"), encoding="utf-8", newline="\n") as file:
        found += [line.rstrip("\n") for line in file]
    # An id takes no empty text, and blanks alone count as nothing in places.
    found = list(dict.fromkeys(text for text in found if text.strip()))
    if sample and sample < len(found):
        found = [found[place * len(found) // sample] for place in range(sample)]
    return found


class Export:
    """The lines, and which texts a page must show exactly as they are."""

    def __init__(self, texts):
        self.exact = set()
        self.lines = []
        for start in range(0, len(texts), EACH):
            part = texts[start : start + EACH]
            self.texts = iter(part + [f"filling {number}" for number in range(EACH - len(part))])
            self.lines.append(json.dumps(self.record(start // EACH), ensure_ascii=False))

    def text(self, limit=SUBJECT):
        """A text that stands on a page as it is, but for what the sanitiser makes visible."""
        one = next(self.texts)
        if is_plain(one) and len(one.encode()) <= limit:
            self.exact.add(one)
        return one

    def address(self):
        """A text that stands on a page defanged."""
        return next(self.texts)

    def hidden(self):
        """A text of a field that no page shows at present; it must do no harm all the same."""
        return next(self.texts)

    def record(self, number):
        """One investigation in one record, with three actions, one of them decided elsewhere."""
        text, name, address = self.text, lambda: self.text(NAME), self.address
        at = f"2026-03-12T{number // 60 % 24:02}:{number % 60:02}:00Z"
        alerts, entities = [], []
        for half in "ab":
            alerts += [
                {
                    "id": f"al-{half}{n}",
                    "title": text(),
                    "severity": "high",
                    "status": name(),
                    "category": text(),
                    "detection": text(),
                    "description": text(),
                    "provider": text(),
                }
                for n in range(2)
            ]
            entities += self.entities(f"{number}{half}", half)
        actions = [
            {
                "id": text(),
                "kind": "soft-delete-message",
                "status": "pending",
                "targets": ["a1", "b1"],
                "description": text(),
                "parameters": {"note": text()},
                "pendingSince": at,
                "alerts": ["al-a0", "al-b1"],
            },
            {"id": f"act-{number}-2", "kind": text(), "status": "pending", "targets": ["b7"], "started": at},
            {
                "id": f"act-{number}-3",
                "kind": self.hidden(),
                "status": "completed",
                "targets": ["a4"],
                "ended": at,
                "decision": {"verdict": "approved", "by": text(), "at": at, "comment": self.hidden()},
            },
        ]
        words = text()
        return {
            "format": "countersign-export/1",
            "id": f"rec-{number}",
            "tenant": TENANT,
            "engine": text(),
            "investigation": {
                "id": f"case-{number}",
                "name": text(),
                "type": text(),
                "status": "pending-action",
                "severity": "high",
                "created": at,
                "started": at,
                "link": address(),
                "summary": words,
                "notes": [{"by": words, "at": at, "markdown": words}],
                "log": [{"at": at, "text": text(), "by": words}],
            },
            "alerts": alerts,
            "entities": entities,
            "actions": actions,
        }

    def entities(self, mail, prefix):
        """One entity of each kind that carries texts; their ids are the prefix and a number."""
        text, name, address = self.text, lambda: self.text(NAME), self.address
        return [
            {
                "id": f"{prefix}1",
                "type": "mail-message",
                "verdict": "malicious",
                "networkMessageId": f"nm-{mail}",
                "recipient": "lena.voss@larkfield.example.com",
                "subject": text(),
                "sender": address(),
                "senderDisplayName": text(),
                "internetMessageId": text(),
                "deliveryLocation": text(),
                "threats": [text(), text()],
                "urls": [address(), address()],
                "attachments": [{"name": name()}, {"name": name()}],
            },
            {"id": f"{prefix}2", "type": "url", "verdict": name(), "url": address()},
            {
                "id": f"{prefix}3",
                "type": "file",
                "verdict": "suspicious",
                "sha256": "5" * 64,
                "name": name(),
                "malwareFamily": text(),
            },
            {
                "id": f"{prefix}4",
                "type": "account",
                "verdict": "unknown",
                "upn": address(),
                "displayName": text(),
                "remediation": text(),
            },
            {
                "id": f"{prefix}5",
                "type": "mail-cluster",
                "query": text(),
                "networkMessageIds": [f"nm-{mail}"],
                "clusterBy": text(),
                "clusterByValue": text(),
                "countByThreat": {text(): 3},
            },
            {"id": text(), "type": self.hidden()},
            {
                "id": f"{prefix}7",
                "type": "mailbox-configuration",
                "mailbox": address(),
                "configType": text(),
                "configId": text(),
                "forwardTo": address(),
                "delegate": address(),
                "rule": text(),
            },
        ]

    def write(self, path):
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(self.lines) + "\n")


def twin(texts):
    """The export of as many harmless texts."""
    return Export([f"{HARMLESS} {number}" for number in range(len(texts))])


def is_plain(text):
    """Whether the sanitiser leaves a text alone; says no in doubt, as for every combining mark."""
    return all(
        unicodedata.category(one)[0] not in "CM" and unicodedata.category(one) not in ("Zl", "Zp") and one not in BLANKS
        for one in text
    )
