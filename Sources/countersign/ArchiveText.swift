import ByteText

/// The files of `templates/archive` as they stand in an archive.
enum ArchiveText {
  /// The text with the deployment's id, of `[a-z0-9-]`, in the place of `@ISSUER@`.
  static func filled(_ text: [UInt8], issuer: ByteString) -> [UInt8] {
    let mark = Array("@ISSUER@".utf8)
    var out: [UInt8] = []
    var rest = text[...]
    while let at = rest.firstIndex(of: 0x40) {
      out += rest[..<at]
      if rest[at...].starts(with: mark) {
        out += issuer.bytes
        rest = rest[(at + mark.count)...]
      } else {
        out.append(0x40)
        rest = rest[(at + 1)...]
      }
    }
    return out + rest
  }
}
