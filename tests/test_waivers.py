from __future__ import annotations

import re
from pathlib import Path

import pytest
from examples import LAST_YEAR, REPORT, Example, findings

from jzreport.commands.checking import check_files
from jzreport.diagnostics import Diagnostic
from jzreport.wording import NOTHING
from jzreport.workspace import File

HEAD = "章节: 工作情况\n填报单位: 市司法局\n"
SLIP = "全年出庭应诉率达92.12%，较上年提高15%。"  # F03 at 15%


def told(*codes: str, **files: str) -> list[tuple[str, str, int]]:
    """Return code, file and line of the findings with these codes (none: F03 and S14)."""
    named = {f"{name}.yaml": text for name, text in files.items()}
    found = findings(Example({"report.yaml": REPORT, **named}, frozenset()))
    return sorted((d.rule.code, d.span.file, d.span.line) for d in found if d.rule.code in (codes or ("F03", "S14")))


def draft(body: str, *waivers: tuple[str, str], rest: str = "") -> str:
    return f"{HEAD}正文: |\n  {body}\n{rest}{waiving(*waivers)}"


def waiving(*waivers: tuple[str, str]) -> str:
    return "豁免:\n" * bool(waivers) + "".join(
        f"  - 规则: {code}\n    原文: '{quote}'\n    原因: 原文如此\n" for code, quote in waivers
    )


def test_nothing_is_waived_by_itself() -> None:
    assert told(甲=draft(SLIP)) == [("F03", "甲.yaml", 4)]


@pytest.mark.parametrize("quote", ["较上年提高15%", "15%", SLIP, "提高1", "%。"])
def test_a_waiver_covers_the_finding_its_words_touch(quote: str) -> None:
    assert told(甲=draft(SLIP, ("F03", quote))) == []


def test_the_lines_that_a_hint_shows_are_a_waiver_once_the_words_are_filled_in() -> None:
    text = "加强与法院、检察院的府院联动，全年召开联席会议四次，研究解决行政应诉中的难题十二个，成效明显。"
    files = {"report.yaml": REPORT, "甲.yaml": draft(text), f"{LAST_YEAR}甲.yaml": draft(text)}

    def unchanged(**more: str) -> list[Diagnostic]:
        found = findings(Example(files | {f"{name}.yaml": text for name, text in more.items()}, frozenset()))
        return [d for d in found if d.rule.code in ("R05", "S02", "S14", "Y08")]

    (finding,) = unchanged()
    lines = re.findall("“([^”]*)”", finding.hint)[:4]
    waiver = "\n".join((*lines, "")).replace("（那句话里的几个字）", "府院联动")
    assert unchanged(甲=draft(text) + waiver) == []


def test_words_beside_the_finding_do_not_cover_it() -> None:
    assert told(甲=draft(SLIP, ("F03", "较上年提高"))) == [("F03", "甲.yaml", 4), ("S14", "甲.yaml", 6)]


def test_the_words_stand_as_typed_over_a_reference_or_as_printed() -> None:
    figure = "指标:\n  应诉率: 92.12%\n  增长: 15%\n"
    body = "出庭应诉率达{{ 应诉率 }}，较上年提高{{ 增长 }}。"
    for quote in (
        "较上年提高{{ 增长 }}",
        "较上年提高15%",
        "{{ 应诉率 }}，较上年提高{{ 增长 }}",
        "92.12%，较上年提高15%",
    ):
        assert told(甲=draft(body, ("F03", quote), rest=figure)) == [], quote
    assert len(told(甲=draft(body, rest=figure))) == 1


def test_the_words_may_go_over_the_end_of_a_typed_line() -> None:
    body = "出庭应诉率达92.12%，较上\n  年提高15%。"
    for quote in ("较上年提高15%", "年提高15%", "92.12%，较上年提高15%"):
        assert told(甲=draft(body, ("F03", quote))) == [], quote


def test_the_words_may_stand_in_a_title_a_cell_or_the_cover() -> None:
    table = f"{HEAD}正文:\n  - 表格:\n      表头: [率]\n      行: [['{SLIP}']]\n"
    assert told(甲=table + waiving(("F03", "提高15%"))) == []
    title = f"{HEAD}条目:\n  - 标题: 一、加强领导\n    正文: 好。\n"
    assert told("S18", "S14", 甲=title + waiving(("S18", "一、加强领导"))) == []
    cover = REPORT.replace("成文日期", "发文字号: 示府〔2024〕××号\n成文日期") + waiving(("S17", "〔2024〕××号"))
    assert told("S17", "S14", report=cover, 甲=draft("好。")) == []


def test_a_waiver_covers_every_place_its_words_stand_at() -> None:
    assert told(甲=draft(f"{SLIP}\n\n  {SLIP}", ("F03", "提高15%"))) == []


def test_a_waiver_covers_no_other_rule() -> None:
    body = "出庭应诉率达92.12%，较上年提高15%，办理XX件。"
    assert told("F03", "S14", "S17", 甲=draft(body, ("S17", body))) == [("F03", "甲.yaml", 4)]


def test_a_draft_waives_its_own_words_only_and_the_report_those_of_all() -> None:
    two = {"甲": draft(SLIP, ("F03", "提高15%")), "乙": draft(SLIP)}
    assert told(**two) == [("F03", "乙.yaml", 4)]
    everywhere = REPORT + waiving(("F03", "提高15%"))
    assert told(report=everywhere, 甲=draft(SLIP), 乙=draft(SLIP)) == []


def test_a_waiver_that_covers_nothing_says_why() -> None:
    gone, changed = messages(甲=draft("出庭应诉率提高15个百分点。", ("F03", "提高15个百分点"), ("F03", "提高15%")))
    assert gone == "这条豁免没有用上：“提高15个百分点”那里已经没有 F03 的问题。"
    assert changed == "这条豁免没有用上：稿件里没有“提高15%”这句话。"


def test_the_words_of_one_waiver_are_not_found_in_another() -> None:
    found = messages(甲=draft("好。", ("F03", "提高15%"), ("W03", "提高15%")))
    assert found == ["这条豁免没有用上：稿件里没有“提高15%”这句话。"] * 2
    in_flow = draft("好。") + "豁免: [{规则: F03, 原文: 提高15%, 原因: 甲}, {规则: W03, 原文: 提高15%, 原因: 乙}]\n"
    assert messages(甲=in_flow) == found


def test_a_waiver_typed_twice_is_used_once() -> None:
    assert told(甲=draft(SLIP, ("F03", "提高15%"), ("F03", "提高15%"))) == [("S14", "甲.yaml", 9)]


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("F033", "是不是“F03”？"),
        ("f03", "是不是“F03”？"),
        ("Ｆ０３", "是不是“F03”？"),
        ("S01", "写法、填法方面的问题不能豁免，请改好原处，再删去这条豁免。"),
        ("R05", "写法、填法方面的问题不能豁免，请改好原处，再删去这条豁免。"),
        ("全部", "请照抄提示里的编号，例如“F03”。"),
    ],
)
def test_a_code_that_cannot_be_waived_is_told(code: str, hint: str) -> None:
    (problem,) = problems(甲=draft("好。", (code, "好")))
    assert problem.message == f"没有能豁免的规则“{code}”。"
    assert problem.hint == hint


def test_an_incomplete_waiver_waives_nothing() -> None:
    text = f"{draft(SLIP)}豁免:\n  - 规则: F03\n    原文: 提高15%\n"
    assert told("F03", "S01", "S14", 甲=text) == [("F03", "甲.yaml", 4), ("S01", "甲.yaml", 6)]


def test_last_years_waivers_are_not_this_years() -> None:
    named = {"甲.yaml": draft(SLIP), f"{LAST_YEAR}甲.yaml": draft(SLIP, ("F03", "提高15%"))}
    assert [d.rule.code for d in findings(Example(named, frozenset())) if d.rule.code in ("F03", "S14")] == ["F03"]


def test_a_single_draft_calls_no_waiver_unused() -> None:
    """What it covers may need the other drafts, or last year's."""
    file = File("甲.yaml", draft(SLIP, ("F03", "提高15%"), ("S23", "全年"), ("F03", "别处"), ("F99", "全年")).encode())
    cover = File("report.yaml", (REPORT + waiving(("F03", "别处"))).encode())
    checked = check_files([file], cover, NOTHING)
    assert [(d.rule.code, d.span.line) for d in checked.diagnostics if d.rule.code in ("F03", "S14")] == [("S14", 15)]


def messages(**files: str) -> list[str]:
    return [problem.message for problem in problems(**files)]


def problems(**files: str) -> list[Diagnostic]:
    named = {f"{name}.yaml": text for name, text in files.items()}
    return [d for d in findings(Example({"report.yaml": REPORT, **named}, frozenset())) if d.rule.code == "S14"]


def test_a_quote_of_one_character_covers_nothing() -> None:
    assert told(甲=draft(SLIP, ("F03", "1"))) == [("F03", "甲.yaml", 4), ("S14", "甲.yaml", 6)]


def test_a_quote_that_stands_everywhere_covers_nothing() -> None:
    everywhere = "较上年提高15%，对。" * 501
    assert told(甲=draft(f"{SLIP}{everywhere}", ("F03", "上年提高15%")))[-1] == ("S14", "甲.yaml", 6)
    assert told(甲=draft(SLIP + "好" * 9_000 + "。", ("F03", "15%"), ("F03", "好" * 9))) == [("S14", "甲.yaml", 9)]


def test_waivers_beyond_the_limit_of_a_file_are_told_of_once() -> None:
    many = [("F03", f"没有{n}") for n in range(199)]
    assert ("F03", "甲.yaml", 4) not in told(甲=draft(SLIP, *many, ("F03", "15%")))
    found = told(甲=draft(SLIP, ("F03", "没有"), *many, ("F03", "15%"), ("F03", "提高15%")))
    assert ("F03", "甲.yaml", 4) in found and len(found) == 202


@pytest.mark.parametrize(
    "typed",
    ["豁免: 确实没有变化", "豁免:\n  - 确实没有变化", "豁免: [F03]", "豁免:\n  F03: 确实没有变化"],
)
def test_one_of_another_shape_is_told_the_four_lines_to_copy(typed: str) -> None:
    (found,) = misshapen(typed)
    lines = re.findall("“(.*?)”", found.hint)
    assert lines[0] == "豁免:" and len(lines) == 4
    copied = "\n".join(lines)
    assert told(甲=f"{HEAD}正文: {SLIP}\n{copied}\n") == []
    for page in ("docs/使用手册.md", "docs/rules.md"):
        text = (Path(__file__).parent.parent / page).read_text("utf-8")
        assert copied in re.sub("^    (?=豁免|  )", "", text, flags=re.MULTILINE)


def test_one_that_lacks_only_its_dash_is_told_so() -> None:
    (found,) = misshapen("豁免:\n  规则: F03\n  原文: 15%\n  原因: 原文如此")
    assert found.hint.startswith("请在“规则”前面加上“- ”")


def misshapen(typed: str) -> list[Diagnostic]:
    found = findings(Example({"report.yaml": REPORT, "甲.yaml": f"{HEAD}正文: {SLIP}\n{typed}\n"}, frozenset()))
    return [problem for problem in found if problem.rule.code == "S03"]
