"""Kills at random times, with all processors in use: what fault points cannot reach, in calls and threads."""

import os
import random
import time

import crash.trees as trees
from crash.recovery import judge


def times(scenario, product, folder):
    """How long a run takes, in seconds."""
    trees.write(scenario.start, os.path.join(folder, "w"))
    before = time.monotonic()
    product.run(folder, scenario.command)
    return time.monotonic() - before


def plan(scenarios, lengths, count, seed):
    """So many kills: scenario and seconds from its start. Some come after the end of the run; that is a check too."""
    source = random.Random("kills %s" % seed)
    return [(scenario, source.random() * lengths[scenario.name] * 1.05)
            for scenario in (scenarios[number % len(scenarios)] for number in range(count))]


def kill(item, product, folder):
    """One kill; gives what it is called, whether it came in time, and the problems."""
    scenario, delay = item
    trees.write(scenario.start, os.path.join(folder, "w"))
    process = product.start(folder, scenario.command)
    time.sleep(delay)
    process.kill()
    outcome = product.end(process)
    return "%s: SIGKILL after %.4f s" % (scenario.name, delay), outcome.status == -9, \
        judge(scenario, product, folder, outcome.out)
