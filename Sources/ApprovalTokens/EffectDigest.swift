public import ByteText
public import CaseModel
import Digests

/// What an approval is bound to: SHA-256 over a prefix and the effect's canonical bytes (docs/formats/effect.md).
public enum EffectDigest {
  /// Keeps the digest from being that of the same bytes in any other use.
  static let prefix: [UInt8] = Array("countersign/action/v1\n".utf8)

  /// The digest, 43 characters of base64url.
  public static func of(_ effect: Effect) -> ByteString { of(canonical: effect.canonical) }

  /// The digest of an effect's canonical bytes, 43 characters of base64url.
  public static func of(canonical: [UInt8]) -> ByteString { SHA256Sum.of(prefix, canonical).base64url }

  /// The effect with the ceiling that an approval names, where that approval still stands.
  ///
  /// It stands when its digest is that of the effect with any ceiling of the 1-2-5 series not below the count as it is now:
  /// a cluster that shrank voids no approval, one that grew beyond the ceiling does.
  ///
  /// - Parameters:
  ///   - digest: the `dig` of a token.
  ///   - effect: the effect as it stands now.
  ///   - mailCount: how many messages it would change now; `nil` where the effect's own ceiling says it.
  public static func standing(_ digest: ByteString, for effect: Effect, mailCount: Int?) -> Effect? {
    if let ceiling = effect.atMost {
      for value in MailCeiling.all(notBelow: mailCount ?? ceiling) {
        let candidate = effect.with(atMost: value)
        if of(candidate) == digest { return candidate }
      }
      return nil
    }
    return of(effect) == digest ? effect : nil
  }
}
