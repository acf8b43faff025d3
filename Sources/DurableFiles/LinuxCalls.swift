// Three calls of Linux that glibc has and that its Swift module hides, because it is built without _GNU_SOURCE. They take
// and return only machine words, which the C and the Swift calling convention pass alike.

/// Renames with flags; 2 (`RENAME_EXCHANGE`) swaps two names in one step.
@_silgen_name("renameat2")
func renameat2(
  _ oldFolder: Int32, _ oldName: UnsafePointer<CChar>, _ newFolder: Int32, _ newName: UnsafePointer<CChar>,
  _ flags: UInt32
) -> Int32

/// Writes everything that is dirty on the file system of this descriptor to the device.
@_silgen_name("syncfs")
func syncfs(_ descriptor: Int32) -> Int32

/// Fills a `struct statfs` (120 bytes on 64-bit Linux), whose first word is the file system's magic number.
@_silgen_name("fstatfs")
func fstatfs(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer) -> Int32
