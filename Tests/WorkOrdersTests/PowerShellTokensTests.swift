import TestSupport
import Testing

struct PowerShellTokensTests {
  /// A script, and what it comes to.
  struct Row: Sendable {
    var script: String
    var commands: [String]
    var literals: [String]

    init(_ script: String, _ commands: [String], _ literals: [String] = []) {
      (self.script, self.commands, self.literals) = (script, commands, literals)
    }
  }

  // What `Foo` is given stands for a text from a stranger that was quoted without care.
  @Test(arguments: [
    Row("Foo 'a'; Remove-Item -Recurse / #'", ["Foo 'a'", "Remove-Item -Recurse /"], ["a"]),
    Row("Foo 'a\u{2019}; Remove-Item -Recurse / #'", ["Foo 'a'", "Remove-Item -Recurse /"], ["a"]),
    Row("Foo 'a\u{2018}; b #'", ["Foo 'a'", "b"], ["a"]), Row("Foo 'a\u{201A}; b #'", ["Foo 'a'", "b"], ["a"]),
    Row("Foo 'a\u{201B}; b #'", ["Foo 'a'", "b"], ["a"]), Row("Foo \"a\u{201C}; b #\"", ["Foo 'a'", "b"], ["a"]),
    Row("Foo \"a\u{201D}; b #\"", ["Foo 'a'", "b"], ["a"]), Row("Foo \"a\u{201E}; b #\"", ["Foo 'a'", "b"], ["a"]),
    Row("Foo \"$(b 'c')\"", ["Foo \"$(b 'c')\"", "b 'c'"], ["$(b 'c')", "c"]),
    Row("Foo \"$(b \"\"c\"\")\"", ["Foo \"$(b \"\"c\"\")\"", "b 'c'"], ["$(b \"\"c\"\")", "c"]),
    Row("Foo \"$($(b) | iex)\"", ["Foo \"$($(b) | iex)\"", "b", "iex"], ["$($(b) | iex)"]),
    Row("Foo a$(b)c -D:x$(e)", ["Foo \"a$(b)c\" -D \"x$(e)\"", "b", "e"]),
    Row("Foo @'\na\n'@; b 'c'", ["Foo 'a'", "b 'c'"], ["a", "c"]),
    Row("Foo @'\na\n\u{2019}@; b", ["Foo 'a'", "b"], ["a"]), Row("Foo @'\r\na\r\u{2018}@; b", ["Foo 'a'", "b"], ["a"]),
    Row("Foo @\"\na\n\u{201E}@; b", ["Foo 'a'", "b"], ["a"]), Row("Foo @'\n\u{201B}@; b", ["Foo ''", "b"], [""]),
    Row("Foo @\"\n$(b)\n\"@", ["Foo \"$(b)\"", "b"], ["$(b)"]),
    Row("Foo a\nb", ["Foo a", "b"]), Row("Foo a\rb", ["Foo a", "b"]), Row("# a\rb", ["b"]), Row("# a\r\nb", ["b"]),
    Row("<# a #> b; <#>\n#> c #>", ["b", "c"]), Row("Foo <# a #> b #> c", ["Foo b"]),
    Row("#Requires -Modules b\nFoo", ["#requires #Requires -Modules b", "Foo"]),
    Row("#rEQUIRESx\nFoo", ["#requires #rEQUIRESx", "Foo"]),
    Row("Foo a | b; Foo & c; Foo && d || e", ["Foo a", "b", "Foo", "&", "c", "Foo", "d", "e"]),
    Row("Foo a > b 2>&1 *>> c", ["Foo a", "> b", "2>&1", "*>> c"]),
    Row("& 'b' c; . $d e; &{ f }; .'g'", ["& 'b' c", ". $d e", "& { f }", "f", ". 'g'"], ["b", "g"]),
    Row("iex 'b'; Invoke-Expression $c", ["iex 'b'", "Invoke-Expression $c"], ["b"]),
    Row("Inv`oke-Ex'pres'sion b", ["Invoke-Expression b"]),
    Row(
      "Foo (b 'c') $(d) @(e) @{ f = g; h = { i } } { j }",
      ["Foo (b 'c') $(d) @(e) @{ f = g; h = { i } } { j }", "b 'c'", "d", "e", "g", "i", "j"], ["c"]),
    Row("Foo $a.b((c)).d[(e)]", ["Foo $a.b((c)).d[(e)]", "c", "e"]),
  ])
  func findsWhatWasSmuggledIn(_ row: Row) throws { try check(row) }

  @Test(arguments: [
    Row("Foo 'a''; b #'", ["Foo 'a'; b #'"], ["a'; b #"]),
    Row("Foo 'a\u{2019}\u{2019}; b'", ["Foo 'a\u{2019}; b'"], ["a\u{2019}; b"]),
    Row("Foo 'a\u{2019}'; b'", ["Foo 'a'; b'"], ["a'; b"]),
    Row("Foo '$(b) `$c `'", ["Foo '$(b) `$c `'"], ["$(b) `$c `"]),
    Row(
      "Foo \"`$(b) `\" a`nc \"\" \u{201C}\u{201D} `u{1F600}\"", ["Foo '$(b) \" a\nc \" \u{201D} \u{1F600}'"],
      [
        "$(b) \" a\nc \" \u{201D} \u{1F600}"
      ]),
    Row(
      "Foo 'a\nb\rc\u{0}d\u{85}e\u{2028}f#g<#h'", ["Foo 'a\nb\rc\u{0}d\u{85}e\u{2028}f#g<#h'"],
      [
        "a\nb\rc\u{0}d\u{85}e\u{2028}f#g<#h"
      ]),
    Row("Foo @'\n'a' '@\n '@ ; b\n$(c)\r\n'@", ["Foo ''a' '@\n '@ ; b\n$(c)'"], ["'a' '@\n '@ ; b\n$(c)"]),
    Row("# a\u{2028}b\u{2029}c\u{85}d\u{B}e\u{C}f\u{0}g; h", []),
    Row("Foo\u{2028}a\u{2029}b\u{85}c\u{A0}d\u{B}e\u{3000}f", ["Foo a b c d e f"]),
    Row("Foo a#b c<#d", ["Foo a#b c<#d"]), Row("Foo a;#b\n", ["Foo a"]), Row("Foo 'a'#b", ["Foo 'a'"], ["a"]),
    Row("Foo `\n-A b `\r\nc `\rd", ["Foo -A b c d"]), Row("Foo a`\nb", ["Foo a\nb"]),
    Row("Foo 'a' \u{37E} b", ["Foo 'a' \u{37E} b"], ["a"]), Row("Foo \u{FF07}a\u{FF1B}", ["Foo \u{FF07}a\u{FF1B}"]),
    Row("Foo a>b", ["Foo a>b"]), Row("if\u{FEFF} a", ["if\u{FEFF} a"]), Row("\u{FEFF}Foo", ["Foo"]),
  ])
  func leavesInTextsWhatBelongsThere(_ row: Row) throws { try check(row) }

  @Test(arguments: [
    Row("Foo -A 'b' c,$d -E -F: (g) -H:$true", ["Foo -A 'b' c,$d -E -F (g) -H $true", "g"], ["b"]),
    Row("Foo \u{2013}A b \u{2014}C \u{2015}D; 1 \u{2013}eq 2", ["Foo -A b -C -D"]),
    Row("Foo @p ${q r} $script:s $_ $? 5kb 0x1F -5 77z -- -T", ["Foo @p $q r $script:s $_ $? 5kb 0x1F -5 77z -- -T"]),
    Row("$x = Foo\n$y += $z = Bar | Baz; $a.b['c'] = 'd'", ["Foo", "Bar", "Baz"], ["c", "d"]),
    Row("if (A) { B } elseif (C) { D }\n# e\nelse\n{ F }", ["A", "B", "C", "D", "F"]),
    Row("foreach ($i in A) { B } while (C) { D; break } do { E } until (F)", ["A", "B", "C", "D", "E", "F"]),
    Row("for ($i = 0; $i -lt (A); $i++) { B }", ["A", "B"]),
    Row("switch -Regex (A) { 'b' { C } { D } { E } default { F; continue } }", ["A", "C", "D", "E", "F"], ["b"]),
    Row("try { A; throw 'b' } catch [C], [D.E] { F } finally { G; return H }", ["A", "F", "G", "H"], ["b"]),
    Row("function A-B([int]$c = (D)) { begin { E } process { F } end { exit 1 } }\nA-B", ["D", "E", "F", "A-B"]),
    Row("[CmdletBinding()]\nparam([Parameter(Mandatory = $true)][string[]]$a = 'b')\nC", ["C"], ["b"]),
    Row("$a = [pscustomobject]@{ 'b' = if (C) { D }\n e = @(F\nG); h = -not (I) }", ["C", "D", "F", "G", "I"], ["b"]),
    Row("'a' + \"b\" |\n % { C $_ } | ? d -eq 'e'", ["% { C $_ }", "C $_", "? d -eq 'e'"], ["a", "b", "e"]),
    Row(
      "A | foreach { b; param c; process d }", ["A", "foreach { b; param c; process d }", "b", "param c", "process d"]),
  ])
  func readsCommands(_ row: Row) throws { try check(row) }

  @Test(arguments: [
    ("Foo 'a", PowerShellTokens.Fault.unterminatedString), ("Foo 'a''", .unterminatedString),
    ("Foo \"a`\"", .unterminatedString), ("Foo a'b", .unterminatedString), ("Foo 'a\u{2019}'", .unterminatedString),
    ("Foo \"$(b 'c)\"", .unterminatedString), ("Foo `", .unterminatedString), ("<# a", .unterminatedComment),
    ("Foo @'\na '@", .unterminatedHereString), ("Foo @'\n '@", .unterminatedHereString),
    ("Foo @\"\na`\n\"@", .unterminatedHereString), ("Foo @'a'@", .textAfterHereStringOpening),
    ("Foo @'\u{2028}a\n'@", .textAfterHereStringOpening), ("Foo \"$(b\"", .missing(")")), ("Foo { b", .missing("}")),
    ("Foo (b", .missing(")")), ("Foo @{ b = c", .missing("}")), ("[a", .missing("]")), ("Foo $a[0", .missing("]")),
    ("Foo b)", .unexpected(")")), ("Foo b }", .unexpected("}")), ("$a]", .unexpected("]")),
    ("Foo (b }", .unexpected("}")), ("Foo \"$(b } )\"", .unexpected("}")), ("Foo \"$(b # c)\"", .missing(")")),
    ("Foo \u{0}", .unexpected("\u{0}")), ("Foo a\u{0}b", .unexpected("\u{0}")), ("Foo < a", .unexpected("<")),
    ("'a' 'b'", .unexpected("'b'")), ("$a -foo", .unexpected("-foo")), ("Foo a, | b", .unexpected("|")),
    ("Foo |", .missing("command")), ("| Foo", .unexpected("|")), ("& ", .missing("argument")), ("()", .unexpected(")")),
    ("Foo > ", .missing("argument")), ("Foo \"$a:\"", .malformedVariable), ("${a{b}", .malformedVariable),
    ("${a", .unterminatedVariable), ("Foo \"`u{110000}\"", .malformedEscape), ("Foo `ux", .malformedEscape),
    ("# SIG # Begin signature block\nFoo", .signatureBlock), ("Foo --% a", .unsupported("--%")),
    ("class A { }", .unsupported("class")), (":a while (b) { }", .unsupported(":a")), ("$a ? 1 : 2", .unexpected("?")),
  ])
  func refusesWhatPowerShellWouldAndWhatIsNotNeeded(_ row: (String, PowerShellTokens.Fault)) {
    #expect(throws: row.1) { try PowerShellTokens(bytes(row.0)) }
  }

  @Test(arguments: ["(", "{", "- ", "@{ a = ", "if (", "$a.b(", "Foo (", "@( "])
  func refusesWhatIsNestedTooDeep(_ opening: String) {
    let script = String(repeating: opening, count: 5_000)
    #expect(throws: PowerShellTokens.Fault.tooDeep) { try PowerShellTokens(bytes(script)) }
  }

  @Test func refusesWhatIsNotUTF8() {
    #expect(throws: PowerShellTokens.Fault.notUTF8) { try PowerShellTokens([0x27, 0xFF, 0x27]) }
  }

  @Test(arguments: [
    (
      "[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('YQ=='))",
      [
        "[Text.Encoding]::UTF8.GetString", "[Convert]::FromBase64String",
      ], ["[Text.Encoding]", "[Convert]"]
    ),
    ("$a.b.Trim('c').Foo{ $_.Bar() }", ["$a.b.Trim", "$a.b.Trim(...).Foo", "$_.Bar"], []),
    ("Foo 'a'.Replace('b', (Bar).Baz()) $c[0].d()", ["''.Replace", "(...).Baz", "$c[...].d"], []),
    ("\"$([a]::b())\"; $c.$d(); $c.'e'()", ["[a]::b", "$c.$d", "$c.''"], ["[a]"]),
    ("& ([scriptblock]::Create('a'))", ["[scriptblock]::Create"], ["[scriptblock]"]),
    (
      "[Collections.Generic.List[string]]$a = @(); [int[]]1, [a.b]", [],
      [
        "[Collections.Generic.List[string]]", "[int[]]", "[a.b]",
      ]
    ),
    ("$a.b; [c]::d; Foo [e]::f", [], ["[c]"]),
  ])
  func findsCallsOfMembers(_ row: (String, [String], [String])) throws {
    let script = try PowerShellTokens(bytes(row.0))
    #expect(script.memberCalls() == row.1)
    #expect(script.types() == row.2)
  }

  @Test func namesTokens() throws {
    let script = "# a\nFoo `\n-B:\u{201C}c$d\u{201E} 'e' @'\nf\n'@ @\"\ng\n\"@ 5 @h 2>&1; $i -EQ ${j k} # l"
    let tokens = try PowerShellTokens(bytes(script)).tokens
    #expect(
      tokens.map(\.kind) == [
        .comment, .newLine, .word, .continuation, .parameter, .expandable, .verbatim, .verbatimHere, .expandableHere,
        .number, .splat, .redirection, .punctuation, .variable, .operation, .variable, .comment, .end,
      ])
    #expect(tokens.map(\.name).suffix(5) == ["i", "-eq", "j k", "# l", ""])
    #expect(tokens.map(\.value).map { text($0) }.filter { !$0.isEmpty } == ["Foo", "c$d", "e", "f", "g", "5"])
    #expect(tokens.flatMap(\.insertions) == [.variable("d")])
    #expect(tokens.map(\.text).joined(separator: " ").contains("-B: \u{201C}c$d\u{201E} 'e' @'\nf\n'@"))
  }

  @Test func readsBytesAsTheOldPowerShellDoes() throws {
    let script = bytes("Foo '\u{D1}; b #'")
    #expect(try PowerShellTokens(script).commands().map(\.name) == ["Foo"])
    #expect(try PowerShellTokens(asWindows1252: script).commands().map(\.name) == ["Foo", "b"])
    #expect(try PowerShellTokens(asWindows1252: bytes("Foo 'a'")).commands().map(\.name) == ["Foo"])
  }

  @Test func seesOnlyTextsDifferWhereTheyAreQuotedRight() throws {
    var random = SplitMix(state: 61)
    let pieces = [
      "a", "'", "\"", "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}", "\u{201C}", "\u{201E}", "`", "$(b)", "${c}", ";",
      "\n", "\r", "\r\n", "\u{0}", "\u{85}", "\u{2028}", "#", "<#", "#>", "'@", "@'", "\n'@\n", "|", "&", "{", ")",
      " -Force", "\u{2013}", "--%", "\u{37E}", "\u{FEFF}", "iex",
    ]
    let quotes: Set<Unicode.Scalar> = ["'", "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}"]
    for _ in 0..<1_500 {
      let hostile = (0..<Int.random(in: 0...8, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }
        .joined()
      var quoted = "'"
      for scalar in hostile.unicodeScalars {
        if quotes.contains(scalar) { quoted.unicodeScalars.append(scalar) }
        quoted.unicodeScalars.append(scalar)
      }
      quoted += "'"
      let script = try PowerShellTokens(bytes(frame(quoted)))
      #expect(try script.shape() == PowerShellTokens(bytes(frame("'a'"))).shape(), "\(hostile)")
      #expect(script.literals() == [bytes(hostile), bytes(hostile)])
      #expect(script.commands().map(\.name) == ["Foo", "Bar"])
      #expect(script.commands().first?.arguments == [.init(parameter: "A", value: .literal(bytes(hostile)))])
    }
  }

  private func frame(_ quoted: String) -> String { "Foo -A \(quoted)\n# b\nif ($c -eq \(quoted)) { Bar }\n" }

  private func check(_ row: Row) throws {
    let script = try PowerShellTokens(bytes(row.script))
    #expect(script.commands().map(\.description) == row.commands)
    #expect(script.literals().map { text($0) } == row.literals)
  }
}
