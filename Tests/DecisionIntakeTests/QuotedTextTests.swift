import ByteText
import Testing

@testable import DecisionIntake

@Suite struct QuotedTextTests {
  /// The lines that are the writer's own.
  private func own(_ text: String) -> [String] {
    var lines = QuotedText(Array(text.utf8)[...], isInOriginal: false)
    var own: [String] = []
    while let line = lines.line(isInBlock: false) {
      if !line.isQuoted { own.append(String(decoding: line.content, as: UTF8.self)) }
    }
    return own
  }

  /// What begins an original that goes on to the end, without a mark on its lines.
  @Test(arguments: [
    "-----Original Message-----", "----- Original Message -----", "-------- Original Message --------",
    "-------- Forwarded Message --------", "---------- Forwarded message ---------",
    "----- Forwarded by Ivy Marsh/Larkfield on 09.03.2026 -----", "-----ORIGINAL APPOINTMENT-----",
    "  -----Original Message-----", "Begin forwarded message:", "begin forwarded message:",
    "-----Ursprüngliche Nachricht-----\nVon: Ivy\nGesendet: Montag",
    "-----Message d'origine-----\nDe : Ivy\nEnvoyé : lundi", "-----元のメッセージ-----\n差出人: Ivy\n送信日時: 月",
    "________________________________\nFrom: Ivy", "________________________________\n\nVon: Ivy\nGesendet: Montag",
    "________________________________\n*Od:* Ivy\n*Wysłano:* x",
    "________________________________\nOdesílatel: Ivy\nOdesláno: x",
    "From: Ivy Marsh\nSent: Monday", "From:\tIvy\n\nSent:\tMonday", "*From:* Ivy\n*Sent:* Monday",
    "Von: Ivy\nGesendet: Montag", "De : Ivy\nEnvoyé : lundi", "Från: Ivy\nSkickat: x", "От: Ivy\nОтправлено: x",
    "发件人: Ivy\n发送时间: x", "发件人：Ivy\n发送时间：x", "\u{A0}From: Ivy\n\u{A0}Date: x",
    "On Monday, Ivy wrote:\n\nthe original", "wrote: \nthe original", "Am 9.3. schrieb:\nthe original",
    "Le 9 mars, Ivy a écrit :\nthe original",
  ]) func takesAllBelowAHeaderForQuoted(header: String) {
    #expect(own("above\n\(header)\nbelow\n> marked\n\nlast\n") == ["above"])
    #expect(own("above\r\n" + header.replacing("\n", with: "\r\n") + "\r\nbelow\r\n") == ["above"])
  }

  /// What looks a little like it, and what only announces marked lines.
  @Test(arguments: [
    "-----", "--", "---- notes ----", "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\nX: y",
    "________________________________",
    "________________________________\nIvy Marsh\nTelephone: 1", "________________________________\nIvy: yes",
    "___\nFrom: x", "From: the desk\n\nhello", "From what I see: fine", "Sent: Monday\nTo: Ivy",
    "On Monday, Ivy wrote:\n> marked", "On Monday, Ivy wrote:\n\n> marked", "Ivy wrote: hello",
    "-----BEGIN COUNTERSIGN DECISION-----",
    "de facto: yes\nnote: no", "Original Message", "> -----Original Message-----", "> From: Ivy\n> Sent: x",
  ]) func goesOnBelow(line: String) {
    let lines = line.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let unmarked = lines.filter { !$0.hasPrefix(">") }
    #expect(own("above\n\(line)\nbelow") == ["above"] + unmarked + ["below"])
  }

  @Test(arguments: [">", "> x", ">>> x", " > x", "\t> x", "\u{A0}> x", "| x", " | x", "IM> x", "Ivy> x", ">-----BEGIN"])
  func knowsAMarkedLine(line: String) {
    #expect(own("above\n\(line)\nbelow") == ["above", "below"])
  }

  @Test(arguments: ["", " ", "x > y", "abcde> x", "1> x", "-> x", "»", "&gt; x"])
  func knowsAnUnmarkedLine(line: String) {
    #expect(own("above\n\(line)\nbelow") == ["above", line, "below"])
  }

  @Test func staysInAnOriginalThatBeganBefore() {
    var lines = QuotedText(Array("x\ny".utf8)[...], isInOriginal: true)
    #expect(lines.line(isInBlock: false)?.isQuoted == true)
    #expect(lines.isInOriginal)
  }
}
