/// Hostile addresses made dead but readable, and back: `hxxps[://]evil[.]example/a.b`.
///
/// Works on the bytes, never on a parse: parsers disagree about where the host of `https://a.example\@b.example/` is.
/// - `http` and `https` before `://` become `hxxp` and `hxxps`, `ftp` becomes `fxp`, keeping the case of each letter;
/// - `://`, wherever it stands, becomes `[://]`, and what follows it counts as a host again (`?u=https://...`);
/// - every `.` and `@` up to the first `/`, `?` or `#` becomes `[.]` and `[@]`; a backslash does not end the host;
/// - the colon of another form (`javascript:`, `mailto:`, `http:\\`) becomes `[:]`, a leading `//` or `\\` `[//]`, `[\\]`;
/// - the rest, the path, stays.
///
/// Nothing is lost: ``refang(_:)`` gives back every input, byte for byte. For this, what looks defanged already is told
/// apart: a mark that stood in the text gets a `!` more (`[.]` becomes `[!.]`, `[!.]` becomes `[!!.]`), and `hxxp`, `hxxps`
/// or `fxp` that stood before `://` is followed by `[:]//` instead of `[://]`. Sanitising and escaping come after.
public enum Defanging {
  /// A URL, or what stands where one is expected.
  public static func url(_ text: [UInt8]) -> [UInt8] { whole(text, hostEnds: true) }

  /// A mail address: like a URL, but all of it counts as the host.
  public static func address(_ text: [UInt8]) -> [UInt8] { whole(text, hostEnds: false) }

  /// A host name or an IP address: like a URL, but all of it counts as the host.
  public static func host(_ text: [UInt8]) -> [UInt8] { whole(text, hostEnds: false) }

  /// Free text: what looks like a URL, a mail address, a domain or an IPv4 address in it is defanged, the rest stays.
  ///
  /// It errs on the dead side: `invoice.pdf` becomes `invoice[.]pdf`, for `.zip` and `.sh` are domains too.
  public static func text(_ text: [UInt8]) -> [UInt8] {
    var scan = DefangTextScan(text)
    return scan.run()
  }

  /// Free text: each `scheme://host` in it is defanged, the rest stays to the byte.
  ///
  /// For pages, where nothing makes a link of a bare domain or a file name: `invoice.pdf` stays readable.
  public static func urls(in text: [UInt8]) -> [UInt8] {
    guard var separator = separator(in: text, from: 0) else { return text }
    var out: [UInt8] = []
    out.reserveCapacity(text.count + 16)
    var index = 0
    while true {
      out += text[index..<separator]
      for place in DefangMarks.schemeLetters(atEndOf: out, 0x74) ?? 0..<0 { out[place] += 4 }  // t to x, T to X
      out += Array("[://]".utf8)
      index = separator + 3
      while index < text.count, text[index] > 0x20, !endsHost.contains(text[index]), !isSeparator(text, index) {
        out += text[index] == 0x2E || text[index] == 0x40 ? [0x5B, text[index], 0x5D] : [text[index]]
        index += 1
      }
      guard let next = self.separator(in: text, from: index) else { break }
      separator = next
    }
    return out + text[index...]
  }

  /// What ends a host in free text: a path, a query, a fragment, or what people put around a URL.
  private static let endsHost: Set<UInt8> = Set("/?#\"'<>`()\\".utf8)

  private static func separator(in text: [UInt8], from start: Int) -> Int? {
    var from = start
    while let colon = text[from...].firstIndex(of: 0x3A) {
      if isSeparator(text, colon) { return colon }
      from = colon + 1
    }
    return nil
  }

  private static func isSeparator(_ text: [UInt8], _ index: Int) -> Bool {
    text[index...].starts(with: [0x3A, 0x2F, 0x2F])
  }

  /// The text that was defanged.
  ///
  /// Text that no function here has made may hold marks all the same; they are undone.
  public static func refang(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      guard let mark = DefangMarks.mark(in: text, at: index) else {
        out.append(text[index])
        index += 1
        continue
      }
      if mark.depth > 0 {
        out.append(0x5B)
        out += text[index + 2...mark.content.upperBound]
      } else {
        if mark.content.count == 3, text[mark.content.lowerBound] == 0x3A,
          let letters = DefangMarks.schemeLetters(atEndOf: out, 0x78)
        {
          for place in letters { out[place] -= 4 }  // x to t, X to T
        }
        out += text[mark.content]
      }
      index = mark.content.upperBound + 1
    }
    return out
  }

  private static func whole(_ text: [UInt8], hostEnds: Bool) -> [UInt8] {
    var writer = DefangWriter(text)
    while let byte = writer.next, byte <= 0x20 { writer.copy() }
    if writer.isAtSlashPair {
      writer.mark(2)
      writer.copySlashes()
    }
    var isHost = true
    var hadColon = false
    while let byte = writer.next {
      if writer.escapeMark() { continue }
      if writer.isAtSeparator {
        writer.markSeparator()
        isHost = true
        hadColon = true
      } else if !isHost {
        writer.copy()
      } else if byte == 0x3A && !hadColon {
        writer.mark(1)
        writer.copySlashes()
        hadColon = true
      } else if writer.markHostByte() {
        continue
      } else {
        if hostEnds, byte == 0x2F || byte == 0x3F || byte == 0x23 { isHost = false }
        writer.copy()
      }
    }
    return writer.out
  }
}
