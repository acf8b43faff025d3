public import ByteText
public import CaseModel

/// Orders that are handed over together, in every format that was asked for.
public struct OrderBatch: Sendable {
  /// The name of its folder.
  public let name: ByteString
  /// When it is written.
  public let made: Instant
  /// Its orders, in order of id.
  public let orders: [WorkOrder]
  /// Where they come from: what all of them have in common.
  public let source: OrderSource
  private let found: [ByteString: [OrderFinding]]

  /// A file of a batch.
  public struct File: Sendable {
    /// Its name.
    public var name: ByteString
    /// Its content.
    public var bytes: [UInt8]
    /// The order that it is the signed order of; `nil` for the others.
    public var order: ByteString?
  }

  /// Makes a batch of one order or more; `nil` for none.
  ///
  /// - Parameter findings: what was found about each order, by its id.
  public init?(_ orders: [WorkOrder], made: Instant, findings: [ByteString: [OrderFinding]]) {
    let sorted = orders.sorted { $0.id < $1.id }
    guard let first = sorted.first else { return nil }
    self.orders = sorted
    self.made = made
    source = first.source
    found = findings
    let mark = OrderIDs.uuid(joined(sorted.map { $0.id + ByteString($0.occasion.rawValue) }, by: " ")).bytes.prefix(8)
    name = ByteString(made.rfc3339.bytes.filter { $0 != 0x2D && $0 != 0x3A }) + "-" + ByteString(mark)
  }

  /// The tenant of all its orders.
  public var tenant: ByteString { orders.first?.effect.tenant ?? "" }

  /// The bytes of an order in our own form.
  public func document(of order: WorkOrder) -> [UInt8] { ReadableJSON.bytes(OrderDocument.tree(order, self)) }

  /// What was found about an order.
  public func findings(of order: WorkOrder) -> [OrderFinding] { found[order.id] ?? [] }

  /// `TLP:AMBER` behind something; empty where there is no marking.
  func marking(before: ByteString) -> ByteString { source.tlp.isEmpty ? "" : before + "TLP:" + source.tlp }

  /// The files of the formats, in order of name.
  ///
  /// - Parameter functions: the text of `carry-out.ps1`.
  public func files(_ formats: Set<OrderFormat>, functions: [UInt8]) -> [File] {
    var files: [File] = []
    func add(_ name: ByteString, _ bytes: [UInt8], order: ByteString? = nil) {
      files.append(File(name: name, bytes: bytes, order: order))
    }
    for order in orders {
      let playbook = formats.isDisjoint(with: [.cacao, .stix]) ? .null : CACAOPlaybook.tree(order)
      if formats.contains(.json) {
        add(order.id + ".json", document(of: order), order: order.id)
      }
      if formats.contains(.cacao) { add(order.id + ".cacao.json", ReadableJSON.bytes(playbook)) }
      if formats.contains(.stix) {
        add(order.id + ".stix.json", ReadableJSON.bytes(STIXBundle(order).tree(playbook: playbook)))
      }
      if formats.contains(.openc2) {
        for command in OpenC2Command.all(of: order) {
          add(command.id + ".openc2.json", ReadableJSON.bytes(command.tree))
        }
      }
      if formats.contains(.graph) { add(order.id + ".graph.json", ReadableJSON.bytes(GraphRequests.tree(order))) }
    }
    if formats.contains(.ocsf) {
      add("orders.ocsf.jsonl", orders.flatMap { ReadableJSON.line(OCSFEvent.handedOver($0)) })
    }
    if formats.contains(.powershell) { add("carry-out.ps1", PowerShellScript.bytes(self, functions: functions)) }
    if formats.contains(.checklist) { add("checklist.md", Checklist(self).markdown) }
    return files.sorted { $0.name < $1.name }
  }
}

/// A form in which orders are written; the raw value is the word of `--format`.
public enum OrderFormat: String, Hashable, Sendable, CaseIterable {
  case json, cacao, openc2, stix, ocsf, graph, powershell, checklist
}
