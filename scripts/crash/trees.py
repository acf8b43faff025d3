"""Folders as values: a tree is a dict from relative path to (mode, bytes), with None for the bytes of a folder.

A workspace is small, so every state before and after a crash is held as such a value, compared and written out again.
"""

import hashlib
import os
import shutil


def read(folder):
    """The tree below a folder; the folder itself stands under the empty path."""
    tree = {"": (os.stat(folder).st_mode & 0o7777, None)}

    def walk(path, prefix):
        with os.scandir(path) as entries:
            for entry in entries:
                name = prefix + entry.name
                mode = entry.stat(follow_symlinks=False).st_mode & 0o7777
                if entry.is_dir(follow_symlinks=False):
                    tree[name] = (mode, None)
                    walk(entry.path, name + "/")
                else:
                    with open(entry.path, "rb") as file:
                        tree[name] = (mode, file.read())

    walk(folder, "")
    return tree


def write(tree, folder):
    """Makes the folder hold just this tree, whatever it held before."""
    shutil.rmtree(folder, ignore_errors=True)
    if not tree:
        return
    for name in sorted(tree):
        mode, content = tree[name]
        path = os.path.join(folder, name) if name else folder
        if content is None:
            os.mkdir(path, 0o700)
        else:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                view = memoryview(content)
                while view:
                    view = view[os.write(descriptor, view):]
                os.fchmod(descriptor, mode)
            finally:
                os.close(descriptor)
    for name in sorted(tree, reverse=True):
        if tree[name][1] is None:
            os.chmod(os.path.join(folder, name) if name else folder, tree[name][0])


def content(tree, name):
    """The bytes of a file; None where there is no such file."""
    return tree.get(name, (0, None))[1]


def files(tree, folder):
    """The files below a folder of the tree: path within it to bytes."""
    prefix = folder + "/"
    return {name[len(prefix):]: data for name, (_, data) in tree.items()
            if data is not None and name.startswith(prefix)}


def has(tree, folder):
    return tree.get(folder, (0, b""))[1] is None


def digest(tree, without=(".lock",)):
    """A hash over paths, modes and bytes."""
    total = hashlib.sha256()
    for name in sorted(tree):
        if name in without:
            continue
        mode, data = tree[name]
        head = "%s\0%o\0%s\0" % (name, mode, "d" if data is None else len(data))
        total.update(head.encode("utf-8", "surrogateescape"))
        if data is not None:
            total.update(hashlib.sha256(data).digest())
    return total.digest()
