import ByteText
import CaseModel

/// Reads messages (RFC 5322) of one input: the blocks in their text and the decisions files they carry.
///
/// A message forwarded inside another, archives, TNEF and pointers to bodies elsewhere are never opened.
struct MailReader {
  let name: ByteString
  let issuer: ByteString
  private(set) var rows = RowNumbers()
  /// Whether the rows of the input ran out, and that was said.
  private(set) var isExhausted = false

  init(name: ByteString, issuer: ByteString) {
    self.name = name
    self.issuer = issuer
  }

  /// What one message holds; nothing where it holds no decision.
  ///
  /// - Parameters:
  ///   - unit: the message's number.
  ///   - place: where it lies, before a field: `message 3: `; empty where it is the input.
  mutating func read(_ message: ArraySlice<UInt8>, unit: Int, place: ByteString) throws(MailProblem) -> [ReturnedFile] {
    guard message.count <= IntakeLimits.messageBytes else {
      throw MailProblem(message: ByteString("the message is longer than \(IntakeLimits.messageBytes) bytes"))
    }
    let parts = try MIMEParts.leaves(of: message)
    var files: [ReturnedFile] = []
    let text = readBlocks(parts, unit: unit, place: place)
    if !text.isEmpty { files.append(text) }
    let attached = AttachedDecisions(parts)
    for attachment in attached.files where !isExhausted {
      files.append(read(attachment, unit: unit, place: place))
    }
    if !attached.strays.isEmpty, !isExhausted {
      var file = ReturnedFile(name: name, unit: unit)
      for number in attached.strays {
        refuse(
          &file, field: place + ByteString("attachment \(number)"), "the signature belongs to no decisions file",
          hint: "name it like its file, with .sig behind")
      }
      files.append(file)
    }
    return files
  }

  /// A message that is not read at all, as a row of its own.
  mutating func refused(_ problem: MailProblem, unit: Int) -> ReturnedFile {
    var file = ReturnedFile(name: name, unit: unit)
    refuse(&file, field: ByteString("message \(unit)"), problem.message, hint: problem.hint)
    return file
  }

  // MARK: Text

  /// The blocks of the plain text; of the web pages only where no plain text has one, not even a quoted one: both say the
  /// same, and the plain text says better what is quoted.
  private mutating func readBlocks(_ parts: [MIMEPart], unit: Int, place: ByteString) -> ReturnedFile {
    var file = ReturnedFile(name: name, unit: unit)
    var hasPlain = false
    var isInOriginal = false
    var blocks = 0
    for part in parts where part.isText && part.isType("text/plain") {
      guard let text = part.plainText else { continue }
      if DecisionBlock.stands(in: text[...]) { hasPlain = true }
      readBlocks(text[...], into: &file, place: place, blocks: &blocks, isInOriginal: &isInOriginal)
    }
    if hasPlain { return file }
    isInOriginal = false
    for part in parts where part.isText && part.isType("text/html") {
      guard let text = part.pageText else { continue }
      readBlocks(text[...], into: &file, place: place, blocks: &blocks, isInOriginal: &isInOriginal)
    }
    return file
  }

  /// Reads the blocks of one text into a file.
  mutating func readBlocks(
    _ text: ArraySlice<UInt8>, into file: inout ReturnedFile, place: ByteString, blocks: inout Int,
    isInOriginal: inout Bool
  ) {
    DecisionBlock.scan(text, isInOriginal: &isInOriginal) { found in
      if isExhausted { return false }
      blocks += 1
      let block = place + ByteString("block \(blocks)")
      switch found {
      case .decision(let token, let comment):
        guard let row = nextRow(&file, field: block) else { return false }
        file.decisions.append(
          SubmittedDecision(row: row, token: token, verdict: nil, action: nil, comment: comment))
      case .malformed(let field, let message, let hint):
        refuse(&file, field: field.isEmpty ? block : block + ": " + field, message, hint: hint)
      }
      return !isExhausted
    }
  }

  // MARK: Attachments

  private mutating func read(_ attachment: AttachedDecisions.File, unit: Int, place: ByteString) -> ReturnedFile {
    let place = place + ByteString("attachment \(attachment.number)")
    var content = attachment.bytes
    if content.starts(with: [0xEF, 0xBB, 0xBF]) { content.removeFirst(3) }
    do throws(IntakeError) {
      var file = try DecisionsFile.read(
        content, name: name, issuer: issuer, unit: unit, place: place + ": ", after: rows.last)
      rows.pass(file.decisions.count + file.refused.count)
      file.signature = attachment.armour.map { SubmittedSignature(message: attachment.bytes, armour: $0) }
      return file
    } catch {
      var file = ReturnedFile(name: name, unit: unit)
      let problem = error.diagnostic
      refuse(
        &file, code: error.isForeign ? .wrongIssuer : .malformed,
        field: problem.field.isEmpty ? place : place + ": " + problem.field, problem.message, hint: problem.hint)
      return file
    }
  }

  // MARK: Rows

  /// The number of the next row; `nil`, and a refused row that says so, when the input has had all it may.
  private mutating func nextRow(_ file: inout ReturnedFile, field: ByteString) -> Int? {
    if isExhausted { return nil }
    let isFull = rows.isFull
    let row = rows.next()
    guard isFull else { return row }
    isExhausted = true
    file.refuse(row, field: field, ByteString("more than \(IntakeLimits.rows) decisions; the rest was not read"))
    return nil
  }

  private mutating func refuse(
    _ file: inout ReturnedFile, code: RefusalCode = .malformed, field: ByteString, _ message: ByteString,
    hint: ByteString
  ) {
    guard let row = nextRow(&file, field: field) else { return }
    file.refuse(row, code: code, field: field, message, hint: hint)
  }
}

extension MIMEPart {
  /// The text of a plain part in UTF-8, soft line breaks taken out; `nil` where no block can be in it.
  fileprivate var plainText: [UInt8]? {
    guard let text = blockText else { return nil }
    guard ASCII.equalsIgnoringCase(type["format"] ?? [], "flowed") else { return text }
    return FlowedText.unfolded(text, deletesSpace: ASCII.equalsIgnoringCase(type["delsp"] ?? [], "yes"))
  }

  /// The text of a web page in UTF-8; `nil` where no block can be in it.
  fileprivate var pageText: [UInt8]? { blockText.map { HTMLText.text($0) } }

  /// The decoded text, where the one word that each block has stands in it: most mail ends here.
  private var blockText: [UInt8]? {
    guard let bytes = content, ByteSearch.contains("COUNTERSIGN", in: bytes[...]) else { return nil }
    return TextCharset.utf8(bytes, from: type["charset"])
  }
}
