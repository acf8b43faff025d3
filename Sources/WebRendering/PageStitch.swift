public import ByteText

/// Puts pages of ours into one page: each one's content as a section, with ids that stay unique and links that lead within.
///
/// Works on what our templates wrote, bytes to bytes; nothing of it becomes ``HTML`` again. Ids of a section begin with its key and
/// a dot; what names an id is changed along.
public struct PageStitch: Sendable {
  /// What a relative link becomes, behind `#`; `nil` where it leads nowhere, and its text stays without a link.
  public typealias Resolver = (_ path: ByteString, _ fragment: ByteString) -> ByteString?

  /// Where the sections go in the outer page.
  private static let marker: StaticString = "<!--pages-->"
  private var out: [UInt8]
  private let rest: [UInt8]

  /// Begins with the outer page.
  ///
  /// - Returns: `nil` where it does not say by `<!--pages-->` where the sections go.
  public init?(shell: [UInt8]) {
    guard let start = Self.start(of: Self.marker, in: shell[...]) else { return nil }
    out = Array(shell[..<start])
    rest = Array(shell[(start + Self.marker.utf8CodeUnitCount)...])
  }

  /// Adds a page: the content of its `main`, and the dialogs behind it.
  ///
  /// - Parameters:
  ///   - key: the section's id: letters, digits, `-`, `_` and `.`.
  ///   - resolve: says what its links become.
  /// - Returns: whether the page has a `main`.
  @discardableResult
  public mutating func add(_ page: [UInt8], key: ByteString, resolve: Resolver) -> Bool {
    guard let start = Self.start(of: "<main", in: page[...]), let open = page[start...].firstIndex(of: 0x3E),
      let close = Self.start(of: "</main>", in: page[open...])
    else { return false }
    out += Array("<section class=\"page\" id=\"".utf8) + key.bytes + Array("\" data-title=\"".utf8)
    if let title = Self.content(of: ("<title>", "</title>"), in: page[...]) { out += title }
    out += Array("\">\n".utf8)
    rewrite(page[(open + 1)..<close], key: key, resolve)
    var behind = page[close...]
    while let dialog = Self.start(of: "<dialog", in: behind),
      let end = Self.start(of: "</dialog>", in: page[dialog...])
    {
      rewrite(page[dialog..<(end + 9)], key: key, resolve)
      behind = page[(end + 9)...]
    }
    out += Array("</section>\n".utf8)
    return true
  }

  /// The whole page.
  public consuming func finish() -> [UInt8] { out + rest }

  private mutating func rewrite(_ bytes: ArraySlice<UInt8>, key: ByteString, _ resolve: Resolver) {
    var index = bytes.startIndex
    // Whether the link that was opened last leads nowhere: its end goes too.
    var isDropped = false
    while let open = bytes[index...].firstIndex(of: 0x3C) {
      out += bytes[index..<open]
      if open + 1 < bytes.endIndex, ASCII.isLetter(bytes[open + 1]) {
        var tag = StitchedTag(bytes, from: open)
        index = tag.end
        let leads = tag.rewrite(key: key, resolve)
        if tag.name == "a" && !leads { isDropped = true } else { tag.append(to: &out) }
      } else if isDropped, bytes[open...].starts(with: "</a>".utf8) {
        isDropped = false
        index = open + 4
      } else {
        out.append(0x3C)
        index = open + 1
      }
    }
    out += bytes[index...]
  }

  private static func start(of text: StaticString, in bytes: ArraySlice<UInt8>) -> Int? {
    text.withUTF8Buffer { wanted in
      var rest = bytes
      while let first = rest.firstIndex(of: 0x3C) {
        rest = rest[first...]
        if unsafe rest.starts(with: wanted) { return first }
        rest = rest.dropFirst()
      }
      return nil
    }
  }

  private static func content(
    of marks: (open: StaticString, close: StaticString), in bytes: ArraySlice<UInt8>
  ) -> ArraySlice<UInt8>? {
    guard let open = start(of: marks.open, in: bytes) else { return nil }
    let rest = bytes[(open + marks.open.utf8CodeUnitCount)...]
    guard let close = start(of: marks.close, in: rest) else { return nil }
    return rest[..<close]
  }
}
