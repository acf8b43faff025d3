extension Sanitizer {
  /// What a page says in badges about a text: each is a reason to look twice.
  public struct Findings: Hashable, Sendable {
    /// Some bytes were not UTF-8 and are shown as U+FFFD.
    public var wasInvalidUTF8: Bool
    /// A bidirectional, zero-width, tag, control or like character was made visible.
    ///
    /// Tab, CR and LF do not count: wrapped text holds them.
    public var hasHiddenCharacters: Bool
    /// Letters of more than one script stand in one word (``ScriptMix``).
    public var hasMixedScripts: Bool

    /// Makes findings; nothing found unless said.
    public init(wasInvalidUTF8: Bool = false, hasHiddenCharacters: Bool = false, hasMixedScripts: Bool = false) {
      self.wasInvalidUTF8 = wasInvalidUTF8
      self.hasHiddenCharacters = hasHiddenCharacters
      self.hasMixedScripts = hasMixedScripts
    }
  }

  /// What is to be said about a text, all of it, whatever the limit on showing it.
  public static func findings(in text: [UInt8]) -> Findings {
    var findings = Findings()
    let span = text.span
    var hasOtherThanASCII = false
    var index = 0
    while index < span.count {
      if index + 8 <= span.count, WordScan.isPrintable(span.word(at: index)) {
        index += 8
        continue
      }
      let step = UTF8Text.step(span, at: index)
      index += step.length
      if !step.isValid {
        findings.wasInvalidUTF8 = true
      } else if step.value >= 0x80 {
        hasOtherThanASCII = true
        if HiddenCharacters.contains(step.value) { findings.hasHiddenCharacters = true }
      } else if step.value == 0x7F || step.value < 0x20 && ![0x09, 0x0A, 0x0D].contains(step.value) {
        findings.hasHiddenCharacters = true
      }
    }
    findings.hasMixedScripts = hasOtherThanASCII && !ScriptMix.scripts(mixedIn: text).isEmpty
    return findings
  }
}
