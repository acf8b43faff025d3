public import ByteText
public import CaseModel

/// One row of a result file: what a system says of something that an order asked for.
public struct ResultRow: Sendable {
  /// Which kind of result it stands in; the raw value is the word of ledger and pages.
  public enum Source: String, Hashable, Sendable, CaseIterable {
    case own = "countersign result"
    case ocsf = "OCSF"
    case actionCenter = "Action center history"
    case postDelivery = "EmailPostDeliveryEvents"
  }

  /// What it speaks of.
  public enum Subject: Hashable, Sendable {
    /// A work order, or one part of it from 1.
    case order(ByteString, part: Int?)
    /// An action by the source system's id.
    case action(ByteString)
    /// A copy of a message.
    case message(id: ByteString, recipient: ByteString)
  }

  /// What it says of the outcome.
  public enum Outcome: Hashable, Sendable {
    /// A state.
    case state(ExecutionState)
    /// What was done to a message, in the source's words, and how that went.
    case event(action: ByteString, by: ByteString, result: MessageResult)
    /// Nothing: it is still waiting, or does not say.
    case none
  }

  /// How an action on a message went.
  public enum MessageResult: Hashable, Sendable {
    case done, alreadyThere, failed, running
  }

  /// Its number in the file, from 1.
  public var number: Int
  /// Which kind of result it stands in.
  public var source: Source
  /// What it speaks of.
  public var subject: Subject
  /// What it says.
  public var outcome: Outcome
  /// When; `nil` where it does not say.
  public var at: Instant?
  /// More about it; cleaned, may be empty.
  public var detail: ByteString
}

/// A row that says nothing this program understands.
public struct RefusedRow: Sendable {
  /// Its number in the file, from 1.
  public var number: Int
  /// The field that is wrong; empty where it is the row.
  public var field: ByteString
  /// What is wrong.
  public var message: ByteString
  /// What to do about it; may be empty.
  public var hint: ByteString
  /// The row as it stood.
  public var bytes: [UInt8]
}

/// A result file, read.
public struct ResultFile: Sendable {
  /// What it holds.
  public var rows: [ResultRow] = []
  /// What was refused.
  public var refused: [RefusedRow] = []
}
