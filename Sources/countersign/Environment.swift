import ByteText
import CaseModel
import Glibc

/// The one place that reads the environment.
enum Environment {
  /// The workspace named by `COUNTERSIGN_WORKSPACE`; `nil` where it is unset or empty.
  static var workspace: ByteString? {
    guard let value = unsafe getenv("COUNTERSIGN_WORKSPACE") else { return nil }
    let bytes = unsafe Array(UnsafeBufferPointer(start: value, count: strlen(value))).map { UInt8(bitPattern: $0) }
    return bytes.isEmpty ? nil : ByteString(bytes)
  }

  /// `SOURCE_DATE_EPOCH`, and the time it stands for; `nil` where it is unset or empty.
  ///
  /// <https://reproducible-builds.org/specs/source-date-epoch/>: seconds since 1970, in place of the current time.
  static var sourceDateEpoch: (text: ByteString, instant: Instant?)? {
    guard let value = unsafe getenv("SOURCE_DATE_EPOCH") else { return nil }
    let bytes = unsafe Array(UnsafeBufferPointer(start: value, count: strlen(value))).map { UInt8(bitPattern: $0) }
    guard !bytes.isEmpty else { return nil }
    let seconds = bytes.count <= 11 ? ASCII.decimal(bytes[...]) : nil
    return (ByteString(bytes), seconds.map { Instant(seconds: Int64($0)) })
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
