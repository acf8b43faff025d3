import ByteText
import CaseModel
import CaseStore
import DecisionLedger
import ReportSite

/// Replaces what an archive that is shared is not to tell: recipients, subjects, comments.
///
/// The same value becomes the same label everywhere. Works on records, before anything is made of them: so pages, lists, search
/// and summaries know nothing else.
struct Redaction: Sendable {
  /// What can be replaced.
  static let words: [ByteString] = ["recipients", "subjects", "comments"]

  /// What is replaced, in this order.
  let replaced: [ByteString]
  private let hidesRecipients, hidesSubjects: Bool
  /// Whether comments are replaced.
  let hidesComments: Bool
  private var labels: [ByteString: ByteString] = [:]
  private var recipients = 0
  private var subjects = 0
  private static let comment: ByteString = "[comment redacted]"
  private static let query: ByteString = "[query redacted]"
  /// Values shorter than this are replaced where they stand alone, not within other text: `re` stands in every other word.
  private static let shortest = 4

  init(_ replaced: [ByteString]) {
    self.replaced = replaced
    hidesRecipients = replaced.contains("recipients")
    hidesSubjects = replaced.contains("subjects")
    hidesComments = replaced.contains("comments")
  }

  // MARK: Labels

  /// Gives every recipient and subject of some records a label, in order of appearance.
  mutating func learn(_ records: [InvestigationRecord]) {
    for value in records.flatMap(values) where labels[key(value)] == nil {
      if value.kind == .recipient {
        recipients += 1
        labels[key(value)] = ByteString("recipient-\(recipients)@redacted.invalid")
      } else {
        subjects += 1
        labels[key(value)] = ByteString("[subject \(subjects)]")
      }
    }
  }

  private enum Kind { case recipient, subject }

  private func key(_ value: (text: ByteString, kind: Kind)) -> ByteString {
    ByteString(ASCII.lowercased(value.text.bytes))
  }

  /// Everything in a record that is a recipient or a subject, with the addresses within what names a recipient.
  private func values(_ record: InvestigationRecord) -> [(text: ByteString, kind: Kind)] {
    var found: [(text: ByteString, kind: Kind)] = []
    for entity in record.entities + record.actions.flatMap(\.targets) {
      for field in entity.fields {
        guard let kind = kind(field.name, in: entity) else { continue }
        for text in Self.texts(field.value) where !text.isEmpty {
          found.append((text, kind))
          guard kind == .recipient else { continue }
          for piece in MailAddress.candidates(in: text.bytes) where piece.count < text.count {
            found.append((ByteString(piece), kind))
          }
        }
      }
    }
    return found
  }

  private static func texts(_ value: EntityField.Value) -> [ByteString] {
    switch value {
    case .text(let text): [text]
    case .list(let list): list
    default: []
    }
  }

  /// What a field of an entity holds; `nil` where it is replaced only as far as it holds what others do.
  private func kind(_ name: EntityField.Name, in entity: Entity) -> Kind? {
    switch name {
    case .recipient, .mailbox, .upn, .submitter, .delegate: hidesRecipients ? .recipient : nil
    case .displayName where [.mailbox, .account].contains(entity.type.known): hidesRecipients ? .recipient : nil
    case .address where [.mailbox, .account].contains(entity.type.known): hidesRecipients ? .recipient : nil
    case .subject: hidesSubjects ? .subject : nil
    case .clusterByValue where Self.isOfSubject(entity): hidesSubjects ? .subject : nil
    default: nil
    }
  }

  private static func isOfSubject(_ entity: Entity) -> Bool {
    let by = ASCII.lowercased((entity.text(.clusterBy) ?? "").bytes)
    return by.indices.contains { by[$0...].starts(with: "subject".utf8) }
  }

  // MARK: Records

  /// What is replaced in one case, wherever it stands within other text: the longest first.
  struct CaseValues: Sendable {
    fileprivate let inside: [ByteString]
  }

  /// The values of the records of one investigation.
  func values(of records: [InvestigationRecord]) -> CaseValues {
    CaseValues(
      inside: Set(records.flatMap(values).map(key)).filter { $0.count >= Self.shortest }.sorted {
        $0.count != $1.count ? $0.count > $1.count : $0 < $1
      })
  }

  /// The records of one investigation with labels in the place of values.
  func redact(_ records: [InvestigationRecord], with own: CaseValues) -> [InvestigationRecord] {
    let clean: (ByteString) -> ByteString = { text in replace(text, own.inside) }
    return records.map { record in
      var record = record
      for path in [\InvestigationRecord.name, \.deepLink, \.summary, \.type] {
        record[keyPath: path] = clean(record[keyPath: path])
      }
      record.entities = record.entities.map { redact($0, clean) }
      record.alerts = record.alerts.map { alert in
        var alert = alert
        for path in [\Alert.title, \.description, \.category, \.detection] {
          alert[keyPath: path] = clean(alert[keyPath: path])
        }
        return alert
      }
      record.log = record.log.map { line in
        var line = line
        line.text = clean(line.text)
        line.by = clean(line.by)
        return line
      }
      record.notes = record.notes.map { note in
        var note = note
        note.markdown = hidesComments ? Self.comment : clean(note.markdown)
        note.by = clean(note.by)
        return note
      }
      record.actions = record.actions.map { redact($0, clean) }
      return record
    }
  }

  private func redact(_ action: RemediationAction, _ clean: @escaping (ByteString) -> ByteString) -> RemediationAction {
    var action = action
    action.targets = action.targets.map { redact($0, clean) }
    action.description = clean(action.description)
    action.decidedBy = clean(action.decidedBy)
    action.decisionComment =
      hidesComments && !action.decisionComment.isEmpty ? Self.comment : clean(action.decisionComment)
    action.parameters = action.parameters.map { parameter in
      guard case .string(let text) = parameter.value else { return parameter }
      return JSONTree.Member(parameter.key, .string(clean(text)))
    }
    return action
  }

  private func redact(_ entity: Entity, _ clean: @escaping (ByteString) -> ByteString) -> Entity {
    var entity = entity
    entity.fields = entity.fields.map { field in
      var field = field
      let isWhole = kind(field.name, in: entity) != nil
      // A query says whom and what in a language of its own.
      let isQuery = field.name == .query && (hidesRecipients || hidesSubjects)
      let label: (ByteString) -> ByteString = { text in
        if isQuery { return Self.query }
        guard isWhole, !text.isEmpty else { return clean(text) }
        return labels[ByteString(ASCII.lowercased(text.bytes))] ?? clean(text)
      }
      switch field.value {
      case .text(let text): field.value = .text(label(text))
      case .list(let list): field.value = .list(list.map(label))
      case .counts(let counts): field.value = .counts(counts.map { EntityField.Count(clean($0.name), $0.count) })
      default: break
      }
      return field
    }
    return entity
  }

  /// Replaces each of some values, longest first, wherever it stands in a text, in any case.
  private func replace(_ text: ByteString, _ values: [ByteString]) -> ByteString {
    var bytes = text.bytes
    for value in values {
      guard bytes.count >= value.count, let label = labels[value] else { continue }
      var index = 0
      while index + value.count <= bytes.count {
        if ASCII.equalsIgnoringCase(bytes[index..<index + value.count], value.bytes[...]) {
          bytes.replaceSubrange(index..<index + value.count, with: label.bytes)
          index += label.count
        } else {
          index += 1
        }
      }
    }
    return ByteString(addresses(bytes))
  }

  /// Replaces the addresses of everybody who is a recipient anywhere: in another investigation they may be who decided.
  private func addresses(_ text: [UInt8]) -> [UInt8] {
    guard hidesRecipients, text.contains(0x40) else { return text }
    var out: [UInt8] = []
    var rest = text[...]
    while let start = rest.firstIndex(where: Self.isOfAddress) {
      out += rest[..<start]
      let word = rest[start...].prefix(while: Self.isOfAddress)
      let label = word.contains(0x40) ? labels[ByteString(ASCII.lowercased(Array(word)))] : nil
      out += label?.bytes ?? Array(word)
      rest = rest[word.endIndex...]
    }
    return out + rest
  }

  private static func isOfAddress(_ byte: UInt8) -> Bool {
    ASCII.isAlphanumeric(byte) || byte >= 0x80 || [0x2B, 0x2D, 0x2E, 0x40, 0x5F].contains(byte)
  }

  // MARK: Decisions

  /// A reviewer whose addresses are labels, as far as they are those of a recipient.
  func redact(_ reviewer: Reviewer) -> Reviewer {
    var reviewer = reviewer
    reviewer.addresses = reviewer.addresses.map { ByteString(addresses($0.bytes)) }
    return reviewer
  }

  /// An entry in words of ours: addresses of recipients.
  func redact(line: ByteString) -> ByteString { ByteString(addresses(line.bytes)) }

  // MARK: What the ledger tells of a case

  /// What the ledger says of an action of a case with these values: effect, comments and what results said.
  func redact(_ facts: LedgerFacts, with own: CaseValues) -> LedgerFacts {
    var facts = facts
    facts.effect = facts.effect.map { effect in
      Effect(canonical: effect).map { ByteString(redact($0, with: own).canonical) } ?? effect
    }
    for index in facts.votes.indices { facts.votes[index].comment = redact(said: facts.votes[index].comment, own) }
    for index in facts.reports.indices {
      facts.reports[index].detail = redact(said: facts.reports[index].detail, own)
    }
    return facts
  }

  /// A line of the ledger, with what was said.
  func redact(_ line: LedgerState.Line, with own: CaseValues) -> LedgerState.Line {
    var line = line
    line.text = redact(line: line.text)
    line.said = redact(said: line.said, own)
    return line
  }

  private func redact(said: ByteString, _ own: CaseValues) -> ByteString {
    if said.isEmpty { return "" }
    return hidesComments ? Self.comment : replace(said, own.inside)
  }

  /// An effect as it would be of redacted records.
  private func redact(_ effect: Effect, with own: CaseValues) -> Effect {
    var effect = effect
    effect.targets = effect.targets.map { redact($0, under: "", own) }
    effect.parameters = effect.parameters.map { JSONTree.Member($0.key, redact($0.value, under: "", own)) }
    return effect
  }

  private func redact(_ tree: JSONTree, under key: ByteString, _ own: CaseValues) -> JSONTree {
    switch tree {
    case .string where key == "query" && (hidesRecipients || hidesSubjects): .string(Self.query)
    case .string(let text): .string(labels[ByteString(ASCII.lowercased(text.bytes))] ?? replace(text, own.inside))
    case .array(let items): .array(items.map { redact($0, under: key, own) })
    case .object(let members):
      .object(members.map { JSONTree.Member($0.key, redact($0.value, under: $0.key, own)) })
    case .null, .bool, .int: tree
    }
  }
}
