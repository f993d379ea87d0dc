"""F: figures that cannot be true, that contradict each other, or that nobody can trace."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jzreport.rules.base import STANDARD, WARNING, Context, Found, Kind, rule

_RATE_CHANGE = re.compile(
    r"(?<!生产)(?:率|占比|比例|比重)(?:达到?|为|超过?|约)?\d+(?:\.\d+)?%[，,](?:同比|较|比)[^，,。；;]{0,8}"
    r"(?:提高|提升|上升|下降|降低|增长|增加)(?P<size>\d+(?:\.\d+)?)%(?!点)"
)


@rule("F03", "比率的变化应写“个百分点”", WARNING, STANDARD)
def rate_change(context: Context) -> Iterator[Found]:
    """从80%升到92%是提高12个百分点；写成“提高12%”，读的人会算成89.6%。

    错误：

        出庭应诉率达92.12%，较上年提高15%。    ←

    正确：

        出庭应诉率达92.12%，较上年提高15个百分点。

    正确：

        办结案件514件，较上年增长15%。
    """
    for passage in context.texts(Kind.PARAGRAPH, Kind.CELL):
        for match in _RATE_CHANGE.finditer(passage.untitled):
            size = match["size"]
            hint = f"若是两个比率相减，请改成“{size}个百分点”；不是的请写清楚与什么相比。"
            yield passage.found(match.start("size"), match.end(), f"比率的变化写成了“{size}%”。", hint)


RULES = (rate_change,)
