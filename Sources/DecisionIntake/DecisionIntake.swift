public import ByteText

/// Reads what people hand back (DESIGN section 5, *Decisions file*).
///
/// The form is found by content, never by file name.
public enum DecisionIntake {
  /// Reads one file.
  ///
  /// - Parameters:
  ///   - issuer: the deployment's own id; a file made for another is refused whole.
  /// - Throws: the ``Diagnostic`` of a file in which no decision can be looked for at all.
  public static func read(_ bytes: [UInt8], name: ByteString, issuer: ByteString) throws(IntakeError) -> ReturnedFile {
    func fail(_ message: ByteString, hint: ByteString) -> IntakeError {
      IntakeError(diagnostic: Diagnostic(.error, file: name, message: message, hint: hint))
    }
    let expected: ByteString =
      "expected a decisions file, or lines of a token and a comment, as the site's pages make them"
    guard !bytes.isEmpty else { throw fail("the file is empty", hint: expected) }
    guard bytes.count <= IntakeLimits.fileBytes else {
      throw fail(ByteString("the file is longer than \(IntakeLimits.fileBytes) bytes"), hint: expected)
    }
    var text = bytes[...]
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
    if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) {
      throw fail("the file is UTF-16", hint: "save it as UTF-8")
    }
    guard UTF8Text.isValid(text), !text.contains(0) else {
      throw fail("the file is not text in UTF-8", hint: expected)
    }
    guard let first = text.first(where: { !ASCII.isBlank($0) }) else { throw fail("the file is empty", hint: expected) }
    if first == 0x7B || first == 0x5B {
      return try DecisionsFile.read(Array(text), name: name, issuer: issuer)
    }
    let file = DecisionLines.read(text, name: name)
    guard !file.decisions.isEmpty || !file.refused.isEmpty else {
      throw fail("the file holds no decision", hint: expected)
    }
    return file
  }
}

/// Why nothing could be read of a file.
public struct IntakeError: Error, Hashable, Sendable {
  /// What is wrong.
  public var diagnostic: Diagnostic
  /// Whether the file is a decisions file, but of another deployment.
  public var isForeign: Bool

  /// Makes an error.
  public init(diagnostic: Diagnostic, isForeign: Bool = false) {
    self.diagnostic = diagnostic
    self.isForeign = isForeign
  }
}
