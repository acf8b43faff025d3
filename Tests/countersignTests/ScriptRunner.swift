import Foundation

/// Runs a ``Script`` in a folder of its own, and stops at the first command that does not hold.
///
/// | command | |
/// |---|---|
/// | `exec WORD...`, `! exec WORD...` | runs a program, which must end with status 0, or with another one |
/// | `status N` | the status of the program run last |
/// | `stdout TEXT`, `stderr TEXT` | what it printed holds TEXT; `line:TEXT`: as a whole line; `.`: anything at all |
/// | `stdin FILE` | the next program reads it |
/// | `json KEY...` | every line printed is a JSON object; the first has exactly these keys |
/// | `cmp A B`, `same A B` | two files, two folders, are equal |
/// | `exists PATH`, `count N DIR` | a path is there; a folder holds so many entries |
/// | `contains FILE TEXT` | a file holds TEXT |
/// | `cp A B`, `mv A B`, `mkdir A`, `rm A`, `chmod MODE A` | |
/// | `replace FILE OLD NEW` | changes text in a file, where it must stand |
/// | `corrupt FILE TEXT` | flips a bit in the first byte of TEXT in a file |
/// | `cut FILE N` | takes bytes off its end |
/// | `env NAME=VALUE` | sets a variable; `$NAME` stands for it in all words |
/// | `page VERDICT ACTION FILE [TREE]` | saves the one-decision file that the action's page offers |
/// | `token NAME FILE` | sets a variable to the first token of a decisions file |
/// | `hold FILE`, `release` | holds a lock on a file, like another run |
/// | `unprivileged`, `tmpfs DIR SIZE` | from here on as nobody; mounts a small disk. Either skips the script where it cannot be |
///
/// `!` before a check turns it round.
final class ScriptRunner {
  let folder: URL
  var variables: [String: String]
  var status: Int32 = 0
  var output = Data()
  var errors = Data()
  var input: URL?
  var prefix: [String] = []
  private var locked: [FileHandle] = []
  private var mounts: [URL] = []

  /// What a script needs and this machine does not offer.
  struct Unavailable: Error {
    var reason: String
  }

  /// Why a command does not hold.
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// - Parameter binaries: the folder of the binary under test.
  init(binaries: URL, samples: URL) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("countersign-script-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    variables = [
      "HOME": "/no-home", "PATH": "\(binaries.path):/usr/bin:/bin:/usr/sbin:/sbin", "SAMPLES": samples.path,
      "TZ": "Pacific/Chatham", "LC_ALL": "C",
    ]
  }

  deinit {
    for mount in mounts { _ = try? run(["/bin/umount", mount.path]) }
    _ = try? run(["/bin/chmod", "-R", "u+rwX", folder.path])
    try? FileManager.default.removeItem(at: folder)
  }

  /// Runs a script.
  ///
  /// - Throws: a ``Failure`` that tells everything about the command that did not hold.
  func run(_ script: Script) throws {
    for file in script.files {
      let place = path(file.name)
      try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.content.utf8).write(to: place)
    }
    for command in script.commands {
      do {
        try perform(command)
      } catch let problem as Unavailable {
        throw problem
      } catch {
        throw Failure(
          description: """
            \(script.name).txt:\(command.line): \(command.text)
            \(error)
            folder: \(listing().joined(separator: " "))
            status: \(status)
            stdout: \(text(output))
            stderr: \(text(errors))
            """)
      }
    }
  }

  func path(_ name: String) -> URL {
    name.hasPrefix("/") ? URL(fileURLWithPath: name) : folder.appendingPathComponent(name)
  }

  func text(_ data: Data) -> String { String(decoding: data, as: UTF8.self) }

  /// Every file of the folder, for the report of a failure.
  private func listing() -> [String] {
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return names.filter { !$0.contains("/a/") && !$0.contains("/i/") }.sorted().prefix(80).map { $0 }
  }

  /// Runs a program; what it prints goes through files, so that it can never block on a full pipe.
  func run(_ words: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = folder
    process.environment = variables
    let streams = [UUID().uuidString, UUID().uuidString].map {
      FileManager.default.temporaryDirectory.appendingPathComponent("countersign-stream-\($0)")
    }
    for stream in streams { try Data().write(to: stream) }
    defer { for stream in streams { try? FileManager.default.removeItem(at: stream) } }
    process.standardOutput = try FileHandle(forWritingTo: streams[0])
    process.standardError = try FileHandle(forWritingTo: streams[1])
    process.standardInput = try FileHandle(forReadingFrom: input ?? URL(fileURLWithPath: "/dev/null"))
    input = nil
    try process.run()
    process.waitUntilExit()
    output = try Data(contentsOf: streams[0])
    errors = try Data(contentsOf: streams[1])
    return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
  }

  /// Holds the lock of a file until ``release()``.
  func hold(_ file: URL) throws {
    let handle = try FileHandle(forUpdating: file)
    guard flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw Failure(description: "it is locked already")
    }
    locked.append(handle)
  }

  func release() { locked = [] }

  /// Mounts a small disk.
  func mount(_ place: URL, size: String) throws {
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    guard try run(["/bin/mount", "-t", "tmpfs", "-o", "size=\(size)", "tmpfs", place.path]) == 0 else {
      throw Unavailable(reason: "this machine lets nobody mount a disk")
    }
    mounts.append(place)
  }
}
