/// The numbers of the rows of one input, over all its messages and attachments.
struct RowNumbers {
  /// The last one given; 0 at first.
  private(set) var last = 0

  /// Whether as many rows were read as an input may have.
  var isFull: Bool { last >= IntakeLimits.rows }

  /// Gives the next number.
  mutating func next() -> Int {
    last += 1
    return last
  }

  /// Passes over the numbers that an attachment gave its rows.
  mutating func pass(_ count: Int) { last += count }
}
