import ByteText

/// A start tag of our own templates, its attributes in double quotes (``MarkupContext`` sees to that), on its way into a larger page.
struct StitchedTag {
  let name: ByteString
  /// Where the text behind it begins.
  let end: Int
  private var attributes: [(name: ByteString, value: ByteString?)] = []
  private var isClosed = false

  init(_ bytes: ArraySlice<UInt8>, from open: Int) {
    func isNameByte(_ byte: UInt8) -> Bool { byte > 0x20 && byte != 0x3E && byte != 0x3D && byte != 0x2F }
    var index = open + 1
    let word = bytes[index...].prefix(while: isNameByte)
    name = ByteString(word)
    index = word.endIndex
    while index < bytes.endIndex, bytes[index] != 0x3E {
      isClosed = bytes[index] == 0x2F
      guard isNameByte(bytes[index]) else {
        index += 1
        continue
      }
      let attribute = bytes[index...].prefix(while: isNameByte)
      index = attribute.endIndex
      guard index + 1 < bytes.endIndex, bytes[index] == 0x3D, bytes[index + 1] == 0x22,
        let close = bytes[(index + 2)...].firstIndex(of: 0x22)
      else {
        attributes.append((ByteString(attribute), nil))
        continue
      }
      attributes.append((ByteString(attribute), ByteString(bytes[(index + 2)..<close])))
      index = close + 1
    }
    end = min(index + 1, bytes.endIndex)
  }

  /// Attributes that name an id of the page, or several.
  private static let references: [ByteString] = [
    "id", "for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list",
  ]

  /// Puts the key before every id, and turns links to pages into places of the larger page.
  ///
  /// - Returns: whether its link, where it has one, still leads somewhere.
  mutating func rewrite(key: ByteString, _ resolve: PageStitch.Resolver) -> Bool {
    var leads = true
    for index in attributes.indices {
      guard let value = attributes[index].value else { continue }
      if Self.references.contains(attributes[index].name) {
        let words = value.bytes.split(separator: 0x20).map { key.bytes + [0x2E] + $0 }
        attributes[index].value = ByteString(Array(words.joined(separator: [0x20])))
      } else if attributes[index].name == "href", !value.bytes.contains(0x3A) {
        let path = ByteString(value.bytes.prefix { $0 != 0x23 })
        guard let target = resolve(path, Self.unescaped(value.bytes.dropFirst(path.count + 1))) else {
          leads = false
          continue
        }
        var escaped: [UInt8] = [0x23]
        HTMLEscaping.append(target.bytes, to: &escaped)
        attributes[index].value = ByteString(escaped)
      }
    }
    if attributes.contains(where: { $0.name == "data-listing" }) { attributes.append(("data-page", key)) }
    return leads
  }

  /// A fragment of ours: the one character of it that is escaped is `&`.
  private static func unescaped(_ fragment: ArraySlice<UInt8>) -> ByteString {
    var out: [UInt8] = []
    for (number, part) in fragment.split(separator: 0x26, omittingEmptySubsequences: false).enumerated() {
      if number > 0 { out.append(0x26) }
      out += number > 0 && part.starts(with: "amp;".utf8) ? part.dropFirst(4) : part
    }
    return ByteString(out)
  }

  func append(to out: inout [UInt8]) {
    out.append(0x3C)
    out += name.bytes
    for (name, value) in attributes {
      out.append(0x20)
      out += name.bytes
      guard let value else { continue }
      out += [0x3D, 0x22]
      out += value.bytes
      out.append(0x22)
    }
    if isClosed { out.append(0x2F) }
    out.append(0x3E)
  }
}
