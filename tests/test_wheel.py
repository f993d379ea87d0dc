"""The wheel works with the source folder away: templates and the Chinese catalogue are inside it."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".git", ".venv", "output", ".*_cache", "__pycache__"))
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=source, check=True
    )
    shutil.rmtree(source)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    site = folder / "site"
    where = "import jzreport; print(jzreport.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(site)}
    found = subprocess.check_output([sys.executable, "-P", "-c", where], env=environment, cwd=folder, text=True)
    assert Path(found.strip()).is_relative_to(site), "the tests below would run the source folder"
    return site


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


def run(installed: Path, workspace: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "jzreport", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=workspace, env=environment, capture_output=True, text=True, encoding="utf-8")


def test_builds_a_workspace_that_has_no_templates_of_its_own(installed: Path, workspace: Path) -> None:
    result = run(installed, workspace, "build", "2022")
    assert result.returncode == 0, result.stderr
    assert [Path(line).suffix for line in result.stdout.splitlines()] == [".docx", ".txt"]


def test_speaks_chinese(installed: Path, workspace: Path) -> None:
    result = run(installed, workspace, "build")
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
