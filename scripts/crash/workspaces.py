"""Makes the workspaces that scenarios start from, and the decisions that people hand back."""

import base64
import json
import os
import re
import subprocess

import crash.trees as trees

HERE = os.path.dirname(os.path.abspath(__file__))
SCRIPTS = os.path.dirname(HERE)
SAMPLES = os.path.join(os.path.dirname(SCRIPTS), "sample-data")
LINK = re.compile(rb'data:application/json;base64,([A-Za-z0-9+/=]+)"')
CLUSTER = "soft-delete-cluster"


def now():
    with open(os.path.join(SAMPLES, "now")) as file:
        return file.read().strip()


def _export(form, investigations, seed):
    words = [os.path.join(SCRIPTS, "generate-exports"), "--investigations", str(investigations), "--seed", str(seed),
             "--form", form]
    return subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout


def configuration():
    """The demo's configuration, with mail clusters asking for two people with packs of their own."""
    with open(os.path.join(SAMPLES, "countersign.yaml")) as file:
        text = file.read()
    changed = text.replace("hard-delete-cluster:", CLUSTER + ":")
    if changed == text:
        raise SystemExit("crash-campaign: the demo's configuration changed: no hard-delete-cluster in it")
    return changed.encode()


def offers(tree, site):
    """What the pages of actions offer: action to verdict to decisions file, as the page hands it over."""
    found = {}
    for name, page in sorted(trees.files(tree, site + "/a").items()):
        for link in LINK.findall(page):
            data = json.loads(base64.b64decode(link))
            row = data["decisions"][0]
            found.setdefault(row["action"], {})[row["verdict"]] = data
    return found


def _file(*rows, **more):
    """One decisions file with the rows of several downloads; what `more` names is put into each row."""
    data = dict(rows[0], decisions=[dict(row["decisions"][0], **more) for row in rows])
    return json.dumps(data, sort_keys=True).encode()


class Workspaces:
    """Trees of one workspace at every stage of its life, and the folder of inputs that all commands read."""

    def __init__(self, product, folder):
        self.product, self.folder = product, folder
        inputs = os.path.join(folder, "inputs")
        os.makedirs(os.path.join(inputs, "exports"))
        first, second = _export("air", 4, 37), _export("neutral", 4, 28)
        self._write("exports/first.jsonl", first)
        # A record that is refused, and one that was there before: both must be accounted for.
        refused = b'{"format":"countersign-export/1","id":"no-investigation"}\n'
        self._write("exports/second.jsonl", second + refused + first.splitlines(keepends=True)[0])
        os.symlink(os.path.join(SAMPLES, "demo-keys"), os.path.join(inputs, "keys"))
        self._stages(os.path.join(folder, "base"))

    INIT = ["init", "w", "--organization", "Larkfield", "--clock", "given", "--keys", "../inputs/keys"]

    def _write(self, name, data):
        path = os.path.join(self.folder, "inputs", name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)

    def _stages(self, base):
        os.makedirs(base)
        place = os.path.join(base, "w")

        def run(*arguments, status=0):
            outcome = self.product.run(base, list(arguments))
            if outcome.status != status:
                raise SystemExit("crash-campaign: cannot prepare: %s: %s\n%s" % (
                    " ".join(arguments), outcome.short(), outcome.err))
            return trees.read(place)

        self.none = {}
        fresh = run(*self.INIT)
        fresh["countersign.yaml"] = (0o644, configuration())
        trees.write(fresh, place)
        self.fresh = trees.read(place)
        self.imported_once = run("import", "../inputs/exports/first.jsonl")
        self.built_once = run("build")
        trees.write(self.imported_once, place)
        self.imported = run("import", "../inputs/exports/second.jsonl", status=4)
        run("build")
        run("build", "--reviewer", "r7")
        self.built = run("build", "--reviewer", "r8")
        self.renamed = dict(self.built)
        self.renamed["countersign.yaml"] = (0o644, configuration().replace(b"name: Larkfield", b"name: Elsewhere"))
        self._decisions()
        run("apply", "--no-build", "../inputs/returned-1", status=4)
        self.decided = trees.read(place)
        run("build")
        self.applied = trees.read(place)
        self.left_behind = self._left_behind()

    def _decisions(self):
        shared = offers(self.built, "site")
        mine, other = offers(self.built, "packs/r7"), offers(self.built, "packs/r8")
        clusters = sorted(set(mine) & set(other) - set(shared))
        plain = sorted(shared)
        if len(plain) < 8 or len(clusters) < 2:
            raise SystemExit("crash-campaign: too few actions are pending: %d, %d" % (len(plain), len(clusters)))
        pick = [shared[action] for action in plain]
        self._write("returned-1/1-two.json", _file(pick[0]["approve"], pick[1]["approve"]))
        self._write("returned-1/2-no.json", _file(pick[2]["reject"], comment="not ours, \u00fcberhaupt"))
        self._write("returned-1/3-cluster.json", _file(mine[clusters[0]]["approve"]))
        token = pick[3]["approve"]["decisions"][0]["token"]
        flipped = token[:60] + ("A" if token[60] != "A" else "B") + token[61:]
        self._write("returned-1/4-broken.txt", (flipped + " looks fine\n").encode())
        self._write("returned-2/1-cluster.json", _file(other[clusters[0]]["approve"]))
        self._write("returned-2/2-more.json", _file(pick[4]["approve"], pick[0]["approve"]))
        self._write("returned-2/3-after-all-not.json", _file(pick[1]["reject"], comment="second thoughts"))
        self._write("one/a.json", _file(pick[5]["approve"], pick[6]["approve"]))
        self._write("other/b.json", _file(pick[7]["approve"], pick[2]["reject"], comment="no"))

    def _left_behind(self):
        """What crashed runs may leave: a torn entry, evidence that nothing names yet, temporary files, half a tree."""
        tree = dict(self.built_once)
        mode, ledger = tree["ledger.jsonl"]
        tree["ledger.jsonl"] = (mode, ledger + b'{"body":{"clock":"given","evidence":"000')
        for name, data in trees.files(self.imported, "evidence").items():
            tree["evidence/" + name] = (0o600, data)
        half = b"<!DOCTYPE html>\n<html"
        tree.update({
            "evidence/.import.tmp": (0o600, b'{"dialect":"air","ra'), ".cases.tmp": (0o600, b"["),
            ".manifest.new": (0o600, b"[\"countersign-"), ".ledger.checkpoint.tmp": (0o644, b"countersign/hq1\n"),
            ".site.new": (0o755, None), ".site.new/index.html": (0o644, half),
            "site/.index.html.tmp": (0o644, half),
        })
        return tree
