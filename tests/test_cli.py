from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from jzreport import cli

GOOD = Path(__file__).parent / "bad" / "workspace"
ENGLISH = re.compile(
    r"\b(?!jzreport|build|help|version|schema|data|report|yaml|templates|style|log|output|Word|YAML|VS|Code)[A-Za-z]{3,}"
)

Run = Callable[..., "tuple[int, str, str]"]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    shutil.copytree(GOOD, tmp_path / "工作区")
    return tmp_path / "工作区"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the program as the shell does; return exit code, stdout and stderr."""

    def main(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["jzreport", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        code = stopped.value.code
        assert isinstance(code, int)
        return code, *capsys.readouterr()

    return main


def outside(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "jzreport", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env={**os.environ, **environment}, check=False)


def test_a_good_year_is_built_and_only_the_paths_are_printed(desk: Path, run: Run) -> None:
    code, out, err = run("-C", desk, "build", "2022")
    title = "示例市人民政府关于2022年度法治政府建设情况的报告"
    assert code == 0
    assert out.split("\n") == [f"{desk}/output/2022/{title}.docx", f"{desk}/output/2022/{title}.txt", ""]
    assert all(Path(line).stat().st_size for line in out.split())
    assert "提醒 S12" in err and err.endswith("共 0 处错误，1 处提醒。\n")


def test_the_files_go_where_one_says(desk: Path, run: Run, tmp_path: Path) -> None:
    code, out, _ = run("-C", desk / "data", "build", "2022", "-o", tmp_path / "别处")
    assert code == 0
    assert {path.suffix for path in (tmp_path / "别处").iterdir()} == {".docx", ".txt"}
    assert not (desk / "output").exists()
    assert out.count(str(tmp_path / "别处")) == 2


def test_the_workspace_is_found_from_the_folder_one_is_in(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk / "data/2022")
    assert run("build", "2022")[0] == 0


def test_with_errors_nothing_is_written_and_all_files_are_told(desk: Path, run: Run) -> None:
    (desk / "data/2022/02-甲.yaml").write_text("章节：工作情况\n填报单位: 市司法局\n正文: 好。\n", "utf-8")
    (desk / "data/2022/03-乙.yaml").write_text("章节: 工作\n填报单位: 市司法局\n正文: 好。\n", "utf-8")
    code, out, err = run("-C", desk, "build", "2022")
    assert (code, out) == (1, "")
    assert "data/2022/02-甲.yaml:1:3: 错误 R05 " in err
    assert "data/2022/03-乙.yaml:1:5: 错误 S04 " in err
    assert err.endswith(
        "共 2 处错误，1 处提醒。\n有错误，没有生成文件（文件夹里若有同名文件，是以前生成的）。请改好后再运行。\n"
    )
    assert not (desk / "output").exists()


def test_an_error_keeps_the_last_output(desk: Path, run: Run) -> None:
    run("-C", desk, "build", "2022")
    before = {path: path.read_bytes() for path in (desk / "output/2022").iterdir()}
    (desk / "data/2022/02-甲.yaml").write_bytes(b"PK\x03\x04")
    assert run("-C", desk, "build", "2022")[0] == 1
    assert {path: path.read_bytes() for path in (desk / "output/2022").iterdir()} == before


@pytest.mark.parametrize("year", ["../x", "20222", "22", "二〇二二", "２０２２", "2022/", "-2022", "²⁰²²", "", "2 22"])
def test_what_is_no_year_is_wrong_usage(desk: Path, run: Run, year: str) -> None:
    code, out, err = run("-C", desk, "build", "--", year)
    assert (code, out) == (2, "")
    assert f"“{year}”不是年份，请写四位数字，例如 2022。" in err


def test_a_year_that_turns_the_terminal_is_shown_safely(desk: Path, run: Run) -> None:
    assert "<U+001B>" in run("-C", desk, "build", "\x1b[2J")[2]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["build", "1999"], "没有 1999 年的报告（data/1999/report.yaml）。现有的年度：2022。"),
        (["build"], "缺少参数“年度”。"),
        (["biuld", "2022"], "没有“biuld”这个命令。"),
        (["build", "2022", "--fast"], "没有“--fast”这个选项。"),
        (["-C", "/没有", "build", "2022"], "打不开文件夹“/没有”：没有这个文件或文件夹。"),
    ],
)
def test_wrong_usage_is_told_in_chinese_with_exit_code_2(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(desk)
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert told in err
    assert not ENGLISH.findall(err.replace("biuld", "").replace("fast", ""))


def test_outside_a_workspace_one_is_asked_to_go_there(run: Run, tmp_path: Path) -> None:
    code, _, err = run("-C", tmp_path, "build", "2022")
    assert code == 2
    assert err.startswith("错误：在“") and err.count("\n") == 1


def test_an_output_folder_that_is_a_file_is_told(desk: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "成品").write_bytes(b"")
    code, out, err = run("-C", desk, "build", "2022", "-o", tmp_path / "成品")
    assert (code, out) == (2, "")
    assert "写不进“" in err and "原来的文件没有改动。" in err


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ("版式: gbt9704\n字体：\n  仿宋: 仿宋\n", "templates/style.yaml:2:3: 冒号是全角的“：”。"),
        (
            "版式: 好看\n字体: {小标宋: 甲, 仿宋: 乙, 楷体: 丙, 黑体: 丁, 宋体: 戊}\n",
            "templates/style.yaml:1:5: 不能填“好看”。",
        ),
        ("版式: gbt9704\n字体: {仿宋: 甲}\n", "templates/style.yaml:2:5: 字体缺少“"),
        ("", "templates/style.yaml: 文件里没有内容。"),
        ("PK\x03\x04", "templates/style.yaml: 这是 Word、WPS 或压缩文件，只是改了文件名。"),
    ],
)
def test_a_broken_style_is_told_with_its_place_and_exit_code_2(desk: Path, run: Run, style: str, told: str) -> None:
    (desk / "templates").mkdir()
    (desk / "templates/style.yaml").write_text(style, "utf-8")
    code, out, err = run("-C", desk, "build", "2022")
    assert (code, out) == (2, "")
    assert err.startswith(f"错误：{told}") and err.count("\n") == 1


def test_a_bug_of_ours_is_one_chinese_line_and_a_log(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*_: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(cli, "build", build)
    code, out, err = run("-C", desk, "build", "2022")
    assert (code, out) == (3, "")
    told = re.fullmatch(r"程序出错了，这不是稿件的问题。请把这个文件发给维护人员：(.*\.log)\n", err)
    assert told
    log = Path(told[1])
    assert "ZeroDivisionError: boom" in log.read_text("utf-8")
    log.unlink()


def test_a_bug_is_told_even_when_no_log_can_be_written(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(cli, "build", lambda *_: 1 // 0)
    monkeypatch.setattr(tempfile, "mkstemp", fail)
    code, _, err = run("-C", desk, "build", "2022")
    assert code == 3
    assert "日志写不出来" in err and err.count("\n") == 1


def test_what_the_system_refuses_is_told_in_chinese(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "/somewhere/甲")

    monkeypatch.setattr(cli, "build", refuse)
    code, _, err = run("-C", desk, "build", "2022")
    assert code == 2
    assert err.startswith("错误：“/somewhere/甲”不能读写：没有权限") and err.count("\n") == 1


def test_an_interruption_is_one_line(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "build", interrupt)
    code, _, err = run("-C", desk, "build", "2022")
    assert (code, err.strip()) == (2, "已中止。")


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["--version"]])
def test_help_is_chinese(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, err) == (0, "")
    assert not ENGLISH.findall(out)


@pytest.mark.parametrize("value", ["abc", "", "1e9", "9" * 30])
def test_a_source_date_that_is_no_number_is_told(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    code, _, err = run("-C", desk, "build", "2022")
    assert code == 2
    assert "SOURCE_DATE_EPOCH" in err


@pytest.mark.parametrize("encoding", ["gbk", "gbk:strict", "ascii", "latin-1", "utf-8"])
def test_a_character_that_the_console_lacks_does_not_stop_the_program(desk: Path, encoding: str) -> None:
    (desk / "data/2022/02-甲.yaml").write_text("章节: 工作𠮷🚀\n填报单位: 市司法局\n正文: 好。\n", "utf-8")
    done = outside("-C", desk, "build", "2022", PYTHONIOENCODING=encoding)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    told = done.stderr.decode("gbk" if encoding.startswith("gbk") else "utf-8")
    assert "报告里没有“工作" in told
    assert ("\\U00020bb7" in told) == encoding.startswith("gbk")


def test_a_reader_who_leaves_early_gets_no_traceback(desk: Path) -> None:
    command = f'"{sys.executable}" -m jzreport -C "{desk}" build 2022 | true'
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr and b"BrokenPipe" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_paths_that_cannot_be_printed_are_told(desk: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "jzreport", "-C", str(desk), "build", "2022"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert "错误：“输出”不能读写：磁盘已满。" in done.stderr.decode()


def test_strange_file_names_do_not_stop_the_program(desk: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no such names")
    Path(os.fsdecode(os.fsencode(desk) + b"/data/2022/\xff\x1b[2J.yaml")).write_text("章节：甲\n", "utf-8")
    done = outside("-C", desk, "build", "2022")
    assert done.returncode == 1
    assert b"\x1b" not in done.stderr and b"data/2022/<U+DCFF><U+001B>[2J.yaml:1:" in done.stderr
