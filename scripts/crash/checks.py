"""What is asserted of a workspace after a crash, before anything runs again: the read-only check.

A re-run heals what it can and would hide a loss, so this check comes first (SECURITY 3.4). It works on a tree and on
what the disturbed run had printed by then, and asserts:

- the ledger reads whole but for a torn tail, fits its checkpoint, and begins with every entry it had before the run;
- configuration, keys, evidence and returned files from before the run are untouched;
- every file the ledger names is there with its hash, and one that it does not name yet is whole as soon as it has its
  name;
- a torn tail that was cut off is kept beside the ledger;
- a workspace that is one (its configuration is there) has its keys, whole;
- nothing stands in ledger or evidence that the undisturbed run would not have put there, and nothing twice;
- what was acknowledged on standard output is there, and the signed checkpoint covers it: votes, outcomes, refusals,
  imported and refused records, the ledger's head, and after `built:` the new site and the tokens issued on it;
- the site is whole. A tree that is swapped in is the old one or the new one. A tree that is updated page by page has,
  after a kill, each page old or new. After a power loss a page that was being replaced may be anything until `built:`
  was printed: pages are derived, are synced once per build, and the next run must mend them; pages that did not
  change may never suffer, and a manifest that calls the new pages made may not be there before they are.
"""

import hashlib
import re
from dataclasses import dataclass

import crash.trees as trees
from crash.ledgerfile import Unreadable, check_named_files, covered, ledger, records, rejected

VOTE = re.compile(r"(applied: (?:approved|rejected)|awaiting quorum: \d+ of \d+)  (approve|reject) (\S+)  "
                  r"by (\S+) \(\S+\)  .* row \d+$")
REFUSED = re.compile(r"refused: ([a-z-]+): ")
HEAD = re.compile(r"ledger head: (\d+) \u00b7 ([0-9a-f]{12})$")
# Made again by every writing run, from the checkpoint and the key ring: for stock tools, nothing of ours counts on them.
DERIVED = ("keys/deployment_signers", "ledger.checkpoint.sig")
TEMPORARY = re.compile(r"(^|/)\.[^/]+\.tmp$")


@dataclass(frozen=True)
class Problem:
    """Something that may never be: `kind` is lost, twice, unreadable, pages or exit."""
    kind: str
    text: str


def check_read_only(scenario, tree, printed, power=False):
    """The problems of a workspace as a crash left it.

    `printed` is what the run had said on standard output by then, `power` whether the page cache was lost as well.
    """
    if "countersign.yaml" not in tree:
        if scenario.makes and "made a workspace" not in printed:
            return []
        return [Problem("lost", "the workspace is gone" if not tree else "countersign.yaml is gone")]
    try:
        book = ledger(tree)
        head = covered(tree, book)
        check_named_files(tree, book)
        found = records(tree, book)
    except Unreadable as unreadable:
        return [Problem("unreadable", str(unreadable))]
    problems = _kept(scenario, tree, book)
    problems += [Problem("twice", "%s stands in the ledger %d times more than it should" % (said, count))
                 for said, count in (book.said() - scenario.said).items()]
    problems += [Problem("twice", "record %s is evidence too often" % (record,))
                 for record in found - scenario.records]
    problems += _acknowledged(scenario, tree, book, head, found, printed)
    problems += check_pages(scenario, tree, printed, power)
    return problems


def _kept(scenario, tree, book):
    """What was there before the run and may never change."""
    problems = []
    old = scenario.old_ledger
    if book.lines[:len(old.lines)] != old.lines:
        problems.append(Problem("lost", "the ledger does not begin with its %d old entries" % len(old.lines)))
    kept = trees.content(tree, "ledger.torn-%d" % len(old.lines))
    if old.tail and not book.tail and kept != old.tail:
        problems.append(Problem("lost", "the torn tail was cut off and is not kept"))
    for name, data in trees.files(tree, "evidence").items():
        if not name.startswith(".") and hashlib.sha256(data).hexdigest()[:12] != name[7:19]:
            problems.append(Problem("unreadable", "evidence/%s has its name and is not whole" % name))
    for name, data in trees.files(tree, "returned").items():
        if not name.startswith(".") and hashlib.sha256(data).hexdigest() != name.removesuffix(".sig"):
            problems.append(Problem("unreadable", "returned/%s has its name and is not whole" % name))
    if scenario.makes:
        problems += [Problem("unreadable", name + " is not there as it should be in a workspace that is one")
                     for name, (_, data) in scenario.after.items() if data is not None
                     and (name.startswith("keys/") and name not in DERIVED or name == "countersign.yaml")
                     and trees.content(tree, name) != data]
    for name, (_, data) in scenario.start.items():
        folder, _, base = name.rpartition("/")
        is_truth = folder in ("keys", "evidence", "returned") and not base.startswith(".")
        if (is_truth or name == "countersign.yaml") and data is not None and trees.content(tree, name) != data:
            problems.append(Problem("lost", name + " is not what it was before the run"))
    return problems


def _acknowledged(scenario, tree, book, head, found, printed):
    """What the run had told somebody."""
    problems = []

    def lost(line, what):
        problems.append(Problem("lost", "acknowledged '%s', but %s" % (line, what)))

    signed = book.upto(head)
    votes = {(body["action"], body["verdict"], body["principal"]) for body in signed.bodies("decision")}
    outcomes = {(body["action"], body["outcome"]) for body in signed.bodies("judge")}
    codes = {row["code"] for body in signed.bodies("refusal") for row in body["rows"]}
    for line in printed.splitlines():
        if vote := VOTE.match(line):
            receipt, verdict, action, principal = vote.groups()
            if (action, verdict, principal) not in votes:
                lost(line, "the ledger under the signed head holds no such vote")
            elif receipt.startswith("applied") and (action, receipt.split()[1]) not in outcomes:
                lost(line, "the ledger under the signed head holds no such outcome")
        elif refusal := REFUSED.match(line):
            if refusal[1] not in codes:
                lost(line, "the ledger under the signed head holds no such refusal")
        elif spoken := HEAD.match(line):
            size = int(spoken[1])
            if head < size:
                lost(line, "the signed head covers %d entries" % head)
            elif book.root(size).hex()[:12] != spoken[2]:
                lost(line, "the ledger has another root there")
        elif " read = " in line and line in scenario.ended.out.splitlines():
            if scenario.records - found:
                lost(line, "%d records are no evidence" % sum((scenario.records - found).values()))
            if scenario.rejected - rejected(tree):
                lost(line, "refused records are not kept")
            if len(book.lines) > head:
                lost(line, "the signed head covers %d of %d entries" % (head, len(book.lines)))
        elif line.startswith("built: ") and scenario.ended.out.startswith(printed):
            if book.lines != scenario.new_ledger.lines or head < len(book.lines):
                lost(line, "the signed head covers %d entries of %d" % (head, len(scenario.new_ledger.lines)))
        elif line.startswith("made a workspace"):
            for name, (_, data) in scenario.after.items():
                if data is not None and name != ".lock" and name not in DERIVED and trees.content(tree, name) != data:
                    lost(line, name + " is not there as it was made")
    return problems


def check_pages(scenario, tree, printed, power):
    """The site that people look at."""
    site = trees.files(tree, "site")
    shown, old, new = settled(site), settled(scenario.old_site), settled(scenario.new_site)
    if not scenario.ended.out.startswith(printed):
        # Some input could not be read and the others were used: lawful, and then nobody knows the page to expect.
        return [Problem("pages", "site/%s is torn" % name) for name, page in shown.items() if not whole(name, page)]
    if any(line.startswith("built: ") for line in printed.splitlines()):
        wrong = differing(shown, new)
        return [Problem("pages", "said 'built:', but site/%s is not the new page" % wrong[0])] if wrong else []
    if scenario.swaps:
        if site in (old, new):
            return []
        return [Problem("pages", "the site is neither the old tree nor the new: site/%s"
                        % (differing(site, new) or differing(site, old))[0])]
    problems = []
    made = trees.content(scenario.after, "manifest")
    # While the mark of a build under way is there, the next build believes no page and no manifest.
    marked = any(name.startswith(".building-") for name in tree)
    if not marked and made != trees.content(scenario.start, "manifest") and trees.content(tree, "manifest") == made and shown != new:
        problems.append(Problem("pages", "the manifest calls site/%s made, which it is not" % differing(shown, new)[0]))
    for name in sorted(set(old) | set(new) | set(shown)):
        page = shown.get(name)
        if page in (old.get(name), new.get(name)) and whole(name, page):
            continue
        if power and old.get(name) != new.get(name):
            continue
        problems.append(Problem("pages", "site/%s is neither the old page nor the new" % name))
    return problems


def settled(site):
    """The files of a site but those that a replacement writes beside the page it replaces."""
    return {name: page for name, page in site.items() if not TEMPORARY.search(name)}


def torn_pages(scenario, tree):
    """Pages of the live tree that a power loss left neither old nor new: allowed, but worth counting."""
    shown, old, new = (settled(site) for site in (trees.files(tree, "site"), scenario.old_site, scenario.new_site))
    return [name for name in set(old) | set(new) if shown.get(name) not in (old.get(name), new.get(name))]


def whole(name, page):
    return page is None or not name.endswith(".html") or page.endswith(b"</html>\n")


def differing(one, other):
    """The names under which two trees of files hold different bytes."""
    return sorted(name for name in set(one) | set(other) if one.get(name) != other.get(name))


def check_verifier(tree, outcome):
    """`verify --ledger`, the product's own read-only check, says just what the independent reader sees.

    Allowed is `OK` with the number of entries, a torn tail where bytes follow the last line feed, and before `init`
    is done that there is no workspace yet. Evidence that nothing names yet is no finding: the next run adopts it.
    """
    if "countersign.yaml" not in tree:
        expected, words = 78, "not a workspace"
    else:
        book = ledger(tree)
        if book.tail:
            expected, words = 3, "the last line is incomplete"
        else:
            expected, words = 0, "OK: %d ledger entries" % len(book.lines)
    if outcome.status != expected or words not in outcome.out + outcome.err:
        return [Problem("unreadable", "verify --ledger: %s, where '%s' was due" % (outcome.short(), words))]
    return []
