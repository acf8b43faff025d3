public import ByteText

/// The id of an investigation or an action in paths and tokens: kind slug, `-`, 20 base32 characters of a hash of
/// tenant and source id (DESIGN section 5, *Ids*).
///
/// ASCII, at most 32 bytes, so it is safe in file names, links and tokens.
public struct CaseID: Hashable, Comparable, Sendable {
  /// The id's bytes.
  public let text: ByteString

  /// Takes an id from a file, a token or the command line.
  ///
  /// - Returns: `nil` where it is not `[a-z0-9][a-z0-9._-]{0,31}`, or holds two dots in a row.
  public init?(_ text: ByteString) {
    guard text.count >= 1, text.count <= 32, let first = text.bytes.first, first != 0x2D, first != 0x2E, first != 0x5F
    else { return nil }
    var last: UInt8 = 0
    for byte in text.bytes {
      switch byte {
      case 0x61...0x7A, 0x30...0x39, 0x2D, 0x5F: break
      case 0x2E where last != 0x2E: break
      default: return nil
      }
      last = byte
    }
    guard last != 0x2E else { return nil }
    self.text = text
  }

  /// Makes an id of a slug and the base32 text of a hash.
  public init?(slug: Slug, hash: [UInt8]) {
    self.init(ByteString(Array(slug.rawValue.utf8) + [0x2D] + hash.prefix(20)))
  }

  /// Orders by bytes.
  public static func < (left: CaseID, right: CaseID) -> Bool { left.text < right.text }

  /// The two hex digits of the folder that holds the page: the first byte of the hash in the id, by its base32 digits.
  public var folder: ByteString {
    let dash = text.bytes.firstIndex(of: 0x2D) ?? -1
    var bits = 0
    var count = 0
    for byte in text.bytes[(dash + 1)...].prefix(2) {
      bits = bits << 5 | Int(byte >= 0x61 ? byte - 0x61 : byte >= 0x32 && byte <= 0x37 ? byte - 0x18 : 0)
      count += 5
    }
    let value = count >= 8 ? bits >> (count - 8) & 255 : 0
    let digits = Array("0123456789abcdef".utf8)
    return ByteString([digits[value >> 4], digits[value & 15]])
  }

  /// The part of an id that says what it is of.
  ///
  /// A source id that is no urn of a known kind gets the general one: the slug depends on the source id alone, so every
  /// record of an investigation leads to the same id.
  public enum Slug: String, Sendable, CaseIterable {
    case zappedURL = "zapurl"
    case zappedFile = "zapfile"
    case zappedMail = "zapmail"
    case urlVerdict = "urlverd"
    case submission = "submit"
    case adminAction = "admin"
    case manual = "manual"
    case compromise = "user"
    case investigation = "inv"
    case mail = "mail"
    case url = "url"
    case file = "file"
    case mailbox = "mailbox"
    case device = "device"
    case action = "act"

    /// The slug of an investigation's source id.
    public static func ofInvestigation(_ sourceID: ByteString) -> Slug {
      let kind = urnKind(sourceID)
      for (prefix, slug) in investigationKinds where kind.starts(with: prefix.utf8) { return slug }
      return .investigation
    }

    /// The slug of an action's source id.
    public static func ofAction(_ sourceID: ByteString) -> Slug {
      let kind = urnKind(sourceID)
      for (prefix, slug) in actionKinds where kind.starts(with: prefix.utf8) { return slug }
      return .action
    }

    private static let investigationKinds: [(String, Slug)] = [
      ("zappedurl", .zappedURL), ("zappedfile", .zappedFile), ("zappedemail", .zappedMail), ("urlverdict", .urlVerdict),
      ("submission", .submission), ("adminaction", .adminAction), ("manual", .manual), ("usercompromise", .compromise),
      ("compromiseduser", .compromise),
    ]

    private static let actionKinds: [(String, Slug)] = [
      ("emailzapper", .mail), ("mail", .mail), ("url", .url), ("file", .file), ("attachment", .file),
      ("device", .device), ("machine", .device),
    ]

    /// The `Kind` of `urn:Kind:...`, lower case; empty where the id is no urn.
    private static func urnKind(_ sourceID: ByteString) -> [UInt8] {
      let lower = sourceID.bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
      guard lower.starts(with: "urn:".utf8) else { return [] }
      return Array(lower[4...].prefix { $0 != 0x3A })
    }
  }
}
