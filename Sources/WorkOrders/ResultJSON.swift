import ByteText
import CaseModel

/// Results as JSON.
enum ResultJSON {
  /// What a top-level object is.
  private enum Kind {
    case own, ocsf
    /// Rows of a table: of the object itself, or in a member of it.
    case table([JSONValue])

    var isOwn: Bool { if case .own = self { true } else { false } }
  }

  static func read(_ bytes: ArraySlice<UInt8>) -> ResultFile? {
    var stream = JSONStream(limits: .record)
    stream.feed(bytes)
    stream.finish()
    var file = ResultFile()
    var number = 0
    var isResult = false
    while let item = stream.next() {
      switch item {
      case .refused(_, offset: _, bytes: let bytes):
        number += 1
        file.refused.append(
          RefusedRow(number: number, field: "", message: "no valid JSON", hint: "", bytes: bytes))
      case .refusedMore: continue
      case .record(let document, offset: _):
        guard let kind = kind(document.root) else {
          number += 1
          file.refused.append(
            RefusedRow(
              number: number, field: "", message: "no result that is known here",
              hint: "see docs/formats/result.md for what is read", bytes: Array(document.root.raw)))
          continue
        }
        isResult = true
        if case .table(let rows) = kind {
          for row in rows {
            number += 1
            take(ResultTable.row(fields(row, number)), into: &file)
          }
        } else {
          number += 1
          take(kind.isOwn ? own(document.root, number) : ocsf(document.root, number), into: &file)
        }
      }
    }
    return isResult ? file : nil
  }

  private static func take(_ result: Result<ResultRow, RefusedResult>, into file: inout ResultFile) {
    switch result {
    case .success(let row): file.rows.append(row)
    case .failure(let refused): file.refused.append(refused.row)
    }
  }

  private static func kind(_ root: JSONValue) -> Kind? {
    guard root.kind == .object else { return nil }
    if let format = root["format"]?.string {
      return format.bytes.starts(with: Array("countersign-result/".utf8)) ? .own : nil
    }
    if let classID = root["class_uid"]?.int, (7001...7004).contains(classID) { return .ocsf }
    if let properties = root["properties"], let category = root["category"]?.string {
      return ResultReading.word(category).bytes.suffix(23).elementsEqual("emailpostdeliveryevents".utf8)
        ? .table([properties]) : nil
    }
    for name in ["results", "Results"] as [StaticString] {
      if let list = root[name], list.kind == .array, let first = list.elements.first,
        ResultTable.kind(fields(first, 0)) != nil
      {
        return .table(list.elements)
      }
    }
    return ResultTable.kind(fields(root, 0)) == nil ? nil : .table([root])
  }

  private static func fields(_ value: JSONValue, _ number: Int) -> ResultFields {
    guard value.kind == .object else { return ResultFields(number: number, bytes: Array(value.raw), []) }
    let pairs = value.members.map { ($0.key, $0.value.string ?? ($0.value.isNull ? "" : ByteString($0.value.raw))) }
    return ResultFields(number: number, bytes: Array(value.raw), pairs)
  }

  // MARK: Our own

  private static func own(_ root: JSONValue, _ number: Int) -> Result<ResultRow, RefusedResult> {
    func refused(_ field: ByteString, _ message: ByteString, hint: ByteString = "") -> Result<ResultRow, RefusedResult>
    {
      .failure(
        RefusedResult(
          row: RefusedRow(number: number, field: field, message: message, hint: hint, bytes: Array(root.raw))))
    }
    guard root["format"]?.string == "countersign-result/1" else {
      return refused("format", "made by a newer countersign", hint: "this one reads countersign-result/1")
    }
    guard let order = root["order"]?.string, !order.isEmpty else { return refused("order", "missing or no text") }
    guard let state = root["state"]?.string.flatMap(state) else {
      return refused(
        "state", "missing or not known",
        hint: "one of running, succeeded, failed, skipped, already gone")
    }
    guard let at = root["at"]?.string.flatMap({ Instant(rfc3339: $0) }) else {
      return refused("at", "no time", hint: "RFC 3339, like 2026-11-23T09:12:00Z")
    }
    return .success(
      ResultRow(
        number: number, source: .own, subject: subject(order), outcome: .state(state), at: at,
        detail: ResultReading.shown(root["detail"]?.string ?? "")))
  }

  /// The word of a state; *handed over* and *not started* are no outcomes.
  private static func state(_ word: ByteString) -> ExecutionState? {
    let plain = ResultReading.word(word)
    return [ExecutionState.running, .succeeded, .failed, .skipped, .alreadyGone].first {
      ResultReading.word(ByteString($0.rawValue)) == plain
    }
  }

  /// `wo-...` or `wo-....3`.
  static func subject(_ id: ByteString) -> ResultRow.Subject {
    guard let dot = id.bytes.lastIndex(of: 0x2E), let part = ASCII.decimal(id.bytes[(dot + 1)...]), part > 0 else {
      return .order(id, part: nil)
    }
    return .order(ByteString(id.bytes[..<dot]), part: part)
  }

  // MARK: OCSF

  private static func ocsf(_ root: JSONValue, _ number: Int) -> Result<ResultRow, RefusedResult> {
    func refused(_ field: ByteString, _ message: ByteString) -> Result<ResultRow, RefusedResult> {
      .failure(
        RefusedResult(
          row: RefusedRow(number: number, field: field, message: message, hint: "", bytes: Array(root.raw))))
    }
    guard let command = root["command_uid"]?.string, !command.isEmpty else {
      return refused("command_uid", "missing: nothing says which order it is about")
    }
    guard let time = root["time"]?.int, time > 0, time < 253_402_300_800_000 else {
      return refused("time", "missing, or no number of milliseconds since 1970")
    }
    let state: ExecutionState? =
      switch root["status_id"]?.int {
      case 1: .succeeded
      // Done in part is not done: whoever counts on it would be wrong.
      case 2, 4, 5, 6: .failed
      case 3: .alreadyGone
      default: nil
      }
    let words = [root["status"]?.string, root["status_detail"]?.string].compactMap { $0 }.filter { !$0.isEmpty }
    return .success(
      ResultRow(
        number: number, source: .ocsf, subject: subject(command), outcome: state.map { .state($0) } ?? .none,
        at: Instant(seconds: Int64(time / 1_000)), detail: ResultReading.shown(joined(words, by: ": "))))
  }
}

/// A refused row as an error.
struct RefusedResult: Error {
  var row: RefusedRow
}
