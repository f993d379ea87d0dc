"""Whole commands on a disk that fails at any call: the old files or the new ones, one Chinese line, exit code 2."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from faults import FAULTS, HELD, Faulty, break_
from hypothesis import settings
from on_disk import small_workspace, tree
from shell import Run
from trials import QUICK

from jzreport import disk, refusals
from jzreport.commands.build import build
from jzreport.workspace import Workspace

STEPS = ("open", "write", "fsync", "replace", "mkdir")
COMMANDS = {
    "build": ("build", "2022"),
    "build elsewhere": ("build", "2022", "-o", "成品/新"),
    "new": ("new", "2023"),
    "add": ("new", "2022", "--add", "市财政局", "工作情况"),
    "fix": ("fix", "2022"),
    "sheets": ("validate", "2022", "--sheets", "反馈"),
    "init": ("init", "别的市"),
    "review": ("build", "2022", "--review"),
    "compare": ("compare", "2021", "2022", "-o", "对照.txt"),
}
NEVER = {("add", "replace"), ("fix", "mkdir")}  # a new name is given with a link; fix makes no folder
CASES = [(command, step) for command in COMMANDS for step in STEPS if (command, step) not in NEVER]
DRAFT = "data/2022/01-导语.yaml"
Tree = dict[str, bytes]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    desk = small_workspace(tmp_path, has_last_year=True)
    build(Workspace(desk), "2022")
    (desk / DRAFT).write_text((desk / DRAFT).read_text("utf-8").replace("，", ","), "utf-8")
    monkeypatch.chdir(desk)
    return desk


def faults(k: int) -> list[tuple[int, bool]]:
    """Return the faults to try at the k-th call, each once and from then on: one by turns, in a thorough run all."""
    codes = tuple(FAULTS.values())
    asked = codes if settings().max_examples > QUICK else (codes[k % len(codes)],)
    return [(code, stays) for code in asked for stays in (False, True)]


@contextmanager
def failing(step: str, k: int, code: int, stays: bool) -> Iterator[Faulty]:
    """Let the k-th call of a step fail, and, if the fault stays, every one behind it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "sleep", lambda _: None)
        if code == HELD:
            patch.setattr(refusals, "is_windows", lambda: True)
        faulty = break_(patch, step, k, code)
        faulty.stays = stays
        yield faulty


@pytest.mark.parametrize(("command", "step"), CASES)
def test_at_whatever_call_the_disk_fails_all_is_old_or_all_is_new(
    desk: Path, command: str, step: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "_SYNCS_AT_ONCE", False)  # as on Windows: each file is waited for, and may fail
    before = tree(desk)
    run(*COMMANDS[command])
    new = tree(desk)
    assert new != before, "a command with nothing to do fails at nothing"
    restore(desk, before)
    for k in range(1, 40):
        came = False
        for code, stays in faults(k):
            with failing(step, k, code, stays) as faulty:
                ended, out, err = run(*COMMANDS[command])
            came = came or faulty.has_failed
            assert not list(desk.rglob(".jzreport-*"))
            if not faulty.has_failed or ended in (0, 1):
                assert_done_or_told(desk, (before, new), ended, out + err)
                restore(desk, before)
                continue
            assert ended == 2, (ended, out, err)
            if "没能换回来" in err:
                assert stays and step == "replace"
                assert all(data in (before.get(name), new.get(name)) for name, data in tree(desk).items())
                restore(desk, before)
            assert tree(desk) == before
            assert re.fullmatch(r"(.*有文件读不出来.*\n)*错误：.*[\u4e00-\u9fff].*。\n", err), err
            assert "Traceback" not in out + err and ".jzreport-" not in out + err
        if not came:
            assert k > 1, "a step that is never taken shows nothing"
            return
    raise AssertionError("so many calls no command makes")


def assert_done_or_told(desk: Path, states: tuple[Tree, Tree], ended: int, told: str) -> None:
    """A file that cannot be read is a finding; a fault that passes is waited for or does no harm."""
    before, new = states
    assert ended in (0, 1), told
    assert ended or tree(desk) == new or re.search("没有改|没有动它|读不出来|[1-9] 处错误", told), (
        "done, or told why not"
    )
    if ended == 1 and "R12" in told:
        assert all(name.startswith("反馈/") for name, data in tree(desk).items() if before.get(name) != data)


def restore(desk: Path, before: Tree) -> None:
    for name in tree(desk).keys() - before.keys():
        (desk / name).unlink()
    for name, data in before.items():
        if (desk / name).read_bytes() != data:
            (desk / name).write_bytes(data)
    for folder in ("成品", "data/2023", "反馈", "别的市"):
        shutil.rmtree(desk / folder, ignore_errors=True)
