from __future__ import annotations

import datetime

import pytest

from jzreport.diagnostics import Diagnostic, Span
from jzreport.encoding import decode
from jzreport.fields import Field, Record
from jzreport.kinds import (
    CELLS,
    DATE,
    FLAG,
    LINE,
    LINES,
    NAMES,
    NUMBER,
    ROWS,
    YEAR,
    choice,
    choices,
    named,
    record,
    records,
)
from jzreport.source import parse


class Inner(Record):
    what = "附注"
    text = Field("文字", LINE, "一句话", example="好")


class Form(Record):
    what = "表单"
    name = Field("名称", LINE, "名称", required=True, example="市司法局")
    title = Field("标题", LINES, "标题")
    department = Field("填报单位", LINE, "单位")
    people = Field("签发人", NAMES, "几个人")
    date = Field("成文日期", DATE, "日期")
    place = Field("序", NUMBER, "第几")
    year = Field("年度", YEAR, "年份")
    sealed = Field("用印", FLAG, "是否")
    secrecy = Field("密级", choice("绝密", "机密", "秘密"), "等级")
    contents = Field("必报内容", choices("主要举措和成效", "存在的不足", "第一责任人职责", "其他"), "内容")
    header = Field("表头", CELLS, "各列")
    rows = Field("行", ROWS, "各行")
    figures = Field("指标", named(lambda: Inner), "数字")
    inner = Field("附注", record(lambda: Inner), "附注")
    items = Field("条目", records(lambda: Inner), "各条")


def read(text: str) -> tuple[Form, list[Diagnostic]]:
    problems: list[Diagnostic] = []
    source = decode(text.encode(), "稿.yaml", problems)
    assert source is not None
    node = parse(source, problems)
    assert node is not None and problems == []
    return Form(node, problems), problems


def good(text: str) -> Form:
    form, problems = read(f"名称: 甲\n{text}\n")
    assert problems == []
    return form


def wrong(text: str) -> Diagnostic:
    _, (problem,) = read(f"名称: 甲\n{text}\n")
    assert problem.is_error
    return problem


def test_an_attribute_is_the_checked_value_and_none_when_it_was_not_given() -> None:
    form = good("填报单位: 市司法局")
    assert str(form.department) == "市司法局"
    assert form.date is None
    assert form.place_of(Form.department) == Span("稿.yaml", 2, 1, 2, 11)
    assert form.place_of(Form.date) == form.span
    assert (form.lacks(Form.date), form.lacks(Form.department)) == (True, False)


def test_a_missing_key_is_told_where_the_mapping_begins_with_the_line_to_add() -> None:
    _, (problem,) = read("序: 2\n")
    assert (problem.rule.code, str(problem.span)) == ("S01", "稿.yaml:1:1")
    assert problem.message == "表单缺少“名称”。"
    assert problem.hint == "请加上一行“名称: ……”，例如“名称: 市司法局”（换成自己的内容）。"


def test_an_example_is_never_shown_as_what_is_to_be_typed() -> None:
    _, problems = read("序: 2\n附注: 好\n")
    assert [p.hint for p in problems] == [
        "请加上一行“名称: ……”，例如“名称: 市司法局”（换成自己的内容）。",
        "请一项一行地写成“文字: ……”，例如“文字: 好”（换成自己的内容）。",
    ]


@pytest.mark.parametrize(
    ("typed", "message", "line"),
    [
        ("附注:\n文字: 好", "“文字”要比“附注”再缩进两格。", "  文字: 好"),
        ("附注:\n文学: '好'", "“文学”要比“附注”再缩进两格。", '  文学: "好"'),
        ("指标:\n受理: 5件\n办结: 4件", "“受理”“办结”要比“指标”再缩进两格。", "  受理: 5件"),
        ("条目:\n文字: 好", "“文字”要写在“条目”下面，以“- ”开头。", "  - 文字: 好"),
    ],
)
def test_entries_beside_the_key_they_belong_to_are_told_once_with_the_line_to_copy(
    typed: str, message: str, line: str
) -> None:
    problem = wrong(typed)
    assert (problem.rule.code, problem.span.line, problem.message) == ("S02", 3, message)
    assert f"写成“{line}”" in problem.hint


def test_a_key_that_belongs_to_nothing_above_is_not_moved() -> None:
    assert "再缩进" not in wrong("附注: {文字: 好}\n天气: 晴").message
    assert "再缩进" not in wrong("指标: {受理: 5件}\n天气: 晴").message


@pytest.mark.parametrize("typed", ["", "''", "|\n", "' '", "[]", "['', '']"])
@pytest.mark.parametrize("key", ["填报单位", "签发人", "表头"])
def test_a_key_without_a_value_is_told(key: str, typed: str) -> None:
    problem = wrong(f"{key}: {typed}")
    assert (problem.rule.code, problem.span.line) == ("S27", 2)
    assert problem.message == f"“{key}”还没有填。"


def test_a_required_key_without_a_value_is_told_once() -> None:
    _, problems = read("名称:\n序: 2\n")
    assert [(p.rule.code, p.hint) for p in problems] == [("S27", "请填写。")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("填报单为", "填报单位"),
        ("填報單位", "填报单位"),
        ("填 报单位", "填报单位"),
        ("成文日", "成文日期"),
        ("签发", "签发人"),
    ],
)
def test_a_misspelt_key_is_told_with_the_one_that_was_meant(typed: str, meant: str) -> None:
    problem = wrong(f"{typed}: 甲")
    assert (problem.rule.code, problem.span) == ("S02", Span("稿.yaml", 2, 1, 2, 1 + len(typed)))
    assert problem.hint == f"是不是“{meant}”？"


def test_a_misspelt_required_key_is_not_told_to_be_missing_too() -> None:
    _, problems = read("名稱: 甲\n")
    assert [(p.rule.code, p.hint) for p in problems] == [("S02", "是不是“名称”？")]


def test_an_unknown_key_is_told_with_all_that_may_be_written() -> None:
    problem = wrong("天气: 晴")
    assert problem.message == "表单没有“天气”这一项。"
    assert problem.hint.startswith("可以写的有：名称、标题、填报单位、")


def test_two_misspelt_keys_are_both_told() -> None:
    _, problems = read("名称: 甲\n填报单为: 乙\n成文日斯: 丙\n")
    assert [p.hint for p in problems] == ["是不是“填报单位”？", "是不是“成文日期”？"]


def test_thousands_of_unknown_keys_are_told_without_guessing() -> None:
    _, problems = read("名称: 甲\n" + "".join(f"键{n}: 甲\n" for n in range(3000)))
    assert len(problems) == 3000
    assert not any("是不是" in problem.hint for problem in problems)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("填报单位: [甲]", 2),
        ("填报单位: {甲: 乙}", 2),
        ("填报单位:\n  - 甲", 3),
        ("填报单位: |\n  甲\n  乙", 2),
        ("标题: [甲]", 2),
        ("签发人: [[甲]]", 2),
        ("签发人: {甲: 乙}", 2),
        ("表头: 甲，乙", 2),
        ("表头: ［甲, 乙］", 2),
        ("行: 甲", 2),
        ("行:\n  - 甲", 3),
        ("指标: 甲", 2),
        ("指标:\n  - 甲: 5件", 3),
        ("附注: 甲", 2),
        ("附注: [甲]", 2),
        ("条目: 甲", 2),
        ("条目:\n  文字: 甲", 3),
        ("条目:\n  - 甲", 3),
        ("密级: 保密", 2),
        ("必报内容: [主要举措和成效, 好]", 2),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_with_what_to_type(typed: str, line: int) -> None:
    problem = wrong(typed)
    assert (problem.rule.code, problem.span.line) == ("S03", line)
    assert problem.hint


def test_a_list_of_one_mapping_written_with_a_full_width_colon_is_told_as_such() -> None:
    assert wrong("指标:\n  甲：5件").hint == "冒号是全角的“：”。请改成半角冒号加一个空格：“甲: 5件”"
    assert wrong("附注:\n  文字：好").hint == "冒号是全角的“：”。请改成半角冒号加一个空格：“文字: 好”"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2024-02-29", (2024, 2, 29)),
        ("2024-2-9", (2024, 2, 9)),
        ("2022年2月3日", (2022, 2, 3)),
        ("2022年12月03日", (2022, 12, 3)),
        ("2022/2/3", (2022, 2, 3)),
        ("2022.2.3", (2022, 2, 3)),
        ('"2022-02-03"', (2022, 2, 3)),
    ],
)
def test_a_date_may_be_typed_as_people_type_it(typed: str, day: tuple[int, int, int]) -> None:
    assert good(f"成文日期: {typed}").date == datetime.date(*day)


@pytest.mark.parametrize("typed", ["2022-02-30", "2022年2月29日", "2022-13-01", "2022-00-10"])
def test_a_day_that_does_not_exist_is_told(typed: str) -> None:
    assert wrong(f"成文日期: {typed}").message == f"没有“{typed}”这一天。"


@pytest.mark.parametrize(
    "typed", ["0000-01-01", "二〇二二年二月三日", "２０２２-02-03", "2022", "22-02-03", "2022-02-03 12:30", "明天"]
)
def test_what_is_no_date_is_told_with_the_form_of_one(typed: str) -> None:
    problem = wrong(f"成文日期: {typed}")
    assert problem.message == f"“{typed}”不是日期。"
    assert problem.hint == "请写成“2024-02-26”的样子。"


@pytest.mark.parametrize("typed", ["0", "-1", "010", "一", "２", "1.5", "10000", "99999999999999999999", "1_0", "二"])
def test_what_is_no_place_in_a_list_is_told(typed: str) -> None:
    assert wrong(f"序: {typed}").message == f"“{typed}”不是1到9999之间的整数。"


def test_a_place_in_a_list_is_a_number() -> None:
    assert good("序: 12").place == 12


@pytest.mark.parametrize("typed", ["2022", "2022年", "1999"])
def test_a_year_may_be_typed_with_its_character(typed: str) -> None:
    assert good(f"年度: {typed}").year == int(typed[:4])


@pytest.mark.parametrize("typed", ["20222", "22", "二〇二二", "２０２２", "2022-2023", "3022", "../2022"])
def test_what_is_no_year_is_told(typed: str) -> None:
    assert wrong(f"年度: {typed}").message == f"“{typed}”不是年份。"


def test_yes_and_no_are_chinese() -> None:
    assert (good("用印: 是").sealed, good("用印: 否").sealed) == (True, False)


@pytest.mark.parametrize("typed", ["yes", "no", "true", "1", "不", "是的", "~"])
def test_what_is_neither_yes_nor_no_is_told(typed: str) -> None:
    assert wrong(f"用印: {typed}").message == f"不能填“{typed}”。"


def test_one_name_or_several_may_be_typed() -> None:
    assert [str(name) for name in good("签发人: 张某").people or ()] == ["张某"]
    assert [str(name) for name in good("签发人: [张某, 李某]").people or ()] == ["张某", "李某"]


def test_lines_of_a_title_are_kept_without_blank_ones() -> None:
    assert [str(line) for line in good("标题: |\n  甲\n\n   乙 \n").title or ()] == ["甲", "乙"]


def test_a_value_loses_the_blanks_around_it_and_keeps_its_place() -> None:
    name = good("填报单位: '　市司法局 '").department
    assert str(name) == "市司法局"
    assert name is not None and name.span() == Span("稿.yaml", 2, 9, 2, 13)


def test_empty_cells_are_cells() -> None:
    form = good('行:\n  - [甲, ""]\n  - ["", 乙]')
    assert [[str(cell) for cell in row] for row in form.rows or ()] == [["甲", ""], ["", "乙"]]


def test_a_near_miss_of_a_word_is_told_with_the_word_and_few_words_are_all_told() -> None:
    assert wrong("必报内容: 存在不足").hint == "是不是“存在的不足”？"
    assert wrong("密级: 保密").hint == "请从“绝密”“机密”“秘密”里选一个。"


def test_all_findings_of_a_file_come_at_once() -> None:
    _, problems = read("填报单为: 甲\n成文日期: 2022-02-30\n序: 一\n用印: no\n附注: {句子: 好}\n条目: [甲, {文字: }]\n")
    assert sorted((p.rule.code, p.span.line) for p in problems) == [
        ("S01", 1),
        ("S02", 1),
        ("S02", 5),
        ("S03", 2),
        ("S03", 3),
        ("S03", 4),
        ("S03", 6),
        ("S27", 6),
    ]


@pytest.mark.parametrize("text", ["今年很好\n", "- 名称: 甲\n", "~\n", "12\n"])
def test_a_file_that_is_no_mapping_is_told_once(text: str) -> None:
    form, (problem,) = read(text)
    assert (problem.rule.code, problem.message) == ("S03", "表单应由若干“名称: 内容”组成。")
    assert form.name is None and not form.is_mapping


def test_the_key_table_stands_in_the_order_it_is_written() -> None:
    assert list(Form.fields())[:4] == ["名称", "标题", "填报单位", "签发人"]
