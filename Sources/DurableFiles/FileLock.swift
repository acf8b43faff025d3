public import ByteText
import Glibc

/// Why a lock was not taken.
public enum LockError: Error, Hashable, Sendable {
  /// Another process has it; its process id where it could be read.
  case held(path: ByteString, by: Int?)
  /// The lock file could not be used.
  case file(FileError)

  /// The path of the lock file.
  public var path: ByteString {
    switch self {
    case .held(let path, _): path
    case .file(let error): error.path
    }
  }

  /// One line without the path: lower case, no final stop.
  public var message: ByteString {
    switch self {
    case .held(_, let pid?): ByteString("locked by process \(pid)")
    case .held(_, nil): "locked by another process"
    case .file(let error): error.message
    }
  }
}

/// An exclusive lock on a folder, by `flock` on a file in it; released when nobody holds it any more.
///
/// The file stays and names the holder (`pid 4711`); the system releases the lock of a process that dies.
public final class FileLock: Sendable {
  private let descriptor: Descriptor

  fileprivate init(_ descriptor: Descriptor) {
    self.descriptor = descriptor
  }

  deinit {
    // So that the file never names somebody who has let go; the close that follows releases the lock.
    _ = ftruncate(descriptor.number, 0)
  }
}

extension Folder {
  /// Takes the folder's lock, waiting for it if need be.
  ///
  /// - Parameters:
  ///   - name: The lock file's name.
  ///   - wait: How long to wait, in milliseconds; tried at least once, then every 50 ms.
  public func lock(_ name: ByteString = ".lock", wait: Int = 0) throws(LockError) -> FileLock {
    let deadline = Self.monotonicMilliseconds() + max(0, wait)
    while true {
      do throws(FileError) {
        if let lock = try tryLock(name) { return lock }
      } catch {
        throw .file(error)
      }
      let left = deadline - Self.monotonicMilliseconds()
      if left <= 0 { throw .held(path: path / name, by: holder(name)) }
      usleep(UInt32(min(50, left) * 1_000))
    }
  }

  /// One try.
  ///
  /// - Returns: `nil` where another has the lock.
  private func tryLock(_ name: ByteString) throws(FileError) -> FileLock? {
    let file = try cName(name, "lock")
    let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK
    let descriptor = Descriptor(try calls.open(number, file, flags, mode: 0o600, path / name, as: "lock"))
    do throws(FileError) {
      try calls.run("lock", path / name) { Int(flock(descriptor.number, LOCK_EX | LOCK_NB)) }
    } catch let error where error.errno == EWOULDBLOCK {
      return nil
    }
    // Somebody may have removed the file between open and flock: then this is a lock that nobody else sees.
    let locked = try calls.info(descriptor.number, path / name)
    guard let named = try info(name), named.inode == locked.inode, named.device == locked.device else { return nil }
    try calls.truncate(descriptor.number, to: 0, path / name)
    try calls.write(descriptor.number, Array("pid \(getpid())\n".utf8)[...], path / name)
    return FileLock(descriptor)
  }

  /// The process id that the lock file names.
  private func holder(_ name: ByteString) -> Int? {
    guard let text = try? read(name, limit: 64), text.starts(with: Array("pid ".utf8)) else { return nil }
    return Int(String(decoding: text.dropFirst(4).prefix { $0 != 0x0A }, as: UTF8.self))
  }

  private static func monotonicMilliseconds() -> Int {
    var now = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1_000 + now.tv_nsec / 1_000_000
  }
}
