import ByteText
import Testing

@testable import DurableFiles

@Suite struct FileSystemKindTests {
  @Test(
    arguments: [
      (0xEF53, .local), (0x0102_1994, .local), (0x6969, .nfs), (0xFF53_4D42, .smb), (0xFE53_4D42, .smb), (0x517B, .smb),
      (0x6573_5546, .fuse), (0x0102_1997, .network),
    ] as [(UInt32, FileSystemKind)])
  func tellsByMagicNumber(magic: UInt32, kind: FileSystemKind) {
    #expect(FileSystemKind(magic: magic) == kind)
    #expect(kind.keepsPromises == (kind == .local))
  }

  @Test func asksTheKernel() throws {
    // procfs has its own number, so a wrong offset in the structure shows.
    let folder = try Folder.open("/proc")
    #expect(try folder.calls.fileSystemMagic(folder.number, "") == 0x9FA0)
    #expect(try folder.fileSystemKind == .local)
  }
}
