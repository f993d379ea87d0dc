"""The styles and font table of the Word file, written from the constants of the standard and the house's fonts."""

from __future__ import annotations

from collections.abc import Iterator

from jzreport.house import Fonts
from jzreport.render.gbt9704 import BODY, CELL, HEADINGS, SIZE_3, SQUEEZE, STYLES, TITLE, ParagraphStyle, Profile
from jzreport.render.word.xml import Element, cell_margins, element, indent, spacing, style_id

# What stands in for a face that a computer lacks; Word reads it from the font table.
_STAND_INS = {
    "方正小标宋简体": "方正小标宋_GBK",
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "黑体": "SimHei",
    "宋体": "SimSun",
    "仿宋": "FangSong",
    "楷体": "KaiTi",
}


def styles(fonts: Fonts, profile: Profile, *more: ParagraphStyle) -> Element:
    """Return the root of styles.xml; `more` styles are those that not every file needs."""
    defaults = element(
        "w:docDefaults",
        None,
        element("w:rPrDefault", None, element("w:rPr", None, *_run(fonts.body, SIZE_3, squeeze=0), _language())),
        element("w:pPrDefault"),
    )
    made = element("w:styles", None, defaults, _normal(fonts, profile), *_lists())
    made.extend(_paragraph_style(style, fonts) for style in (*STYLES, *more))
    made.extend(_character_style(rank, fonts) for rank in range(len(HEADINGS)))
    made.append(_signatory_name(fonts))
    made.append(_character(TABLE_HEADER, "表头", _face(HEADINGS[1], fonts)))
    return made


def font_table(fonts: Fonts) -> Element:
    """Return the root of fontTable.xml: each face with its stand-in."""
    made = element("w:fonts")
    for name in dict.fromkeys(fonts):
        stand_in = _STAND_INS.get(name)
        children = [element("w:altName", {"val": stand_in})] if stand_in else []
        charset = element("w:charset", {"val": "86"})  # GB 2312
        made.append(element("w:font", {"name": name}, *children, charset))
    return made


def heading_character_style(rank: int) -> str:
    """Return the id of the character style for a run-in heading of that rank."""
    return f"RunIn{rank}"


_RUN_IN_NAMES = ("接排分组标题", "接排一级标题", "接排二级标题", "接排三级标题", "接排四级标题")  # by rank
SIGNATORY_NAME = "SignatoryName"
TABLE_HEADER = "TableHeader"


def _normal(fonts: Fonts, profile: Profile) -> Element:
    properties = element(
        "w:pPr",
        None,
        element("w:widowControl", {"val": "0"}),
        element("w:kinsoku", {"val": "1"}),
        element("w:autoSpaceDE", {"val": "0"}),
        element("w:autoSpaceDN", {"val": "0"}),
        spacing(profile.line),
        element("w:jc", {"val": "both"}),
    )
    return element(
        "w:style",
        {"type": "paragraph", "default": "1", "styleId": "Normal"},
        element("w:name", {"val": "Normal"}),
        element("w:qFormat"),
        properties,
        # Digits and Latin words are English to a line breaker: as Chinese, LibreOffice tears 381 apart at a line end.
        element("w:rPr", None, *_run(fonts.body, SIZE_3), _language(latin="en-US")),
    )


def _lists() -> Iterator[Element]:
    """Yield the default character, table and list styles, which Word expects."""
    for kind, name in (("character", "Default Paragraph Font"), ("table", "Normal Table"), ("numbering", "No List")):
        attributes: dict[str, str | int] = {"type": kind, "default": "1", "styleId": name.replace(" ", "")}
        made = element("w:style", attributes, element("w:name", {"val": name}), element("w:uiPriority", {"val": "99"}))
        made.append(element("w:semiHidden"))
        made.append(element("w:unhideWhenUsed"))
        if kind == "table":
            made.append(element("w:tblPr", None, element("w:tblInd", {"w": "0", "type": "dxa"}), cell_margins(0)))
        yield made


def _paragraph_style(style: ParagraphStyle, fonts: Fonts) -> Element:
    cell = CELL * style.size / SIZE_3
    properties = []
    if not style.snap:
        properties.append(element("w:snapToGrid", {"val": "0"}))
    if style.line is not None:
        properties.append(spacing(style.line, style.line_rule))
    if style.first_line or style.left or style.right:
        properties.append(indent(style.left, style.right, cell=cell, first_line=style.first_line))
    properties.append(element("w:jc", {"val": style.align}))
    if style.outline is not None:
        properties.append(element("w:outlineLvl", {"val": style.outline}))
    return element(
        "w:style",
        {"type": "paragraph", **({} if style.name.isascii() else {"customStyle": "1"}), "styleId": style_id(style)},
        element("w:name", {"val": style.name}),
        element("w:basedOn", {"val": "Normal"}),
        *([element("w:next", {"val": style_id(BODY)})] if style in (*HEADINGS, TITLE) else []),
        element("w:qFormat"),
        element("w:pPr", None, *properties),
        element("w:rPr", None, *_run(_face(style, fonts), style.size, style.color, style.squeeze)),
    )


def _character_style(rank: int, fonts: Fonts) -> Element:
    heading = HEADINGS[rank]
    return _character(heading_character_style(rank), _RUN_IN_NAMES[rank], _face(heading, fonts))


def _signatory_name(fonts: Fonts) -> Element:
    return _character(SIGNATORY_NAME, "签发人姓名", fonts.section)  # 7.2.6: the name in 楷体


def _character(identifier: str, name: str, face: str) -> Element:
    return element(
        "w:style",
        {"type": "character", "customStyle": "1", "styleId": identifier},
        element("w:name", {"val": name}),
        element("w:basedOn", {"val": "DefaultParagraphFont"}),
        element("w:rPr", None, _fonts(face)),
    )


def _face(style: ParagraphStyle, fonts: Fonts) -> str:
    face: str = getattr(fonts, style.face)
    return face


def _fonts(name: str) -> Element:
    """Return the face for every script slot: no theme font, no Latin face for digits or quotes."""
    return element("w:rFonts", {"ascii": name, "hAnsi": name, "eastAsia": name, "cs": name})


def _run(face: str, size: int, color: str = "", squeeze: int = SQUEEZE) -> Iterator[Element]:
    yield _fonts(face)
    yield element("w:b", {"val": "0"})  # 标题 and headings are never bold
    if color:
        yield element("w:color", {"val": color})
    yield element("w:spacing", {"val": squeeze})
    yield element("w:sz", {"val": size})
    yield element("w:szCs", {"val": size})


def _language(latin: str = "zh-CN") -> Element:
    return element("w:lang", {"val": latin, "eastAsia": "zh-CN"})
