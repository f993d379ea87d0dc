from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Sequence

import pytest
from drafting import NARROW, said
from examples import REPORT, examples, wording
from hypothesis import example, given
from hypothesis import strategies as st
from slips_of_text import TEXT_SLIPS
from trials import tries

from jzreport import rules
from jzreport.commands.checking import examine
from jzreport.commands.loading import Loaded, load
from jzreport.diagnostics import Diagnostic, Edit, Rule, Severity, Span
from jzreport.repair import Check, Files, Repaired, repaired
from jzreport.rules.base import MORE, CheckingRule, Context
from jzreport.workspace import File

HEAD = "章节: 工作情况\n填报单位: 市司法局\n"
MEND = Rule("X01", "写法", Severity.WARNING)
HARM = Rule("X02", "改出来的问题", Severity.WARNING)


def loaded(files: Files) -> Loaded:
    drafts = (File(name, data) for name, data in files.items())
    return load(File("report.yaml", REPORT.encode()), drafts, lambda *_: None)


def that_would(*mends: tuple[str, str], never: str = "(?!)") -> Check:
    """Return a check that finds patterns and what to put in their place, and what must `never` be read."""

    def check(files: Files) -> Sequence[Diagnostic]:
        read = loaded(files)
        found = [problem for problem in read.problems if problem.is_error]
        for passage in Context(read.report, wording(), read.typed).passages:  # type: ignore[arg-type]
            for pattern, new in mends:
                for match in re.finditer(pattern, passage.string):
                    told = passage.found(*match.span(), "不对。", becomes=match.expand(new))
                    found.append(Diagnostic(MEND, told.span, told.message, edits=told.edits))
            found += [Diagnostic(HARM, passage.span(*m.span()), "不好。") for m in re.finditer(never, passage.string)]
        return found

    return check


def mended(text: str, check: Check) -> str:
    """Return a draft repaired, which to repair again does not change; with how it began left out."""
    data = (HEAD + text).encode()
    after = repaired({"稿.yaml": data}, check).files.get("稿.yaml", data)
    assert not repaired({"稿.yaml": after}, check).files
    return after.decode().removeprefix(HEAD)


COMMAS = that_would((",", "，"))


# As ‚ stand here the commas that are printed.
LAID_OUT = f"""# 说明,不改
{HEAD}
正文: |  # 注,释
    甲‚乙𠮷‚丙

      \x20
    丁‚戊
条目:
- 标题:   'it''s‚ 甲'   # ,
  正文: "好‚\\u597d‚"
# ,
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (b"", "gb18030"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_nothing_changes_but_the_characters_of_the_edits(end: str, mark: bytes, codec: str) -> None:
    data, wanted = (mark + LAID_OUT.replace("‚", comma).replace("\n", end).encode(codec) for comma in ",，")
    made = repaired({"稿.yaml": data}, COMMAS)
    assert made.files == {"稿.yaml": wanted}
    assert made.places == {"稿.yaml": 6}
    assert not repaired(made.files, COMMAS).files


def test_line_ends_may_be_mixed_and_the_last_may_be_missing() -> None:
    assert mended("正文: |\r\n  甲,乙\n  丙,丁\r  戊,己", COMMAS) == "正文: |\r\n  甲，乙\n  丙，丁\r  戊，己"


def test_of_repairs_that_overlap_the_first_is_made_and_the_next_round_looks_again() -> None:
    assert mended("正文: 甲,,,,,乙\n", that_would((",(?=,)", ""), (",{2}", ","))) == "正文: 甲,乙\n"
    assert mended("正文: 甲abc乙\n", that_would(("ab", "x"), ("bc", "y"))) == "正文: 甲xc乙\n"


def test_the_edits_of_one_finding_are_made_together_or_not_at_all() -> None:
    def check(files: Files) -> Sequence[Diagnostic]:
        lines = files["稿.yaml"].decode().split("\n")
        quotes = [Span.on_line("稿.yaml", 3, m.start() + 1, 1) for m in re.finditer('"', lines[2])]
        pair = tuple(Edit(span, '"', new) for span, new in zip(quotes, "“”", strict=False))
        comma = [Edit(quotes[1], '"', "，")] if "x" in lines[2] and len(quotes) > 1 else []
        found = [Diagnostic(MEND, quotes[0], "不对。", edits=pair)] if len(quotes) == 2 else []
        return [*found, *(Diagnostic(MEND, edit.span, "也不对。", edits=(edit,)) for edit in comma)]

    assert mended('正文: 深化"放管服"改革\n', check) == "正文: 深化“放管服”改革\n"
    assert mended('正文: 深化"放管服"改革x\n', check) == "正文: 深化“放管服”改革x\n"


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("正文: ％的含量\n", "％", "%"),  # a plain value may not begin with it
        ("正文: ＆甲\n", "＆", "&"),  # an anchor
        ("正文: ！甲\n", "！", "!"),
        ("正文: －甲\n", "－", "- "),
        ("正文: ｛｛ 甲 ｝｝件\n", "｛｛ 甲 ｝｝", "{{ 甲 }}"),  # a mapping
        ("正文: “甲”\n", "“", '"'),  # quotes that would be taken off
        ("正文: 甲：乙\n", "：", ": "),  # a mapping
        ("正文: 甲 ＃12 乙\n", "＃", "#"),  # a comment
        ("正文: 'it’s'\n", "’", "'"),  # the end of a quoted value
        ('正文: "甲“乙”"\n', "[“”]", '"'),
        ('正文: "甲＼n乙"\n', "＼", r"\\\\"),
        ("正文: |\n  “甲”\n  乙\n", "^“", "  "),  # more indent than the lines below
        ("正文: |\n  甲\n  ——\n  乙\n", "——", ""),  # an empty line in the middle parts a paragraph
        ("正文:\n  - 表格:\n      表头: [甲, 乙]\n      行:\n        - [丙，丁, 戊]\n", "，", ","),  # one more cell
        ("正文:\n  - 表格:\n      表头: [甲, 乙]\n      行:\n        - [丙］, 戊]\n", "］", "]"),
        ("条目:\n  - 标题: 甲\n    正文: 乙\n", "乙", ""),  # nothing left of it
        ("正文: 甲ab乙\n", "ab", "\\n"),
        ("正文: 甲ab乙\n", "ab", "\x07"),
        ("正文: 甲ab乙\n", "ab", "\u2028"),
    ],
)
def test_a_repair_that_would_be_read_as_something_else_is_not_made(text: str, old: str, new: str) -> None:
    text += "指标:\n  甲: 5件\n"
    assert mended(text, that_would((old, new))) == text


def test_the_others_of_the_same_value_are_made_all_the_same() -> None:
    check = that_would((",", "，"), ("％", "%"), ("[“”]", '"'))
    assert mended("正文: ％,甲％,“乙”,\n", check) == '正文: ％，甲%，"乙"，\n'
    assert mended('正文: "％,甲％,“乙”,"\n', check) == '正文: "%，甲%，“乙”，"\n'
    assert mended("正文: [％,“甲”]\n", check) == '正文: [％,“甲"]\n'


def test_many_that_would_be_read_otherwise_hide_none_that_would_not() -> None:
    check = that_would((",", "，"), ("％", "%"))
    items = "".join(f"  - 标题: {'％' if n % 3 else '甲'},乙\n" for n in range(99))
    assert mended(f"条目:\n{items}", check) == f"条目:\n{items}".replace(",", "，")


def test_a_mark_that_fills_a_paragraph_may_go_with_it() -> None:
    assert mended("正文: |\n  甲\n\n  ***\n\n  乙\n", that_would((r"\*+", ""))) == "正文: |\n  甲\n\n  \n\n  乙\n"


def test_a_line_may_lose_the_blank_that_joined_it_to_the_next() -> None:
    # A blank is printed between a half-width comma at the end of a line and a figure, and none after a full-width one.
    assert mended("正文: |\n  甲1,\n  2023年\n", COMMAS) == "正文: |\n  甲1，\n  2023年\n"


def test_a_repair_of_which_a_finding_comes_is_left_and_the_others_are_made() -> None:
    check = that_would((",", "，"), never="^甲(?=.*坏，)|^好(?=戊，)")
    assert (
        mended("正文: |\n  甲乙,丙,坏,丁,戊\n\n  好戊,己,\n", check)
        == "正文: |\n  甲乙，丙，坏,丁，戊\n\n  好戊,己，\n"
    )


def test_an_error_that_comes_of_a_repair_is_harm_wherever_it_is_found() -> None:
    error = Rule("X03", "改错了")

    def check(files: Files) -> Sequence[Diagnostic]:
        return [d._replace(rule=error) if d.rule is HARM else d for d in inner(files)]

    inner = that_would((",", "，"), never="坏，")
    assert mended("正文: 甲,坏,乙\n", check) == "正文: 甲，坏,乙\n"


def test_a_reminder_that_a_slip_hid_is_no_harm() -> None:
    assert mended("正文: 受理534 件,\n", that_would((" ", ""), never="534件")) == "正文: 受理534件,\n"


def test_rules_that_undo_each_other_change_nothing_but_what_others_repair() -> None:
    assert mended("正文: 甲a,乙\n", that_would(("a", "b"), ("b", "a"), (",", "，"))) in (
        "正文: 甲a，乙\n",
        "正文: 甲b，乙\n",
    )


def test_a_finding_may_come_in_another_file() -> None:
    def check(files: Files) -> Sequence[Diagnostic]:
        more = (
            [Diagnostic(HARM, Span("乙.yaml", 3, 1), "两份来稿不一致。")] if "坏，".encode() in files["甲.yaml"] else []
        )
        return [*COMMAS(files), *more]

    files = {name: f"{HEAD}正文: 甲,坏,乙\n".encode() for name in ("甲.yaml", "乙.yaml")}
    made = repaired(files, check)
    assert {name: data.decode()[len(HEAD) :] for name, data in made.files.items()} == {
        "甲.yaml": "正文: 甲，坏,乙\n",
        "乙.yaml": "正文: 甲，坏，乙\n",
    }
    assert made.refused == {"甲.yaml": 1}


def test_what_was_found_before_may_move_and_be_told_in_other_words() -> None:
    def check(files: Files) -> Sequence[Diagnostic]:
        line = files["稿.yaml"].decode().split("\n")[2]
        there = Span.on_line("稿.yaml", 3, line.index("乙") + 1, 1)
        return [*that_would((" +", ""))(files), Diagnostic(HARM, there, f"“{line}”太长。")]

    assert mended("正文: 甲  ,  乙  丙\n", check) == "正文: 甲,乙丙\n"


def test_looking_for_harm_costs_few_checks() -> None:
    counted: list[int] = []
    inner = that_would((",", "，"), never="坏(?=了吗，)")

    def check(files: Files) -> Sequence[Diagnostic]:
        counted.append(1)
        return inner(files)

    many = "".join(f"  第{n}段,好,\n\n" for n in range(500))
    repaired({"稿.yaml": f"{HEAD}正文: |\n{many}".encode()}, check)
    assert len(counted) == 2
    counted.clear()
    bad = many.replace("第100段,好,", "第100段,好坏了吗,").replace("第300段,好,", "第300段,好坏了吗,")
    made = repaired({"稿.yaml": f"{HEAD}正文: |\n{bad}".encode()}, check)
    assert made.places == {"稿.yaml": 998} and len(counted) < 20


def test_what_is_typed_elsewhere_or_otherwise_is_not_touched() -> None:
    text = f"{HEAD}正文: 甲,乙\n"

    def would(edit: Edit) -> Repaired:
        return repaired({"稿.yaml": text.encode()}, lambda _: [Diagnostic(MEND, edit.span, "不对。", edits=(edit,))])

    there = Span.on_line("稿.yaml", 3, 6, 1)
    for edit in (
        Edit(there, "；", "，"),
        Edit(there, "", "，"),
        Edit(there, ",", ","),
        Edit(there._replace(file="表.csv"), ",", "，"),
        Edit(there._replace(end_line=4), ",", "，"),
        Edit(there._replace(line=99, end_line=99), ",", "，"),
        Edit(there._replace(line=0, end_line=0), ",", "，"),
        Edit(there._replace(column=-2, end_column=-1), ",", "，"),
    ):
        assert not would(edit).files
    assert would(Edit(there, ",", "，")).files


def test_a_rule_that_is_never_content_does_not_go_on_for_ever() -> None:
    assert len(repaired({"稿.yaml": f"{HEAD}正文: 甲,\n".encode()}, that_would(("(,+)", r"\1,"))).files) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"\xff\xfe\x00",
        "章节：甲,乙\n".encode(),
        (HEAD + "正文: [甲,\n").encode(),
        b"\xef\xbb\xbf\xff",
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_left(data: bytes) -> None:
    good = f"{HEAD}正文: 甲,乙\n".encode()
    made = repaired({"坏.yaml": data, "好.yaml": good}, COMMAS)
    assert made.unread == ("坏.yaml",) and set(made.files) == {"好.yaml"}


# Slips at random: what is typed, and a table by which repaired text can be told from changed text.
WIDE = {",": "，", "(": "（", ")": "）"}
TRAPS = that_would(
    *((re.escape(a), b) for a, b in WIDE.items()), *((chr(a), chr(b)) for a, b in NARROW.items() if chr(b) not in WIDE)
)
PIECES = [
    "市政府",
    "办结",
    "12",
    "５",
    " ",
    "、",
    "。",
    "{{ 受理 }}",
    *WIDE,
    *map(chr, NARROW),
    *"%:#-[]\"'!&",
    "#甲",
    " #",
    ": ",
]
typed = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
values = st.one_of(
    typed,
    typed.map(lambda text: "'" + text.replace("'", "''") + "'"),
    typed.map(lambda text: '"' + text.replace('"', '\\"') + '"'),
    st.lists(typed, max_size=4).map(lambda lines: "|\n" + "\n".join(f"      {line}" for line in lines)),
)
entries = st.tuples(values, values, st.sampled_from(["", "  # 注, 释 (x)", "\n# 注,释", "\n\n    # ，％"])).map(
    lambda v: f"  - 标题: {v[0]}\n    正文: {v[1]}{v[2]}\n"
)
drafts = st.tuples(st.lists(entries, min_size=1, max_size=4).map("".join), st.sampled_from(["\n", "\r\n"])).map(
    lambda parts: f"# 头, 注\n{HEAD}条目:\n{parts[0]}指标:\n  受理: 534件\n".replace("\n", parts[1])
)


def counted(found: Sequence[Diagnostic], *, errors: bool) -> Counter[tuple[str, str, int]]:
    return Counter((d.rule.code, d.span.file, d.span.line) for d in found if d.is_error == errors)


def harm(text: str, made: Repaired, check: Check) -> set[tuple[str, str, int]]:
    """Return the findings that were not there before, but for reminders that reach lines that were mended.

    Where nothing is left of a mended line, what was told at its end is told at the end of the line above.
    """
    after = made.files.get("稿.yaml", text.encode()).decode()
    pairs = [*enumerate(zip(text.split("\n"), after.split("\n"), strict=True), 1)]
    mended = {("稿.yaml", n) for n, (old, new) in pairs if old != new}
    mended |= {("稿.yaml", n - 1) for n, (old, new) in pairs if old != new and not new.strip()}
    found = check({"稿.yaml": text.encode()})
    errors, reminders = (set(counted(made.remaining, errors=e) - counted(found, errors=e)) for e in (True, False))
    ends = {(d.rule.code, d.span.file, d.span.line): d.span.end_line for d in made.remaining}
    return errors | {
        (code, file, line)
        for code, file, line in reminders
        if mended.isdisjoint((file, n) for n in range(line, ends[code, file, line] + 1))
    }


@tries(100)
@given(drafts)
def test_whatever_was_typed_only_what_an_edit_says_changes(text: str) -> None:
    before = text.encode()
    made = repaired({"稿.yaml": before}, TRAPS)
    after = made.files.get("稿.yaml", before)
    assert not repaired({"稿.yaml": after}, TRAPS).files
    assert said(after) == said(before)
    assert after.decode().translate(NARROW) == text.translate(NARROW)
    for old, new in zip(text.splitlines(), after.decode().splitlines(), strict=True):
        assert old == new or not old.lstrip().startswith("#") or "|" in text
        assert old.partition("  # 注")[2] == new.partition("  # 注")[2] or "|" in text
    assert not harm(text, made, TRAPS)


def checked(files: Files) -> Sequence[Diagnostic]:
    return examine(loaded(files), wording(), None).diagnostics


slipped = st.lists(st.sampled_from(TEXT_SLIPS), max_size=8).map("".join)
real = st.tuples(slipped, slipped, slipped, st.sampled_from(["", '"', "'"])).map(
    lambda v: (
        f"{HEAD}# 注, 释\n条目:\n  - 标题: {v[3]}{v[0]}{v[3]}\n    正文: |  # ,\n      {v[1]}\n      {v[2]}\n指标:\n  受理: {{数值: 534件, 上年: 498件}}\n"
    )
)


@tries(50)
@given(real)
@example(f"{HEAD}# 注, 释\n条目:\n  - 标题: \n    正文: |  # ,\n      一、 \n      \u200b: \n指标:\n  受理: 534件\n")
def test_the_rules_of_the_program_repair_once_and_for_all(text: str) -> None:
    before = text.encode()
    made = repaired({"稿.yaml": before}, checked)
    after = made.files.get("稿.yaml", before)
    assert not repaired({"稿.yaml": after}, checked).files
    old, new = text.split("\n"), after.decode().split("\n")
    assert [old[n] for n in (0, 1, 2, 3, 8, 9)] == [new[n] for n in (0, 1, 2, 3, 8, 9)]
    assert new[5] == old[5]
    assert not harm(text, made, checked)


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda each: each.rule.code)
def test_what_a_rule_would_repair_in_its_own_examples_is_repaired(rule: CheckingRule) -> None:
    for each in examples(rule.page, whole=False):
        files = {n: t.encode() for n, t in each.files.items() if not n.startswith("去年/") and n != "report.yaml"}
        before = [d for d in checked(files) if d.rule == rule.rule and d.edits]
        made = repaired(files, checked)
        assert not [d for d in made.remaining if d.rule == rule.rule and d.edits and before], each


def test_repairs_of_which_not_all_were_found_are_made_and_the_rest_is_said_to_be_left() -> None:
    found = [Diagnostic(MEND, Span.on_line("稿.yaml", 3, 5 + n, 1), "不对。") for n in range(2)]
    edits = [each._replace(edits=(Edit(each.span, "，", "。"),)) for each in found]
    data = f"{HEAD}正文: ，，".encode()

    def check(files: Files) -> Sequence[Diagnostic]:
        left = edits[1:] if files["稿.yaml"] != data else edits[:1]
        return [*left, Diagnostic(MEND, Span("稿.yaml"), MORE)]

    made = repaired({"稿.yaml": data}, check)
    assert made.files["稿.yaml"].decode().endswith("。，") and not made.is_finished
    assert repaired({"稿.yaml": data}, lambda files: edits[:1] if files["稿.yaml"] == data else []).is_finished


def test_the_numbers_of_all_lines_of_a_list_are_repaired_together() -> None:
    body = "正文: |\n  做了以下工作：\n  1、抓学习，强领导；\n  2、抓执法，办理第1、\n  3、甲类案件。\n  （一）、抓监督。\n"
    right = body.replace("  1、", "  1.").replace("  2、", "  2.").replace("）、", "）")
    assert mended(body, checked) == right
