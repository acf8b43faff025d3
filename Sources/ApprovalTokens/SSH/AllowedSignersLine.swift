import ByteText

/// One line of allowed_signers: `principals [options] type base64 [comment]`, parted by spaces and tabs.
enum AllowedSignersLine {
  /// What is wrong with a line.
  struct Problem: Error {
    /// The part that is meant; empty for the whole line.
    var field: ByteString = ""
    /// Lower case, no final stop.
    var message: ByteString
    /// Lower case, no final stop; may be empty.
    var hint: ByteString = ""
  }

  /// Reads a line without its line feed; `nil` where it is blank or a comment.
  static func read(_ line: ArraySlice<UInt8>, number: Int) throws(Problem) -> AllowedSigners.Entry? {
    var rest = ASCII.trim(line)
    guard let first = rest.first, first != 0x23 else { return nil }
    guard rest.allSatisfy({ $0 >= 0x20 || $0 == 0x09 }) else { throw Problem(message: "it holds control characters") }
    let principals = try principals(field(&rest))
    var options = AllowedSignersOptions()
    var type = field(&rest)
    if !type.isEmpty, !isKeyType(type) {
      options = try AllowedSignersOptions(type)
      type = field(&rest)
    }
    let base64 = field(&rest)
    guard !type.isEmpty, !base64.isEmpty else {
      throw Problem(field: "key", message: "no key", hint: "a line is: reviewer-id [options] key-type base64")
    }
    do {
      let key = try SSHPublicKey(typeName: type, base64: base64)
      return AllowedSigners.Entry(
        line: number, principals: principals, key: key, namespaces: options.namespaces, validAfter: options.validAfter,
        validBefore: options.validBefore)
    } catch {
      throw Problem(field: "key", message: error.message, hint: error.hint)
    }
  }

  /// Whether a field is the type of a key; else it is options, of which none starts like one.
  private static func isKeyType(_ field: ArraySlice<UInt8>) -> Bool {
    ["ssh-", "ecdsa-", "sk-", "rsa-", "webauthn-"].contains { field.starts(with: Array($0.utf8)) }
  }

  /// Takes the bytes up to the next blank outside of quotes, and the blanks behind them.
  private static func field(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var isQuoted = false
    var end = rest.startIndex
    while end < rest.endIndex, isQuoted || !ASCII.isBlank(rest[end]) {
      if rest[end] == 0x22 { isQuoted.toggle() }
      end += 1
    }
    let field = rest[..<end]
    rest = rest[end...].drop(while: ASCII.isBlank)
    return field
  }

  private static func principals(_ field: ArraySlice<UInt8>) throws(Problem) -> [ByteString] {
    // A public key file was pasted: such a name would even be an id.
    guard SSHKeyType(name: field) == nil else {
      throw Problem(
        field: "principals", message: "the line starts with its key", hint: "write the reviewer's id before it")
    }
    var ids: [ByteString] = []
    for id in field.split(separator: 0x2C, omittingEmptySubsequences: false).map({ ByteString($0) }) {
      if TokenGrammar.isName(id) {
        ids.append(id)
        continue
      }
      let hint: ByteString = "write the id from reviewers in countersign.yaml; several are parted by commas"
      // `!` negates, `*` and `?` stand for other characters.
      let isPattern = id.bytes.contains { $0 == 0x21 || $0 == 0x2A || $0 == 0x3F }
      throw Problem(
        field: "principals",
        message: isPattern
          ? "a pattern stands where a principal must be exactly the id of a reviewer"
          : "a principal must be exactly the id of a reviewer: a to z, 0 to 9 and -, at most 16", hint: hint)
    }
    return ids
  }
}
