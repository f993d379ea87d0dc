"""Every bad input is found at its place and told in plain Chinese.

A file of tests/bad/<class>/ is put into the small good workspace, beside last year's report:
report*.yaml in place of its report.yaml, other *.yaml as a draft, pictures and tables as files that a draft names, the
rest as they are. What must be found stands in the file itself (`# 期望: R06 第7行；S01 第2行`; without a line: the file
as a whole), or beside it in <file>.expected where the file cannot say it. No other error may be found.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bad_files import BAD, CASES, DRAFT, placed, workspace_with

from jzreport import display
from jzreport.commands.build import build
from jzreport.commands.checking import Checked
from jzreport.rules import pages
from jzreport.workspace import Workspace

_WANTED = re.compile(r"期望: (.*)")
_ONE = re.compile(r"([A-Z]\d\d)(?: (来稿)?第(\d+)行)?")
_ENGLISH = re.compile(r"[A-Za-z]{3,}")
_TERMS = {
    "YAML",
    "UTF",
    "PNG",
    "JPEG",
    "CSV",
    "Word",
    "WPS",
    "Excel",
    "PDF",
    "RTF",
    "GBK",
    "Tab",
    "report",
    "data",
    "yaml",
}

Found = tuple[str, str, int]  # code, file, line


def wanted(path: Path) -> tuple[tuple[str, str, int], ...]:
    """Return code, 来稿 or nothing, and line of what must be found."""
    beside = path.with_name(f"{path.name}.expected")
    text = beside.read_text("utf-8") if beside.exists() else path.read_bytes().split(b"\n")[0].decode()
    told = _WANTED.search(text)
    assert told, f"{path} does not say what must be found"
    return tuple((m[1], m[2] or "", int(m[3] or 0)) for m in _ONE.finditer(told[1]))


def findings(year: Checked) -> list[tuple[Found, bool]]:
    return [((d.rule.code, d.span.file, d.span.line), d.is_error) for d in year.diagnostics]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.relative_to(BAD).as_posix())
def test_is_found_at_its_place_and_nothing_else_is(path: Path, tmp_path: Path) -> None:
    built = build(workspace_with(path, tmp_path), "2022", tmp_path / "out")
    found = findings(built.checked)
    expected = sorted((code, DRAFT if where else placed(path), line) for code, where, line in wanted(path))
    errors = sorted(finding for finding, is_error in found if is_error)
    assert [finding for finding in expected if finding not in [f for f, _ in found]] == []
    assert [finding for finding in errors if finding not in expected] == []
    assert bool(built.paths) is not bool(errors)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.relative_to(BAD).as_posix())
def test_is_told_in_chinese_without_jargon(path: Path, tmp_path: Path) -> None:
    year = build(workspace_with(path, tmp_path), "2022", tmp_path / "out").checked
    own = f"{path.name} {path.read_bytes().decode('utf-8', 'replace')}"
    for diagnostic in year.diagnostics:
        told = diagnostic.message + diagnostic.hint
        foreign = {word for word in _ENGLISH.findall(told) if word not in _TERMS and word not in own}
        assert not foreign, told
        assert diagnostic.message.endswith("。"), told
        assert re.fullmatch(r"(.*[。？”])?", diagnostic.hint), told
    printed = "\n".join(display.terminal(year.diagnostics, year.lines))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029]", printed)


def test_the_workspace_they_are_put_into_is_good(desk: Path) -> None:
    built = build(Workspace(desk), "2022")
    assert len(built.paths) == 2
    assert not any(diagnostic.is_error for diagnostic in built.checked.diagnostics)


def test_every_code_has_a_bad_file() -> None:
    shown = {code for path in CASES for code, _, _ in wanted(path)}
    assert {rule.code for rule in pages()} - shown == set()
