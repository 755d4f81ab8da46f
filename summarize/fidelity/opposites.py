"""Words for which the English has their opposite, or another of their kind: 逆差 as a surplus, 县 as provincial, 国庆
as May Day, 每月 as "a year".

All names and numbers arrive in such English, so that nothing else of the check sees it. A word is told only if nothing
in the Chinese may mean it, and the Chinese certainly means another of its kind in the same sentence; where English adds
such words freely, only if nothing in it may mean that one. The table was made with some 20,000 translations in view.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter

from summarize.fidelity.text import paired_sentences
from summarize.fidelity.wording import Place, overlaps
from summarize.grounding import exonyms
from summarize.traditional import simplify

# English that only some Chinese can mean.
_DEATH_EN = re.compile(
    r"\b(?:kill(?:s|ed|ing)?|died|dies|(?:are|were|found|people) dead|deaths?|fatalit(?:y|ies)|fatally)\b",
    re.IGNORECASE,
)
_DEATH_ZH = re.compile(
    "[死亡丧毙殉杀逝戮殁葬尸牺命猝毒灭夭骸绝枯诛祭悼惨斩殇殒战袭刺枪屠宰凶]|遇难|罹难|遗体|去世|辞世|过世|离世|离开|身故|病故|事故|不治|舍身|捐躯|"
    "生还|夺走|走得|走的时候|走时|走后|不在了|没了|老了|咽|断气|轻生|寻短|自尽|自缢|轰炸|除[虫害]|送走|走了|倒下|长眠|安息|难者|[蒙遭空海矿山灾]难"
)

# Questions that English answers where the Chinese does not: beside the right word another one proves nothing.
_LOOSE = frozenset(
    (
        "trade", "forms of address", "times of day", "people at school", "quantity", "eves", "change", "opening",
        "works", "outcome", "visitors", "will", "stance",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Word:
    """One of several words that exclude each other: Chinese and English that mean it for certain, and all that may."""

    zh: re.Pattern[str]
    zh_at_all: re.Pattern[str]
    en: re.Pattern[str]
    en_at_all: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Question:
    """What several words answer, each in another way, and where any of them stands; whether English adds them."""

    zh: re.Pattern[str]
    words: tuple[_Word, ...]
    loose: bool


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
                if said is None or (question.loose and right.en_at_all.search(target, *written_in)):
                    continue
                for wrong in others:
                    written = wrong.en.search(target, *written_in)
                    if written and not overlaps(written.span(), [place for place, _ in found]):
                        found.append((written.span(), said.span()))
    if (written := _DEATH_EN.search(target)) and not _DEATH_ZH.search(text):
        found.append((written.span(), None))
    return found


@cache
def _questions() -> tuple[_Question, ...]:
    rows = exonyms.rows("opposites.tsv", "summarize.fidelity")
    questions = [(name, [row[1:] for row in group]) for name, group in groupby(rows, key=itemgetter(0))]
    return tuple(
        _Question(re.compile("|".join(zh for zh, *_ in words)), tuple(_word(*row) for row in words), name in _LOOSE)
        for name, words in questions
    )


def _word(zh: str, zh_also: str, en: str, en_also: str) -> _Word:
    zh_at_all, en_at_all = ("|".join(filter(None, forms)) for forms in ((zh, zh_also), (en, en_also)))
    return _Word(
        re.compile(zh),
        re.compile(zh_at_all),
        re.compile(rf"\b(?:{en})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{en_at_all})\b", re.IGNORECASE),
    )
