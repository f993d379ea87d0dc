from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.dom import minidom
from xml.etree import ElementTree

import pytest

from jzreport.commands.build import print_files
from jzreport.commands.checking import check_year
from jzreport.commands.loading import load_house
from jzreport.compose import compose
from jzreport.workspace import Workspace

GOLDEN = Path(__file__).parent / "golden"
SHILISHI = Workspace(Path(__file__).parent / "workspaces" / "shilishi")
PARTS = ("document", "styles", "settings", "footer")


def built(year: str, suffix: str) -> bytes:
    house, checked = load_house(SHILISHI), check_year(SHILISHI, year)
    assert checked.report is not None and not [d for d in checked.diagnostics if d.is_error]
    (data,) = (
        data for name, data in print_files(compose(checked.report, house), house).items() if name.endswith(suffix)
    )
    return data


def compare(printed: str, golden: Path, renew: bool) -> None:
    if renew:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(printed, encoding="utf-8", newline="\n")
    assert printed.split("\n") == golden.read_text(encoding="utf-8").split("\n")


def readable(xml: bytes) -> str:
    """Return canonical XML (attributes sorted, one way to write each thing), an element a line."""
    return minidom.parseString(ElementTree.canonicalize(xml.decode())).toprettyxml(indent=" ")


@pytest.fixture
def renew(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--renew-golden"))


@pytest.mark.parametrize("year", ["2022", "2023", "2024", "2025"])
def test_the_plain_text_is_as_it_was_when_somebody_last_looked(year: str, renew: bool) -> None:
    compare(built(year, ".txt").decode(), GOLDEN / f"shilishi-{year}.txt", renew)


def test_the_word_file_is_as_it_was_when_somebody_last_looked(renew: bool) -> None:
    package = zipfile.ZipFile(io.BytesIO(built("2022", ".docx")))
    parts = {Path(name).name: name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")}
    kept = {name: part for name, part in parts.items() if name.startswith(PARTS)}
    if renew:
        for stale in {path.name for path in (GOLDEN / "shilishi-2022").glob("*.xml")} - set(kept):
            (GOLDEN / "shilishi-2022" / stale).unlink()
    for name, part in kept.items():
        compare(readable(package.read(part)), GOLDEN / "shilishi-2022" / name, renew)
    assert sorted(kept) == sorted(path.name for path in (GOLDEN / "shilishi-2022").iterdir())


def test_two_spellings_of_the_same_xml_are_one() -> None:
    one, other = b"<a x='1' y='2'><b></b> <c>&#65; </c></a>", b'<a y="2"   x="1"><b/> <c>A </c></a>'
    assert readable(one) == readable(other) != readable(b"<a x='1' y='2'><b></b> <c>A</c></a>")
