"""How far a report has come, for people and programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jzreport.chinese import format_date
from jzreport.display.columns import aligned
from jzreport.display.in_json import in_json
from jzreport.display.listing import safe
from jzreport.keys import ANSWERS
from jzreport.progress import Progress, Row, State

_HEAD = ("章节", "单位", "状态", "未填", "错误", "提醒", "")
_NUMBERS = (3, 4, 5)
_SHOWN = 5
_ANSWERS = {"完成": "kept", "推进中": "under_way", "结转": "carried_over", "取消": "dropped", "": "open"}


def status_text(progress: Progress, look: str) -> Iterator[str]:
    """Yield a row for each department of each section, then report.yaml, the promises, and one line of sum.

    `look` is the command line that shows what is wrong.
    """
    yield f"{progress.year}年度报告{_due(progress)}"
    yield ""
    yield from aligned([_HEAD, *map(_cells, progress.rows)], _NUMBERS)
    yield ""
    if progress.cover.blanks or progress.cover.errors:
        yield f"report.yaml：未填 {progress.cover.blanks} 处，错误 {progress.cover.errors} 处。"
    if progress.promises:
        yield _promises(progress)
    if progress.unread:
        names = "、".join(safe(name.rpartition("/")[2]) for name in progress.unread[:_SHOWN])
        yield f"没有读的文件 {len(progress.unread)} 个：{names}{'……' if len(progress.unread) > _SHOWN else ''}。"
    yield _sum(progress, look)


def _due(progress: Progress) -> str:
    if progress.deadline is None:
        return ""
    days = (progress.today - progress.deadline).days
    left = f"已过 {days} 天" if days > 0 else f"还有 {-days} 天" if days else "就是今天"
    return f"，{format_date(progress.deadline)}截止（{left}）"


def _cells(row: Row) -> tuple[str, ...]:
    section = row.file.rpartition("/")[2] if row.state is State.UNREAD else row.node_key
    counts = ("",) * 3 if not row.file else tuple(map(_count, row.counts))
    return (section, row.department, row.state.value, *counts, "逾期" if row.is_late else "")


def _count(number: int) -> str:
    return str(number) if number else "-"


def _promises(progress: Progress) -> str:
    told = [f"{answer} {progress.promises[answer]}" for answer in ANSWERS if progress.promises.get(answer)]
    told += [f"没有答复 {progress.promises['']}"] if progress.promises.get("") else []
    return f"上年承诺 {sum(progress.promises.values())} 条：{'，'.join(told)}。"


def _sum(progress: Progress, look: str) -> str:
    states = (f"{state.value} {progress.count(state)}" for state in reversed(State) if progress.count(state))
    everything = (*(row.counts for row in progress.rows), progress.cover)
    errors, warnings = sum(each.errors for each in everything), sum(each.warnings for each in everything)
    late = sum(row.is_late for row in progress.rows)
    end = "可以生成公文了。" if progress.is_complete else f"还没有齐，问题请看 {look}。"
    counted = f"错误 {errors} 处，提醒 {warnings} 处{f'，逾期 {late} 份' if late else ''}"
    return f"应有来稿 {len(progress.rows)} 份：{'，'.join(states)}；{counted}。{end}"


def status_json(progress: Progress, _: str) -> Iterator[str]:
    """Yield one JSON document."""
    told = {
        "version": 1,
        "year": progress.year,
        "deadline": str(progress.deadline) if progress.deadline else None,
        "complete": progress.is_complete,
        "rows": [_json_row(row) for row in progress.rows],
        "report": progress.cover._asdict(),
        "unread": list(progress.unread),
        "promises": {name: progress.promises.get(answer, 0) for answer, name in _ANSWERS.items()},
    }
    yield in_json(told)


def _json_row(row: Row) -> dict[str, Any]:
    return {
        "section_key": row.node_key,
        "section": row.section,
        "department": row.department,
        "file": row.file or None,
        "state": row.state.name.lower(),
        "状态": row.state.value,
        **row.counts._asdict(),
        "late": row.is_late,
    }


FORMS: Mapping[str, Callable[[Progress, str], Iterator[str]]] = {"text": status_text, "json": status_json}
