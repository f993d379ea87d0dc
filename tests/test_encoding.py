from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trials import tries

from jzreport.diagnostics import Diagnostic, Span
from jzreport.encoding import AS_TABLE, FORBIDDEN, MAX_BYTES, Source, decode, name_of_character

QUIET = tries(200)
DRAFT = "章节: 工作情况\n正文: 全年受理行政复议案件。\n"


def read(data: bytes) -> tuple[Source | None, list[Diagnostic]]:
    problems: list[Diagnostic] = []
    return decode(data, "稿.yaml", problems), problems


def refused(data: bytes) -> Diagnostic:
    source, problems = read(data)
    assert source is None
    (problem,) = problems
    assert problem.is_error
    return problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_without_a_word(encoding: str) -> None:
    source, problems = read(DRAFT.encode(encoding))
    assert source and source.text == DRAFT
    assert problems == []


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (DRAFT.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + DRAFT.encode("utf-16-be"), "UTF-16"),
        (DRAFT.encode("gbk"), "GB18030（GBK）"),
        ("章节: 㐀𠮷\n".encode("gb18030"), "GB18030（GBK）"),
    ],
)
def test_the_encodings_of_older_programs_are_read_with_a_reminder(data: bytes, name: str) -> None:
    source, (problem,) = read(data)
    assert source and source.text in (DRAFT, "章节: 㐀𠮷\n")
    assert (problem.rule.code, problem.is_error) == ("R03", False)
    assert problem.message == f"文字编码是 {name}。"


def test_one_broken_character_is_named_with_its_place_and_not_read_as_gbk() -> None:
    broken = "章节: 工作情况\n正文: 全年受".encode() + "理".encode()[:2] + "行政复议案\n".encode()
    broken.decode("gb18030")  # it could be
    problem = refused(broken)
    assert problem.rule.code == "R02"
    assert problem.span == Span.on_line("稿.yaml", 2, 8, 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_a_power_cut_filled_with_zeros_is_named_where_it_begins(end: str) -> None:
    problem = refused("章节: 工作情况\n正文: 全年".replace("\n", end).encode() + bytes(20))
    assert (problem.rule.code, problem.span) == ("R02", Span.on_line("稿.yaml", 2, 7, 1))


@pytest.mark.parametrize("end", range(1, 3))
def test_a_file_cut_off_in_the_middle_of_a_character_is_refused(end: int) -> None:
    assert refused(DRAFT.encode()[: -1 - end]).span.line == 2


@pytest.mark.parametrize(
    "data",
    [b"\xff\xff\x80\x80", DRAFT.encode("utf-16-le"), bytes(500), b"\xff\xfe\x00\xd8", DRAFT.encode("utf-32")],
    ids=["noise", "UTF-16 without mark", "zeros", "half a surrogate pair", "UTF-32"],
)
def test_what_cannot_be_decoded_is_refused_as_a_whole(data: bytes) -> None:
    problem = refused(data)
    assert (problem.rule.code, problem.span) == ("R02", Span("稿.yaml"))
    assert "记事本" in problem.hint


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04\x14", " Word、WPS 或压缩文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Word 或 Excel 文件"),
        (b"{\\rtf1\\ansi", " RTF 文件"),
        (b"%PDF-1.7", " PDF 文件"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"<html><body>", "网页文件"),
        (b"\xef\xbb\xbf  <!DOCTYPE html>", "网页文件"),
        (b"<?xml version='1.0'?>", "网页文件"),
        (b"MIME-Version: 1.0\n", "网页文件"),
    ],
)
def test_a_renamed_file_of_another_kind_is_called_by_its_kind(data: bytes, kind: str) -> None:
    problem = refused(data)
    assert problem.rule.code == "R01"
    assert problem.message == f"这是{kind}，只是改了文件名。"


def test_a_file_that_says_what_it_is_was_not_renamed() -> None:
    problems: list[Diagnostic] = []
    assert decode(b"PK\x03\x04", "来稿.docx", problems) is None
    assert problems[0].message == "这是 Word 文档。"


def test_a_file_above_a_mebibyte_is_refused_and_one_of_just_that_size_is_not() -> None:
    assert read(b"#" * MAX_BYTES)[1] == []
    assert refused(b"#" * (MAX_BYTES + 1)).rule.code == "R09"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems_count_the_same(end: str) -> None:
    source, problems = read(f"甲{end}{end}乙\x07{end}".encode())
    assert source and source.lines[:3] == ["甲", "", "乙□"]
    assert problems[0].span == Span.on_line("稿.yaml", 3, 2, 1)


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\t", "制表符（Tab）"),
        ("\x0b", "软回车（从 Word 带来的换行）"),
        ("\x0c", "分页符"),
        ("\x85", "换行符"),
        ("\u2028", "换行符"),
        ("\u2029", "分段符"),
        ("\ufeff", "看不见的标记（拼接文件、粘贴文字时带进来的）"),
        ("\ufffd", "乱码符号（原来的字已经丢失）"),
        ("\x00", "控制字符 U+0000"),
        ("\x1b", "控制字符 U+001B"),
        ("\x7f", "控制字符 U+007F"),
        ("\uffff", "控制字符 U+FFFF"),
    ],
)
def test_each_character_that_cannot_be_printed_is_named_at_its_place(character: str, name: str) -> None:
    source, (problem,) = read(f"正文: 甲\n 乙{character}丙\n".encode())
    assert problem.rule.code == "R04"
    assert problem.message == f"这里有一个{name}。"
    assert problem.span == Span.on_line("稿.yaml", 2, 3, 1)
    assert source and len(source.lines) == 3 and len(source.lines[1]) == 4  # all that follows keeps its place


def test_a_pasted_table_is_told_once_however_many_rows_it_has() -> None:
    table = "单位\t受理\t办结\n市司法局\t5\t4\n市公安局\t3\t2\n"
    _, problems = read(f"{table}\n好。\n{table}".encode())
    assert [(problem.rule.code, problem.span.line) for problem in problems] == [("R04", 1), ("R04", 6)]
    assert all(problem.hint is AS_TABLE for problem in problems)


def test_half_a_character_is_called_so() -> None:
    assert name_of_character("\ud800") == "半个字符 U+D800"


def test_rare_characters_emoji_and_private_use_are_read() -> None:
    source, problems = read("𠮷㐀🚀\ue000\u200b".encode())
    assert source and source.text == "𠮷㐀🚀\ue000\u200b"
    assert problems == []


def test_a_file_full_of_control_characters_is_told_once_and_for_all() -> None:
    problems = read(b"\x01" * MAX_BYTES)[1]
    assert 1 < len(problems) <= 100


@QUIET
@given(st.binary(max_size=200))
def test_whatever_the_bytes_a_source_or_a_finding_comes_out(data: bytes) -> None:
    source, problems = read(data)
    assert source is not None or any(problem.is_error for problem in problems)
    if source:
        assert not re.search(FORBIDDEN, source.text)
    for problem in problems:
        assert problem.span.file == "稿.yaml"


@QUIET
@given(st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff"), max_size=80))
def test_printable_text_comes_out_as_it_went_in(text: str) -> None:
    clean = re.sub(FORBIDDEN, "", text)
    if not clean.lower().lstrip().startswith(("<", "mime", "pk", "%pdf", "{")):
        source, problems = read(clean.encode())
        assert source and source.text == clean
        assert problems == []
