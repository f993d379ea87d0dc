"""Every rule does what its own page says, and no page is out of date."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from examples import examples, findings

import jzreport
from jzreport.commands.rules import manual
from jzreport.diagnostics import Rule, Severity, SourceLevel, Span
from jzreport.report import Node, Report
from jzreport.rules import RULES, pages
from jzreport.rules.base import MAX_FOUND, MORE, CheckingRule, Context, Found
from jzreport.wording import NOTHING

PAGES = pages()
# What an example in a page cannot show: these need another kind of file than YAML, or a folder.
WITHOUT_EXAMPLE = {"R01", "R02", "R03", "R10", "R12", "S10", "S13", "S28"}


@pytest.mark.parametrize("rule", PAGES, ids=lambda rule: rule.code)
def test_the_examples_of_a_page_are_found_where_they_are_marked_and_nowhere_else(rule: Rule) -> None:
    shown = list(examples(PAGES[rule], whole=rule.code.startswith("R")))
    for example in shown:
        found = {(d.span.file, d.span.line) for d in findings(example) if d.rule.code == rule.code}
        assert found == example.marked, example
    if rule.code not in WITHOUT_EXAMPLE:
        assert any(example.marked for example in shown) and any(not example.marked for example in shown)


def test_a_recommendation_is_never_an_error() -> None:
    practice = {each.rule.code for each in RULES if each.rule.source_level is SourceLevel.PRACTICE}
    errors = {each.rule.code for each in RULES if each.rule.severity is Severity.ERROR}
    # What an office itself demands (its 核对, 其中, 上年承诺), what cannot be printed and what was copied from last
    # year and left as it was is no recommendation.
    of_last_year = {"Y08", "Y09", "Y12", "Y13"}
    assert practice & errors <= {code for code in errors if code[0] in "SFP"} | of_last_year


def test_every_finding_has_a_page_and_every_code_one_meaning() -> None:
    names = (module.name for module in pkgutil.walk_packages(jzreport.__path__, "jzreport."))
    modules = (importlib.import_module(name) for name in names if name != "jzreport.__main__")
    constants = {id(value): value for module in modules for value in vars(module).values() if isinstance(value, Rule)}
    every = [*constants.values(), *(each.rule for each in RULES)]
    codes = sorted(rule.code for rule in every)
    assert codes == sorted(set(codes)) == sorted(rule.code for rule in PAGES)


def test_the_manual_of_rules_is_fresh() -> None:
    # Renew it with `python tools/write_rules.py`.
    assert (Path(__file__).parent.parent / "docs" / "rules.md").read_text("utf-8") == manual()


def test_a_rule_ends_where_a_file_has_more_findings_than_anybody_reads() -> None:
    def check(_: Context) -> Iterator[Found]:
        yield from (Found(Span.on_line("01.yaml", 1, n, 1), "不对。") for n in range(MAX_FOUND + 5))
        yield Found(Span.on_line("02.yaml", 1, 1, 1), "不对。")

    report = Report(2023, "", (), (), Node("", None, Span("report.yaml")))
    *told, last = CheckingRule(Rule("X01", "甲"), check, "", False).findings(Context(report, NOTHING))
    assert len(told) == MAX_FOUND + 1 and last.span.file == "02.yaml"  # a file hides nothing of another
    assert (told[-1].message, told[-1].span) == (MORE, Span("01.yaml"))
