import ByteText
import WebRendering

/// The HTML part: rows of one table around what libcmark makes of the same Markdown, with inline styles of the subset that the
/// Word engine of Outlook draws (UX section 3): no padding but in cells, no images, no scripts, no forms.
struct DigestPage: Sendable {
  /// A row of the table.
  struct Block {
    /// Its content.
    var html: HTML
    /// Whether it begins a group.
    var opens: Bool
  }

  private let template: Template
  private let page, row: Shape
  private let title, tlp, rows, opens, content: FieldKey

  /// Inline styles of what libcmark writes.
  private static let styles = InlineStyles([
    "h1": "margin:0 0 10px;font-size:20px;line-height:26px",
    "h2": "margin:0 0 8px;font-size:17px",
    "h3": "margin:0 0 6px;font-size:15px",
    "p": "margin:0 0 8px",
    "ul": "margin:0 0 8px 18px",
    "code": "font-family:Consolas,monospace",
    "a": "color:#0b57a4",
  ])

  init(_ set: TemplateSet) throws(TemplateError) {
    var rowList = FieldList("row of the digest")
    opens = rowList.flag("opens")
    content = rowList.html("content")
    row = try rowList.shape()
    var list = FieldList("page of the digest")
    title = list.text("title")
    tlp = list.html("tlp", optional: true)
    rows = list.list("rows", row)
    page = try list.shape()
    template = try set.compile("digest.mustache", schema: page.schema)
  }

  static func html(_ markdown: [UInt8]) -> HTML { Markdown.html(trusted: markdown, styles: styles) }

  func page(_ blocks: [Block], title text: ByteString, tlp label: ByteString?) throws(TemplateError) -> [UInt8] {
    var values = page.row
    values[title] = .text(text.bytes)
    if let label { values[tlp] = .html(Self.label(label)) }
    values[rows] = .list(
      blocks.map { block in
        var row = row.row
        row[opens] = .flag(block.opens)
        row[content] = .html(block.html)
        return row.values
      })
    return try template.rendered(values)
  }

  /// The label in its colour, on the black of its row (TLP 2.0).
  private static func label(_ label: ByteString) -> HTML {
    switch label {
    case "RED": "<strong style=\"color:#ff2b2b\">TLP:RED</strong>"
    case "AMBER": "<strong style=\"color:#ffc000\">TLP:AMBER</strong>"
    case "AMBER+STRICT": "<strong style=\"color:#ffc000\">TLP:AMBER+STRICT</strong>"
    case "GREEN": "<strong style=\"color:#33ff00\">TLP:GREEN</strong>"
    default: "<strong style=\"color:#ffffff\">TLP:\(text: label.bytes)</strong>"
    }
  }
}
