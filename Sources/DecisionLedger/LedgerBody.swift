public import ByteText
public import CaseModel
public import Digests

/// Reads and writes what stands in an entry's `body` (docs/formats/ledger.md lists the members of each type).
public struct LedgerBody: Sendable {
  private let members: [JSONTree.Member]

  /// Takes a body; one that is no object has no members.
  public init(_ tree: JSONTree) {
    if case .object(let members) = tree {
      self.members = members
    } else {
      members = []
    }
  }

  /// A member's value.
  public subscript(key: ByteString) -> JSONTree? { members.first { $0.key == key }?.value }

  /// A member that is text.
  public func text(_ key: ByteString) -> ByteString? {
    if case .string(let text)? = self[key] { text } else { nil }
  }

  /// A member that is a whole number.
  public func number(_ key: ByteString) -> Int? {
    if case .int(let number)? = self[key] { number } else { nil }
  }

  /// A member that is an array; empty where there is none.
  public func list(_ key: ByteString) -> [JSONTree] {
    if case .array(let items)? = self[key] { items } else { [] }
  }

  /// The action's id in `investigation/action`.
  public static func action(_ path: ByteString) -> CaseID? {
    guard let slash = path.bytes.firstIndex(of: 0x2F) else { return nil }
    return CaseID(ByteString(path.bytes[(slash + 1)...]))
  }

  /// `import`: one run's evidence and where its records went.
  ///
  /// - Parameter evidence: name and hash of the evidence file; `nil` where nothing new was read.
  public static func `import`(
    evidence: LedgerState.EvidenceFile?, totals: ImportTotals, sources: [ByteString]
  ) -> JSONTree {
    var members: [JSONTree.Member] = [
      .init("duplicate", .int(totals.duplicate)), .init("read", .int(totals.read)),
      .init("rejected", .int(totals.rejected)), .init("sources", .array(sources.map { .string(utf8($0)) })),
      .init("superseded", .int(totals.superseded)), .init("used", .int(totals.used)),
    ]
    if let evidence {
      members.append(.init("evidence", .string(evidence.name)))
      members.append(.init("sha256", .string(evidence.sha256)))
    }
    return .object(members)
  }

  /// A file's name as text: one that is not UTF-8 has no form in JSON.
  private static func utf8(_ name: ByteString) -> ByteString {
    UTF8Text.isValid(name.bytes) ? name : ByteString(UTF8Text.lossy(name.bytes))
  }

  /// `lapse`: actions nobody decided in time, as `investigation/action`.
  public static func lapse(_ actions: [ByteString]) -> JSONTree {
    ["actions": .array(actions.map { .string($0) })]
  }

  /// `judge`: what the votes of an action come to.
  ///
  /// - Parameters:
  ///   - outcome: `approved`, `rejected`, `awaiting`, or `replaced`, which begins a new round.
  ///   - votes: the entries of the votes that count.
  ///   - why: what made it be judged again; `nil` where votes came in.
  ///   - record: the hash of the investigation's records that it was judged by.
  ///   - override: the entry of the vote that approved alone in an emergency.
  public static func judge(
    action: ByteString, round: Int, outcome: ByteString, votes: [Int], needed: Int, why: RoundEvent.What? = nil,
    record: ByteString? = nil, override: Int? = nil
  ) -> JSONTree {
    var members: [JSONTree.Member] = [
      .init("action", .string(action)), .init("needed", .int(needed)), .init("outcome", .string(outcome)),
      .init("round", .int(round)), .init("votes", .array(votes.map { .int($0) })),
    ]
    if let why { members.append(.init("why", .string(ByteString(why.rawValue)))) }
    if let record { members.append(.init("record", .string(record))) }
    if let override { members.append(.init("override", .int(override))) }
    return .object(members)
  }

  /// `override`: an approval by one person in an emergency, and why.
  public static func override(
    action: ByteString, round: Int, vote: Vote, reason: ByteString, needed: Int, roles: [ByteString]
  ) -> JSONTree {
    [
      "action": .string(action), "needed": .int(needed), "principal": .string(vote.principal),
      "reason": .string(reason), "roles": .array(roles.map { .string($0) }), "round": .int(round),
      "vote": .int(vote.entry),
    ]
  }

  /// `withdraw`: a decision was taken back; `by` is the action of our own whose approval did it.
  public static func withdraw(action: ByteString, round: Int, by own: CaseID, decision: DecisionVerdict) -> JSONTree {
    [
      "action": .string(action), "by": .string(own.text), "decision": .string(ByteString(decision.rawValue)),
      "round": .int(round),
    ]
  }

  /// `undo`: an undo was approved; the reversal is what an order will ask for.
  public static func undo(action: ByteString, round: Int, by own: CaseID, reversal: Reversal) -> JSONTree {
    [
      "action": .string(action), "by": .string(own.text), "reversal": .string(ByteString(reversal.rawValue)),
      "round": .int(round),
    ]
  }

  /// `refusal`: rows of a returned file that were not applied.
  public static func refusal(file: ByteString, rows: [(row: Int, code: RefusalCode, action: ByteString?)]) -> JSONTree {
    [
      "file": .string(file),
      "rows": .array(
        rows.map { row in
          var members: [JSONTree.Member] = [
            .init("code", .string(ByteString(row.code.rawValue))), .init("row", .int(row.row)),
          ]
          if let action = row.action { members.append(.init("action", .string(action))) }
          return .object(members)
        }),
    ]
  }

  /// `issue`: the tokens a build made, where they are not those of the build before.
  public static func issue(audience: ByteString, count: Int, kid: ByteString, tokens: SHA256Digest) -> JSONTree {
    ["aud": .string(audience), "count": .int(count), "kid": .string(kid), "tokens": .string(tokens.hex)]
  }

  /// `policy`: policy and reviewers as they stand from here on.
  public static func policy(_ text: ByteString, sha256: SHA256Digest) -> JSONTree {
    ["policy": .string(text), "sha256": .string(sha256.hex)]
  }

  /// `key`: a key was made, or its status changed.
  public static func key(kid: ByteString, purpose: ByteString, publicKey: ByteString, status: ByteString) -> JSONTree {
    [
      "kid": .string(kid), "publicKey": .string(publicKey), "purpose": .string(purpose), "status": .string(status),
    ]
  }
}
