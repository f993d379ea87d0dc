"""The review copy as a Word file: where each comment stands, and that nothing else differs from the final file."""

from __future__ import annotations

import io
import json
import subprocess
import time
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import docx
import pytest
from in_memory import HOUSE, Assembly, assembled
from on_disk import small_workspace
from paper import ROOT, YEARS
from word_files import find_all, unpacked, w, written

from jzreport.commands.build import build
from jzreport.commands.checking import check_year
from jzreport.commands.loading import load_house
from jzreport.compose import compose
from jzreport.diagnostics import Diagnostic, Rule, Severity, Span
from jzreport.document import Annotation, OfficialDocument
from jzreport.house import House
from jzreport.render import word
from jzreport.review import review_copy
from jzreport.workspace import Workspace

RULE = Rule("W01", "用词", Severity.WARNING)
COVER = "结构:\n  - 键: 导语\n  - 键: 监督\n    标题: 加强监督\n"
PICTURE = (ROOT / "tests/workspaces/shilishi/data/2022/图片/行政复议受理.png").read_bytes()
each_year = pytest.mark.parametrize("year", YEARS)


class Comment(NamedTuple):
    """A comment as read back: who says what of which characters."""

    author: str
    marked: str
    said: str


@cache
def annotated(year: str) -> tuple[OfficialDocument, House]:
    """Return the document of a year with its annotations."""
    root, number = YEARS[year]
    house, checked = load_house(Workspace(root)), check_year(Workspace(root), number)
    assert checked.report
    return review_copy(compose(checked.report, house), checked.report, checked.diagnostics), house


@cache
def built(year: str) -> tuple[bytes, bytes]:
    """Return the Word file of a year and its review copy."""
    document, house = annotated(year)
    return word.render(document._replace(annotations=()), house), word.render(document, house)


def noted(assembly: Assembly, *places: Span) -> OfficialDocument:
    """Return the document with its annotations, and with a finding at each place."""
    found = [Diagnostic(RULE, place, f"问题{n}") for n, place in enumerate(places)]
    return review_copy(assembly.document, assembly.report, found)


def at(draft: str, words: str) -> Span:
    """Return where words stand in the first of some drafts."""
    before = f"填报单位: 市司法局\n{dedent(draft)}".partition(words)[0]
    return Span.on_line("01.yaml", before.count("\n") + 1, len(before) - before.rfind("\n"), len(words))


def comments(data: bytes) -> list[Comment]:
    """Return the comments in the order they stand; each begins, ends and is referred to in one paragraph."""
    files = unpacked(data)
    root, part = (ET.fromstring(files[f"word/{name}.xml"]) for name in ("document", "comments"))
    by_id = {node.get(w("id")): node for node in part}
    assert len(by_id) == len(part)
    found = [read for paragraph in root.iter(w("p")) for read in comments_in(paragraph)]
    assert [number for number, _ in found] == list(by_id)
    return [
        Comment(by_id[n].get(w("author")) or "", marked, "\n".join(map(written, find_all(by_id[n], "p"))))
        for n, marked in found
    ]


def comments_in(paragraph: ET.Element) -> list[tuple[str | None, str]]:
    marked: dict[str | None, str] = {}
    open_ids, ended = set(), []
    for node in paragraph:
        number = node.get(w("id"))
        if node.tag == w("commentRangeStart"):
            assert number not in marked
            marked[number] = ""
            open_ids.add(number)
        elif node.tag == w("commentRangeEnd"):
            open_ids.remove(number)
            ended.append(number)
        elif references := find_all(node, "commentReference"):
            assert [ended.pop()] == [reference.get(w("id")) for reference in references]
        for each in open_ids:
            marked[each] += written(node) or ("▧" if find_all(node, "drawing") else "")
    assert not open_ids and not ended
    return list(marked.items())


def findings(data: bytes) -> list[tuple[str, str]]:
    """Return what the findings mark, and their message."""
    return [(c.marked, c.said.split("\n")[0]) for c in comments(data) if c.author == "校对"]


def visible(data: bytes) -> list[str]:
    return [written(paragraph) for paragraph in ET.fromstring(unpacked(data)["word/document.xml"]).iter(w("p"))]


# --- what is marked ---------------------------------------------------------------------------------------------------


def test_items_figures_and_findings_mark_their_own_characters() -> None:
    draft = """
        章节: 监督
        正文: |
          开头的话。
        条目:
          - 标题: 行政复议
            正文: |
              全年受理{{ 受理 }}，
              办结四件。
        指标:
          受理: 5件
    """
    assembly = assembled(COVER, draft)
    both_lines = at(draft, "受理{{").through(at(draft, "办结"))
    data = word.render(noted(assembly, at(draft, "全年"), both_lines), HOUSE)
    assert [(c.author, c.marked) for c in comments(data)] == [
        ("来稿", "开头的话"),
        ("来稿", "行政复议"),
        ("校对", "全年"),
        ("校对", "受理5件，办结"),
        ("指标", "5件"),
    ]
    assert visible(data) == visible(word.render(assembly.document, HOUSE))


def test_comments_may_overlap_and_stand_at_the_same_characters() -> None:
    assembly = assembled(COVER, "章节: 监督\n正文: 甲乙丙丁戊\n")
    places = [Span.on_line("01.yaml", 3, column, width) for column, width in ((5, 2), (6, 3), (5, 2), (5, 5))]
    data = word.render(noted(assembly, *places), HOUSE)
    assert findings(data) == [
        ("甲乙", "提醒 W01：问题0"),
        ("甲乙", "提醒 W01：问题2"),
        ("甲乙丙丁戊", "提醒 W01：问题3"),
        ("乙丙丁", "提醒 W01：问题1"),
    ]


def test_a_finding_of_no_width_marks_a_character() -> None:
    assembly = assembled(COVER, "章节: 监督\n正文: 甲乙丙\n")
    assert findings(word.render(noted(assembly, Span("01.yaml", 3, 6, 3, 6)), HOUSE))[0][0] == "乙"


def test_numbers_and_stops_of_the_programs_own_are_not_marked() -> None:
    assembly = assembled(COVER, "章节: 监督\n条目:\n  - 标题: 甲\n    条目:\n      - 标题: 乙\n        正文: 丙\n")
    data = word.render(noted(assembly), HOUSE)
    assert [c.marked for c in comments(data)] == ["甲", "乙"]
    assert visible(data)[-2:] == ["（一）甲", "1.乙。丙"]


def test_tables_pictures_and_captions_are_marked() -> None:
    draft = """
        章节: 监督
        正文:
          - 表格:
              标题: 甲表
              表头: [乙列, 丙列]
              行:
                - ["{{ 受理 }}", 一]
          - 图片:
              文件: 图.png
              说明: 丁图
              替代文字: 柱形图
        指标:
          受理: 5件
    """
    assembly = assembled(COVER, draft, files={"图.png": PICTURE})
    places = [at(draft, words) for words in ("甲", "丙列", "一", "丁", "柱形图")]
    data = word.render(noted(assembly, *places), HOUSE)
    assert [(c.author, c.marked) for c in comments(data)] == [
        ("来稿", "甲表"),
        ("校对", "甲"),
        ("校对", "丙列"),
        ("指标", "5件"),
        ("校对", "一"),
        ("校对", "▧"),
        ("校对", "丁"),
    ]


def test_of_the_cells_of_a_csv_line_each_reference_marks_its_own() -> None:
    draft = "章节: 监督\n正文:\n  - 表格:\n      文件: 表.csv\n指标:\n  受理: 5件\n  办结: 4件\n"
    csv = "单位,受理,办结\n市本级,{{ 受理 }},{{ 办结 }}\n".encode()
    data = word.render(noted(assembled(COVER, draft, files={"表.csv": csv})), HOUSE)
    assert [c.marked for c in comments(data) if c.author == "指标"] == ["5件", "4件"]


def test_titles_are_marked() -> None:
    cover = COVER + "附件:\n  - 键: 清单\n    标题: 改革事项清单\n"
    assembly = assembled(cover, "章节: 监督\n正文: 甲\n", "章节: 清单\n正文: 乙\n")
    title, heading, attachment = (
        assembly.document.typed_title.span(),
        Span.on_line("report.yaml", 8, 9, 2),
        "改革事项清单",
    )
    assert title
    data = word.render(noted(assembly, title, heading, Span.on_line("report.yaml", 11, 9, 2)), HOUSE)
    assert [marked for marked, _ in findings(data)] == ["\n".join(assembly.document.title), "加强", attachment]


def test_what_is_not_printed_is_told_where_its_draft_begins_else_at_the_title() -> None:
    assembly = assembled(COVER, "章节: 监督\n正文: |\n  甲。\n  乙。\n", "章节: 监督\n指标:\n  受理: 5件\n")
    places = (Span("01.yaml"), Span.on_line("01.yaml", 2, 5, 2), Span.on_line("02.yaml", 4, 3, 2), Span("表.csv"))
    data = word.render(noted(assembly, *places, Span.on_line("report.yaml", 1, 1, 2), Span("")), HOUSE)
    title = "示例市2023年度法治政府建设情况报告"
    assert sorted(findings(data)) == sorted(
        [
            ("甲。", "提醒 W01：问题0"),
            ("甲。", "提醒 W01：问题1"),
            *((title, f"提醒 W01：问题{n}") for n in (2, 3, 4, 5)),
        ]
    )


def test_many_comments_in_one_paragraph_stay_quick() -> None:
    assembly = assembled(COVER, "章节: 监督\n正文: |\n" + "  甲{{ 受理 }}。\n" * 5000 + "指标:\n  受理: 5件\n")
    start = time.process_time()
    assert word.render(noted(assembly), HOUSE).count(b"PK") > 5
    assert time.process_time() - start < 5


# --- the years --------------------------------------------------------------------------------------------------------


@each_year
def test_every_annotation_is_a_comment(year: str) -> None:
    final, review = built(year)
    wanted = annotated(year)[0].annotations
    made = [(comment.author, comment.said) for comment in comments(review)]
    assert sorted(made) == sorted((each.author, "\n".join(each.paragraphs)) for each in wanted)
    assert {author for author, _ in made} >= {"来稿", "指标"}
    assert all(comment.marked for comment in comments(review))
    assert visible(review) == visible(final)


def test_the_real_report_tells_of_each_item_and_number() -> None:
    made = comments(built("report")[1])
    assert (
        Comment("来稿", "发挥行政复议和行政诉讼的监督作用", "市司法局，data/2022/06-监督问效-市司法局.yaml 第5行")
        in made
    )
    (closed,) = (comment.said for comment in made if comment.said.startswith("行政复议办结："))
    assert closed.split("\n")[:2] == ["行政复议办结：514件。", "口径：含往年结转。"]
    assert [c.marked for c in made if c.said.startswith("提醒 F03：")] == ["15%"]


@each_year
def test_python_docx_reads_every_comment(year: str) -> None:
    opened = docx.Document(io.BytesIO(built(year)[1]))
    read = [(comment.author, comment.text) for comment in opened.comments]
    assert read == [(comment.author, comment.said) for comment in comments(built(year)[1])]
    assert all(comment.initials == comment.author[0] and comment.timestamp is None for comment in opened.comments)


@each_year
def test_a_final_file_has_no_part_style_or_mark_of_comments(year: str) -> None:
    final, review = (unpacked(data) for data in built(year))
    assert set(review) - set(final) == {"word/comments.xml"}
    assert [name for name, data in final.items() if b"comment" in data or b"annotation" in data] == []
    assert {name for name in final if final[name] != review[name]} == {
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/styles.xml",
    }


def test_a_review_copy_without_comments_has_no_part_for_them() -> None:
    document = assembled(COVER, "章节: 监督\n正文: 甲\n").document
    assert "word/comments.xml" not in unpacked(word.render(document._replace(annotations=()), HOUSE))


@each_year
def test_the_same_drafts_give_the_same_review_copy(year: str) -> None:
    again = word.render(annotated.__wrapped__(year)[0], annotated(year)[1])
    assert again == built(year)[1]
    part = unpacked(again)["word/comments.xml"]
    assert b"w:date" not in part and str(ROOT).encode() not in part


@each_year
def test_the_validator_of_the_open_xml_sdk_finds_nothing(open_xml_sdk: list[str], tmp_path: Path, year: str) -> None:
    path = tmp_path / f"{year}.docx"
    path.write_bytes(built(year)[1])
    done = subprocess.run([*open_xml_sdk, str(path)], capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert json.loads(done.stdout)["errors"] == []


# --- the command ------------------------------------------------------------------------------------------------------


def test_a_review_copy_never_takes_the_place_of_the_final_file(tmp_path: Path) -> None:
    final = build(Workspace(ROOT), "2022", tmp_path).paths
    before = [path.read_bytes() for path in final]
    (review,) = build(Workspace(ROOT), "2022", tmp_path, is_review=True).paths
    assert review.name == "九江市人民政府关于2022年度法治政府建设情况的报告（送审稿）.docx"
    assert review.read_bytes() == built("report")[1]
    assert [path.read_bytes() for path in final] == before


def test_errors_stop_a_review_copy_and_a_waiver_silences_its_comment(tmp_path: Path) -> None:
    desk = small_workspace(tmp_path)
    workspace, draft = Workspace(desk), desk / "data" / "2022" / "02-工作情况.yaml"
    text = "章节: 工作情况\n填报单位: 市司法局\n正文: 应诉率达{}92.12%，较上年提高15%。\n"
    draft.write_text(text.format("{{ 受理 }}"), encoding="utf-8")
    assert build(workspace, "2022", tmp_path, is_review=True).paths == ()
    draft.write_text(text.format(""), encoding="utf-8")
    (path,) = build(workspace, "2022", tmp_path, is_review=True).paths
    (loose,) = (message for marked, message in findings(path.read_bytes()) if marked == "15%")
    code = loose.removeprefix("提醒 ").partition("：")[0]
    waiver = f"豁免:\n  - {{规则: {code}, 原文: 较上年提高15%, 原因: 原文如此}}\n"
    draft.write_text(text.format("") + waiver, encoding="utf-8")
    (path,) = build(workspace, "2022", tmp_path, is_review=True).paths
    assert loose not in [message for _, message in findings(path.read_bytes())]


def test_an_annotation_of_no_known_file_needs_no_printed_text() -> None:
    document = assembled(COVER, "章节: 监督\n正文: 甲\n").document
    lone = document._replace(annotations=(Annotation("校对", Span("别处.yaml", 3, 1, 3, 2), ("甲", "乙")),))
    assert comments(word.render(lone, HOUSE)) == [Comment("校对", document.name, "甲\n乙")]
