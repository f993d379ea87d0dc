"""F: what is declared of one figure: its unit, and its value of the year before."""

from __future__ import annotations

from collections.abc import Iterator

from jzreport.rules.amounts import range_of
from jzreport.rules.base import PRACTICE, WARNING, Context, Found, rule

_CORRECTED = ("口径", "更正", "修正", "调整", "核减", "核增", "修订")
_AVERAGE = ("平均", "人均", "户均", "日均", "月均", "年均", "每")
_WHOLE_UNITS = frozenset(
    ("件", "人", "个", "次", "人次", "件次", "场次", "户", "家", "名", "份", "项", "起", "宗", "部")
)
_NO_RATES = ("效率", "税率", "汇率", "倍率", "容积率", "频率", "功率", "分辨率")


@rule("F19", "上年的数与上年报告不符", WARNING, PRACTICE)
def another_last_year(context: Context) -> Iterator[Found]:
    """上年的报告已经公开，写的是498件；今年的“上年”填成489件，同比就算错了，两年的报告一对就看得出来。

    上年的数后来更正过、口径变了的，在指标的“口径”里写明，写明了就不提示。

    错误：

        # 01.yaml
        正文: 受理{{ 行政复议受理 }}，同比{{ 行政复议受理.同比 }}。
        指标:
          行政复议受理:
            数值: 534件
            上年: 489件    ←
        # 去年/01.yaml
        正文: 受理{{ 行政复议受理 }}。
        指标:
          行政复议受理: 498件

    正确：

        # 01.yaml
        正文: 受理{{ 行政复议受理 }}，办结{{ 行政复议办结 }}，参加{{ 参加 }}。
        指标:
          行政复议受理: {数值: 534件, 上年: 498件}
          行政复议办结: {数值: 514件, 上年: 480件, 口径: 上年的数已更正}
          参加: {数值: 3万人次, 上年: 21236人次}
        # 去年/01.yaml
        正文: 受理{{ 行政复议受理 }}，办结{{ 行政复议办结 }}，参加{{ 参加 }}。
        指标:
          行政复议受理: 498件
          行政复议办结: 481件
          参加: 2万余人次
    """
    before = (context.previous.figures or {}) if context.previous else {}
    for figure in context.figures.values():
        told, then = figure.previous, before.get(figure.name)
        if not told or not then or not figure.is_readable or not then.is_readable or not told.is_like(then.value):
            continue
        is_explained = any(word in figure.definition for word in _CORRECTED)
        if not is_explained and not range_of(told).meets(range_of(then.value)):
            message = f"“{figure.name}”的上年写的是{told}，上年的报告里是{then.value}。"
            hint = "请核对；上年的数更正过的，请在“口径”里写明。"
            related = ((then.span, f"上年的报告：{then.value}"),)
            yield Found(told.text.span() or figure.span, message, hint, related=related)


@rule("F21", "数与单位不相称", WARNING, PRACTICE)
def odd_unit(context: Context) -> Iterator[Found]:
    """案件、人次只有整数，“174.5件”多半是多按了一个点；叫作“……率”的没有写“%”，印出来就是一个光秃秃的数。

    错误：

        正文: 受理{{ 受理 }}，办结率{{ 办结率 }}。
        指标:
          受理: 174.5件    ←
          办结率: "92.12"    ←

    正确：

        正文: 受理{{ 受理 }}，办结率{{ 办结率 }}，人均{{ 人均办件 }}，{{ 发案率 }}，{{ 工作效率 }}。
        指标:
          受理: 1.85万件
          办结率: 92.12%
          人均办件: 17.5件
          发案率: 12.5件/万人
          工作效率: 三倍
    """
    for figure in context.figures.values():
        value, name = figure.value, figure.name
        if not figure.is_readable:
            continue
        if value.unit in _WHOLE_UNITS and value.number % 1 and not any(word in name for word in _AVERAGE):
            yield Found(figure.span, f"“{name}”是{value}，“{value.unit}”只能有整数。", "请核对小数点。")
        elif name.endswith("率") and not name.endswith(_NO_RATES) and value.unit in ("", *_WHOLE_UNITS):
            hint = f"是比率的，请写成“{value.prefix}{value.numeral}%”；不是的，请换一个名称。"
            yield Found(figure.span, f"“{name}”是{value}，没有写“%”。", hint)


RULES = (another_last_year, odd_unit)
