"""House style (templates/style.yaml): what an office may choose about the look of its paper."""

from __future__ import annotations

from typing import NamedTuple

from jzreport.fields import Problems
from jzreport.keys import FontKeys, StyleKeys
from jzreport.nodes import Node


class Fonts(NamedTuple):
    """The names of the five faces of GB/T 9704-2012 as this office's computers know them."""

    title: str  # 小标宋
    body: str  # 仿宋
    section: str  # 楷体
    part: str  # 黑体
    page_number: str  # 宋体


class House(NamedTuple):
    """The layout profile, the fonts, and the words a title is never broken in."""

    profile: str
    fonts: Fonts
    title_words: tuple[str, ...]


def read_house(node: Node, problems: Problems) -> House | None:
    """Return the house style of a style.yaml, None when something required is missing."""
    record = StyleKeys(node, problems)
    fonts = _fonts(record.fonts) if record.fonts else None
    if record.profile is None or fonts is None:
        return None
    return House(str(record.profile), fonts, tuple(str(word) for word in record.title_words or ()))


def _fonts(record: FontKeys) -> Fonts | None:
    names = (record.title, record.body, record.section, record.part, record.page_number)
    return Fonts(*(str(name) for name in names)) if all(names) else None
