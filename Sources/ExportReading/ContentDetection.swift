import ByteText

/// What the first bytes of a file say about its format.
///
/// Names and extensions are never asked.
enum ContentDetection: Equatable {
  /// Too few bytes to tell.
  case undecided
  /// JSON, one value or many.
  case json
  /// CSV with a column that holds audit records.
  case csv(CSVColumns)
  /// Nothing that can be read: why, and what to do.
  case refused(ByteString, hint: ByteString)

  /// The most bytes that a header line may have.
  static let headerLimit = 64 << 10

  static let supported: ByteString =
    "import takes audit records as JSON or CSV, hunting rows, Graph audit records and Countersign exports, gzipped or not"

  /// Looks at the first bytes, a byte order mark already taken off.
  static func of(_ head: [UInt8], isFinished: Bool, isInsideGzip: Bool) -> ContentDetection {
    if head.count < 8 && !isFinished { return .undecided }
    if let refusal = signature(head, isInsideGzip) { return refusal }
    guard let first = head.firstIndex(where: { !ASCII.isBlank($0) }) else {
      if !isFinished && head.count < headerLimit { return .undecided }
      if head.isEmpty {
        return .refused(
          isInsideGzip ? "the compressed file is empty" : "the file is empty", hint: "export it again")
      }
      return .refused("the file holds nothing but white space", hint: "export it again")
    }
    switch head[first] {
    case 0x7B, 0x5B: return .json
    case 0x3C: return markup(head[first...])
    default: return table(head[first...], isFinished: isFinished)
    }
  }

  private static func signature(_ head: [UInt8], _ isInsideGzip: Bool) -> ContentDetection? {
    func starts(_ bytes: [UInt8]) -> Bool { head.starts(with: bytes) }
    let save: ByteString = "save it as UTF-8"
    if starts([0xFE, 0xFF]) || starts([0xFF, 0xFE]) { return .refused("the file is UTF-16", hint: save) }
    if head.count >= 2 && (head[0] == 0) != (head[1] == 0) { return .refused("the file looks like UTF-16", hint: save) }
    let kinds: [(bytes: [UInt8], name: ByteString, hint: ByteString)] = [
      (Array("%PDF".utf8), "a PDF document", supported),
      ([0x50, 0x4B, 0x03, 0x04], "a zip archive or an office document", "unpack it, or save the sheet as CSV (UTF-8)"),
      ([0x89, 0x50, 0x4E, 0x47], "a PNG image", supported), ([0xFF, 0xD8, 0xFF], "a JPEG image", supported),
      (Array("GIF8".utf8), "a GIF image", supported), ([0x7F, 0x45, 0x4C, 0x46], "a program", supported),
      (Array("BZh".utf8), "a bzip2 archive", "unpack it first"),
      ([0x28, 0xB5, 0x2F, 0xFD], "a zstd archive", "unpack it first"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz archive", "unpack it first"),
      (Array("7z".utf8) + [0xBC, 0xAF], "a 7-zip archive", "unpack it first"),
      ([0xD0, 0xCF, 0x11, 0xE0], "an old office document", "save the sheet as CSV (UTF-8)"),
      (Array("SQLite format 3".utf8), "a SQLite database", supported),
      (Array("v4.public.".utf8), "an approval token", "hand decisions to `countersign apply`"),
      (Array("-----BEGIN COUNTERSIGN DECISION".utf8), "a decision", "hand decisions to `countersign apply`"),
    ]
    for kind in kinds where starts(kind.bytes) {
      return .refused(Wording.joined("the file looks like ", kind.name), hint: kind.hint)
    }
    if isInsideGzip && starts([0x1F, 0x8B]) {
      return .refused("the file is gzip inside gzip", hint: "unpack it once")
    }
    return nil
  }

  private static func markup(_ head: ArraySlice<UInt8>) -> ContentDetection {
    if ASCII.hasPrefixIgnoringCase(head, "<?xml") {
      return .refused("the file looks like XML", hint: supported)
    }
    return .refused(
      "the file looks like a web page",
      hint: "a saved sign-in or error page? download the export again")
  }

  /// Looks for a header line with a column of audit records.
  private static func table(_ head: ArraySlice<UInt8>, isFinished: Bool) -> ContentDetection {
    var lines = head
    // Windows PowerShell writes the type of its objects in front of the header.
    let isTyped = ASCII.hasPrefixIgnoringCase(head, "#TYPE")
    if isTyped {
      guard let end = head.firstIndex(of: 0x0A) else { return unfinished(head, isFinished) }
      lines = head[(end + 1)...]
    }
    let end = lines.firstIndex(of: 0x0A)
    if end == nil && !isFinished && head.count < headerLimit { return .undecided }
    let line = lines[..<(end ?? lines.endIndex)]
    if let columns = CSVColumns(header: Array(line), linesBefore: isTyped ? 1 : 0) { return .csv(columns) }
    if let portal = PortalTable(header: Array(line)) {
      return .refused(Wording.joined("the file looks like ", portal.name), hint: PortalTable.hint)
    }
    return unfinished(ASCII.trim(line), true)
  }

  private static func unfinished(_ line: ArraySlice<UInt8>, _ isFinished: Bool) -> ContentDetection {
    if !isFinished && line.count < headerLimit { return .undecided }
    if line.contains(where: { $0 < 0x20 && !ASCII.isBlank($0) }) || !UTF8Text.isValid(line) {
      return .refused("the file is neither JSON nor text", hint: supported)
    }
    return .refused(
      Wording.joined(
        "neither JSON nor CSV with a column AuditData or RawEventData: the first line is ", Wording.quoted(line)),
      hint: supported)
  }
}
