"""`fix` repairs, and nothing else: whatever was typed and however it was stored, a second run finds nothing to do."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from drafting import BARE, HEAD, said
from hypothesis import given
from hypothesis import strategies as st
from slips_of_text import TEXT_SLIPS
from trials import tries

from jzreport.commands.checking import check_year
from jzreport.commands.fix import fix
from jzreport.edits import Raw
from jzreport.workspace import Workspace

# How a file is stored: mark, codec, line ends.
STORED = [(b"", "utf-8"), (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"", "gb18030")]
TWICE = ": \u3000: ## "  # a blank goes, and only then the other colon is one to mend
slips = st.sampled_from([*(each for each in TEXT_SLIPS if each != "\u200b"), *[TWICE] * 4])
lines = st.lists(slips, max_size=6).map("".join)
titles = st.one_of(st.just("好"), lines)  # many a slip in a title makes a file that nobody can read
files = st.tuples(titles, lines, lines, st.sampled_from(STORED), st.sampled_from(["\n", "\r\n"]))
Typed = tuple[str, str, str, tuple[bytes, str], str]


def put(path: Path, department: str, typed: Typed) -> None:
    title, first, second, (mark, codec), end = typed
    text = f"# 注, 释\n{HEAD.replace('市司法局', department)}条目:\n  - 标题: {title}\n    正文: |\n"
    text += f"      依法{first}\n      行政{second}\n"
    path.write_bytes(mark + text.replace("\n", end).encode(codec))


def words(data: bytes) -> list[str]:
    """Return what a file says, its shape and its words: not marks and numbers, which repairs are made of."""
    return [re.sub(r"[^\u4e00-\u9fffa-zA-Z]|[一二三四五六七八九十]", "", line) for line in said(data)]


def errors(root: Path) -> int:
    return sum(found.is_error for found in check_year(Workspace(root), "2023").diagnostics)


@tries(12)
@given(files, files)
def test_fix_repairs_once_and_for_all_and_changes_nothing_but_what_it_repairs(one: Typed, two: Typed) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root, year = Path(folder), Path(folder, "data/2023")
        year.mkdir(parents=True)
        (year / "report.yaml").write_text(BARE, "utf-8")
        put(year / "01.yaml", "市司法局", one)
        put(year / "02.yaml", "市财政局", two)
        before, wrong = {path: path.read_bytes() for path in year.iterdir()}, errors(root)
        fix(root, ("2023",))
        after = {path: path.read_bytes() for path in year.iterdir()}
        fix(root, ("2023",))
        assert after == {path: path.read_bytes() for path in year.iterdir()}
        assert errors(root) <= wrong
        for path, data in after.items():
            assert words(data) == words(before[path])
            old, new = Raw.of(before[path]), Raw.of(data)
            assert old and new and (old.mark, old.codec, old.ends) == (new.mark, new.codec, new.ends)
            assert [line for line in old.lines if line.startswith("#")] == [n for n in new.lines if n.startswith("#")]
