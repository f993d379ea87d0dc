from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from trials import tries

from jzreport.chinese import cells
from jzreport.titles import DEFAULT_WORDS, break_title, is_shapely

# A stroke stands for the line break that a clerk would be pleased with.
TITLES = """
九江市人民政府|关于2022年度法治政府建设情况的报告
示例市人民政府|关于2022年度法治政府建设情况的报告
示例市2023年度法治政府建设情况报告
示例市人民政府2023年法治政府建设年度报告
中共示例市委 示例市人民政府|关于2023年度法治政府建设情况的报告
中共示例市委全面依法治市委员会办公室|关于2023年度法治政府建设情况的报告
示例市司法局、示例市公安局关于印发|《示例市行政执法监督办法（试行）》的通知
示例市人民政府办公室关于进一步加强|行政规范性文件合法性审核工作全面推进|法治政府建设年度重点任务落实情况的报告
示例市人民政府办公室关于印发|示例市2024年法治政府建设工作要点的通知
示例市人民政府办公室|转发市司法局关于进一步规范行政规范性文件|制定和监督管理工作实施意见的通知
示例市住房和城乡建设局|2023年度法治政府建设工作情况报告
示例市人力资源和社会保障局2023年|法治政府建设工作总结
示例市示例区人民政府|关于2023年法治政府建设|工作情况和2024年工作计划的报告
示例市市场监督管理局|关于2023年度推进法治政府建设情况的报告
示例市人民政府|关于公布继续有效、废止和失效的|行政规范性文件目录的决定
示例市人民政府办公室|关于做好2024年全国“八五”普法|中期评估验收准备工作的通知
示例市人民政府|关于示例市第十五届人民代表大会|第三次会议代表建议办理情况的报告
示例市人民政府关于修改|《示例市城市生活垃圾分类管理办法》等|三部政府规章的决定
示例市发展和改革委员会等5部门|关于印发示例市优化营商环境若干措施的通知
示例市司法局和示例市公安局|关于加强行政执法与刑事司法衔接工作的意见
示例市人民政府关于加快推进政务服务|“一网通办”和GB/T 9704-2012|标准化应用工作情况的报告
示例市和平区人民政府|关于和平区2023年度法治政府建设情况的报告
示例市城市管理委员会办公室|二〇二三年度法治政府建设工作报告
示例市民政局|关于印发《示例市社会救助对象认定办法》|《示例市临时救助实施细则》的通知
关于调整示例市人民政府|行政复议委员会组成人员的通知
示例市人民代表大会常务委员会|关于批准示例市2023年本级财政决算的决议
"""
PLEASING = TITLES.strip().split("\n")

NEVER_FIRST = "的和及与、》”），年"
NEVER_LAST = ("《", "“", "（", "关于", "和", "与", "及")
WORDS = [*sorted(DEFAULT_WORDS)[:80], "2023年度", *"的和、《》（）“”某 ", "示例市", "关于"]
titles = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map("".join)
quick = tries(80)


@pytest.mark.parametrize("pleasing", PLEASING)
def test_a_clerk_is_pleased(pleasing: str) -> None:
    assert break_title(pleasing.replace("|", "")) == tuple(pleasing.split("|"))


@pytest.mark.parametrize("pleasing", PLEASING)
def test_every_rule_is_kept_in_titles_of_real_shape(pleasing: str) -> None:
    lines = break_title(pleasing.replace("|", ""))
    assert len(lines) <= 4
    assert len(lines[-1]) > 2
    assert is_shapely([cells(line) for line in lines])
    for line in lines:
        assert cells(line) <= 20
    for line in lines[1:]:
        assert line[0] not in NEVER_FIRST
    for line in lines[:-1]:
        assert not line.endswith(NEVER_LAST)


def test_typed_line_breaks_are_kept() -> None:
    typed = "示例市人民政府关于\n 2023年度法治政府建设\n\n情况的报告\n"
    assert break_title(typed) == ("示例市人民政府关于", "2023年度法治政府建设", "情况的报告")


def test_a_typed_line_too_wide_for_the_paper_is_broken_further() -> None:
    typed = "示例市人民政府\n关于进一步加强行政规范性文件合法性审核工作的报告"
    assert break_title(typed)[0] == "示例市人民政府"
    assert all(cells(line) <= 20 for line in break_title(typed))


def test_a_title_of_one_line_only_has_a_line_end() -> None:
    assert break_title("示例市2023年度法治政府建设情况报告\n") == ("示例市2023年度法治政府建设情况报告",)
    assert break_title(" \n") == ()


def test_no_break_inside_a_word_the_caller_names() -> None:
    title = "示例市人民政府关于某某某某某某甲乙丙丁情况的报告"
    for word in ("某甲乙", "甲乙丙丁", "某某某某甲乙丙"):
        assert any(word in line for line in break_title(title, [word], capacity=12))


def test_joint_issuers_without_marks_between_them_stay_whole() -> None:
    lines = break_title("示例市医疗保障局示例市财政局关于做好2024年度城乡居民基本医疗保险参保缴费工作的通知")
    assert lines[0] == "示例市医疗保障局示例市财政局"


def test_a_name_in_title_marks_wider_than_a_line_is_broken_at_its_words() -> None:
    lines = break_title(
        "示例市人民政府关于贯彻落实《中共中央 国务院关于印发〈法治政府建设实施纲要（2021—2025年）〉的通知》情况的报告"
    )
    assert lines == (
        "示例市人民政府",
        "关于贯彻落实《中共中央 国务院",
        "关于印发〈法治政府建设实施纲要",
        "（2021—2025年）〉的通知》情况的报告",
    )


def test_only_what_cannot_be_broken_is_wider_than_the_paper() -> None:
    assert break_title("示例市人民政府关于" + "W" * 60 + "的报告") == ("示例市人民政府关于", "W" * 60, "的报告")


def test_a_very_long_title_takes_the_lines_it_needs() -> None:
    lines = break_title("示例市人民政府关于" + "推进行政执法和行政复议工作" * 8 + "的报告")
    assert len(lines) > 4
    assert all(cells(line) <= 20 for line in lines)


@pytest.mark.parametrize(
    "title", ["示" * 200, "示a" * 100, "《" * 200, "、的" * 100, "行政执法" * 50, "ab " * 66, "行" * 79 + "》"]
)
def test_200_characters_are_broken_whatever_they_are(title: str) -> None:
    lines = break_title(title)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")


@pytest.mark.parametrize(
    ("widths", "good"),
    [
        ([7, 17], True), ([17, 7], True), ([16, 16], False), ([16, 16.5], False), ([10, 15, 12], True), ([7, 12, 18], True),
        ([18, 7, 18], False), ([15, 15, 15], False), ([16, 16, 18], True), ([8, 14, 14, 9], True), ([14, 8, 15, 9], False), ([9], True),
    ],
)  # fmt: skip
def test_trapezoid_and_diamond(widths: list[float], good: bool) -> None:
    assert is_shapely(widths) is good


@quick
@example("《" * 30, 5)
@example("行政 " * 30, 3)
@given(titles, st.sampled_from([3, 8, 20, 30]))
def test_no_character_is_lost_and_no_line_too_wide(title: str, capacity: int) -> None:
    lines = break_title(title, capacity=capacity)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    assert all(cells(line) <= capacity or line == "2023年度" for line in lines)


@quick
@given(titles.filter(lambda title: " " not in title))
def test_joined_lines_are_the_title(title: str) -> None:
    assert "".join(break_title(title)) == title
    assert break_title(title) == break_title("\n".join(break_title(title)))
