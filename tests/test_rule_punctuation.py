"""Marks, quotes and blanks: what must be found, what must not, and that repairs are safe.

The examples on the rules' pages are run by test_rules.py; here stand the traps that a reader of the page does not need.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slips_of_text import codes, fixed, found, over_and_over, repaired

QUIET = [
    # digits, addresses, Latin words
    "全年办结1,261件，上午9:30—10:00开庭，比例为3:1。",
    "网址为https://www.example.cn/a?b=1,2;c=(3)，信箱为zhang.san@example.cn。",
    "上线App（iOS、Android），适用GB/T 9704-2012。",
    "执行标准(ISO 9001)。",
    "平台（V2.0）由A、B两家公司开发；采用Web Service接口。",
    "举办Lawyer's Day活动。",
    # blanks that stand for a pause, or are layout of a list
    "印发《关于切实加强法律顾问工作 充分发挥法律顾问作用的通知》。",
    "开展“学宪法 讲宪法”活动。",
    "附件：1. 任务清单 2. 文件目录",
    "附件1 2022年重点任务清单，由各单位组织实施。",
    "第一章 2022年工作情况，由各单位组织实施。",
    # brackets and quotes
    "重点抓好以下工作：1）加强领导；2）严格执法。",
    "（一）加强领导。各县（市、区）落实《工作要点（试行）》。",
    "会议指出：“要落实《关于‘三项制度’的意见》。”",
    "推行“双随机、一公开”“互联网＋监管”，修订〔2023〕5号文件。",
    "他问：“怎么能不办？！”大家说：“马上办！！！”",
    "落实“三台融合”（实体、热线、网络）——一件事一次办……",
    # 等 that belongs to the next word
    "划分风险、等级评定、等待时间、等同处理、等额选举均已公开。",
    "破除“坐、等、靠”思想，整治畏难、等靠要思想，做到过马路、等红灯、礼让行人，实行减量替代、等量替代。",
    # an address ends before the bracket around it
    "访问网站(http://www.example.gov.cn)查询，打开[示例](https://a.example.gov.cn/a(1).html)，下载附件。",
    # quotes around a mark that is spoken of
    "规范使用“。”和“、”。",
]


@pytest.mark.parametrize("text", QUIET)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert codes(text) == []


REPAIRED = [
    ("学法,举办讲座;会议强调:要落实!是否?", "学法，举办讲座；会议强调：要落实！是否？"),
    ("办结514件(含往年结转).", "办结514件（含往年结转）。"),
    ("办结率达96.8%,较上年持平。", "办结率达96.8%，较上年持平。"),
    ("(一)加强领导，(2022)示01行初5号。", "（一）加强领导，（2022）示01行初5号。"),
    ("平台(App)和系统(App端)上线。", "平台(App)和系统（App端）上线。"),
    ('深化"放管服"改革，落实"三项制度"。', "深化“放管服”改革，落实“三项制度”。"),
    ('会议强调:"要依法行政."', "会议强调：“要依法行政。”"),
    ("会议指出：\"全面落实'三项制度'\"。", "会议指出：“全面落实‘三项制度’”。"),
    ("会议指出：“全面落实“三项制度””。", "会议指出：“全面落实‘三项制度’”。"),
    ("印发《关于印发《办法》的通知》。", "印发《关于印发〈办法〉的通知》。"),
    ("《关于转发《关于印发《办法》的通知》的通知》。", "《关于转发〈关于印发《办法》的通知〉的通知》。"),
    ("2022 年受理 534 件，办结率为98 %。", "2022年受理534件，办结率为98%。"),
    ("完善制度， 规范执法　。使用 App 办理。", "完善制度，规范执法。使用App办理。"),
    ("提升了 能力，深化的　改革。", "提升了 能力，深化的改革。"),
    ("涉及教育、医疗...还有住房。。。", "涉及教育、医疗……还有住房……"),
    ("新办法--一件事一次办…", "新办法——一件事一次办……"),
    ("完善制度，，规范执法。。", "完善制度，规范执法。"),
    ("完善制度, ,规范执法。", "完善制度，规范执法。"),
    ("企业、学校、等单位。", "企业、学校等单位。"),
    ("走访学校、社区、等，“一老”、“一小”、等10个部门。", "走访学校、社区等，“一老”、“一小”等10个部门。"),
    ("请登录https://a.example.cn,查询。", "请登录https://a.example.cn，查询。"),
    ("办结率98.5%%。", "办结率98.5%。"),
    # what is to be filled in stays as it was typed
    (
        "受理?件，办结??件，占? %,新增（ ）个、( )项，名称为【 】。",
        "受理?件，办结??件，占? %，新增（ ）个、( )项，名称为【 】。",
    ),
    ("示例小区(2023)3号宗地，公告(2023)第5号。", "示例小区（2023）3号宗地，公告（2023）第5号。"),
]


@pytest.mark.parametrize(("typed", "right"), REPAIRED)
def test_what_is_sure_is_repaired(typed: str, right: str) -> None:
    assert fixed(typed) == right


TOLD = [
    ('落实"执法"三项制度""。', "W04"),
    ('购置55"电视和65"电视。', "W04"),
    ("系统.建立", "W03"),
    ("办结率98.5%.全年受理534件。", "W03"),
    ("改善九江--景德镇沿线的环境。", "W08"),
    ("他说：“马上办。”。", "W09"),
    ("好吗？。", "W09"),
    ("增强“四个意识“、坚定“四个自信”。", "W05"),
    ("办结514件（含往年结转。", "W05"),
    ("深化”放管服“改革。", "W05"),
    ("落实“执法”三项制度“”。", "W06"),
    ("加强组织领导 落实工作责任，取得成效。", "W07"),
    ("走访企业、学校等……", "W08"),
    ("规范执法。，强化监督。", "W09"),
    ("全年受理534件，办结514件", "W17"),
    ("全年受理行政复议案件，", "W17"),
]


@pytest.mark.parametrize(("typed", "code"), TOLD)
def test_what_a_person_must_decide_is_told_without_repair(typed: str, code: str) -> None:
    assert {d.edits for d in found(typed) if d.rule.code == code} == {()}


TURNED = [("增强“四个意识“、坚定。", 8), ("做到“两个维护“，坚定”四个自信”。", 8)]


@pytest.mark.parametrize(("typed", "column"), TURNED)
def test_a_quote_that_faces_the_wrong_way_is_the_one_told(typed: str, column: int) -> None:
    assert [(d.rule.code, d.span.column) for d in found(typed)] == [("W05", column)]


def test_messages_show_what_was_typed_not_the_mask_of_an_address() -> None:
    (diagnostic,) = found("请登录https://a.example.cn 。")
    assert "“n”和“。”" in diagnostic.message


def test_a_quotation_over_several_paragraphs_is_opened_in_each_and_closed_in_the_last() -> None:
    assert codes("会议强调：“要依法行政。", "“要公正司法。", "“要全民守法。”") == []
    assert codes("会议强调：“要依法行政。", "要公正司法。") == ["W05"]


def test_repairs_do_not_touch_what_a_reference_printed() -> None:
    assert found("受理{{ 受理 }}件，占{{ 受理.占比 }}。") == []


LONG: list[tuple[str, dict[str, int]]] = [
    ('"', {"W04": 4000}),
    ("'", {"W04": 4000}),
    ("“", {"W05": 1}),
    ("”", {"W05": 1}),
    ("《", {"W05": 1}),
    ("(", {"W05": 1}),
    ("（x", {"W05": 1}),
    ("1）", {"W05": 1}),
    ("“甲”", {}),
    (",", {"W03": 8000, "W09": 1}),
    (", ", {"W03": 8000, "W07": 1, "W09": 1}),
    ("\u3000", {"W07": 1}),
    ("..", {"W08": 1}),
    ("…", {}),
    ("-", {}),
    ("、等单位", {"W15": 8000}),
    ("“，", {"W05": 4000}),
    ("放管服", {}),
    ("a@", {}),
    ("{{", {}),
]


@pytest.mark.parametrize(("unit", "told"), LONG)
def test_a_long_passage_of_one_unit_over_and_over_is_read_to_its_end(unit: str, told: dict[str, int]) -> None:
    assert over_and_over(unit) == told


PIECES = st.sampled_from(
    [
        *"，。、；：,;:.!?()（）“”‘’\"'《》 　…—-",
        "...",
        "。。。",
        "--",
        "等",
        "依法行政",
        "的",
        "了",
        "App",
        "1",
        "2022年",
        "98",
        "%",
    ]
)
CLAUSES = ("依法行政", "规范执法534件", "推广App", "98", "加强监督", "优化服务")


def _between(slips: list[str]) -> str:
    """Slips stand between clauses, all different: one beside another may hide what it is."""
    return "".join(clause + slip for clause, slip in zip(CLAUSES, slips, strict=False))


@given(st.lists(PIECES, min_size=1, max_size=6).map(_between), PIECES | st.just(""))
def test_after_a_repair_the_rule_has_nothing_more_to_repair_and_no_other_finds_something_new(
    text: str, opening: str
) -> None:
    typed = f"{opening}{text}行政。".strip()
    before = set(codes(typed))
    for code in before:
        once = repaired(typed, code)
        assert repaired(once, code) == once
        assert set(codes(once)) <= before
