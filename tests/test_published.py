from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from jzreport.chinese import fold
from jzreport.commands.build import print_files
from jzreport.commands.checking import Checked, check_year
from jzreport.commands.loading import load_house
from jzreport.compose import compose
from jzreport.document import OfficialDocument
from jzreport.house import House
from jzreport.references import names_used
from jzreport.render.text import body_lines
from jzreport.text import Text
from jzreport.workspace import Workspace

HERE = Path(__file__).parent
PUBLISHED = (HERE / "golden" / "published-2022.txt").read_text(encoding="utf-8")
OURS = ("Title", "署名", "成文日期")  # the styles of what the web page does not have


@pytest.fixture(scope="module")
def house() -> House:
    return load_house(Workspace(HERE.parent))


@pytest.fixture(scope="module")
def year() -> Checked:
    return check_year(Workspace(HERE.parent), "2022")


@pytest.fixture(scope="module")
def document(year: Checked, house: House) -> OfficialDocument:
    assert year.report is not None
    return compose(year.report, house)


def test_the_body_of_2022_is_the_published_report_character_for_character(document: OfficialDocument) -> None:
    printed = [fold(line) for line in body_lines(document.body)]
    assert printed == [line for line in map(fold, PUBLISHED.split("\n")) if line]


def test_the_word_file_of_2022_is_the_published_report_too(document: OfficialDocument, house: House) -> None:
    (word,) = (data for name, data in print_files(document, house).items() if name.endswith(".docx"))
    paragraphs = docx.Document(io.BytesIO(word)).paragraphs
    body = (p.text for p in paragraphs if p.style is not None and p.style.name not in OURS)
    assert "".join(map(fold, body)) == fold(PUBLISHED)
    ours = [p.text for p in paragraphs if p.style is not None and p.style.name in OURS and p.text]
    assert [fold(text) for text in ours] == [
        "九江市人民政府关于2022年度法治政府建设情况的报告",
        "九江市人民政府",
        "2023年2月1日",
    ]


def test_the_findings_of_2022_are_its_true_slips_and_nothing_else(year: Checked) -> None:
    """出庭率应诉率 is waived as an example; what is told here the published text really says (data/2022/README.md)."""
    assert sorted((d.rule.code, d.span.file, d.span.line) for d in year.diagnostics) == [
        ("F03", "data/2022/06-监督问效-市司法局.yaml", 11),
        ("F16", "data/2022/01-组织领导-市司法局.yaml", 8),
        ("S23", "data/2022/08-存在的问题-市司法局.yaml", 5),
    ]
    assert not any(d.is_error for d in year.diagnostics)


def test_each_of_the_29_figures_of_2022_is_stated_once_and_referred_to(year: Checked) -> None:
    assert year.report is not None and year.report.figures is not None
    used = [name for lines in year.lines.values() for line in lines for name in names_used(Text.made(line))]
    assert len(year.report.figures) == 29
    assert sorted(used) == sorted(year.report.figures)
