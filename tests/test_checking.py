"""A year is checked as a whole; single drafts are checked alone, and what that leaves out is said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jzreport import display
from jzreport.commands.checking import Checked, check_year
from jzreport.commands.validate import outcome, selected, validate
from jzreport.disk import WorkspaceError
from jzreport.workspace import Workspace

DRAFT = "章节: 工作情况\n填报单位: 市司法局\n正文: |\n  全市受理行政复议案件{{ 受理 }}，已经全部办结。\n指标:\n  受理: 3件\n"


def codes(checked: Checked) -> list[str]:
    return [diagnostic.rule.code for diagnostic in checked.diagnostics]


def checked_alone(text: str) -> Checked:
    return validate(Path(), ("-",), text.encode)


def test_a_good_draft_is_good_alone() -> None:
    assert codes(checked_alone(DRAFT)) == []


def test_a_draft_outside_a_workspace_may_be_for_any_node() -> None:
    assert codes(checked_alone(DRAFT.replace("工作情况", "随便哪一节"))) == []


def test_a_draft_inside_a_workspace_must_be_for_one_of_its_nodes(desk: Path) -> None:
    path = desk / "data" / "2022" / "90-来稿.yaml"
    path.write_text(DRAFT.replace("工作情况", "工做情况"), "utf-8")
    found = validate(Path(), (str(path),), bytes).diagnostics
    assert [(d.rule.code, d.span.file, d.span.line) for d in found] == [("S04", path.as_posix(), 1)]


def test_other_drafts_and_report_yaml_are_not_checked_with_a_single_one(desk: Path) -> None:
    (desk / "data" / "2022" / "80-坏的.yaml").write_text("章节：工作情况\n", "utf-8")
    path = desk / "data" / "2022" / "90-来稿.yaml"
    path.write_text(DRAFT, "utf-8")
    assert codes(validate(Path(), (str(path),), bytes)) == []


def test_pictures_of_a_single_draft_are_looked_for_in_its_year(desk: Path) -> None:
    path = desk / "data" / "2022" / "90-来稿.yaml"
    path.write_text(DRAFT + "条目:\n- 正文:\n  - 图片: {文件: 没有.png, 替代文字: 图}\n", "utf-8")
    assert codes(validate(Path(), (str(path),), bytes)) == ["R12"]


def test_a_figure_of_another_draft_is_no_error_but_named(desk: Path) -> None:
    checked = checked_alone(DRAFT.replace("已经", "含往年的{{ 结转件数 }}，已经"))
    assert codes(checked) == []
    assert checked.note.endswith("请确认由别的来稿填报：结转件数。")


def test_a_misspelt_figure_of_ones_own_is_an_error() -> None:
    found = checked_alone(DRAFT.replace("{{ 受理 }}", "{{ 受里 }}")).diagnostics
    assert [(d.rule.code, d.span.line, d.hint) for d in found if d.rule.code == "F01"] == [
        ("F01", 4, "是不是“{{ 受理 }}”？")
    ]


def test_two_drafts_are_checked_together(tmp_path: Path) -> None:
    for name in ("甲.yaml", "乙.yaml"):
        (tmp_path / name).write_text(DRAFT, "utf-8")
    checked = validate(Path(), (str(tmp_path / "甲.yaml"), str(tmp_path / "乙.yaml")), bytes)
    assert "F02" in codes(checked)


def test_a_report_yaml_can_be_checked_alone(desk: Path) -> None:
    path = desk / "data" / "2022" / "report.yaml"
    assert codes(validate(Path(), (str(path),), bytes)) == []
    path.write_text(path.read_text("utf-8").replace("发文机关:", "发文机构:"), "utf-8")
    assert codes(validate(Path(), (str(path),), bytes)) == ["S02"]


def test_a_draft_with_a_key_of_report_yaml_is_a_draft_still() -> None:
    assert "S02" in codes(checked_alone("年度: 2023\n" + DRAFT))


def test_two_report_yamls_of_one_place_are_not_checked_together(tmp_path: Path) -> None:
    paths = (tmp_path / "甲.yaml", tmp_path / "乙.yaml")
    for path in paths:
        path.write_text("年度: 2023\n结构:\n- 键: 甲\n", "utf-8")
    with pytest.raises(WorkspaceError, match=r"一次只能查一份 report\.yaml"):
        validate(Path(), tuple(map(str, paths)), bytes)


def test_a_draft_is_no_table_of_another(desk: Path) -> None:
    path = desk / "data" / "2022" / "90-来稿.yaml"
    path.write_text(DRAFT + "条目:\n- 正文:\n  - 表格: {文件: 01-导语.yaml}\n", "utf-8")
    assert codes(validate(Path(), (str(path),), bytes)) == ["R12"]


CHANGE = DRAFT.replace("，已经", "，同比{{ 受理.同比 }}，已经")


def test_last_years_figures_are_not_missed_where_nobody_has_them(desk: Path) -> None:
    assert codes(checked_alone(CHANGE)) == []
    path = desk / "data" / "2022" / "90-来稿.yaml"
    path.write_text(CHANGE, "utf-8")
    assert codes(validate(Path(), (str(path),), bytes)) == ["F23"]


def test_a_single_draft_is_compared_with_last_years_report_of_its_workspace(desk: Path) -> None:
    (desk / "去年").rename(desk / "data" / "2021")
    (desk / "data" / "2021" / "02.yaml").write_text(DRAFT.replace("3件", "2件"), "utf-8")
    path = desk / "data" / "2022" / "90-来稿.yaml"
    path.write_text(CHANGE, "utf-8")
    assert codes(validate(Path(), (str(path),), bytes)) == []
    path.write_text(CHANGE.replace("受理: 3件", "受理: {数值: 3件, 上年: 4件}"), "utf-8")
    assert codes(validate(Path(), (str(path),), bytes)) == ["F19"]


def test_rules_about_what_is_missing_wait_until_all_is_filled_in(desk: Path) -> None:
    path = desk / "data" / "2022" / "90-来稿.yaml"
    path.write_text("章节: 工作情况\n填报单位: 市司法局\n正文: |\n  【请填写2022年的情况】\n", "utf-8")
    checked = check_year(Workspace(desk), "2022")
    assert codes(checked) == ["S27"]
    assert checked.note == "来稿里还有没填的地方，5 条要看整本报告的规则没有查；填好以后请再校对一次。"


def test_last_years_data_are_compared_when_there_are_any(desk: Path) -> None:
    shutil.copytree(desk / "data" / "2022", desk / "data" / "2021")
    report = desk / "data" / "2021" / "report.yaml"
    report.write_text(report.read_text("utf-8").replace("2022", "2021").replace("2023", "2022"), "utf-8")
    text = "深入推进“放管服”改革，市县两级政务服务大厅全部开通异地通办专窗，群众少跑了许多路，企业办事更加方便。"
    for year in ("2021", "2022"):
        (desk / "data" / year / "90-来稿.yaml").write_text(
            f"章节: 工作情况\n填报单位: 市司法局\n正文: |\n  {text}{year}。\n", "utf-8"
        )
    assert "Y04" in codes(check_year(Workspace(desk), "2022"))
    assert "Y04" not in codes(check_year(Workspace(desk), "2021"))


def test_a_broken_last_year_hinders_nothing(desk: Path) -> None:
    (desk / "data" / "2021").mkdir()
    (desk / "data" / "2021" / "report.yaml").write_text("年度：2021\n", "utf-8")
    assert not any(d.is_error for d in check_year(Workspace(desk), "2022").diagnostics)


def test_one_unreadable_draft_hides_no_finding_that_can_be_made_and_the_rest_is_said(desk: Path) -> None:
    assert check_year(Workspace(desk), "2022").note == ""
    (desk / "data" / "2022" / "80-坏的.yaml").write_text("章节：工作情况\n", "utf-8")
    assert "有文件没有读出来" in check_year(Workspace(desk), "2022").note


def test_a_last_year_that_cannot_be_compared_is_said(desk: Path) -> None:
    (desk / "data" / "2021").mkdir()
    (desk / "data" / "2021" / "report.yaml").write_text("年度：2021\n", "utf-8")
    assert "没有与2021年的报告比较" in check_year(Workspace(desk), "2022").note


def test_what_is_private_is_never_shown_in_full() -> None:
    checked = checked_alone(DRAFT.replace("已经", "申请人身份证号11010519491231002X，已经"))
    assert codes(checked) == ["P01"]
    shown = "\n".join(display.text(outcome(checked, None, ("-",))))
    assert "1949" not in shown and "11*" in shown


def test_a_department_cannot_waive_what_must_not_be_published() -> None:
    waiver = "豁免:\n- {规则: P01, 原文: 身份证号, 原因: 如此}\n"
    checked = checked_alone(DRAFT.replace("已经", "申请人身份证号11010519491231002X，已经") + waiver)
    assert codes(checked) == ["P01", "S14"]


@pytest.mark.parametrize(
    "text",
    ["正文: |\n  出庭应诉率达92.12%，较上年提高15%。\u2028\n", "内容: |\n  出庭应诉率达92.12%，较上年提高15%。\n"],
)
def test_nothing_is_called_unused_while_text_is_left_out_for_an_error(desk: Path, text: str) -> None:
    waiver = "豁免:\n- {规则: F03, 原文: 较上年提高15%, 原因: 原文如此}\n"
    draft = f"章节: 工作情况\n填报单位: 市司法局\n{text}指标:\n  受理: 534件\n{waiver}"
    (desk / "data/2022/02-甲.yaml").write_text(draft, "utf-8")
    checked = check_year(Workspace(desk), "2022")
    assert {d.rule.code for d in checked.diagnostics}.isdisjoint({"F08", "S14"})
    assert checked.note.startswith("有的内容没有读进来，")


def test_waived_findings_are_counted() -> None:
    draft = DRAFT.replace("已经", "出庭应诉率达92.12%，较上年提高15%，已经")
    assert (codes(checked_alone(draft)), checked_alone(draft).waived) == (["F03", "F17"], 0)
    checked = checked_alone(draft + "豁免:\n- {规则: F03, 原文: 较上年提高15%, 原因: 原文如此}\n")
    assert (codes(checked), checked.waived) == (["F17"], 1)
    assert "另有 1 处问题写了豁免，没有列出。" in list(display.text(outcome(checked, None, ("-",))))


def test_on_a_line_that_was_misread_the_rules_say_nothing() -> None:
    assert codes(checked_alone(DRAFT.replace("指标:", "  - 表格:\n      表头: [单位, 受理]\n指标:"))) == ["R16"]


def test_findings_can_be_chosen_and_left_out_by_code() -> None:
    found = checked_alone("章节: 工作情况\n填报单位: 市司法局\n条日: []\n正文: |\n  受理{{ 无 }。\n").diagnostics
    assert {d.rule.code for d in found} == {"S02", "F05"}
    assert {d.rule.code for d in selected(found, ("F",), ())} == {"F05"}
    assert {d.rule.code for d in selected(found, (), ("F05",))} == {"S02"}


def test_a_code_that_does_not_exist_is_refused() -> None:
    with pytest.raises(WorkspaceError, match="没有“F99”这条规则"):
        selected((), ("F99",), ())
