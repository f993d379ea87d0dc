"""The pages of the findings that are made when figures and references to them are read; see `reading`."""

from __future__ import annotations

from collections.abc import Mapping

from jzreport.diagnostics import Rule
from jzreport.figures import BAD_NAME, DUPLICATE, UNREADABLE
from jzreport.references import MALFORMED, UNDEFINED, UNKNOWN_ATTRIBUTE

PAGES: Mapping[Rule, str] = {
    UNDEFINED: """
        正文引用了一个没有写进“指标”的名称，纸上印不出数字。多半是名称写错了一个字。

        错误：

            正文: 全年受理{{ 行政复仪受理 }}。    ←
            指标:
              行政复议受理: 534件

        正确：

            正文: 全年受理{{ 行政复议受理 }}。
            指标:
              行政复议受理: 534件
        """,
    DUPLICATE: """
        同一个数只写一次，别处引用。写两次，改了一处忘了另一处，前后就不一致。

        错误：

            # 01.yaml
            指标:
              行政复议受理: 534件
            # 02.yaml
            指标:
              行政复议受理: 535件    ←

        正确：

            # 01.yaml
            指标:
              行政复议受理: 534件
            # 02.yaml
            正文: 全年受理{{ 行政复议受理 }}。
        """,
    UNREADABLE: """
        数值要照印出来的样子写，连同单位。读不出数字，就不能核对，也算不出同比和占比。

        错误：

            指标:
              受理: 若干    ←
              办结: 5件、6件    ←

        正确：

            指标:
              受理: 11万余人次
              办结: 92.12%
              规章: 两部
        """,
    MALFORMED: """
        引用只有“{{ 名称 }}”和“{{ 名称.同比 }}”这样的写法。写成别的，不是印不出数字，就是把括号也印到纸上。

        错误：

            正文: |
              全年受理{{ 受理 。    ←
              同比增长{{ 受理 | 同比 }}。    ←
            指标:
              受理: 534件

        正确：

            正文: |
              全年受理{{ 受理 }}。
            指标:
              受理: 534件
        """,
    UNKNOWN_ATTRIBUTE: """
        引用要的内容算不出来：没有写上年的数值，就没有同比；没有写总数，就没有占比。

        错误：

            正文: 全年受理{{ 受理 }}，{{ 受理.同比 }}。    ←
            指标:
              受理: 534件

        正确：

            正文: 全年受理{{ 受理 }}，{{ 受理.同比 }}。
            指标:
              受理:
                数值: 534件
                上年: 498件
        """,
    BAD_NAME: """
        指标的名称用来引用，只能用汉字、字母和数字；含有标点、空格的名称引用不到。

        错误：

            指标:
              受理（全市）: 534件    ←

        正确：

            指标:
              全市受理: 534件
        """,
}
