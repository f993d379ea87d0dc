"""W: what counts up, document numbers, level marks, 一是 二是; and what was typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from jzreport.chinese import numeral, parse_numeral
from jzreport.rules.base import (
    ERROR,
    PRACTICE,
    STANDARD,
    WARNING,
    CheckingRule,
    Context,
    Found,
    Kind,
    Passage,
    rule,
)
from jzreport.rules.marks import HAN_DIGITS, document_years
from jzreport.rules.patterns import HAN, Pattern


@rule("W10", "发文字号的年份用六角括号", WARNING, STANDARD)
def document_year(context: Context) -> Iterator[Found]:
    """发文字号写成“示府发〔2023〕5号”：年份四位数，用六角括号。圆括号、方括号都不是公文的写法。

    错误：

        落实《关于做好有关工作的通知》（示府发(2023)5号）。    ←

    错误：

        落实示府办[2023]12号文件。    ←

    正确：

        落实示府发〔2023〕5号文件，审结（2022）示01行初5号案件，查封幸福小区（2023）5号楼。
    """
    for passage in context.mistyped:
        for opening, closing in document_years(passage.string):
            place = opening.start, closing.end
            old = passage.string[slice(*place)]
            year = passage.as_meant.string[opening.end : closing.start]
            message = f"发文字号的年份写成了“{old}”。"
            yield passage.repaired(place, message, f"请改成“〔{year}〕”。", (opening, closing))


@rule("W11", "发文字号或年份丢了符号", ERROR, STANDARD)
def lost_marks(context: Context) -> Iterator[Found]:
    """从网页上复制，有时会丢掉六角括号和一字线：“〔2021〕33号”成了“202133号”，“2021—2025年”成了“20212025年”。

    错误：

        落实示府发202133号文件。    ←

    错误：

        实施20212025年规划。    ←

    正确：

        落实示府发〔2021〕33号文件，实施2021—2025年规划，换发示执法证字20230012号证件。
    """
    for passage in context.passages:
        string = passage.as_meant.string
        for match in _LOST_BRACKETS.finditer(string):
            hint = f"请改成“〔{match['year']}〕{match['number']}号”。"
            yield passage.found(*match.span("whole"), f"“{match['whole']}”丢了年份两边的括号。", hint)
        for match in _LOST_DASH.finditer(string):
            if match["first"] < match["last"]:
                hint = f"请改成“{match['first']}—{match['last']}年”。"
                yield passage.found(*match.span(), f"“{match.group()}”丢了两个年份之间的连接号。", hint)


_LOST_BRACKETS = Pattern(
    r"(?:[发办函规令]|(?<![证许照号编])字)(?P<whole>(?P<year>20\d\d)(?P<number>[1-9]\d{0,2})号)(?![楼线馆院])",
    *(f"{before}20" for before in "发办函规令字"),
)
_LOST_DASH = Pattern(r"(?<![\d.])(?P<first>(?:19|20)\d\d)(?P<last>(?:19|20)\d\d)年")


@rule("W12", "序号后面的标点", WARNING, STANDARD)
def level_mark(context: Context) -> Iterator[Found]:
    """序号写成“一、”“（一）”“1.”“（1）”：有括号的后面不再加标点，数字后面是点，汉字后面是顿号。

    错误：

        1、加强组织领导，落实工作责任。    ←

    错误：

        （一）、加强组织领导，落实工作责任。    ←

    错误：

        一.加强组织领导，落实工作责任。    ←

    正确：

        1.加强组织领导，落实工作责任。

        （一）加强组织领导，落实工作责任。

        一、加强组织领导，落实工作责任。

    正确：

        1、2号楼和5、6月份的情况已经查清，一、二级案件各1件。
    """
    for passage in context.texts(Kind.PARAGRAPH):  # a heading has none of its own: S18
        string = passage.as_meant.string
        beginning = string[:_LONGEST_MARK]
        for pattern, becomes in _LEVEL_MARKS:
            if match := pattern.match(beginning):
                message = f"序号写成了“{passage.string[: match.end()]}”。"
                hint = f"请改成“{string[: match.start('mark')]}{becomes}”。"
                yield passage.found(*match.span("mark"), message, hint, becomes)


_LEVEL_MARKS = (
    (
        Pattern(
            rf"\d{{1,2}}(?P<mark>[、。])(?={HAN}|[“《])(?![{HAN_DIGITS}])",
            *(digit + mark for digit in "0123456789" for mark in "、。"),
        ),
        ".",
    ),
    (Pattern(rf"（(?:[{HAN_DIGITS}]{{1,3}}|\d{{1,2}})）(?P<mark>[、.．])(?={HAN}|[“《])", "）、", "）.", "）．"), ""),
    (
        Pattern(
            rf"[{HAN_DIGITS}]{{1,3}}(?P<mark>[.．])(?={HAN}|[“《])",
            *(digit + mark for digit in HAN_DIGITS for mark in ".．"),
        ),
        "、",
    ),
    (Pattern(rf"[①-⑳](?P<mark>[、.．])(?={HAN}|[“《])", *"①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"), ""),
)
_LONGEST_MARK = 7  # （二十一）、 and what follows


@rule("W13", "“首先”“第一”后面用逗号", WARNING, STANDARD)
def first_of_all(context: Context) -> Iterator[Found]:
    """“首先”“第一”是一句话的开头，后面用逗号；顿号只用在“一、”这样的序号后面。

    错误：

        首先、加强领导；其次、严格执法。    ←

    错误：

        第一、加强领导。第二、严格执法。    ←

    正确：

        首先，加强领导；其次，严格执法。第一、第二产业和第一、三季度的情况已经查清。
    """
    for passage in context.texts(Kind.HEADING, Kind.PARAGRAPH):
        for match in _FIRST.finditer(passage.as_meant.unquoted):
            yield passage.found(*match.span("mark"), f"“{match['word']}”后面用了顿号。", becomes="，")


_FIRST = Pattern(
    r"(?:^|(?<=[。；：]))(?P<word>首先|其次|再次|第[一二三四五六七八九十]{1,2})(?P<mark>、)"
    r"(?![第一二三四五六七八九十\d]|其次|再次)",
    *("首先、", "其次、", "再次、"),
    *(f"{digit}、" for digit in HAN_DIGITS),
)


@rule("W24", "“一是”“二是”有缺漏", WARNING, PRACTICE)
def gap(context: Context) -> Iterator[Found]:
    """删改以后最容易忘记顺下来：少了“二是”，或者“二是”写了两次。里层可以另起“一是”。

    错误：

        一是加强领导；三是严格执法。    ←

    错误：

        一是加强领导；二是严格执法；二是加强监督。    ←

    错误：

        工作中，二是严格执法；三是加强监督。    ←

    正确：

        存在的问题一是力量不足，二是经费不足。下一步，一是充实力量；二是保障经费；三是加强监督。

    正确：

        条目:
          - 正文: 一是加强领导，做到两点，一是研究，二是督促。
          - 正文: 二是严格执法。
          - 正文: 三是加强监督，不是“十是”。
    """
    printed = context.texts(Kind.HEADING, Kind.PARAGRAPH)
    for _, passages in groupby(printed, key=lambda passage: passage.file):
        yield from _gaps(passages)


def _gaps(passages: Iterator[Passage]) -> Iterator[Found]:
    """Yield what breaks the series of one file; `last` is how far each got that may still go on."""
    last: list[int] = []
    for passage in passages:
        is_placed = passage.item is not None and passage.item.place is not None  # the others are in another draft
        for match in _POINT.finditer(passage.as_meant.unquoted):
            number = parse_numeral(match["number"]) or 0
            before = [n for n, count in enumerate(last) if count == number - 1]
            if number == 1:
                last = [*last[-_MAX_SERIES:], 1]
            elif before:
                last[before[-1] :] = [number]
            elif match["start"] is not None and not is_placed:
                yield _gap(passage, match, number, last)
                last[-1:] = [number]


def _gap(passage: Passage, match: re.Match[str], number: int, last: list[int]) -> Found:
    start, end = match.span("point")
    if number in last:
        return passage.found(start, end, f"“{match['point']}”写了两次。", "请顺着改后面的序号。")
    message = f"“{match['point']}”前面没有“{numeral(number - 1)}是”。"
    return passage.found(start, end, message, "请核对是漏了一条，还是序号没有顺下来。")


_MAX_SERIES = 20  # “一是” behind any word opens one: most never go on
# “统一是” and “十一是”: a series may begin behind any word, goes on for certain only where a clause begins.
_POINT = Pattern(
    r"(?P<start>(?<!\w))?(?P<point>(?P<number>(?<![十百])[一二三四五六七八九]|(?<![一二三四五六七八九])十[一二三四五六七八九]?)是)(?!否)",
    *(f"{digit}是" for digit in HAN_DIGITS),
)


@rule("W25", "重复的字词", WARNING, PRACTICE)
def doubled(context: Context) -> Iterator[Found]:
    """同一个字或同一串字接连打了两遍，多半是删改、粘贴时留下的。

    错误：

        提高了了依法行政的的能力。    ←

    错误：

        坚持依法行政依法行政，规范执法。    ←

    正确：

        为了了解情况，明确目的的内涵，构建和和谐发展相适应的机制，一件一件抓，研究研究，层层落实。
    """
    for passage in context.texts(Kind.HEADING, Kind.PARAGRAPH, Kind.CAPTION):
        string = passage.as_meant.unquoted
        for pattern in (_DOUBLED_WORD, _DOUBLED_PHRASE):
            for match in pattern.finditer(string):
                once = match.group()[: len(match.group()) // 2]
                if len(once) == 1 or not _is_rhythm(once):
                    yield passage.found(*match.span(), f"“{once}”接连写了两次。", "若是多打的，请删去一个。")


_DOUBLED_WORD = Pattern(
    "(?<![目标有])的的(?![确士])|(?<![明不得])了了(?![解结事案断却望])|(?<![存实所现内潜外正志])在在(?![校线建职岗场册编押读营途])"
    "|(?<![平饱缓共温总调暖祥柔谦])和和(?![气谐平睦解美县田风顺政])|(?<![参给授赠])与与(?![会时])|(?<![就还于凡但不总既])是是(?![非否])",
    *("的的", "了了", "在在", "和和", "与与", "是是"),
)
_DOUBLED_PHRASE = Pattern(rf"({HAN}{{4,20}})\1")


def _is_rhythm(words: str) -> bool:
    """Whether a phrase is itself one word over and over: 一件一件, 研究研究."""
    return any(words == words[:n] * (len(words) // n) for n in range(1, len(words) // 2 + 1))


RULES: tuple[CheckingRule, ...] = (document_year, lost_marks, level_mark, first_of_all, gap, doubled)
