import ByteText

/// The frame of an SSH signature (PROTOCOL.sshsig); what it holds is for those who verify it.
enum SSHSignatureArmour {
  static let begin: StaticString = "-----BEGIN SSH SIGNATURE-----"
  static let end: StaticString = "-----END SSH SIGNATURE-----"

  /// Whether bytes begin as such a signature does, blanks passed over.
  static func begins(_ bytes: ArraySlice<UInt8>) -> Bool {
    let rest = bytes.drop(while: ASCII.isBlank)
    return begin.withUTF8Buffer { unsafe rest.starts(with: $0) }
  }

  /// The signature with LF at the end of each line; `nil` where the bytes are not one, or have something beside it.
  static func unframed(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    let content = ASCII.trim(bytes)
    guard content.count <= IntakeLimits.signatureBytes else { return nil }
    var lines = LineCursor(content)
    guard let first = lines.line(), ByteSearch.isEqual(first, begin) else { return nil }
    var armour = Array(first) + [0x0A]
    while let line = lines.line() {
      armour += line
      armour.append(0x0A)
      if ByteSearch.isEqual(line, end) { return lines.line() == nil ? armour : nil }
      // A line of another frame: two signatures, or a file behind one.
      if line.first == 0x2D { return nil }
    }
    return nil
  }
}
