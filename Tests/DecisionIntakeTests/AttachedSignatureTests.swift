import ByteText
import Testing

@testable import DecisionIntake

@Suite struct AttachedSignatureTests {
  private static let json = Array(IntakeSamples.full.utf8)
  private static let signature = Array(MailSamples.signature.utf8)

  private static func file(_ name: String, _ bytes: [UInt8] = json, encoding: String = "base64") -> String {
    MailSamples.file(name, bytes, encoding: encoding)
  }

  private static func sig(_ name: String, _ bytes: [UInt8] = signature, encoding: String = "base64") -> String {
    MailSamples.file(name, bytes, type: "text/plain", encoding: encoding)
  }

  @Test(arguments: [
    [file("d.json"), sig("d.json.sig")], [sig("d.json.sig"), file("d.json")], [file("d.json"), sig("other.asc")],
    [file("d.json"), sig("", encoding: "7bit")],
    [file("d.json", encoding: "8bit"), sig("d.json.sig", encoding: "7bit")],
    [file("d.json"), sig("d.json.sig", Array(MailSamples.signature.replacing("\n", with: "\r\n").utf8))],
    [file("d.json"), sig("d.json.sig", Array(("\n" + MailSamples.signature.dropLast()).utf8))],
    [file("d.json"), sig("d.json.sig"), MailSamples.file("x.sig", [0x30, 0x82], type: "application/pkcs7-signature")],
  ]) func givesTheOnlyFileTheOnlySignature(parts: [String]) throws {
    let message = MailSamples.multipart(parts)
    for bytes in [Array(message.utf8), MailSamples.withCRLF(message)] {
      let file = try IntakeSamples.read(bytes)
      #expect(file.signature == SubmittedSignature(message: Self.json, armour: Self.signature))
      #expect(file.decisions.count == 2)
    }
  }

  /// A decisions file may have lines: base64 keeps their ends, and where a mail writes lines its CR LF stand for LF.
  @Test(arguments: ["base64", "7bit"]) func keepsTheSignedBytes(encoding: String) throws {
    let json = Array(IntakeSamples.file("\n\n").replacing(",", with: ",\n").utf8) + [0x0A]
    let message = MailSamples.multipart([Self.file("d.json", json, encoding: encoding), Self.sig("d.json.sig")])
    #expect(try IntakeSamples.read(Array(message.utf8)).signature?.message == json)
    #expect(try IntakeSamples.read(MailSamples.withCRLF(message)).signature?.message == json)
    let windows = Array(IntakeSamples.file("\r\n").utf8)
    let other = MailSamples.multipart([Self.file("d.json", windows), Self.sig("d.json.sig")])
    #expect(try IntakeSamples.read(other).signature?.message == windows)
  }

  @Test func givesSignaturesByName() throws {
    let files = try IntakeSamples.files(
      MailSamples.multipart([
        Self.file("a.json"), Self.file("b.json"), Self.sig("b.json.sig"), Self.file("c.json"),
        Self.sig("a.json.sig", Array(MailSamples.signature.replacing("U1NI", with: "AAAA").utf8)),
      ]))
    #expect(files.map { $0.signature?.armour == Self.signature } == [false, true, false])
    #expect(files.map { $0.signature == nil } == [false, false, true])
  }

  private static func stray(_ row: Int, _ number: Int) -> ReturnedFile.RefusedRow {
    IntakeSamples.refused(
      row, field: ByteString("attachment \(number)"), "the signature belongs to no decisions file",
      hint: "name it like its file, with .sig behind")
  }

  /// A file must not pass for unsigned in silence because its signature was not understood.
  @Test(
    arguments: [
      ([file("a.json"), file("b.json"), sig("x.sig")], [stray(5, 3)]),
      ([file("a.json"), sig("a.json.sig"), sig("a.json.sig")], [stray(3, 2), stray(4, 3)]),
      ([file("a.json"), file("a.json"), sig("a.json.sig")], [stray(5, 3)]),
      ([file("a.json"), sig("A.json.sig"), sig("x")], [stray(3, 2), stray(4, 3)]),
    ])
  func refusesASignatureThatBelongsToNoFile(parts: [String], refused: [ReturnedFile.RefusedRow]) throws {
    let files = try IntakeSamples.files(MailSamples.multipart(parts))
    #expect(files.flatMap(\.refused) == refused)
    #expect(files.allSatisfy { $0.signature == nil })
    #expect(Set(files.map(\.unit)) == [1])
  }

  @Test(arguments: [
    String(MailSamples.signature.dropLast(8)), MailSamples.signature + "x",
    MailSamples.signature + MailSamples.signature,
    MailSamples.signature.replacing("U1NI", with: String(repeating: "A", count: 40_000)),
  ]) func keepsADamagedSignature(text: String) throws {
    let file = try IntakeSamples.read(
      MailSamples.multipart([Self.file("d.json"), Self.sig("d.json.sig", Array(text.utf8))]))
    #expect(file.signature?.armour == Array(text.utf8.prefix(16 << 10)))
  }

  @Test func passesOverASignatureWithoutAnyFile() {
    let message = MailSamples.multipart([Self.sig("x.sig")])
    #expect(IntakeSamples.refusal(message)?.diagnostic.message == "the message holds no decision")
  }
}
