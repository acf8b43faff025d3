import ByteText
import Testing

@testable import ApprovalTokens

@Suite struct SSHArmourTests {
  private let blob = (0..<200).map { UInt8($0) }

  private func message(_ text: String) -> String? {
    do {
      _ = try SSHArmour.read(bytes(text))
      return nil
    } catch {
      return "\(error.message)"
    }
  }

  @Test func readsWhatItWrites() throws {
    for count in [1, 2, 3, 51, 52, 53, 105, 178, 4096] {
      let blob = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      let text = SSHArmour.write(blob)
      #expect(try SSHArmour.read(text) == blob)
      #expect(text == SSHSample.armour(blob))
      #expect(text.split(separator: 0x0A).dropLast(2).dropFirst().allSatisfy { $0.count == 70 })
    }
  }

  @Test func takesEveryLineEndAndLength() throws {
    for lineEnd in ["\n", "\r\n"] {
      for column in [1, 4, 64, 70, 76, 1000] {
        let text = SSHSample.armour(blob, column: column, lineEnd: lineEnd)
        #expect(try SSHArmour.read(text) == blob)
        #expect(try SSHArmour.read(Array(text.dropLast(lineEnd.utf8.count))) == blob)
      }
    }
  }

  /// The text, and what is wrong with it.
  static let bad: [(String, String)] = [
    ("", "it does not start with -----BEGIN SSH SIGNATURE-----"),
    (" -----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----", start),
    ("\n-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----", start),
    ("\u{FEFF}-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----", start),
    ("-----BEGIN PGP SIGNATURE-----\nAAAA\n-----END PGP SIGNATURE-----", start),
    ("-----BEGIN SSH SIGNATURE-----", end),
    ("-----BEGIN SSH SIGNATURE-----\n", end),
    ("-----BEGIN SSH SIGNATURE-----\nAAAA", end),
    ("-----BEGIN SSH SIGNATURE-----\nAAAA\n", end),
    ("-----BEGIN SSH SIGNATURE-----\nAAAA-----END SSH SIGNATURE-----", end),
    ("-----BEGIN SSH SIGNATURE----- \nAAAA\n-----END SSH SIGNATURE-----", "its first line goes on"),
    ("-----BEGIN SSH SIGNATURE-----\r\r\nAAAA\n-----END SSH SIGNATURE-----", "its first line goes on"),
    ("-----BEGIN SSH SIGNATURE-----AAAA\n-----END SSH SIGNATURE-----", "its first line goes on"),
    ("-----BEGIN SSH SIGNATURE-----\rAAAA\r-----END SSH SIGNATURE-----", "its first line goes on"),
    ("-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE----", "a line in it is not base64"),
    ("-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\r", "a line in it is not base64"),
    ("-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE----- \n", "a line in it is not base64"),
    ("-----BEGIN SSH SIGNATURE-----\n-----BEGIN SSH SIGNATURE-----\nAAAA\n", "a line in it is not base64"),
    ("-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n\n", "lines follow its end"),
    ("-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n ", "lines follow its end"),
    (
      "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n-----BEGIN SSH SIGNATURE-----\n",
      "lines follow its end"
    ),
    ("-----BEGIN SSH SIGNATURE-----\n\nAAAA\n-----END SSH SIGNATURE-----", "a line in it is empty"),
    ("-----BEGIN SSH SIGNATURE-----\nAAAA\n\r\n-----END SSH SIGNATURE-----", "a line in it is empty"),
    ("-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----", base64),
    ("-----BEGIN SSH SIGNATURE-----\nAAA\n-----END SSH SIGNATURE-----", base64),
    ("-----BEGIN SSH SIGNATURE-----\nAA=\n-----END SSH SIGNATURE-----", base64),
    ("-----BEGIN SSH SIGNATURE-----\nAB==\n-----END SSH SIGNATURE-----", base64),
    ("-----BEGIN SSH SIGNATURE-----\nAA==\nAAAA\n-----END SSH SIGNATURE-----", base64),
    ("-----BEGIN SSH SIGNATURE-----\nAAAA \n-----END SSH SIGNATURE-----", base64),
    ("-----BEGIN SSH SIGNATURE-----\nAA\r\rAA\n-----END SSH SIGNATURE-----", base64),
    ("-----BEGIN SSH SIGNATURE-----\nAA_-\n-----END SSH SIGNATURE-----", base64),
    ("-----BEGIN SSH SIGNATURE-----\n> AA\n-----END SSH SIGNATURE-----", base64),
  ]

  private static let start = "it does not start with -----BEGIN SSH SIGNATURE-----"
  private static let end = "it does not end with -----END SSH SIGNATURE-----"
  private static let base64 = "its text is not base64"

  @Test(arguments: bad)
  func refusesEveryOtherForm(text: String, words: String) {
    #expect(message(text) == "not an SSH signature: \(words)")
  }

  @Test func refusesWhatIsTooLong() {
    let blob = [UInt8](repeating: 0, count: 4097)
    #expect(
      message("\(ByteString(SSHSample.armour(blob)))")
        == "not an SSH signature: its base64 stands for more than 4096 bytes")
    let long = [UInt8](repeating: 0, count: 13_000)
    #expect(message("\(ByteString(SSHSample.armour(long)))") == "not an SSH signature: longer than 16384 bytes")
  }
}
