import ByteText
import DurableFiles
import Foundation
import TestSupport
import Testing

@Suite struct FileLockTests {
  @Test func excludesAndNamesTheHolder() throws {
    let scratch = try Scratch()
    let other = try Folder.open(scratch.folder.path)
    var lock: FileLock? = try scratch.folder.lock()
    let path = ByteString("\(scratch.path)/.lock")
    let error = #expect(throws: LockError.self) { try other.lock() }
    #expect(error == .held(path: path, by: Int(getpid())))
    #expect(error?.message == ByteString("locked by process \(getpid())"))
    #expect(try other.read(".lock", limit: 64) == bytes("pid \(getpid())\n"))
    withExtendedLifetime(lock) {}
    lock = nil
    #expect(try other.read(".lock", limit: 64).isEmpty)
    lock = try other.lock()
    #expect(throws: LockError.self) { try scratch.folder.lock() }
    withExtendedLifetime(lock) {}
  }

  @Test func waitsUntilTheDeadline() throws {
    let folder = try Scratch().folder
    let lock = try folder.lock()
    let clock = ContinuousClock()
    let waited = clock.measure { #expect(throws: LockError.self) { try folder.lock(wait: 120) } }
    // The deadline counts whole milliseconds of another clock.
    #expect(waited >= .milliseconds(119))
    withExtendedLifetime(lock) {}
  }

  @Test func refusesLinks() throws {
    let scratch = try Scratch()
    try scratch.link(".lock", to: "target")
    let error = #expect(throws: LockError.self) { try scratch.folder.lock() }
    #expect(error?.message == "cannot lock: is a symbolic link")
    #expect(error?.path == ByteString("\(scratch.path)/.lock"))
    #expect(try scratch.folder.exists("target") == false)
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/flock"), "needs flock of util-linux"))
  func excludesAnotherProcessUntilItDies() throws {
    let scratch = try Scratch()
    try scratch.folder.write(bytes("pid 4711\n"), to: ".lock")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
    process.arguments = ["-x", "-F", "\(scratch.path)/.lock", "sh", "-c", "echo ready; exec sleep 60"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    #expect(try output.fileHandleForReading.read(upToCount: 6) == Data("ready\n".utf8))
    let error = #expect(throws: LockError.self) { try scratch.folder.lock() }
    #expect(error == .held(path: ByteString("\(scratch.path)/.lock"), by: 4_711))
    kill(process.processIdentifier, SIGKILL)
    let lock = try scratch.folder.lock(wait: 10_000)
    process.waitUntilExit()
    #expect(try scratch.folder.read(".lock", limit: 64) == bytes("pid \(getpid())\n"))
    withExtendedLifetime(lock) {}
  }
}
