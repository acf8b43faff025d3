import ByteText
import CaseArchive
import CaseModel
import CaseStore
import DecisionIntake
import Digests
import DurableFiles
import ExportReading

/// `verify PATH` of an archive: one line OK, or each difference.
enum ArchiveVerification {
  static func run(_ root: Folder, _ console: Console) throws(FileError) -> ExitStatus {
    // One of them may be what was removed.
    let marks: Set<ByteString> = [BagNames.declaration, BagNames.tagManifests.sha256, BagNames.signature]
    guard try !marks.isDisjoint(with: root.names()) else {
      console.report(
        Diagnostic(
          .error, file: root.path, message: "is no archive: there is neither bagit.txt nor a signed manifest in it",
          hint: "name the folder that countersign archive wrote"))
      return .verificationFailed
    }
    let path = root.path
    let check = try ArchiveCheck(root, ArchiveCheck.Reading(remake: remade, signatures: signatures)) { done, all in
      console.progress("verifying", done, of: all, "files")
    }
    console.endProgress()
    let name = ByteString(UTF8Text.lossy(path.bytes))
    if console.isJSON {
      console.result(json: json(check, name))
    } else if check.findings.isEmpty {
      let totals = check.totals
      console.result(
        (check.redacted.isEmpty ? "OK: " : "OK, redacted: " + counted(totals.withheld, "effect") + " not checkable: ")
          + name + ": " + counted(totals.files, "file") + ", " + counted(totals.investigations, "investigation")
          + ", "
          + counted(totals.records, "record") + ", " + counted(totals.effects, "effect") + ", "
          + counted(totals.entries, "ledger entry", "ledger entries") + ", " + counted(totals.tokens, "token") + ", "
          + counted(totals.signatures, "reviewer's signature", "reviewers' signatures") + "; sealed with "
          + (check.key.map { $0.kid + " " + $0.fingerprint } ?? "no key") + "; ledger head " + check.head)
    } else {
      for finding in check.findings {
        let place = finding.path.isEmpty ? name : name + "/" + finding.path
        console.result("differs: " + place + ": " + finding.message)
      }
      console.report(
        Diagnostic(
          .error, file: name,
          message: counted(check.findings.count, "difference") + ": not the archive that was sealed",
          hint: "get another copy; what it differs in is named above"))
    }
    if check.isNewer { return .configuration }
    return check.findings.isEmpty ? .success : .verificationFailed
  }

  private static func json(_ check: ArchiveCheck, _ name: ByteString) -> JSONTree {
    let totals = check.totals
    return [
      "effects": .int(totals.effects), "files": .int(totals.files),
      "findings": .array(
        check.findings.map {
          ["file": .string(ByteString(UTF8Text.lossy($0.path.bytes))), "message": .string($0.message)]
        }),
      "head": .string(check.head), "investigations": .int(totals.investigations),
      "key": .string(check.key?.fingerprint ?? ""), "kid": .string(check.key?.kid ?? ""),
      "ledger_entries": .int(totals.entries), "ok": .bool(check.findings.isEmpty), "path": .string(name),
      "records": .int(totals.records), "redacted": .string(check.redacted), "signatures": .int(totals.signatures),
      "tokens": .int(totals.tokens),
      "withheld": .int(totals.withheld),
    ]
  }

  /// The signatures within a returned file: signed text in one piece, and those attached to a mail.
  @Sendable private static func signatures(_ file: [UInt8], _ issuer: ByteString) -> [ArchiveCheck.InnerSignature] {
    let contents = try? DecisionIntake.read(file, name: "", issuer: issuer)
    return (contents ?? []).compactMap(\.signature).map { ($0.message, $0.armour) }
  }

  /// Makes the effects of an investigation again from its records; the actions whose effects are others.
  @Sendable private static func remade(
    _ records: [ArchiveCheck.SourceRecord], _ effects: [ArchiveCheck.NamedEffect]
  ) -> [CaseID] {
    var ranked: [RankedRecord] = []
    for record in records {
      guard let dialect = Dialect.allCases.first(where: { ByteString($0.rawValue) == record.dialect }),
        case .success(let read) = RecordReading.read(record.raw, as: dialect)
      else { continue }
      ranked.append(RankedRecord(sha256: SHA256Sum.of(record.raw), record: read.record))
    }
    let merged = CaseMerge.merge(ranked)
    return effects.filter { effect in
      // Effects of our own are about the others, which are looked at.
      if OwnAction(effect.action) != nil { return false }
      guard let merged, let action = merged.actions.first(where: { $0.id == effect.action })?.action else {
        return true
      }
      let limits = JSONLimits(bytes: 64 << 20, stringBytes: 16 << 20, depth: 16)
      let root = (try? JSONDocument.parse(effect.canonical, limits: limits))?.root
      let again = try? Effect(
        of: action, id: effect.action, tenant: merged.investigation.tenant, round: root?["round"]?.int ?? 1,
        ceiling: root?["atMost"]?.int)
      return again?.canonical != effect.canonical
    }.map(\.action)
  }
}
