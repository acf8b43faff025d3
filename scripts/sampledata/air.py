"""AIR audit records: the outer record, the alert in `Data`, classic and 2026 actions, entities."""

from .values import (NOT_SET, TENANT, Again, Pairs, american, at, decimals, digits, encode, guid, ids_of, sha256, zulu)

# Entities ------------------------------------------------------------------------------------------------------------


def common(kind, name, seen):
    return [("Urn", "urn:%s:%s" % (kind, digits(kind + name))), ("Source", "OATP"), ("FirstSeen", at(seen))]


def message(name, to, subject, sender, ip, seen, urls=(), files=(), display=None, bounce=None, spelling="mailMessage",
            action="Delivered", location="Inbox", threats=("ZapPhish", "HighConfPhish"), found=("URLList",),
            language="en", confidence="High", direction="Inbound", more=()):
    domain = sender.split("@")[-1]
    bounce = sender if bounce is None else bounce
    pairs = Pairs([("Files", list(files))]) if files else Pairs()
    pairs += [
        ("Recipient", to), ("Urls", list(urls)), ("Threats", list(threats)), ("Sender", sender), ("P1Sender", bounce),
        ("P1SenderDomain", "" if bounce == "<>" else bounce.split("@")[-1]), ("SenderIP", ip), ("P2Sender", sender),
        ("P2SenderDisplayName", display or domain), ("P2SenderDomain", domain), ("ReceivedDate", at(seen)),
        ("NetworkMessageId", guid("message " + name)),
        ("InternetMessageId", "<%s@%s>" % (digits("internet " + name, 12), "mailer.example.com")),
        ("Subject", subject), ("AntispamDirection", direction), ("DeliveryAction", action),
        ("ThreatDetectionMethods", list(found)), ("Language", language), ("DeliveryLocation", location),
        ("OriginalDeliveryLocation", "Inbox"), ("PhishConfidenceLevel", confidence),
        ("AdditionalActionsAndResults", ["OriginalDelivery: [N/A]"]),
        ("AuthDetails", [{"Name": "SPF", "Value": "Pass"}, {"Name": "DKIM", "Value": "None"},
                         {"Name": "DMARC", "Value": "Best guess pass"}, {"Name": "Comp Auth", "Value": "pass"}]),
        ("SystemOverrides", []), ("Type", spelling)]
    pairs += common("MailEntity", name + to, seen)
    pairs += more
    return pairs


def cluster(name, mails, query, by, value, asked, known=None, query_time="both", spelling="mailCluster",
            group="Subject,SenderIp,AntispamDirection", source="Similarity", threat="HighConfPhish", anomaly=False,
            inside=None, more=()):
    """`mails` counts copies; `known` is the number of message ids, mostly smaller."""
    known = min(mails, 12) if known is None else known
    count = int(mails)
    quarantined, junk = count // 20, count // 10
    pairs = Pairs([
        ("NetworkMessageIds", inside or ids_of(name, known)),
        ("CountByThreatType", {"HighConfPhish": 0, "Phish": 0, "Malware": 0, "Spam": junk, "MaliciousUrl": 0,
                               threat: count - junk}),
        ("CountByProtectionStatus", {"Delivered": count - quarantined - junk, "Blocked": quarantined,
                                     "DeliveredAsSpam": junk}),
        ("CountByDeliveryLocation", {"Inbox": count - quarantined - junk, "Quarantine": quarantined,
                                     "JunkFolder": junk}),
        ("Query", query)])
    if query_time in ("both", "iso", "equal"):
        pairs.append(("QueryTime", decimals(asked)))
    pairs += [("MailCount", mails), ("IsVolumeAnamoly", anomaly), ("ClusterSourceIdentifier", value.split(";")[0]),
              ("ClusterSourceType", source), ("ClusterQueryStartTime", "2026-02-17T00:00:00Z"),
              ("ClusterQueryEndTime", decimals(asked)), ("ClusterGroup", group), ("Type", spelling),
              ("ClusterBy", by), ("ClusterByValue", value), ("QueryStartTime", "2/17/2026 12:00:00 AM")]
    if query_time in ("both", "american"):
        pairs.append(("QueryTime", american(asked)))
    if query_time == "equal":
        pairs.append(("QueryTime", decimals(asked)))
    pairs += common("MailClusterEntity", name, asked)
    pairs += more
    return pairs


def old_cluster(name, mails, query, by, value, asked, known):
    """The cluster of 2023: one QueryTime, no ClusterSource keys."""
    return Pairs([("NetworkMessageIds", ids_of(name, known)), ("CountByThreatType", {"Phish": mails}),
                  ("CountByProtectionStatus", {"Delivered": mails}), ("CountByDeliveryLocation", {"Inbox": mails}),
                  ("Query", query), ("QueryTime", zulu(asked)), ("MailCount", mails), ("IsVolumeAnamoly", False),
                  ("Type", "mailCluster"), ("ClusterBy", by), ("ClusterByValue", value)]
                 ) + common("MailClusterEntity", name, asked)


def mailbox(address, seen, risk="None"):
    return Pairs([("MailboxPrimaryAddress", address), ("Upn", address), ("AadId", guid("aad " + address)),
                  ("RiskLevel", risk), ("Type", "mailbox")] + common("UserEntity", address, seen))


def url(address, seen, clicks, mails, spelling="url", more=()):
    return Pairs([("Url", address), ("Type", spelling), ("ClickCount", clicks), ("EmailCount", mails)]
                 + common("UrlEntity", address, seen) + list(more))


def ip(address, seen):
    return Pairs([("Address", address), ("Type", "ip")] + common("IPEntity", address, seen))


def attachment(name, seed, family="", upper=True):
    """A file inside a message; the same value serves as an entity of its own."""
    value = sha256(seed)
    return Pairs([("Name", name), ("FileHashes", [Pairs([("Algorithm", "SHA256"),
                                                         ("Value", value.upper() if upper else value),
                                                         ("Type", "filehash")])]),
                  ("Type", "file"), ("MalwareFamily", family)])


def submission(name, who, to, sender, ip_address, subject, when, report="Phish"):
    return Pairs([("SubmissionId", guid("submission " + name)), ("SubmissionDate", at(when)), ("Submitter", who),
                  ("NetworkMessageId", guid("message " + name)), ("Timestamp", at(when)), ("Recipient", to),
                  ("Sender", sender), ("SenderIp", ip_address), ("Subject", subject), ("ReportType", report),
                  ("Type", "SubmissionMail")] + common("SubmissionEntity", name, when))


def configuration(address, kind, name, seen):
    return Pairs([("ConfigType", kind), ("MailboxPrimaryAddress", address), ("DisplayName", name), ("Upn", address),
                  ("ConfigId", guid("configuration " + address + kind)), ("Type", "MailboxConfiguration")]
                 + common("MailboxConfigurationEntity", address + kind, seen))


# Documents -----------------------------------------------------------------------------------------------------------


def numbered(document):
    """A copy whose entities carry `$id`, counted from 1 within the document."""
    counter, given = [0], {}

    def visit(value):
        if isinstance(value, Again):
            return {"$ref": given[id(value.target)]}
        if isinstance(value, Pairs):
            counter[0] += 1
            given[id(value)] = str(counter[0])
            return Pairs([("$id", str(counter[0]))] + [(key, visit(item)) for key, item in value])
        if isinstance(value, dict):
            return {key: visit(item) for key, item in value.items()}
        if isinstance(value, list):
            return [visit(item) for item in value]
        return value

    return visit(document)


class Case:
    """One investigation, from which records are made."""

    def __init__(self, key, kind, name, started, alert, severity="Informational", urn_kind=None, technology=None,
                 template="Threat_Single", record_type=64, description="Sample text of an alert -V1.0.0.3",
                 modern=False):
        self.key, self.kind, self.started, self.alert = key, kind, started, alert
        self.severity, self.technology, self.template = severity, technology, template
        self.record_type, self.description, self.modern = record_type, description, modern
        self.urn = "urn:%s:%s" % (urn_kind or kind, digits("case " + key))
        self.name = name.replace("URN", self.urn)
        self.alert_id = guid("alert " + key)

    def action(self, name, target, start, status="Pending", approval="None", by=None, comment=None, updated=None,
               ended=None, kind="EmailRemediation", more=()):
        """A classic action; `updated` as for `at`."""
        updated = updated or start
        pairs = Pairs([
            ("ActionId", "urn:EmailZapper:" + digits("action " + self.key + name)), ("InvestigationId", self.urn),
            ("ActionApproval", approval), ("ActionType", kind), ("ActionStatus", status), ("Entities", [target]),
            ("RelatedAlertIds", [self.alert_id]), ("StartTimeUtc", at(start)),
            ("LastUpdateTimeUtc", decimals(updated)), ("TimestampUtc", at(updated)), ("BulkName", self.name),
            ("ResourceIdentifiers", [Pairs([("AadTenantId", TENANT), ("Type", "AAD")])]), ("PendingType", "User"),
            ("LogCreationTime", decimals(updated)), ("MachineName", "LARKTESTHOST01"),
            ("Description", "Larkfield sample text: choose junk, soft delete or hard delete for this mail.")])
        if by is not None:
            pairs.append(("ApprovedBy", by))
        if comment is not None:
            pairs.append(("ApproverComment", comment))
        if ended:
            pairs.append(("EndTimeUtc", at(ended)))
        return pairs + list(more)

    def step(self, name, kind, entity, start, status, disposition="Remediator", query=""):
        """An action in the form of 2026: analysis steps and remediations alike."""
        own = "urn:%s:%s" % (kind, digits("step " + self.key + name))

        def trailer(parent, related, created, changed, begun, ended, keys):
            return [("TenantId", TENANT), ("InvestigationId", self.urn), ("ParentObjectId", parent),
                    ("RelatedObjectId", related), ("ObjectCreationTime", created), ("ObjectChangedTime", changed),
                    ("ExecutionCount", 0), ("ProcessingStartTime", begun), ("ProcessingEndTime", ended),
                    ("DisplayName", None), ("MalScore", 0), ("SubPartitionKey2", None), ("TimeToLiveInSeconds", None),
                    ("Type", None), ("ETag", None), ("IsGCed", False), ("ExtensionData", None)] + keys

        fact = dict([("TagName", "ModernAirObject"), ("TagValue", "1"), ("FactStatus", "None"),
                     ("id", "urn:ModernAirObject:1:" + digits("fact " + self.key + name))]
                    + trailer(own, own, NOT_SET, NOT_SET, NOT_SET, NOT_SET, [("PartitionKey", None)]))
        head = [("TiInvestigationId", ""), ("TiRemediationId", ""), ("TiInvestigationName", ""), ("KqlString", query)
                ] if disposition == "Remediator" else []
        return dict(head + [
            ("Facts", [fact]), ("EntityUrn", entity), ("Disposition", disposition), ("ActionType", kind),
            ("TimeoutForAction", decimals(start)[:-1] + "+00:00"), ("IsRecurringAction", False),
            ("ActionStatus", status), ("PartitionKey", TENANT), ("SubPartitionKey1", self.urn), ("id", own)
        ] + trailer(entity, "", decimals(start), decimals(start, 3), decimals(start, 1), decimals(start, 2), []))

    def data(self, created, entities, state, resolved):
        pairs = [
            ("Version", "3.0"), ("VendorName", "Microsoft"), ("ProviderName", "OATP"),
            ("AlertType", guid("policy " + self.alert)), ("StartTimeUtc", decimals(self.started)),
            ("EndTimeUtc", decimals(self.started)), ("TimeGenerated", decimals(self.started, 1 + len(self.key) % 7)),
            ("ProcessingEndTime", decimals(created)), ("Status", "Resolved" if resolved else "InProgress")]
        if self.technology:
            pairs.append(("DetectionTechnology", self.technology))
        pairs += [("Severity", self.severity)]
        if not self.modern:
            pairs.append(("ConfidenceLevel", "Unknown"))
        pairs += [("ConfidenceScore", 1.0), ("IsIncident", False), ("ProviderAlertId", self.alert_id),
                  ("SystemAlertId", None), ("CorrelationKey", guid("correlation " + self.key))]
        if not self.modern:
            pairs += [("Investigations", [Pairs([("Id", self.urn), ("InvestigationStatus", state)])] if state else []),
                      ("InvestigationIds", [self.urn])]
        pairs += [("Intent", "Probing"), ("ResourceIdentifiers", [Pairs([("AadTenantId", TENANT), ("Type", "AAD")])])]
        if not self.modern:
            pairs += [(key, None) for key in ("AzureResourceId", "WorkspaceId", "WorkspaceSubscriptionId",
                                              "WorkspaceResourceGroup", "AgentId")]
        pairs += [("AlertDisplayName", self.alert), ("Description", self.description),
                  ("ExtendedLinks", [{"Href": "https://security.microsoft.com/alerts/fa" + self.alert_id,
                                      "Category": None, "Label": "alert", "Type": "webLink"}]),
                  ("AlertMetadata" if self.modern else "Metadata", {"CustomApps": None, "GenericInfo": None}),
                  ("Entities", entities), ("LogCreationTime", decimals(created)), ("MachineName", "LARKTESTHOST01"),
                  ("SourceTemplateType", self.template), ("Category", "ThreatManagement"),
                  ("SourceAlertType", "System")]
        if self.modern:
            pairs += [("EventDateTime", zulu(self.started)), ("Operation", "MaliciousUrlClick"), ("Forest", "test01")]
            return numbered(Pairs(pairs))
        return numbered(dict(pairs))

    def record(self, status, created, entities=(), actions=None, form="strings", data="text", state="Running",
               ended=None, seconds=None, ascii_only=False, change=None):
        """One record. `form` is the encoding of `Actions`, `data` that of `Data`: text, object or missing."""
        names = {64: ("AirInvestigationData", "AirInvestigation"),
                 86: ("AirManualInvestigationData", "AirManualInvestigation"),
                 89: ("AirAdminActionInvestigationData", "AirAdminActionInvestigation")}[self.record_type]
        own = guid("record %s %s %s" % (self.key, status, created))
        pairs = [("CreationTime", at(created)), ("Id", own), ("Operation", names[0]), ("OrganizationId", TENANT),
                 ("RecordType", self.record_type), ("UserKey", "AirInvestigation"), ("UserType", 4), ("Version", 1),
                 ("Workload", names[1]), ("ObjectId", own), ("UserId", "AirInvestigation")]
        documents = [numbered(action) if isinstance(action, Pairs) else action for action in actions or []]
        if form == "strings":
            pairs.append(("Actions", [encode(item, ascii_only) for item in documents]))
        elif form == "objects":
            pairs.append(("Actions", documents))
        elif form == "one string":
            pairs.append(("Actions", encode(documents[0], ascii_only)))
        elif form == "one object":
            pairs.append(("Actions", documents[0]))
        if data != "missing":
            document = self.data(created, list(entities), state, status not in ("Running", "Pending Action"))
            pairs.append(("Data", encode(document, ascii_only) if data == "text" else document))
        pairs += [("DeepLinkUrl", "https://security.microsoft.com/mtp-investigation/" + self.urn),
                  ("EndTimeUtc", at(ended) if ended else NOT_SET), ("InvestigationId", self.urn),
                  ("InvestigationName", self.name), ("InvestigationType", self.kind),
                  ("LastUpdateTimeUtc", at(created))]
        if seconds is not None:
            pairs.append(("RunningTime", seconds))
        pairs += [("StartTimeUtc", at(self.started)), ("Status", status)]
        if self.modern:
            pairs += [("ClientIP", None), ("ResultStatus", None), ("AppAccessContext", None), ("AppIdentity", None),
                      ("AgentId", None), ("AgentName", None), ("CorrelationIdentity", None), ("Scope", 0),
                      ("Purpose", 0), ("RequiresCustomerKeyEncryption", None), ("AssociatedAdminUnits", None),
                      ("ScopingEntityType", 0), ("ScopingEntityIds", None)]
        result = dict(pairs)
        return change(result) if change else result
