"""Counts what was checked, and prints the table and the failures."""

import sys
import threading
from collections import Counter

KINDS = ("lost", "twice", "unreadable", "pages", "exit")
TITLES = {"exit": "wrong exit"}


class Report:
    """Rows of checks; every failure is kept with all that is needed to see it again."""

    def __init__(self):
        self.lock = threading.Lock()
        self.rows = {}
        self.failures = []

    def add(self, row, what, problems):
        """Counts one check; `problems` is empty where it passed."""
        with self.lock:
            counts = self.rows.setdefault(row, Counter())
            counts["points"] += 1
            if problems:
                counts["failed"] += 1
                for kind in {problem.kind for problem in problems}:
                    counts[kind] += 1
                self.failures.append((str(what), problems))
                print("FAILED %s" % what, file=sys.stderr)
                for problem in problems[:5]:
                    print("  %s: %s" % (problem.kind, problem.text), file=sys.stderr)
                sys.stderr.flush()

    def note(self, row, name, count=1):
        """Counts something that is lawful but worth knowing."""
        with self.lock:
            self.rows.setdefault(row, Counter())[name] += count

    def table(self):
        """The rows, a line each."""
        width = max([len(row) for row in self.rows] + [8])
        print("%-*s%8s" % (width, "scenario", "points") + "".join("%12s" % TITLES.get(kind, kind) for kind in KINDS))
        for row, counts in self.rows.items():
            extra = "".join("  %d %s" % (count, name) for name, count in sorted(counts.items())
                            if name not in KINDS and name not in ("points", "failed"))
            print("%-*s%8d" % (width, row, counts["points"])
                  + "".join("%12d" % counts[kind] for kind in KINDS) + extra)

    def end(self):
        """Prints the last line; gives the exit status."""
        failed = len(self.failures)
        passed = sum(counts["points"] for counts in self.rows.values()) - failed
        print("%d passed, %d failed" % (passed, failed))
        return 1 if failed else 0
