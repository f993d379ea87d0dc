"""W: numbers and dates as they are written (GB/T 15835-2011, GB/T 15834-2011 4.13)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from jzreport.chinese import numeral
from jzreport.rules.base import ERROR, PRACTICE, STANDARD, WARNING, CheckingRule, Context, Found, Kind, rule
from jzreport.rules.marks import BLANK, Change, wide_characters
from jzreport.rules.patterns import Pattern


@rule("W14", "起止年份之间用一字线", WARNING, STANDARD)
def year_range(context: Context) -> Iterator[Found]:
    """起止的年份用一字线“—”连接；半角短横是编号和电话号码用的。数量的范围也不用半角短横，用“—”或“～”，前后一致。

    书名号、引号里面的照原文，不查。

    错误：

        实施2021-2025年规划。    ←

    错误：

        每组配备3-5人。    ←

    正确：

        实施2021—2025年规划，落实《法治政府建设实施纲要（2021-2025年）》，每组3～5人。

    正确：

        自2023-02-01起施行，咨询电话0792-1234567，适用GB/T 9704-2012，受理1-2号窗口。
    """
    for passage in context.passages:
        string = passage.as_meant.unquoted
        for match in _YEARS.finditer(string):
            if match["first"] < match["last"]:
                message = f"“{match.group()}年”里的连接号应是一字线。"
                yield passage.found(*match.span("dash"), message, becomes="—")
        for match in _COUNTS.finditer(string):
            low, high, unit = match["low"], match["high"], match["unit"]
            if float(low) < float(high):
                message = f"“{match.group()}”里用了半角短横。"
                hint = f"请改成“{low}—{high}{unit}”或“{low}～{high}{unit}”，全文用同一种。"
                yield passage.found(*match.span("dash"), message, hint)


_YEARS = Pattern(
    rf"(?<![\d.－–-])(?P<first>(?:19|20)\d\d)年?(?P<dash>[{BLANK}]*(?:-{{1,2}}|[－–―﹣~])[{BLANK}]*)"
    rf"(?P<last>(?:19|20)\d\d)(?=[{BLANK}]?学?年)",
    *"-－–―﹣~",
)
_COUNTS = Pattern(
    r"(?<![\dA-Za-z第.－–-])(?P<low>\d{1,4}(?:\.\d{1,2})?)%?(?P<dash>-)(?P<high>\d{1,4}(?:\.\d{1,2})?)"
    r"(?P<unit>人次|人|名|件|次|个月|个|项|家|户|天|倍|万元|万|亿元|亿|元|小时|分钟|份|宗|起|岁|公里|%|年(?!级))",
    "-",
)


@rule("W16", "数字和字母应是半角的", WARNING, PRACTICE)
def wide(context: Context) -> Iterator[Found]:
    """全角的数字一个占一个字的位置，和别处的数字宽窄不一，也查找不到。“％”“＋”不算。

    错误：

        ２０２２年受理５３４件。    ←

    正确：

        2022年受理534件，办结率98％，建立“信访局＋律师”机制。
    """
    for passage in context.mistyped:
        for start, end, becomes in wide_characters(passage.string):
            yield passage.found(start, end, f"“{passage.string[start:end]}”是全角的。", becomes=becomes)


@rule("W18", "年份应写四位数", WARNING, STANDARD)
def short_year(context: Context) -> Iterator[Found]:
    """只写后两位，过几年再看就说不清是哪一年，也容易和“历时几年”相混。

    错误：

        截至22年底，共受理534件。    ←

    正确：

        截至2022年底，用12年时间建成，连续10年全省第一。
    """
    for passage in context.texts(Kind.HEADING, Kind.PARAGRAPH, Kind.CAPTION):
        string = passage.as_meant.unquoted
        if _TWO_DIGITS.search(string):
            for match in _SHORT_YEAR.finditer(string):
                hint = f"请写全，例如“20{match['year']}年”。"
                yield passage.found(*match.span("year"), f"“{match['year']}年”只写了两位。", hint)


_TWO_DIGITS = Pattern(r"(?<!\d)\d\d年")  # tried first: it is the cheaper one, and seldom there
_SHORT_YEAR = Pattern(
    r"(?:^|[，。；、（]|截至|[在从自到于])\s?(?P<year>\d\d)年(?=全|度|[上下]半年|底|初|末|\d{1,2}月|第?[一二三四]季度)(?!以来)"
)


@rule("W19", "日期的写法", WARNING, PRACTICE)
def dates(context: Context) -> Iterator[Found]:
    """公文里的日期写成“2023年2月1日”：年月日写全，月、日前面不补“0”。表格里、书名号和引号里的不查。

    错误：

        自2023年02月01日起施行。    ←

    错误：

        自2023.2.1起施行，2023-03-01修改，2023/4/1废止。    ←

    正确：

        自2023年2月1日起施行，10月10日修改，印发《实施方案（2023.2.1）》。

    正确：

        系统升级到V2023.2.1版本，地址为10.2023.2.1，编号2023-13-45、2023-2-1-5。
    """
    for passage in context.texts(Kind.HEADING, Kind.PARAGRAPH):
        string = passage.as_meant.unquoted
        for match in _PADDED.finditer(string):
            yield passage.found(*match.span(), f"“{string[match.start() : match.end() + 2]}”多了“0”。", becomes="")
        for match in _NUMERIC.finditer(string):
            year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
            if _is_date(year, month, day):
                message = f"正文里的日期写成了“{match.group()}”。"
                yield passage.found(*match.span(), message, becomes=f"{year}年{month}月{day}日")


_PADDED = Pattern(
    rf"(?<![0-9.])0(?=[1-9][{BLANK}]?月)|(?<=月)0(?=[1-9][{BLANK}]?日)|(?<=月[{BLANK}])0(?=[1-9][{BLANK}]?日)",
    *(f"0{digit}{blank}月" for digit in range(1, 10) for blank in ("", *BLANK)),
    *(f"月{blank}0" for blank in ("", *BLANK)),
)
_NUMERIC = Pattern(
    r"(?<![0-9A-Za-z./:-])(?<!版本)(?P<year>(?:19|20)\d\d)(?P<sign>[./-])(?P<month>\d\d?)(?P=sign)(?P<day>\d\d?)日?(?![0-9A-Za-z./:%-])",
    *(sign + digit for sign in "./-" for digit in "0123456789"),
)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


@rule("W20", "会议的届次用汉字", ERROR, STANDARD)
def congress(context: Context) -> Iterator[Found]:
    """党代会、中央全会和全国人大的届次是专名，一律用汉字；写成数字，懂公文的人一眼就看得出来。

    错误：

        学习贯彻党的20大和20届3中全会精神。    ←

    错误：

        传达14届全国人大一次会议精神。    ←

    正确：

        学习贯彻党的二十大和二十届三中全会精神，备战19届亚运会，走访19届毕业生。
    """
    for passage in context.passages:
        for match in _CONGRESS.finditer(passage.as_meant.untitled):
            fixed = _DIGITS.sub(lambda digits: numeral(int(digits.group())), match.group())
            yield passage.found(*match.span(), f"“{match.group()}”的届次用了数字。", f"请改成“{fixed}”。")


_DIGITS = Pattern(r"\d+")
_CONGRESS = Pattern(
    r"党的[12]\d大(?!队|道|街|类|项)|(?<!\d)[12]\d届(?:[一二三四五六七]|[1-7])中全会|[一二三四五六七八九十]届[1-7]中全会"
    r"|(?<!\d)[1-9]\d?届全国(?:人大|政协)|党的第[12]\d次全国代表大会",
    *("党的1", "党的2", "党的第1", "党的第2"),
    *(f"{digit}届" for digit in range(10)),
    *(f"届{digit}" for digit in range(1, 8)),
)


@rule("W21", "汉字年份里的“〇”", WARNING, STANDARD)
def zero(context: Context) -> Iterator[Found]:
    """汉字年份里的零是“〇”，是一个汉字。用圆圈、字母或数字顶替，换一种字体就大小不一，也查找不到。

    错误：

        二○二二年，二O二三年，二0二四年。    ←

    正确：

        二〇二二年，二〇二三年，2024年，零点。
    """
    for passage in context.passages:
        for match in _HAN_YEAR.finditer(passage.as_meant.string):
            start, year = match.start(), match.group()
            changes = [Change(start + n, start + n + 1, "〇") for n, c in enumerate(year) if c in _NO_ZERO]
            if changes:
                fixed = "".join("〇" if c in _NO_ZERO else c for c in year)
                message = f"“{year}年”里的零不是“〇”。"
                yield passage.repaired(match.span(), message, f"请改成“{fixed}年”。", changes)


_NO_ZERO = frozenset("○◯OoОо0零")
_YEAR_DIGITS = "一二三四五六七八九〇○◯OoОо0零"
_HAN_YEAR = Pattern(
    rf"(?<![一二三四五六七八九〇0-9])[一二][{_YEAR_DIGITS}]{{3}}(?=年)",
    *(millennium + digit for millennium in "一二" for digit in _YEAR_DIGITS),
)


@rule("W22", "数值范围的单位", WARNING, STANDARD)
def range_unit(context: Context) -> Iterator[Found]:
    """“15～30%”可以读成从15到30%，“13～17万元”可以读成从13元起。百分号和“万”“亿”，两头都要写。

    错误：

        压缩时限15～30%，每户补助13～17万元。    ←

    正确：

        压缩时限15%～30%，每户补助13万元～17万元，每组3～5人。
    """
    for passage in context.passages:
        for match in _RANGE.finditer(passage.as_meant.unquoted):
            low, high, dash, unit = match["low"], match["high"], match["dash"], match["unit"]
            if float(low) < float(high):
                message = f"“{match.group()}”的前一个数漏了“{unit}”。"
                hint = f"请改成“{low}{unit}{dash}{high}{unit}”。"
                changes = [Change(*match.span("dash"), f"{unit}{dash}")] if unit in "%％" else []
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
    """
    for passage in context.texts(Kind.HEADING, Kind.PARAGRAPH, Kind.CELL, Kind.CAPTION):
        string = passage.as_meant.unquoted
        if not any(sign in string for sign in _RATES):
            continue
        for match in _DECREASE.finditer(string):
            if not match["rate"] or float(match["rate"]) > 100:
                hint = "请核对；减少请用百分之几或几分之几。"
                yield passage.found(*match.span(), f"“{match.group()}”算不出来：最多减少100%。", hint)


_RATES = ("倍", "%", "％")  # looked for first: a report that tells of a decrease seldom tells its rate
_DECREASE = Pattern(
    r"(?:减少|下降|降低|缩短|缩小|压缩|压减|减轻)(?:了|约|近|超过|超)?"
    r"(?:(?:\d{1,4}(?:\.\d{1,2})?|[一二两三四五六七八九十百]{1,3})多?倍|(?P<rate>\d{1,6}(?:\.\d{1,3})?)[%％])",
    *("减少", "下降", "降低", "缩短", "缩小", "压缩", "压减", "减轻"),
)


RULES: tuple[CheckingRule, ...] = (year_range, wide, short_year, dates, congress, zero, range_unit, decrease)
