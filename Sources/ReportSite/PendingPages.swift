public import ByteText
import CaseModel
public import Digests
import WebRendering

extension ListPages {
  /// The pending actions of rows that are held anyway.
  public func pending(_ rows: [ListRow], _ write: Writer) throws {
    let (keys, load) = ListKey.keys(of: rows)
    try pending(keys, load, write)
  }

  /// The pending actions, by lane; over one page, by day of the deadline.
  ///
  /// - Parameter isCurrent: says of each part whether it can stay as it is.
  public func pending(
    _ keys: [ListKey], _ load: Loader, isCurrent: PartCheck = { _, _ in false }, _ write: Writer
  ) throws {
    let sorted = keys.filter(\.isPending).sorted(by: ListKey.isMoreUrgent)
    let shape = templates.pendingShape
    let parts =
      sorted.count <= partSize
      ? [] : ListPart.parts(of: sorted, size: partSize) { $0.deadline.dateText }
    var page = listPage(templates.pending, shape, "Pending actions", at: .pending, count: sorted.count, isIndex: true)
    page[shape.rowNoun] = .text(Array((sorted.count == 1 ? "action waits" : "actions wait").utf8))
    page[shape.ballot] = link(PagePaths.ballot)
    setParts(&page, shape, parts, folder: "pending")
    // For one basket over all of them: nobody decides in an archive.
    let hasAll = !parts.isEmpty && sorted.count <= Self.wholeSize && frame.offersDecisions
    if hasAll { page[shape.all] = link(PagePaths.pendingAll) }
    var room = partSize
    page[shape.lanes] = .list(
      try Lane.allCases.map { lane in
        let own = sorted.filter { Lane(deadline: $0.deadline, at: frame.at) == lane }
        let shown = try own.prefix(room).map {
          templates.pendingRow.row(try load($0.reference), frame, now: frame.at)
        }
        room -= shown.count
        let tone: Tone = own.isEmpty ? .plain : lane.tone
        return laneRow(shape, lane.anchor, Words.bytes(lane.words), tone, shown, of: own.count)
      })
    try emit(templates.pending, page, PagePaths.pending, write)

    for part in parts {
      let path = path("pending", part.name)
      if try isCurrent(path, part.content(\.content)) { continue }
      var page = listPage(
        templates.pending, shape, "Pending actions", at: .pending, count: part.items.count, isIndex: false)
      page[shape.rowNoun] = .text(Array((part.items.count == 1 ? "action waits" : "actions wait").utf8))
      page[shape.ballot] = link(self.path("ballot", part.name))
      setPart(&page, shape, part.title, of: sorted.count)
      let words = Array("Lapse on ".utf8) + part.title
      let shown = try part.items.map { templates.pendingRow.row(try load($0.reference), frame) }
      page[shape.lanes] = .list([laneRow(shape, "rows", words, .plain, shown, of: shown.count)])
      try emit(templates.pending, page, path, write)
    }
    if hasAll { try pendingWhole(sorted, load, isCurrent, write) }
    try ballot(sorted, parts, load, isCurrent, write)
  }

  private func setPart(_ page: inout Row, _ shape: ListPageShape, _ title: [UInt8], of all: Int) {
    page[shape.part] = .text(title)
    page[shape.allCount] = .text(Digits.grouped(all))
    shape.frame.setTitle(&page, Words.bytes("Pending actions, ") + title)
  }

  /// Everything that is pending on one page, for one filter and one basket over all of it; only for people with scripts.
  private func pendingWhole(
    _ sorted: [ListKey], _ load: Loader, _ isCurrent: PartCheck, _ write: Writer
  ) throws {
    let shape = templates.pendingShape
    let whole = ListPart(name: [], title: Words.bytes("All on one page"), items: sorted)
    if try isCurrent(PagePaths.pendingAll, whole.content(\.content)) { return }
    var page = listPage(templates.pending, shape, "Pending actions", at: .pending, count: sorted.count, isIndex: false)
    page[shape.rowNoun] = .text(Words.bytes("actions wait"))
    setPart(&page, shape, whole.title, of: sorted.count)
    let rows = try sorted.map { templates.pendingRow.row(try load($0.reference), frame, isCompact: true) }
    page[shape.lanes] = .list([
      laneRow(shape, "rows", Words.bytes("All pending actions"), .plain, rows, of: rows.count)
    ])
    try emit(templates.pending, page, PagePaths.pendingAll, write)
  }

  /// The same rows on paper; over one page, by day of the deadline.
  private func ballot(
    _ sorted: [ListKey], _ parts: [ListPart<ListKey>], _ load: Loader, _ isCurrent: PartCheck, _ write: Writer
  ) throws {
    let shape = templates.ballotShape
    func fill(_ page: inout Row, _ keys: some Sequence<ListKey>) throws {
      let rows = try keys.enumerated().map { templates.ballotRow.row(try load($1.reference), number: $0 + 1) }
      page[shape.hasRows] = .flag(!rows.isEmpty)
      page[shape.chunks] = .list(shape.chunk.rows(rows, caption: Words.bytes("Pending actions, least time left first")))
      page[shape.reviewer] = frame.isShared ? .missing : .text(frame.audience.bytes)
    }
    var page = listPage(templates.ballot, shape, "Ballot", at: .pending, count: sorted.count, isIndex: true)
    setParts(&page, shape, parts, folder: "ballot")
    try fill(&page, sorted.prefix(partSize))
    try emit(templates.ballot, page, PagePaths.ballot, write)
    for part in parts {
      let path = path("ballot", part.name)
      if try isCurrent(path, part.content(\.content)) { continue }
      var page = listPage(templates.ballot, shape, "Ballot", at: .pending, count: part.items.count, isIndex: false)
      page[shape.part] = .text(part.title)
      try fill(&page, part.items)
      try emit(templates.ballot, page, path, write)
    }
  }
}
