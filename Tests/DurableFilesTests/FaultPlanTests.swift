import ByteText
import DurableFiles
import Glibc
import TestSupport
import Testing

@Suite struct FaultPlanTests {
  /// A run over everything that can fail.
  private func use(_ folder: Folder) throws {
    let sub = try folder.subfolder("s", create: true)
    try sub.write(bytes("abcd"), to: "w")
    try sub.replace("r", with: bytes("abcd"), durable: true)
    try sub.compareAndReplace("w", bytes("efgh"))
    let output = try sub.create("o")
    try output.append(bytes("abcd"))
    try output.sync()
    try output.close()
    let ledger = try sub.appendOnly("l")
    try ledger.append(bytes("abcd"))
    try ledger.sync()
    try ledger.truncate(to: 2)
    _ = try ledger.reading().readAll(limit: 9)
    try sub.truncate("w", to: 1)
    try sub.exchange("w", with: "r")
    try sub.rename("w", to: "x")
    _ = try sub.info("x")
    _ = try sub.ownInfo()
    _ = try sub.fileSystemKind
    let lock = try sub.lock()
    try sub.sync()
    try sub.syncFileSystem()
    _ = try sub.names()
    try sub.remove("x")
    try folder.removeTree("s")
    withExtendedLifetime(lock) {}
  }

  @Test func failsAtEveryOperation() throws {
    let counting = FaultPlan()
    try use(Scratch().failing(counting))
    let total = counting.operations
    #expect(total > 50)
    for number in 1...total {
      for lasting in [false, true] {
        let plan = FaultPlan(failing: number, with: EIO, lasting: lasting)
        #expect(throws: (any Error).self, "operation \(number) of \(total)") { try use(Scratch().failing(plan)) }
        #expect(plan.operations >= number)
      }
    }
  }

  @Test func leavesHalfOfAFailedWrite() throws {
    let scratch = try Scratch()
    let folder = try scratch.failing(FaultPlan(failing: 3, with: ENOSPC))
    let error = #expect(throws: FileError.self) { try folder.write(bytes("abcd"), to: "f") }
    #expect(error?.kind == .full)
    #expect(try scratch.folder.read("f", limit: 9) == bytes("ab"))
  }
}
