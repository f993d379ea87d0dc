"""What spares looking may only save time: whatever an expression matches holds one of its seeds."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from bad_files import BAD, CASES, workspace_with
from examples import examples, findings
from hypothesis import given
from hypothesis import strategies as st

from jzreport.commands.checking import check_year
from jzreport.diagnostics import Rule
from jzreport.rules import RULES, amounts, marks, pages, pairs, repetitions
from jzreport.rules.base import Context, Kind, Passage
from jzreport.rules.patterns import Pattern, Pieces

HERE = Path(__file__).parent
PATTERNS = sorted(
    (each for each in gc.get_objects() if isinstance(each, Pattern) and each.seeds), key=lambda p: p.expression
)


@cache
def strings() -> tuple[str, ...]:
    """Return lines of every kind: the rules' examples, good drafts, bad ones."""
    files = [*HERE.glob("workspaces/*/data/*/*.yaml"), *BAD.glob("*/*.yaml"), *HERE.glob("../data/*/*.yaml")]
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

    def all_of(context: Context, _: Iterable[str], kinds: tuple[Kind, ...] = ()) -> Iterator[Passage]:
        return context.texts(*kinds)

    def all_with(context: Context, *patterns: Pattern, kinds: tuple[Kind, ...] = ()) -> Iterator[Passage]:
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


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.relative_to(BAD).as_posix())
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


_MARKS = st.sampled_from("“”《》（）()‘’甲，")


@given(st.text(_MARKS, max_size=12))
def test_marks_that_are_flat_are_all_paired_and_none_is_nested(string: str) -> None:
    if pairs._FLAT.fullmatch(string):
        assert not pairs._EMPTY.search(string)
        assert not [*pairs._turned(string), *pairs._lonely(string), *pairs._nested(string)]


@given(st.text("甲乙丙，1", max_size=16))
def test_what_is_told_twice_is_told_twice_in_a_run_of_han_characters(string: str) -> None:
    is_told_twice = any(map(repetitions._TWICE.search, repetitions._WORDS.compiled.findall(string)))
    assert is_told_twice == (repetitions._DOUBLED_PHRASE.search(string) is not None)


_PIECES_OF_NUMBERS = (
    "近",
    "约",
    "大约",
    "预约",
    "不超过",
    "超",
    "赶超",
    "第",
    "一",
    "三",
    "百",
    "万",
    "余",
    "多",
    "5",
    "1,2",
    ".5",
    "２",
)
_PIECES_BEHIND = ("件", "人次", "个", "工作日", "左右", "以上", "%", "年", "，", "A")


@given(st.lists(st.sampled_from((*_PIECES_OF_NUMBERS, *_PIECES_BEHIND)), max_size=10), st.data())
def test_numbers_are_what_the_expression_finds(parts: list[str], data: st.DataObject) -> None:
    string = "".join(parts)
    start = data.draw(st.integers(0, len(string)))
    end = data.draw(st.integers(start, len(string)))
    found = [match.span() for match in amounts._NUMBER.finditer(string, start, end)]
    assert [match.span() for match in amounts.numbers(string, start, end)] == found
    in_digits = [span for span in found if amounts._DIGITS.search(string, *span)]
    assert [match.span() for match in amounts._numbers(amounts._DIGITS, string, start, end)] == in_digits
