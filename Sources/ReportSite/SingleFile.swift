public import ByteText
import CaseModel
public import WebRendering

/// A whole small site in one file, with the same functions: every page a section, every link a place in it.
///
/// Made of the pages as they are made for a tree; see docs/design/single-file.md.
public struct SingleFile {
  private var stitch: PageStitch

  /// Begins a file.
  ///
  /// - Throws: where the template does not say where the sections go.
  public init(templates: SiteTemplates, frame: SiteFrame) throws(TemplateError) {
    guard let stitch = PageStitch(shell: try templates.single.shell(frame)) else {
      throw TemplateError(
        file: "single.mustache", message: "'<!--pages-->' is missing: nothing says where the pages go")
    }
    self.stitch = stitch
  }

  /// Adds a page that was made for a tree.
  ///
  /// - Parameter path: its path there (``PagePaths``).
  public mutating func add(_ path: ByteString, _ page: [UInt8]) {
    guard let key = Self.key(of: path) else { return }
    let folders = path.bytes.split(separator: 0x2F).dropLast().map { ByteString($0) }
    stitch.add(page, key: key) { target, fragment in
      guard let other = target.isEmpty ? key : Self.key(of: Self.resolve(target, in: folders)) else { return nil }
      if fragment.isEmpty { return other }
      // Parameters are for the script of the list; a place in a page is an id.
      return fragment.bytes.contains(0x3D) ? "p=" + other + "&" + fragment : other + "." + fragment
    }
  }

  /// The whole file.
  public consuming func finish() -> [UInt8] { stitch.finish() }

  /// The section of a path: `pending`, `a-mail-7qh3x5c2vkd7m4pz6t2a`; `nil` for what is no page.
  static func key(of path: ByteString) -> ByteString? {
    if path == PagePaths.overview { return "overview" }
    let parts = path.bytes.split(separator: 0x2F)
    guard let name = parts.last, name.suffix(5).elementsEqual(".html".utf8), let folder = parts.first else {
      return nil
    }
    if parts.count == 2, name.elementsEqual("index.html".utf8) { return ByteString(folder) }
    guard parts.count == 3, folder.elementsEqual("a".utf8) || folder.elementsEqual("i".utf8) else { return nil }
    return ByteString(folder) + "-" + ByteString(name.dropLast(5))
  }

  /// A relative path as seen from a folder.
  private static func resolve(_ target: ByteString, in folders: [ByteString]) -> ByteString {
    var parts = folders.map(\.bytes)
    for part in target.bytes.split(separator: 0x2F) where !part.elementsEqual(".".utf8) {
      if part.elementsEqual("..".utf8) {
        if !parts.isEmpty { parts.removeLast() }
      } else {
        parts.append(Array(part))
      }
    }
    return ByteString(Array(parts.joined(separator: [0x2F])))
  }
}
