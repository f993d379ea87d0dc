"""Rates and shares of a sentence that tells the counts they are made of, too."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from jzreport.rules.amounts import ANYTHING, Amount, amounts, range_of, rounded, value_of
from jzreport.rules.base import Found, Passage
from jzreport.rules.patterns import HAN, Pattern

RECOUNT = "请核对；含往年结转的，请在句子里或指标的“口径”里写明。"
AMONG = Pattern(f"[，,、；;（(]?其中[：:，,]?{HAN}{{0,12}}$", "其中")
_MAX_AMOUNTS = 12  # of one sentence: nobody reads more as one statement
RATE = Pattern(
    rf"(?<![^，,、（(：:])(?P<done>{HAN}{{2,4}})率(?:均|已|都)?(?:达到?|为|是)?(?P<rate>\d{{1,3}}(?:\.(?P<decimals>\d{{1,4}}))?)[%％]",
    *(f"率{after}" for after in "均已都达为是0123456789"),
)
_ALONE = Pattern("[，,、：:（(](?:已|共|全部|现已|目前|当年){0,2}$")
_NEAR = 8  # as far back as _ALONE looks
# Right behind the part: 其中网上办件102.4万件，占比78.6%.
SHARE = Pattern(r"[，,、（(](?:所)?占比(?:达到?|为|是)?", "占比")


def has_rate(string: str) -> bool:
    """Whether a text tells a rate or a share."""
    return RATE.search(string) is not None or SHARE.search(string) is not None


def wrong_rates(passage: Passage, start: int, end: int) -> Iterator[Found]:
    """Yield the rates and shares of a sentence that no two of its counts make."""
    string = passage.untitled
    told = tuple(islice(amounts(string, start, end), _MAX_AMOUNTS + 1))
    if len(told) > _MAX_AMOUNTS or not all(amount.is_exact for amount in told):
        return
    yield from _wrong_shares(passage, told)
    for match in RATE.finditer(string, start, end):
        rate = next((amount.range for amount in told if amount.end == match.end()), ANYTHING)
        counts = [amount for amount in told if not amount.quantity.is_rate and amount.end < match.start()]
        done = [n for n, count in enumerate(counts) if _is_after(match["done"], string[start : count.start])]
        pairs = [(counts[n], whole) for n in done for whole in _wholes(n, counts)]
        if pairs and not any(rate.low <= value_of(part.quantity) / whole <= rate.high for part, whole in pairs):
            part, whole = pairs[0]
            ratio = rounded(value_of(part.quantity) / whole * 100, len(match["decimals"] or ""))
            counted = f"{rounded(whole, 6)}{part.quantity.unit}里{match['done']}{part}"
            message = f"{match['done']}率写的是{match['rate']}%，{counted}，算出来是{ratio}%。"
            yield passage.found(match.start("rate"), match.end(), message, RECOUNT)


def _is_after(word: str, before: str) -> bool:
    """Whether a text ends in a clause that is this word alone, as in “，已办结”."""
    return before.endswith(word) and _ALONE.search(before[: -len(word)][-_NEAR:]) is not None


def _wholes(n: int, counts: list[Amount]) -> list[Fraction]:
    """Return what the n-th count may be a part of: an earlier one, the nearest first, or a sum of neighbours."""
    part = counts[n].quantity
    like = [(value_of(count.quantity), m) for m, count in enumerate(counts) if count.quantity.is_like(part)]
    earlier = [value for value, m in reversed(like) if m < n and value >= value_of(part)]
    sums = [
        sum((value for value, _ in like[a:b]), Fraction())
        for a in range(len(like))
        for b in range(a + 2, len(like) + 1)
    ]
    return [whole for whole in (*earlier, *sums) if whole and whole >= value_of(part)] if earlier else []


def _wrong_shares(passage: Passage, told: tuple[Amount, ...]) -> Iterator[Found]:
    """Yield the shares that are not what the part is of the whole before it: 办件130.2万件，其中网上办件102.4万件，占比70.6%."""
    string = passage.untitled
    for whole, part, share in zip(told, told[1:], told[2:], strict=False):
        between, before = string[whole.end : part.start], string[part.end : share.start]
        is_share = share.quantity.unit in ("%", "％") and SHARE.fullmatch(before) and AMONG.fullmatch(between)
        if not is_share or not whole.quantity.is_like(part.quantity) or whole.quantity.is_rate:
            continue
        if not whole.quantity.number or share.range.meets(range_of(part.quantity) / range_of(whole.quantity)):
            continue
        ratio = rounded(value_of(part.quantity) / value_of(whole.quantity) * 100, 1)
        message = f"占比写的是{share}，{whole}里的{part}，算出来是{ratio}%。"
        yield passage.found(share.start, share.end, message, "请核对这几个数。")
