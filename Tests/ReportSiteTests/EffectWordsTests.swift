import ByteText
import CaseModel
import Testing
import WebRendering

@testable import ReportSite

@Suite struct EffectWordsTests {
  private func effect(_ kind: ActionKind, targets: Int = 1, atMost: Int? = nil) throws -> EffectWords {
    var action = RemediationAction(
      sourceID: "a", kind: kind, rawType: "Raw<Type>", status: Recognised(.pending, raw: "Pending"))
    action.targets = (0..<targets).map { number in
      Entity(
        type: Recognised(kind.countsMail ? .mailCluster : .url, raw: "x"),
        fields: [
          .init(.query, .text(ByteString("q\(number)"))), .init(.url, .text(ByteString("http://h/\(number)"))),
        ] + (atMost.map { [EntityField(.mailCount, .number($0))] } ?? []))
    }
    let made = try Effect(of: action, id: Samples.id("act-a"), tenant: "t", round: 2)
    return try #require(EffectWords(canonical: made.canonical))
  }

  @Test func hasASentenceForEveryKind() throws {
    var seen: Set<[UInt8]> = []
    for kind in ActionKind.allCases {
      let sentence = try effect(kind).sentence.bytes
      #expect(sentence.last == 0x2E, "\(kind)")
      #expect(seen.insert(sentence).inserted, "\(kind)")
    }
  }

  @Test(
    arguments: [
      (
        ActionKind.softDeleteCluster, 1, 7,
        "Soft delete <strong>at most 10 messages</strong>: those that match the query below."
      ),
      (
        .moveToJunkCluster, 2, 600,
        "Move <strong>at most 2,000 messages</strong> to junk: those that match the queries below."
      ),
      (
        .hardDeleteCluster, 1, nil,
        "Delete for good every message that matches the query below. The records name no number, so there is no ceiling."
      ),
      (.blockURL, 1, nil, "Block the URL below at the time of click."),
      (.blockURL, 3, nil, "Block the 3 URLs below at the time of click."),
      (.softDeleteMessage, 1, nil, "Soft delete the one message below."),
    ] as [(ActionKind, Int, Int?, String)])
  func saysWhatWillHappen(_ kind: ActionKind, _ targets: Int, _ count: Int?, _ sentence: String) throws {
    #expect(
      String(decoding: try effect(kind, targets: targets, atMost: count).sentence.bytes, as: UTF8.self) == sentence)
  }

  @Test func readsEveryMember() throws {
    let words = try effect(.softDeleteCluster, targets: 2, atMost: 30)
    #expect(words.atMost == 100)
    #expect(words.round == 2)
    #expect(words.tenant == "t")
    #expect(words.rawType == "Raw<Type>")
    #expect(words.targets.count == 2)
    #expect(words.kindWord == "soft-delete-cluster")
  }

  @Test(arguments: ["", "{}", "[1]", "{\"kind\":7}", "{\"kind\":\"block-url\""])
  func refusesWhatIsNoEffect(_ text: String) {
    #expect(EffectWords(canonical: Array(text.utf8)) == nil)
  }
}
