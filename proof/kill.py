"""Kill the program at random moments, and see that every file is the old one or the new one, and whole.

    python proof/kill.py                a thousand kills
    python proof/kill.py 60 --seed 1    sixty, at the moments of another run

The kills are of build, new and fix in a workspace of its own, half of them while files are written; then come two builds
at once, and output folders that are read-only, vanish, or are links. Exit code 1 when anything was broken.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tests"))

from on_disk import small_workspace, tree  # noqa: E402

DRAFT = "data/2022/01-导语.yaml"
WRITING = 0.02  # seconds that writing takes, or a little less
TEMPORARY = ".jzreport-*"
WAYS = ("build", "new", "fix")

Tree = dict[str, bytes]


def program(desk: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "jzreport", "-C", str(desk), *arguments]


def start(desk: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(program(desk, *arguments), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finish(desk: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(program(desk, *arguments), cwd=ROOT, capture_output=True, check=False)


def strays(folder: Path) -> list[Path]:
    return list(folder.rglob(TEMPORARY))


def is_whole(path: str, data: bytes) -> bool:
    """Whether a file can be read to its end: a Word file part by part, any other as text."""
    try:
        if not path.endswith(".docx"):
            return bool(data.decode("utf-8"))
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [package.read(name) for name in package.namelist() if name.endswith((".xml", ".rels"))]
        return bool([ET.fromstring(part) for part in parts])
    except (UnicodeDecodeError, zipfile.BadZipFile, ET.ParseError):
        return False


class Workspace:
    """A workspace in which each command has something to do, and what it makes when nobody kills it."""

    def __init__(self, folder: Path) -> None:
        self.desk = small_workspace(folder, has_last_year=True)
        self.texts = [(self.desk / DRAFT).read_text("utf-8").replace("全年", f"全年{more}") for more in ("", "各地")]
        self.made = {way: self._made(way) for way in WAYS}

    def prepare(self, way: str, turn: int) -> tuple[str, ...]:
        """Lay out what a command changes; return its arguments."""
        text = self.texts[turn % 2]
        if way == "fix":
            text = text.replace("，", ",")
        (self.desk / DRAFT).write_text(text, "utf-8")
        if way == "new":
            shutil.rmtree(self.desk / "data/2023", ignore_errors=True)
        return {"build": ("build", "2022"), "new": ("new", "2023"), "fix": ("fix", "2022")}[way]

    def place(self, way: str) -> Path:
        """Return the folder a command writes to."""
        return self.desk / {"build": "output", "new": "data/2023", "fix": "data/2022"}[way]

    def _made(self, way: str) -> list[Tree]:
        """Return what may stand in the place a command writes to: by each of two drafts, before it and after it."""
        states: list[Tree] = []
        for turn in range(2):
            arguments = self.prepare(way, turn)
            states.append(tree(self.place(way)))
            done = finish(self.desk, *arguments)
            assert done.returncode == 0, done.stderr.decode()
            states.append(tree(self.place(way)))
        return states


def broken(workspace: Workspace, way: str) -> list[str]:
    """Return what is wrong in the place a killed command wrote to: all but strays of the killed run, which it may leave."""
    there = {path: data for path, data in tree(workspace.place(way)).items() if not Path(path).match(TEMPORARY)}
    wrong = [f"{way}: {path} is not whole" for path, data in there.items() if not is_whole(path, data)]
    known = [{**made} for made in workspace.made[way]]
    if way == "new":
        wrong += [] if there in ({}, *known) else ["new: the folder is neither absent nor whole"]
    else:
        odd = [path for path, data in there.items() if data not in [made.get(path) for made in known]]
        wrong += [f"{way}: {path} is neither the old file nor the new one" for path in odd]
    return wrong


def kill_one(workspace: Workspace, way: str, turn: int, longest: float, chance: random.Random) -> tuple[str, list[str]]:
    """Kill a run at a random moment; return how far it was and what was broken."""
    process = start(workspace.desk, *workspace.prepare(way, turn))
    if chance.random() < 0.5:
        time.sleep(chance.uniform(0, longest))
    else:  # the few milliseconds in which files are written
        _await_writing(process, workspace.place(way))
        time.sleep(chance.uniform(0, WRITING))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    left = len(strays(workspace.desk))
    how = "done already" if process.returncode == 0 else f"killed, {'strays left' if left else 'nothing left'}"
    return how, broken(workspace, way)


def _await_writing(process: subprocess.Popen[bytes], place: Path) -> None:
    """Wait until a temporary file is there, or the program is done."""
    folders = (place.parent, place, *place.glob("*/"))
    while process.poll() is None:
        if any(list(folder.glob(TEMPORARY)) for folder in folders):
            return


def kills(workspace: Workspace, count: int, chance: random.Random) -> Iterator[str]:
    """Kill the commands in turn; yield what was broken, and tell how far the killed runs were."""
    reached: Counter[str] = Counter()
    longest = {way: _seconds(workspace, way) for way in WAYS}
    for turn in range(count):
        way = WAYS[turn % len(WAYS)]
        how, wrong = kill_one(workspace, way, turn // len(WAYS), longest[way], chance)
        reached[f"{way}: {how}"] += 1
        yield from wrong
        if strays(workspace.desk):
            yield from _swept(workspace, way)
    for how, times in sorted(reached.items()):
        print(f"  {times:5} {how}")


def _seconds(workspace: Workspace, way: str) -> float:
    """Return how long a command takes: kills fall evenly over that time and a little more."""
    arguments, began = workspace.prepare(way, 0), time.monotonic()
    finish(workspace.desk, *arguments)
    return (time.monotonic() - began) * 1.05


def _swept(workspace: Workspace, way: str) -> Iterator[str]:
    """Run a killed command once more; yield what it left the first time and did not sweep away now."""
    done = finish(workspace.desk, *workspace.prepare(way, 0))
    if done.returncode:
        yield f"{way} after a kill: exit code {done.returncode}: {done.stderr.decode().strip()}"
    yield from (f"a stray is left after the next run: {path}" for path in strays(workspace.desk))


def two_at_once(workspace: Workspace, rounds: int = 20) -> Iterator[str]:
    """Build twice at the same time; yield what is broken."""
    for turn in range(rounds):
        arguments = workspace.prepare("build", turn)
        runs = [start(workspace.desk, *arguments) for _ in range(2)]
        told = [(run.communicate()[1].decode(), run.returncode) for run in runs]
        yield from (f"two at once: exit code {code}: {said}" for said, code in told if code not in (0, 2))
        yield from broken(workspace, "build")
        yield from (f"two at once: a stray is left: {path}" for path in strays(workspace.desk))


def odd_folders(workspace: Workspace) -> Iterator[str]:
    """Build into folders that cannot be written, vanish meanwhile, or are links; yield what goes wrong."""
    workspace.prepare("build", 0)
    output = workspace.desk / "output"
    with _elsewhere(output) as target:
        yield from _expect(workspace, 0, "a link elsewhere")
        yield from [] if tree(target) else ["a link elsewhere: nothing was written there"]
    if os.geteuid():
        (output / "2022").chmod(0o500)
        yield from _expect(workspace, 2, "a read-only folder")
        (output / "2022").chmod(0o700)
    yield from _vanishing(workspace, output)
    yield from _expect(workspace, 0, "a folder that has vanished before")
    yield from broken(workspace, "build")


@contextlib.contextmanager
def _elsewhere(output: Path) -> Iterator[Path]:
    """Put a link to an empty folder in the place of a folder for a while."""
    kept, target = output.with_name("output.kept"), output.with_name("elsewhere")
    output.rename(kept)
    target.mkdir()
    output.symlink_to(target)
    try:
        yield target
    finally:
        output.unlink()
        shutil.rmtree(target)
        kept.rename(output)


def _expect(workspace: Workspace, code: int, what: str) -> Iterator[str]:
    done = finish(workspace.desk, "build", "2022")
    lines = done.stderr.decode().strip().split("\n")
    if done.returncode != code or (code and len(lines) != 1):
        yield f"{what}: exit code {done.returncode}, {lines}"


def _vanishing(workspace: Workspace, output: Path) -> Iterator[str]:
    """Remove the output folder again and again while the program builds into it."""
    for _ in range(10):
        process = start(workspace.desk, "build", "2022")
        while process.poll() is None:
            shutil.rmtree(output, ignore_errors=True)
        said = process.communicate()[1].decode()
        if process.returncode not in (0, 2) or "Traceback" in said:
            yield f"a vanishing folder: exit code {process.returncode}: {said}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kills", nargs="?", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32), help="which moments")
    options = parser.parse_args()
    began, wrong = time.monotonic(), list[str]()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        print(f"{options.kills} kills, seed {options.seed}")
        for what in (
            kills(workspace, options.kills, random.Random(options.seed)),
            two_at_once(workspace),
            odd_folders(workspace),
        ):
            for each in what:
                print(f"! {each}")
                wrong.append(each)
    print(f"{len(wrong)} broken, {time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
