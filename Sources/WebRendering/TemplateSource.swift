/// Where a tag stands in a template file.
struct TemplatePlace: Sendable, Hashable {
  var line: Int
  var column: Int
}

/// One piece of a template: bytes to copy, or a tag.
enum TemplatePiece: Equatable {
  case literal(Range<Int>)
  case field([UInt8])
  case open([UInt8], inverted: Bool)
  case close([UInt8])
  case partial([UInt8])
  case comment

  /// Whether a line with nothing else but blanks and this piece vanishes as a whole (Mustache: standalone tags).
  var mayStandAlone: Bool {
    switch self {
    case .literal, .field: false
    case .open, .close, .partial, .comment: true
    }
  }
}

/// A template file cut into literals and tags, by the syntax of mustache(5) without its loose ends.
///
/// Refused: unescaped output (`{{{x}}}`, `{{&x}}`), other delimiters (`{{=`), `{{.}}`, dotted names, inheritance.
/// Unlike mustache(5), a partial on a line of its own does not indent the lines it brings.
struct TemplateSource {
  let file: String
  let bytes: [UInt8]
  private(set) var pieces: [(piece: TemplatePiece, place: TemplatePlace)] = []

  init(file: String, bytes: [UInt8]) throws(TemplateError) {
    self.file = file
    self.bytes = bytes
    try cut()
    removeStandaloneLines()
  }

  private mutating func cut() throws(TemplateError) {
    var place = TemplatePlace(line: 1, column: 1)
    var start = 0
    var index = 0
    while index < bytes.count {
      guard bytes[index] == 0x7B, index + 1 < bytes.count, bytes[index + 1] == 0x7B else {
        advance(&place, over: bytes[index])
        index += 1
        continue
      }
      if start < index { pieces.append((.literal(start..<index), place)) }
      let end = try tagEnd(from: index + 2, place)
      pieces.append((try tag(Array(bytes[(index + 2)..<end]), place), place))
      for byte in bytes[index..<(end + 2)] { advance(&place, over: byte) }
      index = end + 2
      start = index
    }
    if start < bytes.count { pieces.append((.literal(start..<bytes.count), place)) }
  }

  private func advance(_ place: inout TemplatePlace, over byte: UInt8) {
    if byte == 0x0A {
      place = TemplatePlace(line: place.line + 1, column: 1)
    } else if byte & 0xC0 != 0x80 {
      place.column += 1
    }
  }

  private func tagEnd(from start: Int, _ place: TemplatePlace) throws(TemplateError) -> Int {
    var index = start
    while index + 1 < bytes.count {
      if bytes[index] == 0x7D && bytes[index + 1] == 0x7D { return index }
      index += 1
    }
    throw TemplateError(file: file, line: place.line, column: place.column, message: "tag is not closed by '}}'")
  }

  private func tag(_ content: [UInt8], _ place: TemplatePlace) throws(TemplateError) -> TemplatePiece {
    func refused(_ message: String) -> TemplateError {
      TemplateError(file: file, line: place.line, column: place.column, message: message)
    }
    let sigil = content.first ?? 0x20
    switch sigil {
    case 0x21: return .comment  // !
    case 0x7B: throw refused("'{{{' is not allowed: a value is written as its kind asks for")
    case 0x26: throw refused("'{{&' is not allowed: a value is written as its kind asks for")
    case 0x3D: throw refused("'{{=' is not allowed: the delimiters are fixed")
    default: break
    }
    let isName = Self.isNameByte(sigil) || sigil == 0x20 || sigil == 0x09 || sigil == 0x0A
    let name = Self.trimmed(isName ? content : Array(content.dropFirst()))
    let shown = String(decoding: name, as: UTF8.self)
    if sigil == 0x3E {  // >
      guard !name.isEmpty, name.allSatisfy({ Self.isNameByte($0) || $0 == 0x2E || $0 == 0x2F }) else {
        throw refused("'\(shown)' is not the name of a partial")
      }
      return .partial(name)
    }
    if sigil == 0x2E || name.contains(0x2E) {
      throw refused("dotted names and '{{.}}' are not allowed: give the value a name of its own")
    }
    guard isName || sigil == 0x23 || sigil == 0x5E || sigil == 0x2F else {
      throw refused("unknown kind of tag '{{\(String(decoding: content, as: UTF8.self))}}'")
    }
    guard let first = name.first, name.allSatisfy(Self.isNameByte), !(0x30...0x39).contains(first) else {
      throw refused("'\(shown)' is not a name: letters, digits, '_' and '-' only")
    }
    switch sigil {
    case 0x23: return .open(name, inverted: false)
    case 0x5E: return .open(name, inverted: true)
    case 0x2F: return .close(name)
    default: return .field(name)
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D: true
    default: false
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    let front = bytes.drop(while: isSpace)
    return Array(front.prefix((front.lastIndex { !isSpace($0) } ?? front.startIndex - 1) + 1 - front.startIndex))
  }

  /// Takes away the blanks before, and the blanks and line end after, each tag that has a line for itself.
  private mutating func removeStandaloneLines() {
    var cuts: [(index: Int, from: Int?, to: Int?)] = []
    for index in pieces.indices where pieces[index].piece.mayStandAlone {
      var from: Int?
      var to: Int?
      if index > 0 {
        guard case .literal(let range) = pieces[index - 1].piece else { continue }
        let blanks = bytes[range].reversed().prefix(while: Self.isBlank).count
        let cut = range.upperBound - blanks
        guard cut > range.lowerBound ? bytes[cut - 1] == 0x0A : index == 1 else { continue }
        from = cut
      }
      if index + 1 < pieces.count {
        guard case .literal(let range) = pieces[index + 1].piece else { continue }
        var cut = range.lowerBound + bytes[range].prefix(while: Self.isBlank).count
        if cut < range.upperBound, bytes[cut] == 0x0D { cut += 1 }
        if cut < range.upperBound {
          guard bytes[cut] == 0x0A else { continue }
          to = cut + 1
        } else if index + 2 == pieces.count {
          to = cut
        } else {
          continue
        }
      }
      cuts.append((index, from, to))
    }
    for cut in cuts {
      if let from = cut.from, case .literal(let range) = pieces[cut.index - 1].piece {
        pieces[cut.index - 1].piece = .literal(range.lowerBound..<max(from, range.lowerBound))
      }
      if let to = cut.to, case .literal(let range) = pieces[cut.index + 1].piece {
        pieces[cut.index + 1].piece = .literal(to..<max(to, range.upperBound))
      }
    }
    pieces.removeAll { if case .literal(let range) = $0.piece { range.isEmpty } else { false } }
  }
}
