"""The invoice lure: the campaign that most of the week is about, and the strings its senders chose."""

from .air import Case, attachment, cluster, ip, mailbox, message, url
from .values import AKARI, DOV, IVY, LENA, NOOR, OMAR, PRIYA, SALMA, TOMASZ, Again, person

LURE = "https://kiln-invoice.test/pay?id=88"
IP_ONE, IP_TWO = "203.0.113.40", "203.0.113.41"
TAIL = " AND NOT(XmiInfoTenantPolicyFinalVerdictSource:PhishEdu) AND NOT(XmiInfoTenantPolicyFinalVerdictSource:SecOps))"
ZAP = "Email messages containing malicious URL removed after delivery\u200b"
PHISH = "Email messages from a campaign removed after delivery"


def by_url(address):
    return '( ((NormalizedUrl:"%s") AND (ContentType: 1))%s' % (address, TAIL)


def by_subject(subject, domain):
    return '( (( (Subject:"%s") ) AND ( (P2SenderDomain:"%s") ) AND ( (AntispamDirection: 1) ))%s' % (
        subject.replace('"', '\\"'), domain, TAIL)


def by_body(fingerprint, address):
    return '( (( (BodyFingerprintBin1:"%s") ) AND ( (SenderIp:"%s") ) AND ( (ContentType: 1) ))%s' % (
        fingerprint, address, TAIL)


def first_wave():
    """Clusters of 8, 86 and 1,240 mails; started, running, pending."""
    case = Case("first wave", "ZappedUrlInvestigation", "Mail with malicious urls is zapped - URN", "09 07:33:12", ZAP,
                technology="URLList", severity="High", description="A URL turned bad after delivery -V1.0.0.3")
    seen, asked = "09 06:58:02", "09 07:41:12"
    one = message("wave 1", IVY, 'Invoice "K-88" ready; please settle', "billing@kiln-invoice.test", IP_ONE, seen,
                  urls=[LURE, "https://kiln-invoice.test/logo.png"], display="Kiln Billing",
                  bounce="bounce@mailer.kiln-invoice.test",
                  more=[("LastVerdict", "Malicious"), ("LastRemediationState", "Active"), ("Roles", [1])])
    two = message("wave 1", TOMASZ, 'Invoice "K-88" ready; please settle', "billing@kiln-invoice.test", IP_ONE, seen,
                  urls=[LURE], display="Kiln Billing", bounce="bounce@mailer.kiln-invoice.test")
    eight = cluster("eight", 8, by_url(LURE), "NormalizedUrl;ContentType", LURE + ";1", asked, known=6, anomaly=True,
                    group="UrlThreatIdentifier", source="UrlThreatIndicator", threat="MaliciousUrl",
                    more=[("LastVerdict", "Malicious")])
    many = cluster("eighty-six", 86, by_subject('Invoice "K-88" ready; please settle', "kiln-invoice.test"),
                   "Subject;P2SenderDomain;AntispamDirection",
                   'Invoice "K-88" ready; please settle;kiln-invoice.test;1', asked, known=5,
                   group="Subject,P2SenderDomain,AntispamDirection", more=[("LastVerdict", "Suspicious")])
    wide = cluster("wide", 1240, by_body("1122334455", IP_ONE), "BodyFingerprintBin1;SenderIp;ContentType",
                   "1122334455;%s;1" % IP_ONE, asked, known=40, group="BodyFingerprintBin1,SenderIp", anomaly=True)
    click = url(LURE, seen, 2, 8, more=[("LastVerdict", "Malicious")])
    entities = [one, mailbox(IVY, seen), mailbox(TOMASZ, seen), click, ip(IP_ONE, seen), eight, many, wide]
    actions = [case.action("1", one, "09 07:44:30", updated="09 07:52:05"),
               case.action("2", two, "09 07:44:30", updated="09 07:52:05"),
               case.action("3", eight, "09 07:44:31", updated="09 07:52:05"),
               case.action("4", many, "09 07:44:31", updated="09 07:52:05"),
               case.action("5", wide, "09 07:44:32", updated="09 07:52:05")]
    return {"wave started": case.record("Investigation Started", "09 07:33:15", entities[:2], form="missing"),
            "wave running": case.record("Running", "09 07:38:40", entities[:5], form="missing", seconds="328"),
            "wave pending": case.record("Pending Action", "09 07:52:07", entities, actions, state="Pending",
                                        ended="09 07:52:05", seconds=1133)}


HOSTILE = [
    ("html", IVY, '<script>alert(1)</script> "><img src=x onerror=alert(2)> Invoice K-89'),
    ("markdown", OMAR,
     "**Settle** [here](https://kiln-invoice.test/a) ![p](https://kiln-invoice.test/p.png) `x` | a | b |"),
    ("bidi", LENA, "Invoice \u202efdp.98-K\u202c.exe"),
    ("formula", TOMASZ, '=HYPERLINK("https://kiln-invoice.test/x";"Open invoice")'),
    ("ballot", PRIYA, "-----BEGIN COUNTERSIGN DECISION----- token: v4.public.AAAA comment: approve all"),
    ("template", AKARI,
     "{{token}} {% include a %} ${x} </title></style></script> \u0600<b>bold</b> \"\u0301 onclick=x"),
    ("header", DOV, "Invoice K-95\r\nBcc: everybody@kiln-invoice.test\r\n\r\nApproved: yes"),
    ("hidden", SALMA, "In\u200bvo\u200dice\u00ad K\u2060-96\u0000 \ufeff\U000e0041"),
]


def second_wave():
    """Subjects, names and addresses made to attack whoever shows them. Its actions lapse within a day."""
    case = Case("second wave", "ZappedEmailInvestigation",
                "Campaign <b>removed</b> after delivery ](https://kiln-invoice.test) - URN", "07 08:41:00", PHISH,
                technology="FingerPrintMatch", severity="Medium")
    seen, asked = "07 07:12:40", "07 08:50:31"
    sender = "billing@kiln-invo\u0456ce.test"
    mails = [message("hostile " + name, to, subject, sender, IP_TWO, seen,
                     urls=["https://xn--kiln-invoce-cvh.test/" + name],
                     display="Kiln Billing <billing@larkfield.example.com>", found=("FingerPrintMatch", "MLModel"))
             for name, to, subject in HOSTILE]
    lookalike = cluster("lookalike", 12, by_subject("Invoice <K-89>", "kiln-invo\u0456ce.test"),
                        "Subject;P2SenderDomain", "Invoice <K-89>;kiln-invo\u0456ce.test", asked, known=10,
                        group="Subject,P2SenderDomain,AntispamDirection", threat="Phish")
    again = cluster("equal times", 31, by_body("5566778899", IP_TWO), "BodyFingerprintBin1;SenderIp",
                    "5566778899;" + IP_TWO, asked, known=28, query_time="equal", group="BodyFingerprintBin1,SenderIp")
    late = cluster("us time", 4, by_body("6677889900", IP_TWO), "BodyFingerprintBin1;SenderIp",
                   "6677889900;" + IP_TWO, asked, query_time="american", group="BodyFingerprintBin1,SenderIp")
    actions = [case.action(name, mail, "07 08:5%d:10" % index, updated="07 09:02:00")
               for index, ((name, _, _), mail) in enumerate(zip(HOSTILE, mails))]
    actions += [case.action("lookalike", lookalike, "07 08:59:30", updated="07 09:02:00"),
                case.action("again", again, "07 08:59:31", updated="07 09:02:00"),
                case.action("late", late, "07 08:59:32", updated="07 09:02:00")]
    entities = mails + [mailbox(to, seen) for _, to, _ in HOSTILE] + [ip(IP_TWO, seen), lookalike, again, late]
    return {"hostile pending": case.record("Pending Action", "07 09:02:04", entities, actions, state="Pending",
                                           ended="07 09:02:00", seconds=1260)}


def malware():
    """A dropper as an attachment: one action approved, one declined, one automatic, one already quarantined."""
    case = Case("malware", "ZappedFileInvestigation", "Mail with malicious file is zapped - URN", "10 05:54:50",
                "Email messages containing malicious file removed after delivery", severity="High")
    seen, asked = "10 05:30:19", "10 05:58:44"
    sender, address = "orders@glaze-supply.test", "192.0.2.77"
    dropper = attachment("Bestellung März.pdf.html", "dropper", "Trojan:HTML/Example.A")
    second = attachment("Bestellung März.pdf.html", "dropper", "", upper=False)
    one = message("malware 1", LENA, "Übersicht März – Bestellung", sender, address, seen, files=[dropper],
                  display="Glaze Supply", found=("FileHashList", "FileReputation"), language="de", action="Blocked",
                  location="Quarantine")
    two = message("malware 2", DOV, "Übersicht März – Bestellung", sender, address, seen, files=[second],
                  display="Glaze Supply", found=("FileHashList",), language="de", location="JunkFolder",
                  action="DeliveredAsSpam")
    mass = cluster("malware", 15, '( (( (FileHash:"%s") ))%s' % (dropper[1][1][0][1][1].lower(), TAIL),
                   "FileHash", dropper[1][1][0][1][1], asked, known=14, group="FileHashThreatIndicator",
                   source="FileThreatIndicator", threat="Malware")
    quiet = cluster("malware subject", 22, by_subject("Übersicht März – Bestellung", "glaze-supply.test"),
                    "Subject;P2SenderDomain", "Übersicht März – Bestellung;glaze-supply.test", asked, known=20)
    entities = [one, mailbox(LENA, seen), two, mailbox(DOV, seen), Again(dropper), mass, quiet]
    start, done = "10 06:02:11", "11 09:05:40"
    before = [case.action(name, target, start, updated="10 06:10:00")
              for name, target in (("1", one), ("2", two), ("3", mass), ("4", quiet))]
    after = [case.action("1", one, start, "Skipped", updated=done),
             case.action("2", two, start, "Skipped", "Declined", NOOR, "junk already, user informed", done),
             case.action("3", mass, start, "Completed", "Approved", NOOR, "hash confirmed", done, done),
             case.action("4", quiet, start, "Completed", "None", None, None, done, done)]
    return {"malware pending": case.record("Pending Action", "10 06:10:02", entities, before, state="Pending",
                                           ended="10 06:10:00", seconds="912"),
            "malware done": case.record("Remediated", "11 09:05:42", entities, after, state="FullyRemediated",
                                        ended="11 09:05:40", seconds=97850, ascii_only=True)}


def verdict_change():
    """A URL that turned bad, and its second page; the first cluster's count is text. Lapses within a day."""
    case = Case("verdict change", "UrlVerdictChangeInvestigation", "URL verdict changed to malicious - URN.",
                "07 12:20:00", "A potentially malicious URL click was detected", severity="Low",
                urn_kind="UrlVerdictChangeInvestig", technology="UrlReputation", template="MaliciousUrlClick_Single")
    seen, asked = "06 15:02:00", "07 12:31:00"
    first, second = "https://wheel-spin.test/?ctx=42", "https://wheel-spin.test/win"
    one = cluster("wheel", "86", by_url(first), "NormalizedUrl", first, asked, known=5, group="UrlThreatIdentifier",
                  source="UrlThreatIndicator", threat="MaliciousUrl", inside=None)
    two = cluster("wheel 2", 3, by_url(second), "NormalizedUrl", second, asked, group="UrlThreatIdentifier",
                  source="UrlThreatIndicator", threat="MaliciousUrl")
    mail = message("wheel", person("Jonah Field"), "You spun 3×7 🎡 — collect by Friday", "news@wheel-spin.test",
                   "198.51.100.9", seen, urls=[first, second], found=("UrlReputation", ), threats=("NormalPhish", ),
                   confidence="Normal")
    actions = [case.action("1", one, "07 13:05:00", updated="07 13:10:00"),
               case.action("2", two, "07 13:05:01", updated="07 13:10:00"),
               case.action("3", mail, "07 13:05:02", updated="07 13:10:00")]
    entities = [mail, url(first, seen, "3", "86"), url(second, seen, 0, 3), one, two]
    return {"verdict pending": case.record("Pending Action", "07 13:10:03", entities, actions, state=None,
                                           ended="07 13:10:00", seconds="3003", data="object")}


def records():
    result = {}
    for story in (first_wave, second_wave, malware, verdict_change):
        result.update(story())
    return result
