"""The key tables: every Chinese key an office may write in its files, with its English name, kind and meaning.

This is the one place where a key is spelled. An attribute of a record is the checked value (None: not given).
"""

from __future__ import annotations

from typing import ClassVar

from jzreport.encoding import AS_TABLE
from jzreport.fields import Field, Record
from jzreport.kinds import (
    CELLS,
    DATE,
    FLAG,
    LINE,
    LINES,
    NAMES,
    NUMBER,
    ROWS,
    YEAR,
    choice,
    choices,
    named,
    record,
    records,
    text_or_blocks,
)
from jzreport.numbering import NumberingStyle

# The contents the 2019 rule (法治政府建设与责任落实督察工作规定) asks of every annual report.
REQUIRED_CONTENTS = ("主要举措和成效", "存在的不足", "第一责任人职责", "下一年度安排", "其他需要报告的情况")

# What may have become of a promise.
ANSWERS = ("完成", "推进中", "结转", "取消")

_STYLE = choice(*(style.value for style in NumberingStyle))


class WaiverKeys(Record):
    """豁免: a finding the office knows of and lets stand."""

    what = "豁免"
    # Clerks who are told to write one have nothing to go by but its name.
    pattern = (
        "请写成这样四行，左边的空格照写，内容换成自己的："
        "“豁免:”“  - 规则: F03”“    原文: 较上年提高15%”“    原因: 公布的原文如此”。"
    )
    code = Field("规则", LINE, "要豁免的规则编号", required=True, example="F03")
    quote = Field("原文", LINE, "稿件里的原话", required=True, example="较上年提高15%", called=("原话", "原句"))
    reason = Field("原因", LINE, "为什么保留", required=True, example="原文如此", called=("理由",))


class TableKeys(Record):
    """表格 in a 正文."""

    what = "表格"
    caption = Field("标题", LINE, "表名，印在表格上方居中")
    header = Field("表头", CELLS, "各列的名称；表格跨页时每页重复", example="[单位, 受理, 办结]")
    rows = Field("行", ROWS, "各行的内容，每行写成“- [甲, 乙]”")
    file = Field("文件", LINE, "改从 CSV 文件读取时写文件名，第一行是表头", example="附表/明细.csv")


class PictureKeys(Record):
    """图片 in a 正文."""

    what = "图片"
    file = Field(
        "文件", LINE, "图片的文件名（PNG 或 JPEG），从年度文件夹算起", required=True, example="图片/趋势图.png"
    )
    caption = Field("说明", LINE, "图名，印在图片下方居中")
    description = Field(
        "替代文字", LINE, "给看不到图的人读的一句话", required=True, example="近三年行政复议案件数的柱形图"
    )


class BlockKeys(Record):
    """One entry of a 正文 that is a list and is not text."""

    what = "正文里的这一块"
    table = Field("表格", record(lambda: TableKeys), "一张表格")
    picture = Field("图片", record(lambda: PictureKeys), "一张图片")


# Where a block belongs that stands outside a 正文, or inside its text: the lines as they must stand.
IN_BODY = {
    BlockKeys.table.key: AS_TABLE.removeprefix("若是表格，"),
    BlockKeys.picture.key: (
        "“正文:”后面不写“|”，请写成这样几行，左边的空格照写，内容换成自己的："
        "“正文:”“  - 前面的文字。”“  - 图片:”“      文件: ……”“      替代文字: ……”；"
        "“正文:”前面原有空格的，这几行都再多空同样几格。"
    ),
}


class ContentKeys(Record):
    """What a draft and an item have in common."""

    elsewhere: ClassVar[dict[str, str]] = IN_BODY

    body = Field(
        "正文",
        text_or_blocks(lambda: BlockKeys),
        "文字，用“|”起头；空一行是另起一段。也可以是列表，夹放表格和图片",
        called=("内容", "文字"),
    )
    items = Field("条目", records(lambda: ItemKeys), "下一级的各条，不写序号，由程序编号")


class ItemKeys(ContentKeys):
    """条目: one numbered item."""

    what = "条目"
    title = Field(
        "标题",
        LINE,
        "这一条的标题，不写序号，末尾不加句号",
        example="依法实施市场监管",
        called=("题目", "小标题", "名称"),
    )
    place = Field("序", NUMBER, "印在本节的第几条；不写就按先后", example="2")
    numbering = Field("编号", _STYLE, "下一级条目的编号样式")
    run_in = Field("接排", FLAG, "下一级条目的标题是否与正文排在同一段")


class FigureKeys(Record):
    """指标 written as a mapping."""

    what = "指标"
    value = Field("数值", LINE, "照印出来的样子写，连同单位", required=True, example="514件")
    previous = Field("上年", LINE, "上一年的数值，写法相同", example="498件")
    definition = Field("口径", LINE, "统计范围和算法", example="全市，含往年结转")
    source = Field("来源", LINE, "数字从哪里来", example="行政复议管理平台")
    parts = Field("其中", NAMES, "各分项指标的名称，加起来应等于本指标", example="[市本级受理, 县区受理]")
    whole = Field("总数", LINE, "本指标占哪个指标的一部分", example="行政复议受理")
    remark = Field("备注", LINE, "给办公室看的话，不印")


class DraftKeys(ContentKeys):
    """来稿: one department's text for one section."""

    what = "来稿"
    node_key = Field("章节", LINE, "本稿属于哪一节，填报告结构里的“键”", required=True, example="监督问效")
    department = Field("填报单位", LINE, "交稿的单位", required=True, example="市司法局", called=("单位", "部门"))
    author = Field("填报人", LINE, "不印")
    reviewer = Field("审核人", LINE, "不印")
    date = Field("填报日期", DATE, "不印", example="2024-01-10")
    figures = Field("指标", named(lambda: FigureKeys), "本稿的数字，一个数只写一次，正文里用“{{ 名称 }}”引用")
    waivers = Field("豁免", records(lambda: WaiverKeys), "明知而保留的问题")


class PromiseKeys(Record):
    """上年承诺: what last year's report said would be done, and what became of it."""

    what = "承诺"
    content = Field("内容", LINE, "上年报告里的打算", required=True, example="持续优化法治化营商环境")
    departments = Field("责任单位", NAMES, "谁来做", example="市司法局")
    answer = Field("情况", choice(*ANSWERS, guesses=False), "落实得怎样", may_be_blank=True, example="完成")
    explanation = Field("说明", LINE, "做到哪一步；没有做完的，为什么、怎么办", may_be_blank=True)
    shown_in = Field(
        "见",
        NAMES,
        "本年度报告里写到它的条目（标题），或章节（键）",
        may_be_blank=True,
        example="持续优化营商环境",
    )


class NumberedKeys(Record):
    """What says how children are numbered."""

    numbering = Field("编号", _STYLE, "下一级标题的编号样式；不写就按层级")
    run_in = Field("接排", FLAG, "下一级标题是否与正文排在同一段")


class NodeKeys(NumberedKeys):
    """结构 and 附件: one node of the report's tree."""

    what = "章节"
    key = Field("键", LINE, "短名，来稿用它指明自己属于哪一节", required=True, example="组织领导")
    title = Field("标题", LINE, "印出的标题，不写序号；没有标题就不编号", called=("题目", "名称"))
    lead_department = Field("牵头单位", LINE, "负责本节的单位", example="市司法局")
    supporting_departments = Field("配合单位", NAMES, "一起供稿的单位", example="[市公安局, 市财政局]")
    required_contents = Field("必报内容", choices(*REQUIRED_CONTENTS), "本节报告哪些规定内容")
    continued = Field("续号", FLAG, "下一级的编号是否接着上一节往下编")
    children = Field("章节", records(lambda: NodeKeys), "下一级章节")


class ReportKeys(NumberedKeys):
    """report.yaml: the year's cover matter and structure."""

    what = "report.yaml"
    year = Field("年度", YEAR, "报告的年份", required=True, example="2023")
    region = Field("地区", LINE, "哪个地方的报告", required=True, example="示例市")
    issuers = Field(
        "发文机关", NAMES, "发文机关全称；联合行文写成列表，主办在前", required=True, example="示例市人民政府"
    )
    title = Field(
        "标题",
        LINES,
        "公文标题；这里换行，纸上就换行，不换行由程序排",
        required=True,
        example="……年度法治政府建设情况的报告",
    )
    copy_number = Field("份号", LINE, "六位数字", example="000001")
    classification = Field("密级", choice("绝密", "机密", "秘密"), "秘密等级")
    secrecy_period = Field("保密期限", LINE, "例如“1年”", example="1年")
    urgency = Field("紧急程度", choice("特急", "加急"), "紧急程度")
    issuer_mark = Field(
        "发文机关标志", NAMES, "红色大字；联合行文写成列表，最后一项“文件”印在右侧居中", example="示例市人民政府文件"
    )
    document_number = Field("发文字号", LINE, "例如“示府〔2024〕8号”", example="示府〔2024〕8号")
    signatories = Field("签发人", NAMES, "上行文才写；几个人写成列表", example="张某某")
    addressees = Field("主送机关", LINE, "照印，不写末尾的冒号", example="示例省人民政府")
    closing = Field("结语", LINE, "正文后的一句", example="特此报告。")
    signatures = Field("署名", NAMES, "落款的机关；联合行文写成列表", example="示例市人民政府")
    sealed = Field("用印", FLAG, "盖章写“是”，落款给印章留位置")
    document_date = Field("成文日期", DATE, "落款的日期", example="2024-02-26")
    note = Field("附注", LINE, "印在日期下面的括号里，不写括号", example="此件公开发布")
    attachments = Field("附件", records(lambda: NodeKeys), "附件，每件写法同章节")
    copies_to = Field("抄送", NAMES, "抄送机关", example="[示例省司法厅]")
    printing_office = Field("印发机关", LINE, "印发的办公室", example="示例市人民政府办公室")
    printing_date = Field("印发日期", DATE, "送印的日期", example="2024-02-27")
    web_source = Field("来源", LINE, "网站发布时的来源，只印在纯文本末行", example="示例市人民政府网")
    deadline = Field("截止日期", DATE, "各单位交稿的期限", example="2024-01-15")
    checks = Field("核对", NAMES, "指标之间应成立的算式", example="[市本级受理 + 县区受理 = 行政复议受理]")
    waivers = Field("豁免", records(lambda: WaiverKeys), "明知而保留的问题")
    promises = Field("上年承诺", records(lambda: PromiseKeys), "上年报告的下步打算，逐条写落实情况")
    prints_promises = Field("承诺落实表", FLAG, "写“是”，就把“上年承诺”印成最后一个附件")
    structure = Field("结构", records(lambda: NodeKeys), "报告的章节，顺序就是印出的顺序", required=True)


class StyleKeys(Record):
    """templates/style.yaml: the house style."""

    what = "style.yaml"
    profile = Field("版式", choice("gbt9704", "gbt33476"), "版面设置", required=True, example="gbt9704")
    fonts = Field("字体", record(lambda: FontKeys), "各种字体在本机关电脑上的名称", required=True)
    title_words = Field("标题词语", NAMES, "标题换行时不能拆开的词")


class FontKeys(Record):
    """字体: the names of the five faces the standard asks for."""

    what = "字体"
    title = Field("小标宋", LINE, "公文标题、发文机关标志", required=True, example="方正小标宋简体")
    body = Field("仿宋", LINE, "正文", required=True, example="仿宋_GB2312")
    section = Field("楷体", LINE, "第二级标题、签发人姓名", required=True, example="楷体_GB2312")
    part = Field("黑体", LINE, "第一级标题、密级、附件序号", required=True, example="黑体")
    page_number = Field("宋体", LINE, "页码", required=True, example="宋体")


class WordKeys(Record):
    """错别字, 用词提醒: a wrong form whose row says more than the right one."""

    what = "这个词"
    right = Field("对", LINE, "对的写法", required=True, example="部署")
    not_after = Field("前面不是", NAMES, "前面是这些字时不算错，用“、”隔开", example="恢、重")
    not_before = Field("后面不是", NAMES, "后面是这些字时不算错", example="名、期")
    only_after = Field("前面是", NAMES, "前面是这些字时才算错", example="重大")
    only_before = Field("后面是", NAMES, "后面是这些字时才算错", example="执法、检查")
    since = Field("自", YEAR, "从哪一年度的报告起算错", example="2019")
    remark = Field("说明", LINE, "写给看到这条提示的人", example="机构改革时已改名。")


class MeetingKeys(Record):
    """会议: a congress or plenary session."""

    what = "会议"
    name = Field("名称", LINE, "正文里的写法", required=True, example="二十届三中全会")
    date = Field("日期", DATE, "开幕的日期", required=True, example="2024-07-15")


class WordingKeys(Record):
    """templates/wording.yaml: the office's word lists."""

    what = "wording.yaml"
    misspelt = Field("错别字", named(lambda: WordKeys), "每行“错的写法: 对的写法”；要改好才能生成公文")
    discouraged = Field("用词提醒", named(lambda: WordKeys), "写法相同，只提醒")
    thoughts = Field("固定提法", NAMES, "“习近平……思想”的全部规范写法", example="[习近平法治思想]")
    meetings = Field("会议", records(lambda: MeetingKeys), "党的代表大会和中央全会的日期，以及新提法最早的日期")
    placeholders = Field("占位文字", NAMES, "没有填完的痕迹", example="[待补充]")
    internal = Field("内部用语", NAMES, "不能公开的批注和标记", example="[不予公开]")
    hotlines = Field("公开电话", NAMES, "可以印出来的热线和号码", example='["12345", "12348"]')
    set_phrases = Field("套话", NAMES, "每年都一样、不必提醒的话", example="[现将有关情况报告如下]")
