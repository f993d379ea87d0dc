"""Compile messages.mo from messages.po, the same bytes every time; with --check, exit with 1 when it is stale."""

from __future__ import annotations

import ast
import struct
import sys
from itertools import accumulate
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "jzreport/locale/zh_CN/LC_MESSAGES/messages.po"
_KEYWORDS = ("msgid", "msgid_plural", "msgstr", "msgstr[0]")
_MAGIC = 0x950412DE
_HEADER_SIZE = 28


def parse(source: str) -> dict[str, str]:
    """Return message -> translation; a message with a plural is keyed as in a .mo, singular NUL plural."""
    messages: dict[str, str] = {}
    for paragraph in source.split("\n\n"):
        fields = _fields(paragraph)
        if not fields:
            continue
        key = "\0".join(fields[name] for name in ("msgid", "msgid_plural") if name in fields)
        if key in messages:
            raise ValueError(f"message given twice: {key!r}")
        messages[key] = fields["msgstr[0]"] if "msgid_plural" in fields else fields["msgstr"]
    return messages


def _fields(paragraph: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    current = ""
    for line in paragraph.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        keyword, _, string = ("", "", line) if line.startswith('"') else line.partition(" ")
        if keyword and keyword not in _KEYWORDS:
            raise ValueError(f"unknown keyword: {line!r}")
        current = keyword or current
        fields[current] = fields.get(current, "") + str(ast.literal_eval(string.strip()))
    return fields


def compile_catalogue(messages: dict[str, str]) -> bytes:
    """Return the bytes of a little-endian .mo file, sorted by message, without a hash table."""
    pairs = sorted((key.encode(), text.encode()) for key, text in messages.items())
    strings = [key for key, _ in pairs] + [text for _, text in pairs]
    start = _HEADER_SIZE + 8 * len(strings)
    offsets = accumulate((len(string) + 1 for string in strings), initial=start)
    table = b"".join(struct.pack("<2I", len(string), offset) for string, offset in zip(strings, offsets, strict=False))
    header = struct.pack("<7I", _MAGIC, 0, len(pairs), _HEADER_SIZE, _HEADER_SIZE + 8 * len(pairs), 0, start)
    return header + table + b"".join(string + b"\0" for string in strings)


def main(arguments: list[str]) -> int:
    target = SOURCE.with_suffix(".mo")
    compiled = compile_catalogue(parse(SOURCE.read_text(encoding="utf-8")))
    if arguments == ["--check"]:
        if target.is_file() and target.read_bytes() == compiled:
            return 0
        print("messages.mo is stale; run: python tools/compile_catalogue.py", file=sys.stderr)
        return 1
    if arguments:
        print("usage: python tools/compile_catalogue.py [--check]", file=sys.stderr)
        return 2
    target.write_bytes(compiled)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
