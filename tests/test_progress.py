from __future__ import annotations

import datetime
import json
from pathlib import Path

import in_memory
import pytest
from shell import Run

from jzreport.diagnostics import Diagnostic, Rule, Severity, Span
from jzreport.display.status import status_json, status_text
from jzreport.encoding import MISNAMED
from jzreport.fields import BLANK
from jzreport.progress import Progress, State, progress
from jzreport.report import UNREAD

COVER = """
    截止日期: 2024-01-15
    结构:
      - {键: 甲, 标题: 甲的标题, 牵头单位: 市司法局, 配合单位: [市财政局]}
      - {键: 乙, 牵头单位: 市公安局}
      - {键: 丙}
    """
WRONG, DOUBTFUL = Rule("F12", "错"), Rule("W03", "疑", Severity.WARNING)
IN_TIME, TOO_LATE = datetime.date(2024, 1, 15), datetime.date(2024, 1, 18)


def reached(
    *drafts: str, found: tuple[tuple[Rule, str], ...] = (), day: datetime.date = IN_TIME, cover: str = COVER
) -> Progress:
    read = [in_memory.draft(text, f"{n:02}.yaml") for n, text in enumerate(drafts, 1)]
    report = in_memory.arranged(in_memory.cover(cover), read).report
    return progress(report, read, [Diagnostic(rule, Span(file, 1, 1, 1, 2), "。") for rule, file in found], {}, day)


def states(made: Progress) -> list[tuple[str, str, State]]:
    return [(row.node_key, row.department, row.state) for row in made.rows]


def test_a_draft_of_a_wrong_name_is_a_row_and_files_nobody_reads_are_named() -> None:
    made = reached(
        "章节: 甲\n正文: 好。\n", found=((MISNAMED, "data/2023/乙.yaml.txt"), (UNREAD, "data/2023/市财政局.docx"))
    )
    (row,) = (row for row in made.rows if row.file == "data/2023/乙.yaml.txt")
    assert (row.state, row.counts.errors, made.cover.errors) == (State.UNREAD, 1, 0)
    assert "没有读的文件 1 个：市财政局.docx。" in list(status_text(made, "看"))
    assert not made.is_complete


def test_what_is_owed_is_listed_in_the_order_printed() -> None:
    assert states(reached("章节: 乙\n填报单位: 市公安局\n正文: 好。\n")) == [
        ("甲", "市司法局", State.MISSING),
        ("甲", "市财政局", State.MISSING),
        ("乙", "市公安局", State.FILLED),
        ("丙", "", State.MISSING),
    ]


def test_a_supporting_department_may_write_through_the_lead() -> None:
    made = reached("章节: 甲\n正文: 好。\n", "章节: 乙\n填报单位: 市公安局\n正文: 好。\n", "章节: 丙\n正文: 好。\n")
    assert states(made)[1] == ("甲", "市财政局", State.THROUGH_LEAD)
    assert made.is_complete
    assert "没有单独交" in "\n".join(status_text(made, "看"))


def test_a_draft_is_untouched_until_something_is_filled_in() -> None:
    blank = "章节: 甲\n条目:\n  - 标题: 一\n"
    begun = "章节: 乙\n填报单位: 市公安局\n条目:\n  - 标题: 一\n    正文: 好。\n"
    found = ((BLANK, "01.yaml"), (BLANK, "02.yaml"), (WRONG, "02.yaml"), (DOUBTFUL, "02.yaml"))
    made = reached(blank, begun, found=found)
    first, _, second = made.rows[:3]
    assert (first.state, first.counts.blanks) == (State.UNTOUCHED, 1)
    assert (second.state, second.counts) == (State.PARTLY, (1, 1, 1))
    assert not made.is_complete


@pytest.mark.parametrize("file", ["report.yaml", "附表/明细.csv", "01.yaml"])
@pytest.mark.parametrize("rule", [BLANK, WRONG])
def test_what_cannot_be_built_is_not_complete_wherever_it_is_wrong(rule: Rule, file: str) -> None:
    draft = "章节: 丙\n正文:\n  - 表格: {文件: 附表/明细.csv}\n"
    made = reached(draft, found=((rule, file),), cover="结构: [{键: 丙}]\n")
    assert not made.is_complete
    assert made.cover == ((rule is BLANK, rule is WRONG, 0) if file == "report.yaml" else (0, 0, 0))


def test_a_draft_nobody_can_read_is_told_with_its_department_and_asked_for_once() -> None:
    made = reached(found=((WRONG, "02-市公安局.yaml"),))
    assert [row for row in states(made) if row[1] == "市公安局"] == [("", "市公安局", State.UNREAD)]


def test_figures_alone_are_a_beginning() -> None:
    made = reached("章节: 甲\n指标:\n  受理: 5件\n", found=((BLANK, "01.yaml"),))
    assert made.rows[0].state is State.PARTLY


def test_files_nobody_can_place_are_listed_too() -> None:
    made = reached("章节: 丁\n正文: 好。\n", found=((WRONG, "坏.yaml"), (DOUBTFUL, "图.png")))
    assert [(row.file, row.state) for row in made.rows[-2:]] == [("01.yaml", State.FILLED), ("坏.yaml", State.UNREAD)]
    assert not made.is_complete


@pytest.mark.parametrize(
    ("draft", "found", "day", "is_late"),
    [
        ("填报日期: 2024-01-16\n正文: 好。\n", (), IN_TIME, True),
        ("填报日期: 2024-01-15\n正文: 好。\n", (), TOO_LATE, False),
        ("正文: 好。\n", (), TOO_LATE, False),
        ("条目: [{标题: 一}]\n", ((BLANK, "01.yaml"),), TOO_LATE, True),
        ("条目: [{标题: 一}]\n", ((BLANK, "01.yaml"),), IN_TIME, False),
    ],
)
def test_late_is_what_is_dated_or_still_open_after_the_deadline(
    draft: str, found: tuple[tuple[Rule, str], ...], day: datetime.date, is_late: bool
) -> None:
    assert reached(f"章节: 甲\n{draft}", found=found, day=day).rows[0].is_late is is_late


def test_without_a_deadline_nobody_is_late() -> None:
    made = reached(day=TOO_LATE, cover=COVER.replace("截止日期: 2024-01-15", "结语: 特此报告。"))
    assert not any(row.is_late for row in made.rows)


def test_promises_are_counted_and_must_be_answered() -> None:
    cover = "结构: [{键: 丙}]\n上年承诺:\n  - {内容: 甲, 情况: 完成}\n  - {内容: 乙}\n"
    made = reached("章节: 丙\n正文: 好。\n", cover=cover)
    assert (dict(made.promises), made.is_complete) == ({"完成": 1, "": 1}, False)
    assert "上年承诺 2 条：完成 1，没有答复 1。" in status_text(made, "看")


def test_the_terminal_form() -> None:
    blank = "章节: 甲\n条目:\n  - 标题: 一\n"
    found = ((BLANK, "01.yaml"), (BLANK, "report.yaml"), (DOUBTFUL, "report.yaml"))
    assert list(status_text(reached(blank, found=found, day=TOO_LATE), "看")) == [
        "2023年度报告，2024年1月15日截止（已过 3 天）",
        "",
        "章节  单位      状态        未填  错误  提醒",
        "甲    市司法局  没有动         1     -     -  逾期",
        "甲    市财政局  没有单独交",
        "乙    市公安局  没有交                        逾期",
        "丙              没有交                        逾期",
        "",
        "report.yaml：未填 1 处，错误 0 处。",
        "应有来稿 4 份：没有动 1，没有单独交 1，没有交 2；错误 0 处，提醒 1 处，逾期 3 份。还没有齐，问题请看 看。",
    ]


def test_the_form_for_programs() -> None:
    told = json.loads("\n".join(status_json(reached("章节: 甲\n正文: 好。\n"), "看")))
    assert (told["year"], told["deadline"], told["complete"]) == (2023, "2024-01-15", False)
    assert told["rows"][0]["state"] == "filled" and told["rows"][1]["file"] is None


def test_the_command_ends_with_1_while_the_report_is_not_complete(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "data" / "2023"
    folder.mkdir(parents=True)
    (folder / "report.yaml").write_text(
        in_memory.COVER + "结构: [{键: 丙, 必报内容: [主要举措和成效, 第一责任人职责, 存在的不足, 下一年度安排]}]\n",
        "utf-8",
    )

    status = ("-C", tmp_path, "status", "2023")
    assert run(*status)[0] == 1
    (folder / "01.yaml").write_text(
        "章节: 丙\n填报单位: 市司法局\n正文: 市政府主要负责同志履行法治建设职责。\n", "utf-8"
    )
    assert run(*status, "--date", "2024-01-01")[0] == 0
    assert json.loads(run(*status, "--format", "json")[1])["complete"] is True
