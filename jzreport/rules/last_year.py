"""Y: what was copied from last year's report and left as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jzreport.chinese import fold
from jzreport.draft import Draft, Item, Paragraph
from jzreport.rules.base import (
    ERROR,
    PRACTICE,
    SENTENCE,
    WARNING,
    Context,
    Found,
    Kind,
    Passage,
    count_han,
    passages_of,
    rule,
    waiver_lines,
)
from jzreport.rules.patterns import Pattern
from jzreport.text import Text

_LONG = 30  # Chinese characters: a shorter sentence may well be the same every year
_TITLE = Pattern("《[^《》]*》", "《")
_NUMBER = Pattern(r"[0-9]+(?:[.,][0-9]+)*")
_LEAST = 8  # Chinese characters that tell a sentence from others
_SINCE = ("以来", "起", "至", "到", "版", "—", "－", "-", "～", "~")  # a year that is still last year's next year
_COMPARED = ("较", "比", "与", "同", "自", "从", "至", "到", "—", "－", "-", "～", "~")

Body = tuple[Text, ...]  # the paragraphs of a 正文


@rule("Y04", "与上年一字不差的句子", WARNING, PRACTICE)
def same_as_last_year(context: Context) -> Iterator[Found]:
    """整句与上年相同，读的人会问今年做了什么；连数字都相同的，多半是忘了改。

    看三十个字以上的句子；《》里的名称和 wording.yaml “套话”里的话不算在内。每段只提醒一次。

    错误：

        # 01.yaml
        正文: |
          加强与法院、检察院的府院联动，全年召开联席会议四次，研究解决行政应诉中的难题十二个，成效明显。    ←
          新建行政争议调解中心。
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
    told = {text.span() for _, body in _unchanged(context) for text in body}  # Y08 says enough
    for passage in (p for p in context.texts(Kind.PARAGRAPH) if p.text.span() not in told):
        for start, sentence in _long_sentences(passage):
            if sentence in before and _own_length(sentence, context.wording.set_phrases) >= _LONG:
                message = f"“{sentence[:12]}……”这一句与上年的报告一字不差。"
                hint = "请核对说的是不是本年度的事、数字改了没有。"
                found = passage.found(start, start + len(sentence), message, hint)
                yield found._replace(related=((before[sentence], "上年的报告写在这里"),))
                break


@rule("Y08", "整段正文与上年一字不差", ERROR, PRACTICE)
def unchanged_text(context: Context) -> Iterator[Found]:
    """一条的正文从头到尾与上年的报告一样，数字也一样：今年做了什么，读的人看不出来；多半是照抄上年还没有改。

    看三十个字以上的正文；《》里的名称和 wording.yaml “套话”里的话不算在内。确实没有变化的，写“豁免”。

    错误：

        # 01.yaml
        条目:
          - 标题: 全面推进政务公开
            正文: |
              深入推进决策、执行、管理、服务、结果“五公开”，    ←
              做好平台信用信息的归集和共享，积极回应社会关切。
        # 去年/01.yaml
        条目:
          - 标题: 全面推进政务公开
            正文: 深入推进决策、执行、管理、服务、结果“五公开”，做好平台信用信息的归集和共享，积极回应社会关切。

    正确：

        # 01.yaml
        正文: |
          深入推进决策、执行、管理、服务、结果“五公开”，做好平台信用信息的归集和共享，主动公开信息{{ 主动公开 }}。
        指标:
          主动公开: 534条
        # 去年/01.yaml
        正文: |
          深入推进决策、执行、管理、服务、结果“五公开”，做好平台信用信息的归集和共享，主动公开信息{{ 主动公开 }}。
        指标:
          主动公开: 498条
    """
    for before, body in _unchanged(context):
        span, then = body[0].span(), before[0].span()
        hint = f"请写今年的情况；确实没有变化的，{waiver_lines('Y08')}。"
        if span:
            related = ((then, "上年的报告写在这里"),) if then else ()
            yield Found(span, "这一条的正文与上年的报告一字不差。", hint, related=related)


@rule("Y09", "照抄上年的句子，年份没有改", ERROR, PRACTICE)
def copied_year(context: Context) -> Iterator[Found]:
    """上年报告里的一句话，今年又用，句子里说的还是上年：数字改了，年份忘了改。

    只看除数字外与上年一字不差的句子；“2022年以来”“较2022年”一类的不看。

    错误：

        # 01.yaml
        正文: |
          2022年全市立案受理行政复议案件581件，办结560件。    ←
          【2022年全市办理行政应诉案件120件。】    ←
        # 去年/01.yaml
        正文: 2022年全市立案受理行政复议案件534件，办结514件。2022年全市办理行政应诉案件119件。

    正确：

        # 01.yaml
        正文: 2023年全市立案受理行政复议案件581件，较2022年增加47件。2022年以来，累计调解案件900件。
        # 去年/01.yaml
        正文: 2022年全市立案受理行政复议案件534件，较2022年增加47件。2022年以来，累计调解案件300件。
    """
    for passage, start in copied_years(context):
        message = f"这句话与上年的报告只差数字，年份还是“{context.year - 1}年”。"
        yield passage.found(start, start + len("2022年"), message, f"请改成“{context.year}年”，并核对整句话。")


def copied_years(context: Context) -> Iterator[tuple[Passage, int]]:
    """Yield where a sentence of last year's report is used again and still tells of last year."""
    last = f"{context.year - 1}年"
    if context.previous is None or not context.pieces.hold(last):
        return
    kinds = (Kind.PARAGRAPH, Kind.HEADING)
    before = {
        _skeleton(sentence.group())
        for passage in passages_of(context.previous)
        if passage.kind in kinds and last in passage.string
        for sentence in SENTENCE.finditer(passage.string)
    }
    for passage in context.passages_holding([last], kinds):
        for sentence in SENTENCE.finditer(passage.string) if last in passage.unquoted else ():
            start = passage.unquoted.find(last, *sentence.span())
            if start < 0 or count_han(sentence.group()) < _LEAST or _is_looking_back(passage.unquoted, start):
                continue
            if _skeleton(sentence.group()) in before:
                yield passage, start


def _skeleton(sentence: str) -> str:
    """Return a sentence without its numbers, nor the brackets left around it (S17)."""
    return _NUMBER.sub("#", fold(sentence).strip("【】"))


def _is_looking_back(string: str, start: int) -> bool:
    """Whether the year at a place is one that is compared with, or a beginning or end."""
    return string[:start].endswith(_COMPARED) or string.startswith(_SINCE, start + len("2022年"))


def _unchanged(context: Context) -> Iterator[tuple[Body, Body]]:
    """Yield the bodies that stand in last year's report word for word: that one, and this year's."""
    if context.previous is None:
        return
    drafts = (draft for node in context.previous.nodes() for draft in node.drafts)
    before = {_folded(body): body for draft in drafts for body in _bodies(draft)}
    for draft in context.drafts:
        for body in _bodies(draft):
            own = sum(_own_length(str(text), context.wording.set_phrases) for text in body)
            if own >= _LONG and _folded(body) in before:
                yield before[_folded(body)], body


def _bodies(parent: Draft | Item) -> Iterator[Body]:
    """Yield the text of a draft or item and of all items below it."""
    if body := tuple(block.text for block in parent.body if isinstance(block, Paragraph)):
        yield body
    for item in parent.items:
        yield from _bodies(item)


def _folded(body: Body) -> str:
    return fold("".join(map(str, body)))


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


RULES = (same_as_last_year, unchanged_text, copied_year)
