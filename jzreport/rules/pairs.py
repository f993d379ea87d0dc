"""W: quotes, brackets and title marks (GB/T 15834-2011 4.8, 4.9, 4.15)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from jzreport.rules.base import STANDARD, WARNING, CheckingRule, Context, Found, Kind, rule
from jzreport.rules.marks import Change, straight_pairs
from jzreport.rules.patterns import Pattern


@rule("W04", "引号应是全角的", WARNING, STANDARD)
def straight_quotes(context: Context) -> Iterator[Found]:
    """GB/T 15834—2011 4.8 规定引号用“ ”和‘ ’。键盘上打出的直引号不分左右，不是中文的引号。

    前后两个成对、分得清左右的，程序可以代改；落单的要人来看少了哪一半。

    错误：

        深化"放管服"改革，推行'一件事一次办'。    ←

    错误：

        深化"放管服改革。    ←

    错误：

        落实"执法"三项制度""。    ←

    正确：

        深化“放管服”改革，推行‘一件事一次办’。

    正确：

        举办 Lawyer's Day 宣传活动。
    """
    for passage in context.passages_holding(('"', "'")):
        for start, end, changes in straight_pairs(passage.legible):
            words = _short(passage.string[start + 1 : end - 1])
            if end == start + 1:
                yield passage.found(start, end, "直引号只有一半。", "请补上另一半，并改用全角引号“ ”。")
            elif changes:
                hint = f"请把两边的直引号改成全角的{changes[0].becomes} {changes[1].becomes}。"
                yield passage.repaired((start, end), f"“{words}”两边是不分左右的直引号。", hint, changes)
            else:
                message = f"“{words}”两边是直引号，分不清左右。"
                yield passage.found(start, end, message, "请对照原意，改用全角引号“ ”，里层用‘ ’。")


@rule("W05", "引号、括号、书名号应成对", WARNING, STANDARD)
def unpaired(context: Context) -> Iterator[Found]:
    """缺了一半，读的人不知道引到哪里、注到哪里为止。

    引文有几段时，每段开头都写“，只在最后一段末尾写”，这不算错；“1）”这样的序号也不算。

    错误：

        办结514件（含往年结转。    ←

    错误：

        印发法治政府建设工作要点》。    ←

    错误：

        深化”放管服“改革。    ←

    错误：

        增强“四个意识“、坚定“四个自信”，做到“两个维护“，抓好落实。    ←

    正确：

        各县（市、区）印发《工作要点（试行）》，落实“谁执法谁普法”。

    正确：

        会议强调：“要坚持依法行政。

        “要严格规范公正文明执法。”

    正确：

        重点抓好以下工作（责任单位：甲、乙）：1）加强领导；2）严格执法。

    正确：

        访问网站(http://www.example.gov.cn)查询，或者打开[示例](https://a.example.gov.cn)。
    """
    following = [*context.passages[1:], None]
    for passage, after in zip(context.passages, following, strict=False):  # of no passages there is none after
        if _FLAT.fullmatch(passage.as_meant.string):
            continue
        goes_on = after is not None and after.string.startswith("“")
        told = set[str]()
        for place in _turned(passage.as_meant.string):
            told.add("引号")
            hint = "请改成右引号；若后面漏了文字，请补上。"
            yield passage.found(place, place + 1, "这个左引号写反了，后面紧接着标点。", hint)
        for mark, place in _lonely(passage.as_meant.string):
            kind = _KINDS[mark]
            if kind not in told and not (mark == "“" and goes_on):
                told.add(kind)
                hint = "请补上另一半，或删去多余的这一个。"
                if kind == "引号":
                    hint = "请补上另一半；左右写反了的，请改过来；多余的请删去。"
                yield passage.found(place, place + 1, f"{_name(mark)}没有对应的{_name(_OTHER[mark])}。", hint)


@rule("W06", "引号、书名号里面再用要换一种", WARNING, STANDARD)
def nested(context: Context) -> Iterator[Found]:
    """里外用同一种，读的人会以为引文在里层那一半就完了。引号外面用“ ”、里面用‘ ’，书名号外面用《 》、里面用〈 〉。

    错误：

        印发《关于修改《执法办法》的决定》。    ←

    错误：

        会议要求“全面落实“三项制度””。    ←

    错误：

        会议要求“全面落实”三项制度“”。    ←

    正确：

        印发《关于修改〈执法办法〉的决定》，要求“全面落实‘三项制度’”。

    正确：

        印发《关于推行“双随机、一公开”监管的意见》，深化“放管服”改革，做到“两个维护”。
    """
    for passage in context.texts(Kind.COVER, Kind.HEADING, Kind.PARAGRAPH, Kind.CAPTION):
        string = passage.as_meant.string
        if _FLAT.fullmatch(string):
            continue
        for match in _EMPTY.finditer(string):
            hint = "里面的引号请用‘ ’；若是多余的，请删去。"
            yield passage.found(*match.span(), f"“{match.group()}”里面没有文字。", hint)
        for start, end, changes in _nested(string):
            words = _short(string[start + 1 : end - 1])
            kind, fixed = _KINDS[string[start]], f"{changes[0].becomes}{words}{changes[1].becomes}"
            message = f"“{words}”两边的{kind}和外面的是同一种。"
            yield passage.repaired((start, end), message, f"请改成{fixed}。", changes)


_CLOSING = {"（": "）", "“": "”", "‘": "’", "《": "》", "〈": "〉", "〔": "〕", "【": "】"}
_OTHER = _CLOSING | {closing: opening for opening, closing in _CLOSING.items()} | {"(": "）", ")": "（"}
_KINDS = dict.fromkeys("（）()〔〕【】", "括号") | dict.fromkeys("“”‘’", "引号") | dict.fromkeys("《》〈〉", "书名号")
_ALIKE = {")": "）", "(": "（"}  # one half of a pair may have been typed half-width
_PAIRED = Pattern("[（）()“”‘’《》〈〉〔〕【】]")
# Marks in pairs with nothing but text in them, as nearly all are.
_NONE = "[^（）()“”‘’《》〈〉〔〕【】]"
_FLAT = Pattern(f"{_NONE}*+(?:(?:“{_NONE}++”|《{_NONE}++》|（{_NONE}++）|〔{_NONE}++〕|【{_NONE}++】){_NONE}*+)*+")
# What needs no other half: the bracket of a list mark “1）” or “（1、”, an apostrophe.
_NO_PAIR = Pattern(
    r"(?<!\w)(?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3})(?P<closing>[)）])"
    r"|(?P<opening>[(（])(?:\d{1,2}|[一二三四五六七八九十]{1,3})[、.．]"
)
_APOSTROPHE = Pattern("(?<=[A-Za-z])’(?=[A-Za-z])|(?<=s)’(?= )", "’")
# “ before the mark that ends a clause: it should have been ”. A mark alone between quotes is one that is spoken of.
_TURNED = Pattern("“(?=[，。；、：！？）](?!”))", *(f"“{mark}" for mark in "，。；、：！？）"))
_NAMES = {"“": "左引号", "”": "右引号", "‘": "左单引号", "’": "右单引号"}
_EMPTY = Pattern("“”|‘’", "“”", "‘’")


class _Pairs(NamedTuple):
    """The places of marks: opening and closing ones that belong together, and those without another half."""

    pairs: tuple[tuple[int, int], ...]
    lonely: tuple[int, ...]


def _lonely(string: str) -> Iterator[tuple[str, int]]:
    """Yield the marks that have no other half."""
    lonely = _paired(string).lonely
    if lonely:
        marks = [match for match in _NO_PAIR.finditer(string) if string[match.start() - 1 : match.start()] not in "（("]
        spared = {match.start(match.lastgroup or 0) for match in marks}
        lonely = min(lonely, _paired(string, spared).lonely, key=len)
    yield from ((string[place], place) for place in lonely)


def _name(mark: str) -> str:
    """Return what to call a mark: a quote between quotes cannot be read."""
    return _NAMES.get(mark) or f"“{mark}”"


def _turned(string: str) -> Iterator[int]:
    """Yield where an opening quote stands for a closing one: behind another that is still open."""
    turned = {match.start() for match in _TURNED.finditer(string)}
    if not turned:
        return
    is_open = False
    for place in (match.start() for match in _PAIRED.finditer(string) if match.group() in "“”"):
        if is_open and place in turned:
            yield place
        is_open = string[place] == "“" and not (is_open and place in turned)


def _paired(string: str, spared: Collection[int] = ()) -> _Pairs:
    """Return the pairs of a passage; the marks at the places in `spared` are left out."""
    places = [match.start() for match in _PAIRED.finditer(string)]
    if not places:
        return _Pairs((), ())
    pairs, lonely, opened = list[tuple[int, int]](), list[int](), list[int]()
    waiting = dict.fromkeys(_CLOSING.values(), 0)  # how many of each mark the opened ones wait for
    apostrophes = {match.start() for match in _APOSTROPHE.finditer(string)}
    for place in places:
        if place in apostrophes or place in spared:
            continue
        mark = _ALIKE.get(string[place], string[place])
        if mark in _CLOSING:
            opened.append(place)
            waiting[_CLOSING[mark]] += 1
        elif not waiting[mark]:
            lonely.append(place)
        else:
            while (closing := _closing(string[opened[-1]])) != mark:
                lonely.append(opened.pop())
                waiting[closing] -= 1
            pairs.append((opened.pop(), place))
            waiting[mark] -= 1
    return _Pairs(tuple(sorted(pairs)), tuple(sorted((*lonely, *opened))))


def _closing(opening: str) -> str:
    return _CLOSING[_ALIKE.get(opening, opening)]


_INNER = {"“": "‘’", "‘": "“”", "《": "〈〉", "〈": "《》"}
# “甲”和“乙” typed with a quote turned round reads as “甲“和”乙”: what stands inside is no quotation.
_JOINING_MARKS, _JOINING_WORDS = ("，", "、", "；", "。"), ("和", "与", "及", "或", "以及")


def _nested(string: str) -> Iterator[tuple[int, int, tuple[Change, Change]]]:
    """Yield the pairs that stand directly inside their like, and what they should be; none unless all is paired."""
    paired = _paired(string)
    if paired.lonely:
        return
    outer: list[tuple[int, str]] = []  # where each opened pair ends, and its opening mark as it should be
    for start, end in paired.pairs:
        mark = string[start]
        if mark not in _INNER:
            continue
        while outer and outer[-1][0] < start:
            outer.pop()
        if outer and outer[-1][1] == mark and not _is_joiner(string[start + 1 : end]):
            opening, closing = _INNER[mark][0], _INNER[mark][1]
            yield start, end + 1, (Change(start, start + 1, opening), Change(end, end + 1, closing))
            mark = opening
        outer.append((end, mark))


def _is_joiner(words: str) -> bool:
    return words.startswith(_JOINING_MARKS) or words in _JOINING_WORDS


def _short(words: str) -> str:
    return words if len(words) <= 20 else f"{words[:12]}……{words[-4:]}"


RULES: tuple[CheckingRule, ...] = (straight_quotes, unpaired, nested)
