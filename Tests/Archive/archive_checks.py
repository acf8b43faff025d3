#!/usr/bin/env python3
"""Checks archives as somebody would who has never heard of Countersign, and as somebody who changes them.

Usage: archive_checks.py COUNTERSIGN [--all]

COUNTERSIGN is a built binary. Archives of the demo's workspace are made in a temporary folder. Then: bagit.py validates them; every
command of VERIFY.txt succeeds in a bare shell that cannot find COUNTERSIGN, and nothing is added by it; tar lists what lies in
the folder; a changed, added, removed, renamed or swapped file is named by `verify`, every fourth file of an archive in turn, with --all each one; a run that is
killed at any of some hundred system calls leaves no archive, or a whole one. Prints one line for each check; exit status 0 only
where all hold.

Needs coreutils, tar, strace and ssh-keygen from the system; bagit and pyseto from PyPI.
"""

import glob
import html
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile

import bagit

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "Shared"))
import sample_workspace
from checks import Checks
from sample_workspace import SAMPLES

# Enough to meet each step.
KILL_AT = {"openat": [140, 300], "write": [60, 260], "mkdirat": [3], "syncfs": [1, 2], "renameat": [1]}
PRUNE_AT = {"renameat": [2, 5, 8, 12], "fdatasync": [1, 2], "unlinkat": [1, 3], "write": [395, 410]}


def run(*words, allowed=(0,), **options):
    result = subprocess.run(words, capture_output=True, text=True, **options)
    if result.returncode not in allowed:
        raise RuntimeError(f"{' '.join(words)[:200]}: exit {result.returncode}\n{result.stdout[-800:]}\n{result.stderr[-800:]}")
    return result


def make(binary, folder):
    """The demo's workspace, its sample decisions applied."""
    sample_workspace.make(binary, folder)
    sample_workspace.run(
        binary, "-C", folder, "--at", sample_workspace.sample_time(), "apply", os.path.join(SAMPLES, "returned"),
        allowed=(0, sample_workspace.SOME_RECORD_WAS_REFUSED))


def files(folder):
    return sorted(os.path.relpath(os.path.join(where, name), folder) for where, _, names in os.walk(folder) for name in names)


def commands(bag):
    """The commands of VERIFY.txt."""
    with open(os.path.join(bag, "VERIFY.txt"), encoding="utf-8") as file:
        return [line.strip()[2:] for line in file if line.strip().startswith("$ ")]


def bare(scratch):
    """A PATH with nothing on it but what VERIFY.txt asks for; python3 is one with bagit and pyseto."""
    tools = os.path.join(scratch, "tools")
    os.makedirs(tools)
    for name in ("bash", "sha256sum", "sha512sum", "ssh-keygen", "openssl", "find", "wc", "test", "grep"):
        os.symlink(shutil.which(name), os.path.join(tools, name))
    with open(os.path.join(tools, "python3"), "w", encoding="ascii") as file:
        file.write(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    os.chmod(file.name, 0o755)
    return {"PATH": tools, "LC_ALL": "C"}


def named(binary, bag, path):
    """Whether `verify` names a file of a changed archive, and ends with status 3."""
    result = run(binary, "verify", bag, allowed=(0, 3))
    if result.returncode == 0:
        return f"{path}: found to be OK"
    if not any(line.startswith(f"differs: {bag}/{path}: ") for line in result.stdout.splitlines()):
        return f"{path}: not named: {result.stdout[:200]}"
    return None


def tampered(binary, bag, step):
    """Everything that can be done to each file of an archive, one at a time; what `verify` does not name."""
    every = files(bag)
    for number, path in enumerate(every):
        # The bag's own files always.
        if number % step and path.startswith("data/"):
            continue
        whole = os.path.join(bag, path)
        with open(whole, "rb") as file:
            content = file.read()
        # A bit of one byte: another byte for each file.
        place = (number * 7919) % max(1, len(content))
        with open(whole, "wb") as file:
            file.write(content[:place] + bytes([content[place] ^ 1]) + content[place + 1:] if content else b"x")
        yield "a bit", named(binary, bag, path)
        with open(whole, "wb") as file:
            file.write(content)
        os.rename(whole, whole + "x")
        yield "renamed, old name", named(binary, bag, path)
        yield "renamed, new name", named(binary, bag, path + "x")
        os.remove(whole + "x")
        yield "removed", named(binary, bag, path)
        other = os.path.join(bag, every[(number + 1) % len(every)])
        with open(other, "rb") as file:
            neighbour = file.read()
        if neighbour != content:
            with open(whole, "wb") as file:
                file.write(neighbour)
            with open(other, "wb") as file:
                file.write(content)
            yield "swapped", named(binary, bag, path)
            with open(other, "wb") as file:
                file.write(neighbour)
        with open(whole, "wb") as file:
            file.write(content)
    for folder in sorted({os.path.dirname(path) for path in every}):
        path = os.path.join(folder, "added")
        with open(os.path.join(bag, path), "wb"):
            pass
        yield "added", named(binary, bag, path)
        os.remove(os.path.join(bag, path))
    for path in ("data/site/a", "data/link"):
        link = os.path.join(bag, path, "link") if os.path.isdir(os.path.join(bag, path)) else os.path.join(bag, path)
        os.symlink("/etc/hostname", link)
        yield "a link", named(binary, bag, os.path.relpath(link, bag))
        os.remove(link)
    os.mkdir(os.path.join(bag, "data", "empty"))
    yield "an empty folder", named(binary, bag, "data/empty")
    os.rmdir(os.path.join(bag, "data", "empty"))


def reforged(binary, bag):
    """An archive that somebody changed and sealed with manifests of their own: the signature tells."""
    with open(os.path.join(bag, "data", "ledger.jsonl"), "ab") as file:
        file.write(b" ")
    forged = bagit.Bag(bag)
    forged.save(manifests=True)
    bagit.Bag(bag).validate()
    return named(binary, bag, "tagmanifest-sha256.txt.sig")


def killed(binary, workspace, scratch):
    """Runs that are killed at some system calls; what is wrong with what they leave."""
    for call, points in KILL_AT.items():
        for point in points:
            out = os.path.join(scratch, f"killed-{call}-{point}")
            result = subprocess.run(
                ["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={point}",
                 binary, "-C", workspace, "archive", "--all", "--out", out], capture_output=True)
            was_killed = result.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
            if os.path.exists(out):
                verdict = run(binary, "verify", out, allowed=(0, 3))
                if verdict.returncode:
                    yield f"{call} {point}: left an archive that is none"
            elif not was_killed:
                yield f"{call} {point}: exit {result.returncode}, and no archive"
            leftovers = glob.glob(os.path.join(scratch, f".killed-{call}-{point}.part"))
            for leftover in leftovers:
                if os.path.exists(os.path.join(leftover, "tagmanifest-sha256.txt.sig")) and call not in ("renameat", "syncfs", "fsync"):
                    yield f"{call} {point}: a signature stands in what is not finished"
            if leftovers:
                run(binary, "-C", workspace, "archive", "--all", "--out", out)
                if glob.glob(os.path.join(scratch, f".killed-{call}-{point}.part")):
                    yield f"{call} {point}: the next run leaves the remains"
                run(binary, "verify", out)
            shutil.rmtree(out, ignore_errors=True)


def pruned(binary, scratch):
    """Runs that take investigations out and are killed; what is wrong with the workspaces that they leave."""
    first = os.path.join(scratch, "whole")
    make(binary, first)
    before = subprocess.run([binary, "-C", first, "--at", "2026-03-30T10:00:00Z", "status", "--json"], capture_output=True, text=True).stdout
    for call, points in PRUNE_AT.items():
        for point in points:
            workspace = os.path.join(scratch, f"prune-{call}-{point}")
            shutil.copytree(first, workspace)
            bag = workspace + "-bag"
            words = [binary, "-C", workspace, "--at", "2026-03-30T10:00:00Z", "archive", "--closed", "--prune", "--out", bag]
            result = subprocess.run(
                ["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={point}", *words],
                capture_output=True)
            name = f"prune {call} {point}"
            # A build is a writing command like any other: it finishes or takes back.
            built = subprocess.run([binary, "-C", workspace, "--at", "2026-03-30T10:00:00Z", "build"], capture_output=True, text=True)
            checked = subprocess.run([binary, "-C", workspace, "verify", "--ledger"], capture_output=True, text=True)
            if built.returncode or checked.returncode or "adopted" in built.stderr:
                yield f"{name}: build {built.returncode}, verify {checked.returncode}: {built.stderr[-300:]}{checked.stderr[-300:]}"
                continue
            status = json.loads(run(binary, "-C", workspace, "--at", "2026-03-30T10:00:00Z", "status", "--json").stdout)
            old = json.loads(before)
            if status["records"] != old["records"]:
                yield f"{name}: totals {status['records']}"
            gone = status["archived"]["investigations"]
            if status["investigations"] + gone != old["investigations"]:
                yield f"{name}: {status['investigations']} here and {gone} in archives"
            if gone and run(binary, "verify", bag, allowed=(0, 3)).returncode:
                yield f"{name}: what was taken out stands in no good archive"
            if result.returncode == 0 and not gone:
                yield f"{name}: nothing was taken out"
            shutil.rmtree(workspace)
            shutil.rmtree(bag, ignore_errors=True)


def told(workspace, bag):
    """Recipients, subjects and comments of a workspace that stand in an archive all the same."""
    secrets = set()

    def walk(value, key=""):
        if isinstance(value, dict):
            for name, inner in value.items():
                walk(inner, name.lower())
        elif isinstance(value, list):
            for inner in value:
                walk(inner, key)
        elif isinstance(value, str):
            if value[:1] in ("{", "["):
                try:
                    return walk(json.loads(value))
                except ValueError:
                    pass
            if key in ("subject", "recipient", "recipients") and len(value) > 5:
                secrets.add(value)

    for path in glob.glob(os.path.join(workspace, "evidence", "*")):
        with open(path, encoding="utf-8") as file:
            for line in file:
                try:
                    walk(json.loads(json.loads(line)["raw"]))
                except (KeyError, ValueError):
                    pass
    with open(os.path.join(workspace, "ledger.jsonl"), encoding="utf-8") as file:
        for line in file:
            comment = json.loads(line)["body"].get("comment")
            if comment:
                secrets.add(comment)
    if len(secrets) < 50:
        yield f"only {len(secrets)} secrets to look for"
    for path in files(bag):
        if path.startswith("data/formats/"):
            continue
        with open(os.path.join(bag, path), encoding="utf-8") as file:
            text = html.unescape(file.read())
        text = text.replace("[.]", ".").replace("[@]", "@").lower()
        for secret in secrets:
            if secret.lower() in text:
                yield f"{path}: {secret[:80]}"


def main() -> int:
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--all"]):
        print(__doc__, file=sys.stderr)
        return 64
    binary, checks = os.path.abspath(sys.argv[1]), Checks()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = os.path.realpath(scratch)
        workspace, bag = os.path.join(scratch, "demo"), os.path.join(scratch, "bag")
        make(binary, workspace)
        run(binary, "-C", workspace, "archive", "--all", "--out", bag, "--tar")
        run(binary, "verify", bag)
        try:
            bagit.Bag(bag).validate()
            checks.add("bagit.py validates it", [])
        except bagit.BagError as error:
            checks.add("bagit.py validates it", [error])
        before, environment, wrong = files(bag), bare(scratch), []
        listed = commands(bag)
        for command in listed:
            result = subprocess.run(["bash", "-c", command], cwd=bag, env=environment, capture_output=True, text=True)
            if result.returncode:
                wrong.append(f"{command[:80]}: exit {result.returncode}: {result.stdout[-100:]}{result.stderr[-200:]}")
        checks.add(f"{len(listed)} commands of VERIFY.txt succeed in a bare shell", wrong if len(listed) == 12 else [listed])
        checks.add("and add nothing", set(files(bag)) ^ set(before))
        unpacked = os.path.join(scratch, "unpacked")
        os.makedirs(unpacked)
        run("tar", "xzf", bag + ".tar.gz", "-C", unpacked)
        top = os.listdir(unpacked)
        checks.add("tar unpacks the same files", [] if top == ["countersign-hq1-2026-03-13"] and files(
            os.path.join(unpacked, top[0])) == before else [top])
        run(binary, "verify", os.path.join(unpacked, top[0]))

        small = os.path.join(scratch, "small")
        run(binary, "-C", workspace, "archive", "--investigation", "inv-uq2h2motzgo6u7nk4zvf", "--out", small)
        count, wrong = 0, []
        for what, words in tampered(binary, small, 1 if sys.argv[2:] else 4):
            count += 1
            if words:
                wrong.append(f"{what}: {words}")
        checks.add(f"{count} changes in {len(files(small))} files are all named", wrong if count > 120 else [count])
        run(binary, "verify", small)
        checks.add("manifests of somebody else's are told by the signature", [one for one in [reforged(binary, small)] if one])
        checks.add("a killed run leaves no archive, or a whole one", killed(binary, workspace, scratch))
        redacted = os.path.join(scratch, "redacted")
        run(binary, "-C", workspace, "archive", "--all", "--redact", "recipients,subjects,comments", "--out", redacted)
        verdict = run(binary, "verify", redacted).stdout
        checks.add("a redacted archive verifies and says so", [] if verdict.startswith("OK, redacted: 91 effects not checkable: ") else [verdict])
        checks.add("and tells no recipient, subject or comment", told(workspace, redacted))
        pages = [path for path in files(redacted) if path.startswith("data/site/") and path.endswith(".html")]
        silent = []
        for path in pages:
            with open(os.path.join(redacted, path), encoding="utf-8") as file:
                if "<strong>Redacted</strong>: recipients, subjects, comments are replaced" not in file.read():
                    silent.append(path)
        checks.add(f"and says so on all {len(pages)} pages", silent)
        wrong = []
        for command in commands(redacted):
            result = subprocess.run(["bash", "-c", command], cwd=redacted, env=environment, capture_output=True, text=True)
            if result.returncode:
                wrong.append(f"{command[:80]}: exit {result.returncode}: {result.stderr[-200:]}")
        checks.add("and the commands of its VERIFY.txt succeed", wrong)
        whole = bag
        checks.add("the search finds what an archive tells that is not redacted", [] if any(told(workspace, whole)) else ["nothing"])
        checks.add("a killed run that takes out leaves the old evidence or the new", pruned(binary, scratch))
    print(f"archive_checks: {checks.failed} wrong")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
