import TestSupport
import Testing

@testable import ByteText

@Suite struct JSONTextPositionTests {
  @Test(arguments: [(0, 1, 1), (2, 1, 3), (3, 2, 1), (4, 3, 1), (6, 3, 3), (8, 3, 5), (99, 3, 96)])
  func countsLinesAndBytesFromOne(offset: Int, line: Int, column: Int) {
    let position = JSONTextPosition(of: offset, in: bytes("ab\n\ncdéf"))
    #expect(position.line == line && position.column == column)
  }
}
