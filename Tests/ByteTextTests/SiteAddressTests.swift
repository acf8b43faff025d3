import ByteText
import Testing

@Suite struct SiteAddressTests {
  @Test(arguments: [
    ("https://desk.example", "https://desk.example"), ("https://desk.example/", "https://desk.example"),
    ("http://127.0.0.1:8080/a_b/~c%20d//", "http://127.0.0.1:8080/a_b/~c%20d"),
    ("file:///srv/triage", "file:///srv/triage"),
    ("HTTPS://Desk.example/x", "HTTPS://Desk.example/x"),
  ])
  func takesPlainURLs(_ text: String, _ expected: String) {
    #expect(SiteAddress(Array(text.utf8)).map { String(decoding: $0.bytes, as: UTF8.self) } == expected)
  }

  @Test(arguments: [
    "", "https://", "https:///x", "https://a b", "https://user@host/", "https://host/?x", "https://host/#x",
    "https://host:/x",
    "https://host:8a/", "javascript://host/", "//host", "/srv/site", "file://", "file:///", "file://host/x",
    "https://höst/",
    "https://host/\"", "https://host/<", "https://host/\n", "ftp://host/",
  ])
  func refusesEverythingElse(_ text: String) {
    #expect(SiteAddress(Array(text.utf8)) == nil)
  }
}

@Suite struct MailAddressTests {
  @Test(arguments: [
    ("a@b.example", "", "a@b.example"), ("Desk <a@b.example>", "Desk", "a@b.example"),
    ("  Triage, desk  <a.b+c@d-e.example>", "Triage, desk", "a.b+c@d-e.example"), ("<a@b>", "", "a@b"),
    ("Zoë <<a@b>", "Zoë <", "a@b"),
  ])
  func takesAddressesWithAndWithoutAName(_ text: String, _ name: String, _ address: String) throws {
    let read = try #require(MailAddress(ByteString(text)))
    #expect(read.name == ByteString(name) && read.address == ByteString(address))
  }

  @Test(arguments: [
    "", "a", "a@", "@b", "a b@c", "Desk a@b", "Desk <a@b", "Desk <a@b> x", "Desk <a@b\n>", "<>", "a@b,c@d",
  ])
  func refusesEverythingElse(_ text: String) {
    #expect(MailAddress(ByteString(text)) == nil)
  }

  @Test(arguments: [
    ("Ivy <ivy@desk.example>; omar@desk.example", "ivy@desk.example|omar@desk.example"),
    ("\"Marsh, Ivy\" (desk) mailto:ivy@desk.example,'omar@desk.example'", "ivy@desk.example|omar@desk.example"),
    ("bülent@desk.example\tnobody", "bülent@desk.example"), ("nobody", ""), ("", ""),
  ])
  func findsThePeopleInAField(text: String, found: String) {
    let all = MailAddress.candidates(in: Array(text.utf8)).map { ByteString($0) }
    #expect(all == found.utf8.split(separator: 0x7C).map { ByteString(Array($0)) })
  }

  @Test func knowsItsHost() { #expect(MailAddress("Desk <a@b.example>")?.host == "b.example") }
}
