"""Bytes to text, in one place: which encodings are read, which kinds of file and characters are refused."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from jzreport.diagnostics import Diagnostic, Rule, Severity, Span

MAX_BYTES = 1 << 20

NOT_TEXT = Rule("R01", "不是文本文件")
UNDECODABLE = Rule("R02", "编码无法识别")
OTHER_ENCODING = Rule("R03", "编码不是 UTF-8", Severity.WARNING)
CONTROL = Rule("R04", "有看不见的字符")
TOO_LARGE = Rule("R09", "超出上限")
RULES = (NOT_TEXT, UNDECODABLE, OTHER_ENCODING, CONTROL, TOO_LARGE)

# What may not stand in a draft: control characters (XML 1.0 cannot hold them), the line ends that only YAML knows
# (they would shift every place), a byte order mark in the middle, the sign of a broken character, half characters.
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd-\uffff\ud800-\udfff]")

_KINDS = (
    (b"PK\x03\x04", "Word、WPS 或压缩文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 或 Excel 文件"),
    (b"{\\rtf", "RTF 文件"),
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
)
_HTML = re.compile(rb"\s*<(?:!doctype|html|\?xml)", re.IGNORECASE)
_NAMES = {
    "\t": "制表符（Tab）",
    "\n": "换行符",
    "\x0b": "Word 的软回车",
    "\x0c": "分页符",
    "\x85": "换行符",
    "\u2028": "换行符",
    "\u2029": "分段符",
    "\ufeff": "字节顺序标记",
    "\ufffd": "乱码符号（原来的字已经丢失）",
}


@dataclass(frozen=True)
class Source:
    """A file as text: lines end with LF, no byte order mark."""

    file: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends; line n stands at n - 1."""
        return self.text.split("\n")


def decode(data: bytes, file: str, problems: list[Diagnostic]) -> Source | None:
    """Return the text of a file, None when it is none; findings go to `problems`.

    UTF-8 with or without mark; UTF-16 with mark and GB18030 with a reminder.
    """
    whole = Span(file)
    if len(data) > MAX_BYTES:
        problems.append(Diagnostic(TOO_LARGE, whole, "文件超过 1 MiB。", "请拆成几个文件；图片请另存，不要放进文本。"))
        return None
    if kind := _kind(data):
        problems.append(
            Diagnostic(NOT_TEXT, whole, f"这是{kind}，只是改了文件名。", "请把内容填进来稿模板（文本文件）后再交。")
        )
        return None
    text, encoding = _decode(data)
    if text is None:
        problems.append(
            Diagnostic(
                UNDECODABLE, whole, "文字编码无法识别，或文件已损坏。", "请用记事本打开，另存为，编码选“UTF-8”。"
            )
        )
        return None
    if encoding != "UTF-8":
        hint = "内容已照常读取；请另存为 UTF-8，免得别的程序读成乱码。"
        problems.append(Diagnostic(OTHER_ENCODING, whole, f"文字编码是 {encoding}。", hint))
    return _without_control(Source(file, text.replace("\r\n", "\n").replace("\r", "\n")), problems)


def name_of_character(character: str) -> str:
    """Return what a clerk would call a character that cannot be seen."""
    if known := _NAMES.get(character):
        return known
    name = "半个字符" if unicodedata.category(character) == "Cs" else "控制字符"
    return f"{name} U+{ord(character):04X}"


def _kind(data: bytes) -> str | None:
    if _HTML.match(data[:200]):
        return "网页文件"
    return next((kind for magic, kind in _KINDS if data.startswith(magic)), None)


def _decode(data: bytes) -> tuple[str | None, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _try(data, "utf-16"), "UTF-16"
    if (text := _try(data, "utf-8-sig")) is not None:
        return text, "UTF-8"
    return _try(data, "gb18030"), "GB18030（GBK）"


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _without_control(source: Source, problems: list[Diagnostic]) -> Source:
    """Report every forbidden character; stand-ins keep the places of all that follows right."""
    if not FORBIDDEN.search(source.text.replace("\n", "")):
        return source
    lines = []
    for number, line in enumerate(source.lines, 1):
        for match in FORBIDDEN.finditer(line):
            span = Span.on_line(source.file, number, match.start() + 1, 1)
            problems.append(
                Diagnostic(CONTROL, span, f"这里有一个{name_of_character(match.group())}。", _remedy(match.group()))
            )
        lines.append(FORBIDDEN.sub(lambda m: " " if m.group() == "\t" else "\ufffc", line))
    return Source(source.file, "\n".join(lines))


def _remedy(character: str) -> str:
    if character in "\x0b\x0c\x85\u2028\u2029":
        return "请在这里按回车另起一行（新行的缩进与上一行对齐），并删去这个字符。"
    return "请改成空格。" if character == "\t" else "请删去它，缺字的补上。"
