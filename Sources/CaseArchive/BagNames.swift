public import ByteText

/// Names of a bag's own files (RFC 8493 section 2).
public enum BagNames {
  /// The declaration.
  public static let declaration: ByteString = "bagit.txt"
  /// Who, what, when.
  public static let info: ByteString = "bag-info.txt"
  /// Payload files with their hashes.
  public static let manifests: (sha256: ByteString, sha512: ByteString) = ("manifest-sha256.txt", "manifest-sha512.txt")
  /// Tag files with their hashes.
  public static let tagManifests: (sha256: ByteString, sha512: ByteString) = (
    "tagmanifest-sha256.txt", "tagmanifest-sha512.txt"
  )
  /// The SSH signature over the first tag manifest.
  public static let signature: ByteString = "tagmanifest-sha256.txt.sig"
  /// How to check the bag with other tools.
  public static let instructions: ByteString = "VERIFY.txt"
  /// The folder of the payload.
  public static let payload: ByteString = "data"

  /// The files that no tag manifest can name: itself and what was made after it.
  static let unlisted: Set<ByteString> = [tagManifests.sha256, tagManifests.sha512, signature]

  /// The text of the declaration.
  static let declarationText: [UInt8] = Array("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".utf8)

  /// Whether a path is of the grammar of ours: segments `[A-Za-z0-9_][A-Za-z0-9._-]{0,127}` without a dot at the end, at most
  /// eight of them.
  ///
  /// So no name needs the escapes of RFC 8493 section 2.1.3, none differs from another by case or normal form only in the
  /// parts that come from outside, which are ids, and every system can hold it.
  public static func isPlain(_ path: ByteString) -> Bool {
    let segments = path.bytes.split(separator: 0x2F, omittingEmptySubsequences: false)
    return segments.count <= 8
      && segments.allSatisfy { segment in
        guard let first = segment.first, segment.count <= 128, segment.last != 0x2E else { return false }
        guard ASCII.isAlphanumeric(first) || first == 0x5F else { return false }
        return segment.allSatisfy { ASCII.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F }
      }
  }
}

/// One file of a bag.
public struct BagFile: Hashable, Sendable {
  /// Its path from the bag's top folder, `/` between folders.
  public var path: ByteString
  /// Bytes.
  public var size: Int
  /// SHA-256, hex.
  public var sha256: ByteString
  /// SHA-512, hex.
  public var sha512: ByteString
}
