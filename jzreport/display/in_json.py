"""JSON that may be shown on a terminal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from jzreport.display.listing import is_unsafe


def in_json(value: Mapping[str, Any]) -> str:
    """Return a JSON document in which what could order a terminal, or GitHub's runner, about is escaped.

    JSON itself escapes only what is below U+0020: not the twins of ESC [ above U+0080, nor what turns the writing.
    """
    text = json.dumps(value, ensure_ascii=False, indent=1).replace("##[", "##\\u005b")
    if text.replace("\n", "").isprintable():
        return text
    return "".join(json.dumps(c)[1:-1] if is_unsafe(c) and c != "\n" else c for c in text)
