/// The search for repeated keys in one object: a filter of 1,024 bits first, bytes only where the filter has seen the hash.
enum JSONKeyRepeats {
  /// Up to this many keys are compared one by one where the filter cannot tell them apart.
  private static let few = 256

  /// Finds the keys of `object` that stand for a second time and appends them to `found`, in order of appearance.
  static func find(
    in object: Int, _ nodes: Span<JSONNode>, _ text: borrowing RawSpan, into found: inout [(object: Int, key: Int)]
  ) {
    var filter = InlineArray<16, UInt64>(repeating: 0)
    var key = object + 1
    let end = Int(nodes[object].next)
    let before = found.count
    var members = 0
    while key < end {
      members &+= 1
      if members > few {
        found.removeSubrange(before...)
        return findBySorting(in: object, nodes, text, into: &found)
      }
      let hash = nodes[key].next
      let word = Int(hash & 15)
      let bit: UInt64 = 1 &<< UInt64(hash &>> 4)
      if filter[word] & bit != 0 && stands(key, before: object, nodes, text) { found.append((object, key)) }
      filter[word] |= bit
      key = Int(nodes[key &+ 1].next)
    }
  }

  /// Whether the text of `key` is that of a key before it.
  @inline(never)
  private static func stands(
    _ key: Int, before object: Int, _ nodes: Span<JSONNode>, _ text: borrowing RawSpan
  ) -> Bool {
    let hash = nodes[key].next
    var earlier = object + 1
    while earlier < key {
      if nodes[earlier].next == hash && JSONStringText.equal(text, nodes[earlier], nodes[key]) { return true }
      earlier = Int(nodes[earlier + 1].next)
    }
    return false
  }

  /// The same for objects of very many keys, in n log n: an attacker chooses the number of keys.
  private static func findBySorting(
    in object: Int, _ nodes: Span<JSONNode>, _ text: borrowing RawSpan, into found: inout [(object: Int, key: Int)]
  ) {
    var keys: [(name: [UInt8], key: Int)] = []
    var key = object + 1
    let end = Int(nodes[object].next)
    while key < end {
      keys.append((JSONStringText.decoded(text, nodes[key]), key))
      key = Int(nodes[key + 1].next)
    }
    keys.sort { left, right in
      left.name == right.name ? left.key < right.key : left.name.lexicographicallyPrecedes(right.name)
    }
    var repeated: [Int] = []
    for index in keys.indices.dropFirst() where keys[index].name == keys[index - 1].name {
      repeated.append(keys[index].key)
    }
    for key in repeated.sorted() { found.append((object, key)) }
  }
}
