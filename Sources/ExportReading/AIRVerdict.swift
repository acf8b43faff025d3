import ByteText
import CaseModel

/// What a record says was found out about an entity: `LastVerdict`, else the gravest of `ThreatAnalysisSummary`, else
/// malicious where `Threats` name phish or malware, else unknown.
enum AIRVerdict {
  static func of(_ value: JSONValue, _ scope: DocumentScope) -> Recognised<Verdict> {
    if let last = scope.text(value.ignoringCase("LastVerdict")) { return StatusWords.verdict(last) }
    if let summary = value.ignoringCase("ThreatAnalysisSummary"), !summary.isNull {
      let found = scope.list(summary) { scope.text($0.ignoringCase("Verdict")) }.map(StatusWords.verdict)
      if let gravest = found.max(by: { gravity($0) < gravity($1) }) { return gravest }
    }
    if let threats = value.ignoringCase("Threats") {
      for threat in scope.list(threats) {
        let word = Wording.word(threat)
        if contains(word, "phish") || contains(word, "malware") { return Recognised(.malicious, raw: threat) }
      }
    }
    return Recognised(.unknown, raw: "")
  }

  private static func gravity(_ verdict: Recognised<Verdict>) -> Int {
    switch verdict.known {
    case .malicious?: 6
    case .compromised?: 5
    case .suspicious?: 4
    case nil: 3
    case .unknown?, .notFound?: 2
    case .noThreatsFound?, .verified?: 1
    }
  }

  private static func contains(_ word: ByteString, _ part: StaticString) -> Bool {
    let length = part.utf8CodeUnitCount
    guard word.count >= length else { return false }
    return (0...word.count - length).contains { ASCII.equalsIgnoringCase(word.bytes[$0..<$0 + length], part) }
  }
}
