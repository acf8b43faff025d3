public import ByteText
public import CaseModel

/// A record that was read, and what was worth saying about it.
public struct ReadRecord: Sendable {
  /// What it says.
  public var record: InvestigationRecord
  /// Notes, warnings, and an error for each action that was refused.
  ///
  /// Without file and record number.
  public var diagnostics: [Diagnostic]
}

/// Why a record cannot be used.
public struct RecordRefusal: Error, Hashable, Sendable {
  /// Field, message and hint.
  ///
  /// Without file and record number.
  public var diagnostic: Diagnostic

  init(_ field: ByteString, _ message: ByteString, hint: ByteString = "") {
    diagnostic = Diagnostic(.error, field: field, message: message, hint: hint)
  }
}

/// Reads one record that stands alone: from evidence, and, by the same way, from a file that is imported.
public enum RecordReading {
  /// Reads a record of which ``ExportedRecord/raw`` are the bytes.
  public static func read(
    _ raw: [UInt8], as dialect: Dialect, limits: JSONLimits = .record
  ) -> Result<ReadRecord, RecordRefusal> {
    do throws(JSONProblem) {
      return read(try JSONDocument.parse(raw, limits: limits), as: dialect, limits: limits)
    } catch {
      return .failure(RecordRefusal("", Wording.problem(error, in: "the record")))
    }
  }

  static func read(
    _ document: JSONDocument, as dialect: Dialect, limits: JSONLimits
  ) -> Result<ReadRecord, RecordRefusal> {
    do throws(RecordRefusal) {
      switch dialect {
      case .air:
        var reader = AIRRecord(limits: limits)
        return .success(try reader.read(document))
      case .countersign:
        return .success(try NeutralRecord.read(document))
      }
    } catch {
      return .failure(error)
    }
  }
}
