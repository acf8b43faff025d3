import ByteText
import CaseModel
import Digests

/// One part of a list over the size of a page: stable, so that one change touches few.
struct ListPart<Item> {
  /// The file's name without `.html`: a day, a month, or the number of the first entry.
  var name: [UInt8]
  /// What people read.
  var title: [UInt8]
  var items: [Item]

  /// Stands for everything the part shows: its title and its rows in order.
  func content(_ row: (Item) -> Fingerprint) -> Fingerprint {
    var sum = SHA256Stream()
    sum.update(title + [0])
    for item in items { sum.update(row(item).bytes) }
    return Fingerprint(sum.finish())
  }

  /// Cuts items, which are in the order of their groups, at the border of each group and after each `size` within one.
  static func parts(
    of items: [Item], size: Int, group: (Item) -> ByteString
  ) -> [ListPart<Item>] {
    var parts: [ListPart<Item>] = []
    var current: ByteString?
    var number = 1
    for item in items {
      let name = group(item)
      if name != current {
        current = name
        number = 1
        parts.append(ListPart(name: name.bytes, title: name.bytes, items: []))
      } else if let last = parts.last, last.items.count >= size {
        number += 1
        parts.append(
          ListPart(
            name: name.bytes + Array("-\(number)".utf8), title: name.bytes + Array(", part \(number)".utf8), items: []))
      }
      parts[parts.count - 1].items.append(item)
    }
    return parts
  }
}
