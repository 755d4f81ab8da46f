"""All names of an article: people, places and organisations, each the same wherever it stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from summarize.grounding import exonyms
from summarize.grounding.committees import find_committees
from summarize.grounding.emperors import find_emperors
from summarize.grounding.item import Item, without_overlap
from summarize.grounding.latin_names import names_given, spell_as_given, spellings
from summarize.grounding.numbered_schools import find_numbered_schools, in_full, is_numbered_school
from summarize.grounding.organisations import NAMED_AFTER_VILLAGES, find_organisations
from summarize.grounding.origin import name_parts, origin
from summarize.grounding.people import find_addressed, find_people
from summarize.grounding.pinyin import split_surname
from summarize.grounding.place_cues import is_before_cue, places_before_cues, with_places
from summarize.grounding.places import find_places
from summarize.grounding.railway_lines import find_railway_lines
from summarize.grounding.setting import Setting, settings
from summarize.grounding.tagger import Token, is_aligned, is_word, token_at
from summarize.grounding.taiwan import with_divisions_of_taiwan
from summarize.grounding.untagged_names import follows_title
from summarize.grounding.words import words_of
from summarize.punctuation import chinese_marks
from summarize.traditional import simplify

_LARGER = "省市县区镇乡"  # what the places end in that a village is in
_VILLAGE = re.compile(f"(?:^|[{_LARGER}])(?P<name>[^{_LARGER}]{{3,4}})村$")  # whose name alone may be another word
_TOWN = re.compile(f"(?:^|[{_LARGER}])(?P<name>[^{_LARGER}]{{2,3}})[镇乡]$")
_OF_TOWN = re.compile("(?<!Ethnic) (?:Town|Township)$")
_NAMED = re.compile(f"(?P<name>[^{_LARGER}村]{{2,3}})(?:村|镇|乡|街道|社区)$")  # which bodies are named after
_SMALLEST = re.compile(f"(?<=[{_LARGER}])[^{_LARGER}]{{2,6}}(?:社区|小区|村|街道|镇|乡)$")  # the last of a chain


def find_names(
    passages: Sequence[str], tagged: Sequence[Sequence[Token]] | None = None, stories: Sequence[int] = ()
) -> list[list[Item]]:
    """The people, places and organisations of the passages of one article.

    Args:
        passages: all passages of one article, so that a name reads the same in each of them.
        tagged: the words of each in simplified characters and Chinese marks, if they are known already.
        stories: how many passages each story of the article has, one after another, if that is known.

    Returns:
        For each passage its items in order, without overlap; offsets are into the passage as given, also where it is in
        traditional characters.
    """
    texts = [chinese_marks(simplify(passage)) for passage in passages]
    tagged = [words_of(text) for text in texts] if tagged is None else tagged
    cues = [list(places_before_cues(text)) for text in texts]
    cities = {text[start:end] for text, spans in zip(texts, cues, strict=True) for start, end in spans}
    tagged = [with_places(text, tokens, spans, cities) for text, tokens, spans in zip(texts, tagged, cues, strict=True)]
    tagged = with_divisions_of_taiwan(texts, tagged)
    about = settings(texts, tagged, stories)
    found = [
        without_overlap(_all(text, tokens, setting)) for text, tokens, setting in zip(texts, tagged, about, strict=True)
    ]
    bodies = _bodies_named_after(found)
    for index, text in enumerate(texts):
        if bodies and (words := _with_bodies(text, tagged[index], found[index], bodies)):
            found[index] = without_overlap(_all(text, words, about[index]))
    given = names_given(texts, found)
    people = _with_surnames(_settled_people(found) | {zh: spellings(zh, names) for zh, names in given.items()})
    known = _known_elsewhere(found)
    surnames = {split_surname(zh)[0] for zh, english in people.items() if english and origin(zh) == "chinese"}
    settled = [
        without_overlap(find_addressed(text, tokens, surnames), first=_complete(text, tokens, items, people, known))
        for text, tokens, items in zip(texts, tagged, found, strict=True)
    ]
    return [
        _restore(passage, spell_as_given(text, items, given))
        for passage, text, items in zip(passages, texts, settled, strict=True)
    ]


def _all(text: str, tokens: Sequence[Token], setting: Setting) -> list[Item]:
    foreign = setting.foreign
    people = find_people(text, tokens, setting)
    people = without_overlap(people, first=find_emperors(text))
    titled = {(item.start, item.end) for item in people if follows_title(text, item.start)}  # 局长黄山说
    places = without_overlap(find_places(text, tokens, foreign=foreign), first=_namesakes(text, tokens, setting))
    return [
        *(() if foreign else find_numbered_schools(text)),
        *find_organisations(text, tokens, foreign=foreign),
        *find_committees(text),
        *people,
        *find_railway_lines(text, tokens),
        *(item for item in places if (item.start, item.end) not in titled),
    ]


def _namesakes(text: str, tokens: Sequence[Token], setting: Setting) -> list[Item]:
    """Places of the country a story is about that have the names of places in China: 江南区 of Seoul."""
    return [
        Item("place", match.start(), match.end(), zh, english)
        for zh, countries in exonyms.namesakes().items()
        for country, english in countries.items()
        if setting.foreign and country in setting.elsewhere
        for match in re.finditer(zh, text)
        if is_aligned(tokens, *match.span()) or token_at(tokens, match.start()).tag == "LOC"
    ]


def _bodies_named_after(found: Sequence[Sequence[Item]]) -> re.Pattern[str] | None:
    """The police stations, schools and the like of the small places that an article names."""
    places = (item for items in found for item in items if item.kind == "place" and item.renderings)
    names = {match["name"] for item in places if (match := _NAMED.search(item.zh))}
    return re.compile(f"(?:{'|'.join(sorted(names))})(?:{'|'.join(NAMED_AFTER_VILLAGES)})") if names else None


def _with_bodies(
    text: str, tokens: Sequence[Token], items: Sequence[Item], bodies: re.Pattern[str]
) -> list[Token] | None:
    """The words of a passage, bodies that the tagger cut (台盘/派出所) as one word each; None if there are none."""
    words = list(tokens)
    for match in bodies.finditer(text):
        start, end = match.span()
        if is_aligned(words, start, end) and not any(item.start < end and start < item.end for item in items):
            first = next(index for index, word in enumerate(words) if word.start == start)
            last = next(index for index, word in enumerate(words) if word.end == end)
            words[first : last + 1] = [replace(words[first], end=end, text=match[0], tag="ORG")]
    return words if len(words) < len(tokens) else None


def _settled_people(found: Sequence[Sequence[Item]]) -> dict[str, tuple[str, ...]]:
    """One reading for each person: the one that the name has most often, of two equally frequent the foreign one."""
    readings: dict[str, Counter[tuple[str, ...]]] = {}
    for item in (item for items in found for item in items if item.kind == "person"):
        readings.setdefault(item.zh, Counter())[item.renderings] += 1
    return {zh: max(counts, key=lambda english: (counts[english], not english)) for zh, counts in readings.items()}


def _with_surnames(people: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The people, and foreigners also by the last part of their names, as later in a story: 布朗 for 基思·布朗.

    In a story of 萨拉·桑德斯 the 桑德斯 that the tables know best is not meant.
    """
    namesakes: dict[str, list[str]] = {}  # the whole names of those of a surname
    for name in people:
        *before, surname = name_parts(name)
        if before and len(surname) > 1:
            namesakes.setdefault(surname, []).append(name)
    alone: dict[str, tuple[str, ...]] = {}
    for surname, names in namesakes.items():
        known = people.get(surname, ())
        spelled = {_surnames(name, people[name]) for name in names} - {()}
        if not known and len(spelled) == 1:
            alone[surname] = spelled.pop()
        elif known and " " in known[0] and not any(known[0] in people[name] for name in names):
            alone[surname] = tuple(form for form in known if " " not in form) or known
    return people | alone


def _surnames(name: str, english: Sequence[str]) -> tuple[str, ...]:
    """The last words of the spellings that have as many words as the name has parts."""
    count = len(name_parts(name))
    return tuple(dict.fromkeys(words[-1] for words in map(str.split, english) if len(words) == count))


def _shorter(name: str, people: dict[str, tuple[str, ...]]) -> str:
    """A name of which the tagger took too much at one place, as it reads elsewhere: 陈光明 for 陈光明顿生."""
    cut = name.removesuffix("家") if name.endswith("家") else "" if people.get(name) else name[:3]
    return cut if 1 < len(cut) < len(name) and people.get(cut) else name


@lru_cache(maxsize=1)
def _everyday_divisions() -> tuple[exonyms.Division, ...]:
    """Divisions whose names without their generic part are everyday words."""
    names = exonyms.divisions_by_specific()
    divisions = (names[word] for word in sorted(exonyms.everyday("place")) if word in names)
    return tuple(division for division in divisions if division.name != division.specific)


def _known_elsewhere(found: Sequence[Sequence[Item]]) -> dict[str, Item]:
    """Organisations and places by their full names, and the last of each chain of places (梧桐里社区 of 桐乡市…)."""
    known = in_full(found)
    atlas = exonyms.places()
    items = [item for passage in found for item in passage]
    places = [item for item in items if item.kind == "place"]
    for item in items:
        if item.kind not in ("place", "organisation"):
            continue
        for division in _everyday_divisions():  # 天台 is a place where the article has 天台县 or 天台公安局
            specific = division.specific
            whole = item.kind == "place" and division.name in item.zh
            alone = item.kind == "place" and item.zh == specific and specific not in atlas
            alone = alone and division.english in item.renderings  # 大城 of Changhua is not that of Hebei
            if whole or alone or (item.zh.startswith(specific) and is_before_cue(item.zh, 0, len(specific))):
                known[specific] = Item("place", 0, len(specific), specific, (division.english, division.full))
    for item in places:
        village = _VILLAGE.search(item.zh)
        english = item.renderings[0].partition(", ")[0] if item.renderings else ""
        if village and english.endswith(" Village"):  # 骆驼湾 is no bay where the article has 骆驼湾村
            zh = village["name"]
            known[zh] = Item("place", 0, len(zh), zh, (english.removesuffix(" Village"), english))
        town = _TOWN.search(item.zh)
        if town and _OF_TOWN.search(english) and not is_word(zh := town["name"]) and not exonyms.find_division(zh):
            known[zh] = Item("place", 0, len(zh), zh, (_OF_TOWN.sub("", english), english))  # 黄田 of 黄田镇
    for item in items:
        if not item.renderings or len(item.zh) < (3 if item.zh.endswith(("镇", "乡")) else 4):
            continue
        if item.kind == "organisation":
            known.setdefault(item.zh, item)
        elif item.kind == "place" and ", " in item.renderings[0] and (last := _SMALLEST.search(item.zh)):
            english = item.renderings[0].partition(", ")[0]
            known.setdefault(last[0], replace(item, zh=last[0], renderings=(english,)))
        elif item.kind == "place" and item.zh not in atlas:  # what is there is found, or not meant: 塞尔维亚族
            known.setdefault(item.zh, item)
    return known


def _complete(
    text: str, tokens: Sequence[Token], items: list[Item], people: dict[str, tuple[str, ...]], known: dict[str, Item]
) -> list[Item]:
    """The items with settled readings, and the full names known from elsewhere that were missed here."""
    settled = []
    for item in items:
        if item.kind == "person":
            name = _shorter(item.zh, people)
            item = replace(item, end=item.start + len(name), zh=name, renderings=people.get(name, item.renderings))
        elif item.zh in known and (known[item.zh].kind == "place" or is_numbered_school(item.zh)):
            item = replace(item, kind=known[item.zh].kind, renderings=known[item.zh].renderings)
        settled.append(item)
    by_start = {token.start: index for index, token in enumerate(tokens)}
    persons = {name: Item("person", 0, len(name), name, english) for name, english in people.items() if english}
    for name, item in (persons | known).items():
        position = text.find(name)
        while position >= 0:
            end = position + len(name)
            touching = [i for i in settled if i.start < end and position < i.end]
            # 曾庆, or the 洪波 of 老大曲/n 洪波/PER, is a piece of the 曾庆年 or 曲洪波 known from elsewhere
            pieces = all(
                i.kind == "person" and position <= i.start and i.end <= end and len(i.zh) < len(name) for i in touching
            )
            ends = len(name) > 2 and any(i.end == end for i in touching)
            begins = position in by_start and (len(name) > 2 or _stands_alone(tokens, by_start[position], end))
            stands = begins or (pieces and ends)
            if stands and (not touching or (item.kind == "person" and pieces)):
                settled = [i for i in settled if i not in touching]
                settled.append(replace(item, start=position, end=end))
            position = text.find(name, end)
    return sorted(settled, key=lambda item: item.start)


def _stands_alone(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Whether a name of two characters that the article has can be meant: 高峰在路口, but not 在高峰时段."""
    last = next((i for i in range(index, len(tokens)) if tokens[i].end >= end), None)
    if last is None or tokens[last].end != end:
        return False
    before = tokens[index - 1].tag if index else "w"
    after = tokens[last + 1].tag if last + 1 < len(tokens) else "w"
    if is_word("".join(token.text for token in tokens[index : last + 1])):
        return before == "w" and after in ("v", "d", "p", "c") and tokens[index].tag not in ("v", "d")
    return before in ("w", "c", "n", "v", "p", "u") and after in ("v", "d", "p", "c", "w", "u", "f", "vd", "ad", "TIME")


def _restore(passage: str, items: Sequence[Item]) -> list[Item]:
    return [replace(item, zh=passage[item.start : item.end]) for item in items]
