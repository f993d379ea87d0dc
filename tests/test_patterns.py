"""What spares looking may only save time: whatever an expression matches holds one of its seeds."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from examples import examples, findings
from hypothesis import given
from hypothesis import strategies as st
from test_bad import CASES, workspace_with

from jzreport.commands.checking import check_year
from jzreport.diagnostics import Rule
from jzreport.rules import RULES, marks, pages
from jzreport.rules.base import Context, Kind, Passage
from jzreport.rules.patterns import Pattern, Pieces

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


def test_no_seed_is_hidden_by_a_mask_or_stands_across_two_passages() -> None:
    assert not [seed for pattern in PATTERNS for seed in pattern.seeds if marks.MASK in seed or "\n" in seed]


def look_everywhere(patch: pytest.MonkeyPatch) -> None:
    """Let nothing spare looking, neither in the whole text nor in a passage."""

    def all_of(context: Context, _: Iterable[str], kinds: tuple[Kind, ...] = tuple(Kind)) -> Iterator[Passage]:
        return context.texts(*kinds)

    def all_with(context: Context, *patterns: Pattern, kinds: tuple[Kind, ...] = tuple(Kind)) -> Iterator[Passage]:
        assert all(pattern.seeds for pattern in patterns), "a pattern without seeds would be looked for nowhere"
        return context.texts(*kinds)

    patch.setattr(Context, "passages_holding", all_of)
    patch.setattr(Context, "passages_with", all_with)
    patch.setattr(Pattern, "may_match", lambda *_: True)
    patch.setattr(marks, "_MAY_BE_OTHERWISE", Pattern(""))


@pytest.mark.parametrize("rule", PAGES := pages(), ids=lambda rule: rule.code)
def test_looking_everywhere_finds_no_more_in_the_examples(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = tuple(examples(PAGES[rule], whole=rule.code.startswith("R")))
    found = [findings(example) for example in shown]
    look_everywhere(monkeypatch)
    assert [findings(example) for example in shown] == found


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.relative_to(HERE / "bad").as_posix())
def test_looking_everywhere_finds_no_more_in_bad_files(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = workspace_with(path, tmp_path)
    found = check_year(workspace, "2022").diagnostics
    look_everywhere(monkeypatch)
    assert check_year(workspace, "2022").diagnostics == found


@given(st.text("甲乙丙", max_size=30), st.text("甲乙丙丁", min_size=1, max_size=4))
def test_pieces_hold_what_stands_in_the_text(text: str, words: str) -> None:
    assert Pieces(text).hold(words) == (words in text)
