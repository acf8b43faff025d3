public import ByteText
public import Digests
public import ExportReading

/// One line of an evidence file: a source record byte for byte, and where it came from (docs/formats/evidence.md).
public struct EvidenceEnvelope: Hashable, Sendable {
  /// Name of the file it was imported from, without folders.
  public var source: ByteString
  /// Its number in that file, from 1.
  public var number: Int
  /// How the record is read again.
  public var dialect: Dialect
  /// The record's bytes.
  public var raw: [UInt8]

  /// Makes an envelope.
  public init(source: ByteString, number: Int, dialect: Dialect, raw: [UInt8]) {
    self.dialect = dialect
    self.source = source
    self.number = number
    self.raw = raw
  }

  /// Bytes a line may have: a record of 16 MiB, each byte of it escaped.
  static let limits = JSONLimits(bytes: 112 << 20, stringBytes: 112 << 20, depth: 4)

  /// SHA-256 of the record's bytes.
  public var sha256: SHA256Digest { SHA256Sum.of(raw) }

  /// Writes the line, its line feed included.
  public func append(sha256: SHA256Digest, to out: inout [UInt8]) {
    // `raw` is a JSON string; bytes that are not UTF-8 have no form in one and travel as base64.
    if UTF8Text.isValid(raw) {
      out += "{\"dialect\":\"\(dialect.rawValue)\",\"raw\":".utf8
      CanonicalJSON.append(raw, to: &out)
    } else {
      out += "{\"base64\":".utf8
      CanonicalJSON.append(Base64.encode(raw), to: &out)
      out += ",\"dialect\":\"\(dialect.rawValue)\"".utf8
    }
    out += ",\"record\":\(number),\"sha256\":".utf8
    CanonicalJSON.append(sha256.hex.bytes, to: &out)
    out += ",\"src\":".utf8
    CanonicalJSON.append(UTF8Text.lossy(source.bytes), to: &out)
    out += "}\n".utf8
  }

  /// Reads a line and checks the record's hash.
  ///
  /// - Returns: `nil` where the line is no envelope, or its record is not the one it names.
  public static func read(_ document: JSONDocument) -> (envelope: EvidenceEnvelope, sha256: SHA256Digest)? {
    let root = document.root
    guard let number = root["record"]?.int, let source = root["src"]?.string, let hex = root["sha256"]?.string,
      let sha256 = SHA256Digest(hex: hex), let word = root["dialect"]?.string,
      let dialect = Dialect.allCases.first(where: { ByteString($0.rawValue) == word })
    else { return nil }
    let raw: [UInt8]
    if let text = root["raw"]?.string {
      raw = text.bytes
    } else if let text = root["base64"]?.string, let bytes = Base64.decode(text.bytes) {
      raw = bytes
    } else {
      return nil
    }
    let envelope = EvidenceEnvelope(source: source, number: number, dialect: dialect, raw: raw)
    guard envelope.sha256 == sha256 else { return nil }
    return (envelope, sha256)
  }
}
