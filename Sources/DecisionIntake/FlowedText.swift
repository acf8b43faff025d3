import ByteText

/// Text whose lines were broken for the way (`format=flowed`, RFC 3676).
enum FlowedText {
  /// The lines as they were written; a quoted one begins with one `>`, however deep it was quoted.
  ///
  /// A line that ends in a blank goes on in the next of the same depth. The two lines around a block never do: a client, or
  /// a hand, may have left a blank behind them.
  ///
  /// - Parameter deletesSpace: `DelSp=yes`, the blank at the end was put there for the way.
  static func unfolded(_ text: [UInt8], deletesSpace: Bool) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var lines = LineCursor(text[...])
    /// The depth of the line that goes on.
    var open: Int?
    var isFirst = true
    while let line = lines.line() {
      let depth = line.prefix { $0 == 0x3E }.count
      var content = line.dropFirst(depth)
      if content.first == 0x20 { content = content.dropFirst() }
      let isMarker = DecisionBlock.isMarker(content)
      if open == nil || open != depth || isMarker {
        if !isFirst { out.append(0x0A) }
        if depth > 0 { out += [0x3E, 0x20] }
      }
      isFirst = false
      let goesOn = content.last == 0x20 && !isMarker && !ByteSearch.isEqual(content, "-- ")
      open = goesOn ? depth : nil
      out += goesOn && deletesSpace ? content.dropLast() : content
    }
    return out
  }
}
