import ByteText

/// The exact identifiers of what an action acts on: enough to find it again, and nothing that changes by itself.
///
/// Which fields count for which type of entity stands in docs/formats/effect.md.
enum EffectTarget {
  static func tree(_ entity: Entity) throws(Effect.Problem) -> JSONTree {
    var members: [JSONTree.Member] = []
    func add(_ key: ByteString, _ text: ByteString?) throws(Effect.Problem) {
      if let text, !text.isEmpty { members.append(.init(key, .string(try Effect.utf8(text, key)))) }
    }
    func finish(_ type: ByteString) throws(Effect.Problem) -> JSONTree {
      if members.isEmpty { try add("id", entity.sourceID) }
      guard !members.isEmpty else { throw .noTarget }
      return .object(members + [.init("type", .string(type))])
    }

    switch entity.type.known {
    case .mailMessage?:
      try add("networkMessageId", entity.text(.networkMessageID))
      try add("recipient", entity.text(.recipient))
      if entity.text(.networkMessageID)?.isEmpty ?? true {
        try add("internetMessageId", entity.text(.internetMessageID))
      }
      return try finish("mail-message")
    case .mailCluster?:
      try add("query", entity.text(.query))
      var ids: [JSONTree] = []
      for id in Set(entity.list(.networkMessageIDs)).sorted() {
        ids.append(.string(try Effect.utf8(id, "networkMessageIds")))
      }
      if !ids.isEmpty { members.append(.init("networkMessageIds", .array(ids))) }
      return try finish("mail-cluster")
    case .url?:
      try add("url", entity.text(.url))
      return try finish("url")
    case .file?:
      for (key, name) in [
        ("sha256" as ByteString, EntityField.Name.sha256), ("sha1", .sha1), ("md5", .md5), ("hash", .otherHash),
      ] {
        // A hash is the same in either case; exports write both.
        try add(key, entity.text(name).map { ByteString($0.bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }) })
      }
      try add("name", entity.text(.fileName))
      return try finish("file")
    case .mailbox?:
      try add("mailbox", entity.text(.mailbox) ?? entity.text(.address) ?? entity.text(.upn))
      return try finish("mailbox")
    case .mailboxConfiguration?:
      try add("mailbox", entity.text(.mailbox) ?? entity.text(.upn))
      try add("configType", entity.text(.configType))
      try add("configId", entity.text(.configID))
      try add("forwardTo", entity.text(.forwardTo))
      try add("delegate", entity.text(.delegate))
      try add("rule", entity.text(.rule))
      return try finish("mailbox-configuration")
    case .ip?:
      try add("address", entity.text(.address))
      return try finish("ip")
    case .account?:
      try add("upn", entity.text(.upn))
      if members.isEmpty { try add("name", entity.text(.displayName)) }
      return try finish("account")
    case .host?:
      try add("host", entity.text(.hostName))
      return try finish("host")
    case .submission?, .teamsMessage?, .other?, nil:
      try add("id", entity.sourceID)
      for field in entity.fields {
        if case .text(let text) = field.value, field.name != .source { try add(ByteString(field.name.rawValue), text) }
      }
      try add("rawType", entity.type.raw)
      return try finish("other")
    }
  }
}
