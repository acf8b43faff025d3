/// A place in a text for people: line and column, both from 1.
///
/// Columns count bytes.
public struct JSONTextPosition: Hashable, Sendable {
  /// The line, from 1.
  public var line: Int
  /// The byte in the line, from 1.
  public var column: Int

  /// Finds the place of an offset.
  public init(of offset: Int, in bytes: [UInt8]) {
    var line = 1
    var start = 0
    for index in 0..<min(offset, bytes.count) where bytes[index] == 0x0A {
      line += 1
      start = index + 1
    }
    self.line = line
    self.column = offset - start + 1
  }
}
