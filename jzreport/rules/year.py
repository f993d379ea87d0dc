"""Y: what last year's text leaves behind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jzreport.chinese import format_date
from jzreport.diagnostics import Span
from jzreport.report import Node
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
    count_han,
    passages_of,
    rule,
)
from jzreport.rules.patterns import Pattern

_RESULTS = frozenset(("主要举措和成效", "第一责任人职责"))
_PLAN = "下一年度安排"

# The year as the time of all a sentence tells: “2021年，……”, “2021年全市……”; not “2021年12月”, “2021年以来”.
_AFTER_YEAR = ("，", ",", *(whose + what for whose in "全我" for what in "市县区州旗盟"))
_PLANNED = Pattern(r"20[0-9]{2}年[^，。；]{0,20}(?:打算|安排|计划|思路)$", "打算", "安排", "计划", "思路")
_STATED = Pattern(r"现将[^。；]{0,20}?(?P<year>20[0-9]{2})年度?[^。；]{0,30}?(?:报告|汇报|通报)如下", "现将")
_OF_THEN = ("考核", "考评", "评价", "评估", "测评", "排名", "以来", "至今", "同期", "结转", "上年", "今年", "目前")
_OF_PLANS = ("下一步", "下步", "打算", "计划", "安排")
_AHEAD = ("将", "拟", "预计", "预期", "力争", "目标", "继续", "起", "前", "要", "到20", *_OF_PLANS)
# 将 in “将普法纳入考核” is another word.
_PROMISE = Pattern(
    "[^，。]{0,12}[，,]?[^，。]{0,12}?将(?![^，。；]{0,20}(?:纳入|作为|列入|列为|摆在|融入|贯穿|写入))", "将"
)


def _contents(nodes: Iterable[Node], above: frozenset[str] = frozenset()) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the key of each node and the required contents that it and those above it report."""
    for node in nodes:
        here = above | frozenset(node.required_contents)
        yield node.key, here
        yield from _contents(node.children, here)


def _openings(passage: Passage, year: int) -> Iterator[tuple[int, str]]:
    """Yield where a sentence begins with this year as its time, and the sentence."""
    opening = f"{year}年"
    for sentence in SENTENCE.finditer(passage.unquoted) if opening in passage.unquoted else ():
        told = sentence.group()
        if told.startswith(opening) and told.startswith(_AFTER_YEAR, len(opening)):
            yield sentence.start(), told


def _years(passage: Passage, start: int, message: str, hint: str) -> Found:
    return passage.found(start, start + len("2022年"), message, hint)


@rule("Y01", "不是本年度的年份", WARNING, PRACTICE)
def stale_year(context: Context) -> Iterator[Found]:
    """照上年的报告改写，最容易漏改的是年份：读的人会以为说的是上年的事。

    只看以上一年开头、而同一段又没有提到本年度的句子；《》和“”里的、“2022年以来”“较2022年”一类的不看。

    错误：

        2022年，全市立案受理行政复议案件534件。    ←

    错误：

        现将我市2022年度法治政府建设情况报告如下：    ←

    正确：

        2023年，全市立案受理行政复议案件534件，较2022年增长5%。2022年以来，平台运行平稳。

    正确：

        2022年，我市获评示范市；2023年，我市巩固创建成果。

    正确：

        2022年全市法治建设考核中，我市获优秀等次。2022年12月印发的《示例市行政执法办法（2022年）》已经施行。
    """
    year = context.year
    for passage in context.texts(Kind.PARAGRAPH) if year else ():
        stated = _STATED.search(passage.unquoted)
        if stated and f"{year}年" not in stated.group():
            yield _stale(passage, stated.start("year"), year)
        elif not stated and f"{year}年" not in passage.unquoted:
            for start, sentence in _openings(passage, year - 1):
                if not any(word in sentence for word in _OF_THEN):
                    yield _stale(passage, start, year)


def _stale(passage: Passage, start: int, year: int) -> Found:
    message = f"这是{year}年度的报告，这里写的是“{passage.string[start : start + 5]}”。"
    hint = f"若是照上年的报告改写漏改的，请改成“{year}年”，这句话的数字和事情也请核对。"
    return _years(passage, start, message, hint)


@rule("Y02", "年份放错了部分", WARNING, PRACTICE)
def misplaced_year(context: Context) -> Iterator[Found]:
    """成效写的是本年度，打算写的是下一年度；年份放反了，多半是照上年的报告改写时漏改的。

    看“必报内容”标明是“主要举措和成效”或“下一年度安排”的章节。

    错误：

        章节: 下步打算
        正文: 2023年，我市将继续深入贯彻习近平法治思想。    ←

    错误：

        2024年，全市办理行政复议案件534件。    ←

    错误：

        # report.yaml
        结构:
          - 键: 工作情况
            标题: 2023年法治政府建设工作情况
            牵头单位: 市司法局
            必报内容: [主要举措和成效]
          - 键: 下步打算
            标题: 2023年工作打算    ←
            必报内容: [下一年度安排]

    正确：

        章节: 下步打算
        正文: 2024年，我市将继续深入贯彻习近平法治思想。2023年，我市将普法纳入考核，下一年仍要坚持。

    正确：

        2024年，平台将全面启用。2024年1月1日起，新办法施行。
    """
    contents = dict(_contents(context.report.root.children)) if context.year else {}
    for passage in context.texts(Kind.PARAGRAPH, Kind.HEADING) if contents else ():
        here = contents.get(passage.node.key, frozenset()) if passage.node else frozenset()
        if _PLAN in here and not here & _RESULTS:
            yield from _stale_plan(passage, context.year)
        elif passage.kind is Kind.PARAGRAPH and here & _RESULTS and _PLAN not in here:
            yield from _early_result(passage, context.year)


def _stale_plan(passage: Passage, year: int) -> Iterator[Found]:
    message = f"这是{year}年度的报告，打算应是下一年的，这里写的是“{year}年”。"
    hint = f"若说的是下一年，请改成“{year + 1}年”。"
    if passage.kind is Kind.HEADING:
        if passage.unquoted.startswith(f"{year}年") and _PLANNED.match(passage.unquoted):
            yield _years(passage, 0, message, hint)
        return
    for start, sentence in _openings(passage, year):
        if _PROMISE.match(sentence, len("2022年")):
            yield _years(passage, start, message, hint)


def _early_result(passage: Passage, year: int) -> Iterator[Found]:
    title = str(passage.item.title or "") if passage.item else ""
    if any(word in title for word in (*_OF_PLANS, f"{year + 1}年")):
        return
    for start, sentence in _openings(passage, year + 1):
        if not any(word in sentence for word in _AHEAD):
            message = f"这是{year}年度的报告，成效里写的是“{year + 1}年”。"
            yield _years(passage, start, message, f"若说的是本年度，请改成“{year}年”。")


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


_YEAR = Pattern(r"(?<![0-9])(20[0-9]{2})年")
_REPORTED = Pattern(
    r"(20[0-9]{2})年度?[^，。；整改反馈考核评]{0,10}法治政府建设[^，。；整改反馈考核评]{0,12}$", "法治政府建设"
)


@rule("Y05", "标题里的年份不是本年度", ERROR, REGULATION)
def year_of_title(context: Context) -> Iterator[Found]:
    """《法治政府建设与责任落实督察工作规定》要求报告上一年度的情况。标题的年份写错，整份报告就张冠李戴了。

    看公文标题，和“……年法治政府建设工作情况”一类的章节标题。

    错误：

        # report.yaml
        标题: 示例市人民政府关于2022年度法治政府建设情况的报告    ←

    错误：

        # report.yaml
        结构:
          - 键: 工作情况
            标题: 2022年法治政府建设工作情况    ←

    正确：

        # report.yaml
        标题: 示例市人民政府关于2023年度法治政府建设情况和2024年工作安排的报告
        结构:
          - 键: 工作情况
            标题: 2023年法治政府建设工作情况
          - 键: 整改
            标题: 2022年度法治政府建设考核反馈问题整改情况
    """
    title = [Passage(text, Kind.COVER, context.report.root.span.file) for text in context.report.title]
    years = [(passage, match) for passage in title for match in _YEAR.finditer(passage.unquoted)]
    if years and all(int(match[1]) != context.year for _, match in years):
        yield _wrong_title(*years[0], context.year)
    for passage in context.texts(Kind.HEADING) if context.year else ():
        is_old = passage.unquoted.startswith(f"{context.year - 1}年")
        if is_old and (heading := _REPORTED.match(passage.unquoted)):
            yield _wrong_title(passage, heading, context.year)


def _wrong_title(passage: Passage, match: re.Match[str], year: int) -> Found:
    message = f"标题写的是“{match[1]}年”，“年度”填的是{year}。"
    hint = f"请改成“{year}年”；若是“年度”填错了，请改“年度”。"
    return _years(passage, match.start(), message, hint)


@rule("Y06", "成文日期不在下一年", WARNING, PRACTICE)
def document_date(context: Context) -> Iterator[Found]:
    """年度报告在下一年的年初成文；年份没有跟着改，文件的日期就错了一年。

    错误：

        # report.yaml
        年度: 2023    ←
        成文日期: 2023-02-26

    正确：

        # report.yaml
        成文日期: 2024-02-26

    正确：

        # report.yaml
        成文日期: 2023-12-29
    """
    date, year = context.report.document_date, context.year
    if date and date.year != year + 1 and (date.year, date.month) != (year, 12):
        root = context.report.root.span  # a date knows no place of its own
        message = f"这是{year}年度的报告，成文日期写的是“{format_date(date)}”。"
        yield Found(
            Span.on_line(root.file, root.line, root.column, 1),
            message,
            f"通常在{year + 1}年年初成文，请核对“成文日期”和“年度”。",
        )


RULES = (stale_year, misplaced_year, same_as_last_year, year_of_title, document_date)
