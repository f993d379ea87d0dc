from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from on_disk import tree
from shell import Run

from jzreport import display
from jzreport.chinese import display_width
from jzreport.commands.build import Built, build
from jzreport.commands.checking import Checked
from jzreport.commands.validate import outcome
from jzreport.diagnostics import Diagnostic, Edit, Rule, Span
from jzreport.workspace import Workspace

ENGLISH = re.compile(
    r"\b(?!jzreport|build|validate|new|init|status|compare|fix|rules|explain|help|version|schema|data|report|yaml"
    r"|templates|style|log|output|strict|select|ignore|format|review|from|blank|outline|region|add|csv|text|json|github"
    r"|sarif|sheets|Word|YAML|VS|Code)[A-Za-z]{3,}"
)


def outside(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "jzreport", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, env={**os.environ, **environment}, check=False)


def test_a_good_year_is_built_and_only_the_paths_are_printed(desk: Path, run: Run) -> None:
    code, out, err = run("-C", desk, "build", "2022")
    title = "示例市人民政府关于2022年度法治政府建设情况的报告"
    assert code == 0
    assert out.split("\n") == [f"{desk}/output/2022/{title}.docx", f"{desk}/output/2022/{title}.txt", ""]
    assert all(Path(line).stat().st_size for line in out.split())
    assert "提醒 S12" in err and err.endswith("共 0 处错误，1 处提醒。\n已生成（1 节没有来稿，请看上面的提醒）：\n")


def test_a_review_copy_is_written_alone(desk: Path, run: Run) -> None:
    code, out, err = run("-C", desk, "build", "2022", "--review")
    title = "示例市人民政府关于2022年度法治政府建设情况的报告（送审稿）"
    assert (code, out) == (0, f"{desk}/output/2022/{title}.docx\n")
    assert [path.name for path in (desk / "output/2022").iterdir()] == [f"{title}.docx"]
    assert "提醒 S12" in err


def test_several_workspaces_are_built_in_one_call(desk: Path, run: Run, tmp_path: Path) -> None:
    other = tmp_path / "另一个"
    shutil.copytree(desk, other)
    (other / "data/2022/02-甲.yaml").write_text("章节：工作情况\n", "utf-8")
    code, out, err = run("build", "2022", "-C", desk, "-C", other, "-C", tmp_path / "没有", "-C", desk)
    assert code == 2  # the worst of all
    assert [Path(line).parent for line in out.splitlines()] == [desk / "output/2022"] * 2
    assert err.count(f"【{desk}】\n") == err.count(f"【{other}】\n") == 1
    assert err.splitlines()[-3:] == [
        "3 个工作区，生成了 1 个，没有生成的：",
        f"  {other}：有错误，请看：jzreport validate 2022 -C {other}",
        f"  {tmp_path / '没有'}：打不开文件夹“{tmp_path / '没有'}”：没有这个文件或文件夹。",
    ]
    assert "错误：打不开文件夹" in err and "有错误，没有生成文件" in err
    code, _, err = run("build", "2022", "-C", desk, "-C", other, "-o", tmp_path)
    assert code == 2 and "写了几个 -C，就不能再写 -o：成品放在各自的 output 里。" in err


def test_a_disk_that_fails_under_one_workspace_keeps_none_of_the_others_back(
    desk: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(workspace: Workspace, *arguments: Any, **options: Any) -> Built:
        if workspace.root == tmp_path / "乙":
            raise OSError(errno.EIO, "broken", str(workspace.root))
        if workspace.root == tmp_path / "丙":
            raise MemoryError
        return build(workspace, *arguments, **options)

    for name in "甲乙丙丁":
        shutil.copytree(desk, tmp_path / name)
    monkeypatch.setattr("jzreport.commands.build.build", failing)
    code, out, err = run("build", "2022", *(word for name in "甲乙丙丁" for word in ("-C", tmp_path / name)))
    assert (code, out.count(".docx\n")) == (3, 2)
    *_, head, second, third = err.splitlines()
    assert head == "4 个工作区，生成了 2 个，没有生成的："
    assert second == f"  {tmp_path / '乙'}：“{tmp_path / '乙'}”不能读写：磁盘出错。"
    log = third.removeprefix(f"  {tmp_path / '丙'}：程序出错了，这不是稿件的问题。请把这个文件发给维护人员：")
    assert "MemoryError" in Path(log).read_text("utf-8")
    Path(log).unlink()


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_service_may_start_it_without_a_stream(
    desk: Path, run: Run, closed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys, closed, None)
        codes = [run("-C", desk, command, "2022")[0] for command in ("build", "validate", "status")]
    assert codes == [0, 0, 1]  # a section has no draft yet


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_where_nothing_can_be_said_the_exit_code_still_is(desk: Path) -> None:
    command = [sys.executable, "-m", "jzreport", "-C", str(desk), "build", "2022"]
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=full, cwd=Path(__file__).parent.parent, check=False
        )
    assert ended.returncode == 2


@pytest.mark.parametrize("name", ["$(touch 坏)", "甲\x1b[31m", "甲\u202e乙", "甲##[group]"])
def test_no_command_line_is_offered_that_a_shell_or_terminal_would_act_on(desk: Path, run: Run, name: str) -> None:
    path = desk / f"data/2022/{name}.yaml"
    path.write_text("章节: 工作情况\n填报单位: 市司法局\n正文: 开展检查,成效明显。\n", "utf-8")
    assert "可以用 jzreport fix 文件名 自动改好" in run("validate", path)[1]


def test_on_a_terminal_what_is_said_waits_for_the_bar(desk: Path, run: Run, tmp_path: Path) -> None:
    shutil.copytree(desk, tmp_path / "乙")
    arguments = ("build", "2022", "-C", desk, "-C", tmp_path / "乙")
    aside = run(*arguments)[2]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.stderr, "isatty", lambda: True)
        patch.setenv("NO_COLOR", "1")
        code, out, shown = run(*arguments)
    assert (code, out.count(".docx\n")) == (0, 2)
    assert "2/2" in shown and shown.endswith(aside)


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "2022", "-o", "data/2022"),
        ("validate", "2022", "--sheets", "templates/反馈"),
        ("compare", "2021", "2022", "-o", "data/2022/report.yaml"),
        ("compare", "2021", "2022", "-o", "data"),
    ],
)
def test_nothing_is_written_among_drafts_and_templates(
    desk: Path, run: Run, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk / "去年").rename(desk / "data" / "2021")
    before = tree(desk)
    monkeypatch.chdir(desk)
    code, _, err = run(*arguments)
    assert code == 2 and "里放的是来稿或模板，请换一个地方。" in err
    assert tree(desk) == before


def test_the_files_go_where_one_says(desk: Path, run: Run, tmp_path: Path) -> None:
    code, out, _ = run("-C", desk, "build", "2022", "-o", tmp_path / "别处")
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


@pytest.mark.parametrize("year", ["../x", "20222", "22", "二〇二二", "2022/", "-2022", "²⁰²²", "", "2 22"])
def test_what_is_no_year_is_wrong_usage(desk: Path, run: Run, year: str) -> None:
    code, out, err = run("-C", desk, "build", "--", year)
    assert (code, out) == (2, "")
    assert f"“{year}”不是年份，请写四位数字，例如 2022。" in err


@pytest.mark.parametrize("year", ["２０２２", "2022年", "２０２２年"])
def test_a_year_may_be_typed_in_full_width(desk: Path, run: Run, year: str) -> None:
    assert run("-C", desk, "build", year)[1].count("/output/2022/") == 2
    assert run("-C", desk, "validate", year)[0] == 0


def test_a_year_that_turns_the_terminal_is_shown_safely(desk: Path, run: Run) -> None:
    assert "<U+001B>" in run("-C", desk, "build", "\x1b[2J")[2]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["build", "1999"], "没有 1999 年的报告（data/1999/report.yaml）。现有的年度：2022。"),
        (["build"], "缺少参数“年度”。"),
        (["biuld", "2022"], "没有“biuld”这个命令。是不是要写“build”？"),
        (["validate"], "缺少参数“年度或文件…”。"),
        (["validate", "1999"], "没有 1999 年的报告（data/1999/report.yaml）。现有的年度：2022。"),
        (["validate", "2022", "2022"], "年度要单独写，不能和文件或别的年度写在一起。"),
        (["validate", "无.yaml"], "文件“无.yaml”读不出来：没有这个文件或文件夹。请核对文件名和它所在的文件夹。"),
        (["validate", "data/2022"], "文件“data/2022”读不出来：这是文件夹，不是文件。"),
        (["validate", "2022", "--format", "doc"], "之中：“text”、“json”、“github”、“sarif”。"),
        (["validate", "2022", "--select", "R66"], "没有“R66”这条规则。是不是“R06”？"),
        (["validate", "2022", "--ignore", "R06,无"], "没有“无”这条规则。全部规则请看 jzreport rules。"),
        (["explain", "R66"], "没有“R66”这条规则。是不是“R06”？"),
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
    assert not ENGLISH.findall(re.sub("biuld|fast|doc", "", err))


def test_outside_a_workspace_one_is_asked_to_go_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = run("build", "2022")
    assert code == 2
    assert err.startswith("错误：在“") and err.count("\n") == 1


def test_no_other_workspace_stands_in_for_the_one_named(desk: Path, run: Run) -> None:
    (desk / "都昌县").mkdir()
    code, out, err = run("build", "2022", "-C", desk / "都昌县")
    assert (code, out) == (2, "")
    assert f"“{desk / '都昌县'}”里没有 data/年度/report.yaml，请核对 -C 后面的目录。" in err
    assert f"要用的若是“{desk}”，请在 -C 后面写它。" in err


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
    def build(*_: object, **__: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("jzreport.commands.build.build", build)
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

    monkeypatch.setattr("jzreport.commands.build.build", lambda *_: 1 // 0)
    monkeypatch.setattr(tempfile, "mkstemp", fail)
    code, _, err = run("-C", desk, "build", "2022")
    assert code == 3
    assert "日志写不出来" in err and err.count("\n") == 1


def test_what_the_system_refuses_is_told_in_chinese(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "/somewhere/甲")

    monkeypatch.setattr("jzreport.commands.build.build", refuse)
    code, _, err = run("-C", desk, "build", "2022")
    assert code == 2
    assert err.startswith("错误：“/somewhere/甲”不能读写：没有权限") and err.count("\n") == 1


def test_an_interruption_is_one_line(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("jzreport.commands.build.build", interrupt)
    code, _, err = run("-C", desk, "build", "2022")
    assert (code, err.strip()) == (2, "已中止。")


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["validate", "--help"], ["--version"]])
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


# --- validate ---

CLEAN = "章节: 工作情况\n填报单位: 市司法局\n正文: |\n  依法受理行政复议案件，已经全部办结。\n"
WRONG = "章节: 工做情况\n填报单位: 市司法局\n正文: |\n  好。\n"


def test_findings_go_to_stdout_and_errors_are_code_1(desk: Path, run: Run) -> None:
    (desk / "data/2022/02-甲.yaml").write_text(WRONG, "utf-8")
    code, out, err = run("-C", desk, "validate", "2022")
    assert (code, err) == (1, "")
    assert out.startswith("data/2022/02-甲.yaml:1:5: 错误 S04 ")


def test_reminders_alone_are_fine_unless_one_is_strict(desk: Path, run: Run) -> None:
    assert run("-C", desk, "validate", "2022")[0] == 0
    assert run("-C", desk, "validate", "2022", "--strict")[0] == 1
    assert run("-C", desk, "validate", "2022", "--strict", "--select", "R")[0] == 0


def test_a_year_without_findings_says_so(desk: Path, run: Run) -> None:
    (desk / "data/2022/02-甲.yaml").write_text(CLEAN, "utf-8")
    assert run("-C", desk, "validate", "2022", "--select", "R") == (
        0,
        "所选的规则没有发现问题。共读了 2 份来稿。\n",
        "",
    )


def test_rules_are_chosen_by_code_or_beginning_of_one(desk: Path, run: Run) -> None:
    (desk / "data/2022/02-甲.yaml").write_text(f"{WRONG}正文: 又。\n", "utf-8")

    def codes(*arguments: str) -> set[str]:
        return set(re.findall(r": (?:错误|提醒) ([A-Z]\d\d) ", run("-C", desk, "validate", "2022", *arguments)[1]))

    assert "R06" in codes() and len(codes()) > 1
    assert codes("--select", "R06") == codes("--select", "r") == codes("--select", "Ｒ０６，W") == {"R06"}
    assert codes("--select", "F", "--select", "R") == {"R06"}
    assert codes("--ignore", "R06") == codes() - {"R06"}
    assert codes("--select", "R", "--ignore", "R06") == set()


@pytest.mark.parametrize("form", ["json", "github", "sarif"])
def test_what_programs_read_is_utf_8_and_nothing_else(desk: Path, form: str) -> None:
    name = "02-甲.yaml" if os.name == "nt" else os.fsdecode("02-甲".encode() + b"\xff.yaml")
    (desk / "data/2022" / name).write_text(WRONG.replace("工做", "工做𠮷"), "utf-8")
    for arguments in ("-C", desk, "validate", "2022"), ("validate", desk / "data/2022" / name):
        done = outside(*arguments, "--format", form, PYTHONIOENCODING="gbk:strict", FORCE_COLOR="1")
        assert done.returncode == 1
        told = done.stdout.decode()
        assert "工做𠮷" in told and "\x1b" not in told
        if form != "github":
            json.loads(told)
        else:
            assert all(line.startswith("::") for line in told.splitlines())


def test_what_was_not_checked_is_told_aside_to_programs(desk: Path, run: Run) -> None:
    draft = desk / "data/2022/02-甲.yaml"
    draft.write_text(CLEAN, "utf-8")
    code, out, err = run("validate", draft)
    assert (code, err) == (0, "") and out.splitlines()[-1].startswith("单独检查来稿时，")
    code, out, err = run("validate", draft, "--format", "json")
    assert code == 0 and json.loads(out)["findings"] == []
    assert err.startswith("单独检查来稿时，")


def test_paths_for_github_start_at_the_repository(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk.parent / ".git").mkdir()
    draft = desk / "data/2022/02-甲.yaml"
    draft.write_text(WRONG, "utf-8")
    monkeypatch.chdir(desk / "data")
    for arguments in ("validate", "2022"), ("validate", "2022/02-甲.yaml"), ("validate", draft):
        out = run(*arguments, "--format", "github")[1]
        assert "::error file=工作区/data/2022/02-甲.yaml,line=1,col=5," in out


def test_a_file_named_twice_is_read_once(desk: Path, run: Run) -> None:
    draft = desk / "data/2022/02-甲.yaml"
    draft.write_text(CLEAN, "utf-8")
    assert "共读了 1 份来稿。" in run("validate", draft, f"{desk}/data/../data/2022/02-甲.yaml")[1]


def test_files_of_several_years_are_checked_each_with_its_own(desk: Path, run: Run) -> None:
    shutil.copytree(desk / "data/2022", desk / "data/2023")
    report = desk / "data/2023/report.yaml"
    report.write_text(report.read_text("utf-8").replace("键: 工作情况", "键: 工作"), "utf-8")
    for year, key in ("2022", "工作情况"), ("2023", "工作"):
        (desk / f"data/{year}/02-甲.yaml").write_text(CLEAN.replace("工作情况", key), "utf-8")
    drafts = [desk / f"data/{year}/02-甲.yaml" for year in ("2022", "2023")]
    assert "错误" not in run("validate", *drafts)[1]
    assert run("validate", *drafts, "--select", "R")[1].startswith("所选的规则没有发现问题。共读了 2 份来稿。\n")


def test_standard_input_is_a_draft(desk: Path) -> None:
    command = [sys.executable, "-m", "jzreport", "validate", "-"]
    empty = subprocess.run(command, input=b"", capture_output=True, check=False)
    assert (empty.returncode, empty.stderr) == (1, b"")
    assert empty.stdout.decode().startswith("标准输入: 错误 R10 文件里没有内容。\n")
    closed = subprocess.run(["/bin/sh", "-c", '"$@" <&-', "sh", *command], capture_output=True, check=False)
    assert closed.stdout == empty.stdout


def test_what_can_be_mended_is_told_with_the_command_that_mends_it(desk: Path, run: Run) -> None:
    place = Span.on_line("data/2022/02-甲.yaml", 4, 3, 1)
    found = Diagnostic(Rule("W99", "试"), place, "错。", "改。", (), (Edit(place, "依", "依"),))
    checked = Checked(None, (found,), {})
    for targets, told in [
        (("2022",), "可以用 jzreport fix 2022 自动改好。"),
        (("甲.yaml", "乙 丙.yaml"), '可以用 jzreport fix 甲.yaml "乙 丙.yaml" 自动改好。'),
        (tuple("甲乙丙丁"), "可以用 jzreport fix 文件名 自动改好。"),
        (("-",), "共 1 处错误，0 处提醒。"),
    ]:
        assert "\n".join(display.text(outcome(checked, None, targets))).endswith(told)


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal that can be opened")
@pytest.mark.parametrize(
    ("environment", "is_coloured"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"TERM": "dumb"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True),
    ],
    ids=str,
)
def test_colours_are_for_terminals(desk: Path, environment: dict[str, str], is_coloured: bool) -> None:
    import pty

    main, screen = pty.openpty()
    command = [sys.executable, "-m", "jzreport", "-C", str(desk), "validate", "2022"]
    kept = {name: text for name, text in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "TERM")}
    with subprocess.Popen(command, stdout=screen, env={**kept, "TERM": "xterm", **environment}) as process:
        os.close(screen)
        told = b""
        with contextlib.suppress(OSError):  # how the end of a terminal is told
            while part := os.read(main, 4096):
                told += part
    os.close(main)
    assert process.returncode == 0
    assert (b"\x1b[" in told) is is_coloured


def test_a_pipe_gets_no_colours_unless_they_are_asked_for(desk: Path) -> None:
    assert b"\x1b" not in outside("-C", desk, "validate", "2022", TERM="xterm").stdout
    assert b"\x1b[" in outside("-C", desk, "validate", "2022", FORCE_COLOR="1").stdout
    assert b"\x1b" not in outside("-C", desk, "build", "2022", TERM="xterm").stderr


def test_sheets_are_written_and_their_paths_told(desk: Path, run: Run, tmp_path: Path) -> None:
    (desk / "data/2022/02-甲.yaml").write_text(WRONG, "utf-8")
    (desk / "data/2022/03-乙.yaml").write_text("章节：工作情况\n", "utf-8")
    folder = tmp_path / "反馈"
    folder.mkdir()
    (folder / "别的.txt").write_text("留着", "utf-8")
    code, out, err = run("-C", desk, "validate", "2022", "--sheets", folder)
    assert (code, err) == (1, "")
    written = [Path(line) for line in out.splitlines() if line.startswith(str(folder))]
    assert {path.name for path in written} >= {"市司法局.txt", "03-乙.yaml（填报单位不详）.txt"}
    assert {path.name for path in folder.iterdir()} == {path.name for path in written} | {"别的.txt"}
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in written)


def test_paths_of_sheets_are_told_aside_to_programs(desk: Path, run: Run, tmp_path: Path) -> None:
    _, out, err = run("-C", desk, "validate", "2022", "--sheets", tmp_path / "反馈", "--format", "json")
    assert json.loads(out)["version"] == 1
    assert err.startswith(str(tmp_path / "反馈"))


def test_sheets_of_departments_with_like_names_do_not_replace_each_other(desk: Path, run: Run, tmp_path: Path) -> None:
    for n, name in enumerate(("市/局Ａ", "市／局Ａ", "市局b", "市局B", "CON", "..")):
        draft = CLEAN.replace("市司法局", f'"{name}"')
        (desk / f"data/2022/1{n}.yaml").write_text(draft, "utf-8")
    run("-C", desk, "validate", "2022", "--sheets", tmp_path / "反馈")
    names = {path.name for path in (tmp_path / "反馈").iterdir()}
    assert names >= {"市／局Ａ.txt", "市／局Ａ-2.txt", "市局b.txt", "市局B-2.txt", "_CON.txt"}
    assert all(path.parent == tmp_path / "反馈" for path in (tmp_path / "反馈").rglob("*"))


def test_sheets_that_cannot_be_written_are_told(desk: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "反馈").write_bytes(b"")
    code, _, err = run("-C", desk, "validate", "2022", "--sheets", tmp_path / "反馈")
    assert code == 2 and err.startswith("错误：写不进“")


def test_the_workspace_may_be_named_before_or_after_the_command(desk: Path, run: Run, tmp_path: Path) -> None:
    assert run("validate", "2022", "-C", desk) == run("-C", desk, "validate", "2022")
    code, out, err = run("-C", tmp_path / "没有", "build", "2022", "-C", desk)
    assert (code, out.count("\n")) == (2, 2)
    assert "2 个工作区，生成了 1 个，没有生成的：" in err
    assert run("schema", "-C", desk)[0] == 0


@pytest.mark.parametrize(
    "command", [["validate", "2022"], ["fix", "2022"], ["status", "2022"], ["new", "2023"], ["schema"]]
)
def test_no_command_passes_over_one_of_several_workspaces(
    desk: Path, run: Run, tmp_path: Path, command: list[str]
) -> None:
    code, out, err = run(*command, "-C", tmp_path, "-C", desk)
    assert (code, out) == (2, "")
    assert "-C 只写一个" in err
    assert run("-C", tmp_path, *command, "-C", desk)[:2] == (2, "")


def test_a_command_line_that_is_told_names_the_workspace(desk: Path, run: Run) -> None:
    (desk / "data/2022/02-甲.yaml").write_text(
        "章节: 工作情况\n填报单位: 市司法局\n正文: 开展检查,成效明显。\n", "utf-8"
    )
    assert f"jzreport fix 2022 -C {desk} 自动改好" in run("validate", "2022", "-C", desk)[1]
    assert f"jzreport new 2022 --add 单位 章节 -C {desk}。" in run("new", "2022", "-C", desk)[2]


# --- rules and explain ---


def test_rules_are_listed_in_columns(run: Run) -> None:
    code, out, err = run("rules")
    assert (code, err) == (0, "")
    head, *rows = out.splitlines()
    columns = [display_width(head[: head.index(name)]) for name in ("级别", "依据", "名称")]
    assert "R 读取" in rows
    for row in (row for row in rows if row.startswith("  ")):
        cells = re.fullmatch(r"  (\S+)( +)(\S+)( +)(\S+)( +)(\S.*)", row)
        assert cells, row
        before = ["  " + cells[1] + cells[2], cells[3] + cells[4], cells[5] + cells[6]]
        assert [display_width("".join(before[: n + 1])) for n in range(3)] == columns


def test_several_rules_are_explained_whatever_the_letters(run: Run) -> None:
    code, out, err = run("explain", "r06", "Ｆ０３")
    assert (code, err) == (0, "")
    assert out.startswith("R06 同一个键写了两次（错误，依据：惯例）\n\n")
    assert "\n\nF03 " in out
