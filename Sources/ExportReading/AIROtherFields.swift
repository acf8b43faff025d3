import ByteText
import CaseModel

/// Entities that are no mail.
extension AIRFields {
  mutating func url() {
    text(.url, "Url")
    number(.clicks, key("ClickCount"))
    number(.emails, key("EmailCount"))
    list(.threats, scope.list(key("Threats")))
  }

  mutating func file() {
    text(.fileName, "Name")
    let hashes = FileHashes(value, scope)
    text(.sha256, hashes.sha256)
    text(.sha1, hashes.sha1)
    text(.md5, hashes.md5)
    text(.otherHash, hashes.other)
    text(.malwareFamily, "MalwareFamily")
    number(.size, key("SizeInBytes"))
    list(.threats, scope.list(key("Threats")))
    for name in ["Directory", "AlternateDataStreamName", "HostUrl", "ReferrerUrl", "WindowsSecurityZoneType"]
      as [StaticString]
    {
      other(name)
    }
  }

  mutating func mailbox() {
    text(.mailbox, "MailboxPrimaryAddress")
    text(.displayName, "DisplayName")
    text(.upn, "Upn")
    id(.aadID, key("AadId", or: "ExternalDirectoryObjectId"))
    text(.riskLevel, "RiskLevel")
    for name in ["UserSid", "AccountName", "DomainName"] as [StaticString] { other(name) }
  }

  mutating func ip() {
    text(.address, "Address")
    for name in ["AddressScope", "Location", "Stream"] as [StaticString] { other(name) }
  }

  mutating func mailboxConfiguration() {
    text(.mailbox, "MailboxPrimaryAddress")
    text(.configType, "ConfigType")
    id(.configID, key("ConfigId"))
    text(.displayName, "DisplayName")
    text(.upn, "Upn")
    id(.aadID, key("ExternalDirectoryObjectId"))
    text(.forwardTo, scope.text(key("ForwardTo", or: "ForwardingSmtpAddress", "ForwardingAddress")))
    text(.delegate, scope.text(key("Delegate", or: "DelegateUpn", "Trustee")))
    text(.rule, scope.text(key("Rule", or: "RuleName", "InboxRule")))
  }

  mutating func submission() {
    text(.subject, "Subject")
    text(.sender, "Sender")
    text(.senderIP, "SenderIp")
    text(.recipient, "Recipient")
    time(.received, key("Timestamp"))
    id(.networkMessageID, key("NetworkMessageId"))
    text(.url, "Url")
    text(.fileName, "FileName")
    if let hash = key("FileHash"), !hash.isNull {
      text(.otherHash, hash.kind == .object ? scope.text(hash.ignoringCase("Value")) : scope.text(hash))
    }
    text(.upn, "Upn")
    id(.submissionID, key("SubmissionId"))
    text(.submitter, "Submitter")
    time(.submitted, key("SubmissionDate"))
    text(.reportType, "ReportType")
    other("SmtpAddresses")
  }

  mutating func account() {
    let name = scope.text(key("Name"))
    if let upn = scope.text(key("Upn", or: "UserPrincipalName")) {
      text(.upn, upn)
    } else if let name, let suffix = scope.text(key("UPNSuffix")) {
      text(.upn, Wording.joined(name, "@", suffix))
    }
    text(.displayName, scope.text(key("DisplayName")) ?? name)
    id(.aadID, key("AadUserId", or: "AadId"))
    text(.riskLevel, "RiskLevel")
    for key in [
      "NTDomain", "DnsDomain", "Sid", "AadTenantId", "PUID", "IsDomainJoined", "ObjectGuid", "CloudAppAccountId",
    ]
      as [StaticString]
    {
      other(key)
    }
  }

  mutating func host() {
    let name = scope.text(key("HostName", or: "ComputerDnsName", "DeviceName", "NetBiosName", "Name"))
    if let name, let domain = scope.text(key("DnsDomain")) {
      text(.hostName, Wording.joined(name, ".", domain))
    } else {
      text(.hostName, name)
    }
    for key in ["MachineId", "AzureID", "OMSAgentID", "OSFamily", "OSVersion", "IsDomainJoined"] as [StaticString] {
      other(key)
    }
  }

  /// What we have no form for: every simple value under its own key.
  mutating func anything() {
    for (key, member) in value.members {
      switch Wording.word(key) {
      case "id" where key == "$id", "type", "urn", "source", "firstseen", "roles", "role", "detailedroles", "tags",
        "friendlyname", "sourceentitytype", "sourceentityid", "sourcethreattype", "sourcethreatname", "lastverdict",
        "lastremediationstate", "remediationproviders", "threatanalysissummary":
        continue
      default: break
      }
      if let text = scope.text(member) { otherLine(Wording.joined(key, ": ", text)) }
    }
  }
}
