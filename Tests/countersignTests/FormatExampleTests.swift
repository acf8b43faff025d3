import Foundation
import Testing

/// The worked examples of docs/formats are what the command writes.
///
/// One run makes them all: the demo's keys, a given time, and the export of evidence.md.
@Suite struct FormatExampleTests {
  static let pages = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .appendingPathComponent("../../docs/formats").standardizedFileURL

  /// The content of a page's block with that fence.
  private func block(_ page: String, _ fence: String) throws -> String {
    let text = try String(contentsOf: Self.pages.appendingPathComponent(page), encoding: .utf8)
    let block = try #require(text.components(separatedBy: "```\(fence)\n").dropFirst().first, "\(page): \(fence)")
    return try #require(block.components(separatedBy: "```").first)
  }

  private func runner() throws -> ScriptRunner {
    try ScriptRunner(binaries: ScriptTests.binaries, samples: ScriptTests.samples)
  }

  @Test func describesWhatARunWrites() throws {
    let runner = try runner()
    try Data(block("evidence.md", "jsonl export.jsonl").utf8).write(to: runner.path("export.jsonl"))
    func run(_ words: String) throws -> String {
      #expect(try runner.run(["countersign"] + words.split(separator: " ").map(String.init)) == 0)
      return runner.text(runner.output)
    }
    let at = "-C w --at 2026-03-12T10:00:00Z "
    _ = try run("init w --organization Larkfield --clock given --keys \(ScriptTests.samples.path)/demo-keys")
    #expect(try run(at + "import --json export.jsonl") == block("json-output.md", "example import"))
    _ = try run(at + "build")
    let decisions = try runner.download("act-fp36sdvnmpibcuxp3teq", verdict: "approve", tree: "w/site")
    #expect(try runner.text(decisions) + "\n" == block("decisions.md", "example decisions"))
    try decisions.write(to: runner.path("approve.json"))
    #expect(try run(at + "apply --no-build --json approve.json") == block("receipt.md", "example receipt"))
    _ = try run(at + "build")
    #expect(try run(at + "apply --no-build --json approve.json") == block("receipt.md", "example receipt again"))
    #expect(try run("-C w verify --ledger --json") == block("json-output.md", "example verify-ledger"))

    _ = try run("-C w archive --all --out bag")
    #expect(try run("verify bag") == block("archive.md", "example verify-archive"))

    try checkLedger(runner)

    _ = try run(at + "orders --out orders")
    let orders = runner.path("orders")
    let batch = try #require(try FileManager.default.contentsOfDirectory(atPath: orders.path).first)
    let result = try block("result.md", "example result")
    let id = try #require(result.components(separatedBy: "\"order\":\"").last?.prefix(23))
    let order = orders.appendingPathComponent(batch).appendingPathComponent("\(id).json")
    #expect(try String(contentsOf: order, encoding: .utf8) == block("work-order.md", "example order"))
    try Data(result.utf8).write(to: runner.path("result.jsonl"))
    #expect(try run("-C w --at 2026-03-12T14:00:00Z results result.jsonl").hasPrefix("succeeded: \(id)"))
  }

  private func checkLedger(_ runner: ScriptRunner) throws {
    let ledger = try String(contentsOf: runner.path("w/ledger.jsonl"), encoding: .utf8).split(separator: "\n")
    let lines = try block("ledger.md", "example ledger").split(separator: "\n")
    #expect(lines.count == 3)
    for line in lines { #expect(ledger.contains(line)) }
    #expect(
      try String(contentsOf: runner.path("w/ledger.checkpoint"), encoding: .utf8)
        == block("ledger.md", "example checkpoint"))
    let names = try FileManager.default.contentsOfDirectory(atPath: runner.path("w/evidence").path)
    let evidence = try String(contentsOf: runner.path("w/evidence/\(#require(names.first))"), encoding: .utf8)
    #expect(try evidence == block("evidence.md", "example evidence"))
  }

  @Test func takesTheConfigurationOfItsPage() throws {
    let runner = try runner()
    #expect(try runner.run(["countersign", "init", "w"]) == 0)
    try Data(block("configuration.md", "yaml").utf8).write(to: runner.path("w/countersign.yaml"))
    #expect(try runner.run(["countersign", "-C", "w", "--at", "2026-03-12T10:00:00Z", "status"]) == 0)
    #expect(runner.text(runner.output).contains("Larkfield  (issuer hq1)"))
  }

  @Test func writesTheDigestOfItsPage() throws {
    let runner = try runner()
    try Data(block("evidence.md", "jsonl export.jsonl").utf8).write(to: runner.path("export.jsonl"))
    let at = ["countersign", "-C", "w", "--at", "2026-03-12T10:00:00Z"]
    let keys = "\(ScriptTests.samples.path)/demo-keys"
    #expect(
      try runner.run(["countersign", "init", "w", "--organization", "Larkfield", "--clock", "given", "--keys", keys])
        == 0)
    let mail = """
      organization: Larkfield
      issuer: hq1
      clock: given
      reviewers: [{id: r7, name: Ivy Marsh, addresses: [ivy@desk.test]}]
      mail: {from: triage@desk.test, decisions_to: decisions@desk.test}

      """
    try Data(mail.utf8).write(to: runner.path("w/countersign.yaml"))
    #expect(try runner.run(at + ["import", "export.jsonl"]) == 0)
    #expect(try runner.run(at + ["digest"]) == 0)
    let message = try String(contentsOf: runner.path("w/outbox/digest-20260312-r7.eml"), encoding: .utf8)
    let lines = message.replacing("=\r\n", with: "").replacing("\r\n", with: "\n").replacing("=E2=97=8B", with: "○")
    let example = try block("digest.md", "example digest")
    #expect(lines.contains(example), "\(lines.prefix(3_000))")
  }

  @Test func takesTheTemplateOfItsPage() throws {
    let runner = try runner()
    #expect(try runner.run(["countersign", "init", "w", "--organization", "Larkfield"]) == 0)
    try FileManager.default.createDirectory(at: runner.path("mine"), withIntermediateDirectories: true)
    try Data(block("templates.md", "mustache").utf8).write(to: runner.path("mine/page-foot.mustache"))
    #expect(try runner.run(["countersign", "-C", "w", "build", "--templates", "mine"]) == 0)
    let page = try String(contentsOf: runner.path("w/site/index.html"), encoding: .utf8)
    #expect(page.contains("Questions: the desk of <bdi>Larkfield</bdi>"))
  }

  @Test func importsTheNeutralExampleOfItsPage() throws {
    let runner = try runner()
    try Data(block("neutral-export.md", "jsonl").utf8).write(to: runner.path("example.jsonl"))
    #expect(try runner.run(["countersign", "init", "w", "--clock", "given"]) == 0)
    #expect(try runner.run(["countersign", "-C", "w", "--at", "2026-03-12T10:00:00Z", "import", "example.jsonl"]) == 0)
    #expect(runner.text(runner.output).hasPrefix("2 records read = 1 used + 0 duplicate + 1 superseded + 0 rejected\n"))
    #expect(runner.text(runner.errors).isEmpty)
  }

  @Test(arguments: ["docs/README.md", "README.md"]) func linksOnlyToFilesThatAreThere(_ page: String) throws {
    let root = Self.pages.appendingPathComponent("../..").standardizedFileURL
    let file = root.appendingPathComponent(page)
    let text = try String(contentsOf: file, encoding: .utf8)
    let targets = text.components(separatedBy: "](").dropFirst().compactMap { $0.components(separatedBy: ")").first }
    #expect(targets.count > 10)
    for target in targets where !target.hasPrefix("https:") {
      let place = file.deletingLastPathComponent().appendingPathComponent(target)
      #expect(FileManager.default.fileExists(atPath: place.path), "\(target)")
    }
  }
}
