"""Word files on paper: printed to PDF by LibreOffice and measured there, in millimetres from the upper left corner."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pdfplumber

ROOT = Path(__file__).parents[1]
CITY = ROOT / "tests" / "workspaces" / "shilishi"
YEARS = {
    "report": (ROOT, "2022"),
    "upward": (CITY, "2022"),
    "plain": (CITY, "2023"),
    "joint": (CITY, "2024"),
    "odd": (CITY, "2025"),
}

POINTS = 72 / 25.4  # to the millimetre
FONTS = Path(__file__).with_name("fonts.conf")
STAND_INS = {
    "仿宋_GB2312": "Noto Sans Mono CJK SC",
    "楷体_GB2312": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "宋体": "Noto Serif CJK SC",
    "黑体": "Noto Sans CJK SC",
}

# The paper of GB/T 9704-2012: A4, type area 156 × 225 mm, 28 cells (字) to the line.
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
CELL = (RIGHT - LEFT) / 28
_FOOT = 264.0  # below the last line of the text, above the page number
_SAME_LINE = 1.0  # points between baselines
_DOTS = 300  # to the inch, where ink is measured


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as drawn; left and right are those of its advance width, not of its ink."""

    text: str
    left: float
    right: float
    size: float  # points


@dataclass(frozen=True, slots=True)
class Line:
    """The characters that share a baseline, from left to right."""

    baseline: float
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """The characters, blanks left out."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def left(self) -> float:
        """Where the first character begins."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Where the last character ends."""
        return self.glyphs[-1].right

    @property
    def size(self) -> float:
        """The size of the first character in points."""
        return self.glyphs[0].size

    def part(self, text: str) -> Line:
        """Return the stretch of the line that reads `text`."""
        start = self.text.index(text)
        return Line(self.baseline, self.glyphs[start : start + len(text)])


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line as drawn."""

    left: float
    right: float
    y: float
    width: float
    color: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One side of the paper."""

    number: int
    size: tuple[float, float]
    lines: tuple[Line, ...]  # from top to bottom
    foot: tuple[Line, ...]  # below the type area
    rules: tuple[Rule, ...]
    is_plain: bool  # nothing but text: no lines, no pictures


class Paper:
    """A printed document."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """All pages in order."""
        with pdfplumber.open(self._path) as pdf:
            return tuple(_page(page) for page in pdf.pages)

    def find(self, text: str) -> tuple[Page, Line]:
        """Return the first line that contains `text`, with its page."""
        return next((page, line) for page in self.pages for line in page.lines if text in line.text)

    def ink(self, page: int, left: float, top: float, right: float, bottom: float) -> tuple[float, ...]:
        """Return left, top, right and bottom of what is printed inside a rectangle."""
        with pdfplumber.open(self._path) as pdf:
            image = pdf.pages[page - 1].to_image(resolution=_DOTS).original.convert("L")
        dots = _DOTS / 25.4
        part = image.crop((left * dots, top * dots, right * dots, bottom * dots))
        box = part.point(lambda grey: 255 if grey < 160 else 0).getbbox()
        assert box, f"nothing is printed there on page {page}"
        return tuple(at / dots + origin for at, origin in zip(box, (left, top, left, top), strict=True))


def why_not() -> str:
    """Return why this computer cannot print, nothing when it can."""
    for program in ("soffice", "fc-match"):
        if not shutil.which(program):
            return f"{program} is not installed"
    for face, stand_in in STAND_INS.items():
        match = subprocess.run(
            ["fc-match", face, "family"], env=_environment(), capture_output=True, encoding="utf-8", check=False
        )
        if stand_in not in match.stdout:
            return f"the font {stand_in} is not installed"
    return ""


def print_all(files: Mapping[str, bytes], folder: Path) -> dict[str, Paper]:
    """Print Word files, given by name, in one run of LibreOffice with a profile of its own."""
    paths = [folder / f"{name}.docx" for name in files]
    for path, data in zip(paths, files.values(), strict=True):
        path.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, paths)]
    done = subprocess.run(command, env=_environment(), capture_output=True, timeout=180, check=False)
    missing = [path.stem for path in paths if not path.with_suffix(".pdf").exists()]
    assert not missing, f"LibreOffice did not print {missing}: {done.stderr.decode(errors='replace')}"
    return {path.stem: Paper(path.with_suffix(".pdf")) for path in paths}


def _environment() -> dict[str, str]:
    return {**os.environ, "FONTCONFIG_FILE": str(FONTS), "SAL_USE_VCLPLUGIN": "svp"}


def _page(page: Any) -> Page:
    height = float(page.height)
    lines = tuple(_lines(page.chars, height))
    rules = tuple(_rule(drawn) for drawn in page.lines if drawn["top"] == drawn["bottom"])
    return Page(
        number=page.page_number,
        size=(float(page.width) / POINTS, height / POINTS),
        lines=tuple(line for line in lines if line.baseline < _FOOT),
        foot=tuple(line for line in lines if line.baseline >= _FOOT),
        rules=tuple(sorted(rules, key=lambda rule: rule.y)),
        is_plain=not (page.lines or page.rects or page.curves or page.images),
    )


def _lines(chars: Iterable[Any], height: float) -> Iterator[Line]:
    rows: list[tuple[float, list[Glyph]]] = []
    visible = (char for char in chars if char["text"].strip())
    for char in sorted(visible, key=lambda char: -char["matrix"][5]):
        baseline = height - char["matrix"][5]
        if not rows or baseline - rows[-1][0] > _SAME_LINE:
            rows.append((baseline, []))
        rows[-1][1].append(Glyph(char["text"], char["x0"] / POINTS, char["x1"] / POINTS, float(char["size"])))
    for baseline, glyphs in rows:
        yield Line(baseline / POINTS, tuple(sorted(glyphs, key=lambda glyph: glyph.left)))


def _rule(drawn: Any) -> Rule:
    return Rule(
        left=drawn["x0"] / POINTS,
        right=drawn["x1"] / POINTS,
        y=drawn["top"] / POINTS,
        width=drawn["linewidth"] / POINTS,
        color=tuple(drawn["stroking_color"]),
    )
