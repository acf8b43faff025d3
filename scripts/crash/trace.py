"""Reads a strace log into what a disk is asked to do: events on inodes and names, syncs, and what was printed when.

The log is written with `-y -xx` and whole strings. Only calls that succeeded count. A call that changes a disk in a
way the model does not know ends the campaign: better no figures than wrong ones.
"""

import os
import re
from dataclasses import dataclass

import crash.trees as trees

FORM = ("-y", "-xx", "-s", "16777216")
CALLS = ("openat", "open", "creat", "write", "pwrite64", "writev", "pwritev", "fsync", "fdatasync", "syncfs", "sync",
         "sync_file_range", "rename", "renameat", "renameat2", "ftruncate", "truncate", "mkdir", "mkdirat", "unlink",
         "unlinkat", "rmdir", "link", "linkat", "symlinkat", "fallocate", "copy_file_range", "sendfile", "close", "dup",
         "dup2", "dup3", "msync", "flock")
LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)(<[^>]*>)?")
ARGUMENT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(?:\.\.\.)?|AT_FDCWD(?:<[^>]*>)?|(-?\d+)<[^>]*>|[^,]+')


@dataclass(frozen=True)
class Event:
    """One thing that happened. `kind` says which of the fields count:

    link and unlink (folder, name, inode), rename and exchange (folder, name, target, inode, other), write (inode,
    offset, data), truncate (inode, offset), sync (inode; None is the whole file system), print (data).
    """
    kind: str
    inode: int = None
    folder: int = None
    name: str = ""
    target: str = ""
    other: int = None
    offset: int = 0
    data: bytes = b""
    # The path when it happened, for messages.
    path: str = ""
    call: str = ""


@dataclass
class Node:
    """An inode as the page cache has it: a folder has names, a file bytes."""
    mode: int
    names: dict = None
    data: bytes = b""


class Trace:
    """The events of a run that started with a tree below `place`."""

    def __init__(self, tree, place, log):
        self.place = os.path.realpath(place)
        self.nodes, self.start = [], {}
        self.open, self.events = {}, []
        # Inode 0 is the folder above the workspace, which `init` makes it in.
        self._new(Node(0o755, {}))
        for name in sorted(tree):
            mode, data = tree[name]
            inode = self._new(Node(mode, {} if data is None else None, data or b""))
            above, _, base = ("w/" + name if name else "w").rpartition("/")
            self.nodes[self._find(above)].names[base] = inode
        self.start = {number: (node.mode, None if node.names is None else dict(node.names), node.data)
                      for number, node in enumerate(self.nodes)}
        with open(log) as file:
            for line in file:
                parsed = LINE.match(line)
                if parsed and int(parsed[3]) >= 0:
                    self._take(parsed[1], parsed[2], int(parsed[3]), line)

    def _new(self, node):
        self.nodes.append(node)
        return len(self.nodes) - 1

    def _find(self, path):
        """The inode of a path relative to the folder above the workspace; None where there is none."""
        inode = 0
        for part in filter(None, path.split("/")):
            names = self.nodes[inode].names
            if names is None or part not in names:
                return None
            inode = names[part]
        return inode

    def _arguments(self, text):
        found, at = [], 0
        while at < len(text):
            match = ARGUMENT.match(text, at)
            if text[at] == '"':
                found.append(bytes.fromhex(match[1].replace("\\x", "")))
            elif match[2] is not None:
                found.append(int(match[2]))
            else:
                found.append(match[0].strip())
            at = match.end()
            while at < len(text) and text[at] in ", ":
                at += 1
        return found

    def _at(self, folder, name):
        """Folder inode and last name of a path beside a descriptor; None outside the workspace."""
        path = name.decode("utf-8", "surrogateescape")
        if isinstance(folder, int):
            base = self.open.get(folder)
        else:
            base = None if path.startswith("/") or path.startswith("..") else 0
        above, _, last = path.rpartition("/")
        if base is None or self.nodes[base].names is None:
            return None
        for part in filter(None, above.split("/")):
            base = self.nodes[base].names.get(part)
            if base is None:
                return None
        return base, last

    def _take(self, call, text, answer, line):
        arguments = self._arguments(text)
        method = getattr(self, "_on_" + call, None)
        if method:
            method(arguments, answer, call)
        elif self.place.encode().hex() in line.replace("\\x", ""):
            raise SystemExit("crash-campaign: the model of the disk does not know %s" % call)

    def _say(self, kind, call, **fields):
        self.events.append(Event(kind, call=call, **fields))

    def _on_openat(self, arguments, answer, call):
        place = self._at(arguments[0], arguments[1])
        self.open.pop(answer, None)
        if place is None:
            return
        folder, name = place
        if name == ".":
            self.open[answer] = folder
            return
        inode = self.nodes[folder].names.get(name)
        if inode is None:
            mode = int(arguments[3], 8) if len(arguments) > 3 else 0o644
            inode = self._new(Node(mode))
            self.nodes[folder].names[name] = inode
            self._say("link", call, folder=folder, name=name, inode=inode, path=name)
        elif "O_TRUNC" in arguments[2]:
            self.nodes[inode].data = b""
            self._say("truncate", call, inode=inode, path=name)
        self.open[answer] = inode

    def _on_close(self, arguments, answer, call):
        self.open.pop(arguments[0], None)

    def _on_mkdirat(self, arguments, answer, call):
        folder, name = self._at(arguments[0], arguments[1])
        inode = self._new(Node(int(arguments[2], 8), {}))
        self.nodes[folder].names[name] = inode
        self._say("link", call, folder=folder, name=name, inode=inode, path=name)

    def _on_mkdir(self, arguments, answer, call):
        self._on_mkdirat(["AT_FDCWD", *arguments], answer, call)

    def _on_unlinkat(self, arguments, answer, call):
        folder, name = self._at(arguments[0], arguments[1])
        inode = self.nodes[folder].names.pop(name)
        self._say("unlink", call, folder=folder, name=name, inode=inode, path=name)

    def _on_renameat(self, arguments, answer, call):
        folder, name = self._at(arguments[0], arguments[1])
        other, target = self._at(arguments[2], arguments[3])
        if folder != other:
            raise SystemExit("crash-campaign: the model of the disk knows no rename between folders")
        names = self.nodes[folder].names
        if len(arguments) > 4 and "EXCHANGE" in arguments[4]:
            names[name], names[target] = names[target], names[name]
            kind = "exchange"
        else:
            names[target] = names.pop(name)
            kind = "rename"
        self._say(kind, call, folder=folder, name=name, target=target, inode=names[target], other=names.get(name),
                  path=target)

    _on_renameat2 = _on_renameat

    def _on_write(self, arguments, answer, call):
        if arguments[0] == 1:
            self._say("print", call, data=arguments[1][:answer])
        inode = self.open.get(arguments[0])
        if inode is None or arguments[0] <= 2:
            return
        node = self.nodes[inode]
        data = arguments[1][:answer]
        # Every writer of the product writes on from where it is, at the end.
        self._say("write", call, inode=inode, offset=len(node.data), data=data, path=self.path(inode))
        node.data += data

    def _on_ftruncate(self, arguments, answer, call):
        inode, size = self.open.get(arguments[0]), int(arguments[1])
        if inode is not None:
            self.nodes[inode].data = self.nodes[inode].data[:size].ljust(size, b"\0")
            self._say("truncate", call, inode=inode, offset=size, path=self.path(inode))

    def _on_fsync(self, arguments, answer, call):
        inode = self.open.get(arguments[0])
        if inode is not None:
            self._say("sync", call, inode=inode, path=self.path(inode))

    _on_fdatasync = _on_fsync

    def _on_syncfs(self, arguments, answer, call):
        self._say("sync", call, inode=None, path="everything")

    def _on_flock(self, arguments, answer, call):
        """Locks are gone after a crash."""

    def path(self, inode):
        """A path of an inode now, for messages."""
        for folder, node in enumerate(self.nodes):
            for name, child in (node.names or {}).items():
                if child == inode:
                    above = self.path(folder) if folder else ""
                    return (above + "/" if above else "") + name
        return ""


def record(scenario, product, folder):
    """Runs a scenario once under strace and gives its events."""
    place, log = os.path.join(folder, "w"), os.path.join(folder, "calls")
    trees.write(scenario.start, place)
    outcome = product.trace(folder, scenario.command, log, CALLS, form=FORM)
    if outcome.status != scenario.ended.status:
        raise SystemExit("crash-campaign: %s under strace: %s" % (scenario.name, outcome.short()))
    trace = Trace(scenario.start, place, log)
    left = {name: value for name, value in trees.read(place).items() if name != ".lock"}
    mine = {name: value for name, value in snapshot(trace).items() if name != ".lock"}
    if left != mine:
        wrong = sorted(name for name in set(left) | set(mine) if left.get(name) != mine.get(name))
        raise SystemExit("crash-campaign: %s: the model of the disk is wrong about %s" % (scenario.name, wrong[:5]))
    return trace


def snapshot(trace):
    """The workspace as the page cache has it after all events."""
    return tree_of({number: (node.mode, node.names, node.data) for number, node in enumerate(trace.nodes)})


def tree_of(nodes):
    """The tree of the workspace from inodes: number to (mode, names or None, data)."""
    tree = {}

    def walk(inode, path):
        mode, names, data = nodes[inode]
        tree[path] = (mode, None if names is not None else data)
        for name, child in (names or {}).items():
            walk(child, path + "/" + name if path else name)

    top = nodes[0][1].get("w")
    if top is not None:
        walk(top, "")
    return tree
