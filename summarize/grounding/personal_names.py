"""The English of a person: a Chinese name in pinyin, others by tables, a surname with a form of address (刘先生)."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from summarize.grounding import exonyms
from summarize.grounding.origin import SURNAMES, name_parts, origin
from summarize.grounding.pinyin import COMPOUND_SURNAMES, join, spell_person, spell_surname, syllables

_FAMILIAR = re.compile(rf"(?P<prefix>[小老])(?P<surname>[{''.join(sorted(SURNAMES))}])$")
_HIDDEN = re.compile(rf"(?P<surname>[{''.join(sorted(SURNAMES))}])某[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ.'’ -]+")
_ENDINGS = {
    "Uygur": {"江": ("jan", "jiang"), "汗": ("han", "khan")},
    "Tibetan": {
        "措": ("Tso", "Cuo"),
        "草": ("Tso", "Cao"),
        "吉": ("Kyi", "Ji"),
        "加": ("Gyal", "Jia"),
        "太": ("Thar", "Tai"),
    },
}
_OWN_SURNAMES = ("韩国", "越南")  # countries of the table of surnames
_MOST_FORMS = 24  # spellings of one romanised name


@lru_cache(maxsize=1)
def address_pattern() -> re.Pattern[str]:
    """Matches a surname with a form of address; groups "surname" and "address"."""
    surnames = f"{'|'.join(COMPOUND_SURNAMES)}|[{''.join(sorted(SURNAMES))}]"
    forms = "|".join(sorted(exonyms.addresses(), key=len, reverse=True))
    return re.compile(f"(?P<surname>{surnames})(?P<address>{forms})")


def person_english(name: str, country: str = "", *, foreign: bool = False) -> tuple[str, ...]:
    """The English of a name: of a known person, in pinyin if it is Chinese, else by its parts, else none.

    Latin names stay. Tibetan, Mongolian, Uygur and Kazak names are put together from known parts (扎西次仁 is Tashi
    Tsering); of 蔡某强 only the surname is known.
    """
    known = exonyms.people().get(name)
    if known is not None:
        return known
    if _LATIN.fullmatch(name):
        return (name,)
    hidden = _HIDDEN.fullmatch(name)
    if hidden is not None:
        families = _surnames(hidden["surname"], country)
        family, pinyin = families[0], families == spell_surname(hidden["surname"])
        whole = (spell_person(name)[0],) if pinyin else ()
        return (*whole, f"a person surnamed {family}", f"{family} Mou", f"surnamed {family}", family)
    if name in exonyms.romanised_names() and len(name) > 2:
        return _romanised(name)  # 乌日娜
    if origin(name, country, foreign=foreign) == "chinese":
        return spell_person(name)
    western = _western(name)
    short = len(name) < 4 or len(name_parts(name)) > 1  # 拉姆 may be Lahm, 努尔·艾哈迈德 no Uygur
    return western if western or (foreign and short) else _romanised(name)


def is_romanised(name: str) -> bool:
    """Whether a word is put together from known parts of Tibetan, Mongolian, Uygur or Kazak names."""
    return bool(_romanised_word(name))


def romanised_part(text: str, start: int) -> int:
    """How long the longest part of such names is that begins there; 0 if none does."""
    parts = exonyms.romanised_names()
    return next((len(part) for n in (4, 3, 2) if (part := text[start : start + n]) in parts), 0)


def _western(name: str) -> tuple[str, ...]:
    """The spellings of a Western name of two parts or more, all of them common; empty if one is not."""
    parts = [_western_part(part) for part in name_parts(name)]
    return tuple(" ".join(forms) for forms in product(*parts))[:_MOST_FORMS] if len(parts) > 1 else ()


def _western_part(part: str) -> tuple[str, ...]:
    """The spellings of a part: 让-伊夫 is Jean-Yves."""
    words = (exonyms.western_names().get(word, ()) for word in part.replace("－", "-").split("-"))
    return tuple("-".join(forms) for forms in product(*words))


def _romanised(name: str) -> tuple[str, ...]:
    words = [_romanised_word(word) for word in name_parts(name)]
    return tuple(" ".join(forms) for forms in product(*words))[:_MOST_FORMS]


def _romanised_word(word: str) -> tuple[str, ...]:
    """The spellings of one word of a name, empty if a part of it is unknown; also in pinyin, as many papers have it."""
    parts: list[tuple[str, tuple[str, ...]]] = []
    position = 0
    while position < len(word):
        length = romanised_part(word, position)
        language = parts[-1][0] if parts else ""
        if not length and word[position:] in _ENDINGS.get(language, ()):
            parts.append((language, _ENDINGS[language][word[position:]]))  # 阿里木江, 卓玛措
            break
        if not length:
            return ()
        parts.append(exonyms.romanised_names()[word[position : position + length]])
        position += length
    languages = {language for language, _ in parts}
    chosen = list(product(*(english[:3] for _, english in parts)))
    forms = [] if languages & {"Tibetan", "Yi"} else ["".join(each).capitalize() for each in chosen]
    if not languages & {"Uygur", "Kazak"}:
        forms += [" ".join(each) for each in chosen]
    return tuple(dict.fromkeys([*forms, join(syllables(word)), "".join(syllables(word)).capitalize()]))


def _surnames(surname: str, country: str) -> tuple[str, ...]:
    """The spellings of a surname in the country that has its own, else in pinyin."""
    own = (exonyms.surnames().get((each, surname)) for each in _OWN_SURNAMES if each in country)
    return next(filter(None, own), None) or spell_surname(surname)


def address_english(name: str, country: str = "") -> tuple[str, ...] | None:
    """The English of a surname with a form of address (刘先生, 陈某, 老王), or None if it is not one.

    A surname of Korea or Vietnam is spelled as there, and 金女士 is Ms. Kim.
    """
    match = address_pattern().fullmatch(name)
    if match is not None:
        return tuple(
            form.format(s)
            for s in _surnames(match["surname"], country)
            for form in exonyms.addresses()[match["address"]]
        )
    match = _FAMILIAR.fullmatch(name)
    if match is not None:
        word, other = ("Xiao", "Little") if match["prefix"] == "小" else ("Lao", "Old")
        surnames = spell_surname(match["surname"])
        return (*(f"{w} {s}" for s in surnames for w in (word, other)), *surnames)  # translators leave 老 out
    return None
