import ByteText
import Testing

@testable import ApprovalTokens

@Suite struct SSHSignatureTests {
  private func message(_ blob: [UInt8]) -> String? {
    do {
      _ = try SSHSignature(blob: blob)
      return nil
    } catch {
      return "\(error.message)"
    }
  }

  @Test(arguments: SSHSample.Kind.allCases)
  func readsAndChecksEveryKind(kind: SSHSample.Kind) throws {
    for hash in ["sha256", "sha512"] {
      var sample = SSHSample(kind)
      sample.hash = hash
      let signature = try SSHSignature(armour: sample.armour())
      #expect(signature.holds(for: SSHSample.message))
      #expect(!signature.holds(for: SSHSample.message + [0]))
      #expect(signature.hash.rawValue == hash)
      #expect(signature.namespace == "decisions.v1@countersign")
      #expect("\(signature.publicKey.text)" == (try sample.keyText))
      #expect("\(signature.publicKey.fingerprint)" == (try sample.fingerprint))
      #expect(signature.publicKey.application == (kind.isHardware ? "ssh:" : ""))
    }
  }

  @Test(arguments: SSHSample.Kind.allCases)
  func refusesBytesBehindEachPart(kind: SSHSample.Kind) throws {
    let sample = SSHSample(kind)
    let (key, proof) = (try sample.key, try sample.proof(over: SSHSample.message))
    #expect(message(sample.blob(key: key, proof: proof)) == nil)
    #expect(message(sample.blob(key: key, proof: proof) + [0]) == "not an SSH signature: bytes follow its end")
    #expect(message(sample.blob(key: key + [0], proof: proof)) == "not an SSH signature: its key: bytes follow it")
    #expect(message(sample.blob(key: key, proof: proof + [0])) == "not an SSH signature: bytes follow its signature")
    if !kind.isEd25519 {
      let numbers = try sample.numbers(over: [])
      let longer = string(sample.proofName) + string(numbers + [0]) + proof.suffix(5)
      #expect(
        message(sample.blob(key: key, proof: longer))
          == "not an SSH signature: bytes follow the numbers of its ECDSA signature")
    }
  }

  @Test(arguments: SSHSample.Kind.allCases)
  func refusesEveryShorterBlob(kind: SSHSample.Kind) throws {
    let blob = try SSHSample(kind).blob()
    for count in 0..<blob.count {
      #expect(message(Array(blob[..<count])) != nil, "\(count) bytes")
    }
  }

  @Test func refusesOtherHeads() throws {
    let good = try SSHSample().blob()
    #expect(message(bytes("SSHSIg") + good.dropFirst(6)) == "not an SSH signature: its bytes do not start with SSHSIG")
    #expect(message([]) == "not an SSH signature: its bytes do not start with SSHSIG")
    for version: UInt32 in [0, 2, 0x0100_0000, .max] {
      var sample = SSHSample()
      sample.version = version
      #expect(message(try sample.blob()) == "not an SSH signature: its version is not 1")
    }
    for hash in ["", "sha1", "sha384", "SHA512", "sha512\0", "sha5122", "sha256,sha512"] {
      var sample = SSHSample()
      sample.hash = hash
      #expect(message(try sample.blob()) == "not an SSH signature: its hash is neither sha256 nor sha512", "\(hash)")
    }
    var sample = SSHSample()
    sample.namespace = ""
    #expect(message(try sample.blob()) == "not an SSH signature: its namespace is empty")
  }

  @Test func looksNotAtReserved() throws {
    // OpenSSH signs an empty one whatever stands there, and checks it so.
    var sample = SSHSample()
    sample.reserved = bytes("anything")
    #expect(try SSHSignature(blob: sample.blob()).holds(for: SSHSample.message))
  }

  /// Types of keys and signatures, each with the first bytes that such a key would have.
  static let otherTypes = [
    "ssh-rsa", "rsa-sha2-256", "rsa-sha2-512", "ssh-dss", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-ed448",
    "ssh-ed25519-cert-v01@openssh.com", "ecdsa-sha2-nistp256-cert-v01@openssh.com", "ssh-rsa-cert-v01@openssh.com",
    "sk-ssh-ed25519-cert-v01@openssh.com", "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com",
    "ssh-mldsa44-ed25519@openssh.com", "webauthn-sk-ecdsa-sha2-nistp256@openssh.com", "SSH-ED25519", "ssh-ed25519x",
  ]

  @Test(arguments: otherTypes)
  func refusesOtherKeyTypesByName(name: String) throws {
    let sample = SSHSample()
    let blob = sample.blob(key: string(name) + string([1, 2, 3]), proof: try sample.proof(over: []))
    #expect(message(blob) == "key type \(name) is not supported")
    #expect(throws: SSHSignatureProblem.unsupportedKeyType(ByteString(name))) { try SSHSignature(blob: blob) }
    let hint = SSHKeyProblem.unsupportedType(ByteString(name)).hint
    #expect(hint.bytes.starts(with: bytes(name.contains("-cert-") ? "use the key itself" : "use a key of type")))
  }

  @Test func namesNothingThatIsNoName() throws {
    let sample = SSHSample()
    for name in ["", "a b", "a\u{1B}[31m", "a\n", "ä", String(repeating: "a", count: 65)] {
      let blob = sample.blob(key: string(name) + string([1]), proof: try sample.proof(over: []))
      #expect(message(blob) == "not an SSH signature: its key: its type is no name", "\(name)")
    }
  }

  @Test func refusesSignaturesOfAnotherTypeThanTheKey() throws {
    for kind in SSHSample.Kind.allCases {
      for other in SSHSample.Kind.allCases where other != kind {
        let key = try SSHSample(kind).key
        let blob = SSHSample().blob(key: key, proof: try SSHSample(other).proof(over: SSHSample.message))
        // A hardware ECDSA key signs with and without a browser.
        guard [kind, other].contains(where: { $0 != .web && $0 != .hardwareECDSA }) else { continue }
        #expect(message(blob) == "not an SSH signature: its signature is of another type than its key")
      }
    }
  }

  /// Bytes of keys of a type, and what is wrong with them.
  static func badKeys() throws -> [([UInt8], String)] {
    let (edKey, ecKey) = (try SSHSample().key, try SSHSample(.ecdsa).key)
    let point = Array(ecKey.suffix(65))
    let start = string("ecdsa-sha2-nistp256")
    var offCurve = point
    offCurve[64] ^= 1
    let compressed = [UInt8(0x02)] + point[1..<33]
    let notAPoint = "not an uncompressed point of P-256"
    let application = string("ssh:")
    return [
      ([], "it ends too early"), (string("ssh-ed25519"), "it ends too early"),
      (Array(edKey.dropLast()), "it ends too early"),
      (string("ssh-ed25519") + string([UInt8](repeating: 1, count: 31)), "not the 32 bytes of an Ed25519 key"),
      (string("ssh-ed25519") + string([UInt8](repeating: 1, count: 33)), "not the 32 bytes of an Ed25519 key"),
      (start + string("nistp384") + string(point), "its curve is not nistp256"),
      (start + string(point), "it ends too early"),
      (start + string("nistp256") + string(compressed), notAPoint),
      (start + string("nistp256") + string(offCurve), notAPoint),
      (start + string("nistp256") + string([0x04] + [UInt8](repeating: 0, count: 64)), notAPoint),
      (start + string("nistp256") + string([0x00]), notAPoint),
      (start + string("nistp256") + string([0x06] + point.dropFirst()), notAPoint),
      (string("sk-ssh-ed25519@openssh.com") + edKey.suffix(36), "it ends too early"),
      (string("sk-ssh-ed25519@openssh.com") + edKey.suffix(36) + string("ssh:\0"), "its application holds a NUL"),
      (string("ssh-ed25519") + edKey.suffix(36) + application, "bytes follow it"),
    ]
  }

  @Test func refusesKeysOfOtherForms() throws {
    for (key, words) in try Self.badKeys() {
      do {
        _ = try SSHPublicKey(blob: key)
        Issue.record("taken: \(Hex.encode(key))")
      } catch {
        #expect(error == .malformed(ByteString(words)))
        #expect("\(error.message)" == "not an SSH public key: \(words)")
      }
    }
  }
}
