/// One value of a scanned JSON text: what it is and where its bytes lie.
///
/// Values refer to the text; nothing is copied.
///
/// A text is a flat row of nodes in order of appearance. The nodes of an object's members follow it as key, value, key,
/// value, each value with everything inside it; an array's elements likewise.
struct JSONNode {
  /// What the node is.
  enum Kind: UInt8 {
    case object, array, string, number, yes, no, null
  }

  /// What is known about a string or number beyond its place.
  struct Flags: OptionSet {
    let rawValue: UInt8
    /// The string holds a backslash, so its text differs from its bytes.
    static let escaped = Flags(rawValue: 1)
    /// The string holds bytes that are not UTF-8, or a lone surrogate.
    static let malformedText = Flags(rawValue: 2)
    /// The number has neither fraction nor exponent.
    static let integer = Flags(rawValue: 4)
  }

  var kind: Kind
  var flags: Flags
  /// Offset of the first byte: of a container its bracket, of a string the byte after its quote.
  var start: UInt32
  /// Offset after the last byte: of a container after its bracket, of a string its closing quote.
  var end: UInt32
  /// Index of the node after this one and everything inside it.
  ///
  /// Of an object's key instead its ``JSONKeyHash``: what follows a key is always the next node.
  var next: UInt32

  /// A place in a row that is not used yet.
  static let blank = JSONNode(kind: .null, flags: [], start: 0, end: 0, next: 0)
}
