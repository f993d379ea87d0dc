"""W: what was typed twice."""

from __future__ import annotations

from collections.abc import Iterator

from jzreport.diagnostics import Span
from jzreport.rules.base import PRACTICE, WARNING, CheckingRule, Context, Found, Kind, rule
from jzreport.rules.patterns import HAN, Pattern
from jzreport.rules.references import seams


@rule("W25", "重复的字词", WARNING, PRACTICE)
def doubled(context: Context) -> Iterator[Found]:
    """同一个字或同一串字接连打了两遍，多半是删改、粘贴时留下的。

    错误：

        提高了了依法行政的的能力。    ←

    错误：

        坚持依法行政依法行政，规范执法。    ←

    错误：

        各级机关机关推进推进案件件办理，司法司法局牵头。    ←

    正确：

        倡导碳达峰碳中和和能耗双控，走访泰和和永丰两县，旨在在全社会形成共识，不能一了了之。

    正确：

        为了了解情况，明确目的的内涵，构建和和谐发展相适应的机制，一件一件抓，研究研究，层层落实。
    """
    found = [*_doubled(context)]
    told = {seam.span for seam in seams.check(context)} if found else set[Span]()  # by F20
    yield from (each for each in found if each.span not in told)


def _doubled(context: Context) -> Iterator[Found]:
    for passage in context.texts(Kind.HEADING, Kind.PARAGRAPH, Kind.CAPTION):
        string = passage.as_meant.unquoted
        is_told_twice = any(map(_TWICE.search, _WORDS.compiled.findall(string)))
        for pattern in (_DOUBLED_WORD, _DOUBLED_PHRASE) if is_told_twice else (_DOUBLED_WORD,):
            for match in pattern.finditer(string):
                once = match.group()[: len(match.group()) // 2]
                if len(once) == 1 or not (_is_rhythm(once) or _is_meant_twice(once)):
                    yield passage.found(*match.span(), f"“{once}”接连写了两次。", "若是多打的，请删去一个。")


_DOUBLED_WORD = Pattern(
    "(?<![目标有])的的(?![确士])|(?<![明不得])了了(?![解结事案断却望之])|(?<![存实所现内潜外正志旨重贵意自健])在在(?![校线建职岗场册编押读营途])"
    "|(?<![平饱缓共温总调暖祥柔谦中泰云政太仁人协维永])和和(?![气谐平睦解美县田风顺政])|(?<![参给授赠])与与(?![会时])|(?<=[案文附])件件(?![件数均有次量办落抓])|(?<![就还于凡但不总既])是是(?![非否])",
    *("的的", "了了", "在在", "和和", "与与", "是是", "件件"),
)
_DOUBLED_PHRASE = Pattern(rf"({HAN}{{2,20}})\1")
# The same for runs of Han characters: whether each is one need not be asked again for every phrase it may belong to.
_WORDS, _TWICE = Pattern(rf"{HAN}{{4,}}"), Pattern(r"(.{2,20})\1")
_PHRASE = 4
# What is said twice on purpose: 研究研究, and 一件一件.
_SAID_TWICE = frozenset(
    (
        *("研究", "讨论", "商量", "考虑", "了解", "学习", "参观", "交流", "练习", "休息", "体验", "打听", "琢磨"),
        *("检查", "调查", "整理", "介绍", "宣传", "比较", "彼此", "哪里", "许多", "某某"),
    )
)
_COUNTING = frozenset("一二三四五六七八九十百千万两每各〇")


def _is_meant_twice(words: str) -> bool:
    return words in _SAID_TWICE or (len(words) < _PHRASE and not _COUNTING.isdisjoint(words))


def _is_rhythm(words: str) -> bool:
    """Whether a phrase is itself one word over and over: 一件一件, 研究研究."""
    return any(words == words[:n] * (len(words) // n) for n in range(1, len(words) // 2 + 1))


RULES: tuple[CheckingRule, ...] = (doubled,)
