"""A pattern's seeds may only save time: whatever an expression matches holds one of them."""

from __future__ import annotations

import gc
from functools import cache
from pathlib import Path

import pytest

from jzreport.rules import RULES, pages
from jzreport.rules.patterns import Pattern

HERE = Path(__file__).parent
PATTERNS = sorted(
    (each for each in gc.get_objects() if isinstance(each, Pattern) and each.seeds), key=lambda p: p.expression
)


@cache
def strings() -> tuple[str, ...]:
    """Return lines of every kind: the rules' examples, good drafts, bad ones."""
    files = [*HERE.glob("workspaces/*/data/*/*.yaml"), *HERE.glob("bad/*/*.yaml"), *HERE.glob("../data/*/*.yaml")]
    typed = [text for page in pages().values() for text in page.split("\n")]
    typed += [line for path in files for line in path.read_text("utf-8", "replace").split("\n")]
    return tuple(dict.fromkeys(part for line in typed for part in (line, line.strip(), line.strip(" -←"))))


def test_there_are_patterns_to_try() -> None:
    assert RULES and len(PATTERNS) > 20


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.expression[:40])
def test_whatever_a_pattern_matches_holds_a_seed(pattern: Pattern) -> None:
    for string in strings():
        for match in pattern.compiled.finditer(string):
            assert any(seed in string for seed in pattern.seeds), (pattern.expression, match.group())
