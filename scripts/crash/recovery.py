"""What is asserted once the same command ran again: it ends well, and all is as if nothing had happened.

Ledger and evidence hold what the undisturbed run's hold, nothing lost, nothing twice; the site is the same to the
byte, and so is what `status` says. Two differences are lawful. An import that was interrupted after its evidence was
durable is adopted by the next run, so the ledger tells the same records in other words; and where one of several
inputs could not be read, the others were used, so votes stand in another order. Then numbers of entries and the head
differ on pages, and the whole site must be the one that `build --full` makes of the same truths; where votes have the
same numbers, the pages of investigations and actions must be the same even so.
"""

import os

import crash.trees as trees
from crash.checks import Problem, check_read_only, check_verifier, differing
from crash.ledgerfile import Unreadable, covered, ledger, records, rejected


def judge(scenario, product, folder, printed, power=False, tree=None):
    """Checks a disturbed workspace, runs the command again, and checks once more. Gives the problems."""
    place = os.path.join(folder, "w")
    if tree is None:
        tree = trees.read(place) if os.path.isdir(place) else {}
    problems = check_read_only(scenario, tree, printed, power)
    if problems:
        return problems
    problems = check_verifier(tree, product.run(folder, ["verify", "--ledger"]))
    if scenario.looks:
        if trees.digest(tree) != trees.digest(scenario.start):
            problems.append(Problem("lost", "a command that only looks changed the workspace"))
        return problems
    if problems:
        return problems
    if scenario.makes:
        return _made_again(scenario, product, folder, place, tree)
    scenario.put_back(place)
    ended = product.run(folder, scenario.command)
    if ended.status != scenario.ended.status:
        return [Problem("exit", "run again: %s, where %d was due" % (ended.short(), scenario.ended.status))]
    for arguments in scenario.completion:
        outcome = product.run(folder, arguments)
        if outcome.status:
            return [Problem("exit", "%s afterwards: %s" % (" ".join(arguments), outcome.short()))]
    return check_final(scenario, product, folder, place)


def check_final(scenario, product, folder, place):
    """Compares the workspace with that of the undisturbed run."""
    tree = trees.read(place)
    try:
        book = ledger(tree)
        head = covered(tree, book)
        found = records(tree, book)
    except Unreadable as unreadable:
        return [Problem("unreadable", "at the end: %s" % unreadable)]
    problems = []
    if book.tail or head != len(book.lines):
        problems.append(Problem("unreadable", "at the end the signed head covers %d of %d entries and %d bytes more"
                                % (head, len(book.lines), len(book.tail))))
    for kind, difference in (("lost", scenario.said - book.said()), ("twice", book.said() - scenario.said),
                             ("lost", scenario.records - found), ("twice", found - scenario.records)):
        problems += [Problem(kind, "at the end: %s" % (item,)) for item in difference]
    if scenario.rejected - rejected(tree):
        problems.append(Problem("lost", "at the end refused records are not kept"))
    named = set(book.evidence())
    for name in sorted(set(trees.files(tree, "evidence")) ^ named):
        problems.append(Problem("lost", "at the end evidence/%s is not in both folder and ledger" % name))
    wrong = differing(trees.files(tree, "returned"), trees.files(scenario.final, "returned"))
    problems += [Problem("lost", "at the end returned/%s differs" % name) for name in wrong
                 if not name.startswith(".")]
    same = trees.content(tree, "ledger.jsonl") == trees.content(scenario.final, "ledger.jsonl")
    return problems + _site(scenario, product, folder, tree, same) + _status(scenario, product, folder, same)


def _site(scenario, product, folder, tree, same_ledger):
    site, due = trees.files(tree, "site"), trees.files(scenario.final, "site")
    wrong = differing(site, due)
    if not same_ledger:
        # Pages of investigations and actions show only their own entries, by number.
        mine, theirs = (ledger(value).votes() for value in (tree, scenario.final))
        wrong = [name for name in wrong if name.startswith(("i/", "a/"))] if mine == theirs else []
        if not wrong:
            outcome = product.run(folder, ["build", "--full", "--out", "again"])
            again = os.path.join(folder, "again")
            if outcome.status:
                return [Problem("exit", "build --full at the end: " + outcome.short())]
            due = {name: data for name, (_, data) in trees.read(again).items() if data is not None}
            wrong = differing(site, due)
            trees.write({}, again)
    if not wrong:
        return []
    product.run(folder, ["build"])
    mended = trees.files(trees.read(os.path.join(folder, "w")), "site") == due
    return [Problem("pages", "at the end site/%s and %d more differ; a further build %s" % (
        wrong[0], len(wrong) - 1, "mends it" if mended else "does not mend it"))]


def _status(scenario, product, folder, same_ledger):
    def lines(text):
        return [line for line in text.splitlines() if same_ledger or not line.startswith(("records ", "ledger "))]

    outcome = product.run(folder, ["status"])
    if outcome.status:
        return [Problem("exit", "status at the end: " + outcome.short())]
    if lines(outcome.out) == lines(scenario.status):
        return []
    return [Problem("lost", "status at the end: %r" % sorted(set(lines(outcome.out)) ^ set(lines(scenario.status))))]


def _made_again(scenario, product, folder, place, tree):
    """After a crash of `init`: a workspace that is one works; one that is none is thrown away and made again."""
    if "countersign.yaml" in tree:
        outcome = product.run(folder, ["import", "../inputs/exports/first.jsonl"])
        if outcome.status:
            return [Problem("exit", "import into the workspace: " + outcome.short())]
        tree = trees.read(place)
        book = ledger(tree)
        missing = scenario.said - book.said()
        return [Problem("lost", "%s is never written to the ledger" % (key,)) for key in missing] \
            + check_verifier(tree, product.run(folder, ["verify", "--ledger"]))
    trees.write({}, place)
    outcome = product.run(folder, scenario.command)
    if outcome.status:
        return [Problem("exit", "init again: " + outcome.short())]
    if trees.digest(trees.read(place)) != trees.digest(scenario.after):
        return [Problem("lost", "init again makes another workspace")]
    return []
