public import ByteText
import Crypto

/// UUIDs made of a namespace and a name (RFC 9562 section 5.5, version 5): the same name, the same UUID.
///
/// SHA-1 is what the version demands; nothing relies on it but that equal things get equal names.
public enum NamedUUID {
  /// The 36 characters, lower case.
  ///
  /// - Parameter namespace: 16 bytes.
  public static func version5(namespace: [UInt8], _ name: [UInt8]) -> ByteString {
    var bytes = Array(Array(Insecure.SHA1.hash(data: namespace + name)).prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x50
    bytes[8] = bytes[8] & 0x3F | 0x80
    let hex = Hex.encode(bytes)
    var out: [UInt8] = []
    for (index, digit) in hex.enumerated() {
      if index == 8 || index == 12 || index == 16 || index == 20 { out.append(0x2D) }
      out.append(digit)
    }
    return ByteString(out)
  }
}
