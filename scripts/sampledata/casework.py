"""The everyday of the week in AIR records: submissions, administrators' actions, and the ways to end."""

from .air import Case, attachment, cluster, ip, mailbox, old_cluster, submission, url
from .air import message as simple
from .campaign import by_subject, by_url
from .values import AKARI, DOV, IVY, LENA, NOOR, OMAR, PRIYA, SALMA, TOMASZ

REPORTED = "Email reported by user as malware or phish"


def renamed(record, names):
    """The same record with other spellings of its keys."""
    return {names.get(key, key): value for key, value in record.items()}


def false_alarm():
    case = Case("false alarm", "SubmissionInvestigation",
                "User reported message as malicious 'Canteen menu, week 11' for 'Phish'", "09 10:02:00", REPORTED,
                severity="Low", template="Activity_Single")
    mail = simple("canteen", PRIYA, "Canteen menu, week 11", "canteen@larkfield.example.com", "192.0.2.10",
                  "09 09:58:00", threats=(), found=(), confidence="", direction="Intraorg", more=[("LastVerdict",
                                                                                                   "NoThreatsFound")])
    report = submission("canteen", PRIYA, PRIYA, "canteen@larkfield.example.com", "192.0.2.10", "Canteen menu, week 11",
                        "09 10:01:30")
    entities = [mail, mailbox(PRIYA, "09 09:58:00"), report, ip("192.0.2.10", "09 09:58:00")]
    return {"canteen running": case.record("Running", "09 10:04:02", entities, form="missing", seconds="122"),
            "canteen done": case.record("No threats found", "09 10:31:07", entities, [], form="strings",
                                        state="SuccessfullyRemediated", ended="09 10:31:00", seconds=1740)}


def parcel():
    case = Case("parcel", "SubmissionInvestigation",
                "User reported message as malicious 'Collect your parcel' for 'Phish'", "13 15:34:01", REPORTED,
                severity="Low", template="Activity_Single")
    mail = simple("parcel", OMAR, "Collect your parcel", "parcel@depot-notice.test", "198.51.100.23", "13 15:20:10",
                  urls=["http://depot-notice.test/track/7"], threats=("NormalPhish",), found=("MLModel",), bounce="<>",
                  confidence="Normal", display="Depot")
    report = submission("parcel", OMAR, OMAR, "parcel@depot-notice.test", "198.51.100.23", "Collect your parcel",
                        "13 15:32:51")
    entities = [mail, mailbox(OMAR, "13 15:34:01", "Low"), report, ip("198.51.100.23", "13 15:34:01")]
    return {"parcel running": case.record("Running", "13 15:40:02", entities, form="missing", seconds="361")}


def confirmed_submission():
    """Spellings that published pages and other collectors use: key names, entity types, lower case, text numbers."""
    case = Case("tax refund", "SubmissionInvestigation", "User reported message as malicious 'Tax refund' for 'Phish'",
                "10 08:10:00", REPORTED, severity="Medium", template="Activity_Single")
    seen = "10 07:55:00"
    mail = simple("tax", SALMA, "Tax refund: 214,80 €", "refund@tax-portal.test", "203.0.113.77", seen,
                  urls=["https://tax-portal.test/claim"], threats=("HighConfPhish",), found=("MLModel",),
                  spelling="mail-message")
    mass = cluster("tax", 27, by_subject("Tax refund: 214,80 €", "tax-portal.test"), "Subject;P2SenderDomain",
                   "Tax refund: 214,80 €;tax-portal.test", "10 08:20:00", known=27, query_time="iso",
                   spelling="mail-cluster", more=[("CountByDeliveryStatus", {"Delivered": 27}),
                                                  ("IsVolumeAnomaly", True)])
    entities = [mail, submission("tax", SALMA, SALMA, "refund@tax-portal.test", "203.0.113.77", "Tax refund: 214,80 €",
                                 "10 08:09:10"), url("https://tax-portal.test/claim", seen, 1, "27", spelling="Url"),
                mass]
    first = case.action("1", mail, "10 08:24:00", status="pending", updated="10 08:30:00")
    second = case.action("2", mass, "10 08:24:01", status="PENDING", updated="10 08:30:00", approval="none",
                         kind="emailRemediation")

    def spell(record):
        record = renamed(record, {"DeepLinkUrl": "DeeplinkURL", "InvestigationId": "investigationId",
                                  "Status": "status", "StartTimeUtc": "startTimeUtc"})
        return dict(record, status="pending action", RecordType="64", UserType="4", Version="1")

    return {"tax pending": case.record("Pending Action", "10 08:30:02", entities, [first, second], form="objects",
                                       data="object", state="Pending", seconds="1180", change=spell)}


def admin_action():
    case = Case("salary form", "AdminActionInvestigation", "Admin action submitted - URN", "13 13:20:31",
                "Administrative action submitted by an Administrator", record_type=89)
    seen = "13 13:00:44"
    mails = [simple("salary %d" % index, to, "Updated salary form", "hr-forms@payroll-desk.test", "198.51.100.61", seen,
                    urls=["https://payroll-desk.test/form"], threats=("HighConfPhish",), found=("MLModel",),
                    display="HR Forms") for index, to in enumerate([OMAR, AKARI])]
    done = "13 13:21:17"
    actions = [case.action("1", mails[0], "13 13:20:40", "Completed", "Approved", NOOR, "", done, done),
               case.action("2", mails[1], "13 13:20:41", "Completed", "Approved", NOOR, "second copy", done, done)]
    return {"salary done": case.record("Remediated", "13 13:21:20", mails, actions, state="FullyRemediated",
                                       ended="13 13:21:18", seconds=47)}


def manual():
    case = Case("supplier", "ManualInvestigation", "Manual investigation: supplier list - URN", "08 14:00:00",
                "Administrator triggered manual investigation of email", record_type=86, severity="Medium")
    seen = "07 22:10:00"
    mails = [simple("supplier %d" % index, to, "RE: RE: supplier list 2026", "accounts@supp1ier-portal.test",
                    "192.0.2.140", seen, urls=["https://supp1ier-portal.test/list.xlsm"])
             for index, to in enumerate([TOMASZ, IVY])]
    mass = old_cluster("supplier", 64, '( (Subject:"RE: RE: supplier list 2026") AND (SenderIp:"192.0.2.140"))',
                       "Subject;SenderIp", "RE: RE: supplier list 2026;192.0.2.140", "08 14:10:00", 9)
    actions = [case.action("1", mails[0], "08 14:20:00"), case.action("2", mails[1], "08 14:20:01"),
               case.action("3", mass, "08 14:20:02")]
    return {"supplier pending": case.record("Pending Action", "08 14:25:00", mails + [mass], actions, form="objects",
                                            state="Pending", seconds=1490, ended="08 14:24:50")}


def lapsed():
    case = Case("gift card", "ZappedEmailInvestigation", "Gift card request from the director - URN", "05 09:00:00",
                "Email messages from a campaign removed after delivery", severity="Low")
    seen = "05 08:12:00"
    mails = [simple("gift %d" % index, to, "Quick favour — gift cards", "director@larkfield-mail.test",
                    "203.0.113.15", seen, display="The Director") for index, to in enumerate([AKARI, DOV])]
    mass = cluster("gift", 19, by_subject("Quick favour — gift cards", "larkfield-mail.test"), "Subject;P2SenderDomain",
                   "Quick favour — gift cards;larkfield-mail.test", "05 09:08:00", known=19)
    actions = [case.action("1", mails[0], "05 09:15:00"), case.action("2", mails[1], "05 09:15:00"),
               case.action("3", mass, "05 09:15:01")]
    return {"gift pending": case.record("Pending Action", "05 09:20:00", mails + [mass], actions, state="Pending",
                                        seconds=1190, ended="05 09:19:50")}


def gone():
    """Four waited; the final record names two of them, approved in the portal, and is silent about the others."""
    case = Case("voicemail", "ZappedUrlInvestigation", "Mail with malicious urls is zapped - URN", "08 07:10:00",
                "Email messages containing malicious URL removed after delivery", severity="Medium",
                technology="URLList")
    seen, link = "08 06:40:00", "https://voice-box.test/v?m=3"
    mails = [simple("voice %d" % index, to, "Voicemail (0:%d4)" % index, "pbx@voice-box.test", "203.0.113.88", seen,
                    urls=[link]) for index, to in enumerate([IVY, OMAR, PRIYA])]
    mass = cluster("voice", 7, by_url(link), "NormalizedUrl", link, "08 07:20:00", group="UrlThreatIdentifier")
    start, done = "08 07:24:00", "08 16:44:10"
    before = [case.action(str(index), target, start) for index, target in enumerate(mails + [mass])]
    after = [case.action("0", mails[0], start, "Completed", "Approved", TOMASZ, "seen in Explorer", done, done),
             case.action("3", mass, start, "Completed", "Approved", TOMASZ, None, done, done)]
    return {"voice pending": case.record("Pending Action", "08 07:30:00", mails + [mass], before, state="Pending",
                                         seconds=1195, ended="08 07:29:00"),
            "voice done": case.record("Remediated", "08 16:44:12", mails + [mass], after, state="FullyRemediated",
                                      seconds=34450, ended="08 16:44:10")}


def partial():
    case = Case("shared file", "ZappedFileInvestigation", "Mail with malicious file is zapped - URN", "09 12:00:00",
                "Email messages containing malicious file removed after delivery", severity="High")
    seen = "09 11:31:00"
    paper = attachment("scan_0912.iso", "scan", "Worm:Win32/Example.B")
    mails = [simple("scan %d" % index, to, "Scan from printer 3", "printer@larkfield-print.test", "198.51.100.33", seen,
                    files=[attachment("scan_0912.iso", "scan")] if index else [paper])
             for index, to in enumerate([IVY, DOV, SALMA, LENA])]
    start, done = "09 12:20:00", "10 11:00:00"
    actions = [case.action("0", mails[0], start, "Completed", "Approved", NOOR, "ok", done, done),
               case.action("1", mails[1], start, "Skipped", "Declined", NOOR, "needed as evidence", done),
               case.action("2", mails[2], start, "Failed", "Approved", NOOR, None, done, done),
               case.action("3", mails[3], start, "Skipped", updated=done)]
    return {"scan done": case.record("Partially Remediated", "10 11:00:04", mails, actions, state="FullyRemediated",
                                     seconds=82800, ended="10 11:00:00")}


def timed_out():
    case = Case("bank form", "UrlVerdictChangeInvestigation", "URL verdict changed to malicious - URN.", "05 06:00:00",
                "A potentially malicious URL click was detected", urn_kind="UrlVerdictChangeInvestig")
    seen, link = "05 05:40:00", "https://bank-form.test/login"
    mail = simple("bank", SALMA, "Your card was blocked", "help@bank-form.test", "192.0.2.200", seen, urls=[link])
    mass = cluster("bank", 5, by_url(link), "NormalizedUrl", link, "05 06:10:00", group="UrlThreatIdentifier")
    actions = [case.action("1", mail, "05 06:12:00"), case.action("2", mass, "05 06:12:01")]
    return {"bank pending": case.record("Pending Action", "05 06:20:00", [mail, mass], actions, state="Pending",
                                        seconds=1200, ended="05 06:19:00"),
            "bank ended": case.record("Terminated By System", "12 06:30:00", [mail, mass], [], seconds=606600,
                                      state="TerminatedBySystem", ended="12 06:29:00")}


def endings():
    """Investigations that ended without much: threats found, stopped by a user, failed."""
    result = {}
    case = Case("survey", "ZappedEmailInvestigation", "Survey wave - URN", "11 04:00:00",
                "Email messages from a campaign removed after delivery")
    mails = [simple("survey %d" % index, to, "2-minute survey ⭐⭐⭐⭐⭐", "poll@quick-poll.test",
                    "198.51.100.150", "11 03:40:00") for index, to in enumerate([PRIYA, TOMASZ])]
    actions = [case.action("0", mails[0], "11 04:20:00", "Failed", "Approved", TOMASZ, "mailbox on hold", "11 10:00:00",
                           "11 10:00:00"),
               case.action("1", mails[1], "11 04:20:00", "Skipped", updated="11 10:00:00")]
    result["survey"] = case.record("Threats Found", "11 10:00:09", mails, actions, state="PartiallyInvestigated",
                                   seconds=21600, ended="11 10:00:05", form="objects")
    case = Case("print job", "SubmissionInvestigation", "User reported message as malicious 'Print job' for 'Malware'",
                "11 11:00:00", REPORTED, template="Activity_Single")
    mail = simple("print", DOV, "Print job", "noreply@larkfield-print.test", "198.51.100.33", "11 10:50:00")
    result["print"] = case.record("Terminated by user", "11 11:09:00", [mail], [], state="TerminatedByUser",
                                  seconds=540, ended="11 11:08:59")
    case = Case("calendar", "ZappedEmailInvestigation", "Calendar wave - URN", "12 02:00:00",
                "Email messages from a campaign removed after delivery")
    result["calendar"] = case.record("Failed", "12 02:15:00", [], form="missing", state=None, seconds="900",
                                     ended="12 02:14:59")
    for key, status, when in (("queue", "Queued By Throttling", "13 12:00:00"),
                              ("throttle", "Terminated by throttling", "13 03:00:00"),
                              ("fresh", "Investigation Started", "13 15:57:00")):
        case = Case(key, "ZappedUrlInvestigation", "Mail with malicious urls is zapped - URN", when, REPORTED,
                    severity="Low")
        result[key] = case.record(status, when, [], form="missing", state=None)
    return result


def records():
    result = {}
    for story in (false_alarm, parcel, confirmed_submission, admin_action, manual, lapsed, gone, partial, timed_out,
                  endings):
        result.update(story())
    return result
