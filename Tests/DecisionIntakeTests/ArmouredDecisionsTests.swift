import ByteText
import CaseModel
import Testing

@testable import DecisionIntake

@Suite struct ArmouredDecisionsTests {
  private static let message = Array(IntakeSamples.full.utf8)
  private static let armour = Array(MailSamples.signature.utf8)
  private static let text = String(
    decoding: ArmouredDecisions.text(message, signature: armour), as: UTF8.self)

  @Test(arguments: [
    text, text.replacing("\n", with: "\r\n"), "\n \n" + text + "\n\n", "\u{FEFF}" + text, String(text.dropLast()),
    text.replacing("-----BEGIN SSH", with: "\n\n-----BEGIN SSH"),
  ]) func readsTheFileAndItsSignature(text: String) throws {
    let file = try IntakeSamples.read(text)
    #expect(file.signature == SubmittedSignature(message: Self.message, armour: Self.armour))
    #expect(file.reviewer == "r7" && file.made == "2026-11-23T09:12:00Z")
    #expect(file.decisions == (try IntakeSamples.read(Self.message)).decisions)
  }

  /// The bytes that were signed come back whatever they are, a byte order mark and line ends of Windows included.
  @Test(arguments: ["{}", "\r\n {\"format\":\"countersign-decisions/1\",\"issuer\":\"hq1\",\"decisions\":[]}\r\n"])
  func keepsTheSignedBytes(json: String) throws {
    let text = ArmouredDecisions.text(Array(json.utf8), signature: Self.armour)
    guard let file = try? IntakeSamples.read(text) else {
      #expect(IntakeSamples.refusal(text)?.diagnostic.message == "not a decisions file")
      return
    }
    #expect(file.signature?.message == Array(json.utf8))
  }

  private static let damaged: ByteString = "the text was damaged on its way; take the original"

  @Test(
    arguments: [
      (text.replacing("eyJ", with: "ey!", maxReplacements: 1), "line 2: expected base64", damaged),
      (
        text.replacing("DECISIONS-----\ne", with: "DECISIONS-----\n\ne", maxReplacements: 1), "line 2: expected base64",
        damaged
      ),
      (
        text.replacing("DECISIONS-----\ne", with: "DECISIONS-----\n e", maxReplacements: 1), "line 2: expected base64",
        damaged
      ),
      (
        text.replacing("eyJ", with: "eJ", maxReplacements: 1), "what stands between the two lines is not base64",
        damaged
      ),
      (text.replacing("=\n-----END", with: "\n-----END"), "what stands between the two lines is not base64", damaged),
      (String(text.prefix(200)), "the block of decisions has no end", damaged),
      (
        text.replacing(MailSamples.signature, with: ""), "no signature follows the decisions",
        "append the .sig file of ssh-keygen -Y sign, or hand back the decisions file itself"
      ),
      (
        text.replacing("-----BEGIN SSH", with: "x\n-----BEGIN SSH"), "no signature follows the decisions",
        "append the .sig file of ssh-keygen -Y sign, or hand back the decisions file itself"
      ),
      (text + "x", "the signature block is damaged, or something follows it", damaged),
      (text + text, "the signature block is damaged, or something follows it", damaged),
      (text + MailSamples.signature, "the signature block is damaged, or something follows it", damaged),
      (
        text.replacing("-----END SSH", with: "----END SSH"), "the signature block is damaged, or something follows it",
        damaged
      ),
      (
        text.replacing("U1NI", with: String(repeating: "A", count: 16 << 10)),
        "the signature block is damaged, or something follows it", damaged
      ),
    ] as [(String, ByteString, ByteString)])
  func refusesADamagedText(text: String, message: ByteString, hint: ByteString) {
    #expect(text != Self.text)
    #expect(IntakeSamples.refusal(text) == IntakeError(diagnostic: IntakeSamples.diagnostic(message, hint: hint)))
  }

  @Test func refusesTheFileOfAnotherDeployment() {
    let json = IntakeSamples.full.replacing("hq1\",\"rev", with: "hq2\",\"rev")
    let text = ArmouredDecisions.text(Array(json.utf8), signature: Self.armour)
    #expect(IntakeSamples.refusal(text)?.isForeign == true)
  }

  @Test func isFoundAtTheStartOnly() {
    #expect(IntakeSamples.refusal("Hello\n" + Self.text)?.diagnostic.message == "the file holds no decision")
  }
}
