"""`jzreport fix`: what it writes, what it leaves, what it says."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from examples import REPORT
from on_disk import tree
from shell import Run

from jzreport import repair
from jzreport.commands.fix import fix
from jzreport.disk import WorkspaceError, rewrite_all
from jzreport.edits import Raw, difference
from jzreport.repair import Repaired

HEAD = "章节: 工作情况\n填报单位: 市司法局\n"
SLIP = f"{HEAD}正文: 加强领导,落实责任。  # 注,释\n"
MENDED = SLIP.replace("领导,", "领导，")
DRAFT = "data/2023/02-甲.yaml"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    put(tmp_path / "工作区", REPORT, "data/2023/report.yaml")
    return tmp_path / "工作区"


def put(desk: Path, text: str, name: str = DRAFT) -> Path:
    (desk / name).parent.mkdir(parents=True, exist_ok=True)
    (desk / name).write_bytes(text.encode())
    return desk / name


def test_a_year_is_repaired_and_it_is_told_how_many_places_and_what_is_left(desk: Path, run: Run) -> None:
    path, before = put(desk, SLIP), tree(desk)
    code, out, err = run("-C", desk, "fix", "2023")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == f"{DRAFT}：改了 1 处。"
    assert re.fullmatch(
        r"没有别的问题。|还有 \d+ 处错误、\d+ 处提醒要由人来改，请看 jzreport validate 2023 -C .*。",
        out.splitlines()[1],
    )
    assert path.read_text("utf-8") == MENDED
    assert tree(desk) == before | {DRAFT: MENDED.encode()}
    code, out, _ = run("-C", desk, "fix", "2023")
    assert code == 0 and out.startswith("没有可以自动改的地方。\n")
    assert path.read_text("utf-8") == MENDED


def test_diff_shows_all_and_writes_nothing(desk: Path, run: Run) -> None:
    before = tree(desk) | {put(desk, SLIP).relative_to(desk).as_posix(): SLIP.encode()}
    code, out, err = run("-C", desk, "fix", "2023", "--diff")
    assert code == 0
    assert out.splitlines() == [
        f"--- {DRAFT}",
        f"+++ {DRAFT}",
        "@@ -1,3 +1,3 @@",
        " 章节: 工作情况",
        " 填报单位: 市司法局",
        "-正文: 加强领导,落实责任。  # 注,释",
        "+正文: 加强领导，落实责任。  # 注,释",
    ]
    assert err.startswith(f"{DRAFT}：可以改 1 处。\n以上只列出改法，文件没有改动。\n")
    assert tree(desk) == before


def test_the_diff_of_nothing_is_empty(desk: Path, run: Run) -> None:
    assert run("-C", desk, "fix", "2023", "--diff")[:2] == (0, "")


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs patch")
@pytest.mark.parametrize("end", ["\n", ""])
def test_the_diff_can_be_applied(desk: Path, end: str, run: Run) -> None:
    lines = [f"  第{n}段，加强领导{',' if n in (3, 5, 30, 39) else '，'}落实责任。" for n in range(40)]
    path = put(desk, HEAD + "正文: |\n" + "\n".join(lines) + end)
    shown = run("-C", desk, "fix", "2023", "--diff")[1]
    assert shown.count("@@ -") == 3 and "\x1b" not in shown
    assert shown.count("\\ 文件末尾没有换行") == (0 if end else 2)
    subprocess.run(["patch", "-s", "-p0"], input=shown.encode(), cwd=desk, check=True)
    patched = path.read_bytes()
    put(desk, HEAD + "正文: |\n" + "\n".join(lines) + end)
    fix(desk, ("2023",))
    assert path.read_bytes() == patched


def test_what_would_turn_the_terminal_is_shown_as_its_code(desk: Path, run: Run) -> None:
    put(desk, SLIP.replace("# 注", "# \u202e注"))
    assert "\u202e" not in run("-C", desk, "fix", "2023", "--diff")[1]


def test_files_are_repaired_where_they_lie_and_their_neighbours_are_not(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = put(desk, SLIP), put(desk, SLIP, "data/2023/分册/03-乙.yaml")
    monkeypatch.chdir(desk / "data/2023")
    code, out, _ = run("fix", "分册/03-乙.yaml")
    assert code == 0
    assert out.splitlines()[0] == "分册/03-乙.yaml：改了 1 处。"
    assert (one.read_text("utf-8"), two.read_text("utf-8")) == (SLIP, MENDED)


def test_a_file_outside_any_workspace_and_one_inside_are_repaired_together(desk: Path, tmp_path: Path) -> None:
    inside, outside = put(desk, SLIP), put(tmp_path, SLIP, "来稿.yaml")
    fixed = fix(desk, (str(inside), str(outside), str(outside.parent / "." / outside.name)))
    assert [line.partition("：")[2] for line in fixed.told[:2]] == ["改了 1 处。"] * 2
    assert inside.read_text("utf-8") == outside.read_text("utf-8") == MENDED


def test_report_yaml_is_repaired_too_and_last_year_is_not(desk: Path) -> None:
    last = {p.name: p.read_bytes() for p in (shutil.copytree(desk / "data/2023", desk / "data/2022")).iterdir()}
    report = desk / "data/2023/report.yaml"
    put(desk, report.read_text("utf-8").replace("标题: 存在的问题", "标题: 存在的问题,不足"), "data/2023/report.yaml")
    put(desk, SLIP, "data/2022/02-甲.yaml")
    fix(desk, ("2023",))
    assert "标题: 存在的问题，不足\n" in report.read_text("utf-8")
    assert tree(desk / "data/2022") == last | {"02-甲.yaml": SLIP.encode()}


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_a_link_to_a_file_elsewhere_is_not_followed(desk: Path, run: Run, tmp_path: Path) -> None:
    outside, link, folder = tmp_path / "外面/甲.yaml", desk / "data/2023/90.yaml", desk / "data/2023/子"
    outside.parent.mkdir()
    outside.write_text(SLIP, "utf-8")
    link.symlink_to(outside)
    folder.symlink_to(outside.parent)
    for command, path in ((c, p) for c in ("fix", "validate") for p in (link, folder / "甲.yaml")):
        code, out, err = run(command, path)
        assert (code, out, err) == (2, "", f"错误：“{path}”是指向别处的链接，请写那个文件本身。\n")
    assert outside.read_text("utf-8") == SLIP


def test_what_one_draft_holds_keeps_no_other_from_being_repaired(desk: Path, run: Run) -> None:
    numbers = range(60)
    items = "".join(f"  - 标题: 甲\n    正文: 加强第{n}号领导 ,落实{n}项责任。\n" for n in numbers)
    waivers = "".join(f"  - {{规则: W03, 原文: '第{n}号领导 ,落实', 原因: 好}}\n" for n in numbers)
    put(desk, f"章节: 工作情况\n填报单位: 市司法局\n条目:\n{items}豁免:\n{waivers}", "data/2023/03-甲.yaml")
    path = put(desk, SLIP, "data/2023/04-乙.yaml")
    run("-C", desk, "fix", "2023")
    assert path.read_text("utf-8") == MENDED


def test_what_is_waived_stays(desk: Path) -> None:
    waiver = "豁免: [{规则: W03, 原文: '领导,落实', 原因: 原文如此}]\n"
    path = put(desk, SLIP.replace("。", ",效果好。") + waiver)
    fix(desk, ("2023",))
    assert path.read_text("utf-8") == SLIP.replace("。", "，效果好。") + waiver


def test_a_file_that_cannot_be_read_is_named_and_left(desk: Path) -> None:
    broken = put(desk, "章节：工作情况\n填报单位: [甲,\n", "data/2023/03-乙.yaml")
    put(desk, SLIP)
    fixed = fix(desk, ("2023",))
    assert fixed.told[:2] == (f"{DRAFT}：改了 1 处。", "data/2023/03-乙.yaml：读不出来，没有动它。")
    assert broken.read_text("utf-8") == "章节：工作情况\n填报单位: [甲,\n"


def test_a_repair_that_would_do_harm_is_counted_and_not_made(desk: Path) -> None:
    # Without the blank the waiver would no longer find its words.
    waiver = "豁免: [{规则: W03, 原文: '领导 ,落实', 原因: 原文如此}]\n"
    path = put(desk, f"{HEAD}正文: 加强领导 ,落实责任,成效明显。\n{waiver}")
    assert (
        fix(desk, ("2023",)).told[0] == f"{DRAFT}：改了 1 处；1 处没有改：照着改会出别的问题，或者太多，没有逐处试过。"
    )
    assert path.read_text("utf-8") == f"{HEAD}正文: 加强领导 ,落实责任，成效明显。\n{waiver}"


@pytest.mark.parametrize("arguments", [["-"], ["2023", "甲.yaml"], ["2022", "2023"], ["没有.yaml"], [], ["1999"]])
def test_wrong_usage_is_told_in_one_chinese_line(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    put(desk, SLIP, "甲.yaml")
    monkeypatch.chdir(desk)
    code, out, err = run("fix", *arguments)
    assert (code, out) == (2, "")
    assert "Traceback" not in err and re.search("[\u4e00-\u9fff]", err)
    assert (desk / "甲.yaml").read_text("utf-8") == SLIP


def test_the_help_says_what_stays(run: Run) -> None:
    assert "注释、缩进、编码都不变" in re.sub(r"\s", "", run("fix", "--help")[1])


def test_modes_and_links_are_kept(desk: Path, tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows has neither")
    path = put(desk, SLIP)
    path.chmod(0o640)
    link = desk / "data/2023/03-链接.yaml"
    link.symlink_to("分册/04-丙.yaml")
    target = put(desk, SLIP, "data/2023/分册/04-丙.yaml")
    fix(desk, ("2023",))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    fix(desk, (str(link),))
    assert link.is_symlink() and target.read_text("utf-8") == MENDED
    assert not list(desk.rglob(".jzreport-*"))


def test_a_file_that_has_changed_since_it_was_read_is_not_written_over(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, last = put(desk, SLIP), put(desk, SLIP, "data/2023/分册/03-乙.yaml")
    real = repair.repaired

    def slowly(*arguments: object) -> Repaired:
        made = real(*arguments)  # type: ignore[arg-type]
        last.write_text(SLIP + "# 刚刚又改了\n", "utf-8")
        return made

    monkeypatch.setattr("jzreport.commands.fix.repaired", slowly)
    with pytest.raises(WorkspaceError, match="刚刚被别的程序改过"):
        fix(desk, ("2023",))
    assert first.read_text("utf-8") == SLIP and last.read_text("utf-8").endswith("又改了\n")
    assert not list(desk.rglob(".jzreport-*"))


@pytest.mark.parametrize("calls", range(1, 5))
def test_of_several_folders_all_files_are_written_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    paths = [put(tmp_path, "旧", f"{folder}/甲.yaml") for folder in ("一", "一/二", "三", "三/四")]
    real, left = Path.replace, [calls]

    def replace(self: Path, target: Path) -> Path:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(WorkspaceError, match=r"写不进“.*”：磁盘已满。原来的文件没有改动。"):
        rewrite_all({path: ("旧".encode(), "新".encode()) for path in paths})
    assert [path.read_text("utf-8") for path in paths] == ["旧"] * 4
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 4


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="没有这个文件或文件夹"):
        rewrite_all({tmp_path / "甲.yaml": (b"", b"x")})
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_is_read_only_is_not_replaced(tmp_path: Path) -> None:
    path = put(tmp_path, "旧", "甲.yaml")
    path.chmod(0o444)
    with pytest.raises(WorkspaceError, match="没有权限"):
        rewrite_all({path: ("旧".encode(), "新".encode())})
    assert path.read_text("utf-8") == "旧"


def test_a_diff_names_lines_and_keeps_those_around() -> None:
    before, after = (Raw.of("".join(f"{n}{c}\n" for n in range(12)).encode()) for c in ("", ""))
    assert before and after
    assert list(difference("甲", before, after)) == []
    lines = [*after.lines]
    lines[0], lines[1], lines[9] = "甲", "乙", "丙"
    shown = list(difference("甲", before, after._replace(lines=lines)))
    assert shown[2:5] == ["@@ -1,5 +1,5 @@", "-0", "-1"] and "@@ -7,6 +7,6 @@" in shown
    assert sum(line[0] == "-" for line in shown) == 4


def test_what_the_published_report_and_the_good_workspaces_hold_is_not_touched() -> None:
    root = Path(__file__).parent
    for workspace, year in ((root.parent, "2022"), *((root / "workspaces/shilishi", y) for y in ("2023", "2025"))):
        assert fix(workspace, (year,), writes=False).diff == ()
