from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from trials import tries

from jzreport.diagnostics import Span
from jzreport.text import Run, Text

FILE = "稿.yaml"
QUIET = tries(200)

pieces = st.one_of(
    st.builds(
        lambda characters, line, column: Text.typed(characters, FILE, line, column),
        st.text("甲乙 a1", max_size=6),
        st.integers(1, 9),
        st.integers(1, 40),
    ),
    st.builds(
        lambda characters, column: Text.standing_for(characters, Span.on_line(FILE, 3, column, 8)),
        st.text("534件", max_size=4),
        st.integers(1, 40),
    ),
    st.builds(Text.made, st.text("一、", max_size=3)),
)


def places(text: Text) -> list[Span | None]:
    """The place of each character, read off the runs one by one."""
    return [run.place(i, i + 1) for run in text.runs for i in range(len(run.characters))]


def test_typed_text_knows_the_column_of_each_character() -> None:
    text = Text.typed("依法行政", FILE, 7, 5)
    assert str(text) == "依法行政"
    assert text.span() == Span(FILE, 7, 5, 7, 9)
    assert text.span(1, 3) == Span(FILE, 7, 6, 7, 8)


def test_the_value_of_a_reference_stands_for_the_whole_reference() -> None:
    reference = Span.on_line(FILE, 7, 5, 8)
    text = Text.standing_for("534件", reference)
    assert text.span(1, 2) == reference
    assert text[1:3].span() == reference


def test_what_the_program_makes_has_no_place_of_its_own() -> None:
    assert Text.made("一、").span() is None
    numbered = Text.made("一、") + Text.typed("甲", FILE, 2, 3)
    assert numbered.span(0, 2) == Span.on_line(FILE, 2, 3, 1)  # the nearest there is
    assert numbered.span() == Span.on_line(FILE, 2, 3, 1)


def test_joined_lines_reach_from_the_first_place_to_the_last() -> None:
    joined = Text.join((Text.typed("第一行", FILE, 4, 3), Text.made(" "), Text.typed("第二行", FILE, 5, 3)))
    assert joined.span() == Span(FILE, 4, 3, 5, 6)
    assert joined.span(4, 5) == Span.on_line(FILE, 5, 3, 1)


def test_stripping_takes_full_width_blanks_too_and_moves_the_place() -> None:
    text = Text.typed("　　依法 ", FILE, 4, 3).strip()
    assert str(text) == "依法"
    assert text.span() == Span(FILE, 4, 5, 4, 7)
    assert str(Text.typed(" 　 ", FILE, 4, 3).strip()) == ""


def test_empty_text_is_false_and_has_no_place() -> None:
    assert not Text()
    assert len(Text()) == 0
    assert Text().span() is None
    assert str(Text()[0:5]) == str(Text().strip()) == ""


def test_an_empty_value_still_knows_where_it_was_left_out() -> None:
    assert Text.typed("", FILE, 4, 3).span() == Span.on_line(FILE, 4, 3, 0)


@QUIET
@given(st.lists(pieces, max_size=8), st.integers(-3, 40), st.integers(-3, 40))
def test_any_slice_of_joined_texts_keeps_every_place(parts: list[Text], start: int, end: int) -> None:
    text = Text.join(parts)
    assert str(text) == "".join(map(str, parts))
    part = text[start:end]
    assert str(part) == str(text)[start:end]
    assert places(part) == places(text)[start:end]


@QUIET
@given(st.lists(pieces, max_size=8), st.integers(0, 30), st.integers(0, 30))
def test_the_place_of_a_stretch_runs_from_its_first_known_character_to_its_last(
    parts: list[Text], start: int, end: int
) -> None:
    text = Text.join(parts)
    known = [place for place in places(text)[start:end] if place]
    if known:
        span = text.span(start, end)
        assert span is not None
        assert (span.line, span.column) == (known[0].line, known[0].column)
        assert (span.end_line, span.end_column) == (known[-1].end_line, known[-1].end_column)


@QUIET
@given(st.lists(pieces, max_size=8))
def test_stripping_is_slicing(parts: list[Text]) -> None:
    text = Text.join(parts)
    stripped = text.strip()
    assert str(stripped) == str(text).strip()
    start = len(str(text)) - len(str(text).lstrip())
    if stripped:
        assert places(stripped) == places(text)[start : start + len(stripped)]


def test_many_references_in_one_paragraph_stay_quick() -> None:
    text = Text.join(Text(runs=(Run("甲"), Run("乙"))) for _ in range(50_000))
    assert all(str(text[n : n + 1]) in "甲乙" for n in range(0, 100_000, 10))


def test_what_is_printed_for_a_reference_knows_it_even_in_parts() -> None:
    text = Text.made("受理") + Text.standing_for("534件", Span.on_line(FILE, 7, 5, 8), "{{ 受理 }}")
    assert [(run.characters, run.stands_for) for run in text[1:4].runs] == [("理", ""), ("53", "{{ 受理 }}")]
