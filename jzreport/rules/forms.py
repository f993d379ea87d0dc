"""W: the political forms that are fixed word for word."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from jzreport.rules.base import (
    ERROR,
    PRACTICE,
    REGULATION,
    SENTENCE,
    WARNING,
    Context,
    Found,
    Kind,
    Passage,
    places,
    rule,
)
from jzreport.rules.patterns import Pattern

# The gap holds no particle: “习近平同志关于……的重要思想”“习近平在……的思想” are open forms, and 统一思想 is another word.
_THOUGHT = Pattern(r"习近平[^，。；、：（）“”《》\ufffc的在于对同和与及到把以]{0,14}?(?<!统一)(?<!解放)思想", "习近平")
_PERSON = ("习近平总书记", "习近平同志", "习近平主席")


@rule("W26", "“习近平……思想”的提法", ERROR, REGULATION)
def thought(context: Context) -> Iterator[Found]:
    """“习近平新时代中国特色社会主义思想”写在《中华人民共和国宪法》序言里，这类提法多一字少一字都是严重表述错误。

    规范写法在 wording.yaml 的“固定提法”里。

    错误：

        深入学习贯彻习近平新时代法治思想。    ←

    正确：

        以习近平新时代中国特色社会主义思想为指导，深入贯彻习近平法治思想、习近平生态文明思想。

    正确：

        学习习近平总书记关于依法行政的重要思想，以习近平总书记重要讲话精神统一思想、指导实践。
    """
    fixed = context.wording.thoughts
    others = (*_PERSON, *fixed)
    for passage in context.passages_with(_THOUGHT) if fixed else ():
        string = passage.unquoted
        for start in places("习近平", string):
            if string.startswith(others, start) or not (match := _THOUGHT.match(string, start)):
                continue
            if not any(word.is_error and word.wrong in match.group() for word in context.wording.words):  # W01 tells
                hint = "请照规范的提法改，例如“习近平新时代中国特色社会主义思想”“习近平法治思想”。"
                yield passage.found(match.start(), match.end(), f"没有“{match.group()}”这个提法。", hint)


_CHAIN = ("两个确立", "四个意识", "四个自信", "两个维护")
_NAMED = Pattern("|".join(_CHAIN), *_CHAIN)
# What stands between two of them in one chain: “……”、坚定“……, ……”的决定性意义，增强“…….
_LINK = Pattern(
    "”?(?:的(?:决定性|重大)意义)?[、，,和]?(?:不断|切实|始终|坚决|自觉|坚定|更加|牢固|深刻|进一步|忠诚){0,2}"
    "(?:增强|坚定|做到|树牢|树立|领悟|捍卫|拥护|践行|坚持)?“?"
)
_SWAPPED_WORDS = ("坚定“四个意识", "坚定四个意识", "增强“四个自信", "增强四个自信")
_SWAPPED = Pattern("|".join(_SWAPPED_WORDS), *_SWAPPED_WORDS)
_OUTGROWN = Pattern("坚定“?三个自信", "三个自信")
_OUTGROWN_SINCE = 2017


@rule("W27", "“四个意识”等的搭配和次序", WARNING, PRACTICE)
def chain(context: Context) -> Iterator[Found]:
    """增强的是“四个意识”，坚定的是“四个自信”，几个提法先后有序。抄漏、抄串了，行家一眼就看得出。

    错误：

        坚定“四个意识”、增强“四个自信”，不断提高政治站位。    ←

    错误：

        做到“两个维护”，坚定“四个自信”，各项工作取得新成效。    ←

    错误：

        增强“四个意识”、坚定“三个自信”。    ←

    正确：

        深刻领悟“两个确立”的决定性意义，增强“四个意识”、坚定“四个自信”、做到“两个维护”。

    正确：

        坚决做到“两个维护”。全市干部深刻领悟“两个确立”的决定性意义，捍卫“两个确立”。

    正确：

        坚决做到“两个维护”，教育引导党员干部增强“四个意识”、坚定“四个自信”。
    """
    kinds = (Kind.COVER, Kind.HEADING, Kind.PARAGRAPH, Kind.CAPTION)
    for passage in context.passages_with(_OUTGROWN, _NAMED, kinds=kinds):
        string = passage.untitled
        if context.year >= _OUTGROWN_SINCE and (old := _OUTGROWN.search(string)):
            hint = "2016年7月起是“四个自信”：道路自信、理论自信、制度自信、文化自信。"
            yield passage.found(old.end() - len("三个自信"), old.end(), "“三个自信”已经发展为“四个自信”。", hint)
        for sentence in SENTENCE.finditer(string):
            if swapped := _SWAPPED.search(string, *sentence.span()):
                message = f"“{swapped.group().replace('“', '')}”搭配错了。"
                hint = "通常是增强“四个意识”、坚定“四个自信”。"
                yield passage.found(*swapped.span(), message, hint)
            else:
                yield from _out_of_order(passage, *sentence.span())


def _out_of_order(passage: Passage, start: int, end: int) -> Iterator[Found]:
    """Yield the first of the four that is linked to the next one of a chain, and should come after it."""
    for first, second in pairwise(_NAMED.finditer(passage.untitled, start, end)):
        later, earlier = first.group(), second.group()
        is_chain = _LINK.fullmatch(passage.untitled[first.end() : second.start()])
        if is_chain and _CHAIN.index(earlier) < _CHAIN.index(later):
            message = f"“{later}”写在了“{earlier}”前面。"
            yield passage.found(*first.span(), message, f"通常的次序是“{'”“'.join(_CHAIN)}”。")
            return


RULES = (thought, chain)
