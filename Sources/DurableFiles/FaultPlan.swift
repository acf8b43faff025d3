import Synchronization

/// Which disk operation fails, and how: the seam for tests of crash and full-disk behaviour.
///
/// A plan is a value handed to ``Folder/open(_:create:mode:faults:)`` and carried along by everything opened through that
/// folder; the product hands over none. Operations are counted from 1 in the order in which they happen, every system
/// call that can fail being one. A failing write first leaves half of its bytes in the file, as a full disk does; a
/// failing close still closes. A test counts with a plan that never fails, then repeats for every number.
public final class FaultPlan: Sendable {
  private let number: Int
  private let errno: Int32
  private let lasting: Bool
  private let seen = Atomic<Int>(0)

  /// Makes a plan.
  ///
  /// - Parameters:
  ///   - number: The operation that fails, from 1; 0: none, the plan only counts.
  ///   - errno: What it fails with.
  ///   - lasting: Whether every later operation fails as well, as after a kill or on a lost device.
  public init(failing number: Int = 0, with errno: Int32 = 5, lasting: Bool = false) {
    self.number = number
    self.errno = errno
    self.lasting = lasting
  }

  /// The number of operations so far.
  public var operations: Int { seen.load(ordering: .relaxed) }

  /// Counts one operation.
  ///
  /// - Returns: What it has to fail with; `nil` where it is to go on.
  func next() -> Int32? {
    let current = seen.add(1, ordering: .relaxed).newValue
    if number == 0 || current < number { return nil }
    return current == number || lasting ? errno : nil
  }
}
