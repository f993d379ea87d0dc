"""Which slip of the hand to tell when a file cannot be read: from a YAML error to findings on the lines to blame."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from jzreport import alignment, comments, slips, tabs
from jzreport.chinese import joined
from jzreport.diagnostics import Diagnostic, Rule, Span
from jzreport.encoding import TOO_LARGE, Source
from jzreport.nodes import MAX_DEPTH
from jzreport.slips import Slip

BROKEN = Rule("R05", "写法有误，无法读取")

_FEWEST_COPIED = 2  # keys: a single one may be written twice
_MAX_ONE_LINE = 60  # characters: what is longer is text


def slip_on(source: Source, number: int) -> Diagnostic | None:
    """Return the finding for the slip that a line shows by itself."""
    slip = slips.slip_on(source.lines[number - 1], number)
    return _slipped(source, slip) if slip else None


def left_open(source: Source, span: Span) -> Diagnostic | None:
    """Return the finding for a quotation that takes in the entries below it."""
    slip = alignment.takes_in(source.lines[: span.end_line], span.line)
    return _slipped(source, slip) if slip else None


def slips_of_value(source: Source, span: Span) -> tuple[Diagnostic, ...]:
    """Return the slips that left a plain value open over several lines, none when its first line shows none."""
    lines = enumerate(source.lines[span.line - 1 : span.end_line], span.line)
    found = [slip for number, line in lines if (slip := slips.slip_on(line, number))]
    if not found or found[0].line != span.line:
        return ()
    several = [slip for slip in found if slip.message == found[0].message]
    if len(several) == 1 and "：" in several[0].message:  # a single one may be text: “会议强调：……”
        return ()
    return tuple(_slipped(source, slip) for slip in several[: alignment.MAX_SLIPS])


def without_bar(source: Source, span: Span) -> Span | None:
    """Return the place of the colon above sentences that would be text, had it the bar behind it."""
    lines, last = source.lines, source.lines[span.end_line - 1]
    stands_alone = not lines[span.line - 1][: span.column - 1].strip()
    above = next((n for n in range(span.line - 1, 0, -1) if lines[n - 1].strip()), 0)
    if not stands_alone or not above or last[span.end_column - 1 :].lstrip().startswith(":"):
        return None
    if not any(line.rstrip().endswith(("。", "；", "！", "？")) for line in lines[span.line - 1 : span.end_line]):
        return None
    opener = lines[above - 1].rstrip()
    return Span.on_line(source.file, above, len(opener), 1) if opener.endswith(":") else None


def run_on(source: Source, span: Span, quoted: bool) -> tuple[Span, str]:
    """Return the first line with text below the one a value starts on, and what to do about it."""
    lines = source.lines
    number = next((n for n in range(span.line + 1, span.end_line) if lines[n - 1].strip()), span.end_line)
    typed = lines[number - 1].strip()
    place = Span.on_line(span.file, number, lines[number - 1].index(typed) + 1, max(len(typed), 1))
    other = "若这一行是另一项，请检查冒号是不是半角“: ”、缩进是否与同级对齐。"
    one = joined(lines[span.line - 1 : span.end_line])
    if quoted or len(one) > _MAX_ONE_LINE or re.search("[。；！？].", one) or slips.slip_on(one, 1):
        return place, f"长文字请写成：冒号后面一个“|”，从下一行起每行缩进；{other}"
    whole = " " * slips.indent_of(lines[span.line - 1]) + one
    return place, f"若是上一行的后半句，请合成一行，写成“{whole}”；{other}"


def copied(source: Source, keys: Sequence[tuple[str, Span]], again: int) -> tuple[str, str] | None:
    """Return what to tell of a file that is pasted behind itself from a repeated key on, None when it is not."""
    order = {name: place for place, (name, _) in enumerate(keys[:again])}
    places = [order.get(name, -1) for name, _ in keys[again:]]
    follows = all(place > before or place == 0 for before, place in pairwise(places))
    if places[0] != 0 or len({*places}) < _FEWEST_COPIED or -1 in places or not follows:
        return None
    first, number = keys[0][1].line, keys[again][1].line
    before, behind = (_typed(lines) for lines in (source.lines[first - 1 : number - 1], source.lines[number - 1 :]))
    what = "来稿" if "章节" in order else "内容"
    hint = f"请从第{number}行删到末尾。"
    if behind[: len(before)] != before or len(behind) % len(before):
        hint = f"两遍不完全相同，请核对：要留前一遍，就从第{number}行删到末尾；要留后一遍，就删去第{first}行到第{number - 1}行。"
    return f"从第{number}行起像是把{what}又贴了一遍。", hint


def _typed(lines: Sequence[str]) -> list[str]:
    """Return the lines that say something."""
    return [line.rstrip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def without_dash(source: Source, first: Span, again: Span) -> str:
    """Return what to do about a key that is written again in an entry of a list: its own dash may be missing."""
    lead, line = source.lines[first.line - 1][: first.column - 1], source.lines[again.line - 1]
    if not lead.rstrip().endswith("-") or again.line == first.line or slips.indent_of(line) != first.column - 1:
        return "请合并成一处，或删去多余的一处。"
    if (
        line[again.column - 1 : again.end_column - 1]
        != source.lines[first.line - 1][first.column - 1 : first.end_column - 1]
    ):
        return "若是新的一条，它的第一行前面要写“- ”，与上一条的“-”对齐；若是同一条，请合并成一处，或删去多余的一处。"
    typed = slips.shown(" " * lead.rindex("-") + lead[lead.rindex("-") :] + line.strip())
    return f"若是新的一条，请写成“{typed}”，与上一条的“-”对齐；若是同一条，请合并成一处，或删去多余的一处。"


def broken(source: Source, error: Exception) -> Diagnostic:
    """Return the finding for a file YAML cannot read (`error` carries its marks), at the line most likely to blame."""
    gave_up = getattr(error, "problem_mark", None)
    if gave_up and "nesting depth" in str(getattr(error, "problem", "")):  # refused by libyaml itself, from 0.2.6 on
        return too_deep(Span.on_line(source.file, gave_up.line + 1, gave_up.column + 1, 1))
    opened = getattr(error, "context_mark", None) or gave_up
    last = max((n for n, line in enumerate(source.lines, 1) if line.strip()), default=1)
    line, column = (min(gave_up.line + 1, last), gave_up.column + 1) if gave_up else (1, 1)
    first = opened.line + 1 if opened else line
    if "scanning" in (getattr(error, "context", None) or ""):  # a name or a quotation that never ended
        line, first = first, line
    if slip := alignment.left_open(source.lines, line) or alignment.suspect(source.lines, line, first):
        return _slipped(source, slip)
    column = min(column, len(source.lines[line - 1]) or 1)
    return Diagnostic(
        BROKEN,
        Span.on_line(source.file, line, column, 1),
        "从这里起读不下去。",
        "请检查这一行和上一行：缩进是否与同级对齐，冒号是否为半角并在后面空一格，引号和括号是否成对。",
    )


def too_deep(span: Span) -> Diagnostic:
    """Return the finding for what nobody nests."""
    return Diagnostic(TOO_LARGE, span, f"括号或缩进套了超过{MAX_DEPTH}层。", "请检查这一行的缩进和括号。")


def ending(source: Source, last: Diagnostic, problems: list[Diagnostic], *, with_slips: bool) -> Iterator[Diagnostic]:
    """Yield the finding that ended reading and, `with_slips`, the slips of the lines nobody has read or told yet."""
    own = [problem for problem in problems if problem.span.file == source.file]
    tabbed = {problem.span.line for problem in own if tabs.is_before_line(source, problem)}
    dropped = {problem.span.line + 1 for problem in own if problem.message == comments.BELOW}
    follows = last.span.line in dropped or any(line <= last.span.line for line in tabbed)  # mend those first
    if last not in problems and not (last.rule is BROKEN and follows):
        yield last
    if with_slips:
        told = tabbed | dropped | {problem.span.line for problem in [*own, last]}
        yield from (_slipped(source, slip) for slip in alignment.every_slip(source.lines) if slip.line not in told)


def drop_reminders_of_wrong_lines(source: Source, problems: list[Diagnostic]) -> None:
    """Leave out what was noted of a line before it turned out to be unreadable."""
    wrong = {problem.span.line for problem in problems if problem.span.file == source.file and problem.is_error}
    problems[:] = [p for p in problems if p.is_error or p.span.file != source.file or p.span.line not in wrong]


def _slipped(source: Source, slip: Slip) -> Diagnostic:
    width = len(source.lines[slip.line - 1]) - slip.column + 1
    return Diagnostic(BROKEN, Span.on_line(source.file, slip.line, slip.column, max(1, width)), slip.message, slip.hint)
