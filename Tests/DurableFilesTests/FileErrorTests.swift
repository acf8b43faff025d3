import ByteText
import DurableFiles
import Glibc
import Testing

@Suite struct FileErrorTests {
  @Test(
    arguments: [
      (ENOENT, .missing, "cannot open: no such file"), (EACCES, .permission, "cannot open: permission denied"),
      (EPERM, .permission, "cannot open: operation not permitted"),
      (ENOSPC, .full, "cannot open: no space left on the device"), (EDQUOT, .full, "cannot open: disk quota exceeded"),
      (EROFS, .readOnly, "cannot open: read-only file system"), (EEXIST, .exists, "cannot open: already exists"),
      (ENOTDIR, .notADirectory, "cannot open: not a folder"), (ELOOP, .symlink, "cannot open: is a symbolic link"),
      (EIO, .other, "cannot open: input/output error"), (EFBIG, .other, "cannot open: file is too large"),
      (9_999, .other, "cannot open: system error 9999"),
    ] as [(Int32, FileError.Kind, ByteString)])
  func saysWhatWentWrong(number: Int32, kind: FileError.Kind, message: ByteString) {
    let error = FileError(path: "a", operation: "open", errno: number)
    #expect(error.kind == kind)
    #expect(error.message == message)
  }
}
