from __future__ import annotations

import in_memory

from jzreport.render.text import render

WHOLE = """
份号: '000001'
密级: 秘密
保密期限: 1年
紧急程度: 特急
发文机关标志: [示例市司法局, 示例市公安局, 文件]
发文字号: 示司〔2024〕8号
签发人: [张某, 李某]
主送机关: 示例市人民政府
结语: 特此报告。
署名: [示例市司法局, 示例市公安局]
成文日期: 2024-02-06
附注: 此件公开发布
抄送: [示例省司法厅]
印发机关: 示例市司法局办公室
印发日期: 2024-02-07
来源: 示例市人民政府网
附件:
  - {键: 子, 标题: 任务安排}
  - {键: 丑, 标题: 清理目录}
结构:
  - {键: 甲, 标题: 甲}
"""
PRINTED = """
000001
秘密★1年
特急

示例市司法局
示例市公安局文件

示司〔2024〕8号
签发人：张某　李某

示例市2023年度法治政府建设情况报告

示例市人民政府：
一、甲
甲文。
特此报告。

附件：1. 任务安排
2. 清理目录

示例市司法局
示例市公安局
2024年2月6日

（此件公开发布）

附件1

任务安排

子文。

附件2

清理目录

丑文。

抄送：示例省司法厅。
示例市司法局办公室　2024年2月7日印发

来源：示例市人民政府网
"""
DRAFTS = [f"章节: {key}\n正文: {key}文。\n" for key in "甲子丑"]


def test_every_element_stands_in_the_order_of_the_paper() -> None:
    assert render(in_memory.assembled(WHOLE, *DRAFTS).document) == PRINTED.lstrip("\n")


def test_what_was_not_given_leaves_no_empty_line() -> None:
    text = render(in_memory.assembled("结构: [{键: 甲}]\n", DRAFTS[0]).document)
    assert text == "示例市2023年度法治政府建设情况报告\n\n甲文。\n"


def test_a_single_attachment_is_listed_without_a_number() -> None:
    found = in_memory.assembled("结构: [{键: 甲}]\n附件: [{键: 子, 标题: 任务安排}]\n", *DRAFTS[:2])
    assert render(found.document).endswith("甲文。\n\n附件：任务安排\n\n附件\n\n任务安排\n\n子文。\n")


def test_a_table_is_a_line_a_row_with_tabs_and_may_lack_caption_and_header() -> None:
    found = in_memory.assembled(
        "结构: [{键: 甲}]\n",
        """
        章节: 甲
        正文:
          - 表格: {标题: 办件, 表头: [单位, 件数], 行: [[甲县, '5'], [乙县, '']]}
          - 表格: {行: [[丙区, '7']]}
        """,
    )
    assert found.lines == ["办件", "单位\t件数", "甲县\t5", "乙县\t", "丙区\t7"]
