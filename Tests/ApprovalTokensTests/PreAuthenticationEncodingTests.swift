import Testing

@testable import ApprovalTokens

@Suite struct PreAuthenticationEncodingTests {
  private let zero = [UInt8](repeating: 0, count: 8)
  private let one: [UInt8] = [1, 0, 0, 0, 0, 0, 0, 0]

  /// The examples of the PASETO specification, *PAE Definition*.
  @Test func encodesTheExamplesOfTheSpecification() {
    #expect(PreAuthenticationEncoding.of() == zero)
    #expect(PreAuthenticationEncoding.of([]) == one + zero)
    #expect(PreAuthenticationEncoding.of(bytes("test")) == one + [4, 0, 0, 0, 0, 0, 0, 0] + bytes("test"))
  }

  @Test func tellsListsOfPiecesApart() {
    #expect(PreAuthenticationEncoding.of([1], [2, 3]) != PreAuthenticationEncoding.of([1, 2], [3]))
    #expect(PreAuthenticationEncoding.of([1, 2]) != PreAuthenticationEncoding.of([1, 2], []))
  }

  @Test func writesCountsLeastByteFirst() {
    var out: [UInt8] = []
    PreAuthenticationEncoding.appendCount(0x0102, to: &out)
    #expect(out == [2, 1, 0, 0, 0, 0, 0, 0])
  }
}
