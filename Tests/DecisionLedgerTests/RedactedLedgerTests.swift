import ByteText
import Foundation
import Testing

@testable import DecisionLedger

@Suite struct RedactedLedgerTests {
  /// Entries, their redacted lines, and the root over the whole ones.
  private static func ledger() throws -> (lines: [[UInt8]], reading: LedgerReading) {
    let entries: [(LedgerEntry.Kind, JSONTree)] = (1...9).map {
      (.refusal, ["file": .string(ByteString("secret \($0)"))])
    }
    var lines: [[UInt8]] = []
    var reading = LedgerReading()
    try reading.feed(Samples.lines(entries).flatMap { $0 }[...]) { lines.append(RedactedLedger.line($0)) }
    return (lines, reading)
  }

  @Test func keepsChainAndTreeAndTellsNothing() throws {
    let (lines, reading) = try Self.ledger()
    let text = lines.flatMap { $0 }
    let (count, root) = try RedactedLedger.follow(text)
    #expect(count == 9 && root == reading.tree.root)
    #expect(!String(decoding: text, as: UTF8.self).contains("secret"))
    #expect(String(decoding: lines[0], as: UTF8.self).contains(#""type":"refusal""#))
  }

  @Test func namesABrokenChain() throws {
    let (lines, reading) = try Self.ledger()
    func fault(_ lines: [[UInt8]]) -> RedactedLedger.Fault? {
      do throws(RedactedLedger.Fault) {
        _ = try RedactedLedger.follow(lines.flatMap { $0 })
        return nil
      } catch {
        return error
      }
    }
    var missing = lines
    missing.remove(at: 4)
    #expect(fault(missing) == RedactedLedger.Fault(line: 5, message: "an entry is missing or stands twice"))
    var changed = lines
    changed[4] = Array(String(decoding: lines[4], as: UTF8.self).replacing("\"prev\":\"", with: "\"prev\":\"0").utf8)
    #expect(fault(changed) == RedactedLedger.Fault(line: 5, message: "the chain is broken"))
    changed[4] = Array("{}\n".utf8)
    #expect(fault(changed) == RedactedLedger.Fault(line: 5, message: "is no redacted entry"))
    // A leaf that was changed shows in the root alone.
    let text = String(decoding: lines[4], as: UTF8.self)
    let start = try #require(text.range(of: "\"leaf\":\""))
    let digit = text[start.upperBound] == "0" ? "1" : "0"
    changed[4] = Array((text[..<start.upperBound] + digit + text[text.index(after: start.upperBound)...]).utf8)
    #expect(try RedactedLedger.follow(changed.flatMap { $0 }).root != reading.tree.root)
  }
}
