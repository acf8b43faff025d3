import ByteText
import CaseModel

/// One object of a Countersign export: only keys that are known, no null, every value of its form (neutral-export.md,
/// *Common rules*).
///
/// Every departure refuses the record, with the path of what is wrong.
struct NeutralObject {
  let value: JSONValue
  private let root: JSONValue
  private let members: [ByteString: JSONValue]

  /// Takes an object apart.
  ///
  /// - Parameter keys: the keys that it may have; `nil` for any.
  init(_ value: JSONValue, in root: JSONValue, keys: Set<ByteString>?) throws(RecordRefusal) {
    self.value = value
    self.root = root
    guard value.kind == .object else {
      members = [:]
      throw expected("an object", value)
    }
    var members: [ByteString: JSONValue] = [:]
    for (key, member) in value.members {
      if let keys, !keys.contains(key) {
        let place = JSONPlace.path(to: value, in: root, prefix: "")
        throw RecordRefusal(
          JSONPlace.member(key, of: place), "unknown key", hint: "what the format has no key for goes into `extra`")
      }
      if member.isNull && keys != nil {
        throw RecordRefusal(
          JSONPlace.path(to: member, in: root, prefix: ""), "null is no value here", hint: "leave the key out")
      }
      members[key] = member
    }
    self.members = members
    if let extra = members["extra"], keys != nil, extra.kind != .object { throw expected("an object", extra) }
  }

  /// The value of a key.
  subscript(key: ByteString) -> JSONValue? { members[key] }

  /// Every key and value.
  var all: [ByteString: JSONValue] { members }

  func refusal(_ value: JSONValue, _ message: ByteString, hint: ByteString = "") -> RecordRefusal {
    RecordRefusal(JSONPlace.path(to: value, in: root, prefix: ""), message, hint: hint)
  }

  private func expected(_ what: ByteString, _ value: JSONValue) -> RecordRefusal {
    RecordRefusal(
      JSONPlace.path(to: value, in: root, prefix: ""),
      Wording.joined("expected ", what, ", found ", ByteString(value.kind.rawValue)))
  }

  func missing(_ key: ByteString) -> RecordRefusal {
    RecordRefusal(JSONPlace.member(key, of: JSONPlace.path(to: value, in: root, prefix: "")), "the key is missing")
  }

  func text(_ key: ByteString) throws(RecordRefusal) -> ByteString? {
    guard let value = members[key] else { return nil }
    guard let text = value.string else { throw expected("text", value) }
    return text
  }

  func requiredText(_ key: ByteString) throws(RecordRefusal) -> ByteString {
    guard let text = try text(key) else { throw missing(key) }
    return text
  }

  func id(_ key: ByteString = "id") throws(RecordRefusal) -> ByteString {
    let id = try requiredText(key)
    if id.isEmpty, let value = members[key] { throw refusal(value, "an id is never empty") }
    return id
  }

  func time(_ key: ByteString) throws(RecordRefusal) -> Instant? {
    guard let value = members[key] else { return nil }
    guard let text = value.string else { throw expected("a time", value) }
    let bytes = text.bytes
    let isStrict = bytes.count <= 30 && bytes.last == 0x5A && bytes.count >= 20 && bytes[10] == 0x54
    guard isStrict, let time = Instant(rfc3339: text) else {
      throw refusal(
        value, Wording.joined("not a time: ", Wording.quoted(text)), hint: "write times as 2026-03-09T07:44:30Z")
    }
    return time
  }

  func count(_ key: ByteString) throws(RecordRefusal) -> Int? {
    guard let value = members[key] else { return nil }
    guard let number = value.int, number >= 0, number < 1 << 53 else {
      throw refusal(value, Wording.joined("not a count: ", Wording.quoted(value.raw)))
    }
    return number
  }

  func elements(_ key: ByteString) throws(RecordRefusal) -> [JSONValue] {
    guard let value = members[key] else { return [] }
    guard value.kind == .array else { throw expected("an array", value) }
    return value.elements
  }

  func texts(_ key: ByteString) throws(RecordRefusal) -> [ByteString] {
    var texts: [ByteString] = []
    for element in try elements(key) {
      guard let text = element.string else { throw expected("text", element) }
      texts.append(text)
    }
    return texts
  }

  /// The object under a key; `nil` where it is missing.
  func object(_ key: ByteString, keys: Set<ByteString>?) throws(RecordRefusal) -> NeutralObject? {
    guard let value = members[key] else { return nil }
    return try NeutralObject(value, in: root, keys: keys)
  }

  /// The objects of an array.
  func objects(_ key: ByteString, keys: Set<ByteString>) throws(RecordRefusal) -> [NeutralObject] {
    var objects: [NeutralObject] = []
    for element in try elements(key) { objects.append(try NeutralObject(element, in: root, keys: keys)) }
    return objects
  }

  /// The same object, with the keys it may have.
  func narrowed(to keys: Set<ByteString>) throws(RecordRefusal) -> NeutralObject {
    try NeutralObject(value, in: root, keys: keys)
  }

  /// The objects of an array, keys not looked at yet.
  func objects(_ key: ByteString) throws(RecordRefusal) -> [NeutralObject] {
    var objects: [NeutralObject] = []
    for element in try elements(key) { objects.append(try NeutralObject(element, in: root, keys: nil)) }
    return objects
  }
}
