import ByteText

/// What the word under `format` says about a JSON record.
enum NeutralFormat {
  case supported
  case newer
  case decisions
  case other

  static func of(_ format: ByteString) -> NeutralFormat {
    func version(_ name: StaticString) -> Int? {
      guard ASCII.hasPrefixIgnoringCase(format.bytes[...], name) else { return nil }
      return ASCII.decimal(format.bytes[name.utf8CodeUnitCount...])
    }
    if format == "countersign-export/1" { return .supported }
    if let version = version("countersign-export/"), version > 1 { return .newer }
    return version("countersign-decisions/") != nil ? .decisions : .other
  }
}
