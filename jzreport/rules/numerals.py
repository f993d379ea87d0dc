"""W: numbers as they are written (GB/T 15835-2011, GB/T 15834-2011 4.13)."""

from __future__ import annotations

from collections.abc import Iterator

from jzreport.rules.base import PRACTICE, STANDARD, WARNING, CheckingRule, Context, Found, Kind, rule
from jzreport.rules.marks import BLANK, Change, wide_characters
from jzreport.rules.patterns import Pattern


@rule("W14", "起止年份和数值范围的连接号", WARNING, STANDARD)
def year_range(context: Context) -> Iterator[Found]:
    """起止的年份用一字线“—”连接；半角短横是编号和电话号码用的。数量的范围也不用半角短横，用“—”或“～”，前后一致。

    书名号、引号里面的照原文，不查。

    错误：

        实施2021-2025年规划。    ←

    错误：

        每组配备3-5人。    ←

    错误：

        1-6月，执法检查5处-8处，补助3万元-5万元；5月1日-10月31日开展整治。    ←

    正确：

        实施2021—2025年规划，落实《法治政府建设实施纲要（2021-2025年）》，每组3～5人，1—6月压缩30%—50%。

    正确：

        自2023-02-01起施行，咨询电话0792-1234567，适用GB/T 9704-2012，受理1-2号窗口。
    """
    for passage in context.passages_with(_YEARS, _MONTHS, _COUNTS):
        string = passage.as_meant.unquoted
        for match in _YEARS.finditer(string):
            if match["first"] < match["last"]:
                message = f"“{match.group()}年”里的连接号应是一字线。"
                yield passage.found(*match.span("dash"), message, becomes="—")
        for match in _MONTHS.finditer(string):
            first, last = match["first"], match["last"]
            if first is None or int(first) < int(last) <= _DECEMBER:
                yield passage.found(*match.span("dash"), f"“{match.group()}”里的连接号应是一字线。", becomes="—")
        for match in _COUNTS.finditer(string):
            low, high, own, unit = match["low"], match["high"], match["own"] or "", match["unit"]
            is_told = (not own and unit.startswith(_LARGE)) or (unit == "年" and len(low) == len(high) == len("2021"))
            if float(low) < float(high) and own in {"", unit} and not is_told:  # W22 or the years above
                message = f"“{match.group()}”里用了半角短横。"
                hint = f"请改成“{low}{own}—{high}{unit}”或“{low}{own}～{high}{unit}”，全文用同一种。"
                yield passage.found(*match.span("dash"), message, hint)


_YEARS = Pattern(
    rf"(?<![\d.－–-])(?P<first>(?:19|20)\d\d)年?(?P<dash>[{BLANK}]*(?:-{{1,2}}|[－–―﹣~])[{BLANK}]*)"
    rf"(?P<last>(?:19|20)\d\d)(?=[{BLANK}]?学?年)",
    *"-－–―﹣~",
)
_MONTHS = Pattern(
    r"(?<![\d.第A-Za-z－–-])(?:(?P<first>\d{1,2})月?|\d{1,2}月\d{1,2}日)(?P<dash>-)"
    r"(?(first)(?P<last>\d{1,2})月(?![龄\d])|(?:\d{1,2}月)?\d{1,2}日)",
    "-",
)
_DECEMBER = 12
_UNIT = "人次|人|名|件|次|个月|个|项|家|户|天|周|处|倍|万元|万|亿元|亿|元|小时|分钟|份|宗|起|岁|公里|米|%|年(?!级)"
_COUNTS = Pattern(
    r"(?<![\dA-Za-z第.－–-])(?P<low>\d{1,4}(?:\.\d{1,2})?)"
    rf"(?P<own>{_UNIT})?(?P<dash>-)(?P<high>\d{{1,4}}(?:\.\d{{1,2}})?)(?P<unit>{_UNIT})",
    "-",
)
_LARGE = ("%", "万", "亿")  # what both numbers must say


@rule("W16", "数字和字母的写法", WARNING, PRACTICE)
def wide(context: Context) -> Iterator[Found]:
    """全角的数字一个占一个字的位置，和别处的数字宽窄不一，也查找不到。“％”“＋”不算。

    小数点打成了句号、分节打成了逗号或空格，读的人会当成两个数。

    错误：

        ２０２２年受理５３４件。    ←

    错误：

        办结率98。5%，受理1，234件，宣传1 261次。    ←

    正确：

        2022年受理534件，办结率98％，建立“信访局＋律师”机制，受理1261件。第1，234件案件另行说明。
    """
    for passage in context.mistyped:
        for start, end, becomes in wide_characters(passage.legible):
            yield passage.found(start, end, f"“{passage.string[start:end]}”是全角的。", becomes=becomes)
    for passage in context.passages_with(_BROKEN):
        for match in _BROKEN.finditer(passage.as_meant.string):
            point = "." if match["mark"] == "。" else ""
            hint = f"若是一个数，请改成“{match['left']}{point}{match['right']}”；若是两个数，请把话说完整。"
            yield passage.found(*match.span(), f"“{match.group()}”断开了。", hint)


_BROKEN = Pattern(
    r"(?<![\d.第，、 ])(?P<left>[1-9]\d{0,2})(?P<mark>[。， ])"
    r"(?P<right>(?<=。)\d{1,2}(?=[%％])|(?<!。)\d{3}(?=件|人次|余?人|次|名|个|项|家|户|份|场|万|亿))",
    *(f"{digit}{mark}" for digit in range(10) for mark in "。， "),
)


@rule("W22", "数值范围的单位", WARNING, STANDARD)
def range_unit(context: Context) -> Iterator[Found]:
    """“15～30%”可以读成从15到30%，“13～17万元”可以读成从13元起。百分号和“万”“亿”，两头都要写。

    错误：

        压缩时限15～30%，每户补助13～17万元，成本降低30-50%。    ←

    正确：

        压缩时限15%～30%，每户补助13万元～17万元，每组3～5人。
    """
    for passage in context.passages_with(_RANGE):
        for match in _RANGE.finditer(passage.as_meant.unquoted):
            low, high, dash, unit = match["low"], match["high"], match["dash"], match["unit"]
            if float(low) < float(high):
                message = f"“{match.group()}”的前一个数漏了“{unit}”。"
                right = "—" if dash == "-" else dash  # W14
                hint = f"请改成“{low}{unit}{right}{high}{unit}”。"
                changes = [Change(*match.span("dash"), f"{unit}{right}")] if unit in "%％" else []
                yield passage.repaired(match.span(), message, hint, changes)


_RANGE = Pattern(
    r"(?<![\dA-Za-z第.－–—～~-])(?P<low>\d{1,4}(?:\.\d{1,2})?)(?P<dash>[－–—～~-])(?P<high>\d{1,4}(?:\.\d{1,2})?)"
    r"(?P<unit>[%％]|[万亿]元?)",
    *"－–—～~-",
)


@rule("W23", "减少不说几倍", WARNING, PRACTICE)
def decrease(context: Context) -> Iterator[Found]:
    """减少一倍就什么都不剩了。减少用百分之几或几分之几，增加才说几倍。

    错误：

        办理时间减少2倍，投诉量下降200%。    ←

    正确：

        办理时间减少一半，投诉量下降50%，办件量增加2倍，费用下降至200%以内，存量下降100%。

    正确：

        全市规模以上工业利润总额下降156%，贸易差额缩小2倍。
    """
    for passage in context.passages_with(_DECREASE, kinds=(Kind.HEADING, Kind.PARAGRAPH, Kind.CELL, Kind.CAPTION)):
        string = passage.as_meant.unquoted
        for match in _DECREASE.finditer(string) if any(sign in string for sign in _RATES) else ():
            before = match.string[max(match.start() - 8, 0) : match.start()]
            may_be_negative = any(word in before for word in _MAY_BE_NEGATIVE)
            if not may_be_negative and (not match["rate"] or float(match["rate"]) > 100):
                hint = "请核对；减少请用百分之几或几分之几。"
                yield passage.found(*match.span(), f"“{match.group()}”算不出来：最多减少100%。", hint)


_RATES = ("倍", "%", "％")  # one stands in every match besides a seed; both in one passage are rare
_MAY_BE_NEGATIVE = ("利润", "盈利", "收益", "净", "增速", "增幅", "结余", "差额", "顺差")
_DECREASE = Pattern(
    r"(?:减少|下降|降低|缩短|缩小|压缩|压减|减轻)(?:了|约|近|超过|超)?"
    r"(?:(?:\d{1,4}(?:\.\d{1,2})?|[一二两三四五六七八九十百]{1,3})多?倍|(?P<rate>\d{1,6}(?:\.\d{1,3})?)[%％])",
    *("减少", "下降", "降低", "缩短", "缩小", "压缩", "压减", "减轻"),
)


RULES: tuple[CheckingRule, ...] = (year_range, wide, range_unit, decrease)
