"""The examples on the rules' pages: how they are told apart, and what is found in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jzreport.commands.checking import examine
from jzreport.commands.loading import Loaded, load, load_wording
from jzreport.diagnostics import Diagnostic
from jzreport.report import Report
from jzreport.text import Text
from jzreport.wording import Wording
from jzreport.workspace import File, Workspace

ROOT = Path(__file__).parent.parent
LAST_YEAR = "去年/"
MARK = "←"
REPORT = """年度: 2023
地区: 示例市
发文机关: 示例市人民政府
标题: 示例市人民政府关于2023年度法治政府建设情况的报告
成文日期: 2024-02-26
结构:
  - 键: 工作情况
    标题: 2023年法治政府建设工作情况
    牵头单位: 市司法局
    必报内容: [主要举措和成效, 第一责任人职责]
  - 键: 存在的问题
    标题: 存在的问题
    牵头单位: 市司法局
    必报内容: [存在的不足]
  - 键: 下步打算
    标题: 下步打算
    牵头单位: 市司法局
    必报内容: [下一年度安排]
"""

_KEY = re.compile(r"[^\s:#-][^\s:]*:( |$)", re.MULTILINE)
_FILE = re.compile(r"# (\S+\.yaml)$")


@dataclass(frozen=True)
class Example:
    """Files by name, and the lines that a finding must name (none: there must be no finding)."""

    files: dict[str, str]
    marked: frozenset[tuple[str, int]]


def examples(page: str, *, whole: bool) -> Iterator[Example]:
    """Yield the examples of a page; `whole`: each is a whole file, however it looks."""
    for wrong, block in _blocks(page):
        files = dict(_files(block, whole))
        stripped = {name: re.sub(rf" *{MARK}$", "", text, flags=re.MULTILINE) for name, text in files.items()}
        lines = ((name, n, line) for name, text in files.items() for n, line in enumerate(text.split("\n"), 1))
        marked = frozenset((name, n) for name, n, line in lines if line.endswith(MARK))
        assert bool(marked) == wrong, f"an example of what is wrong marks its line, one of what is right none:\n{block}"
        yield Example(stripped, marked)


def findings(example: Example) -> tuple[Diagnostic, ...]:
    """Return all that is found in an example, last year's files besides."""
    now = {name: text for name, text in example.files.items() if not name.startswith(LAST_YEAR)}
    last = {n.removeprefix(LAST_YEAR): text for n, text in example.files.items() if n.startswith(LAST_YEAR)}
    previous = _load(last, REPORT.replace("2023", "2022").replace("2024", "2023")).report if last else None
    return examine(_load(now, REPORT, previous), wording(), previous).diagnostics


@cache
def wording() -> Wording:
    """Return the word lists that come with the program."""
    return load_wording(Workspace(ROOT))


def _load(files: dict[str, str], report: str, previous: Report | None = None) -> Loaded:
    drafts = dict(files)
    cover = File("report.yaml", drafts.pop("report.yaml", report).encode())
    return load(cover, (File(name, text.encode()) for name, text in drafts.items()), _no_media, "", previous)


def _no_media(name: Text, problems: list[Diagnostic]) -> bytes | None:
    return None


def _blocks(page: str) -> Iterator[tuple[bool, str]]:
    """Yield the indented blocks below 错误： and 正确：, unindented, and whether each is wrong."""
    for part in re.split(r"^(?=(?:错误|正确)：$)", page, flags=re.MULTILINE)[1:]:
        head, _, rest = part.partition("\n")
        body = re.match(r"(?:(?:    .*)?\n|    .*$)*", rest)
        assert body and body.group().strip(), f"no example below {head}"
        lines = [line.removeprefix("    ") for line in body.group().strip("\n").split("\n")]
        yield head == "错误：", "\n".join(lines)


def _files(block: str, whole: bool) -> Iterator[tuple[str, str]]:
    name, lines = "稿.yaml", list[str]()
    for line in block.split("\n"):
        if match := _FILE.match(line):
            if lines:
                yield name, _completed(name, "\n".join(lines).rstrip("\n"), whole)
            name, lines = match[1], []
        else:
            lines.append(line)
    yield name, _completed(name, "\n".join(lines), whole)


def _completed(name: str, text: str, whole: bool) -> str:
    """Return a file with the keys that every one must have added at its end, plain text as the 正文 of a draft."""
    if whole:
        return f"{text}\n"
    if not _KEY.search(text):
        body = "\n".join(f"  {line}" if line else "" for line in text.split("\n"))
        text = f"章节: 工作情况\n填报单位: 市司法局\n正文: |\n{body}"
    if name.endswith("report.yaml"):
        keys = dict(re.findall(r"^(\S+?):(.*(?:\n .*)*)", REPORT, re.MULTILINE))
    else:
        keys = {"章节": " 工作情况", "填报单位": " 市司法局"}
    added = (f"{key}:{value}" for key, value in keys.items() if not re.search(rf"^{key}:", text, re.MULTILINE))
    return "\n".join((text, *added, ""))
