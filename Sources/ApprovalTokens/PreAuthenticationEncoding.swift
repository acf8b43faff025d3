/// PASETO's pre-authentication encoding (PASETO specification, *Common implementation details*): the number of pieces, then
/// each piece behind its length, so that no two lists of pieces give the same bytes.
enum PreAuthenticationEncoding {
  /// The encoding of the pieces.
  static func of(_ pieces: [UInt8]...) -> [UInt8] {
    var out: [UInt8] = []
    appendCount(pieces.count, to: &out)
    for piece in pieces { append(piece, to: &out) }
    return out
  }

  /// Writes one piece behind its length.
  static func append(_ piece: [UInt8], to out: inout [UInt8]) {
    appendCount(piece.count, to: &out)
    out += piece
  }

  /// Writes a count as 64 bits, least byte first, the topmost bit always zero.
  static func appendCount(_ count: Int, to out: inout [UInt8]) {
    let value = UInt64(count) & 0x7FFF_FFFF_FFFF_FFFF
    for shift in stride(from: UInt64(0), to: 64, by: 8) { out.append(UInt8(truncatingIfNeeded: value >> shift)) }
  }
}
