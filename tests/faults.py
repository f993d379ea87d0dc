"""A disk that fails: functions of the system that raise at their k-th call."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HELD = 32  # what Windows says of a file that another program holds open
FAULTS = {"full": errno.ENOSPC, "refused": errno.EACCES, "broken": errno.EIO, "held": HELD, "read-only": errno.EROFS}


class Faulty:
    """A function of the system that fails at its k-th call, and, if that `stays`, at every one behind it."""

    def __init__(self, real: Callable[..., Any], k: int, code: int) -> None:
        self.real, self.left, self.code, self.stays = real, k, code, False

    @property
    def has_failed(self) -> bool:
        return self.left <= 0

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self.left -= 1
        if self.left == 0 or (self.left < 0 and self.stays):
            raise self._error(*(str(a) for a in args[:2] if isinstance(a, (str, Path))))
        return self.real(*args, **kwargs)

    def _error(self, name: str | None = None, other: str | None = None) -> OSError:
        """Return what the system says; it names the files that it was given by name."""
        if self.code != HELD:
            return OSError(self.code, os.strerror(self.code), name, None, other)
        error = PermissionError(errno.EACCES, "in use", name, None, other)
        error.winerror = self.code  # type: ignore[attr-defined,unused-ignore]  # only Windows has it
        return error


def break_(monkeypatch: pytest.MonkeyPatch, what: str, k: int, code: int) -> Faulty:
    if what == "write":
        real_fdopen = os.fdopen
        faulty = Faulty(lambda write, data: write(data), k, code)

        def fdopen(*args: Any, **kwargs: Any) -> Any:
            stream = real_fdopen(*args, **kwargs)

            class Stream:
                def __enter__(self) -> Any:
                    return self

                def __exit__(self, *_: object) -> None:
                    stream.close()

                def __getattr__(self, name: str) -> Any:
                    return getattr(stream, name)

                def write(self, data: bytes) -> Any:
                    return faulty(stream.write, data)

            return Stream()

        monkeypatch.setattr(os, "fdopen", fdopen)
        return faulty
    owner, name = {
        "open": (os, "open"),
        "fsync": (os, "fsync"),
        "replace": (Path, "replace"),
        "mkdir": (Path, "mkdir"),
    }[what]
    real = getattr(owner, name)
    faulty = Faulty(real, k, code)
    monkeypatch.setattr(owner, name, (lambda *a, **kw: faulty(*a, **kw)) if owner is Path else faulty)
    return faulty
