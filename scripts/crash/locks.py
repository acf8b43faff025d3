"""Two writers at once: the second waits or is refused, and nothing is lost; without the lock the same race loses.

The last check fakes the lock away (`flock` answers success without locking) and slows the first sync, so that both
runs write on the same ledger: the checks must see it, or they prove nothing.
"""

import fcntl
import os
import threading
import time

import crash.trees as trees
from crash.checks import Problem
from crash.ledgerfile import Unreadable, check_named_files, covered, ledger

ONE, OTHER = ["apply", "../inputs/one"], ["apply", "../inputs/other"]
COMMANDS = (["import", "../inputs/exports/second.jsonl"], ["build"], ONE)


def held(command, start, product, folder):
    """A run that meets a held lock is refused when its patience ends, and goes on when the lock is let go in time."""
    place = os.path.join(folder, "w")
    trees.write(start, place)
    problems = []
    with open(os.path.join(place, ".lock"), "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        before = trees.read(place)
        outcome = product.run(folder, [*command, "--wait", "200ms"])
        if outcome.status != 1 or "locked by" not in outcome.err:
            problems.append(Problem("exit", "with the lock held: " + outcome.short()))
        if trees.digest(before) != trees.digest(trees.read(place)):
            problems.append(Problem("lost", "a run without the lock changed the workspace"))
        release = threading.Timer(0.4, fcntl.flock, (lock, fcntl.LOCK_UN))
        release.start()
        began = time.monotonic()
        outcome = product.run(folder, [*command, "--wait", "30s"])
        took = time.monotonic() - began
        release.join()
    if outcome.status not in (0, 4):
        problems.append(Problem("exit", "after the lock was let go: " + outcome.short()))
    if took < 0.4:
        problems.append(Problem("lost", "a run did not wait for the lock: %.2f s" % took))
    return problems


class Race:
    """Two applies with different files, and what both come to, one after the other in either order."""

    def __init__(self, start, product, folder):
        self.start, self.product = start, product
        place = os.path.join(folder, "w")
        self.said, self.sites = None, []
        for order in ((ONE, OTHER), (OTHER, ONE)):
            trees.write(start, place)
            for command in order:
                outcome = product.run(folder, command)
                if outcome.status:
                    raise SystemExit("crash-campaign: %s: %s" % (command, outcome.short()))
            tree = trees.read(place)
            self.said = ledger(tree).said()
            self.sites.append(trees.files(tree, "site"))

    def run(self, folder):
        """Both at once."""
        place = os.path.join(folder, "w")
        trees.write(self.start, place)
        both = [self.product.start(folder, [*command, "--wait", "60s"]) for command in (ONE, OTHER)]
        outcomes = [self.product.end(process) for process in both]
        problems = [Problem("exit", "one of two at once: " + outcome.short()) for outcome in outcomes if outcome.status]
        return problems + self.judge(trees.read(place))

    def judge(self, tree):
        try:
            book = ledger(tree)
            head = covered(tree, book)
            check_named_files(tree, book)
        except Unreadable as unreadable:
            return [Problem("unreadable", str(unreadable))]
        problems = [Problem("lost", str(said)) for said in self.said - book.said()]
        problems += [Problem("twice", str(said)) for said in book.said() - self.said]
        if book.tail or head != len(book.lines):
            problems.append(Problem("unreadable", "the head covers %d of %d entries" % (head, len(book.lines))))
        if not problems and trees.files(tree, "site") not in self.sites:
            problems.append(Problem("pages", "the site is not that of one after the other"))
        return problems

    def unlocked(self, folder):
        """Both at once without a lock: the race that the lock is there for. Gives what it did harm to."""
        place = os.path.join(folder, "w")
        trees.write(self.start, place)
        runs = []
        for number, command in enumerate((ONE, OTHER)):
            words = (folder, command, os.path.join(folder, "calls-%d" % number), ["flock", "fdatasync"],
                     "flock:retval=0", ("-e", "inject=fdatasync:delay_enter=500000"))
            runs.append(threading.Thread(target=self.product.trace, args=words))
        for run in runs:
            run.start()
        for run in runs:
            run.join()
        return self.judge(trees.read(place))
