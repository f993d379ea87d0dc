"""Bytes to text to nodes with places; the only importer of yaml.

YAML is read as a stream of events: nothing is guessed (every scalar is text), nothing is executed, and whatever the
drafts do not need (anchors, tags, several documents, text folded over lines) is refused with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from jzreport.diagnostics import Diagnostic, Rule, Span
from jzreport.encoding import FORBIDDEN, TOO_LARGE, Source, name_of_character
from jzreport.slips import suspect
from jzreport.text import Run, Text

MAX_DEPTH = 32
MAX_NODES = 50_000
MAX_FIELD = 100_000  # characters
MAX_KEY = 100  # characters

BROKEN = Rule("R05", "写法有误，无法读取")
DUPLICATE_KEY = Rule("R06", "同一个键写了两次")
UNSUPPORTED = Rule("R07", "不支持的写法")
FOLDED = Rule("R08", "跨行的文字没有用“|”")
EMPTY = Rule("R10", "文件是空的")
ESCAPED = Rule("R11", "文字里有不能印的字符")
RULES = (BROKEN, DUPLICATE_KEY, UNSUPPORTED, FOLDED, EMPTY, ESCAPED)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value: its lines (one, but for a literal block) as typed."""

    lines: tuple[Text, ...]
    span: Span

    @property
    def is_empty(self) -> bool:
        """Whether nothing but blanks was typed."""
        return not any(line.strip() for line in self.lines)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value."""

    key: Text
    value: Node
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values, in the order typed; no key stands twice."""

    entries: tuple[Entry, ...]
    span: Span


Node = Scalar | Sequence | Mapping


class _RefusedError(Exception):
    """Reading this file cannot go on; carries the finding."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    span: Span
    is_mapping: bool
    nodes: list[Node] = field(default_factory=list)


def parse(source: Source, problems: list[Diagnostic]) -> Node | None:
    """Return the root node of a YAML file; findings go to `problems`, None when nothing can be read."""
    try:
        root = _Builder(source, problems).build()
    except _RefusedError as refusal:
        problems.append(refusal.diagnostic)
        return None
    except yaml.YAMLError as error:
        problems.append(_broken(source, error))
        return None
    if root is None:
        problems.append(Diagnostic(EMPTY, Span(source.file), "文件里没有内容。", "请填好后再交；不用的文件请删去。"))
    return root


class _Builder:
    def __init__(self, source: Source, problems: list[Diagnostic]) -> None:
        self.source = source
        self.problems = problems
        self.stack: list[_Open] = []
        self.count = 0
        self.documents = 0

    def build(self) -> Node | None:
        root: Node | None = None
        for event in _events(self.source.text):
            self._refuse_extras(event)
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                self._open(event)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                root = self._add(self._close(event))
            elif isinstance(event, yaml.ScalarEvent):
                root = self._add(self._scalar(event))
        if isinstance(root, Scalar) and root.is_empty:
            return None
        return root

    def _refuse_extras(self, event: yaml.Event) -> None:
        span = self._span(event)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise _refused(
                    UNSUPPORTED, span, "一个文件里只能有一份稿件，这里的“---”开始了第二份。", "请删去这一行。"
                )
        elif isinstance(event, yaml.AliasEvent):
            raise _refused(UNSUPPORTED, span, "以“*”开头的写法不支持。", "若“*”是文字，请给整个值加上引号。")
        elif isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            raise _refused(UNSUPPORTED, span, "以“&”开头的写法不支持。", "若“&”是文字，请给整个值加上引号。")
        elif getattr(event, "tag", None) is not None:
            raise _refused(UNSUPPORTED, span, "以“!”开头的写法不支持。", "若“!”是文字，请给整个值加上引号。")

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        span = self._span(event)
        if len(self.stack) >= MAX_DEPTH:
            raise _refused(TOO_LARGE, span, f"嵌套超过{MAX_DEPTH}层。", "请检查这一行的缩进和括号。")
        self.stack.append(_Open(span, isinstance(event, yaml.MappingStartEvent)))

    def _close(self, event: yaml.Event) -> Node:
        opened = self.stack.pop()
        last = opened.nodes[-1].span if opened.nodes else self._span(event)
        span = opened.span.through(last)
        if not opened.is_mapping:
            return Sequence(tuple(opened.nodes), span)
        return Mapping(tuple(self._entries(opened.nodes)), span)

    def _entries(self, nodes: list[Node]) -> Iterator[Entry]:
        seen: dict[str, Span] = {}
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            text = self._key(key)
            if str(text) == "<<":
                raise _refused(UNSUPPORTED, key.span, "“<<”合并的写法不支持。", "请把内容直接写出来。")
            if str(text) in seen:
                first = seen[str(text)]
                self.problems.append(
                    Diagnostic(
                        DUPLICATE_KEY,
                        key.span,
                        f"“{text}”在第{first.line}行已经写过一次。",
                        "请合并成一处，或删去多余的一处。",
                        ((first, "第一次写在这里"),),
                    )
                )
                continue
            seen[str(text)] = key.span
            yield Entry(text, value, key.span.through(value.span))

    def _key(self, key: Node) -> Text:
        if not isinstance(key, Scalar) or len(key.lines) != 1:
            raise _refused(UNSUPPORTED, key.span, "冒号前面只能是一个名称。", "请检查这一行的括号、引号和“?”。")
        if len(key.lines[0]) > MAX_KEY:
            raise _refused(TOO_LARGE, key.span, f"冒号前面的名称超过{MAX_KEY}个字。", "请检查这一行的冒号。")
        return key.lines[0]

    def _add(self, node: Node) -> Node:
        self.count += 1
        if self.count > MAX_NODES:
            raise _refused(TOO_LARGE, node.span, f"内容超过{MAX_NODES}项。", "请拆成几个文件。")
        if self.stack:
            self.stack[-1].nodes.append(node)
        return node

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        span = self._span(event)
        if len(event.value) > MAX_FIELD:
            raise _refused(TOO_LARGE, span, f"一个值超过{MAX_FIELD}个字。", "请拆开。")
        if event.style == "|":
            return Scalar(tuple(self._literal(event, span)), span)
        if event.style == ">" or span.line != span.end_line:
            self.problems.append(self._folded(event, span))
        if "\\" in self.source.lines[span.line - 1] and (
            bad := FORBIDDEN.search(event.value) or _BREAK.search(event.value)
        ):
            self.problems.append(
                Diagnostic(
                    ESCAPED,
                    span,
                    f"引号里写了{name_of_character(bad.group())}，印不出来。",
                    "请删去反斜杠和它后面的字母。",
                )
            )
        return Scalar((Text(tuple(self._runs(event, span))),), span)

    def _literal(self, event: yaml.ScalarEvent, span: Span) -> Iterator[Text]:
        for number, characters in enumerate(event.value.removesuffix("\n").split("\n"), span.line + 1):
            indent = len(self.source.lines[number - 1]) - len(characters) if characters else 0
            yield Text.typed(characters, self.source.file, number, indent + 1)

    def _folded(self, event: yaml.ScalarEvent, span: Span) -> Diagnostic:
        second = span.line
        line = self.source.lines[second].strip() if second < len(self.source.lines) else ""
        where = Span.on_line(span.file, second + 1, 1, max(len(line), 1)) if event.style != ">" else span
        return Diagnostic(
            FOLDED,
            where,
            "这一行被当成了上一行的后半句。" if event.style != ">" else "跨行的文字要用“|”，不用“>”。",
            "长文字请写成：冒号后面一个“|”，从下一行起每行缩进；若这一行是另一项，请检查冒号是不是半角“: ”、缩进是否与同级对齐。",
        )

    def _runs(self, event: yaml.ScalarEvent, span: Span) -> Iterator[Run]:
        """Yield the runs of a scalar on one line; an escape or a doubled quote is a run that stands for its spelling."""
        raw = self.source.lines[span.line - 1][span.column - 1 : span.end_column - 1]
        offset = 0 if event.style is None else 1
        if event.value == raw[offset : offset + len(event.value)]:
            yield Run(event.value, Span.on_line(span.file, span.line, span.column + offset, len(event.value)))
            return
        position = 0
        for match in _PIECE.finditer(raw, offset, max(offset, len(raw) - 1)):
            spelled = match.group()
            place = Span.on_line(span.file, span.line, span.column + match.start(), len(spelled))
            is_escape = spelled.startswith("\\") or spelled == "''"
            length = 1 if is_escape else len(spelled)
            yield Run(event.value[position : position + length], place, exact=not is_escape)
            position += length
        if position < len(event.value):
            yield Run(event.value[position:], span, exact=False)

    def _span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        assert start is not None and end is not None, "the parser marks every event"
        return Span(self.source.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)


# A stretch without escapes, or one escape of a double-quoted scalar, or the doubled quote of a single-quoted one.
_PIECE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|''|[^\\']+|'")
_BREAK = re.compile(r"\n")


def _events(text: str) -> Iterator[yaml.Event]:
    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    yield from yaml.parse(text, Loader=loader)


def _refused(rule: Rule, span: Span, message: str, hint: str) -> _RefusedError:
    return _RefusedError(Diagnostic(rule, span, message, hint))


def _broken(source: Source, error: yaml.YAMLError) -> Diagnostic:
    """Return the finding for a file YAML cannot read, at the line most likely to blame."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = min(mark.line + 1, len(source.lines)) if mark else 1
    opened = getattr(error, "context_mark", None)
    slip = suspect(source.lines, line, opened.line + 1 if opened else line)
    if slip:
        width = len(source.lines[slip.line - 1]) - slip.column + 1
        return Diagnostic(
            BROKEN, Span.on_line(source.file, slip.line, slip.column, max(1, width)), slip.message, slip.hint
        )
    column = mark.column + 1 if mark and mark.line + 1 == line else 1
    return Diagnostic(
        BROKEN,
        Span.on_line(source.file, line, column, 1),
        "从这里起读不下去。",
        "请检查这一行和上一行：缩进是否与同级对齐，冒号是否为半角并在后面空一格，引号和括号是否成对。",
    )
