"""F: changes typed by hand behind a figure whose change the program works out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from jzreport.figures import Figure, Quantity, difference, year_on_year
from jzreport.references import references
from jzreport.rules.amounts import Range, amounts, range_of
from jzreport.rules.base import PRACTICE, WARNING, Context, Found, Kind, Passage, rule
from jzreport.rules.patterns import Pattern
from jzreport.text import Text

_CHANGE = Pattern(
    r"[，,（(]?(?:同比|[较比与](?:上年|去年)(?:同期)?(?:相比)?[，,]?)"
    r"(?:(?P<up>增长|增加|上升|提高|提升)|(?P<down>下降|减少|降低|回落)|(?P<same>持平))了?",
    "同比",
    "上年",
    "去年",
)
_LONGEST = 25  # characters of an amount
_NOTHING = Range(Fraction(0), Fraction(0))


@rule("F26", "手写的增减与算出来的不同", WARNING, PRACTICE)
def typed_changes(context: Context) -> Iterator[Found]:
    """指标有上年的数，增减就能算出来。手写的增减不会跟着改：今年的数改了，“同比增长2.9%”还是原来的，读报告的人一算就知道。

    看紧跟在引用后面的“同比……”“较上年……”“与上年持平”；比率和件数都算，四舍五入差的零头不算错。

    错误：

        正文: |
          受理{{ 受理 }}，同比增长2.9%。    ←
          办结{{ 办结 }}，较上年增加43件。    ←
          应诉率{{ 应诉率 }}，较去年同期下降2.1个百分点。    ←
          开展培训{{ 培训.数值 }}次，与上年持平。    ←
        指标:
          受理: {数值: 534件, 上年: 498件}
          办结: {数值: 514件, 上年: 481件}
          应诉率: {数值: 97.5%, 上年: 95.4%}
          培训: {数值: 12次, 上年: 10次}

    正确：

        正文: |
          受理{{ 受理 }}，同比增长7.2%，办结{{ 办结 }}（较上年增加33件），同比{{ 办结.同比 }}。
          应诉率{{ 应诉率 }}，较去年同期提高2.1个百分点。开展培训{{ 培训 }}，比上年增加了2次。
          参加{{ 参加 }}，同比增长约五成，调解{{ 调解 }}，比上年多办一些。走访{{ 走访 }}，同比增长8%。
        指标:
          受理: {数值: 534件, 上年: 498件}
          办结: {数值: 514件, 上年: 481件}
          应诉率: {数值: 97.5%, 上年: 95.4%}
          培训: {数值: 12次, 上年: 10次}
          参加: {数值: 3万余人次, 上年: 21236人次}
          调解: {数值: 300件, 上年: 280件}
          走访: 80户
    """
    for passage in context.passages_with(_CHANGE, kinds=(Kind.PARAGRAPH,)):
        end = 0
        for run in passage.text.runs if len(passage.text.runs) > 1 else ():
            end += len(run.characters)
            for reference in references(Text.made(run.stands_for)):
                figure = context.figures.get(reference.name)
                if figure and figure.is_readable and figure.previous and reference.attribute in (None, "数值"):
                    yield from _behind(passage, end, figure, figure.previous)


def _behind(passage: Passage, end: int, figure: Figure, before: Quantity) -> Iterator[Found]:
    """Yield the change told behind a printed figure when it is another one."""
    string = passage.string
    if string.startswith(figure.value.unit, end):  # behind {{ 名.数值 }}
        end += len(figure.value.unit)
    match = _CHANGE.match(string, end)
    if not match or not figure.value.is_like(before):
        return
    stop, told = match.end(), None
    if not match["same"]:
        told = next(amounts(string, stop, stop + _LONGEST), None)
        if not told or told.start != stop or not passage.is_typed(stop, told.end):
            return
        stop = told.end
    change = _change(figure.value, before, told.quantity if told else None)
    size = told.range if told else _NOTHING
    if change and not change.told.meets(Range(-size.high, -size.low) if match["down"] else size):
        start = match.start(match.lastgroup or 0)
        message = f"“{figure.name}”今年{figure.value}，上年{before}，算出来是“{change.words}”，这里写的是“{string[start:stop]}”。"
        hint = f"请核对；数都对的，请改写成“{{{{ {figure.name}.{change.attribute} }}}}”，由程序来算。"
        yield passage.found(start, stop, message, hint)


class _Change(NamedTuple):
    """What a change may be, in words, and the attribute that prints it."""

    told: Range
    words: str | None
    attribute: str


def _change(now: Quantity, before: Quantity, told: Quantity | None) -> _Change | None:
    """Return the change in the unit it was told in (None: in none), None when that unit tells of something else."""
    step = range_of(now) - range_of(before)
    if now.is_rate:
        is_points = told is None or told.unit.endswith("百分点")
        return _Change(step, difference(now, before), "增减") if is_points else None
    if told is None or told.is_like(now):
        return _Change(step, difference(now, before), "增减")
    if told.unit in ("%", "％", "‰") and before.number:
        return _Change(step / range_of(before), year_on_year(now, before), "同比")
    return None


RULES = (typed_changes,)
