import ByteText
import DurableFiles

/// The lines of a file of ours, one at a time, by chunks of 1 MiB.
struct FileLines {
  private let file: InputFile
  private var offset: Int
  private let end: Int

  /// Reads from `start` up to `end` (the whole file where it is `nil`).
  init(_ file: InputFile, from start: Int = 0, to end: Int? = nil) {
    self.file = file
    offset = start
    self.end = end ?? file.size
  }

  /// Calls `body` with each line, its line feed included, and its offset.
  ///
  /// A last line without line feed is handed over too.
  mutating func forEach(_ body: (ArraySlice<UInt8>, Int) throws -> Void) throws {
    var chunk: [UInt8] = []
    var rest: [UInt8] = []
    while offset < end {
      let count = try file.read(into: &chunk, at: offset, count: min(1 << 20, end - offset))
      if count == 0 { break }
      var slice = chunk[..<count]
      if !rest.isEmpty {
        if let feed = slice.firstIndex(of: 0x0A) {
          rest += slice[...feed]
          try body(rest[...], offset + feed + 1 - rest.count)
          rest = []
          slice = slice[(feed + 1)...]
        } else {
          rest += slice
          offset += count
          continue
        }
      }
      while let feed = slice.firstIndex(of: 0x0A) {
        try body(slice[...feed], offset + slice.startIndex)
        slice = slice[(feed + 1)...]
      }
      rest = Array(slice)
      offset += count
    }
    if !rest.isEmpty { try body(rest[...], offset - rest.count) }
  }
}
