"""The Word file as XML: what Word, WPS and the standard ask of it, without a renderer."""

from __future__ import annotations

import hashlib
import io
import json
import os
import posixpath
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from functools import cache
from pathlib import Path
from typing import get_args

import docx
import pytest
from paper import ROOT, YEARS
from word_files import find_all, unpacked, w, written

from jzreport.commands.build import print_files
from jzreport.commands.loading import load_house, load_year
from jzreport.compose import compose
from jzreport.document import Block, OfficialDocument
from jzreport.house import House
from jzreport.render import gbt9704, text, word
from jzreport.workspace import Workspace

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = "http://www.w3.org/XML/1998/namespace"

TYPE_WIDTH = 8844
CELL_SPACING = "-5"

# Children in the order of ECMA-376 part 1 (transitional): Word calls a file with another order damaged.
ORDER = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
        suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
        snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
        textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""",
    "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
        vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em
        lang eastAsianLayout specVanish oMath rPrChange""",
    "pBdr": "top left bottom right between bar",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing
        tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange""",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "tcPr": """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark
        headers cellIns cellDel cellMerge tcPrChange""",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p",
    "sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType
        pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings
        sectPrChange""",
    "style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked
        personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr""",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "font": "altName panose1 charset family notTrueType pitch sig embedRegular embedBold embedItalic embedBoldItalic",
    "compat": "compatSetting",
    "settings": """writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries
        displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts
        embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader
        bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState
        formsDesign attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge
        revisionView trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride
        styleLockTheme styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone
        doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders
        bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing
        drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery
        doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData
        noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter
        noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent
        alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt
        showXMLTags alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids
        mathPr attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats
        doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType schemaLibrary shapeDefaults
        doNotEmbedSmartTags decimalSymbol listSeparator""",
    "inline": "extent effectExtent docPr cNvGraphicFramePr graphic",
}
ANY_ORDER = {  # CT_TrPr and CT_R are choices: their members only
    "trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden",
}


def composed(year: str) -> tuple[OfficialDocument, House]:
    root, number = YEARS[year]
    workspace = Workspace(root)
    house = load_house(workspace)
    report = load_year(workspace, number).report
    assert report
    return compose(report, house), house


@cache
def built(year: str) -> bytes:
    return word.render(*composed(year))


@cache
def parts(year: str) -> dict[str, bytes]:
    return unpacked(built(year))


@cache
def tree(year: str, part: str = "word/document.xml") -> ET.Element:
    return ET.fromstring(parts(year)[part])


@cache
def xml_parts(year: str) -> tuple[tuple[str, ET.Element], ...]:
    names = (name for name in parts(year) if name.endswith((".xml", ".rels")))
    return tuple((name, ET.fromstring(parts(year)[name])) for name in names)


def local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def find(element: ET.Element, path: str) -> ET.Element:
    """Return the only descendant on a path of w: names."""
    (found,) = find_all(element, path)
    return found


def value(element: ET.Element, path: str, attribute: str = "val") -> str | None:
    found = find_all(element, path)
    return found[0].get(w(attribute)) if found else None


def paragraphs(year: str) -> list[ET.Element]:
    return find_all(tree(year), ".//p")


def styles(year: str = "report") -> dict[str, ET.Element]:
    """Return the paragraph styles by name."""
    found = find_all(tree(year, "word/styles.xml"), "style")
    return {value(style, "name") or "": style for style in found if style.get(w("type")) == "paragraph"}


def style_of(paragraph: ET.Element, year: str) -> str:
    """Return the name of a paragraph's style."""
    names = {style.get(w("styleId")): name for name, style in styles(year).items()}
    return names[value(paragraph, "pPr/pStyle") or "Normal"]


def paragraphs_in(year: str, style: str) -> list[str]:
    return [written(paragraph) for paragraph in paragraphs(year) if style_of(paragraph, year) == style]


each_year = pytest.mark.parametrize("year", YEARS)


# --- the package ------------------------------------------------------------------------------------------------------


@each_year
def test_every_part_is_well_formed_and_has_a_content_type(year: str) -> None:
    types = dict(xml_parts(year))["[Content_Types].xml"]
    defaults = {node.get("Extension") for node in types.iter(f"{{{PACKAGE}/content-types}}Default")}
    overrides = {node.get("PartName") for node in types.iter(f"{{{PACKAGE}/content-types}}Override")}
    for name in parts(year):
        if name != "[Content_Types].xml":
            assert f"/{name}" in overrides or name.rpartition(".")[2] in defaults, name
    assert {name for name in overrides if name and name[1:] not in parts(year)} == set()


@each_year
def test_every_relationship_leads_to_a_part_and_every_reference_to_a_relationship(year: str) -> None:
    reached = {"[Content_Types].xml"}
    for name, root in xml_parts(year):
        if not name.endswith(".rels"):
            continue
        reached.add(name)
        folder, _, file = name.removesuffix(".rels").rpartition("_rels/")
        relations = {node.get("Id"): node for node in root}
        assert len(relations) == len(root)
        for node in relations.values():
            assert node.get("TargetMode") != "External"
            target = node.get("Target") or ""
            path = target[1:] if target.startswith("/") else posixpath.normpath(folder + target)
            assert path in parts(year), path
            reached.add(path)
        if file:
            source = ET.fromstring(parts(year)[folder + file])
            used = [v for node in source.iter() for k, v in node.attrib.items() if k.startswith(f"{{{OFFICE}}}")]
            assert set(used) <= set(relations)
    assert set(parts(year)) == reached


@each_year
def test_nothing_of_a_template_is_in_the_file(year: str) -> None:
    unwanted = re.compile(r"theme\d|customXml|thumbnail|webSettings|stylesWithEffects|numbering|vbaProject")
    assert [name for name in parts(year) if unwanted.search(name)] == []
    assert [name for name, data in parts(year).items() if b"python-docx" in data] == []
    assert [name for name, data in parts(year).items() if re.search(rb"(?:ascii|hAnsi|eastAsia|cs)Theme=", data)] == []


@each_year
def test_the_properties_tell_of_the_document_and_not_of_the_computer(year: str) -> None:
    document, _ = composed(year)
    properties = {local(node): node.text for node in tree(year, "docProps/core.xml")}
    assert properties["title"] == document.name
    assert properties["creator"] == properties["lastModifiedBy"] == document.issuer
    assert properties["language"] == "zh-CN"
    assert document.date
    assert properties["created"] == properties["modified"] == f"{document.date}T00:00:00Z"


@each_year
def test_python_docx_opens_and_saves_it_again(year: str) -> None:
    opened = docx.Document(io.BytesIO(built(year)))
    again = io.BytesIO()
    opened.save(again)
    assert [p.text for p in docx.Document(again).paragraphs] == [p.text for p in opened.paragraphs]
    assert [p for p in opened.paragraphs if p.text]


# --- the schema -------------------------------------------------------------------------------------------------------


@each_year
@pytest.mark.parametrize("parent", ORDER)
def test_children_stand_in_the_order_of_the_schema(year: str, parent: str) -> None:
    order = {name: n for n, name in enumerate(ORDER[parent].split())}
    repeated = {"headerReference", "footerReference", "tr", "tc", "p", "style", "compatSetting", "tblStylePr"}
    for part, root in xml_parts(year):
        for element in (node for node in root.iter() if local(node) == parent):
            children = [local(child) for child in element]
            assert set(children) <= set(order), (part, children)
            assert children == sorted(children, key=order.__getitem__), (part, children)
            single = [child for child in children if child not in repeated]
            assert len(single) == len(set(single)), (part, children)


@pytest.mark.parametrize(
    "parent", ["pPr", "rPr", "tblPr", "tblBorders", "tcPr", "sectPr", "settings", "style", "inline"]
)
def test_the_order_is_checked_on_elements_that_are_there(parent: str) -> None:
    found = [node for _, root in xml_parts("upward") for node in root.iter() if local(node) == parent]
    assert max(len(node) for node in found) > 1


@each_year
def test_the_structure_around_them_is_that_of_the_schema(year: str) -> None:
    for _, root in xml_parts(year):
        for node in root.iter():
            names = [local(child) for child in node]
            if local(node) == "trPr":
                assert set(names) <= set(ANY_ORDER["trPr"].split())
            if local(node) in ("p", "r") and f"{local(node)}Pr" in names:
                assert names.index(f"{local(node)}Pr") == 0
            if local(node) == "tc":
                assert names[-1] == "p"
            if local(node) == "body":
                assert names[-1] == "sectPr" and names.count("sectPr") == 1
                # A floating table as the last element is lost in LibreOffice.
                assert names[-2] == "p"


@each_year
def test_every_style_that_is_used_is_there(year: str) -> None:
    there = {style.get(w("styleId")) for style in find_all(tree(year, "word/styles.xml"), "style")}
    tags = {w(name) for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")}
    used = {node.get(w("val")) for _, root in xml_parts(year) for node in root.iter() if node.tag in tags}
    assert used <= there
    assert len(there) == len(find_all(tree(year, "word/styles.xml"), "style"))


@each_year
def test_the_validator_of_the_open_xml_sdk_finds_nothing(open_xml_sdk: list[str], tmp_path: Path, year: str) -> None:
    path = tmp_path / f"{year}.docx"
    path.write_bytes(built(year))
    done = subprocess.run([*open_xml_sdk, str(path)], capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.stdout, done.stderr
    result = json.loads(done.stdout)
    assert result["errors"] == []
    assert result["ok"] is True


# --- page and styles --------------------------------------------------------------------------------------------------


@each_year
@pytest.mark.parametrize(
    ("profile", "top", "bottom", "pitch"), [("gbt9704", 2098, 1984, "579"), ("gbt33476", 1960, 1847, "592")]
)
def test_margins_and_pitch_are_those_of_the_profile(year: str, profile: str, top: int, bottom: int, pitch: str) -> None:
    document, house = composed(year)
    files = unpacked(word.render(document, house._replace(profile=profile)))
    sections = find_all(ET.fromstring(files["word/document.xml"]), ".//sectPr")
    assert sections
    for section in sections:
        size, margins, grid = (find(section, name) for name in ("pgSz", "pgMar", "docGrid"))
        assert (size.get(w("w")), size.get(w("h")), size.get(w("orient"))) == ("11906", "16838", None)
        wanted = {"top": top, "bottom": bottom, "left": 1587, "right": 1474}
        assert all(abs(int(margins.get(w(side), "0")) - at) <= 1 for side, at in wanted.items())
        assert (grid.get(w("type")), grid.get(w("linePitch"))) == ("lines", pitch)
    normal = next(s for s in find_all(ET.fromstring(files["word/styles.xml"]), "style") if value(s, "name") == "Normal")
    spacing = find(normal, "pPr/spacing")
    assert {name: spacing.get(w(name)) for name in ("line", "lineRule", "before", "after")} == {
        "line": pitch,
        "lineRule": "exact",
        "before": "0",
        "after": "0",
    }


@pytest.mark.parametrize(
    ("style", "face", "size"),
    [
        ("Title", "方正小标宋简体", "44"),
        ("发文机关标志", "方正小标宋简体", "32"),  # its own size stands in the run: as large as the line allows
        ("heading 1", "黑体", "32"),
        ("heading 2", "楷体_GB2312", "32"),
        ("heading 3", "仿宋_GB2312", "32"),
        ("heading 4", "仿宋_GB2312", "32"),
        ("公文正文", "仿宋_GB2312", "32"),
        ("主送机关", "仿宋_GB2312", "32"),
        ("发文字号", "仿宋_GB2312", "32"),
        ("签发人", "仿宋_GB2312", "32"),
        ("份号", "仿宋_GB2312", "32"),
        ("密级和保密期限", "黑体", "32"),
        ("紧急程度", "黑体", "32"),
        ("附件说明", "仿宋_GB2312", "32"),
        ("署名", "仿宋_GB2312", "32"),
        ("成文日期", "仿宋_GB2312", "32"),
        ("附注", "仿宋_GB2312", "32"),
        ("附件序号", "黑体", "32"),
        ("版记", "仿宋_GB2312", "28"),
        ("页码", "宋体", "28"),
    ],
)
def test_each_element_has_the_face_and_size_of_the_standard(style: str, face: str, size: str) -> None:
    found = styles()[style]
    fonts = find(found, "rPr/rFonts")
    assert {fonts.get(w(slot)) for slot in ("ascii", "hAnsi", "eastAsia", "cs")} == {face}
    assert value(found, "rPr/sz") == value(found, "rPr/szCs") == size
    assert value(found, "rPr/b") == "0"
    assert value(found, "rPr/color") == ("FF0000" if style == "发文机关标志" else None)


def test_the_title_is_centred_and_off_the_grid() -> None:
    title = styles()["Title"]
    assert value(title, "pPr/jc") == "center"
    assert value(title, "pPr/snapToGrid") == "0"


def test_text_is_squeezed_to_28_characters_and_indented_by_two() -> None:
    for name in ("公文正文", "heading 1", "heading 2", "heading 3", "heading 4", "附注"):
        style = styles()[name]
        assert value(style, "rPr/spacing") == CELL_SPACING
        assert value(style, "pPr/ind", "firstLineChars") == "200"
        assert abs(int(value(style, "pPr/ind", "firstLine") or 0) - 632) <= 8
    normal = styles()["Normal"]
    assert value(normal, "rPr/spacing") == CELL_SPACING
    assert value(normal, "pPr/widowControl") == "0"
    assert value(normal, "pPr/kinsoku") == "1"
    assert value(normal, "pPr/autoSpaceDE") == value(normal, "pPr/autoSpaceDN") == "0"
    assert value(normal, "pPr/jc") == "both"


@each_year
def test_no_indent_is_given_in_characters_alone(year: str) -> None:
    # LibreOffice reads twips only.
    for _, root in xml_parts(year):
        for indent in root.iter(w("ind")):
            for name in ("left", "right", "firstLine", "hanging"):
                assert not indent.get(w(f"{name}Chars")) or indent.get(w(name)), indent.attrib


@pytest.mark.parametrize(("style", "level"), [(f"heading {n}", n - 1) for n in range(1, 5)])
def test_headings_have_styles_with_outline_levels(style: str, level: int) -> None:
    assert value(styles()[style], "pPr/outlineLvl") == str(level)


def test_headings_of_the_report_are_in_those_styles() -> None:
    assert [t[:2] for t in paragraphs_in("report", "heading 1")] == ["一、", "二、"]
    assert [t[:3] for t in paragraphs_in("report", "heading 2")] == [f"（{n}）" for n in "一二三四五六七"]
    assert paragraphs_in("report", "Title") == ["九江市人民政府\n关于2022年度法治政府建设情况的报告"]


@each_year
def test_nothing_in_the_file_is_bold(year: str) -> None:
    marks = [node for _, root in xml_parts(year) for tag in ("b", "bCs") for node in root.iter(w(tag))]
    assert {node.get(w("val")) for node in marks} == {"0"}


def test_a_run_in_heading_takes_the_face_of_its_level_and_the_text_after_it_does_not() -> None:
    found = next(p for p in paragraphs("report") if written(p).startswith("1.深入学习宣传贯彻习近平法治思想。"))
    heading, following = find_all(found, "r")
    assert written(heading) == "1.深入学习宣传贯彻习近平法治思想。"
    assert value(heading, "rPr/rStyle") and not value(following, "rPr/rStyle")


@each_year
def test_the_language_is_chinese(year: str) -> None:
    languages = [node for _, root in xml_parts(year) for node in root.iter(w("lang"))]
    assert languages
    assert {node.get(w("eastAsia")) for node in languages} == {"zh-CN"}
    defaults = find(tree(year, "word/styles.xml"), "docDefaults/rPrDefault/rPr/lang")
    assert defaults.get(w("val")) == "zh-CN"


# --- fields, marks, tables, pictures ----------------------------------------------------------------------------------


@each_year
def test_every_page_number_is_a_whole_field_with_a_result(year: str) -> None:
    footers = [(name, root) for name, root in xml_parts(year) if name.startswith("word/footer")]
    assert len(footers) >= 2
    for name, root in footers:
        steps = [
            node.get(w("fldCharType")) or local(node)
            for node in root.iter()
            if node.tag in (w("fldChar"), w("instrText"), w("t"))
        ]
        assert steps == ["t", "begin", "instrText", "separate", "t", "end", "t"], name
        assert [node.text for node in root.iter(w("instrText"))] == [" PAGE "]
        first, result, last = (node.text or "" for node in root.iter(w("t")))
        assert (first, last) == ("— ", " —")
        assert result.isdecimal()


@each_year
def test_odd_and_even_pages_have_footers_of_their_own(year: str) -> None:
    assert find_all(tree(year, "word/settings.xml"), "evenAndOddHeaders")
    for section in find_all(tree(year), ".//sectPr"):
        kinds = {node.get(w("type")): node.get(f"{{{OFFICE}}}id") for node in find_all(section, "footerReference")}
        assert set(kinds) == {"default", "even"}
        relations = {node.get("Id"): node.get("Target") for node in tree(year, "word/_rels/document.xml.rels")}
        for kind, side in (("default", "right"), ("even", "left")):
            paragraph = find(tree(year, f"word/{relations[kinds[kind]]}"), "p")
            assert value(paragraph, "pPr/jc") == side
            assert value(paragraph, "pPr/ind", side) == "280"


@each_year
def test_quotes_dashes_and_dots_are_set_in_the_chinese_face(year: str) -> None:
    marked = [
        run
        for _, root in xml_parts(year)
        for run in root.iter(w("r"))
        if re.search("[“”‘’…—·]", "".join(t.text or "" for t in run.iter(w("t"))))
    ]
    assert marked
    assert all(value(run, "rPr/rFonts", "hint") == "eastAsia" for run in marked)


def tables(year: str) -> list[ET.Element]:
    """Return the tables of the text: those with borders that do not float."""
    found = find_all(tree(year), ".//tbl")
    return [table for table in found if find_all(table, "tblPr/tblBorders") and not find_all(table, "tblPr/tblpPr")]


def test_the_head_of_a_table_is_marked_and_rows_are_not_torn() -> None:
    assert len(tables("upward")) >= 2
    for table in tables("upward"):
        heads = [bool(find_all(row, "trPr/tblHeader")) for row in find_all(table, "tr")]
        assert heads == [True] + [False] * (len(heads) - 1)
        assert all(find_all(row, "trPr/cantSplit") for row in find_all(table, "tr"))
        assert value(table, "tblPr/tblLook", "firstRow") == "1"


@each_year
def test_columns_add_up_to_the_type_area_and_cells_are_as_wide_as_their_column(year: str) -> None:
    for table in find_all(tree(year), ".//tbl"):
        columns = [node.get(w("w")) for node in find_all(table, "tblGrid/gridCol")]
        assert value(table, "tblPr/tblLayout", "type") == "fixed"
        assert value(table, "tblPr/tblW", "w") == str(sum(int(width or 0) for width in columns))
        for row in find_all(table, "tr"):
            cells = find_all(row, "tc/tcPr/tcW")
            assert [cell.get(w("w")) for cell in cells] == columns
            assert {cell.get(w("type")) for cell in cells} == {"dxa"}
    for table in tables(year):
        assert sum(int(node.get(w("w")) or 0) for node in find_all(table, "tblGrid/gridCol")) == TYPE_WIDTH


@each_year
def test_every_table_says_its_cell_margins_itself(year: str) -> None:
    # Otherwise LibreOffice moves a floating table to the left by a margin of its own, 1.9 mm.
    for table in find_all(tree(year), ".//tbl"):
        if find_all(table, "tblPr/tblBorders"):
            assert find_all(table, "tblPr/tblCellMar/left") and find_all(table, "tblPr/tblCellMar/right")


def test_a_picture_is_read_out_and_has_a_number_of_its_own() -> None:
    properties = list(tree("upward").iter(f"{{{DRAWING}}}docPr"))
    assert len(properties) >= 2
    assert all(len(node.get("descr") or "") > 5 for node in properties)
    assert all(node.get("descr") for node in tree("upward").iter(f"{{{PICTURE}}}cNvPr"))
    numbers = [node.get("id") for node in properties]
    assert len(numbers) == len(set(numbers))
    for extent in tree("upward").iter(f"{{{DRAWING}}}extent"):
        assert int(extent.get("cx") or 0) <= TYPE_WIDTH * 635


# --- elements ---------------------------------------------------------------------------------------------------------


def test_the_document_number_has_its_own_brackets() -> None:
    for year in ("upward", "joint"):
        (number,) = paragraphs_in(year, "发文字号")
        assert re.search(r"[\u4e00-\u9fff]{2,12}〔20\d{2}〕[1-9]\d*号", number)


@each_year
def test_the_date_is_written_without_zeros(year: str) -> None:
    (date,) = paragraphs_in(year, "成文日期")
    assert re.fullmatch(r"20\d{2}年[1-9]\d?月[1-9]\d?日", date)


def test_addressees_end_with_a_full_width_colon() -> None:
    assert paragraphs_in("upward", "主送机关") == ["示例省人民政府："]
    assert [line[-1] for line in paragraphs_in("joint", "主送机关")] == ["："]


def test_upward_the_signatories_stand_on_the_line_of_the_number_with_their_names_in_kaiti() -> None:
    paragraph = next(p for p in paragraphs("upward") if style_of(p, "upward") == "发文字号")
    assert written(paragraph).split("\t") == ["", "示府〔2023〕8号", "签发人：张某某", "王某"]
    names = next(run for run in find_all(paragraph, "r") if "张某某" in written(run))
    identifier = value(names, "rPr/rStyle")
    style = next(s for s in find_all(tree("upward", "word/styles.xml"), "style") if s.get(w("styleId")) == identifier)
    assert value(style, "rPr/rFonts", "eastAsia") == "楷体_GB2312"
    label = next(run for run in find_all(paragraph, "r") if "签发人" in written(run))
    assert value(label, "rPr/rStyle") is None


def test_red_are_the_mark_and_the_line_only() -> None:
    for year in ("upward", "joint"):
        red = [node for node in tree(year).iter() if "FF0000" in node.attrib.values()]
        assert [local(node) for node in red] == ["bottom"]
        marks = paragraphs_in(year, "发文机关标志")
        assert marks and all("示例市" in mark or mark in ("文件", "") for mark in marks)


def test_the_colophon_has_lines_of_035_025_and_035_mm() -> None:
    for year in ("upward", "joint"):
        (table,) = [t for t in find_all(tree(year), ".//tbl") if find_all(t, "tblPr/tblpPr")]
        borders = [(local(node), node.get(w("sz"))) for node in table.iter() if local(node) in ("top", "bottom")]
        assert borders == [("top", "8"), ("bottom", "6"), ("top", "6"), ("bottom", "8")]
        assert value(table, "tblPr/tblW", "w") == str(TYPE_WIDTH)
        copies, printing = paragraphs_in(year, "版记")
        assert copies.startswith("抄送：") and copies.endswith("。")
        assert re.fullmatch(r".+\t20\d{2}年[1-9]\d?月[1-9]\d?日印发", printing)


def test_what_is_not_given_leaves_nothing_in_the_file() -> None:
    data = parts("report")["word/document.xml"].decode()
    assert "FF0000" not in data
    assert [part for part in ("<w:tbl>", "<w:drawing", "附件", "签发人", "抄送：") if part in data] == []
    used = {style_of(paragraph, "report") for paragraph in paragraphs("report")}
    assert used <= {"Normal", "Title", "公文正文", "heading 1", "heading 2", "署名", "成文日期"}


@pytest.mark.parametrize("year", ["report", "plain"])
def test_the_words_of_the_file_are_those_of_the_plain_text(year: str) -> None:
    document, _ = composed(year)
    in_word = [line for p in paragraphs(year) for line in written(p).split("\n") if line]
    assert in_word == [line for line in text.render(document).split("\n") if line]


@each_year
def test_every_line_of_the_body_is_in_the_file(year: str) -> None:
    document, _ = composed(year)
    in_word = "\n".join(written(p) for p in paragraphs(year))
    lines = [line for line in text.body_lines(document.body) if "\t" not in line and not line.startswith("[图片：")]
    assert len(lines) > 5
    assert [line for line in lines if line not in in_word] == []


# --- the same file again ----------------------------------------------------------------------------------------------


def built_by_command(folder: Path, year: str, **environment: str) -> bytes:
    """Return the Word file as the command writes it in a process of its own."""
    root, number = YEARS[year]
    command = [sys.executable, "-m", "jzreport", "-C", str(root), "build", number, "-o", str(folder)]
    clean = {name: text for name, text in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    path = os.pathsep.join([str(ROOT), clean.get("PYTHONPATH", "")])
    done = subprocess.run(
        command,
        env={**clean, "PYTHONPATH": path, "PYTHONUTF8": "1", **environment},
        cwd=folder.parent,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (file,) = folder.glob("*.docx")
    return file.read_bytes()


def test_the_same_drafts_give_the_same_bytes(tmp_path: Path) -> None:
    files = [
        built_by_command(tmp_path / "a", "upward", TZ="Asia/Shanghai", PYTHONHASHSEED="1", LC_ALL="C"),
        built_by_command(tmp_path / "b", "upward", TZ="America/New_York", PYTHONHASHSEED="2", LC_ALL="C.UTF-8"),
        built("upward"),
    ]
    assert len({hashlib.sha256(data).hexdigest() for data in files}) == 1


def test_source_date_epoch_is_the_date_of_the_file(tmp_path: Path) -> None:
    data = built_by_command(tmp_path / "a", "plain", SOURCE_DATE_EPOCH="1700000000", TZ="Asia/Shanghai")
    core = {local(node): node.text for node in ET.fromstring(unpacked(data)["docProps/core.xml"])}
    assert core["created"] == core["modified"] == "2023-11-14T22:13:20Z"


def test_the_zip_entries_tell_nothing_of_the_computer_or_its_clock() -> None:
    with zipfile.ZipFile(io.BytesIO(built("upward"))) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {(entry.create_system, entry.extra, entry.comment) for entry in entries} == {(0, b"", b"")}
    assert len({entry.external_attr for entry in entries}) == 1


def test_both_files_are_named_after_the_title() -> None:
    document, house = composed("report")
    assert sorted(print_files(document, house)) == [f"{document.name}.docx", f"{document.name}.txt"]


def test_every_style_that_is_asked_for_is_defined() -> None:
    named = [value for value in vars(gbt9704).values() if isinstance(value, gbt9704.ParagraphStyle)]
    assert set(named) <= set(gbt9704.STYLES)


def test_the_workspaces_show_every_kind_of_block() -> None:
    def kinds(blocks: tuple[Block, ...]) -> set[type]:
        return {type(block) for block in blocks}

    shown: set[type] = set()
    for year in YEARS:
        document, _ = composed(year)
        shown |= kinds(document.body).union(*(kinds(attachment.body) for attachment in document.attachments))
    assert shown == set(get_args(Block))
