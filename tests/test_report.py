from __future__ import annotations

import datetime
import random
from textwrap import dedent

import in_memory
import pytest

from jzreport.diagnostics import Severity, in_reading_order
from jzreport.draft import Draft
from jzreport.report import Report

TWO = """
    结构:
      - 键: 组织领导
        标题: 加强组织领导
        牵头单位: 市委依法治市办
        配合单位: [市司法局, 市财政局]
      - 键: 下步打算
        标题: 下步打算
"""


def test_a_draft_for_a_section_that_is_not_there_is_found_where_it_says_so() -> None:
    found = in_memory.assembled(TWO, "章节: 组织领异\n正文: |\n  甲。\n", "章节: 下步打算\n正文: |\n  乙。\n")
    assert found.codes == ["S04", "S12"]
    problem = found.problems[0]
    assert (problem.span.file, problem.span.line, problem.hint) == ("01.yaml", 2, "是不是“组织领导”？")
    assert problem.message == "报告里没有“组织领异”这一节。"


def test_a_section_named_like_nothing_is_answered_with_those_there_are() -> None:
    found = in_memory.assembled(TWO, "章节: 信访\n正文: |\n  甲。\n")
    assert found.problems[0].hint == "可以填的有：组织领导、下步打算。"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("加强监督问效，促进行政权力规范运行", "问效"),
        ("加强监督问效,促进权力规范运行", "问效"),
        ("加强监督问效", "问效"),
        ("下步工作打算", "打算"),
        ("存在的问题", "打算"),
        ("规范运行", ""),  # of two
        ("信访", ""),
    ],
)
def test_a_section_called_by_its_title_is_answered_with_its_key(typed: str, meant: str) -> None:
    sections = "[{键: 问效, 标题: 加强监督问效，促进行政权力规范运行}, {键: 打算, 标题: 存在的问题和下步工作打算},"
    found = in_memory.assembled(
        f"结构: {sections} {{键: 下步, 标题: 规范运行的体制和机制建设}}]\n", f"章节: {typed}\n正文: 甲。\n"
    )
    assert found.problems[0].hint == (f"是不是“{meant}”？" if meant else "可以填的有：问效、打算、下步。")


def test_sections_without_a_draft_are_reminded_of_and_parents_are_not() -> None:
    found = in_memory.assembled(
        """
        结构:
          - 键: 总
            标题: 总
            章节:
              - {键: 甲, 标题: 甲的标题, 牵头单位: 市司法局}
              - {键: 乙}
        """,
        "章节: 乙\n正文: |\n  乙。\n",
    )
    (problem,) = found.problems
    assert (problem.rule.code, problem.rule.severity) == ("S12", Severity.WARNING)
    assert problem.message == "“甲的标题”还没有来稿。"
    assert problem.hint == "请市司法局交一份“章节: 甲”的来稿。"
    assert (problem.span.file, problem.span.line) == ("report.yaml", 10)


def test_attachments_without_a_draft_are_reminded_of_too() -> None:
    found = in_memory.assembled("结构: [{键: 甲}]\n附件: [{键: 附表, 标题: 清单}]\n", "章节: 甲\n正文: 甲。\n")
    assert [problem.message for problem in found.problems] == ["“清单”还没有来稿。"]


def test_two_sections_with_one_key_are_found_wherever_they_stand() -> None:
    found = in_memory.assembled(
        """
        结构:
          - 键: 甲
          - 键: 乙
            章节:
              - 键: 甲
        附件:
          - 键: 乙
        """
    )
    duplicates = [problem for problem in found.problems if problem.rule.code == "S06"]
    assert [(p.span.line, p.message) for p in duplicates] == [
        (10, "键“甲”在第7行已经用过。"),
        (12, "键“乙”在第8行已经用过。"),
    ]


def test_a_figure_given_in_two_drafts_is_found_with_both_places() -> None:
    found = in_memory.assembled(
        "结构: [{键: 甲}, {键: 乙}]",
        "章节: 甲\n正文: '{{ 受理 }}'\n指标: {受理: 5件}\n",
        "章节: 乙\n正文: '{{ 受理 }}'\n指标: {受理: 6件}\n",
    )
    (problem,) = found.problems
    assert (problem.rule.code, problem.span.file) == ("F02", "02.yaml")
    assert problem.message == "指标“受理”在 01.yaml 第4行已经写过（5件）。"
    assert [place.file for place, _ in problem.related] == ["01.yaml"]
    assert found.lines == ["5件", "5件"]


def test_figures_of_one_draft_are_known_to_all_others_and_to_titles() -> None:
    found = in_memory.assembled(
        """
        结构:
          - 键: 甲
            标题: 办好{{ 实事 }}实事
          - 键: 乙
        """,
        "章节: 甲\n条目:\n  - 标题: 共{{ 实事 }}\n    正文: 完成{{ 实事 }}。\n",
        "章节: 乙\n正文: 略。\n指标: {实事: 十件}\n",
    )
    assert not found.problems
    assert found.lines[:2] == ["一、办好十件实事", "（一）共十件"]


def test_departments_speak_in_the_order_of_the_report() -> None:
    found = in_memory.assembled(
        TWO,
        "章节: 组织领导\n填报单位: 市财政局\n正文: 财政。\n",
        "章节: 组织领导\n填报单位: 市司法局\n正文: 司法二。\n",
        "章节: 组织领导\n填报单位: 市委依法治市办\n正文: 办。\n",
        "章节: 组织领导\n填报单位: 市司法局\n正文: 司法四。\n",
        "章节: 下步打算\n填报单位: 市信访局\n正文: 略。\n",
    )
    assert not found.problems
    assert found.lines == ["一、加强组织领导", "办。", "司法二。", "司法四。", "财政。", "二、下步打算", "略。"]


def test_a_department_nobody_foresaw_is_reminded_of_and_printed_last() -> None:
    found = in_memory.assembled(
        TWO,
        "章节: 组织领导\n填报单位: 市司法句\n正文: 错字。\n",
        "章节: 组织领导\n填报单位: 市财政局\n正文: 财政。\n",
        "章节: 组织领导\n填报单位: 气象台\n正文: 气象。\n",
        "章节: 下步打算\n填报单位: 市信访局\n正文: 略。\n",
    )
    first, second = found.problems
    assert (first.rule.code, first.rule.severity, first.span.file) == ("S05", Severity.WARNING, "01.yaml")
    assert first.hint == "是不是“市司法局”？"
    assert "加进 report.yaml 的“配合单位”" in second.hint
    assert found.lines[1:4] == ["财政。", "错字。", "气象。"]


def _items(department: str, *titles: str) -> str:
    items = "".join(f"  - {{标题: {title.split('@')[0]}{_place(title)}}}\n" for title in titles)
    return f"章节: 甲\n填报单位: {department}\n条目:\n{items}"


def _place(title: str) -> str:
    return f", 序: {title.split('@')[1]}" if "@" in title else ""


MERGED = "结构:\n  - {键: 甲, 标题: 甲, 牵头单位: 子局, 配合单位: [丑局, 寅局]}\n"


def test_an_item_with_a_place_stands_there_and_the_others_around_it() -> None:
    found = in_memory.assembled(
        MERGED, _items("子局", "一", "二"), _items("丑局", "三@2", "四@1"), _items("寅局", "五")
    )
    assert not found.problems
    assert found.lines[1:] == ["（一）四", "（二）三", "（三）一", "（四）二", "（五）五"]


def test_a_place_beyond_the_last_item_is_the_last() -> None:
    found = in_memory.assembled(MERGED, _items("子局", "一@9", "二"), _items("丑局", "三"))
    assert found.lines[1:] == ["（一）二", "（二）三", "（三）一"]


def test_two_items_for_one_place_are_found() -> None:
    found = in_memory.assembled(MERGED, _items("子局", "一@1"), _items("丑局", "二@1"))
    (problem,) = found.problems
    assert (problem.rule.code, problem.span.file) == ("S11", "02.yaml")
    assert problem.message == "“序: 1”在 01.yaml 第4行也用了。"


def test_a_fifth_level_of_headings_is_refused_at_its_place() -> None:
    found = in_memory.assembled(
        "结构: [{键: 甲, 标题: 甲, 章节: [{键: 乙, 标题: 乙}]}]",
        """
        章节: 乙
        条目:
          - 标题: 三
            条目:
              - 标题: 四
                条目:
                  - 标题: 五
                  - 标题: 又五
        """,
    )
    assert found.codes == ["S07", "S07"]
    assert [(p.span.file, p.span.line) for p in found.problems] == [("01.yaml", 9), ("01.yaml", 10)]


def test_group_titles_without_number_and_untitled_sections_are_no_level() -> None:
    found = in_memory.assembled(
        "编号: 无\n结构: [{键: 组, 标题: 组, 章节: [{键: 甲, 标题: 一, 章节: [{键: 乙}]}]}]",
        "章节: 乙\n条目: [{标题: 二, 条目: [{标题: 三, 条目: [{标题: 四}]}]}]\n",
    )
    assert not found.problems
    assert found.lines == ["组", "一、一", "（一）二", "1.三", "（1）四。"]


def test_attachments_have_four_levels_of_their_own() -> None:
    four = "条目: [{标题: 一, 条目: [{标题: 二, 条目: [{标题: 三, 条目: [{标题: 四}]}]}]}]\n"
    found = in_memory.assembled(
        "结构: [{键: 甲}]\n附件: [{键: 乙, 标题: 乙}]\n", "章节: 甲\n正文: 略。\n", f"章节: 乙\n{four}"
    )
    assert not found.problems


def test_the_order_of_files_never_changes_the_result() -> None:
    report = in_memory.cover(MERGED + "  - {键: 乙, 标题: 乙}\n")
    texts = [
        _items("子局", "一", "二@2") + "指标: {受理: 5件, 办结: 4件}\n",
        _items("丑局", "三@2", "四") + "指标: {受理: 6件}\n",
        _items("子局", "五") + "指标: {受理: 7件}\n",
        "章节: 乙\n正文: 受理{{ 受理 }}，办结{{ 办结 }}，{{ 没有 }}。\n",
        "章节: 丙\n正文: 略。\n",
        "章节: 乙\n填报单位: 市司法局\n正文: 又。\n",
    ]
    drafts = [in_memory.draft(dedent(text), f"{n}.yaml") for n, text in enumerate(texts)]
    expected = _result(report, drafts)
    shuffler = random.Random(2022)
    for _ in range(10):
        shuffler.shuffle(drafts)
        assert _result(report, drafts) == expected


def _result(report: Report, drafts: list[Draft]) -> object:
    filled = in_memory.arranged(report, drafts)
    return filled.lines, list(filled.report.figures or ()), in_reading_order(list(filled.problems))


def test_the_cover_is_read_as_typed() -> None:
    report = in_memory.cover("""
        截止日期: 2024年1月15日
        份号: '000001'
        用印: 是
        抄送: [示例省司法厅, 示例市人大常委会]
        署名: 示例市人民政府
        成文日期: 2024-02-26
        核对: [市本级受理 + 县区受理 = 行政复议受理]
        豁免: [{规则: F03, 原文: 较上年提高15%, 原因: 原文如此}]
        结构: [{键: 甲, 必报内容: [存在的不足, 下一年度安排]}]
    """)
    assert (report.year, report.region, report.copy_number, report.sealed) == (2023, "示例市", "000001", True)
    assert (report.deadline, report.document_date) == (datetime.date(2024, 1, 15), datetime.date(2024, 2, 26))
    assert report.copies_to == ("示例省司法厅", "示例市人大常委会")
    assert [str(check) for check in report.checks] == ["市本级受理 + 县区受理 = 行政复议受理"]
    assert [(w.code, w.quote, w.reason) for w in report.waivers] == [("F03", "较上年提高15%", "原文如此")]
    assert report.root.children[0].required_contents == ("存在的不足", "下一年度安排")


def test_what_is_not_on_the_cover_stays_empty() -> None:
    report = in_memory.cover("结构: [{键: 甲}]\n")
    given = (
        report.classification,
        report.issuer_mark,
        report.signatures,
        report.copies_to,
        report.note,
        report.closing,
    )
    assert not any(given)
    assert report.document_date is report.printing_date is report.deadline is None
