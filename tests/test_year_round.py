"""A year's round as an office lives it: begin 2023 from 2022, fill it in in several steps, build it, begin 2024 from it.

The report of data/2022 is what it begins with, under a made-up name: nothing is invented of a real place.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from shell import Run

from jzreport.chinese import numeral, parse_numeral
from jzreport.commands.checking import check_year
from jzreport.commands.loading import load_year
from jzreport.commands.status import status
from jzreport.progress import State
from jzreport.workspace import Workspace

ROOT = Path(__file__).parent.parent
HINT = re.compile("【请填写[^】]*】")
BEFORE_DEADLINE = datetime.date(2024, 1, 10)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = tmp_path_factory.mktemp("示例市")
    for path in (ROOT / "data" / "2022").glob("*.yaml"):
        text = path.read_text("utf-8").replace("九江", "示例").replace("浔阳", "示例")
        target = desk / "data" / "2022" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return desk


def codes(desk: Path, year: str) -> Counter[str]:
    return Counter(found.rule.code for found in check_year(Workspace(desk), year).diagnostics)


def digest(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def other_value(value: str) -> str:
    """Return a value of the same unit that is a tenth larger, or smaller where it cannot be."""
    match = re.fullmatch(r"(\D*?)([\d.]+|[一二三四五六七八九十两]+)(.*)", value)
    assert match, value
    prefix, number, rest = match.groups()
    if not number[0].isdigit():
        return f"{prefix}{numeral((parse_numeral(number) or 0) + 1)}{rest}"
    if "%" in rest:
        return f"{prefix}{float(number) - 1.5:.1f}{rest}"
    return f"{prefix}{int(int(number) * 1.1) + 1}{rest}".replace("66001余", "6.6万余")


def fill(text: str) -> str:
    """Return a draft filled in: every hint a sentence, every value another one than last year's."""
    # The department no longer states a change by hand: the program tells it.
    text = re.sub(r"  出庭应诉率较上年提高:\n(?:    .*\n)*", "", text)
    text = re.sub(r"    数值:\n    上年: (.*)\n", lambda m: f"    数值: {other_value(m[1])}\n    上年: {m[1]}\n", text)
    names = re.findall(r"^  (\w+):\n    数值:", text, re.MULTILINE)
    told = "，".join(f"{name}{{{{ {name} }}}}" for name in names)
    written = iter(sentences(text, told, "{{ 出庭应诉率.同比 }}" if "出庭应诉率" in names else ""))
    return HINT.sub(lambda _: next(written), text)


def sentences(text: str, told: str, change: str) -> Iterator[str]:
    is_plan, is_problem = "年的打算】" in text, "不足和原因】" in text
    number = 0
    while True:
        number += 1
        if is_plan:
            yield f"2024年，我市将办好第{numeral(number)}件实事，让群众得到方便。"
        elif is_problem:
            yield "少数单位推进不够有力，主要原因是专业人员不足。"
        else:
            counted = f"完成情况：{told}。" if told and number == 1 else ""
            compared = f"出庭应诉率较上年{change}。" if change and number == 1 else ""
            yield f"坚持问题导向，第{numeral(number)}项任务由专班推进。{counted}{compared}"


def answer(text: str) -> str:
    answers = iter(("完成", "推进中", "结转", "取消", "完成"))
    reason = "    说明: 按计划推进，见本年度报告"
    return re.sub(
        r"    情况:\n    说明:\n    见:", lambda _: f"    情况: {next(answers)}\n{reason}\n    见: 组织领导", text
    )


def test_the_years_round(desk: Path, run: Run) -> None:
    workspace, year = Workspace(desk), desk / "data" / "2023"
    untouched = digest(desk / "data" / "2022")
    first = {path.suffix: path for path in map(Path, run("-C", desk, "build", "2022")[1].splitlines())}
    before = {suffix: path.read_bytes() for suffix, path in first.items()}

    # A new year: all is blank, every promise waits, and nothing else is wrong.
    _, told, _ = run("-C", desk, "new", "2023")
    assert told.splitlines()[1:3] == [
        "照 2022 年建好了 report.yaml 和 12 份来稿。",
        "上年承诺 5 条，写在 report.yaml 的“上年承诺”里，请逐条填落实情况。",
    ]
    assert set(codes(desk, "2023")) == {"S27", "Y12"}
    fresh = status(workspace, "2023", BEFORE_DEADLINE)
    assert (fresh.count(State.UNTOUCHED), len(fresh.rows), fresh.promises) == (12, 12, {"": 5})
    assert run("-C", desk, "status", "2023")[0] == 1
    assert run("-C", desk, "build", "2023")[0] == 1 and not (desk / "output" / "2023").exists()

    # Half the departments hand in, with slips.
    files = sorted(path for path in year.glob("*.yaml") if path.name != "report.yaml")
    for path in files[:8]:
        path.write_text(fill(path.read_text("utf-8")), "utf-8")
    good = {path: path.read_text("utf-8") for path in files[:8]}
    last = (desk / "data" / "2022" / files[6].name).read_text("utf-8")
    copied = re.search(r"    正文: \|\n((?:      .*\n)+)", last)
    assert copied
    again = "2022年全市立案受理行政复议案件581件，办结560件（含往年结转）。"
    slips = {
        files[1]: ("R05", good[files[1]].replace("章节: ", "章节：", 1)),
        files[2]: ("F19", good[files[2]].replace("上年: 33个", "上年: 38个")),
        files[6]: ("Y08", re.sub(r"      坚持问题导向.*\n", copied[1], good[files[6]], count=1)),
        files[5]: ("S17", good[files[5]].replace("坚持问题导向", "【请填写2023年的情况】坚持问题导向", 1)),
        files[7]: ("Y09", good[files[7]].replace("坚持问题导向", f"{again}坚持问题导向", 1)),
    }
    for path, (_, text) in slips.items():
        path.write_text(text, "utf-8")
    found = {(d.span.file, d.rule.code) for d in check_year(workspace, "2023").diagnostics if d.is_error}
    assert {(f"data/2023/{path.name}", code) for path, (code, _) in slips.items()} <= found
    halfway = status(workspace, "2023", BEFORE_DEADLINE)
    assert not halfway.is_complete and halfway.count(State.UNTOUCHED) == 4

    # They mend what they were told, the others hand in, the office answers last year's promises.
    for path in files:
        path.write_text(good.get(path) or fill(path.read_text("utf-8")), "utf-8")
    cover = answer((year / "report.yaml").read_text("utf-8")).replace("成文日期:\n", "成文日期: 2024-02-01\n")
    (year / "report.yaml").write_text(cover, "utf-8")
    assert codes(desk, "2023") == {}
    done = status(workspace, "2023", BEFORE_DEADLINE)
    assert done.is_complete and dict(done.promises) == {"完成": 2, "推进中": 1, "结转": 1, "取消": 1}
    assert run("-C", desk, "status", "2023")[0] == 0

    # The Word file tells this year's figures, last year's only where it compares.
    _, built, _ = run("-C", desk, "build", "2023")
    printed = "\n".join(p.text for p in docx.Document(built.splitlines()[0]).paragraphs)
    old = load_year(workspace, "2022").figures
    new = load_year(workspace, "2023").figures
    for name, figure in new.items():
        assert str(figure.value) in printed, name
        assert not re.search(rf"(?<![\d.]){re.escape(str(old[name].value))}", printed), name
    assert "出庭应诉率较上年下降1.5个百分点" in printed
    assert "2022年" not in printed

    # 2022 is as it was, and builds to the same bytes.
    run("-C", desk, "build", "2022")
    assert {suffix: path.read_bytes() for suffix, path in first.items()} == before
    assert digest(desk / "data" / "2022") == untouched

    # And so it begins again; what is not done yet is asked for again.
    run("-C", desk, "new", "2024")
    assert set(codes(desk, "2024")) == {"S27", "Y12"}
    assert status(workspace, "2024", BEFORE_DEADLINE).promises == {"": 7}
    compared = json.loads(run("-C", desk, "compare", "2022", "2023", "--format", "json")[1])
    assert {each["name"]: each["state"] for each in compared["figures"]}["出庭应诉率较上年提高"] == "vanished"


HERE = "06-监督问效-市司法局.yaml"
LEFT = "【请填写2023年的情况】"


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "told"),
    [
        (LEFT, "【依托平台开展监管，形成闭环。】", 15, "S17", "外面的“【】”没有删"),
        (LEFT, "【请填写2023年的情况：依托平台开展监管，形成闭环。】", 15, "S17", "外面的“【】”没有删"),
        (LEFT, "请填写2023年的情况", 15, "S17", "还没有填"),
        (LEFT, "# 2022年：优化行政复议审理机制，提高办案质效。", 15, "S17", "后面是上年的原文"),
        (LEFT, "2022年：优化行政复议审理机制，提高办案质效。", 15, "S17", "后面是上年的原文"),
        ("    # 2022年：优化", "    2022年：优化", 9, "R05", "这是起稿时附上的上年原文，不能直接放在这里。"),
        (
            "    上年: 15%\n",
            "    上年: 15%\n  - 标题: 新的一条\n    正文: 好。\n",
            30,
            "R05",
            "新的一条写到“指标”下面了。",
        ),
        ("    上年: 15%\n", "    上年: 15%\n- 标题: 新的一条\n  正文: 好。\n", 30, "R05", "新的一条写到“指标”下面了。"),
        ("    数值:\n    上年: 15%", "  数值: 15%", 28, "F07", "“数值”不能作指标的名称。"),
    ],
)
def test_what_clerks_do_to_a_fresh_draft_is_told_as_what_it_is(
    desk: Path, tmp_path: Path, old: str, new: str, line: int, code: str, told: str, run: Run
) -> None:
    shutil.copytree(desk / "data" / "2022", tmp_path / "data" / "2022")
    run("-C", tmp_path, "new", "2023")
    path = tmp_path / "data" / "2023" / HERE
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    found = [d for d in check_year(Workspace(tmp_path), "2023").diagnostics if d.span.file.endswith(HERE)]
    assert (code, line) in {(d.rule.code, d.span.line) for d in found if told in d.message}, [d[:3] for d in found]
