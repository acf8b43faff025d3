import ByteText
import CaseModel

/// What other vocabularies call a deed: CACAO 2.0 section 10.12 (playbook activities), OCSF 1.8.0 remediation_activity, MITRE D3FEND
/// (ids of August 2025; UX section 6.7).
enum DeedTerms {
  /// The playbook activity.
  static func activity(_ deed: Deed) -> ByteString {
    switch deed {
    case .reversal(let reversal, _):
      switch reversal {
      case .restoreMessages, .moveToInbox, .releaseFromQuarantine, .restoreFile: "restore-data"
      case .removeBlock, .restoreForwarding, .restoreDelegation, .enableInboxRule, .enableAccount,
        .releaseFromIsolation, .removeRestriction:
        "revert-system"
      }
    case .action(let kind):
      switch kind {
      case .softDeleteMessage, .softDeleteCluster, .hardDeleteMessage, .hardDeleteCluster, .stopAndQuarantineFile:
        "eliminate-risk"
      case .turnOffForwarding, .disableInboxRule: "configure-systems"
      case .runAntivirusScan: "scan-system"
      case .collectInvestigationPackage: "analyze-collected-data"
      default: "restrict-access"
      }
    }
  }

  /// How much an organisation feels it, 0 to 100.
  static func impact(_ deed: Deed) -> Int {
    switch deed.kind {
    case .hardDeleteMessage, .hardDeleteCluster, .disableAccount, .isolateDevice: 60
    case .runAntivirusScan, .collectInvestigationPackage: 5
    default: deed.isFinal ? 60 : 20
    }
  }

  /// OCSF: number and name of the activity.
  static func remediation(_ deed: Deed) -> (id: Int, name: ByteString) {
    switch deed {
    case .reversal: (3, "Restore")
    case .action(let kind):
      switch kind {
      case .softDeleteMessage, .softDeleteCluster, .hardDeleteMessage, .hardDeleteCluster, .removeDelegation,
        .disableAccount, .revokeSessions, .stopAndQuarantineFile:
        (2, "Evict")
      case .turnOffForwarding, .disableInboxRule, .restrictCodeExecution: (4, "Harden")
      case .runAntivirusScan, .collectInvestigationPackage: (5, "Detect")
      case .unrecognised, .withdraw, .undo: (99, "Other")
      default: (1, "Isolate")
      }
    }
  }

  /// D3FEND: the tactic, and the technique where one fits.
  static func countermeasure(_ deed: Deed) -> (tactic: ByteString, technique: (name: ByteString, id: ByteString)?)? {
    switch deed {
    case .reversal(let reversal, _):
      switch reversal {
      case .restoreMessages, .moveToInbox, .releaseFromQuarantine: ("Restore", ("Restore Email", "D3-RE"))
      case .enableAccount: ("Restore", ("Restore User Account Access", "D3-RUAA"))
      default: ("Restore", nil)
      }
    case .action(let kind):
      switch kind {
      case .softDeleteMessage, .softDeleteCluster, .hardDeleteMessage, .hardDeleteCluster:
        ("Evict", ("Email Removal", "D3-ER"))
      case .moveToJunkMessage, .moveToJunkCluster, .quarantineMessage, .quarantineCluster, .quarantineAttachment:
        ("Isolate", ("Content Quarantine", "D3-CQ"))
      case .blockDomain, .blockSender: ("Isolate", ("Email Filtering", "D3-EF"))
      case .disableAccount: ("Evict", ("Account Locking", "D3-AL"))
      case .revokeSessions: ("Evict", ("Session Termination", "D3-ST"))
      case .removeDelegation, .stopAndQuarantineFile: ("Evict", nil)
      case .turnOffForwarding, .disableInboxRule, .restrictCodeExecution: ("Harden", nil)
      case .runAntivirusScan, .collectInvestigationPackage: ("Detect", nil)
      case .blockURL, .blockFile, .isolateDevice: ("Isolate", nil)
      case .unrecognised, .withdraw, .undo: nil
      }
    }
  }
}
