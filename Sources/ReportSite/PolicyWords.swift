import ByteText
import CaseModel
import WebRendering

/// What it takes to decide, in words.
enum PolicyWords {
  static func quorum(_ policy: KindPolicy) -> HTML {
    policy.quorum == 1 ? "One person" : "\(text: Digits.grouped(policy.quorum)) different people"
  }

  static func identity(_ policy: KindPolicy) -> HTML {
    switch policy.identity {
    case .bearer: "A token is enough"
    case .transcribed: "At least a signed paper ballot"
    case .sshsig: "An SSH signature over the file"
    case .sshsigTouch: "An SSH signature by a touched hardware key"
    case .sshsigPIN: "An SSH signature by a hardware key with PIN"
    }
  }

  static func comment(_ policy: KindPolicy) -> HTML {
    switch policy.comment {
    case .off: "Not needed"
    case .approve: "Needed to approve"
    case .reject: "Needed to reject"
    case .all: "Always needed"
    }
  }

  /// What a person who downloads a decision has to know; `nil` where no comment is needed.
  static func commentHint(_ policy: KindPolicy) -> [UInt8]? {
    switch policy.comment {
    case .off: nil
    case .approve: Words.bytes("An approval needs a comment.")
    case .reject: Words.bytes("A rejection needs a comment.")
    case .all: Words.bytes("Either decision needs a comment.")
    }
  }

  static func roles(_ policy: KindPolicy) -> HTML {
    func joined(_ roles: [ByteString]) -> HTML {
      var html = HTML()
      for (index, role) in roles.enumerated() { html += index == 0 ? Shown.code(role) : ", \(Shown.code(role))" }
      return html
    }
    switch (policy.allOf.isEmpty, policy.anyOf.isEmpty) {
    case (true, true): return "<span class=\"none\">None asked for</span>"
    case (false, true): return "All of \(joined(policy.allOf))"
    case (true, false): return "One of \(joined(policy.anyOf))"
    case (false, false): return "All of \(joined(policy.allOf)), and one of \(joined(policy.anyOf))"
    }
  }

  static func shared(_ policy: KindPolicy) -> HTML {
    policy.sharedTokens ? "In the site for everybody" : "Only in a reviewer's own pack"
  }

  static func bulk(_ policy: KindPolicy) -> HTML {
    policy.maxBulk.map { HTML.text(Digits.grouped($0)) } ?? "<span class=\"none\">Any number</span>"
  }
}
