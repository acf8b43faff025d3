import ByteText
import CCMark
import Glibc

// The only file that imports libcmark. Its options are fixed here; `CMARK_OPT_UNSAFE` is not among them.
private let options = CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8

extension Markdown {
  /// Appends Markdown of our own templates as HTML: safe mode, links live, headings as they are.
  public static func render(trusted markdown: [UInt8], into out: inout [UInt8]) {
    CommonMarkTree(markdown).appendHTML(to: &out)
  }

  /// Markdown of our own templates as HTML.
  public static func html(trusted markdown: [UInt8]) -> HTML {
    var out: [UInt8] = []
    render(trusted: markdown, into: &out)
    return HTML(rendered: out)
  }

  /// Markdown that an export brought, as HTML that loads, links and runs nothing.
  ///
  /// Images become their text, links their text and the defanged destination, raw HTML visible text; info strings and titles
  /// are dropped, headings start at level 3 so that a page keeps its own. All text is sanitised, character references
  /// included. Over a limit it is shown as plain text and `notice` is true: the page is to say so.
  public static func render(
    untrusted markdown: [UInt8], limits: MarkdownLimits = .standard
  ) -> (html: HTML, notice: Bool) {
    guard limits.allow(markdown) else { return (plain(markdown, limits), true) }
    let clean = UntrustedText.sanitisedLines(markdown)
    // The sanitiser shows one hidden character as several; what it wrote is held to the same limits.
    guard limits.allow(clean) else { return (plain(markdown, limits), true) }
    let tree = CommonMarkTree(clean)
    tree.disarm()
    var out: [UInt8] = []
    tree.appendHTML(to: &out)
    return (HTML(rendered: out), false)
  }

  /// The text as it stands, sanitised and escaped, in `<pre>`.
  private static func plain(_ markdown: [UInt8], _ limits: MarkdownLimits) -> HTML {
    var end = min(markdown.count, limits.plainBytes)
    if end < markdown.count {
      while end > 0, markdown[end] & 0xC0 == 0x80 { end -= 1 }
    }
    var out: [UInt8] = Array("<pre dir=\"auto\">\n".utf8)
    HTMLEscaping.append(UntrustedText.sanitisedLines(Array(markdown[..<end])), to: &out)
    if end < markdown.count { out.append(contentsOf: "\n… \(markdown.count - end) more bytes".utf8) }
    out.append(contentsOf: "</pre>\n".utf8)
    return HTML(rendered: out)
  }
}

/// A parsed document; owns libcmark's nodes and frees them.
@safe private final class CommonMarkTree {
  private let root: OpaquePointer?

  init(_ markdown: [UInt8]) {
    unsafe root = markdown.withUnsafeBytes { buffer in
      let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      return unsafe cmark_parse_document(start, buffer.count, options)
    }
  }

  deinit { unsafe cmark_node_free(root) }

  func appendHTML(to out: inout [UInt8]) {
    guard let text = unsafe cmark_render_html(root, options) else { return }
    defer { unsafe free(text) }
    unsafe out.append(contentsOf: UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }

  /// Replaces every node that a browser could act on by one that is only read.
  func disarm() {
    unsafe cmark_consolidate_text_nodes(root)
    // The nodes are listed first and changed afterwards: an iterator does not survive changes around it.
    unsafe nodes().forEach { unsafe disarm($0) }
  }

  private func disarm(_ node: OpaquePointer) {
    switch unsafe cmark_node_get_type(node) {
    case CMARK_NODE_HEADING:
      unsafe cmark_node_set_heading_level(node, min(6, cmark_node_get_heading_level(node) + 2))
    case CMARK_NODE_CODE_BLOCK:
      unsafe cmark_node_set_fence_info(node, "")
      unsafe sanitise(node)
    case CMARK_NODE_TEXT, CMARK_NODE_CODE:
      unsafe sanitise(node)
    case CMARK_NODE_HTML_BLOCK:
      unsafe replace(node, by: CMARK_NODE_CODE_BLOCK, Self.literal(cmark_node_get_literal(node)))
    case CMARK_NODE_HTML_INLINE:
      unsafe replace(node, by: CMARK_NODE_TEXT, Self.literal(cmark_node_get_literal(node)))
    case CMARK_NODE_IMAGE:
      unsafe unwrap(node)
    case CMARK_NODE_LINK:
      unsafe disarmLink(node)
    default:
      break
    }
  }

  /// All nodes, each after the nodes inside it.
  private func nodes() -> [OpaquePointer] {
    guard let iterator = unsafe cmark_iter_new(root) else { return unsafe [] }
    defer { unsafe cmark_iter_free(iterator) }
    var found: [OpaquePointer] = unsafe []
    while true {
      let event = unsafe cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let node = unsafe cmark_iter_get_node(iterator) else { return unsafe found }
      if unsafe event == CMARK_EVENT_EXIT || Self.isLeaf(node) { unsafe found.append(node) }
    }
  }

  /// Whether a node is of a kind that holds no others; libcmark tells no end of these.
  private static func isLeaf(_ node: OpaquePointer) -> Bool {
    switch unsafe cmark_node_get_type(node) {
    case CMARK_NODE_HTML_BLOCK, CMARK_NODE_THEMATIC_BREAK, CMARK_NODE_CODE_BLOCK, CMARK_NODE_TEXT, CMARK_NODE_SOFTBREAK,
      CMARK_NODE_LINEBREAK, CMARK_NODE_CODE, CMARK_NODE_HTML_INLINE:
      true
    default: false
    }
  }

  /// Sanitises a node's text once more: a character reference may have brought back what was taken out of the source.
  private func sanitise(_ node: OpaquePointer) {
    let text = unsafe Self.literal(cmark_node_get_literal(node))
    if UntrustedText.isPlain(text) { return }
    unsafe Self.withCString(UntrustedText.sanitisedLines(text)) { unsafe cmark_node_set_literal(node, $0) }
  }

  /// Puts the inside of a link before it, then its destination as dead code, and drops the link.
  private func disarmLink(_ node: OpaquePointer) {
    let url = unsafe Self.literal(cmark_node_get_url(node))
    let more: [UInt8] = url.count > 2_048 ? Array("…".utf8) : []
    let shown = UntrustedText.sanitised(Defanging.url(Array(url.prefix(2_048)))) + more
    var isAutolink = false
    if let inside = unsafe cmark_node_first_child(node), unsafe cmark_node_next(inside) == nil,
      unsafe cmark_node_get_type(inside) == CMARK_NODE_TEXT
    {
      let text = unsafe Self.literal(cmark_node_get_literal(inside))
      isAutolink = text == url || Array("mailto:".utf8) + text == url
      if isAutolink {
        unsafe cmark_node_unlink(inside)
        unsafe cmark_node_free(inside)
      }
    }
    if !shown.isEmpty {
      if unsafe !isAutolink && cmark_node_first_child(node) != nil {
        unsafe append(CMARK_NODE_TEXT, [0x20], to: node)
      }
      unsafe append(CMARK_NODE_CODE, shown, to: node)
    }
    unsafe unwrap(node)
  }

  /// Puts what is inside a node in its place.
  private func unwrap(_ node: OpaquePointer) {
    while let inside = unsafe cmark_node_first_child(node) {
      guard unsafe cmark_node_insert_before(node, inside) == 1 else { break }
    }
    unsafe cmark_node_unlink(node)
    unsafe cmark_node_free(node)
  }

  private func replace(_ node: OpaquePointer, by type: cmark_node_type, _ text: [UInt8]) {
    if let other = unsafe make(type, UntrustedText.sanitisedLines(text)) {
      if unsafe cmark_node_insert_before(node, other) != 1 { unsafe cmark_node_free(other) }
    }
    unsafe cmark_node_unlink(node)
    unsafe cmark_node_free(node)
  }

  private func append(_ type: cmark_node_type, _ text: [UInt8], to parent: OpaquePointer) {
    guard let node = unsafe make(type, text) else { return }
    if unsafe cmark_node_append_child(parent, node) != 1 { unsafe cmark_node_free(node) }
  }

  private func make(_ type: cmark_node_type, _ text: [UInt8]) -> OpaquePointer? {
    guard let node = unsafe cmark_node_new(type) else { return nil }
    unsafe Self.withCString(text) { unsafe cmark_node_set_literal(node, $0) }
    return unsafe node
  }

  /// Lends text as a C string.
  ///
  /// There is no zero byte in it: libcmark and the sanitiser both replace them.
  private static func withCString(_ text: [UInt8], _ body: (UnsafePointer<CChar>) -> CInt) {
    let terminated = text.map { CChar(bitPattern: $0) } + [0]
    unsafe terminated.withUnsafeBufferPointer { buffer in
      if let start = buffer.baseAddress { _ = unsafe body(start) }
    }
  }

  private static func literal(_ text: UnsafePointer<CChar>?) -> [UInt8] {
    guard let text = unsafe text else { return [] }
    return unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }
}
