"""W: what counts up, document numbers, level marks, 一是 二是."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from jzreport.chinese import numeral, parse_numeral
from jzreport.numbering import NumberingStyle
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
from jzreport.rules.marks import BLANK, HAN_DIGITS, Change, document_years
from jzreport.rules.patterns import HAN, Pattern


@rule("W10", "发文字号的写法", WARNING, STANDARD)
def document_year(context: Context) -> Iterator[Found]:
    """发文字号写成“示府发〔2023〕5号”：年份四位数，用六角括号。圆括号、方括号都不是公文的写法。

    序号前面不加“第”，不编虚位：“〔2023〕第5号”“〔2023〕05号”都应是“〔2023〕5号”（GB/T 9704—2012 7.2.5）。

    错误：

        落实《关于做好有关工作的通知》（示府发(2023)5号）。    ←

    错误：

        落实示府办[2023]12号文件。    ←

    错误：

        落实示府发〔2023〕第8号、示府办〔2023〕08号和示府发2023年8号文件。    ←

    正确：

        落实示府发〔2023〕5号文件，审结（2022）示01行初5号案件，查封幸福小区（2023）5号楼。

    正确：

        出让示例小区（2023）3号宗地，执行仲裁委员会（2022）88号裁决，公布市人民政府令（2023）第5号、公告（2023）第5号。
    """
    for passage in context.mistyped:
        for opening, closing in document_years(passage.legible):
            place = opening.start, closing.end
            old = passage.string[slice(*place)]
            year = passage.as_meant.string[opening.end : closing.start]
            message = f"发文字号的年份写成了“{old}”。"
            yield passage.repaired(place, message, f"请改成“〔{year}〕”。", (opening, closing))
    for passage in context.passages_with(_PADDED_NUMBER, _NO_BRACKETS):
        string = passage.as_meant.string
        for match in _PADDED_NUMBER.finditer(string):
            hint = f"请改成“{match['year']}{match['number']}号”。"
            yield passage.found(*match.span("surplus"), f"“{match.group()}”多了“{match['surplus']}”。", hint, "")
        for match in _NO_BRACKETS.finditer(string):
            hint = f"请改成“〔{match['year']}〕{match['number']}号”。"
            yield passage.found(*match.span("whole"), f"发文字号写成了“{match['whole']}”。", hint)


_PADDED_NUMBER = Pattern(
    r"(?<=[发办函规字])(?P<year>〔(?:19|20)\d\d〕)(?P<surplus>第0*|0+)(?P<number>[1-9]\d{0,3})号", "〕第", "〕0"
)
_NO_BRACKETS = Pattern(
    r"[府委局厅办][发函字规](?P<whole>(?P<year>20\d\d)年(?P<number>[1-9]\d{0,2})号)(?![楼线馆院令台])",
    *(f"{before}20" for before in "发函字规"),
)


@rule("W11", "发文字号或年份丢了符号", ERROR, STANDARD)
def lost_marks(context: Context) -> Iterator[Found]:
    """从网页上复制，有时会丢掉六角括号和一字线：“〔2021〕33号”成了“202133号”，“2021—2025年”成了“20212025年”。

    错误：

        落实示府发202133号文件。    ←

    错误：

        实施20212025年规划。    ←

    正确：

        落实示府发〔2021〕33号文件，实施2021—2025年规划，换发示执法证字20230012号证件。

    正确：

        核发2023126号许可证，颁发2023158号营业执照。
    """
    for passage in context.passages_with(_LOST_BRACKETS, _LOST_DASH):
        string = passage.as_meant.string
        for match in _LOST_BRACKETS.finditer(string):
            hint = f"请改成“〔{match['year']}〕{match['number']}号”。"
            yield passage.found(*match.span("whole"), f"“{match['whole']}”丢了年份两边的括号。", hint)
        for match in _LOST_DASH.finditer(string):
            if match["first"] < match["last"]:
                hint = f"请改成“{match['first']}—{match['last']}年”。"
                yield passage.found(*match.span(), f"“{match.group()}”丢了两个年份之间的连接号。", hint)


_LOST_BRACKETS = Pattern(
    r"(?:(?<![核颁签编印制补换])发|(?<![承交督查协])办|[函规令]|(?<![证许照号编])字)"
    r"(?P<whole>(?P<year>20\d\d)(?P<number>[1-9]\d{0,2})号)(?!楼|线|馆|院|证|照|许可|执照|牌|案|提案|建议|工单)",
    *(f"{before}20" for before in "发办函规令字"),
)
_LOST_DASH = Pattern(
    r"(?<![\d.])(?P<first>(?:19|20)[0-9]{2})(?P<last>(?:19|20)[0-9]{2})年",
    *(f"{digit}{century}" for digit in range(10) for century in (19, 20)),
)


@rule("W12", "序号后面的标点", WARNING, STANDARD)
def level_mark(context: Context) -> Iterator[Found]:
    """序号写成“一、”“（一）”“1.”“（1）”：有括号的后面不再加标点，数字后面是点，汉字后面是顿号。

    report.yaml 里有“编号: 1、”时，这个单位就用顿号，数字后面的顿号不再提醒。一段分几行写的，各行的序号一起改。

    错误：

        1、加强组织领导，落实工作责任。    ←

    错误：

        主要做了以下工作：
        1、加强组织领导，落实工作责任。    ←
        2、规范行政执法，办理第一、
        二.三大队移交的案件。

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

    正确：

        # report.yaml
        结构:
          - 键: 工作情况
            标题: 工作情况
            牵头单位: 市司法局
            编号: 1、
        # 01.yaml
        正文: 1、加强组织领导，落实工作责任。
    """
    patterns = _LEVEL_MARKS[1:] if _has_commas(context) else _LEVEL_MARKS
    tried = (pattern for pattern, _ in patterns)
    for passage in context.passages_with(*tried, kinds=(Kind.PARAGRAPH,)):  # a heading has none of its own: S18
        found = [*_wrong_marks(passage, patterns)]
        if not found:
            continue
        string = passage.as_meant.string
        (start, change), more = found[0], len(found) - 1
        message = f"序号写成了“{passage.string[start : change.end]}”{f'，这一段里还有{more}处' if more else ''}。"
        hint = f"请改成“{string[start : change.start]}{change.becomes}”{'，其余的也照这样改' if more else ''}。"
        yield passage.repaired(change[:2], message, hint, (each for _, each in found))


def _wrong_marks(passage: Passage, patterns: Sequence[tuple[Pattern, str]]) -> Iterator[tuple[int, Change]]:
    """Yield where the lines of a paragraph begin whose number has a wrong mark, and the mark as it should be."""
    string = passage.as_meant.string
    for start in (0, *passage.line_starts):
        if string[:start].rstrip(BLANK).endswith(("、", "，")):
            continue  # the rest of a sentence
        beginning = string[start : start + _LONGEST_MARK]
        for pattern, becomes in patterns:
            if match := pattern.match(beginning):
                yield start, Change(start + match.start("mark"), start + match.end("mark"), becomes)


def _has_commas(context: Context) -> bool:
    """Whether the report itself numbers with “1、”."""
    return any(node.numbering is NumberingStyle.ITEM_WITH_COMMA for node in context.report.nodes())


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


@rule("W13", "“首先”“第一”“一是”后面的标点", WARNING, STANDARD)
def first_of_all(context: Context) -> Iterator[Found]:
    """“首先”“第一”是一句话的开头，后面用逗号；顿号只用在“一、”这样的序号后面。“一是”直接接下文。

    错误：

        首先、加强领导；其次、严格执法。    ←

    错误：

        第一、加强领导。第二、严格执法。    ←

    错误：

        一是、加强领导；二是、严格执法。    ←

    正确：

        首先，加强领导；其次，严格执法。第一、第二产业和第一、三季度的情况已经查清。
    """
    for passage in context.passages_with(_FIRST, _POINT_AND_COMMA, kinds=(Kind.HEADING, Kind.PARAGRAPH)):
        for match in _FIRST.finditer(passage.as_meant.unquoted):
            yield passage.found(*match.span("mark"), f"“{match['word']}”后面用了顿号。", becomes="，")
        for match in _POINT_AND_COMMA.finditer(passage.as_meant.unquoted):
            yield passage.found(*match.span("mark"), f"“{match['point']}”后面多了顿号。", becomes="")


_POINT_AND_COMMA = Pattern(rf"(?<!\w)(?P<point>[{HAN_DIGITS}]{{1,2}}是)(?P<mark>、)(?=\w)", "是、")
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

    正确：

        一是加强领导，二是严格执法，三是加强监督，十一是国庆假期。
    """
    printed = context.passages_with(_POINT, kinds=(Kind.HEADING, Kind.PARAGRAPH))
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
            elif match["start"] is not None and not is_placed and (number < _FEAST or number - 2 in last):
                yield _gap(passage, match, number, last)
                last[-1:] = [number]


def _gap(passage: Passage, match: re.Match[str], number: int, last: list[int]) -> Found:
    start, end = match.span("point")
    if number in last:
        return passage.found(start, end, f"“{match['point']}”写了两次。", "请顺着改后面的序号。")
    message = f"“{match['point']}”前面没有“{numeral(number - 1)}是”。"
    return passage.found(start, end, message, "请核对是漏了一条，还是序号没有顺下来。")


_FEAST = 11  # 十一是国庆
_MAX_SERIES = 20  # “一是” behind any word opens one: most never go on
# “统一是” and “十一是”: a series may begin behind any word, goes on for certain only where a clause begins.
_POINT = Pattern(
    r"(?P<start>(?<!\w))?(?P<point>(?P<number>(?<![十百])[一二三四五六七八九]|(?<![一二三四五六七八九])十[一二三四五六七八九]?)是)(?!否)",
    *(f"{digit}是" for digit in HAN_DIGITS),
)


RULES: tuple[CheckingRule, ...] = (document_year, lost_marks, level_mark, first_of_all, gap)
