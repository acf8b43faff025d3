import ByteText

/// What is fixed about decision tokens (docs/formats/token.md): PASETO v4.public with our claims, footer and assertion.
public enum DecisionToken {
  /// Longer texts are no token (SECURITY section 1.5).
  public static let greatestLength = 1024

  /// Signed with every token and carried in none, so that nothing else a key signs can pass for one.
  static let implicitAssertion: [UInt8] = Array("countersign/decision-token/v1".utf8)

  /// The footer: a hint which key to try, compared byte for byte and never parsed.
  static func footer(kid: ByteString) -> [UInt8] {
    Array(#"{"kid":""#.utf8) + kid.bytes + Array(#""}"#.utf8)
  }
}
