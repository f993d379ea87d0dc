"""The workspace on disk: finds, reads and writes files; the only module that touches the disk."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import re
import stat
import time
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from jzreport.diagnostics import Diagnostic, Rule, Severity, Span
from jzreport.encoding import MAX_BYTES
from jzreport.fields import Problems

UNREADABLE = Rule("R12", "文件读不出来")
UNREAD = Rule("S13", "文件没有被读取", Severity.WARNING)

REPORT = "report.yaml"
MAX_MEDIA_BYTES = 20 << 20
_MAX_NAME_BYTES = 200  # file systems take 255; temporary names and suffixes are longer
_TEMPORARY = ".jzreport-"
_serial = itertools.count(1)
_ATTEMPTS = 8  # Word, a virus scanner or an indexer lets go of a file after a moment
_PAUSE = 0.2  # seconds
_JUNK = re.compile(r"~\$.*|\..*|Thumbs\.db|desktop\.ini|README(\..*)?", re.IGNORECASE)
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[\d¹²³])\s*(\..*)?", re.IGNORECASE)
_MEDIA = (".png", ".jpg", ".jpeg", ".csv")
_OFFICE = (".doc", ".docx", ".wps", ".pdf", ".xls", ".xlsx", ".et")


class WorkspaceError(Exception):
    """A workspace or output that cannot be read or written: one Chinese line for the user, exit code 2."""


class File(NamedTuple):
    """A file's bytes and the name findings call it by: its path from the workspace, with slashes."""

    name: str
    data: bytes


class Workspace(NamedTuple):
    """The folder that holds data/ and templates/."""

    root: Path

    @classmethod
    def find(cls, start: Path) -> Workspace:
        """Return the workspace `start` lies in: the nearest folder at or above it with data/*/report.yaml."""
        try:
            folder = _resolved(start)
            for candidate in (folder, *folder.parents):
                if any(candidate.glob(f"data/*/{REPORT}")):
                    return cls(candidate)
        except OSError as error:
            raise WorkspaceError(f"打不开文件夹“{start}”：{reason(error)}。") from error
        raise WorkspaceError(
            f"在“{folder}”和它的上级文件夹里都没有找到 data/年度/report.yaml。请到有 data 文件夹的地方运行，或用 -C 指明。"
        )

    def year_folder(self, year: str) -> Path:
        """Return the folder of a year's files."""
        folder = self.root / "data" / year
        years = sorted(path.parent.name for path in self.root.glob(f"data/*/{REPORT}"))
        if year not in years:
            raise WorkspaceError(f"没有 {year} 年的报告（data/{year}/report.yaml）。现有的年度：{'、'.join(years)}。")
        return folder

    def read_year(self, year: str, problems: Problems) -> tuple[File | None, tuple[File, ...]]:
        """Return report.yaml (None: unreadable) and the drafts of a year, in the order of their names."""
        folder = self.year_folder(year)
        paths = (path for path in _files(folder) if _is_yaml(path) and path != folder / REPORT)
        drafts = sorted(paths, key=lambda path: path.relative_to(folder).parts)
        read = [self._read_draft(path, folder, problems) for path in (folder / REPORT, *drafts)]
        return read[0], tuple(file for file in read[1:] if file)

    def _read_draft(self, path: Path, folder: Path, problems: Problems) -> File | None:
        return self._read(path, folder, MAX_BYTES, Span(self.name_of(path)), problems)

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
                    f"请把文件放进 data/{year}/ 里，文件名从那里算起，例如“图片/趋势图.png”。",
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
            if _is_yaml(path) or path.relative_to(folder).as_posix() in named:
                continue
            message, hint = "这个文件没有被读取。", "若是来稿，请把文件名改成以“.yaml”结尾；用不着的请移走。"
            if path.suffix.lower() in _MEDIA:
                message, hint = "能读的来稿都没有用到这个文件。", "若该印出来，请核对来稿里写的文件名；用不着的请移走。"
            elif path.suffix.lower() in _OFFICE:
                hint = "若是来稿，请把内容照手册的格式存成“.yaml”文本文件；用不着的请移走。"
            elif path.is_dir():
                message, hint = (
                    "这是指向文件夹的链接，里面的文件没有被读取。",
                    "请把文件夹本身放到这里；用不着的请移走。",
                )
            yield Diagnostic(UNREAD, Span(self.name_of(path)), message, hint)

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
            if not _resolved(path).is_relative_to(_resolved(inside)):
                raise OSError(errno.EPERM, "link")
            data = _read_regular(path, limit)
        except (OSError, ValueError) as error:
            why = reason(error) if isinstance(error, OSError) else "名称里有不能用的字符"
            message = f"文件“{path.relative_to(inside).as_posix()}”读不出来：{why}。"
            hint = _REMEDIES.get(getattr(error, "errno", None) or 0, "请检查文件名是否写对、文件是否已放好。")
            problems.append(Diagnostic(UNREADABLE, span, message, hint))
            return None
        if len(data) > limit and limit > MAX_BYTES:
            problems.append(Diagnostic(UNREADABLE, span, f"文件“{path.name}”超过 {limit >> 20} MB。", "请缩小后再用。"))
            return None
        return File(self.name_of(path), data)


def file_name(title: str) -> str:
    """Return a title as a file name that every system takes: reserved signs become full-width ones or go."""
    name = title.translate({ord(a): b for a, b in zip('\\/:*?"<>|', "＼／：＊？＂＜＞｜", strict=True)})
    name = "".join(c for c in name if c.isprintable()).strip(" .")
    name = name.encode(errors="ignore")[:_MAX_NAME_BYTES].decode(errors="ignore").rstrip(" .")
    return f"_{name}" if _RESERVED.fullmatch(name) else name or "report"


def write_all(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write the files into a folder, all or none; each is the old one or the new one at any moment.

    Raises WorkspaceError when that cannot be done; the old files are then as they were.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        return _replace_all(folder, files)
    except OSError as error:
        name = Path(str(error.filename2 or error.filename or folder)).name
        which = "" if name.startswith(_TEMPORARY) or name == folder.name else f"“{name}”"
        raise WorkspaceError(f"写不进“{folder}”：{which}{reason(error)}。原来的文件没有改动。") from error
    except UnicodeEncodeError as error:
        raise WorkspaceError(f"写不进“{folder}”：本机的文件名不能用中文。请设置 PYTHONUTF8=1 后再运行。") from error


def reason(error: OSError) -> str:
    """Return in Chinese why the system refused."""
    if getattr(error, "winerror", None) in (5, 32, 33):
        return "文件正被别的程序打开，请先关闭 Word 或 WPS"
    return _REASONS.get(error.errno or 0, f"系统拒绝（代码 {error.errno}）")


_REMEDIES = {
    errno.EACCES: "请关闭打开着它的程序，或请管理员给予读取的权限。",
    errno.EPERM: "请把文件本身（不是链接）放进年度文件夹。",
    errno.EISDIR: "请去掉文件夹名称末尾的“.yaml”，或写上文件夹里那个文件的名称。",
    errno.EINVAL: "请换成普通文件。",
}
_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
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
    """Yield the files below a folder, and what stands in the place of one: a link to a folder, a folder named *.yaml."""
    for parent, folders, names in os.walk(folder, onerror=_refuse_folder):
        folders[:] = sorted(name for name in folders if not _JUNK.fullmatch(name))
        strange = [name for name in folders if _is_yaml(Path(name)) or (Path(parent) / name).is_symlink()]
        yield from (Path(parent) / name for name in sorted(names) + strange if not _JUNK.fullmatch(name))


def _refuse_folder(error: OSError) -> None:
    raise WorkspaceError(f"打不开文件夹“{error.filename}”：{reason(error)}。") from error


def _is_yaml(path: Path) -> bool:
    return path.suffix.lower() == ".yaml"


def _resolved(path: Path) -> Path:
    try:
        return path.resolve(strict=True)
    except RuntimeError as error:  # links in a circle, before Python 3.13
        raise OSError(errno.ELOOP, "link", str(path)) from error


def _read_regular(path: Path, limit: int | None = None) -> bytes:
    """Return at most limit + 1 bytes of a regular file; a pipe or device is refused and never waited for."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as stream:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise OSError(errno.EISDIR, "a folder", str(path))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        return stream.read(-1 if limit is None else limit + 1)


def _packaged_templates() -> Path:
    """Return the templates that come with the program: beside it in a wheel, above it in the repository."""
    here = Path(__file__).parent
    inside = here / "templates"
    return inside if inside.is_dir() else here.parent / "templates"


def _replace_all(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Replace the files one by one; new ones and copies of the old ones lie ready before the first is touched."""
    temporaries: list[Path] = []
    replaced: list[tuple[Path, Path | None]] = []

    def ready(data: bytes) -> Path:
        temporaries.append(_write_temporary(folder, data))
        return temporaries[-1]

    try:
        moves = [(folder / name, ready(data)) for name, data in files.items()]
        before = {target: ready(_read_regular(target)) if target.exists() else None for target, _ in moves}
        for target, temporary in moves:
            _move(temporary, target)
            replaced.append((target, before[target]))
    except BaseException:
        for target, old in replaced:
            _restore(target, old)
        raise
    finally:
        for temporary in temporaries:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    return tuple(target for target, _ in moves)


def _write_temporary(folder: Path, data: bytes) -> Path:
    path = folder / f"{_TEMPORARY}{os.getpid()}-{next(_serial)}.tmp"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _is_windows() -> bool:
    return os.name == "nt"


def _move(source: Path, target: Path) -> None:
    """Move a file into place, waiting a moment for a program on Windows that holds the old one."""
    for attempt in range(_ATTEMPTS):
        try:
            source.replace(target)
            return
        except PermissionError:
            if not _is_windows() or attempt == _ATTEMPTS - 1:
                raise
            time.sleep(_PAUSE)


def _restore(target: Path, old: Path | None) -> None:
    """Put back what stood there before; if even that fails, the new file stays."""
    with contextlib.suppress(OSError):
        if old is None:
            target.unlink()
        else:
            _move(old, target)


def _sweep(folder: Path) -> None:
    """Remove what a killed run of this program left; a temporary file of a living run stays."""
    for path in folder.glob(f"{_TEMPORARY}*"):
        owner = re.match(rf"{re.escape(_TEMPORARY)}(\d+)-", path.name)
        if owner and path.is_file() and not _is_running(int(owner[1])):
            path.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    if _is_windows():  # there signal 0 is no question but Ctrl-C: better to leave the file
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return process != os.getpid()
