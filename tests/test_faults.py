"""Whole commands on a disk that fails at any call: the old files or the new ones, one Chinese line, exit code 2."""

from __future__ import annotations

import errno
import re
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from faults import HELD, Faulty, break_
from hypothesis import settings
from test_workspace import GOOD
from trials import QUICK

from jzreport import cli, disk
from jzreport.commands.build import build
from jzreport.workspace import Workspace

FAULTS = (errno.ENOSPC, errno.EACCES, errno.EIO, HELD)
STEPS = ("open", "write", "fsync", "replace", "mkdir")
COMMANDS = {
    "build": ("build", "2022"),
    "build elsewhere": ("build", "2022", "-o", "成品/新"),
    "new": ("new", "2023"),
    "add": ("new", "2022", "--add", "市财政局", "工作情况"),
    "fix": ("fix", "2022"),
    "sheets": ("validate", "2022", "--sheets", "反馈"),
    "init": ("init", "别的市"),
}
NEVER = {("add", "replace"), ("fix", "mkdir")}  # a new name is given with a link; fix makes no folder
CASES = [(command, step) for command in COMMANDS for step in STEPS if (command, step) not in NEVER]
DRAFT = "data/2022/01-导语.yaml"
Tree = dict[str, bytes]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(GOOD, tmp_path / "工作区")
    (tmp_path / "工作区/去年").rename(tmp_path / "工作区/data/2021")
    build(Workspace(tmp_path / "工作区"), "2022")
    slip = (tmp_path / "工作区" / DRAFT).read_text("utf-8").replace("，", ",")
    (tmp_path / "工作区" / DRAFT).write_text(slip, "utf-8")
    monkeypatch.chdir(tmp_path / "工作区")
    return tmp_path / "工作区"


def tree(folder: Path) -> Tree:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> int | str | None:
    monkeypatch.setattr(sys, "argv", ["jzreport", *arguments])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    return stopped.value.code


def faults(k: int) -> tuple[int, ...]:
    """Return the faults to try at the k-th call: one after the other, all of them in a thorough run."""
    return FAULTS if settings().max_examples > QUICK else (FAULTS[k % len(FAULTS)],)


Fail = Callable[[int, int, bool], tuple[Faulty, "int | str | None"]]


@pytest.fixture
def fail(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Fail:
    """Run a command with the k-th call of a step failing."""

    def failing(k: int, code: int, stays: bool) -> tuple[Faulty, int | str | None]:
        with monkeypatch.context() as patch:
            patch.setattr(time, "sleep", lambda _: None)
            if code == HELD:
                patch.setattr(disk, "_is_windows", lambda: True)
            faulty = break_(patch, request.node.callspec.params["step"], k, code)
            faulty.stays = stays
            return faulty, run(COMMANDS[request.node.callspec.params["command"]], patch)

    return failing


@pytest.mark.parametrize(("command", "step"), CASES)
def test_at_whatever_call_the_disk_fails_all_is_old_or_all_is_new(
    desk: Path, command: str, step: str, fail: Fail, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "_SYNCS_AT_ONCE", False)  # as on Windows: each file is waited for, and may fail
    before = tree(desk)
    run(COMMANDS[command], monkeypatch)
    new = tree(desk)
    assert new != before, "a command with nothing to do fails at nothing"
    restore(desk, before)
    capsys.readouterr()
    for k in range(1, 40):
        came = False
        for code in faults(k):
            for stays in (False, True):
                faulty, ended = fail(k, code, stays)
                out, err = capsys.readouterr()
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
                assert re.fullmatch(r"错误：.*[\u4e00-\u9fff].*。\n", err), err
                assert "Traceback" not in out + err and ".jzreport-" not in out + err
        if not came:
            assert k > 1, "a step that is never taken shows nothing"
            return
    raise AssertionError("so many calls no command makes")


def assert_done_or_told(desk: Path, states: tuple[Tree, Tree], ended: int | str | None, told: str) -> None:
    """A file that cannot be read is a finding; a fault that passes is waited for or does no harm."""
    before, new = states
    assert ended in (0, 1), told
    assert ended or tree(desk) == new or re.search("没有改|没有动它|[1-9] 处错误", told), "done, or told why not"
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
