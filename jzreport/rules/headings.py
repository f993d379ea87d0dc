"""S: headings that say what the program prints, or end as no heading does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from jzreport.chinese import display_width
from jzreport.rules.base import PRACTICE, WARNING, Context, Found, Kind, Passage, count_han, rule
from jzreport.rules.patterns import HAN, Pattern
from jzreport.text import Text

_N = "一二三四五六七八九十百"
_OWN_NUMBER = Pattern(
    rf"(?:(?:第?[{_N}]{{1,4}}[、，,.．](?![{_N}千万第])"  # not 一、二级, nor 十、百、千工程
    rf"|[（(][ 　]?(?:[{_N}]{{1,4}}|\d{{1,2}})[ 　]?[）)]"
    r"|\d{1,2}[.．、）)](?!\d)"  # not 3.15
    r"|[①-⑳⑴-⒛㈠-㈩][、.．]?|[Ⅰ-Ⅻ][、.．]"
    rf"|[{_N}]{{1,3}}是(?![{_N}否非])"
    rf"|第[{_N}]{{1,3}}(?:部分|章|节)[：:、 　])[ 　]*)+"
)
_NUMERALS = Pattern(rf"[{_N}\d]+")


@rule("S18", "标题自带序号", WARNING, PRACTICE)
def own_number(context: Context) -> Iterator[Found]:
    """序号由程序统一编；标题里再写一个，印出来就是“（一）1.加强……”，增删条目以后还会错号。

    错误：

        条目:
          - 标题: 一、加强组织领导    ←
            正文: 定期研究部署。
          - 标题: （二）完善制度体系    ←
            正文: 制定规章。
          - 标题: 3.规范行政执法    ←
            正文: 开展案卷评查。

    错误：

        # report.yaml
        结构:
          - {键: 打算, 标题: 第三部分 打算, 编号: 一是}    ←
        # 01.yaml
        章节: 打算
        条目:
          - 正文: 一是加强组织领导。    ←

    正确：

        条目:
          - 标题: 一件事一次办
            正文: 一是编清单；二是减材料。
          - 标题: 12345热线提质增效
            正文: 好。
          - 标题: 一、二级响应处置规范
            正文: 好。
          - 标题: 第一责任人职责落实到位
            正文: 好。
    """
    texts = (each for each in context.texts(Kind.HEADING, Kind.PARAGRAPH) if _is_numbered(each))
    typed = [each for each in texts if _own_number(each.string)]
    if not typed:
        return
    from jzreport.rules import printed  # composing is needed for nothing else

    unnumbered = printed.unnumbered(context.report)
    headings = (each for each in typed if each.kind is Kind.HEADING and each.span() not in unnumbered)
    for passage in (*headings, *_numbered_twice(printed.numbered(context.report))):
        if match := _own_number(passage.string):
            yield _without_number(passage, match)


def _is_numbered(passage: Passage) -> bool:
    """Whether the program may print a number before it."""
    return passage.kind is Kind.HEADING or (passage.item is not None and passage.item.title is None)


def _own_number(string: str) -> re.Match[str] | None:
    """Return the number a text begins with."""
    may_be = string[:1].isnumeric() or string.startswith(("第", "（", "("))
    return _OWN_NUMBER.match(string) if may_be and not string[:3].isdecimal() else None  # 2023年, 12345热线


def _without_number(passage: Passage, match: re.Match[str]) -> Found:
    what = "标题" if passage.kind is Kind.HEADING else "这一条"
    number = match.group().strip()
    if match.end() == len(passage.string):
        return passage.found(0, match.end(), f"{what}只有序号“{number}”，没有文字。", "请写上文字，序号由程序编。")
    message = f"{what}自带序号“{number}”，程序还会再编一个。"
    becomes = "" if _may_begin(passage.string[match.end()]) else None
    return passage.found(0, match.end(), message, "请删去序号。", becomes)


def _may_begin(character: str) -> bool:
    """Whether a value may begin with it in a file, without quotation marks."""
    return character in "“‘《〈（" or count_han(character) == 1 or (character.isascii() and character.isalnum())


def _numbered_twice(paragraphs: Iterable[tuple[str, Text]]) -> Iterator[Passage]:
    """Yield the paragraphs without a title of their own that begin with a number like the one printed before them."""
    for number, typed in paragraphs:
        match, span = _own_number(str(typed)), typed.span()
        if match and span and _NUMERALS.sub("", match.group().strip()) == _NUMERALS.sub("", number):
            yield Passage(typed, Kind.PARAGRAPH, span.file)


_ENDS = "。，、；：．,;:."
_RUN_IN_ENDS = "，、,"  # 。；： stand between such a heading and its text
_MOST = 9  # of them that are shown and deleted


@rule("S19", "标题末尾有标点", WARNING, PRACTICE)
def mark_at_the_end(context: Context) -> Iterator[Found]:
    """独占一行的标题末尾不加标点；与正文排在一段的标题，句号由程序加。

    错误：

        条目:
          - 标题: 加强组织领导。    ←
            正文: 定期研究部署。
          - 标题: 完善制度体系；    ←
            正文: 制定规章。

    正确：

        条目:
          - 标题: 法治为民，依法行政
            正文: 好。
          - 标题: 开展“法治体检”（第二季）
            正文: 好。
          - 标题: 政策怎样落地？
            正文: 好。

    正确：

        # report.yaml
        结构:
          - {键: 工作情况, 标题: 工作情况, 编号: 一是}
        # 01.yaml
        条目:
          - 标题: 加强组织领导；
          - 标题: 规范行政执法。
    """
    marked = [passage for passage in context.texts(Kind.HEADING) if passage.string.endswith(tuple(_ENDS))]
    if not marked:
        return
    from jzreport.rules import printed  # see above

    run_in = printed.run_in(context.report)
    for passage in marked:
        ends = _RUN_IN_ENDS if passage.span() in run_in else _ENDS
        string = passage.string
        if marks := string[max(len(string.rstrip(ends)), len(string) - _MOST, 1) :]:
            yield passage.found(len(string) - len(marks), len(string), f"标题末尾多了“{marks}”。", becomes="")


_NUMBER = Pattern(
    r"(?:\d{1,2}(?:[.．](?!\d)|[、）)])|[（(]\d{1,2}[）)]|[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)[ \u3000]*"
)
# The same and ①, where what follows shows that it is no 3.15, 5、6月份, 一、二级 or （三）项.
_ROW = Pattern(
    rf"(?:\d{{1,2}}(?:[.．](?!\d)|[、）)](?!\d))|[（(](?:\d{{1,2}}|[{_N}]{{1,3}})[）)](?![项款目类]|[、和及至][（(])"
    rf"|[{_N}]{{1,3}}、(?![{_N}])|[①-⑳⑴-⒛㈠-㈩])(?=.)"
)
_ENDS_ROW = frozenset("。；：;:！？")
_STOPPED = ("", *"。！？；：")
_MARKS = frozenset("，。；：！？、")
_TITLE = Pattern(f"(?:{HAN}|[0-9“”《》、])+(?<![、的和与及在对是将把了])")
_LONGEST = 24  # characters of a title
_NARROW = 36  # columns: where lines are as wide at most, what two hold is not wrapped
_WIDER = 6  # columns: where a line is so much wider, another was not wrapped for being full


@rule("S29", "标题连进了正文", WARNING, PRACTICE)
def heading_in_text(context: Context) -> Iterator[Found]:
    """正文里各行会连成一段，空一行才另起一段。标题独占一行又没有标点的，印出来就和下面的话连成了一句。

    只看从句子开头起、带序号的短行。没有序号的，长句也可能在那里换行，分不清，不查。

    从 Word 里粘贴的一条条“1.”“（一）”“①”也一样：中间不空行，印出来就连成一大段。一段里只提示一次。

    错误：

        正文: |
          1. 加强与法院、检察院的府院联动    ←
          做好行政应诉工作，推动行政机关负责人出庭应诉。
          2.规范行政执法    ←
          开展案卷评查。

    错误：

        正文: |
          主要做了以下工作：
          1、加强组织领导，定期研究部署；    ←
          2、规范行政执法，开展案卷评查；
          3、推进政务公开，主动回应关切。

    错误：

        条目:
          - 标题: 规范行政执法
            正文: |
              （一）开展案卷评查，抽查案卷120件，通报问题30个
              （二）开展专项督察，督促整改问题45个    ←
              健全执法监督机制。
              ①制定办法。

    正确：

        正文: |
          一是加强组织领导，定期研究部署；
          二是规范行政执法，开展案卷评查。

          1.加强组织领导，定期研究部署；

          2.规范行政执法，开展案卷评查。1.5万人参加培训，一、二级响应各启动1次。
          12345热线接听群众来电。
          3.15消费者权益日活动由市场监管部门组织，在城区设点20个、乡镇设点40个，
          5、6月份在
          一、二年级开展宣传，适用第二十条第
          （三）项的规定。

    正确：

        条目:
          - 标题: 规范行政执法行为
            正文: 开展执法案卷评查和专项督察，动态调整监测点，建立行政检查评价制度。
          - 正文: |
              1.规范执法。开展执法案卷评查和专项督察，动态调整监测点，建立行政检
              查评价制度。

    正确：

        正文: |
          规范行政执法行为

          开展执法案卷评查和专项督察，动态调整监测点。全市受理行政复议案件
          {{ 受理 }}，办结率达100%，推动行政机关负责人出庭应诉、出声、出效果。
        指标:
          受理: 534件
    """
    for passage in context.texts(Kind.PARAGRAPH):
        for start, line, is_list in _run_together(passage) if passage.line_starts else ():
            end = start + len(line)
            if is_list:
                hint = "要分段，请在每行之间空一行；要编号，请写成“条目”。"
                yield passage.found(start, end, "这几行带序号，印出来会连成一段。", hint)
            else:
                hint = "标题请写成条目的“标题”（不写序号）；另起一段的，请在下面空一行；只是换行的，不用改。"
                yield passage.found(start, end, f"“{line}”像是标题，会和下一行连成一句。", hint)


class _Line(NamedTuple):
    """A line of a paragraph as it was typed, and the number it begins with."""

    start: int
    words: str
    number: str


def _run_together(passage: Passage) -> Iterator[tuple[int, str, bool]]:
    """Yield the lines that were meant to stand alone, and whether they are a list."""
    lines = _lines(passage)
    pairs = [*pairwise(lines)]
    rows = [line for before, line in pairs if line.number and _ends_before(before, lines)]
    is_list = any(before.number and line in rows for before, line in pairs)
    titles = [] if is_list else [*_headings_in(passage.string, lines)]
    yield from ((line.start, line.words, False) for line in titles)
    if rows and not titles:
        yield rows[0].start, rows[0].words, True


def _lines(passage: Passage) -> list[_Line]:
    string, starts = passage.string, (0, *passage.line_starts, len(passage.string))
    words = [string[start:end].strip() for start, end in pairwise(starts)]
    numbers = [_ROW.match(line) for line in words]
    typed = zip(starts, words, numbers, strict=False)
    return [_Line(start, line, number.group() if number else "") for start, line, number in typed]


def _ends_before(before: _Line, lines: Sequence[_Line]) -> bool:
    """Whether a number behind this line begins the next of a list, not the rest of a sentence."""
    last = before.words[-1:]
    if before.number and last != "、":
        return True
    return last in _ENDS_ROW or (last not in _MARKS and sum(bool(line.number) for line in lines) > 1)


def _headings_in(string: str, lines: Sequence[_Line]) -> Iterator[_Line]:
    """Yield the lines at the beginning of a sentence that look like a heading."""
    for line in lines[:-1]:
        if line.words[-1:] in _MARKS or string[: line.start].rstrip()[-1:] not in _STOPPED:
            continue
        number = _NUMBER.match(line.words)
        title = line.words[number.end() :] if number else ""
        if len(title) <= _LONGEST and _TITLE.fullmatch(title) and not _is_full(line.words, lines):
            yield line


def _is_full(line: str, lines: Sequence[_Line]) -> bool:
    """Whether a line may have been wrapped where it was full: two short ones would have been one."""
    width = display_width(line)
    may_be = len(lines) > 2 or width > _NARROW
    return may_be and max(display_width(each.words) for each in lines) < width + _WIDER


RULES = (own_number, mark_at_the_end, heading_in_text)
