import ByteText
import CaseModel

/// A table (CSV, RFC 4180) with a column named `token`: what comes back from a spreadsheet.
///
/// Columns `comment`, `verdict` and `action` are read too, others are passed over: spreadsheets add some.
struct DecisionTable {
  private enum Column: CaseIterable {
    case token, comment, verdict, action

    var name: StaticString {
      switch self {
      case .token: "token"
      case .comment: "comment"
      case .verdict: "verdict"
      case .action: "action"
      }
    }
  }

  private static let limits = CSVReader.Limits(
    fieldBytes: IntakeLimits.cellBytes, recordBytes: IntakeLimits.cellBytes * 16)

  private let separator: UInt8
  private let columns: [Column: Int]
  /// A column whose name stands over two columns.
  private let repeated: Column?

  /// Finds the header row; `nil` where the text is no such table.
  ///
  /// Cells are parted as the header row has it: by comma, semicolon or tab, the first of these that gives a `token` column.
  init?(_ text: ArraySlice<UInt8>) {
    for separator: UInt8 in [0x2C, 0x3B, 0x09] {
      guard let header = Self.firstRecord(of: text, separator: separator) else { continue }
      var columns: [Column: Int] = [:]
      var repeated: Column?
      for (place, cell) in header.enumerated() {
        guard let column = Column.allCases.first(where: { ASCII.equalsIgnoringCase(ASCII.trim(cell), $0.name) }) else {
          continue
        }
        if columns[column] != nil { repeated = repeated ?? column } else { columns[column] = place }
      }
      if columns[.token] == nil { continue }
      self.separator = separator
      self.columns = columns
      self.repeated = repeated
      return
    }
    return nil
  }

  /// Reads the rows below the header row; the first is row 1.
  func read(_ text: ArraySlice<UInt8>, name: ByteString) throws(IntakeError) -> ReturnedFile {
    if let repeated {
      throw IntakeError(
        diagnostic: Diagnostic(
          .error, file: name, field: ByteString(stringLiteral: repeated.name),
          message: "two columns have this name", hint: "keep the one that is meant"))
    }
    var file = ReturnedFile(name: name)
    // The header row is number 0.
    var row = -1
    var counted = 0
    var isFull = false
    var reader = CSVReader(limits: Self.limits, separator: separator)
    func take(_ event: CSVReader.Event) {
      row += 1
      if row == 0 || isFull { return }
      if case .record(let record) = event, isBlank(record.fields) { return }
      counted += 1
      if counted > IntakeLimits.rows {
        isFull = true
        file.refuse(row, ByteString("more than \(IntakeLimits.rows) decisions; the rest was not read"))
        return
      }
      switch event {
      case .problem(let problem): file.refuse(row, Self.message(problem.fault), hint: Self.hint(problem))
      case .record(let record): add(record.fields, row: row, to: &file)
      }
    }
    reader.feed(text, emit: take)
    reader.finish(emit: take)
    return file
  }

  private func add(_ cells: [[UInt8]], row: Int, to file: inout ReturnedFile) {
    var decision = SubmittedDecision(row: row, token: "", verdict: nil, action: nil, comment: "")
    decision.token = ByteString(ASCII.trim(cell(.token, of: cells)))
    decision.comment = ByteString(Self.unguarded(cell(.comment, of: cells)))
    let action = ASCII.trim(cell(.action, of: cells))
    if !action.isEmpty { decision.action = ByteString(action) }
    let verdict = ASCII.trim(cell(.verdict, of: cells))
    if !verdict.isEmpty {
      decision.verdict = DecisionVerdict.named(ByteString(ASCII.lowercased(Array(verdict))))
      guard decision.verdict != nil else { return file.refuse(row, field: "verdict", "expected approve or reject") }
    }
    guard !decision.token.isEmpty else { return file.refuse(row, field: "token", "missing") }
    guard decision.comment.count <= IntakeLimits.commentBytes else {
      return file.refuse(row, field: "comment", ByteString("longer than \(IntakeLimits.commentBytes) bytes"))
    }
    file.decisions.append(decision)
  }

  /// Whether a row says nothing: neither token nor comment.
  private func isBlank(_ cells: [[UInt8]]) -> Bool {
    ASCII.trim(cell(.token, of: cells)).isEmpty && ASCII.trim(cell(.comment, of: cells)).isEmpty
  }

  private func cell(_ column: Column, of cells: [[UInt8]]) -> [UInt8] {
    guard let place = columns[column], place < cells.count else { return [] }
    return cells[place]
  }

  /// A comment without the `'` that ``CSVWriter`` puts before what a spreadsheet would run.
  private static func unguarded(_ comment: [UInt8]) -> ArraySlice<UInt8> {
    guard comment.count > 1, comment[0] == 0x27 else { return comment[...] }
    switch comment[1] {
    case 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D: return comment.dropFirst()
    default: return comment[...]
    }
  }

  private static func firstRecord(of text: ArraySlice<UInt8>, separator: UInt8) -> [[UInt8]]? {
    var first: CSVReader.Event?
    var reader = CSVReader(limits: limits, separator: separator)
    var rest = text
    while first == nil && !rest.isEmpty {
      // In pieces: the header row is short, the text may be long.
      reader.feed(rest.prefix(4_096)) { first = first ?? $0 }
      rest = rest.dropFirst(4_096)
    }
    if first == nil { reader.finish { first = first ?? $0 } }
    guard case .record(let record)? = first else { return nil }
    return record.fields
  }

  private static func message(_ fault: CSVReader.Fault) -> ByteString {
    switch fault {
    case .unterminatedQuote: "a quoted cell does not end"
    case .quoteInUnquotedField: "a quote stands inside a cell that is not quoted"
    case .textAfterClosingQuote: "something stands after the closing quote of a cell"
    case .bareCarriageReturn: "a carriage return stands alone"
    case .fieldTooLong: ByteString("a cell is longer than \(IntakeLimits.cellBytes) bytes")
    case .recordTooLong: ByteString("the row is longer than \(limits.recordBytes) bytes")
    case .tooManyFields: ByteString("the row has more than \(limits.fields) cells")
    }
  }

  private static func hint(_ problem: CSVReader.Problem) -> ByteString {
    ByteString("see line \(problem.line) of the file; save the table as CSV again")
  }
}
