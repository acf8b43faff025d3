import ArgumentParser
import ByteText
import Glibc

// A reader that goes away (`countersign log | head`) ends writing, not the run.
signal(SIGPIPE, SIG_IGN)

do {
  let arguments = Arguments.reordered(Array(CommandLine.arguments.dropFirst()))
  if let word = Arguments.unknownCommand(arguments) { throw ValidationError("there is no command '\(word)'") }
  var command = try Countersign.parseAsRoot(arguments)
  try command.run()
} catch {
  exit(UsageErrors.report(error))
}
