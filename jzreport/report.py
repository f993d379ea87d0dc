"""The report: cover matter, the tree of nodes, and the drafts assembled into it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from jzreport.chinese import closest, fold
from jzreport.diagnostics import Diagnostic, Rule, Severity, SourceLevel, Span
from jzreport.draft import Draft, Item, Waiver, read_waivers
from jzreport.fields import MISSING, Problems
from jzreport.figures import Figure
from jzreport.keys import NodeKeys, PromiseKeys, ReportKeys
from jzreport.nodes import Node as YamlNode
from jzreport.numbering import BY_DEPTH, NumberingStyle
from jzreport.references import MALFORMED, Figures, has_reference, resolve
from jzreport.text import Text

UNKNOWN_NODE = Rule("S04", "报告里没有这一节")
UNFORESEEN_DEPARTMENT = Rule("S05", "不是这一节的供稿单位", Severity.WARNING)
DUPLICATE_NODE = Rule("S06", "章节的键重复")
TOO_DEEP = Rule("S07", "标题超过四级", source_level=SourceLevel.STANDARD)
SAME_PLACE = Rule("S11", "两条的“序”相同")
NO_DRAFT = Rule("S12", "章节没有内容", Severity.WARNING)
UNREAD = Rule("S13", "文件没有被读取", Severity.WARNING)
_MANY = 100  # nodes: a hint names no more
_TELLING = 4  # characters of a title that tell it from others


class Node(NamedTuple):
    """章节: a part or section; its drafts, then its children, are printed under its title."""

    key: str
    title: Text | None
    span: Span
    children: tuple[Node, ...] = ()
    drafts: tuple[Draft, ...] = ()
    lead_department: str = ""
    supporting_departments: tuple[str, ...] = ()
    required_contents: tuple[str, ...] = ()
    numbering: NumberingStyle | None = None
    run_in: bool | None = None
    continued: bool = False

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments foreseen, in the order their drafts are joined."""
        return tuple(name for name in (self.lead_department, *self.supporting_departments) if name)

    @property
    def name(self) -> str:
        """What it is called: by its title, else by its key."""
        return str(self.title or self.key)

    def order(self, draft: Draft) -> tuple[int, str]:
        """Return what its drafts are joined by: the order of its departments, then the files' names."""
        department = str(draft.department)
        known = self.departments
        return (known.index(department) if department in known else len(known)), draft.file

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of all drafts: one with 序 n stands at place n, the others fill the rest in order."""
        items = [item for draft in self.drafts for item in draft.items]
        joined = [item for item in items if item.place is None]
        for item in sorted((i for i in items if i.place is not None), key=lambda i: i.place or 0):
            joined.insert((item.place or 1) - 1, item)
        return tuple(joined)

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it, in the order printed."""
        yield self
        for child in self.children:
            yield from child.walk()


class Promise(NamedTuple):
    """承诺: what last year's report said would be done; `answer` is one of ANSWERS, empty: none that can be used.

    `shown_in` are the items (by title) or nodes (by key) of this year's report that tell of it.
    """

    content: Text
    span: Span
    departments: tuple[str, ...] = ()
    answer: str = ""
    explanation: Text | None = None
    shown_in: tuple[Text, ...] = ()
    is_open: bool = False  # nothing was typed for an answer


class Report(NamedTuple):
    """One year's report; see ReportKeys for what each field means. `figures` are those of all drafts."""

    year: int
    region: str
    issuers: tuple[str, ...]
    title: tuple[Text, ...]
    root: Node  # a node without title that holds the structure
    attachments: tuple[Node, ...] = ()
    figures: Mapping[str, Figure] | None = None
    checks: tuple[Text, ...] = ()
    cover: tuple[Text, ...] = ()  # all that is typed in report.yaml outside the structure, the title included
    waivers: tuple[Waiver, ...] = ()
    copy_number: str = ""
    classification: str = ""
    secrecy_period: str = ""
    urgency: str = ""
    issuer_mark: tuple[str, ...] = ()
    document_number: str = ""
    signatories: tuple[str, ...] = ()
    addressees: str = ""
    closing: str = ""
    signatures: tuple[str, ...] = ()
    sealed: bool = False
    document_date: datetime.date | None = None
    note: str = ""
    copies_to: tuple[str, ...] = ()
    printing_office: str = ""
    printing_date: datetime.date | None = None
    web_source: str = ""
    deadline: datetime.date | None = None
    promises: tuple[Promise, ...] = ()
    prints_promises: bool = False
    date_places: tuple[Span, Span] | None = None  # of 成文日期 and 印发日期: a date knows no place of its own
    left_blank: frozenset[str] = frozenset()  # keys of report.yaml that are still to be filled in

    def nodes(self) -> Iterator[Node]:
        """Yield all nodes of the structure and the attachments."""
        for node in (*self.root.children, *self.attachments):
            yield from node.walk()


def reported_contents(
    nodes: Iterable[Node], above: frozenset[str] = frozenset()
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the key of each node and the required contents that it and those above it report."""
    for node in nodes:
        here = above | frozenset(node.required_contents)
        yield node.key, here
        yield from reported_contents(node.children, here)


def headed(parent: Node | Item) -> tuple[Node | Item, ...]:
    """Return what is printed below a node or item: its items, then its child nodes."""
    return (*parent.items, *parent.children) if isinstance(parent, Node) else parent.items


def read_report(node: YamlNode, problems: Problems) -> Report | None:
    """Return the report of a report.yaml, still without drafts; None when something required is missing."""
    record = ReportKeys(node, problems)
    root = Node(
        "",
        None,
        record.span,
        _nodes(record.structure),
        numbering=_style(record.numbering),
        run_in=record.run_in,
    )
    _check_cover(record, problems)
    if record.year is None or not (record.issuers and record.title and root.children):
        return None
    return Report(
        year=record.year,
        region=str(record.region or ""),
        issuers=_strings(record.issuers),
        title=record.title,
        root=root,
        attachments=_nodes(record.attachments),
        checks=record.checks or (),
        cover=(*record.texts(without=ReportKeys.checks), *_explanations(record)),
        waivers=read_waivers(record.waivers or ()),
        copy_number=str(record.copy_number or ""),
        classification=str(record.classification or ""),
        secrecy_period=str(record.secrecy_period or ""),
        urgency=str(record.urgency or ""),
        issuer_mark=_strings(record.issuer_mark),
        document_number=str(record.document_number or ""),
        signatories=_strings(record.signatories),
        addressees=str(record.addressees or ""),
        closing=str(record.closing or ""),
        signatures=_strings(record.signatures),
        sealed=bool(record.sealed),
        document_date=record.document_date,
        note=str(record.note or ""),
        copies_to=_strings(record.copies_to),
        printing_office=str(record.printing_office or ""),
        printing_date=record.printing_date,
        web_source=str(record.web_source or ""),
        deadline=record.deadline,
        promises=tuple(_promise(promise) for promise in record.promises or () if promise.content),
        prints_promises=bool(record.prints_promises),
        date_places=(record.place_of(ReportKeys.document_date), record.place_of(ReportKeys.printing_date)),
        left_blank=record.left_blank(),
    )


def _check_cover(record: ReportKeys, problems: Problems) -> None:
    """Report what would print wrong on the cover: a reference, which only drafts have, or a period without 密级."""
    for text in (*record.texts(), *_explanations(record)):
        if has_reference(text):
            place = text.span() or record.span
            problems.append(Diagnostic(MALFORMED, place, "封面和落款里不能引用指标。", "请直接写出来。"))
    if record.secrecy_period and record.lacks(ReportKeys.classification):
        place = record.place_of(ReportKeys.secrecy_period)
        problems.append(Diagnostic(MISSING, place, "写了“保密期限”，没有写“密级”。", "请补上“密级”，或删去这一行。"))
    if record.prints_promises and record.lacks(ReportKeys.promises):
        place = record.place_of(ReportKeys.prints_promises)
        hint = "请补上“上年承诺”，或删去这一行。"
        problems.append(Diagnostic(MISSING, place, "写了“承诺落实表”，没有写“上年承诺”。", hint))


def assemble(report: Report, drafts: tuple[Draft, ...], figures: Figures, problems: Problems) -> Report:
    """Return the report with each draft under its node; `figures` are those of all drafts."""
    keys = _keys(report, problems)
    by_node: dict[str, list[Draft]] = {}
    for draft in drafts:
        if str(draft.node_key) not in keys:
            problems.append(_unknown_node(draft, keys))
        by_node.setdefault(str(draft.node_key), []).append(draft)
    filled = report._replace(
        root=_fill(report.root, by_node, figures, problems),
        attachments=tuple(_fill(node, by_node, figures, problems) for node in report.attachments),
        figures=figures,
    )
    _check_depth(filled, problems)
    return filled


def _keys(report: Report, problems: Problems) -> dict[str, Node]:
    keys: dict[str, Node] = {}
    for node in report.nodes():
        first = keys.setdefault(node.key, node)
        if first is not node:
            message = f"键“{node.key}”在第{first.span.line}行已经用过。"
            problems.append(Diagnostic(DUPLICATE_NODE, node.span, message, "请换一个短名。"))
    return keys


def _unknown_node(draft: Draft, keys: Mapping[str, Node]) -> Diagnostic:
    meant = _node_meant(str(draft.node_key), keys.values()) if len(keys) <= _MANY else None
    hint = f"是不是“{meant}”？" if meant else f"可以填的有：{'、'.join(islice(keys, _MANY))}。"
    place = draft.node_key.span() or Span(draft.file)
    return Diagnostic(UNKNOWN_NODE, place, f"报告里没有“{draft.node_key}”这一节。", hint)


def _node_meant(typed: str, nodes: Iterable[Node]) -> str | None:
    """Return the key of the node that has nearly this key or title, or alone has it in its title."""
    named = {fold(name): node.key for node in nodes for name in (str(node.title or ""), node.key) if name}
    if meant := closest(typed, named):
        return named[meant]
    holding = {key for name, key in named.items() if len(typed) >= _TELLING and fold(typed) in name}
    return holding.pop() if len(holding) == 1 else None


def _fill(node: Node, by_node: Mapping[str, list[Draft]], figures: Figures, problems: Problems) -> Node:
    drafts = tuple(sorted(by_node.get(node.key, ()), key=node.order))
    for draft in drafts:
        if node.departments and draft.department and str(draft.department) not in node.departments:
            problems.append(_unforeseen(draft, node))
    title = resolve(node.title, figures, problems) if node.title else None
    children = tuple(_fill(child, by_node, figures, problems) for child in node.children)
    filled = node._replace(title=title, drafts=drafts, children=children)
    _check_places(filled, problems)
    if node.key and not drafts and not children:
        message = f"“{node.name}”还没有来稿。"
        hint = f"请{node.lead_department or '供稿单位'}交一份“章节: {node.key}”的来稿。"
        problems.append(Diagnostic(NO_DRAFT, node.span, message, hint))
    return filled


def _unforeseen(draft: Draft, node: Node) -> Diagnostic:
    place = draft.department.span() or Span(draft.file)
    meant = closest(str(draft.department), node.departments)
    hint = "请核对“章节”和“填报单位”；确应供稿的，由汇编的同志加进 report.yaml 的“配合单位”。"
    hint = f"是不是“{meant}”？" if meant else hint
    return Diagnostic(UNFORESEEN_DEPARTMENT, place, f"“{draft.department}”不在“{node.key}”的牵头和配合单位里。", hint)


def _check_places(node: Node, problems: Problems) -> None:
    taken: dict[int, Item] = {}
    for item in (item for draft in node.drafts for item in draft.items if item.place is not None):
        first = taken.setdefault(item.place or 0, item)
        if first is not item:
            message = f"“序: {item.place}”在 {first.span.file} 第{first.span.line}行也用了。"
            problems.append(Diagnostic(SAME_PLACE, item.span, message, "请商定先后，各写各的序。"))


def _check_depth(report: Report, problems: Problems) -> None:
    """Report headings below the fourth level; only numbered ones count (GB/T 9704-2012 7.3.3 knows four)."""

    def below(parent: Node | Item, depth: int) -> None:
        for child in headed(parent):
            if (isinstance(child, Node) and child.title is None) or parent.numbering is NumberingStyle.NONE:
                below(child, depth)
            elif depth == len(BY_DEPTH):
                problems.append(
                    Diagnostic(TOO_DEEP, child.span, "这里是第五级标题，公文最多四级。", "请并入上一级的正文。")
                )
            else:
                below(child, depth + 1)

    for top in (report.root, *report.attachments):
        below(top, 0)


def _nodes(records: tuple[NodeKeys, ...] | None) -> tuple[Node, ...]:
    return tuple(_node(record) for record in records or () if record.key)


def _node(record: NodeKeys) -> Node:
    return Node(
        key=str(record.key),
        title=record.title,
        span=record.place_of(NodeKeys.key),
        children=_nodes(record.children),
        lead_department=str(record.lead_department or ""),
        supporting_departments=_strings(record.supporting_departments),
        required_contents=_strings(record.required_contents),
        numbering=_style(record.numbering),
        run_in=record.run_in,
        continued=bool(record.continued),
    )


def _promise(record: PromiseKeys) -> Promise:
    return Promise(
        content=record.content or Text(),
        span=record.place_of(PromiseKeys.content),
        departments=_strings(record.departments),
        answer=str(record.answer or ""),
        explanation=record.explanation,
        shown_in=record.shown_in or (),
        is_open=record.lacks(PromiseKeys.answer) or PromiseKeys.answer.key in record.left_blank(),
    )


def _explanations(record: ReportKeys) -> tuple[Text, ...]:
    return tuple(promise.explanation for promise in record.promises or () if promise.explanation)


def _style(text: Text | None) -> NumberingStyle | None:
    return NumberingStyle(str(text)) if text else None


def _strings(texts: tuple[Text, ...] | None) -> tuple[str, ...]:
    return tuple(str(text) for text in texts or ())
