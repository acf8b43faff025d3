import ByteText
import CaseModel
import Crypto
import Digests

@testable import ApprovalTokens

/// A key made in software, hardware keys included, and its signatures: written byte by byte from OpenSSH's PROTOCOL.sshsig
/// and PROTOCOL.u2f, without the code under test.
struct SSHSample {
  enum Kind: CaseIterable {
    case ed25519, ecdsa, hardwareEd25519, hardwareECDSA, web

    var isEd25519: Bool { self == .ed25519 || self == .hardwareEd25519 }
    var isHardware: Bool { self != .ed25519 && self != .ecdsa }
  }

  static let message = bytes("{\"format\":\"countersign-decisions/1\"}\n")

  var kind = Kind.ed25519
  /// Tells keys of a kind apart.
  var first: UInt8 = 1
  var application = "ssh:"
  var flags: UInt8 = 0x01
  var counter: UInt32 = 7
  var origin = "https://larkfield.example"
  var extensions: [UInt8] = []
  var version: UInt32 = 1
  var namespace = "decisions.v1@countersign"
  var reserved: [UInt8] = []
  var hash = "sha512"
  /// What `clientData` says instead of what it should.
  var clientData: [UInt8]?

  init(_ kind: Kind = .ed25519, first: UInt8 = 1) {
    self.kind = kind
    self.first = first
  }

  var typeName: String {
    switch kind {
    case .ed25519: "ssh-ed25519"
    case .ecdsa: "ecdsa-sha2-nistp256"
    case .hardwareEd25519: "sk-ssh-ed25519@openssh.com"
    case .hardwareECDSA, .web: "sk-ecdsa-sha2-nistp256@openssh.com"
    }
  }

  var proofName: String { kind == .web ? "webauthn-sk-ecdsa-sha2-nistp256@openssh.com" : typeName }

  private var ed25519: Curve25519.Signing.PrivateKey {
    get throws { try Curve25519.Signing.PrivateKey(rawRepresentation: Fixture.seed(first)) }
  }

  private var p256: P256.Signing.PrivateKey {
    get throws { try P256.Signing.PrivateKey(rawRepresentation: Fixture.seed(first)) }
  }

  /// The key as the blob and public key files carry it.
  var key: [UInt8] {
    get throws {
      let start = string(typeName)
      let tail = kind.isHardware ? string(application) : []
      if kind.isEd25519 { return start + string(Array(try ed25519.publicKey.rawRepresentation)) + tail }
      return start + string("nistp256") + string(Array(try p256.publicKey.x963Representation)) + tail
    }
  }

  /// `type base64`.
  var keyText: String { get throws { "\(typeName) \(ByteString(Base64.encode(try key)))" } }

  /// `SHA256:...`.
  var fingerprint: String {
    get throws { "\(ByteString(bytes("SHA256:") + Base64.encode(SHA256Sum.of(try key).bytes).dropLast()))" }
  }

  func signed(_ message: [UInt8]) -> [UInt8] {
    let digest = hash == "sha256" ? SHA256Sum.of(message).bytes : SHA512Sum.of(message).bytes
    return bytes("SSHSIG") + string(namespace) + string("") + string(hash) + string(digest)
  }

  /// The numbers: 64 bytes, or two mpints.
  func numbers(over covered: [UInt8]) throws -> [UInt8] {
    if kind.isEd25519 { return Array(try ed25519.signature(for: covered)) }
    let pair = Array(try p256.signature(for: covered).rawRepresentation)
    return mpint(pair[..<32]) + mpint(pair[32...])
  }

  func proof(over message: [UInt8]) throws -> [UInt8] {
    let signed = signed(message)
    guard kind.isHardware else { return string(proofName) + string(try numbers(over: signed)) }
    let marks = [flags] + uint32(counter)
    let head = SHA256Sum.of(bytes(application)).bytes + marks
    guard kind == .web else {
      return string(proofName) + string(try numbers(over: head + SHA256Sum.of(signed).bytes)) + marks
    }
    let challenge = "\(ByteString(Base64URL.encode(signed)))"
    let data =
      clientData
      ?? bytes(#"{"type":"webauthn.get","challenge":"\#(challenge)","origin":"\#(origin)","crossOrigin":false}"#)
    let covered = head + extensions + SHA256Sum.of(data).bytes
    return string(proofName) + string(try numbers(over: covered)) + marks + string(origin) + string(data)
      + string(extensions)
  }

  /// The blob around a key and a proof, which need not fit.
  func blob(key: [UInt8], proof: [UInt8]) -> [UInt8] {
    bytes("SSHSIG") + uint32(version) + string(key) + string(namespace) + string(reserved) + string(hash)
      + string(proof)
  }

  func blob(over message: [UInt8] = message) throws -> [UInt8] { blob(key: try key, proof: try proof(over: message)) }

  func armour(over message: [UInt8] = message) throws -> [UInt8] { Self.armour(try blob(over: message)) }

  /// Text around any bytes, lines ended and broken as asked.
  static func armour(_ blob: [UInt8], column: Int = 70, lineEnd: String = "\n") -> [UInt8] {
    var out = "-----BEGIN SSH SIGNATURE-----" + lineEnd
    let text = Array("\(ByteString(Base64.encode(blob)))")
    for start in stride(from: 0, to: text.count, by: column) {
      out += String(text[start..<min(start + column, text.count)]) + lineEnd
    }
    return bytes(out + "-----END SSH SIGNATURE-----" + lineEnd)
  }

  /// A verifier that lists the key for `r7`, with options in front of it where asked.
  func verifier(principals: String = "r7", options: String = "") throws -> FileSignatureVerifier {
    SSHSample.verifier(["\(principals) \(options)\(options.isEmpty ? "" : " ")\(try keyText)"])
  }

  static func verifier(_ lines: [String]) -> FileSignatureVerifier {
    FileSignatureVerifier(AllowedSigners(parsing: bytes(lines.joined(separator: "\n") + "\n")))
  }
}

func uint32(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> (24 - 8 * UInt32($0)) & 0xFF) } }

func string(_ value: [UInt8]) -> [UInt8] { uint32(UInt32(value.count)) + value }

func string(_ value: String) -> [UInt8] { string(bytes(value)) }

/// A positive number of RFC 4251 section 5.
func mpint(_ digits: ArraySlice<UInt8>) -> [UInt8] {
  let short = Array(digits.drop { $0 == 0 })
  return string((short.first ?? 0) & 0x80 == 0 ? short : [0] + short)
}

extension Result where Success == FileSigner, Failure == RefusedFileSignature {
  /// The words of a refusal; `nil` where somebody signed.
  var detail: String? {
    if case .failure(let refusal) = self { "\(refusal.detail)" } else { nil }
  }
}

/// Bytes that look random and are the same each time (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
