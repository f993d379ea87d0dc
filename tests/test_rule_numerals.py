"""Numbers, dates, series and doubled words: what must be found, what must not, and that repairs are safe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slips_of_text import codes, fixed, found, over_and_over, repaired

QUIET = [
    # ranges and what only looks like one
    "自2023年2月1日起施行，见《纲要（2021-2025年）》，实施“2021-2025年”计划。",
    "咨询电话0792-2021-2025，办公室在3-2012室，适用GB/T 9704-2012。",
    "每组3～5人，压缩15%～30%，补助13万元—17万元，第3-5项，七年级2-3班。",
    # dates and years
    "截至2022年底，历时12年，延长30年，连续22年，用10年时间建成，系统2.0.12版上线。",
    "地址为10.20.2023.1，编号2023-13-45，V2023.2.1版，10月10日开庭。",
    "二〇二二年，一九八四年，2022年，零点到二十点，二十一年。",
    # congresses
    "备战19届亚运会，走访2022届毕业生，第31届大学生运动会，党的二十大，二十届三中全会，市十五届人大一次会议。",
    # document numbers
    "落实示府发〔2023〕5号文件，（2022）示01行初5号，幸福小区（2023）5号楼，示执法证字20230012号，热线12345。",
    "编号20230001，2022年2023年两年，账号20212025。",
    # level marks
    "1、2号楼的情况已经查清。",
    "5、6月份的情况已经查清。",
    "一、二级案件各一件。",
    "（一）第一、第二产业和第一、三季度。",
    "首先，加强领导。第一，严格执法。",
    # decreases
    "办件量增加2倍，时间压缩50%，降低到200%以内，存量下降100%，由3倍降至2倍。",
    # series
    "主要问题一是力量不足，二是经费不足。下一步，一是充实力量；二是保障经费，既统一是非标准，又唯一是从。",
    "一是做到两点，一是研究，二是督促；二是严格执法；三是加强监督。",
    # doubled words that are none
    "为了了解情况，明确目的的内涵，的的确确，推动和和气气，构建和谐和和睦的关系，是是非非。",
    "对在在校生、现在在册人员，参与与会人员，一件一件抓，研究研究，层层层层，一家一家一家一家跑。",
    "一次又一次，方方面面，人人人人。",
    "碳达峰碳中和和能耗双控，泰和和永丰两县，旨在在全社会，一了了之，案件件数，各项各项，讨论讨论。",
    # codes that look like dates, and dates that there are
    "项目编号2023-10-12，版本号2023.9.1，升级至2023.10.1版，档案2023-12-15号，药品批号：2023-01-05，统计于第2023.3.1期。",
    "2024年2月29日，2月29日，24月龄，12月31日，“1.5”级，“3.1”版。",
    "承包期满，30年全部延包（15年全免费教育），20年底账，党的10大优良作风，党的11大纪律。",
    "核发2023126号许可证，颁发2023158号营业执照，市人民政府令（2023）第5号，仲裁委员会（2022）88号裁决。",
    "利润总额下降156%，一是加强领导，十一是国庆假期。",
]


@pytest.mark.parametrize("text", QUIET)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert codes(text) == []


REPAIRED = [
    ("实施2021-2025年规划。", "实施2021—2025年规划。"),
    (
        "2021年－2025年，2021~2025年，2021 – 2025年，2020-2021学年。",
        "2021年—2025年，2021—2025年，2021—2025年，2020—2021学年。",
    ),
    ("实施２０２１-２０２５年规划（Ａ级）。", "实施2021—2025年规划（A级）。"),
    (
        "示府发(2023)5号、示府办[2023] 12号、示府字【２０２３】3号。",
        "示府发〔2023〕5号、示府办〔2023〕12号、示府字〔2023〕3号。",
    ),
    ("自2023年02月01日至03月05日。", "自2023年2月1日至3月5日。"),
    ("自2023.2.1起，2023-03-01修改，2023/4/1日废止。", "自2023年2月1日起，2023年3月1日修改，2023年4月1日废止。"),
    ("二○二二年，二O二三年，二０二四年，二零二五年。", "二〇二二年，二〇二三年，二〇二四年，二〇二五年。"),
    ("压缩时限15～30%，15-30％。", "压缩时限15%～30%，15％—30％。"),
    ("1、加强领导。", "1.加强领导。"),
    ("(一)、加强领导。", "（一）加强领导。"),
    ("（1）.加强领导。", "（1）加强领导。"),
    ("一.加强领导。", "一、加强领导。"),
    ("①、加强领导。", "①加强领导。"),
    ("一是、加强领导；二是、严格执法。", "一是加强领导；二是严格执法。"),
    ("1-6月和5月1日-10月31日。", "1—6月和5月1日—10月31日。"),
    ("压缩30-50%。", "压缩30%—50%。"),
    ("示府发〔2023〕第8号、示府办(2023)08号。", "示府发〔2023〕8号、示府办〔2023〕8号。"),
    ("开展“12.4”国家宪法日活动。", "开展“12·4”国家宪法日活动。"),
    ("首先、加强领导；其次、严格执法。第三、加强监督。", "首先，加强领导；其次，严格执法。第三，加强监督。"),
]


@pytest.mark.parametrize(("typed", "right"), REPAIRED)
def test_what_is_sure_is_repaired(typed: str, right: str) -> None:
    assert fixed(typed) == right


TOLD = [
    ("每组3-5人。", "W14"),
    ("补助3万元-5万元，压缩30%-50%，整治3-5处。", "W14"),
    ("办结率98。5%。", "W16"),
    ("受理1，234件。", "W16"),
    ("宣传1 261次。", "W16"),
    ("示府发2023年8号。", "W10"),
    ("截至2023年2月29日。", "W19"),
    ("于6月31日完成。", "W19"),
    ("推进推进改革。", "W25"),
    ("办理案件件。", "W25"),
    ("截至22年底，共受理534件。", "W18"),
    ("示府发202133号。", "W11"),
    ("实施20212025年规划。", "W11"),
    ("学习党的20大精神。", "W20"),
    ("学习20届3中全会精神。", "W20"),
    ("学习二十届3中全会精神。", "W20"),
    ("补助13～17万元。", "W22"),
    ("时间减少2倍。", "W23"),
    ("投诉下降200%。", "W23"),
    ("一是加强领导；三是严格执法。", "W24"),
    ("一是加强领导；二是严格执法；二是加强监督。", "W24"),
    ("提高依法行政的的能力。", "W25"),
    ("坚持依法行政依法行政。", "W25"),
]


@pytest.mark.parametrize(("typed", "code"), TOLD)
def test_what_a_person_must_decide_is_told_without_repair(typed: str, code: str) -> None:
    assert {d.edits for d in found(typed) if d.rule.code == code} == {()}


def test_a_congress_is_told_in_chinese_numerals() -> None:
    (diagnostic,) = found("学习20届3中全会精神。")
    assert diagnostic.is_error and "二十届三中全会" in diagnostic.hint


CONGRESSES = [
    ("十四届全国人大1次会议。", "十四届全国人大一次会议"),
    ("第14届全国人民代表大会。", "十四届全国人民代表大会"),
    ("实施“14五”规划。", "十四五"),
    ("开展“8五”普法。", "八五"),
    ("学习二十大二中全会精神。", "二十届二中全会"),
    ("学习党的第二十大精神。", "党的二十大"),
]


@pytest.mark.parametrize(("typed", "right"), CONGRESSES)
def test_a_name_that_counts_is_told_as_it_should_be(typed: str, right: str) -> None:
    assert [(d.rule.code, d.hint) for d in found(typed)] == [("W20", f"请改成“{right}”。")]


def test_a_range_is_told_once_with_both_its_units() -> None:
    assert codes("落实2021-2025年实施方案。") == ["W14"]
    (diagnostic,) = found("补助3万元-5万元。")
    assert "“3万元—5万元”" in diagnostic.hint


def test_a_series_goes_on_over_paragraphs() -> None:
    assert codes("一是加强领导。", "二是严格执法。", "三是加强监督。") == []
    assert codes("一是加强领导。", "三是加强监督。") == ["W24"]


LONG: list[tuple[str, dict[str, int]]] = [
    ("一是，", {}),
    ("二是，", {"W24": 7999}),
    ("一是，二是，", {}),
    ("1-", {}),
    ("2021-", {}),
    ("2021年", {}),
    ("二0二二年", {"W21": 8000}),
    ("的", {"W25": 4000}),
    ("的的", {"W25": 8000}),
    ("依法行政", {"W25": 2}),
    ("减少", {}),
    ("2023.1.", {}),
]


@pytest.mark.parametrize(("unit", "told"), LONG)
def test_a_long_passage_of_one_unit_over_and_over_is_read_to_its_end(unit: str, told: dict[str, int]) -> None:
    assert over_and_over(unit) == told


PIECES = st.sampled_from(
    [
        *"、。，；-—～%．.年月日号〔(［〕)］○0O０",
        *(
            "1",
            "3",
            "15",
            "２０２２",
            "2021",
            "2025",
            "2023年",
            "02月",
            "01日",
            "2023.2.1",
            "二",
            "二○二二年",
            "发",
            "第",
        ),
        *("一是", "二是", "三是", "首先", "第一", "（一）", "一", "①", "万元", "人", "的", "依法行政", "党的20大", " "),
    ]
)
CLAUSES = ("依法行政", "规范执法", "加强监督", "优化服务", "化解矛盾", "普及法律")


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
