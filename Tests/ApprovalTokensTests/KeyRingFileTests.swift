import ApprovalTokens
import ByteText
import CaseModel
import Testing

@Suite struct KeyRingFileTests {
  static let good =
    #"{"format":"countersign-keys/1","keys":[{"kid":"ZG1r5J2f","notAfter":"2027-01-01T00:00:00Z","#
    + #""notBefore":"2026-11-01T00:00:00Z","publicKey":"ebVWLo_mVPlAeLES6KmLp5AfhTrmlb7X4OORC60ElmQ","#
    + #""purpose":"mint","status":"retired","statusSequence":12}]}"# + "\n"

  @Test func writesWhatItReads() throws {
    let ring = try KeyRing.parse(bytes(Self.good))
    #expect(ring.file == bytes(Self.good))
    let entry = try #require(ring.keys.first)
    #expect(entry.key == (try Fixture.mintKey().verifyingKey))
    #expect(entry.purpose == .mint && entry.status == .retired(sequence: 12))
    #expect(entry.notAfter == Instant(rfc3339: "2027-01-01T00:00:00Z"))
  }

  @Test func readsBackEveryStatusAndPurpose() throws {
    var keys: [RingKey] = []
    for (index, status) in [KeyStatus.active, .retired(sequence: 0), .revoked(sequence: 9)].enumerated() {
      for (other, purpose) in KeyPurpose.allCases.enumerated() {
        let key = try SigningKey(seed: Fixture.seed(UInt8(index * 10 + other)), purpose: purpose).verifyingKey
        keys.append(RingKey(key, purpose: purpose, notBefore: Fixture.now, status: status))
      }
    }
    let ring = try #require(KeyRing(keys))
    #expect(try KeyRing.parse(ring.file) == ring)
    #expect(try KeyRing.parse(KeyRing.empty.file) == .empty)
  }

  @Test func takesOtherWhiteSpace() throws {
    let text = Self.good.replacing(",", with: ",\n  ")
    #expect(try KeyRing.parse(bytes(text)).file == bytes(Self.good))
  }

  @Test func namesNewerFormats() {
    for (format, version) in [("countersign-keys/2", 2), ("countersign-keys/17", 17)] {
      let text = Self.good.replacing("countersign-keys/1", with: format).replacing("\"keys\"", with: "\"rings\"")
      #expect(throws: KeyRingProblem.newerFormat(version: version)) { try KeyRing.parse(bytes(text)) }
    }
    #expect(KeyRingProblem.newerFormat(version: 2).message == "made by a newer countersign")
  }

  /// What is replaced in the good file, by what, and the words of the problem.
  static let variants: [(String, String, String)] = [
    (#"{"format""#, #"["format""#, "not JSON"),
    (#""format":"countersign-keys/1","#, "", "format"),
    ("countersign-keys/1", "countersign-keys/0", "format"),
    ("countersign-keys/1", "countersign-keys/", "format"),
    ("countersign-keys/1", "countersign-keys/1.5", "format"),
    ("countersign-keys/1", "keys/1", "format"),
    (#""keys":["#, #""extra":1,"keys":["#, "too few or too many"),
    (#""kid""#, #""extra":1,"kid""#, "keys[0] has a name too few or too many"),
    (#""purpose":"mint","#, "", "keys[0] has a name too few or too many"),
    (#""purpose":"mint","#, #""purpose":"mint","purpose":"mint","#, "twice"),
    (#""mint""#, #""Mint""#, "keys[0].purpose"),
    ("ZG1r5J2f", "ZG1r5J2A", "keys[0].kid"),
    ("ebVW", "ebVX", "keys[0].kid"),
    ("OORC60ElmQ", "OORC60ElmR", "keys[0].publicKey"),
    ("OORC60ElmQ", "OORC60Elg", "keys[0].publicKey"),
    ("OORC60ElmQ", "OORC60ElmQ=", "keys[0].publicKey"),
    ("2026-11-01T00:00:00Z", "2026-11-01", "keys[0].notBefore"),
    ("2026-11-01T00:00:00Z", "2026-11-01T00:00:00.5Z", "keys[0].notBefore"),
    ("2027-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "keys[0].notAfter"),
    ("2027-01-01T00:00:00Z", "", "keys[0].notAfter"),
    (#""retired""#, #""active""#, "keys[0].status"),
    (#""retired""#, #""gone""#, "keys[0].status"),
    (#","statusSequence":12"#, "", "keys[0].status"),
    (#":12"#, #":"12""#, "keys[0].status"),
    (#":12"#, #":-1"#, "keys[0].status"),
    (#":12"#, #":1.5"#, "keys[0].status"),
    (#":12}"#, #":12},7"#, "keys[1] has a name"),
    (#""keys":[{"#, #""keys":{"a":[{"#, "not JSON"),
  ]

  @Test(arguments: variants)
  func refusesEveryOtherForm(old: String, new: String, words: String) {
    #expect(Self.good.contains(old))
    let text = Self.good.replacing(old, with: new, maxReplacements: 1)
    var message: ByteString?
    do throws(KeyRingProblem) {
      _ = try KeyRing.parse(bytes(text))
    } catch {
      message = error.message
    }
    #expect(message?.description.contains(words) == true, "\(text): \(message?.description ?? "taken")")
  }

  @Test func refusesTheSameKeyTwice() {
    let entry = Self.good.drop { $0 != "[" }.dropFirst().dropLast(3)
    let text = Self.good.replacing("}]}", with: "},\(entry)]}")
    #expect(throws: KeyRingProblem.malformed("two keys have the same kid")) { try KeyRing.parse(bytes(text)) }
  }
}
