"""The figures of two years side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import NamedTuple

from jzreport.draft import Draft
from jzreport.figures import Figure, year_on_year
from jzreport.references import Figures


class Change(Enum):
    """How a figure of the later year stands to that of the earlier one."""

    COMPARED = ""
    NEW = "新增"
    VANISHED = "后一年没有"
    OTHER_UNIT = "单位不同"
    BLANK = "未填"
    UNREADABLE = "读不出数字"


class Stated(NamedTuple):
    """A figure of one year and the department that stated it."""

    figure: Figure
    department: str


class Pair(NamedTuple):
    """One figure in both years; None: that year has none of the name. `told` is the change in the genre's words."""

    name: str
    before: Stated | None
    after: Stated | None
    change: Change
    told: str = ""

    @property
    def latest(self) -> Stated:
        """The figure of the later year, else of the earlier one."""
        stated = self.after or self.before
        assert stated is not None, "a pair has a figure"
        return stated


class Year(NamedTuple):
    """A year's figures by name, and its drafts as read."""

    year: int
    figures: Figures
    drafts: tuple[Draft, ...]


def compare(before: Year, after: Year) -> tuple[Pair, ...]:
    """Return all figures of two years: those of the later one in its order, then those that vanished."""
    owners = {**_owners(before.drafts), **_owners(after.drafts)}
    names = dict.fromkeys((*after.figures, *before.figures))
    return tuple(_pair(name, _stated(name, before, owners), _stated(name, after, owners)) for name in names)


def _owners(drafts: Iterable[Draft]) -> Mapping[str, str]:
    return {draft.file: str(draft.department) for draft in drafts}


def _stated(name: str, year: Year, owners: Mapping[str, str]) -> Stated | None:
    figure = year.figures.get(name)
    return Stated(figure, owners.get(figure.span.file, "")) if figure else None


def _pair(name: str, before: Stated | None, after: Stated | None) -> Pair:
    if before is None or after is None:
        return Pair(name, before, after, Change.NEW if before is None else Change.VANISHED)
    unread = [each.figure for each in (before, after) if not each.figure.is_readable]
    if unread:
        is_blank = any(not str(figure.value) for figure in unread)
        return Pair(name, before, after, Change.BLANK if is_blank else Change.UNREADABLE)
    told = year_on_year(after.figure.value, before.figure.value)
    return Pair(name, before, after, Change.COMPARED if told else Change.OTHER_UNIT, told or "")
