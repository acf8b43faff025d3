import ByteText
import CaseModel
import WebRendering

/// The mails that decide: `mailto:` links that open one in the reader's program, with the labelled block of
/// docs/formats/decisions.md in it.
///
/// Nothing is decided before a person sends it (UX section 1.3). Only our own words, ids and the token stand in them.
enum DecisionMail {
  /// The most characters of a link; some programs cut longer ones (UX section 3).
  static let room = 1_600

  /// The link; `nil` where it would be longer than programs take.
  static func link(
    _ verdict: DecisionVerdict, _ action: DigestAction, token: [UInt8], to address: ByteString
  ) -> SitePath? {
    let word: ByteString = verdict == .approve ? "Approve" : "Reject"
    let subject = word + " " + action.target.id.text
    let digest = action.digest.map { " " + ByteString($0.bytes.prefix(PrintedDigest.length)) } ?? ""
    let what = word + digest + ": " + ByteString(stringLiteral: action.target.kind.title) + "\n\n"
    for head in [what, ""] {
      let body =
        head + "-----BEGIN COUNTERSIGN DECISION-----\ntoken: " + ByteString(token)
        + "\ncomment: \n-----END COUNTERSIGN DECISION-----\n"
      guard let link = SitePath.mail(to: address.bytes, subject: subject.bytes, body: body.bytes) else { return nil }
      if link.bytes.count <= room { return link }
    }
    return nil
  }
}
