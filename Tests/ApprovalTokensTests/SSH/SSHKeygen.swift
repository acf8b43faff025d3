import ByteText
import Foundation

@testable import ApprovalTokens

/// OpenSSH's own program, in a folder of its own.
struct SSHKeygen {
  static let program = "/usr/bin/ssh-keygen"
  static let isHere = FileManager.default.isExecutableFile(atPath: program)
  /// How many signatures go each way.
  static let rounds = Corpus.isExhaustive ? 500 : 12

  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("countersign-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  func write(_ content: [UInt8], to name: String, mode: Int = 0o600) throws {
    let file = folder.appendingPathComponent(name)
    try Data(content).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
  }

  func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appendingPathComponent(name))) }

  /// Runs the program in its folder; its exit status and what it prints.
  @discardableResult
  func run(_ arguments: String..., input: String? = nil) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.program)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "TZ": "Asia/Kathmandu"]
    let log = folder.appendingPathComponent("log")
    try Data().write(to: log)
    let output = try FileHandle(forWritingTo: log)
    process.standardOutput = output
    process.standardError = output
    process.standardInput =
      try input.map { try FileHandle(forReadingFrom: folder.appendingPathComponent($0)) } ?? FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: try read("log"), as: UTF8.self))
  }

  /// Makes a key pair `name`, `name.pub`; gives `type base64`.
  func makeKey(_ name: String, type: String) throws -> String {
    try run("-q", "-t", type, "-N", "", "-C", "", "-f", name)
    return String(decoding: try read("\(name).pub").drop { $0 == 0 }, as: UTF8.self)
      .split(separator: " ").prefix(2).joined(separator: " ").replacing("\n", with: "")
  }

  /// Signs with the private key in a file.
  func sign(_ message: [UInt8], key: String, namespace: String, hash: String = "sha512") throws -> [UInt8] {
    try write(message, to: "message")
    try? FileManager.default.removeItem(at: folder.appendingPathComponent("message.sig"))
    let (status, output) = try run(
      "-q", "-Y", "sign", "-f", key, "-n", namespace, "-O", "hashalg=\(hash)", "message")
    guard status == 0 else { throw Missing(what: output) }
    return try read("message.sig")
  }

  /// Whether it takes the signature; `nil` time: now.
  func takes(
    _ armour: [UInt8], over message: [UInt8], signers: String, principal: String = "r7",
    namespace: String = "decisions.v1@countersign", at time: String
  ) throws -> (isTaken: Bool, output: String) {
    try write(message, to: "message")
    try write(armour, to: "armour")
    try write(bytes(signers), to: "signers")
    let (status, output) = try run(
      "-Y", "verify", "-f", "signers", "-I", principal, "-n", namespace, "-s", "armour", "-O", "verify-time=\(time)",
      input: "message")
    return (status == 0, output)
  }

  /// An unencrypted private key file of an Ed25519 key (OpenSSH PROTOCOL.key).
  static func keyFile(seed: [UInt8], publicKey: [UInt8]) -> [UInt8] {
    let blob = string("ssh-ed25519") + string(publicKey)
    var secret = uint32(1) + uint32(1) + blob + string(seed + publicKey) + string("")
    for byte in UInt8(1)... {
      if secret.count % 8 == 0 { break }
      secret.append(byte)
    }
    let file =
      bytes("openssh-key-v1\0") + string("none") + string("none") + string("") + uint32(1) + string(blob)
      + string(secret)
    return bytes("-----BEGIN OPENSSH PRIVATE KEY-----\n") + Base64.encode(file)
      + bytes("\n-----END OPENSSH PRIVATE KEY-----\n")
  }
}
