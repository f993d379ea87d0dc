"""S: what every annual report must tell, by the rule of 2019 on inspecting the building of law-based government.

法治政府建设与责任落实督察工作规定 lists five contents; 必报内容 in report.yaml says where each stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jzreport.diagnostics import Span
from jzreport.keys import REQUIRED_CONTENTS
from jzreport.report import Node
from jzreport.rules.base import ERROR, REGULATION, WARNING, Context, Found, Passage, rule
from jzreport.rules.patterns import Pattern

_WORK, _SHORTCOMINGS, _DUTY, _PLANS, _OTHER = REQUIRED_CONTENTS


@rule("S20", "规定内容没有报告", ERROR, REGULATION, needs_whole=True)
def required_contents(context: Context) -> Iterator[Found]:
    """《法治政府建设与责任落实督察工作规定》要求年度报告写明主要举措和成效、存在的不足和原因、下一年度的主要安排，缺一样就不合规定。

    各写在哪一节，由 report.yaml 里那一节的“必报内容”说明；写在下级章节里也算。

    错误：

        # report.yaml
        标题: 示例市人民政府关于2023年度法治政府建设情况的报告    ←
        结构:
          - {键: 工作情况, 必报内容: 主要举措和成效}
          - {键: 存在的问题, 必报内容: 存在的不足}    ←
        # 01.yaml
        正文: 全年制定政府规章3件。

    错误：

        # 01.yaml
        正文: 全年制定政府规章3件。
        # 02.yaml
        章节: 存在的问题
        正文: 无明显不足。    ←
        # 03.yaml
        章节: 下步打算
        正文: 同上年。    ←

    正确：

        # report.yaml
        结构:
          - 键: 工作情况
            必报内容: 主要举措和成效
            章节: [{键: 制度建设}]
          - 键: 下步打算
            必报内容: [存在的不足, 下一年度安排]
        # 01.yaml
        章节: 制度建设
        正文: 全年制定政府规章3件。
        # 02.yaml
        章节: 下步打算
        正文: 由于人员不足，执法监督还不到位。下一步将加强行政执法监督。
    """
    for content in (_WORK, _SHORTCOMINGS, _PLANS):
        nodes = _declaring(context, content)
        if not nodes:
            hint = f"请在 report.yaml 里报告这项内容的那一节加上“必报内容: [{content}]”。"
            yield Found(_place_of_report(context), f"没有写明哪一节报告“{content}”。", hint)
            continue
        names = "”“".join(str(node.title or node.key) for node in nodes)
        printed = list(_below(context, nodes))
        if printed and all(_is_stub(passage.string) for passage in printed):
            message = f"“{names}”应报告“{content}”，只写了“{printed[0].string}”。"
            yield printed[0].found(0, len(printed[0].string), message, "请写上实际的内容，规定要求每年都报告。")
        elif not printed:
            hint = "请补上来稿；写在别处的，请在 report.yaml 里把这项“必报内容”移到那一节。"
            yield Found(nodes[0].span, f"“{names}”应报告“{content}”，还没有文字。", hint)


_STUB = Pattern(
    r"(?:略|无|暂无|没有|同上|[同与](?:上年|去年)(?:相同|一致)?|(?:内容)?(?:见|详见)附件|另报|另行报送)[。.]?"
    r"|(?:目前|本年度)?(?:尚|暂)?(?:无|没有|未发现|不存在)(?:明显|突出|重大|较大|大)?的?(?:不足|问题)(?:之处)?[。.]?"
)
_LONGEST_STUB = 15


def _is_stub(string: str) -> bool:
    return len(string) <= _LONGEST_STUB and _STUB.fullmatch(string) is not None


def _declaring(context: Context, content: str) -> list[Node]:
    return [node for node in context.report.nodes() if content in node.required_contents]


def _below(context: Context, nodes: Iterable[Node]) -> Iterator[Passage]:
    """Yield what drafts print in these nodes and all below them."""
    keys = {each.key for node in nodes for each in node.walk()}
    return (passage for passage in context.passages if passage.draft and passage.node and passage.node.key in keys)


def _place_of_report(context: Context) -> Span:
    """Return where the report's title stands: what is said there is said of the whole."""
    return context.report.title[0].span() or context.report.root.span


_WHO = ("第一责任", "主要负责", "主要领导", "党政负责", "党政主要", "党政正职", "一把手", "关键少数")


@rule("S21", "没有写第一责任人职责", WARNING, REGULATION, needs_whole=True)
def first_responsible_person(context: Context) -> Iterator[Found]:
    """《法治政府建设与责任落实督察工作规定》要求报告党政主要负责人履行推进法治建设第一责任人职责的情况。报告里提到了就不提示；通篇没有提到，就是缺项。

    错误：

        # report.yaml
        结构:
          - {键: 工作情况, 必报内容: 第一责任人职责}    ←
        # 01.yaml
        正文: 全年制定政府规章3件。

    正确：

        # report.yaml
        结构:
          - {键: 工作情况, 必报内容: 第一责任人职责}
        # 01.yaml
        正文: 市政府主要负责同志带头学法，全年制定政府规章3件。

    正确：

        # report.yaml
        结构:
          - 键: 工作情况
            标题: 党政主要负责人履职情况
            必报内容: 第一责任人职责
        # 01.yaml
        正文: 市长12次听取汇报。
    """
    nodes = _declaring(context, _DUTY)
    keys = {each.key for node in nodes for each in node.walk()}
    printed = (p for p in context.passages if p.node and (p.node.key in keys or not nodes))
    if any(who in passage.string for passage in printed for who in _WHO):
        return
    hint = "请写上党政主要负责人履行推进法治建设第一责任人职责的情况。"
    if not nodes:
        yield Found(_place_of_report(context), "全文没有写到第一责任人职责。", hint)
    else:
        name = nodes[0].title or nodes[0].key
        yield Found(nodes[0].span, f"“{name}”应写第一责任人职责，还没有写到。", hint)


_CAUSES = (
    *("原因", "由于", "因为", "源于", "缘于", "归因", "根源", "根子", "症结", "成因", "起因", "诱因", "缘由"),
    *("在于", "导致", "造成", "致使", "使得", "所致"),
)
_CAUSE = Pattern(
    "因(?!此|而|素|应|果|循|势|地制宜|人而异|材施教)[^，。；]{1,30}[，；。]|受[^，。；]{1,30}(?:影响|制约|限制|约束)",
    *("因", "受"),
)
_SHORT = ("不足", "不够", "不平衡", "不到位", "薄弱", "短板", "差距", "欠缺", "有待", "问题")


@rule("S23", "存在的不足没有写原因", WARNING, REGULATION, needs_whole=True)
def no_cause(context: Context) -> Iterator[Found]:
    """《法治政府建设与责任落实督察工作规定》要求报告的是“存在的不足和原因”，只写不足就缺了一半。

    错误：

        # 01.yaml
        章节: 存在的问题
        正文: 基层执法力量还比较薄弱，工作进展还不平衡。    ←

    正确：

        # 01.yaml
        章节: 存在的问题
        正文: |
          基层执法力量还比较薄弱，工作进展还不平衡。

          主要原因是编制长期不足，培训跟不上。

    正确：

        # 01.yaml
        章节: 存在的问题
        正文: 受编制限制，基层执法力量还比较薄弱。

    正确：

        # 01.yaml
        章节: 存在的问题
        正文: 因人员流动较快，基层执法力量还比较薄弱。
    """
    passages = list(_below(context, _declaring(context, _SHORTCOMINGS)))
    passage = next((each for each in passages if any(word in each.string for word in _SHORT)), None)
    if passage and not any(_tells_cause(each.string) for each in passages):
        hint = "请在不足后面写明原因，例如“主要原因是……”。"
        yield passage.found(0, len(passage.string), "只写了存在的不足，没有写原因。", hint)


def _tells_cause(string: str) -> bool:
    return any(word in string for word in _CAUSES) or _CAUSE.search(string) is not None


RULES = (required_contents, first_responsible_person, no_cause)
