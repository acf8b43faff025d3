import ByteText

/// Why a message is not read at all.
struct MailProblem: Error, Hashable {
  /// What is wrong.
  var message: ByteString
  /// What to do next.
  var hint: ByteString = "send the decisions file instead, or hand it over by another road"
}

/// What is used of the header of a message or a part: how its body is to be read (RFC 2045), and nothing else.
///
/// Who a message says it is from, and when, is not looked at: anybody can write that.
struct MailHeader {
  /// The `Content-Type` field; `nil` where there is none.
  private(set) var contentType: ArraySlice<UInt8>?
  /// The `Content-Transfer-Encoding` field; `nil` where there is none.
  private(set) var transferEncoding: ArraySlice<UInt8>?
  /// The `Content-Disposition` field; `nil` where there is none.
  private(set) var disposition: ArraySlice<UInt8>?
  /// What follows the empty line.
  private(set) var body: ArraySlice<UInt8>

  private enum Field {
    case contentType, transferEncoding, disposition
  }

  /// Reads the header; lines that are no field are passed over.
  ///
  /// Of a field that stands twice the first counts.
  init(_ entity: ArraySlice<UInt8>) throws(MailProblem) {
    var lines = LineCursor(entity)
    var open: Field?
    var value: [UInt8] = []
    body = entity[entity.endIndex...]
    while let line = lines.line() {
      guard line.count <= IntakeLimits.headerLineBytes else {
        throw MailProblem(
          message: ByteString("a header line is longer than \(IntakeLimits.headerLineBytes) bytes"))
      }
      if line.isEmpty {
        body = entity[lines.next...]
        break
      }
      if line.first == 0x20 || line.first == 0x09 {
        if open != nil { value += line }
        continue
      }
      close(open, value)
      open = nil
      guard let field = Self.field(line), let named = wanted(field.name) else { continue }
      open = named
      value = Array(field.value)
    }
    close(open, value)
  }

  private func wanted(_ name: ArraySlice<UInt8>) -> Field? {
    if contentType == nil, ASCII.equalsIgnoringCase(name, "content-type") { return .contentType }
    if transferEncoding == nil, ASCII.equalsIgnoringCase(name, "content-transfer-encoding") {
      return .transferEncoding
    }
    if disposition == nil, ASCII.equalsIgnoringCase(name, "content-disposition") { return .disposition }
    return nil
  }

  private mutating func close(_ field: Field?, _ value: [UInt8]) {
    switch field {
    case .contentType: contentType = ASCII.trim(value)
    case .transferEncoding: transferEncoding = ASCII.trim(value)
    case .disposition: disposition = ASCII.trim(value)
    case nil: break
    }
  }

  /// The name and value of a header line (RFC 5322 section 2.2); `nil` where it is none.
  private static func field(_ line: ArraySlice<UInt8>) -> (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)? {
    let name = line.prefix { 33...126 ~= $0 && $0 != 0x3A }
    guard !name.isEmpty, name.endIndex < line.endIndex, line[name.endIndex] == 0x3A else { return nil }
    return (name, line[(name.endIndex + 1)...])
  }

  /// Whether bytes begin as a message does: with a header field, and one of those that only mail has before the first
  /// empty line.
  static func begins(_ bytes: ArraySlice<UInt8>) -> Bool {
    var lines = LineCursor(bytes)
    var isFirst = true
    while let line = lines.line(), !line.isEmpty {
      let field = field(line)
      if isFirst && field == nil { return false }
      isFirst = false
      if let field, isMailField(field.name) { return true }
    }
    return false
  }

  private static func isMailField(_ name: ArraySlice<UInt8>) -> Bool {
    let names: [StaticString] = [
      "from", "to", "date", "message-id", "mime-version", "received", "subject", "return-path", "delivered-to",
    ]
    return names.contains { ASCII.equalsIgnoringCase(name, $0) }
  }
}
