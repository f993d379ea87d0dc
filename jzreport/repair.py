"""Repairs: the edits that findings carry, tried on copies of the files and kept when they do no harm.

A repair is made only if the file then reads as its edits say and in nothing else otherwise, and no finding comes of it.
(A reminder of the very words that were mended does not come of it: the slip hid it.) Those that fail are found by trying
parts of what fails: while all are harmless it costs one check more than looking.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from jzreport.diagnostics import Diagnostic, Edit, Span
from jzreport.edits import Edits, Raw
from jzreport.encoding import decode
from jzreport.nodes import Mapping as Entries
from jzreport.nodes import Node, Scalar
from jzreport.nodes import Sequence as List
from jzreport.rules.base import MORE
from jzreport.source import parse
from jzreport.text import Text

Files = Mapping[str, bytes]  # by the names findings give them
Check = Callable[[Files], Sequence[Diagnostic]]
Repair = tuple[Edit, ...]  # the edits of one finding: all of them or none, for half a pair of quotes is no repair
Group = Sequence[Repair]
Key = Callable[[Diagnostic], Hashable]

_MAX_ROUNDS = 20  # what overlaps waits for the next one; more than a few are needed only for long rows of marks
_MAX_TRIALS = 24  # of a round, to tell the repairs that do harm: what is then still in doubt is not made
_MAX_READ = 4_000_000  # bytes, of one file read again and again to tell the repairs after which it reads otherwise
_NONE = Edits()


class Repaired(NamedTuple):
    """The files that changed, at how many places each, and what is found in them then."""

    files: Files
    places: Mapping[str, int]
    remaining: tuple[Diagnostic, ...]
    unread: tuple[str, ...]  # files that nobody could look into
    is_finished: bool = True  # False: there is more to repair than can be done at once

    @property
    def refused(self) -> Mapping[str, int]:
        """At how many places of each file there is a repair that would do harm, or was not come to."""
        return Counter(found.span.file for found in dict.fromkeys(self.remaining) if found.edits)


def repaired(files: Files, check: Check) -> Repaired:
    """Return the files with every repair made that does no harm; to repair the result again changes nothing.

    Unless there are so many that not even all were found, or too many rounds would be needed: then it goes on there.
    """
    states, is_finished = [_State(files, check(files), Counter())], True
    while len(states) == 1 or (len(states) <= _MAX_ROUNDS and not _cut(states[-2].found)):
        if not (new := _next(states[-1], check)):
            break
        if earlier := [n for n, state in enumerate(states) if state.files == new.files]:
            del states[earlier[0] + 1 :]  # rules that undo each other's repairs
            break
        states.append(new)
    else:
        is_finished = False
    now, found, places = states[-1]
    changed = {name: data for name, data in now.items() if data != files[name]}
    unread = tuple(
        name
        for name, data in files.items()
        if name not in changed and not (Raw.of(data) and isinstance(_root(name, data), Entries))
    )
    return Repaired(changed, places, tuple(found), unread, is_finished)


def _cut(found: Sequence[Diagnostic]) -> set[tuple[str, str]]:
    """Return the rules, each with the file, of which not all findings are told."""
    return {(each.rule.code, each.span.file) for each in found if each.message == MORE}


class _State(NamedTuple):
    """The files after some rounds, what is found in them, and how many repairs were made in each."""

    files: Files
    found: Sequence[Diagnostic]
    places: Counter[str]


def _next(state: _State, check: Check) -> _State | None:
    """Return the files after one more round; None when there is nothing left to repair."""
    bench = _Bench(state.files, state.found, check)
    bench.take_what_does_no_harm()
    made = Counter(repair[0].span.file for repair in bench.taken)
    return _State(bench.files, bench.found, state.places + made) if made else None


class _Bench:
    """Where a round of repairs is tried: those taken, the files with them made, and what is found in those."""

    def __init__(self, files: Files, found: Sequence[Diagnostic], check: Check) -> None:
        self.files, self.found, self.taken = files, found, list[Repair]()
        self._start, self._found_at_start, self._check = files, found, check
        self._added: Sequence[Diagnostic] = ()  # by the repairs tried last
        self._trials = _MAX_TRIALS
        self._raw = {name: raw for name, data in files.items() if (raw := Raw.of(data))}

    def take_what_does_no_harm(self) -> None:
        """Take the repairs that change nothing but what they say and of which no finding comes."""
        by_file = groupby(self._offered(), lambda repair: repair[0].span.file)
        group = [repair for name, part in by_file for repair in self._that_read_well(name, list(part))]
        _take(group, self._takes, self._parted)

    def _offered(self) -> Iterator[Repair]:
        """Yield the repairs that can be made side by side, by place: of two that overlap the first."""
        taken = set[tuple[str, int, int]]()
        for repair in sorted({tuple(sorted(set(found.edits))) for found in self._found_at_start if found.edits}):
            if self._fits(repair):
                spans = [edit.span for edit in repair]
                places = [(s.file, s.line, column) for s in spans for column in range(s.column, s.end_column)]
                if taken.isdisjoint(places) and len(set(places)) == len(places):
                    taken.update(places)
                    yield repair

    def _fits(self, repair: Repair) -> bool:
        raw = self._raw.get(repair[0].span.file)
        return raw is not None and all(edit.span.file == repair[0].span.file and raw.holds(edit) for edit in repair)

    def _that_read_well(self, name: str, group: Group) -> list[Repair]:
        """Return the repairs of a file with which it reads as they say and in nothing else otherwise."""
        root, kept = _root(name, self._start[name]), list[Repair]()
        trials = _MAX_TRIALS + _MAX_READ // len(self._start[name])

        def takes(part: Group) -> bool:
            nonlocal trials
            trials -= 1
            edits = _edits([*kept, *part])
            after = _root(name, edits.made_in(name, self._raw[name])) if trials >= 0 else None
            if root is None or after is None or _reading(after, _NONE) != _reading(root, edits):
                return False
            kept.extend(part)
            return True

        _take(group, takes, _halves)
        return kept

    def _takes(self, part: Group) -> bool:
        """Take some more repairs unless a finding comes of them."""
        self._trials -= 1
        if self._trials < 0:
            return False
        taken = [*self.taken, *part]
        edits = _edits(taken)
        names = {repair[0].span.file for repair in taken}
        files = {**self._start, **{name: edits.made_in(name, self._raw[name]) for name in names}}
        found = self._check(files)
        self._added = _added(self._found_at_start, found, edits)
        if not self._added:
            self.files, self.found, self.taken = files, found, taken
        return not self._added

    def _parted(self, group: Group) -> tuple[Group, Group]:
        """Part a group that did harm: those on the lines, or in the files, of what came of it are tried by themselves.

        The others come first: what one draft holds keeps nobody from repairing another.
        """
        lines = {(d.span.file, n) for d in self._added for n in range(d.span.line, d.span.end_line + 1)}
        files = {d.span.file for d in self._added}
        suspicions: tuple[Callable[[Span], bool], ...] = (lambda s: s[:2] in lines, lambda s: s.file in files)
        for is_suspect in suspicions:
            suspects = [repair for repair in group if any(is_suspect(edit.span) for edit in repair)]
            others = [repair for repair in group if not any(is_suspect(edit.span) for edit in repair)]
            if others and suspects:
                return others, suspects
        return _halves(group)


def _take(group: Group, takes: Callable[[Group], bool], parted: Callable[[Group], tuple[Group, Group]]) -> None:
    """Give a group to be taken, or parts of it until those that are refused stand alone."""
    if group and not takes(group) and len(group) > 1:
        for part in parted(group):
            _take(part, takes, parted)


def _halves(group: Group) -> tuple[Group, Group]:
    return group[: len(group) // 2], group[len(group) // 2 :]


def _edits(group: Group) -> Edits:
    return Edits(chain.from_iterable(group))


def _root(name: str, data: bytes) -> Node | None:
    problems: list[Diagnostic] = []
    source = decode(data, name, problems)
    return parse(source, problems) if source else None


def _reading(node: Node, edits: Edits) -> Hashable:
    """Return all that a file says, with edits made: its shape, and the lines of every paragraph."""
    if isinstance(node, Scalar):
        return tuple(_paragraphs(node.lines, edits))
    if isinstance(node, List):
        return "-", tuple(_reading(item, edits) for item in node.items)
    return ":", tuple((edits.made_to(entry.key), _reading(entry.value, edits)) for entry in node.entries)


def _paragraphs(lines: Iterable[Text], edits: Edits) -> Iterator[tuple[str, ...]]:
    """Yield the lines of each paragraph: blanks around a line are no text, and a paragraph without text is none."""
    for is_blank, part in groupby(lines, lambda line: not str(line).strip()):
        typed = () if is_blank else tuple(filter(None, (edits.made_to(line).strip() for line in part)))
        if typed:
            yield typed


def _added(before: Sequence[Diagnostic], after: Sequence[Diagnostic], edits: Edits) -> Sequence[Diagnostic]:
    """Return the findings that came of edits: there was none of their rule at their place, nor one in the same words.

    A reminder of what was mended could not be told while a slip hid it: it came of the slip.
    """

    def moved(found: Diagnostic) -> Hashable:
        return found.rule.code, *edits.moved(found.span)

    come = _without(after, _place, before, moved)
    gone = _without(before, moved, after, _place)
    cut = _cut(before)  # what such a rule finds then stood there before
    new = [d for d in _without(come, _words, gone, _words) if (d.rule.code, d.span.file) not in cut]
    return [d for d in new if d.is_error or not edits.touches(d.span)]


def _place(found: Diagnostic) -> Hashable:
    return found.rule.code, *found.span[:3]


def _words(found: Diagnostic) -> Hashable:
    return found.rule.code, found.span.file, found.message


def _without(these: Sequence[Diagnostic], key: Key, those: Sequence[Diagnostic], their_key: Key) -> list[Diagnostic]:
    """Return these findings less one for each of those with the same key."""
    left, kept = Counter(map(their_key, those)), []
    for found in these:
        if left[key(found)]:
            left[key(found)] -= 1
        else:
            kept.append(found)
    return kept
