"""The office's word lists (templates/wording.yaml): data for the rules on wording, years and release.

A row of words is one line, “错的写法: 对的写法”: half of them say no more, and reading the lists is part of every command.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jzreport.diagnostics import Diagnostic
from jzreport.fields import Problems, wrong
from jzreport.keys import WordingKeys, WordKeys
from jzreport.kinds import read_line
from jzreport.nodes import Entry, Mapping, Node, Scalar
from jzreport.text import Text

_BETWEEN = "、"  # what stands between forms or guards typed as one
_NOT_BETWEEN = frozenset("，,；;/／")  # what is typed instead


class Word(NamedTuple):
    """错别字, 用词提醒: a wrong form, the right one, and what stands around it when it is wrong (or, after all, right)."""

    wrong: str
    right: str
    is_error: bool
    not_after: tuple[str, ...] = ()  # right when one of these stands before it
    not_before: tuple[str, ...] = ()  # right when one of these follows
    only_after: tuple[str, ...] = ()  # wrong only when one of these stands before it; empty: anywhere
    only_before: tuple[str, ...] = ()
    since: int = 0  # the first report year it is wrong in; 0: always
    remark: str = ""

    def places(self, string: str, printed: str) -> Iterator[int]:
        """Yield where in a string the wrong form begins; what stands around it is seen as `printed`, unmasked."""
        start = string.find(self.wrong)
        while start >= 0:
            end = start + len(self.wrong)
            if self._is_wrong(printed, start, end):
                yield start
            start = string.find(self.wrong, end)

    def _is_wrong(self, string: str, start: int, end: int) -> bool:
        # An empty tuple of guards matches nothing.
        if string.endswith(self.not_after, 0, start) or string.startswith(self.not_before, end):
            return False
        if self.only_after and not string.endswith(self.only_after, 0, start):
            return False
        return not self.only_before or string.startswith(self.only_before, end)


class Meeting(NamedTuple):
    """会议: a congress or plenary session and the day it began, or a fixed form and the day it was first used."""

    name: str
    date: datetime.date


class Wording(NamedTuple):
    """All lists of the office; each is empty when the file does not give it."""

    words: tuple[Word, ...] = ()
    thoughts: tuple[str, ...] = ()  # the fixed forms of 习近平…思想
    meetings: tuple[Meeting, ...] = ()
    placeholders: tuple[str, ...] = ()  # what a template or a hurried hand leaves behind
    internal: tuple[str, ...] = ()  # remarks that are not for the public
    hotlines: tuple[str, ...] = ()  # numbers that may be printed
    set_phrases: tuple[str, ...] = ()  # what may be the same every year


NOTHING = Wording()


def read_wording(node: Node, problems: Problems) -> Wording:
    """Return the word lists of a wording.yaml; an entry that is wrong is a finding and left out."""
    record = WordingKeys(node, problems)
    errors = tuple(_words(record.misspelt, True, problems))
    told = {word.wrong for word in errors}  # once is enough
    return Wording(
        (*errors, *(word for word in _words(record.discouraged, False, problems) if word.wrong not in told)),
        _strings(record.thoughts),
        tuple(Meeting(str(keys.name), keys.date) for keys in record.meetings or () if keys.name and keys.date),
        _strings(record.placeholders),
        _strings(record.internal),
        _strings(record.hotlines),
        _strings(record.set_phrases),
    )


def _words(entries: Iterable[Entry] | None, is_error: bool, problems: Problems) -> Iterator[Word]:
    for entry in entries or ():
        if not _NOT_BETWEEN.isdisjoint(str(entry.key)):
            problems.append(wrong(entry.value, f"“{entry.key}”里有逗号一类的符号。", "几个错的写法之间请用“、”隔开。"))
            continue
        forms = tuple(filter(None, str(entry.key).split(_BETWEEN)))  # “甲、”: nothing stands everywhere
        for word in _row(forms, entry, is_error, problems):
            if word.wrong in word.right and next(word.places(word.right, word.right), None) is not None:
                problems.append(_always_wrong(word, entry))
            else:
                yield word


def _row(forms: tuple[str, ...], entry: Entry, is_error: bool, problems: Problems) -> Iterator[Word]:
    if isinstance(entry.value, Mapping):
        yield from _guarded(forms, WordKeys(entry.value, problems), is_error)
    elif isinstance(entry.value, Scalar) and entry.value.is_empty:
        hint = f"请在冒号后面写上，例如“{entry.key}: ……”；用不着就删去这一行。"
        problems.append(wrong(entry.value, f"“{entry.key}”没有写对的写法。", hint))
    elif right := read_line(entry.value, problems):
        yield from (Word(form, str(right), is_error) for form in forms)


def _always_wrong(word: Word, entry: Entry) -> Diagnostic:
    """Return the finding for a row that finds fault with its own right form."""
    if word.wrong == word.right:
        return wrong(entry.value, f"“{word.wrong}”错的写法和对的写法一样。", "请改好其中一个，或者删去这一行。")
    before = word.right.partition(word.wrong)[0][-1:]
    side, guard = ("前面不是", before) if before else ("后面不是", word.right.removeprefix(word.wrong)[:1])
    message = f"“{word.right}”里就有“{word.wrong}”，写对了也会算错。"
    return wrong(entry.value, message, f"请写明挨着什么字，例如“{word.wrong}: {{对: {word.right}, {side}: {guard}}}”。")


def _guarded(forms: Iterable[str], keys: WordKeys, is_error: bool) -> Iterator[Word]:
    if keys.right is None:
        return
    right, since, remark = str(keys.right), keys.since or 0, str(keys.remark or "")
    not_after, not_before = _guards(keys.not_after), _guards(keys.not_before)
    only_after, only_before = _guards(keys.only_after), _guards(keys.only_before)
    for form in forms:
        yield Word(form, right, is_error, not_after, not_before, only_after, only_before, since, remark)


def _guards(texts: tuple[Text, ...] | None) -> tuple[str, ...]:
    """Return the guards of a row, typed as one value with 、 between them or as a list."""
    if not texts:
        return ()
    return tuple(filter(None, str(texts[0]).split(_BETWEEN))) if len(texts) == 1 else _strings(texts)


def _strings(texts: tuple[Text, ...] | None) -> tuple[str, ...]:
    return tuple(str(text) for text in texts or ())
