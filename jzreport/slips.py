"""Slips of the hand that make a file unreadable, found on the line where they were made.

YAML names the line where it gave up, which is often the next one; these patterns look at what a clerk types.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from jzreport.chinese import display_width


class Slip(NamedTuple):
    """A slip: its line and column (from 1), what is wrong, what to type."""

    line: int
    column: int
    message: str
    hint: str


_Found = tuple[int, str, str, str]  # index in the line (or value), message, advice, corrected ("": not to be known)
ODD_INDENT = "行首的空格是全角的或特殊的。"
_HALF = "这里的半角引号只有一半。"
_MAX_MENDED = 4  # slips of one line

KEY = r"[^\s:：﹕∶#'\"\[\]{}，。、；（）|>&*!?@`%-][^\s:：﹕∶#'\"\[\]{}，。、；（）]{0,39}"
_VALUE = re.compile(rf" *+(?:- ++)*+(?:{KEY} *:(?: +|$))?(?P<value>.*)")
# Blanks that look like the one YAML knows and are letters to it.
_ODD = "[\u00a0\u2000-\u200b\u202f\u205f\u3000]"
ODD_LEAD = re.compile(rf" *(?P<at>{_ODD}[\s{_ODD[1:-1]}]*)")
_COMMENT = r"\s*(?:#\s.*)?$"


def slip_on(line: str, number: int) -> Slip | None:
    """Return the slip that a line shows by itself."""
    found = _first(line)
    if not found:
        return None
    index, message, advice, fixed = found
    lead = fixed[: indent_of(fixed)] or line[: indent_of(line)]  # only odd blanks before the line are mended with it
    for _ in range(_MAX_MENDED):  # a hint that shows the line shows it without its other slips
        more = _first(lead + fixed.strip()) if fixed else None
        if more:
            advice, fixed = (advice, more[3]) if more[3] else (f"{advice}；{more[2]}", "")
    hint = f"{advice}：“{shown(lead + fixed.strip())}”" if fixed and fixed != line.strip() else f"{advice}。"
    return Slip(number, index + 1, message, hint)


@lru_cache(1 << 17)
def _first(line: str) -> _Found | None:
    return next((found for check in (*_SHAPE, _value) if (found := check(line))), None)


@lru_cache(1 << 17)
def shaped(line: str) -> str:
    """Return the line as it would stand with its blanks, dash and colon right.

    Who looks for a slip looks through the file several times; a line takes fifteen patterns.
    """
    for check in _SHAPE:
        if found := check(line):
            fixed = found[3]
            line = fixed if check is _odd_indent else line[: indent_of(line)] + fixed
    return line


def is_left_open(slip: Slip) -> bool:
    """Whether all that follows is read as part of this line."""
    return slip.message == _HALF


def indent_of(line: str) -> int:
    """Return how many blanks a line begins with."""
    return len(line) - len(line.lstrip(" "))


def _odd_indent(line: str) -> _Found | None:
    match = ODD_LEAD.match(line)
    if not match:
        return None
    fixed = " " * display_width(match.group()) + line[match.end() :]
    return match.start("at"), ODD_INDENT, "请改用半角空格缩进", fixed


def _odd_blank(line: str) -> _Found | None:
    match = re.match(rf" *(?:- +)*{KEY}(?P<at>{_ODD}+) *:", line)
    if not match:
        return None
    fixed = line[: match.start("at")] + line[match.end("at") :]
    return match.start("at"), "冒号前面有全角的或特殊的空格。", "请删去", fixed.strip()


def _fence(line: str) -> _Found | None:
    """Return the slip of the line a chat or a web page puts around a whole draft."""
    match = re.match(r" *(?P<at>(?:`{3,}|~{3,})[\w+-]*)\s*$", line)
    if not match:
        return None
    return match.start("at"), f"“{match['at']}”是从聊天或网页带来的记号，不是稿件的内容。", "请删去这一行", ""


def _marked_key(line: str) -> _Found | None:
    """Return the slip of a name in the marks that make it bold elsewhere."""
    match = re.match(rf" *(?:[-*] +)*(?P<at>\*\*|`)(?P<key>{KEY}?) *(?:(?P=at) *[:：]|[:：] *(?P=at)) *", line)
    if not match:
        return None
    at = match.start("at")
    fixed = f"{line[:at].replace('*', '-')}{match['key']}: {line[match.end() :]}"
    return at, f"名称两边的“{match['at']}”是多余的记号。", "请删去", fixed.strip()


def _sign(pattern: str, good: str, message: str, advice: str) -> Callable[[str], _Found | None]:
    """Return the check for a sign (group `at`) in place of which `good` must stand."""
    compiled = re.compile(pattern)

    def check(line: str) -> _Found | None:
        match = compiled.match(line)
        if not match:
            return None
        fixed = line[: match.start("at")] + good + line[match.end("at") :].lstrip()
        return match.start("at"), message, advice, fixed.strip()

    return check


def _value(line: str) -> _Found | None:
    """Return the slip in what stands behind dash and key."""
    match = _VALUE.match(line)
    if not match or not (value := match["value"].rstrip()):
        return None
    start = match.start("value")
    if value[0] in "|>":
        return _bar(line, start)
    found = _quotes(value) if value[0] in "\"'" else _brackets(value) if value[0] in "[{" else _special(value)
    if not found or (start == indent_of(line) and value[0] not in "\"'[{"):  # quotes would make it no entry
        return None
    index, message, advice, fixed = found
    return start + index, message, advice, (line[:start] + fixed).strip() if fixed else ""


def _bar(line: str, start: int) -> _Found | None:
    """Return the slip of text on the line of the bar that announces it."""
    value = line[start:].rstrip(" \t")
    if re.match(r"[|>](?:[-+]?[1-9]?|[1-9][-+])[ \t]*(?:#.*)?$", value):
        return None
    if not re.search(r"\w", value):
        return start, f"“{value[0]}”后面不能再有别的符号或特殊的空格。", "请删去", f"{line[:start]}|".strip()
    message, text = f"“{value[0]}”后面不能直接写文字。", re.sub(r"^[|>](?:[-+](?= ))? *", "", value)
    if value[0] == ">" and text[:1].isdigit():  # “>5件”: more than
        return start, message, "请给整个值加上半角双引号", (line[:start] + _quoted(value)).strip()
    head = line[:start].rstrip()
    if not text or not head.endswith(":"):
        return start, message, "“|”之后请换行，文字从下一行写起，每行前面比上一行多空两格", ""
    below = " " * (len(head) - len(re.sub(r"^ *(?:- +)*", "", head)) + 2)
    advice = f"请写成两行，第一行“{shown(head)} |”，第二行“{shown(below + text)}”（前面{len(below)}个空格）"
    return start, message, advice, ""


def _quotes(value: str) -> _Found | None:
    quote, end = value[0], _closing(value)
    if end < 0:
        return 0, _HALF, "请补上另一半", _closed(value)
    if not re.match(rf"{_COMMENT}|\s*[:,\]}}]", value[end:]):
        return end, "以半角引号开头的值，后一半引号之后不能再有文字。", "文字里的引号请用“ ”", _curly(value)
    if quote == '"' and (bad := _ESCAPE.search(value)):
        fixed = "'" + value[1 : end - 1].replace("'", "''") + "'"
        return bad.start(), "半角双引号里的“\\”有特殊用途。", "请改用半角单引号；写文件名时请用“/”", fixed
    return None


def _curly(value: str) -> str:
    """Return a value with full-width quotes in place of its half-width ones, nothing where these may pair otherwise.

    Quotes around a whole value that holds others (“"深入推进"五公开"工作。"”) are none of the text.
    """
    parts = re.split(f"({value[0]})", value)[::2]
    is_whole = len(parts) > 3 and not parts[-1] and parts[-2].endswith(("。", "；", "！", "？"))
    if len(parts) == 5 and not parts[-1] and not is_whole and not re.fullmatch("[和与及、，或]|以及", parts[2]):
        return ""
    text = value[1:-1] if is_whole else value
    curly = re.sub(r"[\"']([^\"']*)[\"']", r"“\1”", text)
    return "" if re.search("[\"']", curly) else curly


def _closed(value: str) -> str:
    """Return a value with the other half of the quote it begins with, in place of a full-width one there."""
    quote, text = value[0], value.replace(value[0], "")
    other = "“”" if quote == '"' else "‘’"
    if text.endswith(other[1]) and text.count(other[1]) > text.count(other[0]):
        text = text[:-1]
    return quote + text + quote


_ESCAPE = re.compile(r"\\(?![0abtnvfre \"/\\N_LP\t]|x[0-9a-fA-F]{2}|u(?![dD][89a-fA-F])[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})")


def _closing(value: str) -> int:
    """Return the index behind the quote that closes a quoted value, -1 when there is none."""
    pattern = r'"[^"\\]*(?:\\.[^"\\]*)*"' if value[0] == '"' else r"'[^']*(?:''[^']*)*'"
    match = re.match(pattern, value)
    return match.end() if match else -1


def _brackets(value: str) -> _Found | None:
    pair, name = ("[]", "方括号") if value[0] == "[" else ("{}", "花括号")
    if value.startswith("{{"):
        return 0, "值以“{{”开头，没有加引号。", "请给整个值加上半角双引号", _quoted(value)
    return _cell_quotes(value) or _pairs(value, pair, name)


def _pairs(value: str, pair: str, name: str) -> _Found | None:
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", value)
    missing = bare.count(pair[0]) - bare.count(pair[1])
    if missing > 0 and not re.search("[,，]", bare):
        advice = f"若是列表，请补上“{pair[1]}”；若是文字，请给整个值加上半角双引号"
        return 0, f"{name}没有成对，少了“{pair[1]}”。", advice, _quoted(value)
    if missing > 0:
        known = value[:-1] if value[-1] in "】］｝}" and missing == 1 and value[-1] != pair[1] else value
        return 0, f"{name}没有成对，少了“{pair[1]}”。", "请补上", known + pair[1] * missing
    if missing < 0 and value.endswith(pair[1] * (1 - missing)):
        return len(value) + missing, f"{name}没有成对，多了“{pair[1]}”。", "请删去", value[:missing]
    if "{{" in bare:
        fixed = _UNQUOTED.sub(lambda m: m[1] + _cell(m[2].rstrip()), value)
        return value.index("{{"), "方括号里的引用没有加引号。", "请加上半角双引号", fixed
    if not re.search(rf"[\]}}]{_COMMENT}", value):
        is_list = "," in bare and pair[1] in bare
        either = f"若是列表，请删去“{pair[1]}”后面的文字；若是文字，" if is_list else ""
        return 0, f"以{name}开头的文字没有加引号。", f"{either}请给整个值加上半角双引号", _quoted(value)
    return None


# A cell begins behind a bracket or comma; “{{ … }}” in it may hold any sign.
_QUOTED_CELL = re.compile(r"(?P<before>[\[{,:]\s*)(?P<quoted>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*')(?=\s*(?:[,\]}:]|$))")
_OPENED_CELL = re.compile(r"[\[{,:]\s*(?P<cell>[\"'](?P<text>(?:\{\{[^{}]*\}\}|[^,\[\]{}\"'])*))(?P<end>[\"']?)")
_UNQUOTED = re.compile(r"(?<=[\[,:])(\s*+)([^\"',:\[\]{}]*\{\{[^{}]*\}\}[^\"',\[\]{}]*)")


def _cell_quotes(value: str) -> _Found | None:
    """Return the slip of a cell that begins with a quote and does not end with one."""
    opened = _opened(value)
    if not opened:
        return None
    start, cell, after = opened.start("cell"), opened["cell"].rstrip(), value[opened.end("cell") :]
    ends = not re.search("[\"']", cell[1:]) and re.match(r"[,\]}]", after)
    fixed = value[:start] + _closed(cell) + after if ends else ""
    if not fixed or _opened(fixed) or _pairs(fixed, "[]", ""):
        return start, _HALF, "请检查这一格的引号：要么两头都有，要么都不要", ""
    return start, _HALF, "请补上另一半", fixed


def _opened(value: str) -> re.Match[str] | None:
    """Return the first cell that begins with a quote and does not end with one."""
    return _OPENED_CELL.search(_QUOTED_CELL.sub(lambda m: m["before"] + "x" * len(m["quoted"]), value))


def _cell(text: str) -> str:
    """Return a cell in half-width quotes, which take the place of full-width ones around all of it."""
    around = re.fullmatch("“([^“”]*)”", text)
    return _quoted(around[1] if around else text)


def _special(value: str) -> _Found | None:
    if value == "｜":
        return 0, "“｜”是全角的。", "请改成半角", "|"
    if value in _LIKE_A_BAR:
        return 0, f"“{value}”不是竖线“|”。", "请改成半角竖线", "|"
    if value in ("-", "?"):
        return 0, f"值只有一个“{value}”。", "请删去；要印出来的，请加上半角双引号", _quoted(value)
    bare = re.sub(r"\*\*([^*]+)\*\*|`([^`]+)`", r"\1\2", value) if value[0] in "*`" else value
    if bare != value and not _special(bare):
        return 0, f"文字两边的“{'**' if value[0] == '*' else '`'}”是多余的记号。", "请删去", bare
    if re.match(r"[@`%,&*!\]}]|[-?](?= )", value):
        message = f"值以特殊符号“{value[0]}”开头，没有加引号。"
        if pasted := re.match(r"(?:\*(?! *注)|- ) *(?=[^\W\d]|[“《（【])", value):
            return 0, message, f"请删去“{value[0]}”", value[pasted.end() :].removesuffix("*")
        return 0, message, "请给整个值加上半角双引号", _quoted(value)
    if inner := re.search(r":(?= |$)", value):
        message = "文字里有半角冒号，没有加引号。"
        two = "若是两项，请分成两行；若是一句话，" if re.search(rf"\s{KEY}$", value[: inner.start()]) else ""
        return inner.start(), message, f"{two}请给整个值加上半角双引号，或改用全角冒号", _quoted(value)
    return None


_LIKE_A_BAR = frozenset("丨∣︱│¦Il")


def _quoted(value: str) -> str:
    """Return a value in quotes, double ones unless it holds a sign that means something inside them."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def shown(line: str) -> str:
    """Return a corrected line short enough to read.

    A line that takes the place of another is shown with the blanks before it: who copies it copies them.
    """
    return line if len(line) <= 80 else f"{line[:50]}……{line[-20:]}"


_AT_KEY = rf" *+(?:- ++)*+{KEY}"
_NUMBER = r"(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]|[①-⑳]|[+※◆■□○])"
_OLD_LABEL = re.compile(r" *(?P<at>20\d\d年[:：])")


def _old_text(line: str) -> _Found | None:
    """Return the slip of last year's text, which stood behind a sign of comment for comparing."""
    match = _OLD_LABEL.match(line)
    advice = "请在行首补回“# ”；这句话还要用的，请改成今年的情况，写到“正文: |”下面"
    return (match.start("at"), "这是起稿时附上的上年原文，不能直接放在这里。", advice, "") if match else None


_SHAPE: tuple[Callable[[str], _Found | None], ...] = (
    _odd_indent,
    _old_text,
    _fence,
    _marked_key,
    _sign(r" *(?P<at>[－—–−‐‑﹣]+)\s*", "- ", "列表的短横是全角的。", "请改成半角短横加一个空格"),
    _sign(rf" *(?P<at>- +-|--)(?!-)\s*(?={KEY} *[:：])", "- ", "短横写了两个。", "请只写一个，后面空一格"),
    _sign(r" *(?P<at>--)(?= +[^\s-])", "- ", "短横写了两个。", "请只写一个，后面空一格"),
    _sign(rf" *(?P<at>-)(?:{_ODD}|[^\s-])", "- ", "短横后面少一个空格。", "请在短横后空一格"),
    _sign(rf" *(?P<at>[*•·●])(?:\s+(?=\S)|(?={KEY} *[:：]))", "- ", "列表要用短横“-”。", "请改成半角短横加一个空格"),
    _sign(rf" *(?P<at>{_NUMBER})\s*(?={KEY} *[:：])", "- ", "名称前面不能有序号。", "请删去；新的一条以短横开头"),
    _odd_blank,
    _sign(rf"{_AT_KEY}(?P<at> +)(?=\|$)", ": ", "“|”前面少了冒号。", "请补上"),
    _sign(rf"{_AT_KEY} *(?P<at>：)", ": ", "冒号是全角的“：”。", "请改成半角冒号加一个空格"),
    _sign(rf"{_AT_KEY} *(?P<at>:[:：]+)(?=\s|$)", ": ", "冒号写了两个。", "请只写一个，后面空一格"),
    _sign(rf"{_AT_KEY} *(?P<at>[﹕∶])", ": ", "冒号用了别的符号。", "请改成半角冒号加一个空格"),
    _sign(r" *(?:- +)*[^\W\d_]{2,4} *(?P<at>[;；]) *(?=\S)", ": ", "冒号写成了分号。", "请改成半角冒号加一个空格"),
    _sign(r" *[^\W\d_]{2,20} *(?P<at>[=＝]) *(?=[\d“\"'{])", ": ", "冒号写成了等号。", "请改成半角冒号加一个空格"),
    _sign(rf"{_AT_KEY} *:(?P<at>{_ODD}+)\s*$", "", "冒号后面有全角的或特殊的空格。", "请删去"),
    _sign(rf"{_AT_KEY} *(?P<at>:)(?={_ODD}|[^\s:])", ": ", "冒号后面少一个半角空格。", "请在冒号后空一格"),
)
