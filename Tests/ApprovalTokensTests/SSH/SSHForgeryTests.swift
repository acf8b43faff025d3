import ByteText
import CaseModel
import Testing

@testable import ApprovalTokens

/// Changes to good signatures, none of which may be taken (SECURITY section 7, F6).
@Suite struct SSHForgeryTests {
  private func taken(_ blob: [UInt8], _ verifier: FileSignatureVerifier) -> Bool {
    // Whoever lists the changed key too must find that the signature does not hold.
    let holds = (try? SSHSignature(blob: blob))?.holds(for: SSHSample.message) ?? false
    let result = verifier.verify(message: SSHSample.message, armour: SSHSample.armour(blob), at: Fixture.now)
    return holds || result.detail == nil
  }

  @Test func takesTheSignaturesThemselves() throws {
    for kind in SSHSample.Kind.allCases {
      let sample = SSHSample(kind)
      let result = try sample.verifier().verify(
        message: SSHSample.message, armour: sample.armour(), at: Fixture.now)
      #expect(result.detail == nil)
    }
  }

  @Test func refusesEverySingleBitFlip() throws {
    var count = 0
    for kind in SSHSample.Kind.allCases {
      let sample = SSHSample(kind)
      let blob = try sample.blob()
      let verifier = try sample.verifier()
      for index in blob.indices {
        for bit in 0..<8 {
          var changed = blob
          changed[index] ^= 1 << UInt8(bit)
          #expect(!taken(changed, verifier), "\(kind): byte \(index) bit \(bit)")
          count += 1
        }
      }
    }
    #expect(count > 9000)
  }

  @Test func refusesEveryBitFlipInTheText() throws {
    let sample = SSHSample()
    let verifier = try sample.verifier()
    let text = try sample.armour()
    for index in text.indices {
      for bit in 0..<8 {
        var changed = text
        changed[index] ^= 1 << UInt8(bit)
        let result = verifier.verify(message: SSHSample.message, armour: changed, at: Fixture.now)
        #expect(result.detail != nil, "byte \(index) bit \(bit)")
      }
    }
  }

  @Test func refusesEveryBitFlipInTheMessage() throws {
    for kind in SSHSample.Kind.allCases {
      let signature = try SSHSignature(blob: SSHSample(kind).blob())
      for index in SSHSample.message.indices {
        var changed = SSHSample.message
        changed[index] ^= 1
        #expect(!signature.holds(for: changed))
      }
    }
  }

  @Test func refusesRandomChanges() throws {
    var random = SeededRandom(state: 42)
    let rounds = Corpus.isExhaustive ? 20_000 : 400
    for kind in SSHSample.Kind.allCases {
      let sample = SSHSample(kind)
      let blob = try sample.blob()
      let verifier = try sample.verifier()
      for _ in 0..<rounds {
        var changed = blob
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let place = Int.random(in: 0..<changed.count, using: &random)
          switch Int.random(in: 0..<4, using: &random) {
          case 0: changed[place] = UInt8.random(in: 0...255, using: &random)
          case 1: changed.remove(at: place)
          case 2: changed.insert(UInt8.random(in: 0...255, using: &random), at: place)
          default: changed.swapAt(place, Int.random(in: 0..<changed.count, using: &random))
          }
        }
        guard changed != blob else { continue }
        #expect(!taken(changed, verifier), "\(kind): \(Hex.encode(changed))")
      }
    }
  }

  @Test func refusesRandomBytes() throws {
    var random = SeededRandom(state: 7)
    let verifier = try SSHSample().verifier()
    for count in 0..<600 {
      let tail = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(!taken(bytes("SSHSIG") + uint32(1) + tail, verifier))
      #expect(verifier.verify(message: [], armour: tail, at: Fixture.now).detail != nil)
    }
  }

  @Test func refusesPartsOfOneSignatureWithPartsOfAnother() throws {
    for kind in SSHSample.Kind.allCases {
      let (one, other) = (SSHSample(kind), SSHSample(kind, first: 2))
      var elsewhere = one
      elsewhere.namespace = "git"
      var rehashed = one
      rehashed.hash = "sha256"
      let verifier = SSHSample.verifier(["r7 \(try one.keyText)", "r8 \(try other.keyText)"])
      for proof in [
        try other.proof(over: SSHSample.message), try elsewhere.proof(over: SSHSample.message),
        try rehashed.proof(over: SSHSample.message), try one.proof(over: []),
      ] {
        #expect(!taken(one.blob(key: try one.key, proof: proof), verifier))
      }
    }
  }
}
