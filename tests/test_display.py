from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trials import tries

from jzreport.chinese import display_width
from jzreport.diagnostics import Diagnostic, Edit, Rule, Severity, Span, in_reading_order
from jzreport.display import MAX_PER_FILE, Outcome, in_form, safe, summary, terminal, text

FILE = "data/2022/01-甲.yaml"
ERROR = Rule("R05", "写法有误，无法读取")
REMINDER = Rule("S13", "文件没有被读取", Severity.WARNING)
QUIET = tries(200)


def shown(line: str, column: int, width: int, message: str = "不对。") -> list[str]:
    """What is printed for a finding on the third line of a file, without the sum."""
    finding = Diagnostic(ERROR, Span.on_line(FILE, 3, column, width), message)
    text = "\n".join(terminal([finding], {FILE: ["", "", line]}))
    return text.split("\n")[:-1]


def marked(line: str, column: int, width: int) -> tuple[str, str]:
    """The characters of the shown line that stand above the marks, and the whole shown line."""
    _, excerpt, marks = shown(line, column, width)
    start, end = marks.index("^"), len(marks)
    position, above = 0, ""
    for character in excerpt:
        if start <= position < end:
            above += character
        position += display_width(character)
    return above, excerpt


def test_a_finding_is_told_with_place_level_code_message_line_hint_and_where_else_to_look() -> None:
    finding = Diagnostic(
        ERROR,
        Span.on_line(FILE, 2, 3, 1),
        "冒号是全角的“：”。",
        "请改成半角冒号加一个空格：“正文: 好”",
        ((Span.on_line(FILE, 1, 1, 2), "第一次写在这里"),),
    )
    assert "\n".join(terminal([finding], {FILE: ["章节: 甲", "正文：好"]})) == (
        "data/2022/01-甲.yaml:2:3: 错误 R05 冒号是全角的“：”。\n"
        "    正文：好\n"
        "        ^^\n"
        "    改法：请改成半角冒号加一个空格：“正文: 好”\n"
        "    另见：data/2022/01-甲.yaml:1:1 第一次写在这里\n"
        "共 1 处错误，0 处提醒。"
    )


def test_a_finding_about_a_whole_file_has_no_excerpt() -> None:
    text = list(terminal([Diagnostic(REMINDER, Span(FILE), "这个文件没有被读取。")], {FILE: ["甲"]}))
    assert text == [f"{FILE}: 提醒 S13 这个文件没有被读取。", "共 0 处错误，1 处提醒。"]


@pytest.mark.parametrize(
    ("line", "column", "width", "above"),
    [
        ("abc：def", 4, 1, "："),
        ("正文：好", 4, 1, "好"),
        ("正文“引用”好", 3, 4, "“引用”"),
        ("正文——好…", 5, 2, "好…"),
        ("  - 标题: 甲", 5, 2, "标题"),
        ("𠮷𠮷a𠮷", 3, 1, "a"),
        ("ﾊﾝ角", 3, 1, "角"),
        ("e\u0301甲", 3, 1, "\u0301甲"),  # the accent takes no column of its own
    ],
)
def test_the_marks_stand_under_the_characters_they_mean(line: str, column: int, width: int, above: str) -> None:
    assert marked(line, column, width)[0] == above


def test_a_place_behind_the_end_of_a_line_is_marked_there() -> None:
    assert shown("正文", 3, 1)[1:] == ["    正文", "        ^"]


def test_a_stretch_over_several_lines_is_marked_to_the_end_of_the_first() -> None:
    finding = Diagnostic(ERROR, Span(FILE, 1, 3, 4, 2), "不对。")
    assert "    甲乙丙丁\n        ^^^^\n" in "\n".join(terminal([finding], {FILE: ["甲乙丙丁", "", "", "戊"]}))


def test_an_indented_line_is_shown_without_its_indentation() -> None:
    assert shown("        正文: 好", 9, 2)[1:] == ["    正文: 好", "    ^^^^"]


@pytest.mark.parametrize("column", [1, 200, 399, 400])
def test_of_a_long_line_the_part_around_the_place_is_shown(column: int) -> None:
    line = "".join(chr(0x4E00 + n) for n in range(400))
    above, excerpt = marked(line, column, 1)
    assert above == line[column - 1]
    assert display_width(excerpt) <= 80
    assert excerpt.startswith("    …") == (column > 20)
    assert excerpt.endswith("…") == (column < 350)


def test_a_line_of_a_million_characters_is_shown_at_once() -> None:
    line = "好" * 1_000_000
    finding = [Diagnostic(ERROR, Span.on_line(FILE, 1, 1 + 20_000 * n, 1), f"第{n}处。") for n in range(50)]
    assert len("\n".join(terminal(finding, {FILE: [line]}))) < 20_000


def test_a_line_of_marks_without_width_is_cut_too() -> None:
    assert len("\n".join(shown("e" + "\u0301" * 100_000, 1, 50))) < 5_000


@QUIET
@given(st.text("甲a“ \u0301\u200b—e", min_size=1, max_size=120), st.integers(1, 120), st.integers(1, 5))
def test_whatever_the_line_the_marks_stand_under_the_place(line: str, column: int, width: int) -> None:
    column = min(column, len(line))
    _, excerpt, marks = shown(line, column, width)
    assert set(marks) == {" ", "^"} or set(marks) == {"^"}
    assert len(marks) <= display_width(excerpt) + 1  # one behind the end, for a character without width


@pytest.mark.parametrize(
    ("character", "told"),
    [
        ("\x1b", "<U+001B>"),
        ("\r", "<U+000D>"),
        ("\n", "<U+000A>"),
        ("\x9b", "<U+009B>"),
        ("\u202e", "<U+202E>"),
        ("\u2066", "<U+2066>"),
        ("\u200b", "<U+200B>"),
        ("\u2028", "<U+2028>"),
        ("\ud800", "<U+D800>"),
        ("\ue000", "<U+E000>"),
    ],
)
def test_what_could_move_the_cursor_or_turn_the_writing_is_shown_as_its_code(character: str, told: str) -> None:
    assert safe(f"甲{character}乙") == f"甲{told}乙"
    printed = "\n".join(shown(f"甲{character}乙", 2, 1, f"“{character}”不对。"))
    assert character not in printed.replace("\n", "" if character == "\n" else "\n")
    assert printed.count(told) == 2


def test_the_marks_are_as_wide_as_the_code_that_is_shown() -> None:
    assert shown("甲\u202e乙", 2, 1)[1:] == ["    甲<U+202E>乙", "      ^^^^^^^^"]


def test_a_file_name_is_shown_safely_too() -> None:
    (line, _) = terminal([Diagnostic(ERROR, Span("data/\x1b[2J.yaml"), "不对。")], {})
    assert line.startswith("data/<U+001B>[2J.yaml: ")


def test_a_message_that_quotes_a_whole_draft_is_cut() -> None:
    assert len("\n".join(shown("甲", 1, 1, f"“{'好' * 90_000}”不是日期。"))) < 1_000


def test_errors_come_first_then_files_and_places_in_order_and_each_finding_once() -> None:
    findings = [
        Diagnostic(REMINDER, Span("甲.yaml", 1, 1), "一。"),
        Diagnostic(ERROR, Span("乙.yaml", 10, 1), "二。"),
        Diagnostic(ERROR, Span("乙.yaml", 9, 1), "三。"),
        Diagnostic(ERROR, Span("乙.yaml", 9, 1), "三。"),
        Diagnostic(ERROR, Span("乙.yaml"), "四。"),
    ]
    assert [finding.message for finding in in_reading_order(findings)] == ["四。", "三。", "二。", "一。"]


def test_of_a_file_with_very_many_findings_the_first_are_shown_and_the_rest_counted() -> None:
    many = [Diagnostic(ERROR, Span.on_line(FILE, n, 1, 1), f"第{n}处。") for n in range(1, MAX_PER_FILE + 8)]
    other = Diagnostic(ERROR, Span("data/2022/02-乙.yaml", 1, 1), "另一处。")
    lines = list(terminal([*many, other], {}))
    assert len(lines) == MAX_PER_FILE + 3
    assert lines[MAX_PER_FILE] == "data/2022/02-乙.yaml:1:1: 错误 R05 另一处。"
    assert lines[-2:] == [
        f"{FILE}: 另有 7 处没有列出，请先改好上面的。",
        f"共 {MAX_PER_FILE + 8} 处错误，0 处提醒。",
    ]


def test_errors_hide_no_reminder_from_the_sum() -> None:
    findings = [Diagnostic(ERROR, Span(FILE), "一。"), Diagnostic(REMINDER, Span(FILE), "二。")]
    assert summary(findings) == "共 1 处错误，1 处提醒。"


def test_nothing_found_is_nothing_said() -> None:
    assert list(terminal([], {})) == []


def test_how_many_findings_can_be_mended_is_said_once_in_the_sum() -> None:
    place = Span.on_line(FILE, 1, 1, 1)
    mended = Diagnostic(REMINDER, place, "一。", "请改成“甲”。", (), (Edit(place, "乙", "甲"), Edit(place, "丙", "甲")))
    findings = [mended, Diagnostic(ERROR, Span(FILE), "二。")]
    assert summary(findings, "jzreport fix 2022").endswith("。其中 1 处可以用 jzreport fix 2022 自动改好。")
    assert summary(findings) == summary([mended._replace(edits=()), findings[1]], "jzreport fix 2022")


def test_colours_are_on_level_code_and_marks_and_change_nothing_else() -> None:
    findings = [
        Diagnostic(ERROR, Span.on_line(FILE, 1, 1, 2), "一。", "改。"),
        Diagnostic(REMINDER, Span.on_line(FILE, 1, 3, 1), "二\x1b[2J。"),
    ]
    lines = {FILE: ["章节\x1b[31m: 甲"]}
    plain, coloured = "\n".join(terminal(findings, lines)), "\n".join(terminal(findings, lines, colour=True))
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
    painted = re.findall(r"\x1b\[([\d;]+)m(.+?)\x1b\[0m", coloured)
    assert [text for _, text in painted] == ["错误", "R05", "^^^^", "提醒", "S13", "^" * 8]
    assert len({codes for codes, text in painted if text in ("错误", "提醒")}) == 2


def test_a_check_without_findings_says_so_and_how_much_was_read() -> None:
    assert list(text(Outcome((), {}, 12))) == ["没有发现问题。共读了 12 份来稿。"]
    assert list(text(Outcome((), {}))) == ["没有发现问题。"]


# --- for programs ---

WRONG = Diagnostic(
    ERROR,
    Span.on_line(FILE, 2, 3, 1),
    "错，100%：不对。",
    "请改成“:”。",
    ((Span.on_line(FILE, 1, 1, 2), "第一次写在这里"),),
    (Edit(Span.on_line(FILE, 2, 3, 1), "：", ": "),),
)
WHOLE = Diagnostic(REMINDER, Span("data/2022/参考,a:b.docx"), "这个文件没有被读取。")
LONG = Diagnostic(ERROR, Span(FILE, 1, 3, 4, 2), "不对。")
FOUND = Outcome(
    (WRONG, WHOLE), {FILE: ["章节: 甲", "正文：好"]}, drafts=1, pages={ERROR: "为什么。\n\n错误：\n\n    甲    ←"}
)


def printed(form: str, outcome: Outcome = FOUND) -> str:
    return "\n".join(in_form(form, outcome))


def test_json_is_one_document_with_all_there_is_to_know() -> None:
    told = json.loads(printed("json"))
    assert told["version"] == 1
    assert told["summary"] == {"errors": 1, "warnings": 1, "fixable": 1, "waived": 0, "drafts": 1}
    place = {"file": FILE, "line": 2, "column": 3, "end_line": 2, "end_column": 4}
    first, second = told["findings"]
    assert first == {
        "code": "R05",
        "title": "写法有误，无法读取",
        "severity": "error",
        "级别": "错误",
        **place,
        "message": "错，100%：不对。",
        "hint": "请改成“:”。",
        "related": [{**place, "line": 1, "column": 1, "end_line": 1, "end_column": 3, "message": "第一次写在这里"}],
        "edits": [{**place, "old": "：", "new": ": "}],
    }
    assert (second["severity"], second["级别"], second["line"], second["end_column"]) == ("warning", "提醒", None, None)


def test_json_of_nothing_is_a_document_too() -> None:
    assert json.loads(printed("json", Outcome((), {})))["findings"] == []


def test_github_commands_are_escaped_as_its_toolkit_escapes_them() -> None:
    assert printed("github").split("\n") == [
        "::error file=data/2022/01-甲.yaml,line=2,col=3,endLine=2,endColumn=4,title=R05 写法有误，无法读取"
        "::data/2022/01-甲.yaml:2:3: 错，100%25：不对。%0A改法：请改成“:”。%0A"
        "另见：data/2022/01-甲.yaml:1:1 第一次写在这里",
        "::warning file=data/2022/参考%2Ca%3Ab.docx,title=S13 文件没有被读取"
        "::data/2022/参考,a:b.docx: 这个文件没有被读取。",
    ]


def test_github_is_told_no_columns_of_a_stretch_over_lines() -> None:
    assert "01-甲.yaml,line=1,endLine=4,title=" in printed("github", Outcome((LONG,), {}))


def test_no_draft_can_give_github_a_command_of_its_own() -> None:
    rule = Rule("R05", "甲\n::set-output name=a::b")
    finding = Diagnostic(
        rule, Span("data/\n::stop-commands::x.yaml"), "甲\n::error::乙\r\n::debug::丙", "丁\n::add-mask::戊"
    )
    told = printed("github", Outcome((finding,), {}))
    assert len(told.splitlines()) == 1 and told.startswith("::error file=")


def test_no_line_for_people_is_a_command_to_the_runner_of_github() -> None:
    file = "::add-mask::x.yaml"
    lines = {file: ["  ::stop-commands::甲", "好##[add-mask]乙"]}
    found = [
        Diagnostic(ERROR, Span.on_line(file, 1, 3, 2), "不对。", "请改。", ((Span(file), "::warning::丙"),)),
        Diagnostic(ERROR, Span.on_line(file, 2, 1, 1), "不对。"),
    ]
    told = "\n".join(terminal([*found, *[found[0]._replace(message=f"{n}") for n in range(50)]], lines))
    assert "…::stop-commands::甲" in told and "##[" not in told
    assert not [line for line in told.split("\n") if line.lstrip().startswith("::")]


def test_programs_get_the_first_findings_of_a_file_and_how_many_are_left_out() -> None:
    many = [Diagnostic(ERROR, Span.on_line(FILE, 1, n, 1), f"##[甲]{n}") for n in range(1_005)]
    one = WRONG._replace(edits=tuple(Edit(WRONG.span, "：", str(n)) for n in range(51)))
    outcome = Outcome((*many, one._replace(span=Span("乙.yaml"))), {})
    told = json.loads(printed("json", outcome))
    assert told["summary"]["errors"] == 1_006 and told["left_out"] == {FILE: 5}
    assert len(told["findings"]) == 1_001 and told["findings"][-1]["edits"] == []
    assert (
        printed("github", outcome).split("\n")[-1]
        == f"::notice file={FILE}::{FILE}: 另有 5 处没有列出，请先改好上面的。"
    )
    assert "##[" not in printed("sarif", outcome)
    (run,) = json.loads(printed("sarif", outcome))["runs"]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert len(run["results"]) == 1_001 and "另有 5 处" in note["message"]["text"]


def test_programs_get_the_path_in_the_repository() -> None:
    outcome = FOUND._replace(paths={FILE: "报告/data/2022/01-甲.yaml"})
    assert "::error file=报告/data/2022/01-甲.yaml," in printed("github", outcome)
    assert "%E6%8A%A5%E5%91%8A/data/2022/01-%E7%94%B2.yaml" in printed("sarif", outcome)


def test_sarif_has_what_its_schema_and_code_scanning_require() -> None:
    log = json.loads(printed("sarif"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"]["name"] == "jzreport"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["R05", "S13"]
    assert rules[0] == {
        "id": "R05",
        "name": "写法有误，无法读取",
        "shortDescription": {"text": "写法有误，无法读取"},
        "fullDescription": {"text": "为什么。"},
        "help": {"text": "为什么。\n\n错误：\n\n    甲    ←"},
        "defaultConfiguration": {"level": "error"},
    }
    file = {"uri": "data/2022/01-%E7%94%B2.yaml"}
    region = {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 4}
    first, second = run["results"]
    assert first["message"] == {"text": "错，100%：不对。改法：请改成“:”。"}
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("R05", 0, "error")
    assert first["locations"] == [{"physicalLocation": {"artifactLocation": file, "region": region}}]
    assert first["relatedLocations"][0]["message"] == {"text": "第一次写在这里"}
    (change,) = first["fixes"][0]["artifactChanges"]
    assert change == {
        "artifactLocation": file,
        "replacements": [{"deletedRegion": region, "insertedContent": {"text": ": "}}],
    }
    assert (second["ruleIndex"], second["level"]) == (1, "warning")
    assert second["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("data/a b#?%.yaml", "data/a%20b%23%3F%25.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("/家/甲.yaml", "file:///%E5%AE%B6/%E7%94%B2.yaml"),
        ("C:/家/甲.yaml", "file:///C:/%E5%AE%B6/%E7%94%B2.yaml"),
        ("\udcff.yaml", "%FF.yaml"),
    ],
)
def test_sarif_names_files_as_uris(path: str, uri: str) -> None:
    (run,) = json.loads(printed("sarif", Outcome((Diagnostic(ERROR, Span(path), "不对。"),), {})))["runs"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}
