"""F: changes typed by hand behind a figure whose change the program works out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from jzreport.figures import Figure, Quantity, difference, year_on_year
from jzreport.references import references
from jzreport.rules.amounts import Range, amounts, range_of
from jzreport.rules.base import PRACTICE, WARNING, Context, Found, Kind, Passage, rule
from jzreport.rules.patterns import HAN, Pattern
from jzreport.text import Text

_CHANGE = Pattern(
    r"[，,（(]?(?:同比|[较比与](?:上年|去年)(?:同期)?(?:相比)?[，,]?)"
    r"(?:(?P<up>增长|增加|上升|提高|提升)|(?P<down>下降|减少|降低|回落)|(?P<same>持平))了?",
    "同比",
    "上年",
    "去年",
)
# What may stand between a figure and its change: a remark without numbers, and the subject once more.
_GAP = Pattern(
    rf"(?:（[^（）\d]{{1,15}}）)?(?:[，,](?P<subject>{HAN}{{2,8}}?)(?:总?[数量]|件数|人数)?(?=同比|[较比与](?:上年|去年)))?"
)
_MARKS = "，。；：！？、（）"
_LONGEST = 25  # characters of an amount
_NOTHING = Range(Fraction(0), Fraction(0))


@rule("F26", "手写的增减与算出来的不同", WARNING, PRACTICE)
def typed_changes(context: Context) -> Iterator[Found]:
    """指标有上年的数，增减就能算出来。手写的增减不会跟着改：今年的数改了，“同比增长2.9%”还是原来的，读报告的人一算就知道。

    看引用后面的“同比……”“较上年……”“与上年持平”，中间至多隔一个括注，或者又说一遍是什么；比率和件数都算，四舍五入差的零头不算错。

    错误：

        正文: |
          受理{{ 受理 }}，同比增长2.9%。    ←
          办结{{ 办结 }}，较上年增加43件。    ←
          应诉率{{ 应诉率 }}，较去年同期下降2.1个百分点。    ←
          开展培训{{ 培训.数值 }}次，与上年持平。    ←
          受理行政复议案件{{ 受理 }}，受理数同比增长2.9%。    ←
          办结{{ 办结 }}（含往年结转），同比增长5.2%。    ←
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
          受理{{ 受理 }}，调解数同比增长2.9%，办结{{ 办结 }}，市本级办结数同比增长5.2%，受理总量同比增长9%。
        指标:
          受理: {数值: 534件, 上年: 498件}
          办结: {数值: 514件, 上年: 481件}
          应诉率: {数值: 97.5%, 上年: 95.4%}
          培训: {数值: 12次, 上年: 10次}
          参加: {数值: 3万余人次, 上年: 21236人次}
          调解: {数值: 300件, 上年: 280件}
          走访: 80户
    """
    for typed in changes_told(context):
        if typed.is_wrong and typed.right:
            now, then, words = typed.figure.value, typed.figure.previous, typed.words
            message = (
                f"“{typed.figure.name}”今年{now}，上年{then}，算出来是“{typed.right.words}”，这里写的是“{words}”。"
            )
            hint = f"请核对；数都对的，请改写成“{typed.reference}”，由程序来算。"
            yield typed.passage.found(typed.start, typed.end, message, hint)


class _Change(NamedTuple):
    """What a change is, in bounds and in words."""

    told: Range
    words: str | None


class TypedChange(NamedTuple):
    """A change typed behind a reference to the figure that changed: 增长2.9% from start to end of a passage."""

    passage: Passage
    start: int
    end: int
    figure: Figure
    attribute: str  # that prints it
    told: Range
    right: _Change | None  # None: it cannot be worked out, without 上年 first of all

    @property
    def words(self) -> str:
        """What was typed."""
        return self.passage.string[self.start : self.end]

    @property
    def reference(self) -> str:
        """What to type instead."""
        return f"{{{{ {self.figure.name}.{self.attribute} }}}}"

    @property
    def is_exact(self) -> bool:
        """Whether what is worked out is as exact as what was typed: no figure says it is about so many."""
        values = (self.figure.value, self.figure.previous)
        return not any(value.prefix or value.approximate for value in values if value)

    @property
    def is_wrong(self) -> bool:
        """Whether another change is worked out than was typed."""
        return self.right is not None and not self.right.told.meets(self.told)


def changes_told(context: Context) -> Iterator[TypedChange]:
    """Yield the changes typed behind references, right or wrong."""
    for passage in context.passages_with(_CHANGE, kinds=(Kind.PARAGRAPH,)):
        end = 0
        for run in passage.text.runs if len(passage.text.runs) > 1 else ():
            start, end = end, end + len(run.characters)
            for reference in references(Text.made(run.stands_for)):
                figure = context.figures.get(reference.name)
                if figure and figure.is_readable and reference.attribute in (None, "数值"):
                    yield from _behind(passage, start, end, figure)


def _behind(passage: Passage, start: int, end: int, figure: Figure) -> Iterator[TypedChange]:
    """Yield the change told behind a figure printed from start to end."""
    string = passage.string
    if string.startswith(figure.value.unit, end):  # behind {{ 名.数值 }}
        end += len(figure.value.unit)
    match = _match(string, start, end)
    if not match:
        return
    stop, told = match.end(), None
    if not match["same"]:
        told = next(amounts(string, stop, stop + _LONGEST), None)
        if not told or told.start != stop or not passage.is_typed(stop, told.end):
            return
        stop = told.end
    size = told.range if told else _NOTHING
    if attribute := _attribute(figure.value, told.quantity if told else None):
        size = Range(-size.high, -size.low) if match["down"] else size
        place = (match.start(match.lastgroup or 0), stop)
        yield TypedChange(passage, *place, figure, attribute, size, _change(figure, attribute))


def _match(string: str, start: int, end: int) -> re.Match[str] | None:
    """Return the change of what is printed from start to end: right behind it, or with its own subject named again."""
    gap = _GAP.match(string, end)
    if not gap:
        return None
    if subject := gap["subject"]:
        clause = max(string.rfind(mark, 0, start) for mark in _MARKS) + 1
        if subject not in string[clause:start]:
            return None  # another count may be meant
    return _CHANGE.match(string, gap.end())


def _attribute(now: Quantity, told: Quantity | None) -> str | None:
    """Return what prints a change in the unit it was told in (None: in none), None when that tells of something else."""
    if now.is_rate:
        return "增减" if told is None or told.unit.endswith("百分点") else None
    if told is None or told.is_like(now):
        return "增减"
    return "同比" if told.unit in ("%", "％", "‰") else None


def _change(figure: Figure, attribute: str) -> _Change | None:
    """Return the change of a figure, None when it cannot be worked out."""
    now, before = figure.value, figure.previous
    if not before or not now.is_like(before):
        return None
    step = range_of(now) - range_of(before)
    if attribute == "增减":
        return _Change(step, difference(now, before))
    return _Change(step / range_of(before), year_on_year(now, before)) if before.number else None


RULES = (typed_changes,)
