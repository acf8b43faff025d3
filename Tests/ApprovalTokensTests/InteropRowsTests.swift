import ByteText
import CaseModel
import Foundation
import Testing

@testable import ApprovalTokens

/// Writes tokens for Tests/Interop/pyseto_tokens.py, which checks them with pyseto and openssl.
@Suite struct InteropRowsTests {
  static let file = ProcessInfo.processInfo.environment["COUNTERSIGN_INTEROP_OUT"]
  static let count = Int(ProcessInfo.processInfo.environment["COUNTERSIGN_INTEROP_COUNT"] ?? "") ?? 100

  @Test(.enabled(if: file != nil)) func writesTokensForOtherImplementations() throws {
    let path = try #require(Self.file)
    var rows: [JSONTree] = []
    for index in 0..<Self.count {
      let seed = Fixture.seed(UInt8(truncatingIfNeeded: index % 7 * 33))
      let key = try SigningKey(seed: seed, purpose: .mint)
      let claims = try Fixture.claims(
        index % 2 == 0 ? .approve : .reject, on: Fixture.effect(round: index + 1),
        to: index % 3 == 0 ? "*" : ByteString("r\(index)"),
        until: Fixture.end.adding(seconds: Int64(index)))
      rows.append([
        "seed": .string(ByteString(Hex.encode(seed))), "publicKeyPEM": .string(ByteString(key.verifyingKey.pem)),
        "payload": .string(ByteString(claims.canonical)),
        "footer": .string(ByteString(DecisionToken.footer(kid: key.kid))),
        "implicit": .string(ByteString(DecisionToken.implicitAssertion)),
        "token": .string(try TokenMint.mint(claims, with: key)),
      ])
    }
    #expect(rows.count == Self.count)
    try Data(CanonicalJSON.bytes(["rows": .array(rows)]) + [0x0A]).write(to: URL(fileURLWithPath: path))
  }
}
