public import ByteText

/// Reads what people hand back (DESIGN section 5, *Decisions file*).
///
/// The form is found by content, never by file name; docs/formats/decisions.md describes them all.
public enum DecisionIntake {
  /// Reads one input: a decisions file (JSON), one in armour with its signature, a table with a `token` column, text lines,
  /// a mail message or an mbox.
  ///
  /// A mail gives a file for its text and one for each decisions file attached to it; all else gives one file. Rows have
  /// numbers that no other row of the input has, in the order of the input.
  ///
  /// - Parameters:
  ///   - name: the input's name as the user named it, for messages.
  ///   - issuer: the deployment's own id; a file made for another is refused whole.
  /// - Returns: at least one file, each with a row or, for a decisions file, perhaps without.
  /// - Throws: the ``Diagnostic`` of an input in which no decision can be looked for at all, or none was found.
  public static func read(_ bytes: [UInt8], name: ByteString, issuer: ByteString) throws(IntakeError) -> [ReturnedFile]
  {
    var text = bytes[...]
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
    if Mailbox.begins(text) { return try mailbox(text, name: name, issuer: issuer) }
    if isMessage(text) { return try message(text, name: name, issuer: issuer) }

    guard !bytes.isEmpty else { throw fail(name, "the file is empty", hint: expected) }
    guard bytes.count <= IntakeLimits.fileBytes else {
      throw fail(name, ByteString("the file is longer than \(IntakeLimits.fileBytes) bytes"), hint: expected)
    }
    if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) {
      throw fail(name, "the file is UTF-16", hint: "save it as UTF-8")
    }
    guard UTF8Text.isValid(text), !text.contains(0) else {
      throw fail(name, "the file is not text in UTF-8", hint: expected)
    }
    guard let first = text.first(where: { !ASCII.isBlank($0) }) else {
      throw fail(name, "the file is empty", hint: expected)
    }
    if first == 0x7B || first == 0x5B { return [try DecisionsFile.read(Array(text), name: name, issuer: issuer)] }
    if ArmouredDecisions.begins(text) { return [try ArmouredDecisions.read(text, name: name, issuer: issuer)] }
    let file: ReturnedFile
    if let table = DecisionTable(text) {
      file = try table.read(text, name: name)
    } else if DecisionBlock.begins(in: text) {
      file = blocks(text, name: name, issuer: issuer)
    } else {
      file = DecisionLines.read(text, name: name)
    }
    guard !file.isEmpty else { throw fail(name, "the file holds no decision", hint: expected) }
    return [file]
  }

  private static let expected: ByteString =
    "expected a decisions file, a reply by mail, a table with a token column, or lines of a token and a comment"

  private static let unquoted: ByteString =
    "only an attached decisions file counts, or a block as the page made it, at the start of a line and outside of quoted text"

  /// Whether bytes are a mail message; text lines are none, whatever their comments say.
  private static func isMessage(_ text: ArraySlice<UInt8>) -> Bool {
    !text.starts(with: "v4.public.".utf8) && text.first != 0x23 && MailHeader.begins(text)
  }

  private static func message(_ text: ArraySlice<UInt8>, name: ByteString, issuer: ByteString) throws(IntakeError)
    -> [ReturnedFile]
  {
    var reader = MailReader(name: name, issuer: issuer)
    let files: [ReturnedFile]
    do throws(MailProblem) {
      files = try reader.read(text, unit: 1, place: "")
    } catch {
      throw fail(name, error.message, hint: error.hint)
    }
    guard !files.isEmpty else { throw fail(name, "the message holds no decision", hint: unquoted) }
    return files
  }

  private static func mailbox(_ bytes: ArraySlice<UInt8>, name: ByteString, issuer: ByteString) throws(IntakeError)
    -> [ReturnedFile]
  {
    guard bytes.count <= IntakeLimits.mailboxBytes else {
      throw fail(
        name, ByteString("the mailbox is longer than \(IntakeLimits.mailboxBytes) bytes"),
        hint: "hand in the messages one by one")
    }
    let (messages, isCut) = Mailbox.messages(in: bytes)
    var reader = MailReader(name: name, issuer: issuer)
    var files: [ReturnedFile] = []
    for (index, range) in messages.enumerated() where !reader.isExhausted {
      let unit = index + 1
      do throws(MailProblem) {
        files += try reader.read(
          Mailbox.message(bytes[range]), unit: unit, place: ByteString("message \(unit): "))
      } catch {
        files.append(reader.refused(error, unit: unit))
      }
    }
    if isCut, !reader.isExhausted {
      let problem = MailProblem(
        message: ByteString("more than \(IntakeLimits.messages) messages; the rest was not read"),
        hint: "hand in the mailbox in parts")
      files.append(reader.refused(problem, unit: messages.count + 1))
    }
    guard !files.isEmpty else { throw fail(name, "no message in the mailbox holds a decision", hint: unquoted) }
    return files
  }

  /// A text saved from a mail: its blocks, and nothing else.
  private static func blocks(_ text: ArraySlice<UInt8>, name: ByteString, issuer: ByteString) -> ReturnedFile {
    var reader = MailReader(name: name, issuer: issuer)
    var file = ReturnedFile(name: name)
    var count = 0
    var isInOriginal = false
    reader.readBlocks(text, into: &file, place: "", blocks: &count, isInOriginal: &isInOriginal)
    return file
  }

  private static func fail(_ name: ByteString, _ message: ByteString, hint: ByteString) -> IntakeError {
    IntakeError(diagnostic: Diagnostic(.error, file: name, message: message, hint: hint))
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
