"""F: figures nobody refers to, numbers nobody declared, and references typed in the wrong width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from jzreport.figures import Figure, parse_quantity
from jzreport.references import ATTRIBUTES, Figures, names_used, references
from jzreport.rules.amounts import ABOUT
from jzreport.rules.base import ERROR, PRACTICE, WARNING, Context, Found, Kind, Passage, rule
from jzreport.rules.changes import TypedChange, changes_told
from jzreport.rules.patterns import Pattern
from jzreport.rules.restated import restatements
from jzreport.rules.typed import Typed, declared, typed_numbers

_SHOWN = 5
_BRACES = Pattern("[{｛][^{}｛｝]*[}｝]", "{", "｛")


@rule("F08", "指标没有用到", WARNING, PRACTICE, needs_whole=True)
def unused(context: Context) -> Iterator[Found]:
    """写了指标而正文没有引用，多半是正文里漏写了。在“其中”“总数”“核对”里用到的不算。

    正文里直接打了这个数的，由 F17、F27 提示。

    错误：

        正文: 全年受理行政复议案件{{ 行政复议受理 }}。
        指标:
          行政复议受理: 534件
          行政复议办结: 514件    ←

    正确：

        # report.yaml
        核对:
          - 抽查 >= 10
        # 01.yaml
        条目:
          - 标题: 办理案件{{ 受理 }}
            正文:
              - 表格:
                  表头: [项目, 数量]
                  行:
                    - [办结, "{{ 办结.数值 }}"]
        指标:
          受理:
            数值: 534件
            其中: [市本级, 县区]
          办结: 514件
          抽查: 40次
          市本级: 300件
          县区: 234件
    """
    used = {name for passage in _referring(context) for name in names_used(passage.text)}
    for figure in context.figures.values():
        used.update(str(name) for name in (*figure.parts, figure.whole) if name)
    used.update(word for check in context.report.checks for word in re.findall(r"\w+", str(check)))
    unused = [figure for figure in context.figures.values() if figure.is_readable and figure.name not in used]
    by_hand = _typed_by_hand(context) if unused else set[str]()
    elsewhere = _printed_outside(context) if unused else set[str]()
    for figure in unused:
        if figure.name not in by_hand and elsewhere.isdisjoint(_forms(figure, context.figures)):
            hint = f"请在正文里写“{{{{ {figure.name} }}}}”来引用；用不着的请删去。"
            yield Found(figure.span, f"指标“{figure.name}”（{figure.value}）没有用到。", hint)


def _typed_by_hand(context: Context) -> set[str]:
    """Return the figures whose number, or another in their place, was typed by hand: F17 and F27 tell of them."""
    known = declared(context)
    same = (figure.name for typed in context.once(typed_numbers) if (figure := typed.same_among(known)))
    return {*same, *(each.figure.name for each in context.once(restatements))}


@rule("F17", "数没有写进“指标”", WARNING, PRACTICE)
def unlinked(context: Context) -> Iterator[Found]:
    """正文里的数写进“指标”再引用，同一个数在全文只有一处，核对、同比、下一年对照都由程序做；直接打在正文里就要靠人看。

    逗号、全角数字不论，“1,286卷”就是指标里的“1286卷”。与上年相比的增减不用另取名称：指标写了“上年”，正文里写“{{ 名称.同比 }}”“{{ 名称.增减 }}”。

    错误：

        全年举办培训8次，参加1261人次。    ←

    错误：

        正文: |
          受理行政复议案件{{ 行政复议受理 }}。

          在受理的534件中，应诉案件120件。    ←

          办结{{ 行政复议办结 }}，同比增长5.2%，    ←
          出庭应诉率达{{ 出庭应诉率 }}，应诉率较上年提高2.1个百分点。    ←

          整理案卷1，286卷。    ←
        指标:
          行政复议受理: 534件
          案卷: 1286卷
          行政复议办结: {数值: 506件, 上年: 481件}
          出庭应诉率: 97.5%

    正确：

        正文: 全年举办培训{{ 培训 }}，参加{{ 参加 }}。
        指标:
          培训: 8次
          参加: 1261人次

    正确：

        2023年2月1日，第3次会议印发示府〔2023〕8号文件，落实《优化营商环境20条》和“1个中心、3个平台”。

        12345件件有回音，并处5000元以上2万元以下罚款，12345热线24小时接听，7×24小时服务，30日内答复，5个工作日内办结，12个月内回访，最多跑1次，办好1件事。

        建设1+6+31+N体系，开展3至5次、三到五次检查，5G基站、A4纸，2021—2025年规划。

        实施两项改革，开展八次检查，审查第35件备案文件。
    """
    others = {each.typed.place for each in context.once(restatements)}  # F27 tells
    loose = [typed for typed in context.once(typed_numbers) if typed.place not in others]
    changes, known = _worked_out(context) if loose else {}, declared(context)
    for _, numbers in groupby(loose, key=lambda typed: typed.passage.file):
        unknown = list[Typed]()
        for typed in numbers:
            if change := changes.get(_end(typed.passage, typed.amount.end)):
                yield from _as_reference(change)
            elif figure := typed.same_among(known):
                message, hint = f"“{typed.words}”与指标“{figure.name}”相同。", f"请写“{{{{ {figure.name} }}}}”。"
                yield typed.passage.found(typed.amount.start, typed.amount.end, message, hint)
            else:
                unknown.append(typed)
        if unknown:
            yield _undeclared(unknown)


def _worked_out(context: Context) -> dict[tuple[str, int, int], TypedChange]:
    """Return the changes that references print, by where they end; of about so many the change is not known better."""
    return {_end(each.passage, each.end): each for each in changes_told(context) if each.is_exact}


def _end(passage: Passage, end: int) -> tuple[str, int, int]:
    span = passage.span(end - 1, end)
    return span.file, span.end_line, span.end_column


def _as_reference(change: TypedChange) -> Iterator[Found]:
    """Yield what to type for a change; of a wrong one F26 tells."""
    if not change.is_wrong:
        name, hint = change.figure.name, f"请写“{change.reference}”。"
        if not change.figure.previous:
            hint = f"请给指标“{name}”写上“上年”，这里写“{change.reference}”。"
        message = f"“{change.words}”是“{name}”与上年相比的增减，由程序来算，不会写错。"
        yield change.passage.found(change.start, change.end, message, hint)


def _undeclared(unknown: list[Typed]) -> Found:
    """Return the finding for all the numbers of a draft that no figure holds, with the lines for one of them."""
    passage, first, _ = unknown[0]
    shown = "、".join(str(typed.amount) for typed in unknown[:_SHOWN]) + ("……" if len(unknown) > _SHOWN else "")
    message = f"正文里有{len(unknown)}个数没有写进“指标”：{shown}。"
    line = f"一行“  某某名称: {first.quantity}”（前面2个空格）"
    has_figures = passage.draft is not None and passage.draft.figures
    line = f"在“指标”下面加{line}" if has_figures else f"在最后加一行“指标:”，再加{line}"
    hint = f"请{line}，正文里改成“{{{{ 某某名称 }}}}”。"
    if len(unknown) > 1:
        hint = f"请各取一个名称，例如{line}，正文里的“{first.quantity}”改成“{{{{ 某某名称 }}}}”。"
    return passage.found(first.start, first.end, message, hint)


@rule("F18", "引用用了全角括号", WARNING, PRACTICE)
def wide_references(context: Context) -> Iterator[Found]:
    """引用写成“｛｛ 名称 ｝｝”或“{{ 名称。同比 }}”也认得，但与别处不一致，查找和替换时容易漏掉。

    错误：

        正文: |
          全年受理行政复议案件｛｛ 受理 ｝｝，    ←
          同比{{ 受理。同比 }}。    ←
        指标:
          受理:
            数值: 534件
            上年: 498件

    正确：

        正文: |
          全年受理行政复议案件{{ 受理 }}，同比{{受理.同比}}。
        指标:
          受理:
            数值: 534件
            上年: 498件
    """
    for passage in _referring(context):
        for reference in references(passage.text) if _MAY_BE_WIDE.search(passage.string) else ():
            typed = passage.string[reference.start : reference.end]
            if any(mark in typed for mark in "｛｝。．"):
                name = f"{reference.name}.{reference.attribute}" if reference.attribute else reference.name
                right = f"{{{{ {name} }}}}"
                # A value may begin with half-width braces only in quotation marks, and so may a cell have them.
                is_safe = passage.kind is not Kind.CELL and reference.start > 0
                message = f"引用“{typed}”用了全角的括号或点。"
                becomes = right if is_safe else None
                yield passage.found(reference.start, reference.end, message, f"请改成“{right}”。", becomes)


_MAY_BE_WIDE = Pattern("[｛｝]|{[^{}]*[。．]")


def _referring(context: Context) -> Iterator[Passage]:
    """Yield what was typed with braces in it."""
    return (passage for passage in context.typed_passages if _BRACES.may_match(passage.string))


def _forms(figure: Figure, figures: Figures) -> set[str | None]:
    """Return all that a reference to a figure may print."""
    return {str(figure.value), *(print_as(figure, figures) for print_as in ATTRIBUTES.values())}


def _printed_outside(context: Context) -> set[str]:
    """Return what references in the titles of report.yaml and in CSV files printed, which nobody keeps as typed."""
    drafts = {draft.file for draft in context.typed}
    runs = (run for passage in context.passages for run in passage.text.runs)
    return {run.characters for run in runs if run.span and not run.exact and run.span.file not in drafts}


_DIRECTIONS = ("增长", "下降", "提高", "提升", "上升", "降低", "增加", "减少", "与上年持平", "与上年基本持平")
_FAR = 20  # characters behind a reference that may repeat its unit
_MARK = Pattern(
    rf"(?:{ABOUT}|超过|超|逾|达到|达|突破|不低于|不少于|不超过|共计|累计|增长|下降|提高|提升|上升|降低|增加|减少)$"
)
_ABOUT_WORDS = ("大约", "约", "接近", "近", "超过", "超", "逾", "突破", "不低于", "不少于", "不超过")


@rule("F20", "引用前后的字重复或矛盾", ERROR, PRACTICE)
def seams(context: Context) -> Iterator[Found]:
    """引用会把数连同单位、“增长”“近”一类的字一起印出来；前后再写一遍，就成了“402件件”“增长下降2.9%”。

    错误：

        正文: |
          受理{{ 受理 }}件，    ←
          同比增长{{ 受理.同比 }}，    ←
          参加近{{ 参加 }}。    ←
        指标:
          受理:
            数值: 498件
            上年: 534件
          参加: 近500人

    正确：

        正文: |
          受理{{ 受理.数值 }}件，同比{{ 受理.同比 }}，{{ 参加 }}人民调解员参加，节约{{ 费用 }}，
          配备{{ 名额 }}名师，满意率达{{ 满意率 }}。
        指标:
          受理:
            数值: 498件
            上年: 534件
          参加: 近500名
          费用: 约5万元
          名额: 5名
          满意率: 98%
    """
    for passage in context.texts(Kind.PARAGRAPH, Kind.HEADING, Kind.CELL):
        position = 0
        for run in passage.text.runs if len(passage.text.runs) > 1 else ():
            end = position + len(run.characters)
            if run.span and not run.exact:
                if not run.characters[0].isdigit():  # it begins with a word
                    yield from _before(passage, position, end)
                if run.characters[-1] in passage.string[end : end + _FAR]:  # as the end of its unit may
                    yield from _behind(passage, position, end)
            position = end


def _before(passage: Passage, start: int, end: int) -> Iterator[Found]:
    """Yield the word before a printed reference that it begins with, or contradicts."""
    printed = passage.string[start:end]
    match = _MARK.search(passage.string, max(start - 6, 0), start)
    word = match.group() if match else ""
    if not match:
        return
    if word in _DIRECTIONS:
        other = next((each for each in _DIRECTIONS if printed.startswith(each)), "")
    else:
        other = next((each for each in (word, *_ABOUT_WORDS) if printed.startswith(each)), "")
        other = other if word == other or word in _ABOUT_WORDS else ""
    if other:
        slip = "重复" if word == other else "矛盾"
        message = f"印出来是“{word}{printed}”，“{word}”和“{other}”{slip}。"
        yield passage.found(match.start(), end, message, f"引用里已经有“{other}”，请删去前面的“{word}”。")


def _behind(passage: Passage, start: int, end: int) -> Iterator[Found]:
    """Yield the unit behind a printed reference that ends with it."""
    quantity = parse_quantity(passage.text[start:end])
    unit, after = quantity.unit if quantity else "", passage.string[end : end + _FAR]
    if unit and after.startswith(unit) and _IS_OVER.match(after, len(unit)):
        message = f"印出来是“{passage.string[start:end]}{unit}”，单位“{unit}”重复。"
        hint = f"引用已经带着单位，请删去后面的“{unit}”。"
        yield passage.found(start, end + len(unit), message, hint)


_IS_OVER = Pattern(r"$|[^\w“《（(]|[的和与及等]")  # 5名名师, 3个个体工商户

RULES = (unused, unlinked, wide_references, seams)
