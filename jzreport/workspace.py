"""The workspace on disk: finds, reads and writes files; the only module that touches the disk."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from jzreport.diagnostics import Diagnostic, Rule, Severity, Span
from jzreport.encoding import MAX_BYTES
from jzreport.fields import Problems

UNREADABLE = Rule("R12", "文件读不出来")
UNREAD = Rule("S13", "文件没有被读取", Severity.WARNING)
RULES = (UNREADABLE, UNREAD)

REPORT = "report.yaml"
MAX_MEDIA_BYTES = 20 << 20
_MAX_NAME_BYTES = 200  # file systems take 255; temporary names and suffixes are longer
_TEMPORARY = ".jzreport-"
_ATTEMPTS = 8  # Word, a virus scanner or an indexer lets go of a file after a moment
_PAUSE = 0.2  # seconds
_JUNK = re.compile(r"~\$.*|\..*|Thumbs\.db|desktop\.ini|README(\..*)?", re.IGNORECASE)
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|COM\d|LPT\d)(\..*)?", re.IGNORECASE)


class WorkspaceError(Exception):
    """A workspace or output that cannot be read or written: one Chinese line for the user, exit code 2."""


@dataclass(frozen=True, slots=True)
class File:
    """A file's bytes and the name findings call it by: its path from the workspace, with slashes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folder that holds data/ and templates/."""

    root: Path

    @classmethod
    def find(cls, start: Path) -> Workspace:
        """Return the workspace `start` lies in: the nearest folder at or above it with data/*/report.yaml."""
        try:
            folder = start.resolve(strict=True)
            for candidate in (folder, *folder.parents):
                if any(candidate.glob(f"data/*/{REPORT}")):
                    return cls(candidate)
        except OSError as error:
            raise WorkspaceError(f"打不开文件夹“{start}”：{reason(error)}。") from error
        raise WorkspaceError(
            f"在“{start}”和它的上级文件夹里都没有找到 data/年度/report.yaml。请到工作区里运行，或用 -C 指明工作区。"
        )

    def year_folder(self, year: str) -> Path:
        """Return the folder of a year's files."""
        folder = self.root / "data" / year
        if not (folder / REPORT).exists():
            years = sorted(path.parent.name for path in self.root.glob(f"data/*/{REPORT}"))
            raise WorkspaceError(f"没有 {year} 年的报告（data/{year}/report.yaml）。现有的年度：{'、'.join(years)}。")
        return folder

    def read_year(self, year: str, problems: Problems) -> tuple[File, ...]:
        """Return report.yaml and then the drafts of a year, in the order of their names."""
        folder = self.year_folder(year)
        drafts = sorted((path for path in _files(folder) if _is_yaml(path)), key=lambda p: p.relative_to(folder).parts)
        ordered = [folder / REPORT, *(path for path in drafts if path != folder / REPORT)]
        read = (self._read(path, folder, MAX_BYTES, Span(self.name_of(path)), problems) for path in ordered)
        return tuple(file for file in read if file)

    def read_media(self, year: str, name: str, span: Span, problems: Problems) -> bytes | None:
        """Return the bytes of a picture or table a draft names (from the year's folder); findings go to `span`."""
        folder = self.year_folder(year)
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", name):
            problems.append(
                Diagnostic(
                    UNREADABLE,
                    span,
                    f"不能用年度文件夹以外的文件“{name}”。",
                    f"请把文件放进 data/{year}/ 里，写相对的名称。",
                )
            )
            return None
        file = self._read(folder / path, folder, MAX_MEDIA_BYTES, span, problems)
        return file.data if file else None

    def unread(self, year: str, used: set[str]) -> Iterator[Diagnostic]:
        """Yield a reminder for each file of a year that is neither a draft nor named by one (`used`)."""
        folder = self.year_folder(year)
        named = {PurePosixPath(name.replace("\\", "/")).as_posix() for name in used}
        for path in _files(folder):
            if not _is_yaml(path) and path.relative_to(folder).as_posix() not in named:
                hint = "若是来稿，请把文件名改成以“.yaml”结尾；用不着的请移走。"
                yield Diagnostic(UNREAD, Span(self.name_of(path)), "这个文件没有被读取。", hint)

    def template(self, name: str) -> File:
        """Return a template: the workspace's own copy, else the one that comes with the program."""
        own = self.root / "templates" / name
        problems: Problems = []
        if own.exists():
            file = self._read(own, self.root, MAX_BYTES, Span(f"templates/{name}"), problems)
            if file is None:
                raise WorkspaceError(f"templates/{name} 读不出来：{problems[0].message}")
            return file
        return File(f"templates/{name}", (_packaged_templates() / name).read_bytes())

    def name_of(self, path: Path) -> str:
        """Return what findings call a file."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()

    def _read(self, path: Path, inside: Path, limit: int, span: Span, problems: Problems) -> File | None:
        """Return a regular file within `inside`, at most a byte more than `limit`; else None and a finding."""
        try:
            if not path.resolve(strict=True).is_relative_to(inside.resolve()):
                raise OSError(errno.EPERM, "link")
            data = _read_regular(path, limit)
        except (OSError, ValueError) as error:
            why = reason(error) if isinstance(error, OSError) else "名称里有不能用的字符"
            message = f"文件“{path.name}”读不出来：{why}。"
            problems.append(Diagnostic(UNREADABLE, span, message, "请检查文件名是否写对、文件是否已放好。"))
            return None
        if len(data) > limit and limit > MAX_BYTES:
            problems.append(
                Diagnostic(UNREADABLE, span, f"文件“{path.name}”超过 {limit >> 20} MiB。", "请缩小后再用。")
            )
            return None
        return File(self.name_of(path), data)


def file_name(title: str) -> str:
    """Return a title as a file name that every system takes: reserved signs become full-width ones or go."""
    name = title.translate({ord(a): b for a, b in zip('\\/:*?"<>|', "＼／：＊？＂＜＞｜", strict=True)})
    name = "".join(c for c in name if c.isprintable()).strip(" .")
    while len(name.encode()) > _MAX_NAME_BYTES:
        name = name[:-1]
    return f"_{name}" if _RESERVED.fullmatch(name) else name.rstrip(" .") or "report"


def write_all(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write the files into a folder, all or none; each is the old one or the new one at any moment.

    Raises WorkspaceError when that cannot be done; the old files are then as they were.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        return _replace_all(folder, files)
    except OSError as error:
        name = Path(error.filename2 or error.filename or folder).name
        if name.startswith(_TEMPORARY):
            name = folder.name
        raise WorkspaceError(f"写不进“{folder}”：{name}：{reason(error)}。原来的文件没有改动。") from error


def reason(error: OSError) -> str:
    """Return in Chinese why the system refused."""
    if getattr(error, "winerror", None) in (5, 32, 33):
        return "文件正被别的程序打开，请先关闭 Word 或 WPS"
    return _REASONS.get(error.errno or 0, f"系统拒绝（代码 {error.errno}）")


_REASONS = {
    errno.ENOENT: "没有这个文件",
    errno.EACCES: "没有权限，或文件正被别的程序打开（请先关闭 Word 或 WPS）",
    errno.EPERM: "不在允许的文件夹里，或没有权限",
    errno.EROFS: "文件夹是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EFBIG: "文件太大，写不下",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "同名的文件占了文件夹的位置",
    errno.ELOOP: "链接指来指去，没有终点",
    errno.ENAMETOOLONG: "名称太长",
    errno.EIO: "磁盘出错",
    errno.EINVAL: "不是普通文件",
}


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _JUNK.fullmatch(name))
        yield from (Path(parent) / name for name in sorted(names) if not _JUNK.fullmatch(name))


def _is_yaml(path: Path) -> bool:
    return path.suffix.lower() == ".yaml"


def _read_regular(path: Path, limit: int) -> bytes:
    """Return at most limit + 1 bytes of a regular file; a pipe or device is refused and never waited for."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        return stream.read(limit + 1)


def _packaged_templates() -> Path:
    """Return the templates that come with the program: beside it in a wheel, above it in the repository."""
    here = Path(__file__).parent
    inside = here / "templates"
    return inside if inside.is_dir() else here.parent / "templates"


def _replace_all(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    targets = {folder / name: data for name, data in files.items()}
    before = {target: target.read_bytes() if target.exists() else None for target in targets}
    temporaries: dict[Path, Path] = {}
    replaced: list[Path] = []
    try:
        for target, data in targets.items():
            temporaries[target] = _write_temporary(folder, data)
        for target, temporary in temporaries.items():
            _move(temporary, target)
            replaced.append(target)
    except OSError:
        for target in replaced:
            _restore(target, before[target])
        raise
    finally:
        for temporary in temporaries.values():
            temporary.unlink(missing_ok=True)
    return tuple(targets)


def _write_temporary(folder: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=f"{_TEMPORARY}{os.getpid()}-", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        path.chmod(0o666 & ~_umask())
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _move(source: Path, target: Path) -> None:
    """Move a file into place, waiting a moment for a program on Windows that holds the old one."""
    for attempt in range(_ATTEMPTS):
        try:
            source.replace(target)
            return
        except PermissionError:
            if os.name != "nt" or attempt == _ATTEMPTS - 1:
                raise
            time.sleep(_PAUSE)


def _restore(target: Path, data: bytes | None) -> None:
    """Put back what stood there before; if even that fails, the new file stays."""
    with contextlib.suppress(OSError):
        if data is None:
            target.unlink()
        else:
            _move(_write_temporary(target.parent, data), target)


def _sweep(folder: Path) -> None:
    """Remove what a killed run of this program left; a temporary file of a living run stays."""
    for path in folder.glob(f"{_TEMPORARY}*"):
        owner = re.match(rf"{re.escape(_TEMPORARY)}(\d+)-", path.name)
        if owner and not _is_running(int(owner[1])):
            path.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    if os.name == "nt":  # there signal 0 is no question but Ctrl-C: better to leave the file
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return process != os.getpid()
