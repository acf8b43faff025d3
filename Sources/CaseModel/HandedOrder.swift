public import ByteText

/// The work order with which an approved action was handed over (docs/formats/work-order.md).
public struct HandedOrder: Hashable, Sendable {
  /// The work-order id, the same in every format.
  public var id: ByteString
  /// The batch that it was written in: the name of its folder.
  public var batch: ByteString
  /// From when on it holds.
  public var made: Instant
  /// Until when it may be carried out.
  public var until: Instant
  /// SHA-256 (hex) of the signed order's file.
  public var sha256: ByteString
  /// Whether the ledger says that its files were written whole; a run may have been killed before.
  public var isWhole: Bool

  /// Makes an order.
  public init(id: ByteString, batch: ByteString, made: Instant, until: Instant, sha256: ByteString, isWhole: Bool) {
    self.id = id
    self.batch = batch
    self.made = made
    self.until = until
    self.sha256 = sha256
    self.isWhole = isWhole
  }
}

/// What a result file said of an order.
public struct ExecutionReport: Hashable, Sendable {
  /// What was done.
  public var state: ExecutionState
  /// When, as the source has it.
  public var at: Instant
  /// Which kind of result said so.
  public var source: ByteString
  /// More about it, in words; may be empty.
  public var detail: ByteString
  /// The ledger entry that holds it.
  public var entry: Int
  /// When that was written; `nil` as long as there is none.
  public var logged: Instant?
  /// SHA-256 (hex) of the files that it was read from, as they lie in `returned/`.
  public var files: [ByteString]

  /// Makes a report.
  public init(
    state: ExecutionState, at: Instant, source: ByteString, detail: ByteString, entry: Int, logged: Instant? = nil,
    files: [ByteString] = []
  ) {
    self.state = state
    self.at = at
    self.source = source
    self.detail = detail
    self.entry = entry
    self.logged = logged
    self.files = files
  }

  /// In words, but for the detail: `succeeded at 2026-03-14T08:00:00Z (EmailPostDeliveryEvents)`.
  public var words: ByteString { ByteString(state.rawValue) + " at " + at.rfc3339 + " (" + source + ")" }

  /// Whether both say the same, wherever they stand.
  ///
  /// - Parameter isDated: whether the source gave this one's time; where it has that of the run that read it, the same files say the
  ///   same again.
  public func says(_ other: ExecutionReport, isDated: Bool) -> Bool {
    state == other.state && source == other.source && detail == other.detail
      && (isDated ? at == other.at : files == other.files)
  }
}

extension ExecutionState {
  /// What is known of an execution from the exports, from the ledger and from results.
  ///
  /// That it succeeded, or that there was nothing left to do, stands once either source says so; else a result, which speaks
  /// of our order, stands before the export, which speaks of the pending action of its own system.
  public init(exported: ExecutionState, isHandedOver: Bool, reported: ExecutionState?) {
    if exported == .succeeded || reported == .succeeded {
      self = .succeeded
    } else if exported == .alreadyGone || reported == .alreadyGone {
      self = .alreadyGone
    } else if let reported {
      self = reported
    } else if isHandedOver && (exported == .notStarted || exported == .unknown) {
      self = .handedOver
    } else {
      self = exported
    }
  }

  /// Whether nothing more is expected to happen.
  public var isFinal: Bool {
    switch self {
    case .succeeded, .failed, .skipped, .alreadyGone: true
    case .notStarted, .handedOver, .running, .unknown: false
    }
  }
}
