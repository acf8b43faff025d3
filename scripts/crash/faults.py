"""Fault points: the n-th system call of a kind kills the run or fails.

A scenario runs once under strace to count its calls on workspace, inputs and output; what the loader and the runtime
read for themselves is left out. Each of the calls is then a point for a kill and for the errors that the call can
have on a real disk. Strace counts for each thread, so runs are pinned to one processor, where the product works in
one thread and every run makes the same calls.
"""

import os
import re
from collections import Counter
from dataclasses import dataclass

import crash.trees as trees
from crash.checks import Problem
from crash.recovery import judge

CALLS = ("openat", "read", "pread64", "write", "pwrite64", "writev", "fsync", "fdatasync", "syncfs", "rename",
         "renameat", "renameat2", "ftruncate", "flock", "close", "mkdirat", "unlinkat", "newfstatat", "fstatfs",
         "getdents64", "lseek", "access", "linkat", "fallocate", "copy_file_range", "fchmod", "utimensat")
# Which calls a full disk or a quota can fail, and which a signal can interrupt (their manual pages).
GROWING = {"openat", "write", "pwrite64", "writev", "fsync", "fdatasync", "syncfs", "rename", "renameat", "renameat2",
           "ftruncate", "mkdirat", "linkat", "fallocate", "copy_file_range"}
INTERRUPTED = {"openat", "read", "pread64", "write", "pwrite64", "writev", "fsync", "fdatasync", "syncfs", "flock",
               "ftruncate", "fstatfs", "close"}
LINE = re.compile(r"^(\d+) +(\w+)\((.*)$")
FOREIGN = re.compile(r'^AT_FDCWD<[^>]*>, "/')


@dataclass(frozen=True)
class Point:
    """One fault: the n-th `call` of a run of the scenario has it."""
    scenario: object
    call: str
    number: int
    fault: str

    def inject(self):
        what = "signal=SIGKILL" if self.fault == "kill" else "error=" + self.fault.rstrip("+")
        return "%s:%s:when=%d%s" % (self.call, what, self.number, "+" if self.fault.endswith("+") else "")

    def __str__(self):
        return "%s: -e inject=%s" % (self.scenario.name, self.inject())


def count(scenario, product, folder):
    """The calls of an undisturbed run: for each kind, which of its calls concern the scenario's files and output."""
    trees.write(scenario.start, os.path.join(folder, "w"))
    log = os.path.join(folder, "calls")
    outcome = product.trace(folder, scenario.command, log, CALLS, form=("-y", "-s", "0"))
    if outcome.status != scenario.ended.status:
        raise SystemExit("crash-campaign: %s under strace: %s" % (scenario.name, outcome.short()))
    seen, found, threads = Counter(), {}, set()
    base = os.path.dirname(os.path.realpath(folder))
    with open(log, errors="replace") as file:
        for line in file:
            parsed = LINE.match(line)
            if not parsed:
                continue
            thread, call, rest = parsed.groups()
            seen[thread, call] += 1
            if FOREIGN.match(rest) or not (base in rest or rest.startswith(("1<", "2<"))):
                continue
            threads.add(thread)
            found.setdefault(call, []).append(seen[thread, call])
    if len(threads) != 1:
        raise SystemExit("crash-campaign: %s works in %d threads even on one processor: points cannot be counted"
                         % (scenario.name, len(threads)))
    return found


def points(scenario, calls):
    """All fault points of a scenario."""
    for call, numbers in sorted(calls.items()):
        kinds = ["kill", "EIO", "EIO+"]
        if call in GROWING:
            kinds += ["ENOSPC", "ENOSPC+", "EDQUOT"]
        if call in INTERRUPTED:
            kinds.append("EINTR")
        for number in numbers:
            for kind in kinds:
                yield Point(scenario, call, number, kind)


def run(point, product, folder):
    """Runs the command with the fault, then checks. Gives the problems."""
    scenario = point.scenario
    place, log = os.path.join(folder, "w"), os.path.join(folder, "calls")
    trees.write(scenario.start, place)
    outcome = product.trace(folder, scenario.command, log, [point.call], point.inject())
    with open(log, errors="replace") as file:
        if outcome.status != -9 if point.fault == "kill" else "(INJECTED)" not in file.read():
            return [Problem("exit", "the call never came: the point proves nothing; " + outcome.short())]
    tree = trees.read(place) if os.path.isdir(place) else {}
    problems = [] if point.fault == "kill" else check_exit(scenario, outcome, point.fault, tree)
    return problems or judge(scenario, product, folder, outcome.out, tree=tree)


def check_exit(scenario, outcome, fault, tree):
    """How a run ends that met an error.

    An interrupted call must be repeated, so that nobody sees it. Any other error ends in the documented status with a
    message; or it did not matter, and then everything is as the undisturbed run leaves it.
    """
    if outcome.status < 0:
        return [Problem("exit", "ended by signal %d: %s" % (-outcome.status, outcome.err[:300]))]
    same = outcome.status == scenario.ended.status and unharmed(scenario, outcome, tree)
    if same:
        return []
    if fault == "EINTR":
        return [Problem("exit", "an interrupted call showed: " + outcome.short())]
    if outcome.status not in scenario.failures:
        return [Problem("exit", "%s, and the result is not the undisturbed one" % outcome.short())]
    # With every write failing there is no way left to say anything.
    if not outcome.err.startswith("countersign: ") and fault != "EIO+" and fault != "ENOSPC+":
        return [Problem("exit", "exit %d without a message" % outcome.status)]
    return []


def unharmed(scenario, outcome, tree):
    """Whether a run left and said just what the undisturbed one did; temporary files and the lock aside."""
    def visible(tree):
        return {name: value for name, value in tree.items() if not name.rpartition("/")[2].startswith(".")}

    return outcome.out == scenario.ended.out and visible(tree) == visible(scenario.after)
