from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pictures import jpeg, png
from trials import tries

from jzreport.diagnostics import Diagnostic, Span
from jzreport.media import Image, read_csv, read_image
from jzreport.text import Text

NAMED = Span.on_line("稿.yaml", 6, 11, 8)
QUIET = tries(200)


def image(data: bytes) -> Image:
    problems: list[Diagnostic] = []
    read = read_image(data, NAMED, problems)
    assert read is not None and problems == []
    return read


def refused(data: bytes) -> Diagnostic:
    problems: list[Diagnostic] = []
    assert read_image(data, NAMED, problems) is None
    (problem,) = problems
    assert (problem.rule.code, problem.span) == ("S10", NAMED)
    return problem


def table(data: bytes) -> tuple[tuple[tuple[Text, ...], ...] | None, list[Diagnostic]]:
    problems: list[Diagnostic] = []
    return read_csv(data, "附表/明细.csv", problems), problems


def cells(data: bytes) -> list[list[str]]:
    rows, problems = table(data)
    assert rows is not None and not any(problem.is_error for problem in problems)
    return [[str(cell) for cell in row] for row in rows]


def test_a_png_tells_its_size() -> None:
    read = image(png(640, 480))
    assert (read.extension, read.width, read.height) == ("png", 640, 480)


@pytest.mark.parametrize("marker", [0xC0, 0xC1, 0xC2])
def test_a_jpeg_tells_its_size(marker: int) -> None:
    read = image(jpeg(640, 480, marker))
    assert (read.extension, read.width, read.height) == ("jpeg", 640, 480)


def test_a_jpeg_may_have_tables_and_fill_bytes_before_its_frame() -> None:
    huffman = b"\xff\xc4\x00\x05abc"
    assert image(jpeg(before=b"\xff\xff" + huffman[1:] + b"\xff\xff")).width == 3


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG",
        png()[:20],
        png()[:-12],
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        jpeg()[:-2],
        jpeg()[:20],
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8" + bytes(100) + b"\xff\xd9",
        b"\xff\xd8\xff\xe0\x00\x00" * 20 + b"\xff\xd9",
        b"GIF89a" + bytes(50),
        b"BM" + bytes(50),
        b"<svg></svg>",
        b"PK\x03\x04",
        "章节: 甲".encode(),
    ],
    ids=lambda data: repr(data[:8]),
)
def test_a_picture_that_is_cut_off_or_none_is_refused(data: bytes) -> None:
    assert "PNG" in refused(data).message


@pytest.mark.parametrize("data", [png(0, 5), png(5, 0), jpeg(0, 5), jpeg(5, 0), png(20_001, 5), png(5, 1 << 31)])
def test_a_picture_without_extent_or_beyond_all_measure_is_refused(data: bytes) -> None:
    assert "像素" in refused(data).message


@QUIET
@given(st.binary(max_size=80), st.integers(0, 70), st.sampled_from([png(), jpeg()]))
def test_no_bytes_make_reading_a_picture_fail(noise: bytes, at: int, good: bytes) -> None:
    for data in (noise, good[:at], good[:at] + noise, good[:at] + noise + good[at + len(noise) :]):
        problems: list[Diagnostic] = []
        assert (read_image(data, NAMED, problems) is None) == bool(problems)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_is_read_in_the_encodings_that_excel_and_wps_write(encoding: str) -> None:
    assert cells("单位,受理\r\n市司法局,534件\r\n".encode(encoding)) == [["单位", "受理"], ["市司法局", "534件"]]


def test_a_cell_in_quotes_may_hold_commas_quotes_and_line_ends() -> None:
    typed = '单位,说明\n甲,"一，二,三"\n"乙""丙""","上\n下"\n'
    assert cells(typed.encode()) == [["单位", "说明"], ["甲", "一，二,三"], ['乙"丙"', "上下"]]


def test_each_cell_knows_its_line() -> None:
    rows, _ = table('单位,说明\n\n甲,"上\n下"\n乙,丙\n'.encode())
    assert rows is not None
    lines = [span.line for row in rows if (span := row[0].span())]
    assert lines == [1, 3, 5]


def test_blank_rows_are_dropped_and_blanks_around_cells_too() -> None:
    assert cells(" 单位 , 受理\n,\n甲,　5件\n,,\n".encode()) == [["单位", "受理"], ["甲", "5件"]]


def test_what_looks_like_a_formula_is_text() -> None:
    assert cells("单位,受理\n=1+1,@甲\n".encode())[1] == ["=1+1", "@甲"]


@pytest.mark.parametrize(
    ("typed", "line"), [('单位,受理\n甲,"5件\n乙,6件\n', 2), ('单位,受理\n"甲"乙,5件\n', 2), ('"单位', 1)]
)
def test_quotes_that_do_not_pair_are_told_with_the_line_they_begin_on(typed: str, line: int) -> None:
    rows, (problem,) = table(typed.encode())
    assert rows is None
    assert (problem.rule.code, problem.span.file, problem.span.line) == ("S10", "附表/明细.csv", line)


@pytest.mark.parametrize("data", [b"", b"\n\n", b",,\n , \n", b"\xef\xbb\xbf"])
def test_a_table_without_content_is_told(data: bytes) -> None:
    rows, (problem,) = table(data)
    assert rows is None
    assert (problem.rule.code, problem.message) == ("S10", "表格文件是空的。")


def test_a_workbook_renamed_to_csv_is_called_so() -> None:
    rows, (problem,) = table(b"PK\x03\x04\x14\x00")
    assert rows is None
    assert (problem.rule.code, problem.hint) == ("R01", "请在 Excel 或 WPS 里另存为 CSV，再写 CSV 的文件名。")


def test_a_picture_is_no_table() -> None:
    rows, (problem,) = table(png())
    assert rows is None
    assert (problem.rule.code, problem.hint) == ("R01", "图片请写在“- 图片:”下面。")


@QUIET
@given(st.text(st.sampled_from('甲,"\n\r\t \x00\ufeff'), max_size=40))
def test_no_text_makes_reading_a_table_fail(text: str) -> None:
    rows, problems = table(text.encode())
    assert rows is not None or any(problem.is_error for problem in problems)
