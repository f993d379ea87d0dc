"""Findings for programs: JSON, GitHub's workflow commands, SARIF."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from jzreport.diagnostics import Diagnostic, Edit, Rule, Severity, Span
from jzreport.display.in_json import in_json
from jzreport.display.listing import brief, safe
from jzreport.display.outcome import Outcome

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}  # the words of all three forms
_FORM = 1  # of the JSON; a program that knows it need not fear a change of meaning
_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

MAX_PER_FILE = 1_000  # findings: nobody looks through more, and SARIF takes ten kilobytes of memory for each
_MAX_RELATED = 50  # places and edits of one finding

_ABSOLUTE = re.compile("/|[A-Za-z]:/")

Json = dict[str, Any]


def _capped(outcome: Outcome) -> tuple[list[Diagnostic], dict[str, int]]:
    """Return the first findings of each file, none too long, and how many are left out by the name of their file."""
    count, shown = Counter[str](), list[Diagnostic]()
    for diagnostic in outcome.diagnostics:
        count[diagnostic.span.file] += 1
        if count[diagnostic.span.file] <= MAX_PER_FILE:
            shown.append(diagnostic)
    left_out = {file: number - MAX_PER_FILE for file, number in count.items() if number > MAX_PER_FILE}
    return [_shortened(diagnostic) for diagnostic in shown], left_out


def _shortened(diagnostic: Diagnostic) -> Diagnostic:
    """Return a finding with no more places than anyone looks at; half of its edits would be no repair."""
    edits = diagnostic.edits if len(diagnostic.edits) <= _MAX_RELATED else ()
    return diagnostic._replace(related=diagnostic.related[:_MAX_RELATED], edits=edits)


def _left_out(number: int) -> str:
    return f"另有 {number} 处没有列出，请先改好上面的。"


def as_json(outcome: Outcome) -> Iterator[str]:
    """Yield one JSON document; files go by the names the terminal shows."""
    found = outcome.diagnostics
    shown, left_out = _capped(outcome)
    errors = sum(diagnostic.is_error for diagnostic in found)
    summary = {
        "errors": errors,
        "warnings": len(found) - errors,
        "fixable": sum(bool(diagnostic.edits) for diagnostic in found),
        "waived": outcome.waived,
        "drafts": outcome.drafts,
    }
    more = {"left_out": left_out} if left_out else {}
    yield in_json({"version": _FORM, "summary": summary, **more, "findings": [_json_finding(each) for each in shown]})


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
    shown, left_out = _capped(outcome)
    for diagnostic in shown:
        properties = {"file": outcome.path(diagnostic.span.file), **_github_place(diagnostic.span)}
        properties["title"] = f"{diagnostic.rule.code} {diagnostic.rule.title}"
        told = ",".join(f"{name}={_github_property(str(value))}" for name, value in properties.items())
        yield f"::{_LEVELS[diagnostic.rule.severity]} {told}::{_github_data(_github_message(diagnostic))}"
    for file, number in left_out.items():
        told = f"file={_github_property(outcome.path(file))}"
        yield f"::notice {told}::{_github_data(f'{safe(file)}: {_left_out(number)}')}"


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
    return safe(_github_data(text).replace(":", "%3A").replace(",", "%2C"))


def as_sarif(outcome: Outcome) -> Iterator[str]:
    """Yield a SARIF 2.1.0 log, which code scanning of GitHub and editors read."""
    shown, left_out = _capped(outcome)
    rules = list(dict.fromkeys((*outcome.pages, *(diagnostic.rule for diagnostic in shown))))
    places = {rule.code: index for index, rule in enumerate(rules)}
    driver = {"name": "jzreport", "rules": [_sarif_rule(rule, outcome.pages.get(rule, "")) for rule in rules]}
    run: Json = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(each, places[each.rule.code], outcome) for each in shown],
    }
    if left_out:
        told = [_sarif_note(file, number, outcome) for file, number in left_out.items()]
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": told}]
    yield in_json({"$schema": _SARIF, "version": "2.1.0", "runs": [run]})


def _sarif_note(file: str, number: int, outcome: Outcome) -> Json:
    location = _sarif_location(Span(file), outcome)
    return {"level": "warning", "message": {"text": f"{file}: {_left_out(number)}"}, "locations": [location]}


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
