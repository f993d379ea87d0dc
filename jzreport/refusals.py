"""What the system says when it refuses a file, in Chinese."""

from __future__ import annotations

import errno
import os

_MAX_PATH = 260  # characters, with the NUL at the end; a setting of Windows that lifts it is rarely made


def reason(error: OSError) -> str:
    """Return in Chinese why the system refused."""
    if is_windows() and error.errno == errno.ENOENT and _is_too_long(error):
        return _WINDOWS[206]
    known = _WINDOWS.get(getattr(error, "winerror", None) or 0) or _REASONS.get(error.errno or 0)
    return known or f"系统拒绝（代码 {error.errno}）"


def _is_too_long(error: OSError) -> bool:
    """Whether a path is longer than Windows takes; it then says no more than that there is no such file."""
    paths = (str(path) for path in (error.filename, error.filename2) if path)
    return any(len(os.path.abspath(path)) >= _MAX_PATH for path in paths)  # noqa: PTH100 (Path.absolute keeps “..”)


# What Windows says more exactly than its errno does, by its own numbers.
_WINDOWS = {
    5: "没有权限，或文件是只读的、正被别的程序打开（请先关闭 Word 或 WPS）",
    19: "磁盘写了保护",
    32: "文件正被别的程序打开，请先关闭 Word 或 WPS",
    33: "文件正被别的程序打开，请先关闭 Word 或 WPS",
    123: "名称里有不能用的字符（目录写在引号里时，末尾不要写“\\”）",
    206: "路径太长，请把文件夹移到离盘符近的地方，或把文件夹的名称改短",
    1224: "文件正被别的程序打开，请先关闭 Word 或 WPS",
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
    errno.ENOTDIR: "这是文件，不是文件夹",
    errno.EEXIST: "这是文件，不是文件夹",
    errno.ELOOP: "链接指来指去，没有终点",
    errno.ENAMETOOLONG: "名称太长",
    errno.EIO: "磁盘出错",
    errno.EINVAL: "不是普通文件",
}
# What to do when something could not be written.
_ADVICE = {
    **dict.fromkeys((errno.ENOTDIR, errno.EEXIST, errno.EISDIR), "请把它改名或移走。"),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "请先腾出空间，或放到别的盘。"),
}


def advice(error: OSError) -> str:
    """Return what to do when something could not be written, nothing when only the reason can be told."""
    return _ADVICE.get(error.errno or 0, "")


def is_windows() -> bool:
    """Whether it is Windows that refuses."""
    return os.name == "nt"
