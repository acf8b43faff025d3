import ByteText
import CaseModel

/// Text as it stands in a drawing: dead, sanitised, and cut to the room that there is.
///
/// SVG does not break lines and cannot isolate text, so both are done here. Widths are estimates in hundredths of an em,
/// from the widest of the usual fonts (DejaVu Sans); what is wider all the same is clipped by the box that it stands in.
enum DrawnText {
  /// The whole text: URLs and addresses in it dead, nothing hidden left, valid UTF-8.
  static func whole(_ text: ByteString, as name: EntityField.Name? = nil) -> [UInt8] {
    let dead: [UInt8]
    var limit = Sanitizer.subjectLimit
    switch name {
    case .url?:
      dead = Defanging.url(text.bytes)
      limit = Sanitizer.urlLimit
    case .mailbox?, .address?, .upn?, .hostName?: dead = Defanging.address(text.bytes)
    default: dead = Defanging.urls(in: text.bytes)
    }
    return Sanitizer.sanitized(dead, limit: limit)
  }

  /// The start of a text that fits into one line of so many hundredths of an em, with `…` where it was cut.
  static func line(_ text: [UInt8], ems: Int) -> [UInt8] {
    let cut = fit(text[...], ems: ems)
    return cut.isWhole ? text : text[..<cut.beforeEllipsis] + ellipsis
  }

  /// A text in lines of so many hundredths of an em, broken at spaces where that fills a third of a line; the last is cut.
  static func lines(_ text: [UInt8], ems: Int, atMost count: Int) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var rest = text[...]
    while lines.count < count - 1 {
      let cut = fit(rest, ems: ems)
      if cut.isWhole { break }
      var end = cut.end
      let least = rest.startIndex + (end - rest.startIndex) / 3
      if rest[end] != 0x20, let space = rest[..<end].lastIndex(of: 0x20), space > least { end = space }
      lines.append(Array(rest[..<end]))
      rest = rest[end...].drop { $0 == 0x20 }
    }
    let cut = fit(rest, ems: ems)
    lines.append(cut.isWhole ? Array(rest) : rest[..<cut.beforeEllipsis] + ellipsis)
    return lines
  }

  /// How much of a text fits, without and with an ellipsis behind; both on scalar boundaries.
  private static func fit(
    _ text: ArraySlice<UInt8>, ems: Int
  ) -> (end: Int, beforeEllipsis: Int, isWhole: Bool) {
    var width = 0
    var index = text.startIndex
    var end = index
    var beforeEllipsis = index
    while index < text.endIndex {
      end = index
      if width + 100 <= ems { beforeEllipsis = index }
      let byte = text[index]
      if byte < 0x80 {
        width += Int(widths[Int(max(0x20, byte)) - 0x20])
        index += 1
      } else {
        width += byte == 0xCC ? 0 : byte < 0xD2 ? 85 : byte < 0xF0 ? 100 : 137
        index = min(index + (byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4), text.endIndex)
      }
      if width > ems { return (end, beforeEllipsis, false) }
    }
    return (text.endIndex, text.endIndex, true)
  }

  private static let ellipsis: [UInt8] = [0xE2, 0x80, 0xA6]

  /// Advance widths of U+0020 to U+007F.
  private static let widths: [UInt8] = [
    32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79,
    61, 79, 70, 64, 62, 74, 69, 99, 69, 62, 69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64,
    64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84, 64,
  ]
}

/// What an entity is called in a drawing.
struct EntityName {
  /// The text as it came; empty where the entity has no name at all.
  let raw: ByteString
  /// The field that it stands in; `nil` where it is the source's id.
  let field: EntityField.Name?

  /// Finds the name as ``Entity/label`` does, in one pass over the fields.
  init(_ entity: Entity) {
    var best = Int.max
    var raw = entity.sourceID
    var name: EntityField.Name?
    for field in entity.fields {
      let rank = Self.rank(field.name)
      guard rank < best, case .text(let text) = field.value, !text.isEmpty else { continue }
      best = rank
      raw = text
      name = field.name
    }
    self.raw = raw
    self.field = name
  }

  /// The whole text, for people.
  ///
  /// Settings of one mailbox would all have the same name: what is set stands before it.
  func text(of entity: Entity) -> [UInt8] {
    if raw.isEmpty { return Words.bytes("Not named") }
    let text = DrawnText.whole(raw, as: field)
    guard entity.type.known == .mailboxConfiguration, field == .mailbox, let what = entity.text(.configType),
      !what.isEmpty
    else { return text }
    return DrawnText.whole(what) + [0x2C, 0x20] + text
  }

  private static func rank(_ name: EntityField.Name) -> Int {
    switch name {
    case .subject: 0
    case .url: 1
    case .fileName: 2
    case .clusterBy: 3
    case .query: 4
    case .mailbox: 5
    case .address: 6
    case .upn: 7
    case .hostName: 8
    case .displayName: 9
    case .networkMessageID: 10
    case .sha256: 11
    default: .max
    }
  }
}
