import ByteText
import CaseModel

/// One call of a PowerShell command with literal arguments: what scripts, request bodies and reversal plans have in common.
struct Cmdlet: Hashable, Sendable {
  /// An argument.
  enum Value: Hashable, Sendable {
    /// Text from anywhere.
    case text(ByteString)
    /// A word of the command's own vocabulary.
    case word(StaticString)
    case texts([ByteString])
    case number(Int)
    case bool(Bool)
    case time(Instant)
    case null
    /// A parameter that takes no value.
    case on
    /// Values to add to or take from a list: `@{Remove='...'}`.
    case change(StaticString, ByteString)

    static func == (left: Value, right: Value) -> Bool { left.json == right.json && left.tag == right.tag }
    func hash(into hasher: inout Hasher) { hasher.combine(json) }

    private var tag: Int {
      switch self {
      case .text: 0
      case .word: 1
      case .texts: 2
      case .number: 3
      case .bool: 4
      case .time: 5
      case .null: 6
      case .on: 7
      case .change: 8
      }
    }

    /// As a member of a request.
    var json: JSONTree {
      switch self {
      case .text(let text): .string(text)
      case .word(let word): .string(ByteString(stringLiteral: word))
      case .texts(let items): .array(items.map { .string($0) })
      case .number(let number): .int(number)
      case .bool(let value): .bool(value)
      case .time(let time): .string(time.rfc3339)
      case .null: .null
      case .on: true
      case .change(let how, let text): .object([.init(ByteString(stringLiteral: how), .array([.string(text)]))])
      }
    }
  }

  /// An argument with its name.
  struct Parameter: Hashable, Sendable {
    var name: ByteString
    var value: Value

    init(_ name: StaticString, _ value: Value) {
      self.name = ByteString(stringLiteral: name)
      self.value = value
    }
  }

  /// The command.
  var name: ByteString
  /// Its arguments, in order.
  var parameters: [Parameter]

  init(_ name: StaticString, _ parameters: KeyValuePairs<StaticString, Value>) {
    self.name = ByteString(stringLiteral: name)
    self.parameters = parameters.map { Parameter($0.key, $0.value) }
  }

  /// Whether it is one of the functions that every script brings along.
  var isOwn: Bool {
    name.bytes.starts(with: Array("Get-Order".utf8)) || name.bytes.starts(with: Array("Invoke-Order".utf8))
  }

  /// What it does to what, for whoever is asked: cleaned, and not to be run.
  var words: ByteString {
    let parts = parameters.compactMap { parameter -> ByteString? in
      guard parameter.name != "Confirm" else { return nil }
      let value: ByteString =
        switch parameter.value {
        case .text(let text): text
        case .texts(let items): joined(items, by: ", ")
        case .change(let how, let text): ByteString(stringLiteral: how) + " " + text
        case .null: "none"
        case .on: ""
        default: ByteString(CanonicalJSON.bytes(parameter.value.json).filter { $0 != 0x22 })
        }
      return parameter.name + (value.isEmpty ? "" : " " + ByteString(Sanitizer.sanitized(value.bytes, limit: 300)))
    }
    return name + ": " + joined(parts, by: ", ")
  }

  /// As a request: `{"CmdletInput":{"CmdletName":...,"Parameters":{...}}}`.
  var json: JSONTree {
    [
      "CmdletInput": [
        "CmdletName": .string(name),
        "Parameters": .object(parameters.map { .init($0.name, $0.value.json) }),
      ]
    ]
  }
}

/// Commands of which each takes what the one before gives.
typealias Pipeline = [Cmdlet]

/// A step of an order in a script: how to see whether it is done, and how to do it.
struct ScriptStep: Hashable, Sendable {
  /// What tells that there is nothing left to do.
  enum Done: Hashable, Sendable {
    /// `look` finds something.
    case present
    /// `look` finds nothing.
    case absent
    /// Nothing tells: it is done whenever it was asked for.
    case never
  }

  /// Which service takes it.
  enum Service: Hashable, Sendable {
    case exchange
    case graph
  }

  /// What is looked at; empty where ``done`` is `never`.
  var look: Pipeline
  /// What tells that there is nothing left to do.
  var done: Done
  /// What is done.
  var work: Pipeline
  /// Which service takes it.
  var service: Service
  /// Whether the service only takes it, and does it later: then nothing says that it succeeded.
  var isLater = false
}
