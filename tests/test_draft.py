from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from in_memory import draft
from pictures import png
from trials import tries

from jzreport.diagnostics import Diagnostic, Span
from jzreport.draft import Block, Draft, Paragraph, Picture, Table, files_named, read_draft, rewrite, with_files
from jzreport.encoding import AS_TABLE, decode
from jzreport.keys import IN_BODY, BlockKeys
from jzreport.source import parse
from jzreport.text import Text

HEAD = "章节: 监督问效\n填报单位: 市司法局\n"
QUIET = tries(200)


def read(text: str) -> tuple[Draft | None, list[Diagnostic]]:
    problems: list[Diagnostic] = []
    source = decode(text.encode(), "稿.yaml", problems)
    node = parse(source, problems) if source else None
    return (read_draft(node, problems) if node else None), problems


def wrong(text: str) -> list[tuple[str, int]]:
    return [(problem.rule.code, problem.span.line) for problem in read(HEAD + text)[1]]


def body(text: str) -> tuple[Block, ...]:
    return draft(HEAD + text).body


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [str(block.text) for block in blocks if isinstance(block, Paragraph)]


def test_a_draft_says_to_which_section_and_department_it_belongs() -> None:
    made = draft(HEAD + "正文: 好。\n")
    assert (str(made.node_key), str(made.department), made.file) == ("监督问效", "市司法局", "稿.yaml")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("一句一行，\n  方便核对。", ["一句一行，方便核对。"]),
        ("第一段。\n\n  第二段。", ["第一段。", "第二段。"]),
        ("第一段。\n\n\n   \n  第二段。", ["第一段。", "第二段。"]),
        ("\n  第一段。\n", ["第一段。"]),
        ("　　第一段，\n  　　接着写。", ["第一段，接着写。"]),
        ("第一段。  \n      多缩进的。", ["第一段。多缩进的。"]),
        ("using\n  Python 3\n  写", ["using Python 3写"]),
        ("共5件，\n  其中3件", ["共5件，其中3件"]),
        ("# 不是注释\n  - 不是列表\n  键: 不是键", ["# 不是注释- 不是列表键: 不是键"]),
    ],
)
def test_lines_are_joined_as_chinese_text_is_and_a_blank_line_ends_a_paragraph(typed: str, printed: list[str]) -> None:
    assert texts(body(f"正文: |\n  {typed}\n")) == printed


def test_a_paragraph_knows_the_line_of_each_of_its_sentences() -> None:
    (block,) = body("正文: |\n  第一句，\n  第二句。\n")
    assert isinstance(block, Paragraph)
    assert block.text.span(0, 1) == Span.on_line("稿.yaml", 4, 3, 1)
    assert block.text.span(4, 5) == Span.on_line("稿.yaml", 5, 3, 1)


@QUIET
@given(st.lists(st.text("甲乙，。 　", min_size=1, max_size=8).filter(str.strip), min_size=1, max_size=6))
def test_no_character_of_chinese_text_is_lost_or_added_between_lines(typed: list[str]) -> None:
    text = "".join(f"  {line}\n" for line in typed)
    assert "".join(texts(body(f"正文: |2\n{text}"))) == "".join(line.strip() for line in typed)


def test_a_body_may_be_a_list_of_text_tables_and_pictures() -> None:
    blocks = body(
        "正文:\n  - 第一段。\n  - |\n    第二段。\n\n    第三段。\n"
        "  - 表格:\n      标题: 表\n      表头: [单位, 受理]\n      行:\n        - [甲, 5件]\n"
        "  - 图片:\n      文件: 图.png\n      替代文字: 图\n"
    )
    assert [type(block) for block in blocks] == [Paragraph, Paragraph, Paragraph, Table, Picture]
    table = blocks[3]
    assert isinstance(table, Table)
    assert [[str(cell) for cell in row] for row in (table.header, *table.rows)] == [["单位", "受理"], ["甲", "5件"]]


def test_a_text_of_which_only_the_hint_stands_is_still_to_be_written() -> None:
    made, (problem,) = read(HEAD + "正文: |\n\n  【请填写2023年的情况】\n")
    assert made and made.body == ()
    assert (problem.rule.code, problem.span) == ("S27", Span.on_line("稿.yaml", 5, 3, 13))


def test_a_text_beside_its_hint_was_written() -> None:
    assert texts(body("正文: |\n  【请填写2023年的情况】\n\n  好。\n")) == ["【请填写2023年的情况】", "好。"]
    assert texts(body("正文: |\n  【请填写2023年的情况】好。\n")) == ["【请填写2023年的情况】好。"]


def test_items_nest() -> None:
    (item,) = draft(HEAD + "条目:\n  - 标题: 甲\n    条目:\n      - 正文: 乙\n").items
    assert str(item.title) == "甲"
    assert item.items[0].title is None and texts(item.items[0].body) == ["乙"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("条目:\n  - 序: 1\n", [("S08", 4)]),
        ("条目:\n  - 条目:\n      - 标题: 甲\n", [("S08", 4)]),
        ("条目:\n  - 标题: 甲\n  - 甲\n", [("S03", 5)]),
        ("条目:\n  - 标题:\n", [("S27", 4)]),
        ("条目:\n  - 正文: ['', '']\n", [("S27", 4)]),
        ("正文: {表格: 甲}\n", [("S03", 3)]),
        ("正文:\n  - 会议强调: 要抓好落实。\n", [("S03", 4)]),
        ("正文:\n  - 表各:\n      文件: 甲.csv\n", [("S02", 4)]),
        ("正文:\n  - 图片:\n      文件: 图.png\n", [("S01", 5)]),
        ("正文:\n  - 图片: 图.png\n", [("S03", 4)]),
        ("正文:\n  - 表格:\n      行: [[甲]]\n    备注: 好\n", [("S02", 6)]),
        ("正文:\n  - 表格:\n      行: [[甲]]\n    图片: {文件: 图.png, 替代文字: 图}\n", [("S03", 4)]),
        ("正文:\n  - 表格:\n      标题: 甲\n", [("S03", 5)]),
        ("正文:\n  - 表格:\n      表头: [甲]\n      文件: 甲.csv\n", [("S03", 5)]),
        ("正文:\n  - 表格:\n      表头: [甲, 乙]\n      行:\n        - [1, 2]\n        - [1]\n", [("S09", 8)]),
        ("正文:\n  - 表格:\n      表头: [甲]\n      行:\n        - [1, 2]\n", [("S09", 7)]),
        ("正文:\n  - 表格:\n      行:\n        - [1, 2]\n        - [1, 2, 3]\n", [("S09", 7)]),
        ("正文:\n  - 表格:\n      表头: [甲, 乙]\n      行:\n        - 1 2\n", [("S03", 7)]),
        ("正文:\n  - 表格:\n      行: [[]]\n", [("S27", 5)]),
        ("正文:\n  - 表格:\n      行:\n        - [" + "甲, " * 21 + "]\n", [("S09", 5)]),
        ("豁免: F03\n", [("S03", 3)]),
        ("豁免: [{规则: F03, 原文: 好}]\n", [("S01", 3)]),
    ],
)
def test_what_is_wrong_is_told_once_with_its_line(text: str, found: list[tuple[str, int]]) -> None:
    assert wrong(text) == found


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("标题: 甲", "表格里没有“表头”和“行”，也没有“文件”。"),
        ("文件: 甲.csv\n      行: [[甲]]", "表格写了“文件”，又写了“表头”或“行”。"),
    ],
)
def test_a_table_is_typed_or_read_from_a_file(typed: str, message: str) -> None:
    made, (problem,) = read(f"{HEAD}正文:\n  - 表格:\n      {typed}\n")
    assert made and made.body == () and problem.message == message


TYPED_BESIDE = (
    "正文:\n - 表格:\n   表头: [窗口, 受理, 办结]\n   行:\n   - [市本级, 56000, 55800]\n",
    "正文:\n  - 好。\n  - 表格:\n    标题: 甲\n    表头: [窗口, '受,理']\n    行:\n      - [市本级, 56000]\n  - 好。\n",
    "正文:\n  - 表格:\n      标题: 甲\n    表头: [窗口, 受理]\n    行:\n      - [市本级, 56000]\n",
    "正文:\n  - 图片:\n    文件: 图.png\n    说明: 图\n    替代文字: 图\n条目:\n  - 标题: 好\n",
    "正文:\n表格:\n  表头: [窗口, 受理]\n  行:\n    - [市本级, 56000]\n",
    "条目:\n标题: 甲\n正文: |\n  好。\n\n  好。\n",
    "条目:\n  - 标题: 甲\n    正文:\n    图片:\n      文件: 图.png\n      替代文字: 图\n",
    "正文: 好\n豁免:\n规则: F03\n原文: 好\n原因: 原文如此\n",
)


def _end_of(lines: list[str], key: str) -> int:
    """Return how many lines there are up to the end of the entry with that key."""
    start = next(n for n, line in enumerate(lines) if line.lstrip().startswith(f"{key}:"))
    beside = re.compile(f" {{0,{len(lines[start]) - len(lines[start].lstrip())}}}(?!- \\[)[^ ]")
    return next((n for n in range(start + 1, len(lines)) if beside.match(lines[n])), len(lines))


@pytest.mark.parametrize("text", TYPED_BESIDE)
def test_who_follows_the_hint_for_what_is_not_indented_enough_loses_nothing(text: str) -> None:
    made, (problem,) = read(HEAD + text)
    lines = (HEAD + text).split("\n")
    shown = re.search("写成“( *(?:- )?.+)”(?:；从下一行到“(.+)”一项的末尾，各行前面也都加(.)格)?。", problem.hint)
    assert made and shown and lines[problem.span.line - 1].strip() in shown[1].replace('"', "'")
    end = _end_of(lines, shown[2]) if shown[2] else 0
    lines[problem.span.line - 1] = shown[1]
    for number in range(problem.span.line, end):
        lines[number] = " " * {"两": 2, "四": 4}[shown[3]] + lines[number] if lines[number] else ""
    mended, problems = read("\n".join(lines))
    assert mended and problems == [] and (mended.body or mended.items)


@pytest.mark.parametrize(("hint", "kind"), [(AS_TABLE, Table), (IN_BODY["表格"], Table), (IN_BODY["图片"], Picture)])
def test_the_lines_that_are_shown_for_a_table_or_picture_are_one(hint: str, kind: type[Block]) -> None:
    lines = re.findall("“([^”]*)”", hint.partition("换成自己的：")[2].partition("；")[0])
    assert [type(block) for block in body("\n".join(lines) + "\n")] == [Paragraph, kind]


def test_every_block_has_its_lines() -> None:
    assert list(IN_BODY) == list(BlockKeys.fields())


def test_the_lines_that_are_shown_for_a_table_from_a_file_are_one() -> None:
    *_, from_file = re.findall("“([^”]*)”", AS_TABLE)
    (table,) = body("\n".join(["正文:", "  - 表格:", from_file]) + "\n")
    assert isinstance(table, Table) and str(table.file) == "……"


@pytest.mark.parametrize("typed", ["文件: 图.png", "替代文字: 图"])
def test_a_picture_without_a_file_or_a_description_is_none(typed: str) -> None:
    made, (problem,) = read(f"{HEAD}正文:\n  - 图片:\n      {typed}\n")
    assert made and made.body == () and problem.rule.code == "S01"


def test_cells_parted_by_full_width_commas_are_told_as_such() -> None:
    _, (problem,) = read(HEAD + "正文:\n  - 表格:\n      表头: [甲，乙]\n      行:\n        - [1, 2]\n")
    assert problem.hint == "各格之间请用半角逗号“,”。"


TABLE = HEAD + "正文:\n  - 表格:\n      表头: [单位, 受理, 办结]\n      行:\n"


def test_every_row_of_another_width_is_told_at_once_up_to_a_limit() -> None:
    rows = ["[甲, 5件]", "[乙, 5件, 4件]", "[丙，5件，4件]", "[丁, 5件, 4件, 3件]"]
    _, problems = read(TABLE + "".join(f"        - {row}\n" for row in rows))
    assert [(problem.rule.code, problem.span.line) for problem in problems] == [("S09", 7), ("S09", 9), ("S09", 10)]
    _, problems = read(TABLE + "        - [甲, 5件]\n" * 50)
    assert len(problems) == 10


@pytest.mark.parametrize(
    ("row", "whole"),
    [
        ("[市本级, 56000]", '[市本级, 56000, ""]'),
        ("[市本级]", '[市本级, "", ""]'),
        ('[市本级, "1,406件"]', '[市本级, "1,406件", ""]'),
        ("[市本级, '“甲”\"乙\"']", '[市本级, \'“甲”"乙"\', ""]'),
        ('["", 5件]', '["", 5件, ""]'),
    ],
)
def test_a_row_that_lacks_cells_is_shown_with_empty_ones_at_its_end(row: str, whole: str) -> None:
    _, (problem,) = read(f"{TABLE}        - {row}\n")
    assert f"请写成“{whole}”" in problem.hint
    assert wrong(f"{TABLE}        - {whole}\n".removeprefix(HEAD)) == []


def test_a_row_of_another_width_in_a_file_is_not_told_to_be_written_as_yaml() -> None:
    problems: list[Diagnostic] = []
    with_files(draft(HEAD + PICTURE_AND_TABLE), {"附表/明细.csv": "单位,受理\n甲\n乙,1,2\n".encode()}, problems)
    assert {problem.hint for problem in problems} == {"请用 Excel 或 WPS 打开，核对这一行，另存为 CSV。"}


@pytest.mark.parametrize("text", ["填报单位: 市司法局\n正文: 好\n", "章节: 甲\n正文: 好\n"])
def test_a_draft_that_belongs_nowhere_is_no_draft(text: str) -> None:
    made, (problem,) = read(text)
    assert made is None and problem.rule.code == "S01"


def test_a_draft_whose_department_is_still_to_be_filled_in_is_read() -> None:
    made, (problem,) = read("章节: 甲\n填报单位:\n正文: 好\n")
    assert made and not made.department and texts(made.body) == ["好"]
    assert problem.rule.code == "S27"


@pytest.mark.parametrize(
    ("text", "is_bare"),
    [
        ("", True),
        ("豁免: []\n", True),
        ("正文: 好\n", False),
        ("正文:\n", False),
        ("条目:\n  - 正文: 好\n", False),
        ("指标: {受理: 5件}\n", False),
        ("指标: {受理: 若干}\n", False),
        ("正闻: 好\n", False),
    ],
)
def test_a_draft_is_bare_when_neither_text_nor_figures_were_typed(text: str, is_bare: bool) -> None:
    made, _ = read(HEAD + text)
    assert made and made.is_bare is is_bare


@pytest.mark.parametrize("key", ["规则", "原文", "原因"])
def test_a_waiver_that_is_not_complete_waives_nothing(key: str) -> None:
    typed = {"规则": "F03", "原文": "好", "原因": "原文如此"}
    made, problems = read(
        HEAD + "正文: 好\n豁免: [{" + ", ".join(f"{k}: {v}" for k, v in typed.items() if k != key) + "}]\n"
    )
    assert made and not made.waivers and [problem.rule.code for problem in problems] == ["S01"]


def test_a_waiver_keeps_the_words_and_the_reason() -> None:
    (waiver,) = draft(HEAD + "正文: 好\n豁免: [{规则: F03, 原文: 较上年提高15%, 原因: 原文如此}]\n").waivers
    assert (waiver.code, waiver.quote, waiver.reason, waiver.span.line) == ("F03", "较上年提高15%", "原文如此", 4)


PICTURE_AND_TABLE = (
    "正文:\n  - 图片:\n      文件: 图.png\n      替代文字: 图\n"
    "条目:\n  - 正文:\n      - 表格:\n          文件: 附表/明细.csv\n"
)


def test_the_files_a_draft_asks_for_are_named_wherever_they_stand() -> None:
    assert [str(name) for name in files_named(draft(HEAD + PICTURE_AND_TABLE))] == ["图.png", "附表/明细.csv"]


def test_pictures_and_tables_are_filled_from_their_files() -> None:
    problems: list[Diagnostic] = []
    files = {"图.png": png(), "附表/明细.csv": "单位,受理\n甲,5件\n".encode()}
    made = with_files(draft(HEAD + PICTURE_AND_TABLE), files, problems)
    picture, (table,) = made.body[0], made.items[0].body
    assert problems == []
    assert isinstance(picture, Picture) and picture.image is not None and picture.image.width == 3
    assert isinstance(table, Table)
    assert [[str(cell) for cell in row] for row in (table.header, *table.rows)] == [["单位", "受理"], ["甲", "5件"]]


def test_what_is_wrong_in_a_file_is_told_in_that_file_or_where_it_is_named() -> None:
    problems: list[Diagnostic] = []
    files = {"图.png": b"GIF89a", "附表/明细.csv": "单位,受理\n甲\n".encode()}
    with_files(draft(HEAD + PICTURE_AND_TABLE), files, problems, "data/2022/")
    assert [(p.rule.code, p.span.file, p.span.line) for p in problems] == [
        ("S10", "稿.yaml", 5),
        ("S09", "data/2022/附表/明细.csv", 2),
    ]


def test_what_is_wrong_in_a_file_is_told_by_the_name_that_was_typed() -> None:
    problems: list[Diagnostic] = []
    with_files(draft(HEAD + PICTURE_AND_TABLE), {"附表/明细.csv": "单位,受理\n甲\n".encode()}, problems)
    assert [problem.span.file for problem in problems] == ["附表/明细.csv"]


def test_a_file_that_was_not_found_is_left_out() -> None:
    problems: list[Diagnostic] = []
    made = with_files(draft(HEAD + PICTURE_AND_TABLE), {}, problems)
    assert problems == [] and isinstance(made.body[0], Picture) and made.body[0].image is None


def test_a_file_that_was_not_found_is_left_out_beside_one_that_was() -> None:
    problems: list[Diagnostic] = []
    made = with_files(draft(HEAD + PICTURE_AND_TABLE), {"图.png": png()}, problems)
    (table,) = made.items[0].body
    assert problems == [] and isinstance(made.body[0], Picture) and made.body[0].image is not None
    assert isinstance(table, Table) and not table.rows


def test_a_table_that_is_typed_asks_for_no_file() -> None:
    made = draft(HEAD + "正文:\n  - 好\n  - 表格:\n      行: [[甲]]\n")
    assert files_named(made) == ()
    assert with_files(made, {"图.png": png()}, []) == made


def test_rewriting_reaches_every_printed_text() -> None:
    made = draft(
        HEAD + "正文:\n  - 甲\n  - 表格:\n      标题: 甲\n      表头: [甲]\n      行: [[甲]]\n"
        "  - 图片:\n      文件: 甲.png\n      说明: 甲\n      替代文字: 甲\n条目:\n  - 标题: 甲\n    正文: 甲\n"
    )
    seen: list[str] = []

    def note(text: Text) -> Text:
        seen.append(str(text))
        return Text.made("乙")

    again = rewrite(made, note, lambda block: block)
    assert seen == ["甲"] * 8
    assert "甲" not in "".join(texts(again.body)) and str(again.items[0].title) == "乙"


def test_a_number_that_a_comma_tore_is_told_in_its_cell() -> None:
    text = "章节: 甲\n填报单位: 乙\n正文:\n  - 表格:\n      表头: [单位, 受理, 办结]\n      行:\n"
    problems: list[Diagnostic] = []
    source = decode((text + "        - [各县（市、区）, 1,406件, 394件]\n").encode(), "稿.yaml", problems)
    node = parse(source, problems) if source else None
    assert node
    read_draft(node, problems)
    (problem,) = problems
    assert (problem.rule.code, problem.span.column) == ("S09", 21)
    assert '“"1,406件"”' in problem.hint


ROW = f"        - [{', '.join(['甲'] * 20)}]\n"


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("条目:\n" + "  - 标题: 甲\n    正文: 乙。\n" * 1_500, "  - 标题: 甲\n"),
        ("正文: |\n" + "  甲。\n\n" * 3_000, "  甲。\n"),
        (f"正文:\n  - 表格:\n      行:\n{ROW * 600}", "  - 表格:\n      行: [[甲]]\n"),
        ("正文:\n" + f"  - {'好' * 100_000}\n" * 2, "  - 好\n"),
    ],
    ids=("items", "paragraphs", "cells", "characters"),
)
def test_a_draft_may_be_as_long_as_the_limit_and_no_longer(text: str, more: str) -> None:
    made, problems = read(HEAD + text)
    assert made and not problems
    made, problems = read(HEAD + text + more)
    assert made is None and [problem.rule.code for problem in problems] == ["R09"]


def test_tables_read_from_files_may_hold_as_many_cells_as_the_limit_and_no_more() -> None:
    typed = "".join(f"  - 表格:\n      文件: {name}.csv\n" for name in "一二三四")
    row = ",".join("甲" * 20) + "\n"
    files = {name: (row * 300).encode() for name in ("一.csv", "二.csv")}
    problems: list[Diagnostic] = []
    made = with_files(draft(f"{HEAD}正文:\n{typed}"), files | dict.fromkeys(("三.csv", "四.csv"), b"a\n"), problems)
    assert [len(table.rows) for table in made.body if isinstance(table, Table)] == [299, 299, 0, 0]
    assert [(p.rule.code, p.span.line, p.span.column) for p in problems] == [("R09", 9, 11)]
