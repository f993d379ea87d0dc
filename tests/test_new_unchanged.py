"""What a year hands on to the next one comes back exactly, whatever was typed in it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from drafting import anything, pasted, prose, quoted
from hypothesis import assume, event, given
from hypothesis import strategies as st
from trials import tries

from jzreport.commands.loading import Loaded, load_year
from jzreport.commands.new import new
from jzreport.draft import Paragraph
from jzreport.rollover import Years, moved
from jzreport.workspace import Workspace

YEARS = Years(2022, 2023)
# What means something to YAML, and to the quotation marks around it.
signs = st.text("依法行政\"'\\:#-,[]{}", min_size=2, max_size=12)
typed = st.one_of(prose, prose, pasted, anything, signs)
line = typed.map(lambda text: " ".join(text.split())[:60].strip()).filter(bool)
named = st.text("依法行政市县办理率（）·-#:,[]' a1", min_size=2, max_size=12)
names = named.map(str.strip).filter(lambda name: len(name) > 1)

figures = st.text("依法行政市县办理率甲a", min_size=2, max_size=8)


def year(title: str, item: str, department: str, figure: str, promise: str) -> dict[str, str]:
    """Return the files of a year with one of each."""
    whose = quoted(department)
    return {
        "report.yaml": f"年度: 2022\n地区: 示例市\n发文机关: 示例市人民政府\n标题: 示例市年度报告\n结构:\n"
        f"  - 键: 工作情况\n    标题: {quoted(title)}\n    配合单位: [{whose}]\n"
        f"  - 键: 下步打算\n    牵头单位: {whose}\n    必报内容: [下一年度安排]\n",
        "01.yaml": f"章节: 工作情况\n填报单位: {whose}\n条目:\n  - 标题: {quoted(item)}\n    正文: |\n      好。\n"
        f"指标:\n  {quoted(figure)}:\n    数值: 534件\n",
        "02.yaml": f"章节: 下步打算\n填报单位: {whose}\n正文: |\n  {promise}\n",
    }


def read(root: Path, name: str) -> Loaded:
    return load_year(Workspace(root), name)


def kept(loaded: Loaded) -> dict[str, Any]:
    """Return what must come back: titles, departments, names of figures; of the new year the promises too."""
    assert loaded.cover is not None
    items = [str(item.title) for draft in loaded.typed for item in draft.items]
    return {
        "titles": [str(node.title) for node in loaded.cover.nodes() if node.title],
        "items": items,
        "departments": sorted({name for node in loaded.cover.nodes() for name in node.departments}),
        "wrote": sorted({str(draft.department) for draft in loaded.typed}),
        "figures": [figure.name for draft in loaded.typed for figure in draft.figures],
    }


@tries(20)
@given(line, line, names, figures, line)
def test_titles_departments_figures_and_promises_come_back_exactly(
    title: str, item: str, department: str, figure: str, promise: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "data/2022").mkdir(parents=True)
        for name, text in year(title, item, department, figure, promise).items():
            (root / "data/2022" / name).write_text(text, "utf-8")
        old = read(root, "2022")
        is_read = old.cover is not None and old.is_whole and len(kept(old)["figures"]) == 1
        event("taken" if is_read else "refused")
        assume(is_read and not any(problem.is_error for problem in old.problems))
        new(Workspace(root), "2023")
        made = read(root, "2023")
        before, after = kept(old), kept(made)
        moving = {
            "titles": [moved(t, YEARS) for t in before["titles"]],
            "items": [moved(t, YEARS) for t in before["items"]],
        }
        assert after == before | moving
        assert made.cover is not None
        promised = [str(block.text) for draft in old.printed for block in draft.body if isinstance(block, Paragraph)]
        assert [str(each.content) for each in made.cover.promises] == promised[-1:]
        assert [each.departments for each in made.cover.promises] == [(department,)]
