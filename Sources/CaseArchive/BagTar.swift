public import ByteText
public import CaseModel
public import DurableFiles

/// A bag as one `.tar.gz` (POSIX ustar): files in order of path, owner 0, mode 0644, one time, no extended headers.
///
/// What `tar --sort=name --mtime=@EPOCH --owner=0 --group=0 --numeric-owner --format=ustar` would write of the same files.
public enum BagTar {
  /// Writes `NAME.tar.gz` beside the bag; a file there is replaced in one step.
  ///
  /// - Parameter top: the folder in it, which does not tell where the bag stands.
  public static func write(_ parent: Folder, _ name: ByteString, top: ByteString, epoch: Instant) throws(FileError) {
    let target = name + ".tar.gz"
    let part = ByteString([0x2E] + target.bytes + Array(".part".utf8))
    if try parent.exists(part) { try parent.remove(part) }
    let out = try parent.create(part)
    guard let gzip = GzipWriter(out) else { throw FileError(path: target, operation: "compress", errno: 12) }
    var files: [ByteString] = []
    let root = try parent.subfolder(name)
    try list(root, "", &files)
    for path in files.sorted() {
      let file = try root.open(path: path)
      try gzip.write(try header(top + "/" + path, size: file.size, epoch))
      var written = 0
      try file.forEachChunk { (chunk) throws(FileError) in
        try gzip.write(Array(chunk))
        written += chunk.count
      }
      // Its header is written already.
      if written != file.size { throw FileError(path: path, operation: "read", errno: 5) }
      try gzip.write([UInt8](repeating: 0, count: (512 - file.size % 512) % 512))
    }
    try gzip.write([UInt8](repeating: 0, count: 1_024))
    try gzip.finish()
    try out.sync()
    try out.close()
    try parent.rename(part, to: target)
    try parent.sync()
  }

  private static func list(_ folder: Folder, _ prefix: ByteString, _ files: inout [ByteString]) throws(FileError) {
    for entry in try folder.entries() {
      if entry.kind == .folder {
        try list(try folder.subfolder(entry.name), prefix + entry.name + "/", &files)
      } else {
        files.append(prefix + entry.name)
      }
    }
  }

  /// The 512 bytes before a file (IEEE Std 1003.1, pax, *ustar Interchange Format*).
  static func header(_ path: ByteString, size: Int, _ epoch: Instant) throws(FileError) -> [UInt8] {
    var name = path.bytes[...]
    var prefix: ArraySlice<UInt8> = []
    if name.count > 100 {
      // The last slash that leaves a name of at most 100 bytes and a prefix of at most 155.
      guard let slash = path.bytes.indices.first(where: { path.bytes[$0] == 0x2F && path.count - $0 - 1 <= 100 }),
        slash <= 155
      else { throw FileError(path: path, operation: "put into a tar file", errno: 36) }
      prefix = path.bytes[..<slash]
      name = path.bytes[(slash + 1)...]
    }
    func octal(_ number: Int, _ width: Int) -> [UInt8] {
      let digits = Array(String(number, radix: 8).utf8)
      return [UInt8](repeating: 0x30, count: max(0, width - 1 - digits.count)) + digits + [0]
    }
    func padded(_ text: some Collection<UInt8>, _ width: Int) -> [UInt8] {
      Array(text) + [UInt8](repeating: 0, count: width - text.count)
    }
    guard size < 1 << 33 else { throw FileError(path: path, operation: "put into a tar file", errno: 27) }
    var block =
      padded(name, 100) + octal(0o644, 8) + octal(0, 8) + octal(0, 8) + octal(size, 12)
      + octal(max(0, Int(epoch.seconds)), 12)
    block += [UInt8](repeating: 0x20, count: 8) + [0x30] + [UInt8](repeating: 0, count: 100)
    block += Array("ustar".utf8) + [0, 0x30, 0x30] + [UInt8](repeating: 0, count: 64) + octal(0, 8) + octal(0, 8)
    block += padded(prefix, 155) + [UInt8](repeating: 0, count: 12)
    let sum = block.reduce(0) { $0 + Int($1) }
    block.replaceSubrange(148..<156, with: octal(sum, 7) + [0x20])
    return block
  }
}
