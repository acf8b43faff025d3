import ByteText
import CaseModel
import WebRendering

/// A link to one part of a list that was split.
struct PartShape: Sendable {
  let shape: Shape
  private let page, name, count: FieldKey

  init() throws(TemplateError) {
    var list = FieldList("part")
    page = list.link("page")
    name = list.text("name")
    count = list.text("count")
    shape = try list.shape()
  }

  func row(_ path: ByteString, _ title: [UInt8], _ size: Int) -> TemplateRow {
    var row = shape.row
    row[page] = link(path)
    row[name] = .text(title)
    row[count] = .text(Digits.grouped(size))
    return row.values
  }
}

/// A table of up to a hundred rows: browsers lay out only those in sight (UX 2.3).
struct ChunkShape: Sendable {
  /// The rows of one table.
  static let size = 100
  let shape: Shape
  private let isLater, caption, rows: FieldKey

  init(_ row: Shape) throws(TemplateError) {
    var list = FieldList("chunk")
    isLater = list.flag("isLater")
    caption = list.text("caption")
    rows = list.list("rows", row)
    shape = try list.shape()
  }

  /// The chunks of rows.
  ///
  /// - Parameter words: the caption of the first; those after it say which rows they hold.
  func rows(_ all: [TemplateRow], caption words: [UInt8]) -> [TemplateRow] {
    stride(from: 0, to: all.count, by: Self.size).map { start in
      let end = min(start + Self.size, all.count)
      var row = shape.row
      row[isLater] = .flag(start > 0)
      row[caption] = .text(start == 0 ? words : words + Array(", rows \(start + 1) to \(end)".utf8))
      row[rows] = .list(Array(all[start..<end]))
      return row.values
    }
  }
}

/// The fields of every page that is one list, whole or a part of it.
struct ListPageShape: Sendable {
  let page: Shape
  let frame: FrameFields
  let part, heading, rowCount, rowNoun, countText, hasParts, parts, hasRows, chunks, lanes: FieldKey
  let findHint, period, head, reviewer, ballot, site, all, allCount, hasGivenClock: FieldKey
  let partLink: PartShape
  let chunk: ChunkShape
  let lane: Shape
  let laneAnchor, laneTone, laneWords, laneCountText, laneHasRows, laneEmpty, laneChunks: FieldKey

  init(_ name: String, rows rowShape: Shape) throws(TemplateError) {
    partLink = try PartShape()
    chunk = try ChunkShape(rowShape)
    var laneList = FieldList("lane")
    laneAnchor = laneList.text("anchor")
    laneTone = laneList.text("tone")
    laneWords = laneList.text("words")
    laneCountText = laneList.text("countText")
    laneHasRows = laneList.flag("hasRows")
    laneEmpty = laneList.text("emptyText")
    laneChunks = laneList.list("chunks", chunk.shape)
    lane = try laneList.shape()

    var list = FieldList(name)
    frame = try FrameFields(&list)
    part = list.text("part", optional: true)
    heading = list.text("heading")
    rowCount = list.text("rowCount")
    rowNoun = list.text("rowNoun")
    countText = list.text("countText")
    hasParts = list.flag("hasParts")
    parts = list.list("parts", partLink.shape)
    hasRows = list.flag("hasRows")
    chunks = list.list("chunks", chunk.shape)
    lanes = list.list("lanes", lane)
    findHint = list.text("findHint")
    period = list.text("period", optional: true)
    head = list.text("head", optional: true)
    reviewer = list.text("reviewer", optional: true)
    ballot = list.link("ballot")
    site = list.text("site")
    hasGivenClock = list.flag("hasGivenClock")
    allCount = list.text("allCount", optional: true)
    all = list.link("all", optional: true)
    page = try list.shape()
  }
}
