import ByteText
import CaseModel

/// One decoded document while it is read: its `$id`s, its place in the record, and what is worth saying about it.
///
/// A class, so that reading a field can leave a warning behind wherever it happens.
final class DocumentScope {
  let root: JSONValue
  /// The path of the document in the record, for messages (`Data`, `Actions[0]`).
  let prefix: () -> ByteString
  private(set) var diagnostics: [Diagnostic] = []
  private var byID: [ByteString: JSONValue]?
  private var expanded = 0
  /// Whether references bring more bytes than a record may have.
  private(set) var isOverexpanded = false

  /// The most diagnostics that are kept of one document.
  static let diagnosticLimit = 20
  /// The most bytes that references of one document may stand for.
  static let expansionLimit = 16 << 20

  init(_ root: JSONValue, prefix: @escaping @autoclosure () -> ByteString = "") {
    self.root = root
    self.prefix = prefix
  }

  func path(to value: JSONValue) -> ByteString {
    JSONPlace.path(to: value, in: root, prefix: prefix())
  }

  func say(
    _ severity: Diagnostic.Severity, at value: JSONValue, _ message: @autoclosure () -> ByteString,
    hint: ByteString = ""
  ) {
    if diagnostics.count > Self.diagnosticLimit { return }
    if diagnostics.count == Self.diagnosticLimit {
      diagnostics.append(Diagnostic(.note, field: prefix(), message: "there is more of this kind that is not listed"))
      return
    }
    // A field may be read for two purposes; it is wrong once.
    let diagnostic = Diagnostic(severity, field: path(to: value), message: message(), hint: hint)
    if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
  }

  /// What a `{"$ref": "3"}` stands for; any other value stands for itself.
  func resolved(_ value: JSONValue) -> JSONValue {
    guard value.kind == .object, let reference = value["$ref"] else { return value }
    let name = Self.idText(reference)
    if byID == nil {
      var found: [ByteString: JSONValue] = [:]
      Self.collect(root, into: &found)
      byID = found
    }
    guard let name, let target = byID?[name], target["$ref"] == nil else {
      say(.warning, at: value, Wording.joined("nothing has the $id ", Wording.quoted(reference.raw)))
      return value
    }
    expanded += target.raw.count
    if expanded > Self.expansionLimit {
      isOverexpanded = true
      return value
    }
    return target
  }

  private static func idText(_ value: JSONValue) -> ByteString? {
    value.string ?? (value.kind == .number ? ByteString(value.raw) : nil)
  }

  private static func collect(_ value: JSONValue, into found: inout [ByteString: JSONValue]) {
    switch value.kind {
    case .object:
      if let name = value["$id"].flatMap(idText), found[name] == nil { found[name] = value }
      for member in value.members { collect(member.value, into: &found) }
    case .array:
      for element in value.elements { collect(element, into: &found) }
    default: break
    }
  }
}
