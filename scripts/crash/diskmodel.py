"""The abstract disk of a power loss: which states may be found after it, given the events of a run.

After the method of ALICE (OSDI 2014): after any number of events,

- data written to a file since its last fsync (or syncfs) may be there, or not, or in part: cut at a byte or at a block
  boundary, the size grown but the bytes zero, a first block missing before a second;
- names made, removed or renamed in a folder since its last fsync may be there or not, each for itself, in any order
  with those of other folders and with data. One rename or exchange is never half done;
- nothing else is lost, and nothing that was synced.

This is weaker than any file system in use, so what holds here holds there. States are dicts (trees.py); equal ones
are one, with the most that was said by then.
"""

import random
from dataclasses import dataclass

from crash.trace import tree_of

BLOCK = 4096
NAMES = ("link", "unlink", "rename", "exchange")


@dataclass
class State:
    """A disk after a power loss: how it came about, the workspace on it, and what had been printed."""
    after: int
    how: str
    tree: dict
    printed: str


class Disk:
    """The events of a trace, and at each point which of them are durable."""

    def __init__(self, trace, events=None):
        self.trace = trace
        self.events = trace.events if events is None else events

    def pending(self, after):
        """Of the first `after` events: which data and which name events no later sync covers."""
        data, names = {}, []
        for number, event in enumerate(self.events[:after]):
            if event.kind in ("write", "truncate"):
                data.setdefault(event.inode, []).append(event)
            elif event.kind in NAMES:
                names.append((number, event))
            elif event.kind == "sync":
                if event.inode is None:
                    data, names = {}, []
                else:
                    data.pop(event.inode, None)
                    names = [(at, name) for at, name in names if name.folder != event.inode]
        return data, [at for at, _ in names]

    def printed(self, after):
        return b"".join(event.data for event in self.events[:after] if event.kind == "print").decode(errors="replace")

    def build(self, after, lost_names, file_data):
        """The tree where the name events in `lost_names` are lost, by number, and files hold what `file_data` says."""
        nodes = {number: [mode, None if names is None else dict(names), data]
                 for number, (mode, names, data) in self.trace.start.items()}
        for number, event in enumerate(self.events[:after]):
            if event.kind == "write":
                node = self._node(nodes, event.inode)
                node[2] = node[2][:event.offset].ljust(event.offset, b"\0") + event.data
            elif event.kind == "truncate":
                node = self._node(nodes, event.inode)
                node[2] = node[2][:event.offset].ljust(event.offset, b"\0")
            elif event.kind in NAMES:
                names = self._node(nodes, event.folder)[1]
                if number not in lost_names:
                    self._rename(nodes, names, event)
        for inode, data in file_data.items():
            self._node(nodes, inode)[2] = data
        return tree_of(nodes)

    def _node(self, nodes, inode):
        if inode not in nodes:
            node = self.trace.nodes[inode]
            nodes[inode] = [node.mode, None if node.names is None else {}, b""]
        return nodes[inode]

    def _rename(self, nodes, names, event):
        self._node(nodes, event.inode)
        if event.kind == "link":
            names[event.name] = event.inode
        elif event.kind == "unlink":
            if names.get(event.name) == event.inode:
                del names[event.name]
        elif event.kind == "rename":
            names[event.target] = event.inode
            if names.get(event.name) == event.inode:
                del names[event.name]
        else:
            self._node(nodes, event.other)
            names[event.target], names[event.name] = event.inode, event.other

    def outcomes(self, inode, events, source):
        """How a file may come out whose `events` are pending: what happened to it, and its bytes."""
        first = next(at for at, event in enumerate(self.events) if event is events[0])
        base = self.trace.start.get(inode, (0, None, b""))[2]
        for event in self.events[:first]:
            if event.inode == inode and event.kind in ("write", "truncate"):
                base = base[:event.offset].ljust(event.offset, b"\0") + event.data
        whole, kept = base, base
        for event in events:
            kept = whole
            whole = whole[:event.offset].ljust(event.offset, b"\0") + event.data
        found = {"none": base, "last lost": kept}
        if len(whole) > len(base):
            grown = len(whole) - len(base)
            found["zeros"] = base + b"\0" * grown
            for cut in {1, grown - 1, source.randrange(grown), source.randrange(grown)}:
                found["cut at %d" % (len(base) + cut)] = whole[:len(base) + cut]
            if len(whole) > len(kept):
                cut = len(kept) + source.randrange(len(whole) - len(kept))
                found["last cut at %d" % cut] = whole[:cut]
            block = (len(base) // BLOCK + 1) * BLOCK
            if block < len(whole):
                found["cut at block %d" % block] = whole[:block]
                found["hole before %d" % block] = base + b"\0" * (block - len(base)) + whole[block:]
        return found

    def at(self, after, source):
        """The states after so many events: pairs of how it came about and tree."""
        data, names = self.pending(after)
        results = {inode: self.outcomes(inode, events, source) for inode, events in data.items()}
        yield "all kept", self.build(after, set(), {})
        if not names and not data:
            return
        none = {inode: found["none"] for inode, found in results.items()}
        yield "all lost", self.build(after, set(names), none)
        yield "data lost, names kept", self.build(after, set(), none)
        yield "names lost, data kept", self.build(after, set(names), {})
        # Files written longer ago had their turn at an earlier point.
        for inode in list(results)[-3:]:
            found = results[inode]
            for how, content in found.items():
                what = "%s %s" % (self.trace.path(inode) or "inode %d" % inode, how)
                yield what, self.build(after, set(), {inode: content})
                if names:
                    yield what + ", names lost", self.build(after, set(names), {inode: content})
        for at in names[-5:]:
            event = self.events[at]
            what = "%s %s" % (event.kind, event.path)
            yield what + " lost", self.build(after, {at}, {})
            yield what + " lost, data lost", self.build(after, {at}, none)
            yield "only " + what, self.build(after, set(names) - {at}, {})
            yield "only " + what + ", data lost", self.build(after, set(names) - {at}, none)
            later = {other for other in names if other >= at}
            yield "from " + what + " on lost", self.build(after, later, {})
            yield "from " + what + " on lost, data lost", self.build(after, later, none)
        for number in range(4):
            lost = {at for at in names if source.random() < 0.5}
            mixed = {inode: found[source.choice(sorted(found))] for inode, found in results.items()
                     if source.random() < 0.7}
            yield "mixture %d" % number, self.build(after, lost, mixed)

    def crash_points(self, count=None, seed=1, start=0):
        """After how many events the power may go: after each, or a sample with those around syncs and words."""
        every = range(start, len(self.events) + 1)
        if count is None or len(every) <= count:
            return list(every)
        # The event before the crash, and the one that never came, are what makes a point telling.
        telling = [at for at in every if any(
            event.kind in ("sync", "print", "exchange") for event in self.events[max(0, at - 1):at + 1])]
        source = random.Random("points %s" % seed)
        chosen = set(source.sample(telling, min(len(telling), count * 2 // 3)))
        chosen.update(source.sample(every, count - len(chosen)))
        return sorted(chosen)

    def states(self, points, seed):
        """The distinct states at these points; of equal ones that at which most had been said."""
        found = {}
        for after in points:
            printed = self.printed(after)
            for how, tree in self.at(after, random.Random("%s %d" % (seed, after))):
                key = frozenset((name, value) for name, value in tree.items() if name != ".lock")
                found[key] = State(after, how, tree, printed)
        return list(found.values())
