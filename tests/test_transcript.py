"""docs/十处笔误.md is a true record: replayed from the broken draft, the program prints what stands there.

Renew its outputs with `pytest tests/test_transcript.py --renew-golden`; what the clerk changes is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from jzreport.cli import jzreport

RECORD = Path(__file__).parent.parent / "docs" / "十处笔误.md"
MANUAL = RECORD.with_name("使用手册.md")
DRAFT = "data/2023/06-监督问效-市司法局.yaml"
REPORT = """年度: 2023
地区: 示例市
发文机关: 示例市人民政府
标题: 示例市人民政府关于2023年度法治政府建设情况的报告
成文日期: 2024-02-26
结构:
  - 键: 监督问效
    标题: 加强监督问效，促进行政权力规范运行
    牵头单位: 市司法局
    必报内容: [主要举措和成效, 第一责任人职责, 存在的不足, 下一年度安排]
"""
TAB = "〔Tab〕"  # as the record shows it

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CHANGE = re.compile(r"^第(\d+)行：\n- (.*)\n\+ (.*)$", re.MULTILINE)


def test_the_record_of_ten_slips_is_what_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / DRAFT).parent.mkdir(parents=True)
    (tmp_path / "data/2023/report.yaml").write_text(REPORT, "utf-8")
    record = RECORD.read_text("utf-8")
    printed = dict(_replayed(record))
    if request.config.getoption("--renew-golden"):
        RECORD.write_text(_BLOCK.sub(lambda m: printed.get(m.start(), m.group()), record), "utf-8", newline="\n")
        record = RECORD.read_text("utf-8")
        printed = dict(_replayed(record))
    assert len(printed) > 4
    for match in _BLOCK.finditer(record):
        assert match.group() == printed.get(match.start(), match.group())


def _replayed(record: str) -> Iterator[tuple[int, str]]:
    """Yield for each block with a command where it begins and what it should be, making the changes on the way."""
    path, last = Path(DRAFT), ""
    first, *_, final = (m for m in _BLOCK.finditer(record) if m[1] == "yaml")
    path.write_text(first[2], "utf-8")
    for match in _BLOCK.finditer(record):
        if match[2].startswith("$ jzreport "):
            last = match[2].split("\n")[0]
            output = CliRunner().invoke(jzreport, last.removeprefix("$ jzreport ").split()).output
            yield match.start(), f"```\n{last}\n{output}```"
        elif match[1] == "diff":
            lines = path.read_text("utf-8").split("\n")
            for number, before, after in _CHANGE.findall(match[2].replace(TAB, "\t")):
                done = after if last.startswith("$ jzreport fix") else before
                assert lines[int(number) - 1] == done
                lines[int(number) - 1] = after
            path.write_text("\n".join(lines), "utf-8")
    assert path.read_text("utf-8") == final[2]


def test_what_the_hand_book_types_and_shows_is_what_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = [match[2] for match in _BLOCK.finditer(MANUAL.read_text("utf-8"))]
    command = next(block for block in blocks if block.startswith("jzreport validate "))
    shown = next(block for block in blocks if "行政复议受里" in block)
    path = command.split()[2]
    assert (RECORD.parent.parent / path).exists()  # as typed, it works in the workspace that comes with the program
    monkeypatch.chdir(tmp_path)
    Path(path).parent.mkdir(parents=True)
    draft = next(block for block in blocks if "五公开" in block)
    Path(path).write_text(draft.replace("{{ 行政复议受理 }}", "{{ 行政复议受里 }}"), "utf-8")
    Path(path).with_name("report.yaml").write_text(REPORT, "utf-8")
    assert CliRunner().invoke(jzreport, command.split()[1:]).output.startswith(shown)
