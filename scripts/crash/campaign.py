"""The command: options, the order of the parts, and their rows in the report."""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time

from crash import faults, kills, locks, mutants, powerloss
from crash.checks import Problem
from crash.product import Product
from crash.report import Report
from crash.scenarios import all_scenarios
from crash.workers import Workers
from crash.workspaces import SCRIPTS, Workspaces, now

DEFAULT = os.path.join(os.path.dirname(SCRIPTS), ".build", "debug", "countersign")


def main(text):
    options = parse(text)
    if not shutil.which("strace"):
        sys.exit("crash-campaign: strace is missing: apt-get install strace")
    if not os.access(options.binary, os.X_OK):
        sys.exit("crash-campaign: no binary at %s: build it, or name it with --binary" % options.binary)
    parent = options.folder or ("/dev/shm" if os.path.isdir("/dev/shm") else None)
    folder = tempfile.mkdtemp(prefix="countersign-crash-", dir=parent)
    try:
        return Campaign(options, folder).run()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def parse(text):
    parser = argparse.ArgumentParser(description=text.splitlines()[0])
    parser.add_argument("--binary", metavar="FILE", default=DEFAULT, help="the debug binary unless named")
    parser.add_argument("--points", type=int, metavar="N", help="fault points (70; with --all every one)")
    parser.add_argument("--states", type=int, metavar="N",
                        help="power-loss states run again (36; with --all every one)")
    parser.add_argument("--kills", type=int, metavar="N", help="kills at random times (16; with --all 1,000)")
    parser.add_argument("--seed", type=int, metavar="S", default=1, help="chooses the sample (1)")
    parser.add_argument("--folder", metavar="DIR", help="where to work, instead of a temporary folder in memory")
    parser.add_argument("--jobs", type=int, metavar="N", default=2, help="runs side by side (2)")
    parser.add_argument("--only", metavar="NAME", help="scenarios whose name holds this")
    parser.add_argument("--all", action="store_true", help="everything, not a sample")
    options = parser.parse_args()
    options.binary = os.path.abspath(options.binary)
    if options.points is None and not options.all:
        options.points = 70
    if options.states is None and not options.all:
        options.states = 36
    if options.kills is None:
        options.kills = 1000 if options.all else 16
    return options


def sample(items, count, seed):
    """So many of the items, in their order; all where `count` is None."""
    items = list(items)
    if count is None or count >= len(items):
        return items
    chosen = random.Random(seed).sample(range(len(items)), count)
    return [items[index] for index in sorted(chosen)]


class Campaign:
    """One run of the campaign in a folder of its own."""

    def __init__(self, options, folder):
        self.options = options
        self.report = Report()
        self.workers = Workers(folder, max(1, options.jobs))
        self.product = Product(options.binary, now())
        self.workers.pinned()
        self.made = Workspaces(self.product, folder)
        self.scenarios = [scenario for scenario in all_scenarios(self.made)
                          if not options.only or options.only in scenario.name]
        for scenario in self.scenarios:
            scenario.measure(self.product, self.workers.folders[0])

    def run(self):
        for title, part in (("fault points", self.faults), ("power loss", self.power), ("mutants", self.mutants),
                            ("two writers", self.writers), ("random kills", self.kill)):
            before = time.monotonic()
            part()
            print("%s: %.0f s" % (title, time.monotonic() - before), flush=True)
        self.report.table()
        return self.report.end()

    def faults(self):
        every = []
        for scenario in self.scenarios:
            calls = faults.count(scenario, self.product, self.workers.folders[0])
            every += faults.points(scenario, calls)
        chosen = sample(every, self.options.points, self.options.seed)
        print("%d of %d fault points" % (len(chosen), len(every)), flush=True)

        def check(point, folder):
            self.report.add("fault: " + point.scenario.name, point, faults.run(point, self.product, folder))

        self.workers.each(chosen, check)

    def power(self):
        """States of a sample of crash points, or of all, are looked at; so many of them are run again."""
        folder, total = self.workers.folders[0], 0
        self.losses, self.found = [], {}
        chosen = []
        scenarios = [scenario for scenario in self.scenarios if not scenario.looks]
        for number, scenario in enumerate(scenarios):
            loss = powerloss.PowerLoss(scenario, self.product, folder)
            self.losses.append(loss)
            states = loss.states(None if self.options.all else 12, self.options.seed)
            total += len(states)
            share = self.options.states
            if share is not None:
                share = share * (number + 1) // len(scenarios) - share * number // len(scenarios)
            again = powerloss.choose(states, share, self.options.seed)
            picked = {id(state) for state in again}
            chosen += [(loss, state) for state in again]
            for state in states:
                problems = loss.look(state, self.report)
                self.found.setdefault(scenario.name, set()).update((found.kind, found.text) for found in problems)
                if problems or id(state) not in picked:
                    self.report.add("power: " + scenario.name, loss.describe(state), problems)
                    picked.discard(id(state))
            chosen = [(other, state) for other, state in chosen if other is not loss or id(state) in picked]
        print("%d power-loss states looked at, %d of them run again" % (total, len(chosen)), flush=True)

        def check(item, folder):
            loss, state = item
            problems = loss.recover(state, self.product, folder)
            self.report.note("power: " + loss.scenario.name, "run again")
            self.report.add("power: " + loss.scenario.name, loss.describe(state), problems)

        self.workers.each(chosen, check)

    def mutants(self):
        """Every call for durability, left out of the model in turn."""
        caught = covered = 0
        for loss in self.losses:
            known = self.found.get(loss.scenario.name, set())
            for mutant in mutants.mutants(loss):
                what = "%s: mutant: %s" % (loss.scenario.name, mutant.name)
                seen = mutants.catch(loss, mutant, None if self.options.all else 8, self.options.seed, known)
                caught += seen is not None
                covered += seen is None and mutant.covered
                if self.options.all:
                    print("%s: %s" % (what, "caught: " + seen if seen else "not caught"
                                      + (", another sync does the same in time" if mutant.covered else "")))
                problems = [] if seen or mutant.covered else [Problem("lost", "nobody notices")]
                self.report.add("mutants", what, problems)
        print("%d mutants caught, %d more leave out a sync that another makes up for in time" % (caught, covered),
              flush=True)

    def writers(self):
        folder = self.workers.folders[0]
        os.sched_setaffinity(0, set(self.workers.processors))
        for command in locks.COMMANDS:
            self.report.add("two writers", "lock held by another: %s" % " ".join(command),
                            locks.held(command, self.made.built, self.product, folder))
        race = locks.Race(self.made.built, self.product, folder)
        for number in range(1, 21 if self.options.all else 6):
            self.report.add("two writers", "two applies at once, round %d" % number, race.run(folder))
        harm = race.unlocked(folder)
        self.report.add("mutants", "two applies without flock",
                        [] if harm else [Problem("lost", "a race without the lock did no harm")])
        print("mutant: no flock: %s" % ("caught: " + harm[0].kind if harm else "not caught"), flush=True)

    def kill(self):
        scenarios = [scenario for scenario in self.scenarios if scenario.name.startswith(("import", "build", "apply"))]
        if not scenarios or not self.options.kills:
            return
        folder = self.workers.folders[0]
        lengths = {scenario.name: kills.times(scenario, self.product, folder) for scenario in scenarios}

        def check(item, folder):
            what, in_time, problems = kills.kill(item, self.product, folder)
            self.report.note("kill: " + item[0].name, "in time" if in_time else "too late")
            self.report.add("kill: " + item[0].name, what, problems)

        self.workers.each(kills.plan(scenarios, lengths, self.options.kills, self.options.seed), check, pin=False)
