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

  /// Hands all variables, as `NAME=VALUE`, to a program that is to be started.
  static func withVariables<Result>(_ body: ([ByteString]) -> Result) -> Result {
    var all: [ByteString] = []
    var place = unsafe environ
    while let variable = unsafe place.pointee {
      let bytes = unsafe UnsafeBufferPointer(start: variable, count: strlen(variable))
      unsafe all.append(ByteString(bytes.map { UInt8(bitPattern: $0) }))
      unsafe place += 1
    }
    return body(all)
  }
}
