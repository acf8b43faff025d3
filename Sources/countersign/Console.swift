import ByteText
import Glibc

/// The one place that prints (DESIGN section 1, principle 8): results on standard output, everything else on standard error.
///
/// Every byte goes through ``TerminalText``, line by line: exports, file names and comments are written by attackers.
final class Console {
  /// `--quiet`: results and errors only.
  let isQuiet: Bool
  /// `--json`: results as JSON objects, one a line.
  let isJSON: Bool
  private let showsProgress: Bool
  private var out: [UInt8] = []
  private var progressIsShown = false
  /// Why results could not be printed (`errno`); a reader that went away is no reason.
  private(set) var failure: Int32?

  init(quiet: Bool, json: Bool, progress: Bool) {
    isQuiet = quiet
    isJSON = json
    showsProgress = progress && !quiet && isatty(2) == 1
  }

  /// Prints a line of the result.
  func result(_ line: ByteString) {
    out += TerminalText.safe(line.bytes)
    out.append(0x0A)
    if out.count > 1 << 16 { flush() }
  }

  /// Prints a JSON object of the result, canonical, one line.
  func result(json: JSONTree) {
    // Canonical JSON escapes what is below U+0020; the rest of what a terminal must not see is escaped here.
    out += Self.terminalJSON(CanonicalJSON.bytes(json))
    out.append(0x0A)
    if out.count > 1 << 16 { flush() }
  }

  /// Prints bytes of the result as they are: for schemas and other texts of our own.
  func result(raw: [UInt8]) {
    out += raw
    flush()
  }

  /// Says something about the run that is no result; silent with `--quiet` and `--json`.
  func say(_ line: ByteString) {
    if isQuiet || isJSON { return }
    result(line)
  }

  /// Prints a diagnostic and its hint.
  ///
  /// `countersign: error: ...`, then `countersign: hint: ...`. Notes and warnings are silent with `--quiet`.
  func report(_ diagnostic: Diagnostic) {
    if isQuiet && diagnostic.severity != .error { return }
    var bytes = Array("countersign: \(diagnostic.severity.rawValue): ".utf8) + TerminalText.safe(diagnostic.text)
    bytes.append(0x0A)
    if !diagnostic.hint.isEmpty {
      bytes += Array("countersign: hint: ".utf8) + TerminalText.safe(diagnostic.hint.bytes)
      bytes.append(0x0A)
    }
    endProgress()
    flush()
    Self.write(bytes, to: 2)
  }

  /// Shows how far a long step is; only on a terminal.
  func progress(_ text: @autoclosure () -> String) {
    guard showsProgress else { return }
    Self.write(Array("\r\u{1B}[K\(text())".utf8), to: 2)
    progressIsShown = true
  }

  /// Shows how much of a long step is done as a bar; only on a terminal.
  func progress(_ what: String, _ done: Int, of all: Int, _ noun: String) {
    guard showsProgress, all > 0 else { return }
    let share = min(100, done * 100 / all)
    let filled = share * 24 / 100
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 24 - filled)
    progress("\(what) [\(bar)] \(share) %  \(done) of \(all) \(noun)")
  }

  /// Takes the progress line away.
  func endProgress() {
    guard progressIsShown else { return }
    Self.write(Array("\r\u{1B}[K".utf8), to: 2)
    progressIsShown = false
  }

  /// Hands everything to standard output.
  func flush() {
    endProgress()
    if let code = Self.write(out, to: 1), code != EPIPE { failure = code }
    out.removeAll(keepingCapacity: true)
  }

  private static func terminalJSON(_ bytes: [UInt8]) -> [UInt8] {
    // Characters that steer a terminal or hide text become their \u form, which is the same JSON.
    var safe: [UInt8] = []
    guard let scalars = UTF8Text.scalars(bytes) else { return TerminalText.safe(bytes) }
    for scalar in scalars {
      if scalar < 0x7F {
        safe.append(UInt8(scalar))
      } else if scalar < 0xA0 || (0x200B...0x200F).contains(scalar) || (0x2028...0x202E).contains(scalar)
        || (0x2060...0x206F).contains(scalar) || scalar == 0xFEFF || scalar == 0x061C || scalar == 0x00AD
      {
        safe += Array("\\u".utf8)
        for shift in [12, 8, 4, 0] { safe.append(Array("0123456789abcdef".utf8)[Int(scalar >> UInt32(shift) & 15)]) }
      } else {
        UTF8Text.append(scalar: scalar, to: &safe)
      }
    }
    return safe
  }

  /// - Returns: why not everything could be written; `nil` where it was.
  @discardableResult
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return errno }
      rest = rest.dropFirst(count)
    }
    return nil
  }
}
