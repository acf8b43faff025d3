/// Reads RFC 4180 from chunks of bytes, holding no more than one record.
///
/// Lines end in CR LF or LF, and the last may lack its end. Inside quotes everything is text and `""` is a quote; a quote in
/// an unquoted field is an error. An empty line is no record. A byte order mark at the very start is passed over. After an
/// error the record is dropped and reading resumes at the next line; where a quoted field is too long, at the line after
/// its closing quote.
public struct CSVReader: Sendable {
  /// One record: its fields, where it starts in bytes from 0, and on which line from 1.
  public struct Record: Hashable, Sendable {
    /// The fields, quotes resolved.
    public var fields: [[UInt8]]
    /// The place of its first byte, counted from 0 over all chunks.
    public var offset: Int
    /// The line it starts on, from 1.
    public var line: Int
  }

  /// What can be wrong with a record.
  public enum Fault: Hashable, Sendable {
    /// A quoted field is open at the end of the input; the position is that of its opening quote.
    case unterminatedQuote
    /// A quote stands inside a field that does not start with one.
    case quoteInUnquotedField
    /// Something stands between a closing quote and the separator.
    case textAfterClosingQuote
    /// A CR is not followed by LF.
    case bareCarriageReturn
    /// A field is longer than ``Limits/fieldBytes``.
    case fieldTooLong
    /// The fields together are longer than ``Limits/recordBytes``.
    case recordTooLong
    /// There are more fields than ``Limits/fields``.
    case tooManyFields
  }

  /// A record that was dropped.
  public struct Problem: Hashable, Sendable {
    /// What is wrong.
    public var fault: Fault
    /// Where, in bytes from 0.
    public var offset: Int
    /// On which line, from 1.
    public var line: Int
    /// The line the record starts on, from 1.
    public var recordLine: Int
  }

  /// What reading brings forth.
  public enum Event: Hashable, Sendable {
    /// A record.
    case record(Record)
    /// A record that was dropped.
    case problem(Problem)
  }

  /// How large things may be.
  public struct Limits: Hashable, Sendable {
    /// The most bytes of one field.
    public var fieldBytes: Int
    /// The most bytes of all fields of a record.
    public var recordBytes: Int
    /// The most fields of a record.
    public var fields: Int

    /// Makes limits; 16 MiB and 1,024 fields unless said.
    public init(fieldBytes: Int = 16 << 20, recordBytes: Int = 16 << 20, fields: Int = 1_024) {
      self.fieldBytes = fieldBytes
      self.recordBytes = recordBytes
      self.fields = fields
    }
  }

  enum State {
    case recordStart, fieldStart, unquoted, quoted, closingQuote, carriageReturn, skipping, skippingQuoted, skippedQuote
  }

  let limits: Limits
  let separator: UInt8
  var state = State.recordStart
  var fields: [[UInt8]] = []
  var field: [UInt8] = []
  var recordBytes = 0
  var recordOffset = 0
  var recordLine = 1
  var quoteOffset = 0
  var quoteLine = 1
  var line = 1
  /// The place of the first byte of the chunk at hand.
  var chunkOffset = 0
  /// The first bytes, until it is clear whether they are a byte order mark.
  private var head: [UInt8] = []
  private var isPastHead = false

  /// Whether a byte order mark was passed over.
  public private(set) var hadByteOrderMark = false

  /// Makes a reader.
  ///
  /// The separator must not be a quote, CR or LF.
  public init(limits: Limits = Limits(), separator: UInt8 = 0x2C) {
    self.limits = limits
    self.separator = separator
  }

  /// Reads the next bytes.
  public mutating func feed(_ chunk: ArraySlice<UInt8>, emit: (Event) -> Void) {
    guard !isPastHead else { return consume(chunk, emit: emit) }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let taken = chunk.prefix(3 - head.count)
    head += taken
    if head.count < 3 && mark.starts(with: head) { return }
    passHead(isMark: head == mark, emit: emit)
    consume(chunk.dropFirst(taken.count), emit: emit)
  }

  /// Ends the input: a last record without line end, or what is left open.
  public mutating func finish(emit: (Event) -> Void) {
    if !isPastHead { passHead(isMark: false, emit: emit) }
    switch state {
    case .recordStart, .skipping, .skippingQuoted, .skippedQuote: break
    case .quoted: emit(.problem(problem(.unterminatedQuote, offset: quoteOffset, line: quoteLine)))
    case .fieldStart, .unquoted, .closingQuote, .carriageReturn:
      if endField(at: chunkOffset, emit: emit) { emitRecord(emit) }
    }
    drop()
    state = .recordStart
  }

  /// Everything that all the bytes bring forth.
  public static func events(in bytes: [UInt8], limits: Limits = Limits(), separator: UInt8 = 0x2C) -> [Event] {
    var reader = CSVReader(limits: limits, separator: separator)
    var events: [Event] = []
    reader.feed(bytes[...]) { events.append($0) }
    reader.finish { events.append($0) }
    return events
  }

  private mutating func passHead(isMark: Bool, emit: (Event) -> Void) {
    isPastHead = true
    hadByteOrderMark = isMark
    if isMark { chunkOffset = 3 } else { consume(head[...], emit: emit) }
    head = []
  }
}
