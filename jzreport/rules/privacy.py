"""P: what must not be published."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from jzreport.rules.base import ERROR, PRACTICE, REGULATION, STOPS, WARNING, Context, Found, Kind, Passage, rule
from jzreport.rules.patterns import Pattern


def _masked(digits: str, head: int, tail: int) -> str:
    """Return a number as a message may print it."""
    return digits[:head] + "*" * (len(digits) - head - tail) + digits[-tail:]


# What every number of these rules holds: the others are not looked for where this stands nowhere.
_LONG_NUMBER = Pattern("[0-9]{4}(?:[0-9]{3}|[- ][0-9]{4})")
_IDENTITY = Pattern(r"(?<![0-9A-Za-z*])[0-9]{17}[0-9Xx](?![0-9A-Za-z*])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _is_identity(digits: str) -> bool:
    """Whether 18 characters hold a date of birth and the right check digit (GB 11643-1999)."""
    try:
        born = datetime.date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    rest = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False)) % 11
    return 1880 <= born.year <= 2100 and "10X98765432"[rest] == digits[17].upper()


def _has_long_number(passage: Passage) -> bool:
    return _LONG_NUMBER.search(passage.string) is not None


@rule("P01", "身份证号", ERROR, REGULATION)
def identity_number(context: Context) -> Iterator[Found]:
    """身份证号是个人信息，随报告公开就是泄露（《中华人民共和国个人信息保护法》）。

    出生日期和校验码都对得上的18位号码才算；中间已经用“*”遮住的不算。

    错误：

        为当事人（身份证号11010519491231002X）提供法律援助。    ←

    正确：

        为当事人张某（身份证号110105********002X）提供法律援助。

    正确：

        统一社会信用代码为123456789012345678，流水号为110105194912310021。
    """
    for passage in filter(_has_long_number, context.passages):
        for match in _IDENTITY.finditer(passage.string):
            if _is_identity(match.group()):
                message = f"这里有身份证号“{_masked(match.group(), 6, 4)}”，不能公开。"
                yield passage.found(match.start(), match.end(), message, "请删去；要说到当事人时，写“张某”。")


_MOBILE = Pattern(r"(?<![0-9A-Za-z.*-])1[3-9][0-9](?:[0-9]{8}|([- ])[0-9]{4}\1[0-9]{4})(?![0-9A-Za-z*%]|\.[0-9])")
_LANDLINE = Pattern(r"(?<![0-9A-Za-z.*-])(?:0[0-9]{2,3}[-—－]|[（(]0[0-9]{2,3}[）)])([0-9]{7,8})(?![0-9A-Za-z*])")
_LOCAL = Pattern(r"电话(?:号码)?[：:为是]?\s?([0-9]{7,8})(?![0-9A-Za-z*])", "电话")
_UNITS = tuple("万亿元件次个人份条户家吨亩度")
_PUBLIC = Pattern("热线|(?:咨询|监督|举报|投诉|服务|报警|求助|公开|值班)(?:电话|信箱|邮箱|邮件)|征集|征求|公众|意见箱")


@rule("P02", "电话号码", WARNING, PRACTICE)
def telephone_number(context: Context) -> Iterator[Found]:
    """个人的手机和座机号码不宜随报告公开。热线、监督电话等向社会公布的号码不查。

    错误：

        联系人张某，手机13800138000。    ←

    错误：

        办公室电话：8123456，传真0792-8123457。    ←

    正确：

        “12348”热线平台运行平稳，监督电话0792-8123456、0792-8123457已经公布。

    正确：

        归集数据13800138000条，文号〔2023〕0792-1号，联系电话138****8000。
    """
    texts = context.texts(Kind.HEADING, Kind.PARAGRAPH, Kind.CELL, Kind.CAPTION)
    for passage in filter(_has_long_number, texts):
        string = passage.string
        for pattern, group, head, tail in ((_MOBILE, 0, 3, 4), (_LANDLINE, 0, 5, 2), (_LOCAL, 1, 2, 2)):
            for match in pattern.finditer(string):
                start, end = match.span(group)
                number = "".join(filter(str.isdigit, match[group]))
                is_count = string.startswith(_UNITS, end)
                if not is_count and number not in context.wording.hotlines and not _is_for_all(string, start):
                    message = f"这里有电话号码“{_masked(match[group], head, tail)}”。"
                    hint = "若是个人的号码，请删去；若是对外公布的，请写明是“监督电话”“服务热线”等。"
                    yield passage.found(start, end, message, hint)


def _is_for_all(string: str, place: int) -> bool:
    """Whether the sentence has said that what follows is for the public."""
    first = max(place - 60, 0)
    start = max(string.rfind(stop, first, place) for stop in "。；") + 1 or first
    return bool(_PUBLIC.search(string, start, place))


_CARD = Pattern(
    r"(?<![0-9A-Za-z*.-])(?:[0-9]{16,19}|[0-9]{4}(?: [0-9]{4}){3}(?: [0-9]{1,3})?)(?![0-9A-Za-z*-]|\.[0-9])"
)
_ISSUED = ("62", "4", "51", "52", "53", "54", "55", "9558")  # what the numbers of bank cards begin with here
_OTHER_NUMBERS = ("代码", "编码", "编号", "文号", "案号", "单号", "条码", "证号", "流水号", "许可证")


def _is_card(digits: str) -> bool:
    """Whether the digits could be a card's by its issuer and check digit (Luhn, ISO/IEC 7812-1)."""
    if not digits.startswith(_ISSUED):
        return False
    doubled = (int(digit) * (1 + n % 2) for n, digit in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


@rule("P03", "银行卡号", ERROR, REGULATION)
def card_number(context: Context) -> Iterator[Found]:
    """银行卡号是个人的财产信息，随报告公开就是泄露（《中华人民共和国个人信息保护法》）。

    开头和校验码都对得上的16至19位号码才算；写明是编号、代码的不算。

    错误：

        救助金已经打入6222020000000000000账户。    ←

    正确：

        救助金已经打入6222********0000账户。

    正确：

        案件编号6222020000000000000已经归档，物料批次为6222020000000000001。
    """
    for passage in filter(_has_long_number, context.passages):
        string = passage.string
        for match in _CARD.finditer(string):
            digits = match.group().replace(" ", "")
            before = string[max(match.start() - 10, 0) : match.start()]
            is_other = any(word in before for word in _OTHER_NUMBERS)
            if is_other or string.startswith(_UNITS, match.end()):
                continue
            if _is_card(digits) and not (len(digits) == 18 and _is_identity(digits)):
                message = f"这里有银行卡号“{_masked(digits, 4, 4)}”，不能公开。"
                yield passage.found(match.start(), match.end(), message, "请删去。")


# The name is at most 64 characters (RFC 5321), so that a long run of letters costs no time.
_MAIL = Pattern(
    "(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}[@＠][A-Za-z0-9-]{1,63}(?:[.][A-Za-z0-9-]{1,63}){1,5}", "@", "＠"
)


@rule("P04", "电子邮箱", WARNING, PRACTICE)
def mail_address(context: Context) -> Iterator[Found]:
    """个人的电子邮箱不宜随报告公开。举报、征求意见等向社会公布的邮箱不查。

    错误：

        意见请发至zhangsan@example.com汇总。    ←

    正确：

        公布举报邮箱jubao@example.gov.cn，方便群众反映问题。
    """
    for passage in context.passages:
        for match in _MAIL.finditer(passage.string):
            if not _is_for_all(passage.string, match.start()):
                hint = "若是个人的邮箱，请删去；若是对外公布的，请写明是“监督邮箱”“征求意见邮箱”等。"
                yield passage.found(match.start(), match.end(), f"这里有电子邮箱“{match.group()}”。", hint)


_LEVELS = ("绝密", "机密", "秘密")
_CLASSIFIED = Pattern(rf"(?<![家业作])(?:{'|'.join(_LEVELS)})级?\s{{0,3}}[★☆*＊]", *"★☆*＊")
_CLASSIFIED_ALONE = Pattern(rf"(?:{'|'.join(_LEVELS)})级?(?:文件|件|事项)?", *_LEVELS)


@rule("P05", "密级标志", ERROR, REGULATION)
def classification(context: Context) -> Iterator[Found]:
    """有密级标志的文字不能公开（《中华人民共和国保守国家秘密法》）。报告本身定了密、填了“密级”的不查。

    错误：

        正文: |
          机密★1年    ←

          2023年，全市法治政府建设取得新成效。

    正确：

        加强保密审查，依法保护国家秘密、商业秘密和个人隐私。

    正确：

        # report.yaml
        密级: 秘密
        # 01.yaml
        正文: 秘密★1年
    """
    for passage in context.passages if not context.report.classification else ():
        match = _CLASSIFIED.search(passage.string)
        if not match and passage.kind is not Kind.CELL:
            match = _CLASSIFIED_ALONE.fullmatch(passage.string)
        if match:
            message = f"“{match.group()}”是密级标志，带密级的内容不能公开。"
            hint = "请核对这份材料能不能用；报告本身要定密的，请在 report.yaml 里填“密级”。"
            yield passage.found(match.start(), match.end(), message, hint)


_OPEN, _CLOSE = "（(【[〔", "）)】]〕"
_PIECE = Pattern(r"[^。！？；（()）【\[\]】〔〕]+")
_ADDED = "，、：: \u3000此件本稿仅供"  # what may stand beside a mark: “内部资料，注意保存” “此件不予公开”
_DRAFTED = ("条例", "办法", "规定", "细则", "草案", "规划", "方案", "意见", "》", "\ufffc")
# What a bracket begins with “待”, or a square one with “请”, has not been filled in (S17).
_NOTE = Pattern(
    r"[（(【\[〔](?:批注|修改意见|审核意见|领导意见)[^（()）【\[\]】〔〕]{0,80}[）)】\]〕]"
    r"|[（(](?:(?:此处|此段|这里)(?!待)|请(?:核|补充|确认|修改|删|把关|领导))[^（()）【\[\]】〔〕]{0,80}[）)]"
    r"|[（(【\[〔][^（()）【\[\]】〔〕]{0,40}[需再][^（()）【\[\]】〔〕，。；]{0,8}核实[。！？]?[）)】\]〕]",
    *("批注", "修改意见", "审核意见", "领导意见", "此处", "此段", "这里", "（请", "(请", "核实"),
)


@rule("P06", "内部用语和批注", WARNING, PRACTICE)
def internal(context: Context) -> Iterator[Found]:
    """“送审稿”“内部资料”一类的标记和改稿时的批注是给自己人看的，忘了删就会印出去。

    看单独成段或括在括号里的标记，和括号里的批注；“形成《……》（送审稿）”“依法不予公开”一类的话不看。

    错误：

        # report.yaml
        标题: 示例市人民政府关于2023年度法治政府建设情况的报告（送审稿）    ←

    错误：

        正文: |
          内部资料，注意保存    ←

          全年办结行政复议案件514件（此处请市司法局核实）。    ←

    正确：

        形成《示例市养犬管理条例》（送审稿），依法不予公开的政府信息12件，提醒当事人注意保存证据。

    正确：

        办结514件（含往年结转），报请领导审定后印发，认定事实时再次核实（经核实的除外）。
    """
    for passage in context.texts(Kind.COVER, Kind.HEADING, Kind.PARAGRAPH, Kind.CAPTION):
        if passage.kind is Kind.COVER and passage.text not in context.report.title:
            continue  # 附注 may well say that a report is not for the public
        marks = [word for word in context.wording.internal if word in passage.unquoted]
        for start, end in _marks(passage, marks) if marks else ():
            message = f"“{passage.string[start:end]}”是内部用的标记。"
            yield passage.found(start, end, message, "公开前请删去。")
        for match in _NOTE.finditer(passage.unquoted):
            message = f"“{match.group()}”像是改稿时的批注。"
            yield passage.found(match.start(), match.end(), message, "核对后请删去。")


def _marks(passage: Passage, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where a piece between full stops or brackets is nothing but such words, and no remark on what is before."""
    string = passage.unquoted
    for piece in _PIECE.finditer(string):
        left = piece.group()
        for word in words:
            left = left.replace(word, "")
        if len(left) == len(piece.group()) or left.strip(_ADDED):
            continue
        start, end = piece.span()
        is_last = passage.kind in (Kind.COVER, Kind.HEADING) and end + 1 >= len(string)
        before = start - 1 if start and string[start - 1] in _OPEN else start
        is_version = before < start and is_last and not string.endswith(_DRAFTED, 0, before)  # “……的报告（送审稿）”
        if before == 0 or string[before - 1] in STOPS or is_version:
            yield start, end


RULES = (identity_number, telephone_number, card_number, mail_address, classification, internal)
