"""What holds for every draft, whatever is typed: nobody sees a traceback, every place is real, no character is lost."""

from __future__ import annotations

import re

from desk import HOUSE
from examples import REPORT, wording
from hypothesis import given
from hypothesis import strategies as st
from trials import tries

from jzreport.chinese import joined
from jzreport.commands.checking import Checked, check_files, examine
from jzreport.commands.loading import load
from jzreport.compose import compose
from jzreport.render.text import body_lines
from jzreport.workspace import File

QUIET = tries(200)
HEAD = "章节: 工作情况\n填报单位: 市司法局\n"
# What clerks type and paste, and what hurts: signs of YAML, marks of both widths, braces, odd blanks, digits.
SIGNS = "市司法局办理案件，。；：、“”《》（）〔〕—… :-#&*!|>'\"%@`{}[],?<\\~.\n01289一二三年月日个百分点\u00a0\u3000\u200b\ue000"
pasted = st.text(st.sampled_from(SIGNS), max_size=120)
anything = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=60)
paragraphs = st.lists(anything.map(str.strip).filter(bool), min_size=1, max_size=4)


def checked(data: bytes) -> Checked:
    return check_files([File("稿.yaml", data)], None, wording())


def assert_every_place_is_real(found: Checked) -> None:
    for diagnostic in found.diagnostics:
        for span in (diagnostic.span, *(place for place, _ in diagnostic.related)):
            lines = found.lines.get(span.file, [])
            assert span.line <= len(lines)
            assert span.line == 0 or 1 <= span.column <= len(lines[span.line - 1]) + 1
        for edit in diagnostic.edits:
            line = found.lines[edit.span.file][edit.span.line - 1]
            assert line[edit.span.column - 1 : edit.span.end_column - 1] == edit.old


@QUIET
@given(st.binary(max_size=200))
def test_whatever_the_bytes_they_are_checked(data: bytes) -> None:
    assert_every_place_is_real(checked(data))


@QUIET
@given(pasted)
def test_whatever_is_pasted_as_a_draft_is_checked(text: str) -> None:
    assert_every_place_is_real(checked(text.encode()))


@QUIET
@given(pasted, pasted)
def test_whatever_is_typed_as_title_and_text_is_checked(title: str, text: str) -> None:
    body = "\n".join(f"      {line}" for line in text.split("\n"))
    found = checked(f"{HEAD}条目:\n  - 标题: {title}\n    正文: |\n{body}\n".encode())
    assert_every_place_is_real(found)
    assert all(re.search("[\u4e00-\u9fff]", d.message) and d.message.endswith("。") for d in found.diagnostics)


@QUIET
@given(paragraphs)
def test_what_is_accepted_is_printed_character_for_character(typed: list[str]) -> None:
    body = "\n  \n".join(f"  {text}" for text in typed)
    draft = File("稿.yaml", f"{HEAD}正文: |\n{body}\n".encode())
    cover = File("report.yaml", REPORT.encode())
    loaded = load(cover, [draft], lambda name, problems: None)
    found = examine(loaded, wording(), None)
    assert loaded.report is not None
    reading = [d for d in found.diagnostics if d.span.file == "稿.yaml" and d.is_error and d.rule.code[0] in "RSF"]
    if not reading:
        printed = list(body_lines(compose(loaded.report, HOUSE).body))[1:-2]
        assert printed == [joined([text]) for text in typed]
