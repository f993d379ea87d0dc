from __future__ import annotations

from textwrap import dedent, indent

import in_memory
import pytest

from jzreport.compose import compose
from jzreport.diagnostics import Diagnostic
from jzreport.document import Heading, Masthead, Paragraph, Picture, RunInParagraph, SignOff, Table
from jzreport.render.text import body_lines
from jzreport.report import read_report
from jzreport.text import Text

ONE = "结构: [{键: 甲}]\n"
TEXT = "章节: 甲\n正文: 略。\n"


def below(style: str, items: str, more: str = "") -> in_memory.Assembly:
    """Return a report of one untitled node whose children are numbered in a style."""
    numbering = f", 编号: {style}" if style else ""
    listed = indent(dedent(items).strip("\n"), "  ")
    return in_memory.assembled(f"结构: [{{键: 甲{numbering}{more}}}]\n", f"章节: 甲\n条目:\n{listed}\n")


TWO_ITEMS = "- {标题: 甲事, 正文: 做好甲事。}\n- {标题: 乙事, 正文: 做好乙事。}\n"


@pytest.mark.parametrize(
    ("style", "lines"),
    [
        ("一、", ["一、甲事", "做好甲事。", "二、乙事", "做好乙事。"]),
        ("（一）", ["（一）甲事", "做好甲事。", "（二）乙事", "做好乙事。"]),
        ("1.", ["1.甲事。做好甲事。", "2.乙事。做好乙事。"]),
        ("1、", ["1、甲事。做好甲事。", "2、乙事。做好乙事。"]),
        ("（1）", ["（1）甲事。做好甲事。", "（2）乙事。做好乙事。"]),
        ("一是", ["一是甲事。做好甲事。", "二是乙事。做好乙事。"]),
        ("无", ["甲事", "做好甲事。", "乙事", "做好乙事。"]),
    ],
)
def test_every_style_of_numbering_is_printed_its_way(style: str, lines: list[str]) -> None:
    assert below(style, TWO_ITEMS).lines == lines


@pytest.mark.parametrize(
    ("style", "run_in", "first"),
    [
        ("一、", "是", "一、甲事。做好甲事。"),
        ("（一）", "是", "（一）甲事。做好甲事。"),
        ("无", "是", "甲事。做好甲事。"),
        ("1.", "否", "1.甲事"),
        ("（1）", "否", "（1）甲事"),
        ("一是", "否", "一是甲事"),
    ],
)
def test_whether_headings_run_in_can_be_said_both_ways(style: str, run_in: str, first: str) -> None:
    assert below(style, TWO_ITEMS, f", 接排: {run_in}").lines[0] == first


def test_parts_sections_items_and_points_are_numbered_by_depth() -> None:
    found = in_memory.assembled(
        "结构: [{键: 甲, 标题: 部分, 章节: [{键: 乙, 标题: 小节}]}]",
        """
        章节: 乙
        条目:
          - 标题: 条目
            正文: 正文。
            条目:
              - {标题: 小点, 正文: 文字。}
              - {标题: 又一小点}
        """,
    )
    assert found.lines == ["一、部分", "（一）小节", "1.条目。正文。", "（1）小点。文字。", "（2）又一小点。"]
    ranks = [block.rank for block in found.blocks if isinstance(block, Heading | RunInParagraph)]
    assert ranks == [1, 2, 3, 4, 4]
    assert [block.level for block in found.blocks if isinstance(block, Heading)] == [1, 2]


def test_an_item_may_number_its_own_items() -> None:
    items = """
    - 标题: 甲事
      编号: 一是
      接排: 否
      条目: [{标题: 其一, 正文: 文字。}]
    """
    assert below("", items).lines == ["一、甲事", "一是其一", "文字。"]


def test_a_node_without_title_prints_none_and_takes_no_number() -> None:
    found = in_memory.assembled(
        "结构: [{键: 导语}, {键: 甲, 标题: 甲}, {键: 过渡}, {键: 乙, 标题: 乙}]",
        "章节: 导语\n正文: 导语。\n",
        "章节: 甲\n正文: 甲文。\n",
        "章节: 过渡\n正文: 过渡。\n",
        "章节: 乙\n正文: 乙文。\n",
    )
    assert found.lines == ["导语。", "一、甲", "甲文。", "过渡。", "二、乙", "乙文。"]


def test_an_untitled_node_numbers_its_children_as_the_level_it_stands_on() -> None:
    found = in_memory.assembled(
        "结构: [{键: 甲, 标题: 甲, 章节: [{键: 乙}, {键: 丙, 编号: 一是}]}]",
        "章节: 乙\n条目: [{标题: 一}, {标题: 二}]\n",
        "章节: 丙\n正文: 引文。\n条目: [{正文: 打好基础。}, {正文: 抓好落实。}]\n",
    )
    assert found.lines == ["一、甲", "（一）一", "（二）二", "引文。", "一是打好基础。", "二是抓好落实。"]


def test_numbers_restart_below_unnumbered_group_titles() -> None:
    found = in_memory.assembled(
        """
        编号: 无
        结构:
          - {键: 工作, 标题: 今年工作, 章节: [{键: 甲, 标题: 甲}, {键: 乙, 标题: 乙}]}
          - {键: 打算, 标题: 明年打算, 章节: [{键: 丙, 标题: 丙}]}
        """
    )
    assert found.lines == ["今年工作", "一、甲", "二、乙", "明年打算", "一、丙"]
    assert [(b.rank, b.level) for b in found.blocks if isinstance(b, Heading)] == [
        (0, 1),
        (1, 2),
        (1, 2),
        (0, 1),
        (1, 2),
    ]


def test_numbers_run_on_where_that_is_asked_for() -> None:
    found = in_memory.assembled(
        """
        结构:
          - {键: 甲, 标题: 甲, 章节: [{键: 子, 标题: 子}, {键: 丑, 标题: 丑}]}
          - {键: 乙, 标题: 乙, 续号: 是, 章节: [{键: 寅, 标题: 寅}]}
          - {键: 丙, 标题: 丙, 续号: 是}
          - {键: 丁, 标题: 丁, 续号: 是, 章节: [{键: 卯, 标题: 卯}]}
          - {键: 戊, 标题: 戊, 章节: [{键: 辰, 标题: 辰}]}
        """,
        "章节: 丙\n条目: [{标题: 条}]\n",
    )
    expected = "一、甲 （一）子 （二）丑 二、乙 （三）寅 三、丙 （四）条 四、丁 （五）卯 五、戊 （一）辰"
    assert found.lines == expected.split()


def test_text_may_stand_under_any_heading_before_what_is_below_it() -> None:
    found = in_memory.assembled(
        "结构: [{键: 甲, 标题: 甲, 章节: [{键: 乙, 标题: 乙}]}]",
        "章节: 甲\n正文: 甲的话。\n",
        "章节: 乙\n正文: |\n  乙的话。\n\n  又一段。\n条目: [{标题: 条, 正文: 条文。}]\n",
    )
    assert found.lines == ["一、甲", "甲的话。", "（一）乙", "乙的话。", "又一段。", "1.条。条文。"]


def test_several_drafts_share_a_section_and_a_parent() -> None:
    found = in_memory.assembled(
        "结构: [{键: 甲, 标题: 甲, 牵头单位: 子局, 配合单位: [丑局], 章节: [{键: 乙, 标题: 乙}]}]",
        "章节: 甲\n填报单位: 丑局\n正文: 丑局的话。\n条目: [{标题: 丑局一条}]\n",
        "章节: 甲\n填报单位: 子局\n正文: 子局的话。\n条目: [{标题: 子局一条}]\n",
        "章节: 乙\n正文: 乙文。\n",
    )
    printed = ["一、甲", "子局的话。", "丑局的话。", "（一）子局一条", "（二）丑局一条", "（三）乙", "乙文。"]
    assert found.lines == printed


def test_items_may_lack_their_title_or_their_text() -> None:
    items = "- {正文: 没有标题。}\n- {标题: 没有正文}\n- {标题: 都有, 正文: 文字。}\n"
    assert below("1.", items).lines == ["1.没有标题。", "2.没有正文。", "3.都有。文字。"]
    assert below("（一）", items).lines == ["（一）没有标题。", "（二）没有正文", "（三）都有", "文字。"]


@pytest.mark.parametrize("title", ["甲事。", "怎么办？", "甲事：", "甲事；", "办！", "等等……"])
def test_a_run_in_heading_that_ends_with_a_sign_gets_no_second_one(title: str) -> None:
    assert below("1.", f"- {{标题: '{title}', 正文: 文字。}}").lines == [f"1.{title}文字。"]


def test_a_run_in_heading_takes_the_first_paragraph_only() -> None:
    found = below("1.", "- 标题: 甲事\n  正文: |\n    第一段。\n\n    第二段。\n")
    assert found.lines == ["1.甲事。第一段。", "第二段。"]
    assert [type(block) for block in found.blocks] == [RunInParagraph, Paragraph]


def test_a_heading_stands_alone_before_items_or_a_table() -> None:
    table = "- 标题: 甲事\n  正文:\n    - 表格: {标题: 表, 表头: [单位, 件数], 行: [[甲县, '5']]}\n    - 如上表。\n"
    found = below("1.", table)
    assert found.lines == ["1.甲事", "表", "单位\t件数", "甲县\t5", "如上表。"]
    assert [type(block) for block in found.blocks] == [Heading, Table, Paragraph]
    assert below("1.", "- 标题: 甲事\n  条目: [{标题: 小点, 正文: 文字。}]\n").lines[0] == "1.甲事"


def test_a_picture_is_printed_when_its_file_is_there_and_left_out_when_not() -> None:
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03\x08\0\0\0\0" + b"\0" * 8 + b"IEND\xaeB`\x82"
    text = "章节: 甲\n正文:\n  - 图片: {文件: 图.png, 说明: 图名, 替代文字: 两年对比}\n"
    found = in_memory.assembled(ONE, text, files={"图.png": png})
    (picture,) = found.blocks
    assert isinstance(picture, Picture)
    assert (picture.image.width, picture.image.height, str(picture.description)) == (2, 3, "两年对比")
    assert found.lines == ["[图片：图名]"]
    assert in_memory.assembled(ONE, text).lines == []


def test_attachments_number_themselves_and_carry_their_labels() -> None:
    attachments = """
        附件:
          - {键: 子, 标题: 重点任务安排, 编号: 一、, 章节: [{键: 寅, 标题: 任务}, {键: 卯, 标题: 措施}]}
          - {键: 丑, 标题: 清理目录}
    """
    document = in_memory.assembled(
        ONE.replace("甲}", "甲, 标题: 甲}") + dedent(attachments),
        "章节: 甲\n条目: [{标题: 条}]\n",
        "章节: 寅\n条目: [{标题: 小节}]\n",
        "章节: 卯\n正文: 略。\n",
        "章节: 丑\n正文: 目录如下。\n条目: [{标题: 第一类}]\n",
    ).document
    assert [attachment.label for attachment in document.attachments] == ["附件1", "附件2"]
    assert document.attachment_list == (("1. ", "重点任务安排"), ("2. ", "清理目录"))
    bodies = [list(body_lines(attachment.body)) for attachment in document.attachments]
    assert bodies == [["一、任务", "（一）小节", "二、措施", "略。"], ["目录如下。", "一、第一类"]]


def test_a_single_attachment_has_no_number() -> None:
    document = in_memory.assembled(f"{ONE}附件: [{{键: 子}}]\n", TEXT, "章节: 子\n正文: 略。\n").document
    assert [(a.label, a.name, a.title) for a in document.attachments] == [("附件", "子", ("子",))]
    assert document.attachment_list == (("", "子"),)


PROMISES = """
    上年承诺:
      - {内容: 出台监督办法, 责任单位: [市司法局, 市财政局], 情况: 结转, 说明: 列入明年计划}
      - {内容: 建好平台, 情况: 完成, 见: 甲}
    """


def test_last_years_promises_are_printed_as_the_last_attachment_if_the_office_wants_it() -> None:
    cover = f"{ONE}承诺落实表: 是\n附件: [{{键: 子, 标题: 目录}}]\n{dedent(PROMISES)}"
    first, last = in_memory.assembled(cover, TEXT, "章节: 子\n正文: 略。\n").document.attachments
    assert (first.label, last.label, last.name) == ("附件1", "附件2", "上年承诺落实情况")
    (table,) = last.body
    assert isinstance(table, Table)
    assert [[str(cell) for cell in row] for row in (table.header, *table.rows)] == [
        ["序号", "承诺内容", "责任单位", "落实情况", "说明"],
        ["1", "出台监督办法", "市司法局、市财政局", "结转", "列入明年计划"],
        ["2", "建好平台", "", "完成", "见“甲”"],
    ]


def test_promises_stay_in_the_office_otherwise() -> None:
    assert not in_memory.assembled(f"{ONE}承诺落实表: 否\n{dedent(PROMISES)}", TEXT).document.attachments


def test_a_list_of_promises_that_is_not_there_is_told() -> None:
    problems: list[Diagnostic] = []
    read_report(in_memory.typed(in_memory.COVER + "结构: [{键: 甲}]\n承诺落实表: 是\n", "report.yaml"), problems)
    assert [(p.rule.code, p.span.line, p.message) for p in problems] == [
        ("S01", 6, "写了“承诺落实表”，没有写“上年承诺”。")
    ]


def test_what_is_not_given_is_not_printed() -> None:
    document = in_memory.assembled(ONE, TEXT).document
    assert (document.masthead, document.sign_off, document.colophon) == (None, None, None)
    assert not (document.addressees or document.closing or document.note or document.attachments)


@pytest.mark.parametrize(
    "line", ["份号: '000001'", "密级: 秘密", "紧急程度: 特急", "发文字号: 示府〔2024〕8号", "签发人: 张某"]
)
def test_any_element_of_the_head_brings_a_head(line: str) -> None:
    assert in_memory.assembled(f"{ONE}{line}\n", TEXT).document.masthead is not None


def masthead(cover: str) -> Masthead:
    made = in_memory.assembled(ONE + dedent(cover), TEXT).document.masthead
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("typed", "mark", "suffix"),
    [
        ("示例市人民政府文件", ("示例市人民政府文件",), ""),
        ("示例市人民政府", ("示例市人民政府",), ""),
        ("[示例市司法局, 示例市公安局]", ("示例市司法局", "示例市公安局"), ""),
        ("[示例市司法局, 示例市公安局, 文件]", ("示例市司法局", "示例市公安局"), "文件"),
        ("[示例市司法局, 文件]", ("示例市司法局文件",), ""),
        ("文件", ("文件",), ""),
    ],
)
def test_the_issuers_mark_ends_as_it_is_typed(typed: str, mark: tuple[str, ...], suffix: str) -> None:
    made = masthead(f"发文机关标志: {typed}\n")
    assert (made.issuer_mark, made.mark_suffix) == (mark, suffix)


@pytest.mark.parametrize(("typed", "printed"), [("密级: 秘密\n保密期限: 1年\n", "秘密★1年"), ("密级: 机密\n", "机密")])
def test_the_term_of_secrecy_follows_a_star(typed: str, printed: str) -> None:
    assert masthead(typed).classification == printed


@pytest.mark.parametrize(
    ("typed", "signed"),
    [
        ("署名: 示例市人民政府\n成文日期: 2024-02-06\n", SignOff(("示例市人民政府",), "2024年2月6日", False)),
        ("署名: [示例市司法局, 示例市公安局]\n", SignOff(("示例市司法局", "示例市公安局"), "", False)),
        ("成文日期: 2024-12-26\n用印: 是\n", SignOff((), "2024年12月26日", True)),
        ("用印: 是\n", None),
    ],
)
def test_signature_date_and_seal_are_as_given(typed: str, signed: SignOff | None) -> None:
    assert in_memory.assembled(ONE + typed, TEXT).document.sign_off == signed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("示例省司法厅", "示例省司法厅。"),
        ("示例省司法厅。", "示例省司法厅。"),
        ("[示例省司法厅, 示例市人大常委会]", "示例省司法厅，示例市人大常委会。"),
        ("[示例省司法厅；, 示例市人大常委会。]", "示例省司法厅，示例市人大常委会。"),
    ],
)
def test_copies_end_with_one_full_stop(typed: str, printed: str) -> None:
    colophon = in_memory.assembled(f"{ONE}抄送: {typed}\n", TEXT).document.colophon
    assert colophon is not None
    assert (colophon.copies_to, colophon.printing_office, colophon.printing_date) == (printed, "", "")


def test_the_printing_date_says_that_it_is_one() -> None:
    colophon = in_memory.assembled(
        f"{ONE}印发机关: 示例市人民政府办公室\n印发日期: 2024-02-07\n", TEXT
    ).document.colophon
    assert colophon is not None
    assert (colophon.printing_office, colophon.printing_date) == ("示例市人民政府办公室", "2024年2月7日印发")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("此件公开发布", "此件公开发布"),
        ("（此件公开发布）", "此件公开发布"),
        ("(此件公开发布)", "此件公开发布"),
        ("联系人：张某（办公室）", "联系人：张某（办公室）"),
        ("（联系人：张某（办公室））", "联系人：张某（办公室）"),
        ("（公开）印发范围（略）", "（公开）印发范围（略）"),
    ],
)
def test_a_note_has_one_pair_of_brackets_around_it(typed: str, printed: str) -> None:
    assert in_memory.assembled(f"{ONE}附注: {typed}\n", TEXT).document.note == printed


@pytest.mark.parametrize("typed", ["示例省人民政府", "示例省人民政府：", "'示例省人民政府:'"])
def test_addressees_have_one_colon_after_them(typed: str) -> None:
    assert in_memory.assembled(f"{ONE}主送机关: {typed}\n", TEXT).document.addressees == "示例省人民政府"


def test_the_title_keeps_the_line_breaks_that_were_typed() -> None:
    one = in_memory.assembled(ONE, TEXT).document
    assert (one.name, one.title) == ("示例市2023年度法治政府建设情况报告", ("示例市2023年度法治政府建设情况报告",))
    two = in_memory.cover(ONE)
    title = ("示例市人民政府", "关于2023年度法治政府建设情况的报告")
    document = compose(two._replace(title=tuple(map(Text.made, title))), in_memory.HOUSE)
    assert (document.name, document.title) == ("".join(title), title)


def test_every_printed_character_knows_its_line() -> None:
    found = in_memory.assembled(
        "结构: [{键: 甲, 标题: 甲}]",
        "章节: 甲\n条目:\n  - 标题: 标题\n    编号: 1.\n    条目:\n      - 标题: 点\n        正文: |\n          受理{{ 受理 }}。\n指标: {受理: 5件}\n",
    )
    *_, point = found.blocks
    assert isinstance(point, RunInParagraph)
    heading, text = point.heading.span(), point.text.span()
    assert heading is not None and text is not None
    assert (heading.line, text.line, text.column, text.end_column) == (7, 9, 11, 22)
