"""Clauses of a Chinese summary that its section does not bear out: 居民满意度提高 where nobody had been asked.

A summary of news takes nearly all of its words from the news. Of 576 clauses that the default model wrote 9 were mostly
made of other words, and most of these were commonplaces of the kind "with good results" that nothing in the text stood
behind. So words tell, and one word is enough where it is of approval: residents are satisfied only if the text has
somebody pleased. What is claimed in the words of the text, but not said by it, is not found. People put things in words
of their own more often: 11% of the clauses of their headlines would be claims (benchmarks/checker.py).
"""

from __future__ import annotations

import re

from summarize.fidelity.wording import Place
from summarize.grounding.tagger import Token, tag
from summarize.punctuation import closing_marks
from summarize.traditional import simplify

_CONTENT = frozenset(("n", "nz", "nw", "v", "vn", "vd", "a", "an", "ad"))  # of the tagger: nouns, verbs, adjectives
_NOUNS = frozenset(("n", "nz", "nw", "vn", "an"))
_CLAUSE = re.compile(r"[^，,。；;！!？?：:\s]+")

# Words with which one retells without adding anything, and words that only hold others together.
_NEUTRAL = frozenset(
    re.findall(
        r"\w+",
        "强调 指出 表示 介绍 说明 认为 透露 提到 呼吁 宣布 宣称 报道 显示 证明 表明 讲述 描述 回应 要求 提出 "
        "提醒 建议 发布 公布 包括 涉及 进行 开展 举行 举办 召开 组织 参加 参与 实施 采取 提供 使用 利用 获得 "
        "受到 得到 接受 完成 实现 成为 进入 前往 来自 面临 计划 准备 开始 继续 结束 发生 出现 存在 具有 拥有 "
        "位于 需要 希望 通过 导致 造成 引发 引起 产生 影响 标志 体现 展示 展现 作为 没有 无法 未能 可能 可以 "
        "应该 能够 有关 相关 主要 目前 近期 同时 最终 首次 已经 仍然 原因 方式 情况 问题 活动 工作 内容 措施 "
        "方面 双方 各方 多国 各国 各地 多地 当地 单位 部门 人员 人数 数量 时间 地点 事件 事情 新闻 文章 大量 "
        "多个 多名 多次 重要 重大 巨大 主题 目的 结果 项目 人士 地区 国家 全国 共同 分别 及时 明显 显著 大幅 "
        "不断 进一步 有所 警方 金额 年龄 预计 预测 旨在 可能会 遭受 遭遇 战胜 获胜 "
        "击败 对阵 被捕 患者 批评 回忆 上升 减弱 不要 大型",
    )
)
# What is said to have become better; to say so of something that the text does not speak of is a claim. That something
# became more or less may be said in other words than those of the text.
_IMPROVED = frozenset(
    re.findall(
        r"\w+",
        "提高 提升 增强 改善 促进 推动 推进 助力 加强 优化 保障 带动 增进 激发 丰富 满足 赢得 获得 取得 受到 "
        "深受 减轻 缓解 降低 减少 增加 下降 增长 解决 帮助",
    )
)
# What people think of it: a claim where the text speaks of nobody's approval in any of these words.
_APPROVAL = tuple(
    re.findall(
        r"\w+",
        "满意 好评 称赞 赞扬 赞誉 点赞 认可 欢迎 喜爱 拥护 信任 感谢 感激 肯定 青睐 叫好 幸福感 获得感 安全感 归属感",
    )
)
_RETELLING = _NEUTRAL | _IMPROVED


def unsupported(source: str, summary: str) -> list[Place]:
    """The places of the clauses of `summary` that are mostly made of words that `source` does not have, or that
    speak of approval where it speaks of none.

    Names, numbers and dates are for others to check.
    """
    known = simplify(source)
    written = simplify(summary)
    words = tag(written) if written else []
    found = []
    for clause in _CLAUSE.finditer(written):
        within = [word for word in words if clause.start() <= word.start and word.end <= clause.end()]
        if _is_claim(within, known) or (_has_approval(clause[0]) and not _has_approval(known)):
            found.append(clause.span())
    return found


def own_words(source: str, summary: str) -> list[Place]:
    """The places of the nouns, verbs and adjectives of `summary` that `source` does not have, retelling words aside.

    Small models that leave the words of a text leave what it says: of 40 summaries of local stories that were judged
    by the text, 17 had such words and 18 wrong statements, the other 23 had 7 (benchmarks/results/local_stories.md).
    """
    known, written = simplify(source), simplify(summary)
    return [(word.start, word.end) for word in _strange(_content(tag(written) if written else []), known)]


def without_claims(source: str, summary: str) -> str:
    """The summary without its unsupported clauses, except those that begin a sentence or stand in quotation marks."""
    for start, end in reversed(unsupported(source, summary)):
        before, clause = summary[:start].rstrip(), summary[start:end]
        if before[-1:] in tuple("，,；;") and not closing_marks(before) and not closing_marks(clause):
            summary = before[:-1] + summary[end:]
    return summary


def _is_claim(clause: list[Token], known: str) -> bool:
    content = _content(clause)
    strange = _strange(content, known)
    if any(word.text in _IMPROVED for word in clause) and any(word.tag in _NOUNS for word in strange):
        return True
    return len(strange) > 1 and 2 * sum(len(word.text) for word in strange) >= sum(len(word.text) for word in content)


def _content(words: list[Token]) -> list[Token]:
    return [word for word in words if word.tag in _CONTENT and len(word.text) > 1 and word.text not in _RETELLING]


def _strange(content: list[Token], known: str) -> list[Token]:
    return [word for word in content if not _stands(word.text, known)]


def _has_approval(text: str) -> bool:
    return any(word in text for word in _APPROVAL)


def _stands(word: str, text: str) -> bool:
    """True if the text has the word, or of a longer one two characters: 结婚率 where people 结婚."""
    return word in text or (len(word) > 2 and any(word[at : at + 2] in text for at in range(len(word) - 1)))
