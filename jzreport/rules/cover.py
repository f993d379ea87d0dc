"""Y: what the cover says twice and last year's cover leaves behind."""

from __future__ import annotations

from collections.abc import Iterator

from jzreport.chinese import format_date
from jzreport.rules.base import PRACTICE, WARNING, Context, Found, Kind, Passage, rule
from jzreport.rules.patterns import HAN, Pattern
from jzreport.text import Text

_NUMBERED = Pattern(r"[〔\[［【(（](20[0-9]{2})[〕\]］】)）]", *(f"{mark}20" for mark in "〔[［【(（"))


@rule("Y06", "成文日期与年度、发文字号不合", WARNING, PRACTICE)
def document_date(context: Context) -> Iterator[Found]:
    """年度报告在下一年的年初成文；照上年的 report.yaml 改写时有一处没有跟着改，文件的日期、字号就错了一年。

    错误：

        # report.yaml
        年度: 2023
        成文日期: 2023-02-26    ←

    错误：

        # report.yaml
        成文日期: 2024-02-26
        发文字号: 示府〔2023〕8号    ←

    错误：

        # report.yaml
        成文日期: 2024-02-26
        印发日期: 2024-02-25    ←

    正确：

        # report.yaml
        成文日期: 2024-02-26
        印发日期: 2024-02-26
        发文字号: 示府〔2024〕8号

    正确：

        # report.yaml
        成文日期: 2023-12-29
        印发日期: 2024-01-02
        发文字号: 示府〔2023〕98号
    """
    report, year = context.report, context.year
    date, printed = report.document_date, report.printing_date
    if not date:
        return
    place, place_printed = report.date_places or (report.root.span, report.root.span)
    if date.year != year + 1 and (date.year, date.month) != (year, 12):
        message = f"这是{year}年度的报告，成文日期写的是“{format_date(date)}”。"
        yield Found(place, message, f"通常在{year + 1}年年初成文，请核对“成文日期”和“年度”。")
    if printed and printed < date:
        message = f"印发日期“{format_date(printed)}”早于成文日期“{format_date(date)}”。"
        hint = "印发在成文之后，请核对“印发日期”和“成文日期”。"
        yield Found(place_printed, message, hint, related=((place, "成文日期写在这里"),))
    number = _NUMBERED.search(report.document_number)
    if number and int(number[1]) != date.year:
        message = f"发文字号写的是“{number[1]}”，成文日期在{date.year}年。"
        yield _typed(context, report.document_number).found(
            *number.span(1), message, "请核对“发文字号”和“成文日期”里的年份。"
        )


_ORGAN = Pattern("^([^，。（）()《》]{2,40}?人民政府)关于", "人民政府")
_PLACE = Pattern(
    f"^(?:关于)?({HAN}{{1,8}}?[省市县区州旗盟镇乡])20[0-9]{{2}}年", *(f"{kind}20" for kind in "省市县区州旗盟镇乡")
)


@rule("Y07", "封面上的地名和机关前后不一", WARNING, PRACTICE)
def names(context: Context) -> Iterator[Found]:
    """照别处的或旧的 report.yaml 改写，标题、署名、地区里容易留下别人的名称，封面上就有了两个机关。

    看标题开头的地名和人民政府、“署名”和“地区”；简称、由长到短的写法不查。

    错误：

        # report.yaml
        标题: 某某市人民政府关于2023年度法治政府建设情况的报告    ←

    错误：

        # report.yaml
        标题: 别处县2023年度法治政府建设情况报告    ←

    错误：

        # report.yaml
        署名: 别处市人民政府    ←

    错误：

        # report.yaml
        地区: 别处市    ←

    正确：

        # report.yaml
        标题: 示例市2023年度法治政府建设情况报告
        署名: 示例市人民政府

    正确：

        # report.yaml
        发文机关: 示例市市场监督管理局
        标题: 示例市市场监督管理局关于2023年度法治政府建设情况的报告
        署名: 示例市市场监管局

    正确：

        # report.yaml
        地区: 示例区
        发文机关: [中共示例市示例区委员会, 示例市示例区人民政府]
        标题: |
          中共示例市示例区委员会　示例市示例区人民政府
          关于2023年度法治政府建设情况的报告
        署名: [中共示例区委, 示例区人民政府]
    """
    report = context.report
    if not context.year:
        return
    issuers = "、".join(report.issuers)
    first = str(report.title[0])
    title = "".join(map(str, report.title))
    for pattern in (_ORGAN, _PLACE):
        if (match := pattern.search(title)) and not _agree(match[1], (*report.issuers, report.region, issuers)):
            end = min(match.end(1), len(first))
            message = f"标题里写的是“{match[1]}”，“发文机关”填的是“{issuers}”。"
            yield _typed(context, first).found(match.start(1), end, message, "请核对标题和“发文机关”。")
    for name in report.signatures:
        if not _agree(name, report.issuers):
            message = f"署名“{name}”不在“发文机关”（{issuers}）里。"
            yield _typed(context, name).found(0, len(name), message, "请核对“署名”和“发文机关”。")
    region = report.region
    if region and issuers.endswith("人民政府") and not _agree(region, report.issuers):
        message = f"“地区”填的是“{region}”，“发文机关”填的是“{issuers}”。"
        yield _typed(context, region).found(0, len(region), message, "请核对“地区”和“发文机关”。")


def _agree(name: str, others: tuple[str, ...]) -> bool:
    """Whether the name is one of the others, or a shorter or longer form of one."""
    return any(_is_short_for(name, other) or _is_short_for(other, name) for other in others if other)


def _is_short_for(short: str, name: str) -> bool:
    """Whether a name's characters stand in the other in the same order: 市场监管局, 市场监督管理局."""
    left = iter(name)
    return all(character in left for character in short if not character.isspace())


def _typed(context: Context, string: str) -> Passage:
    """Return what report.yaml says with these characters, as a passage."""
    text = next((text for text in context.report.cover if str(text) == string), Text.made(string))
    return Passage(text, Kind.COVER, context.report.root.span.file)


RULES = (document_date, names)
