"""What surrounds the process: its streams, its environment, the log of a crash."""

from __future__ import annotations

import contextlib
import datetime
import io
import os
import sys
from typing import TextIO

from jzreport.disk import WorkspaceError
from jzreport.refusals import reason


def source_date() -> datetime.datetime | None:
    """Return the moment the environment wants in file properties (SOURCE_DATE_EPOCH), None when it wants none."""
    value = os.environ.get("SOURCE_DATE_EPOCH")
    if value is None:
        return None
    try:
        if value.isascii() and value.isdecimal():
            return datetime.datetime.fromtimestamp(int(value), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        pass
    raise WorkspaceError("环境变量 SOURCE_DATE_EPOCH 应是一个整数（从 1970 年起的秒数）。")


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a stream goes to a terminal; there is none where a service starts the program."""
    return stream is not None and stream.isatty()


def has_colours(stream: TextIO | None) -> bool:
    """Whether to colour what goes to a stream: on a terminal only, unless the environment asks (no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return os.environ.get("TERM") != "dumb" and is_terminal(stream)


def read_stdin() -> bytes:
    """Return standard input (nothing when it is closed), no more of it than shows that it is too long."""
    from jzreport.encoding import MAX_BYTES

    return sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""


def write_utf8() -> None:
    """Make the output UTF-8, whatever the console; what is not Unicode in a file's name is escaped as in JSON."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def forget_output() -> None:
    """Let what could not be printed go, or Python would try once more at exit and end with a code of its own."""
    for stream in filter(None, (sys.stdout, sys.stderr)):  # there may be none
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def crash_log() -> str:
    """Return the path of a file with the traceback of the exception at hand, or that there is none."""
    import tempfile  # slow to import, and hardly ever needed
    import traceback

    try:
        handle, name = tempfile.mkstemp(prefix="jzreport-", suffix=".log")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
            traceback.print_exc(file=stream)
    except OSError as error:
        return f"（日志写不出来：{reason(error)}）"
    return name
