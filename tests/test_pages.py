"""The paper itself, as LibreOffice prints it: what GB/T 9704-2012 asks of a page, measured in millimetres.

The faces of the standard are not free, so fonts.conf names stand-ins of the same character width; where a number depends
on them or on LibreOffice rather than on the file, a comment says so.
"""

from __future__ import annotations

import datetime
import os
import random
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

import pytest
from paper import BOTTOM, CELL, LEFT, POINTS, RIGHT, ROOT, TOP, YEARS, Line, Page, Paper, print_all, why_not

from jzreport.commands.loading import load_house, load_year
from jzreport.compose import compose
from jzreport.document import Attachment, Colophon, Masthead, OfficialDocument, Paragraph, SignOff, Table
from jzreport.house import House
from jzreport.render import word
from jzreport.review import review_copy
from jzreport.text import Text
from jzreport.workspace import Workspace

FULL_PAGE = 22
PITCH = {"gbt9704": 28.95, "gbt33476": 29.6}  # points
LINE = PITCH["gbt9704"] / POINTS
CELL_4 = 14 / POINTS  # one character of the page number and of 版记
NAME = "示例市人民政府"
DATE = "2024年2月26日"
SIGNED = SignOff((NAME,), DATE, sealed=False)
SEALED = SIGNED._replace(sealed=True)
COLOPHON = Colophon("示例市委，示例市人大常委会。", f"{NAME}办公室", "2024年2月27日印发")
# How many lines stand above the last paragraph, so that its page break falls before, in and after the signature.
ABOVE = range(14, 21)
# How many lines stand above 版记, and the pages that makes: room left on page 2, none left, text on page 3.
COLOPHON_AFTER = {5: 2, 40: 2, 43: 4, 44: 4, 45: 4, 50: 4}
LAST_LENGTHS = range(20, 440, 35)  # characters
CELLS = (Text.made("甲"), Text.made("乙"))
TABLE = Table(Text.made("表格标题"), CELLS, (CELLS,) * 4)
LAST = "这是正文的最后一段，它至少要有一行和署名在同一页上，这样署名的那一页就不会只有署名和日期。"


def document(*paragraphs: str, sign_off: SignOff | None = None, colophon: Colophon | None = None) -> OfficialDocument:
    """Return a document with a title of one line, that is two lines with the blank one below it."""
    return OfficialDocument(
        name="标题",
        issuer=NAME,
        date=datetime.date(2024, 2, 26),
        masthead=None,
        title=("标题",),
        addressees="",
        body=tuple(Paragraph(Text.made(text)) for text in paragraphs),
        closing="",
        sign_off=sign_off,
        note="",
        attachments=(),
        colophon=colophon,
        web_source="",
    )


def filler(count: int) -> list[str]:
    """Return paragraphs of one line."""
    return ["填充用的段落。"] * count


def random_han() -> list[str]:
    """Return paragraphs of Chinese characters only, of many lengths."""
    chance = random.Random(9704)
    return ["".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(chance.randint(60, 240))) for _ in range(30)]


def printed_years(profile: str | None = None) -> Iterator[tuple[str, OfficialDocument, House]]:
    for name, (root, year) in YEARS.items():
        workspace = Workspace(root)
        house = load_house(workspace)
        report = load_year(workspace, year).report
        assert report
        yield name, compose(report, house), house._replace(profile=profile or house.profile)


def reviewed_years() -> Iterator[tuple[str, OfficialDocument, House]]:
    for name, made, house in printed_years():
        report = load_year(Workspace(YEARS[name][0]), YEARS[name][1]).report
        assert report
        yield f"{name}-review", review_copy(made, report, ()), house


def documents() -> Iterator[tuple[str, OfficialDocument, House]]:
    """Yield every document to be printed."""
    house = load_house(Workspace(ROOT))
    electronic = house._replace(profile="gbt33476")
    yield from printed_years()
    yield from ((f"{name}-gbt33476", made, house) for name, made, house in printed_years("gbt33476"))
    yield from reviewed_years()
    probe = document(*filler(FULL_PAGE - 2), "国" * 726)
    yield "probe-gbt9704", probe, house
    yield "probe-gbt33476", probe, electronic
    yield "han", document(*random_han()), house
    for above in ABOVE:
        yield f"signed-{above}", document(*filler(above), LAST, sign_off=SIGNED), house
        yield f"sealed-{above}", document(*filler(above), LAST, sign_off=SEALED), house
        tabled = document(*filler(above - 1), sign_off=SIGNED)
        yield f"tabled-{above}", tabled._replace(body=(*tabled.body, TABLE)), house
    yield "short-name", document(*filler(3), sign_off=SIGNED._replace(signatures=("示例局",))), house
    for lines in COLOPHON_AFTER:
        yield f"colophon-{lines}", document(*filler(lines - 2), colophon=COLOPHON), house
    for length in LAST_LENGTHS:
        texts = [*["填充用的段落文字。" * 12] * 7, ("最后一段的文字要长短不一" * 40)[:length] + "。"]
        yield f"ending-{length}", document(*texts, sign_off=SEALED, colophon=COLOPHON), house
    alone = Masthead("", "", "", ("示例市人民政府文件",), "", "示府发〔2024〕3号", ("张某某",))
    yield "one-signatory", document(*filler(3))._replace(masthead=alone), house
    empty = Attachment("附件", "名单", ("名单",), (Paragraph(Text.made("填充用的段落。")),))
    yield "attached", document(*filler(3))._replace(attachments=(empty,)), house


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Paper]:
    if reason := why_not():
        # Elsewhere that is no fault; where every change is judged, pages nobody measured would be.
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    files = {name: word.render(made, house) for name, made, house in documents()}
    return print_all(files, tmp_path_factory.mktemp("paper"))


each_year = pytest.mark.parametrize("year", YEARS)
each_profile = pytest.mark.parametrize("profile", ["gbt9704", "gbt33476"])


def near(measured: float, wanted: float, tolerance: float) -> bool:
    return abs(measured - wanted) <= tolerance


def is_flush(line: Line) -> bool:
    return near(line.left, LEFT, 0.5)


def text_lines(paper: Paper) -> list[Line]:
    """Return the lines of 3号 below the title, in reading order over all pages."""
    first = paper.pages[0].lines
    title = max(line.baseline for line in first if near(line.size, 22, 0.1))
    lines = [line for page in paper.pages for line in page.lines if page.number > 1 or line.baseline > title]
    return [line for line in lines if near(line.size, 16, 0.1)]


def continued(paper: Paper) -> list[tuple[Line, Line]]:
    """Return the lines whose paragraph goes on, each with the next one: those are set to the full width."""
    starts = (LEFT, LEFT + 2 * CELL)
    return [
        (line, following)
        for line, following in pairwise(text_lines(paper))
        if is_flush(following)
        and not re.fullmatch(r"附件\d*", following.text)
        and any(near(line.left, start, 0.5) for start in starts)
    ]


def full_pages(paper: Paper) -> list[Page]:
    """Return the pages of text only whose last paragraph goes on overleaf: nothing but their length ended them."""
    goes_on = {id(line) for line, _ in continued(paper)}
    return [
        page
        for page in paper.pages[1:]
        if page.is_plain and id(page.lines[-1]) in goes_on and all(near(line.size, 16, 0.1) for line in page.lines)
    ]


def pitch(page: Page) -> float:
    """Return the distance of two lines in points, over all lines of the page."""
    return (page.lines[-1].baseline - page.lines[0].baseline) * POINTS / (len(page.lines) - 1)


def start_of_date(date: Line) -> float:
    """Return where a right-aligned date begins without the blanks that LibreOffice puts between Han and digits.

    Word leaves none (autoSpaceDN is off); LibreOffice 7.4 does not know the setting and adds some 1.2 mm at each.
    """
    gaps = (right.left - left.right for left, right in pairwise(date.glyphs))
    return date.left + sum(gap for gap in gaps if gap > 0.3)


def middle(line: Line) -> float:
    return (line.left + line.right) / 2


# --- 版面 -------------------------------------------------------------------------------------------------------------


@each_year
def test_every_page_is_a4(papers: Mapping[str, Paper], year: str) -> None:
    for page in papers[year].pages:
        assert near(page.size[0], 210, 0.5) and near(page.size[1], 297, 0.5)


@each_year
def test_full_lines_fill_the_type_area_from_28_to_184_mm(papers: Mapping[str, Paper], year: str) -> None:
    lines = [line for line, _ in continued(papers[year])]
    assert len(lines) > 20
    assert {line.text: line.left for line in lines if is_flush(line) and not near(line.left, LEFT, 0.5)} == {}
    # A mark at the end of a line may hang over the edge.
    ends = {line.text: line.right for line in lines if re.search(r"[\u4e00-\u9fff]$", line.text)}
    assert ends
    assert {text: right for text, right in ends.items() if not near(right, RIGHT, 0.5)} == {}


@pytest.mark.parametrize("name", ["report", "report-gbt33476"])
def test_pages_2_to_6_of_the_published_report_hold_22_lines(papers: Mapping[str, Paper], name: str) -> None:
    assert [len(page.lines) for page in papers[name].pages[1:6]] == [FULL_PAGE] * 5


def test_every_full_page_of_text_holds_22_lines(papers: Mapping[str, Paper]) -> None:
    names = [*YEARS, *(f"{year}-gbt33476" for year in YEARS), "han"]
    full = [(name, page) for name in names for page in full_pages(papers[name])]
    assert {(name, page.number): len(page.lines) for name, page in full if len(page.lines) != FULL_PAGE} == {}
    assert len(full) > 20


def test_nine_in_ten_full_lines_of_han_hold_28_characters(papers: Mapping[str, Paper]) -> None:
    lines = [line for line, _ in continued(papers["han"])]
    assert all(re.fullmatch(r"[\u4e00-\u9fff]+", line.text) for line in lines)
    counts = [count(line) for line in lines]
    assert len(counts) > 100
    assert counts.count(28) >= 0.9 * len(counts), counts


def test_nine_in_ten_full_lines_of_han_and_marks_hold_28_characters_in_real_reports(
    papers: Mapping[str, Paper],
) -> None:
    lines = [line for year in YEARS for line, _ in continued(papers[year])]
    counts = [count(line) for line in lines if not re.search(r"[0-9A-Za-z]", line.text)]
    assert len(counts) > 100
    assert counts.count(28) >= 0.9 * len(counts), counts


def count(line: Line) -> int:
    """Return how many cells of the line are used, the two of the indent with them, a mark that hangs over without."""
    hanging = line.right > RIGHT + CELL / 2
    return len(line.text) + (0 if is_flush(line) else 2) - hanging


@each_profile
def test_726_characters_take_26_lines_of_28_and_fill_a_page_with_22(papers: Mapping[str, Paper], profile: str) -> None:
    first, *pages = papers[f"probe-{profile}"].pages
    assert len(first.lines) == FULL_PAGE - 1  # a blank line below the title
    assert [len(page.lines) for page in pages] == [22, 4]
    assert [len(line.text) for page in pages for line in page.lines] == [26] + [28] * 25


@each_profile
def test_lines_are_evenly_spaced_over_the_page(papers: Mapping[str, Paper], profile: str) -> None:
    page = papers[f"probe-{profile}"].pages[1]
    assert near(pitch(page), PITCH[profile], 0.05)
    steps = [below.baseline - above.baseline for above, below in pairwise(page.lines)]
    assert max(steps) - min(steps) < 0.1


def test_characters_are_spaced_so_that_28_fill_the_line(papers: Mapping[str, Paper]) -> None:
    line = papers["probe-gbt9704"].pages[1].lines[1]
    assert near((line.glyphs[-1].left - line.left) / 27 * POINTS, 15.75, 0.05)


@pytest.mark.parametrize("name", [*YEARS, *(f"{year}-gbt33476" for year in YEARS)])
def test_nothing_is_printed_outside_the_type_area_but_the_page_number(papers: Mapping[str, Paper], name: str) -> None:
    for page in papers[name].pages:
        # A closing mark may hang over the right edge by one character; the electronic profile begins 2.42 mm higher.
        assert min(line.left for line in page.lines) > LEFT - 0.5
        assert max(line.right for line in page.lines) < RIGHT + CELL + 0.5
        assert all(rule.left > LEFT - 0.5 and rule.right < RIGHT + 0.5 for rule in page.rules), page.rules
        assert all(TOP - 3 < line.baseline < BOTTOM + 3 for line in page.lines)


@each_year
def test_no_number_is_torn_apart_at_the_end_of_a_line(papers: Mapping[str, Paper], year: str) -> None:
    pairs = continued(papers[year])
    torn = [
        f"{a.text[-6:]}|{b.text[:6]}" for a, b in pairs if re.search(r"[\d.]$", a.text) and re.match(r"[\d.%]", b.text)
    ]
    assert torn == []


@each_year
def test_no_line_begins_with_a_closing_or_ends_with_an_opening_mark(papers: Mapping[str, Paper], year: str) -> None:
    lines = text_lines(papers[year])
    assert [line.text for line in lines if line.text[0] in "，。、；：？！）》”’"] == []
    assert [line.text for line in lines if line.text[-1] in "（《“‘"] == []


# --- 页码 -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*YEARS, *(f"{year}-gbt33476" for year in YEARS)])
def test_page_numbers_stand_outside_odd_right_and_even_left(papers: Mapping[str, Paper], name: str) -> None:
    for page in papers[name].pages:
        (line,) = page.foot
        assert line.text == f"—{page.number}—"
        assert all(near(glyph.size, 14, 0.1) for glyph in line.glyphs)
        if page.number % 2:
            assert near(line.right, RIGHT - CELL_4, 0.5)
        else:
            assert near(line.left, LEFT + CELL_4, 0.5)


@each_profile
def test_the_dash_of_the_page_number_is_7_mm_below_the_type_area(papers: Mapping[str, Paper], profile: str) -> None:
    paper = papers[f"probe-{profile}"]
    dash = paper.pages[0].foot[0].part("—")
    _, top, _, bottom = paper.ink(1, dash.left, BOTTOM + 3, dash.right, dash.baseline + 2)
    assert near((top + bottom) / 2, BOTTOM + 7, 1)


# --- 版头 -------------------------------------------------------------------------------------------------------------


def headed(profile: str) -> list[str]:
    return [name if profile == "gbt9704" else f"{name}-{profile}" for name in ("upward", "joint")]


@each_profile
def test_the_issuer_mark_begins_35_mm_below_the_type_area(papers: Mapping[str, Paper], profile: str) -> None:
    for name in headed(profile):
        mark = next(line for line in papers[name].pages[0].lines if line.size > 22)
        # How far the ink stays below the top of its line depends on the face: ± 1.5 mm.
        _, top, _, _ = papers[name].ink(1, mark.left, TOP + 32, mark.right, mark.baseline)
        assert near(top, TOP + 35, 1.5), name


@each_profile
def test_the_red_line_spans_the_type_area_4_mm_below_the_number(papers: Mapping[str, Paper], profile: str) -> None:
    for name in headed(profile):
        page = papers[name].pages[0]
        red = [rule for rule in page.rules if rule.color == (1, 0, 0)]
        assert red and len({(rule.left, rule.right, rule.y) for rule in red}) == 1
        assert near(red[0].left, LEFT, 0.5) and near(red[0].right, RIGHT, 0.5)
        assert near(red[0].right - red[0].left, 156, 0.5)
        number = next(line for line in page.lines if "〔" in line.text)
        edge = red[0].y - red[0].width / 2
        *_, bottom = papers[name].ink(1, LEFT, number.baseline - 5, RIGHT, edge - 0.5)
        assert near(edge - bottom, 4, 1), name


def test_copy_number_classification_and_urgency_stand_on_lines_1_to_3(papers: Mapping[str, Paper]) -> None:
    lines = papers["upward"].pages[0].lines
    first = papers["report"].pages[1].lines[0].baseline
    assert [line.text for line in lines[:3]] == ["000012", "秘密★1年", "加急"]
    assert all(is_flush(line) for line in lines[:3])
    assert all(near(line.baseline, first + n * LINE, 0.5) for n, line in enumerate(lines[:3]))


def test_upward_the_number_is_one_cell_in_with_the_signatories_beside_it(papers: Mapping[str, Paper]) -> None:
    for name in ("upward", "one-signatory"):
        number = next(line for line in papers[name].pages[0].lines if "〔" in line.text)
        assert near(number.left, LEFT + CELL, 0.5)
        assert "号签发人：张某某" in number.text
    # The column of names ends one cell from the right; a shorter name leaves its end of the column free.
    assert near(number.right, RIGHT - CELL, 0.5)


def test_otherwise_the_number_is_centred(papers: Mapping[str, Paper]) -> None:
    number = next(line for line in papers["joint"].pages[0].lines if "〔" in line.text)
    assert near(middle(number), (LEFT + RIGHT) / 2, 1)


def test_two_blank_lines_part_the_mark_from_the_number_and_the_red_line_from_the_title(
    papers: Mapping[str, Paper],
) -> None:
    for name in ("upward", "joint"):
        paper = papers[name]
        page = paper.pages[0]
        mark = max(line.baseline for line in page.lines if line.size > 22)
        number = next(line for line in page.lines if "〔" in line.text)
        title = next(line for line in page.lines if near(line.size, 22, 0.1))
        red = next(rule for rule in page.rules if rule.color == (1, 0, 0))
        *_, bottom = paper.ink(1, LEFT, mark - 4, RIGHT, mark + 8)
        _, top, *_ = paper.ink(1, LEFT, mark + 8, RIGHT, number.baseline)
        # Ink to ink two blank lines are that and the leading of the lines around them.
        assert 2 * LINE - 2 < top - bottom < 3 * LINE, name
        _, top, *_ = paper.ink(1, title.left, red.y + 1, title.right, title.baseline)
        assert 2 * LINE - 2 < top - red.y < 3 * LINE, name


def test_page_1_shows_text(papers: Mapping[str, Paper]) -> None:
    for name in YEARS:
        title = max(line.baseline for line in papers[name].pages[0].lines if near(line.size, 22, 0.1))
        below = [line for line in papers[name].pages[0].lines if line.baseline > title and not line.text.endswith("：")]
        assert len(below) >= 2, name


# --- 主体 -------------------------------------------------------------------------------------------------------------


@each_year
def test_every_line_of_the_title_is_centred(papers: Mapping[str, Paper], year: str) -> None:
    titles = [line for line in papers[year].pages[0].lines if near(line.size, 22, 0.1)]
    assert titles
    assert all(near(middle(line), (LEFT + RIGHT) / 2, 1) for line in titles)


def test_an_unsealed_signature_ends_two_cells_from_the_right(papers: Mapping[str, Paper]) -> None:
    for name in ("report", "plain", "signed-14"):
        signature, date = sign_off(papers[name])
        assert near(signature.right, RIGHT - 2 * CELL, 1.5), name
        assert near(date.baseline - signature.baseline, LINE, 0.2), name


def test_the_date_below_it_starts_two_cells_right_of_its_first_character(papers: Mapping[str, Paper]) -> None:
    for name in ("report", "plain", "signed-14"):
        signature, date = sign_off(papers[name])
        assert near(start_of_date(date), signature.left + 2 * CELL, 1.5), name
        assert date.right < RIGHT + 0.5


def test_a_date_longer_than_the_signature_ends_two_cells_from_the_right_instead(papers: Mapping[str, Paper]) -> None:
    signature, date = sign_off(papers["short-name"], "示例局")
    assert near(date.right, RIGHT - 2 * CELL, 1.5)
    assert near(start_of_date(date), signature.left + 2 * CELL, 1.5)


@pytest.mark.parametrize("name", ["upward", "sealed-14"])
def test_a_sealed_date_ends_four_cells_from_the_right_below_its_signature(
    papers: Mapping[str, Paper], name: str
) -> None:
    signature, date = sign_off(papers[name])
    assert near(date.right, RIGHT - 4 * CELL, 2)
    assert near(date.baseline - signature.baseline, LINE, 0.2)
    assert near(middle(signature), (start_of_date(date) + date.right) / 2, 2)


def test_of_joint_issuers_the_last_stands_over_the_date(papers: Mapping[str, Paper]) -> None:
    signature, date = sign_off(papers["joint"], "示例市市场监督管理局")
    assert near(date.right, RIGHT - 4 * CELL, 2)
    assert near(middle(signature), (start_of_date(date) + date.right) / 2, 2)


@pytest.mark.parametrize("length", LAST_LENGTHS)
def test_however_long_the_last_paragraph_the_imprint_ends_an_even_side(
    papers: Mapping[str, Paper], length: int
) -> None:
    paper = papers[f"ending-{length}"]
    page, signature = paper.find(NAME)
    assert page.lines.index(signature) > 0
    assert len(paper.pages) % 2 == 0
    assert any(line.text.startswith("抄送：") for line in paper.pages[-1].lines)


def sign_off(paper: Paper, name: str = "市人民政府") -> tuple[Line, Line]:
    """Return 署名 and 成文日期: the last line that is a date, and the line of that name above it."""
    lines = [line for page in paper.pages for line in page.lines]
    place = max(n for n, line in enumerate(lines) if re.fullmatch(r"\d{4}年\d+月\d+日", line.text))
    assert lines[place - 1].text.endswith(name)
    return lines[place - 1], lines[place]


@pytest.mark.parametrize("kind", ["signed", "sealed"])
@pytest.mark.parametrize("above", ABOVE)
def test_a_signature_never_stands_on_a_page_without_text(papers: Mapping[str, Paper], kind: str, above: int) -> None:
    page, signature = papers[f"{kind}-{above}"].find(NAME)
    assert page.lines.index(signature) > 0
    assert page.lines[page.lines.index(signature) - 1].text in LAST
    assert page.lines[-1].text == DATE


@pytest.mark.parametrize("above", ABOVE)
def test_nor_does_it_when_the_text_ends_with_a_table(papers: Mapping[str, Paper], above: int) -> None:
    page, signature = papers[f"tabled-{above}"].find(NAME)
    assert page.lines.index(signature) > 0


@each_year
def test_no_signature_of_a_year_stands_alone(papers: Mapping[str, Paper], year: str) -> None:
    signature, date = sign_off(papers[year], "")
    page = next(page for page in papers[year].pages if signature in page.lines)
    assert page.lines.index(signature) > 0
    assert date in page.lines


@pytest.mark.parametrize(("name", "count"), [("upward", 2), ("plain", 1), ("odd", 1), ("attached", 1)])
def test_attachments_begin_a_page_with_their_number_and_the_title_on_line_3(
    papers: Mapping[str, Paper], name: str, count: int
) -> None:
    first = papers["report"].pages[1].lines[0].baseline
    pages = [page for page in papers[name].pages[1:] if re.fullmatch(r"附件\d*", page.lines[0].text)]
    assert [page.lines[0].text for page in pages] == (
        ["附件"] if count == 1 else [f"附件{n}" for n in range(1, count + 1)]
    )
    for page in pages:
        label, title = page.lines[:2]
        assert is_flush(label)
        assert near(label.baseline, first, 0.5)
        assert near(title.size, 22, 0.1)
        assert near(title.baseline, first + 2 * LINE, 1.5)  # 2号 stands a little lower in its line
        assert near(middle(title), (LEFT + RIGHT) / 2, 1)


def test_the_number_and_name_of_an_attachment_are_those_of_the_list(papers: Mapping[str, Paper]) -> None:
    _, entry = papers["upward"].find("附件：1.")
    page = next(page for page in papers["upward"].pages if page.lines[0].text == "附件1")
    assert near(entry.left, LEFT + 2 * CELL, 0.5)
    assert entry.text.removeprefix("附件：1.") == page.lines[1].text
    _, second = papers["upward"].find("2.示例市2022年法治政府建设改革事项清单")
    number = entry.part("1.")
    assert near(second.left, number.left, 0.5)
    assert near(second.part("示").left, entry.part("示").left, 0.5)


def test_the_head_of_a_table_is_repeated_on_every_page_it_reaches(papers: Mapping[str, Paper]) -> None:
    head = "序号文件名称起草单位清理结果说明"
    pages = [page for page in papers["upward"].pages if any(line.text == head for line in page.lines)]
    assert len(pages) >= 3
    assert [page.number for page in pages] == list(range(pages[0].number, pages[0].number + len(pages)))
    assert all(page.lines[0].text == head for page in pages[1:])


def test_tables_are_as_wide_as_the_type_area(papers: Mapping[str, Paper]) -> None:
    page = next(page for page in papers["upward"].pages if page.lines[0].text.startswith("序号"))
    assert all(near(rule.left, LEFT, 0.5) and near(rule.right, RIGHT, 0.5) for rule in page.rules)


# --- 版记 -------------------------------------------------------------------------------------------------------------


@each_profile
def test_the_colophon_ends_on_the_lower_edge_of_the_last_even_page(papers: Mapping[str, Paper], profile: str) -> None:
    for name in headed(profile):
        last = papers[name].pages[-1]
        assert last.number % 2 == 0
        assert "印发" in last.lines[-1].text
        assert near(last.rules[-1].y, BOTTOM, 1), name


@each_profile
def test_the_lines_of_the_colophon_span_the_type_area(papers: Mapping[str, Paper], profile: str) -> None:
    for name in headed(profile):
        for rule in papers[name].pages[-1].rules[-3:]:
            assert near(rule.left, LEFT, 0.5) and near(rule.right, RIGHT, 0.5), (name, rule)


def test_the_colophon_has_thick_lines_outside_and_a_thin_one_inside(papers: Mapping[str, Paper]) -> None:
    for name in headed("gbt9704"):
        widths = [rule.width for rule in papers[name].pages[-1].rules[-3:]]
        assert all(near(width, wanted, 0.05) for width, wanted in zip(widths, (0.35, 0.25, 0.35), strict=True)), widths


def test_the_colophon_is_set_one_cell_in_on_both_sides(papers: Mapping[str, Paper]) -> None:
    lines = papers["upward"].pages[-1].lines
    copies, wrapped, printing = lines[-3:]
    assert all(near(glyph.size, 14, 0.1) for line in lines[-3:] for glyph in line.glyphs)
    assert copies.text.startswith("抄送：") and wrapped.text.endswith("。")
    assert near(copies.left, LEFT + CELL_4, 0.5) and near(printing.left, LEFT + CELL_4, 0.5)
    assert near(wrapped.left, copies.glyphs[3].left, 0.5)
    assert copies.right < RIGHT - CELL_4 + 0.5
    assert near(printing.right, RIGHT - CELL_4, 0.5)


@pytest.mark.parametrize(("lines", "pages"), COLOPHON_AFTER.items())
def test_the_colophon_finds_an_even_last_page_however_long_the_text(
    papers: Mapping[str, Paper], lines: int, pages: int
) -> None:
    paper = papers[f"colophon-{lines}"]
    assert len(paper.pages) == pages
    assert "印发" in paper.pages[-1].lines[-1].text
    assert near(paper.pages[-1].rules[-1].y, BOTTOM, 1)


@pytest.mark.parametrize("lines", [43, 44])
def test_a_blank_page_and_the_colophon_behind_it_carry_no_page_number(papers: Mapping[str, Paper], lines: int) -> None:
    first, second, blank, last = papers[f"colophon-{lines}"].pages
    assert first.foot and second.foot
    assert not blank.lines
    assert not blank.foot and not last.foot


# --- 送审稿 -----------------------------------------------------------------------------------------------------------


@each_year
def test_comments_move_nothing_to_another_page(papers: Mapping[str, Paper], year: str) -> None:
    def layout(paper: Paper) -> list[tuple[int, str, float]]:
        # The last character may be a mark in the margin, which LibreOffice drops from a line that is full to the twip.
        return [(p.number, line.text[:-1], round(line.baseline, 1)) for p in paper.pages for line in p.lines + p.foot]

    final, review = layout(papers[year]), layout(papers[f"{year}-review"])
    assert len(final) == len(review)
    assert [(page, at) for page, _, at in final] == [(page, at) for page, _, at in review]
    # Before a comment LibreOffice leaves out the squeeze of a character: a full line may end one earlier.
    assert sum(one != other for one, other in zip(final, review, strict=True)) <= len(final) // 50
