"""S: how drafts fit together: copies, and what has not come; what goes with a 密级."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, islice
from typing import NamedTuple

from jzreport.chinese import closest, fold
from jzreport.diagnostics import Span
from jzreport.draft import Draft, Paragraph
from jzreport.keys import ReportKeys
from jzreport.rules.base import ERROR, PRACTICE, STANDARD, WARNING, Context, Found, Kind, Passage, count_han, rule

_TELLING = 10  # Han characters that tell most texts from others
_LONG = 20  # Han characters: two people do not write so much in the same words
_CHANGED = ("修改", "修订", "改后", "副本", "终稿", "定稿", "最终", "最新", "新版")
_COMPARED = 20  # drafts of one department for one node: nobody hands in more, and comparing all takes their square
_QUOTED = 15  # characters of a text that a message quotes


@rule("S15", "同一条内容交了两次", ERROR, PRACTICE)
def handed_in_twice(context: Context) -> Iterator[Found]:
    """同一段话在报告里会印两遍，多半是把来稿复制了一份留在文件夹里，或两个单位交了同一条。

    错误：

        # 01-市司法局.yaml
        条目:
          - 标题: 加强行政复议
            正文: 全年依法受理行政复议案件，推动复议机构和人员到位，做到应受尽受、应调尽调。
        # 01-市司法局-副本.yaml
        条目:
          - 标题: 加强行政复议
            正文: 全年依法受理行政复议案件，推动复议机构和人员到位，做到应受尽受、应调尽调。    ←

    错误：

        条目:
          - 标题: 加强行政复议
            正文: 全年依法受理行政复议案件，推动复议机构和人员到位，做到应受尽受、应调尽调。
          - 标题: 加强行政应诉
            正文: 全年依法受理行政复议案件，推动复议机构和人员到位，做到应受尽受、应调尽调。    ←

    正确：

        条目:
          - 标题: 加强行政复议
            正文: 成效明显。
          - 标题: 加强行政应诉
            正文: 成效明显。

    正确：

        条目:
          - 标题: 加强行政复议
            正文: 依法受理行政复议案件，推动复议机构和人员到位，做到应受尽受、应调尽调。
          - 标题: 加强行政应诉
            正文: 依法办理行政应诉案件，推动行政机关负责人出庭应诉，做到应出尽出、应诉尽诉。
    """
    contents = list(_contents(context))
    alike = Counter(opening for opening, _, _ in contents)
    repeated = [(text, passage) for opening, text, passage in contents if alike[opening] > 1]
    first: dict[str, Passage] = {}
    # A copy has the longer name: “01 - 副本.yaml” is the copy of “01.yaml”, though it comes first in the folder.
    for text, passage in sorted(repeated, key=lambda content: (len(content[1].file), content[1].file)):
        original = first.setdefault(fold(text), passage)
        if original is not passage and count_han(text) >= _LONG:
            place = original.span(0)
            where = "本稿" if place.file == passage.file else f" {place.file} "
            message = f"“{passage.string[:_QUOTED]}……”在{where}第{place.line}行已经有了，会印两遍。"
            hint = "请留下一处，删去另一处；整份来稿都重复的，请移走一份。"
            yield Found(passage.span(), message, hint, related=((place, "前一处在这里"),))


def _contents(context: Context) -> Iterator[tuple[str, str, Passage]]:
    """Yield how each 正文 begins, its text and its first paragraph."""
    for _, group in groupby(context.texts(Kind.PARAGRAPH), key=lambda passage: (passage.file, id(passage.item))):
        passages = list(group)
        text = "".join(passage.string for passage in passages)
        yield _opening(text), text, passages[0]


def _opening(text: str) -> str:
    """Return the first Han characters, which folding leaves alone: it costs ten times as much, and few begin alike."""
    return "".join(islice((character for character in text if "\u3400" <= character <= "\u9fff"), _TELLING))


@rule("S16", "两条的标题相同", WARNING, PRACTICE)
def same_title(context: Context) -> Iterator[Found]:
    """同一节里两条的标题相同，印出来是两个一样的标题：两个单位写了同一件事，或者照着一条加一条，忘了改标题。

    错误：

        # 01-市司法局.yaml
        条目:
          - 标题: 加强法治宣传
            正文: 开展宪法宣传周活动。
        # 02-市教育局.yaml
        填报单位: 市教育局
        条目:
          - 标题: 加强法治宣传    ←
            正文: 开展法治进校园活动。

    错误：

        条目:
          - 标题: 加强法治宣传
            正文: 开展宪法宣传周活动。
          - 标题: 加强法治宣传    ←
            正文: 培育“法律明白人”。

    正确：

        # 01-市司法局.yaml
        条目:
          - 标题: 加强法治宣传
            正文: 开展宪法宣传周活动。
        # 02-市司法局.yaml
        章节: 下步打算
        条目:
          - 标题: 加强法治宣传
            正文: 继续开展宪法宣传周活动。
    """
    again = tuple(_same_titles(context))
    versions = {frozenset((one.file, other.file)) for one, other in _versions(context)} if again else set()
    for original, passage in again:
        if {original.file, passage.file} in versions or _is_copy(original, passage):
            continue  # S26 tells of the whole drafts, S15 of the text
        place = original.span()
        where = f" {place.file} " if original.file != passage.file else ""
        message = f"“{passage.string}”这个标题{where}第{place.line}行也用了，内容不同。"
        hint = "请商定合成一条，或改一个标题。" if where else "请合成一条，或改一个标题。"
        yield passage.found(0, len(passage.string), message, hint)._replace(related=((place, "另一条在这里"),))


def _same_titles(context: Context) -> Iterator[tuple[Passage, Passage]]:
    """Yield the titles of items that another item of the same node has before them: that one, and the title."""
    first: dict[tuple[str, str], Passage] = {}
    outermost = {id(item) for draft in context.drafts for item in draft.items}
    for passage in context.texts(Kind.HEADING):
        if passage.draft is not None and id(passage.item) in outermost:
            original = first.setdefault((str(passage.draft.node_key), fold(passage.string)), passage)
            if original is not passage:
                yield original, passage


def _is_copy(*titles: Passage) -> bool:
    """Whether S15 tells of the two items."""
    items = [title.item for title in titles if title.item]
    texts = ["".join(str(b.text) for b in item.body if isinstance(b, Paragraph)) for item in items]
    return fold(texts[0]) == fold(texts[1]) and count_han(texts[0]) >= _LONG


@rule("S26", "同一单位同一节交了两份", WARNING, PRACTICE)
def two_versions(context: Context) -> Iterator[Found]:
    """改了一稿另存一份，原来的还留在文件夹里，两份都会印出来。同一单位分几份写同一节的不同内容，不在此列。

    错误：

        # 03-市司法局.yaml
        条目:
          - 标题: 加强行政复议
            正文: 依法受理行政复议案件，做到应受尽受。
        # 03-市司法局（修改稿）.yaml
        章节: 工作情况    ←
        条目:
          - 标题: 加强和改进行政复议
            正文: 依法受理行政复议案件，做到应受尽受、应调尽调。

    正确：

        # 03-市司法局.yaml
        条目:
          - 标题: 加强行政复议
            正文: 依法受理行政复议案件，做到应受尽受。
        # 04-市司法局.yaml
        条目:
          - 标题: 加强行政应诉
            正文: 推动行政机关负责人出庭应诉。
        # 05-市司法局.yaml
        章节: 下步打算
        正文: 好。
    """
    versions = tuple(_versions(context))
    copies = handed_in_twice.check(context) if versions else ()
    copied = {frozenset((found.span.file, found.related[0][0].file)) for found in copies}
    for one, other in versions:
        if {one.file, other.file} not in copied:
            place = other.node_key.span() or Span(other.file)
            message = f"{other.department}已经交了一份 {one.file}，写的是同一节，两份都会印出来。"
            hint = "请留下要用的一份，移走另一份；两份都要的，请合成一份。"
            related = ((one.node_key.span() or Span(one.file), "另一份在这里"),)
            yield Found(place, message, hint, related=related)


class _Version(NamedTuple):
    """A draft by what tells it from another version of itself."""

    draft: Draft
    name: str  # the file's, without folder and suffix
    titles: frozenset[str]

    def follows(self, other: _Version) -> bool:
        """Whether it is named like the other one changed, or half of its titles are the other's."""
        if self.name.startswith(other.name) and not self.name.removeprefix(other.name)[0].isdigit():
            return True
        same = len(self.titles & other.titles)
        is_changed = any(word in self.name for word in _CHANGED)
        return is_changed or (same > 0 and 2 * same >= min(len(self.titles), len(other.titles)))


def _versions(context: Context) -> Iterator[tuple[Draft, Draft]]:
    """Yield pairs of drafts of one department for one node that look like two versions, the longer name second."""
    first = dict[tuple[str, str], list[_Version]]()
    for draft in sorted(context.typed, key=lambda draft: (len(draft.file), draft.file)):
        earlier = first.setdefault((str(draft.node_key), str(draft.department)), [])
        name = draft.file.rpartition("/")[2].rpartition(".")[0]
        version = _Version(draft, name, frozenset(fold(str(item.title)) for item in draft.items if item.title))
        if one := next((each for each in earlier[:_COMPARED] if version.follows(each)), None):
            yield one.draft, draft
        earlier.append(version)


@rule("S22", "牵头单位没有来稿", WARNING, PRACTICE, needs_whole=True)
def not_handed_in(context: Context) -> Iterator[Found]:
    """牵头单位对一节负责，自己没有交稿、只有别的单位交了的，容易漏掉主要工作。配合单位可以经牵头单位供稿，不查。

    错误：

        # report.yaml
        结构:
          - 键: 工作情况    ←
            标题: 工作情况
            牵头单位: 市司法局
            配合单位: [市公安局]
        # 01.yaml
        填报单位: 市公安局
        正文: 好。

    正确：

        # report.yaml
        结构:
          - 键: 工作情况
            标题: 工作情况
            牵头单位: 市司法局
            配合单位: [市公安局, 市财政局]
        # 01.yaml
        正文: 好。
        # 02.yaml
        填报单位: 市公安局
        正文: 好。
    """
    for node in context.report.nodes():
        below = (draft for each in node.walk() for draft in each.drafts)
        come = {closest(str(draft.department), node.departments) for draft in below}  # S05 tells of a misspelt name
        if node.drafts and node.lead_department and node.lead_department not in come:
            hint = "请催收；不用交稿的，请改“牵头单位”。"
            message = f"“{node.title or node.key}”还没有收到牵头单位{node.lead_department}的来稿。"
            yield Found(node.span, message, hint)


@rule("S24", "来稿没有内容", WARNING, PRACTICE)
def empty_draft(context: Context) -> Iterator[Found]:
    """只写了章节和填报单位，什么也印不出来。只交指标、由别的来稿引用的不算。

    错误：

        章节: 工作情况    ←
        填报单位: 市司法局

    正确：

        正文: 好。

    正确：

        # 01.yaml
        正文: 受理行政复议案件{{ 行政复议受理 }}。
        # 02.yaml
        章节: 工作情况
        指标:
          行政复议受理: 534件
    """
    for draft in context.typed:
        if draft.is_bare:  # F08 tells of figures that nobody prints
            place = draft.node_key.span() or Span(draft.file)
            yield Found(place, "这份来稿没有正文，也没有条目。", "请写上“正文”或“条目”；用不着的来稿请移走。")


@rule("S25", "涉密公文没有份号", WARNING, STANDARD)
def no_copy_number(context: Context) -> Iterator[Found]:
    """涉密公文应标注份号（GB/T 9704—2012 的7.2.1），没有份号就无法逐份登记、清退。

    错误：

        # report.yaml
        密级: 秘密    ←
        保密期限: 1年
        # 01.yaml
        正文: 好。

    正确：

        # report.yaml
        份号: "000001"
        密级: 秘密
        保密期限: 1年
        # 01.yaml
        正文: 好。

    正确：

        正文: 好。
    """
    report = context.report
    for passage in context.texts(Kind.COVER):
        is_told = bool(report.copy_number) or ReportKeys.copy_number.key in report.left_blank
        if report.classification == passage.string and not is_told:
            hint = "请加上一行“份号: 000001”；不涉密的，请删去“密级”和“保密期限”。"
            yield passage.found(0, len(passage.string), f"写了密级“{passage.string}”，没有写份号。", hint)


RULES = (handed_in_twice, same_title, two_versions, not_handed_in, empty_draft, no_copy_number)
