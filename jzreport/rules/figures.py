"""F: figures that cannot be true, that contradict each other, or that are told in two ways."""

from __future__ import annotations

from collections.abc import Iterator

from jzreport.rules.amounts import (
    AROUND,
    DIGITS,
    NUMERALS,
    TERMS,
    Amount,
    amounts,
    numbers,
    range_of,
    rounded,
    value_of,
)
from jzreport.rules.base import PRACTICE, SENTENCE, WARNING, Context, Found, Kind, Passage, count_han, rule
from jzreport.rules.patterns import Pattern

_SCOPES = (
    *(whose + what for whose in "全我" for what in (*"市县区省州镇", "自治区", "自治州", "自治县")),
    *("市本级", "县区", "市县两级", "市、县两级", "市直部门"),
)
# With these the same words may tell of different things.
_SHARED = ("每", "各", "另", "又", "再", "分别", "先后", "其中", "平均", "日均", "月均")
_FILLED = Pattern("共计|总计|总共|合计|共(?<!公共|中共)(?![同享建治商])|(?:达到|达|为)$", "共", "计", "达", "为")
_SHORTEST = 5  # characters that say what is counted
_LONGEST = 60  # characters of a sentence before a number
_PARTS = (
    "办结|办复|答复|回复|回访|覆盖|应诉|出庭|满意|公开|公示|化解|调解|和解|成功|整改|采纳|参考|参训|进驻|可办|网办|"
    "审核|审查|备案|报备|知晓|普及|接听|接通|履行|纠错|败诉|胜诉|按期|按时|及时|准时|准确|优秀|优良|合格|通过|认领|"
    "归档|到位|响应|持证|反馈"
)
# 拨备覆盖率, 移动电话普及率 may be more than all.
_SHARE = rf"(?<!拨备)(?<!流动性)(?<!电话)(?<!宽带)(?<!用户)(?:{_PARTS})率|(?<![额值债贷])占比"
_PART_NAME = Pattern(rf"(?:{_SHARE})$", "率", "占比")
_PART = Pattern(rf"(?:{_SHARE})(?:均|已|都)?(?:达到?|为|是|高达|(?:提[高升]|上升|保持|稳定)[到至在])?$", "率", "占比")
_FAR = 10  # characters from such a name to its number
# Nothing but what it is compared with may stand between: 同比受理量增长15% is told of another count.
_SINCE = r"(?:同比|[较比](?:(?:上一?|去|前一?|\d{4})年度?|年初|同期)(?:同期|末|底)?)(?:又|再|均|也|有所)?"
_CHANGED = rf"{_SINCE}(?:提高|提升|上升|下降|降低|增长|增加)(?:了)?(?P<size>\d+(?:\.\d+)?)%(?!点)"
_RATE_CHANGE = Pattern(
    rf"(?<!生产)(?:率|占比|比例|比重)(?:达到?|为|超过?|约)?\d+(?:\.\d+)?%[，,]{_CHANGED}",
    *(mark + word for mark in ("%，", "%,") for word in ("同比", "较", "比")),
)
_BARE_RATE_CHANGE = Pattern(rf"(?:{_SHARE}){_CHANGED}", *(n + w for n in ("率", "占比") for w in ("同比", "较", "比")))
_PERCENT = Pattern(r"(?<!\d)(?P<number>\d{3,6}(?:\.\d{1,4})?)[%％]", "%", "％")
_LARGE = Pattern(r"[万亿]|[\d,]{5}")  # from 10,000 on
_MARKED = Pattern(rf"[\d,{NUMERALS}万亿][余多]|{'|'.join(AROUND)}", "余", "多", *AROUND)  # as one mark of two is
_RECHECK = "请核对；分母不是全部的，请改用“完成率”一类的说法。"
_PLACES = tuple("省市县区国城地")


@rule("F03", "比率的变化应写“个百分点”", WARNING, PRACTICE)
def rate_change(context: Context) -> Iterator[Found]:
    """从80%升到92%是提高12个百分点；写成“提高12%”，读的人会算成89.6%。

    错误：

        出庭应诉率达92.12%，较上年提高15%。    ←

        群众满意率较上年提高15%。    ←

    正确：

        出庭应诉率达92.12%，较上年提高15个百分点。

    正确：

        办结案件514件，较上年增长15%。刑事发案率同比下降15%，劳动生产率较上年提高5%。

        按期办结率100%，同比受理量增长15%。群众满意率达98%，较上年投诉量下降15%。
    """
    for passage in context.passages_with(_RATE_CHANGE, _BARE_RATE_CHANGE, kinds=(Kind.PARAGRAPH, Kind.CELL)):
        string = passage.untitled
        for match in (*_RATE_CHANGE.finditer(string), *_BARE_RATE_CHANGE.finditer(string)):
            size = match["size"]
            hint = f"若是两个比率相减，请改成“{size}个百分点”；不是的请写清楚与什么相比。"
            yield passage.found(match.start("size"), match.end(), f"比率的变化写成了“{size}%”。", hint)


@rule("F09", "同一说法前后的数不同", WARNING, PRACTICE)
def contradictions(context: Context) -> Iterator[Found]:
    """同样的一句话，前面写534件，后面写535件，多半有一处写错了。只查从句子开头起说法完全相同、又写明范围（全市、市本级……）的。

    错误：

        章节: 工作情况
        填报单位: 市司法局
        正文: |
          2023年全市受理行政复议案件534件。
          公开透明办案，全程留痕。
          全市共受理行政复议案件535件，办结率较高。    ←

    正确：

        2023年全市受理行政复议案件534件。上年全市受理行政复议案件498件。

        市本级受理行政复议案件304件。县区受理行政复议案件230件。

        全市受理行政复议案件534件，比2022年全市受理行政复议案件498件多36件。

        公安机关办理行政处罚案件300件。市场监管部门办理行政处罚案件200件。

        全市共开展执法人员培训11万余人次。全市开展执法人员培训112300人次。

        通过调解，全市化解矛盾纠纷300件；通过复议，全市化解矛盾纠纷20件。

    正确：

        章节: 下步打算
        填报单位: 市司法局
        正文: 全市建成公共法律服务中心40个。
        # 02.yaml
        正文: 全市建成公共法律服务中心36个。
    """
    first: dict[tuple[str, str], tuple[Passage, Amount]] = {}
    for passage in context.passages_holding(DIGITS, (Kind.PARAGRAPH,)):
        if passage.node and "下一年度安排" in passage.node.required_contents:
            continue
        for phrase, amount in _phrases(passage, context.year):
            where, other = first.setdefault((phrase, amount.quantity.unit), (passage, amount))
            if other is not amount and not amount.range.meets(other.range):
                message = f"“{phrase}”在另一处是{other}，这里是{amount}。"
                hint = "请核对是哪一个；同一个数只在“指标”里写一次，两处都引用它。"
                found = passage.found(amount.start, amount.end, message, hint)
                yield found._replace(related=((where.span(other.start, other.end), f"那里是{other}"),))


@rule("F14", "比率超过100%", WARNING, PRACTICE)
def over_all(context: Context) -> Iterator[Found]:
    """办结率、覆盖率、占比是全部里的一部分，到不了100%以上。增长率、完成率一类可以超过，不在此列。

    错误：

        政务服务事项网上可办率达102%。    ←

    错误：

        正文: 督察整改率为{{ 整改率 }}，联合抽查{{ 联合抽查 }}。
        指标:
          整改率: 105%    ←
          联合抽查:    ←
            数值: 40次
            总数: 抽查
          抽查: 32次

    正确：

        任务完成率达120%，行政复议案件办结率达100%，受理量同比增长率为130%，覆盖率提高150%。

    正确：

        政府债务余额占比达120%，拨备覆盖率为215%，移动电话普及率达124%。
    """
    for figure in context.figures.values():
        whole = context.figures.get(str(figure.whole)) if figure.whole else None
        if not figure.is_readable:
            continue
        value = figure.value
        if _PART_NAME.search(figure.name) and value.is_rate and range_of(value).low > 1:
            yield Found(figure.span, f"“{figure.name}”是{value}，超过了100%。", _RECHECK)
        if not whole or not whole.is_readable or not value.is_like(whole.value):
            continue
        if range_of(value).low > range_of(whole.value).high:
            message = f"“{figure.name}”是{value}，比它的总数“{whole.name}”（{whole.value}）还多。"
            yield Found(figure.span, message, "请核对这两个数。", related=((whole.span, f"总数：{whole.value}"),))
    for passage in context.passages_with(_PERCENT, kinds=(Kind.PARAGRAPH, Kind.CELL)):
        string = passage.untitled
        for match in _PERCENT.finditer(string):
            if float(match["number"]) <= 100 or not passage.is_typed(*match.span("number")):
                continue
            if part := _PART.search(string, max(match.start() - _FAR, 0), match.start()):
                yield passage.found(*match.span(), f"“{part.group()}{match.group()}”超过了100%。", _RECHECK)


@rule("F15", "约数重复", WARNING, PRACTICE)
def double_marks(context: Context) -> Iterator[Found]:
    """“近”“约”“超过”与“余”“多”“左右”“以上”只用一个：“近50余件”究竟不到50件还是50件多，读的人说不清。

    “余”“多”前面用整十、整百的数：1261件就是1261件，不是“1261余件”。

    错误：

        排查矛盾纠纷近50余件。    ←

        开展培训约50场左右。    ←

        接待群众超过100人次以上。    ←

        开展学习培训1261余次。    ←

    错误：

        正文: 提供服务{{ 服务 }}。
        指标:
          服务: 近50余件    ←

    正确：

        办结100多件，接待20余次，约300人参加，得票40左右，近50件，超过100件，10件以上，1.2万余人次。

        近20多年来，签约20余家企业，预约50余人次，突破20余项关键技术，平均水平超过30多个城市。

        约12个，以上单位均已整改。组织就近20余名执法人员，走近50余户，解约20余户，租约30余份。
    """
    marked = (f for f in context.figures.values() if f.is_readable and _MARKED.may_match(str(f.value)))
    declared = (Passage(figure.value.text, Kind.CELL, figure.span.file) for figure in marked)
    printed = context.passages_with(_MARKED, kinds=(Kind.PARAGRAPH, Kind.HEADING, Kind.CELL))
    for passage in (*declared, *printed):
        yield from _double_marks(passage)


@rule("F16", "大数写法不统一", WARNING, PRACTICE)
def large_numbers(context: Context) -> Iterator[Found]:
    """同一份报告里，上万的约数写法要一致：一处写“11万余人次”，另一处就写“6万余人次”，不写“60000余人次”。准确的数照实写，不用改。

    错误：

        提供法律服务11万余人次，培训60000余人次。    ←

    正确：

        提供法律服务11万余人次，培训6万余人次，梳理权责事项15562项，办件120000件。

    正确：

        培训60000余人次，提供法律服务约110000人次。
    """
    about = [
        (passage, amount)
        for passage in context.passages_holding(DIGITS, (Kind.PARAGRAPH, Kind.HEADING))
        if _LARGE.search(passage.string)
        for amount in amounts(passage.untitled)
        if not amount.is_exact and amount.quantity.number >= 10_000
    ]
    in_ten_thousands = [(passage, amount) for passage, amount in about if amount.quantity.scale == "万"]
    if not in_ten_thousands:
        return
    where, example = in_ten_thousands[0]
    units = {amount.quantity.unit for _, amount in in_ten_thousands}
    printed = set[str]()
    for passage, amount in about:
        quantity = amount.quantity
        if quantity.scale or quantity.number % (1000 if quantity.unit in units else 10_000):
            continue
        if str(amount) in printed and not passage.is_typed(amount.start, amount.end):
            continue
        printed.add(str(amount))
        message = f"“{amount}”没有用“万”，别处用了“{example}”。"
        found = passage.found(amount.start, amount.end, message, f"请改成“{_in_ten_thousands(amount)}”。")
        yield found._replace(related=((where.span(example.start, example.end), f"这里是“{example}”"),))


def _phrases(passage: Passage, year: int) -> Iterator[tuple[str, Amount]]:
    """Yield the amounts of a text whose sentence says, from its beginning, where and what is counted."""
    string = passage.untitled
    openings = (f"{year}年度", f"{year}年", "全年", "一年来", "今年以来", "，")
    for sentence in SENTENCE.finditer(string):
        told = sentence.group()
        for word in openings:
            told = told.removeprefix(word)
        start = sentence.end() - len(told)
        for amount in amounts(string, start, sentence.end()) if told.startswith(_SCOPES) else ():
            if amount.start - sentence.start() > _LONGEST:
                break
            phrase = _FILLED.sub("", string[start : amount.start])
            if _says_what(phrase) and not any(word in phrase for word in _SHARED):
                yield phrase, amount


def _says_what(phrase: str) -> bool:
    """Whether a phrase that begins with a scope ends in words enough, in a clause of their own or after the scope."""
    scope = max((len(scope) for scope in _SCOPES if phrase.startswith(scope)), default=0)
    words = phrase[max(scope, *(phrase.rfind(mark) + 1 for mark in "，、：（")) :]
    return len(words) >= _SHORTEST and count_han(words) == len(words)


def _double_marks(passage: Passage) -> Iterator[Found]:
    """Yield the numbers of a text that are marked twice as approximate, or marked though exact."""
    string = passage.untitled
    for match in numbers(string) if _MARKED.search(string) else ():
        end = match.end("unit") if string.startswith(_PLACES, match.end()) else match.end()  # 20家以上市公司
        if string.startswith(_PLACES, end):
            continue  # 超过30多个城市 may be better than they are
        told, around = string[match.start() : end], string[match.end("unit") : end]
        number, scale, unit = match["number"], match["scale"] or "", match["unit"]
        before, more = match["prefix"] or "", match["some"] or match["more"] or ""
        forms = {
            before: f"{before}{number}{scale}{unit}",
            more: f"{number}{match['some'] or ''}{scale}{match['more'] or ''}{unit}",
            around: f"{number}{scale}{unit}{around}",
        }
        marks = [mark for mark in forms if mark]
        if len(marks) > 1 and not (before.endswith("近") and unit.endswith(TERMS)):
            message = f"“{told}”里“{marks[0]}”和“{marks[1]}”重复。"
            hint = f"请只留一个，例如“{forms[marks[0]]}”或“{forms[marks[1]]}”。"
        elif more == "余" and not scale and number.isascii() and number.isdigit() and not number.endswith("0"):
            message = f"“{told}”里{number}不是整十、整百的数，不能再加“余”。"
            hint = (
                f"准确的请改成“{number}{unit}”；大约的，“余”前面用整十、整百的数，例如“{number[:-1] or 1}0余{unit}”。"
            )
        else:
            continue
        if passage.is_typed(match.start(), end):
            yield passage.found(match.start(), end, message, hint)


def _in_ten_thousands(amount: Amount) -> str:
    quantity = amount.quantity
    number = rounded(value_of(quantity) / 10_000, 1)
    return f"{quantity.prefix}{number}万{quantity.approximate}{quantity.unit}{amount.around}"


RULES = (rate_change, contradictions, over_all, double_marks, large_numbers)
