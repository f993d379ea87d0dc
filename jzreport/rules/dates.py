"""W: dates, years and the numbers of congresses as they are written (GB/T 15835-2011, GB/T 15834-2011 4.14)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from jzreport.chinese import numeral
from jzreport.rules.base import ERROR, PRACTICE, STANDARD, WARNING, CheckingRule, Context, Found, Kind, Passage, rule
from jzreport.rules.marks import BLANK, Change
from jzreport.rules.patterns import HAN, Pattern


@rule("W18", "年份应写四位数", WARNING, STANDARD)
def short_year(context: Context) -> Iterator[Found]:
    """只写后两位，过几年再看就说不清是哪一年，也容易和“历时几年”相混。

    错误：

        截至22年底，共受理534件。    ←

    正确：

        截至2022年底，用12年时间建成，连续10年全省第一。

    正确：

        承包期满，30年全部延包。落实（15年全免费教育），20年底账清楚。
    """
    for passage in context.passages_with(_SHORT_YEAR, kinds=(Kind.HEADING, Kind.PARAGRAPH, Kind.CAPTION)):
        for match in _SHORT_YEAR.finditer(passage.as_meant.unquoted):
            hint = f"请写全，例如“20{match['year']}年”。"
            yield passage.found(*match.span("year"), f"“{match['year']}年”只写了两位。", hint)


_SHORT_YEAR = Pattern(
    r"(?:^|[，。；、（]|截至|[在从自到于])\s?(?P<year>\d\d)年(?=全[年省市县区]|度|[上下]半年|底(?![账册子蕴])|初|末|[0-9]{1,2}月|第?[一二三四]季度)(?!以来)",
    *(f"年{after}" for after in "全度上下底初末0123456789第一二三四"),
)


@rule("W19", "日期的写法", WARNING, PRACTICE)
def dates(context: Context) -> Iterator[Found]:
    """公文里的日期写成“2023年2月1日”：年月日写全，月、日前面不补“0”。表格里、书名号和引号里的不查。

    “2023-02-01”可能是编号、批号，只有前后文说明是日期的（“自……起”“……印发”）才提醒。“12·4”这样以月、日为名的，
    月、日之间用间隔号（GB/T 15834—2011 4.14）。

    错误：

        自2023年02月01日起施行。    ←

    错误：

        自2023.2.1起施行，2023-03-01修改，2023/4/1废止。    ←

    错误：

        截至2023年2月29日，已整改完毕；6月31日前开展“12.4”国家宪法日活动。    ←

    正确：

        自2023年2月1日起施行，10月10日修改，印发《实施方案（2023.2.1）》。

    正确：

        系统升级到V2023.2.1版本，地址为10.2023.2.1，编号2023-13-45、2023-2-1-5。

    正确：

        项目编号2023-10-12，升级至2023.10.1版，档案2023-12-15号，落实“12·4”国家宪法日活动，统计数据为2023-02-01。
    """
    for passage in context.passages_with(_PADDED, _NUMERIC, _NAMED_DAY, _DAY, kinds=(Kind.HEADING, Kind.PARAGRAPH)):
        string = passage.as_meant.unquoted
        for match in _PADDED.finditer(string):
            yield passage.found(*match.span(), f"“{string[match.start() : match.end() + 2]}”多了“0”。", becomes="")
        for match in _NUMERIC.finditer(string):
            year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
            if _is_date(year, month, day) and _is_surely_date(string, match):
                message = f"正文里的日期写成了“{match.group()}”。"
                yield passage.found(*match.span(), message, becomes=f"{year}年{month}月{day}日")
        for match in _NAMED_DAY.finditer(passage.as_meant.untitled):
            message = f"“{match['month']}.{match['day']}”的月、日之间用了点。"
            yield passage.found(*match.span("dot"), message, f"请改成“{match['month']}·{match['day']}”。", "·")
        yield from _impossible(passage, string)


def _impossible(passage: Passage, string: str) -> Iterator[Found]:
    """Yield the days that no calendar has; the 29th of February of an unknown year may be one."""
    for match in _DAY.finditer(string):
        is_dated = match["year"] or match["day"]  # “24月” alone may be an age
        if is_dated and not _is_date(int(match["year"] or 2000), int(match["month"]), int(match["day"] or 1)):
            yield passage.found(*match.span(), f"没有“{match.group()}”这个日期。", "请核对后改正。")


def _is_surely_date(string: str, match: re.Match[str]) -> bool:
    """Whether the words around say that it is a date: the number of a file or a batch looks the same."""
    start, end = match.span()
    if _CODE_BEFORE.search(string, max(start - 8, 0), start) or _CODE_BEHIND.match(string[end : end + 4]):
        return False
    return (
        match.group().endswith("日")
        or _DATE_BEFORE.search(string, max(start - 3, 0), start) is not None
        or _DATE_BEHIND.match(string[end : end + 4]) is not None
    )


_CODE_BEFORE = Pattern(rf"(?:号|版|版本|批次|型号|代码|(?:升级|更新|迭代)[至到]?)[为是：:、（第{BLANK}]*$")
_CODE_BEHIND = Pattern(rf"[{BLANK}]?(?:[版号批次型]|期(?!间))")
_DATE_BEFORE = Pattern("(?:自|于|截至|截止|至|在|从)$")
_DATE_BEHIND = Pattern(
    "[起前后止]|以[前来后]|之[前后]|期间|召开|印发|发布|公布|施行|实施|修[改订正]|废止|生效|通过|成立|举[行办]|开[展庭]|立案"
    "|受理|作出|签[订署]|[上下]午|至"
)
_NAMED_DAY = Pattern(
    r"“(?P<month>[1-9]|1[0-2])(?P<dot>[.．])(?P<day>[1-9]|[12]\d|3[01])”"
    rf"(?={HAN}{{0,8}}(?:日(?![均常前产益])|节(?![能水约点省目])|宣传[日周月]|活动[日周月]|主题活动|系列活动|晚会))",
    *(f"“{digit}" for digit in range(1, 10)),
)
_DAY = Pattern(
    r"(?:(?<!\d)(?P<year>(?:19|20)\d\d)年|(?<![\d.年]))(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?(?![龄\d])",
    *(f"{digit}月" for digit in "0123456789"),
)


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
    """党代会、中央全会和全国人大的届次是专名，一律用汉字，不写成数字。

    GB/T 15835—2011 4.3举的例子就是“十一届全国人大一次会议”。五年规划、五年普法的“十四五”“八五”也是专名。

    错误：

        学习贯彻党的20大和20届3中全会精神。    ←

    错误：

        传达14届全国人大一次会议精神。    ←

    错误：

        传达十四届全国人大1次会议和二十大二中全会精神，实施“14五”规划和“8五”普法规划。    ←

    正确：

        学习贯彻党的二十大和二十届三中全会精神，备战19届亚运会，走访19届毕业生。

    正确：

        弘扬党的10大优良作风，严明党的11大纪律，实施“十四五”规划和“八五”普法规划。
    """
    for passage in context.passages_with(_CONGRESS, _WRONG_CONGRESS):
        for match in _CONGRESS.finditer(passage.as_meant.untitled):
            fixed = _DIGITS.sub(lambda digits: numeral(int(digits.group())), match.group())
            yield passage.found(*match.span(), f"“{match.group()}”里用了数字。", f"请改成“{fixed}”。")
        for match in _WRONG_CONGRESS.finditer(passage.as_meant.untitled):
            session = _DIGITS.sub(lambda digits: numeral(int(digits.group())), match["session"] or "")
            fixed = f"{match['number']}届{session}中全会" if session else f"党的{match['ordinal']}大"
            yield passage.found(*match.span(), f"没有“{match.group()}”这种说法。", f"请改成“{fixed}”。")


_DIGITS = Pattern(r"\d+")
_CONGRESS = Pattern(
    r"党的(?:1[2-9]|2[01])大(?![队道街类项优纪纲行任举作成原工重])|(?<!\d)[12]\d届(?:[一二三四五六七]|[1-7])中全会|[一二三四五六七八九十]届[1-7]中全会"
    r"|(?<!\d)[1-9]\d?届全国(?:人大|政协|人民代表大会)(?:[1-9]次会议)?|党的第[12]\d次全国代表大会"
    r"|[一二三四五六七八九十]{1,3}届全国(?:人大|政协|人民代表大会)[1-9]次会议"
    r"|(?<![\d.年])1[1-6]五(?=”?(?:规划|时期|期间))|(?<=“)1[1-6]五(?=”)|(?<![\d.年])[5-9]五(?=”?普法)",
    *(f"{digit}五" for digit in range(10)),
    *("党的1", "党的2", "党的第1", "党的第2"),
    *(f"{digit}届" for digit in range(10)),
    *(f"届{digit}" for digit in range(1, 8)),
    "届全国",
)
_WRONG_CONGRESS = Pattern(
    r"(?P<number>十[一二三四五六七八九]|二十一?)大(?P<session>[一二三四五六七]|[1-7])中全会"
    r"|党的第(?P<ordinal>十[二三四五六七八九]|二十一?)大(?![队道街类项优纪纲行任举作成原工重会])",
    *("中全会", "党的第"),
)


@rule("W21", "汉字年份里的“〇”", WARNING, STANDARD)
def zero(context: Context) -> Iterator[Found]:
    """汉字年份里的零是“〇”，是一个汉字。用圆圈、字母或数字顶替，换一种字体就大小不一，也查找不到。

    错误：

        二○二二年，二O二三年，二0二四年。    ←

    正确：

        二〇二二年，二〇二三年，2024年，零点。
    """
    for passage in context.passages_with(_HAN_YEAR):
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


RULES: tuple[CheckingRule, ...] = (short_year, dates, congress, zero)
