"""What is pasted with a text from a chat, a web page or Word, and what only looks like it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trials import tries

from jzreport.diagnostics import Diagnostic, Severity, Span
from jzreport.encoding import FORBIDDEN, decode
from jzreport.source import parse

FILE = "稿.yaml"


def found(text: str) -> list[Diagnostic]:
    problems: list[Diagnostic] = []
    source = decode(text.encode(), FILE, problems)
    assert source is not None
    parse(source, problems)
    return problems


def in_text(*lines: str) -> list[Diagnostic]:
    return found("正文: |\n" + "".join(f"  {line}\n" if line else "\n" for line in lines))


def repaired(text: str) -> str:
    """The text with the edits of its findings made, of overlapping ones the last."""
    lines = text.split("\n")
    edits = [edit for problem in found(text) for edit in problem.edits]
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        line = lines[edit.span.line - 1]
        start, end = edit.span.column - 1, edit.span.end_column - 1
        if line[start:end] == edit.old:
            lines[edit.span.line - 1] = line[:start] + edit.new + line[end:]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("推进**“放管服”**改革。", "推进“放管服”改革。"),
        ("**一是强化领导。**印发**5**份文件。", "一是强化领导。印发5份文件。"),
        ("高质量**提高**水平。", "高质量提高水平。"),
        ("__年度工作情况__如下。", None),
        ("（__年度工作情况__）如下。", "（年度工作情况）如下。"),
        ("使用`行政复议`平台和`信息`系统。", "使用行政复议平台和信息系统。"),
        ("## 一、总体情况", "一、总体情况"),
        ("# 总体情况", "总体情况"),
        ("###总体情况", "总体情况"),
        ("\u3000\u3000## 总体情况", "\u3000\u3000总体情况"),
        ("```yaml", ""),
        ("```", ""),
        ("---", ""),
        ("- 一是强化领导。", "- 一是强化领导。"),
        ("* 一是强化领导。", "* 一是强化领导。"),
        ("> 会议指出，要依法行政。", "> 会议指出，要依法行政。"),
        ("|---|:---:|", "|---|:---:|"),
    ],
)
def test_a_markdown_mark_is_told_where_it_stands_and_deleted_where_that_is_safe(
    typed: str, becomes: str | None
) -> None:
    problems = in_text("第一段。", "", typed)
    assert {(problem.rule.code, problem.span.line) for problem in problems} == (
        {("R13", 4)} if becomes is not None else set()
    )
    assert all(problem.rule.severity is Severity.WARNING for problem in problems)
    if becomes is not None:
        assert repaired(f"正文: |\n  {typed}") == f"正文: |\n  {becomes}"


@pytest.mark.parametrize(
    "typed",
    [
        "王**诉李**信息公开案。",
        "张**、李**等3人。",
        "联系人张**，电话138****1234。",
        "证号3701**********1234。",
        "第__次会议、第__次会议。",
        "__年__月__日",
        "____年度",
        "网址 http://a.cn/a__b__c/index_1__2.html",
        "* 注：数据截至年底。",
        "*注：数据截至年底。",
        "- 5℃以下不施工。",
        "-5%",
        "> 5件",
        ">5件",
        "#5楼",
        "——会议指出",
        "－会议指出",
        "1*2**3",
        "| 好",
        "~好",
        "一是好-- 二是好",
    ],
)
def test_signs_that_are_text_are_left_alone(typed: str) -> None:
    assert in_text("第一段。", "", typed) == []


def test_a_value_on_one_line_is_looked_at_and_its_dash_is_none_of_a_list() -> None:
    (problem,) = found("条目:\n  - 标题: 推进**政务**公开\n")
    assert problem.span == Span.on_line(FILE, 2, 11, 6)
    assert found('正文: "-5℃以下"\n') == found('正文: "*注：好"\n') == []


@pytest.mark.parametrize(
    "typed",
    (
        *(
            "工作完成✅。",
            "推进顺利😊。",
            "<p>好</p>",
            "好<br>",
            "好&nbsp;好",
            "*斜体*的字",
            "+ 一是公开。",
            "• 一是公开。",
        ),
        *("【【名】】", "希望以上内容对您有帮助！", "好的，以下是修改稿。", "作为一个人工智能助手。"),
    ),
)
def test_what_a_chat_or_a_page_leaves_behind_is_told_and_left_to_the_clerk(typed: str) -> None:
    (problem,) = in_text("第一段。", "", typed)
    assert (problem.rule.code, problem.span.line, problem.edits) == ("R13", 4, ())


@pytest.mark.parametrize(
    "typed",
    ["受理**件。", "受理**件，办结**件。", "增长**%，**优化**流程。", "受理**件，推进**优化**流程。", "推进**甲。"],
)
def test_stars_that_hold_the_place_of_a_number_are_never_deleted(typed: str) -> None:
    assert in_text(typed) == []


def test_the_mark_of_a_heading_is_deleted_where_it_is_a_paragraph_of_its_own() -> None:
    assert [bool(p.edits) for p in in_text("甲。", "### 一、乙", "丙。", "", "## 丁", "", "戊。")] == [False, True]


@pytest.mark.parametrize("typed", ['"*加强审计监督"', '"- 全面推进"', "'## 全面推进'", '"• 甲"'])
def test_a_mark_that_was_quoted_instead_of_deleted_is_told(typed: str) -> None:
    (problem,) = found(f"标题: {typed}\n")
    assert (problem.rule.code, problem.span.column) == ("R13", 6)
    assert found(f"表头: [{typed}, 乙]\n") == []


def test_a_list_is_told_once_and_another_one_again() -> None:
    assert [p.span.line for p in in_text("- 甲。", "", "- 乙。", "- 丙。", "丁。", "", "- 戊。")] == [2, 8]


def test_a_dash_that_begins_a_swallowed_entry_is_no_mark() -> None:
    assert in_text("第一段。", "- 标题: 甲", "- 乙。") == []


@pytest.mark.parametrize(
    ("typed", "code", "named", "becomes"),
    [
        ("法治\u200b政府", "R14", "“法治”后面有一个看不见的字符（零宽空格 U+200B）。", "法治政府"),
        ("法治\u200d政府", "R14", "“法治”后面有一个看不见的字符（零宽连字 U+200D）。", "法治政府"),
        ("法治\u2060政府", "R14", "“法治”后面有一个看不见的字符（零宽连接符 U+2060）。", "法治政府"),
        ("法治\u00ad政府", "R14", "“法治”后面有一个看不见的字符（可选连字符 U+00AD）。", "法治政府"),
        ("\u202e法治政府", "R14", "这一行开头有一个看不见的字符（文字方向标记 U+202E）。", "法治政府"),
        ("法治\u00a0政府", "R14", "“法治”后面有一个看不见的字符（不间断空格 U+00A0）。", "法治 政府"),
        ("法治\u2003政府", "R14", "“法治”后面有一个看不见的字符（特殊空格 U+2003）。", "法治 政府"),
        ("法治政府\u200b", "R14", "“法治政府”后面有一个看不见的字符（零宽空格 U+200B）。", "法治政府"),
        (
            "法\u200b治\u00a0政\u200b府",
            "R14",
            "“法”后面等3处有看不见的字符（零宽空格 U+200B、不间断空格 U+00A0）。",
            "法治 政府",
        ),
        ("法治\ue5f1府", "R15", "“法治”后面有一个印不出来的字符（U+E5F1）。", None),
        ("法治\U000f0000府", "R15", "“法治”后面有一个印不出来的字符（U+F0000）。", None),
        ("法治\ufdd0府", "R15", "“法治”后面有一个印不出来的字符（U+FDD0）。", None),
    ],
)
@pytest.mark.parametrize("form", ["正文: {}\n", "正文: |\n  {}\n", "条目:\n  - 标题: '{}'\n", "表头: [甲, {}, 乙]\n"])
def test_a_character_nobody_sees_is_named_with_its_neighbour(
    form: str, typed: str, code: str, named: str, becomes: str | None
) -> None:
    text = form.format(typed)
    (problem,) = found(text)
    assert (problem.rule.code, problem.message) == (code, named)
    assert problem.is_error == (code == "R15")
    line = text.split("\n")[problem.span.line - 1]
    assert not line[problem.span.column - 1].isprintable()
    assert repaired(text) == (form.format(becomes) if becomes else text)


@pytest.mark.parametrize(
    "typed",
    ["\u3000\u3000法治\u3000政府", "\u00a0法治\u00a0", "𠮷㐀\U00031350", "①②③㎡℃№★☆→", "法 治", "葛\U000e0100城"],
)
def test_layout_full_width_blanks_and_rare_characters_are_left_alone(typed: str) -> None:
    assert in_text(typed) == []


def test_what_stands_in_a_comment_is_not_printed() -> None:
    assert found("# 好\u200b**好**\n正文: 好  # \u00a0好\n") == []


def test_an_escape_is_told_and_has_no_edit() -> None:
    (problem,) = found('正文: "法治\\u200b政府"\n')
    assert (problem.rule.code, problem.span, problem.edits) == ("R14", Span.on_line(FILE, 1, 8, 6), ())


def test_a_line_that_cannot_be_read_is_told_that_alone() -> None:
    problems = found("条目:\n  -\u00a0标题: 甲\n    正文: 好\n")
    assert [(problem.rule.code, problem.span.line) for problem in problems] == [("R05", 2)]


@pytest.mark.parametrize("sign", ["**甲", "`甲", "__甲乙丙丁", "\u200b", "\ue000", "王**", "甲** ", "\n  - 甲", "\n  "])
def test_a_long_text_is_looked_through_to_its_end(sign: str) -> None:
    problems = found("正文: |\n  " + sign * (90_000 // len(sign)) + "\n")
    assert len(problems) <= 100


@tries(300)
@given(st.text(st.sampled_from("甲乙 *_`#->|~\u200b\u00a0\u3000王\ue000"), min_size=1, max_size=30))
def test_what_is_repaired_needs_no_repair_and_loses_no_word(typed: str) -> None:
    if not (clean := re.sub(FORBIDDEN, "", typed).strip()):
        return
    text = f"正文: |\n  甲\n  {clean}\n"
    once = repaired(text)
    kept = [character for character in text if character.isalnum()]
    assert [character for character in once if character.isalnum()] == kept
    assert not any(problem.edits and problem.rule.code == "R14" for problem in found(once))


def test_a_good_text_is_not_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("jzreport.strays.in_value")
    assert in_text("\u3000\u3000“放管服”改革：到2022年底，受理534件——全部办结。", "", "第二段。") == []
