"""What Windows does otherwise, as far as it can be tried elsewhere; docs/windows.md lists what only a person can try."""

from __future__ import annotations

import errno
import io
import ntpath
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from on_disk import SMALL, tree

from jzreport import chinese_click, cli, refusals, rules
from jzreport.commands.rules import explain
from jzreport.disk import create_folder, file_name, read_regular, write_all
from jzreport.refusals import reason

ROOT = Path(__file__).parent.parent
STRANGE = "✓𠮷🚀"  # cp936 has none of them
DRAFT = """章节: 工作情况
填报单位: 市司法局
正文: |
  依法受理行政复议案件，已经全部办结。
  换一行写。

  另起一段。
"""

Console = Callable[..., "tuple[int, bytes, bytes]"]


@pytest.fixture
def desk(desk: Path) -> Path:
    (desk / "data/2022/02-工作情况-市司法局.yaml").write_text(DRAFT, "utf-8")
    return desk


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Console:
    """Run the program with redirected streams, as Windows in Chinese makes them; return exit code, stdout, stderr."""

    def main(*arguments: str | Path, encoding: str = "cp936") -> tuple[int, bytes, bytes]:
        streams = [io.TextIOWrapper(io.BytesIO(), encoding, "strict", newline="\n") for _ in range(2)]
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", streams[0])
            patch.setattr(sys, "stderr", streams[1])
            patch.setattr(sys, "argv", ["jzreport", *map(str, arguments)])
            chinese_click.speak_chinese()
            with pytest.raises(SystemExit) as stopped:
                cli.main()
        code = stopped.value.code
        assert isinstance(code, int)
        for stream in streams:
            stream.flush()
        out, err = (stream.buffer.getvalue() for stream in streams)
        return code, out, err

    return main


# Streams.


@pytest.fixture
def strange(desk: Path) -> Path:
    """A workspace of two years in which everything that is printed holds characters cp936 lacks."""
    report = desk / "data/2022/report.yaml"
    report.write_text(report.read_text("utf-8").replace("示例市", f"示例市{STRANGE}"), "utf-8")
    draft = f"章节: 工作情况\n填报单位: 市司法局{STRANGE}\n正文: |\n  {STRANGE}增长 3%,办结{{{{ 办结𠮷 }}}}——好。\n"
    (desk / f"data/2022/02-工作{STRANGE}.yaml").write_text(f"{draft}指标:\n  办结𠮷: 534件\n", "utf-8")
    (desk / f"data/2022/没用{STRANGE}.docx").write_bytes(b"")
    shutil.copytree(desk / "data/2022", desk / "data/2021")
    cover = desk / "data/2021/report.yaml"
    cover.write_text(cover.read_text("utf-8").replace("2022", "2021"), "utf-8")
    return desk


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["build", "2022"],
        ["build", "2022", "--review"],
        ["validate", "2022"],
        ["validate", "2022", "--sheets", f"反馈{STRANGE}"],
        ["validate", f"data/2022/02-工作{STRANGE}.yaml"],
        ["validate", f"没有{STRANGE}.yaml"],
        ["fix", "2022", "--diff"],
        ["fix", "2022"],
        ["new", "2023"],
        ["new", "2022", "--add", f"市财政局{STRANGE}", "工作情况"],
        ["new", "2022", "--add", "市财政局", STRANGE],
        ["init", f"新市{STRANGE}"],
        ["status", "2022"],
        ["compare", "2021", "2022"],
        ["compare", "2021", "2022", "--format", "csv", "-o", f"对照{STRANGE}.csv"],
        ["rules"],
        ["explain", STRANGE],
        ["schema"],
        [STRANGE],
    ],
    ids=lambda arguments: " ".join(arguments[:3]),
)
def test_every_command_can_be_redirected_in_cp936(
    strange: Path, console: Console, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(strange)
    code, out, err = console(*arguments)
    told = out.decode("cp936") + err.decode("cp936")
    assert code in (0, 1, 2) and "程序出错" not in told
    assert re.search("[一-龥]", told) or arguments == ["schema"]
    assert not re.search(r"\?\?|�", told), "a character is escaped, never lost"


@pytest.mark.parametrize(
    "arguments",
    [
        ["validate", "2022", "--format", "json"],
        ["validate", "2022", "--format", "github"],
        ["validate", "2022", "--format", "sarif"],
        ["status", "2022", "--format", "json"],
        ["compare", "2021", "2022", "--format", "json"],
        ["compare", "2021", "2022", "--format", "csv"],
    ],
    ids=lambda arguments: f"{arguments[0]} {arguments[-1]}",
)
def test_what_programs_read_keeps_every_character(strange: Path, console: Console, arguments: list[str]) -> None:
    out = console("-C", strange, *arguments)[1].decode("utf-8")
    assert STRANGE in out
    assert out.startswith("\ufeff") == (arguments[-1] == "csv")


def test_what_the_program_itself_says_has_no_character_that_cp936_lacks() -> None:
    about_them = {"R04", "R13", "R14", "R15"}  # pages that show the very characters
    for rule in rules.pages():
        page = "\n".join(explain([rule.code]))
        lost = {c for c in page if not c.encode("cp936", "ignore")}
        assert not lost or rule.code in about_them, (rule.code, lost)


def test_a_real_process_in_cp936_tells_all(desk: Path) -> None:
    (desk / "data/2022/02-工作情况-市司法局.yaml").write_text(DRAFT.replace("全部", f"全部{STRANGE}  "), "utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "cp936", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "jzreport", "-C", str(desk), "validate", "2022"]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert r"\u2713\U00020bb7\U0001f680" in done.stdout.decode("cp936") and not done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows names its files in Unicode whatever the locale")
def test_where_file_names_are_ascii_the_way_out_is_told(desk: Path) -> None:
    plain = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONIOENCODING"}
    for command, code in ("validate", 0), ("build", 2):
        done = subprocess.run(
            [sys.executable, "-m", "jzreport", "-C", str(desk), command, "2022"],
            capture_output=True,
            env={**kept, **plain},
            check=False,
        )
        told = (done.stdout + done.stderr).decode("utf-8")
        assert done.returncode == code, told
        assert ("请设置 PYTHONUTF8=1 后再运行。" in told) == (command == "build")


# Line ends.


def test_a_workspace_with_windows_line_ends_gives_the_same_files(desk: Path, console: Console) -> None:
    shutil.copytree(ROOT / "templates", desk / "templates")
    other = desk.parent / "回车换行"
    shutil.copytree(desk, other)
    for path in (*other.rglob("*.yaml"), *other.rglob("*.j2")):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    for root in desk, other:
        assert console("-C", root, "build", "2022")[0] == 0
        assert console("-C", root, "new", "2023")[0] == 0
    for made in "output/2022", "data/2023":
        assert tree(desk / made) == tree(other / made) != {}


# Names.

NAMES = ["CON", "NUL", "aux.yaml", "com1 .x", "LPT¹", "甲.", "甲 .. ", " ", "...", 'a:b*?"<>|\\/', "长" * 300, "\t甲"]


def is_legal(name: str) -> bool:
    """Whether Windows takes a file name; Python 3.13 knows, but from its own list."""
    device = re.fullmatch(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])[ .]*", name.partition(".")[0])
    shape = re.fullmatch(r'[^\x00-\x1f<>:"/\\|?*]*[^\x00-\x1f<>:"/\\|?*. ]', name)
    return bool(shape) and not device and len(name.encode("utf-16-le")) <= 2 * 255


@pytest.mark.parametrize("name", NAMES)
def test_every_name_becomes_one_that_windows_takes(name: str) -> None:
    for made in (file_name(name), f"{file_name(name)}.docx", f"{file_name(f'{name}（送审稿）')}.docx"):
        assert is_legal(made) and not getattr(ntpath, "isreserved", lambda _: False)(made)


@pytest.mark.parametrize("name", [name for name in NAMES if name.strip(" .")])
def test_titles_departments_and_keys_never_make_a_name_that_windows_refuses(
    desk: Path, console: Console, name: str
) -> None:
    quoted = "'" + name.strip() + "'"
    report = desk / "data/2022/report.yaml"
    text = report.read_text("utf-8").replace("键: 工作情况", f"键: {quoted}").replace("市司法局", quoted)
    report.write_text(re.sub("^标题: .*", f"标题: {quoted}", text, flags=re.M), "utf-8")
    draft = DRAFT.replace("工作情况", quoted).replace("市司法局", quoted)
    (desk / "data/2022/02-工作情况-市司法局.yaml").write_text(draft, "utf-8")
    there = set(desk.rglob("*"))
    for arguments in (
        ["build", "2022"],
        ["build", "2022", "--review"],
        ["validate", "2022", "--sheets", desk / "反馈"],
    ):
        console("-C", desk, *arguments)
    console("-C", desk, "new", "2023", "--blank", "--region", name)
    console("-C", desk, "new", "2022", "--add", f"{name.strip()}局", name.strip())
    console("-C", desk, "new", "2024", "--from", "2022")
    made = [path for path in desk.rglob("*") if path.is_file() and path not in there]
    assert len(made) > 8
    assert all(is_legal(part) for path in made for part in path.relative_to(desk).parts)


@pytest.mark.parametrize("folder", ["带 空格 (副本)", "年度报告＆材料", "甲" * 60 + "/" + "b" * 100, "a'b;c,d"])
def test_a_workspace_may_lie_in_any_folder(tmp_path: Path, console: Console, folder: str) -> None:
    place = tmp_path / folder
    place.parent.mkdir(exist_ok=True)
    code, out, _ = console("init", place)
    assert code == 0
    told = re.search("接下来：jzreport new 年度 --region 地区 -C (.*)", out.decode("cp936"))
    assert told and told[1] in (str(place), f'"{place}"') and (" " not in str(place) or told[1].startswith('"'))
    shutil.copytree(SMALL / "data/2022", place / "data/2022")
    assert console("-C", place, "validate", "2022")[0] == 0
    assert console("-C", place, "build", "2022")[0] == 0
    assert console("-C", place, "new", "2023")[0] == 0


def test_a_picture_named_in_other_letters_is_no_unused_file(
    desk: Path, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk / "data/2022/附表").mkdir()
    (desk / "data/2022/附表/A.CSV").write_text("单位,受理\n市司法局,5件\n", "utf-8")
    table = "正文:\n  - 表格:\n      标题: 受理情况\n      文件: 附表/a.csv\n"
    (desk / "data/2022/02-工作情况-市司法局.yaml").write_text(DRAFT[: DRAFT.index("正文")] + table, "utf-8")
    assert "没有用到这个文件" in console("-C", desk, "validate", "2022")[1].decode("cp936")
    monkeypatch.setattr(os.path, "normcase", lambda path: ntpath.normcase(path))
    assert "没有用到这个文件" not in console("-C", desk, "validate", "2022")[1].decode("cp936")


# What the system refuses.


def refused(code: int, number: int | None = None, path: str = "x") -> OSError:
    error = OSError(code, "refused", path)
    if number is not None:
        error.winerror = number  # type: ignore[attr-defined,unused-ignore]  # only Windows has it
    return error


@pytest.mark.parametrize(
    ("code", "number", "told"),
    [
        (errno.EACCES, 5, "没有权限，或文件是只读的"),
        (errno.EACCES, 19, "磁盘写了保护"),
        (errno.EINVAL, 123, "名称里有不能用的字符"),
        (errno.ENOENT, 206, "路径太长"),
        (errno.EINVAL, 1224, "请先关闭 Word 或 WPS"),
        (errno.ENOENT, 3, "没有这个文件或文件夹"),
        (errno.ENOSPC, 112, "磁盘已满"),
    ],
)
def test_what_windows_says_by_number_is_told_in_chinese(code: int, number: int, told: str) -> None:
    assert reason(refused(code, number)).startswith(told) or told in reason(refused(code, number))


def test_a_path_that_is_too_long_is_not_called_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    error = refused(errno.ENOENT, path="C:/" + "长" * 260)
    assert reason(error) == "没有这个文件或文件夹"
    monkeypatch.setattr(refusals, "is_windows", lambda: True)
    assert reason(error).startswith("路径太长")
    assert reason(refused(errno.ENOENT)) == "没有这个文件或文件夹"


def test_a_folder_is_called_a_folder_though_windows_refuses_to_open_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, _: int) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    (tmp_path / "甲.yaml").write_bytes(b"")
    monkeypatch.setattr(os, "open", refuse)
    for path, code in (tmp_path, errno.EISDIR), (tmp_path / "甲.yaml", errno.EACCES):
        with pytest.raises(OSError) as raised:
            read_regular(path)
        assert raised.value.errno == code


def test_a_new_folder_that_a_scanner_holds_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) < 3:
            raise PermissionError(errno.EACCES, "in use")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(refusals, "is_windows", lambda: True)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    create_folder(tmp_path / "2023", {"report.yaml": b"a"})
    assert tree(tmp_path / "2023") == {"report.yaml": b"a"} and len(calls) == 3


def test_what_a_killed_run_left_is_swept_a_day_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "is_windows", lambda: True)
    old, young = tmp_path / ".jzreport-1-1.tmp", tmp_path / ".jzreport-1-2.tmp"
    for path in old, young:
        path.write_bytes(b"")
    os.utime(old, (0, time.time() - 25 * 3600))
    write_all(tmp_path, {"甲.txt": b"new"})
    assert set(tree(tmp_path)) == {young.name, "甲.txt"}
