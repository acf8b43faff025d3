/// Text for a terminal, where a control character is a command (CWE-150).
public enum TerminalText {
  /// The text with nothing below U+0020, no U+007F, no U+0080 to U+009F and nothing hidden; one line.
  ///
  /// This is ``Sanitizer``'s form: the line feed is shown too, so that a name cannot fake a line of ours.
  public static func safe(_ text: [UInt8]) -> [UInt8] { Sanitizer.sanitized(text) }
}
