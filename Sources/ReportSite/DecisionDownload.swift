import ByteText
import CaseModel
import WebRendering

/// A decisions file with one decision, carried in the page, so that deciding needs no script (DESIGN section 5).
enum DecisionDownload {
  /// The file as a link for `<a download>`.
  static func link(
    investigation: CaseID, action: CaseID, verdict: DecisionVerdict, token: [UInt8], frame: SiteFrame
  ) -> SitePath {
    let subject = ByteString(investigation.text.bytes + [0x2F] + action.text.bytes)
    let content = CanonicalJSON.bytes([
      "decisions": [
        [
          "action": .string(subject), "token": .string(ByteString(token)),
          "verdict": .string(ByteString(verdict.rawValue)),
        ]
      ],
      "format": "countersign-decisions/1", "issuer": .string(frame.issuer), "site": .string(frame.site),
    ])
    return .download(mediaType: "application/json", content: content)
  }

  /// The name under which a browser saves it: `decision-<id>-approve.json`.
  static func name(of action: CaseID, _ verdict: DecisionVerdict) -> [UInt8] {
    Array("decision-".utf8) + action.text.bytes + [0x2D] + Array(verdict.rawValue.utf8) + Array(".json".utf8)
  }
}
