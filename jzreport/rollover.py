"""Next year's files from this year's: what is kept, what moves by a year, what is emptied.

What templates/*.j2 are given goes by Chinese names, since the office writes them; each template lists its own.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from jzreport.draft import Block, Draft, Item, Paragraph, Picture
from jzreport.figures import Figure
from jzreport.keys import REQUIRED_CONTENTS, ReportKeys
from jzreport.report import Node, Report
from jzreport.text import Text

Values = dict[str, Any]

_PLAN = "下一年度安排"
_UNFINISHED = ("结转", "推进中")

# What a new report.yaml takes over from the cover: as it is, or only the key.
KEPT = (
    *("classification", "secrecy_period", "urgency", "issuer_mark", "addressees", "closing", "signatures", "sealed"),
    *("note", "copies_to", "printing_office", "web_source", "deadline", "prints_promises"),
)
EMPTIED = ("copy_number", "document_number", "signatories", "document_date", "printing_date")

_ENDS = ("。", "！", "？", "：", "；")
_SENTENCE_END = re.compile("(?<=[。！？])(?![”’」』）》])")
# The years of a period or a deadline stay; so does what a title or quotation says.
_LINK = "[—–－\\-~～至到、]"
_DIGITS = "0-9〇○零一二三四五六七八九"
_QUOTED = "《[^《》]*(?:《[^《》]*》[^《》]*)*》|“[^“”]*”"
_YEAR = re.compile(
    rf"{_QUOTED}|(?<![{_DIGITS}])(?<!{_LINK})(?P<year>[{_DIGITS}]{{4}})"
    rf"(?=\s?年)(?!\s?年?\s?{_LINK}+\s?[{_DIGITS}]{{4}})"
)
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


class Years(NamedTuple):
    """The year whose files are the pattern, and the one that is begun."""

    old: int
    new: int

    @property
    def are_neighbours(self) -> bool:
        """Whether the old one is the year before, whose figures are 上年 and whose plans are to be answered."""
        return self.new == self.old + 1


class Slot(NamedTuple):
    """What one department writes for one node of the new report, and the drafts it wrote for it last time.

    `name` is the file's: that of last time, folders included, or a new one that is still to be made safe.
    """

    node: Node
    department: str
    drafts: tuple[Draft, ...]
    name: str


def moved(text: str, years: Years) -> str:
    """Return a text whose years move along with the report's: the report's own and the one after it.

    Years inside 《》 and “”, of a period (2021—2025年) and of a deadline (到2025年) stay.
    """

    def move(match: re.Match[str]) -> str:
        typed = match["year"]
        year = int(typed.translate(_CHINESE_DIGITS)) if typed else 0
        if year not in (years.old, years.old + 1):
            return match[0]
        later = str(year + years.new - years.old)
        return later if typed.isascii() else "".join("〇一二三四五六七八九"[int(digit)] for digit in later)

    return _YEAR.sub(move, text)


def slots(report: Report, drafts: Iterable[Draft], before: str = "") -> tuple[Slot, ...]:
    """Return who writes what, in the order printed: the departments foreseen, and those that wrote last time.

    A file keeps its name of last time; `before` is what stands before the names of last time's files.
    """
    by_node: dict[str, dict[str, list[Draft]]] = {}
    for draft in drafts:
        by_node.setdefault(str(draft.node_key), {}).setdefault(str(draft.department), []).append(draft)
    made: list[Slot] = []
    number = 0
    for node in report.nodes():
        written = by_node.get(node.key, {})
        foreseen = () if node.children else node.departments or ("",)  # text of its own above sections is rare
        departments = dict.fromkeys((*(foreseen if any(foreseen) or not written else ()), *written))
        number += bool(departments or node.departments)
        for department in departments:
            own = tuple(written.get(department, ()))
            name = own[0].file.removeprefix(before) if own else draft_name(number, node, department)
            made.append(Slot(node, department, own, name))
    return tuple(made)


def draft_name(number: int, node: Node, department: str) -> str:
    """Return what the file of a new draft is called, by the place of its node; not yet safe for every file system."""
    return f"{number:02}-{node.key}{f'-{department}' if department else ''}.yaml"


def cover_values(report: Report, promises: Iterable[Values], drafts: Iterable[Draft], years: Years) -> Values:
    """Return what templates/report.yaml.j2 is given for a year that follows another one."""
    wrote: dict[str, list[str]] = {}
    for draft in drafts:
        wrote.setdefault(str(draft.node_key), []).append(str(draft.department))
    return {
        "发文机关": _one_or_more(report.issuers),
        "标题": [moved(str(line), years) for line in report.title],
        "封面": list(_cover(report, years)),
        "结构": [_node_values(node, wrote, years) for node in report.root.children],
        "附件": [_node_values(node, wrote, years) for node in report.attachments],
        "核对": [str(check) for check in report.checks],
        "上年承诺": list(promises),
    }


def _cover(report: Report, years: Years) -> Iterator[Values]:
    fields = {name: field for name, field in vars(ReportKeys).items() if name in KEPT or name in EMPTIED}
    for name, field in fields.items():
        value = getattr(report, name)
        if value or field.key in report.left_blank:
            yield {"键": field.key, "值": "" if name in EMPTIED else _kept(value, years)}
    style, run_in = report.root.numbering, report.root.run_in
    if style:
        yield {"键": ReportKeys.numbering.key, "值": style.value}
    if run_in is not None:
        yield {"键": ReportKeys.run_in.key, "值": run_in}


def _kept(value: object, years: Years) -> object:
    """Return what stands on the new cover: a deadline a year later, all else as it was, years in it too."""
    if isinstance(value, datetime.date):
        return str(_anniversary(value, years.new - years.old))
    return _one_or_more(value) if isinstance(value, tuple) else value


def _anniversary(date: datetime.date, later: int) -> datetime.date:
    year = date.year + later
    return date.replace(year=year, day=min(date.day, calendar.monthrange(year, date.month)[1]))


def _one_or_more(names: tuple[str, ...]) -> str | list[str]:
    return names[0] if len(names) == 1 else list(names)


def _node_values(node: Node, wrote: Mapping[str, list[str]], years: Years) -> Values:
    """Return a node; a department that wrote for it without being foreseen is foreseen from now on."""
    known = node.departments
    unforeseen = [name for name in dict.fromkeys(wrote.get(node.key, ())) if known and name not in known]
    supporting = [*node.supporting_departments, *unforeseen]
    return {
        "键": node.key,
        "标题": moved(str(node.title), years) if node.title else None,
        "牵头单位": node.lead_department or None,
        "配合单位": supporting or None,
        "必报内容": list(node.required_contents) or None,
        "编号": node.numbering.value if node.numbering else None,
        "接排": node.run_in,
        "续号": node.continued or None,
        "章节": [_node_values(child, wrote, years) for child in node.children],
    }


def draft_values(slot: Slot, years: Years | None, contents: tuple[str, ...]) -> Values:
    """Return what templates/draft.yaml.j2 is given about last time's text; `years` None: there was no last time.

    `contents` are the required contents of the node and those above it.
    """
    body = [line for draft in slot.drafts for line in _lines(draft.body)]
    items = [_item_values(item, years) for draft in slot.drafts for item in draft.items] if years else []
    figures = [_figure_values(figure, years) for draft in slot.drafts for figure in draft.figures] if years else []
    return {
        "章节": slot.node.key,
        "章节标题": slot.node.name,
        "填报单位": slot.department,
        "必报内容": list(contents),
        "有正文": bool(body) or not (items or figures),
        "上年正文": body,
        "条目": items,
        "指标": list({figure["名称"]: figure for figure in figures}.values()),
    }


def _item_values(item: Item, years: Years) -> Values:
    return {
        "标题": moved(str(item.title), years) if item.title else None,
        "序": item.place,
        "编号": item.numbering.value if item.numbering else None,
        "接排": item.run_in,
        "有正文": bool(item.body) or not item.items,
        "上年正文": list(_lines(item.body)),
        "条目": [_item_values(child, years) for child in item.items],
    }


def _figure_values(figure: Figure, years: Years) -> Values:
    return {
        "名称": figure.name,
        "上年": str(figure.value) if figure.is_readable and years.are_neighbours else "",
        "口径": figure.definition,
        "来源": figure.source,
        "其中": [str(part) for part in figure.parts],
        "总数": str(figure.whole or ""),
    }


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield a 正文 as lines to compare with: a sentence each, a table or picture in brackets."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from (part for sentence in _SENTENCE_END.split(str(block.text)) if (part := sentence.strip()))
        elif isinstance(block, Picture):
            yield f"（图片：{block.file}{f'，{block.caption}' if block.caption else ''}）"
        else:
            yield f"（表格：{block.caption or '没有表名'}{f'，文件 {block.file}' if block.file else ''}）"
            yield from (f"（{'｜'.join(map(str, row))}）" for row in (block.header, *block.rows) if row)


def promises(report: Report, drafts: Iterable[Draft]) -> Iterator[Values]:
    """Yield what a report promised for the next year: its plans, then older promises that are not kept yet.

    A plan is an item of a node that reports 下一年度安排; where such a node has only text, a paragraph of it is one.
    """
    planning = {node.key for top in report.nodes() if _PLAN in top.required_contents for node in top.walk()}
    for draft in (draft for draft in drafts if str(draft.node_key) in planning):
        for content in _plans(draft):
            yield {"内容": content, "责任单位": str(draft.department), "是旧的": False}
    for promise in report.promises:
        if promise.answer in _UNFINISHED:
            departments = _one_or_more(promise.departments or ("",))
            yield {"内容": str(promise.content), "责任单位": departments, "是旧的": True}


def _plans(draft: Draft) -> Iterator[str]:
    if not draft.items:
        yield from (str(block.text) for block in draft.body if isinstance(block, Paragraph))
    # 其他需要报告的情况 below the plans is none.
    items = (item for item in draft.items if str(item.title or "") not in REQUIRED_CONTENTS)
    yield from (plan for item in items if (plan := _plan(item)))


def _plan(item: Item) -> str:
    """Return an item's heading and text, and those below it, as one text."""
    texts = [str(block.text) for block in item.body if isinstance(block, Paragraph)]
    texts += [plan for child in item.items if (plan := _plan(child))]
    title = _ended(item.title) if item.title and texts else str(item.title or "")
    return title + "".join(text if text.endswith(_ENDS) else f"{text}。" for text in texts)


def _ended(title: Text) -> str:
    string = str(title)
    return string if string.endswith(_ENDS) else f"{string}。"
