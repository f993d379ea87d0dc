"""Word files opened again: their parts, and the elements of the main namespace."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        return {name: archive.read(name) for name in names}


def w(name: str) -> str:
    return f"{{{MAIN}}}{name}"


def find_all(element: ET.Element, path: str) -> list[ET.Element]:
    return element.findall("/".join(step if step in (".", "", "*") else w(step) for step in path.split("/")))


def written(element: ET.Element) -> str:
    """Return the characters of a paragraph or run; a break is a line end."""
    marks = {w("br"): "\n", w("tab"): "\t"}
    pieces = (node for run in element.iter(w("r")) for node in run)
    return "".join(marks.get(node.tag) or (node.text or "" if node.tag == w("t") else "") for node in pieces)
