"""What is accepted is printed as it was typed, in the Word file and in the plain text, however the files were stored."""

from __future__ import annotations

import codecs
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from drafting import BARE, HEAD, Meant, folded, in_word, meant
from examples import REPORT, wording
from hypothesis import event, given
from hypothesis import strategies as st
from in_memory import HOUSE
from trials import tries

from jzreport.commands.build import build, print_files
from jzreport.commands.checking import examine
from jzreport.commands.loading import load
from jzreport.compose import compose
from jzreport.report import Report
from jzreport.workspace import File, Workspace

# A line as an editor on Windows ends it, or one of an old program.
ENDS = ("\n", "\r\n", "\r")
DRAFTS = {
    "01-甲.yaml": f"{HEAD}条目:\n  - 标题: 抓学习\n    正文: |\n      全年办理案件{{{{ 受理 }}}}。\n",
    "02-乙.yaml": f"{HEAD.replace('司法', '财政')}正文: |\n  加强保障。\n\n  另起一段。\n指标:\n  受理: 534件\n",
    "分册/03-丙.yaml": "章节: 存在的问题\n填报单位: 市司法局\n正文: |\n  力度不够,有待加强。\n",
    "05-戊.yaml": f"{HEAD.replace('司法', '公安')}正文: |\n  维护稳定。\n",
    "04-丁.yaml": "章节: 下步打算\n填报单位: 市司法局\n正文: |\n  持续推进，\n  久久为功。\n",
}


def accepted(draft: Meant) -> Report | None:
    """Return the report with a draft in it, None when an error is found in the draft."""
    loaded = load(File("report.yaml", BARE.encode()), [File("稿.yaml", draft.yaml.encode())], lambda *_: None)
    found = examine(loaded, wording(), None).diagnostics
    assert loaded.report is not None
    return None if any(d.is_error for d in found if d.span.file == "稿.yaml") else loaded.report


@tries(40)
@given(meant)
def test_what_is_accepted_stands_unchanged_in_the_word_file_and_in_the_plain_text(draft: Meant) -> None:
    report = accepted(draft)
    event("accepted" if report else "refused")
    if report:
        document, text = print_files(compose(report, HOUSE), HOUSE).values()
        assert in_word(document) == ["示例市年度报告", *draft.pieces, "2024年2月26日"]
        assert "".join(folded(text.decode().split("\n"))) == "".join(in_word(document))


def test_most_drafts_made_up_by_chance_are_accepted() -> None:
    seen: list[bool] = []

    @tries(30)
    @given(meant)
    def look(draft: Meant) -> None:
        seen.append(accepted(draft) is not None)

    look()
    assert sum(seen) > len(seen) / 2, "or the property above would say next to nothing"


def stored(text: str, end: str, is_marked: bool) -> bytes:
    return (codecs.BOM_UTF8 if is_marked else b"") + text.replace("\n", end).encode()


forms = st.tuples(st.sampled_from(ENDS), st.booleans())
names = ("report.yaml", *DRAFTS)


def built(order: list[str], stored_as: dict[str, tuple[str, bool]]) -> dict[str, bytes]:
    """Return what is built of files made in that order, which is also the order the system lists them in."""

    def scandir(path: Any) -> Any:
        with real(path) as entries:
            listed = sorted(entries, key=lambda entry: order.index(entry.name) if entry.name in order else -1)
        return _Listed(listed)

    real = os.scandir
    with tempfile.TemporaryDirectory() as folder:
        year = Path(folder, "data", "2023")
        for name in order:
            (year / name).parent.mkdir(parents=True, exist_ok=True)
            (year / name).write_bytes(stored({**DRAFTS, "report.yaml": REPORT}[name], *stored_as[name]))
        with patch("os.scandir", scandir):
            made = build(Workspace(Path(folder)), "2023")
        return {path.name: path.read_bytes() for path in made.paths}


class _Listed:
    """What os.scandir gives: entries one by one, to be closed."""

    def __init__(self, entries: list[os.DirEntry[str]]) -> None:
        self._entries = iter(entries)

    def __iter__(self) -> Iterator[os.DirEntry[str]]:
        return self._entries

    def __next__(self) -> os.DirEntry[str]:
        return next(self._entries)

    def __enter__(self) -> _Listed:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def close(self) -> None:
        return None


@tries(10)
@given(st.permutations(names), st.fixed_dictionaries(dict.fromkeys(names, forms)))
def test_neither_the_order_of_files_nor_line_ends_nor_marks_change_a_byte(
    order: list[str], stored_as: dict[str, tuple[str, bool]]
) -> None:
    plain = built(sorted(names), dict.fromkeys(names, ("\n", False)))
    assert len(plain) == 2
    assert built(order, stored_as) == plain


@tries(10)
@given(st.permutations(tuple(DRAFTS)))
def test_drafts_handed_over_in_any_order_make_the_same_document(order: list[str]) -> None:
    def printed(names: list[str]) -> Any:
        drafts = [File(name, DRAFTS[name].encode()) for name in names]
        report = load(File("report.yaml", REPORT.encode()), drafts, lambda *_: None).report
        assert report is not None
        return print_files(compose(report, HOUSE), HOUSE)

    assert printed(order) == printed(sorted(DRAFTS))
