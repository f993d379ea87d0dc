"""What a checking rule is, what it may look at, and what it says.

A rule is one function of about ten lines over a Context, with its own page as docstring (Chinese): why; under “错误：”
a small example whose offending lines end with “←”; under “正确：” the same as it should be. Both headings may stand
several times. An example is plain text, or files of YAML (`# 01.yaml` on a line of its own begins one; `# 去年/…` is
one of last year's). A test runs every example, `explain` prints the page, docs/rules.md is made of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import cached_property
from itertools import accumulate, groupby, pairwise
from typing import Any, Final, NamedTuple, TypeVar

from jzreport.chinese import is_unseen
from jzreport.diagnostics import Diagnostic, Edit, Rule, Severity, SourceLevel, Span
from jzreport.draft import Block, Draft, Item, Paragraph, Picture
from jzreport.figures import Figure
from jzreport.report import Node, Report
from jzreport.rules.marks import MASK, Change, legible, meant, unread_of
from jzreport.rules.patterns import Pattern, Pieces
from jzreport.text import Text
from jzreport.wording import Wording

T = TypeVar("T")
ERROR, WARNING = Severity.ERROR, Severity.WARNING
REGULATION, STANDARD, PRACTICE = SourceLevel.REGULATION, SourceLevel.STANDARD, SourceLevel.PRACTICE


class Found(NamedTuple):
    """What a rule says: the engine makes it a Diagnostic of that rule."""

    span: Span
    message: str
    hint: str = ""
    edits: tuple[Edit, ...] = ()
    related: tuple[tuple[Span, str], ...] = ()


class Kind(Enum):
    """What a passage is on paper."""

    COVER = "report.yaml 里的文字"
    HEADING = "标题"
    PARAGRAPH = "正文"
    CELL = "表格"
    CAPTION = "图表的名称和说明"


STOPS = "。！？；"
SENTENCE = Pattern(f"[^{STOPS}]+")
_TITLES = Pattern("《[^《》]*(?:《[^《》]*》[^《》]*)*》", "《")
_QUOTED = Pattern(f"“[^“”]*(?:“[^“”]*”[^“”]*)*”|{_TITLES.expression}", "“", "《")


class Passage:
    """A paragraph, heading, cell or caption as it is printed, references resolved."""

    def __init__(
        self,
        text: Text,
        kind: Kind,
        file: str,
        node: Node | None = None,
        draft: Draft | None = None,
        item: Item | None = None,
    ) -> None:
        self.text: Final = text
        self.string: Final = str(text)  # the characters printed
        self.kind: Final = kind
        self.file: Final = file
        self.node: Final = node  # None: the cover, or a draft for a node that does not exist
        self.draft: Final = draft  # None: typed in report.yaml
        self.item: Final = item  # the item whose heading or text it is
        self.legible = self.string  # the same, what a figure printed whose value cannot be read masked: F04 tells of it

    @cached_property
    def untitled(self) -> str:
        """The same with every 《…》 masked, character for character: titles are quoted as they are."""
        return _masked(_TITLES, self.string)

    @cached_property
    def unquoted(self) -> str:
        """The same with every 《…》 and “…” masked."""
        return _masked(_QUOTED, self.string)

    @cached_property
    def as_meant(self) -> Passage:
        """The same with its marks as they were meant (itself when they are): to look at, no finding is made of it."""
        string = meant(self.legible)
        if string == self.string:
            return self
        return Passage(Text.made(string), self.kind, self.file, self.node, self.draft, self.item)

    @cached_property
    def all_strings(self) -> str:
        """What is printed, and what was meant: whatever stands in any form of the passage stands in this."""
        return self.string if self.as_meant is self else f"{self.string}\n{self.as_meant.string}"

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Where the lines it was typed in begin, from the second on."""
        runs = self.text.runs
        ends = accumulate(len(run.characters) for run in runs)
        typed = [(end - len(run.characters), run.span) for end, run in zip(ends, runs, strict=True) if run.span]
        return tuple(start for (_, before), (start, span) in pairwise(typed) if before.end_line < span.line)

    @property
    def as_seen(self) -> Passage:
        """The same without what nobody sees: it may stand within a number."""
        runs = groupby(range(len(self.string)), key=lambda n: is_unseen(self.string[n]))
        places = [[*part] for unseen, part in runs if not unseen]
        text = Text.join(self.text[part[0] : part[-1] + 1] for part in places)
        return Passage(text, self.kind, self.file, self.node, self.draft, self.item)

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Return where the characters from start to end were typed."""
        return self.text.span(start, end) or Span(self.file)

    def is_typed(self, start: int, end: int) -> bool:
        """Whether these characters were typed here, at least in part; otherwise one reference printed them all."""
        runs = self.text[start:end].runs
        return len(runs) > 1 or runs[0].exact

    def found(self, start: int, end: int, message: str, hint: str = "", becomes: str | None = None) -> Found:
        """Return a finding at the characters from start to end; `becomes` is what `fix` may put in their place.

        Without a hint it is “请改成…”. What a reference printed is never repaired: it was not typed there.
        """
        span, old = self.span(start, end), self.string[start:end]
        is_typed = span.line == span.end_line and span.end_column - span.column == end - start
        edits = (Edit(span, old, becomes),) if becomes is not None and is_typed else ()
        if not hint and becomes is not None:
            hint = f"请改成“{becomes}”。" if becomes else "请删去。"
        return Found(span, message, hint, edits)

    def repaired(self, place: tuple[int, int], message: str, hint: str, changes: Iterable[Change]) -> Found:
        """Return a finding at a place that several changes repair: all, or none when one was not typed there."""
        found = [self.found(start, end, message, hint, becomes) for start, end, becomes in changes]
        edits = tuple(edit for each in found for edit in each.edits)
        return self.found(*place, message, hint)._replace(edits=edits if len(edits) == len(found) else ())


def waiver_lines(code: str) -> str:
    """Return what to add so that a finding stays, as hints show lines: the hand-book has the same ones."""
    lines = ("豁免:", f"  - 规则: {code}", "    原文: （那句话里的几个字）", "    原因: （为什么）")
    shown = "".join(f"“{line}”" for line in lines)
    return f"请在最后加四行{shown}（前面的空格照留；已有“豁免:”的，只加后三行）"


def places(words: str, string: str) -> Iterator[int]:
    """Yield where words stand in a string."""
    place = string.find(words)
    while place >= 0:
        yield place
        place = string.find(words, place + len(words))


def count_han(string: str) -> int:
    """Return how many Han characters a string holds."""
    return sum("\u3400" <= character <= "\u9fff" for character in string)


def _masked(pattern: Pattern, string: str) -> str:
    return pattern.sub(lambda match: MASK * len(match.group()), string)


class Context:
    """What rules may look at."""

    def __init__(
        self,
        report: Report,
        wording: Wording,
        drafts: tuple[Draft, ...] = (),
        typed: tuple[Draft, ...] = (),
        previous: Report | None = None,
        is_whole: bool = True,
        has_all_drafts: bool = True,
    ) -> None:
        self.report: Final = report  # its year is 0 when drafts are checked without a report.yaml
        self.wording: Final = wording
        self.drafts: Final = drafts  # as printed: references resolved, tables read
        self.typed: Final = typed  # the same, as typed
        self.previous: Final = previous  # last year's, None when there is none
        self.is_whole: Final = is_whole  # False: some are not at hand or not filled in, nothing can be called missing
        self.has_all_drafts: Final = has_all_drafts  # False: some are not at hand
        self._told: Final = dict[Callable[[Context], Any], Any]()

    @property
    def year(self) -> int:
        """The report's year, 0: not known."""
        return self.report.year

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """The nodes of the structure and the attachments by key."""
        return {node.key: node for node in self.report.nodes()}

    @property
    def figures(self) -> Mapping[str, Figure]:
        """The figures of all drafts by name."""
        return self.report.figures or {}

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All that is printed, file by file in the order typed."""
        passages = tuple(_of_cover(self.report)) + tuple(
            passage for draft in self.drafts for passage in _of_draft(draft, self.nodes.get(str(draft.node_key)))
        )
        unread = unread_of(self.figures.values())
        for passage in passages if unread else ():
            passage.legible = legible(passage.text, unread)
        return passages

    @cached_property
    def typed_passages(self) -> tuple[Passage, ...]:
        """The drafts' passages as typed: references unresolved, tables of other files not read."""
        return tuple(
            passage for draft in self.typed for passage in _of_draft(draft, self.nodes.get(str(draft.node_key)))
        )

    @cached_property
    def mistyped(self) -> tuple[Passage, ...]:
        """The passages with a mark, digit or quote that was meant otherwise."""
        return tuple(passage for passage in self.passages if passage.as_meant is not passage)

    def texts(self, *kinds: Kind) -> Iterator[Passage]:
        """Yield the passages of these kinds, of no kind told: all."""
        return iter(self.passages) if not kinds else (each for each in self.passages if each.kind in kinds)

    @cached_property
    def pieces(self) -> Pieces:
        """All that is printed, to look words up in."""
        return Pieces("\n".join(passage.all_strings for passage in self.passages))

    def once(self, ask: Callable[[Context], T]) -> T:
        """Return what a function tells of this context; of several rules that want to know only the first asks."""
        if ask not in self._told:
            self._told[ask] = ask(self)
        told: T = self._told[ask]
        return told

    def passages_with(self, *patterns: Pattern, kinds: tuple[Kind, ...] = ()) -> Iterator[Passage]:
        """Yield the passages of these kinds in which one of the patterns, all with seeds, may find something."""
        return self.passages_holding((seed for pattern in patterns for seed in pattern.seeds), kinds)

    def passages_holding(self, words: Iterable[str], kinds: tuple[Kind, ...] = ()) -> Iterator[Passage]:
        """Yield the passages of these kinds in which one of the words stands, in any form of the passage.

        Nearly all that is looked for stands nowhere, which is seen before a passage is looked at.
        """
        standing = [word for word in words if self.pieces.hold(word)]
        for passage in self.texts(*kinds) if standing else ():
            for word in standing:
                if word in passage.all_strings:
                    yield passage
                    break


def passages_of(report: Report) -> Iterator[Passage]:
    """Yield all that is printed of a report's drafts."""
    for node in report.nodes():
        for draft in node.drafts:
            yield from _of_draft(draft, node)


def _of_cover(report: Report) -> Iterator[Passage]:
    file = report.root.span.file
    yield from (Passage(text, Kind.COVER, file) for text in report.cover)
    for node in report.nodes():
        if node.title:
            yield Passage(node.title, Kind.HEADING, file, node)


def _of_draft(draft: Draft, node: Node | None) -> Iterator[Passage]:
    yield from _of_blocks(draft.body, draft, node, None)
    for item in draft.items:
        yield from _of_item(item, draft, node)


def _of_item(item: Item, draft: Draft, node: Node | None) -> Iterator[Passage]:
    if item.title:
        yield Passage(item.title, Kind.HEADING, draft.file, node, draft, item)
    yield from _of_blocks(item.body, draft, node, item)
    for child in item.items:
        yield from _of_item(child, draft, node)


def _of_blocks(blocks: Iterable[Block], draft: Draft, node: Node | None, item: Item | None) -> Iterator[Passage]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield Passage(block.text, Kind.PARAGRAPH, draft.file, node, draft, item)
            continue
        captions = (block.caption, block.description) if isinstance(block, Picture) else (block.caption,)
        yield from (Passage(text, Kind.CAPTION, draft.file, node, draft, item) for text in captions if text)
        if not isinstance(block, Picture):
            cells = (cell for row in (block.header, *block.rows) for cell in row if cell)
            yield from (Passage(cell, Kind.CELL, draft.file, node, draft, item) for cell in cells)


Check = Callable[[Context], Iterable[Found]]

MAX_FOUND = 10_000  # by one rule in one file: a draft of nothing but slips has some hundred
MORE = f"这条规则在这个文件里查出的问题超过{MAX_FOUND}处，没有再往下查。"


class CheckingRule(NamedTuple):
    """A rule, the function that looks for what breaks it, and its page."""

    rule: Rule
    check: Check
    page: str
    needs_whole: bool

    def findings(self, context: Context) -> Iterator[Diagnostic]:
        """Yield what breaks the rule; nothing while it needs drafts that are not at hand.

        Of a file with more than MAX_FOUND the rest is left out, which is said.
        """
        count = Counter[str]()
        for found in self.check(context) if context.is_whole or not self.needs_whole else ():
            count[found.span.file] += 1
            if count[found.span.file] == MAX_FOUND + 1:
                yield Diagnostic(self.rule, Span(found.span.file), MORE, "请先改好前面的，再校对一次。")
            if count[found.span.file] > MAX_FOUND:
                continue  # other files have their own
            yield Diagnostic(self.rule, found.span, found.message, found.hint, found.related, found.edits)


def rule(
    code: str,
    title: str,
    severity: Severity = WARNING,
    source_level: SourceLevel = PRACTICE,
    *,
    needs_whole: bool = False,
    is_private: bool = False,
) -> Callable[[Check], CheckingRule]:
    """Return the decorator that makes a function a rule; `needs_whole`: it says nothing about single drafts."""

    def made(check: Check) -> CheckingRule:
        return CheckingRule(
            Rule(code, title, severity, source_level, is_private), check, check.__doc__ or "", needs_whole
        )

    return made
