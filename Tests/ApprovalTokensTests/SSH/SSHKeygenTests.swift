import ByteText
import CaseModel
import Foundation
import Testing

@testable import ApprovalTokens

/// What ssh-keygen signs is taken here, and the other way round; both judge alike but where this side is stricter.
@Suite(.enabled(if: SSHKeygen.isHere)) struct SSHKeygenTests {
  private static let now = "20261118160000Z"

  private func now() throws -> Instant { try #require(Instant(year: 2026, month: 11, day: 18, hour: 16)) }

  private func message(_ index: Int) -> [UInt8] {
    var random = SeededRandom(state: UInt64(index))
    return (0..<(index * 37)).map { _ in UInt8.random(in: 0...255, using: &random) }
  }

  @Test(arguments: [("ed25519", "ssh-ed25519"), ("ecdsa", "ecdsa-sha2-nistp256")])
  func takesWhatSshKeygenSigns(type: String, name: String) throws {
    let keygen = try SSHKeygen()
    defer { keygen.remove() }
    let key = try keygen.makeKey("key", type: type)
    _ = try keygen.makeKey("other", type: type)
    let verifier = SSHSample.verifier(["r7 \(key)"])
    let listed = try keygen.run("-l", "-f", "key.pub").output.split(separator: " ")
    for index in 0..<SSHKeygen.rounds {
      let message = message(index)
      let hash = index % 2 == 0 ? "sha512" : "sha256"
      let armour = try keygen.sign(message, key: "key", namespace: "decisions.v1@countersign", hash: hash)
      let signer = try verifier.verify(message: message, armour: armour, at: now()).get()
      #expect("\(signer.keyType.name)" == name)
      #expect("\(signer.fingerprint)" == listed[1])
      #expect(SSHArmour.write(try SSHArmour.read(armour)) == armour)
      let crlf = bytes(String(decoding: armour, as: UTF8.self).replacing("\n", with: "\r\n"))
      #expect(verifier.verify(message: message, armour: crlf, at: try now()).detail == nil)
      #expect(
        verifier.verify(message: message + [0], armour: armour, at: try now()).detail == "the signature does not hold")
      let git = try keygen.sign(message, key: "key", namespace: "git", hash: hash)
      #expect(
        verifier.verify(message: message, armour: git, at: try now()).detail
          == "signed for namespace git, not for decisions.v1@countersign")
      let foreign = try keygen.sign(message, key: "other", namespace: "decisions.v1@countersign", hash: hash)
      #expect(
        verifier.verify(message: message, armour: foreign, at: try now()).detail?.hasSuffix("is not listed") == true)
    }
  }

  @Test func signsByteForByteAsSshKeygenDoes() throws {
    let keygen = try SSHKeygen()
    defer { keygen.remove() }
    for index in 0..<SSHKeygen.rounds {
      let seed = Fixture.seed(UInt8(truncatingIfNeeded: index &* 33))
      let key = try SigningKey(seed: seed, purpose: index % 2 == 0 ? .log : .archive)
      try keygen.write(SSHKeygen.keyFile(seed: seed, publicKey: key.verifyingKey.bytes), to: "key")
      let namespace = index % 2 == 0 ? SSHNamespace.checkpoint : .archive
      let message = message(index)
      let armour = try SSHSignature.armoured(signing: message, namespace: namespace, with: key)
      #expect(armour == (try keygen.sign(message, key: "key", namespace: "\(namespace)")))
      #expect("\(key.verifyingKey.sshText)\n" == (try keygen.run("-y", "-f", "key").output))
      func takes(_ message: [UInt8], _ namespace: SSHNamespace) throws -> Bool {
        try keygen.takes(
          armour, over: message, signers: "log \(key.verifyingKey.sshText)\n", principal: "log",
          namespace: "\(namespace)", at: Self.now
        ).isTaken
      }
      #expect(try takes(message, namespace))
      #expect(try !takes(message + [0], namespace))
      #expect(try !takes(message, .decisions))
    }
  }

  /// A list with `KEY` for the key, and whether it lets `r7` sign at that time; both must say so.
  static let lists: [(String, Bool)] = [
    ("r7 KEY", true), ("r8 KEY", false), ("", false), ("# r7 KEY", false), ("  r7\tKEY  comment", true),
    ("\n\nr7 KEY\n\n", true), ("r7 namespaces=\"decisions.v1@countersign\" KEY", true),
    ("r7 NameSpaces=\"git,decisions.v1@countersign\" KEY", true), ("r7 namespaces=\"git\" KEY", false),
    ("r7 namespaces=decisions.v1@countersign KEY", false),
    ("r7 namespaces=\"git, decisions.v1@countersign\" KEY", false),
    ("r7 namespaces=\"DECISIONS.v1@countersign\" KEY", false),
    ("r7 valid-after=\"20261118160000Z\" KEY", true), ("r7 valid-after=\"20261118160001Z\" KEY", false),
    ("r7 valid-after=\"202611181600Z\" KEY", true), ("r7 valid-after=\"202611181601Z\" KEY", false),
    ("r7 valid-after=\"20261118Z\" KEY", true), ("r7 valid-after=\"20261119Z\" KEY", false),
    ("r7 valid-before=\"20261118160000Z\" KEY", true), ("r7 valid-before=\"20261118155959Z\" KEY", false),
    ("r7 valid-before=\"20261119Z\" KEY", true), ("r7 valid-before=\"20261118Z\" KEY", false),
    ("r7 valid-after=\"20261101Z\",valid-before=\"20261201Z\",namespaces=\"decisions.v1@countersign\" KEY", true),
    ("r7 valid-after=\"20261201Z\",valid-before=\"20261101Z\" KEY", false),
    ("r7 valid-after=\"20261101Z\",valid-after=\"20261101Z\" KEY", false),
    ("r7 valid-before=\"2026120112Z\" KEY", false), ("r7 valid-before=\"soon\" KEY", false),
    ("r7 valid-before=20261201Z KEY", false), ("r7 namespaces=\"git\", KEY", false),
    ("r7 namespaces=\"decisions.v1@countersign KEY", false), ("r7 touch-required KEY", false),
    ("r7 x=\"y\" KEY", false), ("r7 cert-authority KEY", false), ("r7 KEY=", false), ("r7", false),
    ("r7 namespaces=\"git\" KEY\nr7 KEY", true), ("r7 valid-before=\"20260101Z\" KEY\nr7 KEY", true),
    ("r7 valid-before=\"20260101Z\" KEY\nr7 valid-after=\"20260601Z\" KEY", true),
  ]

  @Test func judgesListsAlike() throws {
    let keygen = try SSHKeygen()
    defer { keygen.remove() }
    let sample = SSHSample()
    let armour = try sample.armour()
    for (list, isTaken) in Self.lists {
      let signers = list.replacing("KEY", with: try sample.keyText) + "\n"
      let theirs = try keygen.takes(armour, over: SSHSample.message, signers: signers, at: Self.now)
      #expect(theirs.isTaken == isTaken, "ssh-keygen: \(list): \(theirs.output)")
      let ours = SSHSample.verifier([signers]).verify(message: SSHSample.message, armour: armour, at: try now())
      #expect(((try? ours.get())?.principal == "r7") == isTaken, "\(list): \(ours.detail ?? "taken")")
    }
  }

  /// Lists that ssh-keygen takes and this side does not, as its page says.
  static let stricter = [
    "r* KEY", "\"r7\" KEY", "r7, KEY", "ivy@larkfield.example,r7 KEY", "r7 valid-before=\"20261201\" KEY",
    "r7 valid-before=\"20261201UTC\" KEY", "r7 valid-before=\"20261131Z\" KEY", "r7 namespaces=\"decisions.*\" KEY",
    "r7,r8 KEY", "r7 KEY\nr8 KEY",
  ]

  @Test func isStricterWhereItsPageSaysSo() throws {
    let keygen = try SSHKeygen()
    defer { keygen.remove() }
    let sample = SSHSample()
    let armour = try sample.armour()
    for list in Self.stricter {
      let signers = list.replacing("KEY", with: try sample.keyText) + "\n"
      let theirs = try keygen.takes(armour, over: SSHSample.message, signers: signers, at: Self.now)
      #expect(theirs.isTaken, "\(list): \(theirs.output)")
      let ours = SSHSample.verifier([signers]).verify(message: SSHSample.message, armour: armour, at: try now())
      #expect(ours.detail != nil, "\(list)")
    }
  }

  @Test func judgesEveryKindAlikeButForTheTouch() throws {
    let keygen = try SSHKeygen()
    defer { keygen.remove() }
    for kind in SSHSample.Kind.allCases {
      for flags: UInt8 in [0x00, 0x01, 0x04, 0x05] where kind.isHardware || flags == 0x01 {
        var sample = SSHSample(kind)
        sample.flags = flags
        let signers = "r7 \(try sample.keyText)\n"
        for (armour, isGood) in [
          (try sample.armour(), true), (try sample.armour(over: bytes("other")), false),
          (SSHSample.armour(try sample.blob() + [0]), false),
        ] {
          let theirs = try keygen.takes(armour, over: SSHSample.message, signers: signers, at: Self.now)
          let ours = try sample.verifier().verify(message: SSHSample.message, armour: armour, at: now())
          #expect(theirs.isTaken == isGood, "\(kind) flags \(flags): \(theirs.output)")
          #expect((ours.detail == nil) == (isGood && flags & 0x01 != 0), "\(kind) flags \(flags)")
        }
      }
    }
  }

  @Test func judgesDamagedSignaturesAlike() throws {
    let keygen = try SSHKeygen()
    defer { keygen.remove() }
    var random = SeededRandom(state: 11)
    for kind in SSHSample.Kind.allCases {
      let sample = SSHSample(kind)
      let blob = try sample.blob()
      for _ in 0..<(SSHKeygen.rounds / 2) {
        var changed = blob
        changed[Int.random(in: 0..<changed.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        let armour = SSHSample.armour(changed)
        let theirs = try keygen.takes(
          armour, over: SSHSample.message, signers: "r7 \(try sample.keyText)\n", at: Self.now)
        let ours = try sample.verifier().verify(message: SSHSample.message, armour: armour, at: now())
        #expect(!theirs.isTaken && ours.detail != nil, "\(kind): \(Hex.encode(changed))")
      }
    }
  }
}
