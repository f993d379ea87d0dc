"""Inputs that no clerk types and somebody may send: what hostile.py runs the program on.

Each is a workspace: one file of it is hostile, the rest is a small good report.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

DRAFT = "data/2022/01.yaml"
REPORT = "data/2022/report.yaml"
MAX_FILE = 1 << 20
LONG = 95_000  # characters: a value may have 100,000
COVER = """\
年度: 2022
地区: 示例市
发文机关: 示例市人民政府
标题: 示例市人民政府关于2022年度法治政府建设情况的报告
署名: 示例市人民政府
成文日期: 2023-02-26
结构:
  - {键: 工作情况, 标题: 工作情况, 牵头单位: 市司法局}
"""
HEAD = "章节: 工作情况\n填报单位: 市司法局\n"
GOOD = f"{HEAD}正文: 全年受理行政复议申请514件。\n"

Files = dict[str, bytes]
Make = Callable[[Path], None]


class Case(NamedTuple):
    """One input: its class and name, the files besides the good ones, the arguments; `make` adds what is no file."""

    kind: str
    name: str
    files: Files
    arguments: tuple[str, ...] = ("validate", DRAFT)
    make: Make | None = None


def cases() -> Iterator[Case]:
    """Yield all inputs, always the same."""
    for kind, pairs in _DRAFTS.items():
        yield from (
            Case(kind, name, {DRAFT: data if isinstance(data, bytes) else data.encode()}) for name, data in pairs()
        )
    yield from _covers()
    yield from _media()
    yield from _years()
    yield from _templates()
    yield from _file_systems()
    yield from _command_lines()


Pairs = Iterator[tuple[str, str | bytes]]


def _filled(unit: str, size: int = MAX_FILE) -> str:
    """Return a unit again and again, as many bytes as a file may have at most."""
    return unit * (size // len(unit.encode()))


def _text(line: str) -> str:
    return f"{HEAD}正文: |\n  {line}\n"


def _encodings() -> Pairs:
    yield "utf-16-le", GOOD.encode("utf-16")
    yield "utf-16-be", b"\xfe\xff" + GOOD.encode("utf-16-be")
    yield "utf-16 without mark", GOOD.encode("utf-16-le")
    yield "utf-16, half a character", GOOD.encode("utf-16")[:-1]
    yield "utf-32", GOOD.encode("utf-32")
    yield "gb18030", GOOD.encode("gb18030")
    yield "gb18030, 1 MB", _filled("正文：好\n").encode("gb18030")
    yield "big5", HEAD.replace("单", "").encode("big5", "ignore")
    yield "mojibake", GOOD.encode().decode("latin-1")
    yield "cut in a character", GOOD.encode()[:-3]
    yield "a broken byte", GOOD.encode().replace("议".encode(), b"\xe8\xae")
    yield "1 MB of broken bytes", b"\xff" * MAX_FILE
    yield "mark in the middle", GOOD.replace("全年", "\ufeff全年")
    yield "marks only", "\ufeff" * 300_000
    yield "half characters", GOOD.encode().replace("年".encode(), b"\xed\xa0\x80")
    yield "nul", GOOD.replace("年", "\0")
    yield "random bytes", Random(1).randbytes(MAX_FILE)
    yield "random gb18030", bytes(Random(2).choices(range(0x81, 0xFE), k=MAX_FILE))


def _other_files() -> Pairs:
    heads = {
        "docx": b"PK\x03\x04",
        "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "rtf": b"{\\rtf1",
        "pdf": b"%PDF-1.7",
        "png": b"\x89PNG\r\n\x1a\n",
        "gzip": b"\x1f\x8b\x08",
    }
    for name, head in heads.items():
        yield name, head + Random(3).randbytes(10_000)
    yield "html", "<html><body>" + "<p>好</p>" * 50_000
    yield "xml bomb", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "好">]>' + "&b;" * 100_000
    yield "csv", _filled("单位,受理\n")
    yield "json", '{"章节":' * 100_000
    yield "empty", b""
    yield "blanks", " " * MAX_FILE
    yield "comments", _filled("# 好\n")
    yield "comments without a blank", _filled("#好\n")
    yield "a byte too many", "好" * (MAX_FILE // 3) + "好"


def _of_one_character() -> Pairs:
    for character in "#-:[]{},\"'|>&*!?%@`~=\\ \t\n\r0aＡ好，。：“”《》　\x85\u200b\u202e\ue000\U0002a6d6\U0001f600":
        yield f"U+{ord(character):04X}", _filled(character)
    for unit in (
        "- ",
        "? ",
        ": ",
        "- - ",
        "a: ",
        "- a\n",
        "a:\n",
        "---\n",
        "甲: 乙\n",
        "甲：乙\n",
        "-甲\n",
        '"a" ',
        "[a, ",
    ):
        yield repr(unit), _filled(unit)
    for name in ("甲: |\n", "甲: >\n", '甲: "', "甲: '", "甲: [", "甲: {", "甲: @", "甲: 乙\n 丙", "甲: 乙 #"):
        yield f"behind {name!r}", name + _filled("好", 900_000)


def _yaml() -> Pairs:
    for depth in (31, 40, 10_000, 300_000):
        yield f"brackets, {depth} deep", "正文: " + "[" * depth + "]" * depth
        yield f"braces, {depth} deep", "正文: " + "{a: " * depth
    yield "indented 1,000 deep", "".join(f"{' ' * n}甲:\n" for n in range(1_000))
    yield "items 30 deep", HEAD + "".join(f"{'  ' * n}条目:\n{'  ' * n}- 标题: 甲\n" for n in range(30))
    yield "aliases", "a: &a [好]\n" + "".join(f"{chr(98 + n)}: [{'*a, ' * 99}]\n" for n in range(20))
    yield "bomb", "a: &a [好, 好]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(1_000))
    yield "merges", "a: &a {甲: 乙}\n" + "b: {<<: *a}\n" * 10_000
    yield "anchors", "".join(f"k{n}: &a{n} 好\n" for n in range(40_000))
    yield "tags", "正文: !!python/object/apply:os.system [echo]\n"
    yield "documents", "---\n章节: 甲\n" * 40_000
    yield "directives", "%YAML 1.1\n" * 50_000
    yield "same key", "章节: 甲\n" * 50_000
    yield "unknown keys", "".join(f"键{n}: 甲\n" for n in range(40_000))
    yield "long keys", "".join(f"{'键' * 99}{n}: 甲\n" for n in range(2_000))
    yield "values without end", "".join(f'键{n}: "甲\n' for n in range(40_000))
    yield "folded values", "".join(f"键{n}: 甲\n  乙\n" for n in range(20_000))
    yield "escapes", '正文: "' + "\\u4e00" * 90_000 + '"'
    yield "unprintable escapes", '正文: "' + "\\x07" * 90_000 + '"'
    yield "doubled quotes", "正文: '" + "''" * 90_000 + "'"
    yield "short quoted values", "正文: [" + '"a\\\\", ' * 45_000 + "甲]"
    yield "implicit types", HEAD + "指标:\n" + "".join(f"  甲{n}: {v}\n" for n, v in enumerate(_VALUES.split()))


_VALUES = "no yes ~ null 12:30 010 0x1F 1_000 1e999 .inf .nan 2022-02-30 2022-12-04 + - 0 -1 1,5 １２ 9999999999999"

# What every family of rules looks for, and what its patterns might stumble over when it comes again and again.
_UNITS = """
好 ， 。 、 ； ： “ ” ‘ ’ 《 》 〈 〉 （ ） ( ) 【 】 〔 〕 … —— ··· ... -- ~ · / 1 １ a . , ; ? ! % ％ 〇 一 十 万 亿 第 年 月 日 的 了 是 和
{{ }} {{甲}} {{甲.同比}} {甲} “‘ 《“ （《 ）。 ，。 、和 。。 ,, ?? 的的 了了 甲、 甲和 甲， 甲。 甲； 一是 一是甲；二是 （一） 一、 1. 1、 ①
第一条 2022年 2022年度 2021年 20222023年 二〇二二年 22年 2022.1.1 2022-01-01 12月32日 今年 去年 “十四五” 二十大 二十届三中全会
增长1% 同比增长1% 较上年提高15% 下降了2倍 减少3倍 近1万余件 约1件左右 超过1 100.1% 1%、 1-2 10%—20% 1～2万 1万2千 60000件 11万件 1.5万件
1件，其中1件 其中甲1件， 共1件， 甲1件、乙1件， 办结率1%， 受理1件，办结2件， 占1% 1+1= 514件 12345 13800138000 0791-12345678
110101199003070000 6222020000000000000 a@b.cn http://a.cn/ 张三 李某某 男， 身份证 XX ×× xx年 ？？ 【待补充】 （待定） TODO （此处填写） （初稿）
习近平 习近平法治思想 党中央国务院 攻府 截止目前 布署 末按 市法制办 现将 特此报告 妥否，请批示 当否 （一）1.（1） 标题： 图1 附件1 见附件 ** __ `
- * > | # =1+1 @甲 +1 <b> &amp; %s %00 \\ $( ` 甲乙丙丁 甲a甲1 1a 甲%1
"""


def _long_lines() -> Pairs:
    for unit in dict.fromkeys(_UNITS.split()):
        yield unit, _text((unit * LONG)[:LONG])
    for unit in (
        " ",
        "\u3000",
        "\u00a0",
        "\u200b",
        "\u202e",
        "\ufffc",
        "\ue000",
        "\U0002a6d6",
        "e\u0301",
        "1 ",
        "甲 ",
        "， ",
    ):
        yield f"U+{ord(unit[0]):04X}{unit[1:]!r}", _text(f"甲{(unit * LONG)[:LONG]}甲")
    mixed = Random(4)
    for number in range(4):
        yield f"mixed {number}", _text("".join(mixed.choices(_UNITS.split(), k=LONG // 4))[:LONG])


def _many_lines() -> Pairs:
    for unit in (
        "13800138000",
        "攻府",
        "（初稿）",
        "{{ 甲 }}",
        "一是甲。",
        "较上年提高15%。",
        "受理1件，其中甲1件、乙2件。",
        "“甲",
        "甲,乙",
    ):
        yield f"paragraphs of {unit}", HEAD + "正文: |\n" + _filled(f"  全年{unit}\n\n", 99_000)
        yield f"items of {unit}", HEAD + "条目:\n" + _filled(f"  - 标题: 全年{unit}\n    正文: {unit}\n", 900_000)
    yield "same items", HEAD + "条目:\n" + "  - 标题: 加强组织领导\n    正文: 定期研究部署法治建设工作。\n" * 8_000
    like = (f"  - 标题: 加强第{n}项工作\n    正文: 推进{n}项制度建设，完善{n * 7}个机制。\n" for n in range(8_000))
    yield "items much alike", HEAD + "条目:\n" + "".join(like)
    yield "long items", HEAD + "条目:\n" + "".join(f"  - 正文: {'好' * 9_000}{n}。\n" for n in range(30))
    yield "a table", HEAD + "正文:\n  - 表格:\n      行:\n" + "        - [甲, 乙, 丙]\n" * 12_000
    yield "a ragged table", HEAD + "正文:\n  - 表格:\n      行:\n" + "        - [甲, 乙]\n        - [甲]\n" * 8_000


def _figures() -> Pairs:
    names = [f"指标{n}号" for n in range(8_000)]
    listed = "".join(f"  {name}: {n}件\n" for n, name in enumerate(names))
    yield "figures nobody uses", f"{HEAD}指标:\n{listed}"
    yield "figures that cannot be read", HEAD + "指标:\n" + "".join(f"  {name}: 好\n" for name in names)
    yield "undefined references", _text("".join(f"{{{{ 甲{n} }}}}" for n in range(8_000)))
    used = "".join(f"{{{{ 指标{n} }}}}" for n in range(6_000))
    yield "references to no figure of thousands", f"{HEAD}指标:\n{listed}正文: |\n  {used}\n"
    yield (
        "references to figures",
        f"{HEAD}指标:\n{listed}正文: |\n  {''.join(f'{{{{ {n} }}}}' for n in names[:6_000])}\n",
    )
    parts = ", ".join(names)
    yield "thousands of parts", f"{HEAD}指标:\n{listed}  总数: {{数值: 1件, 其中: [{parts}]}}\n"
    ring = "".join(f"  甲{n}: {{数值: 1件, 总数: 甲{(n + 1) % 4_000}, 其中: [甲{n // 2}]}}\n" for n in range(4_000))
    yield "figures that are parts of each other", f"{HEAD}指标:\n{ring}"
    yield "same names", HEAD + "指标:\n" + "  甲: 1件\n" * 30_000
    for value in (
        "9" * 90_000,
        "一" * 90_000,
        "1," * 40_000,
        "近" * 90_000,
        "1万" * 40_000,
        "1" + "多" * 90_000,
        "1." * 40_000,
    ):
        yield f"value {value[:4]}…", f"{HEAD}指标:\n  甲: {value}\n"
    waiver = "  - {规则: F03, 原文: 较上年提高15%, 原因: 原文如此}\n"
    yield "waivers", _text("较上年提高15%。" * 5_000) + "豁免:\n" + waiver * 8_000
    quotes = "".join(f"  - {{规则: W01, 原文: 攻府{n}, 原因: 好}}\n" for n in range(8_000))
    yield "waivers of much", _text("".join(f"攻府{n}。" for n in range(12_000))) + "豁免:\n" + quotes


_DRAFTS: dict[str, Callable[[], Pairs]] = {
    "encodings": _encodings,
    "other files": _other_files,
    "one character": _of_one_character,
    "yaml": _yaml,
    "long lines": _long_lines,
    "many lines": _many_lines,
    "figures": _figures,
}


def _covers() -> Iterator[Case]:
    figures = "指标:\n" + "".join(f"  甲{n}: {n}件\n" for n in range(2_000))
    draft = GOOD + figures
    sums = {
        "checks": "核对:\n" + "".join(f"  - 甲{n} + 甲{n + 1} = 甲{2 * n + 1}\n" for n in range(1_900)),
        "wrong checks": "核对:\n" + "  - 甲1 + 甲2 = 甲9\n" * 10_000,
        "a long check": "核对: " + " + ".join(f"甲{n}" for n in range(2_000)) + " = 甲1\n",
        "a deep check": "核对: " + "(" * 40_000 + "甲1" + ")" * 40_000 + " = 甲1\n",
        "checks of nothing": "核对:\n" + "".join(f"  - 乙{n} = 丙{n}\n" for n in range(10_000)),
        "signs for a check": f"核对: {'+-*/=' * 18_000}\n",
    }
    for name, typed in sums.items():
        yield Case("covers", name, {REPORT: (COVER + typed).encode(), DRAFT: draft.encode()}, ("validate", "2022"))
    nodes = "".join(f"  - {{键: 甲{n}, 标题: 甲{n}, 牵头单位: 单位{n}}}\n" for n in range(6_000))
    for name, typed in {
        "thousands of nodes": COVER + nodes,
        "the same node": COVER + "  - {键: 甲, 标题: 甲}\n" * 8_000,
        "a long title": COVER.replace("标题: 示", f"标题: {'示例市人民政府、' * 4_000}示"),
        "a title of one word": COVER.replace("标题: 示", f"标题: {'a' * 90_000}示"),
        "no cover": "好" * 300_000,
    }.items():
        yield Case("covers", name, {REPORT: typed.encode()}, ("validate", "2022"))


def _media() -> Iterator[Case]:
    def with_picture(name: str, data: bytes | None = None) -> Files:
        quoted = name.replace("'", "''")
        typed = f"{HEAD}正文:\n  - 图片: {{文件: '{quoted}', 替代文字: 好}}\n"
        return {DRAFT: typed.encode(), **({f"data/2022/{name}": data} if data is not None else {})}

    def with_table(data: bytes) -> Files:
        typed = f"{HEAD}正文:\n  - 表格: {{文件: 甲.csv}}\n"
        return {DRAFT: typed.encode(), "data/2022/甲.csv": data}

    png = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBBI", 13, b"IHDR", 10, 10, 8, 2, 0, 0, 0, 0)
    end = b"\0\0\0\0IEND\xaeB`\x82"
    for name, data in {
        "png, cut": png,
        "png of 4 thousand million pixels": png.replace(struct.pack(">II", 10, 10), b"\xff" * 8) + end,
        "png, 20 MB": png + bytes(20 << 20) + end,
        "png, too large": png + bytes(21 << 20) + end,
        "jpeg of fill bytes": b"\xff\xd8" + b"\xff" * (10 << 20) + b"\xff\xd9",
        "jpeg of segments": b"\xff\xd8" + b"\xff\xe0\x00\x02" * (5 << 20) + b"\xff\xd9",
        "empty": b"",
        "random": Random(5).randbytes(1 << 20),
    }.items():
        yield Case("media", name, with_picture("甲.png", data))
    for number, name in enumerate(_PATHS):
        yield Case("media", f"path {number}", with_picture(name))
    for name, data in {
        "one row": ",".join(["甲"] * 200_000).encode(),
        "one column": "甲\n".encode() * 200_000,
        "one cell": "甲".encode() * 340_000,
        "open quote": b'"' + "甲\n".encode() * 200_000,
        "quotes": b'"' * MAX_FILE,
        "nuls": b"\0" * MAX_FILE,
        "formulas": b"=cmd|' /C calc'!A0,@SUM(1+1)\n" * 1_900,
        "20 MB": "甲,乙\n".encode() * ((20 << 20) // 8),
    }.items():
        yield Case("media", f"csv: {name}", with_table(data), ("validate", "2022"))


_PATHS = (
    "../../../../etc/passwd",
    "/etc/passwd",
    "..\\..\\甲.png",
    "C:\\Windows\\甲.png",
    "\\\\host\\share\\甲.png",
    "%2e%2e/甲.png",
    "/dev/zero",
    "CON",
    "甲" * 300,
    "/".join(["甲"] * 3_000),
    "{{ 甲 }}",
    "\u202e甲.png",
)


def _years() -> Iterator[Case]:
    """Whole years: drafts in conflict, last year's report."""
    year = ("validate", "2022")
    yield Case("years", "300 drafts alike", {f"data/2022/{n:03}.yaml": GOOD.encode() for n in range(300)}, year)
    body = "".join(f"第{n}项工作推进有力，办理案件{n}件。\n  \n  " for n in range(3_000))
    paragraphs = f"{HEAD}正文: |\n  {body}\n".encode()
    last = {"data/2021/report.yaml": COVER.replace("2022", "2021").encode(), "data/2021/01.yaml": paragraphs}
    yield Case("years", "last year's text again", {DRAFT: paragraphs, **last}, year)
    changed = paragraphs.replace("有力".encode(), "有效".encode())
    yield Case("years", "last year's text, changed", {DRAFT: changed, **last}, year)
    one_line = _text("推进工作" * (LONG // 4)).encode()
    yield Case("years", "one long line both years", {DRAFT: one_line, **last, "data/2021/01.yaml": one_line}, year)
    figures = f"{HEAD}指标:\n{''.join(f'  甲{n}: {n}件{chr(10)}' for n in range(8_000))}"
    yield Case("years", "same figures twice", {DRAFT: figures.encode(), "data/2022/02.yaml": figures.encode()}, year)
    counted = "".join(f"甲{n}单位受理案件{n}件。" for n in range(5_000))
    told = {f"data/2022/0{n}.yaml": _text(counted.replace("案件1", f"案件{n}")).encode() for n in range(1, 6)}
    yield Case("years", "the same said with other numbers", told, year)


def _templates() -> Iterator[Case]:
    words = "templates/wording.yaml"
    rows = "错别字:\n" + "".join(f"  错{n}: {{对: 对{n}, 后面不是: 甲、乙、丙}}\n" for n in range(8_000))
    yield Case("templates", "thousands of words", {words: rows.encode(), DRAFT: _text("错123甲乙。" * 9_000).encode()})
    yield Case("templates", "one word a thousand times", {words: ("错别字:\n" + "  好: 坏\n" * 9_000).encode()})
    yield Case("templates", "a word of blanks", {words: "错别字:\n  ' ': 好\n  '': 好\n".encode()})
    guards = "错别字:\n  好: {对: 坏, 后面不是: " + "、".join("甲乙丙丁" * 100) + "}\n"
    yield Case("templates", "a word with guards", {words: guards.encode(), DRAFT: _text("好" * LONG).encode()})
    yield Case("templates", "no list", {words: b"[[[["})
    yield Case("templates", "style", {"templates/style.yaml": "版式: {{ 7*7 }}\n".encode()}, ("build", "2022"))


def _file_systems() -> Iterator[Case]:
    year = ("validate", "2022")

    def linked(target: str) -> Make:
        return lambda root: (root / "data/2022/02.yaml").symlink_to(target)

    yield Case("file system", "a link to itself", {}, year, linked("02.yaml"))
    yield Case("file system", "a link to a device", {}, year, linked("/dev/zero"))
    yield Case("file system", "a link outside", {}, year, linked("/etc/passwd"))
    yield Case(
        "file system", "a link to a folder above", {}, year, lambda root: (root / "data/2022/甲").symlink_to("../..")
    )
    yield Case("file system", "a pipe", {}, year, lambda root: os.mkfifo(root / "data/2022/02.yaml"))
    yield Case("file system", "a folder for a draft", {"data/2022/02.yaml/甲.yaml": GOOD.encode()}, year)
    for number, name in enumerate(
        ("甲\u202e乙.yaml", "甲\n乙.yaml", "甲\x1b[31m.yaml", "~$甲.yaml", f"{'甲' * 80}.yaml", "甲.yml")
    ):
        yield Case("file system", f"name {number}", {f"data/2022/{name}": GOOD.encode()}, year)
    many = {f"data/2022/其他/{n}.txt": b"" for n in range(2_000)}
    yield Case("file system", "files nobody reads", many, year)


def _command_lines() -> Iterator[Case]:
    for year in (
        "../2022",
        "20222",
        "0000",
        "9999",
        "二〇二二",
        "２０２２年",
        "",
        "-1",
        "2022\n",
        "\u202e2022",
        "甲" * 5_000,
    ):
        yield Case("command lines", f"validate {year[:12]!r}", {}, ("validate", year))
    for arguments in (
        ("validat", "2022"),
        ("validate",),
        ("explain", "F" * 9_000),
        ("validate", "2022", "--select", "," * 9_000),
    ):
        yield Case("command lines", " ".join(arguments)[:30], {}, arguments)
    yield Case("command lines", "one draft a hundred times", {}, ("validate", *[DRAFT] * 100))
