"""What the review copy says of items, figures and findings, and at which place."""

from __future__ import annotations

from collections.abc import Iterable

from in_memory import Assembly, assembled

from jzreport.diagnostics import Diagnostic, Rule, Severity, Span
from jzreport.document import Annotation
from jzreport.review import review_copy

COVER = """
    结构:
      - 键: 导语
      - 键: 监督
        标题: 加强监督
"""
DRAFT = """
    章节: 监督
    填报单位: 市司法局
    正文: |
      这一节开头的话。
      还有一句。
    条目:
      - 标题: 行政复议
        正文: |
          受理{{ 受理 }}，{{ 受理.同比 }}。
          应诉率{{ 应诉率 }}。
        条目:
          - 标题: 下一级
      - 正文: |
          没有标题的一条。
          第二行。
    指标:
      受理:
        数值: 514件
        上年: 498件
        口径: 含往年结转。
        来源: 行政复议管理平台
      应诉率:
        数值: 92.1%
        上年: 89%
"""
RULE = Rule("F03", "比率", Severity.WARNING)


def of(author: str, assembly: Assembly, found: Iterable[Diagnostic] = ()) -> list[Annotation]:
    made = review_copy(assembly.document, assembly.report, found).annotations
    return [annotation for annotation in made if annotation.author == author]


def told(made: Iterable[Annotation]) -> list[tuple[str, ...]]:
    return [annotation.paragraphs for annotation in made]


def test_an_item_tells_its_department_file_and_line() -> None:
    made = of("来稿", assembled(COVER, DRAFT))
    assert told(made) == [(f"市司法局，01.yaml 第{line}行",) for line in (5, 8, 13, 15)]
    assert [annotation.span.line for annotation in made] == [5, 8, 13, 15]


def test_of_text_without_a_heading_the_first_words_are_marked() -> None:
    direct, *_, untitled = of("来稿", assembled(COVER, DRAFT))
    assert direct.span == Span.on_line("01.yaml", 5, 3, 7)
    assert untitled.span == Span.on_line("01.yaml", 15, 7, 7)


def test_a_figure_tells_its_change_definition_and_source_each_time_it_is_printed() -> None:
    made = of("指标", assembled(COVER, DRAFT))
    count = (
        "受理：514件，上年498件，增长3.2%，增加16件。",
        "口径：含往年结转。来源：行政复议管理平台。",
        "市司法局，01.yaml 第18行",
    )
    assert told(made) == [count, count, ("应诉率：92.1%，上年89%，提高3.1个百分点。", "市司法局，01.yaml 第23行")]
    assert [annotation.reference for annotation in made] == ["{{ 受理 }}", "{{ 受理.同比 }}", "{{ 应诉率 }}"]
    assert [annotation.span for annotation in made][:2] == [
        Span.on_line("01.yaml", 10, 9, 8),
        Span.on_line("01.yaml", 10, 18, 11),
    ]


def test_of_a_figure_nothing_is_told_that_was_not_given() -> None:
    assembly = assembled(COVER, "章节: 监督\n正文: 受理{{ 受理 }}。\n指标:\n  受理: 约5件\n")
    assert told(of("指标", assembly)) == [("受理：约5件。", "市司法局，01.yaml 第5行")]


def test_a_change_that_can_be_told_in_one_way_is_told_once() -> None:
    figure = "章节: 监督\n正文: 受理{{{{ 受理 }}}}。\n指标:\n  受理: {{数值: 5件, 上年: {}}}\n"
    changes = [told(of("指标", assembled(COVER, figure.format(previous))))[0][0] for previous in ("5件", "0件", "3人")]
    assert changes == ["受理：5件，上年5件，与上年持平。", "受理：5件，上年0件，增加5件。", "受理：5件，上年3人。"]


def test_a_figure_of_another_draft_names_that_draft() -> None:
    other = "章节: 导语\n填报单位: 市公安局\n正文: 开头。\n指标:\n  受理: 5件\n"
    assembly = assembled(COVER, "章节: 监督\n正文: 受理{{ 受理 }}。\n", other)
    assert told(of("指标", assembly)) == [("受理：5件。", "市公安局，02.yaml 第5行")]


def test_a_figure_that_is_part_of_another_tells_its_share() -> None:
    figures = "指标:\n  受理: 8件\n  办结:\n    数值: 6件\n    总数: 受理\n"
    assembly = assembled(COVER, "章节: 监督\n正文: 办结{{ 办结 }}，占{{ 办结.占比 }}。\n" + figures)
    assert told(of("指标", assembly))[1] == ("办结：6件。", "占“受理”（8件）的75%。", "市司法局，01.yaml 第6行")


def test_titles_of_nodes_captions_and_cells_tell_their_figures_too() -> None:
    cover = "结构:\n  - 键: 监督\n    标题: 受理{{ 受理 }}\n"
    table = "正文:\n  - 表格:\n      标题: 共{{ 受理 }}\n      表头: [受理, 单位]\n      行:\n"
    row = '        - ["{{ 受理.数值 }}", "{{ 受理.单位 }}"]\n'
    assembly = assembled(cover, "章节: 监督\n" + table + row + "指标:\n  受理: 5件\n")
    made = of("指标", assembly)
    assert [annotation.span.file for annotation in made] == ["report.yaml", "01.yaml", "01.yaml"]
    assert made[-1].reference == "{{ 受理.数值 }}"  # a unit alone is no number


def test_a_cell_of_a_csv_file_tells_the_reference_it_was_printed_for() -> None:
    draft = "章节: 监督\n正文:\n  - 表格:\n      文件: 表.csv\n指标:\n  受理: 5件\n  办结: 4件\n"
    assembly = assembled(COVER, draft, files={"表.csv": "受理,办结\n{{ 受理 }},{{ 办结 }}\n".encode()})
    made = of("指标", assembly)
    assert [annotation.reference for annotation in made] == ["{{ 受理 }}", "{{ 办结 }}"]
    assert made[0].span == made[1].span  # of a CSV only the line is known
    assert told(of("来稿", assembly)) == [("市司法局，01.yaml 第5行",)]


def test_a_finding_tells_message_hint_other_places_and_its_own() -> None:
    place = Span.on_line("01.yaml", 10, 9, 8)
    finding = Diagnostic(
        RULE, place, "写成了“15%”。", "请改成“15个百分点”。", ((Span("02.yaml", 3, 1, 3, 2), "另一处"),)
    )
    (made,) = of("校对", assembled(COVER, DRAFT), [finding, finding])
    assert made == Annotation(
        "校对",
        place,
        ("提醒 F03：写成了“15%”。", "改法：请改成“15个百分点”。", "另见：02.yaml 第3行，另一处", "01.yaml 第10行"),
    )


def test_a_finding_where_nothing_is_printed_goes_to_what_is_printed_for_it() -> None:
    assembly = assembled(COVER, DRAFT)
    figure = (assembly.report.figures or {})["受理"]
    node = assembly.report.root.children[1]
    assert figure.previous
    places = (figure.span, figure.value.text.span(), figure.previous.text.span(), node.span)
    made = of("校对", assembly, [Diagnostic(RULE, place, "有问题。") for place in places if place])
    printed = Span.on_line("01.yaml", 10, 9, 8)
    assert {(annotation.paragraphs[-1], annotation.span) for annotation in made} == {
        ("01.yaml 第18行", printed),
        ("01.yaml 第19行", printed),
        ("01.yaml 第20行", printed),
        (f"report.yaml 第{node.span.line}行", node.title.span() if node.title else None),
    }


def test_what_a_reader_or_xml_cannot_bear_is_told_by_its_code() -> None:
    finding = Diagnostic(RULE, Span("坏\x01\ud800\uffff.yaml"), "甲\u202e乙" + "长" * 500)
    message, place = told(of("校对", assembled(COVER, DRAFT), [finding]))[0]
    assert message.startswith("提醒 F03：甲<U+202E>乙长") and len(message) < 500
    assert place == "坏<U+0001><U+D800><U+FFFF>.yaml"
