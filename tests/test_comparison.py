from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import in_memory
import pytest
from shell import Run

from jzreport.comparison import Change, Pair, Year, compare
from jzreport.display.comparison import as_csv, as_json, as_text
from jzreport.draft import read_draft

BEFORE = """
    受理: 498件
    参加: 1180人次
    满意率: 96.3%
    旧的: 3项
    没有过: 0件
    """
AFTER = """
    受理: 534件
    参加: 1261人
    满意率: 97.2%
    没有过: 2件
    新的: 近20个
    """
YEARS = ("2022", "2023")


def year(number: int, figures: str) -> Year:
    file = f"data/{number}/01.yaml"
    draft = in_memory.draft(f"章节: 甲\n指标:\n{figures}", file)
    return Year(number, {figure.name: figure for figure in draft.figures}, (draft,))


@pytest.fixture
def pairs() -> tuple[Pair, ...]:
    return compare(year(2022, BEFORE), year(2023, AFTER))


def test_every_figure_of_both_years_stands_once(pairs: tuple[Pair, ...]) -> None:
    assert [(pair.name, pair.change, pair.told) for pair in pairs] == [
        ("受理", Change.COMPARED, "增长7.2%"),
        ("参加", Change.OTHER_UNIT, ""),
        ("满意率", Change.COMPARED, "提高0.9个百分点"),
        ("没有过", Change.COMPARED, "增加2件"),
        ("新的", Change.NEW, ""),
        ("旧的", Change.VANISHED, ""),
    ]


def test_the_table_is_aligned_as_chinese_is_shown(pairs: tuple[Pair, ...]) -> None:
    assert list(as_text(pairs, YEARS)) == [
        "指标      2022年  2023年  变化             填报单位  位置",
        "受理       498件   534件  增长7.2%         市司法局  data/2023/01.yaml:5",
        "参加    1180人次  1261人  单位不同         市司法局  data/2023/01.yaml:6",
        "满意率     96.3%   97.2%  提高0.9个百分点  市司法局  data/2023/01.yaml:7",
        "没有过       0件     2件  增加2件          市司法局  data/2023/01.yaml:8",
        "新的              近20个  新增             市司法局  data/2023/01.yaml:9",
        "旧的         3项          后一年没有       市司法局  data/2022/01.yaml:8",
        "共 6 个指标：可以比较 3 个，新增 1 个，后一年没有 1 个，单位不同 1 个。",
    ]


def test_what_is_typed_and_cannot_be_read_is_not_blank() -> None:
    root = in_memory.typed("章节: 甲\n填报单位: 市司法局\n指标:\n  待填:\n  错填: 约五零件\n", "01.yaml")
    draft = read_draft(root, [])
    assert draft
    after = Year(2023, {figure.name: figure for figure in draft.figures}, (draft,))
    made = compare(year(2022, "\n    待填: 3件\n    错填: 5件\n"), after)
    assert [pair.change for pair in made] == [Change.BLANK, Change.UNREADABLE]
    assert "（未填）" in list(as_text(made, YEARS))[1] and "约五零件" in list(as_text(made, YEARS))[2]


def test_two_years_without_figures_are_told_so() -> None:
    assert list(as_text((), YEARS)) == ["两年都没有写“指标”。"]


def test_a_spreadsheet_reads_the_csv_and_takes_no_cell_for_a_formula() -> None:
    draft = in_memory.draft("章节: 甲\n填报单位: =HYPERLINK(1)\n指标:\n  受理: 1,406件\n", "@甲.yaml")
    made = compare(Year(2022, {}, ()), Year(2023, {"受理": draft.figures[0]}, (draft,)))
    text = "\n".join(as_csv(made, YEARS))
    assert text.startswith(
        "\ufeff指标,2022年,2023年,变化,2022年的数,2022年的单位,2023年的数,2023年的单位,填报单位,位置"
    )
    (row,) = list(csv.reader(io.StringIO(text)))[1:]
    assert row == ["受理", "", "1,406件", "新增", "", "", "1406", "件", "'=HYPERLINK(1)", "'@甲.yaml:4"]


def test_json_tells_both_years(pairs: tuple[Pair, ...]) -> None:
    told = json.loads("\n".join(as_json(pairs, YEARS)))
    assert told["years"] == [2022, 2023]
    first = told["figures"][0]
    assert (first["before"]["value"], first["after"]["number"], first["change"]) == ("498件", "534", "增长7.2%")
    assert (told["figures"][-1]["after"], told["figures"][-1]["state"]) == (None, "vanished")


def test_the_command_writes_a_file_and_tells_what_it_could_not_read(tmp_path: Path, run: Run) -> None:
    for number, value in (("2022", "498件"), ("2023", "534件")):
        folder = tmp_path / "data" / number
        folder.mkdir(parents=True)
        (folder / "report.yaml").write_text(in_memory.COVER.replace("2023", number) + "结构: [{键: 甲}]\n", "utf-8")
        (folder / "01.yaml").write_text(f"章节: 甲\n填报单位: 市司法局\n指标:\n  受理: {value}\n", "utf-8")
    (tmp_path / "data" / "2023" / "02.yaml").write_text("章节：甲\n", "utf-8")

    table = tmp_path / "对照.csv"
    asked = ("-C", tmp_path, "compare", "2023", "2022", "--format", "csv", "-o", table)
    _, told, aside = run(*asked)  # the earlier year comes first anyway
    assert told == f"{table}\n"
    assert aside == f"2023 年有文件读不出来，表里没有它们的指标；请看 jzreport validate 2023 -C {tmp_path}。\n"
    data = table.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n") and "受理,498件,534件,增长7.2%".encode() in data
    assert "请写两个不同的年度" in run("-C", tmp_path, "compare", "2022", "2022")[2]
