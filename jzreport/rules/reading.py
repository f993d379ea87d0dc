"""The pages of the findings that reading and assembling make: those have no check of their own to carry a docstring.

They are written as in `base`; an example is the whole file.
"""

from __future__ import annotations

from collections.abc import Mapping
from inspect import cleandoc

from jzreport.diagnostics import Rule
from jzreport.source import DUPLICATE_KEY

PAGES: Mapping[Rule, str] = {
    rule: cleandoc(page)
    for rule, page in {
        DUPLICATE_KEY: """
            同一个键写两次时，只能留下一处的内容，另一处就丢了。

            错误：

                章节: 工作情况
                填报单位: 市司法局
                正文: 第一段。
                正文: 第二段。    ←

            正确：

                章节: 工作情况
                填报单位: 市司法局
                正文: |
                  第一段。

                  第二段。
            """,
    }.items()
}
