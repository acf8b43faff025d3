public import ByteText
public import CaseModel

/// What comes out of an export file.
public enum ExportItem: Sendable {
  /// A record that can be used.
  case record(ExportedRecord)
  /// A record, or a whole file, that cannot.
  case refused(RefusedRecord)
  /// More bytes of what was refused last.
  case refusedMore([UInt8])
  /// A note, a warning, or an action that was refused while its record is used.
  case diagnostic(Diagnostic)
}

/// A record of an export, with the bytes from which it can be read again.
public struct ExportedRecord: Sendable {
  /// The source record byte for byte: of an audit record in any container its own JSON text, of a Countersign export
  /// the line.
  ///
  /// Where a container holds a part of the record, its row.
  public var raw: [UInt8]
  /// How ``raw`` is read again: ``RecordReading``.
  public var dialect: Dialect
  /// The record's number in the file, from 1.
  public var number: Int
  /// What it says.
  public var record: InvestigationRecord
}

/// A record, or a whole file, that was refused.
public struct RefusedRecord: Sendable {
  /// Why.
  ///
  /// A diagnostic without record number means the file.
  public var diagnostic: Diagnostic
  /// The bytes as they stood, or the first of them: ``ExportItem/refusedMore(_:)`` brings the rest.
  ///
  /// A row of a CSV file is written anew, every field quoted.
  public var bytes: [UInt8]
}

/// The formats in which a record can be kept.
///
/// The raw value stands in evidence files.
public enum Dialect: String, Hashable, Sendable, CaseIterable {
  /// An audit record of automated investigation and response (DESIGN section 5, *Input*).
  case air = "air"
  /// A line of a Countersign export (docs/formats/neutral-export.md).
  case countersign = "countersign"
}
