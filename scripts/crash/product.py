"""Runs the product: plainly, or under strace with a fault."""

import os
import signal
import subprocess
from dataclasses import dataclass

# No run of these small workspaces takes long; one that does hangs, and that is a failure.
PATIENCE = 120
LANGUAGE = {"LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", ""), "TZ": "UTC"}


@dataclass
class Outcome:
    """How a run ended. A negative status is the signal that ended it."""
    status: int
    out: str
    err: str

    def short(self):
        lines = [line for line in self.err.splitlines() if "error:" in line] or self.err.splitlines()
        return "exit %d%s" % (self.status, ": " + lines[0] if lines else "")


class Product:
    """The binary and the time that every command is given."""

    def __init__(self, binary, at):
        self.binary, self.at = binary, at

    def words(self, arguments):
        """The command line for the workspace `w` below the current folder."""
        if arguments[0] == "init":
            return [self.binary, *arguments]
        return [self.binary, "-C", "w", "--at", self.at, *arguments]

    def run(self, folder, arguments):
        return self._run(folder, self.words(arguments))

    def trace(self, folder, arguments, log, calls, inject=None, form=()):
        """Runs under strace, which writes the calls asked for to the file `log`."""
        words = ["strace", "-f", "-qq", "-o", log, *form, "-e", "trace=" + ",".join(calls)]
        if not inject or "signal=" not in inject:
            # Stopping at the traced calls only is faster, but a signal is then not delivered before the call.
            words.append("--seccomp-bpf")
        if inject:
            words += ["-e", "inject=" + inject]
        return self._run(folder, words + ["--"] + self.words(arguments))

    def start(self, folder, arguments):
        """Starts a run and does not wait for it."""
        return subprocess.Popen(self.words(arguments), cwd=folder, env=LANGUAGE, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    @staticmethod
    def end(process, timeout=PATIENCE):
        """Waits for a started run; one that hangs is killed and told apart by SIGXCPU, which nothing else sends."""
        try:
            out, err = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            return Outcome(-signal.SIGXCPU, out.decode(errors="replace"), "it hung")
        return Outcome(process.returncode, out.decode(errors="replace"), err.decode(errors="replace"))

    def _run(self, folder, words):
        process = subprocess.Popen(words, cwd=folder, env=LANGUAGE, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        return self.end(process)
