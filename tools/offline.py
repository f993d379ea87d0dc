"""Makes a folder that installs the program without network; to be run on a machine that has one.

python tools/offline.py [FOLDER] [--python 3.13 …] [--platform win_amd64 …]

The folder holds jzreport's own wheel, those of all it needs for each Python, what is double-clicked on Windows, and the
documents. A colleague of the clerks runs it: what it says is Chinese.
"""

from __future__ import annotations

import argparse
import email
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, NoReturn

try:
    from packaging.requirements import Requirement
    from packaging.utils import parse_wheel_filename
except ModuleNotFoundError as missing:
    if (missing.name or "").partition(".")[0] != "packaging":
        raise
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    sys.exit(f"请先运行 {python} -m pip install packaging ，再运行一次。")

ROOT = Path(__file__).parent.parent
FILES = Path(__file__).parent / "windows"
DOCUMENTS = {
    "使用手册": "使用手册",
    "rules": "检查规则",
    "十处笔误": "十处笔误",
    "编辑器": "编辑器",
}  # by the name in docs/
SHELF = "手册"  # the folder they go into
FOLDER = ROOT / "dist" / "jzreport-离线安装"
LOG = "pip的输出.log"
PYTHONS = ("3.15", "3.14", "3.13", "3.12", "3.11")
ADVISED = "3.13"  # of which there is an installer for Windows to be had
WINDOWS = ("win_amd64",)
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")
USAGE = f"""\
用法：python tools/offline.py [文件夹] [--python 3.13 …] [--platform win_amd64 …]

在能上网的电脑上做一个离线安装文件夹，拷到没有网络的 Windows 电脑上安装 jzreport。

  文件夹       做在哪里；不写就做在 dist/{FOLDER.name}
  --python     给哪个版本的 Python，可以写几次；不写就是 {"、".join(PYTHONS)}
  --platform   安装包的平台标记，可以写几次；不写就是 {"、".join(WINDOWS)}
  --help       显示这些话
"""
# What pip says once it has given a server up; it asks several times, and may fail of something else after that.
UNREACHED = re.compile(
    r"Retry\(total=0|Failed to connect to|Unable to fetch|not enough bytes|IncompleteRead"
    r"|(?:Timeout|Connection|NameResolution|Protocol|Proxy|SSL)\w*Error: "
)


class PipError(Exception):
    """What pip said when it failed."""

    def told(self, log: Path) -> str:
        """Return in Chinese why there is no folder. All that pip said goes into a log; no network explains itself."""
        said = str(self).strip()
        log.write_text(f"{said}\n", "utf-8")
        if UNREACHED.search(said):
            return f"连不上网，安装包没有下载全，请检查网络后再运行。（pip 的原话在“{log}”里。）"
        last = "\n".join(said.splitlines()[-10:])
        return f"没有做成，pip 出错了，请把“{log}”发给维护人员。它最后说：\n{last}"


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
    """Run pip; PipError with what it said when it fails."""
    command = [*PIP, arguments[0], "--quiet", *arguments[1:]]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        raise PipError(done.stdout + done.stderr)


def write_files(folder: Path, pythons: Iterable[str]) -> None:
    """Write what is double-clicked, and what is read in Notepad."""
    versions = list(pythons)
    for path in sorted(FILES.iterdir()):
        if path.suffix in (".bat", ".txt"):
            text = path.read_text("utf-8").replace("@VERSIONS@", " ".join(versions))
            text = text.replace("@建议@", ADVISED if ADVISED in versions else versions[0])
            _write(folder / path.name, text.replace("@版本@", "、".join(sorted(versions))))
    shelf = folder / SHELF
    shelf.mkdir(exist_ok=True)
    for name, title in DOCUMENTS.items():
        _write(shelf / f"{title}.txt", as_text((ROOT / "docs" / f"{name}.md").read_text("utf-8")))


def _write(path: Path, text: str) -> None:
    """Write a text with the line ends Windows wants; the byte order mark is for Notepad, and cmd knows none."""
    path.write_bytes(text.replace("\n", "\r\n").encode("ascii" if path.suffix == ".bat" else "utf-8-sig"))


def as_text(page: str) -> str:
    """Return a page of docs/ without the marks of Markdown, which Notepad shows; examples stay as they are."""
    lines, in_example = [], False
    for line in page.split("\n"):
        if line.lstrip().startswith("```"):
            in_example = not in_example
            lines.append("-" * 60)
        elif in_example or line.startswith("    "):
            lines.append(line)
        elif not re.fullmatch(r"[|-]+", line):  # below the head of a table
            lines.append(_unmarked(line))
    return "\n".join(lines)


def _unmarked(line: str) -> str:
    line = re.sub("^#+ ", lambda match: ("", "■ ", "● ")[len(match.group()) - 2], line)
    pieces = re.split("`([^`]+)`", line)  # every other one is what is typed, whatever it looks like
    pieces[::2] = (re.sub(r"\*\*(.+?)\*\*", r"\1", piece) for piece in pieces[::2])
    pieces[::2] = (re.sub(r"\[(.+?)\]\((\w+)\.md\)", _named, piece) for piece in pieces[::2])
    pieces[::2] = (re.sub(r"(?<=[^\x00-\xff]) $|^ (?=[^\x00-\xff])", "", piece) for piece in pieces[::2])
    pieces[1::2] = (f"“{piece}”" for piece in pieces[1::2])
    return "".join(pieces)


def _named(link: re.Match[str]) -> str:
    title = DOCUMENTS[link[2]]
    return f"“{title}.txt”" if link[1] == title else f"{link[1]}（“{title}.txt”）"


def make(folder: Path, targets: list[Target]) -> None:
    wheels = folder / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    wheels.mkdir(parents=True)
    (folder / LOG).unlink(missing_ok=True)
    print("正在下载和检查安装包，要连网，请稍候……", flush=True)
    pip("wheel", "--no-deps", "--wheel-dir", str(wheels), str(ROOT))
    (own,) = wheels.glob("jzreport-*.whl")
    for target in targets:
        pins = gather(own, target, wheels)
        check(pins, target, wheels)
        print(f"Python {target.python} 要用的齐了：{'、'.join(pins)}", flush=True)
    shutil.copy2(FILES / "install.py", wheels)
    if targets[0].is_windows:
        write_files(folder, (target.python for target in targets))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    count = len(list(wheels.glob("*.whl")))
    print(f"做好了：{folder}，共 {count} 个安装包，{size / 2**20:.0f} MB，请把整个文件夹拷过去。")


class _Parser(argparse.ArgumentParser):
    """Options, and help in Chinese: argparse has none."""

    def format_help(self) -> str:
        return USAGE

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"命令写得不对。\n{USAGE}")


def main(arguments: list[str]) -> int:
    parser = _Parser()
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--python", action="append")
    parser.add_argument("--platform", action="append")
    asked = parser.parse_args(arguments)
    platforms = tuple(asked.platform or WINDOWS)
    try:
        make(asked.folder, [Target(python, platforms) for python in asked.python or PYTHONS])
    except PipError as error:
        print(error.told(asked.folder / LOG), file=sys.stderr)
        return 1
    except OSError as error:
        sys.path.insert(0, str(ROOT))  # nobody need have installed the program to make the folder
        from jzreport.disk import reason

        print(f"写不进“{error.filename or asked.folder}”：{reason(error)}。改好以后再运行。", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
