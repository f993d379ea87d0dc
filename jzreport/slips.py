"""Slips of the hand that make a file unreadable, found on the line where they were made.

YAML names the line where it gave up, which is often the next one; these patterns look at what a clerk types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from jzreport.chinese import display_width


class Slip(NamedTuple):
    """A slip: its line and column (from 1), what is wrong, what to type."""

    line: int
    column: int
    message: str
    hint: str


_Found = tuple[int, str, str]  # index in the line, message, hint

_KEY = r"[^\s:：#'\"\[\]{}，。、；（）|>&*!?@`%-][^\s:：#'\"\[\]{}，。、；（）]{0,39}"
_ENTRY = re.compile(rf" *(?:-(?: |$)|#|---|{_KEY} *:(?: |$)|[\"'][^\"']*[\"'] *:(?: |$))")
_NAMED = re.compile(rf" *(?:- +)*(?:{_KEY}|[\"'][^\"']*[\"']) *:(?: |$)")
_BLOCK = re.compile(r"(?P<lead> *(?:- +)*)(?P<key>[^\s#'\"\[{][^:]*:)? *[|>](?:[-+]?[1-9]?|[1-9][-+])\s*(?:#.*)?$")
_VALUE = re.compile(rf" *(?:- +)*(?:{_KEY} *:(?: +|$))?(?P<value>.*)")
# Blanks that look like the one YAML knows and are letters to it.
_ODD = "[\u00a0\u2000-\u200b\u202f\u205f\u3000]"
_COMMENT = r"\s*(?:#\s.*)?$"


def suspect(lines: Sequence[str], line: int, opened: int) -> Slip | None:
    """Return the slip on the line where reading failed, else on the one before it, else where it was opened."""
    inside, behind = _block_text(lines)
    for number in dict.fromkeys((line, _line_before(lines, line), opened)):
        if not 1 <= number <= len(lines) or number in inside:
            continue
        if slip := slip_on(lines[number - 1], number) or _unindented(lines[number - 1], number, behind):
            return slip
    for number in (line, opened):
        if 1 <= number <= len(lines) and number not in inside and not _ENTRY.match(lines[number - 1]):
            return _nameless(lines[number - 1], number)
    if slip := _misaligned(lines, line, inside):
        return slip
    before = _line_before(lines, line)
    if before and before not in inside and not _NAMED.match(lines[before - 1]):
        return _nameless(lines[before - 1], before)
    return None


def slip_on(line: str, number: int) -> Slip | None:
    """Return the slip that a line shows by itself."""
    for check in _CHECKS:
        if found := check(line):
            return Slip(number, found[0] + 1, found[1], found[2])
    return None


def _line_before(lines: Sequence[str], line: int) -> int:
    """Return the number of the nearest line above that is neither blank nor a comment."""
    above = range(min(line - 1, len(lines)), 0, -1)
    return next((n for n in above if (text := lines[n - 1].strip()) and not text.startswith("#")), 0)


def _block_text(lines: Sequence[str]) -> tuple[set[int], dict[int, int]]:
    """Return the lines that are text below a “|”, and for the line behind each such text how far it was indented."""
    inside: set[int] = set()
    behind: dict[int, int] = {}
    parent: int | None = None  # the column of the key or dash before the “|”
    depth = 0  # how far its first line is indented
    for number, line in enumerate(lines, 1):
        indent = _indent(line)
        if parent is not None:
            if not line.strip(" ") or (indent > parent and indent >= depth):
                depth = depth or (indent if line.strip(" ") else 0)
                inside.add(number)
                continue
            behind[number], parent = depth or parent + 2, None
        if match := _BLOCK.match(line):
            parent, depth = len(match["lead"]) if match["key"] else match["lead"].rfind("-"), 0
    return inside, behind


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _unindented(line: str, number: int, behind: dict[int, int]) -> Slip | None:
    if number not in behind or _ENTRY.match(line):
        return None
    fixed = _shown(" " * behind[number] + line.strip())
    return Slip(number, 1, "“|”下面的文字缩进不够。", f"请在这段文字的每一行前面加空格，与第一行对齐：“{fixed}”")


def _nameless(line: str, number: int) -> Slip:
    hint = "若是上一项的文字：上一项的冒号后面写“|”，文字从下一行起每行前面空两格；若是新的一项，请写成“名称: 内容”。"
    return Slip(number, _indent(line) + 1, "这一行没有“名称: ”，不知道属于哪一项。", hint)


def _misaligned(lines: Sequence[str], number: int, inside: set[int]) -> Slip | None:
    """Return the slip of a line that stands in no column where a line above allows one of its kind."""
    line = lines[number - 1] if number <= len(lines) else ""
    if not _ENTRY.match(line):
        return None
    above = (
        text for n, text in enumerate(lines[: number - 1], 1) if n not in inside and text.lstrip()[:1] not in ("", "#")
    )
    is_dash = line.lstrip().startswith("- ")
    indent, allowed = _indent(line), _columns(above, is_dash=is_dash)
    if is_dash and not allowed:
        hint = "请检查上面是不是漏了“条目:”这样的一行，或缩进没有对齐。"
        return Slip(number, indent + 1, "这一行以“- ”开头，上面却没有它所属的“名称:”。", hint)
    if not allowed or indent in allowed:
        return None
    column = min(allowed, key=lambda c: abs(c - indent))
    message = f"这一行没有与同级的行对齐：前面有{indent}个空格，同级的有{column}个。"
    return Slip(number, 1, message, f"请改成：“{_shown(' ' * column + line.strip())}”")


def _columns(above: Iterator[str], *, is_dash: bool) -> set[int]:
    """Return the columns at which the mappings or lists stand that are open behind these lines."""
    columns: dict[int, bool] = {}  # column: is it a dash's
    for line in above:
        indent = _indent(line)
        columns = {column: dash for column, dash in columns.items() if column <= indent}
        while line.startswith("- ", indent):
            columns[indent] = True
            indent += 1
            while line.startswith(" ", indent):
                indent += 1
        columns[indent] = columns.get(indent, False)
    return {column for column, dash in columns.items() if dash == is_dash}


def _odd_indent(line: str) -> _Found | None:
    match = re.match(rf" *(?P<at>{_ODD}[\s{_ODD[1:-1]}]*)", line)
    if not match:
        return None
    fixed = " " * display_width(match.group()) + line[match.end() :]
    return match.start("at"), "行首的空格是全角的或特殊的。", f"请改用半角空格缩进：“{_shown(fixed)}”"


def _odd_blank(line: str) -> _Found | None:
    match = re.match(rf" *(?:- +)*{_KEY}(?P<at>{_ODD}+) *:", line)
    if not match:
        return None
    fixed = line[: match.start("at")] + line[match.end("at") :]
    return match.start("at"), "冒号前面有全角的或特殊的空格。", f"请删去：“{_shown(fixed.strip())}”"


def _sign(pattern: str, good: str, message: str, advice: str) -> Callable[[str], _Found | None]:
    """Return the check for a sign (group `at`) in place of which `good` must stand."""
    compiled = re.compile(pattern)

    def check(line: str) -> _Found | None:
        match = compiled.match(line)
        if not match:
            return None
        fixed = line[: match.start("at")] + good + line[match.end("at") :].lstrip()
        return match.start("at"), message, f"{advice}：“{_shown(fixed.strip())}”"

    return check


def _value(line: str) -> _Found | None:
    """Return the slip in what stands behind dash and key."""
    match = _VALUE.match(line)
    if not match or not (value := match["value"].rstrip()):
        return None
    found = _quotes(value) if value[0] in "\"'" else _brackets(value) if value[0] in "[{" else _special(value)
    if not found:
        return None
    offset, message, hint, fixed = found
    start = match.start("value")
    return start + offset, message, f"{hint}：“{_shown((line[:start] + fixed).strip())}”"


_InValue = tuple[int, str, str, str]  # index in the value, message, hint, corrected value


def _quotes(value: str) -> _InValue | None:
    quote, end = value[0], _closing(value)
    if end < 0:
        return 0, "这里的半角引号只有前一半。", "请补上后一半", quote + value.replace(quote, "") + quote
    if not re.match(rf"{_COMMENT}|\s*[:,\]}}]", value[end:]):
        curly = re.sub(r"[\"']([^\"']*)[\"']", r"“\1”", value)
        return end, "以半角引号开头的值，后一半引号之后不能再有文字。", "文字里的引号请用“ ”", curly
    if quote == '"' and (bad := _ESCAPE.search(value)):
        fixed = "'" + value[1 : end - 1].replace("'", "''") + "'"
        return bad.start(), "半角双引号里的“\\”有特殊用途。", "请改用半角单引号；写文件名时请用“/”", fixed
    return None


_ESCAPE = re.compile(r"\\(?![0abtnvfre \"/\\N_LP\t]|x[0-9a-fA-F]{2}|u(?![dD][89a-fA-F])[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})")


def _closing(value: str) -> int:
    """Return the index behind the quote that closes a quoted value, -1 when there is none."""
    pattern = r'"(?:[^"\\]|\\.)*"' if value[0] == '"' else r"'(?:[^']|'')*'"
    match = re.match(pattern, value)
    return match.end() if match else -1


def _brackets(value: str) -> _InValue | None:
    pair, name = ("[]", "方括号") if value[0] == "[" else ("{}", "花括号")
    if value.startswith("{{"):
        return 0, "值以“{{”开头，没有加引号。", "请给整个值加上半角双引号", _quoted(value)
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", value)
    missing = bare.count(pair[0]) - bare.count(pair[1])
    if missing > 0:
        return 0, f"{name}没有成对，少了“{pair[1]}”。", "请补上", value + pair[1] * missing
    if "{{" in bare:
        fixed = re.sub(r"(?<=[\[,:])(\s*)([^\"',:\[\]{}]*\{\{[^{}]*\}\}[^\"',\[\]{}]*)", r'\1"\2"', value)
        return value.index("{{"), "方括号里的引用没有加引号。", "请加上半角双引号", fixed
    if not re.search(rf"[\]}}]{_COMMENT}", value):
        return 0, f"以{name}开头的文字没有加引号。", "请给整个值加上半角双引号", _quoted(value)
    return None


def _special(value: str) -> _InValue | None:
    if re.match(r"[|>](?!(?:[-+]?[1-9]?|[1-9][-+])\s*(?:#.*)?$)", value):
        hint = f"文字请从下一行起写，每行前面空两格；若“{value[0]}”本身是文字，请给整个值加上半角双引号"
        return 0, f"“{value[0]}”后面不能直接写文字。", hint, _quoted(value)
    if value.rstrip() == "｜":
        return 0, "“｜”是全角的。", "请改成半角", "|"
    if re.match(r"[@`%,&*!\]}]|[-?](?= )", value):
        message = f"值以特殊符号“{value[0]}”开头，没有加引号。"
        return 0, message, "请给整个值加上半角双引号", _quoted(value)
    if inner := re.search(r":(?= |$)", value):
        message = "文字里有半角冒号，没有加引号。"
        return inner.start(), message, "请给整个值加上半角双引号，或改用全角冒号", _quoted(value)
    return None


def _quoted(value: str) -> str:
    """Return a value in quotes, double ones unless it holds a sign that means something inside them."""
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _shown(line: str) -> str:
    """Return a corrected line short enough to read."""
    return line if len(line) <= 80 else f"{line[:50]}……{line[-20:]}"


_AT_KEY = rf" *(?:- +)*{_KEY}"
_CHECKS: tuple[Callable[[str], _Found | None], ...] = (
    _odd_indent,
    _sign(r" *(?P<at>[－—–−])\s*", "- ", "列表的短横是全角的。", "请改成半角短横加一个空格"),
    _sign(rf" *(?P<at>-)(?:{_ODD}|[^\s-])", "- ", "短横后面少一个空格。", "请在短横后空一格"),
    _odd_blank,
    _sign(rf"{_AT_KEY} *(?P<at>：)", ": ", "冒号是全角的“：”。", "请改成半角冒号加一个空格"),
    _sign(rf"{_AT_KEY} *(?P<at>:)(?={_ODD}|[^\s:])", ": ", "冒号后面少一个半角空格。", "请在冒号后空一格"),
    _value,
)
