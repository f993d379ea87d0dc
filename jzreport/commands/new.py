"""`jzreport new` and `jzreport init`: the files a year, or a workspace, begins with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from jzreport.chinese import closest, fold
from jzreport.commands.loading import Loaded, load_year, opened
from jzreport.diagnostics import Diagnostic
from jzreport.disk import WorkspaceError, create_folder, file_name, write_new
from jzreport.draft import Draft, read_draft
from jzreport.fields import BLANK
from jzreport.keys import ReportKeys
from jzreport.report import Node, Report, read_report, reported_contents
from jzreport.rollover import Slot, Values, Years, cover_values, draft_name, draft_values, promises, slots
from jzreport.templating import TemplateError, Templates
from jzreport.workspace import REPORT, File, Workspace, create_workspace, packaged_templates

OUTLINES = ("七部分", "九部分")

_COVER = "report.yaml.j2"
_DRAFT = "draft.yaml.j2"
_DATA = """# 各年度的报告

一个年度一个文件夹，用 `jzreport new 年度 --region 地区` 生成；文件夹里是 report.yaml 和各单位的来稿。
"""


class Made(NamedTuple):
    """What was made: the new folder and its drafts; `old` is the year they follow, None when there was none."""

    folder: Path
    drafts: tuple[str, ...]
    promises: int
    old: str | None
    doubts: tuple[str, ...] = ()  # what the office should look at, a line each


def new(
    workspace: Workspace,
    year: str,
    start: str | None = None,
    *,
    blank: bool = False,
    region: str = "",
    outline: str = OUTLINES[0],
) -> Made:
    """Make the folder of a year from that of the year `start` (default: the last one before it), whole or not at all.

    `blank`, and in a workspace without an earlier year: from the outline in templates/report.yaml.j2.
    """
    if not "1900" <= year <= "2099":
        raise WorkspaceError(f"“{year}”不是能用的年度，请写 1900 至 2099 之间的年份。")
    if workspace.has_begun(year):
        add = f"要加一份来稿，请用 {workspace.command(f'new {year} --add 单位 章节')}。"
        raise WorkspaceError(f"data/{year} 已经有了，没有改动。{add}")
    old = None if blank else _pattern(workspace, year, start)
    given: Values = {"年度": int(year), "上年度": int(old) if old else None, "提纲": outline}
    last = _load(workspace, old) if old else None
    if last and last.cover and old:
        years = Years(int(old), int(year))
        kept = promises(last.cover, last.printed) if years.are_neighbours else ()
        given |= cover_values(last.cover, kept, last.typed, years)
        region = region or last.cover.region
    given["地区"] = region or _region(workspace, year)
    cover = _rendered(_templates(workspace), _COVER, given)
    report = _read_back(cover)
    if report.year != int(year):
        raise WorkspaceError(f"templates/{_COVER} 生成的“年度”是 {report.year}，应是 {year}。")
    drafts = _draft_texts(workspace, report, slots(report, last.typed if last else (), f"data/{old}/"), given)
    folder = workspace.root / "data" / year
    create_folder(folder, {REPORT: cover.encode(), **{name: text.encode() for name, text in drafts.items()}})
    return Made(folder, tuple(drafts), len(report.promises), old, tuple(_doubts(last, old)) if last and old else ())


def next_steps(made: Made, workspace: Workspace, year: str) -> Iterator[str]:
    """Yield what was made and what comes next."""
    yield str(made.folder)
    pattern = f"照 {made.old} 年" if made.old else "照提纲"
    yield f"{pattern}建好了 report.yaml 和 {len(made.drafts)} 份来稿。"
    if made.promises:
        yield f"上年承诺 {made.promises} 条，写在 report.yaml 的“上年承诺”里，请逐条填落实情况。"
    yield from made.doubts
    yield f"接下来：核对 report.yaml，把来稿发给各单位；谁交了、还差什么，运行 {workspace.command(f'status {year}')}。"


def _doubts(last: Loaded, old: str) -> Iterator[str]:
    """Yield what was taken over as it was and may not be right any more."""
    if not last.is_filled:
        yield f"{old} 年的来稿还有没填的地方，新来稿里相应的“上年”和原文也是空的。"
    assert last.cover is not None, "a year that was loaded has a cover"
    report = last.cover
    keys = {node.key for node in report.nodes()}
    strayed = "、".join(draft.file for draft in last.typed if str(draft.node_key) not in keys)
    if strayed:
        yield f"{old} 年的这些来稿填的章节报告里没有，没有带过来：{strayed}。"
    texts = {ReportKeys.closing: report.closing, ReportKeys.note: report.note, ReportKeys.web_source: report.web_source}
    if dated := "、".join(f"“{field.key}”" for field, text in texts.items() if re.search("20[0-9]{2}", text)):
        yield f"report.yaml 的{dated}里写着年份，照旧没有改，请核对。"


def add(workspace: Workspace, year: str, wanted: Iterable[tuple[str, str]]) -> tuple[Path, ...]:
    """Write one more draft for each department and section into a year's folder, all or none.

    A draft holds last year's text if that department wrote for the section.
    """
    loaded = load_year(workspace, year)
    if loaded.cover is None:
        raise WorkspaceError(
            f"data/{year}/report.yaml 不能用，请先运行 {workspace.command(f'validate {year}')}，照提示改好。"
        )
    earlier = next((each for each in reversed(workspace.years()) if each < year), None)
    last = _load(workspace, earlier) if earlier else None
    made: dict[str, bytes] = {}
    for typed, section in wanted:
        department = typed.strip()
        if not department:
            raise WorkspaceError("请写明单位，例如：--add 市财政局 监督问效")
        node = _section(loaded.cover, section)
        for draft in _drafts_of(loaded, node, department):
            raise WorkspaceError(f"“{department}”的“{node.key}”已经有了：{draft.file}。没有改动。")
        own = _drafts_of(last, node, department)
        name = own[0].file.removeprefix(f"data/{earlier}/") if own else _added_name(loaded, node, department)
        given: Values = {"年度": int(year), "上年度": int(earlier) if own and earlier else None}
        texts = _draft_texts(workspace, loaded.cover, [Slot(node, department, own, name)], given)
        if same := texts.keys() & made.keys():
            raise WorkspaceError(f"两份来稿的文件名都会是“{min(same)}”，没有建。请分两次加，第二份换一个名称。")
        made |= {name: text.encode() for name, text in texts.items()}
    return write_new(workspace.root / "data" / year, made)


def _drafts_of(loaded: Loaded | None, node: Node, department: str) -> tuple[Draft, ...]:
    drafts = loaded.typed if loaded else ()
    return tuple(d for d in drafts if (str(d.node_key), str(d.department)) == (node.key, department))


def _added_name(loaded: Loaded, node: Node, department: str) -> str:
    """Return a name that stands beside those of the section's other drafts."""
    assert loaded.cover is not None, "a year that was loaded has a cover"
    places = (each.key for each in loaded.cover.nodes() if each.departments or not each.children or each is node)
    name = draft_name(1 + list(places).index(node.key), node, department)
    siblings = (draft.file.rpartition("/")[2] for draft in loaded.typed if str(draft.node_key) == node.key)
    number = next((match[0] for each in siblings if (match := re.match(r"\d+-", each))), None)
    return re.sub(r"^\d+-", number, name) if number else name


def init(folder: Path) -> None:
    """Make a workspace: the templates an office owns, and a place for its years."""
    create_workspace(folder, {"templates": packaged_templates(), "data": {"README.md": _DATA.encode()}})


def _pattern(workspace: Workspace, year: str, start: str | None) -> str | None:
    """Return the year whose files are the pattern, None when there is no earlier one."""
    if start is not None:
        workspace.year_folder(start)  # refuses one there is none of
        if start >= year:
            raise WorkspaceError(f"--from 要写比 {year} 早的年度，这里写的是 {start}。")
        return start
    return next((each for each in reversed(workspace.years()) if each < year), None)


def _region(workspace: Workspace, year: str) -> str:
    """Return the region of the last report there is."""
    for each in reversed(workspace.years()):
        if cover := load_year(workspace, each).cover:
            return cover.region
    raise WorkspaceError(f"还没有别的年度，请写明地区，例如：{workspace.command(f'new {year} --region 示例市')}")


def _load(workspace: Workspace, year: str) -> Loaded:
    """Return a year, all of which can be read: what cannot would be missing from the next one."""
    loaded = load_year(workspace, year)
    if loaded.cover is None or not loaded.is_whole:
        raise WorkspaceError(
            f"data/{year} 里有文件读不出来，请先运行 {workspace.command(f'validate {year}')}，照提示改好。"
        )
    return loaded


def _draft_texts(workspace: Workspace, report: Report, wanted: Iterable[Slot], given: Values) -> dict[str, str]:
    """Return the drafts by file name, each tried to be read."""
    contents = dict(reported_contents((*report.root.children, *report.attachments)))
    years = Years(given["上年度"], given["年度"]) if given["上年度"] else None
    texts: dict[str, str] = {}
    taken = {REPORT}
    templates = _templates(workspace)
    for slot in wanted:
        name = _unique(_renamed(slot.name, years) if slot.drafts and years else _safe(slot.name), taken)
        up = "../" * (2 + name.count("/"))
        values = draft_values(slot, years, tuple(contents.get(slot.node.key, ())))
        own = {key: given[key] for key in ("年度", "上年度")}
        texts[name] = _rendered(templates, _DRAFT, {**own, **values, "到工作区": up})
        _read_draft_back(texts[name], name)
    return texts


def _renamed(name: str, years: Years) -> str:
    """Return the name that a file of last time has now: a year in it moves along."""
    return f"{re.sub(rf'(?<![0-9]){years.old}(?![0-9])', str(years.new), _stem(name))}.yaml"


def _safe(name: str) -> str:
    """Return the name of a new file as every system takes it, in no folder of its own."""
    return f"{file_name(_stem(name))}.yaml"


def _unique(name: str, taken: set[str]) -> str:
    """Return a name that no other file has, whatever its letters' case, and take it."""
    other, number = name, 1
    while other.casefold() in taken:
        number += 1
        other = f"{_stem(name)}-{number}.yaml"
    taken.add(other.casefold())
    return other


def _stem(name: str) -> str:
    return name[: -len(".yaml")] if name.lower().endswith(".yaml") else name


def _section(report: Report, wanted: str) -> Node:
    """Return the node that is called by its key or its title."""
    named = {fold(str(node.title)): node for node in report.nodes() if node.title}
    named |= {fold(node.key): node for node in report.nodes()}
    if fold(wanted) in named:
        return named[fold(wanted)]
    keys = [node.key for node in report.nodes()]
    meant = closest(wanted, keys)
    hint = f"是不是“{meant}”？" if meant else f"可以写的有：{'、'.join(keys)}。"
    raise WorkspaceError(f"报告里没有“{wanted}”这一节。{hint}")


def _templates(workspace: Workspace) -> Templates:
    def load(wanted: str) -> str | None:
        try:
            return workspace.template_text(wanted)
        except WorkspaceError as error:
            raise TemplateError(str(error)) from error

    return Templates(load)


def _rendered(templates: Templates, name: str, values: Values) -> str:
    try:
        text = templates.render(name, values)
        text.encode()
    except TemplateError as error:
        raise WorkspaceError(str(error)) from error
    except UnicodeEncodeError as error:
        raise WorkspaceError(f"照 templates/{name} 生成时遇到了不能用的字符，请检查命令行上写的地区、单位。") from error
    return text


def _read_back(text: str) -> Report:
    root, _, problems = opened(File(REPORT, text.encode()))
    report = read_report(root, problems) if root else None
    _refuse(problems, _COVER, REPORT)
    if report is None:
        raise WorkspaceError(f"templates/{_COVER} 生成的 report.yaml 里缺少必填的项，请对照程序带的模板检查。")
    return report


def _read_draft_back(text: str, name: str) -> None:
    root, _, problems = opened(File(name, text.encode()))
    if root:
        read_draft(root, problems)
    _refuse(problems, _DRAFT, name)


def _refuse(problems: Iterable[Diagnostic], template: str, made: str) -> None:
    """Refuse a template that makes files with errors; places still to be filled in are what it is for."""
    wrong = next((p for p in problems if p.is_error and p.rule is not BLANK), None)
    if wrong:
        place = f"第{wrong.span.line}行" if wrong.span.line else ""
        raise WorkspaceError(f"templates/{template} 生成的“{made}”{place}有误：{wrong.message}{wrong.hint}")
