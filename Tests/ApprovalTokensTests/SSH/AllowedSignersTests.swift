import ByteText
import CaseModel
import Testing

@testable import ApprovalTokens

@Suite struct AllowedSignersTests {
  private static let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHm1Vi6P5lT5QHixEuipi6eQH4U65pW+1+DjkQutBJZk"

  private func read(_ text: String) -> AllowedSigners { AllowedSigners(parsing: bytes(text)) }

  @Test func listsTheKeysOfTheSamples() throws {
    let samples = SSHSample.Kind.allCases.map { SSHSample($0) }
    let lines = try samples.enumerated().map { "r\($0.offset) \(try $0.element.keyText) a comment" }
    let signers = read(lines.joined(separator: "\n"))
    #expect(signers.diagnostics.isEmpty)
    #expect(signers.entries.map(\.line) == Array(1...samples.count))
    for (entry, sample) in zip(signers.entries, samples) {
      #expect(entry.principals == [ByteString("r\(entry.line - 1)")])
      #expect(entry.key.blob == (try sample.key))
      #expect(entry.namespaces == nil && entry.validAfter == nil && entry.validBefore == nil)
    }
  }

  @Test func readsPrincipalsAndOptions() throws {
    let signers = read(
      "r7,ivy-2 valid-after=\"20261101Z\",namespaces=\"git,decisions.v1@countersign\",valid-before=\"202612010930Z\" "
        + Self.key)
    #expect(signers.diagnostics.isEmpty)
    let entry = try #require(signers.entries.first)
    #expect(entry.principals == ["r7", "ivy-2"])
    #expect(entry.namespaces?.map(\.text) == ["git", "decisions.v1@countersign"])
    #expect(entry.validAfter?.rfc3339 == "2026-11-01T00:00:00Z")
    #expect(entry.validBefore?.rfc3339 == "2026-12-01T09:30:00Z")
    #expect("\(entry.key.text)" == Self.key)
  }

  /// Lines that mean the same, each by itself.
  static let goodLines = [
    "r7 \(key)", "r7 \(key) comment", "r7  \(key)  a \"comment", "  r7\t\(key)", "r7 \(key)\r", "r7 \(key) ",
    "r7 namespaces=\"decisions.v1@countersign\"\t \(key)", "r7 NAMESPACES=\"decisions.v1@countersign\" \(key)",
    "r7,r7 \(key)",
  ]

  @Test(arguments: goodLines)
  func takesLinesHoweverTheyAreSpaced(line: String) {
    let signers = read(line)
    #expect(signers.diagnostics.isEmpty)
    #expect(signers.entries.count == 1)
    #expect(signers.entries.first?.principals.first == "r7")
  }

  @Test func skipsCommentsAndBlankLinesButCountsThem() {
    let signers = read("# keys\n\n  \t\r\n  # r9 \(Self.key)\nr7 \(Self.key)\n\nr8 \(Self.key)\n")
    #expect(signers.diagnostics.isEmpty)
    #expect(signers.entries.map(\.line) == [5, 7])
    #expect(read("").entries.isEmpty && read("").diagnostics.isEmpty)
  }

  private static let pattern = "principals: a pattern stands where a principal must be exactly the id of a reviewer"
  private static let otherName =
    "principals: a principal must be exactly the id of a reviewer: a to z, 0 to 9 and -, at most 16"
  private static let time = "it is no time of the form YYYYMMDDZ, YYYYMMDDHHMMZ or YYYYMMDDHHMMSSZ"
  private static let unknown = "options: neither an option that ssh-keygen knows nor a key type"
  private static let names =
    "namespaces: a namespace is empty, a pattern, or holds blanks or other bytes than ASCII"
  private static let commas = "options: options are parted by one comma, and none stands at their end"

  /// A line, and what its diagnostic says after file and line.
  static let badLines: [(String, String)] = [
    ("* \(key)", pattern), ("r? \(key)", pattern), ("r7,!r8 \(key)", pattern), ("*@larkfield.example \(key)", pattern),
    ("ivy@larkfield.example \(key)", otherName), ("R7 \(key)", otherName), ("r7, \(key)", otherName),
    (",r7 \(key)", otherName), ("\"r7\" \(key)", otherName), ("r7,r_8 \(key)", otherName),
    ("0123456789abcdefg \(key)", otherName), ("\u{FEFF}r7 \(key)", otherName),
    (key, "principals: the line starts with its key"),
    ("sk-ssh-ed25519@openssh.com AAAA", "principals: the line starts with its key"),
    ("r7", "key: no key"), ("r7 ssh-ed25519", "key: no key"), ("r7 namespaces=\"git\"", "key: no key"),
    ("r7 namespaces=\"git\" ssh-ed25519", "key: no key"),
    ("r7 ssh-ed25519 AAAA", "key: not an SSH public key: it ends too early"),
    ("r7 ssh-ed25519 AAA", "key: not an SSH public key: its text is not base64"),
    ("r7 \(key)=", "key: not an SSH public key: its text is not base64"),
    ("r7 \(key)AAAA", "key: not an SSH public key: bytes follow it"),
    (
      "r7 " + key.replacing("ssh-ed25519", with: "ecdsa-sha2-nistp256"),
      "key: not an SSH public key: its bytes are of another type"
    ),
    ("r7 ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB", "key: key type ssh-rsa is not supported"),
    ("r7 ssh-dss AAAA", "key: key type ssh-dss is not supported"),
    ("r7 ecdsa-sha2-nistp384 AAAA", "key: key type ecdsa-sha2-nistp384 is not supported"),
    ("r7 ecdsa-sha2-nistp521 AAAA", "key: key type ecdsa-sha2-nistp521 is not supported"),
    (
      "r7 ssh-ed25519-cert-v01@openssh.com AAAA", "key: key type ssh-ed25519-cert-v01@openssh.com is not supported"
    ),
    ("r7 sk-\u{1B}[1m AAAA", "it holds control characters"),
    ("r7 \(key)\0", "it holds control characters"),
    ("r7 \(key)\rr8 \(key)", "it holds control characters"),
    ("r7 cert-authority \(key)", "cert-authority: certificates are not taken"),
    ("r7 Cert-Authority,namespaces=\"git\" \(key)", "cert-authority: certificates are not taken"),
    ("r7 namespaces=\"git\",cert-authority \(key)", "cert-authority: certificates are not taken"),
    ("r7 touch-required \(key)", unknown), ("r7 no-touch-required \(key)", unknown), ("r7 x=\"y\" \(key)", unknown),
    ("r7 ,namespaces=\"git\" \(key)", unknown), ("r7 namespaces \"git\" \(key)", "namespaces: \(quotes)"),
    ("r7 namespaces=git \(key)", "namespaces: \(quotes)"), ("r7 namespaces= \(key)", "namespaces: \(quotes)"),
    ("r7 namespaces='git' \(key)", "namespaces: \(quotes)"),
    ("r7 valid-before=20261101Z \(key)", "valid-before: \(quotes)"),
    ("r7 namespaces=\"git \(key)", "namespaces: its value has no closing quote"),
    ("r7 namespaces=\"git\", \(key)", commas), ("r7 namespaces=\"git\"x \(key)", commas),
    ("r7 namespaces=\"git\",,valid-after=\"20261101Z\" \(key)", unknown),
    ("r7 namespaces=\"git\",namespaces=\"git\" \(key)", "namespaces: it stands twice"),
    ("r7 valid-after=\"20261101Z\",Valid-After=\"20261101Z\" \(key)", "valid-after: it stands twice"),
    ("r7 namespaces=\"\" \(key)", names), ("r7 namespaces=\"git,\" \(key)", names),
    ("r7 namespaces=\"*\" \(key)", names), ("r7 namespaces=\"*@countersign\" \(key)", names),
    ("r7 namespaces=\"!git,a\" \(key)", names), ("r7 namespaces=\"git, a\" \(key)", names),
    ("r7 namespaces=\"gi?\" \(key)", names), ("r7 namespaces=\"a\\\"b\" \(key)", names),
    ("r7 namespaces=\"gït\" \(key)", names),
    ("r7 valid-before=\"20261101\" \(key)", "valid-before: it has no zone"),
    ("r7 valid-after=\"202611011200\" \(key)", "valid-after: it has no zone"),
    ("r7 valid-after=\"20261101120000\" \(key)", "valid-after: it has no zone"),
    ("r7 valid-before=\"\" \(key)", "valid-before: \(time)"), ("r7 valid-before=\"Z\" \(key)", "valid-before: \(time)"),
    ("r7 valid-before=\"2026110Z\" \(key)", "valid-before: \(time)"),
    ("r7 valid-before=\"2026110112Z\" \(key)", "valid-before: \(time)"),
    ("r7 valid-before=\"20261101ZZ\" \(key)", "valid-before: \(time)"),
    ("r7 valid-before=\"20261101z\" \(key)", "valid-before: \(time)"),
    ("r7 valid-before=\"20261101UTC\" \(key)", "valid-before: \(time)"),
    ("r7 valid-before=\"2026-11-01Z\" \(key)", "valid-before: \(time)"),
    ("r7 valid-before=\"20261131Z\" \(key)", "valid-before: \(time)"),
    ("r7 valid-before=\"20260229Z\" \(key)", "valid-before: \(time)"),
    ("r7 valid-before=\"202611012400Z\" \(key)", "valid-before: \(time)"),
    ("r7 valid-before=\"20261101120060Z\" \(key)", "valid-before: \(time)"),
    ("r7 valid-after=\"19700101Z\" \(key)", "valid-after: \(time)"),
    ("r7 valid-after=\"00000101Z\" \(key)", "valid-after: \(time)"),
    (
      "r7 valid-after=\"20261101Z\",valid-before=\"20261101Z\" \(key)", "valid-before: it is not later than valid-after"
    ),
    (
      "r7 valid-before=\"20261101Z\",valid-after=\"20261102Z\" \(key)", "valid-before: it is not later than valid-after"
    ),
  ]

  private static let quotes = "its value is not in double quotes"

  @Test(arguments: badLines)
  func refusesBadLinesAndKeepsGoodOnes(line: String, words: String) {
    let signers = read("r1 \(Self.key)\n\(line)\nr3 \(Self.key)\n")
    #expect(signers.entries.map(\.principals) == [["r1"], ["r3"]])
    #expect(signers.entries.map(\.line) == [1, 3])
    #expect(
      signers.diagnostics.map { "\(ByteString($0.text))" } == ["keys/allowed_signers: record 2: \(words)"], "\(line)")
    #expect(signers.diagnostics.allSatisfy { $0.severity == .error })
  }

  @Test func tellsWhatToDoAboutALine() {
    for (line, hint) in [
      ("r7 valid-before=\"20261101\" \(Self.key)", "append Z: 20261101Z is that time in UTC"),
      ("*@x \(Self.key)", "write the id from reviewers in countersign.yaml; several are parted by commas"),
      (
        "r7 namespaces=\"*\" \(Self.key)",
        "write them out, parted by commas: namespaces=\"git,decisions.v1@countersign\""
      ),
      ("r7 cert-authority \(Self.key)", "list each reviewer's own key"),
      ("r7 verify-required \(Self.key)", "options are namespaces, valid-after and valid-before"),
      ("r7", "a line is: reviewer-id [options] key-type base64"),
      ("r7 ssh-rsa AAAA", "use a key of type ssh-ed25519, ecdsa-sha2-nistp256 or the sk- type of either"),
    ] {
      #expect(read(line).diagnostics.map { "\($0.hint)" } == [hint])
    }
  }

  @Test func refusesAFileThatIsTooLong() {
    let line = "r7 \(Self.key)\n"
    let file = [[UInt8]](repeating: bytes(line), count: (1 << 20) / line.utf8.count + 1).flatMap { $0 }
    let signers = AllowedSigners(parsing: file)
    #expect(signers.entries.isEmpty)
    #expect(signers.diagnostics.map { "\(ByteString($0.text))" } == ["keys/allowed_signers: longer than 1048576 bytes"])
    #expect(AllowedSigners(parsing: Array(file.dropLast(line.utf8.count))).entries.count > 10_000)
  }

  @Test func readsAnyBytesWithoutHarm() throws {
    var random = SeededRandom(state: 3)
    let good = bytes("r7 namespaces=\"git\",valid-after=\"20261101Z\" \(Self.key) comment\n")
    for _ in 0..<(Corpus.isExhaustive ? 100_000 : 2000) {
      var file = good + good
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0..<file.count, using: &random)
        if Bool.random(using: &random) {
          file[place] = UInt8.random(in: 0...255, using: &random)
        } else {
          file.remove(at: place)
        }
      }
      let signers = AllowedSigners(parsing: file)
      // Nothing but a reviewer's id is ever a principal, whatever happens to the file.
      #expect(signers.entries.flatMap(\.principals).allSatisfy(TokenGrammar.isName))
    }
  }
}
