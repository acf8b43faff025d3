import ArgumentParser
import ByteText
import Glibc

// A reader that goes away (`countersign log | head`) ends writing, not the run.
signal(SIGPIPE, SIG_IGN)

do {
  var command = try Countersign.parseAsRoot(Arguments.reordered(Array(CommandLine.arguments.dropFirst())))
  try command.run()
} catch {
  exit(UsageErrors.report(error))
}
