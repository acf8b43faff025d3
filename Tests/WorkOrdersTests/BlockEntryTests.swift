import ByteText
import CaseModel
import Testing

@testable import WorkOrders

/// Entries of the block list mean what was approved and nothing more.
@Suite struct BlockEntryTests {
  @Test(arguments: [
    ("https://kiln.test/pay?id=88", "kiln.test/pay?id=88"), ("http://KILN.test/Pay", "kiln.test/Pay"),
    ("kiln.test/a", "kiln.test/a"), ("https://kiln.test", "kiln.test"), ("https://kiln.test/", "kiln.test"),
    ("https://kiln.test:443/a", "kiln.test/a"), ("http://kiln.test:80/a", "kiln.test/a"),
    ("https://kiln.test/a#part", "kiln.test/a"), ("https://kiln.test./a", "kiln.test/a"),
    ("https://bücher.test/ä", "xn--bcher-kva.test/%C3%A4"), ("https://kiln.test?x=1", "kiln.test?x=1"),
    ("https://192.0.2.7/x", "192.0.2.7/x"), ("https://a_b.kiln.test/", "a_b.kiln.test"),
  ])
  func takesTheFormOfTheList(_ url: String, _ entry: String) throws {
    let made = try BlockEntry.url(ByteString(url)).get()
    #expect(made.text == ByteString(entry))
    #expect(made.list == .url)
  }

  @Test(arguments: [
    ("ftp://kiln.test/a", "neither http nor https"), ("javascript:alert(1)", "neither http nor https"),
    ("https://user:pass@kiln.test/", "credentials"), ("https://kiln.test:8443/a", "port"),
    ("http://kiln.test:443/a", "port"), ("https://*.test/a", "host"), ("https://kiln.test/*", "wildcards"),
    ("https://kiln.test/~a", "wildcards"), ("https://kiln.test/a b", "character"),
    ("https://kiln.test/a\\b", "character"),
    ("https://kiln.test/<a>", "character"), ("https://[2001:db8::1]/", "port"), ("https:///a", "host"),
    ("https://localhost/a", "host"), ("https://-kiln.test/", "host"), ("https://kiln..test/", "host"),
    ("https://kiln.test/\u{0}", "character"), ("", "host"),
  ])
  func refusesWhatWouldMeanMore(_ url: String, _ reason: String) {
    switch BlockEntry.url(ByteString(url)) {
    case .success(let entry): Issue.record("\(url): \(entry)")
    case .failure(let refusal): #expect(refusal.message.description.contains(reason), "\(url): \(refusal.message)")
    }
  }

  @Test func countsCharacters() throws {
    let host = "https://kiln.test/"
    #expect(try BlockEntry.url(ByteString(host + String(repeating: "a", count: 240))).get().text.count == 250)
    #expect(throws: BlockEntry.Refusal.self) {
      try BlockEntry.url(ByteString(host + String(repeating: "a", count: 241))).get()
    }
  }

  @Test func saysWhenAHostIsCoveredWhole() throws {
    #expect(try BlockEntry.url("https://kiln.test/").get().isWholeHost)
    #expect(try !BlockEntry.url("https://kiln.test/a").get().isWholeHost)
  }
}
