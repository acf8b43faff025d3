import ByteText
import Digests
import Testing

@testable import DecisionLedger

@Suite struct CheckpointTests {
  private static let checkpoint = Checkpoint(origin: "countersign/hq1", size: 5, root: SHA256Sum.of([]))
  private static let body = "countersign/hq1\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"

  @Test func writesTheBodyOfATransparencyLog() {
    #expect(String(decoding: Self.checkpoint.body, as: UTF8.self) == Self.body)
    #expect(Self.checkpoint.short == "5 · e3b0c44298fc")
  }

  @Test func readsWhatItWrites() {
    #expect(Checkpoint(body: Array(Self.body.utf8)) == Self.checkpoint)
    let empty = Checkpoint(origin: "countersign/hq1", size: 0, root: MerkleTree().root)
    #expect(Checkpoint(body: empty.body) == empty)
  }

  @Test(arguments: [
    "", "\n", "countersign/hq1\n5\n", body + "\n", body + "more\n", String(body.dropLast()), "x" + "\n" + body,
    body.replacing("\n5\n", with: "\n05\n"), body.replacing("\n5\n", with: "\n-5\n"),
    body.replacing("\n5\n", with: "\n+5\n"), body.replacing("\n5\n", with: "\n5 \n"),
    body.replacing("\n5\n", with: "\n99999999999999999999\n"), body.replacing("uFU=", with: "uFU"),
    body.replacing("uFU=", with: "uFV="), body.replacing("+/", with: "-_"), body.replacing("\n", with: "\r\n"),
    body.replacing("47DE", with: ""),
  ]) func refusesAnotherBody(text: String) {
    #expect(Checkpoint(body: Array(text.utf8)) == nil)
  }
}
