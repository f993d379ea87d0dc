"""The Word package around the text (ECMA-376 part 2): its parts, relations, properties and reproducible bytes.

Written here and not by python-docx: importing that takes a third of a whole build, and its own template (styles, theme,
thumbnail, author) would have to be cleared out of every file.
"""

from __future__ import annotations

import datetime
import io
import zipfile

from jzreport.media import Image
from jzreport.render.word.xml import NAMESPACES, Element, element, serialize, text_element

_EARLIEST = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)  # that a zip file knows
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"


class WordPackage:
    """A Word file being made: its body, and the parts that the body refers to."""

    def __init__(self, styles: Element, fonts: Element) -> None:
        self.body = element("w:body")
        self._parts: dict[str, bytes] = {}
        self._types = {"word/document.xml": _WORD_TYPE.format("document.main")}
        self._relations: list[tuple[str, str]] = []  # kind and target; the id counts from 1
        self._footers = 0
        self._images: dict[bytes, str] = {}
        self._add("styles", "styles", styles)
        self._add("settings", "settings", _settings())
        self._add("fontTable", "fontTable", fonts)

    def add_footer(self, *paragraphs: Element) -> str:
        """Return the relationship id of a new footer."""
        self._footers += 1
        return self._add(f"footer{self._footers}", "footer", element("w:ftr", None, *paragraphs))

    def add_comments(self, comments: list[Element]) -> None:
        """Add the part of the comments that the body refers to; Word calls a file damaged that has it and no comment."""
        if comments:
            self._add("comments", "comments", element("w:comments", None, *comments))

    def add_image(self, image: Image) -> str:
        """Return the relationship id of a picture; the same picture is stored once."""
        if image.data not in self._images:
            target = f"media/image{len(self._images) + 1}.{image.extension}"
            self._parts[f"word/{target}"] = image.data
            self._images[image.data] = self._relate("image", target)
        return self._images[image.data]

    def save(self, title: str, author: str, created: datetime.datetime | None) -> bytes:
        """Return the file; the same document gives the same bytes whatever the clock.

        Its properties are what is true of the document, nothing of the computer or its user.
        """
        document = element("w:document", None, self.body)
        parts = {
            "[Content_Types].xml": self._content_types(),
            "_rels/.rels": _relations([("officeDocument", "word/document.xml"), (_CORE, "docProps/core.xml")]),
            "docProps/core.xml": serialize(_properties(title[:255], author[:255], created or _EARLIEST)),
            "word/document.xml": serialize(document),
            "word/_rels/document.xml.rels": _relations(self._relations),
            **self._parts,
        }
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, data in parts.items():
                entry = zipfile.ZipInfo(name, _EARLIEST.timetuple()[:6])
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 0  # the same on every system
                archive.writestr(entry, data)
        return packed.getvalue()

    def _add(self, name: str, kind: str, root: Element) -> str:
        self._parts[f"word/{name}.xml"] = serialize(root)
        self._types[f"word/{name}.xml"] = _WORD_TYPE.format(kind)
        return self._relate(kind, f"{name}.xml")

    def _relate(self, kind: str, target: str) -> str:
        self._relations.append((kind, target))
        return f"rId{len(self._relations)}"

    def _content_types(self) -> bytes:
        root = Element("Types", {"xmlns": f"{_PACKAGE}/content-types"})
        defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
        defaults |= {"png": "image/png", "jpeg": "image/jpeg"} if self._images else {}
        for extension, kind in defaults.items():
            root.append(Element("Default", {"Extension": extension, "ContentType": kind}))
        for name, kind in {"docProps/core.xml": _CORE, **self._types}.items():
            root.append(Element("Override", {"PartName": f"/{name}", "ContentType": kind}))
        return serialize(root)


def _relations(targets: list[tuple[str, str]]) -> bytes:
    root = Element("Relationships", {"xmlns": f"{_PACKAGE}/relationships"})
    for number, (kind, target) in enumerate(targets, 1):
        uri = f"{_PACKAGE}/relationships/metadata/core-properties" if kind == _CORE else f"{NAMESPACES['r']}/{kind}"
        root.append(Element("Relationship", {"Id": f"rId{number}", "Type": uri, "Target": target}))
    return serialize(root)


def _properties(title: str, author: str, moment: datetime.datetime) -> Element:
    stamp = moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    dated = {"xsi:type": "dcterms:W3CDTF"}
    return element(
        "cp:coreProperties",
        None,
        text_element("dc:title", title),
        text_element("dc:creator", author),
        text_element("cp:lastModifiedBy", author),
        text_element("dcterms:created", stamp, dated),
        text_element("dcterms:modified", stamp, dated),
        text_element("dc:language", "zh-CN"),
    )


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
