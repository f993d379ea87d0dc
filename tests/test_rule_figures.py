"""What the rules on figures do beyond the examples of their pages."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from examples import examples, findings
from hypothesis import given
from hypothesis import strategies as st
from trials import tries

from jzreport.diagnostics import Diagnostic, Edit, Span
from jzreport.draft import Draft, Paragraph
from jzreport.figures import Figure, parse_quantity
from jzreport.report import Node, Report
from jzreport.rules.amounts import amounts, range_of
from jzreport.rules.base import Context
from jzreport.rules.equations import MalformedError, UnreadableError, read_equation
from jzreport.rules.figures import RULES as PRINTED
from jzreport.rules.references import RULES as REFERRED
from jzreport.rules.relations import RULES as RELATED
from jzreport.text import Text
from jzreport.wording import NOTHING

QUIET = tries(200)


def found(text: str, *codes: str) -> list[Diagnostic]:
    """Return the findings of these codes in files, or the 正文 of a draft, written as on a rule's page."""
    indented = "\n".join(f"    {line}" for line in text.split("\n"))
    return [
        d
        for example in examples(f"正确：\n\n{indented}", whole=False)
        for d in findings(example)
        if d.rule.code in codes
    ]


def messages(text: str, *codes: str) -> list[str]:
    return [diagnostic.message for diagnostic in found(text, *codes)]


def figures(**values: str) -> dict[str, Figure]:
    return {name: figure(name, value) for name, value in values.items()}


def figure(name: str, value: str) -> Figure:
    quantity = parse_quantity(Text.made(value))
    assert quantity, value
    return Figure(name, quantity, Span("01.yaml", 1, 1, 1, 2))


def failures(equation: str, **values: str) -> list[str]:
    return list(read_equation(equation, figures(**values)).failures())


# --- what a printed value stands for


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        ("534件", "534", "534"),
        ("十二项", "12", "12"),
        ("1.85万件", "18450", "18550"),
        ("85万件", "845000", "855000"),
        ("3.5公里", "3.45", "3.55"),
        ("96.3%", "0.9625", "0.9635"),
        ("100%", "0.995", "1.005"),
        ("九成", "0.85", "0.95"),
        ("60000余人次", "60000", "69900"),
        ("两万余人次", "20000", "29900"),
        ("近600家", "0", "600"),
        ("不超过30日", "0", "30"),
    ],
)
def test_a_value_stands_for_all_that_is_printed_so(value: str, low: str, high: str) -> None:
    assert range_of(figure("甲", value).value) == (Fraction(low), Fraction(high))


@pytest.mark.parametrize("value", ["约420份", "大约3万人", "100件以上", "300人左右"])
def test_nothing_is_known_of_what_is_about_so_much(value: str) -> None:
    bounds = range_of(figure("甲", value).value)
    assert bounds.low < 0 and bounds.high > 10**30


@QUIET
@given(st.lists(st.decimals(0, 1000, places=4), min_size=1, max_size=8), st.integers(0, 3))
def test_rounding_alone_is_never_a_wrong_sum(parts: list[Decimal], places: int) -> None:
    def shown(number: Decimal) -> str:
        return f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}%"

    declared = figures(总数=shown(sum(parts, Decimal())), **{f"项{n}甲": shown(part) for n, part in enumerate(parts)})
    left = " + ".join(name for name in declared if name != "总数")
    assert list(read_equation(f"{left} = 总数", declared).failures()) == []


@pytest.mark.parametrize("text", ["签约20家", "预约20家", "节约20元", "附近20家", "最近20次"])
def test_a_word_that_ends_like_about_says_nothing_of_the_number(text: str) -> None:
    assert [amount.is_exact for amount in amounts(text)] == [True]


@pytest.mark.parametrize("text", ["第35次", "5G基站", "A4份", "2023年", "12部门", "35条例", "1件事", "第1261次"])
def test_what_counts_nothing_is_no_amount(text: str) -> None:
    assert list(amounts(text)) == []


# --- 核对


@pytest.mark.parametrize(
    "equation",
    [
        "甲 + 乙 = 丙",
        "丙=甲+乙",
        "甲＋乙＝丙",
        "丙－甲＝乙",
        "(甲 + 乙) × 2 = 丙 * 2",
        "（甲＋乙）÷2≤丙",
        "甲 / 丙 = 率",
        "甲 / 率 = 丙",
        "丙 * 率 = 甲",
        "丙>=甲>=乙",
        "甲 > 乙",
        "率 >= 56%",
        "率 < 0.6",
        "1 - 率 >= 40%",
        "丙 = 534",
        "丙 = 534件",
        "丙 <= 1,000",
        "0 <= 约数 <= 1",
        "甲 / 乙 > 1",
        "3部 <= 规章 + 1",
    ],
)
def test_an_equation_that_holds(equation: str) -> None:
    assert failures(equation, 甲="304件", 乙="230件", 丙="534件", 率="56.9%", 约数="约90件", 规章="两部") == []


@pytest.mark.parametrize(
    ("equation", "told"),
    [
        ("甲 + 乙 = 丙", "甲300件 + 乙230件 = 530件，丙是534件。"),
        ("丙 = 甲 + 乙", "甲300件 + 乙230件 = 530件，丙是534件。"),
        ("丙 <= 甲", "丙是534件，甲是300件，前者应不大于后者。"),
        ("丙 = 500", "丙是534件，应等于500。"),
        ("1000 <= 丙", "丙是534件，应不小于1000。"),
        ("甲 / 丙 = 率", "甲300件 / 丙534件 = 56.18%，率是58%。"),
        ("甲 - 乙 = 丙 - 甲", "甲300件 - 乙230件 = 70件，丙534件 - 甲300件 = 234件。"),
        ("率 >= 60%", "率是58%，应不小于60%。"),
        ("多 <= 甲", "多是1000余件，甲是300件，前者应不大于后者。"),
    ],
)
def test_an_equation_that_fails_is_told_as_it_comes_out(equation: str, told: str) -> None:
    assert failures(equation, 甲="300件", 乙="230件", 丙="534件", 率="58%", 多="1000余件") == [told]


def test_every_sign_of_a_chain_is_looked_at() -> None:
    assert len(failures("甲 <= 乙 <= 丙", 甲="3件", 乙="2件", 丙="1件")) == 2


@pytest.mark.parametrize(
    ("equation", "message"),
    [
        ("", "核对的算式是空的。"),
        ("甲", "核对的算式里没有“=”“<=”或“>=”。"),
        ("甲 = ", "“=”后面少了指标的名称或数。"),
        ("甲 + * 乙 = 丙", "“+”后面少了指标的名称或数。"),
        ("= 甲", "“=”前面少了指标的名称或数。"),
        ("甲 等于 乙", "“甲”和“等于”之间少了运算符号。"),
        ("甲（乙 = 丙", "“甲”和“（”之间少了运算符号。"),
        ("（甲 = 乙", "核对的算式里括号没有成对。"),
        ("甲） = 乙", "核对的算式里括号没有成对。"),
        ("甲：乙", "核对的算式里看不懂“：”。"),
        ("__import__('os') = 1", "核对的算式里看不懂“'”。"),
        ("2022年受理 = 甲", "没有名叫“2022年受理”的指标。"),
        ("甲 / 零 = 1", "“零”是0，不能用来除。"),
        ("甲 / (乙 - 乙) = 1", "“(乙 - 乙)”是0，不能用来除。"),
        ("甲 + 人 = 乙", "单位不同，不能相加：一个是“件”，一个是“人”。"),
        ("甲 = 率", "单位不同，不能比较：一个是“件”，一个是“%”。"),
        ("率 >= 90", "“90”没有写“%”，不能与比率比较。"),
        ("+".join(["甲"] * 300) + "=1", "核对的算式太长。"),
        ("(" * 50 + "甲" + ")" * 50 + " = 1", "核对的算式里括号太多。"),
    ],
)
def test_an_equation_that_says_nothing_is_told(equation: str, message: str) -> None:
    with pytest.raises(MalformedError) as slip:
        read_equation(equation, figures(甲="3件", 乙="2件", 丙="5件", 人="4人", 率="58%", 零="0件"))
    assert slip.value.message == message
    assert 0 <= slip.value.start <= slip.value.end <= len(equation)


@QUIET
@given(st.text(alphabet="甲乙丙零率12.0,%件()（）+-*/＋－×÷=<>≤≥ 　？", max_size=40))
def test_no_equation_crashes(equation: str) -> None:
    declared = figures(甲="3件", 乙="近2万余件", 丙="约5件", 零="0件", 率="58%")
    try:
        assert all(told.endswith("。") for told in read_equation(equation, declared).failures())
    except (MalformedError, UnreadableError) as slip:
        assert isinstance(slip, MalformedError) and slip.message.endswith("。")


@QUIET
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6), st.integers(-2, 2))
def test_a_sum_of_counts_is_exact(parts: list[int], off: int) -> None:
    total = sum(parts) + off
    declared = figures(总数=f"{max(total, 0)}件", **{f"项{n}甲": f"{part}件" for n, part in enumerate(parts)})
    left = " + ".join(name for name in declared if name != "总数")
    assert bool(list(read_equation(f"{left} = 总数", declared).failures())) == (sum(parts) != max(total, 0))


def test_a_figure_that_cannot_be_read_is_not_told_twice() -> None:
    text = "# report.yaml\n核对: [甲数 = 5]\n# 01.yaml\n正文: 共{{ 甲数 }}。\n指标:\n  甲数: 若干"
    assert messages(text, "F08", "F10", "F12", "F13") == []


def test_a_reference_in_a_check_is_told_once() -> None:
    text = '# report.yaml\n核对: ["{{ 甲数 }} = 5"]\n# 01.yaml\n正文: 共{{ 甲数 }}。\n指标:\n  甲数: 5件'
    assert [d.rule.code for d in found(text, "F05", "F12", "F13")] == ["F05"]


# --- 其中, 总数, rates


@pytest.mark.parametrize(
    ("whole", "parts", "is_wrong"),
    [
        ("534件", ("304件", "230件"), False),
        ("534件", ("304件", "231件"), True),
        ("534件", ("304件", "230人"), False),
        ("534件", ("约300件", "230件"), False),
        ("500余件", ("304件", "230件"), False),
        ("500余件", ("304件", "330件"), True),
        ("近500件", ("304件", "230件"), True),
        ("超过500件", ("200件", "230件"), True),
        ("1.2万件", ("8316件", "3700件"), False),
        ("100%", ("33.3%", "33.3%", "33.3%"), False),
        ("100%", ("33.3%", "33.3%"), True),
    ],
)
def test_parts_are_wrong_only_when_they_cannot_add_up(whole: str, parts: tuple[str, ...], is_wrong: bool) -> None:
    names = [f"分项{n}" for n in "甲乙丙"[: len(parts)]]
    lines = "".join(f"\n  {name}: {part}" for name, part in zip(names, parts, strict=True))
    text = f"正文: 共{{{{ 总量 }}}}。\n指标:\n  总量:\n    数值: {whole}\n    其中: [{', '.join(names)}]{lines}"
    assert bool(messages(text, "F10")) is is_wrong


@pytest.mark.parametrize(
    ("sentence", "is_wrong"),
    [
        ("受理投诉1260件，办结1209件，办结率95.9%。", True),
        ("受理投诉1260件，办结1209件，办结率95.95%。", False),
        ("受理投诉1260件，办结1209件，办结率为96%。", False),
        ("受理投诉1260件，办结1209件（含往年结转），办结率为98%。", False),
        ("受理投诉1260件（市本级300件），办结1209件，办结率98%。", True),
        ("受理投诉1260件，其中有效投诉1220件，办结1209件，办结率99.1%。", False),
        ("受理投诉1200件，办结1209件，办结率98%。", False),
        ("受理投诉1260件，办结1209件，按时办结率98%。", False),
        ("受理投诉1260件，办结1209件。满意率98%，办结率98%。", False),
        ("排查隐患100处，整改92处，整改率达90%。", True),
        ("受理案件约1200件，办结1100余件，办结率95%。", False),
        ("受理举报100件，办结98件；查办案件40件，办结率90%。", False),
        ("受理申请300件，法律援助办结280件，办结率90%。", False),
        ("受理投诉0件，办结0件，办结率100%。", False),
        ("已办结80件，未办结20件，办结率80%。", False),
        ("受理投诉1260件，同比上年增长，办结1209件，办结率98%。", False),
    ],
)
def test_a_rate_is_wrong_only_beside_the_counts_it_is_made_of(sentence: str, is_wrong: bool) -> None:
    assert bool(messages(sentence, "F11")) is is_wrong


def test_a_definition_that_speaks_of_other_years_explains_a_rate() -> None:
    text = "正文: 受理投诉{{ 受理 }}，办结{{ 办结 }}，办结率98%。\n指标:\n  受理: 1260件\n  办结:\n    数值: 1209件"
    assert messages(text, "F11")
    assert not messages(f"{text}\n    口径: 含往年结转", "F11")


# --- printed numbers


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("近3个多月，近20多年来，近10余年。", 0),
        ("近百余件，近千余人，近十余万人。", 3),
        ("近50余件，约60多人，逾300余户，超过20余项。", 4),
        ("超过100件以上，不少于3人以上，50余件左右。", 3),
        ("预约50余人次，签约20余家，节约300多万元，突破20余项关键技术。", 0),
        ("超过30多个城市，达到50%以上，1.2万余人，35万余件。", 0),
        ("35余家，2023余姚市，305余杭区。", 1),
        ("《近50余件案例汇编》", 0),
        ("推进“1+20”多元化解，建成30多功能厅。", 0),
    ],
)
def test_only_two_marks_on_one_number_are_one_too_many(text: str, count: int) -> None:
    assert len(messages(text, "F15")) == count


@pytest.mark.parametrize(
    ("one", "other", "is_wrong"),
    [
        ("全市办理行政复议案件534件。", "全市共办理行政复议案件535件。", True),
        ("2023年，全市办理行政复议案件534件。", "全市办理行政复议案件达535件。", True),
        ("全市办理行政复议案件534件。", "2022年全市办理行政复议案件498件。", False),
        ("全市办理行政复议案件534件。", "市本级办理行政复议案件304件。", False),
        ("全市办理行政复议案件534件。", "全市各县区办理行政复议案件230件。", False),
        ("全市办理行政复议案件534件。", "上半年，全市办理行政复议案件230件。", False),
        ("全市办理案件534件。", "全市办理案件535件。", False),
        ("开展行政执法检查34次。", "开展行政执法检查35次。", False),
        ("全市开展法治培训1.2万人次。", "全市开展法治培训12345人次。", False),
        ("全市开展法治培训11万余人次。", "全市开展法治培训12万余人次。", True),
        ("全市化解矛盾纠纷534件，其中调解34件。", "全市化解矛盾纠纷534件，其中调解35件。", False),
        ("全市受理复议案件534件，办结500件。", "全市受理复议案件534件，办结率高。", False),
    ],
)
def test_only_the_same_words_with_another_number_contradict_each_other(one: str, other: str, is_wrong: bool) -> None:
    assert bool(messages(f"{one}\n\n{other}", "F09")) is is_wrong


def test_numbers_that_a_reference_prints_are_told_once_where_it_stands() -> None:
    text = "正文: |\n  参加{{ 培训 }}。\n\n  再参加{{ 培训 }}，服务11万余人次。\n指标:\n  培训: 60000余人次"
    assert [(d.span.line, d.hint) for d in found(text, "F16")] == [(2, "请改成“6万余人次”。")]


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("服务4万余人次，培训25000余人次。", ["请改成“2.5万余人次”。"]),
        ("服务4万余人次，罚款22000余元。", []),
        ("服务4万余人次，罚款约20000元。", ["请改成“约2万元”。"]),
        ("服务4万余人次，梳理事项15562项，办件120000件。", []),
        ("服务40000余人次，培训20000余人次。", []),
    ],
)
def test_only_round_numbers_are_told_in_ten_thousands(text: str, hints: list[str]) -> None:
    assert [d.hint for d in found(text, "F16")] == hints


def test_a_part_in_a_title_of_the_report_or_a_cell_is_used() -> None:
    title = "# report.yaml\n结构:\n  - 键: 工作情况\n    标题: 办结率{{ 率.上年 }}\n# 01.yaml\n正文: 依法办理。"
    value = "\n指标:\n  率:\n    数值: 96%\n    上年: 95%"
    assert messages(title + value, "F08") == []
    assert messages(f"正文: 依法办理。{value}", "F08") == ["指标“率”（96%）没有用到。"]


# --- references


def edits(text: str) -> Iterator[tuple[Edit, ...]]:
    return (diagnostic.edits for diagnostic in found(text, "F18"))


def test_a_wide_reference_is_repaired_where_no_file_is_broken_by_it() -> None:
    value = "\n指标:\n  甲数:\n    数值: 5件\n    上年: 4件"
    assert [e[0].new for e in edits(f"正文: 共｛｛ 甲数 ｝｝，同比{{{{甲数。同比}}}}。{value}")] == [
        "{{ 甲数 }}",
        "{{ 甲数.同比 }}",
    ]
    assert list(edits(f"正文: ｛｛ 甲数 ｝｝。{value}")) == [()]
    cell = f"正文:\n  - 表格:\n      表头: [甲, 乙]\n      行:\n        - [共｛｛ 甲数 ｝｝, 乙]{value}"
    assert list(edits(cell)) == [()]


def test_numbers_of_a_draft_are_told_once_with_the_first_five() -> None:
    assert messages("一次3件，又4件，再5件。\n\n然后6件、7件、8件。", "F17") == [
        "正文里有6个数没有写进“指标”：3件、4件、5件、6件、7件……。"
    ]


@pytest.mark.parametrize(
    "value", ['534件"', '"514件”"', "92。12％", "５３４件", "534件。", "1，234件", "514件）", "示府发(2023)5号"]
)
def test_marks_that_a_figure_printed_are_told_at_its_value_alone(value: str) -> None:
    text = f'正文: |\n  落实"放管服"改革，受理{{{{ 受理 }}}}。\n指标:\n  受理: {value}'
    codes = [(d.rule.code, d.span.line) for d in found(text, *(f"W{n:02}" for n in range(30)), "F04", "S17")]
    assert sorted(codes) == [("F04", 4), ("W04", 2)]


def test_hotlines_and_phrases_are_no_loose_numbers() -> None:
    assert messages("12345件件有回音，最多跑1次，1个中心+3个站点，3至5次，30个工作日。", "F17") == []


def test_a_number_with_a_unit_is_no_hotline() -> None:
    assert messages("应诉案件120件，96110元，12345件件有回音。", "F17") == [
        "正文里有2个数没有写进“指标”：120件、96110元。"
    ]


def test_a_typed_number_like_a_figure_of_the_draft_is_told_by_its_name() -> None:
    text = "正文: 受理{{ 受理 }}，又说534件，另有5件。\n指标:\n  受理: 534件\n  其他: 5件"
    assert [(d.message, d.hint) for d in found(text, "F17")] == [
        ("“534件”与指标“受理”相同。", "请写“{{ 受理 }}”。"),
        (
            "正文里有1个数没有写进“指标”：5件。",
            "请在“指标”下面加一行“  某某名称: 5件”（前面2个空格），正文里改成“{{ 某某名称 }}”。",
        ),
    ]


def test_a_draft_without_figures_is_told_both_lines_to_add() -> None:
    (told,) = found("正文: 受理约534件，另有5件以上。", "F17")
    assert told.hint == (
        "请各取一个名称，例如在最后加一行“指标:”，再加一行“  某某名称: 约534件”（前面2个空格），"
        "正文里的“约534件”改成“{{ 某某名称 }}”。"
    )


CHANGED = """
指标:
  办结: {数值: 506件, 上年: 481件}
  应诉率: {数值: 97.5%, 上年: 95.4%}
  培训: {数值: 11万余人次, 上年: 9万人次}
  走访: 80户
"""


@pytest.mark.parametrize(
    ("sentence", "hint"),
    [
        ("办结{{ 办结 }}，同比增长5.2%。", "请写“{{ 办结.同比 }}”。"),
        ("办结{{ 办结 }}，办结数同比增长5.2%。", "请写“{{ 办结.同比 }}”。"),
        ("办结{{ 办结 }}（含往年结转），较上年增加25件。", "请写“{{ 办结.增减 }}”。"),
        ("率达{{ 应诉率 }}，较去年提高2.1个百分点。", "请写“{{ 应诉率.增减 }}”。"),
        ("走访{{ 走访 }}，同比增长8%。", "请给指标“走访”写上“上年”，这里写“{{ 走访.同比 }}”。"),
    ],
)
def test_a_typed_change_of_a_figure_is_told_by_the_reference_that_prints_it(sentence: str, hint: str) -> None:
    assert [d.hint for d in found(f"正文: {sentence}{CHANGED}", "F17", "F26")] == [hint]


@pytest.mark.parametrize(
    "sentence",
    [
        "参加{{ 培训 }}，同比增长22.5%。",  # about so many: only its department knows the change
        "办结{{ 办结 }}，应诉数同比增长5.2%。",
        "率达{{ 应诉率 }}，较上年提高2%。",
        "办结{{ 办结 }}，同比多办，增长5.2%。",
    ],
)
def test_a_change_that_no_reference_prints_is_a_number_of_its_own(sentence: str) -> None:
    assert [d.message.partition("：")[0] for d in found(f"正文: {sentence}{CHANGED}", "F17", "F26")] == [
        "正文里有1个数没有写进“指标”"
    ]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("办结{{ 办结 }}，办结总数同比增长9%。", "增长9%"),
        ("办结{{ 办结 }}（含往年结转），较上年增加33件。", "增加33件"),
        ("办结{{ 办结 }}，办结数与上年持平。", "持平"),
    ],
)
def test_a_wrong_change_is_told_once_by_what_is_worked_out(sentence: str, words: str) -> None:
    (told,) = found(f"正文: {sentence}{CHANGED}", "F17", "F26")
    assert told.rule.code == "F26" and f"这里写的是“{words}”" in told.message


def test_relations_are_looked_at_while_a_draft_cannot_be_read() -> None:
    cover = "# report.yaml\n核对: [甲数 = 6, 甲数 = 丁项办结, 甲数 加 5]\n# 01.yaml\n正文: 共{{ 甲数 }}。\n指标:\n  甲数: 5件"
    assert [d.rule.code for d in found(cover, "F12", "F13")].count("F13") == 2
    assert sorted(d.rule.code for d in found(f'{cover}\n# 02.yaml\n正文: "没有收尾', "F12", "F13")) == ["F12", "F13"]
    assert ["还没交的来稿" in d.hint for d in found(cover, "F13")] == [True, False]


def test_more_checks_than_a_report_has_figures_are_not_looked_at_and_that_is_told() -> None:
    text = f"# report.yaml\n核对:\n{'  - 甲数 = 6' + chr(10)}{('  - 甲数 = 5' + chr(10)) * 3_000}  - 甲数 = 7\n"
    text += "# 01.yaml\n正文: 共{{ 甲数 }}。\n指标:\n  甲数: 5件"
    assert [d.rule.code for d in found(text, "F12", "F13")] == ["F12", "F13"]


def test_the_names_meant_are_guessed_only_for_as_many_slips_as_anybody_reads() -> None:
    checks = "".join(f"  - 行政复议受里{n} = 5\n" for n in "甲乙丙丁" * 15)
    text = f"# report.yaml\n核对:\n{checks}# 01.yaml\n正文: 共{{{{ 行政复议受理 }}}}。\n指标:\n  行政复议受理: 5件"
    hints = [d.hint for d in found(text, "F13")]
    assert len(hints) == 60 and hints.count("是不是“行政复议受理”？") == 50


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("签约{{ 约数 }}", 0),
        ("大约{{ 约数 }}", 1),
        ("超过{{ 约数 }}", 1),
        ("达{{ 约数 }}", 0),
        ("累计{{ 约数 }}", 0),
        ("{{ 件数 }}件，", 1),
        ("{{ 件数 }}件件有回音", 0),
        ("{{ 件数 }}件的", 1),
        ("较快增长{{ 件数.同比 }}", 1),
        ("较上年{{ 件数.同比 }}", 0),
        ("{{ 件数.数值 }}件", 0),
    ],
)
def test_what_a_reference_prints_fits_the_words_around_it(text: str, count: int) -> None:
    values = "\n指标:\n  约数: 约5万元\n  件数: {数值: 40件, 上年: 50件}"
    assert len(messages(f"正文: 全年{text}{values}", "F20")) == count


# --- long texts


@pytest.mark.parametrize(
    ("piece", "count"),
    [
        ("全市办理行政复议案件534件，", 1),
        ("受理9件，办结8件，办结率8%，", 1),
        ("近50余", 0),
        ("1,", 0),
        ("９", 0),
        ("一", 0),
        ("{{ 甲 }}", 0),
        ("｛｛甲｝｝", 10_000),
        ("近", 0),
        ("《", 0),
    ],
)
def test_a_long_paragraph_is_read_to_its_end(piece: str, count: int) -> None:
    assert told(Text.typed(piece * (50_000 // len(piece)), "01.yaml", 4, 3)) == count


def test_the_rules_say_nothing_of_nothing() -> None:
    assert told(Text()) == 0


def told(text: Text) -> int:
    """Return how many findings the rules on figures have in a report of this one paragraph."""
    draft = Draft("01.yaml", Text.made("工作情况"), Text.made("市司法局"), (Paragraph(text),))
    report = Report(2023, "", (), (), Node("", None, Span("report.yaml")))
    context = Context(report, NOTHING, (draft,), (draft,))
    return sum(1 for each in (*PRINTED, *RELATED, *REFERRED) for _ in each.findings(context))


# --- numbers typed by hand where a figure says another

ACCEPTED = "\n指标:\n  行政复议受理: {数值: 620件, 上年: 600件}"


@pytest.mark.parametrize(
    "clause",
    [
        "全市受理行政复议案件602件。",
        "2023年，示例市共受理行政复议案件602件，办结590件。",
        "一年来，我市依法受理各类行政复议申请602件，比上年多2件。",
        "全市受理行政复议案件602件，同比{{ 行政复议受理.同比 }}。",
        "坚持复议为民，受理行政复议案件６０２件（含往年结转）。",
    ],
)
def test_a_typed_number_beside_a_figure_of_another_value_is_told_once(clause: str) -> None:
    told = found(f"正文: {clause}{ACCEPTED}", "F27", "F08", "F09")
    assert [d.rule.code for d in told] == ["F27"]
    assert told[0].message.startswith("指标“行政复议受理”（稿.yaml 第3行）是620件，这里是")
    assert told[0].hint == "请核对；数对的，请写“{{ 行政复议受理 }}”。"


@pytest.mark.parametrize(
    "clause",
    [
        "全市受理行政复议案件620件。",
        "全市受理行政复议案件600余件。",
        "不予受理行政复议案件12件。",
        "每月受理行政复议案件50件。",
        "上年，全市受理行政复议案件600件。",
        "2022年，全市受理行政复议案件600件。",
        "甲、乙两县分别受理行政复议案件30件、20件。",
        "市公安局积极化解争议，受理行政复议案件30件。",
        "近三年，全市受理行政复议案件1500件。",
        "受理行政复议案件602人。",
    ],
)
def test_another_count_in_like_words_is_no_contradiction(clause: str) -> None:
    assert messages(f"正文: {clause}{ACCEPTED}", "F27") == []


def test_a_figure_told_of_a_part_is_not_held_against_the_whole() -> None:
    text = f"正文: 市本级受理行政复议案件{{{{ 行政复议受理 }}}}。全市受理行政复议案件900件。{ACCEPTED}"
    assert messages(text, "F27") == []


def test_a_figure_typed_with_another_thousands_comma_is_the_same() -> None:
    text = "正文: 整理案卷{}。\n指标:\n  案卷: 1286卷"
    for typed in ("1,286卷", "1，286卷", "１２８６卷", "１，２８６卷"):
        assert messages(text.format(typed), "F17", "F08") == [f"“{typed}”与指标“案卷”相同。"]
    assert messages(text.format("1，287卷"), "F08") == ["指标“案卷”（1286卷）没有用到。"]


def test_what_a_reference_doubles_is_told_once_and_is_an_error() -> None:
    values = "\n指标:\n  受理: {数值: 534件, 上年: 498件}\n  参加: 500人次"
    text = f"正文: 受理{{{{ 受理 }}}}，增长{{{{ 受理.同比 }}}}，参加{{{{ 参加 }}}}人次。{values}"
    assert [(d.rule.code, d.is_error) for d in found(text, "F20", "W25")] == [("F20", True)] * 2


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "办件130.2万件，其中网上办件102.4万件，占比70.6%。",
            "占比写的是70.6%，130.2万件里的102.4万件，算出来是78.6%。",
        ),
        ("办件130.2万件（其中网上办件102.4万件，占比达78.6%）。", ""),
        ("办件130.2万件，其中网上办件102.4万件，占比约七成。", ""),
        ("办件130万余件，其中网上办件102.4万件，占比70.6%。", ""),
        ("办件130.2万件，其中网上办件102.4万件，同比增长70.6%。", ""),
        ("办件130.2万件，网上办件102.4万件，占比70.6%。", ""),
        ("办件130.2万件，其中服务群众102.4万人次，占比70.6%。", ""),
    ],
)
def test_a_share_right_behind_its_part_is_worked_out(sentence: str, told: str) -> None:
    assert messages(f"全年{sentence}", "F11") == [told] * bool(told)
