import ByteText
import CaseModel

/// Mail messages and clusters of them.
extension AIRFields {
  mutating func mailMessage() {
    let scope = scope
    text(.subject, "Subject")
    let from = scope.text(key("P2Sender"))
    let sender = scope.text(key("Sender")) ?? from
    text(.sender, sender)
    text(.senderDisplayName, scope.text(key("P2SenderDisplayName")) ?? scope.text(key("P1SenderDisplayName")))
    text(.envelopeSender, "P1Sender")
    text(.senderIP, "SenderIP")
    text(.recipient, "Recipient")
    time(.received, key("ReceivedDate"))
    id(.networkMessageID, key("NetworkMessageId"))
    text(.internetMessageID, "InternetMessageId")
    text(.direction, "AntispamDirection")
    text(.language, "Language")
    text(.deliveryAction, "DeliveryAction")
    text(.deliveryLocation, "DeliveryLocation")
    text(.originalDeliveryLocation, "OriginalDeliveryLocation")
    text(.phishConfidence, "PhishConfidenceLevel")
    list(.threats, scope.list(key("Threats")))
    list(.detectionMethods, scope.list(key("ThreatDetectionMethods")))
    list(.additionalActions, scope.list(key("AdditionalActionsAndResults")))
    list(.authentication, scope.list(key("AuthDetails")) { Self.nameAndValue($0, scope) })
    list(.systemOverrides, scope.list(key("SystemOverrides")) { Self.nameAndValue($0, scope) })
    list(.urls, scope.list(key("Urls")) { scope.text($0.ignoringCase("Url")) })
    list(.attachments, scope.list(key("Files")) { FileHashes.attachment($0, scope) })
    if from != sender { other("P2Sender") }
    for name in [
      "Connector", "CampaignID", "ForwardingType", "SuspiciousRecipients", "ForwardedRecipients", "BodyFingerprintBin1",
      "BodyFingerprintBin2", "BodyFingerprintBin3", "BodyFingerprintBin4", "BodyFingerprintBin5", "AttachmentCount",
      "UrlCount",
    ] as [StaticString] {
      other(name)
    }
  }

  mutating func mailCluster() {
    text(.query, "Query")
    time(.queryTime, RepeatedKeys.queryTime(value) ?? key("QueryTime"))
    number(.mailCount, key("MailCount"))
    list(.networkMessageIDs, networkMessageIDs())
    counts(.countByThreat, key("CountByThreatType"))
    counts(.countByLocation, key("CountByDeliveryLocation"))
    counts(.countByProtection, key("CountByProtectionStatus", or: "CountByDeliveryStatus"))
    // The key is misspelt in real records.
    if let flag = scope.flag(key("IsVolumeAnamoly", or: "IsVolumeAnomaly")) { add(.volumeAnomaly, .flag(flag)) }
    text(.clusterBy, "ClusterBy")
    text(.clusterByValue, "ClusterByValue")
    text(.clusterGroup, "ClusterGroup")
    let kind = scope.text(key("ClusterSourceType"))
    let source = scope.text(key("ClusterSourceIdentifier"))
    if let kind, let source {
      text(.clusterSource, Wording.joined(kind, ": ", source))
    } else {
      text(.clusterSource, kind ?? source)
    }
    queryWindow()
    list(.threats, scope.list(key("Threats")))
  }

  private func networkMessageIDs() -> [ByteString] {
    guard let value = key("NetworkMessageIds"), !value.isNull else { return [] }
    if value.kind != .array { return scope.id(value).map { [$0] } ?? [] }
    return value.elements.compactMap { scope.id($0) }
  }

  private mutating func queryWindow() {
    let start = scope.time(key("ClusterQueryStartTime")) ?? scope.time(key("QueryStartTime"))
    let end = scope.time(key("ClusterQueryEndTime"))
    if let start, let end {
      text(.queryWindow, Wording.joined(start.rfc3339, " to ", end.rfc3339))
    } else if let start {
      text(.queryWindow, Wording.joined("from ", start.rfc3339))
    } else if let end {
      text(.queryWindow, Wording.joined("until ", end.rfc3339))
    }
  }

  /// `{"Name": "SPF", "Value": "Pass"}` as `SPF: Pass`.
  private static func nameAndValue(_ value: JSONValue, _ scope: DocumentScope) -> ByteString? {
    guard let name = scope.text(value.ignoringCase("Name")) else { return nil }
    return Wording.joined(name, ": ", scope.text(value.ignoringCase("Value")) ?? "")
  }
}
