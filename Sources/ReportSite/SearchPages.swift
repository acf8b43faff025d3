public import ByteText
import CaseModel
public import Digests
import WebRendering

extension ListPages {
  /// The most investigations of one page of the search: browsers filter as many at once.
  public static let searchSize = 5_000

  /// The search: every investigation with what can be found of it, the latest on the first page.
  ///
  /// The page carries what it searches; nothing is fetched, so that it works from a file. Without scripts it is a list that
  /// the browser's own search looks through. Shards are cut by the time of the first record, so that old ones stay as they are.
  ///
  /// - Parameter isCurrent: says of each page whether it can stay as it is.
  public func search(
    _ keys: [CaseListKey], _ load: (_ reference: Int) throws -> SearchSource,
    isCurrent: PartCheck = { _, _ in false }, size: Int = searchSize, _ write: Writer
  ) throws {
    let sorted = keys.sorted { ($0.firstRecord, $0.reference) < ($1.firstRecord, $1.reference) }
    var shards = stride(from: 0, to: sorted.count, by: size).map { Array(sorted[$0..<min($0 + size, sorted.count)]) }
    if shards.isEmpty { shards = [[]] }
    let links = shards.enumerated().map { number, items in
      SearchShard(
        path: number == shards.count - 1
          ? PagePaths.search : ByteString(Array("search/part-\(number + 1).html".utf8)),
        title: Self.span(items), count: items.count)
    }
    for (number, items) in shards.enumerated() {
      var sum = SHA256Stream()
      for link in links { sum.update(link.title + Array(" \(link.count)\n".utf8)) }
      for item in items { sum.update(item.content.bytes) }
      if try isCurrent(links[number].path, Fingerprint(sum.finish())) { continue }
      var page = searchPage(links, at: number)
      let shape = templates.searchShape
      let rows = try items.reversed().map { templates.searchRow.row(try load($0.reference)) }
      page[shape.hasRows] = .flag(!rows.isEmpty)
      page[shape.chunks] = .list(
        shape.chunk.rows(rows, caption: Words.bytes("Investigations and what can be found of them")))
      try emit(templates.search, page, links[number].path, write)
    }
  }

  private func searchPage(_ shards: [SearchShard], at number: Int) -> Row {
    let shape = templates.searchShape
    let count = shards[number].count
    var page = listPage(templates.search, shape, "Search", at: .search, count: count, isIndex: false)
    page[shape.findHint] = .text(Words.bytes("Subject, sender, URL, hash, id"))
    page[shape.countText] = .text(Words.count(count, "investigation", "investigations"))
    page[shape.period] = .missing
    if shards.count > 1 { page[shape.part] = .text(shards[number].title) }
    page[shape.hasParts] = .flag(shards.count > 1)
    page[shape.parts] = .list(shards.reversed().map { shape.partLink.row($0.path, $0.title, $0.count) })
    return page
  }

  /// From when to when the first records of a shard are.
  private static func span(_ items: [CaseListKey]) -> [UInt8] {
    guard let first = items.first, let last = items.last else { return [] }
    let days = (first.firstRecord.dateText.bytes, last.firstRecord.dateText.bytes)
    return days.0 == days.1 ? days.0 : days.0 + Array(" to ".utf8) + days.1
  }
}

/// One page of the search.
private struct SearchShard {
  var path: ByteString
  var title: [UInt8]
  var count: Int
}
