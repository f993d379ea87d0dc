"""S: words that stand in for what was to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jzreport.rules.base import ERROR, PRACTICE, Context, Found, Kind, Passage, rule
from jzreport.rules.patterns import Pattern

# A case quotes 李××诉…, ××公司: only what is counted, dated or governed is sure to stand for something to come.
_RUN = "(?:[Xx]{2,}+|[Ｘｘ]{2,}+|×{2,}+)"
_STAND_IN = Pattern(
    rf"(?<=[第〕\]］]){_RUN}|(?<![A-Za-z×Ｘｘ]){_RUN}(?=[ 　]?(?:[件项份篇宗元亿余%％]|日(?![前常后])|次(?!日)|场(?!所)"
    r"|条(?!件)|万(?!某)|年(?![龄满])|月(?![薪收])|个(?![人体])|名(?![下义])|起(?!诉)|期(?!间)|批(?![评准])"
    r"|人(?![身民格])|家(?![属人庭中])|市(?![民场])|[省县区镇乡局厅](?!民)|街道|部门|会议|活动|专项))",
    *"XxＸｘ×",
)
_TO_COME = "补|补充|补报|填|填写|填报|定|核|核实|核对|确认|更新|完善|提供|续|添加|汇总"
_SUBJECTS = ("此处", "数据", "数字", "内容", "名称", "具体")
_UNFILLED = Pattern(
    r"[？?]{2,}+"
    r"|(?<![A-Za-z0-9])[_＿]{2,}+(?![A-Za-z0-9])"
    r"|[【\[［](?:待|此处|请(?:填|补|核|插|修|删))[^【】\[\]［］]{0,30}[】\]］]"
    rf"|[（(](?:{'|'.join(_SUBJECTS)})?待(?:{_TO_COME})[）)]"
    r"|[（(]待(?![遇业人岗产命])[^（）()，。；]{1,8}(?:补充|补报|填写|填报|核实|核对|提供)[）)]"
    r"|(?<![A-Za-z])(?:TODO|TBD|todo|tbd)(?![A-Za-z])",
    *("？", "?", "_", "＿", "【", "[", "［", "TODO", "TBD", "todo", "tbd"),
    *(f"{before}待" for before in ("（", "(", *_SUBJECTS)),
)
_YET = "(?!(?<=[有亟尚仍还急])待)"  # 有待完善, 亟待补充 say what they mean
_HOLLOW = Pattern(
    r"…++|\.{3,}+|。{3,}+|[一二三四]级标题|标题|正文|此处填写.{0,20}",
    *("…", "...", "。。。", "标题", "正文", "此处填写"),
)


@rule("S17", "没有填完的文字", ERROR, PRACTICE)
def unfilled(context: Context) -> Iterator[Found]:
    """“××市”“XX件”“【待补充】”是起草时占位的，忘了填就会照样印出来、发出去。

    案例里隐去的姓名和名称（李××、××公司）、引号和书名号里的××不在此列。templates/wording.yaml 的“占位文字”可以再加。

    错误：

        全年办理行政复议案件XX件。    ←

        ××市人民政府20XX年制定规章？？件。    ←

        新增法律顾问____名。    ←

        受理案件514件【待核实】。    ←

        办结案件498件（待市公安局提供）。    ←

    错误：

        # report.yaml
        发文字号: 示府〔2024〕××号    ←
        # 01.yaml
        条目:
          - 标题: ……    ←
            正文: 好。

    正确：

        开展“××局长走流程”活动，提供7×24小时服务，采购XXL号服装20件。

        李××诉示例市公安局案、张XX起诉××公司案入选典型案例。

        出台《××市行政执法案卷评查办法（示范文本）》。

        保障困难群众生活（待遇标准见附件），基层执法力量还有待补充。

        “政策怎么落地？”“谁来落实？”这些问题怎么办？！
    """
    words = context.wording.placeholders
    listed = Pattern(f"{_YET}(?:{'|'.join(map(re.escape, words))})", *words) if words else _UNFILLED
    for passage in context.passages:
        end = 0
        for start, stop, hint in sorted(_places(passage, listed), key=lambda place: (place[0], -place[1])):
            if start >= end:
                yield passage.found(start, stop, f"“{passage.string[start:stop]}”还没有填。", hint)
            end = max(end, stop)


def _places(passage: Passage, listed: Pattern) -> Iterator[tuple[int, int, str]]:
    """Yield where something stands in for what is to come, and what to do about it."""
    hint = "请填上实际的内容；用不着的请删去。"
    if passage.kind is not Kind.CELL and _HOLLOW.fullmatch(passage.string):
        yield 0, len(passage.string), hint
    for pattern in (_UNFILLED, listed):
        yield from ((*match.span(), hint) for match in pattern.finditer(passage.untitled))
    for match in _STAND_IN.finditer(passage.unquoted):
        yield *match.span(), "请填上实际的内容；有意隐去名称的，请写成“某某”。"


RULES = (unfilled,)
