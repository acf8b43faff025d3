public import ByteText
import CaseModel

/// Reads one export file as it arrives: any of the formats of DESIGN section 5, told apart by their first bytes, also
/// inside gzip.
///
/// ```swift
/// var reader = ExportReader(file: "export.json", acceptedTenants: [])
/// reader.feed(chunk)
/// while let item = reader.next() { ... }
/// ...
/// reader.finish()
/// while let item = reader.next() { ... }
/// ```
///
/// No more than one record and one chunk are held. A copy shares its decompressor: read with one only.
public struct ExportReader {
  /// The file's name as the user gave it, for messages.
  public let file: ByteString
  private var content: ContentReader
  private var gzip: GzipStream?
  private var head: [UInt8] = []
  private var isDecided = false
  private var isFinished = false
  private var isEnded = false
  private var failure: GzipError?

  /// Makes a reader.
  ///
  /// - Parameter acceptedTenants: whose records are used; empty for anybody's. The caller may narrow it later.
  public init(file: ByteString, acceptedTenants: Set<ByteString>, limits: JSONLimits = .record) {
    self.file = file
    content = ContentReader(acceptedTenants: acceptedTenants, limits: limits)
  }

  /// Whose records are used; empty for anybody's.
  ///
  /// A change holds for the records that ``next()`` gives from then on.
  public var acceptedTenants: Set<ByteString> {
    get { content.acceptedTenants }
    set { content.acceptedTenants = newValue }
  }

  /// Takes the next bytes of the file.
  ///
  /// Nothing is taken after ``finish()``.
  public mutating func feed(_ chunk: ArraySlice<UInt8>) {
    if isFinished || chunk.isEmpty { return }
    if !isDecided {
      head += chunk
      if head.count >= 2 { decide() }
    } else if let gzip {
      inflate(gzip, chunk)
    } else {
      content.feed(chunk)
    }
  }

  /// Says that there are no more bytes.
  public mutating func finish() {
    isFinished = true
  }

  /// The next item; `nil` where more bytes are needed, or, after ``finish()``, where there are none.
  public mutating func next() -> ExportItem? {
    while true {
      if let item = content.next() { return named(item) }
      if let gzip, failure == nil, gzip.hasPending {
        inflate(gzip, [])
      } else if isFinished && !isEnded {
        end()
      } else {
        return nil
      }
    }
  }

  private mutating func decide() {
    isDecided = true
    let bytes = head
    head = []
    if bytes.starts(with: [0x1F, 0x8B]) {
      let stream = GzipStream()
      gzip = stream
      content.isInsideGzip = true
      inflate(stream, bytes[...])
    } else {
      content.feed(bytes[...])
    }
  }

  private mutating func inflate(_ gzip: GzipStream, _ chunk: ArraySlice<UInt8>) {
    if failure != nil { return }
    var out: [UInt8] = []
    do throws(GzipError) {
      try gzip.inflate(chunk, into: &out)
    } catch {
      failure = error
    }
    content.feed(out[...])
  }

  private mutating func end() {
    if !isDecided { decide() }
    isEnded = true
    if let gzip, failure == nil {
      do throws(GzipError) { try gzip.finish() } catch { failure = error }
    }
    content.finish(after: failure)
  }

  private func named(_ item: ExportItem) -> ExportItem {
    switch item {
    case .refused(var refused):
      refused.diagnostic.file = file
      return .refused(refused)
    case .diagnostic(var diagnostic):
      diagnostic.file = file
      return .diagnostic(diagnostic)
    case .record, .refusedMore: return item
    }
  }
}
