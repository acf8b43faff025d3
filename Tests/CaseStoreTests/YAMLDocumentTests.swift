import ByteText
import Testing

@testable import CaseStore

@Suite struct YAMLDocumentTests {
  /// A node as text with places, so that a table can hold what is expected.
  private func dump(_ node: YAMLNode) -> String {
    let place = "@\(node.position.line):\(node.position.column)"
    switch node {
    case .scalar(let text, let quoted, _):
      return (quoted ? "\"\(text)\"" : "\(text)") + place
    case .sequence(let items, _):
      return "[" + items.map(dump).joined(separator: " ") + "]" + place
    case .mapping(let pairs, _):
      let inside = pairs.map { "\($0.key)@\($0.keyPosition.line):\($0.keyPosition.column)=\(dump($0.value))" }
      return "{" + inside.joined(separator: " ") + "}" + place
    }
  }

  @Test(arguments: [
    ("workspace: 1\n", "{workspace@1:1=1@1:12}@1:1"),
    ("a: {b: [c, \"d\"], e: 'f'}", "{a@1:1={b@1:5=[c@1:9 \"d\"@1:12]@1:8 e@1:18=\"f\"@1:21}@1:4}@1:1"),
    ("a:\n  - id: r7\n    name: Ivy\n  - 2h\n", "{a@1:1=[{id@2:5=r7@2:9 name@3:5=Ivy@3:11}@2:5 2h@4:5]@2:3}@1:1"),
    ("# only\n", "@1:1"),
    ("", "@1:1"),
    ("---\na: b\n...\n", "{a@2:1=b@2:4}@2:1"),
    ("a: ~\nb: null\nc: \"null\"\nd:\n", "{a@1:1=@1:4 b@2:1=@2:4 c@3:1=\"null\"@3:4 d@4:1=@4:3}@1:1"),
    ("é: ü # ö\n", "{é@1:1=ü@1:4}@1:1"),
    ("\u{FEFF}a: b", "{a@1:1=b@1:4}@1:1"),
    ("a: |\n  x\n  y\n", "{a@1:1=\"x\ny\n\"@1:4}@1:1"),
    ("a: b\r\nc: d\r\n", "{a@1:1=b@1:4 c@2:1=d@2:4}@1:1"),
  ]) func readsPlainYAML(text: String, expected: String) throws {
    #expect(dump(try YAMLDocument.read(Array(text.utf8))) == expected)
  }

  @Test(
    arguments: [
      ("a: &x 1\n", 1, 4, "anchors are not allowed"),
      ("a: &x [1]\n", 1, 4, "anchors are not allowed"),
      ("a: &x {b: 1}\n", 1, 4, "anchors are not allowed"),
      ("b: 1\na: *x\n", 2, 4, "aliases are not allowed"),
      ("*x : 1\n", 1, 1, "aliases are not allowed"),
      ("a: !!str 1\n", 1, 4, "tags are not allowed"),
      ("a: ! 1\n", 1, 4, "tags are not allowed"),
      ("a: !t [1]\n", 1, 4, "tags are not allowed"),
      ("a: !t {b: 1}\n", 1, 4, "tags are not allowed"),
      ("a: 1\n---\nb: 2\n", 2, 1, "more than one document"),
      ("a: 1\nb: 2\na: 3\n", 3, 1, "key a stands twice"),
      ("a:\n  {b: 1, \"b\": 2}\n", 2, 10, "key b stands twice"),
      ("[a]: 1\n", 1, 1, "a key must be plain text"),
      ("? {a: b}\n: 1\n", 1, 3, "a key must be plain text"),
      ("a: [1\n", 2, 1, "did not find expected ',' or ']'"),
      ("a: b: c\n", 1, 5, "mapping values are not allowed in this context"),
      ("a:\n\tb: c\n", 2, 1, "found character that cannot start any token"),
      ("a: \"x\n", 2, 1, "found unexpected end of stream"),
      ("a: 1\nb\u{1B}: 2\n", 2, 2, "control character U+001B"),
      ("a: \u{85}\u{9F}\n", 1, 5, "control character U+009F"),
      ("a: x\u{FEFF}\n", 1, 5, "control character U+FEFF"),
      ("a: \0\n", 1, 4, "control character U+0000"),
    ] as [(String, Int, Int, ByteString)])
  func refusesOtherYAML(text: String, line: Int, column: Int, message: ByteString) {
    let error = #expect(throws: YAMLError.self) { try YAMLDocument.read(Array(text.utf8)) }
    #expect(error == YAMLError(YAMLPosition(line: line, column: column), message))
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x61, 0x00], 1, 1), ([0x61, 0x3A, 0x0A, 0x62, 0xC3], 2, 2), ([0x61, 0xED, 0xA0, 0x80], 1, 2),
      ([0xC3, 0xA9, 0xC0, 0x80], 1, 2),
    ] as [([UInt8], Int, Int)])
  func refusesOtherEncodings(bytes: [UInt8], line: Int, column: Int) {
    let error = #expect(throws: YAMLError.self) { try YAMLDocument.read(bytes) }
    #expect(error == YAMLError(YAMLPosition(line: line, column: column), "not UTF-8"))
  }

  @Test(arguments: ["[", "{a: "]) func limitsDepth(opening: String) throws {
    let closing = opening == "[" ? "]" : "}"
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: opening, count: depth) + String(repeating: closing, count: depth)).utf8)
    }
    _ = try YAMLDocument.read(nested(16))
    let error = #expect(throws: YAMLError.self) { try YAMLDocument.read(nested(17)) }
    #expect(error == YAMLError(YAMLPosition(line: 1, column: 16 * opening.utf8.count + 1), "nested deeper than 16"))
    // Deep enough for a recursive reader to run out of stack.
    #expect(throws: YAMLError.self) { try YAMLDocument.read(Array(String(repeating: opening, count: 100_000).utf8)) }
  }

  @Test func limitsSize() throws {
    let comment = [UInt8](repeating: 0x23, count: 1 << 20)
    _ = try YAMLDocument.read(comment)
    let error = #expect(throws: YAMLError.self) { try YAMLDocument.read(comment + [0x23]) }
    #expect(error == YAMLError(YAMLPosition(line: 1, column: 1), "larger than 1 MiB"))
  }

  @Test func survivesEveryTruncation() {
    let text = Array("a: {b: [\"c\", 'd'], e: |x\n}\nf:\n  - g\n  - ? h\n    : i\n".utf8)
    for length in text.indices {
      do throws(YAMLError) {
        _ = try YAMLDocument.read(Array(text.prefix(length)))
      } catch {
        #expect(error.position.line <= 7 && !error.message.isEmpty, "length \(length)")
      }
    }
  }
}
