"""Installs jzreport from the wheels beside this file, without network; 安装.bat runs it.

It speaks Chinese through Python, which writes to a console in Unicode whatever its code page; a batch file cannot.
Any Python 3 reads it, so that one that is too old can be told so.
"""

from __future__ import annotations

import errno
import re
import struct
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

WHEELS = Path(__file__).resolve().parent
PROGRAM = WHEELS.parent / "venv"
BIN = PROGRAM / ("Scripts" if sys.platform == "win32" else "bin")


REASONS = {
    errno.EACCES: "没有权限，或里面的程序正在运行",
    errno.EPERM: "没有权限",
    errno.EROFS: "那里是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.ENOENT: "路径太长，或文件夹不见了",
    errno.ENAMETOOLONG: "路径太长",
}


class RefusedError(Exception):
    """Why nothing can be installed: a Chinese line."""


def reason(error: OSError | subprocess.CalledProcessError) -> str:
    """Return in Chinese why an environment could not be made; a number where all else would be English."""
    if isinstance(error, OSError):
        return REASONS.get(error.errno or 0, f"系统拒绝，代码 {error.errno}")
    return f"Python 自带的 pip 没有装上，代码 {error.returncode}"


def supported(names: list[str]) -> list[tuple[int, int]]:
    """Return the Pythons that wheels of these names are for."""
    found = (re.search(r"-cp3(\d+)-cp3\1-", name) for name in names)
    return sorted({(3, int(match[1])) for match in found if match})


def refuse_unsuitable(version: tuple[int, int], bits: int, platform: str) -> None:
    """Raise RefusedError when the wheels are not for this Python."""
    known = supported([path.name for path in WHEELS.glob("*.whl")])
    if not known:
        raise RefusedError("文件夹不完整，wheels 里没有安装包。请先把压缩包全部解压，再运行“安装.bat”。")
    wanted = "、".join(f"3.{minor}" for _, minor in known)
    if version not in known:
        raise RefusedError(f"这台电脑上的 Python 是 {version[0]}.{version[1]} 版，要用 {wanted} 之一。")
    if bits != 64 or platform.endswith("arm64"):
        raise RefusedError(
            f"这台电脑上的 Python 不是通常的 64 位版本（{platform}），请安装 {wanted} 的 64 位版本（x86-64）。"
        )


def run(*command: str | Path) -> str:
    """Run a command and return what it says; RefusedError with its last lines when it fails."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-5:])
        raise RefusedError(f"没有装成。请把下面几行发给维护人员：\n{last}")
    return done.stdout.strip()


def install() -> str:
    """Make the environment anew and install into it; return the version installed."""
    try:
        venv.create(PROGRAM, clear=True, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        where = f"写不进“{PROGRAM}”"
        raise RefusedError(
            f"{where}（{reason(error)}）。请把整个文件夹复制到本机硬盘，关闭正在运行的程序，再试一次。"
        ) from error
    pip = (BIN / "python", "-m", "pip", "--isolated", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, "--no-index", "--find-links", WHEELS, "jzreport")
    return run(BIN / "jzreport", "--version")


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        refuse_unsuitable(sys.version_info[:2], struct.calcsize("P") * 8, sysconfig.get_platform())
        print("正在安装，请稍候……", flush=True)
        version = install()
    except RefusedError as error:
        print(f"错误：{error}")
        return 1
    print(f"装好了：{version}")
    way = "双击“命令行.bat”，在打开的窗口里运行 jzreport" if sys.platform == "win32" else f"运行 {BIN / 'jzreport'}"
    print(f"以后{way}。文件夹移动以后要再安装一次。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
