"""F: what is declared of one figure: its unit, and its value of the year before."""

from __future__ import annotations

from collections.abc import Iterator

from jzreport.chinese import fold
from jzreport.figures import year_on_year
from jzreport.rules.amounts import range_of
from jzreport.rules.base import ERROR, PRACTICE, WARNING, Context, Found, rule

_CORRECTED = ("口径", "更正", "修正", "调整", "核减", "核增", "修订")
_MAX_POINTS = 50  # percentage points between two years
_COUNTABLE = 10  # of smaller counts one more is much
_AVERAGE = ("平均", "人均", "户均", "日均", "月均", "年均", "每")
_WHOLE_UNITS = frozenset(
    ("件", "人", "个", "次", "人次", "件次", "场次", "户", "家", "名", "份", "项", "起", "宗", "部")
)
_NO_RATES = ("效率", "税率", "汇率", "倍率", "容积率", "频率", "功率", "分辨率")


@rule("F19", "上年的数与上年报告不符", ERROR, PRACTICE)
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


@rule("F24", "单位或口径与上年不同", WARNING, PRACTICE)
def another_definition(context: Context) -> Iterator[Found]:
    """上年数的是“件”，今年数的是“人次”，或者口径变了，两年的数就不能比；报告里要说明，或者是填错了。

    两年都写了“口径”才比口径。

    错误：

        # 01.yaml
        正文: 受理{{ 行政复议受理 }}，参加{{ 参加培训 }}。
        指标:
          行政复议受理:    ←
            数值: 534件
            口径: 市本级
          参加培训: 1261人    ←
        # 去年/01.yaml
        正文: 受理{{ 行政复议受理 }}，参加{{ 参加培训 }}。
        指标:
          行政复议受理:
            数值: 498件
            口径: 全市，含往年结转
          参加培训: 1180人次

    正确：

        # 01.yaml
        正文: 受理{{ 行政复议受理 }}，参加{{ 参加培训 }}。
        指标:
          行政复议受理:
            数值: 534件
            口径: 全市，含往年结转
          参加培训: 1261人次
        # 去年/01.yaml
        正文: 受理{{ 行政复议受理 }}，参加{{ 参加培训 }}。
        指标:
          行政复议受理:
            数值: 498件
            口径: 全市,含往年结转
          参加培训:
            数值: 1180人次
            口径: 全市
    """
    before = (context.previous.figures or {}) if context.previous else {}
    for figure in context.figures.values():
        then = before.get(figure.name)
        if not then or not figure.is_readable or not then.is_readable:
            continue
        related = ((then.span, "上年的报告写在这里"),)
        if not figure.value.is_like(then.value):
            message = f"“{figure.name}”上年的单位是“{then.value.unit}”，今年是“{figure.value.unit}”。"
            hint = "请核对单位；统计的确实是另一回事，请另取一个名称。"
            if not figure.value.unit:
                message = f"“{figure.name}”没有写单位，上年写的是“{then.value}”。"
                hint = f"请连同单位写，例如“{figure.value}{then.value.unit}”。"
            yield Found(figure.span, message, hint, related=related)
        elif figure.definition and then.definition and fold(figure.definition) != fold(then.definition):
            message = f"“{figure.name}”的口径上年是“{then.definition}”，今年是“{figure.definition}”。"
            yield Found(
                figure.span, message, "口径变了，两年的数不能直接比，请核对“上年”和正文的说法。", related=related
            )


@rule("F25", "与上年相差一半以上", WARNING, PRACTICE)
def jump(context: Context) -> Iterator[Found]:
    """比上年多出或少了一半以上的数，常常是多打、漏打了一位，或者口径变了。

    两年都不到10的件数不看；比率看相差五十个百分点以上的。确实如此的，在指标的“备注”里写明原因，就不再提示。

    错误：

        正文: 受理{{ 行政复议受理 }}，办结率{{ 办结率 }}。
        指标:
          行政复议受理:
            数值: 5340件    ←
            上年: 498件
          办结率:
            数值: 9.62%    ←
            上年: 96.3%

    正确：

        正文: 受理{{ 行政复议受理 }}，立法{{ 立法 }}，抽查{{ 抽查 }}。
        指标:
          行政复议受理:
            数值: 534件
            上年: 498件
          立法:
            数值: 6部
            上年: 2部
          抽查:
            数值: 2100次
            上年: 700次
            备注: 今年开展专项整治
    """
    for figure in context.figures.values():
        then = figure.previous
        if not figure.is_readable or not then or not figure.value.is_like(then) or figure.remark:
            continue
        change = abs(figure.value.number - then.number)
        if figure.value.points is not None and then.points is not None:
            is_jump = abs(figure.value.points - then.points) > _MAX_POINTS
        else:
            is_jump = max(figure.value.number, then.number) >= _COUNTABLE and change * 2 > then.number
        if is_jump:
            told = year_on_year(figure.value, then)
            message = f"“{figure.name}”今年{figure.value}，上年{then}，{told}。"
            hint = "请核对数和单位；确实如此的，请在指标的“备注”里写明原因。"
            yield Found(figure.value.text.span() or figure.span, message, hint)


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


RULES = (another_definition, jump, another_last_year, odd_unit)
