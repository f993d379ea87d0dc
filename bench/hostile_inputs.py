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

from hostile_drafts import DRAFTS, GOOD, HEAD, LONG, MAX_FILE, in_text, long_paragraphs, much_alike

DRAFT = "data/2022/01.yaml"
REPORT = "data/2022/report.yaml"
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
    for kind, pairs in DRAFTS.items():
        yield from (
            Case(kind, name, {DRAFT: data if isinstance(data, bytes) else data.encode()}) for name, data in pairs()
        )
    yield from _covers()
    yield from _media()
    yield from _findings()
    yield from _years()
    yield from _next_years()
    yield from _templates()
    yield from _file_systems()
    yield from _command_lines()


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
        "too many cells": f"{','.join(['甲'] * 20)}\n".encode() * 2_000,
        "many cells": f"{','.join(['甲'] * 20)}\n".encode() * 590,
        "formulas": b"=cmd|' /C calc'!A0,@SUM(1+1)\n" * 1_900,
        "20 MB": "甲,乙\n".encode() * ((20 << 20) // 8),
    }.items():
        yield Case("media", f"csv: {name}", with_table(data), ("validate", "2022"))
    often = HEAD + "正文:\n" + "  - 表格: {文件: 甲.csv}\n  - 图片: {文件: 甲.png, 替代文字: 好}\n" * 1_900
    segments = b"\xff\xd8" + b"\xff\xe0\x00\x02" * (5 << 20) + b"\xff\xd9"
    table = b"\xe7\x94\xb2,\xe4\xb9\x99\n" * 1_900
    files = {DRAFT: often.encode(), "data/2022/甲.csv": table, "data/2022/甲.png": segments}
    yield Case("media", "the same files a thousand times", files, ("validate", "2022"))
    spelt = "".join(f"  - 图片: {{文件: '{'./' * n}甲.png', 替代文字: 好}}\n" for n in range(200))
    large = png + bytes(19 << 20) + end
    files = {DRAFT: f"{HEAD}正文:\n{spelt}".encode(), "data/2022/甲.png": large}
    yield Case("media", "one picture in many spellings", files, ("validate", "2022"))


def _findings() -> Iterator[Case]:
    """Yield files of nothing but findings, for the forms and for `fix`."""
    drafts = {
        "half-width commas": "甲,",
        "wrong words": "攻府",
        "invisible characters": "甲\u200b",
        "doubled words": "的的",
    }
    texts = {**{name: long_paragraphs(unit) for name, unit in drafts.items()}, "items": much_alike()}
    texts["1 MB of commas"] = HEAD + "条目:\n" + f"  - 正文: |\n      {'甲,' * (LONG // 2)}\n" * 5
    for name, text in texts.items():
        for form in ("text", "json", "github", "sarif"):
            yield Case("findings", f"{name}, {form}", {DRAFT: text.encode()}, ("validate", DRAFT, "--format", form))
        yield Case("findings", f"{name}, fix", {DRAFT: text.encode()}, ("fix", DRAFT))
        yield Case("findings", f"{name}, fix --diff", {DRAFT: text.encode()}, ("fix", "--diff", DRAFT))
    unread = "".join(f"{n}：甲\n" for n in range(60_000)).encode()
    for form in ("json", "sarif"):
        yield Case("findings", f"1 MB of slips, {form}", {DRAFT: unread}, ("validate", DRAFT, "--format", form))


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
    one_line = in_text("推进工作" * (LONG // 4)).encode()
    yield Case("years", "one long line both years", {DRAFT: one_line, **last, "data/2021/01.yaml": one_line}, year)
    figures = f"{HEAD}指标:\n{''.join(f'  甲{n}: {n}件{chr(10)}' for n in range(8_000))}"
    yield Case("years", "same figures twice", {DRAFT: figures.encode(), "data/2022/02.yaml": figures.encode()}, year)
    counted = "".join(f"甲{n}单位受理案件{n}件。" for n in range(5_000))
    told = {f"data/2022/0{n}.yaml": in_text(counted.replace("案件1", f"案件{n}")).encode() for n in range(1, 6)}
    yield Case("years", "the same said with other numbers", told, year)


def _next_years() -> Iterator[Case]:
    """Yield what a new year is begun from, and what is said of one."""
    departments = "、".join(f"单位{n}" for n in range(3_000)).split("、")
    covers = {
        "thousands of departments": COVER.replace("牵头单位: 市司法局", f"配合单位: [{', '.join(departments)}]"),
        "thousands of nodes": COVER + "".join(f"  - {{键: 甲{n}, 牵头单位: 单位{n}}}\n" for n in range(3_000)),
    }
    titles = {
        "a title of years and quotes": HEAD + f"条目:\n  - 标题: {'《2022年》' * 9_000}{'2022年' * 5_000}\n",
        "thousands of figures": HEAD + "指标:\n" + "".join(f"  甲{n}: {n}件\n" for n in range(9_000)),
    }
    for name, typed in covers.items():
        for command in (("new", "2023"), ("status", "2022")):
            yield Case("next years", f"{name}, {command[0]}", {REPORT: typed.encode()}, command)
    for name, typed in titles.items():
        yield Case("next years", f"{name}, new", {DRAFT: typed.encode()}, ("new", "2023"))
    yield Case(
        "next years", "figures, compare", {DRAFT: titles["thousands of figures"].encode()}, ("compare", "2021", "2022")
    )


def _templates() -> Iterator[Case]:
    words = "templates/wording.yaml"
    rows = "错别字:\n" + "".join(f"  错{n}: {{对: 对{n}, 后面不是: 甲、乙、丙}}\n" for n in range(8_000))
    yield Case(
        "templates", "thousands of words", {words: rows.encode(), DRAFT: in_text("错123甲乙。" * 9_000).encode()}
    )
    yield Case("templates", "one word a thousand times", {words: ("错别字:\n" + "  好: 坏\n" * 9_000).encode()})
    yield Case("templates", "a word of blanks", {words: "错别字:\n  ' ': 好\n  '': 好\n".encode()})
    guards = "错别字:\n  好: {对: 坏, 后面不是: " + "、".join("甲乙丙丁" * 25) + "}\n"
    yield Case("templates", "a word with guards", {words: guards.encode(), DRAFT: in_text("好" * LONG).encode()})
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
    yield Case("file system", "folders in one another", {f"data/2022/{'甲/' * 60}乙.yaml": GOOD.encode()}, year)
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
