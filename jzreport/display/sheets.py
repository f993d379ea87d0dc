"""Feedback sheets: for each department the findings in its drafts, and what it has still to hand in.

They go by chat or mail to people who have a text editor and no jzreport.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from jzreport.chinese import format_date
from jzreport.diagnostics import Diagnostic, Span
from jzreport.display.listing import MAX_PER_FILE, Lines, brief, excerpt, safe
from jzreport.display.outcome import Outcome
from jzreport.draft import Draft
from jzreport.encoding import MISNAMED
from jzreport.fields import BLANK
from jzreport.keys import ReportKeys
from jzreport.owing import awaited_of, owners_of
from jzreport.report import Node, Promise, Report

_BEFORE = 40  # columns of a line quoted before the place
_WINDOW = 120  # columns of a line quoted

_MUST = "必须改的"
_LOOK = "请看一看的"
_HOW = """\
  1. 用“记事本”打开上面说的文件，照“改法”改好。第几行，看窗口下边的状态栏；“原文”里的「」是我们标的，框着有问题的字。
  2. {}
  3. {}，把整个文件发回来。"""
_KEEP_NAME = "保存时不要改文件名"
_MEND_NAME = "文件名只改上面说要改的，别的不要改"


class Sheet(NamedTuple):
    """One sheet; `name` is the department's, or that of a file whose department is not known."""

    name: str
    text: str

    @property
    def data(self) -> bytes:
        """The sheet as a file that every Windows editor shows right: byte order mark, line ends of two characters."""
        return self.text.replace("\n", "\r\n").encode("utf-8-sig")


def sheets(report: Report | None, drafts: Sequence[Draft], outcome: Outcome, *, is_whole: bool) -> tuple[Sheet, ...]:
    """Return a sheet for each department and each file of unknown department; unless `is_whole` nothing is awaited."""
    owners = owners_of(report, drafts, (d.span.file for d in outcome.diagnostics), outcome.lines)
    awaited = awaited_of(report, drafts, owners) if report and is_whole else {}
    promised = _promised(report) if report and is_whole else {}
    departments = dict.fromkeys((*(str(draft.department) for draft in drafts), *owners.values(), *awaited, *promised))
    known = (
        _of_department(name, report, drafts, awaited.get(name, ()), promised.get(name, ()), owners, outcome)
        for name in departments
    )
    return (*known, *_of_unknown(report, owners, outcome))


def _of_department(
    department: str,
    report: Report | None,
    drafts: Sequence[Draft],
    awaited: Sequence[Node],
    promised: Sequence[Promise],
    owners: Mapping[str, str],
    outcome: Outcome,
) -> Sheet:
    own = [draft for draft in drafts if str(draft.department) == department]
    found = [diagnostic for diagnostic in outcome.diagnostics if department in _concerned(diagnostic, owners)]
    read = {draft.file for draft in own}
    sent = dict.fromkeys(d.span.file for d in found if d.rule is MISNAMED or d.span.file.lower().endswith(".yaml"))
    unread = [file for file in sent if owners.get(file) == department and file not in read]
    parts = (
        f"{safe(department)}：",
        _received(own, unread, report, found) if own or unread else "",
        *_findings(found, outcome.lines),
        _missing(department, awaited, report) if awaited else "",
        _unanswered(promised) if promised else "",
        _next_steps(found, report) if found else "",
    )
    return _sheet(department, parts)


def _concerned(diagnostic: Diagnostic, owners: Mapping[str, str]) -> set[str | None]:
    """Return the departments a finding is about: whose file it stands in, and those it names as the other place."""
    return {owners.get(span.file) for span in (diagnostic.span, *(span for span, _ in diagnostic.related))}


def _of_unknown(report: Report | None, owners: Mapping[str, str], outcome: Outcome) -> Iterator[Sheet]:
    """Yield a sheet for each file that cannot be read, or does not say whose draft it is."""
    broken = dict.fromkeys(d.span.file for d in outcome.diagnostics if d.is_error and d.span.file not in owners)
    for file in (file for file in broken if not file.endswith(ReportKeys.what)):
        found = [diagnostic for diagnostic in outcome.diagnostics if diagnostic.span.file == file]
        parts = (
            f"报送“{_base(file)}”的单位：",
            f"这份{_title(report)}的来稿读不出来，或者没有写清章节和填报单位，请照下面的说明改好。",
            *_findings(found, outcome.lines),
            _next_steps(found, report),
        )
        yield _sheet(f"{_base(file)}（填报单位不详）", parts)


def _sheet(name: str, parts: Iterable[str]) -> Sheet:
    return Sheet(name, "\n\n".join(part for part in parts if part) + "\n")


def _promised(report: Report) -> Mapping[str, list[Promise]]:
    """Return by department the promises of last year's report that it has still to answer for."""
    promised: dict[str, list[Promise]] = {}
    for promise in (promise for promise in report.promises if promise.is_open):
        for department in promise.departments:
            promised.setdefault(department, []).append(promise)
    return promised


def _received(own: Sequence[Draft], unread: Sequence[str], report: Report | None, found: Sequence[Diagnostic]) -> str:
    """Return what came; a draft that is not named here did not arrive, the department would think."""
    nodes = {node.key: node for node in report.nodes()} if report else {}
    result = "结果如下" if found else "没有发现问题，谢谢"
    if found and all(diagnostic.rule is BLANK for diagnostic in found):
        result = f"还有 {len(found)} 处没有填"
    lines = [f"贵单位为{_title(report)}报送的 {len(own) + len(unread)} 份来稿已经校对，{result}。"]
    for draft in own:
        node = nodes.get(str(draft.node_key))
        lines.append(f"  {_base(draft.file)}（章节：{safe(node.name if node else str(draft.node_key))}）")
    lines += [f"  {_base(file)}（收到了，还读不出来，请先照下面的说明改好）" for file in unread]
    return "\n".join(lines)


def _missing(department: str, awaited: Sequence[Node], report: Report | None) -> str:
    lines = [f"{_title(report)}还没有收到贵单位的这些来稿："]
    for node in awaited:
        role = "牵头" if node.lead_department == department else "配合"
        lines.append(f"  {safe(node.name)}（{role}；来稿的“章节”请填“{safe(node.key)}”）")
    deadline = report.deadline if report else None
    due = f"交稿的截止日期是{format_date(deadline)}。" if deadline else "请尽快交来。"
    return "\n".join((*lines, f"{due}若已经交了，或者不需要供稿，请告诉我们。"))


def _unanswered(promised: Sequence[Promise]) -> str:
    lines = [f"■ 请答复的上年承诺（{len(promised)} 条）"]
    lines += [f"  {n}. {brief(str(promise.content))}" for n, promise in enumerate(promised, 1)]
    return "\n".join((*lines, "请逐条告诉我们：完成、推进中、结转还是取消，做到哪一步；没有做完的，为什么。"))


def _findings(found: Sequence[Diagnostic], lines: Lines) -> Iterator[str]:
    """Yield what must be mended, then what should be looked at, file by file."""
    for title, is_error in ((_MUST, True), (_LOOK, False)):
        chosen = [diagnostic for diagnostic in found if diagnostic.is_error is is_error]
        if chosen:
            yield f"■ {title}（{len(chosen)} 处）"
        for file in dict.fromkeys(diagnostic.span.file for diagnostic in chosen):
            yield f"【{_base(file)}】"
            here = [diagnostic for diagnostic in chosen if diagnostic.span.file == file]
            yield from ("\n".join(_finding(diagnostic, lines)) for diagnostic in here[:MAX_PER_FILE])
            if len(here) > MAX_PER_FILE:
                yield f"另有 {len(here) - MAX_PER_FILE} 处没有列出，请先改好上面的。"


def _finding(diagnostic: Diagnostic, lines: Lines) -> Iterator[str]:
    yield f"{_place(diagnostic.span)}：{brief(diagnostic.message)}"
    around = excerpt(diagnostic.span, lines, _BEFORE, _WINDOW)
    if around:
        marked = f"「{around.marked}」" if around.marked and (around.before or around.after) else around.marked
        yield f"  原文：{around.before}{marked}{around.after}"
    if diagnostic.hint:
        yield f"  改法：{brief(diagnostic.hint)}"
    for span, what in diagnostic.related:
        where = _place(span) if span.file == diagnostic.span.file else f"{_base(span.file)} {_place(span)}"
        yield f"  另见：{where}，{brief(what)}"


def _next_steps(found: Sequence[Diagnostic], report: Report | None) -> str:
    levels = {diagnostic.is_error for diagnostic in found}
    must = f"“{_MUST}”全部改好了，才能汇总。" if True in levels else ""
    look = f"“{_LOOK}”，核对后认为原来就对的可以不改，请回复说明。" if False in levels else ""
    due = f"\n交稿的截止日期是{format_date(report.deadline)}。" if report and report.deadline else ""
    name = _MEND_NAME if any(diagnostic.rule is MISNAMED for diagnostic in found) else _KEEP_NAME
    return f"接下来：\n{_HOW.format(must + look, name)}{due}"


def _title(report: Report | None) -> str:
    return f"{report.year}年度法治政府建设情况报告" if report else "法治政府建设年度报告"


def _place(span: Span) -> str:
    return f"第{span.line}行" if span.line else "整个文件"


def _base(file: str) -> str:
    return safe(file.rpartition("/")[2])
