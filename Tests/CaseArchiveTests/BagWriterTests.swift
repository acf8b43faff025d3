import ByteText
import CaseModel
import Digests
import DurableFiles
import Foundation
import TestSupport
import Testing

@testable import CaseArchive

@Suite struct BagWriterTests {
  private func bag(_ scratch: Scratch, _ name: ByteString = "bag") throws -> BagWriter.Seal {
    var bag = try BagWriter(in: scratch.folder, name: name)
    try bag.add(Array("b".utf8), as: "z/b.txt")
    try bag.add([], as: "a.txt")
    return try bag.seal(info: [("Source-Organization", "Zoë\r\nX: y")], tags: [("VERIFY.txt", Array("v".utf8))]) {
      signed in
      Array("signed \(signed.count)".utf8)
    }
  }

  private func text(_ scratch: Scratch, _ path: String) throws -> String {
    try String(contentsOfFile: scratch.path + "/bag/" + path, encoding: .utf8)
  }

  @Test func writesManifestsOfEverything() throws {
    let scratch = try Scratch()
    let seal = try bag(scratch)
    #expect(seal.files == 2 && seal.bytes == 1)
    #expect(try text(scratch, "bagit.txt") == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    #expect(try text(scratch, "bag-info.txt") == "Source-Organization: Zoë␍␊X: y\nPayload-Oxum: 1.2\n")
    let (empty, b) = (SHA256Sum.of([]).hex, SHA256Sum.of(Array("b".utf8)).hex)
    #expect(try text(scratch, "manifest-sha256.txt") == "\(empty)  data/a.txt\n\(b)  data/z/b.txt\n")
    let tags = try text(scratch, "tagmanifest-sha256.txt")
    #expect(
      tags.split(separator: "\n").map { $0.split(separator: " ").last } == [
        "VERIFY.txt", "bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt",
      ])
    #expect(try text(scratch, "tagmanifest-sha256.txt.sig") == "signed \(tags.utf8.count)")
    #expect(seal.sha256 == SHA256Sum.of(Array(tags.utf8)).hex)
    #expect(try scratch.folder.names() == ["bag"])
  }

  @Test func takesNoOtherPlaceAndNoOtherName() throws {
    let scratch = try Scratch()
    _ = try bag(scratch)
    #expect(throws: FileError.self) { try bag(scratch) }
    var other = try BagWriter(in: scratch.folder, name: "other")
    for path in ["../x", "a//b", ".hidden", "a b", "a%0a", "x.", "ü", "", "a/b/c/d/e/f/g/h"] as [ByteString] {
      #expect(throws: FileError.self) { try other.add([], as: path) }
    }
    try other.abandon()
    // What could not take its name is nothing that looks like an archive.
    #expect(try scratch.folder.names().sorted() == [".bag.part", "bag"])
  }

  @Test func removesWhatAKilledRunLeft() throws {
    let scratch = try Scratch()
    var killed = try BagWriter(in: scratch.folder, name: "bag")
    try killed.add([1], as: "left")
    #expect(try scratch.folder.names() == [".bag.part"])
    _ = try bag(scratch)
    #expect(try scratch.folder.subfolder("bag").subfolder("data").names().sorted() == ["a.txt", "z"])
  }

  @Test func findsItSoundAndNamesWhatIsNot() throws {
    let scratch = try Scratch()
    _ = try bag(scratch)
    let root = try scratch.folder.subfolder("bag")
    let reading = try BagReading(root)
    #expect(reading.findings == [] && reading.files == 10 && reading.bytes == 1)
    #expect(reading.sound == ["data/a.txt", "data/z/b.txt"])
    #expect(try reading.field("Payload-Oxum") == "1.2")
    try root.replace("VERIFY.txt", with: Array("w".utf8), durable: false)
    try root.subfolder("data").remove("a.txt")
    try root.write([], to: "more.txt")
    #expect(
      try BagReading(root).findings.map { $0.path + ": " + $0.message } == [
        "VERIFY.txt: was changed: its SHA-256 and SHA-512 are not what the manifests say",
        "data/a.txt: is missing: it was removed or renamed",
        "more.txt: is listed in no manifest: it was added or renamed",
      ])
  }

  /// A list that somebody wrote anew for one hash is told by the other.
  @Test func namesTheListThatWasChanged() throws {
    let scratch = try Scratch()
    _ = try bag(scratch)
    let root = try scratch.folder.subfolder("bag")
    let name: ByteString = "tagmanifest-sha512.txt"
    var bytes = try root.read(name, limit: 1 << 20)
    bytes[0] = bytes[0] == 0x30 ? 0x31 : 0x30
    try root.replace(name, with: bytes, durable: false)
    #expect(try BagReading(root).findings == [BagFinding(name, "lists another SHA-512 than that of VERIFY.txt")])
    try root.replace(name, with: Array("x\n".utf8) + bytes + bytes, durable: false)
    let found = try BagReading(root).findings.map(\.message)
    #expect(found.contains("line 1 is no line of a manifest of ours") && found.contains("lists bagit.txt twice"))
  }

  @Test func packsTheSameBytesWhereverItStands() throws {
    let scratch = try Scratch()
    _ = try bag(scratch)
    _ = try bag(scratch, "other")
    let at = Instant(seconds: 1_773_400_000)
    try BagTar.write(scratch.folder, "bag", top: "top", epoch: at)
    try BagTar.write(scratch.folder, "other", top: "top", epoch: at)
    let packed = try scratch.folder.read("bag.tar.gz", limit: 1 << 20)
    #expect(try packed == scratch.folder.read("other.tar.gz", limit: 1 << 20))
    // RFC 1952: gzip, deflate, no name, no time.
    #expect(packed.prefix(8) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
  }

  @Test func writesHeadersOfUSTAR() throws {
    let long = ByteString("top/" + String(repeating: "d", count: 90) + "/" + String(repeating: "n", count: 80))
    let header = try BagTar.header(long, size: 8, Instant(seconds: 8))
    #expect(header.count == 512 && header[257..<265].elementsEqual(Array("ustar".utf8) + [0, 0x30, 0x30]))
    #expect(header[0..<81].elementsEqual(Array(String(repeating: "n", count: 80).utf8) + [0]))
    #expect(header[345..<439].elementsEqual(Array(("top/" + String(repeating: "d", count: 90)).utf8)))
    #expect(header[124..<136].elementsEqual(Array("00000000010".utf8) + [0]))
    let sum = header.enumerated().reduce(0) { $0 + (148..<156 ~= $1.offset ? 0x20 : Int($1.element)) }
    #expect(String(sum, radix: 8) == String(decoding: header[148..<154].drop { $0 == 0x30 }, as: UTF8.self))
    #expect(throws: FileError.self) {
      try BagTar.header(ByteString(String(repeating: "n", count: 101)), size: 0, Instant(seconds: 0))
    }
  }
}
