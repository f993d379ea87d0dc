from __future__ import annotations

import pytest
from in_memory import typed as read

from jzreport.nodes import Mapping, Scalar, Sequence
from jzreport.templating import TemplateError, Templates, typed


def made(text: str, **values: object) -> str:
    return Templates({"甲.yaml.j2": text}.get).render("甲.yaml.j2", values)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "甲",
            "2024-01-15",
            "有: 冒号",
            "完成编号 #12",
            "- 短横",
            "{{ 名 }}",
            "受理{{ 名 }}件",
            "[甲]",
            "#甲",
            "* 甲",
        ),
        *(
            '说"好"',
            "说'好'",
            "'",
            '"',
            "反\\斜",
            "末尾:",
            "@甲",
            "%甲",
            "甲,乙",
            "a: 'b' \"c\"",
            "？：，",
            "!甲",
            "&甲",
            "|",
        ),
    ],
)
def test_what_is_typed_is_read_as_itself(text: str) -> None:
    root = read(f"项: {typed(text)}\n表: {typed([text, '乙'])}\n", "稿.yaml")
    assert isinstance(root, Mapping)
    value, listed = (entry.value for entry in root.entries)
    assert isinstance(value, Scalar) and str(value.lines[0]) == text
    assert isinstance(listed, Sequence) and isinstance(listed.items[0], Scalar)
    assert str(listed.items[0].lines[0]) == text


def test_nothing_and_flags_are_typed_as_one_types_them() -> None:
    assert [typed(value) for value in ("", None, [], True, False, 2, ["甲"])] == ["", "", "", "是", "否", "2", "[甲]"]


def test_blanks_at_line_ends_are_left_out() -> None:
    assert made("日期: {{ 日期 | 值 }}\n尾\n", 日期="") == "日期:\n尾\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("甲\n{{ 乙\n", "templates/甲.yaml.j2 第2行：写法有误，"),
        ("甲\n{% if 乙 %}\n", "templates/甲.yaml.j2 第2行：写法有误，"),
        ("甲\n{{ 年份 }}\n", "templates/甲.yaml.j2 第2行：没有“年份”，可以用的名称写在这个模板的开头。"),
        ("甲\n\n{{ 甲.无 }}\n", "templates/甲.yaml.j2 第3行：没有“无”，"),
        ("{{ 1 / 0 }}\n", "templates/甲.yaml.j2 第1行：运行到这里出错，"),
        ("{{ 甲.__class__.__mro__ }}\n", "templates/甲.yaml.j2 第1行："),
        ("{% include '../../etc/passwd' %}\n", "没有这个模板；模板只能用 templates 文件夹里的。"),
        ("{% include 'report.yaml' %}\n", "没有这个模板；"),
        ("{{ 甲 | 没有的过滤器 }}\n", "templates/甲.yaml.j2 第1行："),
    ],
)
def test_a_broken_template_is_told_with_its_file_and_line(text: str, told: str) -> None:
    with pytest.raises(TemplateError) as caught:
        made(text, 甲={"乙": 1})
    assert told in str(caught.value)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "report.yaml", "../甲.j2", "data\\\\甲.j2"])
def test_no_file_but_a_template_is_ever_asked_for(name: str) -> None:
    asked: list[str] = []

    def load(wanted: str) -> str:
        asked.append(wanted)
        return f"{{% include '{name}' %}}" if wanted == "甲.yaml.j2" else "密"

    with pytest.raises(TemplateError, match="没有这个模板"):
        Templates(load).render("甲.yaml.j2", {})
    assert asked == ["甲.yaml.j2"]


def test_what_a_template_includes_is_told_by_its_own_name() -> None:
    files = {"甲.yaml.j2": "{% include '乙.yaml.j2' %}", "乙.yaml.j2": "好\n{{ 无 }}"}
    with pytest.raises(TemplateError, match=r"templates/乙\.yaml\.j2 第2行"):
        Templates(files.get).render("甲.yaml.j2", {})


def test_values_never_become_templates() -> None:
    assert made("{{ 文 }}", 文="{{ 7 * 7 }}{% raw %}") == "{{ 7 * 7 }}{% raw %}"
