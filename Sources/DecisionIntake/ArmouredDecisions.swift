import ByteText

/// A decisions file and its signature in one text, for roads that take a single file (SECURITY section 2.2).
///
/// `-----BEGIN COUNTERSIGN DECISIONS-----`, base64 of the file (RFC 4648 section 4, wrapped), the end line, then an SSH
/// signature block. Empty lines may stand around the two blocks, and nothing else.
enum ArmouredDecisions {
  static let begin: StaticString = "-----BEGIN COUNTERSIGN DECISIONS-----"
  static let end: StaticString = "-----END COUNTERSIGN DECISIONS-----"

  /// Whether the first line with anything on it is the begin line.
  static func begins(_ text: ArraySlice<UInt8>) -> Bool {
    var lines = LineCursor(text.drop(while: ASCII.isBlank))
    return lines.line().map { ByteSearch.isEqual($0, begin) } ?? false
  }

  /// Reads a text that ``begins(_:)`` so.
  ///
  /// - Throws: the ``Diagnostic`` of the whole text: nothing in it counts when its frame is damaged, as its signature
  ///   could not be checked.
  static func read(_ text: ArraySlice<UInt8>, name: ByteString, issuer: ByteString) throws(IntakeError) -> ReturnedFile
  {
    func fail(_ message: ByteString, hint: ByteString) -> IntakeError {
      IntakeError(diagnostic: Diagnostic(.error, file: name, message: message, hint: hint))
    }
    let damaged: ByteString = "the text was damaged on its way; take the original"
    var lines = LineCursor(text)
    var number = 0
    var isInside = false
    var base64: [UInt8] = []
    while let line = lines.line() {
      number += 1
      if !isInside {
        isInside = ByteSearch.isEqual(line, begin)
        continue
      }
      if ByteSearch.isEqual(line, end) {
        guard let message = Base64.decode(base64) else {
          throw fail("what stands between the two lines is not base64", hint: damaged)
        }
        let signature = text[lines.next...]
        guard SSHSignatureArmour.begins(signature) else {
          throw fail(
            "no signature follows the decisions",
            hint: "append the .sig file of ssh-keygen -Y sign, or hand back the decisions file itself")
        }
        guard let armour = SSHSignatureArmour.unframed(signature) else {
          throw fail("the signature block is damaged, or something follows it", hint: damaged)
        }
        var file = try DecisionsFile.read(message, name: name, issuer: issuer)
        file.signature = SubmittedSignature(message: message, armour: armour)
        return file
      }
      guard line.allSatisfy({ ASCII.isAlphanumeric($0) || $0 == 0x2B || $0 == 0x2F || $0 == 0x3D }), !line.isEmpty
      else { throw fail(ByteString("line \(number): expected base64"), hint: damaged) }
      base64 += line
    }
    throw fail("the block of decisions has no end", hint: damaged)
  }

  /// The text for a file and its signature.
  static func text(_ message: [UInt8], signature: [UInt8]) -> [UInt8] {
    var out = ByteString(stringLiteral: begin).bytes + [0x0A]
    let base64 = Base64.encode(message)
    for start in stride(from: 0, to: base64.count, by: 76) {
      out += base64[start..<min(start + 76, base64.count)]
      out.append(0x0A)
    }
    return out + ByteString(stringLiteral: end).bytes + [0x0A] + signature
  }
}
