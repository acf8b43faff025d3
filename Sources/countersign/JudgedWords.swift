import ByteText
import CaseModel

extension Rejudgement {
  /// What becomes of approvals not yet handed over, in words.
  static let words: [(what: RoundEvent.What, words: ByteString)] = [
    (.retained, " judged again and retained"), (.replaced, " replaced: the effect moved, decide again"),
    (.cleared, " cleared: nothing is left to do"), (.reopened, " reopened: policy asks for more now"),
  ]

  /// Says what became of how many.
  static func report(_ judged: [RoundEvent.What: Int], _ console: Console) {
    for (what, words) in words {
      if let count = judged[what] { console.say(counted(count, "approval") + words) }
    }
  }
}
