"""The scenarios: a workspace, a command, and what an undisturbed run makes of it."""

import os
from dataclasses import dataclass, field

import crash.trees as trees
from crash.ledgerfile import ledger, records, rejected
from crash.workspaces import configuration


@dataclass
class Scenario:
    """A command on a workspace; every disturbed run is measured against the undisturbed one."""
    name: str
    start: dict
    command: list
    # What is run after the command, so that all that follows from it can be compared too.
    completion: list = field(default_factory=list)
    # Whether the site's tree is made afresh and swapped in, rather than page by page.
    swaps: bool = False
    # Whether the command only looks.
    looks: bool = False
    # Statuses that an error of the disk may end in (README, Exit status).
    failures: tuple = (74,)
    # Files that somebody puts back before the command runs again: a change that is taken back after the crash.
    back: dict = field(default_factory=dict)

    # Of the undisturbed run: how it ended, the workspace after it, after the completion, and what `status` says then.
    ended: object = None
    after: dict = None
    final: dict = None
    status: str = ""

    def measure(self, product, folder):
        """Runs the command undisturbed, twice, and keeps what it made of the workspace."""
        place = os.path.join(folder, "w")
        for number in range(2):
            trees.write(self.start, place)
            ended = product.run(folder, self.command)
            after = trees.read(place)
            if number and (ended != self.ended or trees.digest(after) != trees.digest(self.after)):
                raise SystemExit("crash-campaign: %s: two undisturbed runs differ" % self.name)
            self.ended, self.after = ended, after
        self.put_back(place)
        for arguments in ([self.command] if self.back else []) + self.completion:
            outcome = product.run(folder, arguments)
            if outcome.status:
                raise SystemExit("crash-campaign: %s: %s: %s" % (self.name, arguments, outcome.short()))
        self.final = trees.read(place)
        self.status = product.run(folder, ["status"]).out
        book = ledger(self.final)
        self.said, self.records, self.rejected = book.said(), records(self.final, book), rejected(self.final)
        self.old_site, self.new_site = trees.files(self.start, "site"), trees.files(self.after, "site")
        self.old_ledger, self.new_ledger = ledger(self.start), ledger(self.after)

    def put_back(self, place):
        for name, data in self.back.items():
            with open(os.path.join(place, name), "wb") as file:
                file.write(data)

    @property
    def makes(self):
        """Whether the command makes the workspace."""
        return not self.start


def all_scenarios(made):
    """Every scenario, in the order of the report."""
    build = [["build"]]
    first, second = "../inputs/exports/first.jsonl", "../inputs/exports/second.jsonl"
    return [
        Scenario("init", made.none, made.INIT, failures=(73, 74)),
        Scenario("import-first", made.fresh, ["import", first], build),
        Scenario("import-second", made.built_once, ["import", second], build),
        Scenario("build-first", made.imported, ["build"], swaps=True),
        Scenario("build-full", made.decided, ["build", "--full"], swaps=True),
        Scenario("build-changed", made.decided, ["build"]),
        Scenario("build-undone", made.renamed, ["build"], back={"countersign.yaml": configuration()}),
        Scenario("apply", made.built, ["apply", "../inputs/returned-1"]),
        Scenario("apply-more", made.applied, ["apply", "../inputs/returned-2"]),
        Scenario("recover", made.left_behind, ["import", second], build),
        Scenario("verify", made.applied, ["verify", "--ledger"], looks=True),
    ]
