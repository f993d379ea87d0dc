"""Y: what last year's report promised, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from jzreport.chinese import closest, fold
from jzreport.draft import Item
from jzreport.report import Promise
from jzreport.rules.base import ERROR, PRACTICE, WARNING, Context, Found, rule

_TELLING = 10  # characters by which a promise is known again
_NAMED = 3  # promises that a message names
_SHOWN = 20  # characters of a promise that tell it from others
_MAX_COMPARED = 10_000  # titles, for all guesses together: each of them costs a look at every title
_DONE = ("完成", "推进中")


@rule("Y12", "上年承诺没有答复", ERROR, PRACTICE)
def unanswered(context: Context) -> Iterator[Found]:
    """上年的报告公开说了要做什么，今年的报告要对得上。report.yaml 的“上年承诺”里每一条都要写“情况”。

    错误：

        # report.yaml
        上年承诺:
          - 内容: 持续优化法治化营商环境    ←
            责任单位: 市司法局
            情况:

    正确：

        # report.yaml
        上年承诺:
          - 内容: 持续优化法治化营商环境
            责任单位: 市司法局
            情况: 完成
            见: 工作情况
    """
    for promise in context.report.promises:
        if promise.is_open:
            message = f"上年承诺“{brief(promise)}”还没有答复。"
            yield Found(promise.span, message, "请在“情况”里写：完成、推进中、结转或取消。")


@rule("Y13", "“见”指的条目没有找到", ERROR, PRACTICE)
def points_nowhere(context: Context) -> Iterator[Found]:
    """“见”写本年度报告里说到这条承诺的条目（标题）或章节（键）。标题改过了、条目删掉了，“见”就落空了。

    错误：

        # report.yaml
        上年承诺:
          - 内容: 持续优化法治化营商环境
            情况: 完成
            见: 优化营商坏境    ←
        # 01.yaml
        条目:
          - 标题: 优化营商环境
            正文: 出台二十条措施。

    正确：

        # report.yaml
        上年承诺:
          - 内容: 持续优化法治化营商环境
            情况: 完成
            见: [优化营商环境, 存在的问题]
        # 01.yaml
        条目:
          - 标题: 优化营商环境
            正文: 出台二十条措施。
    """
    if not context.has_all_drafts or not any(promise.shown_in for promise in context.report.promises):
        return
    known, left = _names(context), _MAX_COMPARED
    for promise in context.report.promises:
        for name in promise.shown_in:
            if fold(str(name)) not in known:
                left -= len(known)
                hint = _meant(str(name), known, guesses=left >= 0)
                message = f"报告里没有叫“{name}”的条目或章节。"
                yield Found(name.span() or promise.span, message, hint)


@rule("Y14", "承诺的答复没有依据", WARNING, PRACTICE)
def unexplained(context: Context) -> Iterator[Found]:
    """写“完成”“推进中”的，要让人在报告里找得到；写“结转”“取消”的，要说明为什么。

    错误：

        # report.yaml
        上年承诺:
          - 内容: 持续优化法治化营商环境    ←
            情况: 完成
          - 内容: 出台行政执法监督办法    ←
            情况: 结转

    正确：

        # report.yaml
        上年承诺:
          - 内容: 持续优化法治化营商环境
            情况: 完成
            见: 工作情况
          - 内容: 出台行政执法监督办法
            情况: 结转
            说明: 因上位法正在修订，列入2024年立法计划
    """
    for promise in context.report.promises:
        if not promise.answer or promise.explanation or (promise.shown_in and promise.answer in _DONE):
            continue
        is_done = promise.answer in _DONE
        hint = "请在“见”里填报告中写到它的条目，或写“说明”。" if is_done else "请写“说明”：为什么，下一步怎么办。"
        lacking = "“见”和“说明”都没有写" if is_done else "“说明”没有写"
        yield Found(promise.span, f"承诺“{brief(promise)}”写了“{promise.answer}”，{lacking}。", hint)


@rule("Y15", "上年承诺少了", WARNING, PRACTICE)
def left_out(context: Context) -> Iterator[Found]:
    """上年报告的下步打算，在“上年承诺”里都要有着落；不再做的写“取消”，并说明原因，不要删去。

    内容可以压缩，开头几个字要与上年报告的打算相同。整个没有“上年承诺”的，不提示。

    错误：

        # report.yaml
        上年承诺:
          - 内容: 出台行政执法监督办法    ←
            情况: 完成
            见: 工作情况
        # 去年/01.yaml
        章节: 下步打算
        条目:
          - 正文: 出台行政执法监督办法，健全监督机制。
          - 正文: 建好全市统一的监督平台。

    正确：

        # report.yaml
        上年承诺:
          - 内容: 出台行政执法监督办法
            情况: 完成
            见: 工作情况
          - 内容: 建好全市统一的监督平台。
            情况: 取消
            说明: 改由省里统一建设
        # 去年/01.yaml
        章节: 下步打算
        条目:
          - 正文: 出台行政执法监督办法，健全监督机制。
          - 正文: 建好全市统一的监督平台。
    """
    if context.previous is None or not context.report.promises:
        return
    from jzreport.rollover import promises  # most reports list none

    drafts = (draft for node in context.previous.nodes() for draft in node.drafts)
    kept = tuple(fold(str(promise.content))[:_TELLING] for promise in context.report.promises)
    missing = [each["内容"] for each in promises(context.previous, drafts) if not fold(each["内容"]).startswith(kept)]
    if missing:
        told = "；".join(_shortened(content) for content in missing[:_NAMED])
        message = f"上年的打算有 {len(missing)} 条不在“上年承诺”里：{told}{'……' if len(missing) > _NAMED else ''}。"
        hint = "请补上；不再做的，“情况”写“取消”，并写“说明”。"
        yield Found(context.report.promises[0].span, message, hint)


def brief(promise: Promise) -> str:
    """Return enough of a promise to tell it from others."""
    return _shortened(str(promise.content))


def _shortened(content: str) -> str:
    return content if len(content) <= _SHOWN else f"{content[:_SHOWN]}……"


def _meant(name: str, known: Mapping[str, str], *, guesses: bool) -> str:
    parts = [part.strip() for part in re.split("[，,、；;]", name) if part.strip()]
    if len(parts) > 1 and all(fold(part) in known for part in parts):
        return f"几个要分开写，中间用半角逗号：“[{', '.join(parts)}]”。"
    meant = closest(name, known.values()) if guesses else None
    return f"是不是“{meant}”？" if meant else "请照抄条目的标题，或填章节的“键”。"


def _names(context: Context) -> Mapping[str, str]:
    """Return by their folded form the titles of all items, and the keys and titles of all nodes."""
    names = [name for node in context.report.nodes() for name in (node.key, str(node.title or ""))]
    items = [item for draft in context.drafts for item in draft.items]
    while items:
        item: Item = items.pop()
        names.append(str(item.title or ""))
        items.extend(item.items)
    return {fold(name): name for name in names if name}


RULES = (unanswered, points_nowhere, unexplained, left_out)
