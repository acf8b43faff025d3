public import ByteText
import DurableFiles

/// Looks for mail addresses in records without reading them: whether somebody can be part of an investigation at all.
///
/// It errs on the side of a mention. A record is searched as its bytes, where an address stands as it is, unless something in
/// the record is escaped by number, or the record is not UTF-8.
public struct AddressMentions: Sendable {
  private let addresses: [(local: [UInt8], host: [UInt8])]
  /// An address without `@` is nothing to search for.
  private let isCertain: Bool

  /// Takes the addresses; case does not matter.
  public init(_ addresses: [ByteString]) {
    var found: [(local: [UInt8], host: [UInt8])] = []
    var isCertain = false
    for address in addresses {
      let bytes = ASCII.lowercased(address.bytes)
      // What a record escapes is not found in it as it stands.
      guard let at = bytes.lastIndex(of: 0x40), bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C })
      else {
        isCertain = true
        continue
      }
      found.append((Array(bytes[..<at]), Array(bytes[(at + 1)...])))
    }
    self.addresses = found
    self.isCertain = isCertain
  }

  /// Whether a line of evidence may mention one of them.
  func mayStand(in line: [UInt8]) -> Bool {
    if isCertain || line.starts(with: "{\"base64\"".utf8) { return true }
    if addresses.isEmpty { return false }
    let bytes = line.span
    for index in 0..<bytes.count {
      switch bytes[index] {
      case 0x40: if stands(at: index, in: line) { return true }
      case 0x5C where index + 1 < bytes.count && bytes[index + 1] == 0x75: return true
      default: continue
      }
    }
    return false
  }

  private func stands(at index: Int, in line: [UInt8]) -> Bool {
    addresses.contains { address in
      let start = index - address.local.count
      let end = index + 1 + address.host.count
      guard start >= 0, end <= line.count else { return false }
      return ASCII.equalsIgnoringCase(line[start..<index], address.local[...])
        && ASCII.equalsIgnoringCase(line[(index + 1)..<end], address.host[...])
    }
  }
}

extension EvidenceStore {
  /// Whether the records at these places may mention one of the addresses.
  public func mayMention(_ addresses: AddressMentions, in places: [RecordPlace]) throws(WorkspaceError) -> Bool {
    for place in places where addresses.mayStand(in: try line(at: place)) { return true }
    return false
  }
}
