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

  /// Free text: words with a URL in them are defanged, the rest stays.
  ///
  /// For pages, where nothing makes a link of a bare domain or a file name: `invoice.pdf` stays readable.
  public static func urls(in text: [UInt8]) -> [UInt8] {
    guard holdsSeparator(text[...]) else { return text }
    var out: [UInt8] = []
    out.reserveCapacity(text.count + 16)
    var rest = text[...]
    while !rest.isEmpty {
      let blanks = rest.prefix { $0 <= 0x20 }
      out += blanks
      rest = rest.dropFirst(blanks.count)
      let word = rest.prefix { $0 > 0x20 }
      out += holdsSeparator(word) ? self.text(Array(word)) : Array(word)
      rest = rest.dropFirst(word.count)
    }
    return out
  }

  private static func holdsSeparator(_ text: ArraySlice<UInt8>) -> Bool {
    var from = text.startIndex
    while let colon = text[from...].firstIndex(of: 0x3A) {
      if text[colon...].starts(with: [0x3A, 0x2F, 0x2F]) { return true }
      from = colon + 1
    }
    return false
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
