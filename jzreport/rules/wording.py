"""W: words: the office's list, and the fixed forms no list can hold."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from jzreport.rules.base import (
    ERROR,
    PRACTICE,
    REGULATION,
    SENTENCE,
    STOPS,
    WARNING,
    Context,
    Found,
    Kind,
    Passage,
    places,
    rule,
)
from jzreport.rules.patterns import Pattern
from jzreport.wording import Word

# What a sentence says of a body that had another name then.
_HISTORY = (
    "原",
    "更名",
    "改名",
    "前身",
    "时任",
    "历史",
    "撤销",
    "划入",
    "并入",
    "整合",
    "合并",
    "转隶",
    "改组",
    "组建",
)
_NEAR = 60  # characters: as far as a sentence is looked at


def _hits(context: Context, *, errors: bool) -> Iterator[tuple[Passage, int, Word]]:
    """Yield where the wrong words of one level stand; of those that overlap, the first."""
    everything = "\n".join(passage.unquoted for passage in context.passages)
    words = [word for word in context.wording.words if word.is_error is errors and word.wrong in everything]
    words = [word for word in words if not 0 < context.year < word.since]
    for passage in context.passages if words else ():
        end = 0
        for start, n in sorted((start, n) for n, word in enumerate(words) for start in _places(word, passage)):
            if start >= end:
                end = start + len(words[n].wrong)
                yield passage, start, words[n]


def _places(word: Word, passage: Passage) -> Iterator[int]:
    """Yield where the word is wrong; a name that was right once is not while the sentence tells of that time."""
    for start in word.places(passage.unquoted, passage.string):
        if not (word.since and _is_history(passage.string, start)):
            yield start


def _is_history(string: str, place: int) -> bool:
    first, last = max(place - _NEAR, 0), place + _NEAR
    start = max(string.rfind(stop, first, place) for stop in STOPS) + 1 or first
    end = min((n for stop in STOPS if (n := string.find(stop, place, last)) >= 0), default=last)
    return any(word in string[start:end] for word in _HISTORY)


@rule("W01", "错别字和错误表述", ERROR, REGULATION)
def misspelt(context: Context) -> Iterator[Found]:
    """国家机关的公文应当使用规范汉字。国名、机构名、重要提法错一个字，公开后就是严重表述错误。

    词语表在 templates/wording.yaml 的“错别字”里，可以增删；《》和“”里的话不查。

    错误：

        攻府各部门认真履行职责。    ←

    错误：

        正文: |
          深入学习贯彻习近平法制思想。    ←
          对末经批准擅自施工的行为严历打击。    ←

    正确：

        政府各部门认真履行职责，深入学习贯彻习近平法治思想。

    正确：

        处罚决定公布署名，周末经批准可以加班，面对严峻工作形势，预防冶炼企业发生事故，陶冶理想情操。

    正确：

        督促编辑部改正“攻府”等错字。
    """
    for passage, start, word in _hits(context, errors=True):
        message = f"“{word.wrong}”应为“{word.right}”。"
        yield passage.found(start, start + len(word.wrong), message, f"请改成“{word.right}”。{word.remark}")


@rule("W02", "用词提醒", WARNING, PRACTICE)
def discouraged(context: Context) -> Iterator[Found]:
    """有的写法不算错字，但不合通行的说法，或者是已经改了的名称，读的人会觉得文字没有校过。

    词语表在 templates/wording.yaml 的“用词提醒”里，可以增删；《》和“”里的话不查。

    错误：

        行政机关负责人出庭率应诉率达92.12%。    ←

    错误：

        市环保局会同有关部门开展专项检查，全市学校配备法制副校长。    ←

    正确：

        行政机关负责人出庭应诉率达92.12%。

    正确：

        原市工商局的职责已经划入市场监督管理局。

    正确：

        # report.yaml
        年度: 2017
        标题: 示例市人民政府关于2017年度法治政府建设情况的报告
        成文日期: 2018-02-26
        # 01.yaml
        正文: 市环保局会同有关部门开展专项检查。
    """
    for passage, start, word in _hits(context, errors=False):
        message = f"“{word.wrong}”通常写成“{word.right}”。"
        yield passage.found(start, start + len(word.wrong), message, f"请看是否改成“{word.right}”。{word.remark}")


# The gap holds no particle: “习近平同志关于……的重要思想”“习近平在……的思想” are open forms, and 统一思想 is another word.
_THOUGHT = Pattern(r"习近平[^，。；、：（）“”《》\ufffc的在于对同和与及到把以]{0,14}?(?<!统一)(?<!解放)思想")
_PERSON = ("习近平总书记", "习近平同志", "习近平主席")


@rule("W26", "“习近平……思想”的提法", ERROR, REGULATION)
def thought(context: Context) -> Iterator[Found]:
    """“习近平……思想”的提法是固定的，多一字少一字都是严重表述错误。规范写法在 wording.yaml 的“固定提法”里。

    错误：

        深入学习贯彻习近平新时代法治思想。    ←

    正确：

        以习近平新时代中国特色社会主义思想为指导，深入贯彻习近平法治思想、习近平生态文明思想。

    正确：

        学习习近平总书记关于依法行政的重要思想，以习近平总书记重要讲话精神统一思想、指导实践。
    """
    fixed = context.wording.thoughts
    told = tuple(word.wrong for word in context.wording.words if word.is_error and word.wrong.startswith("习近平"))
    others = (*_PERSON, *fixed, *told)  # W01 tells what is in the list
    for passage in context.passages if fixed else ():
        string = passage.unquoted
        for start in places("习近平", string):
            if not string.startswith(others, start) and (match := _THOUGHT.match(string, start)):
                hint = "请照规范的提法改，例如“习近平新时代中国特色社会主义思想”“习近平法治思想”。"
                yield passage.found(match.start(), match.end(), f"没有“{match.group()}”这个提法。", hint)


_CHAIN = ("两个确立", "四个意识", "四个自信", "两个维护")
_SWAPPED_WORDS = ("坚定“四个意识", "坚定四个意识", "增强“四个自信", "增强四个自信")
_SWAPPED = Pattern("|".join(_SWAPPED_WORDS), *_SWAPPED_WORDS)


@rule("W27", "“四个意识”等的搭配和次序", WARNING, PRACTICE)
def chain(context: Context) -> Iterator[Found]:
    """增强的是“四个意识”，坚定的是“四个自信”，几个提法先后有序。抄漏、抄串了，行家一眼就看得出。

    错误：

        坚定“四个意识”、增强“四个自信”，不断提高政治站位。    ←

    错误：

        做到“两个维护”，坚定“四个自信”，各项工作取得新成效。    ←

    正确：

        深刻领悟“两个确立”的决定性意义，增强“四个意识”、坚定“四个自信”、做到“两个维护”。

    正确：

        坚决做到“两个维护”。全市干部深刻领悟“两个确立”的决定性意义，捍卫“两个确立”。
    """
    for passage in context.texts(Kind.COVER, Kind.HEADING, Kind.PARAGRAPH, Kind.CAPTION):
        string = passage.untitled
        for sentence in SENTENCE.finditer(string) if any(name in string for name in _CHAIN) else ():
            if swapped := _SWAPPED.search(string, *sentence.span()):
                message = f"“{swapped.group().replace('“', '')}”搭配错了。"
                hint = "通常是增强“四个意识”、坚定“四个自信”。"
                yield passage.found(*swapped.span(), message, hint)
            else:
                yield from _out_of_order(passage, *sentence.span())


def _out_of_order(passage: Passage, start: int, end: int) -> Iterator[Found]:
    """Yield the first of the four that a sentence names before one that should precede it."""
    named = [(place, name) for name in _CHAIN if (place := passage.untitled.find(name, start, end)) >= 0]
    for (before, earlier), (place, later) in pairwise(named):
        if place < before:
            message = f"“{later}”写在了“{earlier}”前面。"
            yield passage.found(place, place + len(later), message, f"通常的次序是“{'”“'.join(_CHAIN)}”。")
            return


_OWN = Pattern(
    r"(?<![自帮替为给让])我(?:局(?![部限面势促中])|委(?![托派员屈任婉])|厅|单位|部门|办(?![事理公案结完成证好到不]))",
    *("我局", "我委", "我厅", "我单位", "我部门", "我办"),
)
_DEPARTMENTS = ("局", "厅", "委", "办", "办公室", "委员会", "院", "中心", "部")


@rule("W28", "来稿里的“我局”“我委”", WARNING, PRACTICE)
def own_department(context: Context) -> Iterator[Found]:
    """各部门的来稿合成一份政府的报告后，“我局”就不知道说的是哪个局了。部门自己的报告不查。

    错误：

        我局制定行政检查计划，我单位配合开展。    ←

    正确：

        市司法局制定行政检查计划，引导干部克服自我局限；企业说，我委托窗口办理，省时省力。

    正确：

        # report.yaml
        发文机关: 示例市司法局
        标题: 示例市司法局关于2023年度法治政府建设情况的报告
        # 01.yaml
        正文: 我局制定行政检查计划。
    """
    if any(issuer.endswith(_DEPARTMENTS) for issuer in context.report.issuers):
        return
    for passage in context.passages:
        if passage.draft is None:
            continue
        for match in _OWN.finditer(passage.unquoted):
            message = f"政府的报告里写“{match.group()}”，看不出是哪个单位。"
            hint = f"请写单位名称，例如“{passage.draft.department}”。"
            yield passage.found(*match.span(), message, hint)


_REQUEST = Pattern(
    r"(?:妥否|当否|可否|是否(?:妥当|可行|同意))[，,]?\s?(?:敬请|恳请|特请|请)[^，。；]{0,6}(?:批示|批复|批准|审批|审定|核准)"
    r"|(?:^|(?<=[，。；：！]))(?:敬请|恳请|特请|请)(?:予以?|给予)?(?:批示|批复|批准|审批|核准)(?=[。！；]|$)"
    r"|(?:^|(?<=[，。；：！]))恳请[^，。；：“”]{0,20}(?:批准|批复|批示|审批)",
    *("妥否", "当否", "可否", "是否妥", "是否可", "是否同意", "敬请", "恳请", "特请"),
    *("请予", "请给予", "请批", "请审批", "请核准"),
)


@rule("W29", "报告里夹带请示", ERROR, REGULATION)
def request(context: Context) -> Iterator[Found]:
    """《党政机关公文处理工作条例》第十五条：不得在报告等非请示性公文中夹带请示事项。上级对报告不作答复，事情会落空。

    错误：

        拟增加行政执法人员编制，妥否，请批示。    ←

    错误：

        恳请省政府批准设立示范区。    ←

    正确：

        重大事项报请市委批准后实施，及时报上级批示，以上报告请予审阅。

    正确：

        # report.yaml
        结语: 特此报告。
        # 01.yaml
        正文: 群众询问是否同意受理，窗口当场答复。
    """
    for passage in context.texts(Kind.COVER, Kind.HEADING, Kind.PARAGRAPH):
        for match in _REQUEST.finditer(passage.unquoted):
            message = f"“{match.group()}”是请示的话，报告里不能夹带请示事项。"
            yield passage.found(*match.span(), message, "请删去，另行文请示。")


RULES = (misspelt, discouraged, thought, chain, own_department, request)
