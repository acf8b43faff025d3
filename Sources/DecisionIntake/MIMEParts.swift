import ByteText

/// A part of a message that holds no parts itself.
struct MIMEPart {
  /// Its type, `text/plain` where it says none.
  let type: HeaderValue
  /// The name its sender gave the file; empty where it has none.
  let fileName: [UInt8]
  /// Whether it is a file and no text of the message.
  let isAttachment: Bool
  /// The `Content-Transfer-Encoding`, in lower case; empty where it says none.
  let encoding: [UInt8]
  /// Its bytes as they travel.
  let body: ArraySlice<UInt8>

  /// Whether it is another message (or a pointer to one): somebody else's words, never looked into.
  var isMessage: Bool { type.value.starts(with: "message/".utf8) }

  /// The bytes it stands for; `nil` in an encoding that is not read.
  var content: [UInt8]? { TransferEncoding.decode(body, encoding) }
}

/// Takes a message apart (RFC 2046 section 5.1).
struct MIMEParts {
  private var leaves: [MIMEPart] = []
  private var count = 0

  private init() {}

  /// The parts that hold no others, in the order of the message.
  ///
  /// - Throws: a problem for a header line, a depth or a number of parts beyond ``IntakeLimits``: nothing of the message
  ///   counts then.
  static func leaves(of message: ArraySlice<UInt8>) throws(MailProblem) -> [MIMEPart] {
    var parts = MIMEParts()
    try parts.walk(message, depth: 0, isInDigest: false)
    return parts.leaves
  }

  private mutating func walk(_ entity: ArraySlice<UInt8>, depth: Int, isInDigest: Bool) throws(MailProblem) {
    count += 1
    guard count <= IntakeLimits.mimeParts else {
      throw MailProblem(message: ByteString("the message has more than \(IntakeLimits.mimeParts) parts"))
    }
    let header = try MailHeader(entity)
    let type = HeaderValue(header.contentType ?? (isInDigest ? Self.message : Self.plain))
    let isMultipart = type.value.starts(with: "multipart/".utf8)
    guard depth + (isMultipart || type.value.starts(with: Self.message) ? 1 : 0) <= IntakeLimits.mimeDepth else {
      throw MailProblem(message: ByteString("parts lie more than \(IntakeLimits.mimeDepth) deep in the message"))
    }
    guard isMultipart else {
      let disposition = header.disposition.map { HeaderValue($0) }
      let name = disposition?.extended("filename") ?? type.extended("name") ?? []
      leaves.append(
        MIMEPart(
          type: type, fileName: name,
          isAttachment: !name.isEmpty || disposition.map { ByteString($0.value) == "attachment" } ?? false,
          encoding: ASCII.lowercased(Array(header.transferEncoding ?? [])), body: header.body))
      return
    }
    let boundary = type["boundary"] ?? []
    guard !boundary.isEmpty else { return }
    let isDigest = ByteString(type.value) == "multipart/digest"
    var parts = Delimited(header.body, boundary: boundary)
    while let part = parts.next() { try walk(part, depth: depth + 1, isInDigest: isDigest) }
  }

  private static let plain = Array("text/plain".utf8)[...]
  private static let message = Array("message/rfc822".utf8)[...]

  /// The parts between the delimiter lines of a multipart; what stands before and behind them is left out.
  private struct Delimited {
    private let body: ArraySlice<UInt8>
    private let delimiter: [UInt8]
    private var lines: LineCursor
    private var start: Int?
    private var isAtEnd = false

    init(_ body: ArraySlice<UInt8>, boundary: [UInt8]) {
      self.body = body
      delimiter = [0x2D, 0x2D] + boundary
      lines = LineCursor(body)
    }

    mutating func next() -> ArraySlice<UInt8>? {
      // The line end before a delimiter belongs to the delimiter.
      var end = lines.next
      while !isAtEnd, let line = lines.line() {
        if line.starts(with: delimiter), let isLast = isDelimiter(line) {
          let part = start.map { body[$0..<max($0, end)] }
          start = lines.next
          isAtEnd = isLast
          if let part { return part }
        }
        end = line.endIndex
      }
      // A message that was cut off: its last part is what is left of it.
      guard !isAtEnd, let start else { return nil }
      isAtEnd = true
      return body[start...]
    }

    /// Whether a line that starts like one is the last delimiter; `nil` where it is none: blanks may follow, nothing else.
    private func isDelimiter(_ line: ArraySlice<UInt8>) -> Bool? {
      let rest = line.dropFirst(delimiter.count)
      let isLast = rest.starts(with: [0x2D, 0x2D])
      return (isLast ? rest.dropFirst(2) : rest).allSatisfy(ASCII.isBlank) ? isLast : nil
    }
  }
}
