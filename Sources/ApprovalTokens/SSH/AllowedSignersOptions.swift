import ByteText
import CaseModel

/// The options of a line of allowed_signers: `name="value"`, parted by commas (ssh-keygen(1), *ALLOWED SIGNERS*).
///
/// There are none of our own: ssh-keygen refuses lines with options that it does not know.
struct AllowedSignersOptions {
  private(set) var namespaces: [SSHNamespace]?
  private(set) var validAfter: Instant?
  private(set) var validBefore: Instant?

  private typealias Problem = AllowedSignersLine.Problem

  /// No options.
  init() {}

  /// Reads the field between principals and key.
  init(_ field: ArraySlice<UInt8>) throws(AllowedSignersLine.Problem) {
    var rest = field
    repeat {
      let name = rest.prefix { $0 != 0x3D && $0 != 0x2C }
      rest = rest.dropFirst(name.count)
      if ASCII.equalsIgnoringCase(name, "cert-authority") {
        throw Problem(
          field: "cert-authority", message: "certificates are not taken", hint: "list each reviewer's own key")
      } else if ASCII.equalsIgnoringCase(name, "namespaces") {
        let value = try Self.value(of: "namespaces", from: &rest, isSet: namespaces != nil)
        namespaces = try Self.names(value)
      } else if ASCII.equalsIgnoringCase(name, "valid-after") {
        let value = try Self.value(of: "valid-after", from: &rest, isSet: validAfter != nil)
        validAfter = try Self.time(value, of: "valid-after")
      } else if ASCII.equalsIgnoringCase(name, "valid-before") {
        let value = try Self.value(of: "valid-before", from: &rest, isSet: validBefore != nil)
        validBefore = try Self.time(value, of: "valid-before")
      } else {
        throw Problem(
          field: "options", message: "neither an option that ssh-keygen knows nor a key type",
          hint: "options are namespaces, valid-after and valid-before")
      }
      guard let comma = rest.first else { break }
      guard comma == 0x2C, rest.count > 1 else {
        throw Problem(field: "options", message: "options are parted by one comma, and none stands at their end")
      }
      rest = rest.dropFirst()
    } while true
    if let validAfter, let validBefore, validBefore <= validAfter {
      throw Problem(field: "valid-before", message: "it is not later than valid-after")
    }
  }

  /// Takes `="value"`.
  private static func value(
    of name: ByteString, from rest: inout ArraySlice<UInt8>, isSet: Bool
  ) throws(Problem) -> ArraySlice<UInt8> {
    guard !isSet else { throw Problem(field: name, message: "it stands twice") }
    guard rest.starts(with: [0x3D, 0x22]) else {
      throw Problem(field: name, message: "its value is not in double quotes")
    }
    let value = rest.dropFirst(2).prefix { $0 != 0x22 }
    rest = rest.dropFirst(2 + value.count)
    guard rest.first == 0x22 else { throw Problem(field: name, message: "its value has no closing quote") }
    rest = rest.dropFirst()
    return value
  }

  private static func names(_ value: ArraySlice<UInt8>) throws(Problem) -> [SSHNamespace] {
    var names: [SSHNamespace] = []
    for part in value.split(separator: 0x2C, omittingEmptySubsequences: false) {
      guard let name = SSHNamespace(ByteString(part)) else {
        throw Problem(
          field: "namespaces", message: "a namespace is empty, a pattern, or holds blanks or other bytes than ASCII",
          hint: #"write them out, parted by commas: namespaces="git,decisions.v1@countersign""#)
      }
      names.append(name)
    }
    return names
  }

  /// `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS`, and `Z`.
  ///
  /// Without `Z` the same file would mean another time on a machine of another zone.
  private static func time(_ value: ArraySlice<UInt8>, of name: ByteString) throws(Problem) -> Instant {
    let digits = value.last == 0x5A ? value.dropLast() : value
    let isTime = [8, 12, 14].contains(digits.count) && digits.allSatisfy(ASCII.isDigit)
    if isTime, digits.count == value.count {
      throw Problem(
        field: name, message: "it has no zone",
        hint: ByteString(Array("append Z: ".utf8) + digits + Array("Z is that time in UTC".utf8)))
    }
    func number(_ from: Int, _ count: Int) -> Int { ASCII.decimal(digits.dropFirst(from).prefix(count)) ?? 0 }
    guard isTime,
      let time = Instant(
        year: number(0, 4), month: number(4, 2), day: number(6, 2), hour: number(8, 2), minute: number(10, 2),
        second: number(12, 2)),
      // ssh-keygen takes the start of 1970 for no time at all, and nothing before it.
      time.seconds > 0
    else {
      throw Problem(
        field: name, message: "it is no time of the form YYYYMMDDZ, YYYYMMDDHHMMZ or YYYYMMDDHHMMSSZ")
    }
    return time
  }
}
