"""S: words that stand in for what was to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jzreport.references import Figures
from jzreport.rules.base import ERROR, PRACTICE, Context, Found, Kind, Passage, rule
from jzreport.rules.patterns import HAN, Pattern

# What may follow a blank that stands for a number.
_COUNTED = (
    r"(?:[ 　]?(?:[件项份篇宗元亿余%％]|日(?![前常后])|次(?!日)|场(?!所)|条(?!件)|万(?!某)|年(?![龄满])|月(?![薪收])"
    r"|个(?![人体])|名(?![下义])|起(?!诉)|期(?!间)|批(?![评准])|人(?![身民格])|家(?![属人庭中])))"
)
# A case quotes 李××诉…, ××公司: only what is counted, dated or governed is sure to stand for something to come.
_RUN = "(?:[Xx]{2,}+|[Ｘｘ]{2,}+|×{2,}+)"
_STAND_IN = Pattern(
    rf"(?<=[第〕\]］]){_RUN}|(?<![A-Za-z×Ｘｘ]){_RUN}(?:(?={_COUNTED})"
    r"|(?=(?P<named>[ 　]?(?:市(?![民场])|[省县区镇乡局厅](?!民)|街道|部门|会议|活动|专项))))",
    *"XxＸｘ×",
)
_CASE = Pattern("诉[^。；，]*案", "诉")  # 李××诉××县公安局行政处罚案
_SINGLE = Pattern(
    r"[XxＸｘ×]月[XxＸｘ×]日|(?<=第)[XxＸｘ×](?=[次届号条期批])|(?<=\d年)[XxＸｘ×]月"
    r"|(?<![A-Za-z0-9+＋、])[NnＮ](?=件|人次|场次|份|[%％])",
    *"XxＸｘ×NnＮ",
)
_BLANK = Pattern(
    rf"[?？](?=(?:人次|[件份项户场个]|[%％])(?:[，。、；,;）)]|$))|[（(][ 　]*[）)](?={_COUNTED})"
    r"|【[ 　]*】|《[ 　]*》|(?<=\d年)[ 　]+月(?:[ 　]*日)?|(?<=\d月)[ 　]+日(?=[，。、；,;）)]|$)",
    *("?", "？", "年 ", "年　", "月 ", "月　"),
    *(f"{mark}{next_}" for mark, close in ("（）", "()", "【】", "《》") for next_ in (close, " ", "　")),
    *("（)", "(）"),
)
# **件 as against **重点**: what the first alternative takes is bold and no gap.
_STARS = Pattern(
    rf"(?<!\*)\*{{2,}}+(?:(?!{_COUNTED})[^*，。；、：]{{1,30}}+\*{{2,}}+"
    rf"|[^*，。；、：]{{1,30}}+\*{{2,}}+(?:(?<=[\d一二三四五六七八九十百千万亿两余多]\*\*)|(?!{_COUNTED})))"
    rf"|(?<!\*)(?P<gap>\*{{2,}}+)(?={_COUNTED})",
    "**",
)
_BRACED = Pattern(rf"(?<![{{｛$])[{{｛][ 　]*(?P<name>{HAN}{{1,20}})[ 　]*[}}｝](?![}}｝])", "{", "｛")
_BROKEN = Pattern(
    r"#(?:REF!|VALUE!|N/A|NAME\?|DIV/0!|NUM!|NULL!)|错误[！!](?:未找到引用源|未定义书签|文档中没有指定样式的文字)"
    r"|(?:锟斤拷|烫烫烫|屯屯屯)+",
    *("#", "错误", "锟斤拷", "烫烫烫", "屯屯屯"),
)
_STOCK_NAMES = frozenset(name + n for name in "张王李赵钱孙周吴郑刘陈" for n in "一二三四五六七八九")
_NAME_ENDS = "(?![^，。、；：！？（）的等和与及]|等于)"  # 李四光纪念馆, 王五庄村
_TO_COME = "补|补充|补报|填|填写|填报|定|核|核实|核对|确认|更新|完善|提供|续|添加|汇总"
_SUBJECTS = ("此处", "数据", "数字", "内容", "名称", "具体")
_UNFILLED = Pattern(
    r"[？?]{2,}+"
    r"|(?<![A-Za-z0-9_＿])[_＿]{2,}+(?![A-Za-z0-9])"
    r"|[【\[［](?:数字|数据|数|内容|名称|单位|部门|日期|时间|地点|姓名|标题|年份|金额|文件名|文号|图片|表格|链接)[】\]］]"
    r"|此处省略|请(?:在此)?(?:输入|录入)(?:正文|标题|内容|文字|文本|名称)|[单点]击此处(?:输入|添加|编辑)"
    r"|[【\[［](?:待|此处|请(?:填|补|核|插|修|删))[^【】\[\]［］]{0,30}[】\]］]"
    rf"|[（(](?:{'|'.join(_SUBJECTS)})?待(?:{_TO_COME})[）)]"
    r"|[（(]待(?![遇业人岗产命])[^（）()，。；]{1,8}(?:补充|补报|填写|填报|核实|核对|提供)[）)]"
    r"|(?<![A-Za-z])(?:TODO|TBD|todo|tbd)(?![A-Za-z])",
    *("此处", "请输入", "请录入", "请在此"),
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

        全年办理行政复议案件**件，办结率**%，2023年 月 日召开会议。    ←

        依据《 》制定规章N件，受理{案件数量}。    ←

        详见#REF!，错误！未找到引用源。    ←

    错误：

        正文: |
          【依托平台开展监管，形成闭环。】    ←

          请填写2023年的情况    ←

          # 2022年：优化行政复议审理机制，提高办案质效。    ←

    错误：

        正文: |
          【2022年全市立案受理行政复议案件534件，同比增长9.9%。】    ←
          编制《示例市行政复议典型案例选编》。
          【加强与法院、检察院的府院联动】    ←
          【典型案例】评选结果已经公布；【请填写府院联动的情况】# 2022年：优化审理机制。    ←

    错误：

        # report.yaml
        发文字号: 示府〔2024〕××号    ←
        # 01.yaml
        条目:
          - 标题: ……    ←
            正文: 好。

    正确：

        开展“××局长走流程”活动，提供7×24小时服务，采购XXL号服装20件。

        李××诉示例市公安局案、张XX起诉××公司案、王某诉××市××区人民政府案入选典型案例。

        保护李四光纪念馆，**重点**件件有回音，建设1+N件次体系，来访是不是减少了？件件有回音。

        出台《××市行政执法案卷评查办法（示范文本）》。

        保障困难群众生活（待遇标准见附件），基层执法力量还有待补充。

        分年度看，2021年：受理案件498件；2022年：受理案件514件；2023年：受理案件534件。

        【案例一】市司法局调解李××与王××合同纠纷。

        开展【典型案例】评选。【以案释法】专栏、【案例二：某公司不服处罚，申请行政复议案】受到好评。

        “政策怎么落地？”“谁来落实？”这些问题怎么办？！
    """
    words = context.wording.placeholders
    names = [f"{re.escape(word)}{_NAME_ENDS}" if word in _STOCK_NAMES else re.escape(word) for word in words]
    listed = Pattern(f"{_YET}(?:{'|'.join(names)})", *words) if words else _UNFILLED
    for passage in context.passages_with(*_STANDING_IN, listed):
        end = 0
        places = _places(passage, listed, context.figures)
        for start, stop, hint in sorted(places, key=lambda place: (place[0], -place[1])):
            if start >= end:
                told = _TOLD.get(hint, "还没有填")
                yield passage.found(start, stop, f"“{_shortened(passage.string[start:stop])}”{told}。", hint)
            end = max(end, stop)


_WRAPPED = Pattern("【(?P<inner>[^【】]{4,})】[。；]?", "【")
# A name or label in these brackets is short, and so is a hint or a note that something is to come, which _UNFILLED finds;
# names of cases are printed, however long.
_NOTED = r"(?:待|此处|请[补核插修删])[^【】\[\]［］]{0,30}】|请填写[^【】，。；：]{0,30}】"
_CASE_LABEL = r"[^【】，。；：]{0,6}案[例件](?:[一二三四五六七八九十\d]|[：:])|[^【】，。；]*案】"
_WRAPPED_SENTENCE = Pattern(
    rf"【(?!{_NOTED}|{_CASE_LABEL})(?:请填写[^【】]*+|[^【】，。；]*+[，。；][^【】]*+|[^【】]{{12,}}+)】[。；]?", "【"
)
_STOPPED = ("。", "！", "？", "；", "】")
_BARE_HINT = Pattern("请填写[^，。；]{0,20}(?:年的情况|不足和原因|年的打算)。?", "请填写")
_OLD = Pattern(r"(?:^|(?<=[。！？；【】]))(?P<label>(?:# ?)?(?P<year>20[0-9]{2})年[:：]) ?", "年：", "年:")
_STANDING_IN = (
    *(_STAND_IN, _SINGLE, _BLANK, _STARS, _BRACED, _BROKEN, _UNFILLED, _HOLLOW),
    *(_WRAPPED, _WRAPPED_SENTENCE, _BARE_HINT, _OLD),
)
_UNWRAP = "请删去“【”和“】”，起稿时的提示也请删去，留下写好的正文。"
_OLD_TEXT = "这是起稿时附上的上年原文：请删去开头的年份和冒号，并改成今年的情况。"
_SHOWN = 20  # characters of what is not filled in
_FILL = "请填上实际的内容；用不着的请删去。"
_FILL_NAME = "请填上实际的内容；有意隐去名称的，请写成“某某”。"
_REPLACE = "请对照原来的文件填上实际的内容。"


_TOLD = {
    _REPLACE: "是表格或文档里带来的出错字样",
    _UNWRAP: "外面的“【】”没有删",
    _OLD_TEXT: "后面是上年的原文",
}


def _shortened(typed: str) -> str:
    return typed if len(typed) <= _SHOWN else f"{typed[:_SHOWN]}……"


def _places(passage: Passage, listed: Pattern, figures: Figures) -> Iterator[tuple[int, int, str]]:
    """Yield where something stands in for what is to come, and what to do about it."""
    string, untitled, unquoted = passage.string, passage.untitled, passage.unquoted
    if passage.kind is not Kind.CELL and _HOLLOW.fullmatch(string):
        yield 0, len(string), _FILL
    if passage.kind is Kind.PARAGRAPH:
        if _WRAPPED.fullmatch(string):
            yield 0, len(string), _UNWRAP
        yield from ((*place, _UNWRAP) for place in _wrapped_sentences(passage))
        if _BARE_HINT.fullmatch(string):
            yield 0, len(string), _FILL
        labels = tuple(_OLD.finditer(string))
        if len({match["year"] for match in labels}) == 1:  # several years are a chronicle
            yield from ((*match.span("label"), _OLD_TEXT) for match in labels)
    for text, patterns in ((untitled, (_UNFILLED, listed)), (string, (_BLANK,)), (unquoted, (_SINGLE,))):
        for pattern in patterns:
            yield from ((*match.span(), _FILL) for match in pattern.finditer(text))
    yield from ((*match.span("gap"), _FILL) for match in _STARS.finditer(string) if match["gap"])
    # F05 tells of a figure's name in single braces.
    yield from ((*match.span(), _FILL) for match in _BRACED.finditer(unquoted) if match["name"] not in figures)
    yield from ((*match.span(), _REPLACE) for match in _BROKEN.finditer(string))
    cases = [match.span() for match in _CASE.finditer(string)]
    for match in _STAND_IN.finditer(unquoted):
        is_name = match["named"] is not None
        if not (is_name and any(start < match.start() < end for start, end in cases)):
            yield *match.span(), _FILL_NAME if is_name else _FILL


def _wrapped_sentences(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield the sentences in brackets that were left, or put, beside others: lines of a text are joined to one passage."""
    for match in _WRAPPED_SENTENCE.finditer(passage.string):
        before = passage.string[: match.start()].rstrip().removesuffix("”")
        if not before or before.endswith(_STOPPED) or match.start() in passage.line_starts:
            yield match.span()


RULES = (unfilled,)
