import ByteText
import Testing

@testable import CaseModel

@Suite struct OwnActionTests {
  private static func id(_ text: ByteString) throws -> CaseID { try #require(CaseID(text)) }

  @Test(
    arguments: [
      (ActionKind.withdraw, 1, "mail-abcdefghijklmnopqrst.w1"), (.undo, 1, "mail-abcdefghijklmnopqrst.u1"),
      (.withdraw, 42, "mail-abcdefghijklmnopqrst.w42"),
    ] as [(ActionKind, Int, ByteString)])
  func namesWhatItIsAbout(kind: ActionKind, round: Int, text: ByteString) throws {
    let about = try Self.id("mail-abcdefghijklmnopqrst")
    let own = try #require(OwnAction(kind, of: about, round: round))
    #expect(own.id.text == text)
    #expect(OwnAction(own.id) == own)
    #expect(own.id.folder == about.folder)
  }

  @Test(
    arguments: [
      "mail-abc", "mail-abc.x1", "mail-abc.w", "mail-abc.w0", "mail-abc.w01", "mail-abc.wx", "mail-abc.w1.u1",
      "mail-abc.w1x",
    ] as [ByteString])
  func takesOtherIDsForThoseOfExports(text: ByteString) throws {
    #expect(OwnAction(try Self.id(text)) == nil)
  }

  @Test func isNeverAboutAnotherOfItsKind() throws {
    let own = try #require(OwnAction(.withdraw, of: try Self.id("url-a"), round: 1))
    #expect(OwnAction(.undo, of: own.id, round: 1) == nil)
    #expect(OwnAction(.blockURL, of: try Self.id("url-a"), round: 1) == nil)
    #expect(OwnAction(.withdraw, of: try Self.id("url-a"), round: 0) == nil)
    // An id of the greatest length has no room for the ending.
    #expect(OwnAction(.undo, of: try Self.id("abcdefghijk-abcdefghijklmnopqrst"), round: 1) == nil)
  }

  @Test func readsItsEffectsBack() throws {
    let about = try Self.id("mail-a")
    let withdraw = try #require(OwnAction(.withdraw, of: about, round: 2))
    let effect = Effect(
      withdrawing: .approve, digest: "ddd", path: "inv-1/mail-a", tenant: "t\"1", own: withdraw)
    #expect(Effect(own: withdraw, canonical: ByteString(effect.canonical))?.canonical == effect.canonical)
    #expect(effect.reversal == nil)
    let undo = try #require(OwnAction(.undo, of: about, round: 2))
    var done = effect
    done.kind = .softDeleteCluster
    done.atMost = 50
    let reverse = Effect(undoing: done, by: .restoreMessages, digest: "ddd", own: undo)
    #expect(Effect(own: undo, canonical: ByteString(reverse.canonical))?.canonical == reverse.canonical)
    #expect(reverse.reversal == .restoreMessages && reverse.atMost == 50 && reverse.targets == done.targets)
    #expect(Effect(own: undo, canonical: ByteString(effect.canonical)) == nil)
    #expect(Effect(own: undo, canonical: "{}") == nil)
  }

  @Test func hasAReversalForEveryKindThatSaysSo() {
    for kind in ActionKind.allCases where kind.reversal != nil { #expect(kind.isReversible) }
    #expect(ActionKind.hardDeleteCluster.reversal == nil && ActionKind.withdraw.reversal == nil)
    #expect(Set(Reversal.allCases) == Set(ActionKind.allCases.compactMap(\.reversal)))
  }
}
