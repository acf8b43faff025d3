public import ByteText

/// Something an investigation looked at (DESIGN section 2), with what is known about it.
public struct Entity: Hashable, Sendable {
  /// The source system's id (a urn, or the id of the neutral export); may be empty.
  public var sourceID: ByteString
  /// What it is.
  public var type: Recognised<EntityType>
  /// What was found out about it.
  public var verdict: Recognised<Verdict>
  /// What the source says about its remediation; empty where it says nothing.
  public var remediation: ByteString
  /// What is known, in the order in which pages show it.
  public var fields: [EntityField]

  /// Makes an entity.
  public init(
    sourceID: ByteString = "", type: Recognised<EntityType>, verdict: Recognised<Verdict> = Recognised(nil, raw: ""),
    remediation: ByteString = "", fields: [EntityField] = []
  ) {
    self.sourceID = sourceID
    self.type = type
    self.verdict = verdict
    self.remediation = remediation
    self.fields = fields
  }

  /// The text of a field; `nil` where it is not there, or holds something else.
  public func text(_ name: EntityField.Name) -> ByteString? {
    for field in fields where field.name == name {
      if case .text(let text) = field.value { return text }
    }
    return nil
  }

  /// The list in a field; empty where it is not there.
  public func list(_ name: EntityField.Name) -> [ByteString] {
    for field in fields where field.name == name {
      if case .list(let items) = field.value { return items }
    }
    return []
  }

  /// The number in a field; `nil` where it is not there.
  public func number(_ name: EntityField.Name) -> Int? {
    for field in fields where field.name == name {
      if case .number(let number) = field.value { return number }
    }
    return nil
  }

  /// The counts in a field; empty where it is not there.
  public func counts(_ name: EntityField.Name) -> [EntityField.Count] {
    for field in fields where field.name == name {
      if case .counts(let counts) = field.value { return counts }
    }
    return []
  }

  /// The one line by which people know it: subject, URL, file name, address, query.
  public var label: ByteString {
    if type.known == .mailCluster, let by = text(.clusterBy), let value = text(.clusterByValue), !value.isEmpty {
      return by + ": " + value
    }
    let names: [EntityField.Name] = [
      .subject, .url, .fileName, .clusterBy, .query, .mailbox, .address, .upn, .hostName, .displayName,
      .networkMessageID,
      .sha256,
    ]
    for name in names {
      if let text = text(name), !text.isEmpty { return text }
    }
    return sourceID
  }
}

/// One thing known about an entity.
public struct EntityField: Hashable, Sendable {
  /// What is known.
  ///
  /// The raw value is the label on pages.
  public enum Name: String, Hashable, Sendable, CaseIterable {
    case subject = "Subject"
    case sender = "Sender"
    case senderDisplayName = "Sender display name"
    case envelopeSender = "Envelope sender"
    case senderIP = "Sender IP"
    case recipient = "Recipient"
    case received = "Received"
    case networkMessageID = "Network message ID"
    case internetMessageID = "Internet message ID"
    case direction = "Direction"
    case language = "Language"
    case deliveryAction = "Delivery action"
    case deliveryLocation = "Latest delivery location"
    case originalDeliveryLocation = "Original delivery location"
    case phishConfidence = "Phish confidence"
    case threats = "Threats"
    case detectionMethods = "Detection methods"
    case additionalActions = "Additional actions"
    case authentication = "Authentication"
    case systemOverrides = "System overrides"
    case urls = "URLs"
    case attachments = "Attachments"
    case query = "Query"
    case queryTime = "Query time"
    case mailCount = "Mail count"
    case networkMessageIDs = "Network message IDs"
    case countByThreat = "By threat"
    case countByLocation = "By delivery location"
    case countByProtection = "By protection status"
    case volumeAnomaly = "Volume anomaly"
    case clusterBy = "Clustered by"
    case clusterByValue = "Cluster value"
    case clusterGroup = "Cluster group"
    case clusterSource = "Cluster source"
    case queryWindow = "Query window"
    case url = "URL"
    case clicks = "Clicks"
    case emails = "Mails"
    case fileName = "File name"
    case sha256 = "SHA-256"
    case sha1 = "SHA-1"
    case md5 = "MD5"
    case otherHash = "Other hash"
    case malwareFamily = "Malware family"
    case size = "Size in bytes"
    case mailbox = "Mailbox"
    case displayName = "Display name"
    case upn = "User principal name"
    case aadID = "Directory ID"
    case riskLevel = "Risk level"
    case address = "Address"
    case configType = "Setting"
    case configID = "Setting ID"
    case forwardTo = "Forwards to"
    case delegate = "Delegate"
    case rule = "Rule"
    case submissionID = "Submission ID"
    case submitter = "Submitter"
    case submitted = "Submitted"
    case reportType = "Reported as"
    case hostName = "Host"
    case roles = "Roles"
    case firstSeen = "First seen"
    case source = "Source"
    case other = "Other"
  }

  /// A number under a name.
  public struct Count: Hashable, Sendable {
    /// What was counted.
    public var name: ByteString
    /// How many.
    public var count: Int

    /// Makes a count.
    public init(_ name: ByteString, _ count: Int) {
      self.name = name
      self.count = count
    }
  }

  /// What is known.
  public enum Value: Hashable, Sendable {
    case text(ByteString)
    case number(Int)
    case time(Instant)
    case flag(Bool)
    case list([ByteString])
    case counts([Count])
  }

  /// What is known.
  public var name: Name
  /// The value.
  public var value: Value

  /// Makes a field.
  public init(_ name: Name, _ value: Value) {
    self.name = name
    self.value = value
  }
}
