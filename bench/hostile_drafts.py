"""What a hostile draft may hold, class by class: for hostile_inputs.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

MAX_FILE = 1 << 20
LONG = 95_000  # characters: a value may have 100,000
TEXTS = 2_900  # paragraphs and titles: a draft may have 3,000
HEAD = "章节: 工作情况\n填报单位: 市司法局\n"
GOOD = f"{HEAD}正文: 全年受理行政复议申请514件。\n"

Pairs = Iterator[tuple[str, str | bytes]]


def _filled(unit: str, size: int = MAX_FILE) -> str:
    """Return a unit again and again, as many bytes as a file may have at most."""
    return unit * (size // len(unit.encode()))


def in_text(line: str) -> str:
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
    for sign in ("?]", '"', ":甲]"):
        yield f"blanks in brackets before {sign}", f"{HEAD}正文: [{' ' * 1_000_000}{sign}\n"
    for name, line in {
        "nothing but blanks": " " * 300_000,
        "blanks before a word": f"{' ' * 300_000}乙",
        "blanks behind a dash": f"  -{' ' * 300_000}乙",
        "blanks inside a name": f"甲甲{' ' * 90_000}乙: 1件",
        "wide blanks inside a name": f"甲甲{chr(0x3000) * 90_000}乙: 1件",
        "dashes": "- " * 150_000,
        "tabs": "\t" * 300_000,
    }.items():
        yield f"{name} in what YAML cannot read", f"章节：甲\n填报单位: 市司法局\n指标:\n{line}\n"
    yield "blanks before a sign of comment", f"{HEAD}正文:{' ' * 300_000}#甲\n  好\n"
    yield "blanks before dashes", in_text(f"甲\n  {' ' * 90_000}---|x")
    yield "lines to be filled in", in_text(f"甲{'＿' * 90_000}x。")
    yield "empty texts", f"{HEAD}正文: |\n  好\n" + "正文: |\n" * 40_000
    yield "rows of marks", in_text("…。" * 47_000)
    yield "blanks before a comment", f"{HEAD}正文: [甲{' ' * 300_000}]{' ' * 300_000}  # x\n"


_VALUES = "no yes ~ null 12:30 010 0x1F 1_000 1e999 .inf .nan 2022-02-30 2022-12-04 + - 0 -1 1,5 １２ 9999999999999"

# What every family of rules looks for, and what its patterns might stumble over when it comes again and again.
_UNITS = """
好 ， 。 、 ； ： “ ” ‘ ’ 《 》 （ ） … —— ... -- ~ a 一 十 亿 的 了
{{ }} {{甲}} {{甲.同比}} {甲} 《“ （《 ）。 ，。 、和 。。 ,, ?? 的的 了了 一是 一是甲；二是 （一） 1. ①
2022年 2021年 20222023年 二〇二二年 2022.1.1 2022-01-01 二十届三中全会
增长1% 同比增长1% 较上年提高15% 下降了2倍 近1万余件 超过1 1%、 10%—20% 1～2万 1万2千 1.5万件
1件，其中1件 其中甲1件， 甲1件、乙1件， 办结率1%， 受理1件，办结2件， 1+1= 514件 13800138000 0791-12345678
110101199003070000 6222020000000000000 a@b.cn http://a.cn/ 张三 XX xx年 ？？ 【待补充】 （待定） TODO （此处填写） （初稿）
习近平法治思想 党中央国务院 攻府 布署 市法制办 妥否，请批示 （一）1.（1） 标题： ** __ `
- * <b> &amp; ` 甲a甲1
"""


def _long_lines() -> Pairs:
    for unit in dict.fromkeys(_UNITS.split()):
        yield unit, in_text((unit * LONG)[:LONG])
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
        yield f"U+{ord(unit[0]):04X}{unit[1:]!r}", in_text(f"甲{(unit * LONG)[:LONG]}甲")
    mixed = Random(4)
    for number in range(4):
        yield f"mixed {number}", in_text("".join(mixed.choices(_UNITS.split(), k=LONG // 4))[:LONG])


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
        yield f"paragraphs of {unit}", HEAD + "正文: |\n" + (f"  全年{unit}\n\n" * TEXTS)[:LONG] + "\n"
        yield f"items of {unit}", HEAD + "条目:\n" + f"  - 标题: 全年{unit}\n    正文: {unit}\n" * (TEXTS // 2)
    same = "  - 标题: 加强组织领导\n    正文: 定期研究部署法治建设工作。\n"
    yield "same items", HEAD + "条目:\n" + same * (TEXTS // 2)
    yield "more items than a file may have", HEAD + "条目:\n" + same * 8_000
    yield "items much alike", much_alike()
    yield "long items", HEAD + "条目:\n" + "".join(f"  - 正文: {'好' * 9_000}{n}。\n" for n in range(30))
    yield "a table", HEAD + "正文:\n  - 表格:\n      行:\n" + "        - [甲, 乙, 丙]\n" * TEXTS
    yield "a larger table", HEAD + "正文:\n  - 表格:\n      行:\n" + "        - [甲, 乙, 丙]\n" * 12_000
    yield "a ragged table", HEAD + "正文:\n  - 表格:\n      行:\n" + "        - [甲, 乙]\n        - [甲]\n" * 8_000


def much_alike() -> str:
    """Return a draft of as many items as it may have, each with a repair."""
    items = (f"  - 标题: 加强第{n}项工作\n    正文: 推进{n}项制度建设,完善{n * 7}个机制。\n" for n in range(TEXTS // 2))
    return f"{HEAD}条目:\n{''.join(items)}"


def long_paragraphs(unit: str) -> str:
    """Return a draft of as many characters as it may have."""
    return f"{HEAD}条目:\n" + f"  - 正文: |\n      {(unit * LONG)[:LONG]}\n" * 2


def _figures() -> Pairs:
    names = [f"指标{n}号" for n in range(8_000)]
    listed = "".join(f"  {name}: {n}件\n" for n, name in enumerate(names))
    yield "figures nobody uses", f"{HEAD}指标:\n{listed}"
    yield "figures that cannot be read", HEAD + "指标:\n" + "".join(f"  {name}: 好\n" for name in names)
    yield "undefined references", in_text("".join(f"{{{{ 甲{n} }}}}" for n in range(8_000)))
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
    yield "waivers", in_text("较上年提高15%。" * 5_000) + "豁免:\n" + waiver * 8_000
    for quote, waived in (("攻", 1), ("较上年", 1), ("上年提高", 3), ("5%。较", 1)):
        rows = "".join(f"  - {{规则: F03, 原文: {quote * waived}, 原因: 好}}\n" for _ in range(6_000))
        yield f"waivers of {quote}", in_text("较上年提高15%。" * 5_000) + "豁免:\n" + rows
    carried = "".join(f"  甲{n}: {{数值: {n}次, 口径: 含往年结转}}\n" for n in range(6_000))
    rated = "  办结1件，办结率1%。\n\n" * TEXTS
    yield "rates beside figures", f"{HEAD}指标:\n{carried}正文: |\n{rated}"
    yield "rates in a line beside figures", f"{in_text('1%' * 48_000)}指标:\n{carried}"
    quotes = "".join(f"  - {{规则: W01, 原文: 攻府{n}, 原因: 好}}\n" for n in range(8_000))
    yield "waivers of much", in_text("".join(f"攻府{n}。" for n in range(12_000))) + "豁免:\n" + quotes


DRAFTS: dict[str, Callable[[], Pairs]] = {
    "encodings": _encodings,
    "other files": _other_files,
    "one character": _of_one_character,
    "yaml": _yaml,
    "long lines": _long_lines,
    "many lines": _many_lines,
    "figures": _figures,
}
