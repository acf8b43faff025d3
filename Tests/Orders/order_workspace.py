"""Workspaces with approved actions, made with a built binary: exports in, tokens of the site's pages out and back in as text lines."""

import base64
import glob
import html
import json
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "Shared"))
from sample_workspace import SAMPLES

ISSUER = "hq1"
ORGANIZATION = "L\u00e4rkfield \u2013 \u6728 'GmbH'"
IMPORTED, APPROVED, HANDED_OVER = "2026-03-13T09:00:00Z", "2026-03-13T10:00:00Z", "2026-03-13T11:00:00Z"
SOME_REFUSED = (0, 4)
CONFIGURATION = """workspace: 1
organization: {name: "ORGANIZATION", tenants: [TENANT]}
issuer: ISSUER
clock: given
TLP
reviewers:
  - {id: r7, name: Ivy Marsh, addresses: [ivy.marsh@soc.larkfield.example.com], roles: [security-operator, search-and-purge]}
policy:
  default: {quorum: 1, identity: bearer, comment: 'off', shared_tokens: true}
"""


class Workspace:
    """A workspace folder and the binary that works in it."""

    def __init__(self, binary, folder, environment=None, umask=-1):
        self.binary, self.folder, self.environment, self.umask = binary, folder, environment, umask

    def run(self, at, *words, status=0):
        """Runs a command: the result. An exit status that is not expected ends the checks."""
        result = subprocess.run(
            [self.binary, "-C", self.folder, "--at", at, *words], capture_output=True, text=True, env=self.environment, umask=self.umask,
            cwd=os.path.dirname(self.folder))
        if result.returncode not in (status if isinstance(status, tuple) else (status,)):
            raise RuntimeError(
                f"{' '.join(words)[:200]}: exit {result.returncode}\n{result.stdout[-500:]}\n{result.stderr[-2000:]}")
        return result

    def json(self, at, *words, status=0):
        """Runs a command with --json: the objects that it prints."""
        return [json.loads(line) for line in self.run(at, *words, "--json", status=status).stdout.splitlines()]

    def make(self, tenant, export, tlp="AMBER"):
        """Makes the workspace, imports an export and builds the site."""
        subprocess.run(
            [self.binary, "init", self.folder, "--clock", "given", "--keys", os.path.join(SAMPLES, "demo-keys"), "--quiet"], check=True,
            env=self.environment, umask=self.umask, capture_output=True)
        configuration = CONFIGURATION.replace("ORGANIZATION", ORGANIZATION).replace("TENANT", tenant).replace("ISSUER", ISSUER)
        with open(os.path.join(self.folder, "countersign.yaml"), "w", encoding="utf-8") as file:
            file.write(configuration.replace("TLP", f"tlp: {tlp}" if tlp else ""))
        self.take(IMPORTED, "import", export)
        self.run(IMPORTED, "build")
        return self

    def copied(self, name):
        """The same workspace once more, beside it."""
        folder = os.path.join(os.path.dirname(self.folder), name)
        shutil.copytree(self.folder, folder)
        return Workspace(self.binary, folder)

    def take(self, at, command, content, status=0, name="input"):
        """Hands a file to a command: the objects that it prints."""
        path = f"{self.folder}-{name}"
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8"))
        return self.json(at, command, path, status=status)

    def tokens(self, of_undo=False):
        """The tokens that approve, of the pages of actions or of undos; withdrawals never."""
        found = []
        for page in sorted(glob.glob(os.path.join(self.folder, "site", "a", "*", "*.html"))):
            suffix = re.search(r"\.([uw])[0-9]+\.html$", page)
            if (suffix[1] if suffix else "") != ("u" if of_undo else ""):
                continue
            with open(page, encoding="utf-8") as file:
                text = file.read()
            for link in re.findall(r"<a [^>]*data:application/json[^>]*>", text):
                content = base64.b64decode(html.unescape(re.search(r"base64,([^\"]*)\"", link).group(1)))
                found += [row["token"] for row in json.loads(content)["decisions"] if row["verdict"] == "approve"]
        return found

    def approve(self, at, of_undo=False):
        """Approves all that waits: how many were."""
        tokens = self.tokens(of_undo)
        lines = [f"{token} agreed \u2013 f\u00fcr alle\n" for token in tokens]
        receipts = self.take(at, "apply", "# approved on the telephone\n" + "".join(lines))
        applied = [one for one in receipts if one.get("result") == "applied"]
        if len(applied) != len(tokens):
            raise RuntimeError(f"{len(tokens)} approvals, {len(applied)} applied: {receipts[:3]}")
        return len(tokens)

    def orders(self, at, *words, status=0):
        """Hands over: what the command says, and the folder of the batch; nothing for the folder where there is no batch."""
        said = self.json(at, "orders", *words, status=status)[-1]
        return said, os.path.join(self.folder, "outbox", "orders", said["batch"]) if said["batch"] else None

    def ledger(self):
        with open(os.path.join(self.folder, "ledger.jsonl"), "rb") as file:
            return file.read()

    def execution(self, at):
        """How many actions stand in each state of execution."""
        counts = self.json(at, "status")[-1]["execution"]
        return {state: count for state, count in counts.items() if count}
