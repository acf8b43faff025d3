import ByteText
import CaseModel

/// Reads what a file holds, once any gzip around it is off: finds out the format and hands rows and values to
/// ``ContainerReading``.
struct ContentReader {
  private enum Format {
    case undecided
    case json
    case csv(CSVColumns)
    case refused
  }

  var acceptedTenants: Set<ByteString>
  var isInsideGzip = false
  private let limits: JSONLimits
  private var format = Format.undecided
  private var head: [UInt8] = []
  private var isPastMark = false
  private var hasMark = false
  private var json: JSONStream
  private var csv = CSVReader()
  private var rows: [CSVReader.Event] = []
  private var isPastHeader = false
  private var queue: [ExportItem] = []
  private var taken = 0
  private var number = 0

  init(acceptedTenants: Set<ByteString>, limits: JSONLimits) {
    self.acceptedTenants = acceptedTenants
    self.limits = limits
    json = JSONStream(limits: limits)
  }

  mutating func feed(_ chunk: ArraySlice<UInt8>) {
    if chunk.isEmpty { return }
    switch format {
    case .undecided:
      head += chunk
      decide(isFinished: false)
    case .json: json.feed(chunk)
    case .csv: read(chunk)
    case .refused: queue.append(.refusedMore(Array(chunk)))
    }
  }

  /// Says that there are no more bytes; `failure` is why the rest could not be decompressed.
  mutating func finish(after failure: GzipError?) {
    if case .undecided = format {
      if failure == nil { decide(isFinished: true) }
    }
    switch format {
    case .json: json.finish()
    case .csv:
      var events: [CSVReader.Event] = []
      csv.finish { events.append($0) }
      rows = events.reversed() + rows
    case .undecided, .refused: break
    }
    ending = Ending(failure: failure)
  }

  private struct Ending {
    var failure: GzipError?
  }
  private var ending: Ending?

  mutating func next() -> ExportItem? {
    while true {
      if taken < queue.count {
        let item = queue[taken]
        taken += 1
        if taken == queue.count {
          queue.removeAll(keepingCapacity: true)
          taken = 0
        }
        return item
      }
      switch format {
      case .undecided, .refused: break
      case .json:
        if let item = json.next() {
          take(item)
          continue
        }
      case .csv(let columns):
        if let event = rows.popLast() {
          take(event, columns)
          continue
        }
      }
      guard let ending else { return nil }
      self.ending = nil
      end(ending)
      if queue.isEmpty { return nil }
    }
  }

  private mutating func end(_ ending: Ending) {
    if let failure = ending.failure {
      refuseFile(failure.message, hint: number == 0 ? "copy or download the file again" : Self.cutHint)
    } else if case .json = format, json.endedInsideArray {
      queue.append(
        .diagnostic(Diagnostic(.warning, message: "the file ends inside an array", hint: Self.cutHint)))
    } else if number == 0 {
      switch format {
      case .json: refuseFile("the file holds no record", hint: "export it again, over a longer time")
      case .csv: refuseFile("the file holds a header and no row", hint: "export it again, over a longer time")
      case .undecided, .refused: break
      }
    }
  }

  private static let cutHint: ByteString = "the file was cut: what came before is used, export it again for the rest"

  private mutating func refuseFile(_ message: ByteString, hint: ByteString, bytes: [UInt8] = []) {
    queue.append(.refused(RefusedRecord(diagnostic: Diagnostic(.error, message: message, hint: hint), bytes: bytes)))
  }

  private mutating func decide(isFinished: Bool) {
    if !isPastMark {
      let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
      if head.count < 3 && mark.starts(with: head) && !isFinished { return }
      isPastMark = true
      if head.starts(with: mark) {
        head.removeFirst(3)
        hasMark = true
        queue.append(.diagnostic(Diagnostic(.note, message: "a UTF-8 byte order mark was skipped")))
      }
    }
    let found = ContentDetection.of(head, isFinished: isFinished, isInsideGzip: isInsideGzip)
    if found == .undecided { return }
    let bytes = head
    head = []
    switch found {
    case .undecided: break
    case .json:
      format = .json
      json.feed(bytes[...])
    case .csv(let columns):
      format = .csv(columns)
      csv = CSVReader(separator: columns.separator)
      var rest = bytes.drop(while: ASCII.isBlank)
      if columns.linesBefore > 0 { rest = rest.drop(while: { $0 != 0x0A }).dropFirst() }
      read(rest)
    case .refused(let message, let hint):
      format = .refused
      refuseFile(message, hint: hint, bytes: (hasMark ? [0xEF, 0xBB, 0xBF] : []) + bytes)
    }
  }

  /// Reads rows; they wait in `rows`, last first.
  private mutating func read(_ chunk: ArraySlice<UInt8>) {
    var events: [CSVReader.Event] = []
    csv.feed(chunk) { events.append($0) }
    rows = events.reversed() + rows
  }

  private mutating func take(_ event: CSVReader.Event, _ columns: CSVColumns) {
    if !isPastHeader {
      isPastHeader = true
      return
    }
    number += 1
    var reading = ContainerReading(number: number, limits: limits, tenants: acceptedTenants)
    switch event {
    case .record(let record):
      reading.row(record.fields, columns)
    case .problem(let problem):
      reading.refuse("", CSVColumns.message(problem, firstLine: columns.linesBefore), hint: "", bytes: [])
    }
    queue += reading.items
  }

  private mutating func take(_ item: JSONStream.Item) {
    switch item {
    case .record(let document, _):
      number += 1
      var reading = ContainerReading(number: number, limits: limits, tenants: acceptedTenants)
      reading.value(document)
      number = reading.number
      queue += reading.items
    case .refused(let problem, let offset, let bytes):
      number += 1
      let message = Wording.problem(problem, in: "the file", from: offset + (hasMark ? 3 : 0))
      queue.append(
        .refused(
          RefusedRecord(
            diagnostic: Diagnostic(.error, record: number, message: message, hint: Self.hint(problem)), bytes: bytes)))
    case .refusedMore(let bytes): queue.append(.refusedMore(bytes))
    }
  }

  private static func hint(_ problem: JSONProblem) -> ByteString {
    switch problem.reason {
    case .truncated: "the file was cut: export it again"
    default: ""
    }
  }
}
