"""W: marks and blanks (GB/T 15834-2011)."""

from __future__ import annotations

from collections.abc import Iterator

from jzreport.rules.base import PRACTICE, STANDARD, WARNING, CheckingRule, Context, Found, Kind, rule
from jzreport.rules.marks import BLANK, HAN_DIGITS, MASK, WIDE_MARKS, half_width_marks, is_han
from jzreport.rules.patterns import HAN, Pattern

_NAMES = {",": "逗号", ";": "分号", ":": "冒号", "?": "问号", "!": "叹号", "(": "括号", ")": "括号", ".": "句号"}
# A dot between two sentences is as likely a point in a foreign name: no repair.
_INNER_DOT = Pattern(rf"(?P<before>[^\x00-\xff]|%)(?P<dot>\.)(?=[{BLANK}]?(?P<after>[^\x00-\xff]))", ".")
_BEFORE_DOT, _AFTER_DOT = frozenset("”）》%"), frozenset("“《（")


@rule("W03", "标点应是全角的", WARNING, STANDARD)
def half_width(context: Context) -> Iterator[Found]:
    """中文里的标点占一个字的位置。半角的和旁边的字挤在一起，同一页上宽窄不一。

    错误：

        市政府带头学法,举办专题讲座(含线上).    ←

    错误：

        全年办结514件(含往年结转);报告强调:"一年来成效明显."    ←

    正确：

        市政府带头学法，举办专题讲座（含线上）。

    正确：

        全年办结1,261件，上午9:30开庭，比例为3:1，增长1.5%，共享平台（App）上线。

    正确：

        1.加强领导。网址为 https://www.example.cn/a?b=1,2 ，信箱为 a.b@example.cn 。
    """
    for passage in context.mistyped:
        for start, end, becomes in half_width_marks(passage.legible):
            mark = passage.string[start:end]
            yield passage.found(start, end, f"{_NAMES[mark]}“{mark}”是半角的。", becomes=becomes)
    for passage in context.passages_with(_INNER_DOT):
        for match in _INNER_DOT.finditer(passage.as_meant.string):
            if _is_between(match["before"], match["after"]):
                hint = "句末请用“。”，外国人名中间请用“·”。"
                message = f"“{match['before']}”和“{match['after']}”之间用了半角的点“.”。"
                yield passage.found(*match.span("dot"), message, hint)


def _is_between(before: str, after: str) -> bool:
    """Whether a dot stands in Chinese text, not behind the number of a heading."""
    is_behind = (is_han(before) and before not in HAN_DIGITS) or before in _BEFORE_DOT
    return is_behind and (is_han(after) or after in _AFTER_DOT)


@rule("W07", "多余的空格", WARNING, PRACTICE)
def blanks(context: Context) -> Iterator[Found]:
    """公文正文的汉字、数字、标点之间不空格。空格多半是从网页或表格里复制来的，排出来疏密不匀。

    书名号、引号里面的空格表示停顿，不算；英文单词之间的也不算。两个汉字之间的空格可能是漏了标点，多数要人来看。

    错误：

        2022 年受理 534 件， 办结率为98 %。    ←

    错误：

        加强组织领导 落实工作责任，取得新成效。    ←

    正确：

        2022年受理534件，办结率为98%。

    正确：

        印发《关于加强法律顾问工作 充分发挥法律顾问作用的通知》，采用Web Service接口。

    正确：

        附件：1.重点任务清单 2.文件目录

    正确：

        新增（ ）个，名称为【 】，网址为https://www.example.cn。
    """
    for passage in context.passages_with(_BLANKS, kinds=(Kind.HEADING, Kind.PARAGRAPH, Kind.CAPTION)):
        look = passage.as_meant
        for match in _BLANKS.finditer(look.unquoted):
            before, after = look.string[match.start() - 1], look.string[match.end()]
            if before + after in _EMPTY_PAIRS:
                continue  # left to be filled in: S17
            if passage.kind is Kind.PARAGRAPH and is_han(before) and is_han(after):
                if _is_sentence(look.string):
                    becomes = "" if before in _CLINGS_AFTER or after in _CLINGS_BEFORE else None
                    hint = "请删去；若是漏了标点，请补上。" if becomes is None else ""
                    message = f"{_beside(passage.string, *match.span())}之间有空格。"
                    yield passage.found(*match.span(), message, hint, becomes)
            elif _is_surplus(look.string, *match.span(), passage.kind):
                message = f"{_beside(passage.string, *match.span())}之间有多余的空格。"
                yield passage.found(*match.span(), message, becomes="")


def _beside(string: str, start: int, end: int) -> str:
    return f"“{string[start - 1]}”和“{string[end]}”"


_EMPTY_PAIRS = frozenset(("（）", "()", "【】", "[]", "〔〕", "《》", "“”", "‘’"))
_BLANKS = Pattern(rf"(?<=[^{BLANK}])[{BLANK}]+(?=[^{BLANK}])", *BLANK)
_SIGNS = frozenset("%％‰℃")
_CLINGS_AFTER, _CLINGS_BEFORE = frozenset("的和与及对为把被由"), frozenset("的了和与及等")
# What keeps a blank behind it, at the beginning of a passage, and before it: a label, a number in a list.
_LABEL = Pattern(
    r"(?:第[一二三四五六七八九十百\d]+[章节条编篇]|第[一二三四五六七八九十]+(?:部分|单元)|附[件表]|[表图注])$"
)
_LISTED = Pattern(r"\d{1,2}(?:[、．）)]|\.(?!\d))|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]")
_PAUSES = frozenset("，。、；：")


def _is_sentence(string: str) -> bool:
    return "。" in string or "，" in string


def _is_surplus(string: str, start: int, end: int, kind: Kind) -> bool:
    """Whether the blanks stand beside a mark, or in a paragraph beside a figure."""
    before, after = string[start - 1], string[end]
    if _LISTED.match(string, end) or (before in _PAUSES and after in _PAUSES):
        return False  # two pauses in a row are told by W09
    if before in WIDE_MARKS or after in WIDE_MARKS:
        return True
    if kind is not Kind.PARAGRAPH or (start <= 8 and _LABEL.match(string[:start])):
        return False
    if after in "%％":
        return before.isdecimal()
    return (is_han(before) and _is_figure(after)) or (_is_figure(before) and is_han(after))


def _is_figure(character: str) -> bool:
    return (character.isascii() and character.isalnum()) or character in _SIGNS


@rule("W08", "省略号和破折号的写法", WARNING, STANDARD)
def ellipses_and_dashes(context: Context) -> Iterator[Found]:
    """省略号是六个点“……”，破折号是两格长的“——”，都不从中间断开。“等”已经表示没有列完，后面不再用省略号。

    错误：

        涉及教育、医疗、住房...    ←

    错误：

        全市推行新办法--一件事一次办。    ←

    错误：

        走访企业、学校、社区等……    ←

    正确：

        涉及教育、医疗、住房……全市推行新办法——一件事一次办，改善九江—景德镇沿线的环境。
    """
    for passage in context.passages_with(_DOTS, _DASHES, _AND_SO_ON):
        string = passage.as_meant.string
        for match in _DOTS.finditer(string):
            if not _AND_SO_ON.match(string, max(match.start() - 1, 0)):
                yield passage.found(*match.span(), f"省略号写成了“{match.group()}”。", becomes="……")
        for match in _DASHES.finditer(string):
            if _IS_ROUTE.match(string, match.end()):
                message, hint = f"两地之间写成了“{match.group()}”。", "两地之间请用一字线“—”；若是破折号，请改成“——”。"
                yield passage.found(*match.span(), message, hint)
            else:
                yield passage.found(*match.span(), f"破折号写成了“{match.group()}”。", becomes="——")
        for match in _AND_SO_ON.finditer(string):
            yield passage.found(*match.span(), f"“{match.group()}”用了两次“等”的意思。", "“等”和省略号只用一个。")


_DOTS = Pattern(rf"(?<={HAN}|[”）》])\.{{3,}}|。{{3,}}|(?<!…)…(?:……)?(?!…)", "...", "。。。", "…")
_DASHES = Pattern(rf"(?<={HAN}|[”）》])(?:-{{2,3}}|－{{2}}|―{{2}}|─{{2}})(?={HAN}|[“《（])", "--", "－－", "――", "──")
_IS_ROUTE = Pattern(rf"{HAN}{{2,6}}?(?:沿线|航线|专线|高速|高铁|铁路|公路|动车|城际|航班|班列|通道|走廊|段)")
_AND_SO_ON = Pattern(
    r"(?<![平特高中初上下同均相一二三])等(?:…+|\.{3,}|。{3,})|……等(?![级待候同于])", "等…", "等...", "等。。。", "……等"
)


@rule("W09", "标点重复或互相冲突", WARNING, STANDARD)
def repeated(context: Context) -> Iterator[Found]:
    """两个停顿的标点连在一起，是删改时留下的。两个相同的，程序可以代删一个；不同的要人来看留哪一个。

    错误：

        完善制度，，规范执法。    ←

    错误：

        完善制度，规范执法。，强化监督。    ←

    错误：

        他指出：“要马上办。”。办结率为98%%。    ←

    正确：

        怎么能不办？！他指出：“要马上办。”会后，各地立即行动！！！
    """
    for passage in context.passages_with(_PAUSE_RUN, _STOP_AGAIN, _SIGNS_AGAIN):
        for match in _PAUSE_RUN.finditer(passage.as_meant.string):
            marks = "".join(mark for mark in match.group() if mark not in BLANK)
            if len(set(marks)) > 1:
                yield passage.found(*match.span(), f"“{marks}”这几个标点互相冲突。", "请只留一个。")
            elif len(marks) == 2 or marks[0] != "。":  # three stops are meant for dots: W08
                yield passage.found(*match.span(), f"“{marks}”重复了。", becomes=marks[0])
        for match in _STOP_AGAIN.finditer(passage.as_meant.string):
            message = (
                "右引号的前后都有句号。"
                if match["stop"]
                else f"“{match.string[match.start() - 1]}。”这两个标点互相冲突。"
            )
            yield passage.found(*match.span(), message, "请只留一个。")
        for match in _SIGNS_AGAIN.finditer(passage.as_meant.string):
            yield passage.found(*match.span(), f"“{match.group()}”重复了。", becomes=match.group()[0])


_STOP_AGAIN = Pattern("。”(?P<stop>。)(?!。)|(?<=[？！])(?P<after>。)(?!。)", "。”。", "？。", "！。")
_SIGNS_AGAIN = Pattern(r"(?<=\d)(?:%{2,}|％{2,})", "%%", "％％")
_PAUSE_RUN = Pattern(
    rf"[，。、；：](?:[{BLANK}]*[，。、；：])+",
    *(mark + after for mark in "，。、；：" for after in f"，。、；：{BLANK}"),
)


@rule("W15", "“等”前面不用顿号", WARNING, STANDARD)
def comma_before_and_so_on(context: Context) -> Iterator[Found]:
    """“等”接在列举的最后一项后面，中间没有停顿。

    错误：

        走访企业、学校、等单位。    ←

    正确：

        走访企业、学校等单位，划分、等级评定、等待时间均已公开。

    正确：

        破除“坐、等、靠”思想，整治畏难、等靠要思想，做到过马路、等红灯、礼让行人，实行减量替代、等量替代。
    """
    kinds = (Kind.HEADING, Kind.PARAGRAPH, Kind.CELL, Kind.CAPTION)
    for passage in context.passages_with(_COMMA_AND_SO_ON, kinds=kinds):
        for match in _COMMA_AND_SO_ON.finditer(passage.as_meant.untitled):
            yield passage.found(match.start(), match.start() + 1, "“等”前面多了顿号。", becomes="")


# 等 is also a verb and begins words (等级, 等量): only before a mark or the name of what was listed is it surely neither.
_COMMA_AND_SO_ON = Pattern(
    rf"(?:(?<={HAN}{HAN})|(?<=[”）{MASK}]))、等(?=[，。；）]|(?:\d{{1,4}}[余多]?[个家项类种])?(?:单位|部门|场所|方面|领域|地区|工作|事项|人员|问题|情况"
    r"|行业|形式|方式|活动|措施|制度|文件|内容|环节|渠道|平台|手段|机构|机制|企业|案件|项目))",
    "、等",
)


@rule("W17", "段落末尾没有句号", WARNING, PRACTICE)
def unfinished(context: Context) -> Iterator[Found]:
    """段落末尾没有句号，读的人会以为后面漏了字。标题、表格和图表说明不用句号，不查。

    错误：

        全年受理行政复议案件534件，办结514件    ←

    错误：

        全年受理行政复议案件534件，    ←

    正确：

        现将有关情况报告如下：

        会议强调：“要坚持依法行政。”

        牵头单位：市司法局

        （此件公开发布，2023年2月起施行）

        全年受理行政复议案件534件，办结514件。（市司法局）

    正确：

        条目:
          - 标题: 加强组织领导，落实工作责任
            正文: 全年研究法治建设工作8次（含专题会议）。
    """
    attached = {node.key for root in context.report.attachments for node in root.walk()}
    for passage in context.texts(Kind.PARAGRAPH):
        string = passage.as_meant.string
        if passage.draft is None or str(passage.draft.node_key) in attached or len(string) < 8:
            continue
        end = len(string)
        if string[-1] in "，、":
            yield passage.found(end - 1, end, f"段落末尾是“{string[-1]}”，后面可能漏了文字。", "说完了的请改成“。”。")
        elif _should_end(string):
            yield passage.found(end - 1, end, "段落末尾没有句号。", "请补上“。”；没有说完的请补全。")


_ENDS = frozenset("。！？：；…—.!?:;")
_REMARK = Pattern("（[^（）]*）$", "）")  # a source behind the last sentence
_LIST_LINE = Pattern(r"注|备注|来源|数据来源|附[件表]|[《（(]|\d{1,2}[.．、]《|.{0,12}(?:单位|人|电话|地址|时间)：")
_HEADING_LINE = Pattern(r"[一二三四五六七八九十]+、|\d{1,2}[.．、]", "、", ".", "．")
_COUNTED = Pattern(rf"\d[余多]?(?:{HAN}|[%％])|.{{60}}")
_INTRODUCES = ("如下", "以下", "包括", "分别是", "分别为")


def _should_end(string: str) -> bool:
    """Whether a paragraph is a sentence that has no end: no line of a list, no label, no heading typed as text."""
    if string[-1] in _ENDS:
        return False  # nearly always
    last = _REMARK.sub("", string)[-1:] + string.rstrip("”’）)】〉")[-1:]
    if not _ENDS.isdisjoint(last) or _LIST_LINE.match(string) or string.endswith(_INTRODUCES):
        return False
    return "。" in string or (
        "，" in string and not _HEADING_LINE.match(string) and _COUNTED.search(string) is not None
    )


RULES: tuple[CheckingRule, ...] = (
    half_width,
    blanks,
    ellipses_and_dashes,
    repeated,
    comma_before_and_so_on,
    unfinished,
)
