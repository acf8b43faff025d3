/// Goes over lines that end in LF or CR LF, without a list of them: a text of line feeds alone would make a long one.
struct LineCursor {
  private let bytes: ArraySlice<UInt8>
  /// Where the next line starts.
  private(set) var next: Int

  init(_ bytes: ArraySlice<UInt8>, at start: Int? = nil) {
    self.bytes = bytes
    next = start ?? bytes.startIndex
  }

  /// The next line without its end; `nil` after the last.
  mutating func line() -> ArraySlice<UInt8>? {
    guard next < bytes.endIndex else { return nil }
    let start = next
    guard let feed = bytes[start...].firstIndex(of: 0x0A) else {
      next = bytes.endIndex
      return bytes[start...]
    }
    next = feed + 1
    return bytes[start..<(feed > start && bytes[feed - 1] == 0x0D ? feed - 1 : feed)]
  }
}
