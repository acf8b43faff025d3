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
    let when: HTML =
      switch policy.comment {
      case .off: "Not needed"
      case .approve: "Needed to approve"
      case .reject: "Needed to reject"
      case .all: "Always needed"
      }
    guard policy.comment != .off, policy.minimumComment > 1 else { return when }
    return when + ", \(policy.minimumComment) characters or more"
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

  static func roles(_ roles: KindPolicy.Roles) -> HTML {
    func joined(_ names: [ByteString]) -> HTML {
      var html = HTML()
      for (index, name) in names.enumerated() { html += index == 0 ? role(name) : ", \(role(name))" }
      return html
    }
    switch (roles.allOf.isEmpty, roles.anyOf.isEmpty) {
    case (true, true): return "<span class=\"none\">None asked for</span>"
    case (false, true): return "All of \(joined(roles.allOf))"
    case (true, false): return "One of \(joined(roles.anyOf))"
    case (false, false): return "All of \(joined(roles.allOf)), and one of \(joined(roles.anyOf))"
    }
  }

  /// A role by the source system's name for it, where we know one.
  static func role(_ name: ByteString) -> HTML {
    guard let known = KnownRole.allCases.first(where: { ByteString($0.rawValue) == name }) else {
      return Shown.code(name)
    }
    return "\(text: Words.bytes(known.title))"
  }

  static func selfApproval(_ policy: KindPolicy) -> HTML {
    policy.allowsSelfApproval
      ? "Whoever takes part in the mail may decide too"
      : "Not whoever is a recipient, sender, submitter or owner in it"
  }

  /// Who may approve alone in an emergency.
  static func override(_ policy: KindPolicy) -> HTML {
    guard let override = policy.override else { return "<span class=\"none\">Nobody</span>" }
    return "\(roles(override.roles)), with a reason of \(override.minimumReason) characters or more after "
      + "<code>override:</code>"
  }

  static func shared(_ policy: KindPolicy) -> HTML {
    policy.sharedTokens ? "In the site for everybody" : "Only in a reviewer's own pack"
  }

  static func bulk(_ policy: KindPolicy) -> HTML {
    policy.maxBulk.map { HTML.text(Digits.grouped($0)) } ?? "<span class=\"none\">Any number</span>"
  }
}
