import ByteText

/// The text around an SSH signature (OpenSSH PROTOCOL.sshsig, *Armored format*).
///
/// ```
/// -----BEGIN SSH SIGNATURE-----
/// base64, in lines of any length
/// -----END SSH SIGNATURE-----
/// ```
enum SSHArmour {
  static let opening = Array("-----BEGIN SSH SIGNATURE-----".utf8)
  static let closing = Array("-----END SSH SIGNATURE-----".utf8)
  /// The greatest signature, in bytes; ours and those of ssh-keygen have some hundreds.
  static let greatestBlob = 4096
  /// The greatest text, in bytes; room for every way to break the lines of the greatest signature that anybody uses.
  static let greatestText = 16_384
  /// ssh-keygen breaks lines there.
  static let column = 70

  /// The text of a signature, with a line feed at its end.
  static func write(_ blob: [UInt8]) -> [UInt8] {
    var out = opening + [0x0A]
    var rest = Base64.encode(blob)[...]
    while !rest.isEmpty {
      out += rest.prefix(column) + [0x0A]
      rest = rest.dropFirst(column)
    }
    return out + closing + [0x0A]
  }

  /// The bytes of a signature.
  ///
  /// Lines end in LF or CR LF, the last one may end with the text. Nothing stands before the first line or after the last.
  static func read(_ text: [UInt8]) throws(SSHSignatureProblem) -> [UInt8] {
    guard text.count <= greatestText else { throw .malformed(ByteString("longer than \(greatestText) bytes")) }
    guard text.starts(with: opening) else { throw .malformed("it does not start with -----BEGIN SSH SIGNATURE-----") }
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)[...]
    // What follows the last line feed is a line of its own, empty in files that end in one.
    if let last = lines.last, last.isEmpty { lines = lines.dropLast() }
    var base64: [UInt8] = []
    base64.reserveCapacity(text.count)
    for (index, line) in lines.enumerated() {
      let isEnded = line.endIndex < text.endIndex
      let line = isEnded && line.last == 0x0D ? line.dropLast() : line
      if index == 0 {
        guard line.elementsEqual(opening) else { throw .malformed("its first line goes on") }
      } else if line.first == 0x2D {
        guard line.elementsEqual(closing) else { throw .malformed("a line in it is not base64") }
        guard index == lines.count - 1 else { throw .malformed("lines follow its end") }
        guard !base64.isEmpty, let blob = Base64.decode(base64) else { throw .malformed("its text is not base64") }
        guard blob.count <= greatestBlob else {
          throw .malformed(ByteString("its base64 stands for more than \(greatestBlob) bytes"))
        }
        return blob
      } else {
        guard !line.isEmpty else { throw .malformed("a line in it is empty") }
        base64 += line
      }
    }
    throw .malformed("it does not end with -----END SSH SIGNATURE-----")
  }
}
