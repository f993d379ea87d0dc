"""Bytes to text to nodes with places; the only importer of yaml.

YAML is read as a stream of events: nothing is guessed (every scalar is text), nothing is executed, and whatever the
drafts do not need (anchors, tags, several documents, text folded over lines) is refused with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from jzreport.diagnostics import Diagnostic, Rule, Span
from jzreport.encoding import FORBIDDEN, TOO_LARGE, Source, name_of_character
from jzreport.nodes import Entry, Mapping, Node, Scalar, Sequence
from jzreport.text import Run, Text

if TYPE_CHECKING:
    from jzreport.slips import Slip

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
        if refusal.diagnostic not in problems:
            problems.append(refusal.diagnostic)
        return None
    except yaml.YAMLError as error:
        broken = _broken(source, error)
        if problems and problems[-1].rule is FOLDED and problems[-1].span.line >= broken.span.line:
            problems.pop()  # of the same slip: the rest of the value it left open
        if broken not in problems:
            problems.append(broken)
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
                    UNSUPPORTED,
                    span,
                    "一个文件里只能有一份稿件，“---”或“...”之后是第二份。",
                    "请删去这种分隔行；两份稿件请存成两个文件。",
                )
        elif isinstance(event, yaml.AliasEvent):
            raise self._refused_sign(span, "*")
        elif isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            raise self._refused_sign(span, "&")
        elif getattr(event, "tag", None) is not None:
            raise self._refused_sign(span, "!")

    def _refused_sign(self, span: Span, sign: str) -> _RefusedError:
        slip = self._slip(span)
        hint = slip.hint if slip else "请给整个值加上半角双引号。"
        return _refused(UNSUPPORTED, span, f"以“{sign}”开头的文字要加引号。", hint)

    def _slip(self, span: Span) -> Slip | None:
        return slip_on(self.source.lines[span.line - 1], span.line)

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        span = self._span(event)
        if len(self.stack) >= MAX_DEPTH:
            raise _refused(TOO_LARGE, span, f"括号或缩进套了超过{MAX_DEPTH}层。", "请检查这一行的缩进和括号。")
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
            if slip := self._slip(key.span):
                raise _RefusedError(_slipped(self.source, slip))
            raise _refused(UNSUPPORTED, key.span, "冒号前面只能是一个名称。", "请检查这一行的括号、引号和“?”。")
        if str(key.lines[0]) != str(key.lines[0]).strip() and (slip := self._slip(key.span)):
            raise _RefusedError(_slipped(self.source, slip))
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
        self._refuse_comment(event, span)
        if event.style == "|":
            return Scalar(tuple(self._literal(event, span)), span)
        if event.style == ">" or span.line != span.end_line:
            self.problems.extend(self._folded(event, span))
        text = Text(tuple(self._runs(event, span)))
        if event.style == '"' and span.line == span.end_line and (bad := _UNPRINTABLE.search(event.value)):
            self._refuse_escape(text, bad)
        return Scalar((text,), span)

    def _refuse_comment(self, event: yaml.ScalarEvent, span: Span) -> None:
        """Report what looks like text and is none: a comment that follows a value and begins without a blank."""
        number, column = (span.line, span.column) if event.style in ("|", ">") else (span.end_line, span.end_column)
        line = self.source.lines[number - 1] if number <= len(self.source.lines) else ""
        if match := _LOST.match(line, column - 1):
            place = Span.on_line(span.file, number, match.start("lost") + 1, len(match["lost"]))
            hint = "若是正文，请给整个值加上半角双引号；若是注释，请在“#”后面空一格。"
            self.problems.append(Diagnostic(UNSUPPORTED, place, "从“#”起会被当成注释丢掉。", hint))

    def _refuse_escape(self, text: Text, bad: re.Match[str]) -> None:
        span = text.span(bad.start(), bad.end())
        assert span is not None, "a value is always typed"
        spelled = self.source.lines[span.line - 1][span.column - 1 : span.end_column - 1]
        hint = "写文件名时请用“/”；本来就要印“\\”时，请把两头的半角双引号改成单引号；否则请删去。"
        message = f"半角双引号里的“{spelled}”是{name_of_character(bad.group())}，印不出来。"
        self.problems.append(Diagnostic(ESCAPED, span, message, hint))

    def _literal(self, event: yaml.ScalarEvent, span: Span) -> Iterator[Text]:
        for number, characters in enumerate(event.value.removesuffix("\n").split("\n"), span.line + 1):
            indent = len(self.source.lines[number - 1]) - len(characters) if characters else 0
            yield Text.typed(characters, self.source.file, number, indent + 1)

    def _folded(self, event: yaml.ScalarEvent, span: Span) -> Iterator[Diagnostic]:
        """Yield why a value runs over several lines: the slips that left it open, else that it does."""
        if event.style == ">":
            hint = "请把“>”改成“|”；若“>”是文字，请给整个值加上引号。"
            yield Diagnostic(FOLDED, span, "跨行的文字要用“|”，不用“>”。", hint)
            return
        lines = self.source.lines[: span.end_line]
        quoted = event.style in ("'", '"')  # its end was found
        slips = (
            []
            if quoted
            else [slip for n, line in enumerate(lines[span.line - 1 :], span.line) if (slip := slip_on(line, n))]
        )
        if slips and slips[0].line == span.line:
            several = [slip for slip in slips if slip.message == slips[0].message]
            if len(several) > 1 or "：" not in slips[0].message:  # a single one may be text: “会议强调：……”
                yield from (_slipped(self.source, slip) for slip in several)
                return
        second = next((n for n in range(span.line + 1, len(lines)) if lines[n - 1].strip()), span.end_line)
        typed = lines[second - 1].strip()
        where = Span.on_line(span.file, second, lines[second - 1].index(typed) + 1, max(len(typed), 1))
        yield Diagnostic(FOLDED, where, "这一行被当成了上一行的后半句。", _FOLDED_HINT)

    def _runs(self, event: yaml.ScalarEvent, span: Span) -> Iterator[Run]:
        """Yield the runs of a scalar on one line; an escape or a doubled quote is a run that stands for its spelling."""
        raw = self.source.lines[span.line - 1][span.column - 1 : span.end_column - 1]
        offset = 1 if event.style else 0  # plain: None from PyYAML, "" from libyaml
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
        return Span(self.source.file, *self._place(start.line, start.column), *self._place(end.line, end.column))

    def _place(self, line: int, column: int) -> tuple[int, int]:
        """Return a mark's line and column from 1; behind a last line without an end it is the end of that line."""
        lines = self.source.lines
        return (line + 1, column + 1) if line < len(lines) else (len(lines), len(lines[-1]) + 1)


# A stretch without escapes, or one escape of a double-quoted scalar, or the doubled quote of a single-quoted one.
_PIECE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|''|[^\\']+|'")
_UNPRINTABLE = re.compile(rf"\n|{FORBIDDEN.pattern}")
# A comment behind a value that begins like text (#12); "# 注" with a blank is one that was meant.
_LOST = re.compile(r"[|>]?[-+0-9]*[,\]}\s]*(?<=\s)(?P<lost>#[^\s#].*)")
_FOLDED_HINT = (
    "长文字请写成：冒号后面一个“|”，从下一行起每行缩进；"
    "若这一行是另一项，请检查冒号是不是半角“: ”、缩进是否与同级对齐。"
)


def _events(text: str) -> Iterator[yaml.Event]:
    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    yield from yaml.parse(text, Loader=loader)


def _refused(rule: Rule, span: Span, message: str, hint: str) -> _RefusedError:
    return _RefusedError(Diagnostic(rule, span, message, hint))


def slip_on(line: str, number: int) -> Slip | None:
    """Return the slip of the hand that a line shows by itself."""
    from jzreport import slips  # a good draft never needs all its patterns

    return slips.slip_on(line, number)


def _suspect(lines: list[str], line: int, opened: int) -> Slip | None:
    from jzreport import slips  # see above

    return slips.suspect(lines, line, opened)


def _slipped(source: Source, slip: Slip) -> Diagnostic:
    width = len(source.lines[slip.line - 1]) - slip.column + 1
    return Diagnostic(BROKEN, Span.on_line(source.file, slip.line, slip.column, max(1, width)), slip.message, slip.hint)


def _broken(source: Source, error: yaml.YAMLError) -> Diagnostic:
    """Return the finding for a file YAML cannot read, at the line most likely to blame."""
    gave_up = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None) or gave_up
    last = max((n for n, line in enumerate(source.lines, 1) if line.strip()), default=1)
    line, column = (min(gave_up.line + 1, last), gave_up.column + 1) if gave_up else (1, 1)
    first = opened.line + 1 if opened else line
    if "scanning" in (getattr(error, "context", None) or ""):  # a name or a quotation that never ended
        line, first = first, line
    if slip := _suspect(source.lines, line, first):
        return _slipped(source, slip)
    column = min(column, len(source.lines[line - 1]) or 1)
    return Diagnostic(
        BROKEN,
        Span.on_line(source.file, line, column, 1),
        "从这里起读不下去。",
        "请检查这一行和上一行：缩进是否与同级对齐，冒号是否为半角并在后面空一格，引号和括号是否成对。",
    )
