"""Y: sentences that stand in last year's report word for word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jzreport.rules.base import PRACTICE, SENTENCE, WARNING, Context, Found, Kind, Passage, count_han, passages_of, rule
from jzreport.rules.patterns import Pattern

_LONG = 30  # Chinese characters: a shorter sentence may well be the same every year
_TITLE = Pattern("《[^《》]*》", "《")


@rule("Y04", "与上年一字不差的句子", WARNING, PRACTICE, needs_whole=True)
def same_as_last_year(context: Context) -> Iterator[Found]:
    """整句与上年相同，读的人会问今年做了什么；连数字都相同的，多半是忘了改。

    看三十个字以上的句子；《》里的名称和 wording.yaml “套话”里的话不算在内。每段只提醒一次。

    错误：

        # 01.yaml
        正文: 加强与法院、检察院的府院联动，全年召开联席会议四次，研究解决行政应诉中的难题十二个，成效明显。    ←
        # 去年/01.yaml
        正文: 加强与法院、检察院的府院联动，全年召开联席会议四次，研究解决行政应诉中的难题十二个，成效明显。

    正确：

        # 01.yaml
        正文: 加强与法院、检察院的府院联动，全年召开联席会议六次，研究解决行政应诉中的难题十五个，成效明显。
        # 去年/01.yaml
        正文: 加强与法院、检察院的府院联动，全年召开联席会议四次，研究解决行政应诉中的难题十二个，成效明显。

    正确：

        # 01.yaml
        正文: 我市坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平法治思想，推进依法行政。
        # 去年/01.yaml
        正文: 我市坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平法治思想，推进依法行政。
    """
    if context.previous is None:
        return
    before = {
        sentence: passage.span(start, start + len(sentence))
        for passage in passages_of(context.previous)
        if passage.kind is Kind.PARAGRAPH
        for start, sentence in _long_sentences(passage)
    }
    for passage in context.texts(Kind.PARAGRAPH):
        for start, sentence in _long_sentences(passage):
            if sentence in before and _own_length(sentence, context.wording.set_phrases) >= _LONG:
                message = f"“{sentence[:12]}……”这一句与上年的报告一字不差。"
                hint = "请核对说的是不是本年度的事、数字改了没有。"
                found = passage.found(start, start + len(sentence), message, hint)
                yield found._replace(related=((before[sentence], "上年的报告写在这里"),))
                break


def _long_sentences(passage: Passage) -> Iterator[tuple[int, str]]:
    for match in SENTENCE.finditer(passage.string):
        if len(match.group()) >= _LONG:
            yield match.start(), match.group()


def _own_length(sentence: str, set_phrases: Iterable[str]) -> int:
    """Return how many Chinese characters stand outside titles and set phrases."""
    own = _TITLE.sub("", sentence)
    for phrase in set_phrases:
        own = own.replace(phrase, "")
    return count_han(own)


RULES = (same_as_last_year,)
