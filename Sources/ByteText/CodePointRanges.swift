/// A sorted list of code point ranges that do not touch, with a fast question.
struct CodePointRanges: Sendable {
  /// The ranges, ascending.
  let ranges: [ClosedRange<UInt32>]

  /// Whether a code point is in one of the ranges; a binary search.
  func contains(_ value: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      let range = ranges[middle]
      if value < range.lowerBound {
        high = middle
      } else if value > range.upperBound {
        low = middle + 1
      } else {
        return true
      }
    }
    return false
  }
}
