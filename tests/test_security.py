"""What a hostile draft, file name or template can do to the person who runs the program: nothing."""

from __future__ import annotations

import json
import re
import socket
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from on_disk import small_workspace, tree
from shell import Run

# Clears the screen; the same with the C1 twin of ESC [; turns the writing; ends a line; orders to GitHub's runner.
NASTY = "\x1b[2J\x9b2J\u202e\u2066\u2028\x07\r::error::##[group]"
ESCAPED = json.dumps(NASTY)  # as a YAML string
BIDI = "\u202e\u2066\u200b"  # what may stand in a YAML file as it is
DRAFT = "data/2022/01-导语.yaml"
COMMANDS = {
    "build": ["build", "2022"],
    "review": ["build", "2022", "--review"],
    "validate": ["validate", "2022"],
    "validate json": ["validate", "2022", "--format", "json"],
    "validate github": ["validate", "2022", "--format", "github"],
    "validate sarif": ["validate", "2022", "--format", "sarif"],
    "sheets": ["validate", "2022", "--sheets", "反馈"],
    "status": ["status", "2022"],
    "status json": ["status", "2022", "--format", "json"],
    "compare": ["compare", "2021", "2022"],
    "compare csv": ["compare", "2021", "2022", "--format", "csv"],
    "compare json": ["compare", "2021", "2022", "--format", "json"],
    "fix diff": ["fix", "2022", "--diff"],
    "fix": ["fix", "2022"],
    "new": ["new", "2023"],
    "add": ["new", "2022", "--add", NASTY.replace("\r", ""), "工作情况"],
    "no such section": ["new", "2022", "--add", "市司法局", NASTY],
    "no such year": ["build", NASTY],
    "no such file": ["validate", f"{NASTY}.yaml"],
    "no such rule": ["explain", NASTY],
    "no such option": [f"--{NASTY}"],
    "no such option, on two lines": ["--\n::error::好"],
    "elsewhere": ["-C", NASTY, "build", "2022"],
    "build to": ["build", "2022", "-o", f"成品{NASTY}"],
    "sheets to": ["validate", "2022", "--sheets", f"反馈{NASTY}"],
    "compare to": ["compare", "2021", "2022", "-o", f"对照{NASTY}.txt"],
    "init": ["init", f"新市{NASTY}"],
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    desk = small_workspace(tmp_path, has_last_year=True)
    monkeypatch.chdir(desk)
    return desk


def change(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def nasty_names(desk: Path) -> None:
    """Draft, picture, table, stray file and folder whose names are orders to a terminal."""
    name = NASTY.replace("/", "")
    text = (desk / DRAFT).read_text("utf-8").replace("，", ",")
    (desk / "data/2022" / f"{name}.yaml").write_text(text, "utf-8")
    (desk / "data/2022" / f"{name}.docx").write_bytes(b"PK")
    (desk / "data/2022" / name).mkdir()
    (desk / "data/2022" / name / f"{name}.yaml").write_text("章节：好\n", "utf-8")


def nasty_values(typed: str) -> Callable[[Path], None]:
    """Every field of a draft holds it."""

    def put(desk: Path) -> None:
        for year in ("2021", "2022"):
            (desk / f"data/{year}/50-来稿.yaml").write_text(
                f"章节: {typed}\n填报单位: {typed}\n填报人: {typed}\n正文:\n  - {typed}\n"
                f"  - 表格:\n      标题: {typed}\n      表头: [{typed}, 乙]\n      行:\n        - [{typed}, 5件]\n"
                f"  - 图片:\n      文件: {typed}\n      说明: {typed}\n      替代文字: {typed}\n"
                f"条目:\n  - 标题: {typed}\n    正文: {typed}\n    {typed}: 好\n"
                f"指标:\n  {typed}: {typed}\n  受理: {{数值: {typed}, 上年: {typed}, 来源: {typed}, 其中: [{typed}]}}\n"
                f"豁免:\n  - {{规则: {typed}, 原文: {typed}, 原因: {typed}}}\n",
                "utf-8",
            )

    return put


def nasty_cover(typed: str) -> Callable[[Path], None]:
    """Title, region, sections, departments and promises of both years hold it."""

    def put(desk: Path) -> None:
        for path in desk.glob("data/*/report.yaml"):
            lines = path.read_text("utf-8").split("\n")
            path.write_text("\n".join(_filled(line, typed) for line in lines) + f"\n结语: {typed}\n", "utf-8")

    return put


def _filled(line: str, typed: str) -> str:
    key, colon, value = line.partition(": ")
    named = key.strip().removeprefix("- ") in ("地区", "标题", "牵头单位", "发文机关", "署名", "内容")
    return f"{key}: {typed}" if colon and value != "|" and named else line


def nasty_templates(desk: Path) -> None:
    (desk / "templates").mkdir()
    (desk / "templates/style.yaml").write_text(f"版式: {ESCAPED}\n{BIDI}: 好\n", "utf-8")
    (desk / "templates/report.yaml.j2").write_text(f"{{{{ {ESCAPED} }}}}：{NASTY}{BIDI}\n", "utf-8")
    (desk / "templates/draft.yaml.j2").write_text("{{ 没有" + BIDI + " }}", "utf-8")


def nasty_words(desk: Path) -> None:
    (desk / "templates").mkdir()
    (desk / "templates/wording.yaml").write_text(f"错别字:\n  依法: 依{BIDI}法\n  {ESCAPED}: {ESCAPED}\n", "utf-8")


SPOILT: dict[str, Callable[[Path], None]] = {
    "names": nasty_names,
    "values escaped": nasty_values(ESCAPED),
    "values as they are": nasty_values(f"甲{BIDI}乙"),
    "values raw": nasty_values(NASTY),
    "cover escaped": nasty_cover(ESCAPED),
    "cover as it is": nasty_cover(f"甲{BIDI}乙"),
    "templates": nasty_templates,
    "words": nasty_words,
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_no_control_sequence_reaches_the_terminal_from_any_field_or_name(desk: Path, spoilt: str, run: Run) -> None:
    SPOILT[spoilt](desk)
    for name, arguments in COMMANDS.items():
        code, out, err = run(*arguments)
        told = out + err
        assert code in (0, 1, 2), (name, told)
        lines = told.removeprefix("\ufeff") if name == "compare csv" else told
        told = lines.replace("\n", "")
        bad = {c for c in told if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
        assert not bad, (name, bad, told[:300])
        assert "##[" not in told
        assert name == "validate github" or not re.search(r"^\s*::", lines, re.MULTILINE), name


def test_an_order_to_the_terminal_in_a_title_is_in_no_name_of_a_file(desk: Path, run: Run) -> None:
    nasty_cover(f"甲{BIDI}乙")(desk)
    for arguments in (["build", "2022"], ["validate", "2022", "--sheets", "反馈"], ["new", "2023"]):
        run(*arguments)
    assert all(path.name.isprintable() for path in desk.rglob("*"))


# What is written, and where.

WRITES = {
    "build": ("output/",),
    "review": ("output/",),
    "sheets": ("反馈/",),
    "fix": ("data/2022/",),
    "new": ("data/2023/",),
}
TRAPS = ("../../外面", "/tmp/外面", "..\\外面", "C:\\外面", "a/../../外面", "%2e%2e/外面", "~/外面", "CON")


def there(folder: Path) -> dict[str, bytes]:
    """Return what is below a folder, folders too."""
    return {f"{path.relative_to(folder).as_posix()}/": b"" for path in folder.rglob("*/")} | tree(folder)


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


@pytest.mark.parametrize("trap", TRAPS)
def test_no_draft_makes_a_command_write_outside_its_folder(desk: Path, tmp_path: Path, trap: str, run: Run) -> None:
    nasty_cover(f"'{trap}'")(desk)
    text = re.sub("填报单位: .*", lambda _: f"填报单位: '{trap}'", (desk / DRAFT).read_text("utf-8"))
    (desk / DRAFT).write_text(text.replace("，", ","), "utf-8")
    for name in ("build", "review", "validate", "sheets", "status", "compare", "compare csv", "fix diff", "fix", "new"):
        before = there(tmp_path)
        code, *told = run(*COMMANDS[name])
        assert code in (0, 1, 2), told
        allowed = tuple(f"工作区/{folder}" for folder in WRITES.get(name, ()))
        outside = {path for path in changed(before, there(tmp_path)) if not f"{path}/".startswith(allowed)}
        assert not outside, (name, outside)
        assert bool(changed(before, there(tmp_path))) == bool(allowed), (name, told)


@pytest.mark.parametrize("name", ["build", "review", "validate", "sheets", "new", "status", "compare", "fix"])
def test_no_command_opens_a_connection(desk: Path, name: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the program went to the network")

    for way in ("socket", "create_connection", "getaddrinfo", "gethostbyname", "socketpair", "fromfd"):
        monkeypatch.setattr(socket, way, refuse)
    code, *told = run(*COMMANDS[name])
    assert code in (0, 1), told
