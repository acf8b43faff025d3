import ByteText
import Glibc

/// A pipe to or from a child, whose ends no other child inherits.
final class ChildPipe {
  private(set) var reading: Int32
  private(set) var writing: Int32

  /// Makes a pipe; `nil` where there is none to have.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return nil }
    reading = ends[0]
    writing = ends[1]
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  }

  func closeReading() { Self.close(&reading) }
  func closeWriting() { Self.close(&writing) }

  func close() {
    closeReading()
    closeWriting()
  }

  private static func close(_ end: inout Int32) {
    if end >= 0 { Glibc.close(end) }
    end = -1
  }
}

/// Writes a message to a program and reads what it says, until it ends.
struct MailConversation {
  private let message: [UInt8]
  private let input: ChildPipe
  private let said: ChildPipe
  private var heard: [UInt8] = []
  private var written = 0
  /// Milliseconds between two looks at whether it has ended.
  private static let step: Int32 = 10
  /// Bytes of what it says that are kept.
  private static let saidLimit = 2_000

  init(message: [UInt8], input: ChildPipe, said: ChildPipe) {
    self.message = message
    self.input = input
    self.said = said
  }

  /// Whether it was given all of the message.
  var isWritten: Bool { written == message.count }

  /// The first line of what it said.
  var words: ByteString {
    let line = heard.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).first.map { Array($0) } ?? []
    return ByteString(Sanitizer.sanitized(line, limit: 300))
  }

  /// Its status as `waitpid` tells it; `nil` where it took too long and was killed.
  ///
  /// What counts is the program itself: one that leaves another running, with the pipes still open, has ended.
  mutating func run(with child: pid_t, milliseconds: Int) -> Int32? {
    // A program that goes away before it has read everything is told by its status, not by a signal.
    let before = signal(SIGPIPE, SIG_IGN)
    defer { signal(SIGPIPE, before) }
    _ = fcntl(input.writing, F_SETFL, O_NONBLOCK)
    _ = fcntl(said.reading, F_SETFL, O_NONBLOCK)
    var status: Int32 = 0
    let end = Clock.milliseconds() + milliseconds
    while Clock.milliseconds() < end {
      var events = [
        pollfd(fd: said.reading, events: Int16(POLLIN), revents: 0),
        pollfd(fd: input.writing, events: Int16(POLLOUT), revents: 0),
      ]
      // A closed end has the number -1, which poll passes over.
      if unsafe poll(&events, 2, Self.step) > 0 {
        if events[1].revents != 0 { write() }
        if events[0].revents != 0 { listen() }
      }
      if unsafe waitpid(child, &status, WNOHANG) == child {
        listen()
        return status
      }
    }
    kill(-child, SIGKILL)
    while unsafe waitpid(child, &status, 0) == -1 && errno == EINTR {}
    return nil
  }

  private mutating func write() {
    let count = unsafe message[written...].withUnsafeBufferPointer {
      unsafe Glibc.write(input.writing, $0.baseAddress, $0.count)
    }
    if count > 0 { written += count }
    let isOver = count < 0 && errno != EAGAIN && errno != EINTR
    if isOver || written == message.count { input.closeWriting() }
  }

  private mutating func listen() {
    guard said.reading >= 0 else { return }
    var chunk = [UInt8](repeating: 0, count: 4_096)
    let count = unsafe read(said.reading, &chunk, chunk.count)
    if count > 0 {
      if heard.count < Self.saidLimit { heard += chunk.prefix(count) }
    } else if count == 0 || errno != EAGAIN && errno != EINTR {
      said.closeReading()
    }
  }
}
