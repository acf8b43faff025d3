"""Proof that the checks can fail: the same traces with one call for durability left out, or moved to the wrong place.

Nothing is built for it: the call is taken out of the model's events, and the states that the disk then allows are
looked at with the read-only check alone, before any re-run could heal them. A mutant is caught when one of them has a
problem that the true trace does not have anywhere. One that leaves out a sync may go unnoticed only where it makes no
difference: where a later sync of the same file or folder comes before anybody is told anything (then leaving out all
of these syncs together must be caught), or where an earlier syncfs left nothing to do.
"""

from dataclasses import dataclass

from crash.checks import check_read_only
from crash.diskmodel import Disk


@dataclass
class Mutant:
    """A changed list of events, and from which event on it differs."""
    name: str
    events: list
    start: int
    # Whether another sync does in time what the one left out would have done.
    covered: bool = False


def mutants(loss):
    """Every mutant of a scenario's trace."""
    events = loss.trace.events
    syncs = [at for at, event in enumerate(events) if event.kind == "sync"]
    for number, at in enumerate(syncs, 1):
        event = events[at]
        if event.call == "syncfs" and _only_keeps_the_manifest(events, at):
            # A manifest that is lost after a fresh tree was swapped in is made again; that a lost one misleads nobody where
            # the configuration was taken back is what build-undone shows.
            continue
        yield Mutant("drop %s %s (%d of %d syncs)" % (event.call, event.path, number, len(syncs)),
                     events[:at] + events[at + 1:], at, _is_idle(loss, at) or _is_made_up_for(events, at))
    for inode in dict.fromkeys(events[at].inode for at in syncs):
        same = [at for at in syncs if events[at].inode == inode]
        if len(same) > 1:
            yield Mutant("drop all %d syncs of %s" % (len(same), events[same[-1]].path),
                         [event for at, event in enumerate(events) if at not in same], same[0])
    for at in syncs:
        # A rename or exchange that does not wait for the data it brings into sight. Keys and the copy of a torn tail
        # are left out: nothing counts on them before the configuration is there or the ledger is cut. The mark of a build
        # holds no data at all.
        if events[at].path.startswith(("w/keys/", "w/.ledger.torn", "w/..building-")):
            continue
        moved = next((other for other in range(at + 1, min(at + 4, len(events)))
                      if events[other].kind in ("rename", "exchange")), None)
        if moved is not None and events[at].inode in (None, events[moved].inode):
            order = events[:at] + events[at + 1:moved + 1] + [events[at]] + events[moved + 1:]
            yield Mutant("%s %s before its %s" % (events[moved].kind, events[moved].path, events[at].call), order, at)
    yield from _ledger_first(events)
    yield from _words_first(events)


def _only_keeps_the_manifest(events, at):
    """Whether a sync comes after a fresh tree was synced and swapped in, and its manifest was written."""
    before = [event for event in events[:at] if event.kind in ("rename", "exchange")]
    return (bool(before) and before[-1].target == "manifest"
            and any(event.kind == "exchange" or event.target == "site" for event in before))


def _is_idle(loss, at):
    """Whether nothing is left to do for a sync."""
    inode = loss.trace.events[at].inode
    data, names = loss.disk.pending(at)
    return inode not in data and all(loss.trace.events[name].folder != inode for name in names) and inode is not None


def _is_made_up_for(events, at):
    """Whether another sync of the same comes before anybody is told anything."""
    for event in events[at + 1:]:
        if event.kind == "print":
            return False
        if event.kind == "sync" and event.inode in (None, events[at].inode):
            return True
    return False


def _ledger_first(events):
    """The ledger names evidence or returned files before they are there."""
    truths = [at for at, event in enumerate(events) if event.path.startswith(("w/evidence/", "w/returned/"))
              or event.kind == "rename" and _is_truth(event.target) or event.kind == "sync"
              and event.path in ("w/evidence", "w/returned")]
    book = [at for at, event in enumerate(events) if event.path == "w/ledger.jsonl"]
    book = [at for at in book if truths and at > truths[0]]
    if not truths or not book:
        return
    sync = next((at for at in book if events[at].kind == "sync"), None)
    if sync is None:
        return
    early = [at for at in book if at <= sync]
    chosen = set(early)
    order = events[:truths[0]] + [events[at] for at in early] \
        + [event for at, event in enumerate(events) if at >= truths[0] and at not in chosen]
    yield Mutant("ledger before the files it names", order, truths[0])


def _is_truth(name):
    return len(name) == 64 or name.endswith(".jsonl") and "-" in name


def _words_first(events):
    """What was done is told before it is durable."""
    words = [at for at, event in enumerate(events) if event.kind == "print"]
    syncs = [at for at, event in enumerate(events) if event.kind == "sync"]
    if words and syncs and syncs[-1] < words[-1]:
        first = next((at for at in syncs if events[at].path == "w/ledger.jsonl"), syncs[0])
        order = events[:first] + [events[at] for at in words] \
            + [event for at, event in enumerate(events) if at >= first and at not in words]
        yield Mutant("receipts before the ledger is durable", order, first)


def catch(loss, mutant, points, seed, known):
    """The first problem that the mutant's states show and the true trace's do not; None where there is none."""
    disk = Disk(loss.trace, mutant.events)
    every = set(disk.crash_points(points, seed, start=mutant.start))
    every.update(at for at, event in enumerate(mutant.events, 1) if event.kind == "print" and at >= mutant.start)
    every.update(range(mutant.start, min(mutant.start + 5, len(mutant.events)) + 1))
    # What was said is held against what is there: the end of the run shows most.
    for after in sorted(every, reverse=True):
        for state in disk.states([after], seed):
            for problem in check_read_only(loss.scenario, state.tree, state.printed, power=True):
                if (problem.kind, problem.text) not in known:
                    return "%s: %s (%s)" % (problem.kind, problem.text, state.how)
    return None

