/// The code points that a reader cannot see, or that change what stands beside them: shown as `⟨U+202E⟩`.
enum HiddenCharacters {
  /// The list of SECURITY section 5.3, completed so that it holds all of General_Category Cf,
  /// Default_Ignorable_Code_Point, Bidi_Control, Noncharacter_Code_Point and Grapheme_Cluster_Break=Prepend
  /// (Unicode Character Database 16.0: DerivedGeneralCategory, DerivedCoreProperties, PropList, GraphemeBreakProperty).
  static let table = CodePointRanges(ranges: [
    0x0080...0x009F,  // C1 controls: 0x9B is an 8-bit CSI
    0x00AD...0x00AD,  // soft hyphen
    0x034F...0x034F,  // combining grapheme joiner
    0x0600...0x0605,  // Prepend: Arabic number signs
    0x061C...0x061C,  // Arabic letter mark (Bidi_Control)
    0x06DD...0x06DD,  // Prepend: Arabic end of ayah
    0x070F...0x070F,  // Prepend: Syriac abbreviation mark
    0x0890...0x0891,  // Prepend: Arabic pound and piastre marks
    0x08E2...0x08E2,  // Prepend: Arabic disputed end of ayah
    0x0D4E...0x0D4E,  // Prepend: Malayalam dot reph
    0x115F...0x1160,  // Hangul fillers
    0x17B4...0x17B5,  // Khmer inherent vowels
    0x180B...0x180F,  // Mongolian variation selectors and vowel separator
    0x200B...0x200F,  // zero-width space, joiners, directional marks
    0x2028...0x202E,  // line and paragraph separator, bidi embeddings and overrides
    0x2060...0x206F,  // word joiner, invisible operators, bidi isolates, deprecated format characters
    0x2800...0x2800,  // Braille blank
    0x3164...0x3164,  // Hangul filler
    0xFDD0...0xFDEF,  // noncharacters
    0xFE00...0xFE0F,  // variation selectors
    0xFEFF...0xFEFF,  // zero-width no-break space, byte order mark
    0xFFA0...0xFFA0,  // halfwidth Hangul filler
    0xFFF0...0xFFFB,  // unassigned ignorables, interlinear annotation
    0xFFFE...0xFFFF,  // noncharacters
    0x110BD...0x110BD,  // Prepend: Kaithi number sign
    0x110CD...0x110CD,  // Prepend: Kaithi number sign above
    0x111C2...0x111C3,  // Prepend: Sharada
    0x113D1...0x113D1,  // Prepend: Tulu-Tigalari repha
    0x1193F...0x1193F,  // Prepend: Dives Akuru
    0x11941...0x11941,  // Prepend: Dives Akuru
    0x11A3A...0x11A3A,  // Prepend: Zanabazar Square
    0x11A84...0x11A89,  // Prepend: Soyombo
    0x11D46...0x11D46,  // Prepend: Masaram Gondi repha
    0x11F02...0x11F02,  // Prepend: Kawi repha
    0x13430...0x1343F,  // Egyptian hieroglyph format controls
    0x1BCA0...0x1BCA3,  // shorthand format controls
    0x1D173...0x1D17A,  // musical format controls
    0x1FFFE...0x1FFFF, 0x2FFFE...0x2FFFF, 0x3FFFE...0x3FFFF, 0x4FFFE...0x4FFFF, 0x5FFFE...0x5FFFF,  // noncharacters
    0x6FFFE...0x6FFFF, 0x7FFFE...0x7FFFF, 0x8FFFE...0x8FFFF, 0x9FFFE...0x9FFFF, 0xAFFFE...0xAFFFF,
    0xBFFFE...0xBFFFF, 0xCFFFE...0xCFFFF, 0xDFFFE...0xDFFFF,
    0xE0000...0xE0FFF,  // tags, variation selectors supplement
    0xEFFFE...0xEFFFF, 0xFFFFE...0xFFFFF, 0x10FFFE...0x10FFFF,  // noncharacters
  ])

  /// Whether a code point is shown by its number.
  @inline(__always)
  static func contains(_ value: UInt32) -> Bool { value >= 0x80 && table.contains(value) }

  /// Whether a code point is a combining mark: general category Mn, Mc or Me.
  static func isCombiningMark(_ value: UInt32) -> Bool {
    guard value >= 0x0300, let scalar = Unicode.Scalar(value) else { return false }
    // The two largest blocks of everyday text hold no marks; the property lookup is the slow part of this loop.
    if 0x4E00...0x9FFF ~= value || 0xAC00...0xD7A3 ~= value { return false }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: return true
    default: return false
    }
  }
}
