"""The office's word lists (templates/wording.yaml): data for the rules on wording, years and release."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from jzreport.diagnostics import Diagnostic, SourceLevel
from jzreport.fields import MISTYPED, Problems
from jzreport.keys import MeetingKeys, WordingKeys, WordKeys
from jzreport.nodes import Node
from jzreport.text import Text


class Word(NamedTuple):
    """词语: a wrong form, the right one, and what stands around it when it is wrong (or, after all, right)."""

    wrong: str
    right: str
    is_error: bool
    source_level: SourceLevel
    since: int  # the first report year it is wrong in; 0: always
    not_after: tuple[str, ...]  # right when one of these stands before it
    not_before: tuple[str, ...]  # right when one of these follows
    only_after: tuple[str, ...]  # wrong only when one of these stands before it; empty: anywhere
    only_before: tuple[str, ...]
    remark: str

    def places(self, string: str) -> Iterator[int]:
        """Yield where in a string the wrong form begins."""
        start = string.find(self.wrong)
        while start >= 0:
            end = start + len(self.wrong)
            if self._is_wrong(string, start, end):
                yield start
            start = string.find(self.wrong, end)

    def _is_wrong(self, string: str, start: int, end: int) -> bool:
        if any(string.endswith(word, 0, start) for word in self.not_after):
            return False
        if any(string.startswith(word, end) for word in self.not_before):
            return False
        if self.only_after and not any(string.endswith(word, 0, start) for word in self.only_after):
            return False
        return not self.only_before or any(string.startswith(word, end) for word in self.only_before)


class Meeting(NamedTuple):
    """会议: a congress or plenary session and the day it began."""

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
    return Wording(
        tuple(word for keys in record.words or () for word in _words(keys, problems)),
        _strings(record.thoughts),
        tuple(meeting for keys in record.meetings or () for meeting in _meeting(keys)),
        _strings(record.placeholders),
        _strings(record.internal),
        _strings(record.hotlines),
        _strings(record.set_phrases),
    )


def _words(keys: WordKeys, problems: Problems) -> Iterator[Word]:
    is_error = str(keys.severity) == "错误"
    level = SourceLevel(str(keys.source_level)) if keys.source_level else SourceLevel.PRACTICE
    if is_error and level is SourceLevel.PRACTICE:
        place = keys.place_of(WordKeys.severity)
        hint = "请改成“级别: 提醒”，或写明“依据”。"
        problems.append(Diagnostic(MISTYPED, place, "依据是“惯例”的词语只能是“提醒”。", hint))
        return
    if keys.wrong is None or keys.right is None:
        return
    for wrong in keys.wrong:
        yield Word(
            str(wrong),
            str(keys.right),
            is_error,
            level,
            keys.since or 0,
            _strings(keys.not_after),
            _strings(keys.not_before),
            _strings(keys.only_after),
            _strings(keys.only_before),
            str(keys.remark or ""),
        )


def _meeting(keys: MeetingKeys) -> Iterator[Meeting]:
    if keys.name and keys.date:
        yield Meeting(str(keys.name), keys.date)


def _strings(texts: tuple[Text, ...] | None) -> tuple[str, ...]:
    return tuple(str(text) for text in texts or ())
