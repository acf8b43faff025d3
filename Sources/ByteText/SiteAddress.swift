/// Where a site is published, as a workspace is configured with it: an `http`, `https` or `file` URL without query and fragment.
public struct SiteAddress: Hashable, Sendable {
  /// The URL, ASCII, without a slash at its end.
  public let bytes: [UInt8]

  /// Takes a URL of the plain kind, which needs no quoting anywhere:
  /// `https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~%/-]*)?`, or `file:///` and such a path.
  public init?(_ text: [UInt8]) {
    var rest = text[...]
    if let start = Self.after("file://", in: rest) {
      rest = start
      guard rest.first == 0x2F, rest.count > 1 else { return nil }
    } else if let start = Self.after("https://", in: rest) ?? Self.after("http://", in: rest) {
      let authority = start.prefix { $0 != 0x2F }
      let parts = authority.split(separator: 0x3A, omittingEmptySubsequences: false)
      guard let host = parts.first, !host.isEmpty, parts.count <= 2,
        host.allSatisfy({ ASCII.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E })
      else { return nil }
      if parts.count == 2, parts[1].isEmpty || !parts[1].allSatisfy(ASCII.isDigit) { return nil }
      rest = start[authority.endIndex...]
    } else {
      return nil
    }
    guard rest.allSatisfy({ ASCII.isAlphanumeric($0) || [0x2D, 0x2E, 0x5F, 0x7E, 0x25, 0x2F].contains($0) }) else {
      return nil
    }
    var end = text.count
    while end > 0, text[end - 1] == 0x2F { end -= 1 }
    bytes = Array(text[..<end])
  }

  private static func after(_ scheme: StaticString, in text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let count = scheme.utf8CodeUnitCount
    guard text.count > count, ASCII.equalsIgnoringCase(text.prefix(count), scheme) else { return nil }
    return text.dropFirst(count)
  }
}
