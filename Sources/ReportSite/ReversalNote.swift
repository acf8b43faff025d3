public import ByteText
public import CaseModel
import WebRendering

/// How an action would be taken back, as its page tells it: made from the effect, so that it is known before anybody approves.
public struct ReversalNote: Sendable {
  /// The step; `nil` where there is none.
  public var step: Reversal?
  /// Why there is none; empty where there is one.
  public var absence: ByteString
  /// What is set back: names and values.
  public var restores: [(name: ByteString, value: ByteString)]
  /// The commands; empty where it is done by hand.
  public var commands: [ByteString]

  /// Makes a note.
  public init(
    step: Reversal?, absence: ByteString, restores: [(name: ByteString, value: ByteString)], commands: [ByteString]
  ) {
    self.step = step
    self.absence = absence
    self.restores = restores
    self.commands = commands
  }

  /// One sentence.
  var sentence: HTML {
    guard let step else { return "<strong>No way back:</strong> \(Shown.text(absence))" }
    return
      "\(HTML(trusted: step.title)), within \(text: Words.count(Int(step.days), "day", "days")) after it was carried out"
  }

  /// What is set back and by which commands; `nil` where neither is known.
  var details: HTML? {
    guard !restores.isEmpty || !commands.isEmpty else { return nil }
    var html: HTML = ""
    if !restores.isEmpty {
      html += "<ul class=\"values\">"
      for one in restores { html += "<li>\(Shown.text(one.name)): \(Shown.code(one.value))</li>" }
      html += "</ul>"
    }
    if !commands.isEmpty {
      html += "<p class=\"muted\">As the script of the counter-order runs it, once an undo is approved:</p>"
      for one in commands { html += "<pre class=\"wrapped\">\(Shown.code(one))</pre>" }
    }
    return html
  }
}
