import ByteText
import CaseModel

/// `countersign-decisions/1`: the JSON a page downloads.
///
/// Its definition is docs/formats/decisions.md.
enum DecisionsFile {
  static let format: ByteString = "countersign-decisions/1"

  /// Reads one file.
  ///
  /// - Parameters:
  ///   - unit: the number of the message that carries it.
  ///   - place: where it lies in the input, before a field: `message 3: attachment 1: `; empty for the input itself.
  ///   - passed: how many rows of the same input were read before.
  static func read(
    _ bytes: [UInt8], name: ByteString, issuer: ByteString, unit: Int = 1, place: ByteString = "", after passed: Int = 0
  ) throws(IntakeError) -> ReturnedFile {
    func fail(field: ByteString = "", _ message: ByteString, hint: ByteString = "", isForeign: Bool = false)
      -> IntakeError
    {
      IntakeError(
        diagnostic: Diagnostic(.error, file: name, field: field, message: message, hint: hint), isForeign: isForeign)
    }
    let document: JSONDocument
    do {
      document = try JSONDocument.parse(bytes, limits: .returned)
    } catch {
      let place = JSONTextPosition(of: error.offset, in: bytes)
      throw fail(
        ByteString("line \(place.line), column \(place.column): ") + error.message,
        hint: "the file was damaged on its way; take the original")
    }
    let root = document.root
    guard root.kind == .object, let stated = root["format"]?.string else {
      throw fail("not a decisions file", hint: "expected an object with \"format\":\"countersign-decisions/1\"")
    }
    guard stated == format else {
      let isNewer = stated.bytes.starts(with: "countersign-decisions/".utf8)
      throw fail(
        field: "format", isNewer ? "made by a newer countersign" : "not a decisions file",
        hint: "this version reads countersign-decisions/1")
    }
    if let repeated = document.duplicateKeys.first {
      throw fail(field: repeated.key, "the key stands twice in one object", hint: "")
    }
    var file = ReturnedFile(name: name, unit: unit)
    var rows: [JSONValue]?
    for (key, value) in root.members {
      switch key {
      case "format": break
      case "issuer":
        guard let text = value.string else { throw fail(field: key, "expected text") }
        guard text == issuer else {
          throw fail(
            field: key, ByteString("made for deployment '") + text + "', this one is '" + issuer + "'",
            hint: "hand it back where its page came from", isForeign: true)
        }
      case "reviewer", "checkpoint", "made", "site":
        guard let text = value.string else { throw fail(field: key, "expected text") }
        if key == "reviewer" { file.reviewer = text }
        if key == "checkpoint" { file.checkpoint = text }
        if key == "made" { file.made = text }
      case "decisions":
        guard value.kind == .array else { throw fail(field: key, "expected an array") }
        rows = value.elements
      default: throw fail(field: key, "unknown key")
      }
    }
    guard root["issuer"] != nil else { throw fail(field: "issuer", "missing") }
    guard let rows else { throw fail(field: "decisions", "missing") }
    guard rows.count <= IntakeLimits.rows - passed else {
      throw fail(field: "decisions", ByteString("more than \(IntakeLimits.rows) decisions"))
    }
    for (index, value) in rows.enumerated() {
      let row = passed + index + 1
      do throws(RowProblem) {
        file.decisions.append(try decision(value, row: row))
      } catch {
        let field = place + ByteString("decisions[\(index)]") + (error.field.isEmpty ? "" : "." + error.field)
        file.refuse(row, field: field, error.message)
      }
    }
    return file
  }

  private struct RowProblem: Error {
    var field: ByteString
    var message: ByteString
  }

  private static func decision(_ value: JSONValue, row: Int) throws(RowProblem) -> SubmittedDecision {
    func fail(_ field: ByteString, _ message: ByteString) -> RowProblem { RowProblem(field: field, message: message) }
    guard value.kind == .object else { throw fail("", "expected an object") }
    var decision = SubmittedDecision(row: row, token: "", verdict: nil, action: nil, comment: "")
    for (key, value) in value.members {
      guard let text = value.string else { throw fail(key, "expected text") }
      switch key {
      case "token": decision.token = text
      case "action": decision.action = text
      case "comment":
        guard text.count <= IntakeLimits.commentBytes else {
          throw fail(key, ByteString("longer than \(IntakeLimits.commentBytes) bytes"))
        }
        decision.comment = text
      case "verdict":
        guard let verdict = DecisionVerdict.named(text) else { throw fail(key, "expected approve or reject") }
        decision.verdict = verdict
      default: throw fail(key, "unknown key")
      }
    }
    guard !decision.token.isEmpty else { throw fail("token", "missing") }
    return decision
  }
}

extension DecisionVerdict {
  /// The verdict of that name, by bytes.
  static func named(_ text: ByteString) -> DecisionVerdict? {
    allCases.first { ByteString($0.rawValue) == text }
  }
}
