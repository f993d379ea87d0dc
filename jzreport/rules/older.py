"""Y: years before the last one as the time of a result: what was copied more than once."""

from __future__ import annotations

from collections.abc import Iterator

from jzreport.rules.base import Context, Kind, Passage
from jzreport.rules.patterns import Pattern

_FARTHEST = 5  # years back: what was before is history
_OPENING = Pattern(r"(?:截[至止]到?)?(?P<year>20[0-9]{2})年(?:[底末]|12月(?:底|末|31日)|度)?(?=[，,全我共累])", "年")
_SENTENCE = Pattern("[^。！？]+[。！？]*")
_ANY_YEAR = Pattern(r"(?<![0-9])(20[0-9]{2})(?=年|[—–－~～至-])", "20")
_COUNT = Pattern("[0-9]")
_UNTIL = Pattern("截[至止]", "截")
# A term in a plan; “到2023年底，全市已建成……” tells what there is.
TERM = Pattern(
    "(?:到|(?:力争|确保|争取|计划|拟)[于在到]?)(20[0-9]{2})年"
    "(?:[底末](?:[之以]?前|(?=(?:全面|基本|全部)?(?:完成|建成|实现|启用|出台|达到)))|年?内(?=完成|建成|实现|启用|出台))",
    *(f"{word}20" for word in ("到", "力争", "确保", "争取", "计划", "拟", "于", "在")),
)
# 将 that is surely no 把.
WILL = Pattern("[，,]?[^，。将]{0,12}将(?:持续|继续|进一步|全面|重点|深入|着力|坚持|围绕|加快|推[进动])", "将")
# What says that a sentence, or the one beside it, looks back on purpose.
_LOOKING_BACK = (
    *("以来", "自", "从", "至", "到", "《", "规划", "出台", "印发", "施行", "修订", "较", "比", "与", "上年", "去年"),
    *("成立", "设立", "启动", "启用", "首", "连续", "历年", "以前", "此后", "随后", "目前", "现已", "今年", "本年"),
    *("考核", "考评", "评价", "评估", "测评", "排名", "同期", "命名", "获评", "评为", "授予", "结转", "当年", "当时"),
    *("反馈", "整改", "问题", "遗留", "回头看", "近", "往年", "基础上", "将"),
)


def older_years(context: Context) -> Iterator[tuple[Passage, int]]:
    """Yield where a sentence with a count begins with a year before the last, and nothing says why."""
    years = [f"{context.year - back}年" for back in range(2, _FARTHEST + 1)]
    for passage in context.passages_holding(years, (Kind.PARAGRAPH,)):
        sentences = [match.span() for match in _SENTENCE.finditer(passage.unquoted)]
        for n, (start, end) in enumerate(sentences):
            opening = _OPENING.match(passage.unquoted, start)
            if not opening or not 2 <= context.year - int(opening["year"]) <= _FARTHEST:
                continue
            near = passage.string[sentences[max(n - 1, 0)][0] : sentences[min(n + 1, len(sentences) - 1)][1]]
            counted = _COUNT.search(passage.unquoted, opening.end(), end)
            if counted and not _looks_back(near, opening["year"]) and not _is_of_many(passage, context):
                yield passage, opening.start("year")


def _looks_back(near: str, year: str) -> bool:
    told = _UNTIL.sub("", near).replace("习近平", "")
    others = {match.group() for match in _ANY_YEAR.finditer(told)} - {year}
    return bool(others) or any(word in told for word in _LOOKING_BACK)


def _is_of_many(passage: Passage, context: Context) -> bool:
    """Whether the paragraphs beside it begin with other years: one after the other."""
    beside = (p for p in context.texts(Kind.PARAGRAPH) if p.draft is passage.draft and p.item is passage.item)
    openings = (_OPENING.match(each.unquoted) for each in beside)
    return len({opening["year"] for opening in openings if opening}) > 1
