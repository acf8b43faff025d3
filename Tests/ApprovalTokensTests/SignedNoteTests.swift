import ByteText
import Testing

@testable import ApprovalTokens

@Suite struct SignedNoteTests {
  /// The example of golang.org/x/mod/sumdb/note, which C2SP signed-note describes.
  static let peterVerifier: ByteString = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
  static let peterNote =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    + "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"

  private func key(_ first: UInt8 = 1) throws -> SigningKey { try SigningKey(seed: Fixture.seed(first), purpose: .log) }
  private let text = bytes("example.org/log\n42\nqqIYxvJ6+X6Pk1I=\n")

  @Test func verifiesANoteOfAnotherProgram() throws {
    let parts = Self.peterVerifier.bytes.split(separator: 0x2B)
    let raw = try #require(Base64.decode(parts[2]))
    let peter = try #require(NoteKey(name: "PeterNeumann", key: VerifyingKey(bytes: Array(raw.dropFirst()))))
    #expect(peter.verifierText == Self.peterVerifier)
    let note = try SignedNote(parsing: bytes(Self.peterNote))
    #expect(note.bytes == bytes(Self.peterNote))
    try note.verify(peter)
    let changed = try SignedNote(parsing: bytes(Self.peterNote.replacing("answer", with: "Answer")))
    #expect(throws: SignedNote.Problem.badSignature) { try changed.verify(peter) }
  }

  @Test func readsAndVerifiesWhatItSigns() throws {
    let note = try SignedNote(signing: text, name: "example.org/log", with: key())
    let again = try SignedNote(parsing: note.bytes)
    #expect(again == note)
    #expect(again.text == text)
    let own = try #require(NoteKey(name: "example.org/log", key: key().verifyingKey))
    try again.verify(own)
    let renamed = try #require(NoteKey(name: "example.org/other", key: key().verifyingKey))
    #expect(throws: SignedNote.Problem.notSigned) { try again.verify(renamed) }
    let other = try #require(NoteKey(name: "example.org/log", key: key(2).verifyingKey))
    #expect(throws: SignedNote.Problem.notSigned) { try again.verify(other) }
  }

  @Test func refusesEveryBitFlip() throws {
    let note = try SignedNote(signing: text, name: "example.org/log", with: key())
    let own = try #require(NoteKey(name: "example.org/log", key: key().verifyingKey))
    for index in note.bytes.indices {
      for bit in 0..<8 {
        var changed = note.bytes
        changed[index] ^= 1 << UInt8(bit)
        let isTaken = (try? SignedNote(parsing: changed).verify(own)) != nil
        #expect(!isTaken, "byte \(index) bit \(bit)")
      }
    }
  }

  @Test func takesFurtherSignatures() throws {
    let note = try SignedNote(signing: text, name: "a", with: key())
    let witness = try SignedNote(signing: text, name: "w", with: key(3))
    let line = witness.bytes.dropFirst(text.count + 1)
    let both = try SignedNote(parsing: note.bytes + line)
    for (name, first) in [("a" as ByteString, UInt8(1)), ("w", 3)] {
      try both.verify(try #require(NoteKey(name: name, key: key(first).verifyingKey)))
    }
    #expect(both.bytes == note.bytes + line)
  }

  @Test func keepsBlankLinesInTheText() throws {
    let text = bytes("a\n\n— not a signature\n\nb\n")
    let note = try SignedNote(signing: text, name: "a", with: key())
    #expect(try SignedNote(parsing: note.bytes).text == text)
  }

  @Test func refusesTextsThatCannotBeSigned() throws {
    for text in ["", "no line feed", "tab\t\n", "cr\r\n", "nul\0\n"] {
      #expect(throws: SignedNote.Problem.self, "\(text)") {
        try SignedNote(signing: bytes(text), name: "a", with: key())
      }
    }
    #expect(throws: SignedNote.Problem.self) { try SignedNote(signing: [0xFF, 0x0A], name: "a", with: key()) }
    for name in ["", "a b", "a+b", "a\n", "é"] as [ByteString] {
      #expect(throws: SignedNote.Problem.self, "\(name)") {
        try SignedNote(signing: bytes("a\n"), name: name, with: key())
      }
      #expect(try NoteKey(name: name, key: key().verifyingKey) == nil)
    }
  }

  @Test func refusesEveryOtherForm() throws {
    let good = String(decoding: try SignedNote(signing: text, name: "a", with: key()).bytes, as: UTF8.self)
    #expect(try SignedNote(parsing: bytes(good)).signatures.count == 1)
    let variants = [
      "", "\n", "\n\n", String(good.dropLast()), good + "\n", good + "\n\n", good.replacing("\n\n", with: "\n"),
      good.replacing("— a", with: "- a"), good.replacing("— a", with: "—  a"), good.replacing("— a", with: "— "),
      good.replacing("— a ", with: "— a\t"), good.replacing("— a ", with: "— a b "), good.replacing("\n", with: "\r\n"),
      good.replacing("— a", with: "—a"), good.replacing("==\n", with: "=\n"), good + "comment\n",
      "\n" + "— a AAAAAAA=\n",
      String(good.dropLast()) + "=\n", "x\n\n— a AAAA\n", "x\n\n— a \n", "x\n\n",
    ]
    for text in variants where text != good {
      #expect(throws: SignedNote.Problem.self, "\(text)") { try SignedNote(parsing: bytes(text)) }
    }
  }
}
