import ByteText

/// The rule for keys that stand twice in an object (DESIGN section 5, *Input*): equal values pass; of `QueryTime`, which real
/// clusters carry twice, the ISO form wins; anything else refuses the record.
enum RepeatedKeys {
  static func check(_ document: JSONDocument, prefix: ByteString) throws(RecordRefusal) {
    guard document.hasDuplicateKeys else { return }
    // Each object is looked at once, however many of its keys stand twice.
    var queryTimes: Set<Int> = []
    var others: Set<Int> = []
    for (object, key) in document.duplicateKeys {
      if ASCII.equalsIgnoringCase(key.bytes, "QueryTime") {
        if queryTimes.insert(object.offset).inserted && queryTime(object) == nil {
          throw refusal(key, object, document, prefix)
        }
      } else if others.insert(object.offset).inserted {
        if let key = contradiction(object) { throw refusal(key, object, document, prefix) }
      }
    }
  }

  /// The first key that stands twice with different values, `QueryTime` left out.
  private static func contradiction(_ object: JSONValue) -> ByteString? {
    var first: [ByteString: JSONValue] = [:]
    for (key, value) in object.members where !ASCII.equalsIgnoringCase(key.bytes, "QueryTime") {
      if let other = first[key] {
        if !same(other, value) { return key }
      } else {
        first[key] = value
      }
    }
    return nil
  }

  private static func refusal(
    _ key: ByteString, _ object: JSONValue, _ document: JSONDocument, _ prefix: ByteString
  ) -> RecordRefusal {
    let place = JSONPlace.path(to: object, in: document.root, prefix: prefix)
    return RecordRefusal(
      JSONPlace.member(key, of: place), "the key stands twice in its object, with different values")
  }

  /// The value of `QueryTime` that counts: the only one, or the ISO form among several; `nil` where that does not tell.
  static func queryTime(_ object: JSONValue) -> JSONValue? {
    let values = object.all("QueryTime")
    guard values.count > 1, let first = values.first else { return values.first }
    var iso: JSONValue?
    for value in values where isISO(value) {
      if let other = iso, !same(other, value) { return nil }
      iso = value
    }
    if let iso { return iso }
    return values.dropFirst().allSatisfy { same(first, $0) } ? first : nil
  }

  /// Whether a value begins like `2026-`.
  private static func isISO(_ value: JSONValue) -> Bool {
    let raw = value.raw
    return value.kind == .string && raw.count > 4 && raw[raw.startIndex + 4] == 0x2D
      && raw.prefix(4).allSatisfy(ASCII.isDigit)
  }

  private static func same(_ left: JSONValue, _ right: JSONValue) -> Bool {
    guard left.kind == right.kind else { return false }
    return left.raw == right.raw || (left.kind == .string && left.string == right.string)
  }
}

/// Paths of values, for messages: `Actions[0].Entities[2].MailCount`.
enum JSONPlace {
  /// The way from `root` to the value at the same offset; `prefix` stands in front.
  static func path(to value: JSONValue, in root: JSONValue, prefix: ByteString) -> ByteString {
    var path = prefix
    var here = root
    // No document is nested deeper than its limit.
    for _ in 0..<1_024 {
      if here.offset == value.offset { return path }
      if here.kind == .array {
        let elements = here.elements
        guard let index = elements.firstIndex(where: { contains($0, value) }) else { return path }
        path = Wording.joined(path, "[", Wording.number(index), "]")
        here = elements[index]
      } else {
        guard let member = here.members.first(where: { contains($0.value, value) }) else { return path }
        path = self.member(member.key, of: path)
        here = member.value
      }
    }
    return path
  }

  /// The path of a member.
  static func member(_ key: ByteString, of path: ByteString) -> ByteString {
    let name = key.count > Wording.quoteLimit ? Wording.quoted(key) : key
    return path.isEmpty ? name : Wording.joined(path, ".", name)
  }

  private static func contains(_ outer: JSONValue, _ inner: JSONValue) -> Bool {
    let raw = outer.raw
    return outer.offset <= inner.offset && inner.offset <= raw.endIndex && (raw.endIndex > inner.offset || raw.isEmpty)
  }
}
