"""Numbering styles of headings (编号): what is printed before the n-th child and how such a heading looks."""

from __future__ import annotations

from enum import Enum

from jzreport.chinese import numeral

_MAX_NUMERAL = 9999  # no paper has as many headings, but one typed by a machine must not stop the program


class NumberingStyle(Enum):
    """The styles of GB/T 9704-2012 7.3.3 and those that real reports use besides; the value is the 编号 typed."""

    PART = "一、"
    SECTION = "（一）"
    ITEM = "1."
    ITEM_WITH_COMMA = "1、"
    POINT = "（1）"
    ENUMERATION = "一是"
    NONE = "无"

    def number(self, n: int) -> str:
        """Return what is printed before the n-th heading."""
        chinese = numeral(n) if n <= _MAX_NUMERAL else str(n)
        return {
            NumberingStyle.PART: f"{chinese}、",
            NumberingStyle.SECTION: f"（{chinese}）",
            NumberingStyle.ITEM: f"{n}.",
            NumberingStyle.ITEM_WITH_COMMA: f"{n}、",
            NumberingStyle.POINT: f"（{n}）",
            NumberingStyle.ENUMERATION: f"{chinese}是",
            NumberingStyle.NONE: "",
        }[self]

    @property
    def runs_in(self) -> bool:
        """Whether such headings stand in one paragraph with their text, unless 接排 says otherwise."""
        return self not in (NumberingStyle.PART, NumberingStyle.SECTION, NumberingStyle.NONE)

    @property
    def rank(self) -> int:
        """The level of the standard whose face such a heading has: 1 一、, 2 （一）, 3 1., 4 （1）, 0 a group title."""
        return _RANKS[self]


_RANKS = {
    NumberingStyle.NONE: 0,
    NumberingStyle.PART: 1,
    NumberingStyle.SECTION: 2,
    NumberingStyle.ITEM: 3,
    NumberingStyle.ITEM_WITH_COMMA: 3,
    NumberingStyle.POINT: 4,
    NumberingStyle.ENUMERATION: 4,
}

# GB/T 9704-2012 7.3.3: 一、 （一） 1. （1）, by the depth of numbered headings.
BY_DEPTH = (NumberingStyle.PART, NumberingStyle.SECTION, NumberingStyle.ITEM, NumberingStyle.POINT)
