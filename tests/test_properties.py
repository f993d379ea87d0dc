"""What holds for every draft, whatever is typed: nobody sees a traceback, every place is real, no character is lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bad_files import CASES
from drafting import HEAD, pasted
from examples import REPORT, ROOT, wording
from hypothesis import given
from hypothesis import strategies as st
from pictures import jpeg, png
from slips_of_text import TEXT_SLIPS
from trials import tries

from jzreport import display
from jzreport.commands.checking import Checked, check_files
from jzreport.commands.loading import opened
from jzreport.diagnostics import Diagnostic, Span
from jzreport.figures import DUPLICATE
from jzreport.house import read_house
from jzreport.media import read_csv, read_image
from jzreport.nodes import Node
from jzreport.references import UNDEFINED
from jzreport.report import read_report
from jzreport.wording import read_wording
from jzreport.workspace import File

QUIET = tries(200)
HARMLESS = "依法办理案件。"
INPUTS = [path for path in CASES if path.suffix == ".yaml" and not path.name.startswith("report")]


pieces = st.lists(st.sampled_from(TEXT_SLIPS), min_size=1, max_size=4).map(lambda parts: "".join(parts).strip())


def checked(data: bytes) -> Checked:
    return check_files([File("稿.yaml", data)], None, wording())


def assert_every_place_is_real(found: Checked) -> None:
    for diagnostic in found.diagnostics:
        for span in (diagnostic.span, *(place for place, _ in diagnostic.related)):
            if (lines := found.lines.get(span.file)) is None:
                continue  # no text, and nothing of it is shown
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


# Whatever the bytes of whichever file.


def spoilt(data: bytes) -> st.SearchStrategy[bytes]:
    """Bytes by chance, and a good file with some of its bytes replaced: by such bytes, or by signs that mean something."""
    signs = st.text("\"',;:-#&*!|>%@`{}[] \n\t甲5", min_size=1, max_size=8).map(str.encode)
    cut = st.tuples(st.integers(0, len(data)), st.integers(0, 40), st.one_of(st.binary(max_size=20), signs))
    return st.one_of(st.binary(max_size=200), cut.map(lambda c: data[: c[0]] + c[2] + data[c[0] + c[1] :]))


def assert_read(read: Callable[[Node, list[Diagnostic]], object], data: bytes) -> None:
    root, _, problems = opened(File("名.yaml", data))
    value = read(root, problems) if root is not None else None
    assert value is not None or problems
    assert all(re.search("[\u4e00-\u9fff]", d.message) for d in problems)


@tries(80)
@given(spoilt(REPORT.encode()))
def test_whatever_the_bytes_of_report_yaml_it_is_read_or_told(data: bytes) -> None:
    assert_read(read_report, data)
    assert_every_place_is_real(check_files([File("report.yaml", data)], None, wording()))


@QUIET
@given(spoilt((ROOT / "templates/style.yaml").read_bytes()))
def test_whatever_the_bytes_of_style_yaml_it_is_read_or_told(data: bytes) -> None:
    assert_read(read_house, data)


@QUIET
@given(spoilt((ROOT / "templates/wording.yaml").read_bytes()[-3000:]))
def test_whatever_the_bytes_of_wording_yaml_it_is_read_or_told(data: bytes) -> None:
    assert_read(read_wording, data)


@QUIET
@given(spoilt("单位,受理\n甲市,5件\n".encode()))
def test_whatever_the_bytes_of_a_table_it_is_read_or_told(data: bytes) -> None:
    problems: list[Diagnostic] = []
    assert read_csv(data, "附表/明细.csv", problems) is not None or problems


cells = st.sampled_from(
    [*TEXT_SLIPS, "13800138000", "11010519491231002X", "a@b.cn", "{{ 没有 }}", "{{ 受理.占比 }}", '"', "\n"]
)


@QUIET
@given(st.lists(cells, min_size=1, max_size=4).map(",".join))
def test_whatever_stands_in_a_table_of_its_own_file_is_checked(row: str) -> None:
    draft = f"{HEAD}正文:\n  - 表格: {{标题: 受理情况, 文件: 明细.csv}}\n指标:\n  受理: 534件\n"
    found = check_files(
        [File("稿.yaml", draft.encode())], None, wording(), lambda name, problems: f"单位,受理\n{row}\n".encode()
    )
    assert_every_place_is_real(found)
    shown = "\n".join(display.text(display.Outcome(found.diagnostics, found.lines)))
    assert "13800138000" not in shown and "11010519491231002X" not in shown


@QUIET
@given(st.one_of(spoilt(png()), spoilt(jpeg())))
def test_whatever_the_bytes_of_a_picture_it_is_read_or_told(data: bytes) -> None:
    problems: list[Diagnostic] = []
    assert read_image(data, Span("稿.yaml"), problems) is not None or problems


# A fault hides nothing elsewhere.


def paragraphs_of(said: list[str]) -> Checked:
    text = "\n\n".join(f"  {paragraph}" for paragraph in said)
    return checked(f"{HEAD}正文: |\n{text}\n指标:\n  受理: {{数值: 534件, 上年: 498件}}\n".encode())


def told(found: Checked, line: int) -> Counter[tuple[str, int, str]]:
    """Return what is told of a line, but for what runs over paragraphs (pairs, rows of dashes) or is told once a draft."""
    own = (d for d in found.diagnostics if d.span.line == line and d.rule.code not in ("W05", "R13", "F17"))
    return Counter((d.rule.code, d.span.column, d.message) for d in own)


# The last is what reading refuses: the rules say nothing of a paragraph that has it.
paragraphs = st.one_of(pieces, pieces, st.just("依法\b行政")).filter(bool)


@tries(60)
@given(st.lists(paragraphs, min_size=2, max_size=3), st.integers(0, 1))
def test_a_fault_in_a_paragraph_hides_none_in_another(said: list[str], at: int) -> None:
    alone = [text if n == at else HARMLESS for n, text in enumerate(said)]
    line = 4 + 2 * at
    assert not told(paragraphs_of(alone), line) - told(paragraphs_of(said), line)


broken = st.one_of(pasted.map(str.encode), st.binary(max_size=80), pieces.map(str.encode))


@tries(60)
@given(pieces.filter(bool), broken, st.booleans())
def test_a_fault_in_a_file_hides_none_in_another(said: str, data: bytes, is_first: bool) -> None:
    draft = File("稿.yaml", f"{HEAD}正文: |\n  {said}\n".encode())

    def found(other: bytes) -> Counter[tuple[str, int, int]]:
        files = [draft, File("别.yaml", other)]
        whole = check_files(files[::-1] if is_first else files, None, wording())
        own = (d for d in whole.diagnostics if d.span.file == draft.name)
        return Counter((d.rule.code, d.span.line, d.span.column) for d in own)

    assert not found(f"{HEAD}正文: 好。\n".encode()) - found(data)


@tries(40)
@given(st.lists(st.sampled_from(INPUTS), min_size=1, max_size=3, unique=True))
def test_bad_files_of_every_kind_beside_each_other_are_all_told(paths: list[Path]) -> None:
    good = File("report.yaml", REPORT.encode())
    files = [File(f"{n}.yaml", path.read_bytes()) for n, path in enumerate(paths)]
    together = check_files(files, good, wording())
    # What a figure says that two files declare is not known until one of them gives it up.
    is_settled = all(d.rule is not DUPLICATE for d in together.diagnostics)
    for file in files:
        alone = check_files([file], good, wording())
        found = (d for d in alone.diagnostics if d.is_error and d.rule is not UNDEFINED)
        errors = {(d.rule.code, d.span) for d in found if is_settled or not d.rule.code.startswith("F")}
        assert errors <= {(d.rule.code, d.span) for d in together.diagnostics}
