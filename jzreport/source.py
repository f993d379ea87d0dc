"""Bytes to text to nodes with places; the only importer of yaml.

YAML is read as a stream of events: nothing is guessed (every scalar is text), nothing is executed, and whatever the
drafts do not need (anchors, tags, several documents, text folded over lines) is refused with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from jzreport import comments
from jzreport.diagnostics import Diagnostic, Rule, Span
from jzreport.encoding import CONTROL, FORBIDDEN, TOO_LARGE, Source, name_of_character
from jzreport.nodes import MAX_DEPTH, MAX_FIELD, MAX_KEY, MAX_NODES, Entry, Mapping, Node, Scalar, Sequence
from jzreport.plain import may_stray
from jzreport.text import Run, Text

DUPLICATE_KEY = Rule("R06", "同一个键写了两次")
UNSUPPORTED = Rule("R07", "不支持的写法")
FOLDED = Rule("R08", "跨行的文字没有用“|”")
EMPTY = Rule("R10", "文件是空的")
ESCAPED = Rule("R11", "文字里有不能印的字符")


class _RefusedError(Exception):
    """Reading this file cannot go on; carries the finding."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class _Open:
    """A mapping or list whose end has not come yet."""

    __slots__ = ("is_mapping", "nodes", "span")

    def __init__(self, span: Span, is_mapping: bool) -> None:
        self.span = span
        self.is_mapping = is_mapping
        self.nodes: list[Node] = []


def parse(source: Source, problems: list[Diagnostic]) -> Node | None:
    """Return the root node of a YAML file; findings go to `problems`, None when nothing can be read."""
    root = _read(source, problems)
    if any(problem.rule is CONTROL and problem.span.file == source.file for problem in problems):
        from jzreport import tabs  # a good draft never needs its patterns

        tabs.show_lines(source, problems)
    told = {problem.span.line for problem in problems if problem.span.file == source.file}
    problems.extend(_lost(source, lost) for lost in comments.bare(source.lines) if lost.line not in told)
    return root


def _read(source: Source, problems: list[Diagnostic]) -> Node | None:
    try:
        root = _Builder(source, problems).build()
    except (_RefusedError, yaml.YAMLError) as error:
        from jzreport import blame  # a good draft never needs its patterns

        last = error.diagnostic if isinstance(error, _RefusedError) else blame.broken(source, error)
        before = problems[-1] if problems and problems[-1].span.file == source.file else None
        if before and before.rule is FOLDED and last.rule is blame.BROKEN and before.span.line >= last.span.line:
            problems.pop()  # of the same slip: the rest of the value it left open
        problems.extend(blame.ending(source, last, problems, with_slips=last.rule is not TOO_LARGE))
        blame.drop_reminders_of_wrong_lines(source, problems)
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
        self.folded = 0
        self.hashed = {number for number, line in enumerate(source.lines, 1) if "#" in line}
        self.may_stray = may_stray(source)

    def build(self) -> Node | None:
        root: Node | None = None
        loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
        for event in yaml.parse(self.source.text, Loader=loader):
            if isinstance(event, yaml.ScalarEvent):
                root = self._add(self._plain(event) or self._scalar(event))
            elif isinstance(event, yaml.CollectionEndEvent):
                root = self._add(self._close(event))
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(event)
            elif isinstance(event, yaml.AliasEvent):
                raise self._refused_sign(event, "*")
            elif isinstance(event, yaml.DocumentStartEvent):
                self._refuse_second(event)
        if isinstance(root, Scalar) and root.is_empty:
            return None
        return root

    def _refuse_second(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            raise _refused(
                UNSUPPORTED,
                self._span(event),
                "一个文件里只能有一份稿件，“---”或“...”之后是第二份。",
                "请删去这种分隔行；两份稿件请存成两个文件。",
            )

    def _refuse_signs(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            raise self._refused_sign(event, "&")
        if event.tag is not None:
            raise self._refused_sign(event, "!")

    def _refused_sign(self, event: yaml.Event, sign: str) -> _RefusedError:
        span = self._span(event)
        slip = self._slip(span)
        hint = slip.hint if slip else "请给整个值加上半角双引号。"
        return _refused(UNSUPPORTED, span, f"以“{sign}”开头的文字要加引号。", hint)

    def _slip(self, span: Span) -> Diagnostic | None:
        from jzreport import blame  # see above

        return blame.slip_on(self.source, span.line)

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        self._refuse_signs(event)
        span = self._span(event)
        if len(self.stack) >= MAX_DEPTH:
            from jzreport import blame  # see above

            raise _RefusedError(blame.too_deep(span))
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
        for index, (key, value) in enumerate(zip(nodes[::2], nodes[1::2], strict=True)):
            text = self._key(key)
            name = str(text)
            if name == "<<":
                raise _refused(UNSUPPORTED, key.span, "“<<”合并的写法不支持。", "请把内容直接写出来。")
            if name in seen:
                is_first = index == len(seen)  # of the keys that are written again
                if is_first and not self.stack and self._refuse_copy(nodes[::2], index):
                    return
                if self._refuse_again(name, key.span, seen):
                    return
                continue
            seen[name] = key.span
            yield Entry(text, value, key.span)

    def _refuse_copy(self, keys: list[Node], again: int) -> bool:
        """Report once that all from a key on is the file pasted behind itself; return whether it is."""
        from jzreport import blame  # see above

        told = blame.copied(
            self.source, [(str(key.lines[0]), key.span) for key in keys if isinstance(key, Scalar)], again
        )
        if told:
            related = ((keys[0].span, "第一遍从这里开始"),)
            self.problems.append(Diagnostic(DUPLICATE_KEY, keys[again].span, *told, related))
        return told is not None

    def _refuse_again(self, name: str, span: Span, seen: dict[str, Span]) -> bool:
        """Report a key written again; return whether what follows is of another entry, whose dash is missing."""
        from jzreport import blame  # see above

        first, opening = seen[name], next(iter(seen.values()))
        is_listed = bool(self.stack) and not self.stack[-1].is_mapping
        hint = blame.without_dash(self.source, opening, span) if is_listed else "请合并成一处，或删去多余的一处。"
        message, related = f"“{name}”在第{first.line}行已经写过一次。", ((first, "第一次写在这里"),)
        self.problems.append(Diagnostic(DUPLICATE_KEY, span, message, hint, related))
        return is_listed and first == opening

    def _key(self, key: Node) -> Text:
        if not isinstance(key, Scalar) or len(key.lines) != 1:
            if slip := self._slip(key.span):
                raise _RefusedError(slip)
            raise _refused(UNSUPPORTED, key.span, "冒号前面只能是一个名称。", "请检查这一行的括号、引号和“?”。")
        name = str(key.lines[0])
        if name != name.strip() and (slip := self._slip(key.span)):
            raise _RefusedError(slip)
        if len(name) > MAX_KEY:
            raise _refused(TOO_LARGE, key.span, f"冒号前面的名称超过{MAX_KEY}个字。", "请检查这一行的冒号。")
        return key.lines[0]

    def _add(self, node: Node) -> Node:
        self.count += 1
        if self.count > MAX_NODES:
            raise _refused(TOO_LARGE, node.span, f"内容超过{MAX_NODES}项。", "请拆成几个文件。")
        if self.stack:
            self.stack[-1].nodes.append(node)
        return node

    def _plain(self, event: yaml.ScalarEvent) -> Scalar | None:
        """Return a value that is what stands on its line, quotation marks aside, and nothing can be said of.

        Nearly all are: the rest of the work is spared them. None for any other, so for one with an anchor or a tag,
        which begins with its sign.
        """
        start, end, value = event.start_mark, event.end_mark, event.value
        assert start is not None and end is not None, "the parser marks every event"
        line, quote = start.line, 1 if event.style else 0  # plain: None from PyYAML, "" from libyaml
        if self.may_stray or line != end.line or line + 1 in self.hashed or not 0 < len(value) <= MAX_FIELD:
            return None
        if value != self.source.lines[line][start.column + quote : end.column - quote]:
            return None
        span = Span(self.source.file, line + 1, start.column + 1, line + 1, end.column + 1)
        inner = Span.on_line(span.file, line + 1, span.column + 1, len(value)) if quote else span
        return Scalar((Text((Run(value, inner),)),), span)

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        self._refuse_signs(event)
        span = self._span(event)
        if len(event.value) > MAX_FIELD:
            raise _refused(TOO_LARGE, span, f"一个值超过{MAX_FIELD}个字。", "请拆开。")
        self._refuse_comments(event, span)
        if event.style == "|":
            text = tuple(self._literal(event, span))
            self._note_strays(text, event)
            return Scalar(text, span)
        if event.style == ">" or span.line != span.end_line:
            self.problems.extend(self._folded(event, span))
        told = self.problems[-1].span if span.line != span.end_line else span  # the rules pass over such a line
        line = Text(tuple(self._runs(event, span))) if told == span else Text((Run(event.value, told, exact=False),))
        is_escaped = event.style == '"' and not event.value.isprintable()
        if is_escaped and span.line == span.end_line and (bad := re.search(_UNPRINTABLE, event.value)):
            self._refuse_escape(line, bad)
        if span.line == span.end_line:
            self._note_strays((line,), event)
        return Scalar((line,), span)

    def _note_strays(self, text: tuple[Text, ...], event: yaml.ScalarEvent) -> None:
        is_block = event.style == "|"
        is_escaped = event.style == '"' and not event.value.isprintable()
        is_entry = not is_block and bool(self.stack) and self.stack[-1].is_mapping
        if self.may_stray or is_escaped or (is_block and re.search(_MARK, event.value, re.MULTILINE)):
            from jzreport import strays  # see above

            self.problems.extend(strays.in_value(text, is_block=is_block, is_entry=is_entry))

    def _refuse_comments(self, event: yaml.ScalarEvent, span: Span) -> None:
        """Report what looks like text and is none: comments that do not stand apart from the value before them."""
        is_block = event.style in ("|", ">")
        number, column = (span.line, span.column) if is_block else (span.end_line, span.end_column)
        found = comments.behind_value(self.source.lines, number, column) if number in self.hashed else ()
        if event.style == "|":
            found = (*found, *comments.behind_text(self.source.lines, span.line, event.value))
        for lost in found:
            diagnostic = _lost(self.source, lost)
            if diagnostic not in self.problems[-2:]:  # a name without a value is followed by an empty one
                self.problems.append(diagnostic)

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
        self.folded += 1
        if self.folded > _MAX_FOLDED:
            yield Diagnostic(
                FOLDED, span, "这个值跨了行，没有用“|”。", "长文字请写成：冒号后面一个“|”，从下一行起每行缩进。"
            )
            return
        from jzreport import blame  # see above

        quoted = event.style in ("'", '"')  # its end was found
        if quoted and (opened := blame.left_open(self.source, span)):
            raise _RefusedError(opened)
        if not quoted and (colon := blame.without_bar(self.source, span)):
            hint = f"请改成：“{self.source.lines[colon.line - 1].rstrip()} |”"
            yield Diagnostic(FOLDED, colon, "下面的文字有几行，冒号后面少了“|”。", hint)
            return
        slips = () if quoted else blame.slips_of_value(self.source, span)
        second, hint = blame.run_on(self.source, span, quoted)
        yield from slips or (Diagnostic(FOLDED, second, "这一行被当成了上一行的后半句。", hint),)

    def _runs(self, event: yaml.ScalarEvent, span: Span) -> Iterator[Run]:
        """Yield the runs of a scalar on one line; an escape or a doubled quote is a run that stands for its spelling."""
        raw = self.source.lines[span.line - 1][span.column - 1 : span.end_column - 1]
        offset = 1 if event.style else 0
        if event.value == raw[offset : offset + len(event.value)]:
            yield Run(event.value, Span.on_line(span.file, span.line, span.column + offset, len(event.value)))
            return
        position = 0
        for match in re.compile(_PIECE).finditer(raw, offset, max(offset, len(raw) - 1)):
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
_PIECE = r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)|''|[^\\']+|'"
_UNPRINTABLE = rf"\n|{FORBIDDEN}"
# What a line of text begins with when it may be Markdown; `strays` tells what it is.
_MARK = r"^[ \u3000]*(?:[-*>#|~+]|:-)"
_MAX_FOLDED = 50  # values whose slip is looked for: nobody reads more


def _refused(rule: Rule, span: Span, message: str, hint: str) -> _RefusedError:
    return _RefusedError(Diagnostic(rule, span, message, hint))


def _lost(source: Source, lost: comments.Lost) -> Diagnostic:
    width = len(source.lines[lost.line - 1]) - lost.column + 1
    return Diagnostic(UNSUPPORTED, Span.on_line(source.file, lost.line, lost.column, width), lost.message, lost.hint)
