"""Words for which the English has their opposite, or another of their kind: 逆差 as a surplus, 县 as provincial, 国庆
as May Day, 每月 as "a year".

All names and numbers arrive in such English, so that nothing else of the check sees it. A word is told only if nothing
in the English may mean it and nothing in the Chinese what stands in its place: of 21,551 translations, by people and
machines, four have a finding, three of them rightly. The table was made with them in view: others may have more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter

from summarize.fidelity.text import paired_sentences
from summarize.fidelity.wording import Place
from summarize.grounding import exonyms
from summarize.traditional import simplify

# English that only some Chinese can mean.
_DEATH_EN = re.compile(
    r"\b(?:kill(?:s|ed|ing)?|died|dies|(?:are|were|found|people) dead|deaths?|fatalit(?:y|ies)|fatally)\b",
    re.IGNORECASE,
)
_DEATH_ZH = re.compile(
    "[死亡丧毙殉杀逝戮殁葬尸牺命猝毒灭夭骸绝枯诛祭悼惨斩殇殒战袭刺枪屠宰凶]|遇难|罹难|遗体|去世|辞世|过世|离世|离开|身故|病故|事故|不治|舍身|捐躯|"
    "生还|夺走|轰炸|除[虫害]|送走|走了|倒下|长眠|安息|难者|[蒙遭空海矿山灾]难"
)


@dataclass(frozen=True, slots=True)
class _Word:
    """One of several words that exclude each other: Chinese and English that mean it for certain, and all that may."""

    zh: re.Pattern[str]
    zh_at_all: re.Pattern[str]
    en: re.Pattern[str]
    en_at_all: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Question:
    """What several words answer, each in another way, and where any of them stands."""

    zh: re.Pattern[str]
    words: tuple[_Word, ...]


def opposites(source: str, target: str) -> list[tuple[Place, Place | None]]:
    """Where the English says another word than the Chinese: its place in the target and that of the right one.

    Args:
        source: a Chinese passage.
        target: its English.
    """
    text = simplify(source)
    found: list[tuple[Place, Place | None]] = []
    for question in _questions():
        if not question.zh.search(text):
            continue
        for right in question.words:
            rest = right.zh.sub(" ", text)  # 女儿 has the 儿 of sons
            if rest == text:
                continue
            others = [word for word in question.words if word is not right and not word.zh_at_all.search(rest)]
            for said_in, written_in in paired_sentences(text, target) if others else ():
                said = right.zh.search(text, *said_in)
                if said is None or right.en_at_all.search(target, *written_in):
                    continue
                for wrong in others:
                    if written := wrong.en.search(target, *written_in):
                        found.append((written.span(), said.span()))
    if (written := _DEATH_EN.search(target)) and not _DEATH_ZH.search(text):
        found.append((written.span(), None))
    return found


@cache
def _questions() -> tuple[_Question, ...]:
    rows = exonyms.rows("opposites.tsv", "summarize.fidelity")
    questions = [[row[1:] for row in group] for _, group in groupby(rows, key=itemgetter(0))]
    return tuple(
        _Question(re.compile("|".join(zh for zh, *_ in question)), tuple(_word(*row) for row in question))
        for question in questions
    )


def _word(zh: str, zh_also: str, en: str, en_also: str) -> _Word:
    zh_at_all, en_at_all = ("|".join(filter(None, forms)) for forms in ((zh, zh_also), (en, en_also)))
    return _Word(
        re.compile(zh),
        re.compile(zh_at_all),
        re.compile(rf"\b(?:{en})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{en_at_all})\b", re.IGNORECASE),
    )
