"""Makes a folder that installs the program without network; to be run on a machine that has one.

python tools/offline.py [FOLDER] [--python 3.13 …] [--platform win_amd64 …]

The folder holds jzreport's own wheel, those of all it needs for each Python, and what is double-clicked on Windows.
"""

from __future__ import annotations

import argparse
import email
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import parse_wheel_filename

ROOT = Path(__file__).parent.parent
FILES = Path(__file__).parent / "windows"
FOLDER = ROOT / "dist" / "jzreport-离线安装"
PYTHONS = ("3.15", "3.14", "3.13", "3.12", "3.11")
WINDOWS = ("win_amd64",)
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")


class Target(NamedTuple):
    """The Python, and the tags of the platform, that wheels are wanted for."""

    python: str
    platforms: tuple[str, ...]

    @property
    def is_windows(self) -> bool:
        """Whether the tags are those of Windows."""
        return self.platforms[0].startswith("win")

    @property
    def options(self) -> list[str]:
        """What makes pip choose wheels for the target and not for the machine it runs on."""
        platforms = [f"--platform={tag}" for tag in self.platforms]
        return ["--only-binary=:all:", "--implementation=cp", f"--python-version={self.python}", *platforms]

    @property
    def markers(self) -> dict[str, str]:
        """What requirements may depend on. pip asks the machine it runs on, and would leave colorama out on Linux."""
        system, name, short = ("Windows", "nt", "win32") if self.is_windows else ("Linux", "posix", "linux")
        return {
            "extra": "",
            "implementation_name": "cpython",
            "implementation_version": f"{self.python}.0",
            "os_name": name,
            "platform_machine": "AMD64" if self.is_windows else "x86_64",
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": system,
            "platform_version": "",
            "python_full_version": f"{self.python}.0",
            "python_version": self.python,
            "sys_platform": short,
        }


def requirements(wheel: Path, target: Target) -> Iterator[str]:
    """Yield what a wheel requires on the target."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        stated = email.message_from_bytes(archive.read(name)).get_all("Requires-Dist", [])
    for each in map(Requirement, stated):
        if each.marker is None or each.marker.evaluate(target.markers):
            each.marker = None
            yield str(each)


def gather(own: Path, target: Target, folder: Path) -> list[str]:
    """Put the wheels the program needs on the target into a folder; return them as name==version."""
    wanted = set(requirements(own, target))
    while True:
        with tempfile.TemporaryDirectory(prefix="jzreport-wheels-") as place:
            pip("download", "--no-deps", *target.options, "-d", place, *sorted(wanted))
            wheels = sorted(Path(place).glob("*.whl"))
            further = {each for wheel in wheels for each in requirements(wheel, target)}
            if further <= wanted:  # all that is required is there, and pip chose it with all requirements known
                return [f"{name}=={version}" for name, version in (_kept(wheel, folder) for wheel in wheels)]
            wanted |= further


def _kept(wheel: Path, folder: Path) -> tuple[str, str]:
    shutil.copy2(wheel, folder)
    name, version, *_ = parse_wheel_filename(wheel.name)
    return name, str(version)


def check(pins: list[str], target: Target, folder: Path) -> None:
    """Let pip try to install from nothing but the folder."""
    with tempfile.TemporaryDirectory(prefix="jzreport-check-") as place:
        # Isolated: what the user set (a mirror, a folder of wheels) is welcome to download from, and no part of the proof.
        offline = ("--isolated", "--no-index", "--find-links", str(folder))
        dry = ("--dry-run", "--ignore-installed", "--target", place)
        pip("install", *offline, *dry, *target.options, "jzreport", *pins)


def pip(*arguments: str) -> None:
    subprocess.run([*PIP, arguments[0], "--quiet", *arguments[1:]], check=True)


def write_files(folder: Path, pythons: Iterable[str]) -> None:
    """Write what is double-clicked and read, with the line ends Windows wants; the byte order mark is for Notepad."""
    versions = list(pythons)
    for path in sorted(FILES.iterdir()):
        if path.suffix in (".bat", ".txt"):
            text = path.read_text("utf-8").replace("@VERSIONS@", " ".join(versions))
            text = text.replace("@版本@", "、".join(sorted(versions)))
            encoding = "ascii" if path.suffix == ".bat" else "utf-8-sig"
            (folder / path.name).write_bytes(text.replace("\n", "\r\n").encode(encoding))


def make(folder: Path, targets: list[Target]) -> None:
    wheels = folder / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    wheels.mkdir(parents=True)
    pip("wheel", "--no-deps", "--wheel-dir", str(wheels), str(ROOT))
    (own,) = wheels.glob("jzreport-*.whl")
    for target in targets:
        pins = gather(own, target, wheels)
        check(pins, target, wheels)
        print(f"Python {target.python}:", *pins, flush=True)
    shutil.copy2(FILES / "install.py", wheels)
    if targets[0].is_windows:
        write_files(folder, (target.python for target in targets))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{folder}: {len(list(wheels.glob('*.whl')))} wheels, {size / 2**20:.0f} MB")


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--python", action="append", help=f"default: {' '.join(PYTHONS)}")
    parser.add_argument("--platform", action="append", help=f"wheel tags, default: {' '.join(WINDOWS)}")
    asked = parser.parse_args(arguments)
    platforms = tuple(asked.platform or WINDOWS)
    make(asked.folder, [Target(python, platforms) for python in asked.python or PYTHONS])


if __name__ == "__main__":
    main(sys.argv[1:])
