import ByteText
import CaseModel

/// Text lines `TOKEN [comment]`: what is left when somebody copies tokens by hand.
///
/// Empty lines and lines that begin with `#` are passed over.
enum DecisionLines {
  static func read(_ text: ArraySlice<UInt8>, name: ByteString) -> ReturnedFile {
    var file = ReturnedFile(name: name)
    var number = 0
    // Lines that are no decisions, before the first token: a file without a single token is not ours, and the caller says
    // so once, not for each of its lines.
    var strays: [Int] = []
    var isOurs = false
    var lines = LineCursor(text)
    while let line = lines.line() {
      let content = ASCII.trim(line)
      if content.isEmpty || content.first == 0x23 { continue }
      number += 1
      if number > IntakeLimits.rows {
        if !isOurs { break }
        file.refuse(number, ByteString("more than \(IntakeLimits.rows) decisions; the rest was not read"))
        break
      }
      let token = content.prefix { $0 != 0x20 && $0 != 0x09 }
      guard token.starts(with: "v4.public.".utf8) else {
        if isOurs { file.refuse(number, noToken) } else { strays.append(number) }
        continue
      }
      if !isOurs {
        isOurs = true
        for stray in strays { file.refuse(stray, noToken) }
      }
      let comment = ASCII.trim(content.dropFirst(token.count))
      guard comment.count <= IntakeLimits.commentBytes else {
        file.refuse(number, ByteString("the comment is longer than \(IntakeLimits.commentBytes) bytes"))
        continue
      }
      file.decisions.append(
        SubmittedDecision(
          row: number, token: ByteString(token), verdict: nil, action: nil, comment: ByteString(comment)))
    }
    return file
  }

  private static let noToken: ByteString = "expected a token at the start of the line"
}
