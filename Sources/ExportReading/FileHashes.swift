import ByteText
import CaseModel

/// The hashes of a file entity, by algorithm.
struct FileHashes {
  private(set) var sha256: ByteString?
  private(set) var sha1: ByteString?
  private(set) var md5: ByteString?
  /// Hashes of any other kind: `SHA256AC ...`.
  private(set) var other: ByteString?

  /// Reads `FileHashes`, a list of `{"Algorithm", "Value"}`; an entity that is itself a hash counts too.
  init(_ file: JSONValue, _ scope: DocumentScope) {
    if let list = file.ignoringCase("FileHashes"), !list.isNull {
      for element in list.kind == .array ? list.elements : [list] { add(scope.resolved(element), scope) }
    } else if file.ignoringCase("Algorithm") != nil {
      add(file, scope)
    }
  }

  private mutating func add(_ hash: JSONValue, _ scope: DocumentScope) {
    guard let value = scope.text(hash.kind == .object ? hash.ignoringCase("Value") : hash) else { return }
    let algorithm = scope.text(hash.ignoringCase("Algorithm")) ?? ""
    switch Wording.word(algorithm) {
    case "sha256" where sha256 == nil: sha256 = value
    case "sha1" where sha1 == nil: sha1 = value
    case "md5" where md5 == nil: md5 = value
    default:
      let text = algorithm.isEmpty ? value : Wording.joined(algorithm, " ", value)
      other = other.map { Wording.joined($0, ", ", text) } ?? text
    }
  }

  /// A file of a message in one line: name and SHA-256.
  static func attachment(_ file: JSONValue, _ scope: DocumentScope) -> ByteString? {
    line(name: scope.text(file.ignoringCase("Name")), sha256: FileHashes(file, scope).sha256)
  }

  static func line(name: ByteString?, sha256: ByteString?) -> ByteString? {
    guard let name else { return sha256.map { Wording.joined("SHA-256 ", $0) } }
    guard let sha256 else { return name }
    return Wording.joined(name, " (SHA-256 ", sha256, ")")
  }
}
