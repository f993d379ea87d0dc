"""F: figures that contradict each other: 其中, 总数, 核对, and a rate beside the counts it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import reduce
from itertools import pairwise

from jzreport.figures import Figure, share
from jzreport.references import has_reference
from jzreport.rules.amounts import Range, amounts, range_of, rounded
from jzreport.rules.base import ERROR, PRACTICE, SENTENCE, WARNING, Context, Found, Kind, Passage, rule
from jzreport.rules.equations import MalformedError, UndefinedError, UnreadableError, read_equation
from jzreport.rules.patterns import Pattern
from jzreport.rules.rates import AMONG, RATE, RECOUNT, SHARE, has_rate, wrong_rates
from jzreport.text import Text

_CARRIED_OVER = (
    *("结转", "往年", "上年", "上一年", "去年", "去一年", "历年", "以前年度", "跨年", "累计"),
    *("积案", "存量", "遗留", "留存", "旧存"),
)
_APART = ("同期", "平均", "分别", "每", "各")  # a sentence with these tells of more than one thing
_MAX_CHECKS = 3_000  # lines of 核对: as many as a report may have figures
_MAX_GUESSED = 50  # names without a figure: did-you-mean costs a look at every figure, and nobody reads more
_RATE_NAMES = ("率", "占比", "比例")


@rule("F10", "其中各项加起来不等于总数", ERROR, PRACTICE)
def sums(context: Context) -> Iterator[Found]:
    """“其中”列出的各项应当正好凑成总数；差一件，读报告的人一加就知道。其中的各项要列全；只列一部分的，不要填“其中”。约数和四舍五入的数，只在怎么也凑不成时才提示。

    错误：

        正文: 受理行政复议案件{{ 复议受理 }}，其中市本级{{ 市本级 }}、县区{{ 县区 }}。
        指标:
          复议受理:    ←
            数值: 534件
            其中: [市本级, 县区]
          市本级: 230件
          县区: 300件

    正确：

        正文: 受理行政复议案件{{ 复议受理 }}，其中市本级{{ 市本级 }}、县区{{ 县区 }}。
        指标:
          复议受理:
            数值: 534件
            其中: [市本级, 县区]
          市本级: 230件
          县区: 304件

    正确：

        正文: 提供服务{{ 服务 }}，其中线上{{ 线上 }}、线下{{ 线下 }}。
        指标:
          服务:
            数值: 1.2万余人次
            其中: [线上, 线下]
          线上: 8316人次
          线下: 近4000人次
    """
    for figure in context.figures.values():
        parts = tuple(context.figures[str(name)] for name in figure.parts if str(name) in context.figures)
        if len(parts) < len(figure.parts) or not parts or not _are_like((figure, *parts)):
            continue
        total = reduce(Range.__add__, (range_of(part.value) for part in parts))
        if not total.meets(range_of(figure.value)):
            message = f"“{figure.name}”是{figure.value}，其中各项加起来是{_sum(parts)}。"
            related = tuple((part.span, f"{part.name}：{part.value}") for part in parts)
            yield Found(figure.span, message, "请核对总数和各项，改好不对的那个数。", related=related)


@rule("F11", "比率与件数对不上", WARNING, PRACTICE)
def rates(context: Context) -> Iterator[Found]:
    """同一句里写了受理多少件、办结多少件，又写办结率，读的人会算一遍。含往年结转的要写明，写明了就不提示。

    紧接着“其中”的一项写的占比也一样。指标里写了“总数”的比率也照样核对：“网上办件率”应等于“网上办件”除以它的“总数”。

    错误：

        全市受理投诉举报1260件，办结1209件，办结率98%。    ←

    错误：

        全年办件130.2万件，其中网上办件102.4万件，占比70.6%。    ←

    错误：

        正文: 网上办件率为{{ 网上办件率 }}。
        指标:
          政务办件: {数值: 800件, 口径: 全市各县区}
          网上办件: 600件
          网上办件率: {数值: 78%, 总数: 政务办件}    ←

    正确：

        全市受理投诉举报1260件，办结1209件，办结率96%。

        全年办件130.2万件，其中网上办件102.4万件，占比78.6%。

    正确：

        受理行政复议案件534件，办结514件（含往年结转），办结率98%。

        办理人大代表建议381件、政协提案304件，办结685件，办结率100%。

    正确：

        正文: 办结率为{{ 行政复议办结率 }}。
        指标:
          行政复议受理: 534件
          行政复议办结: {数值: 514件, 口径: 含往年结转}
          行政复议办结率: {数值: 92%, 总数: 行政复议受理}
    """
    yield from _declared_rates(context)
    carried = _Words(str(f.value) for f in context.figures.values() if f.is_readable and _is_carried_over(f.definition))
    for passage in context.passages_with(RATE, SHARE, kinds=(Kind.PARAGRAPH,)):
        for sentence in SENTENCE.finditer(passage.untitled) if has_rate(passage.untitled) else ():
            told = sentence.group()
            if not _is_carried_over(told) and not any(word in told for word in _APART) and not carried.any_in(told):
                yield from wrong_rates(passage, *sentence.span())


@rule("F12", "核对的算式不成立", ERROR, PRACTICE)
def failed_checks(context: Context) -> Iterator[Found]:
    """report.yaml 的“核对”写明了哪些指标之间应当相等或有大小；不成立，说明有一个数写错了。

    比率照小数算（96.3%就是0.963），四舍五入差的零头不算错，约数只在怎么也不成立时才提示。

    错误：

        # report.yaml
        核对:
          - 市本级受理 + 县区受理 = 行政复议受理    ←
          - 行政复议办结 ÷ 行政复议受理 ＝ 办结率
          - 行政复议办结 <= 300    ←
        # 01.yaml
        正文: 受理{{ 行政复议受理 }}（市本级{{ 市本级受理 }}、县区{{ 县区受理 }}），办结{{ 行政复议办结 }}，{{ 办结率 }}。
        指标:
          行政复议受理: 534件
          市本级受理: 300件
          县区受理: 230件
          行政复议办结: 514件
          办结率: 96.3%

    正确：

        # report.yaml
        核对:
          - 市本级受理 ＋ 县区受理＝行政复议受理
          - 行政复议办结/行政复议受理=办结率
          - 3 <= (市本级受理 - 县区受理) * 2 <= 行政复议受理
          - 服务人次 >= 60000
        # 01.yaml
        正文: 受理{{ 行政复议受理 }}（市本级{{ 市本级受理 }}、县区{{ 县区受理 }}），办结{{ 行政复议办结 }}，{{ 办结率 }}。
        指标:
          行政复议受理: 534件
          市本级受理: 304件
          县区受理: 230件
          行政复议办结: 514件
          办结率: 96.3%
          服务人次: 6万余人次
    """
    for check in context.report.checks[:_MAX_CHECKS]:
        try:
            equation = read_equation(str(check), context.figures)  # no guesses: the rule below tells them
        except (MalformedError, UnreadableError):
            continue
        related = tuple((figure.span, f"{figure.name}：{figure.value}") for figure in equation.figures)
        for told in equation.failures():
            hint = "请核对这几个指标；数都对的，请改 report.yaml 里“核对”的这一行。"
            yield Found(_place(context, check).span(), told, hint, related=related)


@rule("F13", "核对的算式读不懂", ERROR, PRACTICE)
def unread_checks(context: Context) -> Iterator[Found]:
    """“核对”的每一行应是一个算式：指标的名称和数，用 + - * / 连起来，中间是 = <= 或 >=。读不懂的算式等于没有核对。

    错误：

        # report.yaml
        核对:
          - 市本级受里 + 县区受理 = 行政复议受理    ←
          - 市本级受理加县区受理等于行政复议受理    ←
          - 市本级受理 + 县区受理    ←
          - 市本级受理 + = 行政复议受理    ←
          - 市本级受理 + 培训人数 <= 行政复议受理    ←
          - 行政复议受理 / 0 >= 1    ←
        # 01.yaml
        正文: 受理{{ 行政复议受理 }}（市本级{{ 市本级受理 }}、县区{{ 县区受理 }}），培训{{ 培训人数 }}。
        指标:
          行政复议受理: 534件
          市本级受理: 304件
          县区受理: 230件
          培训人数: 120人

    正确：

        # report.yaml
        核对:
          - 市本级受理 + 县区受理 = 行政复议受理
          - 534件≥行政复议受理
        # 01.yaml
        正文: 受理{{ 行政复议受理 }}（市本级{{ 市本级受理 }}、县区{{ 县区受理 }}）。
        指标:
          行政复议受理: 534件
          市本级受理: 304件
          县区受理: 230件
    """
    unknown = 0
    for check in context.report.checks[_MAX_CHECKS : _MAX_CHECKS + 1]:
        message = f"“核对”超过{_MAX_CHECKS}行，从这一行起都没有核对。"
        yield Found(_place(context, check).span(), message, "请删去重复的和用不着的算式。")
    for check in context.report.checks[:_MAX_CHECKS]:
        try:
            read_equation(str(check), context.figures, context.figures if unknown < _MAX_GUESSED else ())
        except UnreadableError:
            continue
        except MalformedError as slip:
            unknown += isinstance(slip, UndefinedError)
            may_be_elsewhere = isinstance(slip, UndefinedError) and not context.is_whole
            if not may_be_elsewhere and not has_reference(check):  # {{ }} in report.yaml: another finding tells
                yield _place(context, check).found(slip.start, slip.end, slip.message, slip.hint)


_IS_CHANGE = Pattern("[增减升降多少][长加少幅]?|[较比]|平均|[每各]", *"增减升降多少较比平每各")


@rule("F22", "部分比总数还多", WARNING, PRACTICE)
def part_above_whole(context: Context) -> Iterator[Found]:
    """“42万件，其中现场办结46.3万件”：部分不会比总数多，两个数必有一个写错了。只查单位相同、紧接着写“其中”的第一项。

    错误：

        全年办件42万件，其中现场办结46.3万件。    ←

    正确：

        全年办件42万件，其中现场办结36.3万件。培训12次，其中参训300人次。比上年多12件，其中市本级受理300件。
    """
    for passage in context.passages_with(AMONG, kinds=(Kind.PARAGRAPH,)):
        string = passage.untitled
        for sentence in SENTENCE.finditer(string):
            for whole, part in pairwise(amounts(string, *sentence.span())) if "其中" in sentence.group() else ():
                between = string[whole.end : part.start]
                if not AMONG.fullmatch(between) or not whole.quantity.is_like(part.quantity):
                    continue
                if whole.range.high >= part.range.low:
                    continue
                clause = re.split("[，,；;：:（(]", string[sentence.start() : whole.start])[-1]
                if not _IS_CHANGE.search(clause + between) and not _is_carried_over(sentence.group()):
                    message = f"总数写的是{whole}，其中的一项却有{part}。"
                    yield passage.found(whole.start, part.end, message, "请核对这两个数。")


class _Words:
    """Words that are sought in many sentences: thousands of them in thousands must not be tried one by one."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words) - {""}
        self._lengths = sorted(set(map(len, self._words)))

    def any_in(self, sentence: str) -> bool:
        """Whether a sentence holds one of them."""
        return any(
            sentence[start : start + length] in self._words
            for length in self._lengths
            for start in range(len(sentence) - length + 1)
        )


def _is_carried_over(text: str) -> bool:
    """Whether a text says that 办结 counts more, or other, cases than the year's."""
    return any(word in text for word in _CARRIED_OVER)


def _declared_rates(context: Context) -> Iterator[Found]:
    for rate in context.figures.values():
        counted = next((rate.name.removesuffix(name) for name in _RATE_NAMES if rate.name.endswith(name)), rate.name)
        part, whole = context.figures.get(counted), context.figures.get(str(rate.whole))
        if part is None or whole is None or part is rate or not rate.is_readable or not _are_like((part, whole)):
            continue
        if not rate.value.is_rate or any(_is_carried_over(figure.definition) for figure in (rate, part, whole)):
            continue
        if not range_of(rate.value).meets(range_of(part.value) / range_of(whole.value)):
            ratio = share(part.value, whole.value)
            counts = f"“{part.name}”{part.value}除以“{whole.name}”{whole.value}"
            related = tuple((figure.span, f"{figure.name}：{figure.value}") for figure in (part, whole))
            yield Found(rate.span, f"“{rate.name}”是{rate.value}，{counts}是{ratio}。", RECOUNT, related=related)


def _place(context: Context, check: Text) -> Passage:
    return Passage(check, Kind.COVER, context.report.root.span.file)


def _are_like(figures: tuple[Figure, ...]) -> bool:
    first = figures[0].value
    return all(figure.is_readable and figure.value.is_like(first) for figure in figures)


def _sum(parts: tuple[Figure, ...]) -> str:
    total = sum(Fraction(part.value.number) for part in parts)
    told = " + ".join(f"{part.name}{part.value}" for part in parts)
    return f"{rounded(Fraction(total), 6)}{parts[0].value.unit}（{told}）"


RULES = (sums, rates, failed_checks, unread_checks, part_above_whole)
