from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from faults import FAULTS, HELD, break_
from on_disk import small_workspace, tree

from jzreport import disk, refusals
from jzreport import workspace as module
from jzreport.diagnostics import Diagnostic, Span
from jzreport.disk import WorkspaceError, create_folder, file_name, read_regular, write_all, write_new
from jzreport.encoding import MAX_BYTES
from jzreport.refusals import reason
from jzreport.workspace import MAX_MEDIA_BYTES, Workspace

NAMED = Span.on_line("data/2022/01-甲.yaml", 5, 11, 5)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    root = tmp_path / "工作区"
    (root / "data/2022").mkdir(parents=True)
    (root / "data/2022/report.yaml").write_text("年度: 2022\n", "utf-8")
    return Workspace(root)


def year(workspace: Workspace) -> Path:
    return workspace.root / "data/2022"


def read(workspace: Workspace) -> tuple[list[str], list[tuple[str, str]]]:
    """The drafts read, and code and file of what was found."""
    problems: list[Diagnostic] = []
    _, drafts = workspace.read_year("2022", problems)
    return [draft.name for draft in drafts], [(problem.rule.code, problem.span.file) for problem in problems]


def media(workspace: Workspace, name: str) -> tuple[bytes | None, list[Diagnostic]]:
    problems: list[Diagnostic] = []
    return workspace.read_media("2022", name, NAMED, problems), problems


# Finding the workspace.


def test_a_workspace_is_found_from_any_folder_inside_it(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = workspace.root / "data/2022/图片/原图"
    deep.mkdir(parents=True)
    for folder in (deep, workspace.root):
        monkeypatch.chdir(folder)
        assert Workspace.find(None) == workspace


def test_the_nearest_workspace_counts(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = workspace.root / "副本"
    shutil.copytree(workspace.root / "data", inner / "data")
    monkeypatch.chdir(inner / "data")
    assert Workspace.find(None) == Workspace(inner)


def test_outside_a_workspace_one_is_asked_to_go_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WorkspaceError, match="请到有 data 文件夹的地方运行，或用 -C 指明"):
        Workspace.find(None)


def test_a_workspace_that_is_named_is_that_folder_and_no_other(workspace: Workspace) -> None:
    assert Workspace.find(workspace.root) == Workspace(workspace.root, f" -C {workspace.root}")
    with pytest.raises(WorkspaceError, match="请核对 -C 后面的目录"):
        Workspace.find(workspace.root / "data")


@pytest.mark.parametrize("name", ["没有", "环"])
def test_a_folder_that_cannot_be_opened_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "环").symlink_to("环")
    with pytest.raises(WorkspaceError, match=f"打不开文件夹“.*{name}”"):
        Workspace.find(tmp_path / name)


def test_a_missing_year_is_told_with_the_years_there_are(workspace: Workspace) -> None:
    shutil.copytree(year(workspace), workspace.root / "data/2023")
    with pytest.raises(WorkspaceError, match=r"没有 1999 年的报告.*现有的年度：2022、2023。"):
        workspace.year_folder("1999")


@pytest.mark.parametrize("name", ["../data/2022", "2022/", "./2022", "2022/../2022"])
def test_a_year_is_never_taken_for_a_path(workspace: Workspace, name: str) -> None:
    with pytest.raises(WorkspaceError):
        workspace.year_folder(name)


# Reading drafts.


def test_drafts_come_in_the_order_of_their_names_whatever_the_folder_says(workspace: Workspace) -> None:
    (year(workspace) / "03-子").mkdir()
    for name in ("02-乙.yaml", "01-甲.yaml", "03-子/01-丙.yaml", "10-丁.YAML", "03-子/report.yaml"):
        (year(workspace) / name).write_text("章节: 甲\n", "utf-8")
    names, found = read(workspace)
    assert names == [
        f"data/2022/{name}"
        for name in ("01-甲.yaml", "02-乙.yaml", "03-子/01-丙.yaml", "03-子/report.yaml", "10-丁.YAML")
    ]
    assert found == []


def test_a_draft_never_takes_the_place_of_a_report_that_cannot_be_read(workspace: Workspace) -> None:
    (year(workspace) / "report.yaml").unlink()
    (year(workspace) / "report.yaml").mkdir()
    (year(workspace) / "01-甲.yaml").write_text("章节: 甲\n", "utf-8")
    problems: list[Diagnostic] = []
    report, drafts = workspace.read_year("2022", problems)
    assert report is None and len(drafts) == 1
    assert [(p.rule.code, p.span.file) for p in problems] == [("R12", "data/2022/report.yaml")]


def test_a_file_is_read_to_just_above_the_limit_and_no_further(workspace: Workspace) -> None:
    (year(workspace) / "01-大.yaml").write_bytes(b"#" * (3 * MAX_BYTES))
    _, (draft,) = workspace.read_year("2022", [])
    assert len(draft.data) == MAX_BYTES + 1


@pytest.mark.skipif(os.name == "nt", reason="no such files on Windows")
def test_pipes_devices_links_and_folders_are_told_and_never_waited_for(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "密.yaml").write_text("密\n", "utf-8")
    os.mkfifo(year(workspace) / "01-管道.yaml")
    (year(workspace) / "02-设备.yaml").symlink_to("/dev/zero")
    (year(workspace) / "03-外面.yaml").symlink_to(tmp_path / "密.yaml")
    (year(workspace) / "04-断了.yaml").symlink_to("没有")
    (year(workspace) / "05-环.yaml").symlink_to("05-环.yaml")
    (year(workspace) / "06-文件夹.yaml").mkdir()
    names, found = read(workspace)
    assert names == []
    assert [code for code, _ in found] == ["R12"] * 6


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_a_link_to_another_draft_of_the_year_is_read(workspace: Workspace) -> None:
    (year(workspace) / "01-甲.yaml").write_text("章节: 甲\n", "utf-8")
    (year(workspace) / "02-乙.yaml").symlink_to("01-甲.yaml")
    assert read(workspace) == (["data/2022/01-甲.yaml", "data/2022/02-乙.yaml"], [])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(workspace: Workspace) -> None:
    (year(workspace) / "01-甲.yaml").write_text("章节: 甲\n", "utf-8")
    (year(workspace) / "01-甲.yaml").chmod(0)
    assert read(workspace) == ([], [("R12", "data/2022/01-甲.yaml")])


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_a_file_swapped_for_a_link_while_it_is_read_is_refused(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = year(workspace) / "01-甲.yaml"
    path.write_text("章节: 甲\n", "utf-8")
    (tmp_path / "外面.yaml").write_text("秘密: 乙\n", "utf-8")

    def swap(wanted: Path, limit: int, real: Path) -> bytes:
        if wanted == path:
            path.unlink()
            path.symlink_to(tmp_path / "外面.yaml")
        return read_regular(wanted, limit, real)

    monkeypatch.setattr(module, "read_regular", swap)
    assert read(workspace)[1] == [("R12", "data/2022/01-甲.yaml")]


def test_folders_that_lie_too_deep_in_one_another_are_refused_in_one_line(workspace: Workspace) -> None:
    (year(workspace) / "/".join("甲" * 30)).mkdir(parents=True)
    with pytest.raises(WorkspaceError, match="里的文件夹套了20层还不止"):
        read(workspace)


def test_a_file_that_vanishes_while_the_folder_is_read_is_told(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (year(workspace) / "01-甲.yaml").write_text("章节: 甲\n", "utf-8")

    def vanish(path: Path, limit: int, real: Path) -> bytes:
        raise FileNotFoundError(errno.ENOENT, "gone", str(path))

    monkeypatch.setattr(module, "read_regular", vanish)
    assert read(workspace)[1] == [("R12", "data/2022/report.yaml"), ("R12", "data/2022/01-甲.yaml")]


def test_a_folder_that_cannot_be_listed_is_never_passed_over(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (year(workspace) / "子").mkdir()
    real = os.scandir

    def scandir(path: Any) -> Any:
        if str(path).endswith("子"):
            raise PermissionError(errno.EACCES, "no", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(WorkspaceError, match=r"打不开文件夹“.*子”：没有权限"):
        read(workspace)


# Files that no draft is.


def test_files_that_are_not_read_are_mentioned_and_junk_is_not(workspace: Workspace) -> None:
    names = {
        "01-甲.yml": "文件名要以“.yaml”结尾",
        "02-乙.yaml.txt": "文件名要以“.yaml”结尾",
        "03-丙.docx": "没有被读取",
        "report.yaml.bak": "没有被读取",
        "图片/没用到.png": "没有用到",
        "附表/没用到.CSV": "没有用到",
    }
    junk = ["~$03-丙.docx", "Thumbs.db", ".DS_Store", "desktop.ini", "README.md", ".git/config", ".隐藏.yml"]
    for name in (*names, *junk, "图片/用到.png"):
        (year(workspace) / name).parent.mkdir(exist_ok=True)
        (year(workspace) / name).write_bytes(b"")
    told = list(workspace.unread("2022", {"图片\\用到.png"}))
    assert {d.span.file: d.message for d in told}.keys() == {f"data/2022/{name}" for name in names}
    assert all(names[d.span.file.removeprefix("data/2022/")] in d.message for d in told)
    assert {d.span.file for d in told if d.is_error} == {"data/2022/01-甲.yml", "data/2022/02-乙.yaml.txt"}


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_a_link_to_a_folder_is_not_followed_and_mentioned(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "外面").mkdir()
    (tmp_path / "外面/01-甲.yaml").write_text("章节: 甲\n", "utf-8")
    (year(workspace) / "外面").symlink_to(tmp_path / "外面")
    assert read(workspace) == ([], [])
    assert [d.span.file for d in workspace.unread("2022", set())] == ["data/2022/外面"]


# Pictures and tables.


def test_a_picture_is_read_from_the_years_folder_whatever_the_slash(workspace: Workspace) -> None:
    (year(workspace) / "图片").mkdir()
    (year(workspace) / "图片/图.png").write_bytes(b"data")
    assert (
        media(workspace, "图片/图.png")
        == media(workspace, "图片\\图.png")
        == media(workspace, "./图片/图.png")
        == (b"data", [])
    )


@pytest.mark.parametrize(
    "name",
    [
        "../密.png",
        "图片/../../密.png",
        "..\\密.png",
        "/etc/passwd",
        "C:\\密.png",
        "c:密.png",
        "\\\\server\\密.png",
        "//a/b",
    ],
)
def test_a_picture_outside_the_years_folder_is_refused_where_it_is_named(workspace: Workspace, name: str) -> None:
    (workspace.root / "data/密.png").write_bytes(b"secret")
    data, (problem,) = media(workspace, name)
    assert data is None
    assert (problem.rule.code, problem.span) == ("R12", NAMED)
    assert problem.message == f"不能用年度文件夹以外的文件“{name}”。"


@pytest.mark.parametrize("name", ["%2e%2e/密.png", "%2e%2e%2f密.png", "~/密.png", "$HOME/密.png", "file:///etc/passwd"])
def test_a_name_means_what_it_says_and_nothing_is_decoded(workspace: Workspace, name: str) -> None:
    (workspace.root / "data/密.png").write_bytes(b"secret")
    data, (problem,) = media(workspace, name)
    assert data is None
    assert "没有这个文件" in problem.message


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_a_link_out_of_the_years_folder_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "密.png").write_bytes(b"secret")
    (year(workspace) / "图.png").symlink_to(tmp_path / "密.png")
    (year(workspace) / "夹").symlink_to(tmp_path)
    for name in ("图.png", "夹/密.png"):
        data, (problem,) = media(workspace, name)
        assert data is None
        assert problem.hint == "请把文件本身（不是链接）放进年度文件夹。"


def test_a_picture_beyond_the_limit_a_folder_and_an_impossible_name_are_refused(workspace: Workspace) -> None:
    with (year(workspace) / "大.png").open("wb") as stream:
        stream.truncate(MAX_MEDIA_BYTES + 1)
    (year(workspace) / "夹").mkdir()
    for name in ("大.png", "夹", ".", "好" * 300, "图\0.png"):
        data, (problem,) = media(workspace, name)
        assert data is None
        assert problem.rule.code == "R12"


@pytest.mark.parametrize(
    ("there", "typed", "hint"),
    [
        ("图片/微信图片_2024.jpg", "微信图片_2024.jpg", "是不是“图片/微信图片_2024.jpg”？"),
        ("图片/微信图片_2024.jpg", "图片/微信图片_2024.png", "是不是“图片/微信图片_2024.jpg”？"),
        ("图片/微信图片_2024.jpg", "微信图片_2024.png", "是不是“图片/微信图片_2024.jpg”？"),
        ("图片/微信图片_2024.jpg", "图片\\微信图片_2024", "是不是“图片/微信图片_2024.jpg”？"),
        ("图.jpg", "图片/图.jpg", "是不是“图.jpg”？"),
        ("附表/明细.csv", "明细.CSV", "是不是“附表/明细.csv”？"),
        (
            "附表/明细.xlsx",
            "附表/明细.csv",
            "“附表/明细.xlsx”是 Excel 文件，请在 Excel 或 WPS 里另存为 CSV，再写 CSV 的文件名。",
        ),
        ("图片/明细.jpg", "附表/明细.csv", "请检查文件名是否写对、文件是否已放好。"),
        ("图片/图1.jpg", "图片/图2.jpg", "请检查文件名是否写对、文件是否已放好。"),
    ],
)
def test_a_picture_or_table_that_is_not_there_is_told_with_the_one_that_is(
    workspace: Workspace, there: str, typed: str, hint: str
) -> None:
    (year(workspace) / there).parent.mkdir(exist_ok=True)
    (year(workspace) / there).write_bytes(b"data")
    data, (problem,) = media(workspace, typed)
    assert data is None
    assert (problem.rule.code, problem.span, problem.hint) == ("R12", NAMED, hint)


@pytest.mark.skipif(os.name == "nt", reason="needs names that differ by the case of their letters")
def test_a_picture_whose_name_is_typed_in_another_case_is_told(workspace: Workspace) -> None:
    for name in ("A/Photo.JPG", "photo.jpeg", "图片/photo.JPG"):
        (year(workspace) / name).parent.mkdir(exist_ok=True)
        (year(workspace) / name).write_bytes(b"data")
    if (year(workspace) / "图片/Photo.jpg").exists():
        pytest.skip("the folder makes no difference between the cases of a letter")
    assert media(workspace, "图片/Photo.jpg")[1][0].hint == "是不是“图片/photo.JPG”？"


def test_pictures_that_are_not_there_are_guessed_a_limited_number_of_times(workspace: Workspace) -> None:
    (year(workspace) / "图片").mkdir()
    (year(workspace) / "图片/图.jpg").write_bytes(b"data")
    problems: list[Diagnostic] = []
    for _ in range(50):
        workspace.read_media("2022", "图.jpg", NAMED, problems)
    assert sum("是不是" in problem.hint for problem in problems) == 20


# Templates.


def test_the_workspaces_own_template_wins_over_the_one_that_comes_along(workspace: Workspace) -> None:
    assert "版式" in workspace.template("style.yaml").data.decode()
    (workspace.root / "templates").mkdir()
    (workspace.root / "templates/style.yaml").write_bytes(b"own")
    assert workspace.template("style.yaml").data == b"own"


def test_a_template_that_cannot_be_read_is_named(workspace: Workspace) -> None:
    (workspace.root / "templates/style.yaml").mkdir(parents=True)
    with pytest.raises(WorkspaceError, match=r"文件“templates/style\.yaml”读不出来：这是文件夹，不是文件。"):
        workspace.template("style.yaml")


# Names of files.


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("示例市人民政府关于2022年度法治政府建设情况的报告", "示例市人民政府关于2022年度法治政府建设情况的报告"),
        ("../../etc/passwd", "／..／etc／passwd"),
        ('甲\\乙:丙*丁?戊"己<庚>辛|壬', "甲＼乙：丙＊丁？戊＂己＜庚＞辛｜壬"),
        ("报告...", "报告"),
        (" .报告. ", "报告"),
        ("报\u200b告\x07\u202e\ue000", "报告"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com¹", "_com¹"),
        ("Console", "Console"),
        ("", "report"),
        ("...", "report"),
        ("\ud800", "report"),
    ],
)
def test_a_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title) == name


@pytest.mark.parametrize(
    "title", ["好" * 300, "𠮷" * 300, "a" * 199 + "好", "好" * 66 + " . ." + "好" * 9, "好" * 100_000]
)
def test_a_long_title_is_cut_between_characters(title: str) -> None:
    name = file_name(title)
    assert title.startswith(name)
    assert 190 <= len(name.encode()) <= 200
    assert not name.endswith((" ", "."))


# Writing.


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "成品"
    folder.mkdir()
    (folder / "甲.docx").write_bytes(b"old docx")
    (folder / "甲.txt").write_bytes(b"old txt")
    return folder


NEW = {"甲.docx": b"new docx", "甲.txt": b"new txt", "乙.txt": b"more"}


def test_all_files_are_written_and_nothing_is_left_behind(out: Path) -> None:
    assert write_all(out, NEW) == (out / "甲.docx", out / "甲.txt", out / "乙.txt")
    assert tree(out) == NEW


def test_the_folder_is_made_and_the_files_may_be_read_by_all(tmp_path: Path) -> None:
    os.umask(mask := os.umask(0o022))
    (path,) = write_all(tmp_path / "output/2022", {"甲.txt": b"new"})
    assert path.stat().st_mode & 0o777 == 0o666 & ~mask or os.name == "nt"


@pytest.mark.parametrize("code", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("what", ["mkdir", "open", "write", "fsync", "replace"])
def test_when_any_step_fails_the_old_files_stay_and_one_line_says_why(
    out: Path, monkeypatch: pytest.MonkeyPatch, what: str, code: int
) -> None:
    before, k = tree(out), 0
    while True:
        k += 1
        with monkeypatch.context() as patch:
            faulty = break_(patch, what, k, code)
            if faulty.left == k and k > 20:
                break
            try:
                write_all(out, NEW)
            except WorkspaceError as error:
                told = str(error)
            else:
                break  # the k-th call never came: every one before it has failed once
        assert tree(out) == before
        assert told.startswith("写不进“") and told.endswith("。原来的文件没有改动。") and "\n" not in told
        assert "jzreport-" not in told
    assert k > 1 and tree(out) == NEW


# A new folder.


FILES = {"report.yaml": b"a", "\u5b50/01.yaml": b"b"}


@pytest.mark.parametrize("code", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("what", ["mkdir", "open", "write", "fsync", "replace"])
def test_a_new_folder_is_made_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, code: int
) -> None:
    monkeypatch.setattr(disk, "_SYNCS_AT_ONCE", what != "fsync")  # Windows has no other way
    target = tmp_path / "data" / "2023"
    for k in range(1, 20):
        with monkeypatch.context() as patch:
            break_(patch, what, k, code)
            try:
                create_folder(target, FILES)
            except WorkspaceError as error:
                told = str(error)
            else:
                break  # the k-th call never came: every one before it has failed once
        assert told.startswith("建不了“") and "jzreport-" not in told
        assert not target.exists() and not [path for path in tmp_path.rglob("*") if path.name != "data"]
    assert k > 1 and {path.relative_to(target).as_posix() for path in target.rglob("*.yaml")} == set(FILES)


def test_on_windows_a_new_folder_that_is_looked_through_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_(monkeypatch, "replace", 1, HELD)
    monkeypatch.setattr(refusals, "is_windows", lambda: True)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    create_folder(tmp_path / "2023", FILES)
    assert {path.relative_to(tmp_path / "2023").as_posix() for path in tmp_path.rglob("*.yaml")} == set(FILES)


def test_a_new_folder_takes_the_place_of_an_empty_one_and_of_no_other(tmp_path: Path) -> None:
    (tmp_path / "空的").mkdir()
    create_folder(tmp_path / "空的", FILES)
    with pytest.raises(WorkspaceError, match="已经有了，没有改动。"):
        create_folder(tmp_path / "空的", {"report.yaml": b"other"})
    assert (tmp_path / "空的" / "report.yaml").read_bytes() == b"a"


@pytest.mark.parametrize("knows_links", [True, False])
def test_a_new_file_never_takes_the_place_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, knows_links: bool
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    if not knows_links:
        monkeypatch.setattr(os, "link", refuse)
    assert write_new(tmp_path, {"甲.yaml": b"1"}) == (tmp_path / "甲.yaml",)
    with pytest.raises(WorkspaceError, match="已经有了，没有改动。"):
        write_new(tmp_path, {"乙.yaml": b"2", "甲.yaml": b"3"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"甲.yaml": b"1"}


def test_a_folder_that_a_killed_run_left_is_swept_and_is_no_year(tmp_path: Path) -> None:
    left = tmp_path / "data" / ".jzreport-999999999-1.tmp"
    left.mkdir(parents=True)
    (left / "report.yaml").write_bytes(b"half")
    assert Workspace(tmp_path).years() == ()
    create_folder(tmp_path / "data" / "2023", FILES)
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["2023"]


def test_an_interruption_leaves_the_old_files_too(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, real, calls = tree(out), Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        write_all(out, NEW)
    assert tree(out) == before


def test_what_cannot_be_put_back_is_named_and_nothing_is_left_lying_about(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) >= 2:
            raise OSError(errno.EIO, "no")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(WorkspaceError, match=r"没有写完：磁盘出错。“甲\.docx”已经换成新的，没能换回来，其余没有改动。"):
        write_all(out, NEW)
    assert tree(out) == {"甲.docx": b"new docx", "甲.txt": b"old txt"}


@pytest.mark.parametrize("below", ["", "下面", "下面/再下面"])
def test_an_output_folder_that_is_a_file_is_told(tmp_path: Path, below: str) -> None:
    (tmp_path / "成品").write_bytes(b"file")
    with pytest.raises(WorkspaceError, match="写不进“"):
        write_all(tmp_path / "成品" / below, NEW)
    assert (tmp_path / "成品").read_bytes() == b"file"


def test_a_folder_in_the_place_of_an_output_file_is_told_and_kept(out: Path) -> None:
    (out / "甲.txt").unlink()
    (out / "甲.txt").mkdir()
    with pytest.raises(WorkspaceError, match="这是文件夹，不是文件"):
        write_all(out, NEW)
    assert (out / "甲.docx").read_bytes() == b"old docx"
    assert sorted(path.name for path in out.iterdir()) == ["甲.docx", "甲.txt"]


@pytest.mark.skipif(os.name == "nt", reason="there one cannot ask whether a process runs")
def test_what_a_killed_run_left_is_swept_and_what_a_living_one_writes_is_not(out: Path) -> None:
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    stale = [f".jzreport-{int(dead.stdout)}-abc", f".jzreport-{os.getpid()}-abc", f".jzreport-{'9' * 30}-abc"]
    kept = [f".jzreport-{os.getppid()}-abc", ".jzreport-abc", "jzreport-1-abc"]
    for name in (*stale, *kept):
        (out / name).write_bytes(b"")
    write_all(out, {"甲.docx": b"new"})
    assert set(tree(out)) == {"甲.docx", "甲.txt", *kept}


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
        (OSError(errno.EROFS, "Read-only file system"), "文件夹是只读的"),
        (OSError(9999, "Weird"), "系统拒绝（代码 9999）"),
        (OSError("Weird"), "系统拒绝（代码 None）"),
    ],
)
def test_why_the_system_refused_is_told_in_chinese(error: OSError, told: str) -> None:
    assert reason(error) == told


@pytest.mark.parametrize("code", [32, 33, 1224])
def test_a_file_that_word_holds_open_on_windows_is_told_as_such(code: int) -> None:
    error = PermissionError(errno.EACCES, "in use")
    error.winerror = code  # type: ignore[attr-defined,unused-ignore]  # only Windows has it
    assert reason(error) == "文件正被别的程序打开，请先关闭 Word 或 WPS"


def test_on_windows_a_file_held_for_a_moment_is_waited_for(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.replace
    waited: list[float] = []
    calls: list[Path] = []

    def replace(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) < 3:
            raise PermissionError(errno.EACCES, "in use")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(refusals, "is_windows", lambda: True)
    monkeypatch.setattr(time, "sleep", waited.append)
    write_all(out, {"甲.docx": b"new"})
    assert (out / "甲.docx").read_bytes() == b"new" and len(waited) == 2


@pytest.mark.skipif(os.name == "nt", reason="no such limit on Windows")
def test_a_disk_quota_hit_in_the_middle_keeps_the_last_output(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    desk = small_workspace(tmp_path)
    build = [sys.executable, "-m", "jzreport", "-C", str(desk), "build", "2022"]
    subprocess.run(build, check=True, capture_output=True)
    before = tree(desk / "output/2022")
    draft = desk / "data/2022/01-导语.yaml"
    draft.write_text(draft.read_text("utf-8").replace("全年", "2022年，全年"), "utf-8")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    failed = subprocess.run(build, capture_output=True, preexec_fn=limit)
    assert failed.returncode == 2
    assert failed.stderr.decode().count("\n") == 1 and "文件太大，写不下" in failed.stderr.decode()
    assert tree(desk / "output/2022") == before
