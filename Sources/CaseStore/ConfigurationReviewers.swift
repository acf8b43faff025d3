import ByteText
import CaseModel

extension ConfigurationReading {
  mutating func reviewers(_ node: YAMLNode, _ configuration: inout Configuration) {
    if case .scalar(let text, _, _) = node, text.isEmpty { return }
    guard case .sequence(let items, _) = node else { return fail(node.position, "reviewers", "expected a list") }
    var seen: Set<ByteString> = []
    for (index, item) in items.enumerated() {
      let path = ByteString("reviewers[\(index)]")
      places[path] = ConfigurationPlace(line: item.position.line, column: item.position.column)
      guard case .mapping = item else {
        fail(item.position, path, "expected keys and values")
        continue
      }
      var reviewer = Reviewer(id: "", name: "")
      var hasID = false
      members(item, path, known: ["id", "name", "addresses", "roles", "delegates"]) { reading, key, full, value in
        switch key {
        case "id":
          hasID = true
          guard let text = reading.text(value, full) else { return true }
          if !Configuration.isID(text) || text == "anyone" {
            reading.fail(value.position, full, "expected 1 to 16 of the characters a-z, 0-9 and -, other than anyone")
          } else if !seen.insert(text).inserted {
            reading.fail(value.position, full, "the id stands twice")
          }
          reviewer.id = text
        case "name": reviewer.name = reading.text(value, full) ?? ""
        case "addresses": reviewer.addresses = reading.texts(value, full) ?? []
        case "roles": reviewer.roles = reading.texts(value, full) ?? []
        case "delegates": reviewer.delegates = reading.delegates(value, full)
        default: return false
        }
        return true
      }
      if !hasID { fail(item.position, path + ".id", "missing") }
      configuration.reviewers.append(reviewer)
    }
  }

  private mutating func delegates(_ node: YAMLNode, _ path: ByteString) -> [Reviewer.Delegate] {
    guard case .sequence(let items, _) = node else {
      fail(node.position, path, "expected a list")
      return []
    }
    var delegates: [Reviewer.Delegate] = []
    for (index, item) in items.enumerated() {
      let path = path + ByteString("[\(index)]")
      var (to, from, until): (ByteString?, Instant?, Instant?)
      members(item, path, known: ["to", "from", "until"]) { reading, key, full, value in
        switch key {
        case "to": to = reading.text(value, full)
        case "from": from = reading.date(value, full)
        case "until": until = reading.date(value, full)
        default: return false
        }
        return true
      }
      guard case .mapping = item else { continue }
      for (key, isThere) in [("to" as ByteString, to != nil), ("from", from != nil), ("until", until != nil)]
      where !isThere && !mistakes.contains(where: { $0.key == path + "." + key }) {
        fail(item.position, path + "." + key, "missing")
      }
      guard let to, let from, let until else { continue }
      if until < from { fail(item.position, path + ".until", "lies before from") }
      // Days are whole: the last one counts to its end.
      delegates.append(Reviewer.Delegate(to: to, from: from, until: until.adding(seconds: 86_400)))
    }
    return delegates
  }

  /// A day, `YYYY-MM-DD`, as its start in UTC.
  private mutating func date(_ node: YAMLNode, _ key: ByteString) -> Instant? {
    if let text = text(node, key), text.count == 10, case .time(let at) = Instant.exported(text + "T00:00:00Z") {
      return at
    }
    fail(node.position, key, "expected a date like 2026-11-01")
    return nil
  }
}
