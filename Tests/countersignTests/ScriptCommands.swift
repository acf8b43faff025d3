import Foundation

/// The commands of ``ScriptRunner``.
extension ScriptRunner {
  func perform(_ command: Script.Command) throws {
    let words = command.words.map(expand)
    let arguments = Array(words.dropFirst())
    func argument(_ index: Int) throws -> String {
      guard arguments.indices.contains(index) else { throw Failure(description: "a word is missing") }
      return arguments[index]
    }
    func check(_ holds: Bool, _ what: String) throws {
      if holds == command.isNegated { throw Failure(description: command.isNegated ? "it should not: \(what)" : what) }
    }
    switch words[0] {
    case "exec":
      status = try run(prefix + arguments)
      try check(status == 0, "status \(status)")
    case "status": try check(status == Int32(argument(0)), "the status is \(status)")
    case "stdout": try check(holds(output, argument(0)), "standard output has '\(try argument(0))'")
    case "stderr": try check(holds(errors, argument(0)), "standard error has '\(try argument(0))'")
    case "stdin": input = path(try argument(0))
    case "json": try check(try keys() == arguments.sorted(), "the keys are \(try keys())")
    case "cmp":
      try check(Data(contentsOf: path(argument(0))) == Data(contentsOf: path(argument(1))), "the files are equal")
    case "same": try check(tree(path(argument(0))) == tree(path(argument(1))), "the folders are equal")
    case "exists": try check(FileManager.default.fileExists(atPath: path(argument(0)).path), "the path is there")
    case "count":
      let names = try FileManager.default.contentsOfDirectory(atPath: path(argument(1)).path)
      try check(names.count == Int(argument(0)), "it holds \(names.count)")
    case "contains":
      try check(holds(Data(contentsOf: path(argument(0))), argument(1)), "the file has '\(try argument(1))'")
    case "env": try setVariable(argument(0))
    case "page":
      try Data(download(argument(1), verdict: argument(0), tree: arguments.count > 3 ? arguments[3] : "w/site"))
        .write(to: path(argument(2)))
    case "token": variables[try argument(0)] = try firstToken(Data(contentsOf: path(argument(1))))
    case "hold": try hold(path(argument(0)))
    case "release": release()
    case "unprivileged": try dropPrivileges()
    case "tmpfs": try mount(path(argument(0)), size: argument(1))
    default: try change(words[0], arguments)
    }
  }

  /// Commands that change files.
  private func change(_ name: String, _ arguments: [String]) throws {
    guard let first = arguments.first else { throw Failure(description: "a word is missing") }
    let file = path(first)
    func second() throws -> String {
      guard arguments.count > 1 else { throw Failure(description: "a word is missing") }
      return arguments[1]
    }
    switch name {
    case "mkdir": try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
    case "rm": try FileManager.default.removeItem(at: file)
    case "cp": try FileManager.default.copyItem(at: file, to: path(second()))
    case "mv": try FileManager.default.moveItem(at: file, to: path(second()))
    case "chmod":
      guard let mode = Int(first, radix: 8) else { throw Failure(description: "no mode: \(first)") }
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path(second()).path)
    case "replace":
      guard arguments.count == 3 else { throw Failure(description: "expected FILE OLD NEW") }
      let content = try String(contentsOf: file, encoding: .utf8)
      guard content.contains(arguments[1]) else { throw Failure(description: "the file has no '\(arguments[1])'") }
      try Data(content.replacingOccurrences(of: arguments[1], with: arguments[2]).utf8).write(to: file)
    case "corrupt":
      var content = try Data(contentsOf: file)
      guard let place = content.range(of: Data(try second().utf8)) else {
        throw Failure(description: "the file has no '\(try second())'")
      }
      content[place.lowerBound] ^= 1
      try content.write(to: file)
    case "cut":
      let content = try Data(contentsOf: file)
      guard let count = Int(try second()), count <= content.count else { throw Failure(description: "nothing to cut") }
      try content.dropLast(count).write(to: file)
    default: throw Failure(description: "there is no command '\(name)'")
    }
  }

  /// Puts values in the place of `$NAME`.
  private func expand(_ word: String) -> String {
    guard word.contains("$") else { return word }
    var word = word
    for (name, value) in variables.sorted(by: { $0.key.count > $1.key.count }) {
      word = word.replacingOccurrences(of: "$" + name, with: value)
    }
    return word
  }

  private func setVariable(_ word: String) throws {
    guard let sign = word.firstIndex(of: "=") else { throw Failure(description: "expected NAME=VALUE") }
    variables[String(word[..<sign])] = String(word[word.index(after: sign)...])
  }

  private func holds(_ data: Data, _ wanted: String) -> Bool {
    if wanted == "." { return !data.isEmpty }
    let line = "line:"
    guard wanted.hasPrefix(line) else { return data.range(of: Data(wanted.utf8)) != nil }
    return data.split(separator: 0x0A).contains { $0 == Data(wanted.dropFirst(line.count).utf8) }
  }

  /// The keys of the first line printed; every line must be a JSON object.
  private func keys() throws -> [String] {
    let lines = try output.split(separator: 0x0A).map { line in
      guard let object = try JSONSerialization.jsonObject(with: line) as? [String: Any] else {
        throw Failure(description: "no JSON object: \(text(line))")
      }
      return object.keys.sorted()
    }
    guard let first = lines.first else { throw Failure(description: "nothing was printed") }
    return first
  }

  /// Every file of a folder with its bytes.
  private func tree(_ root: URL) throws -> [String: Data] {
    guard let names = FileManager.default.enumerator(atPath: root.path) else {
      throw Failure(description: "no folder: \(root.path)")
    }
    var files: [String: Data] = [:]
    for case let name as String in names {
      let place = root.appendingPathComponent(name)
      var isFolder: ObjCBool = false
      if unsafe FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder), !isFolder.boolValue {
        files[name] = try Data(contentsOf: place)
      }
    }
    guard !files.isEmpty else { throw Failure(description: "an empty folder: \(root.path)") }
    return files
  }

  /// From here on programs run as a user without rights, with a copy of the binary that this user may read.
  private func dropPrivileges() throws {
    guard getuid() == 0 else { return }
    let copy = path("bin")
    try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
    for binaries in variables["PATH", default: ""].split(separator: ":") {
      let binary = URL(fileURLWithPath: String(binaries)).appendingPathComponent("countersign")
      guard FileManager.default.fileExists(atPath: binary.path) else { continue }
      try FileManager.default.copyItem(at: binary, to: copy.appendingPathComponent("countersign"))
      break
    }
    variables["PATH"] = "\(copy.path):/usr/bin:/bin"
    guard try run(["chmod", "-R", "a+rwX", folder.path]) == 0 else { throw Failure(description: "chmod") }
    let user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"]
    guard try run(user + ["countersign", "--version"]) == 0 else {
      throw Unavailable(reason: "no program can be run as another user")
    }
    prefix = user
  }
}
