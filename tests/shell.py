"""The command line run inside the test's own process."""

from __future__ import annotations

import inspect
from typing import Any

from click.testing import CliRunner


def runner() -> CliRunner:
    """Return a runner that keeps stderr apart from stdout; Click does so unasked from 8.2."""
    asked: dict[str, Any] = {"mix_stderr": False} if "mix_stderr" in inspect.signature(CliRunner).parameters else {}
    return CliRunner(**asked)
