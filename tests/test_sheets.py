"""Feedback sheets: what departments without jzreport read about their drafts."""

from __future__ import annotations

from collections.abc import Iterable

import in_memory
import pytest

from jzreport.diagnostics import Diagnostic, Rule, Severity, Span
from jzreport.display import MAX_PER_FILE, Outcome
from jzreport.display.sheets import sheets
from jzreport.draft import Draft
from jzreport.encoding import MISNAMED
from jzreport.fields import BLANK
from jzreport.report import UNREAD, Report

COVER = """
截止日期: 2024-01-15
结构:
  - 键: 组织领导
    标题: 加强组织领导
    牵头单位: 市司法局
  - 键: 监督问效
    标题: 加强监督问效
    牵头单位: 市政府办公室
    配合单位: [市司法局, 市信访局]
"""
ORGANISATION = "章节: 组织领导\n填报单位: 市司法局\n正文: 好。\n"
SUPERVISION = "章节: 监督问效\n填报单位: 市政府办公室\n正文: 好。\n"
ERROR = Rule("F01", "没有这个指标")
REMINDER = Rule("F03", "比率的变化应写“个百分点”", Severity.WARNING)


def report_of(*drafts: Draft) -> Report:
    return in_memory.arranged(in_memory.cover(COVER), list(drafts)).report


def drafts_of(*texts: str) -> list[Draft]:
    return [in_memory.draft(text, f"data/2023/{n:02}.yaml") for n, text in enumerate(texts, 1)]


def made(drafts: list[Draft], found: Iterable[Diagnostic] = (), *, is_whole: bool = True) -> dict[str, str]:
    """Return the sheets by name."""
    lines = {draft.file: ["章节: 组织领导", "填报单位: 市司法局", "正文: 较上年提高15%。"] for draft in drafts}
    told = sheets(report_of(*drafts), drafts, Outcome(tuple(found), lines), is_whole=is_whole)
    assert len({sheet.name for sheet in told}) == len(told)
    return {sheet.name: sheet.text for sheet in told}


def test_a_sheet_says_what_came_what_is_wrong_where_and_what_to_do() -> None:
    file = "data/2023/01.yaml"
    found = [
        Diagnostic(REMINDER, Span.on_line(file, 3, 10, 3), "比率的变化写成了“15%”。", "请改成“15个百分点”。"),
        Diagnostic(ERROR, Span(file), "没有写完。", "", ((Span.on_line(file, 2, 1, 4), "写在这里"),)),
    ]
    assert made(drafts_of(ORGANISATION, SUPERVISION), found)["市司法局"] == (
        "市司法局：\n\n"
        "贵单位为2023年度法治政府建设情况报告报送的 1 份来稿已经校对，结果如下。\n"
        "  01.yaml（章节：加强组织领导）\n\n"
        "■ 必须改的（1 处）\n\n"
        "【01.yaml】\n\n"
        "整个文件：没有写完。\n"
        "  另见：第2行，写在这里\n\n"
        "■ 请看一看的（1 处）\n\n"
        "【01.yaml】\n\n"
        "第3行：比率的变化写成了“15%”。\n"
        "  原文：正文: 较上年提高「15%」。\n"
        "  改法：请改成“15个百分点”。\n\n"
        "接下来：\n"
        "  1. 用“记事本”打开上面说的文件，照“改法”改好。第几行，看窗口下边的状态栏；"
        "“原文”里的「」是我们标的，框着有问题的字。\n"
        "  2. “必须改的”全部改好了，才能汇总。“请看一看的”，核对后认为原来就对的可以不改，请回复说明。\n"
        "  3. 保存时不要改文件名，把整个文件发回来。\n"
        "交稿的截止日期是2024年1月15日。\n"
    )


def test_a_department_without_findings_is_told_so() -> None:
    assert made(drafts_of(ORGANISATION, SUPERVISION))["市政府办公室"] == (
        "市政府办公室：\n\n"
        "贵单位为2023年度法治政府建设情况报告报送的 1 份来稿已经校对，没有发现问题，谢谢。\n"
        "  02.yaml（章节：加强监督问效）\n"
    )


def test_a_department_that_has_handed_in_nothing_is_told_what_is_awaited_by_when() -> None:
    assert made(drafts_of(ORGANISATION, SUPERVISION))["市信访局"] == (
        "市信访局：\n\n"
        "2023年度法治政府建设情况报告还没有收到贵单位的这些来稿：\n"
        "  加强监督问效（配合；来稿的“章节”请填“监督问效”）\n"
        "交稿的截止日期是2024年1月15日。若已经交了，或者不需要供稿，请告诉我们。\n"
    )


def test_one_that_has_handed_in_something_is_asked_only_for_sections_that_have_nothing() -> None:
    assert "还没有收到" not in made(drafts_of(ORGANISATION, SUPERVISION))["市司法局"]
    assert "加强监督问效（配合；" in made(drafts_of(ORGANISATION))["市司法局"]


def test_nothing_is_asked_of_a_department_that_named_a_section_there_is_none_of() -> None:
    strayed = drafts_of(ORGANISATION.replace("组织领导", "组织领到"))
    assert "还没有收到" not in made(strayed)["市司法局"]
    assert "  01.yaml（章节：组织领到）\n" in made(strayed)["市司法局"]


def test_of_single_files_nothing_is_awaited() -> None:
    assert list(made(drafts_of(ORGANISATION), is_whole=False)) == ["市司法局"]


def test_a_file_whose_department_is_not_known_has_a_sheet_of_its_own() -> None:
    found = [Diagnostic(ERROR, Span("data/2023/03-乙.yaml", 1, 1, 1, 2), "读不出来。", "请改好。")]
    told = made(drafts_of(ORGANISATION, SUPERVISION), found)["03-乙.yaml（填报单位不详）"]
    assert told.startswith("报送“03-乙.yaml”的单位：\n\n")
    assert "第1行：读不出来。\n  改法：请改好。\n" in told


def test_what_only_the_office_can_mend_is_on_no_sheet() -> None:
    found = [
        Diagnostic(ERROR, Span("data/2023/report.yaml", 1, 1, 1, 2), "封面不对。"),
        Diagnostic(REMINDER, Span("data/2023/参考.docx"), "这个文件没有被读取。"),
    ]
    told = made(drafts_of(ORGANISATION, SUPERVISION), found)
    assert list(told) == ["市司法局", "市政府办公室", "市信访局"]
    assert not any("封面" in text or "参考" in text for text in told.values())


def test_what_is_wrong_in_a_table_goes_to_the_department_whose_draft_names_it() -> None:
    text = f"{SUPERVISION.replace('正文: 好。', '正文:')}  - 表格: {{文件: 附表/明细.csv}}\n"
    found = [Diagnostic(ERROR, Span("data/2023/附表/明细.csv", 2, 1, 2, 2), "少一格。")]
    told = made([*drafts_of(ORGANISATION), in_memory.draft(text, "data/2023/02.yaml")], found)
    assert "【明细.csv】\n\n第2行：少一格。\n" in told["市政府办公室"]
    assert len(told) == 3


def test_a_finding_that_names_another_department_s_place_is_on_both_sheets() -> None:
    here, there = Span.on_line("data/2023/01.yaml", 3, 1, 1), Span.on_line("data/2023/02.yaml", 3, 1, 1)
    found = [Diagnostic(ERROR, here, "两处的数不同。", related=((there, "这里是514件"),))]
    told = made(drafts_of(ORGANISATION, SUPERVISION), found)
    assert "两处的数不同。" in told["市司法局"] and "两处的数不同。" in told["市政府办公室"]


@pytest.mark.parametrize(
    ("file", "line"), [("data/2023/03-市信访局.yaml", ""), ("data/2023/03.yaml", "填报单位：市信访局")]
)
def test_a_file_that_cannot_be_read_is_its_department_s_when_its_name_or_a_line_tells(file: str, line: str) -> None:
    outcome = Outcome((Diagnostic(ERROR, Span.on_line(file, 1, 1, 1), "冒号是全角的。"),), {file: [line]})
    told = {sheet.name: sheet.text for sheet in sheets(report_of(), drafts_of(ORGANISATION), outcome, is_whole=True)}
    assert "冒号是全角的。" in told["市信访局"]
    assert "还没有收到" not in told["市信访局"]


def test_drafts_that_cannot_be_read_are_counted_and_named() -> None:
    files = ["data/2023/03-市司法局.yaml", "data/2023/04-市司法局.yaml.txt", "data/2023/05-市司法局.docx"]
    rules = [ERROR, MISNAMED, UNREAD]
    found = [Diagnostic(rule, Span(file), "读不出来。") for rule, file in zip(rules, files, strict=True)]
    received = made(drafts_of(ORGANISATION), found)["市司法局"].split("\n\n")[1]
    assert received == (
        "贵单位为2023年度法治政府建设情况报告报送的 3 份来稿已经校对，结果如下。\n"
        "  01.yaml（章节：加强组织领导）\n"
        "  03-市司法局.yaml（收到了，还读不出来，请先照下面的说明改好）\n"
        "  04-市司法局.yaml.txt（收到了，还读不出来，请先照下面的说明改好）"
    )
    assert "报送的 1 份来稿" in made([], found[:1])["市司法局"]


def test_a_draft_of_the_wrong_name_may_be_renamed() -> None:
    found = [Diagnostic(MISNAMED, Span("data/2023/04-市司法局.yaml.txt"), "没有读它。", "请改文件名。")]
    sheet = made(drafts_of(ORGANISATION), found)["市司法局"]
    assert "■ 必须改的（1 处）\n\n【04-市司法局.yaml.txt】" in sheet and "可以不改" not in sheet
    assert "  3. 文件名只改上面说要改的，别的不要改，把整个文件发回来。" in sheet and "保存时不要改文件名" not in sheet


def test_of_very_many_findings_the_first_are_listed() -> None:
    found = [
        Diagnostic(ERROR, Span.on_line("data/2023/01.yaml", 3, n, 1), f"第{n}处。") for n in range(MAX_PER_FILE + 7)
    ]
    told = made(drafts_of(ORGANISATION), found)["市司法局"]
    assert told.count("\n第3行：") == MAX_PER_FILE
    assert "■ 必须改的（57 处）" in told and "另有 7 处没有列出，请先改好上面的。" in told


def test_a_sheet_holds_nothing_that_turns_the_writing() -> None:
    drafts = drafts_of(ORGANISATION.replace("市司法局", "市司法局\u202e").replace("组织领导", "组织\u202e领导"))
    told = sheets(None, drafts, Outcome((), {}), is_whole=True)
    assert "\u202e" not in told[0].text and "市司法局<U+202E>：" in told[0].text


def test_without_a_usable_report_the_year_is_left_out() -> None:
    (sheet,) = sheets(None, drafts_of(ORGANISATION), Outcome((), {}), is_whole=True)
    assert sheet.text.startswith("市司法局：\n\n贵单位为法治政府建设年度报告报送的 1 份来稿已经校对，")
    assert "（章节：组织领导）" in sheet.text


def test_the_file_is_one_that_windows_editors_show_right() -> None:
    (sheet,) = sheets(None, drafts_of(ORGANISATION), Outcome((), {}), is_whole=True)
    assert sheet.data.startswith(b"\xef\xbb\xbf")
    assert sheet.data.count(b"\r\n") == sheet.data.count(b"\n") == sheet.text.count("\n")


def test_an_untouched_draft_is_told_as_one_that_waits() -> None:
    found = [Diagnostic(BLANK, Span("data/2023/01.yaml", 3, 1, 3, 5), "正文还没有填。")]
    assert "来稿已经校对，还有 1 处没有填。" in made(drafts_of(ORGANISATION), found)["市司法局"]


def test_departments_are_asked_for_the_promises_they_have_to_answer() -> None:
    cover = f"{COVER}上年承诺:\n  - {{内容: 建好平台, 责任单位: [市司法局, 市信访局]}}\n  - {{内容: 办好, 责任单位: 市司法局, 情况: 完成}}\n"
    drafts = drafts_of(ORGANISATION, SUPERVISION)
    report = in_memory.arranged(in_memory.cover(cover), drafts).report
    told = {sheet.name: sheet.text for sheet in sheets(report, drafts, Outcome((), {}), is_whole=True)}
    assert (
        "■ 请答复的上年承诺（1 条）\n  1. 建好平台\n请逐条告诉我们" in told["市司法局"]
        and "建好平台" in told["市信访局"]
    )
    assert "承诺" not in told["市政府办公室"]
