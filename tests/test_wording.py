"""The word lists: every row finds its wrong form, none fires on words that only look alike."""

from __future__ import annotations

import pytest
from examples import Example, examples, findings, wording

from jzreport.diagnostics import Diagnostic
from jzreport.encoding import Source
from jzreport.source import parse
from jzreport.wording import Word, read_wording

# Right phrases in which two right words meet as a wrong one would look, or in which the wrong form is another word.
RIGHT = [
    "学习进平台建设",
    "练习近乎完美",
    "习近平平易近人",
    "总书记的嘱托",
    "总书纪念碑",
    "有中国特色社会主义",
    "马克斯·韦伯",
    "马克思主义",
    "科学发展关注民生",
    "科学发展关键在人",
    "科学发展关系全局",
    "科学发展关乎长远",
    "19届亚运会",
    "人民防空",
    "疫情防控",
    "扫黑除恶专项行动",
    "扫黑除恶专项斗争",
    "主攻府院联动",
    "乡村镇兴办企业",
    "乡村振兴",
    "建立法制政府规章体系",
    "法制政府办",
    "法制政府网",
    "依法制定规划",
    "依法制止违法行为",
    "依法制造",
    "依法制国产设备标准",
    "依法制市场规则",
    "依法制区域规划",
    "规范性文件",
    "行政复议",
    "出庭应诉率",
    "重大执法决定法制审核",
    "基层法治审核",
    "全过程纪录片",
    "全过程记录制度",
    "包容审慎",
    "盆栽量增加",
    "移栽量",
    "昆仲栽种树木",
    "伯仲栽培",
    "毕竟争议不大",
    "究竟争取多少",
    "竟争先恐后",
    "行政调节",
    "经济调节",
    "合同签订",
    "人民检查站",
    "检查机关",
    "检查建议",
    "不与处罚挂钩",
    "不与处罚相抵",
    "不于处罚决定生效后",
    "不与行政处罚信息混同",
    "法律明白入心入脑",
    "处罚决定公布署名",
    "发布署名文章",
    "公布署期",
    "按装机容量",
    "按装备水平",
    "按排名先后",
    "按排放量",
    "按排污量收费",
    "按排好的顺序",
    "改变习惯彻底",
    "习惯彻夜加班",
    "连贯撤回",
    "一并贯撤离",
    "引进一部电影",
    "推进一部分",
    "报名截止",
    "截止时间",
    "截至目前",
    "立即然后",
    "随即然而",
    "预防害虫",
    "预防碍眼",
    "青松驰名",
    "武松驰援",
    "面对严峻工作形势",
    "形势严峻工作繁重",
    "编篡改",
    "脏物",
    "庄严历史",
    "威严历来",
    "经历行节约",
    "奖励行节约",
    "厉行节约",
    "获奖历史",
    "锣鼓厉害",
    "秸秆还田",
    "阻挡案犯",
    "前提练习",
    "前提练好内功",
    "锻练习惯",
    "培训炼钢工人",
    "培训炼油",
    "教训炼铁厂",
    "恢复盖章",
    "重复盖章",
    "修复盖面",
    "安全复盖章",
    "诸侯补充",
    "等侯爵",
    "时侯爵",
    "申辩认为",
    "答辩认定",
    "抗辩认可",
    "争辩别的",
    "申辩识别",
    "分辨论证",
    "回答辨析",
    "分辨护照真伪",
    "教育部暑期",
    "西部暑热",
    "签暑假作业",
    "自己经常",
    "悦己经济",
    "舍己经历",
    "周末经批准",
    "年末按规定",
    "期末按时",
    "季度末按要求",
    "年末依法",
    "“十三五”末按期",
    "十三五末如实",
    "周末履行",
    "年末成年人",
    "天赋于人",
    "田赋于民",
    "供给于支持",
    "交给于行政",
    "补给于行政村",
    "不做为了",
    "不做为难企业的事",
    "不做为由",
    "乱做为一",
    "严格守法",
    "严格尽职守责",
    "住村",
    "驻村工作对接",
    "驻村工作对口",
    "驻村工作对象",
    "驻村工作对群众",
    "选拔款项",
    "规划拔尖人才",
    "单调拔高",
    "调拔尖",
    "首选拨打12345",
    "精选拨付",
    "港口",
    "做法入选",
    "负责入户",
    "责任入",
    "整治金融乱象",
    "方法冶炼",
    "预防冶炼",
    "调整冶炼",
    "陶冶理想",
    "财政冶金",
    "在建没有",
    "新建没几年",
    "在建没收",
    "研究竞争政策",
    "探究竞赛",
    "追究竞标者",
    "毕竞争",
    "人名发辉同志",
    "抵消弥补",
    "消弥漫",
    "裁撤底层",
    "撤底商",
    "残疾人",
    "残废人士联",
    "交通迅速",
    "中共中央",
    "国务院",
    "党中央、国务院",
    "各县县委书记",
    "城市市委书记",
    "各市市委书记",
    "示例省委书记",
    "示例市委书记",
    "既使群众受益，又使企业减负",
    "权利清单",
    "法治审核",
    "合法性审查",
    "合法性审核",
    "法制统一",
    "市法制办案中心",
    "法制宣传",
    "法制机构",
    "国务院综合督查",
    "考核巡查",
    "制订",
    "做出",
    "其它",
    "急需紧缺人才",
    "应急反应情况",
    "社会反应强烈",
    "免于处罚",
    "人大代表提案",
    "市场主体",
    "经营主体",
    "磨练",
    "粘土",
    "成份",
    "份量",
    "撤消",
    "训戒",
    "帐户",
    "报导",
    "座落",
    "度过难关",
    "渡过难关",
    "各行其事",
    "共商国事",
    "有利条件",
    "截流",
    "侦察",
    "审察",
    "自由裁量基准",
    "好象",
    "陷井",
    "以经济建设为中心",
    "在于以人为本",
    "全年未发生",
    "推进人民",
    "平台作用",
    "晚上作业",
    "投入民生",
    "集群从无到有",
    "配合做好",
    "公平合理",
    "国土作物",
    "增加人手",
    "逾期未办",
    "始未动摇",
    "自己于是",
    "各自已经",
    "周末经济",
    "从末端治理",
    "给予防护",
    "干预以及",
    "依赖政府",
    "公正处理",
    "逐部门",
    "连贯切实",
    "集休闲于一体",
    "自主休息",
    "双休制",
    "退休现象",
    "今后项日",
    "项目常态",
    "目标日标准",
    "国家秘密",
    "保密审查",
    "商业秘密",
    "工作秘密",
    "公开征求意见稿",
    "大幅射击 计划拔除钉子户 福建没有 封建没落 挑选拨乱反正 心脏款式",
    "市生态环境局",
    "市自然资源局",
    "市卫生健康委",
    "原市工商局",
    "原市质监局并入市市场监督管理局",
    "市环保局更名为市生态环境局",
    "经开区环保局",
    "示例高新区安监局",
    "国家煤矿安监局",
    "法治副校长",
    "中外法制副校",
    "落实以训炼兵机制，全年实训炼兵12次",
    "集训炼本领",
    "资源禀赋于一身",
    "一词赋于文",
    "法治思辨论坛",
    "明辨论理",
    "扩建没报批、违建没拆除",
    "未批先建没验收",
    "王峻工作室",
    "干部暑训和内部暑托服务",
    "学习总书记重要讲话",
    "聆听政会议要求",
    "出庭应诉律师",
    "规划解矛盾",
    "律师公证司法鉴定",
    "安全过称重检测",
    "猛增涨价",
    "3个百分点",
    "韩国、台湾等国家和地区",
    "增强“四个意识”",
    "经县工商局2005年登记",
    "由市政府法制办于2016年起草",
    "原市工商局、县质监局",
    "撤销市工商局，组建市市场监督管理局",
    "市环保局原局长",
]

LIST = wording().words


def found(lines: list[str]) -> list[tuple[int, str, str]]:
    """Return which of these paragraphs is found by which code, and what is said."""
    body = "\n\n".join(f"  {line}" for line in lines)
    text = f"章节: 工作情况\n填报单位: 市司法局\n正文: |\n{body}\n"
    told = findings(Example({"稿.yaml": text}, frozenset()))
    return [((d.span.line - 4) // 2, d.rule.code, d.message) for d in told if d.rule.code in ("W01", "W02")]


def typed(word: Word) -> str:
    """Return a wrong form among the words that make it wrong."""
    before = "".join(word.only_after[:1])
    return f"{before}{word.wrong}{''.join(word.only_before[:1])}"


def test_every_wrong_form_is_found_on_its_own_line() -> None:
    told = {(line, code) for line, code, _ in found([typed(word) for word in LIST])}
    assert told >= {(n, "W01" if word.is_error else "W02") for n, word in enumerate(LIST)}


def test_no_right_phrase_is_found() -> None:
    assert [(RIGHT[n], message) for n, _, message in found(RIGHT)] == []


def test_no_right_form_is_wrong_itself() -> None:
    rights = [word.right for word in LIST]
    assert [(rights[n], message) for n, _, message in found(rights)] == []


def test_wrong_forms_in_titles_and_quotations_are_left_alone() -> None:
    assert found(["《攻府工作规则》", "把“政府”写成“攻府”", "《〈攻府〉案》"]) == []


def test_every_form_stands_once() -> None:
    forms = [word.wrong for word in LIST]
    assert len(forms) == len(set(forms))


def test_guards_see_what_stands_behind_a_masked_quotation() -> None:
    assert found(["“十三五”末按期完成", "对末按期完成的予以通报"]) == [(1, "W01", "“末按”应为“未按”。")]


def test_of_overlapping_forms_the_first_is_told() -> None:
    assert [message for _, _, message in found(["规范行政栽量权"])] == ["“行政栽量”应为“行政裁量”。"]


@pytest.mark.parametrize("year, told", [(2018, 0), (2019, 1)])
def test_a_name_is_wrong_from_its_year_on(year: int, told: int) -> None:
    page = f"""
正确：

    # report.yaml
    年度: {year}
    标题: 示例市人民政府关于{year}年度法治政府建设情况的报告
    成文日期: {year + 1}-02-26
    # 01.yaml
    正文: 市安监局开展检查。
"""
    (example,) = examples(page, whole=False)
    assert sum(d.rule.code == "W02" for d in findings(example)) == told


def read(text: str) -> tuple[list[Word], list[Diagnostic]]:
    problems: list[Diagnostic] = []
    node = parse(Source("wording.yaml", text), problems)
    assert node is not None
    return list(read_wording(node, problems).words), problems


def test_a_row_is_one_line_or_a_mapping() -> None:
    words, problems = read(
        "错别字:\n  攻府、政俯: 政府\n用词提醒:\n  布署: {对: 部署, 后面不是: 名、期, 前面是: [上, ，]}\n"
    )
    assert problems == []
    assert [(word.wrong, word.right, word.is_error) for word in words] == [
        ("攻府", "政府", True),
        ("政俯", "政府", True),
        ("布署", "部署", False),
    ]
    assert words[2].not_before == ("名", "期") and words[2].only_after == ("上", "，")


@pytest.mark.parametrize(
    "text", ["市环保局坚持原则", "市环保局查明原因", "市环保局整合执法力量", "市环保局撤销许可3件", "省环保厅开展检查"]
)
def test_what_only_looks_like_history_hides_nothing(text: str) -> None:
    ((_, code, message),) = found([text])
    assert code == "W02" and message.endswith("是从前的说法。")


@pytest.mark.parametrize("text", ["习近平新时代中国特色社会注义思想", "习近平新时代有中国特色社会主义思想"])
def test_a_fixed_form_is_told_once(text: str) -> None:
    draft = f"章节: 工作情况\n填报单位: 市司法局\n正文: 以{text}为指导。\n"
    told = findings(Example({"稿.yaml": draft}, frozenset()))
    assert [d.rule.code for d in told if d.rule.code in ("W01", "W02", "W26")] == ["W01"]


def test_a_form_in_both_lists_is_told_once() -> None:
    words, _ = read("错别字:\n  布署: 部署\n用词提醒:\n  布署: 部署\n")
    assert [word.is_error for word in words] == [True]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("习总书记，总书记: 习近平总书记", "“习总书记，总书记”里有逗号一类的符号。"),
        ("布署:", "“布署”没有写对的写法。"),
        ("部署: 部署", "“部署”错的写法和对的写法一样。"),
        ("政府: 市政府", "“市政府”里就有“政府”，写对了也会算错。"),
        ("政府: {对: 市政府, 前面不是: 县}", "“市政府”里就有“政府”，写对了也会算错。"),
    ],
)
def test_a_row_that_can_only_mislead_is_a_finding(row: str, message: str) -> None:
    words, problems = read(f"用词提醒:\n  {row}\n")
    assert words == []
    assert [(problem.rule.code, problem.message) for problem in problems] == [("S03", message)]


def test_a_row_may_extend_a_form_that_is_guarded() -> None:
    words, problems = read("用词提醒:\n  政府: {对: 市政府, 前面不是: 市、}\n  攻府、: 政府\n")
    assert problems == []
    assert [(word.wrong, word.not_after) for word in words] == [("政府", ("市",)), ("攻府", ())]


def test_a_row_without_a_right_form_is_a_finding() -> None:
    words, problems = read("错别字:\n  攻府: {后面不是: 院}\n  布署: 部署\n")
    assert [word.wrong for word in words] == ["布署"]
    assert [problem.message for problem in problems] == ["这个词缺少“对”。"]
