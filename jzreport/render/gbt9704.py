"""GB/T 9704-2012 《党政机关公文格式》 as constants, each with its clause.

Lengths are twips (1/20 pt, 56.693 to the millimetre) unless a name says otherwise; sizes are half-points.
A cell (字) is the width of one character of the text: 156 mm / 28 (clause 5.2.3: 22 lines of 28 characters).
"""

from __future__ import annotations

from typing import NamedTuple

TWIPS_PER_MM = 1440 / 25.4
EMU_PER_TWIP = 635

# 5.1 paper, 5.2.1 margins: A4, 天头 37 mm, 订口 28 mm, type area 156 × 225 mm.
PAGE_WIDTH = 11906
PAGE_HEIGHT = 16838
TYPE_WIDTH = 8844
TOP_MARGIN = 2098
LINES = 22
CELLS = 28
CELL = TYPE_WIDTH / CELLS


class Profile(NamedTuple):
    """Page settings that put 22 lines of 28 characters into the type area."""

    top: int
    bottom: int
    line: int  # pitch
    left: int = 1588
    right: int = 1474
    footer: int = 1450  # puts the dash of the page number 7 mm below the type area (7.5)

    @property
    def raised(self) -> int:
        """How far above the type area of the standard the text starts, and ends below it (GB/T 33476.2)."""
        return TOP_MARGIN - self.top

    @property
    def type_height(self) -> int:
        """The height between the margins."""
        return PAGE_HEIGHT - self.top - self.bottom


PROFILES = {
    # 225 mm / 22 = 579.8; 580 would leave room for 21 lines only.
    "gbt9704": Profile(top=TOP_MARGIN, bottom=1984, line=579),
    # GB/T 33476.2-2016 annex A: Word puts half the leading above the glyphs, so its margins are 2.42 mm smaller.
    "gbt33476": Profile(top=1960, bottom=1847, line=592),
}

# 28 characters of 16 pt are 448 pt, the line is 442.2 pt: each is set 0.25 pt closer (5.2.3 撑满版心).
SQUEEZE = -5

# 字号 in half-points.
SIZE_2 = 44  # 二号
SIZE_3 = 32  # 三号
SIZE_4 = 28  # 四号
SIZE_SMALL_4 = 24  # 小四, for tables: the standard is silent
CELL_4 = 280  # 一字 of 四号

RED = "FF0000"

MARK_TOP = round(35 * TWIPS_PER_MM)  # 7.2.4: below the upper edge of the type area
MARK_MAX_SIZE = 84  # 7.2.4 leaves the size free; 初号, the largest of the common sizes
MARK_MIN_SIZE = 32  # 三号: what still fits 27 characters, or ten issuers above the first lines of the text (7.3.3)
RULE_SIZE = 12  # 7.2.7 gives the red line no thickness: 1.5 pt
RULE_GAP = 8  # points between 发文字号 and the line: 4 mm below the characters
RULE_EXTRA = 190  # what the line adds to the height of its paragraph

# 7.3.5.1: with a seal the date ends four cells from the right; 7.3.5.2: without, the signature ends two cells from it.
SEALED_RIGHT_CELLS = 4
SIGNATURE_MAX_CELLS = 20  # a longer name is broken like a title
UNSEALED_RIGHT_CELLS = 2
# A city's seal is 45 mm across: 8.1 cells, 4.4 lines. Pressed on signature and date, one blank line brings its top within
# one line of the text (7.3.5.1); pressed on a signature alone, as all but the last of several are, it takes two. Five
# lines from one row of signatures to the next keep seals apart.
SEAL_CELLS = 8.1
SEAL_BLANK_LINES = 1
JOINT_SEAL_BLANK_LINES = 2
SEAL_ROW_LINES = 5

THICK_RULE = 8  # 7.4.1: 0.35 mm, in eighths of a point
THIN_RULE = 6  # 7.4.1: 0.25 mm
COLOPHON_LINE = 500
TABLE_LINE = 400


class ParagraphStyle(NamedTuple):
    """How one element is set. Indents are cells of its own size; `line` None: the pitch of the page."""

    name: str  # the style's name in Word: the element's name in the standard
    face: str = "body"  # a field of house.Fonts
    size: int = SIZE_3
    align: str = "both"
    first_line: float = 0
    left: float = 0
    right: float = 0
    outline: int | None = None  # 0: first level of Word's navigation pane
    color: str = ""
    line: int | None = None
    line_rule: str = "exact"
    snap: bool = True  # to the line grid
    squeeze: int = SQUEEZE


# Headings by rank (7.3.3): 一、 黑体, （一） 楷体, 1. and （1） 仿宋; rank 0 is a group title (work reports have them).
HEADINGS = (
    ParagraphStyle("分组标题", face="part", align="center", outline=0),
    ParagraphStyle("heading 1", face="part", first_line=2, outline=0),
    ParagraphStyle("heading 2", face="section", first_line=2, outline=1),
    ParagraphStyle("heading 3", first_line=2, outline=2),
    ParagraphStyle("heading 4", first_line=2, outline=3),
)

COPY_NUMBER = ParagraphStyle("份号", align="left")  # 7.2.1
CLASSIFICATION = ParagraphStyle("密级和保密期限", face="part", align="left")  # 7.2.2
URGENCY = ParagraphStyle("紧急程度", face="part", align="left")  # 7.2.3
ISSUER_MARK = ParagraphStyle("发文机关标志", face="title", align="center", color=RED, snap=False, squeeze=0)  # 7.2.4
DOCUMENT_NUMBER = ParagraphStyle("发文字号", align="center", snap=False)  # 7.2.5
SIGNATORY = ParagraphStyle("签发人", align="left", snap=False)  # 7.2.6
TITLE = ParagraphStyle("Title", face="title", size=SIZE_2, align="center", snap=False, squeeze=0)  # 7.3.1
ADDRESSEES = ParagraphStyle("主送机关", align="left")  # 7.3.2
BODY = ParagraphStyle("公文正文", first_line=2)  # 7.3.3
ATTACHMENT_LIST = ParagraphStyle("附件说明", align="left")  # 7.3.4
SIGNATURE = ParagraphStyle("署名", align="right")  # 7.3.5
DOCUMENT_DATE = ParagraphStyle("成文日期", align="right")  # 7.3.5.4
NOTE = ParagraphStyle("附注", align="left", first_line=2)  # 7.3.6
ATTACHMENT_LABEL = ParagraphStyle("附件序号", face="part", align="left")  # 7.3.7
COLOPHON = ParagraphStyle("版记", size=SIZE_4, align="left", line=COLOPHON_LINE, snap=False, squeeze=0)  # 7.4
PAGE_NUMBER = ParagraphStyle("页码", face="page_number", size=SIZE_4, line=320, snap=False, squeeze=0)  # 7.5
# The standard is silent on the text of tables and pictures; these follow common practice.
CAPTION = ParagraphStyle("图表标题", face="part", size=SIZE_4, align="center", squeeze=0)
TABLE_TEXT = ParagraphStyle("表格文字", size=SIZE_SMALL_4, align="center", line=TABLE_LINE, snap=False, squeeze=0)
PICTURE = ParagraphStyle("图片", align="center", line=240, line_rule="auto", snap=False, squeeze=0)

STYLES = (
    *HEADINGS,
    COPY_NUMBER,
    CLASSIFICATION,
    URGENCY,
    ISSUER_MARK,
    DOCUMENT_NUMBER,
    SIGNATORY,
    TITLE,
    ADDRESSEES,
    BODY,
    ATTACHMENT_LIST,
    SIGNATURE,
    DOCUMENT_DATE,
    NOTE,
    ATTACHMENT_LABEL,
    COLOPHON,
    PAGE_NUMBER,
    CAPTION,
    TABLE_TEXT,
    PICTURE,
)
