"""The workspace on disk: finds and reads its files."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import re
from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from jzreport.diagnostics import Diagnostic, Span
from jzreport.disk import WorkspaceError, create_folder, read_regular
from jzreport.display import as_argument
from jzreport.encoding import MAX_BYTES, UNREADABLE, misnamed
from jzreport.fields import Problems
from jzreport.media import remedy
from jzreport.refusals import reason
from jzreport.report import UNREAD

REPORT = "report.yaml"
STYLE = "style.yaml"
MAX_MEDIA_BYTES = 20 << 20
_MAX_LISTED = 2_000  # files of a year that are looked through for one that was meant
_MAX_GUESSED = 20  # files that are not there: nobody reads more
_DEEPEST = 20  # folders in one another: nobody sorts pictures so finely
_YEAR = re.compile("[0-9]{4}")
_JUNK = re.compile(r"~\$.*|\..*|Thumbs\.db|desktop\.ini|README(\..*)?", re.IGNORECASE)
_MEDIA = (".png", ".jpg", ".jpeg", ".csv")
_OFFICE = (".doc", ".docx", ".wps", ".pdf", ".xls", ".xlsx", ".et")


class File(NamedTuple):
    """A file's bytes and the name findings call it by: its path from the workspace, with slashes."""

    name: str
    data: bytes


class Workspace(NamedTuple):
    """The folder that holds data/ and templates/, and what names it on a command line (empty: one is in it)."""

    root: Path
    option: str = ""

    @classmethod
    def find(cls, named: Path | None) -> Workspace:
        """Return the workspace a command line names; without a name the nearest at or above the current folder.

        What is named is that folder and no other: nobody who misspells a county's wants the city's report.
        """
        try:
            folder = _resolved(named or Path())
            around = next((each for each in (folder, *folder.parents) if _is_workspace(each)), None)
        except OSError as error:
            raise WorkspaceError(f"打不开文件夹“{named or Path()}”：{reason(error)}。") from error
        if named is None and around:
            return cls(around)
        if named is None:
            hint = "请到有 data 文件夹的地方运行，或用 -C 指明。"
            raise WorkspaceError(f"在“{folder}”和它的上级文件夹里都没有找到 data/年度/{REPORT}。{hint}")
        if around == folder:
            return cls(folder, f" -C {as_argument(str(named), '目录')}")
        hint = f"要用的若是“{around}”，请在 -C 后面写它。" if around else ""
        raise WorkspaceError(f"“{named}”里没有 data/年度/{REPORT}，请核对 -C 后面的目录。{hint}")

    def command(self, words: str) -> str:
        """Return a command line for this workspace, as one types it where the last one was typed."""
        return f"jzreport {words}{self.option}"

    @classmethod
    def around(cls, path: Path) -> tuple[Workspace, str] | None:
        """Return the workspace and year whose folder a file lies in, None when it lies outside any."""
        folders = _resolved(path).parents
        for year, data, root in zip(folders, folders[1:], folders[2:], strict=False):
            if data.name == "data" and (year / REPORT).is_file():
                return cls(root), year.name
        return None

    def years(self) -> tuple[str, ...]:
        """Return the years that have a report.yaml."""
        names = (path.parent.name for path in self.root.glob(f"data/*/{REPORT}"))
        return tuple(sorted(name for name in names if _YEAR.fullmatch(name)))

    def has_begun(self, year: str) -> bool:
        """Whether there is anything in a year's folder."""
        folder = self.root / "data" / year
        return folder.is_file() or (folder.is_dir() and any(folder.iterdir()))

    def year_folder(self, year: str) -> Path:
        """Return the folder of a year's files."""
        folder = self.root / "data" / year
        if year not in (years := self.years()):
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                _refuse_closed(folder / REPORT)
            there = f"现有的年度：{'、'.join(years)}。" if years else ""
            hint = (
                f"要起一个新的年度，请运行 {self.command(f'new {year}' if years else f'new {year} --region 地区')}。"
                if year > max(years, default="")
                else ""
            )
            raise WorkspaceError(f"没有 {year} 年的报告（data/{year}/report.yaml）。{there}{hint}")
        return folder

    def read_cover(self, year: str) -> File | None:
        """Return a year's report.yaml, None when it cannot be read."""
        folder = self.year_folder(year)
        return self._read_yaml(folder / REPORT, folder, [])

    def read_year(self, year: str, problems: Problems) -> tuple[File | None, tuple[File, ...]]:
        """Return report.yaml (None: unreadable) and the drafts of a year, in the order of their names."""
        folder = self.year_folder(year)
        paths = (path for path in _files(folder) if _is_yaml(path) and path != folder / REPORT)
        drafts = sorted(paths, key=lambda path: path.relative_to(folder).parts)
        read = [self._read_yaml(path, folder, problems) for path in (folder / REPORT, *drafts)]
        return read[0], tuple(file for file in read[1:] if file)

    def _read_yaml(self, path: Path, folder: Path, problems: Problems) -> File | None:
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
        if _is_yaml(Path(path)):
            hint = "表格请另存为 CSV，图片用 PNG 或 JPEG；文字写在正文里。"
            problems.append(Diagnostic(UNREADABLE, span, f"“{name}”是来稿，不能当表格或图片用。", hint))
            return None
        file = self._read(folder / path, folder, MAX_MEDIA_BYTES, span, problems)
        if file is None and not os.path.lexists(folder / path) and (hint := _meant(folder, path, problems)):
            problems[-1] = problems[-1]._replace(hint=hint)
        return file.data if file else None

    def unread(self, year: str, used: set[str]) -> Iterator[Diagnostic]:
        """Yield a reminder for each file of a year that is neither a draft nor named by one (`used`)."""
        folder = self.year_folder(year)
        # Windows finds “图.PNG” under “图.png”; normcase makes them one there, and there only.
        named = {os.path.normcase(PurePosixPath(name.replace("\\", "/"))) for name in used}
        for path in _files(folder):
            if _is_yaml(path) or os.path.normcase(path.relative_to(folder)) in named:
                continue
            if slip := misnamed(self.name_of(path)):
                yield slip
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
                raise WorkspaceError(problems[0].message)
            return file
        return File(f"templates/{name}", (_packaged_templates() / name).read_bytes())

    def template_text(self, name: str) -> str | None:
        """Return a template of the office as text, None when there is none of that name."""
        try:
            return self.template(name).data.decode("utf-8-sig")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError as error:
            raise WorkspaceError(f"templates/{name} 不是 UTF-8 编码，请另存为 UTF-8。") from error

    def name_of(self, path: Path) -> str:
        """Return what findings call a file."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()

    def _read(self, path: Path, inside: Path, limit: int, span: Span, problems: Problems) -> File | None:
        """Return a regular file within `inside`, at most a byte more than `limit`; else None and a finding."""
        try:
            real = _resolved(path)
            if not real.is_relative_to(_resolved(inside)):
                raise OSError(errno.EPERM, "link")
            data = read_regular(path, limit, real)
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


_REMEDIES = {
    errno.EACCES: "请关闭打开着它的程序，或请管理员给予读取的权限。",
    errno.EPERM: "请把文件本身（不是链接）放进年度文件夹。",
    errno.EISDIR: "请去掉文件夹名称末尾的“.yaml”，或写上文件夹里那个文件的名称。",
    errno.EINVAL: "请换成普通文件。",
}


def _meant(folder: Path, path: PurePosixPath, problems: Problems) -> str:
    """Return what to do about a picture or table that is not there, nothing when no file of the year is like it."""
    if sum(problem.rule is UNREADABLE for problem in problems[-2 * _MAX_GUESSED :]) > _MAX_GUESSED:
        return ""
    with contextlib.suppress(WorkspaceError):  # it is told of when the year is read
        listed = islice(_files(folder), _MAX_LISTED)
        return remedy(path.as_posix(), [each.relative_to(folder).as_posix() for each in listed])
    return ""


def leads_out(path: Path) -> bool:
    """Whether a file of a year is one outside that year's folder, through a link."""
    typed = (path.absolute(), path.parent.resolve() / path.name)
    pairs = (pair for each in typed for pair in pairwise(each.parents))
    years = (year for year, data in pairs if data.name == "data" and (year / REPORT).is_file())
    return any(not path.resolve().is_relative_to(year.resolve()) for year in years)


def read_file(path: Path) -> File:
    """Return a file named on the command line, called what it was typed as."""
    try:
        return File(path.as_posix(), read_regular(path, MAX_BYTES))
    except OSError as error:
        hint = _elsewhere(path) or _HINTS.get(error.errno or 0, "")
        raise WorkspaceError(f"文件“{path}”读不出来：{reason(error)}。{hint}") from error


def _elsewhere(path: Path) -> str:
    """Return where a file of that name lies, of one that is not where it was said to be."""
    names = (path.name, f"{path.name}.yaml") if not path.exists() else ()
    found = next((each for name in names for each in sorted(Path("data").glob(f"*/{glob.escape(name)}"))), None)
    return f"是不是“{found.as_posix()}”？" if found else ""


_HINTS = {
    errno.ENOENT: "请核对文件名和它所在的文件夹。",
    errno.EISDIR: "请写文件夹里那个文件的名称；要查一整年的来稿，请写年度，例如 2022。",
}


def in_repository(root: Path, name: str) -> str:
    """Return by what path from the top of its git repository a file called `name` from `root` goes; `name`: by none."""
    path = (root / name).resolve()
    top = next((folder for folder in path.parents if (folder / ".git").exists()), None)
    return path.relative_to(top).as_posix() if top else name


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, and what stands in the place of one: a link to a folder, a folder named *.yaml."""
    for parent, folders, names in os.walk(folder, onerror=_refuse_folder):
        if len(Path(parent).parts) - len(folder.parts) > _DEEPEST:
            raise WorkspaceError(f"“{folder}”里的文件夹套了{_DEEPEST}层还不止，请移走用不着的。")
        folders[:] = sorted(name for name in folders if not _JUNK.fullmatch(name))
        strange = [name for name in folders if _is_yaml(Path(name)) or (Path(parent) / name).is_symlink()]
        yield from (Path(parent) / name for name in names + strange if not _JUNK.fullmatch(name))


def _refuse_folder(error: OSError) -> None:
    raise WorkspaceError(f"打不开文件夹“{error.filename}”：{reason(error)}。") from error


def refuse_own(path: Path) -> None:
    """Raise WorkspaceError when output would be written among the drafts or templates of a workspace."""
    target = path.resolve()
    for folder in (target, *target.parents):
        if folder.name in ("data", "templates") and any(folder.parent.glob(f"data/*/{REPORT}")):
            raise WorkspaceError(f"不能写到“{path}”：{folder.name} 里放的是来稿或模板，请换一个地方。")


def create_workspace(folder: Path, parts: Mapping[str, Mapping[str, bytes]]) -> None:
    """Make a workspace of folders and their files; WorkspaceError when one of the folders is there already."""
    for name in parts:
        if (folder / name).exists() or (folder / name).is_symlink():
            raise WorkspaceError(f"“{folder}”里已经有 {name}，没有改动。请换一个目录。")
    if folder.exists():
        for name, files in parts.items():
            create_folder(folder / name, files)
    else:
        create_folder(folder, {f"{name}/{file}": data for name, files in parts.items() for file, data in files.items()})


def _is_workspace(folder: Path) -> bool:
    """Whether a folder has a year, or was just made by `init`: then it has templates and no year yet."""
    is_new = (folder / "data").is_dir() and (folder / "templates" / STYLE).is_file()
    return is_new or any(folder.glob(f"data/*/{REPORT}"))


def packaged_templates() -> dict[str, bytes]:
    """Return the files an office starts with, by name."""
    folder = _packaged_templates()
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def _refuse_closed(path: Path) -> None:
    """Raise WorkspaceError for a file that is there, or may be, and cannot be looked at; OSError when it is not there."""
    try:
        path.stat()
    except PermissionError as error:
        raise WorkspaceError(f"“{path.parent}”打不开：{reason(error)}。") from error


def _is_yaml(path: Path) -> bool:
    return path.suffix.lower() == ".yaml"


def _resolved(path: Path) -> Path:
    try:
        return path.resolve(strict=True)
    except RuntimeError as error:  # links in a circle, before Python 3.13
        raise OSError(errno.ELOOP, "link", str(path)) from error


def _packaged_templates() -> Path:
    """Return the templates that come with the program: beside it in a wheel, above it in the repository."""
    here = Path(__file__).parent
    inside = here / "templates"
    return inside if inside.is_dir() else here.parent / "templates"
