"""The table of guards does not rot: every text stands where it did, every test is there and is shown to fail."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

PROOF = Path(__file__).parent.parent / "proof"


@pytest.fixture(scope="module")
def guards() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(PROOF)
        spec = importlib.util.spec_from_file_location("guards", PROOF / "guards.py")
        assert spec and spec.loader
        module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return module


def test_every_guard_stands_in_its_place_and_every_test_is_shown_to_fail(guards: ModuleType) -> None:
    table = guards.read(guards.TABLE.read_text("utf-8"))
    assert list(guards.wrong(table)) == []
    assert len({(guard.changes, guard.tests) for guard in table}) == len(table) > 50


ENTRY = """
[[guard]]
what = "what is held back"
file = "jzreport/disk.py"
text = 'os.fsync(stream.fileno())'
instead = "pass"
tests = ["test_faults.py::test_at_whatever_call_the_disk_fails_all_is_old_or_all_is_new"]
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("fileno())'", "fileno(9))'", "its text stands 0 times in jzreport/disk.py"),
        ("'os.fsync(stream.fileno())'", "'except BaseException'", "its text stands 3 times in jzreport/disk.py"),
        ("disk.py", "disc.py", "its text stands 0 times in jzreport/disc.py"),
        ('"pass"', '"pass ("', "jzreport/disk.py cannot be read without it"),
        ("_whatever_call", "_some_call", "there is no test test_faults.py::test_at_some_call"),
        ("faults.py::", "fault.py::", "there is no test test_fault.py::"),
    ],
)
def test_an_entry_that_is_not_true_any_more_is_told(guards: ModuleType, old: str, new: str, told: str) -> None:
    assert list(guards.wrong(guards.read(ENTRY), ["test_faults.py"])) == []
    said = list(guards.wrong(guards.read(ENTRY.replace(old, new, 1)), []))
    assert len(said) == 1 and said[0].partition(": what is held back: ")[2].startswith(told)


def test_a_test_that_no_entry_names_is_told(guards: ModuleType) -> None:
    (told,) = guards.wrong((), ["test_faults.py"])
    assert told.startswith("test_faults.py::test_at_whatever_call") and told.endswith("no guard is taken out for it")
