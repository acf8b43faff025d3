import ByteText
import CaseModel
import Foundation
import Testing

@testable import ApprovalTokens

/// Signatures of OpenSSH's own tests, and Wycheproof's on P-256.
@Suite(.enabled(if: Corpus.isHere)) struct SSHVectorTests {
  private func file(_ name: String) throws -> [UInt8] {
    let root = try #require(Corpus.root)
    return Array(try Data(contentsOf: URL(fileURLWithPath: "\(root)/corpora/sshsig/\(name)")))
  }

  private func verify(_ name: String, message: [UInt8]? = nil) throws -> Result<FileSigner, RefusedFileSignature> {
    let verifier = FileSignatureVerifier(AllowedSigners(parsing: bytes("r7 ") + (try file("\(name).pub"))))
    let namespace = try #require(SSHNamespace(ByteString(try file("namespace"))))
    return verifier.verify(
      message: try message ?? file("signed-data"), armour: try file("\(name).sig"), namespace: namespace,
      at: Fixture.now)
  }

  static let taken: [(String, SSHKeyType, IdentityLevel)] = [
    ("ed25519", .ed25519, .sshsig),
    ("ecdsa", .ecdsaP256, .sshsig),
    ("ed25519_sk", .hardwareEd25519, .sshsigTouch),
    ("ecdsa_sk", .hardwareECDSAP256, .sshsigTouch),
    ("ecdsa_sk_webauthn", .hardwareECDSAP256, .sshsigTouch),
  ]

  @Test(arguments: taken)
  func takesTheSignaturesOfOpenSSH(name: String, type: SSHKeyType, identity: IdentityLevel) throws {
    let signer = try verify(name).get()
    #expect(signer.principal == "r7")
    #expect(signer.keyType == type)
    #expect(signer.identity == identity)
    #expect(try verify(name, message: file("signed-data") + [0x0A]).detail == "the signature does not hold")
  }

  @Test(arguments: taken)
  func writesTheirKeysAndTextsAlike(name: String, type: SSHKeyType, identity: IdentityLevel) throws {
    let text = ASCII.trim(try file("\(name).pub")).split(separator: 0x20)
    let key = try SSHPublicKey(typeName: text[0], base64: #require(text.dropFirst().first))
    #expect(key.text.bytes == Array(text[0] + [0x20] + text[1]))
    #expect(SSHArmour.write(try SSHArmour.read(file("\(name).sig"))) == (try file("\(name).sig")))
  }

  @Test func refusesOtherKeyTypesByName() throws {
    #expect(try verify("rsa").detail == "key type ssh-rsa is not supported")
    #expect(try verify("mldsa44-ed25519").detail == "key type ssh-mldsa44-ed25519@openssh.com is not supported")
  }

  @Test func refusesEveryBitFlipInThem() throws {
    let message = try file("signed-data")
    let namespace = try #require(SSHNamespace("unittest"))
    var count = 0
    for (name, _, _) in Self.taken {
      let blob = try SSHArmour.read(file("\(name).sig"))
      let verifier = FileSignatureVerifier(AllowedSigners(parsing: bytes("r7 ") + (try file("\(name).pub"))))
      for index in blob.indices {
        for bit in 0..<8 {
          var changed = blob
          changed[index] ^= 1 << UInt8(bit)
          let result = verifier.verify(
            message: message, armour: SSHArmour.write(changed), namespace: namespace, at: Fixture.now)
          #expect(result.detail != nil, "\(name): byte \(index) bit \(bit)")
          count += 1
        }
      }
    }
    #expect(count == (178 + 249 + 221 + 290 + 569) * 8)
  }

  @Test func judgesEveryWycheproofSignatureOnP256Alike() throws {
    func unhex(_ value: Any?) throws -> [UInt8] {
      let text = try #require(value as? String)
      return try #require(Hex.decode(bytes(text)))
    }
    let file = try Corpus.json("corpora/wycheproof/ecdsa_secp256r1_sha256_p1363_test.json")
    var judged = 0
    var valid = 0
    for group in try #require(file["testGroups"] as? [[String: Any]]) {
      let fields = try #require(group["publicKey"] as? [String: Any])
      let point = try unhex(fields["uncompressed"])
      let key = try SSHPublicKey(blob: string("ecdsa-sha2-nistp256") + string("nistp256") + string(point))
      for test in try #require(group["tests"] as? [[String: Any]]) {
        let isValid = key.isValid(signature: try unhex(test["sig"]), for: try unhex(test["msg"]))
        #expect(isValid == (test["result"] as? String == "valid"), "tcId \(test["tcId"] ?? 0)")
        judged += 1
        valid += isValid ? 1 : 0
      }
    }
    #expect(judged == 262)
    #expect(valid > 0 && valid < judged)
  }
}
