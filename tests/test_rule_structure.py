"""What the pages of the S rules do not show: traps, repairs, lists of the office's own."""

from __future__ import annotations

import pytest
from examples import Example, findings
from examples import wording as shipped

from jzreport.commands.checking import examine
from jzreport.commands.loading import load
from jzreport.diagnostics import Diagnostic
from jzreport.rules import contents, headings, structure, unfilled
from jzreport.rules.base import Context
from jzreport.wording import NOTHING, Wording
from jzreport.workspace import File

COVER = "年度: 2023\n地区: 示例市\n发文机关: 示例市人民政府\n标题: 示例市人民政府关于2023年度法治政府建设情况的报告\n"
CONTENTS = "必报内容: [主要举措和成效, 第一责任人职责, 存在的不足, 下一年度安排]"
REPORT = f"{COVER}结构:\n  - 键: 工作情况\n    标题: 工作情况\n    {CONTENTS}\n"
HEAD = "章节: 工作情况\n填报单位: 市司法局\n"


def told(code: str, **files: str) -> list[Diagnostic]:
    """Return the findings of a code in drafts 甲.yaml, 乙.yaml … (`report`: report.yaml, else one node)."""
    named = {f"{name}.yaml": text for name, text in files.items()}
    named.setdefault("report.yaml", REPORT)
    found = findings(Example(named, frozenset()))
    return sorted((d for d in found if d.rule.code == code), key=lambda d: d.span)


def quoted(found: list[Diagnostic], **files: str) -> list[str]:
    """Return the characters the findings point at."""
    lines = {f"{name}.yaml": text.split("\n") for name, text in files.items()}
    return [lines[d.span.file][d.span.line - 1][d.span.column - 1 : d.span.end_column - 1] for d in found]


def text(*paragraphs: str) -> str:
    return f"{HEAD}正文: |\n" + "\n\n".join(f"  {paragraph}" for paragraph in paragraphs) + "\n"


def titled(*titles: str) -> str:
    return f"{HEAD}条目:\n" + "".join(f"  - 标题: {title}\n    正文: 好。\n" for title in titles)


SAME = "推动行政机关负责人出庭应诉，做到应出尽出，以案促改，规范执法行为。"


def test_a_copy_of_a_draft_is_told_at_the_copy() -> None:
    found = told("S15", 甲=text(SAME), 甲副本=text(SAME))
    assert [(d.span.file, d.related[0][0].file) for d in found] == [("甲副本.yaml", "甲.yaml")]


@pytest.mark.parametrize("copy", [SAME.replace("，", "， "), SAME.replace("，", ","), f"　　{SAME}"])
def test_widths_and_blanks_make_no_other_text(copy: str) -> None:
    assert len(told("S15", 甲=text(SAME), 乙=text(copy))) == 1


def test_short_texts_and_texts_with_another_figure_are_not_the_same() -> None:
    assert told("S15", 甲=text("推动负责人出庭应诉。"), 乙=text("推动负责人出庭应诉。")) == []
    assert told("S15", 甲=text(f"{SAME}共5次。"), 乙=text(f"{SAME}共6次。")) == []


def test_a_copied_item_is_told_once() -> None:
    item = f"{HEAD}条目:\n  - 标题: 加强行政应诉\n    正文: {SAME}\n"
    files = {"甲": item, "乙": item}
    assert len(told("S15", **files)) == 1
    assert told("S16", **files) == []


def test_the_same_title_below_different_items_is_no_slip() -> None:
    nested = f"{HEAD}条目:\n  - 标题: {{}}\n    条目:\n      - 标题: 基本情况\n        正文: {{}}。\n"
    assert told("S16", 甲=nested.format("执法", "好"), 乙=nested.format("复议", "较好")) == []
    other = HEAD.replace("市司法局", "市公安局")
    assert len(told("S16", 甲=titled("基本情况"), 乙=f"{other}条目:\n  - 标题: 基本情况\n")) == 1


@pytest.mark.parametrize(
    "paragraph",
    [
        "办理XX件",
        "办理xx 件",
        "办理ＸＸ件",
        "第XX次会议",
        "××市司法局",
        "××县人民政府",
        "XX年XX月",
        "参加XXX人次",
        "增长××%",
        "示府〔2024〕××号",
        "开展XX活动",
        "数据？？",
        "共____件",
        "共＿＿件",
        "（待补充）",
        "（数据待核实）",
        "（待市公安局提供）",
        "【待定】",
        "[待填]",
        "TODO",
        "办理案件**件",
        "办结率***%",
        "办理**件办结**件",
        "办理案件?件。",
        "参加（ ）人次",
        "依据《　》制定",
        "X月X日",
        "2023年X月",
        "第X次会议",
        "2023年 月 日",
        "12月 日",
        "案件N件",
        "【数字】",
        "[图片]",
        "#REF!",
        "错误！未找到引用源。",
        "锟斤拷锟斤拷",
        "请输入正文",
        "（此处省略）",
        "受理{受理}",
        "……",
        "...",
    ],
)
def test_what_is_not_filled_in_is_found(paragraph: str) -> None:
    found = examine_with(NOTHING, text(f"{paragraph}"))
    assert {d.rule.code for d in found} >= {"S17"}


@pytest.mark.parametrize(
    "paragraph",
    [
        "李××诉示例市公安局行政处罚案",
        "张XX、王xx申请行政复议",
        "王××人身损害赔偿",
        "李××家属",
        "李××日前申请复议，张××次日撤回",
        "××市场摊位纠纷",
        "××公司不服处罚",
        "××市民反映的问题",
        "“××局长走流程”",
        "《XX市条例（范本）》",
        "采购XXL号服装20件",
        "EXX30车型",
        "服务时间7×24小时",
        "3×3米",
        "保障基本生活（待遇标准见附件）",
        "安置退役军人（待业人员）",
        "机制有待完善，办法亟待补充",
        "怎么办？！",
        "谁来办？办得怎样？",
        "邮箱a__b@示例",
        "李四光纪念馆、王五庄村",
        "张三元、王五一",
        "主张三项权利",
        "李××诉××县公安局行政处罚案",
        "张某诉××市××区人民政府房屋征收案",
        "**重点**件件有回音",
        "共**514**件",
        "**项目**建设",
        "建设1个平台、N个站点",
        "来的人多不多？人人有责",
        "按第X类管理",
        "依法行政……久久为功",
        "改造老旧小区（待改造的列入计划）",
    ],
)
def test_what_looks_unfilled_and_is_not_is_left_alone(paragraph: str) -> None:
    assert [d.message for d in examine_with(shipped(), text(f"{paragraph}。")) if d.rule.code == "S17"] == []


def test_the_office_lists_words_of_its_own_and_a_word_is_told_once() -> None:
    draft = text("受理案件（待核对口径），占位占位。", "（待补充）")
    found = [d for d in examine_with(NOTHING._replace(placeholders=("（待", "占位")), draft) if d.rule.code == "S17"]
    assert quoted(found, 稿=draft) == ["（待", "占位", "占位", "（待补充）"]


def examine_with(words: Wording, draft: str) -> tuple[Diagnostic, ...]:
    loaded = load(File("report.yaml", REPORT.encode()), [File("稿.yaml", draft.encode())], lambda name, problems: None)
    return examine(loaded, words, None).diagnostics


def test_only_what_may_be_hidden_on_purpose_may_stay_hidden() -> None:
    found = examine_with(NOTHING, text("××县办理××件，详见#N/A。"))
    assert [(d.message, d.hint) for d in found if d.rule.code == "S17"] == [
        ("“××”还没有填。", "请填上实际的内容；有意隐去名称的，请写成“某某”。"),
        ("“××”还没有填。", "请填上实际的内容；用不着的请删去。"),
        ("“#N/A”是表格或文档里带来的出错字样。", "请对照原来的文件填上实际的内容。"),
    ]


WRAPPED = "2022年全市立案受理行政复议案件534件，同比增长9.9%。"


@pytest.mark.parametrize(
    ("body", "left"),
    [
        (f"【{WRAPPED}】\n  编制选编。", [f"【{WRAPPED}】"]),
        (f"编制选编。\n  【{WRAPPED}】", [f"【{WRAPPED}】"]),
        (f"编制选编\n  【{WRAPPED}】", [f"【{WRAPPED}】"]),
        (f"会议提出：“要办好。”【{WRAPPED}】", [f"【{WRAPPED}】"]),
        ("编制选编；【做好应诉工作】；【加强与法院、检察院的府院联动】。", ["【加强与法院、检察院的府院联动】。"]),
        ("【好。】【办结，好】【请填写：2023年的情况】好。", ["【好。】", "【办结，好】", "【请填写：2023年的情况】"]),
        ("【请填写2023年的情况】\n  【好，】", ["【请填写2023年的情况】", "【好，】"]),
        ("【请填写2023年的情况】\n  # 2022年：好。", ["【请填写2023年的情况】", "# 2022年："]),
        ("【待市司法局、市公安局核实后补充】好。", ["【待市司法局、市公安局核实后补充】"]),
    ],
)
def test_every_sentence_left_in_brackets_beside_others_is_told(body: str, left: list[str]) -> None:
    draft = text(body)
    assert quoted(told("S17", 甲=draft), 甲=draft) == left


@pytest.mark.parametrize(
    "body",
    [
        "【典型案例】评选结果公布。",
        "【以案释法】好。\n  【一线风采】好。",
        "网址为【以公布的网址为准，请自行查询】的平台。",
        "【案例一：某公司不服处罚，申请行政复议】好。",
        "【张某诉示例县公安局行政处罚案】好。",
    ],
)
def test_names_and_labels_may_stand_in_brackets(body: str) -> None:
    assert told("S17", 甲=text(body)) == []


def test_an_old_year_is_seen_in_brackets_too() -> None:
    draft = text("编制选编。", f"【{WRAPPED}】\n  办好实事。")
    assert [d.span.line for d in told("Y01", 甲=draft)] == [6]


@pytest.mark.parametrize("note", ["【待市司法局核实】", "（待市司法局核实）", "（此处待核实）"])
def test_a_note_that_something_is_to_come_is_told_once(note: str) -> None:
    assert [d.rule.code for d in examine_with(shipped(), text(f"办结案件{note}。")) if d.is_error] == ["S17"]
    assert "P06" not in {d.rule.code for d in examine_with(shipped(), text(f"办结案件{note}。"))}


@pytest.mark.parametrize(
    ("title", "becomes"),
    [
        ("一、加强领导", "加强领导"),
        ("（一）加强领导", "加强领导"),
        ("(十二) 加强领导", "加强领导"),
        ("1. 加强领导", "加强领导"),
        ("１．加强领导", "加强领导"),
        ("2、加强领导", "加强领导"),
        ("3）加强领导", "加强领导"),
        ("（4）加强领导", "加强领导"),
        ("①加强领导", "加强领导"),
        ("⑵“放管服”改革", "“放管服”改革"),
        ("第一，加强领导", "加强领导"),
        ("一是加强领导", "加强领导"),
        ("一、（一）加强领导", "加强领导"),
        ("第三章 加强领导", "加强领导"),
        ("一、2023年工作", "2023年工作"),
    ],
)
def test_a_number_is_taken_from_a_title(title: str, becomes: str) -> None:
    draft = titled(title)
    (edit,) = told("S18", 甲=draft)[0].edits
    line = draft.split("\n")[edit.span.line - 1]
    assert f"{line[: edit.span.column - 1]}{edit.new}{line[edit.span.end_column - 1 :]}" == f"  - 标题: {becomes}"


@pytest.mark.parametrize("title", ["一、", "'1.[甲]乙'", "“一、”", "①", '"2、#甲"'])
def test_no_repair_leaves_a_title_that_is_empty_or_cannot_be_read(title: str) -> None:
    assert [edit for d in told("S18", 甲=titled(title)) for edit in d.edits] == []


@pytest.mark.parametrize(
    "title",
    [
        "一件事一次办",
        "一网通办改革",
        "五公开工作",
        "第一责任人履职",
        "第一书记驻村",
        "12345热线",
        "3·15维权",
        "12.4国家宪法日宣传",
        "2023年工作",
        "1+N制度体系",
        "24小时自助服务",
        "一、二级响应",
        "十、百、千工程",
        "三是否三公开",
        "第一季度工作",
        "一站式服务",
        "（试行）制度清理",
        "二十大精神学习",
    ],
)
def test_a_title_may_begin_with_a_number_that_belongs_to_it(title: str) -> None:
    assert told("S18", 甲=titled(title)) == []


def test_titles_that_the_program_does_not_number_may_have_their_own() -> None:
    report = REPORT.replace("标题: 工作情况", "标题: 工作情况\n    编号: 无")
    assert told("S18", report=report, 甲=titled("一、加强领导")) == []


def test_text_without_a_title_repeats_only_a_number_like_its_own() -> None:
    items = f"{HEAD}条目:\n  - 正文: 一是学；二是用。\n  - 正文: （二）用。\n"
    report = REPORT.replace("标题: 工作情况", "标题: 工作情况\n    编号: {}")
    assert [d.span.line for d in told("S18", report=report.format("一是"), 甲=items)] == [4]
    assert [d.span.line for d in told("S18", report=report.format("（一）"), 甲=items)] == [5]


def test_both_ends_of_a_title_are_repaired() -> None:
    draft = titled("一、加强领导。")
    assert quoted(told("S18", 甲=draft), 甲=draft) == ["一、"]
    assert quoted(told("S19", 甲=draft), 甲=draft) == ["。"]


@pytest.mark.parametrize("title", ["办得怎么样？", "“放管服”", "条例（草案）", "学《民法典》", "加油！", "服务……"])
def test_a_title_may_end_with_what_belongs_to_it(title: str) -> None:
    assert told("S19", 甲=titled(title)) == []


SENTENCE = "加强与法院检察院的府院联动推动行政机关负责人出庭应诉，做到应出尽出，应诉尽诉，实质性化解争议。"


@pytest.mark.parametrize(
    ("body", "told_at"),
    [
        ("1. 加强府院联动\n  做好应诉。", 1),
        (f"好。\n  （二）加强“府院联动”\n  {SENTENCE}", 1),
        (f"2、加强与法院、检察院的府院联动和沟通会商\n  {SENTENCE}", 1),
        ("1. 加强府院联动\n\n  做好应诉。", 0),
        ("1. 加强府院联动。\n  做好应诉。", 0),
        ("1. 加强府院联动，\n  做好应诉。", 0),
        ("1. 加强府院的\n  联动。", 0),
        ("加强府院联动\n  做好应诉。", 0),
        ("全年办结\n  1.5万件。", 0),
    ],
)
def test_a_numbered_line_without_an_end_is_a_heading_in_a_text(body: str, told_at: int) -> None:
    assert len(told("S29", 甲=text(body))) == told_at


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("1.抓学习。\n  2.抓执法。\n  3.抓监督。", [5]),
        ("抓好三件事：\n  ①抓学习；\n  ②抓执法。", [5]),
        ("(1) 抓学习\n  (2) 抓执法\n  (3) 抓监督", [5]),
        ("抓学习。\n  二、抓执法", [5]),
        ("1.抓学习。\n\n  2.抓执法。", []),
        ("1.抓学习。\n  持续用力。\n  2.抓执法。\n\n  一、抓监督。\n  二、抓落实。", [6, 9]),
        ("一是抓学习；\n  二是抓执法。", []),
        ("办理12、\n  13、14号案件，落实第二条\n  （二）项、\n  （三）项。", []),
        ("全年支出。\n  12.5万元，\n  三、四季度较多。", []),
        ("处理了第\n  （二）批案件。", []),
    ],
)
def test_the_rows_of_a_list_that_become_one_paragraph_are_told_once(body: str, lines: list[int]) -> None:
    assert [d.span.line for d in told("S29", 甲=text(body))] == lines


@pytest.mark.parametrize("width", [10, 15, 20, 25, 30])
def test_a_sentence_may_be_wrapped_where_a_line_is_full(width: int) -> None:
    numbered = f"1. {SENTENCE}"
    lines = [numbered[start : start + width] for start in range(0, len(numbered), width)]
    assert told("S29", 甲=text("\n  ".join(lines))) == []


PARTS = f"{COVER}结构:\n" + "".join(
    f"  - 键: {key}\n    标题: {key}\n    必报内容: [{content}]\n"
    for key, content in {"工作": "主要举措和成效", "问题": "存在的不足", "打算": "下一年度安排"}.items()
)


def of(node: str, body: str) -> str:
    return f"章节: {node}\n填报单位: 市司法局\n正文: {body}\n"


def test_every_required_content_is_told_by_its_name() -> None:
    assert [d.message for d in told("S20", report=COVER + "结构:\n  - 键: 甲\n", 甲=of("甲", "好。"))] == [
        "没有写明哪一节报告“主要举措和成效”。",
        "没有写明哪一节报告“存在的不足”。",
        "没有写明哪一节报告“下一年度安排”。",
    ]
    found = told("S20", report=PARTS, 甲=of("工作", "好。"), 乙=of("打算", "好。"))
    assert [(d.span.line, d.message) for d in found] == [(9, "“问题”应报告“存在的不足”，还没有文字。")]


def test_a_title_alone_or_a_table_is_text_too() -> None:
    table = f"{HEAD}正文:\n  - 表格:\n      表头: [单位]\n      行: [[甲]]\n"
    assert told("S20", 甲=f"{HEAD}条目:\n  - 标题: 加强领导\n") == []
    assert told("S20", 甲=table) == []


def test_nothing_is_missing_while_a_draft_cannot_be_read() -> None:
    broken = "章节：工作情况\n"
    for code in ("S20", "S21", "S22", "S23"):
        assert told(code, report=PARTS, 甲=of("问题", "力量薄弱。"), 乙=broken) == []


@pytest.mark.parametrize(
    ("body", "is_stub"),
    [
        ("略。", True),
        ("无", True),
        ("同上年。", True),
        ("没有明显的不足。", True),
        ("无。具体工作见下。", False),
        ("没有问题不等于没有短板。", False),
        ("见附件，另有三项不足。", False),
    ],
)
def test_a_stub_reports_nothing(body: str, is_stub: bool) -> None:
    found = told("S20", report=PARTS, 甲=of("工作", "好。"), 乙=of("问题", body), 丙=of("打算", "好。"))
    assert [d.span.file for d in found] == ["乙.yaml"] * is_stub


@pytest.mark.parametrize(
    ("name", "count"), [("甲（修改稿）", 1), ("甲-2", 1), ("丁最终", 1), ("甲2", 0), ("丁", 0), ("甲副本", 1)]
)
def test_a_second_version_is_told_at_the_longer_name(name: str, count: int) -> None:
    found = told("S26", 甲=text("依法办理。"), **{name: text("依法受理。")})
    assert [(d.span.file, d.related[0][0].file) for d in found] == [(f"{name}.yaml", "甲.yaml")] * count


def test_a_version_with_the_same_titles_is_told_once_and_a_copy_is_not() -> None:
    files = {"甲": titled("加强执法", "加强复议"), "丁丁": titled("加强执法", "加强复议", "加强应诉")}
    assert (len(told("S26", **files)), told("S16", **files)) == (1, [])
    assert told("S26", 甲=text(SAME), 甲副本=text(SAME)) == []


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("力量薄弱。", 1),
        ("力量薄弱，因地制宜推进不够，因此进展不平衡。", 1),
        ("力量薄弱，原因是编制少。", 0),
        ("受编制限制，力量薄弱。", 0),
        ("因编制少，力量薄弱。", 0),
        ("力量薄弱的根源在体制。", 0),
        ("编制少导致力量薄弱。", 0),
        ("无。", 0),
    ],
)
def test_a_cause_is_told_in_many_words(body: str, count: int) -> None:
    assert len(told("S23", report=PARTS, 甲=of("问题", body))) == count


def test_a_cause_may_stand_in_another_draft_or_below() -> None:
    assert told("S23", report=PARTS, 甲=of("问题", "力量薄弱。"), 乙=of("问题", "原因是编制少。")) == []


def test_a_lead_department_that_left_it_to_others_is_told() -> None:
    report = REPORT + "    牵头单位: 市公安局\n    配合单位: [市司法局, 市财政局]\n"
    (found,) = told("S22", report=report, 甲=text("好。"))
    assert "市公安局" in found.message and "市财政局" not in found.message
    assert told("S22", report=report) == []  # S12 tells that nobody has
    misspelt = text("好。").replace("市司法局", "市公安")
    assert told("S22", report=report, 甲=text("好。"), 乙=misspelt) == []


@pytest.mark.parametrize("rest", ["内容: 好。\n", "条目: 好\n", "正文:\n", "指标:\n  案件: 5件\n"])
def test_a_draft_whose_text_cannot_be_read_is_not_called_empty(rest: str) -> None:
    assert told("S24", 甲=HEAD + rest) == []


@pytest.mark.parametrize(
    ("unit", "codes"),
    [
        *((unit, {"S21"}) for unit in ("X", "×", "（待", "【待", "因", "受")),
        *((unit, {"S17", "S21"}) for unit in "？_…"),
        *((unit, {"S19", "S21"}) for unit in ("一、", "1.")),
        ("（一）", {"S18", "S21"}),
        ("。", {"S17", "S19", "S21"}),
    ],
)
def test_a_long_text_and_a_long_title_are_read_to_their_ends(unit: str, codes: set[str]) -> None:
    long = unit * (100_000 // len(unit))
    drafts = {"甲": text(long), "乙": f"{HEAD}条目:\n  - 标题: '{long}'\n    正文: 好。\n"}
    cover = File("report.yaml", REPORT.encode())
    loaded = load(cover, [File(f"{n}.yaml", t.encode()) for n, t in drafts.items()], lambda name, problems: None)
    assert loaded.report is not None
    context = Context(loaded.report, NOTHING, loaded.printed, loaded.typed)
    rules = (*structure.RULES, *headings.RULES, *unfilled.RULES, *contents.RULES)
    assert {d.rule.code for each in rules for d in each.findings(context)} == codes


def test_the_duty_may_be_mentioned_anywhere_unless_a_place_is_named_for_it() -> None:
    undeclared = REPORT.replace(", 第一责任人职责", "")
    (found,) = told("S21", report=undeclared, 甲=text("好。"))
    assert found.span.line == 4  # the report's title
    assert told("S21", report=undeclared, 甲=text("市政府主要负责同志带头学法。")) == []
    elsewhere = REPORT + "  - 键: 其他\n"
    assert len(told("S21", report=elsewhere, 甲=of("其他", "主要负责同志带头学法。"), 乙=text("好。"))) == 1


def test_who_hands_in_below_a_part_has_handed_in() -> None:
    report = (
        COVER + "结构:\n  - 键: 甲\n    牵头单位: 市司法局\n    章节:\n      - 键: 乙\n        配合单位: [市公安局]\n"
    )
    other = of("乙", "好。").replace("市司法局", "市公安局")
    assert told("S22", report=report, 甲=other) == []
    assert told("S22", report=report, 甲=of("甲", "好。"), 乙=other) == []
    assert len(told("S22", report=report, 甲=of("甲", "好。").replace("市司法局", "市公安局"), 乙=other)) == 1


def test_a_cell_may_be_an_ellipsis_or_a_word_for_a_column() -> None:
    table = f"{HEAD}正文:\n  - 表格:\n      表头: [标题, 正文]\n      行: [[……, ...]]\n"
    assert told("S17", 甲=table) == []


def test_a_run_in_title_keeps_the_mark_between_it_and_its_text() -> None:
    report = REPORT.replace("标题: 工作情况", "标题: 工作情况\n    编号: 1.")
    titles = titled("加强领导：", "完善制度；", "规范执法。", "强化监督，")
    assert [d.span.line for d in told("S19", report=report, 甲=titles)] == [10]
    assert len(told("S19", 甲=titles)) == 4
