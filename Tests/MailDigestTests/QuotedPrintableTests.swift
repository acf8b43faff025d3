import Foundation
import TestSupport
import Testing

@testable import MailDigest

@Suite struct QuotedPrintableTests {
  @Test(arguments: [
    ("", ""), ("a\nb\n", "a\r\nb\r\n"), ("\n", "\r\n"), ("a=b", "a=3Db"), ("grün", "gr=C3=BCn"),
    ("blank \n", "blank=20\r\n"),
    ("tab\t", "tab=09"), (".\n", "=2E\r\n"), ("From a\n", "=46rom a\r\n"), ("a\u{0}b", "a=00b"), ("a\rb", "a=0Db"),
  ])
  func encodesWhatMailWouldChange(_ text: String, _ expected: String) {
    #expect(String(decoding: QuotedPrintable.encode(Array(text.utf8)), as: UTF8.self) == expected)
  }

  /// RFC 2045 section 6.7: lines of at most 76 characters, of printable ASCII, none with a blank at its end.
  @Test func staysWithinLinesAndComesBack() {
    var random = SplitMix(state: 5)
    for round in 0..<600 {
      let alphabet = Array((round % 2 == 0 ? "ab.F= \n" : "\u{00e9}x. F\t=\n\u{1F3A1}").utf8)
      let text = (0..<Int.random(in: 0..<400, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0x61
      }
      let encoded = QuotedPrintable.encode(text)
      for line in encoded.split(separator: [0x0D, 0x0A], omittingEmptySubsequences: false) {
        #expect(line.count <= 76)
        #expect(line.allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == 0x09 })
        #expect(line.last != 0x20 && line.last != 0x09 && line.first != 0x2E && line.first != 0x46)
      }
      #expect(decoded(encoded) == text)
    }
  }

  private func decoded(_ encoded: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var index = 0
    while index < encoded.count {
      if encoded[index...].starts(with: "=\r\n".utf8) {
        index += 3
      } else if encoded[index] == 0x3D {
        out.append(UInt8(String(decoding: encoded[(index + 1)...(index + 2)], as: UTF8.self), radix: 16) ?? 0)
        index += 3
      } else if encoded[index...].starts(with: "\r\n".utf8) {
        out.append(0x0A)
        index += 2
      } else {
        out.append(encoded[index])
        index += 1
      }
    }
    return out
  }
}
