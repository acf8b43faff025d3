import ByteText

/// The top level of an audit record: its keys, wherever the container has put them.
///
/// A Graph audit record holds them in `auditData`, or in `auditData.dynamicProperties`; what is missing there stands in the
/// row around it (AIR section 2.2).
struct AIRKeys {
  private let main: JSONValue
  private let open: JSONValue?
  private let row: JSONValue?

  init(_ root: JSONValue) {
    if let data = root.ignoringCase("auditData"), data.kind == .object {
      row = root
      main = data
    } else {
      row = nil
      main = root
    }
    open = main.ignoringCase("dynamicProperties").flatMap { $0.kind == .object ? $0 : nil }
  }

  /// The value of a key, whatever its case, unless it is null.
  func callAsFunction(_ name: StaticString) -> JSONValue? {
    if let value = main.ignoringCase(name), !value.isNull { return value }
    if let value = open?.ignoringCase(name), !value.isNull { return value }
    return nil
  }

  /// The same for a key that the row around the record has under another name.
  func callAsFunction(_ name: StaticString, row alias: StaticString) -> JSONValue? {
    self(name) ?? row?.ignoringCase(alias).flatMap { $0.isNull ? nil : $0 }
  }

  /// The object in a Graph record's `auditData` that is a whole audit record by itself; `nil` where the row around it is
  /// needed too.
  static func complete(_ data: JSONValue) -> JSONValue? {
    guard data.kind == .object else { return nil }
    var own = data
    if let open = data.ignoringCase("dynamicProperties"), open.kind == .object {
      let others = data.members.contains { key, _ in
        key.bytes.first != 0x40 && !ASCII.equalsIgnoringCase(key.bytes, "dynamicProperties")
      }
      if others { return nil }
      own = open
    }
    func has(_ name: StaticString) -> Bool { own.ignoringCase(name).map { !$0.isNull } ?? false }
    return has("Id") && has("CreationTime") && has("OrganizationId") && has("RecordType") && has("Operation")
      ? own : nil
  }
}
