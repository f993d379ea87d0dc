"""What is read line by line is what the stream of YAML events says, without a finding; all else is left to it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from trials import tries

from jzreport import plain
from jzreport.diagnostics import Diagnostic
from jzreport.encoding import Source, decode
from jzreport.nodes import MAX_DEPTH, MAX_NODES
from jzreport.source import parse

HERE = Path(__file__).parent
ROOT = HERE.parent
OURS = sorted(ROOT.glob("templates/*.yaml")) + sorted(ROOT.glob("data/2022/*.yaml"))
DRAFT = """# yaml-language-server: $schema=../../templates/draft.schema.json
章节: 监督问效
条目:
  - 标题: "加强: 监督"
    正文: |
      全年受理{{ 受理 }}。

        再次受理3件 #1。

  - {标题: '二', 正文: [甲 a, "乙"]}
指标:
- 受理:  534件
- 办结
- 数值:
  上年: 498件
豁免:
"""
PARTS = [*"甲乙a1 \n:-|[]{},.?!'\"#%　“", "\n  ", "\n    ", "- ", ": ", " |\n", "# "]


@cache
def files() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted([*ROOT.glob("data/**/*.yaml"), *HERE.glob("**/*.yaml")]))


def assert_same(text: str) -> bool:
    """Assert that a text read line by line is what YAML says; return whether it could be read so."""
    source = Source("01.yaml", text)
    root = plain.read(source)
    problems: list[Diagnostic] = []
    if root is not None:
        assert (root, problems) == (parse(source, problems), [])
    return root is not None


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_our_own_files_need_no_yaml_library(path: Path) -> None:
    assert assert_same(path.read_text("utf-8"))


def test_every_file_of_the_tests_is_read_alike() -> None:
    sources = [source for data in files() if (source := decode(data, "01.yaml", []))]
    assert sum(assert_same(source.text) for source in sources) > len(sources) / 4


def test_a_draft_with_all_that_is_taught_is_read() -> None:
    assert assert_same(DRAFT)


@pytest.mark.parametrize(
    "end", ["", "\n", "\n\n", "  ", "\n# 完", "\n\n  # 完\n# 完\n乙: 丙", "\n甲: 乙", "\n\n\n乙: 丙\n"]
)
@pytest.mark.parametrize(
    "value", [*("", "乙", "[乙]", "'乙'", "{乙: 丙}"), "|\n  乙", "|\n  乙\n\n  丙", "\n- 乙", "\n  - 乙: 丙"]
)
def test_a_value_ends_where_yaml_ends_it(value: str, end: str) -> None:
    assert_same(f"丁: {value}{end}")


@pytest.mark.parametrize(
    "text",
    [
        *("", "甲", "- ", "-", "甲: 乙\n  丙", "甲: 乙\n 丙: 丁", "甲: |\n乙", "甲: |"),
        *("甲: |\n\n  乙", "甲: &a 乙", "甲: *a", "甲: !a 乙", "甲: >\n  乙", "甲: |-\n  乙", "甲: |2\n   乙"),
        *("甲: ''", '甲: "\\n"', "甲: 'a''b'", "甲: 乙 # 丙", "甲: 乙: 丙", "甲: 乙:", "甲: [乙", "甲: [乙, ]"),
        *("甲: []", "甲: {乙}", "甲: [乙: 丙]", "甲: {乙: 丙, 乙: 丁}", "甲: 乙\n甲: 丙", "甲:乙", "甲 : 乙"),
        *('"甲": 乙', "? 甲\n: 乙", "<<: 甲", "甲: {<<: 乙}", "甲: 乙\n---\n丙: 丁", "--- 甲", "甲: 乙\n..."),
        *("甲: @乙", "甲: - 乙", "%YAML 1.1\n---\n甲: 乙", "甲: 乙\n\t丙: 丁", "- - 甲", "-  甲: 乙"),
        *("- 甲\n  乙", "- 甲\n -乙", "甲:\n- 乙\n 丙: 丁", "甲: |\n    乙\n  丙", "甲: |\n  乙\n   "),
        *("甲: |\n  乙\n# 丙", "甲: |\n  # 乙", "甲: |\n  - 乙", "甲: **乙**", "甲: 😀", "#甲\n乙: 丙", "甲: 乙\n丙"),
        *(f"{'甲' * 101}: 乙", f"甲: [{'乙, ' * MAX_NODES}乙]", f"甲: {'[' * MAX_DEPTH}乙{']' * MAX_DEPTH}"),
        "".join(f"{' ' * depth}甲:\n" for depth in range(MAX_DEPTH)) + " " * MAX_DEPTH + "甲: 乙",
    ],
)
def test_what_is_not_plain_is_left_to_the_library(text: str) -> None:
    assert plain.read(Source("01.yaml", text)) is None


@tries(1500)
@given(st.lists(st.sampled_from(PARTS), max_size=25))
@example(["甲", ": ", "{", "乙", ": ", "丙", "}"])
def test_whatever_is_typed_is_read_alike(parts: list[str]) -> None:
    assert_same("".join(parts))


@tries(1500)
@given(st.data())
def test_a_draft_with_a_slip_is_read_alike(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([DRAFT, *(path.read_text("utf-8")[:2000] for path in OURS)]))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 3))
        text = text[:start] + data.draw(st.sampled_from(["", *" \n:-|[]{},?'\"#甲", "  ", ": ", "\n- "])) + text[end:]
    assert_same(text)
