import ByteText
import Digests

/// The innermost part of an SSH signature: the numbers, and what a hardware key says about how it signed.
///
/// ```
/// ssh-ed25519          string type | string signature, 64 bytes
/// ecdsa-sha2-nistp256  string type | string ( mpint r | mpint s )
/// sk- of either        the same | byte flags | uint32 counter
/// webauthn-sk-ecdsa-   the same | byte flags | uint32 counter | string origin | string client data | string extensions
/// ```
struct SSHProof: Sendable {
  /// 64 bytes: R and S of RFC 8032, or r and s.
  let signature: [UInt8]
  /// What a hardware key signed besides; `nil` for other keys.
  let hardware: Hardware?

  /// What a hardware key signs besides the message (OpenSSH PROTOCOL.u2f).
  struct Hardware: Sendable {
    /// `0x01` touched, `0x04` PIN or finger print asked for.
    let flags: UInt8
    /// How often the key has signed.
    let counter: UInt32
    /// What a browser adds; `nil` where none took part.
    let web: Web?

    /// Somebody touched the key.
    var isTouched: Bool { flags & 0x01 != 0 }
    /// The key asked who touched it.
    var isVerified: Bool { flags & 0x04 != 0 }
  }

  /// What stands in a signature that was made in a browser (OpenSSH PROTOCOL.u2f, *webauthn*).
  struct Web: Sendable {
    let origin: [UInt8]
    let clientData: [UInt8]
    let extensions: [UInt8]
  }

  static let webType = Array("webauthn-sk-ecdsa-sha2-nistp256@openssh.com".utf8)

  /// Reads the proof that a key of that type makes; nothing may follow.
  init(_ bytes: ArraySlice<UInt8>, by keyType: SSHKeyType) throws(SSHSignatureProblem) {
    var reader = SSHWireReader(bytes)
    guard let name = reader.string(), let numbers = reader.string() else {
      throw .malformed("its signature ends too early")
    }
    let isWeb = keyType == .hardwareECDSAP256 && name.elementsEqual(Self.webType)
    guard isWeb || keyType.name.bytes.elementsEqual(name) else {
      throw .malformed("its signature is of another type than its key")
    }
    switch keyType {
    case .ed25519, .hardwareEd25519:
      guard numbers.count == 64 else { throw .malformed("its Ed25519 signature has not 64 bytes") }
      signature = Array(numbers)
    case .ecdsaP256, .hardwareECDSAP256:
      var pair = SSHWireReader(numbers)
      guard let r = pair.scalar(), let s = pair.scalar() else {
        throw .malformed("its ECDSA signature is not two positive numbers of 256 bits")
      }
      guard pair.isAtEnd else { throw .malformed("bytes follow the numbers of its ECDSA signature") }
      signature = r + s
    }
    hardware = keyType.isHardware ? try Self.hardware(&reader, isWeb: isWeb) : nil
    guard reader.isAtEnd else { throw .malformed("bytes follow its signature") }
  }

  private static func hardware(_ reader: inout SSHWireReader, isWeb: Bool) throws(SSHSignatureProblem) -> Hardware {
    guard let flags = reader.byte(), let counter = reader.uint32() else {
      throw .malformed("its signature ends too early")
    }
    guard isWeb else { return Hardware(flags: flags, counter: counter, web: nil) }
    guard let origin = reader.string(), let clientData = reader.string(), let extensions = reader.string() else {
      throw .malformed("its signature ends too early")
    }
    return Hardware(
      flags: flags, counter: counter,
      web: Web(origin: Array(origin), clientData: Array(clientData), extensions: Array(extensions)))
  }

  /// The bytes that the numbers sign; `nil` where a browser's data are not about them.
  func covered(_ signed: [UInt8], application: ByteString) -> [UInt8]? {
    guard let hardware else { return signed }
    let head = SHA256Sum.of(application.bytes).bytes + [hardware.flags] + SSHWire.uint32(hardware.counter)
    guard let web = hardware.web else { return head + SHA256Sum.of(signed).bytes }
    guard Self.isAbout(signed, web, flags: hardware.flags) else { return nil }
    return head + web.extensions + SHA256Sum.of(web.clientData).bytes
  }

  /// Whether a browser's data name what was signed, in the place and spelling where every browser writes it.
  private static func isAbout(_ signed: [UInt8], _ web: Web, flags: UInt8) -> Bool {
    // A quote would let the origin write members of its own; attested data belong to making a key, not to using it; and
    // the flag that extensions follow must be right about it.
    guard !web.origin.contains(0x22), flags & 0x40 == 0, (flags & 0x80 != 0) != web.extensions.isEmpty else {
      return false
    }
    let start =
      Array(#"{"type":"webauthn.get","challenge":""#.utf8) + Base64URL.encode(signed) + Array(#"","origin":""#.utf8)
      + web.origin + [0x22]
    return web.clientData.starts(with: start)
  }
}
