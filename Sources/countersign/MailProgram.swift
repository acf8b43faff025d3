import ByteText
import DurableFiles
import Glibc

/// The program that sends mail (`mail.sendmail`): started with `-t -i`, the message on its standard input.
struct MailProgram {
  /// How it ended.
  enum Ending: Equatable {
    /// Status 0: it took the message.
    case taken
    /// It could not be started, or ended with another status: the message is not on its way.
    case refused(ByteString)
    /// It was killed, or took too long: nobody knows.
    case unknown(ByteString)
  }

  private let path: ByteString
  /// Seconds it may take for one message.
  private let patience: Int

  init(_ path: ByteString, patience: Int = 120) {
    self.path = path
    self.patience = patience
  }

  /// Sends a message.
  ///
  /// - Parameter message: lines ended by line feeds, as `sendmail` reads them.
  func send(_ message: [UInt8]) -> Ending {
    guard let input = ChildPipe(), let said = ChildPipe() else { return .refused("no pipe to " + path) }
    defer {
      input.close()
      said.close()
    }
    let (child, code) = start(reading: input, saying: said)
    guard code == 0 else {
      return .refused(path + ": " + FileError(path: path, operation: "start", errno: code).message)
    }
    input.closeReading()
    said.closeWriting()
    var conversation = MailConversation(message: message, input: input, said: said)
    let ended = conversation.run(with: child, milliseconds: patience * 1000)
    let words = conversation.words.isEmpty ? "" : ": " + conversation.words
    guard let status = ended else { return .unknown(ByteString("it did not end within \(patience) s") + words) }
    if status & 0x7F != 0 { return .unknown(ByteString("it was killed by signal \(status & 0x7F)") + words) }
    let exit = status >> 8 & 0xFF
    if exit == 0 && !conversation.isWritten { return .unknown("it ended without reading all of the message" + words) }
    return exit == 0 ? .taken : .refused(path + ByteString(" ended with status \(exit)") + words)
  }

  /// Starts it; a code of `errno` where that cannot be.
  private func start(reading input: ChildPipe, saying said: ChildPipe) -> (child: pid_t, code: Int32) {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, input.reading, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, said.writing, 1)
    unsafe posix_spawn_file_actions_adddup2(&actions, said.writing, 2)
    // A group of its own, so that all of it can be ended; and signals as every program expects them.
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    unsafe sigemptyset(&defaults)
    unsafe sigaddset(&defaults, SIGPIPE)
    unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    var child: pid_t = 0
    let code = Environment.withVariables { variables in
      unsafe Self.lend([path, "-t", "-i"]) { arguments in
        unsafe Self.lend(variables) { environment in
          guard let program = unsafe arguments.pointee else { return EINVAL }
          return unsafe posix_spawn(&child, program, &actions, &attributes, arguments, environment)
        }
      }
    }
    return (child, code)
  }

  private static func terminated(_ text: ByteString) -> [CChar] { text.bytes.map { CChar(bitPattern: $0) } + [0] }

  /// Lends an array of C strings, ended by a null pointer.
  @unsafe private static func lend(
    _ texts: [ByteString], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Int32
  ) -> Int32 {
    var pointers: [UnsafeMutablePointer<CChar>?] = unsafe texts.map { text in
      let bytes = terminated(text)
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
      unsafe copy.initialize(from: bytes, count: bytes.count)
      return unsafe copy
    }
    unsafe pointers.append(nil)
    defer { unsafe pointers.forEach { unsafe $0?.deallocate() } }
    return unsafe pointers.withUnsafeBufferPointer { buffer -> Int32 in
      guard let start = buffer.baseAddress else { return EINVAL }
      return unsafe body(start)
    }
  }
}
