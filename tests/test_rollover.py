from __future__ import annotations

import datetime

import in_memory
import pytest

from jzreport.fields import Field
from jzreport.keys import ReportKeys
from jzreport.report import Report
from jzreport.rollover import EMPTIED, KEPT, Years, cover_values, draft_values, moved, promises, slots

YEARS = Years(2022, 2023)


@pytest.mark.parametrize(
    ("last", "now"),
    [
        ("2022年全市法治政府建设工作情况", "2023年全市法治政府建设工作情况"),
        ("关于2022年度法治政府建设情况的报告", "关于2023年度法治政府建设情况的报告"),
        ("2022年工作情况和2023年工作打算", "2023年工作情况和2024年工作打算"),
        ("二〇二二年工作情况", "二〇二三年工作情况"),
        ("目录（2022年）", "目录（2023年）"),
        ("落实《九项措施（2022年）》情况", "落实《九项措施（2022年）》情况"),
        ("“2022年行动”推进情况", "“2022年行动”推进情况"),
        ("落实实施纲要（2021—2022年）情况", "落实实施纲要（2021—2022年）情况"),
        ("2022年—2025年规划实施情况", "2022年—2025年规划实施情况"),
        ("2022-2023年计划", "2022-2023年计划"),
        ("到2023年的目标", "到2023年的目标"),
        ("2021年考核反馈问题整改情况", "2021年考核反馈问题整改情况"),
        ("20220年", "20220年"),
        ("2022件", "2022件"),
    ],
)
def test_years_move_where_they_mean_the_report(last: str, now: str) -> None:
    assert moved(last, YEARS) == now


def test_years_move_as_far_as_the_new_report_is_away() -> None:
    assert moved("2022年情况和2023年打算", Years(2022, 2025)) == "2025年情况和2026年打算"


def test_the_cover_keeps_what_stays_and_empties_what_is_given_anew() -> None:
    report = in_memory.cover(
        """
        份号: "000012"
        密级: 秘密
        发文字号: 示府〔2024〕8号
        签发人: [张某某, 王某]
        主送机关: 示例省人民政府
        用印: 是
        成文日期: 2024-02-20
        印发日期: 2024-02-22
        抄送: [示例市委, 示例市政协]
        附注: 2023年度报告
        截止日期: 2024-02-29
        编号: （一）
        接排: 否
        核对: [甲 + 乙 = 丙]
        豁免: [{规则: F03, 原文: 甲, 原因: 乙}]
        结构: [{键: 甲, 标题: 2023年情况, 牵头单位: 市司法局, 续号: 是}]
        附件: [{键: 表, 标题: 2023年清单}]
        """
    )
    draft = in_memory.draft("章节: 甲\n填报单位: 市公安局\n正文: 甲。\n")
    values = cover_values(report, (), (draft,), Years(2023, 2024))
    assert {each["键"]: each["值"] for each in values["封面"]} == {
        **{"份号": "", "密级": "秘密", "发文字号": "", "签发人": "", "主送机关": "示例省人民政府", "用印": True},
        **{"成文日期": "", "附注": "2023年度报告", "抄送": ["示例市委", "示例市政协"], "印发日期": ""},
        **{"截止日期": "2025-02-28", "编号": "（一）", "接排": False},
    }
    assert values["标题"] == ["示例市2024年度法治政府建设情况报告"]
    (node,) = values["结构"]
    assert (node["标题"], node["牵头单位"], node["配合单位"], node["续号"]) == (
        "2024年情况",
        "市司法局",
        ["市公安局"],
        True,
    )
    assert values["附件"][0]["标题"] == "2024年清单"
    assert values["核对"] == ["甲 + 乙 = 丙"]


def test_who_wrote_last_time_or_is_foreseen_writes_again_under_the_same_name() -> None:
    report = in_memory.cover(
        """
        结构:
          - 键: 总
            牵头单位: 市委依法治市办
            章节:
              - {键: 甲, 牵头单位: 市司法局, 配合单位: [市财政局]}
              - {键: 乙}
        """
    )
    drafts = [
        in_memory.draft("章节: 甲\n填报单位: 市财政局\n正文: 甲。\n", "data/2023/子/财政.yaml"),
        in_memory.draft("章节: 甲\n填报单位: 市公安局\n正文: 甲。\n", "data/2023/公安一.yaml"),
        in_memory.draft("章节: 甲\n填报单位: 市公安局\n正文: 甲。\n", "data/2023/公安二.yaml"),
    ]
    made = slots(report, drafts, "data/2023/")
    assert [(slot.node.key, slot.department, slot.name, len(slot.drafts)) for slot in made] == [
        ("甲", "市司法局", "02-甲-市司法局.yaml", 0),
        ("甲", "市财政局", "子/财政.yaml", 1),
        ("甲", "市公安局", "公安一.yaml", 2),
        ("乙", "", "03-乙.yaml", 0),
    ]


def test_a_draft_is_its_items_with_last_years_words_and_figures_to_compare_with() -> None:
    report = in_memory.cover("结构: [{键: 甲, 标题: 甲}]")
    draft = in_memory.draft(
        """
        章节: 甲
        条目:
          - 标题: 2022年的任务
            序: 2
            正文:
              - 受理{{ 受理 }}。“办结了。”很快！结束
              - 表格: {标题: 明细, 表头: [单位, 件], 行: [[甲县, 2]]}
              - 图片: {文件: 图.png, 说明: 趋势, 替代文字: 图}
          - 正文: 没有标题的一条。
            条目: [{标题: 下一级, 编号: 一是, 接排: 否}]
        指标:
          受理: {数值: 534件, 上年: 498件, 口径: 全市, 来源: 平台, 总数: 全部}
          全部: {数值: 近600件, 其中: [受理, 其余]}
          其余: 5件
        """
    )
    (slot,) = slots(report, [draft])
    values = draft_values(slot, YEARS, ())
    first, second = values["条目"]
    assert (first["标题"], first["序"], second["标题"]) == ("2023年的任务", 2, None)
    assert first["上年正文"] == [
        *("受理{{ 受理 }}。", "“办结了。”很快！", "结束"),
        *("（表格：明细）", "（单位｜件）", "（甲县｜2）", "（图片：图.png，趋势）"),
    ]
    assert (second["条目"][0]["编号"], second["条目"][0]["接排"], second["有正文"]) == ("一是", False, True)
    assert values["指标"][:2] == [
        {"名称": "受理", "上年": "534件", "口径": "全市", "来源": "平台", "其中": [], "总数": "全部"},
        {"名称": "全部", "上年": "近600件", "口径": "", "来源": "", "其中": ["受理", "其余"], "总数": ""},
    ]
    assert not values["有正文"]
    assert draft_values(slot, Years(2020, 2023), ())["指标"][0]["上年"] == ""


def _promised(cover: str, *drafts: str) -> list[object]:
    report: Report = in_memory.cover(cover)
    return [each["内容"] for each in promises(report, tuple(in_memory.draft(draft) for draft in drafts))]


def test_promises_are_the_items_of_the_plan_and_what_was_carried_over() -> None:
    cover = """
        结构:
          - {键: 情况, 必报内容: 主要举措和成效}
          - 键: 打算
            必报内容: 下一年度安排
            章节: [{键: 细目}]
        上年承诺:
          - {内容: 旧的一件, 情况: 结转, 说明: 来不及}
          - {内容: 办完的一件, 情况: 完成, 见: 情况}
        """
    plan = "章节: 打算\n正文: 2024年，做好两件事。\n条目:\n  - 标题: 第一件\n    正文: 做好。\n  - 标题: 第二件\n"
    assert _promised(
        cover, "章节: 情况\n条目: [{标题: 甲}]\n", plan, "章节: 细目\n正文: |\n  细做。\n\n  再做。\n"
    ) == [
        "第一件。做好。",
        "第二件",
        "细做。",
        "再做。",
        "旧的一件",
    ]


def test_a_plan_is_told_with_all_below_it() -> None:
    cover = "结构: [{键: 打算, 必报内容: 下一年度安排}]"
    plan = "章节: 打算\n条目:\n  - 标题: 一件大事\n    条目:\n      - {标题: 先做, 正文: 好}\n      - 标题: 再做\n"
    assert _promised(cover, plan) == ["一件大事。先做。好。再做。"]


def test_a_plan_that_was_never_written_is_no_promise() -> None:
    cover = "结构: [{键: 打算, 必报内容: 下一年度安排}]"
    table = "  - 正文: [{表格: {表头: [甲], 行: [[乙]]}}]\n"
    assert _promised(cover, f"章节: 打算\n条目:\n{table}  - 标题: 其他需要报告的情况\n    正文: 没有。\n") == []


def test_a_deadline_of_a_leap_day_moves_to_the_last_day_of_february() -> None:
    report = in_memory.cover("截止日期: 2024-02-29\n结构: [{键: 甲}]")
    assert report.deadline == datetime.date(2024, 2, 29)
    (only,) = cover_values(report, (), (), Years(2023, 2024))["封面"]
    assert only == {"键": "截止日期", "值": "2025-02-28"}


def test_every_key_of_report_yaml_is_kept_emptied_or_begun_anew() -> None:
    """One that is added to the key table must be told what becomes of it in the next year."""
    anew = {"year", "title", "structure", "attachments", "checks", "promises", "waivers", "numbering", "run_in"}
    given = {"region", "issuers"}
    fields = {name for base in ReportKeys.__mro__ for name, value in vars(base).items() if isinstance(value, Field)}
    assert {*KEPT, *EMPTIED, *anew, *given} == fields
