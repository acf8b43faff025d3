import ByteText
import DecisionLedger
import Digests

/// The tokens of a build, in order of case and action: their number, and the hash over their ids.
struct IssuedTokens {
  private var sum = SHA256Stream()
  private var count = 0

  /// Adds the ids of a case's tokens, 16 characters each.
  mutating func add(_ offers: ByteString) {
    sum.update(offers.bytes)
    count += offers.count / 16
  }

  /// Logs the tokens where they are not those logged last for the audience.
  func log(_ session: Session, _ ledger: Ledger, audience: ByteString, kid: ByteString) throws {
    let hash = sum.finish()
    let last = ledger.state.issued[audience]
    guard last != hash.hex, count > 0 || last != nil else { return }
    try session.append(ledger, .issue, LedgerBody.issue(audience: audience, count: count, kid: kid, tokens: hash))
  }
}
