from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jzreport.chinese import display_width
from jzreport.diagnostics import Diagnostic, Rule, Severity, Span, in_reading_order
from jzreport.display import MAX_PER_FILE, safe, summary, terminal

FILE = "data/2022/01-甲.yaml"
ERROR = Rule("R05", "写法有误，无法读取")
REMINDER = Rule("S13", "文件没有被读取", Severity.WARNING)
QUIET = settings(derandomize=True, max_examples=200, deadline=None)


def shown(line: str, column: int, width: int, message: str = "不对。") -> list[str]:
    """What is printed for a finding on the third line of a file, without the sum."""
    finding = Diagnostic(ERROR, Span.on_line(FILE, 3, column, width), message)
    text = "\n".join(terminal([finding], {FILE: ["", "", line]}))
    return text.split("\n")[:-1]


def marked(line: str, column: int, width: int) -> tuple[str, str]:
    """The characters of the shown line that stand above the marks, and the whole shown line."""
    _, excerpt, marks = shown(line, column, width)
    start, end = marks.index("^"), len(marks)
    position, above = 0, ""
    for character in excerpt:
        if start <= position < end:
            above += character
        position += display_width(character)
    return above, excerpt


def test_a_finding_is_told_with_place_level_code_message_line_hint_and_where_else_to_look() -> None:
    finding = Diagnostic(
        ERROR,
        Span.on_line(FILE, 2, 3, 1),
        "冒号是全角的“：”。",
        "请改成半角冒号加一个空格：“正文: 好”",
        ((Span.on_line(FILE, 1, 1, 2), "第一次写在这里"),),
    )
    assert "\n".join(terminal([finding], {FILE: ["章节: 甲", "正文：好"]})) == (
        "data/2022/01-甲.yaml:2:3: 错误 R05 冒号是全角的“：”。\n"
        "    正文：好\n"
        "        ^^\n"
        "    改法：请改成半角冒号加一个空格：“正文: 好”\n"
        "    另见：data/2022/01-甲.yaml:1:1 第一次写在这里\n"
        "共 1 处错误，0 处提醒。"
    )


def test_a_finding_about_a_whole_file_has_no_excerpt() -> None:
    text = list(terminal([Diagnostic(REMINDER, Span(FILE), "这个文件没有被读取。")], {FILE: ["甲"]}))
    assert text == [f"{FILE}: 提醒 S13 这个文件没有被读取。", "共 0 处错误，1 处提醒。"]


@pytest.mark.parametrize(
    ("line", "column", "width", "above"),
    [
        ("abc：def", 4, 1, "："),
        ("正文：好", 4, 1, "好"),
        ("正文“引用”好", 3, 4, "“引用”"),
        ("正文——好…", 5, 2, "好…"),
        ("  - 标题: 甲", 5, 2, "标题"),
        ("𠮷𠮷a𠮷", 3, 1, "a"),
        ("ﾊﾝ角", 3, 1, "角"),
        ("e\u0301甲", 3, 1, "\u0301甲"),  # the accent takes no column of its own
    ],
)
def test_the_marks_stand_under_the_characters_they_mean(line: str, column: int, width: int, above: str) -> None:
    assert marked(line, column, width)[0] == above


def test_a_place_behind_the_end_of_a_line_is_marked_there() -> None:
    assert shown("正文", 3, 1)[1:] == ["    正文", "        ^"]


def test_a_stretch_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    finding = Diagnostic(ERROR, Span(FILE, 1, 3, 4, 2), "不对。")
    assert "    甲乙丙丁\n        ^^^^\n" in "\n".join(terminal([finding], {FILE: ["甲乙丙丁", "", "", "戊"]}))


def test_an_indented_line_is_shown_without_its_indentation() -> None:
    assert shown("        正文: 好", 9, 2)[1:] == ["    正文: 好", "    ^^^^"]


@pytest.mark.parametrize("column", [1, 200, 399, 400])
def test_of_a_long_line_the_part_around_the_place_is_shown(column: int) -> None:
    line = "".join(chr(0x4E00 + n) for n in range(400))
    above, excerpt = marked(line, column, 1)
    assert above == line[column - 1]
    assert display_width(excerpt) <= 80
    assert excerpt.startswith("    …") == (column > 20)
    assert excerpt.endswith("…") == (column < 350)


def test_a_line_of_a_million_characters_is_shown_at_once() -> None:
    line = "好" * 1_000_000
    finding = [Diagnostic(ERROR, Span.on_line(FILE, 1, 1 + 20_000 * n, 1), f"第{n}处。") for n in range(50)]
    assert len("\n".join(terminal(finding, {FILE: [line]}))) < 20_000


def test_a_line_of_marks_without_width_is_cut_too() -> None:
    assert len("\n".join(shown("e" + "\u0301" * 100_000, 1, 50))) < 5_000


@QUIET
@given(st.text("甲a“ \u0301\u200b—e", min_size=1, max_size=120), st.integers(1, 120), st.integers(1, 5))
def test_whatever_the_line_the_marks_stand_under_the_place(line: str, column: int, width: int) -> None:
    column = min(column, len(line))
    _, excerpt, marks = shown(line, column, width)
    assert set(marks) == {" ", "^"} or set(marks) == {"^"}
    assert len(marks) <= display_width(excerpt) + 1  # one behind the end, for a character without width


@pytest.mark.parametrize(
    ("character", "told"),
    [
        ("\x1b", "<U+001B>"),
        ("\r", "<U+000D>"),
        ("\n", "<U+000A>"),
        ("\x9b", "<U+009B>"),
        ("\u202e", "<U+202E>"),
        ("\u2066", "<U+2066>"),
        ("\u200b", "<U+200B>"),
        ("\u2028", "<U+2028>"),
        ("\ud800", "<U+D800>"),
        ("\ue000", "<U+E000>"),
    ],
)
def test_what_could_move_the_cursor_or_turn_the_writing_is_shown_as_its_code(character: str, told: str) -> None:
    assert safe(f"甲{character}乙") == f"甲{told}乙"
    printed = "\n".join(shown(f"甲{character}乙", 2, 1, f"“{character}”不对。"))
    assert character not in printed.replace("\n", "" if character == "\n" else "\n")
    assert printed.count(told) == 2


def test_the_marks_are_as_wide_as_the_code_that_is_shown() -> None:
    assert shown("甲\u202e乙", 2, 1)[1:] == ["    甲<U+202E>乙", "      ^^^^^^^^"]


def test_a_file_name_is_shown_safely_too() -> None:
    (line, _) = terminal([Diagnostic(ERROR, Span("data/\x1b[2J.yaml"), "不对。")], {})
    assert line.startswith("data/<U+001B>[2J.yaml: ")


def test_a_message_that_quotes_a_whole_draft_is_cut() -> None:
    assert len("\n".join(shown("甲", 1, 1, f"“{'好' * 90_000}”不是日期。"))) < 1_000


def test_errors_come_first_then_files_and_places_in_order_and_each_finding_once() -> None:
    findings = [
        Diagnostic(REMINDER, Span("甲.yaml", 1, 1), "一。"),
        Diagnostic(ERROR, Span("乙.yaml", 10, 1), "二。"),
        Diagnostic(ERROR, Span("乙.yaml", 9, 1), "三。"),
        Diagnostic(ERROR, Span("乙.yaml", 9, 1), "三。"),
        Diagnostic(ERROR, Span("乙.yaml"), "四。"),
    ]
    assert [finding.message for finding in in_reading_order(findings)] == ["四。", "三。", "二。", "一。"]


def test_of_a_file_with_very_many_findings_the_first_are_shown_and_the_rest_counted() -> None:
    many = [Diagnostic(ERROR, Span.on_line(FILE, n, 1, 1), f"第{n}处。") for n in range(1, MAX_PER_FILE + 8)]
    other = Diagnostic(ERROR, Span("data/2022/02-乙.yaml", 1, 1), "另一处。")
    lines = list(terminal([*many, other], {}))
    assert len(lines) == MAX_PER_FILE + 3
    assert lines[MAX_PER_FILE] == "data/2022/02-乙.yaml:1:1: 错误 R05 另一处。"
    assert lines[-2:] == [
        f"{FILE}: 另有 7 处没有列出，请先改好上面的。",
        f"共 {MAX_PER_FILE + 8} 处错误，0 处提醒。",
    ]


def test_errors_hide_no_reminder_from_the_sum() -> None:
    findings = [Diagnostic(ERROR, Span(FILE), "一。"), Diagnostic(REMINDER, Span(FILE), "二。")]
    assert summary(findings) == "共 1 处错误，1 处提醒。"


def test_nothing_found_is_nothing_said() -> None:
    assert list(terminal([], {})) == []
