"""The folder that installs without network, as far as it can be tried without one; .ci/run makes and uses it."""

from __future__ import annotations

import importlib.util
import re
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


def test_the_installer_says_nothing_that_a_chinese_console_lacks() -> None:
    (ROOT / "tools/windows/install.py").read_text("utf-8").encode("cp936")
