"""F: numbers typed by hand where a figure says another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jzreport.chinese import fold
from jzreport.diagnostics import Span
from jzreport.figures import Figure, Quantity
from jzreport.references import references
from jzreport.rules.amounts import Amount, range_of
from jzreport.rules.base import PRACTICE, STOPS, WARNING, Context, Found, count_han, rule
from jzreport.rules.figures import contradictions
from jzreport.rules.marks import MASK
from jzreport.rules.patterns import HAN, Pattern
from jzreport.rules.typed import Typed, typed_numbers

_SHORTEST = 4  # Han characters of a name that says what is counted
_MARKS = f"，：、（）,;:()!?{STOPS}{MASK}"
_OF_ITS_OWN = "，,、"  # behind 甲县： and 示例县（ the same words tell of another
# What may stand beside the name without saying anything of it. Cumulated counts are others than the year's: no 累计.
_GENERIC = re.compile(
    "市县两级|全年|今年|本年度?|年内|一年来|共计|总计|合计|共|各类|依法|已经|已|立案|办理|举办|开展|组织|推进|提供|建成|完成"
    "|进行|案件|申请|总数量?|数量|总量|件数|数|达到|达|为|是|了|的"
)
_COMPARED = (
    *("上年", "去年", "往年", "上一年", "前年", "同比", "环比", "同期", "其中", "比", "较", "年均", "月均", "日均"),
    *(
        "预计",
        "预期",
        "计划",
        "目标",
        "力争",
        "确保",
        "争取",
        "拟",
        "将",
        "下一步",
        "累计",
        "以来",
        "近年",
        "每",
        "平均",
    ),
    *("月", "季度", "上半年", "下半年", "两年", "三年", "五年", "届", "期间", "原"),
)
# A count of a way, a place or an authority of its own, not of all.
_APART = (
    *("通过", "其中", "分别", "各自", "本级", "县区", "市、区", "市直", "法院", "检察院", "公安机关", "局", "街道"),
    *("企业", "专项", "其他", "其它", "省", "以上"),
)
_PLACE = Pattern(f"{HAN}{{1,5}}?(?<![全我])(?:市(?![场民域人政委])|[县区州旗盟镇乡](?![域位块间]))")
# What every department does: in another's draft the same words tell of its own.
_EVERYBODYS = Pattern("处罚|执法|检查|培训|宣传|会议|学习|活动|讲座|督察|督查|调研|走访|投诉|咨询|信访|公开")
_BREAK, _LONGEST = Pattern(f"[{_MARKS}并]"), 40
_YEAR = Pattern(r"(?<!\d)(?:19|20)\d\d(?=年|[—–－~～至-])", "19", "20")
_SUMS = frozenset(("", "共", "共计", "总计", "合计", "达", "达到"))


@rule("F27", "手写的数与指标不同", WARNING, PRACTICE)
def restated(context: Context) -> Iterator[Found]:
    """同一个数两处填报，删去一个指标以后，正文里手写的那个数还在，和另一处引用的不一样。

    只看逗号、句号之间除了“全市”“共”“案件”一类的字，只说了一个指标名称（四个字以上，先后次序不论）的话；与上年比的、其中的、打算里的、某个地方或者单位的不看。

    错误：

        # 01.yaml
        正文: 全年收到申请700件，受理行政复议案件602件。    ←
        # 02.yaml
        正文: 全市行政复议受理{{ 行政复议受理 }}。
        指标:
          行政复议受理: 620件

    错误：

        正文: |
          2023年，全市共提供公共法律服务1,286次。    ←

          办理人大代表建议３８１件、政协提案304件。    ←

          全市建成78个法律明白人广场并投入使用。    ←
        指标:
          公共法律服务: 1268次
          人大代表建议: 318件
          政协提案: 304件
          法律明白人广场: 87个

    正确：

        正文: |
          2023年，全市受理行政复议案件620件，审结行政复议案件602件；受理行政复议案件比上年多20件，其中市本级受理行政复议案件30件。
          通过热线，受理行政复议案件5件。甲县：受理行政复议案件60件。2022年受理行政复议案件600件。1至6月，受理行政复议案件300件。
          受理行政复议案件约600件，受理行政复议案件{{ 行政复议受理 }}，受理行政复议案件602人。力争受理行政复议案件700件。

          乙县工作扎实，受理行政复议案件60件。市司法局为民办事，受理行政复议案件60件。全省受理行政复议案件9000件。
        指标:
          行政复议受理: 620件

    正确：

        # 01.yaml
        正文: 开展法治宣传培训12次。
        # 02.yaml
        填报单位: 市公安局
        正文: 市本级法律援助{{ 法律援助案件 }}。
        指标:
          法治宣传培训: 8次
          法律援助案件: 91件
        # 03.yaml
        章节: 下步打算
        正文: 全市法治宣传培训20次，办理法律援助案件100件。
        # 04.yaml
        正文: 全市法律援助案件200件。
    """
    told = context.once(restatements)
    hidden = set(_contradictions(context)) if told else set()
    for each in told:
        figure, place = each.figure, (each.typed.amount.start, each.typed.amount.end)
        if each.typed.passage.span(*place) not in hidden:
            where = f"{figure.span.file} 第{figure.span.line}行"
            message = f"指标“{figure.name}”（{where}）是{figure.value}，这里是{each.typed.words}。"
            found = each.typed.passage.found(*place, message, f"请核对；数对的，请写“{{{{ {figure.name} }}}}”。")
            yield found._replace(related=((figure.span, f"“{figure.name}”写在这里"),))


def _contradictions(context: Context) -> Iterator[Span]:
    """Yield the places where F09 tells of two numbers already."""
    for found in contradictions.check(context):
        yield found.span
        yield from (span for span, _ in found.related)


class Restatement(NamedTuple):
    """A number typed by hand, and the figure that says another."""

    typed: Typed
    figure: Figure


def restatements(context: Context) -> list[Restatement]:
    """Return the numbers typed by hand in a clause that names a figure and says another value."""
    told = [*_candidates(context)] if context.figures else []
    narrower = _narrower(context) if told else frozenset[str]()  # few reports hold a candidate
    return [each for each in told if each.figure.name not in narrower]


def _candidates(context: Context) -> Iterator[Restatement]:
    figures, elsewhere = _by_words(context), _elsewhere(context)
    units = {fold(figure.value.unit) for each in figures.values() for figure in each}
    for typed in context.once(typed_numbers) if figures else ():
        node = typed.passage.node
        if fold(typed.amount.quantity.unit) not in units:
            continue
        if not typed.amount.is_exact or (node and node.key in elsewhere):
            continue
        clause = _Clause.before(typed.amount.start, typed.string)
        whole = clause._replace(words=clause.words + _rest(typed))
        told = ((each, figure) for each in (clause, whole) for figure in figures.get(_core(each.words, context), ()))
        for each, figure in told:
            if _is_other(typed.amount, figure.value) and _tells_of(each, figure, typed, context):
                yield Restatement(typed, figure)
                break


def _rest(typed: Typed) -> str:
    """Return what is counted, where it stands behind the number: 建成78个法律明白人广场并投入使用."""
    behind = typed.string[typed.amount.end :][:_LONGEST]
    end = _BREAK.search(behind)
    return behind[: end.start()] if end else behind


class _Clause(NamedTuple):
    """The words from the last mark to a number, what stands before them in their sentence, and the sentence."""

    words: str
    lead: str
    start: int
    end: int

    @classmethod
    def before(cls, place: int, string: str) -> _Clause:
        start = max(string.rfind(mark, 0, place) for mark in _MARKS) + 1
        first = max(string.rfind(mark, 0, place) for mark in STOPS) + 1
        ends = (string.find(mark, place) for mark in STOPS)
        return cls(
            string[start:place], string[first:start], first, min((n for n in ends if n >= 0), default=len(string))
        )


def _by_words(context: Context) -> Mapping[str, list[Figure]]:
    """Return the exact figures by what their names say, where that is enough."""
    by_words = dict[str, list[Figure]]()
    for figure in context.figures.values():
        core = _core(figure.name, context)
        is_exact = not figure.value.approximate and figure.value.prefix in _SUMS
        if figure.is_readable and is_exact and count_han(core) >= _SHORTEST:
            by_words.setdefault(core, []).append(figure)
    return by_words


def _narrower(context: Context) -> frozenset[str]:
    """Return the figures that the text tells of a part: 市本级受理行政复议案件{{ 行政复议受理 }}."""
    names = set[str]()
    for passage in context.typed_passages:
        for reference in references(passage.text):
            clause = _Clause.before(reference.start, passage.unquoted)
            if _is_apart(clause.lead + clause.words, context):
                names.add(reference.name)
    return frozenset(names)


def _core(words: str, context: Context) -> str:
    """Return the characters that say what is counted, sorted: their order may be another."""
    for generic in _whose(context):
        words = words.replace(generic, "")
    return "".join(sorted(_GENERIC.sub("", words)))


def _whose(context: Context) -> Iterator[str]:
    """Yield what says no more than that it is told of the whole region in the report's year."""
    region, year = context.report.region, context.year
    yield from filter(None, (f"{year}年度" * bool(year), f"{year}年" * bool(year), region))
    yield from (whose + what for what in (region[-1:] or "市县区") for whose in "全我")


def _is_other(amount: Amount, value: Quantity) -> bool:
    return amount.quantity.is_like(value) and not amount.range.meets(range_of(value))


def _tells_of(clause: _Clause, figure: Figure, typed: Typed, context: Context) -> bool:
    """Whether a clause whose words are a figure's name tells of nothing else."""
    passage, told = typed.passage, clause.lead + clause.words
    if Counter(figure.name) - Counter(clause.words) or clause.lead[-1:] not in _OF_ITS_OWN:
        return False
    if any(word in told for word in _COMPARED) or _is_apart(told, context):
        return False
    if any(int(match.group()) != context.year for match in _YEAR.finditer(told)):
        return False
    near = passage.text[clause.start : clause.end]
    if any(each.name == figure.name and each.attribute in (None, "数值") for each in references(near)):
        return False
    is_own = passage.file == figure.span.file or any(whose in told for whose in _whose(context))
    return is_own or not _EVERYBODYS.search(figure.name)


def _is_apart(words: str, context: Context) -> bool:
    """Whether a sentence, up to a number, tells of one place, way or authority."""
    for generic in _whose(context):
        words = words.replace(generic, "")
    return any(word in words for word in _APART) or any(
        _PLACE.match(clause) for clause in re.split(f"[{_MARKS}]", words)
    )


def _elsewhere(context: Context) -> frozenset[str]:
    """Return the nodes of plans, and of attachments: each tells of one matter by itself."""
    attached = {node.key for root in context.report.attachments for node in root.walk()}
    plans = {node.key for node in context.nodes.values() if "下一年度安排" in node.required_contents}
    return frozenset(attached | plans)


RULES = (restated,)
