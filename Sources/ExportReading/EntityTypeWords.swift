import ByteText
import CaseModel

/// The spellings of entity types (AIR section 5), and what an entity without one looks like.
enum EntityTypeWords {
  static func of(_ value: JSONValue, _ scope: DocumentScope) -> Recognised<EntityType> {
    if let raw = scope.text(value.ignoringCase("Type")) ?? scope.text(value.ignoringCase("EntityType")) {
      return Recognised(types[Wording.word(raw)], raw: raw)
    }
    return Recognised(guess(value), raw: "")
  }

  private static let types: [ByteString: EntityType] = [
    "mailmessage": .mailMessage, "email": .mailMessage, "emailmessage": .mailMessage, "mailcluster": .mailCluster,
    "emailcluster": .mailCluster, "url": .url, "file": .file, "filehash": .file, "attachment": .file,
    "mailbox": .mailbox, "ip": .ip, "ipaddress": .ip, "mailboxconfiguration": .mailboxConfiguration,
    "submissionmail": .submission, "submissionfile": .submission, "submissionurl": .submission,
    "submissionuser": .submission, "submission": .submission, "account": .account, "user": .account, "host": .host,
    "machine": .host, "device": .host, "teamsmessage": .teamsMessage, "teamsmessagecluster": .teamsMessage,
  ]

  /// Fixtures and hand-made records leave the type out.
  private static func guess(_ value: JSONValue) -> EntityType? {
    func has(_ name: StaticString) -> Bool { value.ignoringCase(name) != nil }
    if has("SubmissionId") { return .submission }
    if has("ConfigType") { return .mailboxConfiguration }
    if has("NetworkMessageIds") || has("MailCount") { return .mailCluster }
    if has("NetworkMessageId") || has("InternetMessageId") { return .mailMessage }
    if has("MailboxPrimaryAddress") { return .mailbox }
    if has("FileHashes") { return .file }
    if has("Url") { return .url }
    if has("Address") { return .ip }
    return nil
  }
}
