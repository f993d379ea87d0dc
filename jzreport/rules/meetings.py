"""Y: meetings and fixed forms that a report cannot know yet, or that have been overtaken."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from jzreport.chinese import format_date
from jzreport.rules.base import PRACTICE, WARNING, Context, Found, rule
from jzreport.rules.patterns import Pattern

_AWAITED = Pattern("(?:迎接|喜迎|即将|筹备)[^，。；]{0,5}$", "迎接", "喜迎", "即将", "筹备")
_TO_COME = ("将", "即将", "召开前")


@rule("Y03", "会议届次与时间不符", WARNING, PRACTICE)
def meeting(context: Context) -> Iterator[Found]:
    """报告成文时还没有开的会不能写成已经开过；开过新的代表大会，只提上一次的，多半是旧稿没有改。

    会议和日期在 wording.yaml 的“会议”里；没有填成文日期的，按下一年3月31日算。

    错误：

        深入学习贯彻二十届三中全会精神。    ←

    错误：

        全面贯彻党的十九大精神，扎实推进依法行政。    ←

    正确：

        全面贯彻党的二十大和二十届二中全会精神，党的十八大以来我市法治建设成效明显。

    正确：

        全面贯彻党的十九大和党的二十大精神，以优异成绩迎接二十届三中全会召开。
    """
    if not context.year:
        return
    deadline = context.report.document_date or datetime.date(context.year + 1, 3, 31)
    for name, date in context.wording.meetings:
        for passage in context.passages_holding([name]) if date > deadline else ():
            start = passage.unquoted.find(name)
            if start >= 0 and not _is_announced(passage.unquoted, start, start + len(name)):
                message = f"“{name}”{format_date(date)}才{_begun(name)}，晚于报告成文的时间。"
                yield passage.found(start, start + len(name), message, "请核对届次和成文日期。")
    if context.is_whole:
        yield from _stale_congress(context)


def _begun(name: str) -> str:
    """Return what became of it on its day: a meeting was opened, a form brought forward."""
    return "召开" if name.endswith(("大", "会")) else "提出"


def _is_announced(string: str, start: int, end: int) -> bool:
    return string.startswith(_TO_COME, end) or _AWAITED.search(string, max(start - 10, 0), start) is not None


def _stale_congress(context: Context) -> Iterator[Found]:
    """Yield the first place that names the congress before the last one, when nothing names the last."""
    held = sorted(
        (date, name.removeprefix("党的").removesuffix("大"))
        for name, date in context.wording.meetings
        if name.startswith("党的") and name.endswith("大") and date.year <= context.year
    )
    if len(held) < 2:
        return
    (_, before), (_, last) = held[-2:]
    if any(context.pieces.hold(f"{last}{word}") for word in "大届"):
        return
    named = re.escape(before)
    stale = Pattern(f"党的{named}大(?!以来)|{named}届[一二三四五六七]中全会", f"{before}大", f"{before}届")
    for passage in context.passages_with(stale):
        if match := stale.search(passage.unquoted):
            message = f"全文只提“{match.group()}”，没有提党的{last}大。"
            yield passage.found(*match.span(), message, "请核对是不是旧稿没有改。")
            return


RULES = (meeting,)
