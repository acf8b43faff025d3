import Foundation
import TestSupport
import Testing

@testable import ByteText

/// The files of JSONTestSuite, by the first two letters of their names.
enum JSONTestSuite {
  static let folder = "json-test-suite/test_parsing/"
  /// Wide in everything, strict about text.
  static let limits = JSONLimits(bytes: 16 << 20, stringBytes: 8 << 20, depth: 64)

  static func names(_ prefix: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: (Corpora.folder ?? "") + folder)
      .filter { $0.hasPrefix(prefix) }.sorted()
  }

  static func problem(_ bytes: [UInt8], limits: JSONLimits = limits) -> JSONProblem? {
    do throws(JSONProblem) {
      _ = try JSONDocument.parse(bytes, limits: limits)
      return nil
    } catch {
      return error
    }
  }

  /// What the suite leaves open: what is read, and why the rest is refused.
  static let open: [String: JSONProblem.Reason?] = [
    "i_number_double_huge_neg_exp": nil, "i_number_huge_exp": nil, "i_number_neg_int_huge_exp": nil,
    "i_number_pos_double_huge_exp": nil, "i_number_real_neg_overflow": nil,
    "i_number_real_pos_overflow": nil, "i_number_real_underflow": nil,
    "i_number_too_big_neg_int": nil, "i_number_too_big_pos_int": nil,
    "i_number_very_big_negative_int": nil,
    "i_object_key_lone_2nd_surrogate": .malformedText, "i_string_1st_surrogate_but_2nd_missing": .malformedText,
    "i_string_1st_valid_surrogate_2nd_invalid": .malformedText,
    "i_string_UTF-16LE_with_BOM": .unexpected(byte: 0xFF, expected: .value),
    "i_string_UTF-8_invalid_sequence": .malformedText, "i_string_UTF8_surrogate_U+D800": .malformedText,
    "i_string_incomplete_surrogate_and_escape_valid": .malformedText,
    "i_string_incomplete_surrogate_pair": .malformedText,
    "i_string_incomplete_surrogates_escape_valid": .malformedText, "i_string_invalid_lonely_surrogate": .malformedText,
    "i_string_invalid_surrogate": .malformedText, "i_string_invalid_utf-8": .malformedText,
    "i_string_inverted_surrogates_U+1D11E": .malformedText, "i_string_iso_latin_1": .malformedText,
    "i_string_lone_second_surrogate": .malformedText, "i_string_lone_utf8_continuation_byte": .malformedText,
    "i_string_not_in_unicode_range": .malformedText, "i_string_overlong_sequence_2_bytes": .malformedText,
    "i_string_overlong_sequence_6_bytes": .malformedText, "i_string_overlong_sequence_6_bytes_null": .malformedText,
    "i_string_truncated-utf-8": .malformedText, "i_string_utf16BE_no_BOM": .unexpected(byte: 0, expected: .value),
    "i_string_utf16LE_no_BOM": .unexpected(byte: 0, expected: .value),
    "i_structure_500_nested_arrays": .tooDeep(limit: 64),
    "i_structure_UTF-8_BOM_empty_object": .byteOrderMark,
  ]
}

@Suite struct JSONDocumentTests {
  static let limits = JSONTestSuite.limits

  static func parse(_ text: String, _ limits: JSONLimits = limits) throws -> JSONValue {
    try JSONDocument.parse(bytes(text), limits: limits).root
  }

  @Test(.enabled(if: Corpora.areHere)) func readsAllThatIsJSON() throws {
    let names = try JSONTestSuite.names("y_")
    #expect(names.count == 95)
    for name in names {
      let text = try Corpora.read(JSONTestSuite.folder + name)
      #expect(JSONTestSuite.problem(text) == nil, "\(name)")
    }
  }

  @Test(.enabled(if: Corpora.areHere)) func refusesAllThatIsNot() throws {
    let names = try JSONTestSuite.names("n_")
    #expect(names.count == 188)
    for name in names {
      let text = try Corpora.read(JSONTestSuite.folder + name)
      #expect(JSONTestSuite.problem(text) != nil, "\(name)")
    }
  }

  @Test(.enabled(if: Corpora.areHere)) func decidesWhatTheSuiteLeavesOpen() throws {
    let names = try JSONTestSuite.names("i_").map { String($0.dropLast(5)) }
    #expect(names == JSONTestSuite.open.keys.sorted())
    for name in names {
      let text = try Corpora.read(JSONTestSuite.folder + name + ".json")
      let expected = try #require(JSONTestSuite.open[name])
      #expect(JSONTestSuite.problem(text)?.reason == expected, "\(name)")
    }
  }

  @Test(arguments: [
    ("", 0, JSONProblem.Reason.truncated), ("  ", 2, .truncated), ("{\"a\":1", 6, .truncated), ("[1,", 3, .truncated),
    ("\"ab", 3, .truncated), ("-", 1, .truncated), ("tru", 3, .truncated), ("1.", 2, .truncated),
    ("1e+", 3, .truncated),
    ("\"\\u12", 5, .truncated), ("{\"a\"", 4, .truncated),
    ("[1] x", 4, .trailingData), ("{}{}", 2, .trailingData),
    ("[01]", 2, .unexpected(byte: 0x31, expected: .endOfText)), ("[-a]", 2, .unexpected(byte: 0x61, expected: .digit)),
    ("[1.e1]", 3, .unexpected(byte: 0x65, expected: .digit)), ("[1e]", 3, .unexpected(byte: 0x5D, expected: .digit)),
    ("[tru3]", 4, .unexpected(byte: 0x33, expected: .value)), ("[,1]", 1, .unexpected(byte: 0x2C, expected: .value)),
    ("[1,]", 3, .unexpected(byte: 0x5D, expected: .value)),
    ("[1 2]", 3, .unexpected(byte: 0x32, expected: .commaOrBracket)),
    ("[1}", 2, .unexpected(byte: 0x7D, expected: .commaOrBracket)),
    ("{\"a\" 1}", 5, .unexpected(byte: 0x31, expected: .colon)),
    ("{\"a\":}", 5, .unexpected(byte: 0x7D, expected: .value)),
    ("{\"a\":1]", 6, .unexpected(byte: 0x5D, expected: .commaOrBrace)),
    ("{\"a\":1,}", 7, .unexpected(byte: 0x7D, expected: .key)),
    ("{a:1}", 1, .unexpected(byte: 0x61, expected: .keyOrEnd)),
    ("{]", 1, .unexpected(byte: 0x5D, expected: .keyOrEnd)), ("[\"a\tb\"]", 3, .controlCharacter(byte: 9)),
    ("[\"a\\x\"]", 3, .badEscape), ("[\"0123456789abcde\\u00g0\"]", 17, .badEscape),
    ("[\"\\ud800\"]", 2, .malformedText),
    ("[1\u{0C}]", 2, .unexpected(byte: 0x0C, expected: .commaOrBracket)), ("\u{FEFF}{}", 0, .byteOrderMark),
    ("[\u{FEFF}]", 1, .unexpected(byte: 0xEF, expected: .value)),
  ])
  func saysWhatIsWrongAndWhere(text: String, offset: Int, reason: JSONProblem.Reason) {
    #expect(JSONTestSuite.problem(bytes(text)) == JSONProblem(offset: offset, reason: reason))
  }

  @Test func findsEveryByteThatEndsAString() {
    // The same at each place of a block of sixteen bytes, and at the end of the text.
    for before in 0..<40 {
      let plain = [UInt8](repeating: 0x78, count: before)
      for after in [0, 1, 7, 8, 40] {
        let rest = [UInt8](repeating: 0x79, count: after)
        #expect(JSONTestSuite.problem([0x22] + plain + [0x22] + rest)?.offset == (after == 0 ? nil : before + 2))
        #expect(
          JSONTestSuite.problem([0x22] + plain + [0x1F] + rest + [0x22])
            == JSONProblem(offset: before + 1, reason: .controlCharacter(byte: 0x1F)))
        #expect(
          JSONTestSuite.problem([0x22] + plain + bytes("\\q") + rest + [0x22])
            == JSONProblem(offset: before + 1, reason: .badEscape))
        #expect(
          JSONTestSuite.problem([0x22] + plain + [0xFF] + rest + [0x22])
            == JSONProblem(offset: 1, reason: .malformedText))
      }
    }
  }

  @Test func undoesEscapesAsFoundationDoes() throws {
    var random = SplitMix(state: 7)
    let pieces: [[UInt8]] = [
      "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0041", "\\u00e9", "\\uD83D\\uDE00", "\\u2028", "a",
      "bcdefgh", "0123456789abcdef", "é", "請", "📦", " !", "]#",
    ].map { bytes($0) }
    for _ in 0..<2_000 {
      let content = random.text(of: pieces, upTo: 12)
      let text = [0x5B, 0x22] + content + [0x22, 0x5D]
      let expected = try #require(try JSONSerialization.jsonObject(with: Data(text)) as? [String])
      let value = try JSONDocument.parse(text, limits: Self.limits).root.elements[0]
      #expect(value.string?.bytes == Array(expected[0].utf8))
      #expect(Array(value.raw) == content)
    }
  }

  @Test func holdsLimitsToTheByte() throws {
    let limits = JSONLimits(bytes: 60, stringBytes: 10, depth: 3, values: 12)
    #expect(JSONTestSuite.problem(bytes("[[[]]]"), limits: limits) == nil)
    #expect(
      JSONTestSuite.problem(bytes("[[[[]]]]"), limits: limits) == JSONProblem(offset: 3, reason: .tooDeep(limit: 3)))
    #expect(JSONTestSuite.problem(bytes("[[[{}]]]"), limits: limits)?.reason == .tooDeep(limit: 3))
    #expect(JSONTestSuite.problem(bytes("\"0123456789\""), limits: limits) == nil)
    #expect(
      JSONTestSuite.problem(bytes(" \"01234567890\""), limits: limits)
        == JSONProblem(offset: 2, reason: .stringTooLong(limit: 10)))
    #expect(
      JSONTestSuite.problem(bytes("{\"01234567890\":1}"), limits: limits)
        == JSONProblem(offset: 2, reason: .stringTooLong(limit: 10)))
    // Length is judged before what stands behind the limit.
    #expect(JSONTestSuite.problem(bytes("\"01234567890\\q\""), limits: limits)?.reason == .stringTooLong(limit: 10))
    #expect(JSONTestSuite.problem(bytes("\"01234567890"), limits: limits)?.reason == .stringTooLong(limit: 10))
    #expect(JSONTestSuite.problem(bytes("[1,2,3,4,5,6,7,8,9,0,1]"), limits: limits) == nil)
    #expect(
      JSONTestSuite.problem(bytes("[1,2,3,4,5,6,7,8,9,0,1,2]"), limits: limits)
        == JSONProblem(offset: 23, reason: .tooManyValues(limit: 12)))
    let white = [UInt8](repeating: 0x20, count: 58)
    #expect(JSONTestSuite.problem(white + bytes("{}"), limits: limits) == nil)
    #expect(
      JSONTestSuite.problem(white + bytes(" {}"), limits: limits)
        == JSONProblem(offset: 60, reason: .tooLong(limit: 60)))
  }

  @Test func refusesAHundredThousandBracketsAtTheSixtyFifth() {
    for opening in ["[", "{\"a\":"] {
      let text = bytes(String(repeating: opening, count: 100_000))
      #expect(
        JSONTestSuite.problem(text, limits: .record)
          == JSONProblem(offset: 64 * opening.utf8.count, reason: .tooDeep(limit: 64)))
    }
  }

  @Test func marksMalformedTextWhereTheLimitsLetItPass() throws {
    let text = bytes("{\"good\":\"é\",\"half\":\"x\\uD800\",\"bytes\":\"") + [0xC3, 0x28] + bytes("\"}")
    let root = try JSONDocument.parse(text, limits: .record).root
    #expect(root["good"]?.isWellFormedText == true)
    #expect(root["half"]?.isWellFormedText == false)
    #expect(root["bytes"]?.isWellFormedText == false)
    // Two different halves stay different.
    #expect(root["half"]?.string?.bytes == [0x78, 0xED, 0xA0, 0x80])
    #expect(JSONTestSuite.problem(text)?.reason == .malformedText)
  }

  @Test func growsItsRowOfNodes() throws {
    let text = bytes("[" + (0..<5_000).map { "{\"k\":\($0)}" }.joined(separator: ",") + "]")
    let elements = try JSONDocument.parse(text, limits: .record).root.elements
    #expect(elements.count == 5_000)
    #expect(elements.indices.allSatisfy { elements[$0]["k"]?.int == $0 && elements[$0].count == 1 })
  }
}
