"""Tests run in a process of their own, forked from one that has imported what they need: quick, held to time and memory."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from pathlib import Path

import hypothesis
import hypothesis.strategies
import pytest  # noqa: F401  (these three are imported before the fork, so that no child has to)
import yaml  # noqa: F401

ROOT = Path(__file__).resolve().parent.parent
# Quick: no traces, no details of what was compared.
OPTIONS = ("-q", "--tb=no", "--assert=plain", "-p", "no:cacheprovider")
MEMORY = 3 * 2**30
BROKEN = 3  # what pytest ends with when it fails itself


def prepare() -> None:
    """Let a property stop at the first example that fails: it need not be told in its shortest form."""
    # A profile takes what it does not name from the one loaded when it is registered. "steady" (tests/conftest.py) is
    # registered later, while this one is loaded, and so leaves out the same phases.
    steps = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
    hypothesis.settings.register_profile("unshrunk", phases=steps)
    hypothesis.settings.load_profile("unshrunk")


def in_child(work: Callable[[], int], limit: int) -> int:
    """Return the exit code of a process that does some work in silence; negative when it ran out of time."""
    child = os.fork()
    if child == 0:
        os._exit(_done(work, limit))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _done(work: Callable[[], int], limit: int) -> int:
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.alarm(limit)  # ends the process
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        return work()
    except BaseException:
        return BROKEN
