"""The command line run inside the test's own process: what the fixture `run` of conftest.py gives."""

from __future__ import annotations

from collections.abc import Callable

Run = Callable[..., "tuple[int, str, str]"]  # arguments → exit code, stdout, stderr
