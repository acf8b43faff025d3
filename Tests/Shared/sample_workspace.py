"""Workspaces of the sample data, made with a built binary."""

import os
import shutil
import subprocess

SAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, os.pardir, "sample-data")
EXPORTS = os.path.join(SAMPLES, "exports")
SOME_RECORD_WAS_REFUSED = 4


def sample_time():
    """The time that the sample data takes for now."""
    with open(os.path.join(SAMPLES, "now"), encoding="ascii") as file:
        return file.read().strip()


def run(binary, *words, allowed=(0,)):
    """Runs the binary; its output is of interest only where it fails."""
    result = subprocess.run([binary, *words, "--quiet"], capture_output=True, text=True)
    if result.returncode not in allowed:
        raise RuntimeError(
            f"{os.path.basename(binary)} {' '.join(words)}: exit {result.returncode}\n{result.stderr[-2000:]}"
        )


def make(binary, folder, exports=EXPORTS, more=""):
    """A workspace with the demo's keys and configuration, and more of that, and the exports; nothing is built yet."""
    keys = os.path.join(SAMPLES, "demo-keys")
    run(binary, "init", folder, "--organization", "Larkfield", "--clock", "given", "--keys", keys)
    configuration = os.path.join(folder, "countersign.yaml")
    shutil.copyfile(os.path.join(SAMPLES, "countersign.yaml"), configuration)
    with open(configuration, "a", encoding="ascii") as file:
        file.write(more)
    run(binary, "-C", folder, "--at", sample_time(), "import", exports)


def build(binary, folder, reviewer=None):
    """The site, and a reviewer's pack."""
    run(binary, "-C", folder, "--at", sample_time(), "build")
    if reviewer:
        run(binary, "-C", folder, "--at", sample_time(), "build", "--reviewer", reviewer)
