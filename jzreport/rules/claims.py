"""Y: claims that are true only once: 首次, 首个, 连续三年."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jzreport.chinese import numeral, parse_numeral
from jzreport.diagnostics import Span
from jzreport.rules.base import PRACTICE, WARNING, Context, Found, Kind, Passage, passages_of, rule
from jzreport.rules.patterns import Pattern

_FIRST = Pattern("首[次个家创批例部张单届推发座条]|率先|先河", "首", "率先", "先河")
_RUN = Pattern("连续(?P<years>[0-9]{1,2}|[一二三四五六七八九十两]{1,3})年", "连续")
_PROSE = (Kind.PARAGRAPH, Kind.HEADING, Kind.CELL)
_BOUNDS = "，。；：！？,;"
_NEAR = 6  # characters beside a claim that tell what it is about
_ENOUGH = 4  # of them at least


@rule("Y10", "上年已经说过的“首次”", WARNING, PRACTICE)
def first_again(context: Context) -> Iterator[Found]:
    """“首次”“首个”“首家”只能说一次。上年的报告里说过的，今年再说就不是首次了。

    错误：

        # 01.yaml
        正文: 建成全省首家行政复议调解中心，今年又办理案件三十余件。    ←
        # 去年/01.yaml
        正文: 建成全省首家行政复议调解中心，得到省厅肯定。

    正确：

        # 01.yaml
        正文: 全省首家行政执法监督基地揭牌，首次发布白皮书。
        # 去年/01.yaml
        正文: 建成全省首家行政复议调解中心，首次开展异地评查。
    """
    if context.previous is None:
        return
    before = {
        near: passage.span(match.start(), match.end())
        for passage in passages_of(context.previous)
        for match in _FIRST.finditer(passage.untitled)
        for near in _surroundings(passage.untitled, match)
    }
    for passage in context.passages_with(_FIRST, kinds=_PROSE) if before else ():
        for match in _FIRST.finditer(passage.untitled):
            said = next((before[n] for n in _surroundings(passage.untitled, match) if n in before), None)
            if said:
                message = f"“{match.group()}”上年的报告已经说过。"
                found = passage.found(*match.span(), message, "请核对：是今年的事，还是上年的话没有改。")
                yield found._replace(related=((said, "上年的报告写在这里"),))


@rule("Y11", "“连续几年”没有跟着加", WARNING, PRACTICE)
def years_running(context: Context) -> Iterator[Found]:
    """上年写“连续三年”的，今年还在做就是“连续四年”；照抄下来就少了一年。

    错误：

        # 01.yaml
        正文: 连续三年开展行政执法“三项制度”督察。    ←
        # 去年/01.yaml
        正文: 连续三年开展行政执法“三项制度”督察。

    错误：

        # 01.yaml
        正文: 群众满意度连续5年居全省前列。    ←
        # 去年/01.yaml
        正文: 群众满意度连续3年居全省前列。

    正确：

        # 01.yaml
        正文: 连续四年开展行政执法“三项制度”督察，连续三年获评优秀等次。
        # 去年/01.yaml
        正文: 连续三年开展行政执法“三项制度”督察。
    """
    if context.previous is None:
        return
    before: dict[tuple[str, str], tuple[int, Span]] = {}
    for passage in passages_of(context.previous):
        for match in _RUN.finditer(passage.string):
            place = (_count(match) or 0, passage.span(match.start(), match.end()))
            before.update(dict.fromkeys(_about(passage.string, match), place))
    for passage in context.passages_with(_RUN, kinds=_PROSE) if before else ():
        for match in _RUN.finditer(passage.string):
            told = next((before[key] for key in _about(passage.string, match) if key in before), None)
            if told and told[0] and _count(match) != told[0] + 1:
                yield _told(passage, match, *told)


def _told(passage: Passage, match: re.Match[str], years: int, place: Span) -> Found:
    is_digits = match["years"].isdigit()
    right = f"连续{years + 1 if is_digits else numeral(years + 1)}年"
    message = f"上年的报告写的是“连续{years if is_digits else numeral(years)}年”，今年写的是“{match.group()}”。"
    found = passage.found(*match.span(), message, f"今年还在继续的，请改成“{right}”。")
    return found._replace(related=((place, "上年的报告写在这里"),))


def _count(match: re.Match[str]) -> int | None:
    years = match["years"]
    return int(years) if years.isdigit() else parse_numeral(years)


def _about(string: str, match: re.Match[str]) -> Iterator[tuple[str, str]]:
    """Yield what stands before and behind a run of years in its clause, whatever their number."""
    before, behind = _beside(string, *match.span())
    yield from ((side, near) for side, near in (("前", before), ("后", behind)) if len(near) >= _ENOUGH)


def _surroundings(string: str, match: re.Match[str]) -> Iterator[str]:
    """Yield a claim with what stands before it, and with what stands behind it, as far as that tells what it is about."""
    before, behind = _beside(string, *match.span())
    if len(before) >= _ENOUGH:
        yield before + match.group()
    if len(behind) >= _ENOUGH:
        yield match.group() + behind


def _beside(string: str, start: int, end: int) -> tuple[str, str]:
    """Return the few characters of the same clause on either side."""
    before = string[max(start - _NEAR, 0) : start]
    behind = string[end : end + _NEAR]
    cut = max((before.rfind(mark) for mark in _BOUNDS), default=-1)
    stop = min((n for mark in _BOUNDS if (n := behind.find(mark)) >= 0), default=len(behind))
    return before[cut + 1 :], behind[:stop]


RULES = (first_again, years_running)
