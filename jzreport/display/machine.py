"""Findings for programs: JSON, GitHub's workflow commands, SARIF."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from jzreport.diagnostics import Diagnostic, Edit, Rule, Severity, Span
from jzreport.display.listing import brief, safe
from jzreport.display.outcome import Outcome

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}  # the words of all three forms
_FORM = 1  # of the JSON; a program that knows it need not fear a change of meaning
_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_ABSOLUTE = re.compile("/|[A-Za-z]:/")

Json = dict[str, Any]


def as_json(outcome: Outcome) -> Iterator[str]:
    """Yield one JSON document; files go by the names the terminal shows."""
    found = outcome.diagnostics
    errors = sum(diagnostic.is_error for diagnostic in found)
    summary = {
        "errors": errors,
        "warnings": len(found) - errors,
        "fixable": sum(bool(diagnostic.edits) for diagnostic in found),
        "waived": outcome.waived,
        "drafts": outcome.drafts,
    }
    yield _dumped({"version": _FORM, "summary": summary, "findings": [_json_finding(each) for each in found]})


def _json_finding(diagnostic: Diagnostic) -> Json:
    rule = diagnostic.rule
    return {
        "code": rule.code,
        "title": rule.title,
        "severity": _LEVELS[rule.severity],
        "级别": rule.severity.value,
        **_json_place(diagnostic.span),
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "related": [{**_json_place(span), "message": what} for span, what in diagnostic.related],
        "edits": [{**_json_place(edit.span), "old": edit.old, "new": edit.new} for edit in diagnostic.edits],
    }


def _json_place(span: Span) -> Json:
    """Return a place; the numbers are null when the file as a whole is meant."""
    numbers = zip(("line", "column", "end_line", "end_column"), span[1:], strict=True)
    return {"file": span.file, **{name: number if span.line else None for name, number in numbers}}


def as_github(outcome: Outcome) -> Iterator[str]:
    """Yield a workflow command for each finding: GitHub shows it at its line of the pull request."""
    for diagnostic in outcome.diagnostics:
        properties = {"file": outcome.path(diagnostic.span.file), **_github_place(diagnostic.span)}
        properties["title"] = f"{diagnostic.rule.code} {diagnostic.rule.title}"
        told = ",".join(f"{name}={_github_property(str(value))}" for name, value in properties.items())
        yield f"::{_LEVELS[diagnostic.rule.severity]} {told}::{_github_data(_github_message(diagnostic))}"


def _github_place(span: Span) -> Json:
    """Return lines and columns; GitHub takes columns only of a place on one line."""
    if not span.line:
        return {}
    if span.end_line > span.line:
        return {"line": span.line, "endLine": span.end_line}
    return {"line": span.line, "col": span.column, "endLine": span.end_line, "endColumn": span.end_column}


def _github_message(diagnostic: Diagnostic) -> str:
    """Return message and hint; the place stands before them, since the log of a job shows nothing else."""
    lines = [f"{safe(str(diagnostic.span))}: {brief(diagnostic.message)}"]
    lines += [f"改法：{brief(diagnostic.hint)}"] if diagnostic.hint else []
    lines += [f"另见：{safe(str(place))} {brief(what)}" for place, what in diagnostic.related]
    return "\n".join(lines)


def _github_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github_property(text: str) -> str:
    return _github_data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(outcome: Outcome) -> Iterator[str]:
    """Yield a SARIF 2.1.0 log, which code scanning of GitHub and editors read."""
    rules = list(dict.fromkeys((*outcome.pages, *(diagnostic.rule for diagnostic in outcome.diagnostics))))
    places = {rule.code: index for index, rule in enumerate(rules)}
    driver = {"name": "jzreport", "rules": [_sarif_rule(rule, outcome.pages.get(rule, "")) for rule in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(each, places[each.rule.code], outcome) for each in outcome.diagnostics],
    }
    yield _dumped({"$schema": _SARIF, "version": "2.1.0", "runs": [run]})


def _sarif_rule(rule: Rule, page: str) -> Json:
    return {
        "id": rule.code,
        "name": rule.title,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": page.partition("\n\n错误：")[0] or rule.title},  # GitHub takes 1,024 characters
        "help": {"text": page or rule.title},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _sarif_result(diagnostic: Diagnostic, index: int, outcome: Outcome) -> Json:
    told = f"{diagnostic.message}{diagnostic.hint and f'改法：{diagnostic.hint}'}"
    result: Json = {
        "ruleId": diagnostic.rule.code,
        "ruleIndex": index,
        "level": _LEVELS[diagnostic.rule.severity],
        "message": {"text": told},
        "locations": [_sarif_location(diagnostic.span, outcome)],
    }
    if diagnostic.related:
        result["relatedLocations"] = [
            {**_sarif_location(span, outcome), "message": {"text": what}} for span, what in diagnostic.related
        ]
    if diagnostic.edits:
        changes = [_sarif_change(edit, outcome) for edit in diagnostic.edits]
        result["fixes"] = [{"description": {"text": diagnostic.hint}, "artifactChanges": changes}]
    return result


def _sarif_location(span: Span, outcome: Outcome) -> Json:
    """Return a place; a file as a whole is its first line, since GitHub shows no finding without one."""
    return {
        "physicalLocation": {
            "artifactLocation": _sarif_file(span, outcome),
            "region": _sarif_region(span) if span.line else {"startLine": 1},
        }
    }


def _sarif_file(span: Span, outcome: Outcome) -> Json:
    path = outcome.path(span.file)
    # A name that is no Unicode keeps its bytes: they are what %XX means.
    uri = quote(path, safe="/:" if _ABSOLUTE.match(path) else "/", errors="surrogateescape")
    return {"uri": f"file:///{uri.removeprefix('/')}" if _ABSOLUTE.match(path) else uri}


def _sarif_region(span: Span) -> Json:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _sarif_change(edit: Edit, outcome: Outcome) -> Json:
    replacement = {"deletedRegion": _sarif_region(edit.span), "insertedContent": {"text": edit.new}}
    return {"artifactLocation": _sarif_file(edit.span, outcome), "replacements": [replacement]}


def _dumped(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
