"""W: words: the office's list, and what no list can hold."""

from __future__ import annotations

from collections.abc import Iterator

from jzreport.rules.base import (
    ERROR,
    PRACTICE,
    REGULATION,
    STOPS,
    WARNING,
    Context,
    Found,
    Kind,
    Passage,
    rule,
)
from jzreport.rules.patterns import Pattern
from jzreport.wording import Word

# What a sentence says of a body that had another name then: “原市工商局、质监局”, “撤销市工商局”, “市工商局并入……”.
_FORMERLY = Pattern(r"(?<![草高平中还复病])原(?![则因料告油始理创文籍址地件])[^，。；]{0,30}$", "原")
_REFORM = Pattern(
    "更名|改名|前身|时任|历史上|划入|划转|并入|转隶|改组|机构改革"
    "|(?:撤销|整合|合并|组建)[^，。；]{0,20}[局委办厅]|(?:撤销|整合|合并)(?:后|前|为|到|至)",
    *("更名", "改名", "前身", "时任", "历史上", "划入", "划转", "并入", "转隶", "改组", "机构改革"),
    *("撤销", "整合", "合并", "组建"),
)
_THEN = Pattern("((?:19|20)[0-9]{2})年", "年")
_NEAR = 60  # characters: as far as a sentence is looked at


def _hits(context: Context, *, errors: bool) -> Iterator[tuple[Passage, int, Word]]:
    """Yield where the wrong words of one level stand; of those that overlap, the first."""
    words = [word for word in context.wording.words if word.is_error is errors and context.pieces.hold(word.wrong)]
    words = [word for word in words if not 0 < context.year < word.since]
    for passage in context.passages_holding([word.wrong for word in words]):
        end = 0
        for start, n in sorted((start, n) for n, word in enumerate(words) for start in _places(word, passage)):
            if start >= end:
                end = start + len(words[n].wrong)
                yield passage, start, words[n]


def _places(word: Word, passage: Passage) -> Iterator[int]:
    """Yield where the word is wrong; a name that was right once is not while the sentence tells of that time."""
    for start in word.places(passage.unquoted, passage.string):
        if not (word.since and _is_history(passage.string, start, word)):
            yield start


def _is_history(string: str, place: int, word: Word) -> bool:
    first, last = max(place - _NEAR, 0), place + _NEAR
    start = max(string.rfind(stop, first, place) for stop in STOPS) + 1 or first
    end = min((n for stop in STOPS if (n := string.find(stop, place, last)) >= 0), default=last)
    return bool(
        _FORMERLY.search(string, start, place)
        or string.startswith("原", place + len(word.wrong))  # “市环保局原局长”
        or _REFORM.search(string, start, end)
        or any(int(match[1]) < word.since for match in _THEN.finditer(string, start, end))
    )


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

    错误：

        市环保局坚持原则，严格执法。    ←

    错误：

        市环保局撤销行政许可3件，整合执法力量。    ←

    正确：

        行政机关负责人出庭应诉率达92.12%。

    正确：

        原市工商局的职责已经划入市场监督管理局。该公司经县工商局2005年登记，办法由市政府法制办于2016年起草。

    正确：

        # report.yaml
        年度: 2017
        标题: 示例市人民政府关于2017年度法治政府建设情况的报告
        成文日期: 2018-02-26
        # 01.yaml
        正文: 市环保局会同有关部门开展专项检查。
    """
    for passage, start, word in _hits(context, errors=False):
        message = f"“{word.wrong}”{'是从前的说法' if word.since else f'通常写成“{word.right}”'}。"
        yield passage.found(start, start + len(word.wrong), message, f"请看是否改成“{word.right}”。{word.remark}")


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
    for passage in context.passages_with(_OWN):
        if passage.draft is None:
            continue
        for match in _OWN.finditer(passage.unquoted):
            message = f"政府的报告里写“{match.group()}”，看不出是哪个单位。"
            hint = f"请写单位名称，例如“{passage.draft.department}”。"
            yield passage.found(*match.span(), message, hint)


_REQUEST = Pattern(
    r"(?:妥否|当否|可否|是否(?:妥当|可行|同意))[，,]?\s?(?:敬请|恳请|特请|请)[^，。；]{0,6}(?:批示|批复|批准|审批|审定|核准)"
    r"|(?:^|(?<=[，。；：！]))(?:以上(?:事项|意见)?)?(?:敬请|恳请|特请|请)(?:予以?|给予)?(?:批示|批复|批准|审批|核准)(?=[。！；]|$)"
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

    错误：

        以上请予批准。    ←

    正确：

        重大事项报请市委批准后实施，及时报上级批示，以上报告请予审阅。

    正确：

        # report.yaml
        结语: 特此报告。
        # 01.yaml
        正文: 群众询问是否同意受理，窗口当场答复。
    """
    for passage in context.passages_with(_REQUEST, kinds=(Kind.COVER, Kind.HEADING, Kind.PARAGRAPH)):
        for match in _REQUEST.finditer(passage.unquoted):
            message = f"“{match.group()}”是请示的话，报告里不能夹带请示事项。"
            yield passage.found(*match.span(), message, "请删去，另行文请示。")


_UP_TO = Pattern(
    "(?:^|(?<=[，。；、：]))截止到?(?:20[0-9]{2}年(?:[0-9]{1,2}月)?|[0-9]{1,2}月)(?:[0-9]{1,2}日)?[底末]?(?=[，,全我共累已])",
    "截止",
)
_DURATION = ("自", "起", "从", "期限", "时间", "报名", "申报", "登记")


def _last_stop(string: str) -> int:
    return max(string.rfind(stop) for stop in STOPS) + 1


@rule("W30", "“截止”和“截至”", WARNING, PRACTICE)
def up_to(context: Context) -> Iterator[Found]:
    """说到某一天为止的情况，用“截至”；“截止”是到此结束。一字之差，细心的读者会看出来。

    错误：

        截止2023年底，全市共有行政执法人员1200人。    ←

    错误：

        全市平稳有序，截止12月31日，办结行政复议案件514件。    ←

    正确：

        截至2023年底，全市共有行政执法人员1200人。

    正确：

        活动自1月1日起，截止12月31日，共收到建议12条。报名时间为3月，截止4月1日，已有100人报名。意见征集截止6月30日。
    """
    for passage in context.passages_with(_UP_TO, kinds=(Kind.HEADING, Kind.PARAGRAPH, Kind.CAPTION)):
        string = passage.unquoted
        for match in _UP_TO.finditer(string):
            before = string[max(match.start() - _NEAR, 0) : match.start()]
            if not any(word in before[_last_stop(before) :] for word in _DURATION):
                message = f"“{match.group()}”的“截止”通常写成“截至”。"
                yield passage.found(match.start(), match.start() + 2, message, "说到某一天为止的情况，请改成“截至”。")


RULES = (misspelt, discouraged, own_department, request, up_to)
