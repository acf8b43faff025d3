import ByteText
import Digests
import WebRendering

/// The page that holds a whole site.
struct SinglePage: Sendable {
  private let template: Template
  private let page: Shape
  private let frame: FrameFields
  private let styleHash: FieldKey
  private let hash: [UInt8]

  init(_ set: TemplateSet, styleSheet: [UInt8]) throws(TemplateError) {
    hash = Base64.encode(SHA256Sum.of(styleSheet).bytes)
    var list = FieldList("single")
    frame = try FrameFields(&list)
    styleHash = list.text("styleHash")
    page = try list.shape()
    template = try set.compile("single.mustache", schema: page.schema)
  }

  func shell(_ site: SiteFrame) throws(TemplateError) -> [UInt8] {
    var row = page.row
    frame.fill(&row, site, at: .overview, root: "./", isDated: true, of: template, hasMailForm: site.decisionsTo != nil)
    frame.setTitle(&row, Words.bytes("Overview"))
    row[styleHash] = .text(hash)
    var out: [UInt8] = []
    try template.render(row.values, into: &out)
    return out
  }
}
