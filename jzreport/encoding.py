"""Bytes to text, in one place: which encodings are read, which kinds of file and characters are refused."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import Final

from jzreport.chinese import FILLERS
from jzreport.diagnostics import Diagnostic, Rule, Severity, Span

MAX_BYTES = 1 << 20

NOT_TEXT = Rule("R01", "不是文本文件")
UNDECODABLE = Rule("R02", "编码无法识别")
OTHER_ENCODING = Rule("R03", "编码不是 UTF-8", Severity.WARNING)
CONTROL = Rule("R04", "不能用的字符")
TOO_LARGE = Rule("R09", "超出上限")
UNREADABLE = Rule("R12", "文件读不出来")
MISNAMED = Rule("S28", "来稿的文件名不对")

# What may not stand in a draft: control characters (XML 1.0 cannot hold them), the line ends that only YAML knows
# (they would shift every place), a byte order mark in the middle, the sign of a broken character, half characters.
# Not compiled here: a good draft has none of them, and `Source.hides` tells.
FORBIDDEN = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd-\uffff\ud800-\udfff]"

# What to type in place of a table that was drawn or pasted.
AS_TABLE = (
    "若是表格，“正文:”后面不写“|”，请写成这样几行，左边的空格照写，内容换成自己的："
    "“正文:”“  - 前面的文字。”“  - 表格:”“      表头: [单位, 受理]”“      行:”“        - [甲, 5件]”；"
    "“正文:”前面原有空格的，这几行都再多空同样几格。也可以从 CSV 文件读取，“表格:”下面只写“      文件: ……”。"
)

_KINDS = (
    (b"PK\x03\x04", " Word、WPS 或压缩文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 或 Excel 文件"),
    (b"{\\rtf", " RTF 文件"),
    (b"%PDF", " PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
)
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF8, "utf-8"))
_HTML = (b"<!doctype", b"<!--", b"<html", b"<?xml", b"mime-version:")
_STAND_IN = "\u25a1"  # a square: no letter, no blank, no mark
_MAX_REPORTED = 100  # forbidden characters of one file: more tell nobody anything
_MAX_NULS = 10  # a file with more is no text
_NAMES = {
    "\t": "制表符（Tab）",
    "\n": "换行符",
    "\x0b": "软回车（从 Word 带来的换行）",
    "\x0c": "分页符",
    "\x85": "换行符",
    "\u2028": "换行符",
    "\u2029": "分段符",
    "\ufeff": "看不见的标记（拼接文件、粘贴文字时带进来的）",
    "\ufffd": "乱码符号（原来的字已经丢失）",
}


class Source:
    """A file as text: lines end with LF, no byte order mark.

    `lines` are without their ends; line n stands at n - 1. `hides`: it holds characters that nobody can see, line ends
    and full-width blanks aside.
    """

    __slots__ = ("file", "hides", "lines", "text")

    def __init__(self, file: str, text: str) -> None:
        self.file: Final = file
        self.text: Final = text
        self.lines: Final = text.split("\n")
        is_plain = text.replace("\n", "").replace("\u3000", "").isprintable()
        self.hides: Final = not is_plain or any(filler in text for filler in FILLERS)


def decode(data: bytes, file: str, problems: list[Diagnostic]) -> Source | None:
    """Return the text of a file, None when it is none; findings go to `problems`.

    UTF-8 with or without mark; UTF-16 with mark and GB18030 with a reminder.
    """
    whole = Span(file)
    if len(data) > MAX_BYTES:
        problems.append(Diagnostic(TOO_LARGE, whole, "文件超过 1 MB。", "请拆成几个文件；图片请另存，不要放进文本。"))
        return None
    if kind := _kind(data):
        problems.append(
            Diagnostic(
                NOT_TEXT,
                whole,
                f"这是{kind}，只是改了文件名。" if not (own := _own_kind(file)) else f"这是{own}。",
                "请把内容复制到记事本里，来稿照手册的格式另存为“.yaml”，表格另存为 CSV。",
            )
        )
        return None
    text, encoding = _decode(data)
    if text is None or text.count("\0") > _MAX_NULS:
        problems.append(_undecodable(data, file))
        return None
    if encoding != "UTF-8":
        hint = "内容已照常读取；请另存为 UTF-8（记事本：文件→另存为→编码选 UTF-8），免得别的程序读成乱码。"
        problems.append(Diagnostic(OTHER_ENCODING, whole, f"文字编码是 {encoding}。", hint))
    return _without_control(Source(file, text.replace("\r\n", "\n").replace("\r", "\n")), problems)


def codec_of(data: bytes) -> tuple[bytes, str]:
    """Return the byte order mark a text file begins with (or nothing) and the codec of the rest: to write it back so."""
    for mark, codec in _MARKS:
        if data.startswith(mark) and _try(data[len(mark) :], codec) is not None:
            return mark, codec
    return b"", "gb18030" if _try(data, "utf-8") is None else "utf-8"


def name_of_character(character: str) -> str:
    """Return what a clerk would call a character that cannot be seen."""
    if known := _NAMES.get(character):
        return known
    name = "半个字符" if unicodedata.category(character) == "Cs" else "控制字符"
    return f"{name} U+{ord(character):04X}"


def _own_kind(file: str) -> str:
    """Return what a file says it is by the end of its name, nothing for a text file."""
    kinds = {"doc": " Word 文档", "xls": " Excel 文件", "wps": " WPS 文件", "pdf": " PDF 文件", "rtf": " RTF 文件"}
    return next((kind for end, kind in kinds.items() if re.search(rf"\.{end}x?$", file.lower())), "")


def _kind(data: bytes) -> str | None:
    if data[:200].removeprefix(codecs.BOM_UTF8).lstrip().lower().startswith(_HTML):
        return "网页文件"
    return next((kind for magic, kind in _KINDS if data.startswith(magic)), None)


def _decode(data: bytes) -> tuple[str | None, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _try(data, "utf-16"), "UTF-16"
    if (text := _try(data, "utf-8-sig")) is not None:
        return text, "UTF-8"
    binary = b"\0" in data or _is_damaged_utf8(data)
    return (None if binary else _try(data, "gb18030")), "GB18030（GBK）"


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most of it reads as Chinese in UTF-8: then GB18030 would take the rest for other characters."""
    text = data.decode("utf-8", "replace")
    return sum("\u3000" <= character <= "\u9fff" for character in text) > text.count("\ufffd")


def _undecodable(data: bytes, file: str) -> Diagnostic:
    """Return the finding for bytes that are no text, at the first broken character when the rest can be read."""
    if not _is_damaged_utf8(data):
        hint = "请用记事本打开，另存为，编码选“UTF-8”。"
        return Diagnostic(UNDECODABLE, Span(file), "文字编码无法识别，或文件已损坏。", hint)
    before = re.split("[\ufffd\0]", data.decode("utf-8-sig", "replace"), maxsplit=1)[0]
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    span = Span.on_line(file, len(lines), len(lines[-1]) + 1, 1)
    return Diagnostic(
        UNDECODABLE, span, "这里有一个损坏的字，读不出来。", "请核对这一行，重新输入这个字，另存为 UTF-8。"
    )


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _without_control(source: Source, problems: list[Diagnostic]) -> Source:
    """Report every forbidden character; stand-ins keep the places of all that follows right."""
    if not (source.hides or "\ufffd" in source.text) or not re.search(FORBIDDEN, source.text):
        return source
    problems.extend(islice(_forbidden(source), _MAX_REPORTED))
    return Source(source.file, re.sub(FORBIDDEN, lambda m: " " if m.group() == "\t" else _STAND_IN, source.text))


def _forbidden(source: Source) -> Iterator[Diagnostic]:
    columns = _Columns()
    in_table = False
    for number, line in enumerate(source.lines, 1):
        tabs = tuple(_tabs(source.file, number, line, columns.mended(line)))
        is_row = any(tab.hint is AS_TABLE for tab in tabs)
        yield from () if is_row and in_table else tabs  # all the rows of a table are one slip
        in_table = is_row
        for match in re.finditer(FORBIDDEN, line):
            if match.group() == "\t" and tabs:
                continue
            span = Span.on_line(source.file, number, match.start() + 1, 1)
            message = f"这里有一个{name_of_character(match.group())}。"
            yield Diagnostic(CONTROL, span, message, _remedy(match.group()))


def _tabs(file: str, number: int, line: str, mended: str) -> Iterator[Diagnostic]:
    """Yield one finding for the Tabs before a line, or for those that part the cells of a pasted table."""
    indent = len(line) - len(line.lstrip(" \t"))
    count = line.count("\t", indent)
    if count > 1:
        span = Span.on_line(file, number, line.index("\t", indent) + 1, 1)
        message = "从这一行起，各格用制表符（Tab）隔开，像是粘贴来的表格。"
        yield Diagnostic(CONTROL, span, message, AS_TABLE)
    elif "\t" in line[:indent]:
        shown = mended if len(mended) <= 80 else ""
        hint = f"请改用半角空格缩进：“{shown}”" if shown else "请改用半角空格缩进，与同级的行对齐。"
        span = Span.on_line(file, number, line.index("\t") + 1, 1)
        yield Diagnostic(CONTROL, span, "行首有制表符（Tab）。", hint)


class _Columns:
    """Where lines that begin with Tabs are meant to stand, told by the lines above them."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], int] = {}  # by the blanks that were typed and the kind of the line
        self._above = ""

    def mended(self, line: str) -> str:
        """Return a line with blanks in place of the Tabs before it, nothing where its column cannot be known."""
        typed = line.lstrip(" \t")
        if not typed:
            return ""
        lead = line[: len(line) - len(typed)]
        kind = "-" if typed.startswith("- ") else ":" if re.match(r"[^\s:]+:(?: |$)", typed) else ""
        column = self._column(lead, kind) if "\t" in lead else len(lead)
        self._above = "" if column is None else " " * column + typed
        if column is not None:
            self._known[lead, kind] = column
        return self._above

    def _column(self, lead: str, kind: str) -> int | None:
        before = re.match(r" *(?:- +)*", self._above)
        content = before.end() if before else 0
        if re.search(r":\s*\|\s*$", self._above) or (kind and re.search(r"\S:\s*$", self._above)):
            return content + 2
        if (lead, kind) in self._known:
            return self._known[lead, kind]
        return content if kind == ":" and re.search(r"\S: +\S", self._above) else None


def _remedy(character: str) -> str:
    if character in "\x0b\x0c\x85\u2028\u2029":
        return "请在这里按回车另起一行（新行的缩进与上一行对齐），并删去这个字符。"
    if character == "\ufffd":
        return "请删去它，补上原来的字。"
    return "请改成空格。" if character == "\t" else "它看不见：请把它前后的字删去重打。"


def misnamed(name: str) -> Diagnostic | None:
    """Return the finding for the name of a draft that no year would read: what Notepad, or habit, makes of one."""
    right = re.sub(r"(?i)[.。．]ya?ml(?:[.。．]txt)?$", ".yaml", name)
    if right == name or name.lower().endswith(".yaml"):
        return None
    unseen = "；看不到“.txt”时，先在资源管理器的“查看”里勾选“文件扩展名”" if name.lower().endswith(".txt") else ""
    hint = f"请把文件名改成“{right.rpartition('/')[2]}”{unseen}。"
    return Diagnostic(MISNAMED, Span(name), "来稿的文件名要以“.yaml”结尾，汇编时没有读它。", hint)
