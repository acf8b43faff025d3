import ByteText
import Digests
import Dispatch
import ReportSite
import Synchronization

/// Makes the pages of one list, or of a few.
typealias ListStep = @Sendable (ListPages.PartCheck, ListPages.Writer) throws -> Void

/// Makes the lists of a tree, one for each thread.
final class ListWorker: Sendable {
  private let state: Mutex<State>
  private let known: [ByteString: Fingerprint]
  private let key: @Sendable (Fingerprint) -> Fingerprint

  /// What a worker did.
  struct State {
    var tree: SiteTree
    /// The pages that stand in the tree now.
    var written: Set<ByteString> = []
    /// The keys of parts, by path.
    var parts: [ByteString: Fingerprint] = [:]
    var failure: CommandFailure?
  }

  /// - Parameters:
  ///   - known: the keys of the parts in the tree, by path.
  ///   - key: the key of a part, of what stands for its rows.
  init(
    _ tree: sending SiteTree, known: [ByteString: Fingerprint],
    key: @escaping @Sendable (Fingerprint) -> Fingerprint
  ) {
    state = Mutex(State(tree: tree))
    self.known = known
    self.key = key
  }

  /// Makes the lists on as many threads as there are workers; of parts only those that are not in the tree as they would be.
  static func run(_ steps: [ListStep], on workers: [ListWorker]) throws -> [State] {
    let next = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: workers.count) { number in
      while true {
        let index = next.withLock { place in
          defer { place += 1 }
          return place
        }
        guard index < steps.count else { return }
        workers[number].run(steps[index])
      }
    }
    return try workers.map { worker in
      try worker.state.withLock { state in
        if let failure = state.failure { throw failure }
        return state
      }
    }
  }

  private func run(_ step: ListStep) {
    state.withLock { state in
      guard state.failure == nil else { return }
      var done = state
      do {
        try step(
          { path, content in
            let made = self.key(content)
            done.parts[path] = made
            guard try self.known[path] == made && done.tree.holds(path) else { return false }
            done.written.insert(path)
            return true
          },
          { path, bytes in
            done.written.insert(path)
            try done.tree.write(bytes, to: path)
          })
        state = done
      } catch {
        state.failure = CommandFailure(error)
      }
    }
  }
}
