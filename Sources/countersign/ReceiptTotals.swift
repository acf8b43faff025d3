import ByteText

/// How many decisions of a run came to what.
struct ReceiptTotals {
  private var applied = 0
  private var duplicate = 0
  private var awaiting = 0
  private var refused = 0

  /// Counts a receipt.
  mutating func add(_ result: Receipt.Result) {
    switch result {
    case .applied: applied += 1
    case .duplicate: duplicate += 1
    case .awaitingQuorum: awaiting += 1
    case .refused: refused += 1
    }
  }

  /// The totals in words; the sum of the parts is what was read.
  var line: ByteString {
    counted(applied + duplicate + awaiting + refused, "decision")
      + ByteString(" read: \(applied) applied, \(duplicate) duplicate, \(awaiting) awaiting quorum, \(refused) refused")
  }
}
