public import ByteText
import CaseModel

// The claims as text, both ways: compact JSON, keys in order, one spelling for each value.

extension DecisionClaims {
  /// The claims' bytes: canonical JSON.
  ///
  /// No value of the grammar needs an escape.
  public var canonical: [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(256)
    append(to: &out)
    return out
  }

  /// Writes the claims' bytes.
  func append(to out: inout [UInt8]) {
    out += #"{"aud":""#.utf8
    out += aud.bytes
    out += #"","dig":""#.utf8
    out += dig.bytes
    out += #"","exp":""#.utf8
    out += exp.rfc3339.bytes
    out += #"","iss":""#.utf8
    out += iss.bytes
    out += #"","jti":""#.utf8
    out += jti.bytes
    out += #"","sub":""#.utf8
    out += investigation.text.bytes
    out.append(0x2F)
    out += action.text.bytes
    out += #"","vd":""#.utf8
    out += vd.rawValue.utf8
    out += #""}"#.utf8
  }

  /// Why bytes are no claims.
  public struct Problem: Error, Hashable, Sendable {
    /// What is wrong: lower case, no final stop.
    ///
    /// Never holds text of the token.
    public let detail: ByteString
  }

  /// Reads claims: strict JSON, exactly the seven keys, each value of its grammar, and the very bytes that
  /// ``canonical`` would write.
  public static func parse(_ bytes: [UInt8]) throws(Problem) -> DecisionClaims {
    let document: JSONDocument
    do {
      document = try JSONDocument.parse(bytes, limits: limits)
    } catch {
      throw Problem(detail: ByteString(Array("the claims are not JSON: ".utf8) + error.message.bytes))
    }
    guard document.root.kind == .object else { throw Problem(detail: "the claims are not an object") }
    guard !document.hasDuplicateKeys else { throw Problem(detail: "a claim stands twice") }
    let members = document.root.members
    guard Set(members.map(\.key)) == names, members.count == names.count else {
      throw Problem(detail: "the claims are not exactly aud, dig, exp, iss, jti, sub and vd")
    }
    func text(_ name: StaticString) throws(Problem) -> ByteString {
      guard let text = document.root[name]?.string else {
        throw Problem(detail: ByteString("claim \(name) is not text"))
      }
      return text
    }
    func check(_ holds: Bool, _ name: StaticString, _ form: StaticString) throws(Problem) {
      guard holds else { throw Problem(detail: ByteString("claim \(name) is not \(form)")) }
    }
    let aud = try text("aud")
    try check(TokenGrammar.isAudience(aud), "aud", "* or 1 to 16 of a-z, 0-9 and -")
    let dig = try text("dig")
    try check(TokenGrammar.isDigest(dig), "dig", "43 characters of base64url")
    guard let exp = TokenGrammar.time(try text("exp")) else {
      throw Problem(detail: "claim exp is not a UTC time of whole seconds with Z")
    }
    let iss = try text("iss")
    try check(TokenGrammar.isName(iss), "iss", "1 to 16 of a-z, 0-9 and -")
    let jti = try text("jti")
    try check(TokenGrammar.isTokenID(jti), "jti", "16 characters of base64url")
    guard let sub = TokenGrammar.subject(try text("sub")) else {
      throw Problem(detail: "claim sub is not investigation/action")
    }
    let word = try text("vd")
    guard let vd = DecisionVerdict.allCases.first(where: { ByteString($0.rawValue) == word }) else {
      throw Problem(detail: "claim vd is neither approve nor reject")
    }
    guard
      let claims = DecisionClaims(
        aud: aud, dig: dig, exp: exp, iss: iss, jti: jti, investigation: sub.investigation, action: sub.action, vd: vd)
    else { throw Problem(detail: "the claims are not of the grammar") }
    guard claims.canonical == bytes else { throw Problem(detail: "the claims are not in canonical form") }
    return claims
  }

  private static let names: Set<ByteString> = ["aud", "dig", "exp", "iss", "jti", "sub", "vd"]

  private static let limits = JSONLimits(
    bytes: DecisionToken.greatestLength, stringBytes: 256, depth: 2, values: 32, refusesMalformedText: true)
}
