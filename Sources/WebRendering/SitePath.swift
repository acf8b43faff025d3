public import ByteText

/// A link of ours: a relative path within the site, a place on the same page, a download carried in the page, a mail to an
/// address of ours, or, in mails, a page of the site where it is published.
///
/// The only value that a template puts into `href` and `src`. No scheme, host or absolute path can be written with it but
/// those that the workspace is configured with, so no text from outside ever becomes a live link (SECURITY section 5.3).
public struct SitePath: Hashable, Sendable {
  /// The link, ASCII, not yet escaped for HTML.
  public let bytes: [UInt8]

  /// Takes a relative path: `[A-Za-z0-9._/-]+(#[A-Za-z0-9._=&-]+)?`.
  ///
  /// `nil` for anything else, and for a leading `/`, an empty segment, and `.` or `..` anywhere but at the start.
  public init?(_ bytes: [UInt8]) {
    let path = bytes.prefix { $0 != 0x23 }
    guard !path.isEmpty, path.allSatisfy(Self.isPathByte), Self.segmentsAreInside(path) else { return nil }
    if path.count < bytes.count {
      let fragment = bytes[(path.count + 1)...]
      guard !fragment.isEmpty, fragment.allSatisfy(Self.isFragmentByte) else { return nil }
    }
    self.bytes = bytes
  }

  /// Takes a place on the same page, without its `#`: `[A-Za-z0-9._=&-]+`.
  public init?(fragment: [UInt8]) {
    guard !fragment.isEmpty, fragment.allSatisfy(Self.isFragmentByte) else { return nil }
    bytes = [0x23] + fragment
  }

  private init(made bytes: [UInt8]) { self.bytes = bytes }

  /// A file that the page itself carries: `data:<type>;base64,<content>`.
  ///
  /// The media type is a literal of ours; the content may hold anything. A link with it also needs the attribute `download`.
  public static func download(mediaType: StaticString, content: [UInt8]) -> SitePath {
    var bytes: [UInt8] = Array("data:".utf8)
    bytes.append(contentsOf: mediaType.withUTF8Buffer { unsafe Array($0) })
    bytes.append(contentsOf: ";base64,".utf8)
    bytes.reserveCapacity(bytes.count + (content.count + 2) / 3 * 4)
    appendBase64(content, to: &bytes)
    return SitePath(made: bytes)
  }

  /// A mail to be written to an address of ours: `mailto:` (RFC 6068) with a subject, all but unreserved characters escaped.
  ///
  /// `nil` where the address is not one of the plain kind (``ByteText/MailAddress``).
  public static func mail(to address: [UInt8], subject: [UInt8]) -> SitePath? {
    guard MailAddress.isPlain(address) else { return nil }
    return SitePath(made: Array("mailto:".utf8) + address + Array("?subject=".utf8) + escaped(subject))
  }

  /// The same with a body, lines of which end with `%0D%0A` (RFC 6068 section 5).
  ///
  /// Full stops are escaped as well: a token in the body is nothing that a search for tokens would find in the link.
  ///
  /// - Parameter body: lines separated by line feeds.
  public static func mail(to address: [UInt8], subject: [UInt8], body: [UInt8]) -> SitePath? {
    guard let start = mail(to: address, subject: subject) else { return nil }
    var bytes = start.bytes + Array("&body=".utf8)
    for byte in body {
      switch byte {
      case 0x0A: bytes += "%0D%0A".utf8
      case 0x2E: bytes += "%2E".utf8
      default: bytes += escaped([byte])
      }
    }
    return SitePath(made: bytes)
  }

  /// A page of the site where it is published: the configured address, `/`, and the page's path.
  public static func page(_ path: SitePath, at address: SiteAddress) -> SitePath {
    SitePath(made: address.bytes + [0x2F] + path.bytes)
  }

  /// The text with all but unreserved characters as `%XX` (RFC 3986 section 2.1).
  public static func escaped(_ text: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return text.flatMap { byte -> [UInt8] in
      isUnreserved(byte) ? [byte] : [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
    default: false
    }
  }

  /// Whether a byte may stand in a path.
  static func isPathByte(_ byte: UInt8) -> Bool {
    isFragmentByte(byte) && byte != 0x3D && byte != 0x26 || byte == 0x2F
  }

  /// Whether a byte may stand after `#`.
  static func isFragmentByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x3D, 0x26: true
    default: false
    }
  }

  /// Whether the segments go up only at the start, and none but the last is empty.
  private static func segmentsAreInside(_ path: ArraySlice<UInt8>) -> Bool {
    let segments = path.split(separator: 0x2F, omittingEmptySubsequences: false)
    var atStart = true
    for (index, segment) in segments.enumerated() {
      if segment.isEmpty { return index > 0 && index == segments.count - 1 }
      if segment.elementsEqual([0x2E, 0x2E]) {
        if !atStart { return false }
      } else if segment.elementsEqual([0x2E]) {
        if index > 0 { return false }
      } else {
        atStart = false
      }
    }
    return true
  }

  /// RFC 4648 section 4, padded.
  private static func appendBase64(_ content: [UInt8], to out: inout [UInt8]) {
    let alphabet: [UInt8] = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    for start in stride(from: 0, to: content.count, by: 3) {
      let rest = content.count - start
      let word =
        UInt32(content[start]) << 16 | (rest > 1 ? UInt32(content[start + 1]) << 8 : 0)
        | (rest > 2 ? UInt32(content[start + 2]) : 0)
      out.append(alphabet[Int(word >> 18)])
      out.append(alphabet[Int(word >> 12 & 63)])
      out.append(rest > 1 ? alphabet[Int(word >> 6 & 63)] : 0x3D)
      out.append(rest > 2 ? alphabet[Int(word & 63)] : 0x3D)
    }
  }
}
