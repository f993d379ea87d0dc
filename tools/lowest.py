"""Runs the tests with the lowest version of every run-time package that pyproject.toml allows.

python tools/lowest.py [ARGUMENT OF PYTEST…] makes the environment anew, in a temporary folder.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent


def lowest(dependencies: list[str]) -> list[str]:
    """Return each requirement pinned to its lower bound."""
    return [_pinned(each) for each in dependencies]


def _pinned(requirement: str) -> str:
    bound = re.fullmatch(r"([\w.-]+)>=([\d.]+)", requirement)
    if not bound:
        raise SystemExit(f"{requirement}: a run-time package is declared as name>=version, nothing more")
    return f"{bound[1]}=={bound[2]}"


def main(arguments: list[str]) -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pins = lowest(project["dependencies"])
    print("tests with", *pins, flush=True)
    with tempfile.TemporaryDirectory(prefix="jzreport-lowest-", ignore_cleanup_errors=True) as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))
        # One call: pip then refuses development packages that would lift a pin.
        subprocess.run([python, "-m", "pip", "install", "-q", "-e", ".[dev]", *pins], cwd=ROOT, check=True)
        return subprocess.run([python, "-m", "pytest", "-q", *arguments], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
