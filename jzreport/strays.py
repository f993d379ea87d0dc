"""What strays into a text from a chat, a web page or Word: Markdown marks, invisible and unprintable characters.

A good draft has none of it: `source` looks with one pattern whether there is anything to tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from jzreport.chinese import FILLERS
from jzreport.diagnostics import Diagnostic, Edit, Rule, Severity, Span
from jzreport.encoding import AS_TABLE, FORBIDDEN
from jzreport.text import Text

MARKDOWN = Rule("R13", "排版记号没有用处", Severity.WARNING)
INVISIBLE = Rule("R14", "看不见的字符", Severity.WARNING)
UNPRINTABLE = Rule("R15", "印不出来的字符")


_MAX_EDITS = 10_000  # of one finding: a line of nothing but such characters is no text to be repaired
_MAX_TOLD = 100  # findings of one value: nobody reads more


def in_value(lines: Sequence[Text], *, is_block: bool, is_entry: bool) -> Iterator[Diagnostic]:
    """Yield what strayed into the lines of a value; `is_block`: it is text below a “|”, `is_entry`: a key's value."""
    return islice(_in_block(lines) if is_block else _in_line(lines, is_entry), _MAX_TOLD)


def _in_line(lines: Sequence[Text], is_entry: bool) -> Iterator[Diagnostic]:
    for line in lines:
        if is_entry and (match := _QUOTED_MARK.match(str(line))):
            hint = "若是强调或列表的记号，请删去它和两头的引号。"
            message = f"开头的“{match['at']}”会照样印出来。"
            yield Diagnostic(MARKDOWN, _span(line, *match.span("at")), message, hint)
        yield from _anywhere(line)


def _in_block(lines: Sequence[Text]) -> Iterator[Diagnostic]:
    before = None
    with_marks = not any(_ENTRY.match(str(line)) for line in lines)
    for number, line in enumerate(lines):
        mark = _line_mark(str(line)) if with_marks else None
        if mark and (mark.is_repaired or mark is not before):  # a list of ten points is one slip
            yield _marked(line, mark, _stands_alone(lines, number))
        if str(line).strip():
            before = mark
        yield from _anywhere(line)


def _stands_alone(lines: Sequence[Text], number: int) -> bool:
    """Whether a line is a paragraph: the mark of a heading is all that keeps another from running on."""
    around = (*lines[max(number - 1, 0) : number], *lines[number + 1 : number + 2])
    return not any(str(line).strip() for line in around)


def _anywhere(line: Text) -> Iterator[Diagnostic]:
    yield from _pairs(line)
    yield from _pasted(line)
    yield from _hidden(line)


class _Mark(NamedTuple):
    """A mark at the beginning of a line: what is told of it, and whether `fix` may delete it."""

    pattern: re.Pattern[str]  # its group `at` is the mark
    message: str
    hint: str
    is_repaired: bool


_MARKS = (
    _Mark(
        re.compile(r"\s*(?P<at>(?:`{3,}|~{3,})[\w+-]*)\s*$"),
        "“{at}”是从聊天或网页带来的记号。",
        "请删去这一行。",
        True,
    ),
    _Mark(re.compile(r"\s*(?P<at>-{3,}|\*{3,})\s*$"), "“{at}”不会印成分隔线。", "请删去这一行。", True),
    _Mark(
        re.compile(r"\s*(?P<at>#{1,6}\s+|#{2,6})(?=[^\s#])"),
        "行首的“{at}”不会变成标题。",
        "若是标题，请移到“标题: ”后面，或上下各空一行，再删去“{at}”；否则请删去。",
        True,
    ),
    _Mark(
        re.compile(r"\s*(?P<at>>+) +(?=[^\s\d])"),
        "行首的“{at}”不会变成引文。",
        "请删去，引用别人的话用“ ”。",
        False,
    ),
    # “- 5℃” is a number, “* 注” the note of a table.
    _Mark(
        re.compile(r"\s*(?P<at>[-+•]|\*(?! *注)) +(?=[^\s\d])"),
        "行首的“{at}”不会变成列表。",
        "请删去，各条之间空一行；要编号的请写成“条目”。",
        False,
    ),
    _Mark(
        re.compile(r"\s*+(?P<at>\|?[ :]*+-{3,}+[ :]*+\|)[-| :]*+$"),
        "用“|”画的表格不会印成表格。",
        AS_TABLE,
        False,
    ),
)


# Text that has swallowed an entry (R16) is put right first: a dash may be the entry's own.
_ENTRY = re.compile(r"\s*(?:- *\w{1,6} *[:：]|\w{1,6} *:\s*\|?$)")


def _line_mark(string: str) -> _Mark | None:
    return next((mark for mark in _MARKS if mark.pattern.match(string)), None)


def _marked(line: Text, mark: _Mark, stands_alone: bool) -> Diagnostic:
    match = mark.pattern.match(str(line))
    assert match, "it was found there"
    (start, end), at = match.span("at"), match["at"].strip()
    is_safe = mark.is_repaired and (stands_alone or not at.startswith("#"))
    edits = _edits(line, [(start, end, "")]) if is_safe else ()
    return Diagnostic(MARKDOWN, _span(line, start, end), mark.message.format(at=at), mark.hint.format(at=at), (), edits)


# Marks around a word. Names are masked with the same sign: “王**诉李**案” has surnames before both.
_BOLD = re.compile(r"(?<![*\d])(?P<open>\*\*)(?=[\w“《（【〔])(?P<inner>[^*]*[^*\s])(?P<close>\*\*)(?![*\d])")
_UNDERLINED = re.compile(r"(?<!\w)(?P<open>__)(?=[^\W_])(?P<inner>[^_]{3,}[^\W_])(?P<close>__)(?!\w)")
_CODE = re.compile(r"(?<!`)(?P<open>`)(?P<inner>[^`]+)(?P<close>`)(?!`)")
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文某"
)


# “**” in place of a number that is not known yet: “受理**件”, but “**5**件” is a number made bold.
_HELD = re.compile(
    r"(?<![\d一二三四五六七八九十百千万亿两零%％*])\*\* ?(?:[%％元篇宗余亿]|件(?!数)|个(?!人|体|别|案|性)|项(?!目)|份(?!额)|次(?!日|要)"
    r"|场(?!所|景)|条(?!件|例|款|文)|万(?=[元人件余名次])|年(?![度初末底])|月(?=[\d*份]|底)|日(?=[，。前止])|名(?![下义称单])"
    r"|起(?![诉草来])|期(?!间|限)|批(?![评准复示])|人(?![身民格大才员社])|家(?![属人庭中园])|部(?![门署委队分])|位(?!置))"
)
_SIGN = re.compile(r"(?<!\*)\*\*(?!\*)")


def _holds_places(string: str) -> bool:
    """Whether a “**” of a line stands in for a number, or for the half of a name: then none can be told to be bold."""
    return bool(_HELD.search(string)) or len(_SIGN.findall(string)) % 2 == 1


def _is_masked(string: str, match: re.Match[str]) -> bool:
    return string[max(match.start() - 1, 0) : match.start()] in _SURNAMES and match["inner"][-1] in _SURNAMES


def _pairs(line: Text) -> Iterator[Diagnostic]:
    string = str(line)
    for pattern in (_UNDERLINED, _CODE) if "**" not in string or _holds_places(string) else (_BOLD, _UNDERLINED, _CODE):
        for match in pattern.finditer(string):
            sign = match["open"]
            if sign == "**" and _is_masked(string, match):
                continue
            edits = _edits(line, [(*match.span("open"), ""), (*match.span("close"), "")])
            message = f"“{_short(match['inner'])}”两边的“{sign}”不起作用，是多余的记号。"
            span = _span(line, *match.span())
            yield Diagnostic(MARKDOWN, span, message, f"请删去两边的“{sign}”。", (), edits)


# What begins a quoted value that was quoted because of it. (“*注” is a note's star, “- 5℃” a number.)
_QUOTED_MARK = re.compile(r"(?P<at>\*(?! *注)|#{1,6}|[-+•])(?:(?<=[*•])|(?<=##)| ) *(?=[^\W\d]|[“《（【])")
_PASTED = (
    (
        re.compile(r"(?:[✅❌✨❗❓⭐⚡❤]|[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff]|[^\s\w](?=\ufe0f))\ufe0f?"),
        "“{at}”是聊天里用的表情符号，不宜印在公文里。",
        "请删去，或改成文字。",
    ),
    (
        re.compile(
            r"</?(?:p|br|div|span|strong|b|em|i|u|font|table|tr|td|th|li|ul|ol|h[1-6])(?: [^<>]{0,200})?/?>"
            r"|&(?:nbsp|lt|gt|amp|quot|ensp|emsp|middot|[lr]dquo|mdash|hellip);",
            re.IGNORECASE,
        ),
        "“{at}”是网页带来的记号，会照样印出来。",
        "请删去。",
    ),
    (
        re.compile(r"(?<![*\w])\*(?!注)(?=[\w“])[^*]{1,40}[^*\s]\*(?!\*)"),
        "“{at}”两边的“*”不起作用，是多余的记号。",
        "请删去两边的“*”。",
    ),
    (re.compile(r"【【[^【】]{1,40}】】"), "“{at}”的括号多写了一层。", "请只留一层，或删去。"),
    (
        re.compile(
            r"希望(?:以上|这些|本)(?:内容|回答|信息|文本)?对(?:您|你)有所?帮助|^好的，(?:以下|下面)是|作为一(?:个|名)(?:人工智能|AI)"
            r"|如(?:果您|果你|您|你)?(?:还)?(?:有|需)[^。]{0,20}请(?:随时)?告诉我"
        ),
        "“{at}”像是聊天软件的回话，不是稿件的内容。",
        "与稿件无关的话请删去。",
    ),
)


def _pasted(line: Text) -> Iterator[Diagnostic]:
    """Yield what came from a chat or a web page and cannot be deleted without a look: one finding a kind and line."""
    for pattern, message, hint in _PASTED:
        if match := pattern.search(str(line)):
            yield Diagnostic(MARKDOWN, _span(line, *match.span()), message.format(at=_short(match.group())), hint)


_NAMES = {
    "\u00a0": "不间断空格",
    "\u00ad": "可选连字符",
    "\u200b": "零宽空格",
    "\u200c": "零宽不连字",
    "\u200d": "零宽连字",
    "\u2060": "零宽连接符",
    "\ufffc": "图片或公式的占位符",
    **dict.fromkeys(FILLERS - {"\ufffc"}, "空白的占位字符"),
    **dict.fromkeys("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "文字方向标记"),
}


def _hidden(line: Text) -> Iterator[Diagnostic]:
    """Yield at most one finding of each kind: who pastes one invisible character pastes many."""
    string = str(line)
    if string.isprintable() and FILLERS.isdisjoint(string):
        return
    end = len(string.rstrip())
    start = end - len(string[:end].lstrip())
    odd = [(n, c) for n, c in enumerate(string) if (not c.isprintable() or c in FILLERS) and not re.match(FORBIDDEN, c)]
    if invisible := [(n, c) for n, c in odd if _is_format(c) or (_is_odd_blank(c) and start <= n < end)]:
        names = "、".join(dict.fromkeys(_name(c) for _, c in invisible))
        changes = [(n, n + 1, " " if _is_odd_blank(c) else "") for n, c in invisible]
        edits = _edits(line, changes) if len(changes) <= _MAX_EDITS else ()
        hint = "请把这里前后的字一起删去重打。" if len(invisible) == 1 else "请把这一行删去重打。"
        yield _told(INVISIBLE, line, [n for n, _ in invisible], f"看不见的字符（{names}）", hint, edits)
    if boxes := [n for n, c in odd if _is_unprintable(c)]:
        hint = "请对照原件，用输入法重新输入这个字；换一台电脑它会变成方框或别的字。"
        yield _told(UNPRINTABLE, line, boxes, f"印不出来的字符（U+{ord(string[boxes[0]]):04X}）", hint, ())


def _told(rule: Rule, line: Text, places: Sequence[int], what: str, hint: str, edits: tuple[Edit, ...]) -> Diagnostic:
    """Return the finding of characters nobody sees, placed by what stands before them."""
    first, string = places[0], str(line)
    before = "".join(filter(str.isprintable, string[max(0, first - 8) : first])).strip()[-6:]
    where = f"“{before}”后面" if before else "这一行开头"
    count = "有一个" if len(places) == 1 else f"等{len(places)}处有"
    return Diagnostic(rule, _span(line, first, first + 1), f"{where}{count}{what}。", hint, (), edits)


def _is_format(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or character in FILLERS


def _is_odd_blank(character: str) -> bool:
    """Whether it is a blank of unusual width; a full-width one is no stray but a habit."""
    return unicodedata.category(character) == "Zs" and character != "\u3000"


def _is_unprintable(character: str) -> bool:
    """Whether no font of another computer has it. Above U+FFFF, newer Chinese characters may be unknown to Python."""
    category, code = unicodedata.category(character), ord(character)
    return category == "Co" or (category == "Cn" and (code < 0x10000 or code & 0xFFFE == 0xFFFE))


def _name(character: str) -> str:
    known = _NAMES.get(character) or ("特殊空格" if _is_odd_blank(character) else "控制字符")
    return f"{known} U+{ord(character):04X}"


def _short(words: str) -> str:
    return words if len(words) <= 16 else f"{words[:8]}……{words[-4:]}"


def _span(line: Text, start: int, end: int) -> Span:
    span = line.span(start, end)
    assert span is not None, "a value is always typed"
    return span


def _edits(line: Text, changes: Sequence[tuple[int, int, str]]) -> tuple[Edit, ...]:
    """Return the changes as edits, none when a part was not typed as it reads (an escape in quotes)."""
    string = str(line)
    spans = [_span(line, start, end) for start, end, _ in changes]
    widths = (span.end_column - span.column for span in spans)
    if any(width != end - start for width, (start, end, _) in zip(widths, changes, strict=True)):
        return ()
    return tuple(Edit(span, string[a:b], new) for span, (a, b, new) in zip(spans, changes, strict=True))
