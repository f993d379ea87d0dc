"""Every bad input is found at its place and told in plain Chinese.

A file of tests/bad/<class>/ is put into the good workspace tests/bad/workspace, beside last year's report (去年):
report*.yaml in place of its report.yaml, other *.yaml as a draft, pictures and tables as files that a draft names, the
rest as they are. What must be found stands in the file itself (`# 期望: R06 第7行；S01 第2行`; without a line: the file
as a whole), or beside it in <file>.expected where the file cannot say it. No other error may be found.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from jzreport import display
from jzreport.commands.build import build
from jzreport.commands.checking import Checked
from jzreport.rules import pages
from jzreport.workspace import Workspace

BAD = Path(__file__).parent / "bad"
CASES = sorted(
    path
    for path in BAD.glob("*/*")
    if path.is_file() and path.suffix != ".expected" and "workspace" not in path.relative_to(BAD).parts
)
DRAFT = "data/2022/50-来稿.yaml"

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


def placed(path: Path) -> str:
    """Return where in the workspace a bad file goes."""
    if path.suffix == ".yaml":
        return "data/2022/report.yaml" if path.name.startswith("report") else DRAFT
    return f"data/2022/{path.name}"


def workspace_with(path: Path, root: Path) -> Workspace:
    """Return the good workspace with the bad file in its place, named by a draft if it is a picture or table."""
    shutil.copytree(BAD / "workspace", root, dirs_exist_ok=True)
    (root / "去年").rename(root / "data" / "2021")
    shutil.copyfile(path, root / placed(path))
    kind = {".png": "图片", ".jpg": "图片", ".csv": "表格"}.get(path.suffix)
    if kind:
        lines = ["章节: 工作情况", "填报单位: 市司法局", "正文:", f"  - {kind}:", f"      文件: {path.name}"]
        lines += ["      替代文字: 图"] if kind == "图片" else []
        (root / DRAFT).write_text("\n".join(lines) + "\n", "utf-8")
    return Workspace(root)


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


def test_the_workspace_they_are_put_into_is_good(tmp_path: Path) -> None:
    shutil.copytree(BAD / "workspace", tmp_path, dirs_exist_ok=True)
    built = build(Workspace(tmp_path), "2022")
    assert len(built.paths) == 2
    assert not any(diagnostic.is_error for diagnostic in built.checked.diagnostics)


def test_every_code_has_a_bad_file() -> None:
    shown = {code for path in CASES for code, _, _ in wanted(path)}
    assert {rule.code for rule in pages()} - shown == set()
