import ByteText
import CaseModel

/// The forms of the values in a decision token (docs/formats/token.md).
enum TokenGrammar {
  /// `[a-z0-9-]{1,16}`: an issuer or a reviewer.
  static func isName(_ text: ByteString) -> Bool {
    text.count >= 1 && text.count <= 16
      && text.bytes.allSatisfy { ASCII.isDigit($0) || $0 == 0x2D || ($0 >= 0x61 && $0 <= 0x7A) }
  }

  /// `*`, or a reviewer.
  static func isAudience(_ text: ByteString) -> Bool { text == DecisionClaims.anyone || isName(text) }

  /// 43 characters of base64url that stand for 32 bytes.
  static func isDigest(_ text: ByteString) -> Bool {
    text.count == 43 && Base64URL.decode(text.bytes)?.count == 32
  }

  /// 16 characters of base64url: 96 bits.
  static func isTokenID(_ text: ByteString) -> Bool {
    text.count == 16 && Base64URL.decode(text.bytes) != nil
  }

  /// `2026-12-01T00:00:00Z`: RFC 3339, UTC, whole seconds, one spelling for each instant.
  static func time(_ text: ByteString) -> Instant? {
    guard text.count == 20, let instant = Instant(rfc3339: text), instant.rfc3339 == text else { return nil }
    return instant
  }

  /// `investigation/action`.
  static func subject(_ text: ByteString) -> (investigation: CaseID, action: CaseID)? {
    let parts = text.bytes.split(separator: 0x2F, omittingEmptySubsequences: false)
    guard parts.count == 2, let investigation = CaseID(ByteString(parts[0])), let action = CaseID(ByteString(parts[1]))
    else { return nil }
    return (investigation, action)
  }
}
