"""P: marks of secrecy and remarks among colleagues, which must not be published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jzreport.rules.base import ERROR, PRACTICE, REGULATION, STOPS, WARNING, Context, Found, Kind, Passage, rule
from jzreport.rules.patterns import Pattern

_LEVELS = ("绝密", "机密", "秘密")
_CLASSIFIED = Pattern(
    rf"(?<![家业作])(?:{'|'.join(_LEVELS)})级?\s{{0,3}}[★☆*＊]"
    rf"|密级[：:为]\s?(?:{'|'.join(_LEVELS)})"
    rf"|(?<![密级件项品型类员岗])[（(【\[［〔](?:{'|'.join(_LEVELS)})级?[）)】\]］〕]",
    *_LEVELS,
)
_CLASSIFIED_ALONE = Pattern(rf"(?:{'|'.join(_LEVELS)})级?(?:文件|件|事项)?", *_LEVELS)


@rule("P05", "密级标志", ERROR, REGULATION)
def classification(context: Context) -> Iterator[Found]:
    """有密级标志的文字不能公开（《中华人民共和国保守国家秘密法》）。报告本身定了密、填了“密级”的不查。

    错误：

        正文: |
          机密★1年    ←

          2023年，全市法治政府建设取得新成效。

    错误：

        正文: |
          专项工作方案已经印发（机密）。    ←

          密级：秘密    ←

    正确：

        加强保密审查，依法保护国家秘密、商业秘密和个人隐私。

    正确：

        # report.yaml
        密级: 秘密
        # 01.yaml
        正文: 秘密★1年
    """
    looked_at = context.passages_with(_CLASSIFIED, _CLASSIFIED_ALONE)
    for passage in looked_at if not context.report.classification else ():
        match = _CLASSIFIED.search(passage.string)
        if not match and passage.kind is not Kind.CELL:
            match = _CLASSIFIED_ALONE.fullmatch(passage.string)
        if match:
            message = f"“{match.group()}”是密级标志，带密级的内容不能公开。"
            hint = "请核对这份材料能不能用；报告本身要定密的，请在 report.yaml 里填“密级”。"
            yield passage.found(match.start(), match.end(), message, hint)


_OPEN, _CLOSE = "（(【[〔［", "）)】]〕］"
_PIECE = Pattern(r"[^。！？；（()）【\[\]】〔〕［］]+")
_DIGITS = Pattern("[0-9]{7,}")
_ADDED = "，、：: \u3000此件本稿仅供"  # what may stand beside a mark: “内部资料，注意保存” “此件不予公开”
_DRAFTED = ("条例", "办法", "规定", "细则", "草案", "规划", "方案", "意见", "》", "\ufffc")
# What a bracket begins with “待”, or a square one with “请”, has not been filled in (S17).
_IN = r"[^（()）【\[\]】〔〕［］]"
_NOTE = Pattern(
    rf"[（(【\[〔［](?:批注|修改意见|审核意见|领导意见){_IN}{{0,80}}[）)】\]〕］]"
    rf"|[【\[［]备注[：:]{_IN}{{0,80}}[】\]］]"
    rf"|[【\[［](?!待|此处|请){_IN}{{0,20}}需要?(?:更新|核实|核对|确认|修改|补充){_IN}{{0,10}}[】\]］]"
    rf"|[（(](?:(?:此处|此段|这里)(?!待)|请(?:核|补充|确认|修改|删|把关|领导)){_IN}{{0,80}}[）)]"
    rf"|[（(]{_IN}{{0,40}}[，,：:]请再?(?:核实|核对|核|确认|补充|修改|更新)(?:一下|清楚)?[。！？]?[）)]"
    r"|[（(【\[〔［][^（()）【\[\]】〔〕［］]{0,40}[需再][^（()）【\[\]】〔〕［］，。；]{0,8}核实[。！？]?[）)】\]〕］]",
    *("批注", "修改意见", "审核意见", "领导意见", "此处", "此段", "这里", "（请", "(请", "核实", "备注", "需"),
    *("，请", ",请", "：请", ":请"),
)


@rule("P06", "内部用语和批注", WARNING, PRACTICE)
def internal(context: Context) -> Iterator[Found]:
    """“送审稿”“内部资料”一类的标记和改稿时的批注是给自己人看的，忘了删就会印出去。

    看单独成段或括在括号里的标记，和括号里的批注；“形成《……》（送审稿）”“依法不予公开”一类的话不看。

    错误：

        # report.yaml
        标题: 示例市人民政府关于2023年度法治政府建设情况的报告（送审稿）    ←

    错误：

        正文: |
          内部资料，注意保存    ←

          全年办结行政复议案件514件（此处请市司法局核实）。    ←

          全年立案514件［备注：与上年口径不同］，制定规章两部[此数据需更新]。    ←

          全年办结498件（含往年结转，请核实），听证12次（王科长：请再核）。    ←

    正确：

        形成《示例市养犬管理条例》（送审稿），依法不予公开的政府信息12件，提醒当事人注意保存证据。

    正确：

        办结514件（含往年结转），报请领导审定后印发，认定事实时再次核实（经核实的除外）。
    """
    kinds = (Kind.COVER, Kind.HEADING, Kind.PARAGRAPH, Kind.CAPTION)
    for passage in context.passages_holding((*context.wording.internal, *_NOTE.seeds), kinds):
        if passage.kind is Kind.COVER and passage.text not in context.report.title:
            continue  # 附注 may well say that a report is not for the public
        marks = [word for word in context.wording.internal if word in passage.unquoted]
        for start, end in _marks(passage, marks) if marks else ():
            message = f"“{passage.string[start:end]}”是内部用的标记。"
            yield passage.found(start, end, message, "公开前请删去。")
        for match in _NOTE.finditer(passage.unquoted):
            message = f"“{_DIGITS.sub('*******', match.group())}”像是改稿时的批注。"
            yield passage.found(match.start(), match.end(), message, "核对后请删去。")


def _marks(passage: Passage, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where a piece between full stops or brackets is nothing but such words, and no remark on what is before."""
    string = passage.unquoted
    for piece in _PIECE.finditer(string):
        left = piece.group()
        for word in words:
            left = left.replace(word, "")
        if len(left) == len(piece.group()) or left.strip(_ADDED):
            continue
        start, end = piece.span()
        is_last = passage.kind in (Kind.COVER, Kind.HEADING) and end + 1 >= len(string)
        before = start - 1 if start and string[start - 1] in _OPEN else start
        is_version = before < start and is_last and not string.endswith(_DRAFTED, 0, before)  # “……的报告（送审稿）”
        if before == 0 or string[before - 1] in STOPS or is_version:
            yield start, end


RULES = (classification, internal)
