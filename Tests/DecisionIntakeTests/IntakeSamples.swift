import ByteText
import CaseModel
import Testing

@testable import DecisionIntake

/// What tests of this target share: returned files and how they are read.
enum IntakeSamples {
  static let name: ByteString = "back.json"

  /// A decisions file with every optional key.
  static let full =
    #"{"format":"countersign-decisions/1","issuer":"hq1","reviewer":"r7","site":"hq1/all","checkpoint":"12 · abc","#
    + #""made":"2026-11-23T09:12:00Z","decisions":["#
    + #"{"action":"zapurl-k3/mail-7q","verdict":"approve","comment":"seen","token":"v4.public.AA.BB"},"#
    + #"{"token":"v4.public.CC.DD"}]}"#

  /// All that an input holds.
  static func files(_ bytes: [UInt8]) throws(IntakeError) -> [ReturnedFile] {
    try DecisionIntake.read(bytes, name: name, issuer: "hq1")
  }

  static func files(_ text: String) throws(IntakeError) -> [ReturnedFile] { try files(Array(text.utf8)) }

  /// The one file of an input that must hold just one.
  static func read(_ bytes: [UInt8]) throws(IntakeError) -> ReturnedFile {
    let files = try files(bytes)
    #expect(files.map(\.unit) == [1])
    return files.first ?? ReturnedFile(name: name)
  }

  static func read(_ text: String) throws(IntakeError) -> ReturnedFile { try read(Array(text.utf8)) }

  /// Why a file was refused; `nil` where it was read.
  static func refusal(_ bytes: [UInt8]) -> IntakeError? {
    do throws(IntakeError) {
      _ = try files(bytes)
      return nil
    } catch {
      return error
    }
  }

  static func refusal(_ text: String) -> IntakeError? { refusal(Array(text.utf8)) }

  /// The diagnostic of a whole file.
  static func diagnostic(field: ByteString = "", _ message: ByteString, hint: ByteString = "") -> Diagnostic {
    Diagnostic(.error, file: name, field: field, message: message, hint: hint)
  }

  /// A row that is no decision.
  static func refused(
    _ row: Int, code: RefusalCode = .malformed, field: ByteString = "", _ message: ByteString, hint: ByteString = ""
  ) -> ReturnedFile.RefusedRow {
    .init(
      row: row, code: code,
      diagnostic: Diagnostic(.error, file: name, record: row, field: field, message: message, hint: hint))
  }

  /// A decisions file around rows.
  static func file(_ rows: String) -> String {
    #"{"format":"countersign-decisions/1","issuer":"hq1","decisions":["# + rows + "]}"
  }

  static func count(of needle: String, in bytes: [UInt8]) -> Int {
    let pattern = Array(needle.utf8)
    guard bytes.count >= pattern.count else { return 0 }
    return (0...(bytes.count - pattern.count)).count { bytes[$0...].starts(with: pattern) }
  }
}
