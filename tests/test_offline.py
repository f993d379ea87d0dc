"""The folder that installs without network, as far as it can be tried without one; .ci/run makes and uses it."""

from __future__ import annotations

import errno
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent


def loaded(path: str) -> ModuleType:
    """Return a script of tools/ as a module."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / "tools" / path)
    assert spec and spec.loader
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


offline = loaded("offline.py")
install = loaded("windows/install.py")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    offline.write_files(tmp_path, ["3.13", "3.12"])
    return tmp_path


def test_every_python_we_promise_is_provided_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    told = {name.rpartition(" ")[2] for name in project["classifiers"] if re.search(r"Python :: 3\.\d+$", name)}
    assert set(offline.PYTHONS) == told
    assert min(offline.PYTHONS, key=lambda version: int(version[2:])) == project["requires-python"].removeprefix(">=")


def test_what_only_windows_needs_is_not_forgotten(tmp_path: Path) -> None:
    wheel = tmp_path / "x-1-py3-none-any.whl"
    lines = [
        'colorama; platform_system == "Windows"',
        "click>=8",
        'tomli; python_version < "3.12"',
        'pytest; extra == "dev"',
        'fcntl; sys_platform != "win32"',
    ]
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("x-1.dist-info/METADATA", "".join(f"Requires-Dist: {line}\n" for line in lines))
    windows, linux = ("win_amd64",), ("manylinux2014_x86_64",)
    assert list(offline.requirements(wheel, offline.Target("3.13", windows))) == ["colorama", "click>=8"]
    assert list(offline.requirements(wheel, offline.Target("3.11", windows))) == ["colorama", "click>=8", "tomli"]
    assert list(offline.requirements(wheel, offline.Target("3.13", linux))) == ["click>=8", "fcntl"]


def test_batch_files_work_in_any_code_page_and_speak_chinese(folder: Path) -> None:
    batches = sorted(folder.glob("*.bat"))
    assert [path.name for path in batches] == ["命令行.bat", "安装.bat"]
    for path in batches:
        data = path.read_bytes()
        assert data.isascii() and data.count(b"\r\n") == data.count(b"\n")
        told = re.findall(rb"Unescape\('(.*?)'\)", data)
        assert told and all("先" in each.decode("unicode-escape") for each in told)
        assert all(b'"%~dp0' in line or b"%~dp0" not in line or b'"PATH=' in line for line in data.splitlines())
    assert b"(3.13 3.12)" in batches[1].read_bytes()


def test_the_leaflet_opens_in_notepad_and_names_the_versions(folder: Path) -> None:
    data = (folder / "说明.txt").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\r\n") == data.count(b"\n")
    text = data.decode("utf-8-sig")
    assert "Python 3.12、3.13 之一" in text and "@" not in text
    for name in re.findall("“([^”]+[.]bat)”", text):
        assert (folder / name).exists()
    for name in set(re.findall("“([^”]+[.]txt)”", text)):
        assert (folder / "手册" / name).exists()
    assert "建议用 3.13 版" in text and "www.python.org" in text


def test_the_python_that_is_recommended_is_one_the_folder_is_for(tmp_path: Path) -> None:
    assert offline.ADVISED in offline.PYTHONS
    offline.write_files(tmp_path, ["3.12", "3.11"])
    assert "建议用 3.12 版" in (tmp_path / "说明.txt").read_text("utf-8-sig")


def test_what_clerks_read_is_in_the_folder_and_opens_in_notepad(folder: Path) -> None:
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")}
    assert pages - set(offline.DOCUMENTS) == {"reliability", "windows"}  # for engineers, for those who try Windows
    texts = sorted((folder / "手册").iterdir())
    assert [path.name for path in texts] == ["使用手册.txt", "十处笔误.txt", "检查规则.txt", "编辑器.txt"]
    for path in texts:
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\r\n") == data.count(b"\n")
        text = data.decode("utf-8-sig")
        assert "```" not in text and ".md" not in text and not re.search("^#{1,3} [第一-十0-9A-Z]", text, re.MULTILINE)
        named = re.findall(r"“(\w+\.txt)”", text)
        assert all((path.parent / name).exists() or (folder / name).exists() for name in named)


def test_a_page_loses_its_marks_and_an_example_keeps_them() -> None:
    page = (
        "# 题\n\n## 节\n\n- **粗**：写 `**` 和 `正文: |`，见[检查规则](rules.md)、[一份来稿](十处笔误.md)。\n\n"
        "| 甲 | 乙 |\n|---|---|\n| `a` | 1 |\n\n```yaml\n# 注\n正文: `**好**`\n```\n\n    [甲](rules.md)    ←\n"
    )
    line = "-" * 60
    assert offline.as_text(page) == (
        "题\n\n■ 节\n\n- 粗：写“**”和“正文: |”，见“检查规则.txt”、一份来稿（“十处笔误.txt”）。\n\n"
        f"| 甲 | 乙 |\n| “a” | 1 |\n\n{line}\n# 注\n正文: `**好**`\n{line}\n\n    [甲](rules.md)    ←\n"
    )


REFUSED = "WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by 'NewConnectionError('"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (f"{REFUSED}\nERROR: No matching distribution found", "连不上网，安装包没有下载全，请检查网络后再运行。"),
        ("pip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool", "连不上网，"),
        ("ERROR: Failed to connect to proxy while fetching", "连不上网，"),
        ("Retry(total=4)\nERROR: No space left", "没有做成，pip 出错了，请把"),
    ],
)
def test_a_failure_of_pip_is_told_in_chinese_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], said: str, told: str
) -> None:
    monkeypatch.setattr(offline, "PIP", (sys.executable, "-c", f"raise SystemExit({said!r})"))
    assert offline.main([str(tmp_path / "夹")]) == 1
    out, err = capsys.readouterr()
    assert out == "正在下载和检查安装包，要连网，请稍候……\n" and err.startswith(told)
    assert said in (tmp_path / "夹" / offline.LOG).read_text("utf-8")
    assert said in err if "出错了" in err else err.count("\n") == 1


def test_a_folder_that_cannot_be_written_is_told_in_chinese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "夹").write_text("")
    assert offline.main([str(tmp_path / "夹")]) == 1
    assert re.fullmatch("写不进“.*/夹/wheels”：[^a-z]*不是文件夹。改好以后再运行。\n", capsys.readouterr().err)


@pytest.mark.parametrize("arguments", [["--pyton", "3.13"], ["--help"]])
def test_how_to_call_it_is_told_in_chinese(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        offline.main(arguments)
    told = "".join(capsys.readouterr())
    assert "用法：" in told and not re.search("usage|error|options", told)


def test_without_packaging_it_says_what_to_install() -> None:
    hide = "import sys, runpy; sys.modules['packaging'] = None; runpy.run_path(sys.argv[1], run_name='__main__')"
    command = [sys.executable, "-c", hide, str(ROOT / "tools/offline.py")]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, env={**os.environ, "PYTHONUTF8": "1"}
    )
    assert done.returncode == 1
    assert done.stderr == f"请先运行 {sys.executable} -m pip install packaging ，再运行一次。\n"


@pytest.mark.parametrize(
    ("version", "bits", "platform", "told"),
    [
        ((3, 13), 64, "win-amd64", ""),
        ((3, 10), 64, "win-amd64", "是 3.10 版，要用 3.9、3.13 之一"),
        ((3, 13), 32, "win32", "不是通常的 64 位版本（win32）"),
        ((3, 13), 64, "win-arm64", "不是通常的 64 位版本（win-arm64）"),
    ],
)
def test_a_python_that_the_wheels_are_not_for_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, int], bits: int, platform: str, told: str
) -> None:
    monkeypatch.setattr(install, "WHEELS", tmp_path)
    with pytest.raises(install.RefusedError, match="请先把压缩包全部解压"):
        install.refuse_unsuitable(version, bits, platform)
    for name in ("a-1-cp313-cp313-win_amd64.whl", "b-1-cp313-cp313-win_amd64.whl", "a-1-cp39-cp39-win_amd64.whl"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "c-1-py3-none-any.whl").write_bytes(b"")
    if not told:
        install.refuse_unsuitable(version, bits, platform)
        return
    with pytest.raises(install.RefusedError, match=re.escape(told)):
        install.refuse_unsuitable(version, bits, platform)


def test_a_failure_is_told_with_its_last_lines() -> None:
    with pytest.raises(install.RefusedError, match=r"没有装成(.|\n)*\nboom$"):
        install.run(sys.executable, "-c", "raise SystemExit('boom')")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "x"), "没有权限，或里面的程序正在运行"),
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
        (OSError(9999, "Odd"), "系统拒绝，代码 9999"),
        (subprocess.CalledProcessError(2, ["ensurepip"]), "Python 自带的 pip 没有装上，代码 2"),
    ],
)
def test_why_nothing_can_be_written_is_told_in_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(install, "PROGRAM", tmp_path / "venv")
    monkeypatch.setattr(install.venv, "create", refuse)
    with pytest.raises(install.RefusedError) as raised:
        install.install()
    assert str(raised.value) == (
        f"写不进“{tmp_path / 'venv'}”（{told}）。请把整个文件夹复制到本机硬盘，关闭正在运行的程序，再试一次。"
    )


def test_the_installer_says_nothing_that_a_chinese_console_lacks() -> None:
    (ROOT / "tools/windows/install.py").read_text("utf-8").encode("cp936")
