import ByteText
import CaseModel
import Digests
import Foundation
import PageTemplates
import Testing

@testable import ReportSite

@Suite struct ListPagesTests {
  private let site: SampleSite
  private let templates: SiteTemplates

  init() throws {
    site = try SampleSite()
    templates = try SiteTemplates(files: PageTemplates.all)
  }

  @Test(arguments: [
    ("overview.html", PagePaths.overview), ("pending.html", PagePaths.pending), ("ballot.html", PagePaths.ballot),
    ("history.html", PagePaths.history),
    ("investigations.html", PagePaths.investigations), ("reviewers.html", PagePaths.reviewers),
    ("log.html", PagePaths.log), ("search.html", PagePaths.search),
  ])
  func rendersLists(_ name: String, _ path: ByteString) throws {
    try Snapshots.expect(try #require(RenderedSite(site).pages[path]), matches: name)
  }

  private func collect(_ size: Int, _ make: (ListPages, ListPages.Writer) throws -> Void) throws -> [ByteString: String]
  {
    var pages: [ByteString: String] = [:]
    try make(ListPages(templates: templates, frame: site.frame, partSize: size)) {
      pages[$0] = String(decoding: $1, as: UTF8.self)
    }
    return pages
  }

  @Test func splitsPendingByDayOfTheDeadline() throws {
    let pages = try collect(2) { try $0.pending(site.rows, $1) }
    #expect(
      Set(pages.keys.filter { $0.bytes.starts(with: "pending".utf8) }) == [
        "pending/index.html", "pending/2026-03-09.html", "pending/2026-03-10.html", "pending/2026-03-11.html",
        "pending/2026-03-12.html", "pending/2026-03-14.html", "pending/2026-03-15.html", "pending/all.html",
      ])
    let index = try #require(pages["pending/index.html"])
    #expect(index.components(separatedBy: "<tr id=").count - 1 == 2)
    #expect(Set(pages.keys.filter { $0.bytes.starts(with: "ballot".utf8) }).count == 7)
    #expect(pages["pending/2026-03-10.html"]?.contains("../ballot/2026-03-10.html") == true)
    #expect(index.contains("3 actions, the first 2 here"))
    #expect(pages["pending/2026-03-10.html"]?.contains("True up to") == false)
  }

  /// Of a list in parts only those are rendered in which a row changed, and no row of another is even loaded.
  @Test func makesOnlyPartsWhoseRowsChanged() throws {
    let pages = ListPages(templates: templates, frame: site.frame, partSize: 2)
    let (keys, load) = ListKey.keys(of: site.rows)
    var known: [ByteString: Fingerprint] = [:]
    func make(_ keys: [ListKey]) throws -> (written: Set<ByteString>, loaded: Set<Int>) {
      var written: Set<ByteString> = []
      var loaded: Set<Int> = []
      let isCurrent: ListPages.PartCheck = { path, content in
        defer { known[path] = content }
        return known[path] == content
      }
      let loader: ListPages.Loader = { reference in
        loaded.insert(reference)
        return load(reference)
      }
      try pages.pending(keys, loader, isCurrent: isCurrent) { path, _ in written.insert(path) }
      try pages.history(keys, loader, isCurrent: isCurrent) { path, _ in written.insert(path) }
      return (written, loaded)
    }
    let first = try make(keys)
    #expect(first.written.count > 4 && first.loaded.count == keys.count)
    let again = try make(keys)
    #expect(again.written == ["pending/index.html", "ballot/index.html", "history/index.html"])
    let last = try #require(keys.filter(\.isPending).sorted(by: ListKey.isMoreUrgent).last)
    let row = load(last.reference)
    let changed = keys.map { key in
      key.reference == last.reference
        ? ListKey(of: row, reference: key.reference, content: Fingerprint(SHA256Sum.of([1]))) : key
    }
    let one = try make(changed)
    #expect(
      one.written.subtracting(again.written) == [
        "pending/2026-03-15.html", "ballot/2026-03-15.html", "pending/all.html",
      ])
  }

  /// A shard stays while only others change, and each page links to all.
  @Test func splitsTheSearchByFirstRecord() throws {
    let pages = ListPages(templates: templates, frame: site.frame)
    var written: [ByteString: String] = [:]
    var known: [ByteString: Fingerprint] = [:]
    func make(_ keys: [CaseListKey]) throws {
      written = [:]
      try pages.search(
        keys, { site.searchSource($0) },
        isCurrent: { path, content in
          defer { known[path] = content }
          return known[path] == content
        }, size: 4
      ) { written[$0] = String(decoding: $1, as: UTF8.self) }
    }
    try make(site.searchKeys)
    #expect(Set(written.keys) == ["search/index.html", "search/part-1.html"])
    #expect(written["search/index.html"]?.contains("../search/part-1.html") == true)
    #expect(written.values.map { $0.components(separatedBy: "<tr id=").count - 1 }.sorted() == [2, 4])
    try make(site.searchKeys)
    #expect(written.isEmpty)
    let last = try #require(site.searchKeys.max { ($0.firstRecord, $0.reference) < ($1.firstRecord, $1.reference) })
    try make(
      site.searchKeys.map { key in
        key.reference == last.reference
          ? CaseListKey(
            of: site.cases[key.reference].head, pending: 0, reference: key.reference,
            content: Fingerprint(SHA256Sum.of([99]))) : key
      })
    #expect(Set(written.keys) == ["search/index.html"])
  }

  @Test func splitsTheLogAtFixedNumbers() throws {
    let lines = (1...5).map { LogLine(at: nil, text: ByteString("entry number \($0)"), by: "x") }
    let pages = try collect(2) { try $0.log(lines, $1) }
    #expect(Set(pages.keys) == ["log/index.html", "log/1-2.html", "log/3-4.html", "log/5-6.html"])
    #expect(pages["log/3-4.html"]?.contains("entry number 4") == true)
    #expect(pages["log/3-4.html"]?.contains("entry number 5") == false)
    #expect(pages["log/index.html"]?.contains("Latest 2 of 5") == true)
  }

  @Test func keepsWholeListsInOnePage() throws {
    #expect(try collect(8) { try $0.pending(site.rows, $1) }.count == 2)
    #expect(try collect(5) { try $0.history(site.rows, $1) }.count == 1)
    #expect(try collect(4) { try $0.history(site.rows, $1) }.count == 3)
  }

  @Test func saysWhenRecordsDoNotAddUp() throws {
    var model = site.overview
    let sound = try collect(9) { try $0.overview(model, $1) }
    #expect(sound[PagePaths.overview]?.contains("do not add up") == false)
    model.records.rejected += 1
    let broken = try collect(9) { try $0.overview(model, $1) }
    #expect(broken[PagePaths.overview]?.contains("do not add up") == true)
  }

  @Test func ordersPendingByTimeThenSeverityThenBlastRadius() throws {
    let rows = site.rows.filter(\.isPending)
    func key(_ row: ListRow) -> ListKey { ListKey(of: row, reference: 0, content: Fingerprint(SHA256Sum.of([]))) }
    let sorted = rows.map(key).sorted(by: ListKey.isMoreUrgent)
    #expect(sorted.map(\.deadline) == rows.map(\.deadline).sorted())
    var (low, high) = (rows[0], rows[0])
    low.severity = Recognised(.low, raw: "Low")
    high.severity = Recognised(.high, raw: "High")
    #expect(ListKey.isMoreUrgent(key(high), key(low)) && !ListKey.isMoreUrgent(key(low), key(high)))
    var more = high
    more.action.mailCount = 9_000
    #expect(ListKey.isMoreUrgent(key(more), key(high)) && !ListKey.isMoreUrgent(key(high), key(more)))
    let content = Fingerprint(SHA256Sum.of([]))
    #expect(
      ListKey.isMoreUrgent(
        ListKey(of: low, reference: 1, content: content), ListKey(of: low, reference: 2, content: content)))
  }

  @Test(
    arguments: [(0, Lane.day), (86_400, .day), (86_401, .threeDays), (259_200, .threeDays), (259_201, .later)]
      as [(Int64, Lane)])
  func findsTheLane(_ left: Int64, _ lane: Lane) {
    let now = Instant(seconds: 1_000_000)
    #expect(Lane(deadline: now.adding(seconds: left), at: now) == lane)
  }

  @Test func cutsPartsAtGroupsAndSize() {
    let parts = ListPart.parts(of: [1, 1, 1, 2, 3, 3], size: 2) { ByteString("\($0)") }
    #expect(parts.map { String(decoding: $0.name, as: UTF8.self) } == ["1", "1-2", "2", "3"])
    #expect(parts.map(\.items) == [[1, 1], [1], [2], [3, 3]])
  }
}
