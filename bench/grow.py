"""Writes a year whose report is many times as long.

The structure stays; the text and items of every draft are repeated, at most ten copies to a file (or as many as told),
figures under names of their own. Each copy tells of a district of its own, so that nothing is said twice.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from itertools import product
from pathlib import Path

_DISTRICTS = ["".join(name) for name in product("子丑寅卯辰巳午未申酉戌亥", "甲乙丙丁戊己庚辛壬癸", "东南西北")]
_TOP_LEVEL = re.compile(r"^(?=\S)", re.MULTILINE)
_REFERENCE = re.compile(r"(\{\{\s*[^\s.}]+)")
_NAME = re.compile(r"^( {2}[^\s:]+)(?=:)", re.MULTILINE)
_PLACE = re.compile(r"^(\s*序: )(\d+)", re.MULTILINE)
_ITEM = re.compile(r"^ {2}- ", re.MULTILINE)
_TEXT = re.compile(r"^( +(?:(?:- )?标题: )?)(?=\S)(?!(?:- )?\S+:(?: |$))", re.MULTILINE)  # where titles and lines begin


def grow(source: Path, times: int, target: Path, copies_a_file: int = 10) -> int:
    """Write the year and return how many items (条目) its report has."""
    assert times <= len(_DISTRICTS), f"at most {len(_DISTRICTS)} times as long"
    target.mkdir(parents=True)
    shutil.copy(source / "report.yaml", target)
    drafts = {path: _parts(path) for path in sorted(source.glob("*.yaml")) if path.name != "report.yaml"}
    items: Counter[str] = Counter()
    for parts in drafts.values():
        items[parts["章节"]] += len(_ITEM.findall(parts.get("条目", "")))
    for path, parts in drafts.items():
        for first in range(0, times, copies_a_file):
            copies = range(first, min(first + copies_a_file, times))
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
        numbers = copies[:1] if key == "豁免" else copies  # one waiver covers all copies in its file
        repeated = gap.join(_copy(key, block, number, number * step) for number in numbers) if block else ""
        made.append(f"{key}:{opening}\n{repeated}")
    return "".join(made)


def _copy(key: str, block: str, number: int, offset: int) -> str:
    """Return a block with figures renamed, so that each stays defined once, 序 counted on, districts named."""
    if number == 0 or key == "豁免":
        return block
    if key == "指标":
        return _NAME.sub(rf"\1之{number}", block)
    moved = _PLACE.sub(lambda match: f"{match[1]}{int(match[2]) + offset}", block)
    told = _TEXT.sub(rf"\1{_DISTRICTS[number]}片区", moved)
    return _REFERENCE.sub(rf"\1之{number}", told)
