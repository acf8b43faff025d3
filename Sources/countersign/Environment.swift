import ByteText
import Glibc

/// The one place that reads the environment.
enum Environment {
  /// The workspace named by `COUNTERSIGN_WORKSPACE`; `nil` where it is unset or empty.
  static var workspace: ByteString? {
    guard let value = unsafe getenv("COUNTERSIGN_WORKSPACE") else { return nil }
    let bytes = unsafe Array(UnsafeBufferPointer(start: value, count: strlen(value))).map { UInt8(bitPattern: $0) }
    return bytes.isEmpty ? nil : ByteString(bytes)
  }
}
