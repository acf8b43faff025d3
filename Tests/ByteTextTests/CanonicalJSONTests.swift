import TestSupport
import Testing

@testable import ByteText

@Suite struct CanonicalJSONTests {
  static func canonical(_ content: [UInt8]) throws -> [UInt8]? {
    let limits = JSONLimits(bytes: 1 << 20, stringBytes: 1 << 20, depth: 64, refusesMalformedText: false)
    return JSONTree(try JSONDocument.parse(content, limits: limits).root).map { CanonicalJSON.bytes($0) }
  }

  /// The vectors of the RFC's author.
  ///
  /// Two hold numbers with a fraction or an exponent, which our value set leaves out.
  @Test(
    .enabled(if: Corpora.areHere),
    arguments: [
      ("arrays", true), ("french", true), ("structures", false), ("unicode", true), ("values", false), ("weird", true),
    ])
  func writesTheVectorsOfOurValueSet(name: String, isOurs: Bool) throws {
    let found = try Self.canonical(try Corpora.read("jcs/input/\(name).json"))
    let expected = try text(Corpora.read("jcs/outhex/\(name).txt"))
      .split(whereSeparator: \.isWhitespace).compactMap { UInt8($0, radix: 16) }
    #expect(found == (isOurs ? expected : nil))
    #expect(expected.count > 20)
    if isOurs { #expect(try Corpora.read("jcs/output/\(name).json").starts(with: expected)) }
  }

  @Test(
    arguments: [
      ("{ \"b\" : [ 1 , -0 , true, null ] , \"a\" : { } }", #"{"a":{},"b":[1,0,true,null]}"#),
      (#"["\u0041\/\"\\\b\f\n\r\t\u0000\u001f\u007f\u00e9"]"#, "[\"A/\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001f\u{7F}é\"]"),
      ("[9007199254740991,-9007199254740991]", "[9007199254740991,-9007199254740991]"), ("[9007199254740992]", nil),
      ("[1.5]", nil), ("[1e0]", nil), ("[1.0]", nil), (#"{"a":1,"\u0061":2}"#, nil), (#"["\ud800"]"#, nil),
      (#"{"\udc00":1}"#, nil), (#"{"":{"b":1,"":2}}"#, #"{"":{"":2,"b":1}}"#),
    ] as [(String, String?)])
  func writesOneFormOrNone(content: String, expected: String?) throws {
    #expect(try Self.canonical(bytes(content)).map { text($0) } == expected)
  }

  @Test func ordersKeysByUTF16() {
    // The order of all scalars' samples as keys, against that of their UTF-16.
    let scalars: [UInt32] = [
      0x00, 0x41, 0x7F, 0x80, 0x7FF, 0x800, 0x20AC, 0xD7FF, 0xE000, 0xEFFF, 0xF000, 0xFB33, 0xFFFF, 0x10000, 0x1F602,
      0x3FFFF, 0x40000, 0x10FFFF,
    ]
    let stems = ["", "a", "é", "\u{FFFF}", "\u{10000}"]
    let keys = stems.flatMap { stem in
      [stem] + scalars.compactMap { Unicode.Scalar($0) }.map { stem + String(Character($0)) }
    }
    for one in keys {
      for other in keys {
        let expected = Array(one.utf16).lexicographicallyPrecedes(Array(other.utf16))
        #expect(
          CanonicalJSON.precedes(Array(one.utf8), Array(other.utf8)) == expected,
          "\(Array(one.utf8)) \(Array(other.utf8))")
      }
    }
  }

  @Test func isReadBackAsItWasWritten() throws {
    var random = SplitMix(state: 11)
    let pieces: [[UInt8]] = ["\"", "\\", "\n", "\u{1}", "é", "📦", "a", "/"].map { bytes($0) }
    func tree(_ depth: Int) -> JSONTree {
      switch Int.random(in: 0...(depth > 0 ? 5 : 3), using: &random) {
      case 0: return .null
      case 1: return .bool(Bool.random(using: &random))
      case 2: return .int(Int.random(in: -9_007_199_254_740_991...9_007_199_254_740_991, using: &random))
      case 3: return .string(ByteString(random.text(of: pieces, upTo: 6)))
      case 4: return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in tree(depth - 1) })
      default:
        return .object(
          (0..<Int.random(in: 0...4, using: &random)).map {
            JSONTree.Member(ByteString(random.text(of: pieces, upTo: 3) + bytes("\($0)")), tree(depth - 1))
          })
      }
    }
    for _ in 0..<500 {
      let written = CanonicalJSON.bytes(tree(4))
      #expect(try Self.canonical(written) == written)
    }
  }
}
