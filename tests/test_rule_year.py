"""Y: what the pages do not show."""

from __future__ import annotations

import pytest
from examples import Example, findings

COVER = """年度: {year}
地区: 示例市
发文机关: 示例市人民政府
标题: 示例市人民政府关于{year}年度法治政府建设情况的报告
{more}
结构:
  - 键: 工作情况
    标题: {year}年法治政府建设工作情况
    必报内容: [主要举措和成效]
    章节:
      - 键: 组织领导
        标题: 加强组织领导
  - 键: 问题和打算
    标题: 存在的问题和打算
    必报内容: [存在的不足, 下一年度安排]
"""


def codes(text: str, *, node: str = "组织领导", year: int = 2022, more: str = "", last: str = "") -> list[str]:
    """Return the codes of Y found in a paragraph of a report of that year."""
    files = {
        "report.yaml": COVER.format(year=year, more=more or f"成文日期: {year + 1}-02-20"),
        "稿.yaml": f"章节: {node}\n填报单位: 市司法局\n正文: |\n  {text}\n",
    }
    if last:
        files["去年/稿.yaml"] = f"章节: 工作情况\n填报单位: 市司法局\n正文: |\n  {last}\n"
    return [d.rule.code for d in findings(Example(files, frozenset())) if d.rule.code[0] == "Y"]


@pytest.mark.parametrize(
    "text",
    [
        "2021年，全市办结案件514件。",
        "全市平稳有序。2021年全市办结案件514件。",
        "2021年我县办结案件514件；各项工作取得进展。",
        "现将2021年法治政府建设情况报告如下：",
        "现将我县2020年度依法行政工作情况汇报如下。",
        "截至2021年底，全市建成联系点14个。",
        "2021年度，全市办理案件514件。",
        "2021年共办理案件514件。",
        "2021年1—12月，全市办理案件514件。",
        "优化机制，2021年全市受理案件514件。",
        "全市2021年受理案件514件。",
        "2021年是“十四五”规划的开局之年。",
        "2022年，平台启用。2021年全市立案受理行政复议案件534件，办结514件（含往年结转）。",
        "2021年全市行政机关负责人出庭应诉率达92.12%，较上年提高3个百分点。",
    ],
)
def test_a_year_left_from_last_year_is_found(text: str) -> None:
    assert codes(text) == ["Y01"]


@pytest.mark.parametrize(
    "text",
    [
        "2022年，全市办结案件514件，较2021年增长3%，比2020年增长9%。",
        "2021年以来，全市办结案件514件。",
        "自2021年起，全市推行三项制度。",
        "2021年12月，市政府印发方案。",
        "2021年8月至今，平台运行平稳。",
        "2021—2025年，全市分三步推进。",
        "2021年至2022年，全市开展专项行动。",
        "2021年印发的方案全面落实，2020年的欠账基本补齐。",
        "2021年度全省法治政府建设考核中，我市获优秀等次。",
        "2021年，我市法治建设考核全省第一。",
        "2021年，我市启动改革。2022年，改革全面完成。",
        "2021年，我市启动改革，今年全面完成。",
        "《2021年，全市这样走过》入选案例，“2021年，全市行动”收官。",
        "落实《法治政府建设实施纲要（2021—2025年）》和2021年版清单。",
        "到2035年，基本建成法治政府。",
        "2010年，我市获评先进。",
        "修订后的《中华人民共和国行政处罚法》自2021年7月15日起施行。",
        "现将2022年度法治政府建设情况报告如下：",
        "现将2021年以来、2022年度法治政府建设情况报告如下：",
        "现将有关情况报告如下：",
        "2021年，省政府对我市开展法治督察，反馈问题12个，现已全部整改到位。",
        "2021年，市政府被命名为示范市，我市持续深化创建。",
        "全市2021年受理的案件已经办结。",
        "办结案件514件，较2021年全市增长3%，比2021年共增12件。",
        "截至2021年底的存量案件全部办结。",
        "2021年的案件全部办结，截至2021年9月底的除外。",
    ],
)
def test_years_that_belong_there_are_left_alone(text: str) -> None:
    assert codes(text) == []


def test_the_year_of_results_and_plans() -> None:
    assert codes("2023年，全市办结案件514件。") == ["Y02"]
    assert codes("2022年，我市将继续推进依法行政。", node="问题和打算") == ["Y02"]
    assert codes("到2021年底前建成平台。", node="问题和打算") == ["Y02"]
    assert codes("2032年，全市办结案件514件。") == ["Y02"]


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("2023年，全市将建成平台。", "组织领导"),
        ("2035年，基本建成法治政府。", "组织领导"),
        ("到2023年底前建成平台。", "问题和打算"),
        ("2023年全市计划办结案件514件。", "组织领导"),
        ("2023年1月，全市办结收尾案件。", "组织领导"),
        ("2023年，全市办结案件514件。", "问题和打算"),
        ("2023年，我市将继续推进依法行政。", "问题和打算"),
        ("2022年，我市将普法工作纳入考核，但成效还不明显。", "问题和打算"),
        ("2022年，全市办结率不高。", "问题和打算"),
        ("2022年，我市将继续推进依法行政。", "组织领导"),
    ],
)
def test_years_in_their_part_are_left_alone(text: str, node: str) -> None:
    assert codes(text, node=node) == []


def test_without_a_date_a_report_is_of_the_first_quarter() -> None:
    assert codes("学习贯彻二十届二中全会精神。", more="结语: 特此报告。") == []
    assert codes("学习贯彻二十届二中全会精神。", more="成文日期: 2023-02-20") == ["Y03"]
    assert codes("学习贯彻二十届三中全会精神。", more="结语: 特此报告。") == ["Y03"]


@pytest.mark.parametrize(
    "text", ["以实际行动迎接党的二十届三中全会。", "二十届三中全会将于下一年召开。", "喜迎二十届三中全会召开。"]
)
def test_a_meeting_may_be_looked_forward_to(text: str) -> None:
    assert codes(text) == []


def test_an_overtaken_congress_is_told_once_and_only_of_a_later_report() -> None:
    text = "贯彻党的十九大和十九届历次全会精神，落实十九届六中全会部署。"
    assert codes(text) == ["Y03"]
    assert codes(text, year=2021, more="成文日期: 2022-02-20") == []
    assert codes("党的十九大以来，全市法治建设成效明显。") == []
    assert codes("贯彻党的十九大、二十大精神。") == []


def test_sentences_of_last_year() -> None:
    same = "加强与法院、检察院的府院联动，全年召开联席会议四次，研究解决行政应诉中的难题十二个，成效明显"
    assert codes(f"{same}。{same}。", last=f"{same}。") == ["Y04"]
    assert codes(f"{same}。", last=f"{same.replace('四', '五')}。") == []
    assert codes("全面推行三项制度，成效明显。", last="全面推行三项制度，成效明显。") == []
    title = "印发《关于进一步加强行政机关负责人出庭应诉工作切实提高行政应诉工作水平的若干意见》等文件"
    assert codes(f"{title}。", last=f"{title}。") == []


@pytest.mark.parametrize(
    ("more", "told"),
    [("2023-02-20", []), ("2023-12-29", []), ("2022-12-30", []), ("2022-02-20", ["Y06"]), ("2024-02-20", ["Y06"])],
)
def test_the_date_of_the_document(more: str, told: list[str]) -> None:
    assert codes("各项工作取得进展。", more=f"成文日期: {more}") == told


def test_without_a_report_no_year_is_wrong() -> None:
    page = "章节: 工作情况\n填报单位: 市司法局\n正文: 2021年，全市办结案件514件，学习贯彻二十届四中全会精神。\n"
    found = findings(Example({"report.yaml": "地区: 示例市\n", "稿.yaml": page}, frozenset()))
    assert [d.rule.code for d in found if d.rule.code[0] == "Y"] == []


def said(cover: str) -> list[tuple[int, str]]:
    """Return the lines and codes found of the cover's names and dates."""
    more = f"{cover}\n结构:\n  - 键: 工作情况\n"
    found = findings(Example({"report.yaml": f"年度: 2022\n{more}"}, frozenset()))
    return [(d.span.line, d.rule.code) for d in found if d.rule.code in ("Y06", "Y07")]


def test_a_joint_report_agrees_with_its_cover() -> None:
    issuers = "地区: 示例市\n发文机关: [示例市人民政府, 示例市监察委员会]\n"
    title = "标题: |\n  示例市人民政府　示例市监察委员会\n  关于2022年度法治政府建设情况的报告\n"
    assert said(f"{issuers}{title}署名: [示例市人民政府, 示例市监委]") == []
    assert said(f"{issuers}{title}署名: [示例市人民政府, 示例市人民检察院]") == [(7, "Y07")]


def test_a_heading_of_an_attachment_may_name_its_year() -> None:
    page = COVER.format(year=2022, more="成文日期: 2023-02-20\n附件:\n  - 键: 安排\n    标题: 2021年重点工作安排")
    found = findings(Example({"report.yaml": page}, frozenset()))
    assert [d.rule.code for d in found if d.rule.code[0] == "Y"] == []


def test_a_meeting_is_opened_a_form_brought_forward() -> None:
    files = {"稿.yaml": "章节: 工作情况\n填报单位: 市司法局\n正文: 贯彻二十届四中全会精神，学习习近平文化思想。\n"}
    files["report.yaml"] = COVER.format(year=2022, more="成文日期: 2023-02-20")
    told = "".join(d.message for d in findings(Example(files, frozenset())) if d.rule.code == "Y03")
    assert "2025年10月20日才召开" in told and "2023年10月7日才提出" in told


@pytest.mark.parametrize(
    "text",
    [
        "2020年，全市立案受理行政复议案件534件。",
        "截至2020年底，全市共有行政执法人员1200人。",
        "工作平稳有序。截止2019年末，全市持证人员1200人。",
    ],
)
def test_a_year_before_the_last_with_a_count_is_stale(text: str) -> None:
    assert codes(text) == ["Y01"]


@pytest.mark.parametrize(
    "text",
    [
        "2020年，全市出台规章3部。",
        "2020年，全市受理案件534件。2021年，全市受理案件550件。2022年，全市受理案件560件。",
        "2020年至今，全市受理案件1500件。",
        "2020年，全市建成中心40个，目前已增至60个。",
        "2012年，全市共有中心8个。",
        "2020年，全市平稳有序。",
    ],
)
def test_a_year_before_the_last_that_is_looked_back_to_is_left(text: str) -> None:
    assert codes(text) == []


def test_counts_of_one_year_after_the_other_are_left() -> None:
    assert codes("2020年，全市受理案件534件。\n\n  2021年，全市受理案件550件，2022年580件。") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("力争2022年底前完成。", 1),
        ("到2022年底完成立法项目5件。", 1),
        ("2021年将持续推进依法行政。", 1),
        ("2022年，我市将继续推进依法行政。", 1),
        ("到2022年底，全市已建成中心40个。", 0),
        ("2020年，我市将继续推进依法行政。", 1),
        ("2020年，我市将执法权下放到乡镇。", 0),
        ("力争2023年底前完成。", 0),
        ("2022年将40个中心升级。", 0),
    ],
)
def test_a_term_in_a_plan_that_is_over_is_stale(text: str, told: int) -> None:
    assert codes(text, node="问题和打算") == ["Y02"] * told
