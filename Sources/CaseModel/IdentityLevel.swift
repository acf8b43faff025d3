/// How sure it is who decided, least first (SECURITY sections 1.1 and 2).
public enum IdentityLevel: Int, Hashable, Comparable, Sendable, CaseIterable {
  /// Whoever had the token.
  case bearer
  /// A paper ballot typed in by somebody else.
  case transcribed
  /// An SSH signature over the returned file.
  case sshsig
  /// The same by a hardware key that was touched.
  case sshsigTouch
  /// The same by a hardware key that asked for a PIN.
  case sshsigPIN

  /// Orders from weak to strong.
  public static func < (left: IdentityLevel, right: IdentityLevel) -> Bool { left.rawValue < right.rawValue }

  /// The word of configuration and ledger.
  public var word: StaticString {
    switch self {
    case .bearer: "bearer"
    case .transcribed: "transcribed"
    case .sshsig: "sshsig"
    case .sshsigTouch: "sshsig-touch"
    case .sshsigPIN: "sshsig-pin"
    }
  }
}
