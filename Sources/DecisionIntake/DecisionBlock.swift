import ByteText

/// The labelled block, all of a mail's text that counts.
///
/// Begin line, `token:`, perhaps `comment:`, end line; the begin line stands at the very start of a line. Tokens may wrap:
/// blanks in them are taken out. Comments may wrap: a line break becomes a blank. A form that makes a mail writes `=` for `:` (HTML,
/// *plain text form data*).
enum DecisionBlock {
  static let begin: StaticString = "-----BEGIN COUNTERSIGN DECISION-----"
  static let end: StaticString = "-----END COUNTERSIGN DECISION-----"

  /// One block that was found.
  enum Found: Hashable {
    case decision(token: ByteString, comment: ByteString)
    case malformed(field: ByteString, message: ByteString, hint: ByteString)
  }

  /// Whether a line is one of the two around a block, blanks passed over.
  static func isMarker(_ line: ArraySlice<UInt8>) -> Bool {
    let content = BlankText.trim(line)
    return ByteSearch.isEqual(content, begin) || ByteSearch.isEqual(content, end)
  }

  /// Whether a text has a block anywhere, be it quoted.
  static func stands(in text: ArraySlice<UInt8>) -> Bool {
    ByteSearch.contains("BEGIN COUNTERSIGN DECISION-----", in: text)
  }

  /// Whether a text has a begin line that could count.
  static func begins(in text: ArraySlice<UInt8>) -> Bool {
    guard stands(in: text) else { return false }
    var lines = LineCursor(text)
    while let line = lines.line() { if opens(line) { return true } }
    return false
  }

  private static func opens(_ line: ArraySlice<UInt8>) -> Bool {
    line.first == 0x2D && ByteSearch.isEqual(BlankText.trim(line), begin)
  }

  /// Finds the blocks of a text.
  ///
  /// - Parameters:
  ///   - isInOriginal: whether an original quoted without marks began before; whether one did by the end.
  ///   - take: gets each block in order; `false` ends the search.
  static func scan(_ text: ArraySlice<UInt8>, isInOriginal: inout Bool, take: (Found) -> Bool) {
    var lines = QuotedText(text, isInOriginal: isInOriginal)
    var open: Content?
    while let line = lines.line(isInBlock: open != nil) {
      guard let content = open else {
        if !line.isQuoted && opens(line.content) { open = Content() }
        continue
      }
      let text = BlankText.trim(line.content)
      if line.isQuoted {
        open = nil
        let message: ByteString =
          lines.isInOriginal ? "the quoted original begins inside the block" : "a quoted line stands inside the block"
        if !take(.malformed(field: "", message: message, hint: unbroken)) { break }
      } else if ByteSearch.isEqual(text, begin) {
        // It may be the one that was meant: the block before is lost, this one is read.
        open = Content()
        if !take(noEnd) { break }
      } else if ByteSearch.isEqual(text, end) {
        open = nil
        if !take(content.found) { break }
      } else {
        open?.add(text)
      }
    }
    isInOriginal = lines.isInOriginal
    if open != nil { _ = take(noEnd) }
  }

  private static let unbroken: ByteString = "leave the block as the page made it, above what is quoted"

  private static let noEnd = Found.malformed(
    field: "", message: "the block has no end", hint: "its last line is -----END COUNTERSIGN DECISION-----")

  /// What stands between the two lines.
  private struct Content {
    private enum Place {
      case start, token, comment
    }

    private var place = Place.start
    private var token: [UInt8] = []
    private var comment: [UInt8] = []
    private var problem: Found?

    mutating func add(_ line: ArraySlice<UInt8>) {
      if line.isEmpty || problem != nil { return }
      if Self.begins(line, "token") {
        guard place == .start else { return fail("token", "stands twice", hint: "one block holds one decision") }
        place = .token
        addToken(line.dropFirst(6))
      } else if place == .token, Self.begins(line, "comment") {
        place = .comment
        addComment(BlankText.trim(line.dropFirst(8)))
      } else {
        switch place {
        case .start: fail("token", "expected token: behind the begin line", hint: unbroken)
        case .token: addToken(line)
        case .comment: addComment(line)
        }
      }
    }

    /// Whether a line begins with a name and `:` or `=`.
    private static func begins(_ line: ArraySlice<UInt8>, _ name: StaticString) -> Bool {
      guard ASCII.hasPrefixIgnoringCase(line, name) else { return false }
      let mark = line.dropFirst(name.utf8CodeUnitCount).first
      return mark == 0x3A || mark == 0x3D
    }

    private mutating func addToken(_ text: ArraySlice<UInt8>) {
      var rest = text
      while let byte = rest.first {
        if let blank = BlankText.leading(rest) {
          rest = rest.dropFirst(blank)
          continue
        }
        rest = rest.dropFirst()
        guard ASCII.isAlphanumeric(byte) || byte == 0x2D || byte == 0x5F || byte == 0x2E else {
          return fail("token", "holds a byte that no token has", hint: "write what there is to say behind comment:")
        }
        guard token.count < IntakeLimits.tokenBytes else {
          return fail("token", ByteString("longer than \(IntakeLimits.tokenBytes) bytes"), hint: unbroken)
        }
        token.append(byte)
      }
    }

    private mutating func addComment(_ text: ArraySlice<UInt8>) {
      if text.isEmpty { return }
      if !comment.isEmpty { comment.append(0x20) }
      guard comment.count + text.count <= IntakeLimits.commentBytes else {
        return fail("comment", ByteString("longer than \(IntakeLimits.commentBytes) bytes"), hint: "")
      }
      comment += text
    }

    private mutating func fail(_ field: ByteString, _ message: ByteString, hint: ByteString) {
      problem = .malformed(field: field, message: message, hint: hint)
    }

    /// What the block says when its end line is reached.
    var found: Found {
      if let problem { return problem }
      guard !token.isEmpty else { return .malformed(field: "token", message: "missing", hint: unbroken) }
      return .decision(token: ByteString(token), comment: ByteString(comment))
    }
  }
}
