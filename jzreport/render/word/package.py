"""The Word package around the text: its parts, core properties and reproducible bytes.

The package is put together from python-docx's part classes, so that nothing of its own template (styles, theme,
thumbnail, author) is ever in the file.
"""

from __future__ import annotations

import datetime
import io
import zipfile

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.parts.hdrftr import FooterPart
from docx.parts.image import ImagePart
from docx.parts.settings import SettingsPart
from docx.parts.styles import StylesPart

from jzreport.media import Image
from jzreport.render.word.xml import Element, element

_EARLIEST = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)  # that a zip file knows


class WordPackage:
    """A Word file being made: its body, and the parts that the body refers to."""

    def __init__(self, styles: Element, fonts: Element) -> None:
        self._package = Package()
        root = parse_xml(f"<w:document {nsdecls('w', 'r', 'wp', 'a', 'pic')}><w:body/></w:document>")
        self.body: Element = root[0]
        self._document = DocumentPart(PackURI("/word/document.xml"), CT.WML_DOCUMENT_MAIN, root, self._package)
        self._package.relate_to(self._document, RT.OFFICE_DOCUMENT)
        self._add(StylesPart, "styles", CT.WML_STYLES, RT.STYLES, styles)
        self._add(SettingsPart, "settings", CT.WML_SETTINGS, RT.SETTINGS, _settings())
        self._add(XmlPart, "fontTable", CT.WML_FONT_TABLE, RT.FONT_TABLE, fonts)
        self._footers = 0
        self._images: dict[bytes, str] = {}

    def add_footer(self, *paragraphs: Element) -> str:
        """Return the relationship id of a new footer."""
        self._footers += 1
        root = element("w:ftr", None, *paragraphs)
        return self._add(FooterPart, f"footer{self._footers}", CT.WML_FOOTER, RT.FOOTER, root)

    def add_image(self, image: Image) -> str:
        """Return the relationship id of a picture; the same picture is stored once."""
        if image.data not in self._images:
            name = PackURI(f"/word/media/image{len(self._images) + 1}.{image.extension}")
            part = ImagePart(name, f"image/{image.extension}", image.data)
            self._images[image.data] = self._document.relate_to(part, RT.IMAGE)
        return self._images[image.data]

    def set_properties(self, title: str, author: str, created: datetime.datetime | None) -> None:
        """Set the core properties: only what is true of the document, nothing of the computer or its user."""
        part = CorePropertiesPart.default(self._package)
        self._package.relate_to(part, RT.CORE_PROPERTIES)
        properties = part.core_properties
        properties.title, properties.author, properties.last_modified_by = title[:255], author[:255], author[:255]
        properties.language = "zh-CN"
        moment = created or _EARLIEST
        properties.created = properties.modified = moment.replace(tzinfo=None)

    def save(self) -> bytes:
        """Return the file; the same document gives the same bytes whatever the clock."""
        raw = io.BytesIO()
        self._package.save(raw)
        packed = io.BytesIO()
        with zipfile.ZipFile(raw) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                entry = zipfile.ZipInfo(name, _EARLIEST.timetuple()[:6])
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 0  # the same on every system
                new.writestr(entry, old.read(name))
        return packed.getvalue()

    def _add(self, kind: type[XmlPart], name: str, content_type: str, relation: str, root: Element) -> str:
        part: Part = kind(PackURI(f"/word/{name}.xml"), content_type, root, self._package)
        return self._document.relate_to(part, relation)


def _settings() -> Element:
    """Return settings.xml: 100 % zoom, odd and even footers, Chinese punctuation rules, Word 2010 and later."""
    mode = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": "15"}
    return element(
        "w:settings",
        None,
        element("w:zoom", {"percent": "100"}),
        element("w:bordersDoNotSurroundHeader"),
        element("w:bordersDoNotSurroundFooter"),
        element("w:defaultTabStop", {"val": "420"}),
        element("w:evenAndOddHeaders"),
        element("w:characterSpacingControl", {"val": "doNotCompress"}),
        element("w:compat", None, element("w:compatSetting", mode)),
        element("w:themeFontLang", {"val": "zh-CN", "eastAsia": "zh-CN"}),
    )
