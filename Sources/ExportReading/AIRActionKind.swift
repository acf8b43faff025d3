import ByteText
import CaseModel

/// Which remediation an `ActionType` is, together with what it acts on (AIR sections 1.4, 3.2, 3.5 and the mapping of 4).
///
/// Whole words only, never parts of words: `UnblockUrl` must not become a block.
enum AIRActionKind {
  private enum Meaning {
    /// Says only that mail is remediated; the entity tells how.
    case byEntity
    case softDelete, hardDelete, moveToJunk, quarantine, block
    case exactly(ActionKind)
  }

  /// The kind of an action on these targets; the first that gives it a meaning counts.
  static func of(_ type: ByteString, _ targets: [Entity]) -> ActionKind {
    guard let meaning = meaning(of: type) else { return .unrecognised }
    if case .exactly(let kind) = meaning { return kind }
    for target in targets {
      if let kind = kind(meaning, target) { return kind }
    }
    return .unrecognised
  }

  /// The kind of an action of which nothing but the target's urn is known: `urn:MailClusterEntity:...`.
  static func of(_ type: ByteString, urn: ByteString) -> ActionKind {
    let parts = urn.bytes.split(separator: 0x3A, maxSplits: 2, omittingEmptySubsequences: false)
    let word = parts.count > 1 ? Wording.word(ByteString(parts[1])) : ""
    return of(type, [Entity(type: Recognised(urnKinds[word], raw: ""))])
  }

  private static func meaning(of type: ByteString) -> Meaning? {
    let word = Wording.word(type)
    if let meaning = meanings[word] { return meaning }
    // `IsolateResponse`, `SoftDeleteEmailRemediation`, `BlockUrlAction` are their first words.
    for suffix in ["response", "remediation", "action"] as [StaticString] {
      let count = word.count - suffix.utf8CodeUnitCount
      if count > 0, ASCII.equalsIgnoringCase(word.bytes[count...], suffix) {
        return meanings[ByteString(word.bytes[..<count])]
      }
    }
    return nil
  }

  private static func kind(_ meaning: Meaning, _ target: Entity) -> ActionKind? {
    switch (meaning, target.type.known) {
    case (.byEntity, .mailMessage?), (.softDelete, .mailMessage?): .softDeleteMessage
    case (.byEntity, .mailCluster?), (.softDelete, .mailCluster?): .softDeleteCluster
    case (.hardDelete, .mailMessage?): .hardDeleteMessage
    case (.hardDelete, .mailCluster?): .hardDeleteCluster
    case (.moveToJunk, .mailMessage?): .moveToJunkMessage
    case (.moveToJunk, .mailCluster?): .moveToJunkCluster
    case (.quarantine, .mailMessage?): .quarantineMessage
    case (.quarantine, .mailCluster?): .quarantineCluster
    case (.byEntity, .file?), (.quarantine, .file?): .quarantineAttachment
    case (.byEntity, .url?), (.block, .url?): .blockURL
    case (.block, .file?): .blockFile
    case (.byEntity, .mailboxConfiguration?): configurations[Wording.word(target.text(.configType) ?? "")]
    default: nil
    }
  }

  private static let configurations: [ByteString: ActionKind] = [
    "mailforwardingrule": .turnOffForwarding, "mailforwarding": .turnOffForwarding,
    "maildelegation": .removeDelegation, "userinboxrule": .disableInboxRule, "inboxrule": .disableInboxRule,
  ]

  private static let urnKinds: [ByteString: EntityType] = [
    "mailentity": .mailMessage, "mailentitymodel": .mailMessage, "mailmessageentity": .mailMessage,
    "mailclusterentity": .mailCluster, "mailclusterentitymodel": .mailCluster, "urlentity": .url,
    "urlentitymodel": .url, "fileentity": .file, "fileentitymodel": .file,
  ]

  private static let meanings: [ByteString: Meaning] = {
    var table: [ByteString: Meaning] = [:]
    func add(_ meaning: Meaning, _ words: ByteString...) {
      for word in words { table[word] = meaning }
    }
    func mail(_ meaning: Meaning, _ words: ByteString...) {
      let objects: [ByteString] = [
        "", "email", "emails", "mail", "mails", "message", "messages", "cluster", "emailcluster", "mailcluster",
        "emailclusters", "mailclusters", "emailmessage", "emailmessages", "mailmessage", "mailmessages",
        "emailmessagesorclusters", "emailmessageorcluster", "emailorcluster",
      ]
      for word in words {
        for object in objects {
          table[Wording.joined(word, object)] = meaning
          if !object.isEmpty { table[Wording.joined(object, word)] = meaning }
        }
      }
    }
    add(.byEntity, "email", "emailremediation", "emailzapper", "mail", "mailremediation", "mailzapper", "emailzap")
    mail(.softDelete, "softdelete", "softdeletion")
    mail(.hardDelete, "harddelete", "harddeletion")
    mail(.moveToJunk, "movetojunk", "movetojunkfolder", "junk")
    mail(.quarantine, "quarantine", "movetoquarantine")
    add(.quarantine, "quarantinefile")
    add(
      .exactly(.quarantineAttachment), "quarantineattachment", "quarantineattachments", "quarantinemailattachment",
      "quarantineemailattachment", "attachmentquarantine")
    add(.block, "block")
    add(
      .exactly(.blockURL), "blockurl", "blockurls", "urlblock", "blockurltimeofclick", "blockurlattimeofclick",
      "urlblocktimeofclick", "blocktimeofclick", "blockclick")
    add(.exactly(.blockDomain), "blockdomain", "domainblock", "blockurldomain")
    add(.exactly(.blockSender), "blocksender", "senderblock")
    add(.exactly(.blockFile), "blockfile", "fileblock", "blockfilehash", "blockhash")
    for verb in ["turnoff", "disable", "remove", "stop", "block"] as [ByteString] {
      for noun in [
        "forwarding", "mailforwarding", "emailforwarding", "externalforwarding", "externalmailforwarding",
        "externalemailforwarding", "forwardingrule", "mailforwardingrule",
      ] as [ByteString] {
        table[Wording.joined(verb, noun)] = .exactly(.turnOffForwarding)
      }
      for noun in ["delegation", "maildelegation", "mailboxdelegation", "delegate"] as [ByteString] {
        table[Wording.joined(verb, noun)] = .exactly(.removeDelegation)
      }
      // To remove a rule is not to disable it.
      if verb == "remove" || verb == "block" { continue }
      for noun in ["inboxrule", "inboxrules", "userinboxrule", "mailboxrule", "mailrule"] as [ByteString] {
        table[Wording.joined(verb, noun)] = .exactly(.disableInboxRule)
      }
    }
    add(
      .exactly(.disableAccount), "disableaccount", "disableuser", "disableuseraccount", "accountdisable", "blocksignin")
    add(
      .exactly(.revokeSessions), "revokesessions", "revokesession", "revokeusersessions", "revokesigninsessions",
      "signoutuser", "forcesignout", "revoketokens", "revokerefreshtokens")
    add(.exactly(.isolateDevice), "isolate", "isolatedevice", "isolatemachine", "deviceisolation")
    add(.exactly(.runAntivirusScan), "antivirusscan", "runantivirusscan", "avscan")
    add(
      .exactly(.collectInvestigationPackage), "collectinvestigationpackage", "investigationpackage", "collectpackage")
    add(.exactly(.stopAndQuarantineFile), "stopandquarantinefile", "stopandquarantine")
    add(
      .exactly(.restrictCodeExecution), "restrictcodeexecution", "restrictappexecution", "restrictexecution")
    return table
  }()
}
