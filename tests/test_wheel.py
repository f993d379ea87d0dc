"""The wheel, built from the source archive, works with the source folder away: all it needs is inside it."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive and the wheel, built as an office that got only the archive would build it."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".git", ".venv", "output", ".*_cache", "__pycache__"))
    archive = build("sdist", source, folder)
    shutil.rmtree(source)
    with tarfile.open(archive) as stream:
        stream.extractall(source, filter="data")
    (unpacked,) = source.iterdir()
    build("wheel", unpacked, folder)
    shutil.rmtree(source)
    return folder


def build(target: str, source: Path, folder: Path) -> Path:
    before = set(folder.iterdir())
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (made,) = set(folder.iterdir()) - before
    return made


@pytest.fixture(scope="module")
def installed(built: Path) -> Path:
    site = built / "site"
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    where = "import jzreport; print(jzreport.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(site)}
    found = subprocess.check_output([sys.executable, "-P", "-c", where], env=environment, cwd=built, text=True)
    assert Path(found.strip()).is_relative_to(site), "the tests below would run the source folder"
    return site


def module_files(names: Iterable[str]) -> set[str]:
    return {name for name in names if name.startswith(("jzreport/", "templates/")) and not name.endswith(".pyc")}


def test_the_source_archive_leaves_no_file_of_the_program_behind(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as stream:
        packed = {name.partition("/")[2] for name in stream.getnames()}
    there = [p.relative_to(ROOT).as_posix() for top in ("jzreport", "templates") for p in (ROOT / top).rglob("*.*")]
    assert module_files(there) <= packed
    assert packed >= {
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "tests/test_wheel.py",
        "tools/lowest.py",
        "docs/rules.md",
    }
    assert not [name for name in packed if name.startswith(("output/", ".git/", ".ci/"))]


def test_the_wheel_holds_every_file_of_the_program(installed: Path) -> None:
    there = {p.relative_to(ROOT).as_posix() for p in (ROOT / "jzreport").rglob("*.*")}
    assert module_files(there) <= {p.relative_to(installed).as_posix() for p in installed.rglob("*.*")}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


def run(installed: Path, desk: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "jzreport", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=desk, env=environment, capture_output=True, text=True, encoding="utf-8")


def test_builds_a_workspace_that_has_no_templates_of_its_own(installed: Path, desk: Path) -> None:
    result = run(installed, desk, "build", "2022")
    assert result.returncode == 0, result.stderr
    assert [Path(line).suffix for line in result.stdout.splitlines()] == [".docx", ".txt"]


def test_speaks_chinese(installed: Path, desk: Path) -> None:
    result = run(installed, desk, "build")
    assert (result.returncode, "错误：缺少参数" in result.stderr) == (2, True)


def test_holds_the_templates_and_no_tests(installed: Path) -> None:
    assert (installed / "jzreport/templates/style.yaml").is_file()
    assert not (installed / "tests").exists()


def test_begins_a_workspace_and_carries_a_year_to_paper(installed: Path, tmp_path: Path) -> None:
    def done(*arguments: str) -> subprocess.CompletedProcess[str]:
        result = run(installed, tmp_path, "-C", "示例市", *arguments)
        assert result.returncode == 0, result.stdout + result.stderr
        return result

    assert run(installed, tmp_path, "init", "示例市").returncode == 0
    done("new", "2023", "--region", "示例市")
    assert run(installed, tmp_path, "-C", "示例市", "validate", "2023").returncode == 1
    year = tmp_path / "示例市" / "data" / "2023"
    for number, path in enumerate(sorted(year.glob("*-*.yaml"))):
        text = f"第{number}项工作由主要负责人牵头推进法治建设，主要原因是任务明确。"
        path.write_text(re.sub("【请填写[^】]*】", text, path.read_text("utf-8")), "utf-8")
    cover = (year / "report.yaml").read_text("utf-8")
    (year / "report.yaml").write_text(cover.replace("成文日期:\n", "成文日期: 2024-02-01\n"), "utf-8")
    done("validate", "2023")
    done("status", "2023")
    assert [Path(line).suffix for line in done("build", "2023").stdout.splitlines()] == [".docx", ".txt"]
    done("new", "2024")
    done("compare", "2023", "2024")
