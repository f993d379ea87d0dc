"""Slips of the hand that make a file unreadable, found on the line where they were made.

YAML names the line where it gave up, which is often the next one; these patterns look at what a clerk types.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip: its line and column (from 1), what is wrong, what to type."""

    line: int
    column: int
    message: str
    hint: str


_KEY = r"[^\s:：#'\"\[\]{}，。、“”（）]{1,20}"
# Text that starts with one of these must be quoted, or YAML takes the sign for its own.
_SPECIAL = r"[@`%&*!|>\[\]{}?,]"
_PATTERNS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(rf"^\s*(?:- )?{_KEY}(?P<at>：)"), "冒号是全角的“：”。", "请改成半角冒号加一个空格：“{fixed}”"),
    (re.compile(rf"^\s*(?:- )?{_KEY}(?P<at>:)(?=[^\s:])"), "冒号后面少一个空格。", "请在冒号后空一格：“{fixed}”"),
    (re.compile(r"^\s*(?P<at>[－—–−])\s?"), "列表的短横是全角的。", "请改成半角短横加一个空格：“{fixed}”"),
    (re.compile(r"^\s*(?P<at>-)(?=[^\s-])"), "短横后面少一个空格。", "请在短横后空一格：“{fixed}”"),
    (re.compile(r"^(?P<at>[\u00a0\u3000]+)"), "行首的空格是全角的或特殊的。", "请改用半角空格缩进：“{fixed}”"),
    (
        re.compile(rf"^\s*(?:- )?(?:{_KEY}: )?(?P<at>{_SPECIAL})"),
        "值以特殊符号开头，没有加引号。",
        "请给整个值加上半角双引号：“{fixed}”",
    ),
    (
        re.compile(rf"^\s*(?:- )?{_KEY}: [^'\"|>\[{{].*?(?P<at>: )"),
        "文字里有“: ”，没有加引号。",
        "请给整个值加上半角双引号，或改用全角冒号：“{fixed}”",
    ),
    (
        re.compile(r"^[^'\"]*: (?P<at>[\"'])(?!.*\1\s*$)"),
        "引号没有成对。",
        "请检查这里的引号：开头和结尾都用半角引号，文字里用“ ”。",
    ),
)


def suspect(lines: Sequence[str], line: int, opened: int) -> Slip | None:
    """Return the slip on the line where reading failed, else on the one before it, else where it was opened."""
    for number in dict.fromkeys((line, _line_before(lines, line), opened)):
        if 1 <= number <= len(lines) and (slip := _slip(lines[number - 1], number)):
            return slip
    return None


def _line_before(lines: Sequence[str], line: int) -> int:
    """Return the number of the nearest line above that is not blank."""
    return next((n for n in range(line - 1, 0, -1) if lines[n - 1].strip()), 0)


def _slip(line: str, number: int) -> Slip | None:
    for pattern, message, hint in _PATTERNS:
        if match := pattern.search(line):
            fixed = _repair(line, match.start("at"), match["at"])
            return Slip(number, match.start("at") + 1, message, hint.format(fixed=fixed.strip()))
    return None


def _repair(line: str, at: int, sign: str) -> str:
    rest = line[at + len(sign) :].lstrip()
    if sign in "：" or (sign == ":" and not line[at + 1 :].startswith(" ")):
        return f"{line[:at]}: {rest}"
    if sign in "－—–−-":
        return f"{line[:at]}- {rest}"
    if not sign.strip():
        return " " * len(sign) + rest
    if sign == ": ":
        key, _, value = line.partition(": ")
        return f'{key}: "{value}"'
    return f'{line[:at]}"{line[at:].strip()}"'
