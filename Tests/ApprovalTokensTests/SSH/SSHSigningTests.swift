import ByteText
import CaseModel
import Digests
import Foundation
import Testing

@testable import ApprovalTokens

@Suite struct SSHSigningTests {
  private func key(_ first: UInt8 = 1, _ purpose: KeyPurpose = .log) throws -> SigningKey {
    try SigningKey(seed: Fixture.seed(first), purpose: purpose)
  }

  @Test func writesWhatPROTOCOLsshsigSays() throws {
    // The same key by the writer of the tests, which knows nothing of the code.
    var sample = SSHSample()
    for (namespace, message) in [(SSHNamespace.checkpoint, bytes("")), (.archive, bytes("a\n")), (.decisions, [0xFF])] {
      sample.namespace = "\(namespace)"
      let text = try SSHSignature.armoured(signing: message, namespace: namespace, with: key())
      #expect(text == (try sample.armour(over: message)))
      #expect(text == (try SSHSignature.armoured(signing: message, namespace: namespace, with: key())))
    }
    #expect("\(try key().verifyingKey.sshText)" == (try sample.keyText))
  }

  @Test func takesItsOwnSignaturesForTheirPurposeOnly() throws {
    let (message, key) = (bytes("example.org/log\n1\nAAAA\n"), try key())
    let text = try SSHSignature.armoured(signing: message, namespace: .checkpoint, with: key)
    let signature = try SSHSignature(armour: text)
    #expect(signature.isMade(by: key.verifyingKey, over: message, for: .checkpoint))
    #expect(!signature.isMade(by: key.verifyingKey, over: message, for: .archive))
    #expect(!signature.isMade(by: key.verifyingKey, over: message + [0x0A], for: .checkpoint))
    #expect(!signature.isMade(by: try self.key(2).verifyingKey, over: message, for: .checkpoint))
    let elsewhere = try SSHSignature(
      armour: SSHSignature.armoured(signing: message, namespace: .archive, with: key))
    #expect(!elsewhere.isMade(by: key.verifyingKey, over: message, for: .checkpoint))
    // A hardware key with the same numbers is another key.
    let hardware = try SSHSignature(armour: SSHSample(.hardwareEd25519).armour())
    #expect(!hardware.isMade(by: key.verifyingKey, over: SSHSample.message, for: .decisions))
  }

  @Test func takesNamesOnlyForNamespaces() {
    for name in ["a", "git", "file", "decisions.v1@countersign", String(repeating: "a", count: 64)] {
      #expect(SSHNamespace(ByteString(name))?.description == name)
    }
    for name in ["", "a b", "a,b", "*", "a?", "!a", "a\"", "a\\", "a\n", "a\0", "ä", String(repeating: "a", count: 65)]
    {
      #expect(SSHNamespace(ByteString(name)) == nil, "\(name)")
    }
    #expect(SSHNamespace("archive.v1@countersign") == .archive)
  }

  /// The worked example of docs/formats/file-signature.md is what the code does.
  @Test func signsAndVerifiesAsItsPageSays() throws {
    let page = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("../../../docs/formats/file-signature.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    func block(_ fence: String) throws -> String {
      let rest = try #require(text.components(separatedBy: "```\(fence)\n").dropFirst().first)
      return try #require(rest.components(separatedBy: "```").first)
    }
    var values: [String: String] = [:]
    for line in try block("example").split(separator: "\n") {
      let colon = try #require(line.range(of: ": "))
      values[String(line[..<colon.lowerBound])] = String(line[colon.upperBound...])
    }
    #expect(values.count == 6)
    let key = try SigningKey(seed: #require(Hex.decode(bytes(values["seed"] ?? ""))), purpose: .log)
    let message = bytes((values["message"] ?? "") + "\n")
    let signed = SSHSignature.signed(message, namespace: SSHNamespace.decisions.text, hash: .sha512)
    let armour = bytes(try block("signature"))
    let blob = try SSHArmour.read(armour)
    let found = [
      "seed": ByteString(Hex.encode(Fixture.seed(1))), "message": ByteString(message.dropLast()),
      "signer": "r7 namespaces=\"decisions.v1@countersign\" " + key.verifyingKey.sshText,
      "fingerprint": try SSHPublicKey(blob: key.verifyingKey.sshBlob).fingerprint,
      "signed": ByteString(Hex.encode(signed)), "blob": ByteString(Hex.encode(blob)),
    ]
    for (name, value) in found { #expect(values[name] == "\(value)", "\(name)") }
    #expect(armour == (try SSHSignature.armoured(signing: message, namespace: .decisions, with: key)))
    let signer = try SSHSample.verifier([values["signer"] ?? ""])
      .verify(message: message, armour: armour, at: Fixture.now).get()
    #expect(signer.principal == "r7" && signer.identity == .sshsig)
    #expect("\(signer.fingerprint)" == values["fingerprint"])
  }
}
