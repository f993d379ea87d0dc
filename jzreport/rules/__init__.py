"""The rules: every one is listed here, by its family's first letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from inspect import cleandoc

from jzreport.diagnostics import Diagnostic, Rule
from jzreport.rules import (
    changes,
    claims,
    contents,
    cover,
    dates,
    declared,
    figures,
    forms,
    headings,
    last_year,
    meetings,
    numerals,
    pairs,
    privacy,
    promises,
    punctuation,
    references,
    relations,
    remarks,
    repetitions,
    restated,
    series,
    structure,
    unfilled,
    wording,
    year,
)
from jzreport.rules.base import CheckingRule, Context

RULES: tuple[CheckingRule, ...] = (
    *structure.RULES,
    *headings.RULES,
    *unfilled.RULES,
    *contents.RULES,
    *figures.RULES,
    *relations.RULES,
    *references.RULES,
    *restated.RULES,
    *declared.RULES,
    *changes.RULES,
    *wording.RULES,
    *forms.RULES,
    *punctuation.RULES,
    *pairs.RULES,
    *numerals.RULES,
    *dates.RULES,
    *series.RULES,
    *repetitions.RULES,
    *year.RULES,
    *meetings.RULES,
    *last_year.RULES,
    *claims.RULES,
    *promises.RULES,
    *cover.RULES,
    *privacy.RULES,
    *remarks.RULES,
)


def findings(context: Context) -> Iterator[Diagnostic]:
    """Yield what the rules find."""
    for each in RULES:
        yield from each.findings(context)


def asked(context: Context) -> Mapping[str, bool]:
    """Return for every rule's code whether it could be asked about what is at hand."""
    return {each.rule.code: context.is_whole or not each.needs_whole for each in RULES}


def pages() -> Mapping[Rule, str]:
    """Return the page of every rule, those of reading included, family by family."""
    from jzreport.rules import assembling, filling, reading, referring  # nobody who checks or builds reads them

    found_in_reading = {**reading.PAGES, **filling.PAGES, **assembling.PAGES, **referring.PAGES}
    unsorted = {**found_in_reading, **{each.rule: each.page for each in RULES}}
    return {
        rule: cleandoc(unsorted[rule])
        for rule in sorted(unsorted, key=lambda rule: ("RSFWYP".index(rule.code[0]), rule.code))
    }
