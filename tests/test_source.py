from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from trials import tries

from jzreport.diagnostics import Diagnostic, Span
from jzreport.encoding import FORBIDDEN, decode
from jzreport.nodes import Mapping, Node, Scalar, Sequence
from jzreport.source import parse

FILE = "稿.yaml"
QUIET = tries(300)
printable = st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=60).map(
    lambda t: re.sub(FORBIDDEN, "", t)
)


def read(text: str | bytes) -> tuple[Node | None, list[Diagnostic]]:
    problems: list[Diagnostic] = []
    source = decode(text if isinstance(text, bytes) else text.encode(), FILE, problems)
    return (parse(source, problems) if source else None), problems


def good(text: str) -> Node:
    node, problems = read(text)
    assert node is not None and not any(problem.is_error for problem in problems)
    return node


def value(text: str, key: str = "正文") -> Scalar:
    root = good(text)
    assert isinstance(root, Mapping)
    (found,) = (entry.value for entry in root.entries if str(entry.key) == key)
    assert isinstance(found, Scalar)
    return found


def refused(text: str | bytes) -> tuple[str, int]:
    """The code and line of the one finding."""
    _, problems = read(text)
    (problem,) = problems
    assert problem.is_error
    return problem.rule.code, problem.span.line


def lines(scalar: Scalar) -> list[str]:
    return [str(line) for line in scalar.lines]


@pytest.mark.parametrize(
    "typed",
    [
        "no",
        "yes",
        "on",
        "OFF",
        "true",
        "null",
        "~",
        "12:30",
        "1:2",
        "010",
        "0x1F",
        "1.10",
        "1_000",
        "1e3",
        ".inf",
        "NaN",
        "2022-12-04",
        "-5",
        "+1",
        "=",
        "50%",
        "好.",
        "?好",
        "-好",
        "a:b",
        "http://a.cn/b",
    ],
)
def test_every_value_is_the_text_that_was_typed(typed: str) -> None:
    assert lines(value(f"正文: {typed}\n")) == [typed]
    assert lines(value(f"正文: [{typed}]\n".replace("正文: [", "条目:\n  - 甲\n正文: '").replace("]", "'"))) == [typed]


def test_a_value_knows_where_it_stands() -> None:
    scalar = value("章节: 甲\n正文:   依法行政  \n")
    assert scalar.lines[0].span() == scalar.span == Span(FILE, 2, 7, 2, 11)


def test_a_key_knows_where_it_stands() -> None:
    root = good("条目:\n  - 标题: 甲\n")
    assert isinstance(root, Mapping)
    items = root.entries[0].value
    assert isinstance(items, Sequence)
    (item,) = items.items
    assert isinstance(item, Mapping)
    assert item.entries[0].key.span() == Span(FILE, 2, 5, 2, 7)
    assert item.span == Span(FILE, 2, 5, 2, 10)


@pytest.mark.parametrize(
    ("typed", "indent"),
    [
        ("正文: |\n  甲\n    乙\n\n  丙", 2),
        ("正文: |-\n      甲\n        乙\n\n      丙\n", 6),
        ("正文: |+\n   甲\n     乙\n\n   丙\n", 3),
        ("正文: |2\n  甲\n    乙\n\n  丙\n", 2),
        ("正文: |  # 注\n  甲\n    乙\n  \n  丙\n", 2),
    ],
)
def test_block_text_keeps_its_lines_and_columns(typed: str, indent: int) -> None:
    scalar = value(typed)
    assert lines(scalar) == ["甲", "  乙", "", "丙"]
    assert [line.span() for line in scalar.lines] == [
        Span(FILE, 2, indent + 1, 2, indent + 2),
        Span(FILE, 3, indent + 1, 3, indent + 4),
        Span(FILE, 4, 1, 4, 1),
        Span(FILE, 5, indent + 1, 5, indent + 2),
    ]


def test_block_text_keeps_blank_lines_before_it_and_blanks_behind_it() -> None:
    scalar = value("正文: |\n\n\n  甲  \n填报人: 张某\n")
    assert lines(scalar) == ["", "", "甲  "]
    assert scalar.lines[2].span() == Span(FILE, 4, 3, 4, 6)


@pytest.mark.parametrize(("end", "place"), [("", (2, 4)), ("\n", (3, 1))])
def test_block_text_that_a_file_ends_with_ends_where_the_file_does(end: str, place: tuple[int, int]) -> None:
    assert value(f"正文: |\n  甲{end}").span == Span(FILE, 1, 5, *place)


def test_an_indentation_indicator_keeps_the_blanks_a_line_begins_with() -> None:
    scalar = value("正文: |1\n   甲\n")
    assert lines(scalar) == ["  甲"]
    assert scalar.lines[0].span() == Span(FILE, 2, 2, 2, 5)


def test_signs_inside_block_text_mean_nothing() -> None:
    typed = ["# 甲", "- 乙: 丙", "{{ 丁 }} &a *b !c", '"戊', "---", "键: 值 # 己"]
    assert lines(value("正文: |\n" + "".join(f"  {line}\n" for line in typed))) == typed


@pytest.mark.parametrize(
    ("typed", "read_as", "end", "place"),
    [
        (r'"甲\"乙\"丙"', '甲"乙"丙', 1, Span(FILE, 1, 7, 1, 9)),
        (r'"甲\u4e59丙"', "甲乙丙", 1, Span(FILE, 1, 7, 1, 13)),
        (r'"甲\\乙"', "甲\\乙", 1, Span(FILE, 1, 7, 1, 9)),
        ("'甲''乙'", "甲'乙", 1, Span(FILE, 1, 7, 1, 9)),
    ],
)
def test_an_escape_stands_for_its_spelling(typed: str, read_as: str, end: int, place: Span) -> None:
    (text,) = value(f"正文: {typed}\n").lines
    assert str(text) == read_as
    assert text.span(end, end + 1) == place
    assert text.span(0, 1) == Span(FILE, 1, 6, 1, 7)


def test_what_follows_an_escape_has_its_own_place() -> None:
    (text,) = value(r'正文: "\u4e59丙丁"' + "\n").lines
    assert text.span(1, 3) == Span(FILE, 1, 12, 1, 14)


@pytest.mark.parametrize(
    ("escape", "named"), [(r"\x07", "控制字符 U+0007"), (r"\n", "换行符"), (r"\t", "制表符（Tab）")]
)
def test_an_escape_for_what_cannot_be_printed_is_refused_at_its_place(escape: str, named: str) -> None:
    _, (problem,) = read(f'正文: "图片{escape}好"\n')
    assert problem.rule.code == "R11"
    assert problem.span == Span.on_line(FILE, 1, 8, len(escape))
    assert problem.message == f"半角双引号里的“{escape}”是{named}，印不出来。"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("正文: 第一句。\n  第二句。\n", 2),
        ("章节: 甲\n正文: 第一句。\n\n\n  第二句。\n", 5),
        ("正文: '第一句。\n  第二句。'\n", 2),
        ('正文: "第一句。\n  第二句。"\n填报人: 张某\n', 2),
        ("正文: >\n  第一句。\n  第二句。\n", 1),
        ("正文: >-\n  第一句。\n", 1),
        ("正文: >", 1),
        ("条目:\n  - 甲\n    乙\n", 3),
    ],
)
def test_text_over_several_lines_without_a_bar_is_refused_at_the_line_it_swallows(text: str, line: int) -> None:
    assert refused(text) == ("R08", line)


@pytest.mark.parametrize("typed", ["甲乙\n  丙丁\n", ">-\n  甲乙\n  丙丁\n"])
def test_of_a_folded_value_every_part_stands_where_the_finding_is(typed: str) -> None:
    node, (problem,) = read(f"正文: {typed}")
    assert isinstance(node, Mapping) and isinstance(value := node.entries[0].value, Scalar)
    assert lines(value) == ["甲乙 丙丁"]
    assert value.lines[0].span(0, 1) == value.lines[0].span(3, 5) == problem.span


def test_every_folded_value_is_told() -> None:
    _, problems = read("正文: 甲\n  乙\n填报人: 丙\n  丁\n")
    assert [(p.rule.code, p.span.line, p.span.column) for p in problems] == [("R08", 2, 3), ("R08", 4, 3)]


def test_of_very_many_folded_values_each_is_told_once() -> None:
    _, problems = read("".join(f"甲{number}: 乙\n  丙\n" for number in range(60)))
    assert {problem.rule.code for problem in problems} == {"R08"}
    assert [problem.span.end_line for problem in problems] == list(range(2, 121, 2))
    assert ["请合成一行" in problem.hint for problem in problems] == [True] * 50 + [False] * 10


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("章节: 甲\n正文: &a 好\n", 2),
        ("章节: 甲\n正文: *a\n", 2),
        ("正文: ! 注意\n", 1),
        ("正文: !!str 12\n", 1),
        ("正文: !!python/object/apply:os.system [id]\n", 1),
        ("甲: &a [好]\n乙: [*a, *a]\n", 1),
        ("指标:\n  <<: {甲: 5件}\n", 2),
        ("章节: 甲\n---\n章节: 乙\n", 2),
        ("章节: 甲\n...\n章节: 乙\n", 2),
        ("? - 甲\n: 乙\n", 1),
    ],
)
def test_what_drafts_do_not_need_is_refused_with_its_line(text: str, line: int) -> None:
    assert refused(text)[1] == line
    assert refused(text)[0] in ("R07", "R05")


def test_what_a_file_breaks_off_with_stands_on_its_last_line() -> None:
    root = good("章节: 甲\n?")
    assert isinstance(root, Mapping)
    assert [entry.span for entry in root.entries] == [Span(FILE, 1, 1, 1, 6), Span(FILE, 2, 2, 2, 2)]


def test_a_first_line_of_dashes_is_no_second_document() -> None:
    assert isinstance(good("---\n章节: 甲\n"), Mapping)


LOST = "从“#”起会被当成注释丢掉。"
BELOW = "这一行以“#”开头，会被当成注释，不印。"


@pytest.mark.parametrize(
    "typed",
    [
        "完成编号 #12 的整改",
        "完成编号  #12 的整改",
        "#12 的整改",
        '"好" #12',
        "[甲, 乙] #12",
        "| #12\n  好",
        "好 # 坏",
        "# 坏",
        '"好" # 坏',
        "[甲, 乙] # 坏",
        "| # 坏\n  好",
        "# 坏\n  好",
        "# 坏\n  - 好",
    ],
)
def test_text_that_yaml_would_drop_as_a_comment_is_refused(typed: str) -> None:
    _, problems = read(f"正文: {typed}\n")
    assert [(problem.rule.code, problem.span.line, problem.message) for problem in problems] == [("R07", 1, LOST)]
    line = f"正文: {typed}".split("\n")[0]
    assert problems[0].span == Span(FILE, 1, line.index("#") + 1, 1, len(line) + 1)
    assert "前面空两格" in problems[0].hint


@pytest.mark.parametrize("typed", ["完成编号 #12 的整改", "好 # 坏", "# 坏"])
def test_what_the_hint_for_a_comment_says_is_read_as_it_says(typed: str) -> None:
    assert lines(value(f'正文: "{typed}"\n')) == [typed]
    apart = typed.replace("#", " # ", 1).replace("  坏", " 坏")
    assert "#" not in str(good(f"甲: 乙\n正文: {apart}\n"))


@pytest.mark.parametrize("typed", ["甲  # 注释", "甲#12", '"甲 #12"', "|  # 注释\n  甲 #12\n", "[甲]  # 注释", "甲  #"])
def test_a_comment_that_is_meant_and_a_sign_inside_a_word_are_left_alone(typed: str) -> None:
    good(f"# 注释\n正文: {typed}\n# 注释\n")


@pytest.mark.parametrize(
    ("text", "told", "indent"),
    [
        ("正文: |\n  甲\n# 乙\n", [3], 2),
        ("正文: |\n  甲\n# 乙\n# 丙\n填报人: 丁\n", [3, 4], 2),
        ("条目:\n  - 正文: |\n      甲\n    # 乙\n  # 丙\n  - 标题: 丁\n", [4, 5], 6),
        ("正文: |-\n\n   甲\n     丙\n  #乙", [5], 3),
        ("正文: |\n  甲\n# 乙\n  丙\n", [3], 2),
        ("正文: |\n  甲\n#\n", [3], 2),
    ],
)
def test_a_comment_right_below_text_is_refused(text: str, told: list[int], indent: int) -> None:
    _, problems = read(text)
    assert [(p.rule.code, p.span.line, p.message) for p in problems] == [("R07", line, BELOW) for line in told]
    assert f"前面{indent}个空格" in problems[0].hint
    typed = text.split("\n")
    for line in told:
        typed[line - 1] = " " * indent + typed[line - 1].strip()
    good("\n".join(typed))


def test_a_comment_right_below_a_bar_is_refused() -> None:
    _, (problem,) = read("条目:\n  - 正文: |\n    # 甲\n  - 标题: 乙\n")
    assert (problem.rule.code, problem.span.line, problem.message) == ("R07", 3, BELOW)
    assert "多缩进两格" in problem.hint
    good("条目:\n  - 正文: |\n      # 甲\n  - 标题: 乙\n")


@pytest.mark.parametrize(
    "text", ["正文: |\n  甲\n\n# 乙\n", "正文: |+\n  甲\n \n  # 乙\n\n# 丙\n填报人: 丁\n", "正文: 甲\n# 乙\n"]
)
def test_a_comment_below_an_empty_line_is_meant(text: str) -> None:
    good(text)


def test_every_repeated_key_is_told_with_the_place_of_the_first() -> None:
    node, problems = read("章节: 甲\n正文: 乙\n正文: 丙\n章节: 丁\n章节: 戊\n")
    assert [(p.rule.code, p.span.line, p.related[0][0].line) for p in problems] == [
        ("R06", 3, 2),
        ("R06", 4, 1),
        ("R06", 5, 1),
    ]
    assert isinstance(node, Mapping) and len(node.entries) == 2


DRAFT = "章节: 甲\n填报人: 乙\n条目:\n  - 标题: 丙\n    正文: |\n      丁。\n指标:\n  戊: 5件\n"


@pytest.mark.parametrize("times", [2, 3])
@pytest.mark.parametrize("between", ["", "\n", "\n# 再贴一遍\n"])
def test_a_draft_pasted_twice_is_told_once_and_reads_when_the_rest_is_deleted(times: int, between: str) -> None:
    text = between.join([DRAFT] * times)
    node, (problem,) = read(text)
    number = 9 + between.count("\n")
    assert (problem.rule.code, problem.span.line) == ("R06", number)
    assert problem.message == f"从第{number}行起像是把来稿又贴了一遍。"
    assert problem.hint == f"请从第{number}行删到末尾。"
    left = good("\n".join(text.split("\n")[: number - 1]))
    assert isinstance(node, Mapping) and isinstance(left, Mapping) and node.entries == left.entries


def test_of_a_draft_pasted_behind_an_older_one_either_may_go() -> None:
    text = DRAFT + DRAFT.replace("填报人: 乙\n", "").replace("5件", "6件")
    _, (problem,) = read(text)
    assert (problem.span.line, problem.related[0][0].line) == (9, 1)
    assert problem.hint == "两遍不完全相同，请核对：要留前一遍，就从第9行删到末尾；要留后一遍，就删去第1行到第8行。"
    lines = text.split("\n")
    assert good("\n".join(lines[:8])) and good("\n".join(lines[8:]))


@pytest.mark.parametrize(
    "text",
    [
        DRAFT + "章节: 甲\n",  # one key written again
        DRAFT + "填报人: 乙\n指标:\n  戊: 5件\n",  # not from the first key on
        DRAFT + "章节: 甲\n指标:\n  戊: 5件\n填报人: 乙\n",  # in another order
        DRAFT + "章节: 甲\n填报人: 乙\n审核人: 己\n",  # with what was not there before
    ],
)
def test_keys_that_are_no_copy_of_the_draft_are_told_one_by_one(text: str) -> None:
    problems = read(text)[1]
    assert problems and all("已经写过一次" in problem.message for problem in problems)


@pytest.mark.parametrize("text", ["", "\n\n", "# 还没写\n", "---\n", "   \n", "''\n"])
def test_a_file_without_content_is_called_empty(text: str) -> None:
    assert refused(text) == ("R10", 0)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "正文: " + "[" * 100_000,
        "正文: " + "{" * 100_000,
        "- " * 400_000,
        "? " * 400_000,
        "- 甲\n" * 60_000,
        "[" + "a," * 400_000 + "]",
        "正文: " + "好" * 200_000,
        "正文: |\n  " + "好" * 200_000,
        '正文: "' + "\\x41" * 110_000 + '"',
        "好" * 101 + ": 好",
        "好" * 900 + ": 好",
    ],
    ids=lambda text: f"{text[:8]!r} and on",
)
def test_what_is_too_deep_too_many_or_too_long_is_refused(text: str) -> None:
    assert refused(text)[0] == "R09"


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("[" * 32 + "]" * 32, "[" * 33 + "]" * 33),
        ("".join(f"{' ' * depth}甲:\n" for depth in range(31)) + " " * 31 + "甲: 乙", "["),
        ("- 甲\n" * 49_999, "- 甲\n" * 50_000),
        ("好" * 100 + ": 好", "好" * 101 + ": 好"),
        (f"正文: {'好' * 100_000}", f"正文: {'好' * 100_001}"),
        (f"正文: '{'好' * 100_000}'", f"正文: '{'好' * 100_001}'"),
        (f"正文: |\n  {'好' * 100_000}", f"正文: |\n  {'好' * 100_001}"),
    ],
    ids=("lists", "mappings", "entries", "name", "value", "quoted", "text"),
)
def test_what_is_as_deep_as_many_or_as_long_as_the_limit_is_read_and_no_more(text: str, more: str) -> None:
    good(text)
    more = text.replace("乙", "[乙]") if more == "[" else more
    assert refused(more)[0] == "R09"


@pytest.mark.parametrize(
    "text",
    ['"' * 500_000, "正文: " + '"a" ' * 200_000, "正文: 好: " * 60_000, "a: [" * 200_000, "正文: @" + "好" * 300_000],
    ids=lambda text: f"{text[:8]!r} and on",
)
def test_a_long_broken_line_is_refused(text: str) -> None:
    assert refused(text)[0] in ("R05", "R09")


def test_a_long_line_of_short_values_is_read() -> None:
    items = 40_000
    root = good("正文: [" + '"a\\\\", ' * items + "甲]")
    assert isinstance(root, Mapping) and isinstance(root.entries[0].value, Sequence)
    assert len(root.entries[0].value.items) == items + 1


def test_the_python_and_the_c_parser_give_the_same_places(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "章节: 甲\n条目:\n  - 标题: '乙''丙'\n    正文: |\n      丁\n\n      戊\n  - 标题: \"\\u4e59\"\n指标: {己: 5件}\n"
    first = good(text)
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    assert good(text) == first


@QUIET
@given(printable.filter(lambda text: bool(text.strip(" "))), st.integers(1, 6))
def test_any_line_put_as_block_text_reads_back(text: str, indent: int) -> None:
    scalar = value(f"章节: 甲\n正文: |{indent}\n{' ' * indent}{text}\n填报人: 乙\n")
    assert lines(scalar) == [text]
    assert scalar.lines[0].span() == Span.on_line(FILE, 3, indent + 1, len(text))


@QUIET
@given(printable)
def test_any_line_put_in_quotes_reads_back(text: str) -> None:
    single = value("正文: '" + text.replace("'", "''") + "'\n")
    double = value('正文: "' + text.replace("\\", "\\\\").replace('"', '\\"') + '"\n')
    assert lines(single) == lines(double) == [text]


@QUIET
@given(st.binary(max_size=120))
def test_whatever_the_bytes_a_value_or_a_finding_comes_out(data: bytes) -> None:
    node, problems = read(data)
    assert node is not None or problems


@QUIET
@given(st.text(st.sampled_from("甲乙: \n-：#&*!|>'\"%@`{}[],?<\\\u00a0\u3000\t~.0１—"), max_size=60))
@example(",:")  # an entry, and nothing above it
def test_whatever_is_typed_a_value_or_findings_with_true_places_come_out(text: str) -> None:
    node, problems = read(text)
    assert node is not None or problems
    typed = text.split("\n")
    for problem in problems:
        span = problem.span
        assert span.line <= len(typed)
        assert span.line == 0 or 1 <= span.column <= len(typed[span.line - 1]) + 1


def test_a_broken_file_hides_nothing_of_another() -> None:
    problems: list[Diagnostic] = []
    for name, text in (("丁.yaml", "章节: 甲\n正文: 乙\n  丙\n"), ("甲.yaml", "章节: @甲\n")):
        source = decode(text.encode(), name, problems)
        assert source
        parse(source, problems)
    assert [(problem.span.file, problem.rule.code) for problem in problems] == [("丁.yaml", "R08"), ("甲.yaml", "R05")]


def test_a_reminder_of_a_line_stays_when_another_line_cannot_be_read() -> None:
    found = [("一.yaml", 2, "R05"), ("二.yaml", 2, "R13"), ("二.yaml", 3, "R05")]
    problems: list[Diagnostic] = []
    for name, text in (("一.yaml", "章节: 甲\n正文: @乙\n"), ("二.yaml", "正文: |\n  **甲**\n章节: @乙\n")):
        source = decode(text.encode(), name, problems)
        assert source
        parse(source, problems)
    assert [(problem.span.file, problem.span.line, problem.rule.code) for problem in problems] == found


def test_of_a_line_that_cannot_be_read_nothing_is_reminded() -> None:
    assert refused("章节: 甲\n正文: [乙\u200b, 丙\n") == ("R05", 2)


@pytest.mark.parametrize("typed", ["#正文: 乙", "  #乙", "- #乙"])
def test_a_line_that_was_meant_to_be_printed_is_no_comment(typed: str) -> None:
    assert refused(f"条目:\n{typed}\n" if typed[0] == "-" else f"章节: 甲\n{typed}\n") == ("R07", 2)
