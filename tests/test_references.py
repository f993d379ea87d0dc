from __future__ import annotations

import in_memory
import pytest
from hypothesis import given
from hypothesis import strategies as st
from trials import tries

from jzreport.diagnostics import Diagnostic, Span
from jzreport.draft import Paragraph
from jzreport.figures import parse_quantity
from jzreport.references import figures_of, names_used, printable, resolve
from jzreport.source import EMPTY
from jzreport.text import Text

FIGURES, _ = in_memory.figures("""
    行政复议受理:
      数值: 534件
      上年: 519件
    行政复议办结:
      数值: 约514件
      总数: 行政复议受理
    公共法律服务: 近11万余人次
    网上办件:
      数值: 75万件
      上年: 71.4万件
    出庭应诉率:
      数值: 92.12%
      上年: 89%
    立法:
      数值: 两部
      上年: 两部
    满意率:
      数值: 97.54%
      上年: 97.5%
    热线:
      数值: 5件
      上年: 0件
    专项:
      数值: 5件
      上年: 3%
      总数: 出庭应诉率
    分析:
      数值: 5件
      总数: 没有的指标
    得分: '92.5'
""")
quick = tries(150)


def printed(typed: str) -> tuple[str, list[Diagnostic]]:
    problems: list[Diagnostic] = []
    return str(resolve(Text.typed(typed, "稿.yaml", 7, 3), FIGURES, problems)), problems


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("受理{{ 行政复议受理 }}，办结{{行政复议办结}}。", "受理534件，办结约514件。"),
        ("{{ 公共法律服务 }}", "近11万余人次"),
        ("{{ 公共法律服务.数值 }}", "11万余"),
        ("{{ 公共法律服务.单位 }}", "人次"),
        ("{{ 出庭应诉率.数值 }}{{ 出庭应诉率.单位 }}", "92.12%"),
        ("{{ 立法.数值 }}", "两"),
        ("{{ 网上办件.数值 }}", "75万"),
        ("{{ 得分.数值 }}{{ 得分.单位 }}分", "92.5分"),
        ("上年为{{ 行政复议受理.上年 }}", "上年为519件"),
        ("同比{{ 行政复议受理.同比 }}", "同比增长2.9%"),
        ("较上年{{ 出庭应诉率.同比 }}", "较上年提高3.1个百分点"),
        ("比上年{{ 网上办件.增减 }}", "比上年增加3.6万件"),
        ("比上年{{ 热线.同比 }}", "比上年增加5件"),
        ("占{{ 行政复议办结.占比 }}", "占96.3%"),
        ("没有引用", "没有引用"),
        ("", ""),
    ],
)
def test_a_reference_prints_the_figure_or_what_follows_from_it(typed: str, expected: str) -> None:
    assert printed(typed) == (expected, [])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("办结数{{ 立法.同比 }}", "办结数与上年持平"),
        ("较上年{{ 立法.同比 }}", "较上年持平"),
        ("同比{{ 立法.增减 }}", "同比持平"),
        ("较去年同期{{ 满意率.同比 }}", "较去年同期基本持平"),
        ("满意率{{ 满意率.同比 }}", "满意率与上年基本持平"),
    ],
)
def test_the_year_before_is_not_named_twice(typed: str, expected: str) -> None:
    assert printed(typed) == (expected, [])


@pytest.mark.parametrize(
    "typed",
    [
        "｛｛ 出庭应诉率.数值 ｝｝",
        "{{ 出庭应诉率。数值 }}",
        "{{出庭应诉率．数值}}",
        "｛｛出庭应诉率 。 数值}}",
        "{{　出庭应诉率.数值　}}",
    ],
)
def test_signs_of_the_chinese_keyboard_are_understood(typed: str) -> None:
    assert printed(typed) == ("92.12", [])


@pytest.mark.parametrize(
    "typed", ["{% if 真 %}", "{ 受理 }", "{# 注 #}", "｛受理｝", "${受理}", "%(受理)s", "<b>&amp;"]
)
def test_what_is_no_reference_stays_text(typed: str) -> None:
    assert printed(typed) == (typed, [])


@pytest.mark.parametrize(
    "typed",
    [
        "{{ 7*7 }}",
        "{{ a|b }}",
        "{{ 行政复议受理.__class__.__mro__ }}",
        "{{ 行政复议受理() }}",
        "{{ 行政复议受理['数值'] }}",
        "{{ 行政复议 受理 }}",
        "{{ 行政复议受理. }}",
        "{{ .数值 }}",
        "{{ “行政复议受理” }}",
        "{{ }}",
        "{{}}",
        "{{{ 行政复议受理 }}",
    ],
)
def test_an_expression_is_refused_and_never_computed(typed: str) -> None:
    text, problems = printed(f"共{typed}。")
    assert text == f"共{typed}。"
    assert [(p.rule.code, p.span) for p in problems] == [("F05", Span.on_line("稿.yaml", 7, 4, len(typed)))]
    assert problems[0].message == f"“{typed}”不是对指标的引用。"


@pytest.mark.parametrize(
    ("typed", "strays"),
    [
        ("{{ 受理", [1]),
        ("受理 }}", [4]),
        ("{{ {{ ", [1, 4]),
        ("｛｛ 受理", [1]),
        ("{{ 受理 }", [1]),
        ("{ 受理 }}", [6]),
    ],
)
def test_braces_without_their_other_half_are_found(typed: str, strays: list[int]) -> None:
    text, problems = printed(typed)
    assert text == typed
    assert [(p.rule.code, p.span.column - 2) for p in problems] == [("F05", column) for column in strays]
    assert all("没有成对" in p.message for p in problems)


def test_a_reference_left_open_does_not_swallow_the_next() -> None:
    text, problems = printed("{{ 受理，{{ 立法 }}。")
    assert text == "{{ 受理，两部。"
    assert [p.span.column for p in problems] == [3]


@pytest.mark.parametrize(
    ("typed", "code", "message", "hint"),
    [
        ("{{ 行政复义受理 }}", "F01", "没有名叫“行政复义受理”的指标。", "是不是“{{ 行政复议受理 }}”？"),
        ("{{ 信访 }}", "F01", "没有名叫“信访”的指标。", "请在“指标”里写上“信访: ……”。"),
        (
            "{{ 行政复议办结的同比 }}",
            "F01",
            "没有名叫“行政复议办结的同比”的指标。",
            "是不是“{{ 行政复议办结.同比 }}”？",
        ),
        ("{{ 行政复议办结同比 }}", "F01", "没有名叫“行政复议办结同比”的指标。", "是不是“{{ 行政复议办结.同比 }}”？"),
        (
            "{{ 行政复议办结（同比） }}",
            "F05",
            "“{{ 行政复议办结（同比） }}”不是对指标的引用。",
            "请写成“{{ 行政复议办结.同比 }}”。",
        ),
        ("{{ 立法 / 上年 }}", "F05", "“{{ 立法 / 上年 }}”不是对指标的引用。", "请写成“{{ 立法.上年 }}”。"),
        ("{{ 立法.数直 }}", "F06", "引用里不能写“.数直”。", "是不是“立法.数值”？"),
        ("{{ 立法.颜色 }}", "F06", "引用里不能写“.颜色”。", "可以写的有：数值、单位、上年、同比、增减、占比。"),
        ("{{ 得分.上年 }}", "F23", "“得分”没有上年的数，上年算不出来。", "请给这个指标写上“上年”，单位与今年相同。"),
        ("{{ 得分.同比 }}", "F23", "“得分”没有上年的数，同比算不出来。", "请给这个指标写上“上年”，单位与今年相同。"),
        ("{{ 立法.占比 }}", "F06", "“立法”的占比算不出来。", "请给这个指标写上“总数”"),
        ("{{ 专项.占比 }}", "F06", "“专项”的占比算不出来。", "两个数的单位要相同：一个是“5件”，一个是“92.12%”。"),
        ("{{ 热线.占比 }}", "F06", "“热线”的占比算不出来。", "请给这个指标写上“总数”"),
    ],
)
def test_what_cannot_be_printed_is_found_at_exactly_its_place(typed: str, code: str, message: str, hint: str) -> None:
    text, problems = printed(f"全年{typed}。")
    assert text == f"全年{typed}。"
    assert [(p.rule.code, p.message, p.span) for p in problems] == [
        (code, message, Span.on_line("稿.yaml", 7, 5, len(typed)))
    ]
    assert problems[0].hint.startswith(hint)


def test_of_a_share_in_a_total_that_is_no_figure_nothing_more_is_told() -> None:
    assert printed("{{ 分析.占比 }}") == ("{{ 分析.占比 }}", [])  # told where the total is named
    figures, _ = in_memory.figures("受理: 若干\n办结:\n  数值: 5件\n  上年: 3件\n  总数: 受理\n")
    problems: list[Diagnostic] = []
    resolve(Text.typed("{{ 办结.占比 }}", "稿.yaml", 1, 1), figures, problems)
    assert problems == []


def test_a_total_in_another_unit_is_told_whatever_the_unit_of_last_year() -> None:
    figures, _ = in_memory.figures("受理: 9人\n办结:\n  数值: 5件\n  上年: 3件\n  总数: 受理\n")
    problems: list[Diagnostic] = []
    resolve(Text.typed("{{ 办结.占比 }}", "稿.yaml", 1, 1), figures, problems)
    assert [p.hint for p in problems] == ["两个数的单位要相同：一个是“5件”，一个是“9人”。"]


@pytest.mark.parametrize(
    ("now", "before", "line", "hint"),
    [
        ("500件", "245", 3, "一个是“245”（没有写单位）。请写成“上年: 245件”。"),
        ("11万余件", "近9万余", 3, "请写成“上年: 近9万余件”。"),
        ("500件", "245个", 3, "若是单位写错了，请写成“上年: 245件”；本来就是两种单位的，正文里不能引用同比、增减。"),
        ("500", "245件", 2, "请写成“数值: 500件”。"),
    ],
)
def test_two_numbers_of_different_units_are_told_at_the_one_to_mend(
    now: str, before: str, line: int, hint: str
) -> None:
    figures, _ = in_memory.figures(f"受理:\n  数值: {now}\n  上年: {before}\n")
    problems: list[Diagnostic] = []
    resolve(Text.typed("{{ 受理.同比 }}", "稿.yaml", 9, 1), figures, problems)
    (problem,) = problems
    assert (problem.rule.code, problem.span.line, problem.span.column) == ("F06", line, 7)
    assert problem.message == "“受理”的同比算不出来。" and problem.hint.endswith(hint)


@pytest.mark.parametrize(
    ("now", "before", "hint"),
    [
        ("500件", "245个", "请给这个指标加上一行“上年: 245件”。"),
        ("500", "245件", "请给“受理”的数写上单位“件”。"),
    ],
)
def test_a_unit_that_last_years_report_has_otherwise_is_told_at_this_years_figure(
    now: str, before: str, hint: str
) -> None:
    figures, _ = in_memory.figures(f"受理: {now}\n")
    then = parse_quantity(Text.typed(before, "data/2021/稿.yaml", 5, 9))
    problems: list[Diagnostic] = []
    recalled = {"受理": figures["受理"]._replace(previous=then)}
    resolve(Text.typed("{{ 受理.增减 }}", "稿.yaml", 9, 1), recalled, problems)
    assert [(p.span.line, p.hint.endswith(hint)) for p in problems] == [(1, True)]


@pytest.mark.parametrize(
    ("count", "before", "guessed"),
    [(1, 0, 50), (200, 0, 50), (1000, 0, 10), (1, 450, 50), (1, 451, 50), (1, 490, 11), (1, 501, 0)],
)
def test_what_was_meant_is_guessed_as_long_as_somebody_reads_it(count: int, before: int, guessed: int) -> None:
    figures, problems = in_memory.figures("".join(f"行政复议受理{number}: 5件\n" for number in range(count)))
    problems += [Diagnostic(EMPTY, Span("别的.yaml"), "")] * before
    resolve(Text.typed("{{ 行政复义受理0 }}" * 60, "稿.yaml", 1, 1), figures, problems)
    hints = [problem.hint for problem in problems[before:]]
    assert len(hints) == 60 and ["是不是" in hint for hint in hints] == [True] * guessed + [False] * (60 - guessed)


def test_a_figure_called_none_is_nobodys_whole() -> None:
    figures, _ = in_memory.figures("None: 5件\n受理: 5件\n")
    problems: list[Diagnostic] = []
    resolve(Text.typed("{{ 受理.占比 }}", "稿.yaml", 1, 1), figures, problems)
    assert [p.rule.code for p in problems] == ["F06"]


def test_the_printed_value_stands_for_the_place_of_its_reference() -> None:
    text = resolve(Text.typed("受理{{ 行政复议受理 }}，办结{{ 立法 }}。", "稿.yaml", 7, 3), FIGURES, [])
    assert str(text) == "受理534件，办结两部。"
    assert text.span(2, 6) == text.span(3, 4) == Span.on_line("稿.yaml", 7, 5, 12)
    assert text.span(6, 7) == Span.on_line("稿.yaml", 7, 17, 1)
    assert text.span(0, 12) == Span.on_line("稿.yaml", 7, 3, 26)


def test_a_reference_over_two_lines_is_one_reference() -> None:
    first, second = Text.typed("受理{{ 行政复", "稿.yaml", 7, 3), Text.typed("议受理 }}。", "稿.yaml", 8, 3)
    problems: list[Diagnostic] = []
    text = resolve(first + second, FIGURES, problems)
    assert (str(text), problems) == ("受理534件。", [])
    assert text.span(2, 6) == Span("稿.yaml", 7, 5, 8, 9)


def test_the_names_that_a_text_refers_to_are_told() -> None:
    text = Text.made("{{ 受理 }}、｛｛ 办结。同比 ｝｝，{{ 7*7 }}，{{ 没有 }}，{{")
    assert names_used(text) == ("受理", "办结", "没有")


pieces = st.sampled_from(
    ["{{", "}}", "｛｛", "｝｝", "{", "}", ".", "。", " ", "立法", "数值", "同比", "受理", "|", "%", "年"]
)


@quick
@given(st.lists(pieces, max_size=14).map("".join))
def test_whatever_is_typed_is_printed_or_found(typed: str) -> None:
    text, problems = printed(typed)
    if not problems:
        assert "{{" not in text and "}}" not in text
    for problem in problems:
        place = problem.span
        assert place.line == 7 and typed[place.column - 3 : place.end_column - 3]


def test_a_total_or_part_that_is_no_figure_is_found_where_it_is_named() -> None:
    draft = in_memory.draft(
        "章节: 甲\n正文: 略。\n指标:\n  受理:\n    数值: 5件\n    总数: 受里\n    其中: [办结]\n  办结: 3件\n"
    )
    problems: list[Diagnostic] = []
    figures_of([draft], problems)
    (found,) = problems
    assert (found.rule.code, found.message, found.hint) == ("F01", "没有名叫“受里”的指标。", "是不是“受理”？")
    assert (found.span.line, found.span.column) == (7, 9)


def test_a_total_is_guessed_to_be_a_figure_and_nothing_that_follows_from_one() -> None:
    draft = in_memory.draft("章节: 甲\n正文: 略。\n指标:\n  受理:\n    数值: 5件\n    总数: 办结同比\n  办结: 3件\n")
    problems: list[Diagnostic] = []
    figures_of([draft], problems)
    assert [p.rule.code for p in problems] == ["F01"] and "办结.同比" not in problems[0].hint


LONG = "推动行政机关负责人出庭应诉，做到应出尽出，以案促改，规范执法行为。"


@pytest.mark.parametrize(
    ("typed", "last_year", "told", "found"),
    [
        ("受理: 6件", "受理: 5件", "增长20%", []),
        ("受理: 6件", "受理: {数值: 5件, 上年: 3件}", "增长20%", []),
        ("受理: {数值: 6件, 上年: 4件}", "受理: 5件", "增长50%", []),
        ("受理: 6件", "办结: 5件", "{{ 受理.同比 }}", ["F23"]),
        ("受理: 6件", "受理: 若干", "{{ 受理.同比 }}", ["F23"]),
        ("受理: 若干", "受理: 5件", "若干", []),
    ],
)
def test_where_no_last_year_was_typed_it_is_what_last_years_report_says(
    typed: str, last_year: str, told: str, found: list[str]
) -> None:
    figures, _ = in_memory.figures(typed)
    draft = in_memory.draft("章节: 甲\n正文: 受理{{ 受理.同比 }}\n")._replace(figures=tuple(figures.values()))
    problems: list[Diagnostic] = []
    (printed,), _ = printable((draft,), {}, "", problems, in_memory.figures(last_year)[0])
    (paragraph,) = printed.body
    assert isinstance(paragraph, Paragraph) and str(paragraph.text) == f"受理{told}"
    assert [p.rule.code for p in problems] == found


def test_nothing_more_is_told_of_a_name_declared_twice() -> None:
    one = in_memory.draft(f"章节: 甲\n正文: {LONG}同比{{{{ 受理.同比 }}}}。\n指标:\n  受理: 5件\n", "一.yaml")
    two = in_memory.draft("章节: 甲\n正文: 好。\n指标:\n  受理: {数值: 6件, 上年: 3件}\n", "二.yaml")
    problems: list[Diagnostic] = []
    printable((one, two), {}, "", problems)
    assert [(p.rule.code, p.span.file) for p in problems] == [("F02", "二.yaml")]
    assert "在 一.yaml 第5行已经写过（5件）" in problems[0].message
    assert "商定由谁填" in problems[0].hint


def test_the_figures_of_a_copied_draft_are_not_told_besides() -> None:
    text = f"章节: 甲\n正文: {LONG}\n指标:\n  受理: 5件\n"
    problems: list[Diagnostic] = []
    figures = figures_of([in_memory.draft(text, "一.yaml"), in_memory.draft(text, "二.yaml")], problems)
    assert (problems, figures["受理"].is_readable) == ([], True)
    figures_of([in_memory.draft(text, "一.yaml"), in_memory.draft(text.replace("5件", "6件"), "二.yaml")], problems)
    assert [p.rule.code for p in problems] == ["F02"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("好" * 20, []),
        ("好" * 19 + "，abc 123", ["F02"]),
        (f"|\n  好。\n\n  {LONG}", []),
        ("|\n  好。\n\n" + "  好好，好好。\n\n" * 9, ["F02"]),
        ("㐀鿿" * 10, []),
    ],
)
def test_a_copy_is_long_enough_that_two_people_do_not_write_it(text: str, found: list[str]) -> None:
    typed = f"章节: 甲\n正文: {text}\n指标:\n  受理: 5件\n"
    problems: list[Diagnostic] = []
    figures_of([in_memory.draft(typed, "一.yaml"), in_memory.draft(typed, "二.yaml")], problems)
    assert [p.rule.code for p in problems] == found


def test_items_that_were_copied_are_a_copy() -> None:
    text = f"章节: 甲\n条目:\n  - 标题: 甲\n    条目:\n      - 正文: {LONG}\n指标:\n  受理: 5件\n"
    for again, found in ((text, []), (text.replace(LONG, f"{LONG}好。"), ["F02"])):
        problems: list[Diagnostic] = []
        figures_of([in_memory.draft(text, "一.yaml"), in_memory.draft(again, "二.yaml")], problems)
        assert [p.rule.code for p in problems] == found


@pytest.mark.parametrize("typed", ["{ 立法 }", "{ { 立法 } }", "｛立法｝"])
def test_braces_that_were_meant_for_a_reference_are_found(typed: str) -> None:
    _, problems = printed(f"通过{typed}。")
    assert [problem.rule.code for problem in problems] == ["F05"]
    assert "请写成“{{ 立法 }}”" in problems[0].hint or "写成" in problems[0].hint


def test_other_braces_are_text() -> None:
    assert printed("集合{甲}、｛一｝。") == ("集合{甲}、｛一｝。", [])
