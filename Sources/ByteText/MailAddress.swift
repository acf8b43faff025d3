/// Mail addresses of our own: those that a workspace is configured with.
public enum MailAddress {
  /// Whether text is an address of the plain kind, which needs no quoting anywhere: `[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+`, at most 254
  /// bytes (RFC 5321 section 4.5.3.1.3).
  public static func isPlain(_ text: [UInt8]) -> Bool {
    let parts = text.split(separator: 0x40, omittingEmptySubsequences: false)
    guard text.count <= 254, parts.count == 2, let local = parts.first, let domain = parts.last else { return false }
    let isOfHost: (UInt8) -> Bool = { ASCII.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E }
    return !local.isEmpty && !domain.isEmpty && domain.allSatisfy(isOfHost)
      && local.allSatisfy { isOfHost($0) || $0 == 0x5F || $0 == 0x2B }
  }
}
