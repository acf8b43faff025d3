import ByteText
import TestSupport
import Testing

struct CSVWriterTests {
  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("a\"b", "a\"\"b"), ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t'=1"), ("\r=1", "'\r'=1"), ("\nx", "'\nx"), ("＝1", "'＝1"), ("＋1", "'＋1"), ("－1", "'－1"), ("＠x", "'＠x"),
    ("a=b", "a=b"), ("a;=1", "a;'=1"), ("a;\"=1", "a;\"\"'=1"), ("a\t@x", "a\t'@x"), ("a\n-x", "a\n'-x"),
    (" =1", " '=1"),
    ("\u{0}=1", "␀'=1"), ("\"=1", "\"\"'=1"), ("日本", "日本"), ("；", "；"),
  ])
  func guardsAgainstFormulas(_ row: (String, String)) {
    var out: [UInt8] = []
    CSVWriter.append([.text(bytes(row.0)), .number(-5)], to: &out)
    #expect(out == bytes("\"\(row.1)\",\"-5\"\r\n"), "\(row.0)")
  }

  @Test func writesNoCellForAnEmptyRow() {
    var out: [UInt8] = []
    CSVWriter.append([], to: &out)
    #expect(out == [0x0D, 0x0A])
  }

  @Test(.enabled(if: Corpora.areHere)) func startsNoCellWithAFormula() throws {
    let payloads = try Corpora.naughty()
    for payload in payloads {
      var out: [UInt8] = []
      CSVWriter.append([.text(payload)], to: &out)
      // What a reader that parts cells at `;`, tab and line ends, deaf to quotes, sees at the start of each.
      for cell in out.split(whereSeparator: { [0x3B, 0x09, 0x0A, 0x0D].contains($0) }) {
        let first = cell.first { $0 != 0x22 && $0 != 0x20 }
        #expect(!bytes("=+-@").contains(first ?? 0), "\(text(payload))")
      }
    }
  }
}
