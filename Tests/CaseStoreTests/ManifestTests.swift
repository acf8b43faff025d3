import ByteText
import CaseModel
import Digests
import DurableFiles
import TestSupport
import Testing

@testable import CaseStore

@Suite struct ManifestTests {
  /// A workspace folder with a manifest of all the sample records, and tails.
  private static func filled() throws -> (scratch: Scratch, store: EvidenceStore) {
    let scratch = try Scratch()
    let (file, added) = try Exports.write(Exports.records, as: 1, in: scratch.folder)
    let store = try EvidenceStore(in: scratch.folder, [file], checking: true)
    try ManifestUpdate.write(scratch.folder, evidence: store, added: added, all: true)
    return (scratch, store)
  }

  /// Of two undecided actions: one with tokens, one without.
  private static let digests = ByteString([UInt8](repeating: 0x41, count: 43)) + PageState.noDigest

  private static func tails(_ ids: [CaseID]) -> ManifestTails {
    var tails = ManifestTails()
    for (number, id) in ids.enumerated() {
      let key = Fingerprint(SHA256Sum.of([UInt8(number)]))
      tails.take(
        .pages(tree: "site", id: id, state: PageState(key: key, offers: "0123456789abcdef", digests: Self.digests)))
      tails.take(.pages(tree: "packs/r7", id: id, state: PageState(key: key, offers: "")))
      let byte = UInt8(200 - number)
      tails.take(
        .token(
          kid: "kkkkkkkk", jti: [UInt8](repeating: byte, count: 12), signature: [UInt8](repeating: byte, count: 64)))
    }
    return tails
  }

  @Test func saysNothingOfWhatIsNotThere() throws {
    let scratch = try Scratch()
    #expect(try Manifest.read(scratch.folder) { _ in Issue.record("a line of nothing") } == false)
  }

  @Test func readsWhatItWrites() throws {
    let (scratch, store) = try Self.filled()
    let heads = try #require(try Exports.heads(scratch.folder))
    #expect(heads.count == 5 && heads.map(\.id) == heads.map(\.id).sorted())
    #expect(Set(heads.map(\.name)) == Set((0..<5).map { ByteString("Case \($0) ü") }))
    let four = try #require(heads.first { $0.sourceID == "case-4" })
    #expect(four.status.known == .remediated && four.actions.count == 6 && four.tenant == "t1")
    #expect(four.actions.first { $0.sourceID == "a-4" }?.exported.execution == .succeeded)
    #expect(four.actions.filter { $0.exported.decision == .decidedElsewhere }.count == 5)
    let tails = Self.tails(heads.map(\.id))
    try ManifestUpdate.replaceTails(scratch.folder, evidence: store.names, with: tails)
    var read = ManifestTails()
    var evidence: [LedgerNamedFile] = []
    let isWhole = try Manifest.read(scratch.folder) { line in
      if case .evidence(let file) = line { evidence.append(file) }
      read.take(line)
    }
    #expect(isWhole && evidence == store.names)
    read.settle()
    for (number, head) in heads.enumerated() {
      let key = Fingerprint(SHA256Sum.of([UInt8(number)]))
      #expect(read.pages["site"]?[head.id] == PageState(key: key, offers: "0123456789abcdef", digests: Self.digests))
      #expect(read.pages["site"]?[head.id]?.digest(ofUndecided: 0)?.count == 43)
      #expect(read.pages["site"]?[head.id]?.digest(ofUndecided: 1) == nil)
      #expect(read.pages["site"]?[head.id]?.digest(ofUndecided: 2) == nil)
      #expect(read.pages["packs/r7"]?[head.id] == PageState(key: key, offers: ""))
      let byte = UInt8(200 - number)
      #expect(
        read.tokens["kkkkkkkk"]?.signature(of: [UInt8](repeating: byte, count: 12))
          == [UInt8](repeating: byte, count: 64))
    }
    #expect(read.pages.count == 2 && read.pages["site"]?.count == 5 && read.tokens["kkkkkkkk"]?.count == 5)
    // What was read is written again to the same bytes.
    let before = try Exports.manifest(scratch.folder)
    try ManifestUpdate.replaceTails(scratch.folder, evidence: store.names, with: read)
    #expect(try Exports.manifest(scratch.folder) == before)
    #expect(try Exports.heads(scratch.folder) == heads)
  }

  @Test func doubtsADamagedManifest() throws {
    let (scratch, store) = try Self.filled()
    let ids = try #require(try Exports.heads(scratch.folder)).map(\.id)
    try ManifestUpdate.replaceTails(scratch.folder, evidence: store.names, with: Self.tails(ids))
    let whole = try Exports.manifest(scratch.folder)
    var believed: [Int] = []
    func check(_ bytes: [UInt8], _ index: Int) throws {
      try scratch.folder.replace(Manifest.fileName, with: bytes, durable: false)
      if try Manifest.read(scratch.folder, { _ in }) { believed.append(index) }
      if try Manifest.read(scratch.folder, skippingCases: true, { _ in }) { believed.append(index) }
    }
    // Every byte of the first and the last lines, and every thirteenth between.
    for index in whole.indices where index < 200 || index > whole.count - 200 || index % 13 == 0 {
      var changed = whole
      changed[index] ^= [0x01, 0x20, 0x80][index % 3]
      try check(changed, index)
      if index % 5 == 0 { try check(Array(whole[..<index]), index) }
    }
    try check(whole + whole, -1)
    try check(whole + [0x0A], -2)
    #expect(believed == [])
    let before = try Exports.manifest(scratch.folder)
    #expect(throws: (any Error).self) {
      try ManifestUpdate.replaceTails(scratch.folder, evidence: store.names, with: ManifestTails())
    }
    #expect(try Exports.manifest(scratch.folder) == before)
  }

  @Test func isMadeAgainWhereItIsInDoubt() throws {
    let (scratch, store) = try Self.filled()
    let whole = try Exports.manifest(scratch.folder)
    #expect(try ManifestUpdate.ensure(scratch.folder, evidence: store) == false)
    var changed = whole
    changed[whole.count / 2] ^= 1
    for bytes in [changed, [], Array(whole.dropLast(9))] {
      try scratch.folder.replace(Manifest.fileName, with: bytes, durable: false)
      #expect(try ManifestUpdate.ensure(scratch.folder, evidence: store))
      #expect(try Exports.manifest(scratch.folder) == whole)
    }
    try scratch.folder.remove(Manifest.fileName)
    #expect(try ManifestUpdate.ensure(scratch.folder, evidence: store))
    // Of other evidence than the ledger names now.
    let (second, _) = try Exports.write([Exports.record(99, of: 9, hour: 1)], as: 2, in: scratch.folder)
    let more = try EvidenceStore(in: scratch.folder, store.names + [second], checking: true)
    #expect(try ManifestUpdate.ensure(scratch.folder, evidence: more))
    #expect(try Exports.heads(scratch.folder)?.count == 6)
  }

  /// However records come in, the update of each import gives the bytes of a manifest made from all the evidence, and every
  /// order gives the same cases.
  ///
  /// With and without the spool too: a rebuild has none.
  @Test func isTheSameByUpdatesAndFromTheEvidence() throws {
    var random = SplitMix(state: 5)
    let expected = try #require(try Exports.heads(Self.filled().scratch.folder))
    for _ in 0..<6 {
      let scratch = try Scratch()
      var rest = Exports.records.shuffled(using: &random)
      var names: [LedgerNamedFile] = []
      while !rest.isEmpty {
        let part = Array(rest.prefix(.random(in: 1...6, using: &random)))
        rest.removeFirst(part.count)
        let spool = try CaseSpool(in: scratch.folder)
        let (file, added) = try Exports.write(part, as: names.count + 1, in: scratch.folder, spool: spool)
        names.append(file)
        let store = try EvidenceStore(in: scratch.folder, names, checking: true)
        try ManifestUpdate.write(
          scratch.folder, evidence: store, added: added, all: names.count == 1, spool: spool)
        try spool.remove()
      }
      let updated = try Exports.manifest(scratch.folder)
      let store = try EvidenceStore(in: scratch.folder, names, checking: true)
      try ManifestUpdate.rebuild(scratch.folder, evidence: store)
      #expect(try Exports.manifest(scratch.folder) == updated)
      #expect(try Exports.heads(scratch.folder) == expected)
    }
  }

  /// An import keeps what the last build noted of cases it does not touch.
  @Test func keepsTailsOverAnImport() throws {
    let (scratch, store) = try Self.filled()
    let ids = try #require(try Exports.heads(scratch.folder)).map(\.id)
    try ManifestUpdate.replaceTails(scratch.folder, evidence: store.names, with: Self.tails(ids))
    let (second, added) = try Exports.write([Exports.record(99, of: 2, hour: 9)], as: 2, in: scratch.folder)
    let more = try EvidenceStore(in: scratch.folder, store.names + [second], checking: true)
    try ManifestUpdate.write(scratch.folder, evidence: more, added: added, all: false)
    var tails = ManifestTails()
    #expect(try Manifest.read(scratch.folder) { tails.take($0) })
    #expect(tails.pages["site"]?.count == 5 && tails.tokens["kkkkkkkk"]?.count == 5)
  }

  /// A source id as long as an export's strings may be: the manifest is still read again.
  @Test func takesLongSourceIDs() throws {
    let long = String(repeating: "x", count: 2 << 20)
    let text = String(decoding: Exports.record(1, of: 1, hour: 1, actions: [("a", "pending")]), as: UTF8.self)
    let scratch = try Scratch()
    let (file, added) = try Exports.write(
      [Array(text.replacing("\"case-1\"", with: "\"\(long)\"").utf8)], as: 1, in: scratch.folder)
    let store = try EvidenceStore(in: scratch.folder, [file], checking: true)
    try ManifestUpdate.write(scratch.folder, evidence: store, added: added, all: true)
    #expect(try Exports.heads(scratch.folder)?.map(\.sourceID.count) == [2 << 20])
    #expect(try ManifestUpdate.ensure(scratch.folder, evidence: store) == false)
  }

  /// A line of every optional cell empty and full, negative times and text that is not UTF-8.
  @Test func writesEveryCell() throws {
    let id = try #require(CaseID("inv-aaaaaaaaaaaaaaaaaaaa"))
    var head = CaseHead(
      id: id, sourceID: "s", tenant: "t", name: "\"\n\u{1}é", type: "", engine: "e",
      status: Recognised(nil, raw: "x"),
      severity: Recognised(.high, raw: "High"), started: Instant(ticks: -5), ended: nil, firstRecord: Instant(ticks: 0),
      latestRecord: Instant(ticks: .max), recordsHash: "h", alertCount: 0, entityCount: 7, actions: [])
    let exported = ExportedState(decision: .decidedElsewhere, execution: .skipped, elsewhere: .declined, decidedBy: "d")
    head.actions = [
      ActionHead(
        id: id, sourceID: "a", kind: .unrecognised, rawType: "r", status: "", target: "t", targetType: "URL",
        targetCount: 2, threat: "", locations: [.init("Inbox", 3), .init("", 0)], mailCount: .max, started: nil,
        exported: exported, decidedAt: Instant(ticks: 1), comment: "c\u{85}", wasEverUndecided: true),
      ActionHead(
        id: id, sourceID: "b", kind: .blockURL, rawType: "", status: "s", target: "", targetType: "", targetCount: 0,
        threat: "x", locations: [], mailCount: nil, started: Instant(ticks: 9),
        exported: ExportedState(decision: .gone, execution: .unknown), decidedAt: nil, comment: "",
        wasEverUndecided: false),
    ]
    let place = RecordPlace(
      file: 3, offset: 1 << 40, length: 9, sha256: SHA256Sum.of([]), recordID: RecordPlace.hash("r"))
    for row in [ManifestCase(head: head, places: [place, place]), ManifestCase(head: head, places: [])] {
      var line: [UInt8] = []
      row.append(to: &line)
      let document = try JSONDocument.parse(Array(line.dropLast()), limits: Manifest.limits)
      #expect(ManifestCase(document.root) == row)
    }
    var line: [UInt8] = []
    head.name = ByteString([0x61, 0xFF])
    ManifestCase(head: head, places: []).append(to: &line)
    let document = try JSONDocument.parse(Array(line.dropLast()), limits: Manifest.limits)
    #expect(ManifestCase(document.root)?.head.name == "a\u{FFFD}")
  }

  @Test func findsACaseByItsPlace() throws {
    let (scratch, _) = try Self.filled()
    var places: [(ManifestCase, Int)] = []
    _ = try Manifest.read(scratch.folder) { line in
      if case .case(let row, _, let offset) = line { places.append((row, offset)) }
    }
    #expect(places.count == 5)
    let file = try scratch.folder.open(Manifest.fileName)
    for (row, offset) in places {
      #expect(try Manifest.case(at: offset, in: file) == row)
      #expect(try Manifest.case(at: offset + 1, in: file) == nil)
    }
  }
}
