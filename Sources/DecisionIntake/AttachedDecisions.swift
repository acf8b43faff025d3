import ByteText

/// The decisions files among the parts of a message, each with the signature that belongs to it.
struct AttachedDecisions {
  /// A decisions file.
  struct File {
    /// Its number among the parts of the message that are attached, from 1.
    var number: Int
    /// Its exact bytes.
    var bytes: [UInt8]
    /// Its signature; `nil` where none belongs to it.
    var armour: [UInt8]?
  }

  /// The files, in the order of the message.
  private(set) var files: [File] = []
  /// The numbers of signatures that belong to none of them.
  private(set) var strays: [Int] = []

  private struct Signature {
    var number: Int
    var name: [UInt8]
    var armour: [UInt8]
  }

  /// Looks through the parts that are no text of the message and no message themselves.
  init(_ parts: [MIMEPart]) {
    var names: [[UInt8]] = []
    var signatures: [Signature] = []
    var number = 0
    for part in parts where !part.isMessage && !part.isText {
      number += 1
      if part.mayBeDecisions, let bytes = part.content, Self.isDecisionsFile(bytes, part) {
        files.append(File(number: number, bytes: bytes))
        names.append(part.fileName)
      } else if part.mayBeSignature, let bytes = part.content, SSHSignatureArmour.begins(bytes[...]) {
        // A damaged one is kept: its file must not pass for one that nobody signed.
        let armour =
          SSHSignatureArmour.unframed(bytes[...]) ?? Array(bytes.prefix(IntakeLimits.signatureBytes))
        signatures.append(Signature(number: number, name: part.fileName, armour: armour))
      }
    }
    pair(signatures, names)
  }

  /// A file has the signature `NAME.sig`; the only file of a message has the only signature, whatever the names.
  private mutating func pair(_ signatures: [Signature], _ names: [[UInt8]]) {
    guard !files.isEmpty else { return }
    if files.count == 1, signatures.count == 1 {
      files[0].armour = signatures[0].armour
      return
    }
    var places: [[UInt8]: [Int]] = [:]
    for (place, name) in names.enumerated() where !name.isEmpty {
      places[name + Self.suffix, default: []].append(place)
    }
    for signature in signatures {
      // Two files of one name, or two signatures for one file: which is meant cannot be known.
      let isOnly = signatures.count { $0.name == signature.name } == 1
      if isOnly, let place = places[signature.name], place.count == 1 {
        files[place[0]].armour = signature.armour
      } else {
        strays.append(signature.number)
      }
    }
  }

  private static let suffix = Array(".sig".utf8)

  /// Whether bytes are a decisions file, be it a damaged one; other JSON is no concern of ours.
  private static func isDecisionsFile(_ bytes: [UInt8], _ part: MIMEPart) -> Bool {
    var content = bytes[...]
    if content.starts(with: [0xEF, 0xBB, 0xBF]) { content = content.dropFirst(3) }
    guard content.first(where: { !ASCII.isBlank($0) }) == 0x7B else { return false }
    return ByteSearch.contains("countersign-decisions/", in: content)
  }
}

extension MIMEPart {
  /// Whether it is text that the writer sees as the message.
  var isText: Bool { !isAttachment && (isType("text/plain") || isType("text/html")) }

  /// Whether it is of a type.
  func isType(_ name: StaticString) -> Bool { ByteSearch.isEqual(type.value[...], name) }

  /// Whether its type or name may be that of a decisions file.
  fileprivate var mayBeDecisions: Bool {
    isType("application/json") || isType("application/octet-stream")
      || ASCII.equalsIgnoringCase(fileName.suffix(5), ".json")
  }

  /// Whether its name or size may be that of a signature.
  fileprivate var mayBeSignature: Bool {
    ASCII.equalsIgnoringCase(fileName.suffix(4), ".sig") || body.count <= IntakeLimits.signatureBytes * 2
  }
}
