import Foundation

/// What scripts take from the pages of a site.
extension ScriptRunner {
  /// The bytes of the `data:` link by which an action's page hands over a decision.
  func download(_ action: String, verdict: String, tree: String) throws -> Data {
    let folder = path(tree).appendingPathComponent("a")
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    guard let name = names.first(where: { $0.hasSuffix("/\(action).html") }) else {
      throw Failure(description: "no page of \(action) in \(tree)")
    }
    let page = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    for link in page.components(separatedBy: "data:application/json;base64,").dropFirst() {
      guard let text = link.components(separatedBy: "\"").first, let content = Data(base64Encoded: text) else {
        continue
      }
      let row = try decisions(content).first
      if row?["verdict"] as? String == verdict { return content }
    }
    throw Failure(description: "the page of \(action) offers nothing to \(verdict)")
  }

  /// The first token of a decisions file.
  func firstToken(_ content: Data) throws -> String {
    guard let token = try decisions(content).first?["token"] as? String else {
      throw Failure(description: "the file holds no token")
    }
    return token
  }

  private func decisions(_ content: Data) throws -> [[String: Any]] {
    let object = try JSONSerialization.jsonObject(with: content) as? [String: Any]
    return object?["decisions"] as? [[String: Any]] ?? []
  }
}
