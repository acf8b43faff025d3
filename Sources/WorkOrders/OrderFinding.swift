public import ByteText

/// Something that whoever carries an order out, or hands it over, has to know.
public struct OrderFinding: Hashable, Sendable {
  /// What it is about; the raw value stands in JSON.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    case irreversible
    case noCeiling = "no-ceiling"
    case aboveTenThousand = "above-10000"
    case split
    case aboveMillion = "above-million"
    case incomplete
    case repeated
    case queue
    case listFull = "list-full"
    case notAnEntry = "not-an-entry"
    case wholeHost = "whole-host"
    case defaultExpiry = "default-expiry"
    case expired
    case badParameter = "bad-parameter"
    case byHand = "by-hand"
    case oldApproval = "old-approval"
    case notRenewed = "not-renewed"
    case overlap
  }

  /// What it is about.
  public var code: Code
  /// Whether it stops the order.
  public var isError: Bool
  /// What is wrong or to be known.
  public var message: ByteString
  /// What to do about it; may be empty.
  public var hint: ByteString

  /// As orders and output carry it.
  public var tree: JSONTree { ["code": .string(ByteString(code.rawValue)), "message": .string(message)] }

  static func warning(_ code: Code, _ message: ByteString, hint: ByteString = "") -> OrderFinding {
    OrderFinding(code: code, isError: false, message: message, hint: hint)
  }

  /// An error: it stops the order.
  public static func error(_ code: Code, _ message: ByteString, hint: ByteString) -> OrderFinding {
    OrderFinding(code: code, isError: true, message: message, hint: hint)
  }
}
