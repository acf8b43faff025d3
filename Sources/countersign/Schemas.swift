import ByteText
import PageTemplates

/// The JSON Schemas that `schema` prints, embedded in the binary.
enum Schemas {
  static var all: [(name: ByteString, bytes: [UInt8])] {
    PageTemplates.schemas.map { (ByteString($0.name), $0.bytes) }
  }
}
