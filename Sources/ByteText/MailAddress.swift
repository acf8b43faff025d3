/// A mail address of our own, one that a workspace is configured with: `name@host`, or `Name <name@host>`.
public struct MailAddress: Hashable, Sendable {
  /// The name of who it belongs to, UTF-8; empty where there is none.
  public var name: ByteString
  /// The address itself, of the plain kind.
  public let address: ByteString

  /// Takes a name and an address; `nil` where the address is not of the plain kind.
  public init?(name: ByteString = "", address: ByteString) {
    guard Self.isPlain(address.bytes) else { return nil }
    self.name = name
    self.address = address
  }

  /// Takes what stands in a configuration: `name@host`, or `Name <name@host>`.
  public init?(_ text: ByteString) {
    guard text.bytes.last == 0x3E, let open = text.bytes.lastIndex(of: 0x3C) else {
      self.init(address: text)
      return
    }
    self.init(
      name: ByteString(ASCII.trim(text.bytes[..<open])), address: ByteString(text.bytes[(open + 1)...].dropLast()))
  }

  /// The part behind the `@`.
  public var host: ByteString {
    ByteString(address.bytes[((address.bytes.lastIndex(of: 0x40) ?? -1) + 1)...])
  }

  /// What may be addresses in a field that names people: `Ivy <ivy@desk.example>; omar@desk.example` has two, whatever stands
  /// around them.
  public static func candidates(in text: [UInt8]) -> [ArraySlice<UInt8>] {
    text.split { $0 <= 0x20 || [0x22, 0x27, 0x28, 0x29, 0x2C, 0x3A, 0x3B, 0x3C, 0x3E].contains($0) }
      .filter { $0.contains(0x40) }
  }

  /// Whether text is an address of the plain kind, which needs no quoting anywhere: `[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+`, no dot
  /// at the ends of either part or beside another, at most 254
  /// bytes (RFC 5321 section 4.5.3.1.3).
  public static func isPlain(_ text: [UInt8]) -> Bool {
    let parts = text.split(separator: 0x40, omittingEmptySubsequences: false)
    guard text.count <= 254, parts.count == 2, let local = parts.first, let domain = parts.last else { return false }
    let isOfHost: (UInt8) -> Bool = { ASCII.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E }
    // A dot-string: no dot at either end, and no two together (RFC 5321 section 4.1.2).
    for part in [local, domain] {
      if part.first == 0x2E || part.last == 0x2E
        || zip(part, part.dropFirst()).contains(where: { $0 == 0x2E && $1 == 0x2E })
      {
        return false
      }
    }
    return !local.isEmpty && !domain.isEmpty && domain.allSatisfy(isOfHost)
      && local.allSatisfy { isOfHost($0) || $0 == 0x5F || $0 == 0x2B }
  }
}
