/// Looks for words in bytes.
enum ByteSearch {
  /// Whether the bytes of a word stand somewhere.
  ///
  /// Time is the length of the bytes times, at worst, that of the word: keep words short.
  static func contains(_ word: StaticString, in bytes: ArraySlice<UInt8>) -> Bool {
    word.withUTF8Buffer { word in
      guard let first = unsafe word.first else { return true }
      var rest = bytes
      while let place = rest.firstIndex(of: first) {
        rest = rest[place...]
        if unsafe rest.starts(with: word) { return true }
        rest = rest.dropFirst()
      }
      return false
    }
  }

  /// Whether the bytes are those of a word.
  static func isEqual(_ bytes: ArraySlice<UInt8>, _ word: StaticString) -> Bool {
    word.withUTF8Buffer { unsafe bytes.elementsEqual($0) }
  }
}
