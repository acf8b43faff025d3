/// Which look-alike scripts stand together in one word, as in `аpple` with a Cyrillic `а`.
///
/// Only the scripts whose letters pass for one another are told apart; all others count as none. A text wholly of one
/// script is never mixed: for hosts ``Punycode`` shows those.
public enum ScriptMix {
  /// A set of scripts.
  public struct Scripts: OptionSet, Hashable, Sendable {
    /// One bit for each script.
    public let rawValue: UInt8
    /// Makes a set of bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Latin, full-width letters included.
    public static let latin = Scripts(rawValue: 1)
    /// Greek.
    public static let greek = Scripts(rawValue: 2)
    /// Cyrillic.
    public static let cyrillic = Scripts(rawValue: 4)
    /// Armenian.
    public static let armenian = Scripts(rawValue: 8)
    /// Cherokee.
    public static let cherokee = Scripts(rawValue: 16)

    /// The names, in the order above: `Latin`, `Cyrillic`.
    public var names: [StaticString] {
      let all: [(Scripts, StaticString)] = [
        (.latin, "Latin"), (.greek, "Greek"), (.cyrillic, "Cyrillic"), (.armenian, "Armenian"), (.cherokee, "Cherokee"),
      ]
      return all.filter { contains($0.0) }.map(\.1)
    }
  }

  /// The scripts of the words that mix some; empty where every word keeps to one.
  ///
  /// A word ends at an ASCII byte other than a letter or digit, and at any other character that is no letter, mark, number
  /// or hidden character: a zero-width space does not part the letters that a reader sees side by side.
  public static func scripts(mixedIn text: [UInt8]) -> Scripts {
    var mixed: Scripts = []
    var word: Scripts = []
    let span = text.span
    var index = 0
    while index < span.count {
      let step = UTF8Text.step(span, at: index)
      index += step.length
      guard step.isValid else { continue }
      if let script = script(of: step.value) {
        word.insert(script)
        if word.rawValue.nonzeroBitCount > 1 { mixed.formUnion(word) }
      } else if endsWord(step.value) {
        word = []
      }
    }
    return mixed
  }

  private static func endsWord(_ value: UInt32) -> Bool {
    if value < 0x80 { return !ASCII.isDigit(UInt8(truncatingIfNeeded: value)) }
    if HiddenCharacters.contains(value) || HiddenCharacters.isCombiningMark(value) { return false }
    guard let scalar = Unicode.Scalar(value) else { return true }
    return !scalar.properties.isAlphabetic && scalar.properties.numericType == nil
  }

  private static func script(of value: UInt32) -> Scripts? {
    if value < 0x80 { return ASCII.isLetter(UInt8(truncatingIfNeeded: value)) ? .latin : nil }
    if latin.contains(value) { return .latin }
    if cyrillic.contains(value) { return .cyrillic }
    if greek.contains(value) { return .greek }
    if armenian.contains(value) { return .armenian }
    return cherokee.contains(value) ? .cherokee : nil
  }

  // Unicode Character Database 16.0, Scripts.txt; gaps of unassigned code points inside a block are closed.
  static let latin = CodePointRanges(ranges: [
    0x00AA...0x00AA, 0x00BA...0x00BA, 0x00C0...0x00D6, 0x00D8...0x00F6, 0x00F8...0x02B8, 0x02E0...0x02E4,
    0x1D00...0x1D25, 0x1D2C...0x1D5C, 0x1D62...0x1D65, 0x1D6B...0x1D77, 0x1D79...0x1DBE, 0x1E00...0x1EFF,
    0x2071...0x2071, 0x207F...0x207F, 0x2090...0x209C, 0x212A...0x212B, 0x2132...0x2132, 0x214E...0x214E,
    0x2160...0x2188, 0x2C60...0x2C7F, 0xA722...0xA787, 0xA78B...0xA7FF, 0xAB30...0xAB5A, 0xAB5C...0xAB64,
    0xAB66...0xAB69, 0xFB00...0xFB06, 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0x10780...0x107BA, 0x1DF00...0x1DF2A,
  ])
  static let greek = CodePointRanges(ranges: [
    0x0370...0x0373, 0x0375...0x0377, 0x037A...0x037D, 0x037F...0x037F, 0x0384...0x0384, 0x0386...0x0386,
    0x0388...0x03E1, 0x03F0...0x03FF, 0x1D26...0x1D2A, 0x1D5D...0x1D61, 0x1D66...0x1D6A, 0x1DBF...0x1DBF,
    0x1F00...0x1FFE, 0x2126...0x2126, 0xAB65...0xAB65, 0x10140...0x1018E, 0x101A0...0x101A0, 0x1D200...0x1D245,
  ])
  static let cyrillic = CodePointRanges(ranges: [
    0x0400...0x0484, 0x0487...0x052F, 0x1C80...0x1C8A, 0x1D2B...0x1D2B, 0x1D78...0x1D78, 0x2DE0...0x2DFF,
    0xA640...0xA69F, 0xFE2E...0xFE2F, 0x1E030...0x1E06D, 0x1E08F...0x1E08F,
  ])
  static let armenian = CodePointRanges(ranges: [0x0531...0x0556, 0x0559...0x058A, 0x058D...0x058F, 0xFB13...0xFB17])
  static let cherokee = CodePointRanges(ranges: [0x13A0...0x13F5, 0x13F8...0x13FD, 0xAB70...0xABBF])
}
