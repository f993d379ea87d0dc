"""Y: what last year's text leaves behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jzreport.report import reported_contents
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
    rule,
)
from jzreport.rules.last_year import copied_years
from jzreport.rules.older import TERM, WILL, older_years
from jzreport.rules.patterns import Pattern

_RESULTS = frozenset(("主要举措和成效", "第一责任人职责"))
_PLAN = "下一年度安排"

# The year as the time of all a sentence tells: “2021年，……”, “2021年全市……”; not “2021年12月”, “2021年以来”.
_AFTER_YEAR = ("，", ",", *(whose + what for whose in "全我" for what in "市县区州旗盟"))
_PLANNED = Pattern(r"20[0-9]{2}年[^，。；]{0,20}(?:打算|安排|计划|思路)$", "打算", "安排", "计划", "思路")
_STATED = Pattern(r"现将[^。；]{0,20}?(?P<year>20[0-9]{2})年度?[^。；]{0,30}?(?:报告|汇报|通报)如下", "现将")
# A year as the time of what a clause tells: “2022年，……”, “截至2022年底，……”, “全市2022年受理……”; not “2022年12月”,
# “2022年以来”, “较2022年”, “2022年的……”.
_WHOSE = "[全我][市县区州旗盟]"
_COUNTED = "受理|办理|立案|审结|办结|查处|共|累计"
_TIME = Pattern(
    r"(?:^|(?<=[。！？；，：【]))(?:"
    rf"(?P<now>20[0-9]{{2}})年(?:度?[，,]|度?{_WHOSE}|度?(?:共|累计)|1[—–－~～至-]+12月|是[^，。；]{{0,20}}之年)"
    r"|截[至止]到?(?P<until>20[0-9]{2})年(?:[底末]|12月(?:底|末|31日))(?=[，,全我共累])"
    rf"|{_WHOSE}(?P<ours>20[0-9]{{2}})年度?(?:{_COUNTED})(?![^，。；]{{0,10}}的))",
    "年",
)
_FULL_SENTENCE = Pattern("[^。！？]+[。！？]*")
_COMPARED = Pattern("[较比与同](?:上年|去年)(?:同期)?", "上年", "去年")
_OF_THEN = (
    *("考核", "考评", "评价", "评估", "测评", "排名", "以来", "至今", "同期", "上年", "今年", "本年", "目前"),
    *("现已", "已全部", "命名", "获评", "评为", "授予", "结转至", "结转到"),
)
_FOLLOWED_UP = ("反馈", "整改", "问题", "遗留", "回头看", *_OF_THEN)
_OF_PLANS = ("下一步", "下步", "打算", "计划", "安排")
_AHEAD = ("将", "拟", "预计", "预期", "力争", "目标", "继续", "起", "前", "要", "到20", *_OF_PLANS)
# 将 in “将普法纳入考核” is another word.
_PROMISE = Pattern(
    "[^，。]{0,12}[，,]?[^，。]{0,12}?将(?![^，。；]{0,20}(?:纳入|作为|列入|列为|摆在|融入|贯穿|写入))", "将"
)


# A far year as the time of a clause: “2032年，” for 2023, but not of a plan.
_FAR = Pattern("(?:^|(?<=[。！？；【]))(20[0-9]{2})年[，,]", "年，", "年,")
_REST = Pattern("[^。！？；]*")
_FORESEEN = ("规划", "纲要", "建成", "实现", "愿景", "远景", "达到", "争取")


def _openings(passage: Passage, year: int, after: tuple[str, ...] = _AFTER_YEAR) -> Iterator[tuple[int, str]]:
    """Yield where a sentence begins with this year as its time, and the sentence."""
    opening = f"{year}年"
    for sentence in SENTENCE.finditer(passage.unquoted) if opening in passage.unquoted else ():
        told = sentence.group().lstrip("【】")  # left around it: S17
        if told.startswith(opening) and told.startswith(after, len(opening)):
            yield sentence.end() - len(told), told


def _years(passage: Passage, start: int, message: str, hint: str) -> Found:
    return passage.found(start, start + len("2022年"), message, hint)


@rule("Y01", "不是本年度的年份", WARNING, PRACTICE)
def stale_year(context: Context) -> Iterator[Found]:
    """照上年的报告改写，最容易漏改的是年份：读的人会以为说的是上年的事。

    只看以上一年为时间、而这一句和下一句又没有提到本年度的话；《》和“”里的、“2022年以来”“较2022年”一类的不看。

    更早的年份（往前五年以内），只看从它说起、写着数的句子，而前后又没有一个字说明是在回顾的。

    错误：

        2022年，全市立案受理行政复议案件534件。    ←

    错误：

        现将我市2022年度法治政府建设情况报告如下：    ←

    错误：

        截至2022年底，全市共有行政执法人员1200人。    ←

    错误：

        2021年，全市立案受理行政复议案件534件。    ←

    错误：

        工作有序推进。截至2020年底，全市共有行政执法人员1200人。    ←

    错误：

        2023年，平台启用。2022年全市行政机关负责人出庭应诉率达92.12%，较上年提高3个百分点（含往年结转）。    ←

    错误：

        正文: |
          【2022年全市立案受理行政复议案件534件。】    ←
          编制《示例市行政复议典型案例选编》。

    错误：

        条目:
          - 标题: 2022年突出抓好三项工作    ←
            正文: 全市平稳有序。

    正确：

        2023年，全市立案受理行政复议案件534件，较2022年增长5%。2022年以来，平台运行平稳。

    正确：

        2021年，我市出台条例3部。2021年，全市受理案件500件。2022年，全市受理案件520件。2023年，全市受理案件534件。

        2020年以来，全市受理案件1500件。2021年，全市建成中心40个，今年又建成12个。2016年，全市共有中心8个。

        2021年，我市推行“一窗通办”改革。

    正确：

        2022年，我市获评示范市；2023年，我市巩固创建成果。2022年，市政府被命名为示范市，我市持续深化改革。

    正确：

        2022年，省政府对我市开展法治督察，反馈问题12个，现已全部整改到位。全市2022年受理的案件全部办结。

    正确：

        2022年全市法治建设考核中，我市获优秀等次。2022年12月印发的《示例市行政执法办法（2022年）》已经施行。
    """
    year = context.year
    copied = {passage.span(start, start + len("2022年")) for passage, start in copied_years(context)}
    for found in _stale_years(context, year) if year else ():
        if found.span not in copied:  # else Y09 tells
            yield found
    for passage, start in older_years(context) if year else ():
        yield _stale(passage, start, year)


def _stale_years(context: Context, year: int) -> Iterator[Found]:
    told = (f"{year - 1}年", *_STATED.seeds)
    for passage in context.passages_holding(told, (Kind.PARAGRAPH, Kind.HEADING)):
        if passage.kind is Kind.HEADING:
            yield from _stale_heading(passage, year)
            continue
        stated = _STATED.search(passage.unquoted)
        if stated and f"{year}年" not in stated.group():
            yield _stale(passage, stated.start("year"), year)
        elif not stated and f"{year - 1}年" in passage.unquoted:
            yield from _stale_sentences(passage, year)


def _stale_heading(passage: Passage, year: int) -> Iterator[Found]:
    is_old = passage.item is not None and passage.unquoted.startswith(f"{year - 1}年")
    if is_old and _REPORTED.match(passage.unquoted):
        return  # Y05 tells
    if is_old and not any(word in passage.unquoted for word in (f"{year}年", *_FOLLOWED_UP)):
        yield _stale(passage, 0, year)


def _stale_sentences(passage: Passage, year: int) -> Iterator[Found]:
    """Yield where a sentence tells of last year, and neither it nor the next one of this."""
    sentences = [*_FULL_SENTENCE.finditer(passage.unquoted)]
    for n, sentence in enumerate(sentences):
        told = _COMPARED.sub("", sentence.group())
        near = sentence.group() + "".join(match.group() for match in sentences[n + 1 : n + 2])
        if f"{year - 1}年" not in told or f"{year}年" in near or any(word in told for word in _OF_THEN):
            continue
        for match in _TIME.finditer(passage.unquoted, *sentence.span()):
            group = match.lastgroup or ""
            if int(match[group]) == year - 1:
                yield _stale(passage, match.start(group), year)
                break


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

        章节: 下步打算
        正文: 建设全市统一的监督平台，到2022年底前全面启用。    ←

    错误：

        2032年，全市办理行政复议案件534件。    ←

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

    正确：

        章节: 下步打算
        正文: 到2024年底前全面启用。到2025年，基本建成法治政府。到2023年底，全市已建成中心40个。2022年将普法纳入考核。
    """
    contents = dict(reported_contents(context.report.root.children)) if context.year else {}
    told = (*(f"{context.year + n}年" for n in range(-2, 2)), *TERM.seeds, *_FAR.seeds)
    for passage in context.passages_holding(told, (Kind.PARAGRAPH, Kind.HEADING)) if contents else ():
        here = contents.get(passage.node.key, frozenset()) if passage.node else frozenset()
        if _PLAN in here and not here & _RESULTS:
            yield from _stale_plan(passage, context.year)
        elif passage.kind is Kind.PARAGRAPH and here & _RESULTS and _PLAN not in here:
            yield from _early_result(passage, context.year)


def _stale_plan(passage: Passage, year: int) -> Iterator[Found]:
    hint = f"若说的是下一年，请改成“{year + 1}年”。"
    if passage.kind is Kind.HEADING:
        if passage.unquoted.startswith(f"{year}年") and _PLANNED.match(passage.unquoted):
            yield _years(passage, 0, _not_next(year, year), hint)
        return
    for match in TERM.finditer(passage.unquoted):
        if int(match[1]) <= year:
            message = f"这是{year}年度的报告，打算里的期限是“{match[1]}年”，已经过了。"
            yield _years(passage, match.start(1), message, f"若是下一年，请改成“{year + 1}年”。")
    for told in range(year - 2, year + 1):
        for start, sentence in _openings(
            passage, told, ("将", *_AFTER_YEAR * (told != year - 1))
        ):  # Y01 tells of those
            promise = _PROMISE if told == year and sentence[5] != "将" else WILL
            if promise.match(sentence, len("2022年")):
                yield _years(passage, start, _not_next(told, year), hint)


def _not_next(told: int, year: int) -> str:
    return f"这是{year}年度的报告，打算应是下一年的，这里写的是“{told}年”。"


def _early_result(passage: Passage, year: int) -> Iterator[Found]:
    title = str(passage.item.title or "") if passage.item else ""
    if any(word in title for word in (*_OF_PLANS, f"{year + 1}年")):
        return
    for start, sentence in _openings(passage, year + 1):
        if not any(word in sentence for word in _AHEAD):
            message = f"这是{year}年度的报告，成效里写的是“{year + 1}年”。"
            yield _years(passage, start, message, f"若说的是本年度，请改成“{year}年”。")
    for match in _FAR.finditer(passage.unquoted):
        rest = _REST.match(passage.unquoted, match.end())
        told = rest.group() if rest else ""
        if int(match[1]) > year + 1 and not any(word in told for word in (*_AHEAD, *_FORESEEN)):
            message = f"这是{year}年度的报告，这里写的是还没有到的“{match[1]}年”。"
            yield _years(passage, match.start(), message, f"若是打错了，请改成“{year}年”。")


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
    for passage in context.passages_holding([f"{context.year - 1}年"], (Kind.HEADING,)) if context.year else ():
        is_old = passage.unquoted.startswith(f"{context.year - 1}年")
        if is_old and (heading := _REPORTED.match(passage.unquoted)):
            yield _wrong_title(passage, heading, context.year)


def _wrong_title(passage: Passage, match: re.Match[str], year: int) -> Found:
    message = f"标题写的是“{match[1]}年”，“年度”填的是{year}。"
    hint = f"请改成“{year}年”；若是“年度”填错了，请改“年度”。"
    return _years(passage, match.start(), message, hint)


RULES = (stale_year, misplaced_year, year_of_title)
