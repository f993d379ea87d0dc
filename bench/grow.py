"""Writes a workspace whose report is N times as long: python bench/grow.py SOURCE_YEAR N TARGET_YEAR.

The structure stays; the text and items of every draft are repeated, at most ten copies to a file, figures under
names of their own. Prints the number of items.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections import Counter
from pathlib import Path

_COPIES_A_FILE = 10
_TOP_LEVEL = re.compile(r"^(?=\S)", re.MULTILINE)
_REFERENCE = re.compile(r"(\{\{\s*[^\s.}]+)")
_NAME = re.compile(r"^( {2}[^\s:]+)(?=:)", re.MULTILINE)
_PLACE = re.compile(r"^(\s*序: )(\d+)", re.MULTILINE)
_ITEM = re.compile(r"^ {2}- ", re.MULTILINE)


def grow(source: Path, times: int, target: Path) -> int:
    """Write the year and return how many items (条目) its report has."""
    target.mkdir(parents=True)
    shutil.copy(source / "report.yaml", target)
    drafts = {path: _parts(path) for path in sorted(source.glob("*.yaml")) if path.name != "report.yaml"}
    items: Counter[str] = Counter()
    for parts in drafts.values():
        items[parts["章节"]] += len(_ITEM.findall(parts.get("条目", "")))
    for path, parts in drafts.items():
        for first in range(0, times, _COPIES_A_FILE):
            copies = range(first, min(first + _COPIES_A_FILE, times))
            text = _draft(parts, copies, items[parts["章节"]])
            (target / f"{path.stem}-{first:05}.yaml").write_text(text, encoding="utf-8")
    return items.total() * times


def _parts(path: Path) -> dict[str, str]:
    """Return a draft's text by its keys of the first level."""
    pieces = (piece for piece in _TOP_LEVEL.split(path.read_text(encoding="utf-8")) if piece[:1] not in ("", "#"))
    return {key: rest for key, _, rest in (piece.partition(":") for piece in pieces)}


def _draft(parts: dict[str, str], copies: range, step: int) -> str:
    made = []
    for key, value in parts.items():
        opening, _, block = value.partition("\n")
        gap = "\n" if key == "正文" else ""
        repeated = gap.join(_copy(key, block, number, number * step) for number in copies) if block else ""
        made.append(f"{key}:{opening}\n{repeated}")
    return "".join(made)


def _copy(key: str, block: str, number: int, offset: int) -> str:
    """Return a block with figures renamed, so that each stays defined once, and 序 counted on."""
    if number == 0:
        return block
    if key == "指标":
        return _NAME.sub(rf"\1之{number}", block)
    moved = _PLACE.sub(lambda match: f"{match[1]}{int(match[2]) + offset}", block)
    return _REFERENCE.sub(rf"\1之{number}", moved)


if __name__ == "__main__":
    print(grow(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
