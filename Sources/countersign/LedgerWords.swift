import ByteText
import CaseModel
import DecisionLedger

/// Ledger entries in words, for `log`, `explain` and the log page.
enum LedgerWords {
  /// An entry as one line.
  ///
  /// `412  2026-11-23T08:00:00Z  decision  approve zapurl-../mail-.. by anyone (bearer)`
  static func line(_ entry: LedgerEntry) -> ByteString {
    let number = Array(String(entry.number).utf8)
    let kind = Array(entry.kind.rawValue.utf8)
    return ByteString([UInt8](repeating: 0x20, count: max(0, 5 - number.count)) + number) + "  " + entry.at.rfc3339
      + "  "
      + ByteString(kind + [UInt8](repeating: 0x20, count: max(0, 9 - kind.count))) + " " + text(entry)
  }

  /// What happened, without number, time and type.
  ///
  /// - Parameter hidesComments: whether what people wrote is left out.
  static func text(_ entry: LedgerEntry, hidesComments: Bool = false) -> ByteString {
    let body = LedgerBody(entry.body)
    func text(_ key: ByteString) -> ByteString { body.text(key) ?? "" }
    func number(_ key: ByteString) -> ByteString { ByteString("\(body.number(key) ?? 0)") }
    switch entry.kind {
    case .key: return text("purpose") + " key " + text("kid") + " " + text("status")
    case .import:
      let sums = [
        number("used") + " used", number("duplicate") + " duplicate", number("superseded") + " superseded",
        number("rejected") + " rejected",
      ]
      return counted(body.number("read") ?? 0, "record") + " read: "
        + ByteString(Array(sums.map(\.bytes).joined(separator: [0x2C, 0x20])))
        + (body.text("evidence").map { ", kept in " + $0 } ?? "")
    case .issue: return counted(body.number("count") ?? 0, "token") + " for " + text("aud") + " with key " + text("kid")
    case .policy: return "policy and reviewers as they stand: " + ByteString(text("sha256").bytes.prefix(12))
    case .decision:
      let comment = hidesComments ? "" : text("comment")
      let stead = body.text("for").map { " for " + $0 } ?? ""
      return text("verdict") + " " + text("action") + " by " + text("principal") + stead + " (" + text("identity") + ")"
        + (comment.isEmpty ? "" : ": " + comment)
    case .judge:
      let why = body.text("why").map { ", " + $0 } ?? ""
      let override: ByteString = body.number("override") == nil ? "" : " by emergency override"
      return text("action") + " " + text("outcome") + override + why
    case .withdraw: return text("action") + ": the " + Self.noun(text("decision")) + " is withdrawn, by " + text("by")
    case .undo: return text("action") + ": undo approved, " + text("reversal") + ", by " + text("by")
    case .override:
      let reason = hidesComments ? "" : ": " + text("reason")
      return "emergency override of " + text("action") + " by " + text("principal") + reason
    case .refusal:
      let rows = body.list("rows").map { LedgerBody($0) }
      let codes = Set(rows.compactMap { $0.text("code") }).sorted()
      return ByteString("\(rows.count) refused in ") + ByteString(text("file").bytes.prefix(12)) + ": "
        + ByteString(Array(codes.map(\.bytes).joined(separator: [0x2C, 0x20])))
    case .lapse: return ByteString("\(body.list("actions").count) lapsed: nobody decided in time")
    case .intent where text("purpose") == "mail": return text("id") + " is about to be sent"
    case .mail:
      let detail = body.text("detail").map { ": " + $0 } ?? ""
      return text("id") + " " + text("result") + detail + ", " + counted(body.number("count") ?? 0, "token")
    case .intent where text("purpose") == "prune": return "archived records are about to be taken out"
    case .archive:
      return counted(body.list("investigations").count, "investigation") + " and "
        + counted(body.number("records") ?? 0, "record") + " taken out, in the archive "
        + ByteString(text("bag").bytes.prefix(12))
    case .intent where text("purpose") == "order":
      return counted(body.list("orders").count, "work order") + " about to be written"
    case .order:
      return text("action") + " handed over with order " + text("id") + ", valid until " + text("until")
    case .result:
      let detail = hidesComments || text("detail").isEmpty ? "" : ": " + text("detail")
      return text("action") + " " + text("state") + " at " + text("at") + ", says " + text("source") + detail
    case .intent: return ByteString(CanonicalJSON.bytes(entry.body))
    }
  }

  private static func noun(_ verdict: ByteString) -> ByteString { verdict == "reject" ? "rejection" : "approval" }
}
