import ByteText
import CaseModel
import TestSupport
import Testing

@testable import DecisionIntake

@Suite struct ReplyTests {
  @Test(arguments: ReplySample.all, [false, true])
  func takesTheAnswerAndNothingThatIsQuoted(sample: ReplySample, hasCRLF: Bool) throws {
    let bytes = hasCRLF ? MailSamples.withCRLF(sample.message) : Array(sample.message.utf8)
    guard sample.counts else {
      #expect(IntakeSamples.refusal(bytes)?.diagnostic.message == "the message holds no decision")
      return
    }
    let file = try IntakeSamples.read(bytes)
    #expect(file.refused == [])
    #expect(
      file.decisions == [
        SubmittedDecision(
          row: 1, token: ByteString(MailSamples.approve), verdict: nil, action: nil,
          comment: ByteString(ReplySample.comment))
      ])
  }

  /// A reply that only quotes: sent by mistake, or by a machine.
  @Test(arguments: ReplySample.all)
  func decidesNothingWithoutABlockOfItsOwn(sample: ReplySample) {
    let message = sample.message
    // Blocks in the plain and the HTML text are damaged alike; encoded ones have nothing to replace.
    let changed = message.replacing("BEGIN COUNTERSIGN DECISION-----\ntoken: v4.public.A", with: "v4.public.A")
      .replacing("BEGIN COUNTERSIGN DECISION-----<br>\ntoken: v4.public.A", with: "v4.public.A")
    if changed == message { return }
    #expect(IntakeSamples.refusal(changed)?.diagnostic.message == "the message holds no decision")
  }

  /// Any change of a reply with quote marks: no trap, and no token that was quoted.
  @Test func letsNoQuotedTokenOutOfChangedMail() throws {
    var random = SplitMix(state: 11)
    var read = 0
    for sample in ReplySample.all where sample.client != .outlook && sample.carriage != .html {
      let whole = Array(sample.message.utf8)
      for _ in 0..<150 {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...2, using: &random) { change(&bytes, using: &random) }
        guard let files = try? IntakeSamples.files(bytes) else { continue }
        for decision in files.flatMap(\.decisions) {
          read += 1
          let text = decision.token.bytes
          #expect(
            !text.starts(with: "v4.public.Q".utf8) && !text.starts(with: "v4.public.R".utf8),
            "\(sample): \(String(decoding: bytes, as: UTF8.self))")
        }
      }
    }
    #expect(read > 1_000)
  }

  /// Any change inside what a page quotes: it stays quoted.
  @Test func letsNoQuotedTokenOutOfAChangedPage() throws {
    var random = SplitMix(state: 12)
    for sample in ReplySample.all where sample.carriage == .html && sample.counts {
      let whole = Array(MailSamples.plain(sample.page, type: "text/html; charset=utf-8").utf8)
      let mark = Array("wait for you".utf8)
      guard let start = whole.indices.first(where: { whole[$0...].starts(with: mark) }),
        let end = whole[start...].indices.first(where: { whole[$0...].starts(with: "Larkfield".utf8) })
      else {
        Issue.record("no original in \(sample)")
        continue
      }
      for _ in 0..<150 {
        var quoted = Array(whole[start..<end])
        for _ in 0..<Int.random(in: 1...4, using: &random) { change(&quoted, using: &random) }
        guard let files = try? IntakeSamples.files(whole[..<start] + quoted + whole[end...]) else { continue }
        for decision in files.flatMap(\.decisions) { #expect(decision.token == ByteString(MailSamples.approve)) }
      }
    }
  }

  private func change(_ bytes: inout [UInt8], using random: inout SplitMix) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    let length = min(bytes.count - place, Int.random(in: 0...30, using: &random))
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.removeSubrange(place..<(place + length))
    case 2: bytes.insert(contentsOf: bytes[place..<(place + length)], at: place)
    case 3: bytes.insert(UInt8.random(in: 0...127, using: &random), at: place)
    case 4: bytes.insert(0x0A, at: place)
    default: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    }
  }
}
