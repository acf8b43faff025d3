import ByteText
import Testing

@testable import ApprovalTokens

@Suite struct SSHProofTests {
  private func scalar(_ digits: [UInt8]) -> [UInt8]? {
    var reader = SSHWireReader(string(digits))
    return reader.scalar()
  }

  @Test func readsNumbersInOneSpelling() {
    let zeros = { (count: Int) in [UInt8](repeating: 0, count: count) }
    let full = [UInt8](repeating: 0xFF, count: 32)
    #expect(scalar([]) == zeros(32))
    #expect(scalar([0x01]) == zeros(31) + [0x01])
    #expect(scalar([0x7F]) == zeros(31) + [0x7F])
    #expect(scalar([0x00, 0x80]) == zeros(31) + [0x80])
    #expect(scalar([0x00] + full) == full)
    #expect(scalar([0x7F] + full.dropFirst()) == [0x7F] + full.dropFirst())
    // Negative; zero bytes too many; too great.
    for digits in [
      [0x80], [0xFF], full, [0x00], [0x00, 0x00], [0x00, 0x01], [0x00, 0x7F], [0x00, 0x00, 0x80], [0x00, 0x00] + full,
      [0x01] + zeros(32), [0x00, 0xFF] + zeros(32),
    ] {
      #expect(scalar(digits) == nil, "\(Hex.encode(digits))")
    }
  }

  @Test func neverReadsPastTheEnd() {
    for bytes: [UInt8] in [[], [0], [0, 0, 0], [0, 0, 0, 1], [0xFF, 0xFF, 0xFF, 0xFF, 1], [0, 0, 0, 2, 1]] {
      var reader = SSHWireReader(bytes)
      #expect(reader.string() == nil)
    }
    var reader = SSHWireReader([1, 2, 3, 4, 5][1...])
    #expect(reader.uint32() == 0x0203_0405)
    #expect(reader.byte() == nil && reader.uint32() == nil && reader.isAtEnd)
    #expect(reader.take(-1) == nil)
  }

  @Test func refusesNumbersOfOtherForms() throws {
    let sample = SSHSample(.ecdsa)
    let one = string([1])
    for (numbers, words) in [
      ([], "its ECDSA signature is not two positive numbers of 256 bits"),
      (one, "its ECDSA signature is not two positive numbers of 256 bits"),
      (one + string([0x80]), "its ECDSA signature is not two positive numbers of 256 bits"),
      (string([0x00, 0x01]) + one, "its ECDSA signature is not two positive numbers of 256 bits"),
      (one + one + one, "bytes follow the numbers of its ECDSA signature"),
    ] {
      let blob = sample.blob(key: try sample.key, proof: string(sample.proofName) + string(numbers))
      #expect(throws: SSHSignatureProblem.malformed(ByteString(words))) { try SSHSignature(blob: blob) }
    }
    for count in [0, 63, 65, 128] {
      let proof = string("ssh-ed25519") + string([UInt8](repeating: 1, count: count))
      let blob = SSHSample().blob(key: try SSHSample().key, proof: proof)
      #expect(throws: SSHSignatureProblem.malformed("its Ed25519 signature has not 64 bytes")) {
        try SSHSignature(blob: blob)
      }
    }
  }

  @Test func takesNoNumberThatIsZeroOrNotBelowTheOrder() throws {
    let sample = SSHSample(.ecdsa)
    let order = try #require(
      Hex.decode(bytes("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")))
    for numbers in [
      string([]) + string([]), string([1]) + string([]), string([]) + string([1]), mpint(order[...]) + string([1]),
      mpint([UInt8](repeating: 0xFF, count: 32)[...]) + string([1]),
    ] {
      let blob = sample.blob(key: try sample.key, proof: string(sample.proofName) + string(numbers))
      #expect(try !SSHSignature(blob: blob).holds(for: SSHSample.message))
    }
  }

  @Test func takesBrowserDataThatNameWhatWasSigned() throws {
    var sample = SSHSample(.web)
    let challenge = "\(ByteString(Base64URL.encode(sample.signed(SSHSample.message))))"
    let start = #"{"type":"webauthn.get","challenge":"\#(challenge)","origin":"https://larkfield.example""#
    for (data, isTaken) in [
      (start + "}", true),
      (start + #","crossOrigin":true,"other":{"a":[1]}}"#, true),
      (#"{"type":"webauthn.create","challenge":"\#(challenge)","origin":"https://larkfield.example"}"#, false),
      (#"{"challenge":"\#(challenge)","type":"webauthn.get","origin":"https://larkfield.example"}"#, false),
      (#"{"type":"webauthn.get","challenge":"\#(challenge)=","origin":"https://larkfield.example"}"#, false),
      (#"{"type":"webauthn.get","challenge":"AAAA","origin":"https://larkfield.example"}"#, false),
      (#"{"type":"webauthn.get","challenge":"","origin":"https://larkfield.example"}"#, false),
      (#"{"type":"webauthn.get","challenge":"\#(challenge)","origin":"https://other.example"}"#, false),
      (" " + start + "}", false),
      ("", false),
    ] {
      sample.clientData = bytes(data)
      let signature = try SSHSignature(blob: sample.blob())
      #expect(signature.holds(for: SSHSample.message) == isTaken, "\(data)")
      #expect(!signature.holds(for: SSHSample.message + [0]))
    }
  }

  @Test func letsNoOriginWriteMembersOfItsOwn() throws {
    var sample = SSHSample(.web)
    #expect(try SSHSignature(blob: sample.blob()).holds(for: SSHSample.message))
    sample.origin = #"https://larkfield.example","x":""#
    #expect(try !SSHSignature(blob: sample.blob()).holds(for: SSHSample.message))
  }

  /// Flags, whether extensions follow, and whether such a signature of a browser holds.
  static let webFlags: [(UInt8, Bool, Bool)] = [
    (0x01, false, true), (0x05, false, true), (0x01, true, false), (0x81, true, true), (0x81, false, false),
    (0x41, false, false), (0xC1, true, false), (0x00, false, true),
  ]

  @Test(arguments: webFlags)
  func takesFlagsOfBrowsersThatFit(flags: UInt8, hasExtensions: Bool, isTaken: Bool) throws {
    var sample = SSHSample(.web)
    sample.flags = flags
    sample.extensions = hasExtensions ? [0xA0] : []
    #expect(try SSHSignature(blob: sample.blob()).holds(for: SSHSample.message) == isTaken)
  }
}
