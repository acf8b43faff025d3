"""What breaks parsers, in AIR records: hunting rows, scripts, bare values, zero values and the action form of 2026."""

from .air import Case, cluster, configuration, mailbox, old_cluster, url
from .air import message as simple
from .campaign import by_body, by_url
from .values import (AKARI, DOV, IVY, LENA, NOOR, NOT_SET, OMAR, PRIYA, SALMA, TOMASZ, ZERO_GUID, Pairs, digits, guid,
                     table, zulu)


def hunting():
    """Three that come as CloudAppEvents: one of 2023, one without Data and actions, one running."""
    result = {}
    case = Case("hunting old", "ZappedUrlInvestigation", "Mail with malicious urls is zapped - URN", "11 15:00:00",
                "Email messages containing malicious URL removed after delivery", technology="URLList",
                severity="Medium")
    link = "https://drive-share.test/f/9"
    mass = old_cluster("drive", 12, '( (Subject:"""Q1 plan"" shared with you") AND (ContentType: 1))',
                       "Subject;ContentType", '"Q1 plan" shared with you;1', "11 15:10:00", 10)
    mail = simple("drive", LENA, '"Q1 plan" shared with you', "share@drive-share.test", "192.0.2.31", "11 14:41:00",
                  urls=[link], spelling="MailMessage")
    actions = [case.action("1", mail, "11 15:12:00"), case.action("2", mass, "11 15:12:01")]
    entities = [mail, mass, url(link, "11 14:41:00", 1, 12)]
    result["drive pending"] = zoned(case.record("Pending Action", "11 15:20:00", entities, actions, state="Pending",
                                                seconds=1200, ended="11 15:19:00"))
    case = Case("hunting bare", "ZappedUrlInvestigation", "Mail with malicious urls is zapped - URN", "11 16:00:00",
                "Email messages containing malicious URL removed after delivery")
    result["bare done"] = zoned(case.record("Remediated", "11 16:40:00", [], [], form="objects", data="missing",
                                            seconds=2400, ended="11 16:39:00"))
    case = Case("badge", "ZappedEmailInvestigation", "Badge renewal wave - URN", "12 09:30:00",
                "Email messages from a campaign removed after delivery", severity="Low")
    mails = [simple("badge %d" % index, to, "Renew your badge today", "badge@larkfield-id.test",
                    "203.0.113.61", "12 09:11:00") for index, to in enumerate([OMAR, SALMA, TOMASZ])]
    actions = [case.action("0", mails[0], "12 09:50:00", "Running", "Approved", NOOR, None, "12 10:00:00"),
               case.action("1", mails[1], "12 09:50:00", "Waiting on resource", "Approved", NOOR, None, "12 10:00:00"),
               case.action("2", mails[2], "12 09:50:00")]
    result["badge pending"] = zoned(case.record("Pending Action", "12 10:00:03", mails, actions, state="Pending",
                                                seconds=1803, ended="12 10:00:00"))
    return result


def zoned(record):
    """Outer times with `Z`, as the hunting table has them."""
    times = ("CreationTime", "StartTimeUtc", "EndTimeUtc", "LastUpdateTimeUtc")
    return {key: value + "Z" if key in times else value for key, value in record.items()}


def world():
    """Subjects in other scripts; the single action of the last one is not in an array."""
    case = Case("world", "ZappedEmailInvestigation", "Mail in many scripts is zapped - URN", "12 05:00:00",
                "Email messages from a campaign removed after delivery\u200b", severity="Medium")
    subjects = [("arabic", IVY, "فاتورة رقم 88 جاهزة للدفع"),
                ("hebrew", DOV, "חשבונית K-88 מוכנה"),
                ("japanese", AKARI, "【重要】請求書 K-88 のご確認"),
                ("emoji", PRIYA, "🧾💸 Invoice 👩🏽‍💻 🇳🇴"),
                ("polish", TOMASZ, "Zażółć gęślą jaźń – faktura"),
                ("decomposed", LENA, "Re\u0301sume\u0301 vs R\u00e9sum\u00e9")]
    mails = [simple("world " + key, to, subject, "rechnung@kiln-invoice.test", "203.0.113.41", "12 04:30:00",
                    urls=["https://kiln-invoice.test/ü?q=%s" % key], language=key[:2])
             for key, to, subject in subjects]
    actions = [case.action(key, mail, "12 05:20:0%d" % index)
               for index, ((key, _, _), mail) in enumerate(zip(subjects, mails))]
    result = {"world pending": case.record("Pending Action", "12 05:30:00", mails, actions, state="Pending",
                                           seconds=1800, ended="12 05:29:00")}
    for key, form, day in (("bare text", "one string", "12 06"), ("bare object", "one object", "12 07")):
        case = Case(key, "ZappedEmailInvestigation", "One action, no array (%s) - URN" % key, day + ":00:00",
                    "Email messages from a campaign removed after delivery", severity="Low")
        mail = simple(key, OMAR, "Meeting moved", "room@larkfield-rooms.test", "192.0.2.55", day + ":00:00")
        result[key] = case.record("Pending Action", day + ":30:00", [mail], [case.action("1", mail, day + ":20:00")],
                                  form=form, state="Pending", seconds=1800, ended=day + ":29:00")
    return result


def oddities():
    """Zero GUID, year 0001, null Urn, an entity type and an action type nobody has described, a table's time layout."""
    case = Case("oddities", "UserCompromisedInvestigation", "User compromised: omar.quill - URN", "11 20:00:00",
                "Suspicious email sending patterns detected", severity="High")
    mail = simple("odd", OMAR, "Re: invoice", OMAR, "192.0.2.99", "11 19:30:00", bounce="<>", direction="Outbound",
                  threats=("NormalPhish",))
    blank = Pairs([("Recipient", SALMA), ("SenderIP", "192.0.2.99"), ("ReceivedDate", NOT_SET),
                   ("NetworkMessageId", ZERO_GUID), ("Subject", ""), ("P1Sender", "<>"), ("P1SenderDomain", ""),
                   ("Type", "mailMessage"), ("Urn", None), ("Source", "OATP"), ("FirstSeen", NOT_SET)])
    hologram = Pairs([("HologramId", 7), ("Type", "hologram"), ("Urn", None),
                     ("Source", "OATP"), ("FirstSeen", NOT_SET)])
    forward = configuration(OMAR, "MailForwardingRule", "Omar Quill", "11 20:01:00")
    mass = cluster("odd", 41, by_body("9900112233", "192.0.2.99"), "BodyFingerprintBin1;SenderIp",
                   "9900112233;192.0.2.99", "11 20:10:00", known=41)
    mass = Pairs([(key, table("11 00:00:00") if key == "QueryStartTime" else value) for key, value in mass])
    actions = [case.action("1", mail, "11 20:15:00"), case.action("2", mass, "11 20:15:01"),
               case.action("3", forward, "11 20:15:02", kind="ExampleFutureRemediation")]
    entities = [mail, blank, hologram, forward, mailbox(OMAR, "11 20:00:00", "High"), mass]

    def fill(record):
        return dict(record, Data=record["Data"].replace('"SystemAlertId":null', '"SystemAlertId":"%s"' % ZERO_GUID))

    return {"odd pending": case.record("Pending Action", "11 20:20:00", entities, actions, state="Pending",
                                       seconds=1200, ended=None, change=fill)}


def modern():
    """The action form of 2026: analysis steps beside remediations."""
    result = {}
    case = Case("modern done", "UrlVerdictChangeInvestigation", "URL verdict changed to malicious - URN.",
                "12 08:15:00", "A potentially malicious URL click was detected", severity="High",
                urn_kind="UrlVerdictChangeInvestig", template="MaliciousUrlClick_Single", modern=True)
    one, two, three = ("urn:%s:%s" % (kind, digits("model " + kind + name)) for kind, name in (
        ("MailEntityModel", "1"), ("MailEntityModel", "2"), ("MailClusterEntityModel", "3")))
    steps = [case.step("a", "MailClusterAnalyzer", one, "12 08:15:01", "Complete", "Analyzer"),
             case.step("b", "MailRefreshAnalyzer", two, "12 08:15:02", "Complete", "Analyzer"),
             case.step("c", "EmailZapperRemediation", three, "12 08:15:03", "Cancelled")]
    bare = Pairs([("Recipient", IVY), ("SenderIP", "203.0.113.99"), ("ReceivedDate", zulu("12 07:50:02")),
                  ("NetworkMessageId", guid("message spin")), ("Type", "mailMessage"), ("Urn", None),
                  ("Source", "OATP"), ("FirstSeen", NOT_SET), ("SourceEntityType", "MaliciousUrl"),
                  ("SourceEntityId", "https://wheel-spin.test/?ctx=43")])
    result["modern done"] = case.record("Remediated", "12 10:15:14", [bare], steps, ended="12 10:15:12", seconds=7212)
    case = Case("modern pending", "UrlInvestigation", "URL investigation - URN", "13 06:00:00",
                "A potentially malicious URL click was detected", severity="Medium",
                template="MaliciousUrlClick_Single", modern=True)
    link = "https://wheel-spin.test/?ctx=44"
    mass = cluster("modern", 33, by_url(link), "NormalizedUrl", link, "13 06:04:00", known=30, query_time="iso",
                   group="UrlThreatIdentifier", source="UrlThreatIndicator", threat="MaliciousUrl")
    mail = simple("modern", AKARI, "Spin again", "news@wheel-spin.test", "203.0.113.99", "13 05:44:00", urls=[link])
    steps = [case.step("a", "MailClusterAnalyzer", dict(mass)["Urn"], "13 06:05:00", "Complete", "Analyzer"),
             case.step("b", "EmailZapperRemediation", dict(mass)["Urn"], "13 06:06:00", "Pending",
                       query=dict(mass)["Query"]),
             case.step("c", "EmailZapperRemediation", dict(mail)["Urn"], "13 06:06:01", "Pending"),
             case.step("d", "EmailZapperRemediation", dict(mail)["Urn"], "13 06:06:02", "Complete")]
    entities = [mail, mass, url(link, "13 05:44:00", 4, 33)]
    result["modern pending"] = case.record("Pending Action", "13 06:10:00", entities, steps, form="objects",
                                           seconds=600)
    return result


def records():
    result = {}
    for story in (hunting, world, oddities, modern):
        result.update(story())
    return result
