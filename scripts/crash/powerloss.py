"""Power loss: every state the abstract disk allows is written out, looked at, and the command is run on it again."""

import random

import crash.trees as trees
from crash.checks import check_read_only, torn_pages
from crash.diskmodel import Disk
from crash.recovery import judge
from crash.trace import record


class PowerLoss:
    """The states of one scenario."""

    def __init__(self, scenario, product, folder):
        self.scenario = scenario
        self.trace = record(scenario, product, folder)
        self.disk = Disk(self.trace)

    def states(self, points, seed):
        """The distinct states, where `points` says at how many crash points to look (None: all)."""
        return self.disk.states(self.disk.crash_points(points, seed), seed)

    def describe(self, state):
        """Where a state comes from, enough to make it again with the same seed."""
        events = self.trace.events
        last = events[state.after - 1] if state.after else None
        where = "%s %s" % (last.call, last.path) if last else "the start"
        return "%s: power loss after event %d of %d (%s): %s" % (
            self.scenario.name, state.after, len(events), where, state.how)

    def look(self, state, report):
        """The read-only check alone: quick enough for every state."""
        row = "power: " + self.scenario.name
        problems = check_read_only(self.scenario, state.tree, state.printed, power=True)
        if torn_pages(self.scenario, state.tree):
            report.note(row, "with torn pages for the next run")
        return problems

    def recover(self, state, product, folder):
        """The same check with the product's own verifier, then the command again and the final check."""
        trees.write(state.tree, folder + "/w")
        return judge(self.scenario, product, folder, state.printed, power=True, tree=state.tree)


def choose(states, count, seed):
    """Which states are run again: all, or a sample in which half have told something."""
    if count is None or count >= len(states):
        return states
    source = random.Random("recover %s" % seed)
    telling = [number for number, state in enumerate(states) if state.printed]
    chosen = set(source.sample(telling, min(len(telling), count // 2)))
    rest = [number for number in range(len(states)) if number not in chosen]
    chosen.update(source.sample(rest, count - len(chosen)))
    return [states[number] for number in sorted(chosen)]
