"""The rules: every one is listed here, by its family's first letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jzreport.diagnostics import Diagnostic, Rule
from jzreport.rules import figures, numerals, privacy, punctuation, reading, structure, wording, year
from jzreport.rules.base import CheckingRule, Context

RULES: tuple[CheckingRule, ...] = (
    *structure.RULES,
    *figures.RULES,
    *wording.RULES,
    *punctuation.RULES,
    *numerals.RULES,
    *year.RULES,
    *privacy.RULES,
)


def findings(context: Context) -> Iterator[Diagnostic]:
    """Yield what the rules find."""
    for each in RULES:
        yield from each.findings(context)


def asked(context: Context) -> Mapping[str, bool]:
    """Return for every rule's code whether it could be asked about what is at hand."""
    return {each.rule.code: context.is_whole or not each.needs_whole for each in RULES}


def pages() -> Mapping[Rule, str]:
    """Return the page of every rule, those of reading included, in the order of their codes."""
    unsorted = {**reading.PAGES, **{each.rule: each.page for each in RULES}}
    return {rule: unsorted[rule] for rule in sorted(unsorted, key=lambda rule: rule.code)}
