"""Breaks the title of an official document into centred lines (GB/T 9704-2012 7.3.1).

回行时，要做到词意完整，排列对称，长短适宜，间距恰当；标题排列应当使用梯形或菱形. Every gap between two characters has
a grade: FREE; WORD, inside a word, in a stretch no listed word covers, or after the 、 of a mere list; GROUP, inside
an organ's name or what 《》“”（） enclose; MARK, where a sign or particle would begin or end a line; NEVER, inside a
number, a year or a Latin word. Rules give way in the order of _LADDER: shape, words, the four lines, groups, marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from jzreport.chinese import cells

# Words the titles of governments' papers are made of, long and short: the ends of a word are good places to break at.
_WORDS = """
法治政府建设 法治政府 法治社会 法治建设 法治宣传教育 法治宣传 法治 依法行政 依法治市 依法治县 依法治区 依法治国
全面依法治国 习近平法治思想 行政执法监督 行政执法 综合行政执法 行政复议 行政应诉 行政诉讼 行政审批 行政许可 行政处罚
行政强制 行政裁决 行政调解 行政裁量权 行政规范性文件 规范性文件 重大行政决策 行政决策 行政 合法性审核 合法性审查
公平竞争审查 备案审查 政务服务 政务公开 政府信息公开 信息公开 政府信息 政府 营商环境 优化营商环境 放管服改革
公共法律服务 法律服务 法律顾问 法律 普法 人民调解 矛盾纠纷 社会矛盾 突发事件 应急管理 数字政府 示范创建 第一责任人
主要负责人 党政 执法 司法 审计 年度报告 工作报告 情况报告 自查报告 工作总结 工作情况 工作要点 工作方案 工作计划
工作制度 工作机制 工作规则 工作安排 工作 实施方案 实施意见 实施办法 实施细则 实施纲要 实施情况 实施 管理办法 暂行办法
暂行规定 若干措施 若干规定 若干意见 指导意见 行动计划 行动方案 任务分工 重点任务 重点工作 主要任务 任务 情况 报告 通知
通报 意见 方案 办法 规定 条例 规划 纲要 细则 决定 决议 公告 通告 请示 批复 措施 清单 目录 制度 机制 体制 体系 标准
事项 问题 年度 重点 有关 相关 关于 进一步 深入 全面 持续 切实 扎实 统筹 加强 加快 推进 推动 做好 开展 落实 贯彻落实
学习贯彻 贯彻 深化 强化 规范 完善 健全 提升 提高 优化 促进 建立 建设 印发 转发 批转 公布 发布 调整 成立 修订 修改 废止
清理 履行 组织 执行 进展 完成 整改 反馈 办理 部署 决策部署 会议 精神 督察 监督 检查 考核 评估 评价 审核 审查 编制 专项
整治 行动 活动 试点 管理 服务 保障 治理 改革 创新 发展 人民政府 人民法院 人民检察院 人民代表大会 常务委员会 人大常委会
委员会 办公室 领导小组 组成人员 领导 机关 部门 单位 企业 职责 责任 全市 全县 全区 全省 我市 我县 我区 本市 基层 社会
经济 城市 城乡 农村 农业 乡村振兴 社会治理 高质量发展 安全生产 生态环境 市场监管 知识产权 安全 质量 水平 能力 领域
资金 财政 预算 项目 土地 房屋 征收 补偿 教育 医疗 卫生 文化 旅游 交通 水利 代表 建议 提案 义务教育 机构 政策 法规 规章
法律法规 刑事司法 改革方案 学生 群众 民生 就业 统计 信访 消防 人才 数据 数字化 信息化 标准化 规范化 制定 备案 公示
征求 验收 总结 宣传 督促 指导 协调 衔接 防范 化解 风险 污染防治 疫情防控 国民经济和社会发展计划 国民经济和社会发展
一般公共预算 中共中央 国务院
"""
DEFAULT_WORDS: frozenset[str] = frozenset(_WORDS.split())

FREE, WORD, GROUP, MARK, NEVER = range(5)
_COST = (0.0, 300.0, 2000.0, 5000.0, 0.0)  # by grade, against the squared cells of unevenness
_FOUR, _ANY = 4, 10**6
# Grade of gap that may be broken, whether a trapezoid or diamond is asked for, most lines.
_IN_FOUR = ((FREE, True, _FOUR), (FREE, False, _FOUR), (WORD, True, _FOUR), (WORD, False, _FOUR))
_IN_MORE = ((FREE, False, _ANY), (WORD, False, _ANY))
_LADDER = (*_IN_FOUR, *_IN_MORE, (GROUP, True, _FOUR), (GROUP, False, _ANY), (MARK, False, _ANY))
_PREFERRED = 18  # cells, of the 20 that fit (442.2 pt / 22 pt)

_NO_START = frozenset("的和及与暨等年、》”），。；：！？〉’〕】」』,.;:!?)]}")
_NO_END = frozenset("《“（〈‘〔【「『([{和与及暨")
_CODE = (
    r"(?:[A-Z][A-Z/]* )?[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+(?:[.,/:~～—–－-]+[0-9A-Za-z０-９]+)*[%％‰]?"
    r"(?:年度?|[月日号期批次届个项件条部万亿])*|[〇零一二三四五六七八九]{4}年度?|第[一二三四五六七八九十百0-9]+[届次批号期轮季年]|—+|…+"
)
_GROUPS = tuple(rf"{left}[^{right}]*{right}" for left, right in ("《》", "〈〉", "“”", "（）", "〔〕"))
_PLACE = "省市县区州旗镇乡"
_JOINTS = "和与及暨等"  # what stands between the names of joint issuers besides 、 and blanks
_TAIL = r"(?:政府|办公[室厅]|中心|公司|集团|大学|部门|军分区|开发区|新区|[厅局委部院办处署会所站队组社])"
_LEADING_ORGAN = (
    rf"[^\W\d]{{1,14}}?(?:人民政府|委员会)(?:办公[室厅])?|[^\W\d]{{1,8}}?[{_PLACE}][^\W\d]{{1,9}}?(?<![格布])局"
)
_MATTER = "关于|转发|批转|印发"  # the issuers stand before it


class _Gap(NamedTuple):
    """A place between two characters: which rule a break violates there, and how bad it is (below 0: sought)."""

    grade: int = FREE
    cost: float = 0.0

    def raised(self, grade: int) -> _Gap:
        """Return the gap with at least this grade."""
        return self if self.grade >= grade else _Gap(grade, self.cost + _COST[grade])


def break_title(title: str, words: Collection[str] = (), capacity: int = 20) -> tuple[str, ...]:
    """Return the lines of a title, at most `capacity` cells each unless a number or Latin word alone is wider.

    Line breaks typed in it are kept. Joined, the lines are the title without its line breaks, typed or made, and the
    blanks around them. `words` are added to DEFAULT_WORDS and, where two overlap, go first.
    """
    typed = (line.strip() for line in title.splitlines())
    return tuple(part for line in typed if line for part in _break(line, words, capacity))


def _break(text: str, words: Collection[str], capacity: int) -> tuple[str, ...]:
    if cells(text) <= capacity:
        return (text,)
    cuts = _Layouts(text, _gaps(text, words, capacity), capacity).best()
    return tuple(text[start:end].strip() for start, end in pairwise(cuts))


def _gaps(text: str, words: Collection[str], capacity: int) -> list[_Gap]:
    """Return the gap before each character."""
    gaps, organs = _word_gaps(_pieces(text, DEFAULT_WORDS.union(words))), _organs(text)
    _raise(gaps, (found.span() for word in words if word for found in re.finditer(re.escape(word), text)), WORD)
    whole = [*(found.span() for group in _GROUPS for found in re.finditer(group, text)), *organs]
    _raise(gaps, (span for span in whole if _glued_width(text, *span) <= capacity), GROUP)
    for i, (before, after) in enumerate(pairwise(text), 1):
        if before in _NO_END or after in _NO_START or text.endswith("关于", 0, i):
            gaps[i] = gaps[i].raised(MARK)
    for start, _ in organs[1:]:  # joint issuers: a line may end with their 、 and, at a pinch, their 和
        gaps[start] = _Gap(WORD, 300) if text[start - 1] in _JOINTS else _Gap(FREE, -10)
    end = organs[-1][1] if organs else 0
    if 0 < end < len(text) and gaps[end].grade <= WORD:
        gaps[end] = _Gap(FREE, -80 if re.match(_MATTER, text[end:]) else -30)
    return gaps


def _raise(gaps: list[_Gap], spans: Iterable[tuple[int, int]], grade: int) -> None:
    for start, end in spans:
        gaps[start + 1 : end] = [gap.raised(grade) for gap in gaps[start + 1 : end]]


def _glued_width(text: str, start: int, end: int) -> float:
    """Return the cells of a group with the marks behind it that can begin no line: 》的 sticks to what it closes."""
    while end < len(text) and text[end] in _NO_START:
        end += 1
    return cells(text[start:end])


def _organs(text: str) -> list[tuple[int, int]]:
    """Return where the issuers' names stand: all before 关于 or its like, else one that begins the title."""
    home = re.escape(text.removeprefix("中共")[:2])  # said again, it begins the next name: 示例市司法局示例市公安局
    organ = rf"[^、\s{_JOINTS}].*?{_TAIL}(?=[、\s{_JOINTS}]|{home}|$)"
    matter = re.search(_MATTER, text)
    if matter and (found := [match.span() for match in re.finditer(organ, text[: matter.start()])]):
        return found
    leading = re.match(_LEADING_ORGAN, text)
    return [leading.span()] if leading and not re.search(_MATTER, leading[0]) else []


def _pieces(text: str, words: Collection[str]) -> list[tuple[str, str]]:
    """Return the text in pieces, each with its kind: code, word, loose (what no word covers), sign (particles too)."""
    longest_first = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)) if word)
    loose = rf"(?:(?!{_CODE}|{longest_first}|[的和与及暨等])[^\W_])+"
    pattern = rf"(?P<code>{_CODE})|(?P<word>{longest_first})|(?P<loose>{loose})|(?P<sign>.)"
    return [(found[0], found.lastgroup or "sign") for found in re.finditer(pattern, text, re.DOTALL)]


def _word_gaps(pieces: list[tuple[str, str]]) -> list[_Gap]:
    gaps: list[_Gap] = []
    for before, piece in pairwise([("", "sign"), *pieces]):
        gaps.append(_between(before, piece))
        gaps.extend(_inside(piece[1], offset) for offset in range(1, len(piece[0])))
    return gaps


def _inside(kind: str, offset: int) -> _Gap:
    if kind == "loose":
        return _Gap(WORD, 400 if offset % 2 else 200)  # most words have two characters
    return _Gap(NEVER) if kind == "code" else _Gap(WORD, 600)


def _between(before: tuple[str, str], after: tuple[str, str]) -> _Gap:
    if after[0].isspace():
        return _Gap(NEVER)  # the blank goes to the end of the line and is dropped there
    if "sign" in (before[1], after[1]):
        return _Gap(WORD, 100) if before[0] == "、" else _Gap(FREE, 20 * (before[0] in "的”"))
    loose = [text for text, kind in (before, after) if kind == "loose"]
    of_place = before[0][-1] in _PLACE
    if (of_place and after[0].startswith(("人", "委", "办"))) or any(len(text) == 1 for text in loose):
        return _Gap(WORD, 300)  # a lone character (市, 对, 各) belongs to a neighbour
    return _Gap(FREE, 12 * len(loose) + 30 * of_place)


class _Layouts:
    """The ways to break one title; a layout is the tuple of its cuts, 0 and the length included."""

    def __init__(self, text: str, gaps: Sequence[_Gap], capacity: int) -> None:
        self.text = text
        self.gaps = gaps
        self.capacity = capacity
        self._sums = list(accumulate(map(cells, text), initial=0.0))

    def best(self) -> tuple[int, ...]:
        """Return the layout of the first rung that has one; the last always has: only the unbreakable is left whole."""
        for grade, shapely, most in _LADDER:
            if self._width(0, len(self.text)) > most * self.capacity:
                continue
            points = [i for i, gap in enumerate(self.gaps) if i and gap.grade <= grade] + [len(self.text)]
            cuts = self._shapely(points) if shapely else self._even(points)
            if 2 <= len(cuts) <= most + 1:
                return cuts
        return (0, len(self.text))

    def _shapely(self, points: list[int]) -> tuple[int, ...]:
        """Return the cheapest trapezoid or diamond of the fewest lines, () if four are too few."""
        for count in range(2, _FOUR + 1):
            layouts = [cuts for cuts in self._cuts(points, 0, count) if is_shapely(self._widths(cuts))]
            if layouts:
                return min(layouts, key=self._cost)
        return ()

    def _cuts(self, points: list[int], start: int, count: int) -> Iterator[tuple[int, ...]]:
        """Yield the layouts of the text from start in so many lines, the last of at least three characters."""
        length = len(self.text)
        if count == 1 and length - start > 2 and self._width(start, length) <= self.capacity:
            yield (start, length)
        elif count > 1 and self._width(start, length) <= count * self.capacity:
            for point in self._line_ends(points, start):
                yield from ((start, *rest) for rest in self._cuts(points, point, count - 1))

    def _even(self, points: list[int]) -> tuple[int, ...]:
        """Return the evenest layout of the fewest lines, whatever their shape; () if a line is too wide."""
        best: dict[int, tuple[int, float, tuple[int, ...]]] = {0: (0, 0.0, (0,))}
        for start in [point for point in [0, *points] if point < len(self.text)]:
            for point in self._line_ends(points, start) if start in best else ():
                lines, cost, cuts = best[start]
                cost += self.gaps[start].cost + self._width(start, point) ** 2
                lost = 1000 * (point == len(self.text) and point - start < 3)  # a last line of one or two characters
                option = (lines + 1, cost + lost, (*cuts, point))
                best[point] = min(best.get(point, option), option)
        return best[len(self.text)][2] if len(self.text) in best else ()

    def _line_ends(self, points: list[int], start: int) -> Iterator[int]:
        for point in points[bisect_right(points, start) :]:
            wide = self._width(start, point) > self.capacity
            if not wide or all(gap.grade == NEVER for gap in self.gaps[start + 1 : point]):
                yield point
            if wide:
                return

    def _cost(self, cuts: tuple[int, ...]) -> float:
        """Return the variance of the widths, 4 for each squared cell over 18, and the costs of the gaps broken."""
        widths = self._widths(cuts)
        mean = sum(widths) / len(widths)
        uneven = sum((width - mean) ** 2 for width in widths) / len(widths)
        wide = sum(4 * max(0.0, width - _PREFERRED) ** 2 for width in widths)
        return uneven + wide + sum(self.gaps[cut].cost for cut in cuts[1:-1])

    def _widths(self, cuts: tuple[int, ...]) -> list[float]:
        return [self._width(start, end) for start, end in pairwise(cuts)]

    def _width(self, start: int, end: int) -> float:
        """Return the cells of a line, the blanks at its end left out."""
        return self._sums[start + len(self.text[start:end].rstrip())] - self._sums[start]


def is_shapely(widths: Sequence[float]) -> bool:
    """Whether the widths grow, shrink, or grow and then shrink, and are not all alike within a cell (7.3.1)."""
    peak = widths.index(max(widths))
    grow = all(before <= after for before, after in pairwise(widths[: peak + 1]))
    shrink = all(before >= after for before, after in pairwise(widths[peak:]))
    return len(widths) == 1 or (grow and shrink and max(widths) - min(widths) >= 1)
