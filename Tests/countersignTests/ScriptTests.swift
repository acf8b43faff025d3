import Foundation
import Testing

/// Black-box scripts that run the binary (Scripts/*.txt).
@Suite struct ScriptTests {
  /// The built binary lies beside the test bundle.
  static let binaries = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  static let samples = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .appendingPathComponent("../../sample-data").standardizedFileURL

  @Test func findsTheBinaryAndTheScripts() throws {
    #expect(FileManager.default.isExecutableFile(atPath: Self.binaries.appendingPathComponent("countersign").path))
    #expect(try Script.all().count > 20)
  }

  @Test(arguments: try Script.all()) func behavesAsTheScriptSays(_ script: Script) throws {
    let runner = try ScriptRunner(binaries: Self.binaries, samples: Self.samples)
    do {
      try runner.run(script)
    } catch let missing as ScriptRunner.Unavailable {
      try Test.cancel("\(missing.reason)")
    } catch let failure as ScriptRunner.Failure {
      Issue.record("\(failure.description)")
    }
  }

  @Test(arguments: [
    ("exec a b", ["exec", "a", "b"]), ("stdout 'a  b' # c", ["stdout", "a  b"]), ("env A=' '''", ["env", "A= '"]),
    ("  # only a comment", []), ("stdout 'x'y#z", ["stdout", "xy#z"]),
  ])
  func splitsLinesIntoWords(_ line: String, _ words: [String]) throws {
    #expect(try Script.words(line) == words)
  }

  @Test(arguments: [
    "exec false", "! exec true", "exec true\nstatus 1", "exec echo a\nstdout b", "exec true\nstdout .", "nonsense x",
  ])
  func failsWhereACommandDoesNotHold(_ text: String) throws {
    let runner = try ScriptRunner(binaries: Self.binaries, samples: Self.samples)
    #expect(throws: ScriptRunner.Failure.self) { try runner.run(Script(name: "a", text: text)) }
  }
}
