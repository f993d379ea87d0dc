"""Files on disk: reading a regular one, replacing several at once or none.

Only this module and `workspace` touch the disk.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import re
import stat
import time
from collections.abc import Mapping
from pathlib import Path

from jzreport import refusals

_MAX_NAME_BYTES = 200  # file systems take 255; temporary names and suffixes are longer
_TEMPORARY = ".jzreport-"
_serial = itertools.count(1)
_SYNCS_AT_ONCE = hasattr(os, "sync")  # a folder of thirty drafts is not waited for thirty times
_ATTEMPTS = 8  # Word, a virus scanner or an indexer lets go of a file after a moment
_PAUSE = 0.2  # seconds
_ABANDONED = 24 * 3600  # seconds after which a temporary file is nobody's, where one cannot ask
_RESERVED = r"(?i)(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[\d¹²³])\s*(\..*)?"


class WorkspaceError(Exception):
    """A workspace or output that cannot be read or written: one Chinese line for the user, exit code 2."""


def file_name(title: str) -> str:
    """Return a title as a file name that every system takes: reserved signs become full-width ones or go."""
    name = title.translate({ord(a): b for a, b in zip('\\/:*?"<>|', "＼／：＊？＂＜＞｜", strict=True)})
    name = "".join(c for c in name if c.isprintable()).strip(" .")
    name = name.encode(errors="ignore")[:_MAX_NAME_BYTES].decode(errors="ignore").rstrip(" .")
    return f"_{name}" if re.fullmatch(_RESERVED, name) else name or "report"


def read_regular(path: Path, limit: int | None = None, real: Path | None = None) -> bytes:
    """Return at most limit + 1 bytes of a regular file; a pipe or device is refused and never waited for.

    `real` is where the path was found to lead: a file that was swapped for another since then is refused.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except PermissionError as error:
        if path.is_dir():  # Windows opens no folder at all
            raise OSError(errno.EISDIR, "a folder", str(path)) from error
        raise
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise OSError(errno.EISDIR, "a folder", str(path))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        if real and _was_swapped(handle, path, real):
            raise OSError(errno.EPERM, "another file", str(path))
        with os.fdopen(handle, "rb", closefd=False) as stream:
            return stream.read(-1 if limit is None else limit + 1)
    finally:
        os.close(handle)


def _was_swapped(handle: int, path: Path, real: Path) -> bool:
    """Whether an opened file is another than the path was found to lead to.

    Not asked on Windows: links are rare there, and not every network drive numbers its files.
    """
    if refusals.is_windows():
        return False
    return not os.path.samestat(os.fstat(handle), real.lstat()) or path.resolve() != real


def write_all(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write the files into a folder, all or none; each is the old one or the new one at any moment.

    Raises WorkspaceError when that cannot be done; the old files are then as they were.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        return _replace_all({folder / name: data for name, data in files.items()})
    except OSError as error:
        if error.errno == errno.ENOENT and not folder.exists():
            raise WorkspaceError(f"写不进“{folder}”：文件夹刚刚被移走了。请再运行一次。") from error
        advice = refusals.advice(error)
        told = f"写不进“{_refused(error, folder)}”：{refusals.reason(error)}。{advice}原来的文件没有改动。"
        raise WorkspaceError(told) from error
    except UnicodeEncodeError as error:
        raise WorkspaceError(f"写不进“{folder}”：本机的文件名不能用中文。请设置 PYTHONUTF8=1 后再运行。") from error


def _refused(error: OSError, folder: Path) -> Path:
    """Return what the system would not take: a file that is in the way, the file it named, or else the folder."""
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return next((each for each in (folder, *folder.parents) if each.exists() and not each.is_dir()), folder)
    named = error.filename2 or error.filename
    path = Path(named) if isinstance(named, str) else folder
    return folder if path.name.startswith(_TEMPORARY) else path


def write_new(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files that are not there yet into a folder, all or none; WorkspaceError when one of them is there."""
    written: list[Path] = []
    try:
        for path, data in ((folder / name, data) for name, data in files.items()):
            there = next(each for each in path.parents if each.exists())
            if folder.exists() and not there.resolve().is_relative_to(folder.resolve()):
                raise OSError(errno.EPERM, "link", str(there))
            path.parent.mkdir(parents=True, exist_ok=True)
            _sweep(path.parent)
            _place_new(_write_temporary(path.parent, data), path)
            written.append(path)
    except BaseException as error:
        for path in written:
            path.unlink(missing_ok=True)
        if isinstance(error, FileExistsError):
            raise WorkspaceError(f"“{error.filename}”已经有了，没有改动。") from error
        if isinstance(error, OSError):
            raise WorkspaceError(f"写不进“{folder}”：{refusals.reason(error)}。原来的文件没有改动。") from error
        raise
    return tuple(written)


def _place_new(temporary: Path, target: Path) -> None:
    """Give a file that lies ready its name; FileExistsError when another one has it."""
    try:
        os.link(temporary, target)
    except FileExistsError as error:
        raise FileExistsError(errno.EEXIST, "taken", str(target)) from error
    except OSError:  # a disk that knows no second names
        if target.exists():
            raise FileExistsError(errno.EEXIST, "taken", str(target)) from None
        temporary.rename(target)
    finally:
        temporary.unlink(missing_ok=True)


def create_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder that holds the files (their names may have folders in them), whole or not at all.

    Raises WorkspaceError when that cannot be done, or when there is something in its place.
    """
    temporary = folder.parent / f"{_TEMPORARY}{os.getpid()}-{next(_serial)}.tmp"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _sweep(folder.parent)
        if folder.exists():
            folder.rmdir()  # an empty one: Windows puts nothing in its place
        for name, data in files.items():
            target = temporary / name
            target.parent.mkdir(parents=True, exist_ok=True)
            _create(target, data, syncs=not _SYNCS_AT_ONCE)
        if _SYNCS_AT_ONCE:
            os.sync()
        _move(temporary, folder)
    except OSError as error:
        if folder.exists():
            raise WorkspaceError(f"“{folder}”已经有了，没有改动。") from error
        raise WorkspaceError(f"建不了“{folder}”：{refusals.reason(error)}。") from error
    except UnicodeEncodeError as error:
        raise WorkspaceError(f"建不了“{folder}”：本机的文件名不能用中文。请设置 PYTHONUTF8=1 后再运行。") from error
    finally:
        _remove_tree(temporary)


def rewrite_all(changes: Mapping[Path, tuple[bytes, bytes]]) -> None:
    """Replace files wherever they stand, all or none: each by the second of its pair, if it still holds the first.

    Links are followed. Raises WorkspaceError when that cannot be done; the files are then as they were.
    """
    try:
        targets = {path.resolve(strict=True): pair for path, pair in changes.items()}
        for target in targets:
            if not os.access(target, os.W_OK):
                raise PermissionError(errno.EACCES, "read-only", str(target))
        for folder in {target.parent for target in targets}:
            _sweep(folder)
        expected = {target: old for target, (old, _) in targets.items()}
        _replace_all({target: new for target, (_, new) in targets.items()}, expected)
    except OSError as error:
        name = Path(str(error.filename2 or error.filename or next(iter(changes))))
        which = name.parent if name.name.startswith(_TEMPORARY) else name
        raise WorkspaceError(f"写不进“{which}”：{refusals.reason(error)}。原来的文件没有改动。") from error


def _replace_all(files: Mapping[Path, bytes], expected: Mapping[Path, bytes] | None = None) -> tuple[Path, ...]:
    """Replace the files one by one; new ones and copies of the old ones lie ready before the first is touched.

    None is touched when one does not hold what is expected of it; what was expected keeps its mode.
    """
    temporaries: list[Path] = []
    replaced: list[tuple[Path, Path | None]] = []

    def ready(target: Path, data: bytes) -> Path:
        temporaries.append(_write_temporary(target.parent, data))
        if expected is not None:
            _copy_mode(target, temporaries[-1])
        return temporaries[-1]

    try:
        moves = [(target, ready(target, data)) for target, data in files.items()]
        there = {target: read_regular(target) for target, _ in moves if target.exists()}
        before = {target: ready(target, there[target]) if target in there else None for target, _ in moves}
        for target, data in (expected or {}).items():
            if there.get(target) != data:
                raise WorkspaceError(f"“{target}”刚刚被别的程序改过，原来的文件没有改动。请再运行一次。")
        for target, temporary in moves:
            _move(temporary, target)
            replaced.append((target, before[target]))
    except BaseException as error:
        stuck = [target.name for target, old in replaced if not _restore(target, old)]
        if stuck and isinstance(error, OSError):
            told = f"“{'”“'.join(stuck)}”已经换成新的，没能换回来，其余没有改动。请再运行一次。"
            raise WorkspaceError(f"没有写完：{refusals.reason(error)}。{told}") from error
        raise
    finally:
        for temporary in temporaries:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    return tuple(target for target, _ in moves)


def _write_temporary(folder: Path, data: bytes) -> Path:
    path = folder / f"{_TEMPORARY}{os.getpid()}-{next(_serial)}.tmp"
    _create(path, data)
    return path


def _create(path: Path, data: bytes, *, syncs: bool = True) -> None:
    """Write a file that is not there yet, through to the disk unless that is done for many at once."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            if syncs:
                os.fsync(stream.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _copy_mode(target: Path, temporary: Path) -> None:
    """Give a file that will stand in the place of another the same rights, where the system lets us."""
    with contextlib.suppress(OSError):
        temporary.chmod(stat.S_IMODE(target.stat().st_mode))


def _move(source: Path, target: Path) -> None:
    """Move a file or a new folder into place, waiting a moment for a program on Windows that holds it or the old one."""
    for attempt in range(_ATTEMPTS):
        try:
            source.replace(target)
            return
        except PermissionError:
            if not refusals.is_windows() or attempt == _ATTEMPTS - 1:
                raise
            time.sleep(_PAUSE)


def _restore(target: Path, old: Path | None) -> bool:
    """Put back what stood there before; False when even that fails and the new file stays."""
    try:
        if old is None:
            target.unlink()
        else:
            _move(old, target)
    except OSError:
        return False
    return True


def _sweep(folder: Path) -> None:
    """Remove what a killed run of this program left; a temporary file of a living run stays."""
    for path in folder.glob(f"{_TEMPORARY}*"):
        owner = re.match(rf"{re.escape(_TEMPORARY)}(\d+)-", path.name)
        if not owner or _is_in_use(path, int(owner[1])):
            continue
        if path.is_dir() and not path.is_symlink():
            _remove_tree(path)
        elif path.is_file():
            path.unlink(missing_ok=True)


def _remove_tree(folder: Path) -> None:
    """Remove a folder with all in it, as far as that can be done, and without opening a file: even that may fail."""
    for parent, folders, names in os.walk(folder, topdown=False):
        for name in (*names, *folders):
            with contextlib.suppress(OSError):
                path = Path(parent, name)
                path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    with contextlib.suppress(OSError):
        folder.rmdir()


def _is_in_use(path: Path, owner: int) -> bool:
    """Whether the process that made a temporary file or folder may still be writing it."""
    if not refusals.is_windows():
        return _is_running(owner)
    # There signal 0 is no question but Ctrl-C.
    try:
        return time.time() - path.stat().st_mtime < _ABANDONED
    except OSError:
        return True


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return process != os.getpid()
