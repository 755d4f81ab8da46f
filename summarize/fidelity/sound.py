"""Whether a word of English sounds as a foreign name that is spelled in Chinese characters: 津克 is Zinke, not Kerry.

The consonants of the syllables are aligned with those of the word. What Chinese cannot spell costs little: a nasal that
ends a syllable, a weak consonant before another; a consonant that has no like costs most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from summarize.fidelity.wording import Place, overlaps, squash, words
from summarize.grounding.item import Item
from summarize.grounding.origin import SEPARATORS, name_parts
from summarize.grounding.pinyin import syllables
from summarize.traditional import simplify

_SURE = 0.75  # a word of this likeness is the name
# Below these no word is the name. In 2,000 sentences that people translated, 1 of 207 names of several parts is.
_UNLIKE, _UNLIKE_LAST, _UNLIKE_SINGLE = 0.6, 0.4, 0.5
_ENOUGH = 1.2  # weight: 尤因 (Ewing) has hardly a consonant
_LONG = 4  # characters; shorter names of one part sound like too much, and people write "he" for them

# Characters that usually spell foreign names.
_SPELLING = frozenset(
    "阿埃艾安奥巴白班邦保鲍贝本比彼毕宾波伯博布查达大戴丹德邓迪蒂丁东杜敦多恩尔法凡菲费丰弗福夫盖甘冈戈格根古哈海汉亨赫华怀霍基吉加贾杰金卡凯坎"
    "康考科克肯库拉莱兰朗劳勒雷里利莉丽琳隆卢鲁路伦罗洛马麦曼玛迈梅门蒙米密莫默姆穆拿纳娜南内尼妮宁努诺欧帕潘佩彭皮平普齐奇强乔切琼丘让瑞萨塞桑森"
    "沙莎珊尚舍申圣施史舒斯丝苏索塔泰坦汤唐特滕图托瓦万旺威韦维魏温文沃乌伍西希夏谢欣辛休修逊雅亚扬耶伊尤约泽詹珍芝卓兹佐登顿洁露萝"
)  # fmt: skip
_INITIAL = re.compile("zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]")
_CONSONANT = re.compile("sch|tch|ch|sh|th|ph|gh|kh|zh|ck|dg|dj|gn|ts|tz|cz|wh|[bcdfghjklmnpqrstvwxyz]")
_NASAL, _R = "n-", "-r"  # at the end of a syllable; 尔
_HEARD_AS = {
    sound: frozenset(letters.split())
    for sound, letters in {
        "b": "b p v", "p": "p b ph", "m": "m", "f": "f v ph gh p h w", "d": "d t th", "t": "t th d", "n": "n gn",
        "l": "l r", "r": "r l j y", "g": "g c k q gh ck j", "k": "k c q x ck ch g kh", "h": "h w g j ch kh x",
        "j": "j g c k z gh ch dj y", "q": "ch j c g t k tch q", "x": "s sh x th c h z sch ch", "zh": "j ch g z dg zh s",
        "ch": "t ch tch cz tz c", "sh": "sh s ch sch x", "z": "z s ts tz c dz th", "c": "c s z t ts tz ch cz",
        "s": "s th c z sh x ts", "y": "y j g i", "w": "w v b wh", _NASAL: "n m gn", _R: "r l",
    }.items()
}  # fmt: skip
_UNHEARD_SOUNDS = {"w": 0.35, "y": 0.3, "h": 0.6, _NASAL: 0.2, _R: 0.4}  # what one costs that no letter has; others 1
_UNHEARD_LETTERS = {"n": 0.3, "h": 0.2, "y": 0.2, "r": 0.3, "w": 0.3, "l": 0.4, "gh": 0.2, "wh": 0.3, "m": 0.5,
                    "s": 0.5, "t": 0.5, "d": 0.5, "c": 0.5, "g": 0.5}  # fmt: skip
_UNHEARD, _UNLIKE_LETTER, _OTHER = 1.0, 1.2, 0.7
_OPENERS = frozenset(
    re.findall(
        r"\w+",
        "the a an he she they it we you i in on at of to as by for from with and but if or so his her their its this "
        "that these those when while after before since mr mrs ms dr",
    )
)


@lru_cache(maxsize=4096)
def likeness(zh: str, word: str) -> float:
    """How much a word sounds as one part of a name: 1 if every consonant is heard, 0 or less if none is."""
    sounds, letters = _sounds(zh), _letters(word)
    if not sounds or not letters:
        return 0.0
    row = [0.0]
    for letter in letters:
        row.append(row[-1] + _UNHEARD_LETTERS.get(letter, _OTHER))
    for sound in sounds:
        unheard = _UNHEARD_SOUNDS.get(sound, _UNHEARD)
        above, row = row, [row[0] + unheard]
        for index, letter in enumerate(letters, 1):
            like = above[index - 1] + (0.0 if letter in _HEARD_AS[sound] else _UNLIKE_LETTER)
            row.append(min(like, above[index] + unheard, row[-1] + _UNHEARD_LETTERS.get(letter, _OTHER)))
    return 1 - row[-1] / max(1.0, _weight(zh))


def can_be_heard(zh: str) -> bool:
    """True if a part of a name has enough consonants to be told by its sound."""
    return _weight(zh) >= _ENOUGH


def sounds_like(zh: str, word: str) -> bool:
    """True if a name in characters that spell foreign names sounds like a word: 沙利文 is Sullivan, not Sha Liwen.

    What was taken for a Chinese name, and spelled so, must not be missed where the English has the foreign name.
    """
    zh = simplify(zh)
    return len(zh) > 1 and _SPELLING.issuperset(zh) and likeness(zh, word) >= _SURE


def unheard(source: str, target: str, items: Sequence[Item], claimed: Sequence[Place]) -> list[Item]:
    """The foreign people without known spelling of whom no word sounds like a name; each name once.

    Args:
        source: the Chinese.
        target: its English.
        items: of the Chinese.
        claimed: where other items arrived in the English.
    """
    found = {item.zh: item for item in reversed(items) if item.kind == "person" and not item.renderings}
    if not found:
        return []
    free = [word for word in words(target) if not overlaps((word.start, word.end), claimed)]
    names = [word.plain for word in free if word.capital and word.plain not in _OPENERS]
    pairs = [first.plain + second.plain for first, second in pairwise(free) if first.capital]
    missed = []
    for item in found.values():
        parts = [part for part in name_parts(simplify(item.zh)) if can_be_heard(part)]
        single = parts == [simplify(item.zh)]
        unsure = single and (len(item.zh) < _LONG or not _SPELLING.issuperset(parts[0]))
        after = simplify(source[item.end : item.end + 1])
        if not parts or unsure or (after and after in SEPARATORS) or after in _SPELLING:  # may go on: 乔治·尼可拉|考
            continue
        best = [max((likeness(part, word) for word in _candidates(part, names, pairs)), default=0.0) for part in parts]
        last_unlike = item.zh.endswith(parts[-1]) and best[-1] < _UNLIKE_LAST
        if max(best) < (_UNLIKE_SINGLE if single else _UNLIKE) or last_unlike:
            missed.append(item)
    return sorted(missed, key=lambda item: item.start)


def _weight(zh: str) -> float:
    """How much of a name can be heard: the cost of hearing nothing of it."""
    return sum(_UNHEARD_SOUNDS.get(sound, _UNHEARD) for sound in _sounds(zh))


def _candidates(part: str, names: Iterable[str], pairs: Iterable[str]) -> list[str]:
    return [*names, *(pairs if len(part) >= _LONG else ())]  # Mac Donald


@lru_cache(maxsize=4096)
def _sounds(zh: str) -> tuple[str, ...]:
    sounds = []
    for syllable in syllables(zh):
        if syllable == "er":
            sounds.append(_R)
            continue
        if initial := _INITIAL.match(syllable):
            sounds.append(initial.group())
        if syllable.endswith(("n", "ng")):
            sounds.append(_NASAL)
    return tuple(sounds)


def _letters(word: str) -> list[str]:
    plain = re.sub(r"(.)\1", r"\1", squash(word))
    return _CONSONANT.findall(plain[:1] + plain[1:].replace("x", "ks"))
