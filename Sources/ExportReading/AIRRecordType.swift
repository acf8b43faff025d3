import ByteText

/// Which audit records are about automated investigations: types 64, 86 and 89 (AIR section 1.1).
enum AIRRecordType {
  private static let types: Set<ByteString> = [
    "64", "86", "89", "airinvestigation", "airmanualinvestigation", "airadminactioninvestigation",
  ]
  private static let operations: Set<ByteString> = [
    "airinvestigationdata", "airmanualinvestigationdata", "airadminactioninvestigationdata", "airinvestigation",
    "airmanualinvestigation", "airadminactioninvestigation",
  ]

  /// Refuses a record of another type.
  ///
  /// The type decides; where it is missing, the operation does.
  static func check(_ keys: AIRKeys) throws(RecordRefusal) {
    let type = keys("RecordType", row: "auditLogRecordType").flatMap(word)
    let operation = keys("Operation", row: "operation").flatMap(word)
    if let type {
      if types.contains(Wording.word(type)) { return }
      throw RecordRefusal(
        "RecordType", Wording.joined("not an automated investigation record: ", Wording.quoted(type)),
        hint: "record types 64, 86 and 89 are read")
    }
    if let operation {
      if operations.contains(Wording.word(operation)) { return }
      throw RecordRefusal(
        "Operation", Wording.joined("not an automated investigation record: ", Wording.quoted(operation)),
        hint: "record types 64, 86 and 89 are read")
    }
    throw RecordRefusal(
      "", "no record that is known: found neither RecordType, Operation, RawEventData, auditData nor format",
      hint: ContentDetection.supported)
  }

  private static func word(_ value: JSONValue) -> ByteString? {
    value.string ?? (value.kind == .number ? ByteString(value.raw) : nil)
  }
}
