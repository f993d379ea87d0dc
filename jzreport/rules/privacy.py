"""P: the numbers and addresses of persons, which must not be published."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from jzreport.rules.base import ERROR, PRACTICE, REGULATION, WARNING, Context, Found, Kind, Passage, rule
from jzreport.rules.patterns import Pattern


def _masked(digits: str, head: int, tail: int) -> str:
    """Return a number as a message may print it."""
    return digits[:head] + "*" * (len(digits) - head - tail) + digits[-tail:]


# What every number of these rules holds: the others are not looked for where this stands nowhere.
_LONG_NUMBER = Pattern(r"\d{4}(?:\d{3}|[- ]\d{4})")
_DIGITS = "0123456789０１２３４５６７８９"
_NARROW = str.maketrans("０１２３４５６７８９ＸｘＱ＋－–—‐‑−\u3000", "0123456789XxQ+------ ")
# 18 characters, also in groups: 110105 19491231 002X. Without a label it must hold together (_is_identity).
_IDENTITY = Pattern(r"(?<![0-9A-Za-z*])[0-9]{6}(?:[- ]?[0-9]{4}){2}[- ]?[0-9]{3}[0-9Xx](?![0-9A-Za-z*])")
_OLD_IDENTITY = Pattern(r"(?<![0-9A-Za-z*])[0-9]{15}(?![0-9A-Za-z*])")
_IS = r"[：:为是（(\s]{0,3}$"
_IDENTITY_LABEL = Pattern(f"身份证件?(?:号码?)?{_IS}", "身份证")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _is_identity(digits: str) -> bool:
    """Whether 18 characters hold a date of birth and the right check digit (GB 11643-1999)."""
    try:
        born = datetime.date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    rest = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False)) % 11
    return 1880 <= born.year <= 2100 and "10X98765432"[rest] == digits[17].upper()


def _seen(context: Context, passages: Iterator[Passage]) -> Iterator[Passage]:
    """Yield the passages without what nobody sees in them."""
    return (passage.as_seen for passage in passages) if context.pieces.may_hide else passages


def _numbered(context: Context) -> Iterator[tuple[Passage, str]]:
    """Yield the passages that hold a long number, and their strings with its digits narrow."""
    for passage in _seen(context, context.passages_holding(_DIGITS)):
        if _LONG_NUMBER.search(passage.string):
            yield passage, passage.string.translate(_NARROW)


def _is_labelled(label: Pattern, string: str, place: int) -> bool:
    return label.search(string, max(place - 12, 0), place) is not None


@rule("P01", "身份证号", ERROR, REGULATION, is_private=True)
def identity_number(context: Context) -> Iterator[Found]:
    """身份证号是个人信息，随报告公开就是泄露（《中华人民共和国个人信息保护法》）。

    写明是身份证号的，和出生日期、校验码都对得上的18位号码才算；中间已经用“*”遮住的不算。

    错误：

        为当事人（身份证号11010519491231002X）提供法律援助。    ←

    错误：

        当事人证件110105 19491231 002X、身份证号码：110105491231002已经核验。    ←

    正确：

        为当事人张某（身份证号110105********002X）提供法律援助。

    正确：

        统一社会信用代码为123456789012345678，流水号为110105194912310021。
    """
    for passage, string in _numbered(context):
        for pattern in (_IDENTITY, _OLD_IDENTITY):
            for match in pattern.finditer(string):
                digits = match.group().replace(" ", "").replace("-", "")
                is_sure = len(digits) == 18 and _is_identity(digits)
                if is_sure or _is_labelled(_IDENTITY_LABEL, string, match.start()):
                    message = f"这里有身份证号“{_masked(digits, 6, 4)}”，不能公开。"
                    yield passage.found(match.start(), match.end(), message, "请删去；要说到当事人时，写“张某”。")


_MOBILE = Pattern(
    r"(?<![0-9A-Za-z.*+-])(?:[+]86[- ]?)?1[3-9][0-9](?:[0-9]{8}|([- ])[0-9]{4}\1[0-9]{4})(?![0-9A-Za-z*%]|\.[0-9])"
)
_LANDLINE = Pattern(r"(?<![0-9A-Za-z.*-])(?:0[0-9]{2,3}[-—－]|[（(]0[0-9]{2,3}[）)])([0-9]{7,8})(?![0-9A-Za-z*])")
_LOCAL = Pattern(r"电话(?:号码)?[：:为是]?\s?([0-9]{7,8})(?![0-9A-Za-z*])", "电话")
_ACCOUNT = Pattern(
    r"(?:微信号|[Qq]{2}(?:号码?)?)[：:为是]{0,2}\s?([A-Za-z][A-Za-z0-9_-]{5,19}|[1-9][0-9]{4,10})(?![0-9A-Za-z_*])",
    *("微信号", "QQ", "qq"),
)
_UNITS = tuple("万亿元件次个人份条户家吨亩度")
_PUBLIC = Pattern("热线|(?:咨询|监督|举报|投诉|服务|报警|求助|公开|值班)(?:电话|信箱|邮箱|邮件)|征集|征求|公众|意见箱")


@rule("P02", "电话号码", WARNING, REGULATION, is_private=True)
def telephone_number(context: Context) -> Iterator[Found]:
    """个人的手机和座机号码不宜随报告公开。热线、监督电话等向社会公布的号码不查。

    错误：

        联系人张某，手机13800138000。    ←

    错误：

        办公室电话：8123456，传真0792-8123457。    ←

    错误：

        联系人张某，手机+8613800138000，微信号zhangsan2023，QQ号12345678。    ←

    正确：

        “12348”热线平台运行平稳，监督电话0792-8123456、0792-8123457已经公布。

    正确：

        归集数据13800138000条，文号〔2023〕0792-1号，联系电话138****8000，工单编号13812345678已经办结。

    正确：

        联系电话：0792-8123456（市司法局值班电话），微信公众号shilishifazhi已经开通。
    """
    kinds = (Kind.HEADING, Kind.PARAGRAPH, Kind.CELL, Kind.CAPTION)
    for passage in _seen(context, context.passages_holding((*_DIGITS, *_ACCOUNT.seeds, "Ｑ"), kinds)):
        string = passage.string.translate(_NARROW) if _may_call(passage.string) else ""
        for pattern, group, head, tail in _CALLED if string else ():
            for match in pattern.finditer(string):
                number = match[group] if pattern is _ACCOUNT else "".join(filter(str.isdigit, match[group]))
                if number not in context.wording.hotlines and not _is_other(string, *match.span(group)):
                    what = match.group()[:2].upper() if pattern is _ACCOUNT else "电话"
                    message = f"这里有{what}号码“{_masked(match[group], head, tail)}”。"
                    hint = "若是个人的号码，请删去；若是对外公布的，请写明是“监督电话”“服务热线”等。"
                    yield passage.found(*match.span(group), message, hint)


_CALLED = ((_MOBILE, 0, 3, 4), (_LANDLINE, 0, 5, 2), (_LOCAL, 1, 2, 2), (_ACCOUNT, 1, 2, 1))


def _may_call(string: str) -> bool:
    return _LONG_NUMBER.search(string) is not None or _ACCOUNT.may_match(string.replace("Ｑ", "Q"))


def _is_other(string: str, start: int, end: int) -> bool:
    """Whether a number is a count, the number of something else, or said to be for the public."""
    if string.startswith(_UNITS, end) or any(word in string[max(start - 6, 0) : start] for word in _OTHER_NUMBERS):
        return True
    return _is_for_all(string, start) or _PUBLIC_AFTER.match(string, end) is not None


_PUBLIC_AFTER = Pattern(rf"[（(][^（()）。；]{{0,20}}(?:{_PUBLIC.expression})", "（", "(")


def _is_for_all(string: str, place: int) -> bool:
    """Whether the sentence has said that what follows is for the public."""
    first = max(place - 60, 0)
    start = max(string.rfind(stop, first, place) for stop in "。；") + 1 or first
    return bool(_PUBLIC.search(string, start, place))


_CARD = Pattern(
    r"(?<![0-9A-Za-z*.-])(?:[0-9]{16,19}|[0-9]{4}(?: [0-9]{4}){3}(?: [0-9]{1,3})?)(?![0-9A-Za-z*-]|\.[0-9])"
)
_ISSUED = ("62", "4", "51", "52", "53", "54", "55", "9558")  # what the numbers of bank cards begin with here
_OTHER_NUMBERS = ("代码", "编码", "编号", "文号", "案号", "单号", "条码", "证号", "流水号", "许可证", "身份证")
_CARD_LABEL = Pattern(f"(?:银行卡|储蓄卡|信用卡|银行账[户号]|[账帐卡]号)(?:号码?)?{_IS}", *"卡账帐")


def _is_card(digits: str) -> bool:
    """Whether the digits could be a card's by its issuer and check digit (Luhn, ISO/IEC 7812-1)."""
    if not digits.startswith(_ISSUED):
        return False
    doubled = (int(digit) * (1 + n % 2) for n, digit in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


@rule("P03", "银行卡号", ERROR, REGULATION, is_private=True)
def card_number(context: Context) -> Iterator[Found]:
    """银行卡号是个人的财产信息，随报告公开就是泄露（《中华人民共和国个人信息保护法》）。

    写明是卡号、账号的，和开头、校验码都对得上的16至19位号码才算；写明是编号、代码的不算。

    错误：

        救助金已经打入6222020000000000000账户。    ←

    错误：

        退赔款打入账号：6222020000000000001。    ←

    正确：

        救助金已经打入6222********0000账户。

    正确：

        案件编号6222020000000000000已经归档，物料批次为6222020000000000001。
    """
    for passage, string in _numbered(context):
        for match in _CARD.finditer(string):
            digits = match.group().replace(" ", "")
            before = string[max(match.start() - 10, 0) : match.start()]
            is_other = any(word in before for word in _OTHER_NUMBERS)
            if is_other or string.startswith(_UNITS, match.end()) or (len(digits) == 18 and _is_identity(digits)):
                continue
            if _is_card(digits) or _is_labelled(_CARD_LABEL, string, match.start()):
                message = f"这里有银行卡号“{_masked(digits, 4, 4)}”，不能公开。"
                yield passage.found(match.start(), match.end(), message, "请删去。")


# The name is at most 64 characters (RFC 5321), so that a long run of letters costs no time.
_MAIL = Pattern(
    "(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}([@＠])[A-Za-z0-9-]{1,63}(?:[.][A-Za-z0-9-]{1,63}){1,5}", "@", "＠"
)


@rule("P04", "电子邮箱", WARNING, PRACTICE, is_private=True)
def mail_address(context: Context) -> Iterator[Found]:
    """个人的电子邮箱不宜随报告公开。举报、征求意见等向社会公布的邮箱不查。

    错误：

        意见请发至zhangsan@example.com汇总。    ←

    正确：

        公布举报邮箱jubao@example.gov.cn，方便群众反映问题。
    """
    for passage in _seen(context, context.passages_with(_MAIL)):
        for match in _MAIL.finditer(passage.string):
            if not _is_for_all(passage.string, match.start()):
                hint = "若是个人的邮箱，请删去；若是对外公布的，请写明是“监督邮箱”“征求意见邮箱”等。"
                message = f"这里有电子邮箱“{match.group()[0]}***{match.group()[match.group().index(match[1]) :]}”。"
                yield passage.found(match.start(), match.end(), message, hint)


RULES = (identity_number, telephone_number, card_number, mail_address)
