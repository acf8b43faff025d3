/// How a run ended (DESIGN section 6).
///
/// Of several, the first in this order is the process's.
enum ExitStatus: Int32, CaseIterable {
  case usage = 64
  case configuration = 78
  case permission = 77
  case io = 74
  case cannotCreate = 73
  case missingInput = 66
  case nothingUsable = 65
  case refusedSome = 4
  case verificationFailed = 3
  case failure = 1
  case success = 0

  /// The weightier of two.
  func merged(with other: ExitStatus) -> ExitStatus {
    for status in Self.allCases where status == self || status == other { return status }
    return self
  }
}
