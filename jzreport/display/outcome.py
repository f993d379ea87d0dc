"""What a check came to: all that any form of showing it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jzreport.diagnostics import Diagnostic, Rule
from jzreport.display.listing import Lines, terminal


class Outcome(NamedTuple):
    """The findings, in reading order and each once, and what is told with them."""

    diagnostics: tuple[Diagnostic, ...]
    lines: Lines
    drafts: int = 0  # how many were read
    waived: int = 0  # findings that are known and stand
    is_partial: bool = False  # only some rules were asked for
    repair: str = ""  # the command line that mends what can be mended safely; empty: there is none
    paths: Mapping[str, str] = {}  # by a file's name its path in the repository, where that is another
    pages: Mapping[Rule, str] = {}  # by a rule its page; only SARIF tells it

    def path(self, file: str) -> str:
        """Return what programs find a file by."""
        return self.paths.get(file, file)


def text(outcome: Outcome, *, colour: bool = False) -> Iterator[str]:
    """Yield the findings for people, or that there are none, and how many are waived."""
    if outcome.diagnostics:
        yield from terminal(outcome.diagnostics, outcome.lines, outcome.repair, colour=colour)
    else:
        what = "所选的规则没有发现问题。" if outcome.is_partial else "没有发现问题。"
        yield f"{what}共读了 {outcome.drafts} 份来稿。" if outcome.drafts else what
    if outcome.waived:
        yield f"另有 {outcome.waived} 处问题写了豁免，没有列出。"
