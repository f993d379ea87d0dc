"""P: what the pages do not show."""

from __future__ import annotations

import pytest
from examples import Example, findings

from jzreport.diagnostics import Diagnostic

IDENTITY = "11010519491231002X"
CARD = "6222020000000000000"


def told(body: str, code: str = "P", more: str = "") -> list[Diagnostic]:
    """Return what is found of P in a text."""
    draft = f"章节: 工作情况\n填报单位: 市司法局\n正文: |\n  {body}\n{more}"
    return [d for d in findings(Example({"稿.yaml": draft}, frozenset())) if d.rule.code.startswith(code)]


@pytest.mark.parametrize(
    "unseen", [*"\u200b\u00ad\u00a0\u202e\u034f\u115f\u3164\uffa0\u2800\ufffc\u17b4\ufe00\U000e0100"]
)
def test_a_number_is_found_whatever_nobody_sees_in_it(unseen: str) -> None:
    body = f"手机1380013{unseen}8000，身份证{IDENTITY[:14]}{unseen}{IDENTITY[14:]}，邮箱zhang{unseen}san@example.cn。"
    assert codes(body) == ["P01", "P02", "P04"]
    (identity,) = told(body, "P01")
    assert identity.span.end_column - identity.span.column == len(IDENTITY) + 1


def codes(body: str) -> list[str]:
    return [d.rule.code for d in told(body)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"身份证号{IDENTITY}。", "P01"),
        (f"身份证号{IDENTITY.lower()}。", "P01"),
        ("身份证号110105194912310021。", "P01"),
        ("身份证：110105491231002。", "P01"),
        ("证件110105-19491231-002X。", "P01"),
        ("证件１１０１０５１９４９１２３１００２Ｘ。", "P01"),
        ("手机13800138000。", "P02"),
        ("手机１３８００１３８０００。", "P02"),
        ("手机+8613800138000。", "P02"),
        ("手机+86 138 0013 8000。", "P02"),
        ("微信号：zhangsan88。", "P02"),
        ("微信号：abc12345。", "P02"),
        ("QQ：12345678。", "P02"),
        ("卡号6222020000000000001。", "P03"),
        ("银行账号：1234567890123456。", "P03"),
        ("手机138 0013 8000。", "P02"),
        ("联系电话0792-8123456。", "P02"),
        ("传真（0792）8123456。", "P02"),
        ("联系电话：81234567。", "P02"),
        (f"卡号{CARD}。", "P03"),
        ("卡号6222 0200 0000 0000 000。", "P03"),
        ("请发至a.b@example.com。", "P04"),
        ("请发至a.b＠example.com。", "P04"),
        ("绝密★", "P05"),
        ("秘密☆1年", "P05"),
        ("机密级", "P05"),
        ("方案已经印发（机密）。", "P05"),
        ("密级：秘密。", "P05"),
        ("办结514件［备注：口径不同］。", "P06"),
        ("办结514件[此数据需更新]。", "P06"),
        ("办结514件（含往年，请核实）。", "P06"),
        ("办结514件（王科长：请再核）。", "P06"),
        ("（此件不予公开）", "P06"),
        ("内部资料 注意保存", "P06"),
        ("各项工作取得进展。（不得外传）", "P06"),
        ("各项工作取得进展。请领导审定。", "P06"),
        ("办结514件（请核对）。", "P06"),
        ("办结514件（数据需再核实）。", "P06"),
        ("办结514件【批注：口径不同】。", "P06"),
    ],
)
def test_what_must_not_be_published_is_found(text: str, code: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "身份证号110105********002X。",
        "流水110105194912310021。",  # check digit
        "工单编号13812345678。",
        "联系电话：0792-8123456（市司法局值班电话）。",
        "微信公众号shilishi2023已经开通，QQ群答疑。",
        "国家秘密（机密）目录，密级（秘密）的确定。",
        "办事指南（如有疑问，请核对后联系窗口）已经公布，人数【需要帮扶】。",
        "编号110105194913310025。",  # no such month
        f"合同编号A{IDENTITY}。",
        "统一社会信用代码91360400MA35K0001X。",
        "归集数据13800138000条，投入13800138000元，增长13.800138000%。",
        "案号（2023）示0101行初1380013800012号。",
        "“12345”热线、12348、12309和110接警平台运行平稳，0792-12345便民热线接听率全省第一。",
        "监督电话0792-8123456、0792-8123457，举报电话13800138000已经公布。",
        "公布服务热线：0792-8123456。",
        "全市通车里程0792-8123公里，区号0792。",
        f"案件编号{CARD}，流水号6222020000000000000已经归档。",
        "卡号6222********0000，金额6222020000000000元。",
        "序列1234567890123456已经归档。",
        "公布举报邮箱jubao@example.gov.cn，公开征集意见邮箱yijian@example.com。",
        "保守国家秘密、商业秘密和工作秘密，加强保密审查，未发生失泄密事件，机密文件管理规范。",
        "依法不予公开的政府信息12件，部分公开3件，不予公开5件。",
        "符合条件的，不予公开。",
        "形成《示例市养犬管理条例》（送审稿），修改完善条例（草案征求意见稿）。",
        "提醒当事人注意保存证据，执法记录不得外传，报请领导审定后印发。",
        "清理内部文件，收缴内部资料性出版物，不得以内部文件设定处罚。",
        "办结514件（含往年结转），平台用户（经核实的）20人，线索（已核实）3条。",
        "窗口（请群众签字确认后办理）实行一次告知，开展【典型案例】评选。",
        "宣传（注：含线上）12场，乡镇（街道）（待业人员）帮扶。",
    ],
)
def test_what_may_be_published_is_left_alone(text: str) -> None:
    assert codes(text) == []


def test_a_number_is_never_told_whole() -> None:
    for number, text in (
        (IDENTITY, f"号码{IDENTITY}。"),
        (CARD, f"卡号{CARD}。"),
        ("13800138000", "手机13800138000。"),
        ("81234567", "电话：81234567。"),
        ("12345678", "QQ号12345678。"),
        ("zhangsan", "请发至zhangsan@example.com。"),
        ("13800138000", "手机13800138000（王科长13800138000：请再核）。"),
    ):
        for found in told(text):
            assert number not in found.message + found.hint
            assert "***" in found.message
            assert found.rule.is_private or found.rule.code == "P06"


def test_tables_captions_and_references_are_looked_at() -> None:
    draft = f"""章节: 工作情况
填报单位: 市司法局
正文:
  - 表格:
      标题: 联系电话13800138000
      表头: [姓名, 证件]
      行: [[张某, "{IDENTITY}"]]
  - 手机{{{{ 手机 }}}}。
指标:
  手机: "13800138000"
"""
    found = findings(Example({"稿.yaml": draft}, frozenset()))
    assert [(d.rule.code, d.span.line) for d in found if d.rule.code[0] == "P"] == [("P01", 7), ("P02", 5), ("P02", 8)]


def test_a_classified_report_may_hold_its_mark() -> None:
    draft = "章节: 工作情况\n填报单位: 市司法局\n正文: 秘密★1年\n"
    page = "密级: 秘密\n年度: 2023\n地区: 示例市\n发文机关: 示例市人民政府\n标题: 情况报告\n结构:\n  - 键: 工作情况\n"
    found = findings(Example({"report.yaml": page, "稿.yaml": draft}, frozenset()))
    assert not any(d.rule.code == "P05" for d in found)


def test_the_title_may_not_be_a_draft_but_the_note_may_say_it_is_not_public() -> None:
    cover = "年度: 2023\n地区: 示例市\n发文机关: 示例市人民政府\n标题: 情况报告（{}）\n附注: 此件不予公开\n结构:\n  - 键: 工作情况\n"
    found = [
        [
            d.span.line
            for d in findings(Example({"report.yaml": cover.format(word)}, frozenset()))
            if d.rule.code == "P06"
        ]
        for word in ("讨论稿", "2023年度")
    ]
    assert found == [[4], []]


def test_long_text_takes_no_long_time() -> None:
    for piece in (
        "（送审稿）",
        "1",
        "市环保局",
        "a@",
        "（此处",
        "2022年，",
        "手机138",
        "习近平新",
        "“四个意识”",
        "截止2023年",
        "2022年共",
        "（机密",
        "身份证1",
        "QQ",
        "，请",
    ):
        told(piece * (30_000 // len(piece)), code="")
