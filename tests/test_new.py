"""`jzreport new` and `init`: what they make, and that they never harm what is there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from on_disk import tree
from shell import Run

from jzreport.commands.checking import check_year
from jzreport.commands.new import add, init, new
from jzreport.disk import WorkspaceError
from jzreport.workspace import Workspace

REPORT = """年度: 2022
地区: 示例市
发文机关: 示例市人民政府
标题: 示例市人民政府关于2022年度法治政府建设情况的报告
结构:
  - 键: 工作情况
    标题: 2022年工作情况
    牵头单位: 市司法局
    配合单位: [市财政局]
    必报内容: [主要举措和成效, 第一责任人职责, 存在的不足]
  - 键: 下步打算
    牵头单位: 市司法局
    必报内容: [下一年度安排]
"""
DRAFT = """章节: 工作情况
填报单位: 市司法局
条目:
  - 标题: 加强行政复议
    正文: 受理案件{{ 受理 }}。
指标:
  受理: 534件
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "工作区" / "data" / "2022"
    folder.mkdir(parents=True)
    (folder / "report.yaml").write_text(REPORT, "utf-8")
    (folder / "01-工作情况-市司法局.yaml").write_text(DRAFT, "utf-8")
    return tmp_path / "工作区"


def read(desk: Path, name: str) -> str:
    return (desk / "data" / name).read_text("utf-8")


def test_every_department_gets_a_draft_for_every_section(desk: Path) -> None:
    made = new(Workspace(desk), "2023")
    assert made.drafts == ("01-工作情况-市司法局.yaml", "01-工作情况-市财政局.yaml", "02-下步打算-市司法局.yaml")
    assert "标题: 2023年工作情况" in read(desk, "2023/report.yaml")
    assert (
        "    # 2022年：受理案件{{ 受理 }}。\n    正文: |\n      【请填写2023年的情况】\n指标:\n  受理:\n    数值:\n    上年: 534件\n"
    ) in read(desk, "2023/01-工作情况-市司法局.yaml")
    assert "【请填写2024年的打算】" in read(desk, "2023/02-下步打算-市司法局.yaml")


def test_nothing_that_is_there_is_overwritten(desk: Path) -> None:
    new(Workspace(desk), "2023")
    before = tree(desk)
    with pytest.raises(
        WorkspaceError, match="data/2023 已经有了，没有改动。要加一份来稿，请用 jzreport new 2023 --add 单位 章节。"
    ):
        new(Workspace(desk), "2023")
    with pytest.raises(WorkspaceError, match="“市司法局”的“工作情况”已经有了"):
        add(Workspace(desk), "2023", [("市司法局", "工作情况")])
    with pytest.raises(WorkspaceError, match="已经有 data，没有改动"):
        init(desk)
    assert tree(desk) == before


def test_a_folder_that_holds_anything_is_left_alone(desk: Path) -> None:
    (desk / "data" / "2023").mkdir()
    assert new(Workspace(desk), "2023").drafts  # an empty folder is as good as none
    (desk / "data" / "2024").mkdir()
    (desk / "data" / "2024" / "笔记.txt").write_text("好", "utf-8")
    with pytest.raises(WorkspaceError, match="data/2024 已经有了"):
        new(Workspace(desk), "2024")


def test_a_year_further_back_can_be_the_pattern_and_then_has_no_figures_of_last_year(desk: Path) -> None:
    new(Workspace(desk), "2025", "2022")
    text = read(desk, "2025/01-工作情况-市司法局.yaml")
    assert "# 2022年：受理案件" in text and "上年:" not in text
    assert "上年承诺" not in read(desk, "2025/report.yaml")


@pytest.mark.parametrize(
    ("year", "start", "told"),
    [
        ("2023", "2019", "没有 2019 年的报告"),
        ("2021", "2022", "--from 要写比 2021 早的年度，这里写的是 2022。"),
        ("2022", None, "data/2022 已经有了"),
    ],
)
def test_a_pattern_must_be_an_earlier_year(desk: Path, year: str, start: str | None, told: str) -> None:
    with pytest.raises(WorkspaceError, match=told):
        new(Workspace(desk), year, start)


def test_without_last_year_an_outline_is_begun_with(desk: Path) -> None:
    made = new(Workspace(desk), "2023", blank=True, outline="九部分")
    assert made.old is None and len(made.drafts) == 13
    assert "键: 突发事件" in read(desk, "2023/report.yaml")
    assert {found.rule.code for found in check_year(Workspace(desk), "2023").diagnostics} == {"S27"}


def test_what_cannot_be_read_is_not_passed_over(desk: Path) -> None:
    (desk / "data" / "2022" / "02.yaml").write_text("章节：工作情况\n", "utf-8")
    with pytest.raises(
        WorkspaceError, match="data/2022 里有文件读不出来，请先运行 jzreport validate 2022，照提示改好。"
    ):
        new(Workspace(desk), "2023")
    assert not (desk / "data" / "2023").exists()


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("draft.yaml.j2", "章节: {{ 章节\n", "templates/draft.yaml.j2 第1行：写法有误"),
        ("draft.yaml.j2", "章节: {{ 节名 }}\n", "templates/draft.yaml.j2 第1行：没有“节名”"),
        ("draft.yaml.j2", "章节：{{ 章节 }}\n", "templates/draft.yaml.j2 生成的“01-工作情况-市司法局.yaml”第1行有误"),
        ("report.yaml.j2", "年度: {{ 年度 }}\n", "templates/report.yaml.j2 生成的“report.yaml”第1行有误"),
        ("report.yaml.j2", b"\xff\xfe", "templates/report.yaml.j2 不是 UTF-8 编码，请另存为 UTF-8。"),
    ],
)
def test_a_broken_template_of_the_office_is_told_and_nothing_is_made(
    desk: Path, name: str, text: str | bytes, told: str
) -> None:
    (desk / "templates").mkdir()
    (desk / "templates" / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(WorkspaceError) as caught:
        new(Workspace(desk), "2023")
    assert str(caught.value).startswith(told)
    assert [path.name for path in (desk / "data").iterdir()] == ["2022"]


def test_one_more_draft_is_added_by_key_or_title(desk: Path) -> None:
    new(Workspace(desk), "2023")
    (path,) = add(Workspace(desk), "2023", [("市公安局", "2023年工作情况")])
    assert path.name == "01-工作情况-市公安局.yaml"
    assert {f.rule.code for f in check_year(Workspace(desk), "2023").diagnostics} == {"S05", "S27"}
    with pytest.raises(WorkspaceError, match="报告里没有“工作情形”这一节。是不是“工作情况”？"):
        add(Workspace(desk), "2023", [("市财政局", "下步打算"), ("市公安局", "工作情形")])
    assert not list((desk / "data" / "2023").glob("*下步打算-市财政局*"))


def test_an_added_draft_holds_what_the_department_wrote_last_year(desk: Path) -> None:
    new(Workspace(desk), "2023")
    (desk / "data/2023/01-工作情况-市司法局.yaml").unlink()
    (path,) = add(Workspace(desk), "2023", [("市司法局", "工作情况")])
    assert "上年: 534件" in path.read_text("utf-8")


def test_files_get_names_that_every_system_takes_and_none_twice(desk: Path) -> None:
    report = REPORT.replace("市财政局", "../财政:局?").replace("键: 下步打算", "键: 打算*")
    (desk / "data/2022/report.yaml").write_text(report, "utf-8")
    (desk / "data/2022/2022年工作.yaml").write_text(
        DRAFT.replace("市司法局", "市公安局").replace("受理", "乙"), "utf-8"
    )
    made = new(Workspace(desk), "2023")
    assert "2023年工作.yaml" in made.drafts
    assert all(name == name.replace("*", "").replace(":", "").replace("?", "") for name in made.drafts)
    assert {path.parent for path in (desk / "data" / "2023").rglob("*.yaml")} == {desk / "data" / "2023"}


def test_a_workspace_for_another_city_begins_with_the_templates(tmp_path: Path) -> None:
    init(tmp_path / "新市")
    assert (tmp_path / "新市" / "templates" / "wording.yaml").is_file()
    workspace = Workspace.find(tmp_path / "新市")
    with pytest.raises(WorkspaceError, match="还没有别的年度，请写明地区，例如：jzreport new 2024 --region 示例市"):
        new(workspace, "2024")
    made = new(workspace, "2024", region="示例市")
    assert len(made.drafts) == 11
    assert {found.rule.code for found in check_year(workspace, "2024").diagnostics} == {"S27"}


def test_a_workspace_may_begin_in_a_folder_that_holds_other_things(tmp_path: Path) -> None:
    (tmp_path / "别的.txt").write_text("好", "utf-8")
    init(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"别的.txt", "data", "templates"}


def test_the_commands_say_what_comes_next(desk: Path, tmp_path: Path, run: Run) -> None:
    def told(*arguments: str | Path) -> list[str]:
        return run(*arguments)[1].splitlines()

    assert told("-C", desk, "new", "2023")[-1].endswith(f"运行 jzreport status 2023 -C {desk}。")
    assert told("-C", desk, "new", "2023", "--add", "市公安局", "工作情况") == [
        str(desk / "data" / "2023" / "01-工作情况-市公安局.yaml")
    ]
    assert told("init", tmp_path / "新")[-1].startswith("接下来：jzreport new 年度 --region 地区 -C ")


def test_an_added_draft_stands_beside_the_others_of_its_section(desk: Path) -> None:
    new(Workspace(desk), "2023")
    (desk / "data/2023/01-工作情况-市司法局.yaml").rename(desk / "data/2023/07-工作情况-市司法局.yaml")
    (desk / "data/2023/01-工作情况-市财政局.yaml").unlink()
    (path,) = add(Workspace(desk), "2023", [("市公安局", "工作情况")])
    assert path.name == "07-工作情况-市公安局.yaml"


def test_two_drafts_that_would_have_one_name_are_refused(desk: Path) -> None:
    new(Workspace(desk), "2023")
    before = tree(desk)
    with pytest.raises(WorkspaceError, match="两份来稿的文件名都会是"):
        add(Workspace(desk), "2023", [("市/局", "工作情况"), ("市／局", "工作情况")])
    assert tree(desk) == before


@pytest.mark.skipif(os.name == "nt", reason="needs links")
def test_no_draft_is_added_in_a_folder_that_is_a_link_to_elsewhere(desk: Path, tmp_path: Path) -> None:
    new(Workspace(desk), "2023")
    (desk / "data/2022/别处/深处").mkdir(parents=True)
    (desk / "data/2022/别处/深处/05.yaml").write_text("章节: 工作情况\n填报单位: 市公安局\n正文: 好。\n", "utf-8")
    (tmp_path / "外面").mkdir()
    (desk / "data/2023/别处").symlink_to(tmp_path / "外面")
    with pytest.raises(WorkspaceError, match="不在允许的文件夹里"):
        add(Workspace(desk), "2023", [("市公安局", "工作情况")])
    assert list((tmp_path / "外面").iterdir()) == []


def test_a_template_is_given_the_same_names_whether_a_year_begins_or_a_draft_is_added(desk: Path) -> None:
    new(Workspace(desk), "2023")
    (desk / "templates").mkdir()
    (desk / "templates" / "draft.yaml.j2").write_text("章节: {{ 章节 }}\n填报单位: {{ 地区 }}\n", "utf-8")
    for begin in (lambda: new(Workspace(desk), "2024"), lambda: add(Workspace(desk), "2023", [("甲", "工作情况")])):
        with pytest.raises(WorkspaceError, match=r"templates/draft\.yaml\.j2 第2行：没有“地区”"):
            begin()


def test_a_year_with_blanks_can_be_followed_and_its_gaps_are_told(desk: Path) -> None:
    (desk / "data/2022/02-下步打算-市司法局.yaml").write_text(
        "章节: 下步打算\n填报单位: 市司法局\n条目:\n  - 正文: |\n      【请填写2023年的打算】\n  - 正文: 办好实事。\n",
        "utf-8",
    )
    made = new(Workspace(desk), "2023")
    assert made.doubts == ("2022 年的来稿还有没填的地方，新来稿里相应的“上年”和原文也是空的。",)
    assert {found.rule.code for found in check_year(Workspace(desk), "2023").diagnostics} == {"S27", "Y12"}


@pytest.mark.parametrize(
    "options",
    [("--blank", "--from", "2022"), ("--add", "甲", "乙", "--blank"), ("--add", "甲", "乙", "--region", "丙")],
)
def test_options_that_contradict_each_other_are_refused(desk: Path, options: tuple[str, ...], run: Run) -> None:
    code, _, err = run("-C", desk, "new", "2023", *options)
    assert code == 2 and "同时写" in err and not (desk / "data" / "2023").exists()


def test_a_copy_of_a_year_beside_it_is_no_year(desk: Path) -> None:
    shutil.copytree(desk / "data" / "2022", desk / "data" / "2022备份")
    assert Workspace(desk).years() == ("2022",)
    assert new(Workspace(desk), "2023").old == "2022"


def test_a_section_nobody_is_named_for_waits_for_its_department_and_hinders_nobody(desk: Path) -> None:
    (desk / "data/2022/report.yaml").write_text(f"{REPORT}  - 键: 附记\n    标题: 其他情况\n", "utf-8")
    new(Workspace(desk), "2023")
    found = check_year(Workspace(desk), "2023").diagnostics
    assert [d.message for d in found if d.span.file.endswith("03-附记.yaml")] == [
        "“填报单位”还没有填。",
        "正文还没有填。",
    ]
    assert add(Workspace(desk), "2023", [("市公安局", "附记")])[0].name == "03-附记-市公安局.yaml"


def test_an_item_without_a_title_keeps_its_place_and_style(desk: Path) -> None:
    item = "条目:\n  - 序: 4\n    编号: 一是\n    接排: 是\n    正文: 一句。\n    条目:\n      - 标题: 下级\n"
    (desk / "data/2022/01-工作情况-市司法局.yaml").write_text(f"章节: 工作情况\n填报单位: 市司法局\n{item}", "utf-8")
    new(Workspace(desk), "2023")
    text = read(desk, "2023/01-工作情况-市司法局.yaml")
    assert "  - 序: 4\n    编号: 一是\n    接排: 是\n    正文: |\n" in text


def test_a_draft_of_no_section_is_named_where_it_is_left_behind(desk: Path) -> None:
    (desk / "data/2022/09.yaml").write_text("章节: 没有\n填报单位: 市司法局\n正文: 好。\n", "utf-8")
    assert new(Workspace(desk), "2023").doubts == (
        "2022 年的这些来稿填的章节报告里没有，没有带过来：data/2022/09.yaml。",
    )


def test_a_section_is_found_by_its_key_before_any_title(desk: Path) -> None:
    report = REPORT.replace("键: 下步打算\n", "键: 下步打算\n    标题: 工作情况\n")
    (desk / "data/2022/report.yaml").write_text(report, "utf-8")
    (path,) = add(Workspace(desk), "2022", [("市公安局\u3000", "工作情况")])
    assert path.name == "01-工作情况-市公安局.yaml" and "填报单位: 市公安局\n" in path.read_text("utf-8")
    with pytest.raises(WorkspaceError, match="请写明单位"):
        add(Workspace(desk), "2022", [("\u3000", "工作情况")])


@pytest.mark.parametrize("year", ["0001", "1899", "2100", "9999"])
def test_a_year_no_report_can_be_of_is_refused(desk: Path, year: str) -> None:
    with pytest.raises(WorkspaceError, match="请写 1900 至 2099 之间的年份"):
        new(Workspace(desk), year)


def test_a_template_must_make_the_report_of_the_year(desk: Path) -> None:
    (desk / "templates").mkdir()
    (desk / "templates" / "report.yaml.j2").write_text(REPORT, "utf-8")
    with pytest.raises(WorkspaceError, match=r"templates/report\.yaml\.j2 生成的“年度”是 2022，应是 2023。"):
        new(Workspace(desk), "2023")


def test_the_schema_line_of_a_draft_leads_to_the_schema(desk: Path) -> None:
    folder = desk / "data" / "2022" / "各局" / "一组"
    folder.mkdir(parents=True)
    shutil.move(desk / "data/2022/01-工作情况-市司法局.yaml", folder / "司法.yaml")
    new(Workspace(desk), "2023")
    first = read(desk, "2023/各局/一组/司法.yaml").splitlines()[0]
    target = (desk / "data/2023/各局/一组" / first.rpartition("=")[2]).resolve()
    assert target == (desk / "templates/draft.schema.json").resolve()
