import ByteText
import CaseModel

extension DocumentScope {
  /// A value as text: a string, or a number, truth value, object or list as it stands; `nil` where it is missing, null or
  /// empty.
  func text(_ value: JSONValue?) -> ByteString? {
    guard let value else { return nil }
    switch value.kind {
    case .null: return nil
    case .string:
      let text = value.string
      if !value.isWellFormedText {
        say(
          .warning, at: value, "the text is not well-formed UTF-8",
          hint: "an action that it identifies cannot be decided")
      }
      return text.flatMap { $0.isEmpty ? nil : $0 }
    case .number, .bool, .object, .array: return ByteString(value.raw)
    }
  }

  /// The same, but the GUID of zeros is nothing either.
  func id(_ value: JSONValue?) -> ByteString? {
    text(value).flatMap { Self.isZeroGUID($0) ? nil : $0 }
  }

  private static func isZeroGUID(_ text: ByteString) -> Bool {
    text.count >= 32 && text.count <= 38
      && text.bytes.allSatisfy { $0 == 0x30 || $0 == 0x2D || $0 == 0x7B || $0 == 0x7D }
  }

  /// A whole number not below zero, written as number or as text; `nil` where it is missing, or nonsense (a warning).
  func number(_ value: JSONValue?) -> Int? {
    guard let value, !value.isNull else { return nil }
    if let number = value.int, number >= 0 { return number }
    let digits = ASCII.trim(value.kind == .string ? value.string?.bytes ?? [] : Array(value.raw))
    if digits.isEmpty && value.kind == .string { return nil }
    // Some collectors write every number with a fraction.
    let whole = digits.prefix { $0 != 0x2E }
    let fraction = digits.dropFirst(whole.count).dropFirst()
    if value.kind == .string || value.kind == .number, fraction.allSatisfy({ $0 == 0x30 }),
      let number = ASCII.decimal(whole)
    {
      return number
    }
    say(.warning, at: value, Wording.joined("not a number of things: ", Wording.quoted(value.raw)))
    return nil
  }

  /// A time in any layout of AIR section 7.3; `nil` where it is missing, not set, or nonsense (a warning).
  func time(_ value: JSONValue?) -> Instant? {
    guard let value, !value.isNull else { return nil }
    switch value.string.map(Instant.exported) {
    case .time(let instant)?: return instant
    case .notSet?: return nil
    case .nonsense?, nil:
      say(.warning, at: value, Wording.joined("not a time: ", Wording.quoted(value.raw)))
      return nil
    }
  }

  /// A truth value, also as text.
  func flag(_ value: JSONValue?) -> Bool? {
    guard let value, !value.isNull else { return nil }
    if let flag = value.bool { return flag }
    if let text = value.string {
      if ASCII.equalsIgnoringCase(text.bytes, "true") { return true }
      if ASCII.equalsIgnoringCase(text.bytes, "false") { return false }
    }
    say(.warning, at: value, Wording.joined("neither true nor false: ", Wording.quoted(value.raw)))
    return nil
  }

  /// A list of texts; a single value is a list of one, an element that is an object is what `item` makes of it.
  func list(_ value: JSONValue?, item: ((JSONValue) -> ByteString?)? = nil) -> [ByteString] {
    guard let value else { return [] }
    var items: [ByteString] = []
    func add(_ element: JSONValue) {
      let element = resolved(element)
      let text = element.kind == .object ? item?(element) ?? self.text(element) : self.text(element)
      if let text { items.append(text) }
    }
    if value.kind == .array { for element in value.elements { add(element) } } else { add(value) }
    return items
  }

  /// Numbers under names.
  func counts(_ value: JSONValue?) -> [EntityField.Count] {
    guard let value, !value.isNull else { return [] }
    guard value.kind == .object else {
      say(.warning, at: value, Wording.joined("expected counts by name, found ", ByteString(value.kind.rawValue)))
      return []
    }
    return value.members.compactMap { key, value in
      number(value).map { EntityField.Count(key, $0) }
    }
  }
}
