import ByteText
import CaseModel
import Testing

@testable import ApprovalTokens

/// Every small change to a token, none of which may be taken (SECURITY section 6, F5).
///
/// Here a sample of those that reach the signature; all of them where the environment asks for it
/// (COUNTERSIGN_EXHAUSTIVE).
@Suite struct TokenForgeryTests {
  private let key: SigningKey
  private let token: [UInt8]
  private let verifier: TokenVerifier
  private static let alphabet = bytes("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

  init() throws {
    key = try Fixture.mintKey()
    token = try TokenMint.mint(try Fixture.claims(), with: key).bytes
    verifier = try Fixture.verifier(key)
  }

  private func isTaken(_ text: [UInt8]) -> Bool { verifier.open(text, at: Fixture.now).code == nil }

  private func step(_ sampled: Int) -> Int { Corpus.isExhaustive ? 1 : sampled }

  @Test func takesTheTokenItself() {
    #expect(isTaken(token))
  }

  @Test func refusesEverySubstring() {
    var taken: [Range<Int>] = []
    for start in token.indices {
      for end in start...token.count where end - start < token.count && isTaken(Array(token[start..<end])) {
        taken.append(start..<end)
      }
    }
    #expect(taken.isEmpty)
  }

  @Test func refusesEverySingleBitFlip() {
    for index in token.indices {
      for bit in 0..<8 {
        var text = token
        text[index] ^= 1 << UInt8(bit)
        #expect(!isTaken(text), "byte \(index) bit \(bit)")
      }
    }
  }

  @Test func refusesEveryOtherCharacterAtEveryPlace() {
    var count = 0
    for index in token.indices {
      for offset in stride(from: index % step(8), to: Self.alphabet.count, by: step(8)) {
        guard Self.alphabet[offset] != token[index] else { continue }
        var text = token
        text[index] = Self.alphabet[offset]
        #expect(!isTaken(text), "byte \(index)")
        count += 1
      }
    }
    #expect(count >= token.count * (64 / step(8) - 1))
  }

  @Test func refusesEveryInsertedAndRemovedByte() {
    for index in 0...token.count {
      for offset in stride(from: index % step(16), to: Self.alphabet.count, by: step(16)) {
        #expect(!isTaken(Array(token[..<index]) + [Self.alphabet[offset]] + token[index...]), "byte \(index)")
      }
      if index < token.count { #expect(!isTaken(Array(token[..<index]) + token[(index + 1)...]), "byte \(index)") }
      if index < token.count { #expect(!isTaken(Array(token[...index]) + token[index...]), "byte \(index)") }
    }
  }

  @Test func refusesEverySpliceOfTwoTokens() throws {
    let other = try TokenMint.mint(try Fixture.claims(.reject), with: key).bytes
    #expect(isTaken(other))
    for cut in 0...min(token.count, other.count) {
      // Cut both at the same place from the start, and at the same place from the end.
      let fromEnd = max(0, other.count - token.count + cut)
      let starts: [[UInt8]] = [Array(token[..<cut]), Array(other[..<cut]), Array(token[..<cut])]
      let ends: [ArraySlice<UInt8>] = [other[cut...], token[cut...], other[fromEnd...]]
      for (start, end) in zip(starts, ends) {
        let text = start + end
        guard text != token, text != other else { continue }
        #expect(!isTaken(text), "cut at \(cut)")
      }
    }
  }

  @Test func refusesPartsOfOneTokenWithPartsOfAnother() throws {
    let body = try #require(Base64URL.decode(token[10...].split(separator: 0x2E)[0]))
    let other = try TokenMint.mint(try Fixture.claims(.reject), with: key).bytes
    let otherBody = try #require(Base64URL.decode(other[10...].split(separator: 0x2E)[0]))
    let ending = [0x2E] + token[10...].split(separator: 0x2E)[1]
    let swapped = PasetoPublic.header + Base64URL.encode(body.dropLast(64) + otherBody.suffix(64)) + ending
    #expect(verifier.open(swapped, at: Fixture.now).code == .badSignature)
    let same = PasetoPublic.header + Base64URL.encode(body) + ending
    #expect(same == token)
  }

  /// The same bytes written otherwise in base 64.
  @Test func refusesEveryOtherSpellingOfTheSameBytes() throws {
    let parts = token[10...].split(separator: 0x2E).map { Array($0) }
    var spellings: [[UInt8]] = []
    for index in parts.indices {
      let part = parts[index]
      var variants: [[UInt8]] = [bytes("="), bytes("=="), [0x0A]].map { part + $0 }
      variants += [[0x20], bytes("=")].map { $0 + part }
      variants.append(Base64.encode(try #require(Base64URL.decode(part))))
      variants.append(part.map { $0 == 0x2D ? 0x2B : $0 == 0x5F ? 0x2F : $0 })
      for bits in UInt8(1)..<16 {
        // Trailing bits that a lenient decoder drops.
        guard let last = part.last, let value = Self.alphabet.firstIndex(of: last) else { continue }
        variants.append(Array(part.dropLast()) + [Self.alphabet[value ^ Int(bits)]])
      }
      for place in stride(from: 0, to: part.count, by: 7) {
        variants.append(Array(part[..<place]) + [0x0D, 0x0A] + part[place...])
      }
      for variant in variants where variant != part {
        var text = parts
        text[index] = variant
        spellings.append(PasetoPublic.header + text[0] + [0x2E] + text[1])
      }
    }
    #expect(spellings.count > 80)
    for spelling in spellings { #expect(!isTaken(spelling)) }
  }
}
