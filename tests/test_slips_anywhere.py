"""Whatever the good draft and the slip of the hand put into it: the line with the slip is named, and others stay."""

from __future__ import annotations

from drafting import said
from hypothesis import assume, given
from hypothesis import strategies as st
from slips_of_lines import LINE_SLIPS, read, with_line
from trials import tries

from jzreport.outline import block_text

words = st.text("依法行政市县乡案件办理监督问效", min_size=2, max_size=8)
sentences = st.lists(words, min_size=1, max_size=3).map(lambda parts: "，".join(parts) + "。")
entries = st.dictionaries(words, st.booleans(), min_size=1, max_size=3)


def block(depth: int) -> st.SearchStrategy[list[str]]:
    lines = st.lists(sentences, min_size=1, max_size=2)
    return lines.map(lambda said: [f"{' ' * depth}正文: |", *(f"{' ' * depth}  {line}" for line in said)])


TABLE = ["      - 表格:", "          表头: [甲类, 乙类]", "          行:", "            - [甲市, 5件]"]
bodies = st.one_of(
    sentences.map(lambda said: [f"    正文: {said}"]),
    block(4),
    sentences.map(lambda said: ["    正文:", f"      - {said}", *TABLE]),
    st.tuples(words, sentences).map(lambda two: ["    条目:", f"      - 标题: {two[0]}", f"        正文: {two[1]}"]),
)
items = st.tuples(words, bodies).map(lambda item: [f"  - 标题: {item[0]}", *item[1]])
heads = st.tuples(words, words, st.booleans(), st.one_of(st.just([]), block(0))).map(
    lambda head: [f"章节: {head[0]}", f"填报单位: {head[1]}", *(["填报人: 张某"] if head[2] else []), *head[3]]
)


def figure(name: str, *, is_long: bool) -> list[str]:
    return [f"  {name}:", "    数值: 5件", "    上年: 4件", "    口径: 全市"] if is_long else [f"  {name}: 5件"]


@st.composite
def drafts(draw: st.DrawFn) -> str:
    lines = [*draw(heads), "条目:", *(line for item in draw(st.lists(items, min_size=1, max_size=3)) for line in item)]
    if draw(st.booleans()):
        lines += ["指标:"]
        lines += [line for name, is_long in draw(entries).items() for line in figure(name, is_long=is_long)]
    return "\n".join(lines) + "\n"


slips = st.sampled_from(sorted(LINE_SLIPS))


@tries(120)
@given(drafts(), st.data(), slips)
def test_the_line_with_the_slip_is_named(text: str, data: st.DataObject, name: str) -> None:
    draft, problems = read(text)
    assert draft is not None and not problems
    lines = text.split("\n")
    number = data.draw(st.integers(1, len(lines) - 1))
    typed, good = LINE_SLIPS[name](lines[number - 1]), lines[number - 1]
    assume(typed != good)
    slipped = with_line(number, typed, text)
    found = {problem.span.line for problem in read(slipped)[1]}
    if not found and (number in block_text(lines)[0] or said(slipped.encode()) == said(text.encode())):
        return  # what is typed in text is text, and some slips make no difference
    without_blanks = "".join(good.split())
    of_column = "".join(typed.split()) in (without_blanks, without_blanks.removeprefix("-"))
    # Of two lines that do not stand to each other as they should, one is named.
    near = {number - 1, number, number + 1} if of_column else {number}
    assert found & near, (typed, found)
