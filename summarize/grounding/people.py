"""People: tagged names, and the patterns that a tagger misses (记者X、通讯员X, X 摄, 陈某, 刘先生).

Chinese names are spelled in pinyin. Foreign, Japanese, Korean, Uygur, Tibetan and Mongolian names are recognised and
not spelled so: they come from the table of known people, or stay without English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.grounding import exonyms
from summarize.grounding.item import Item
from summarize.grounding.origin import COMMON_SURNAMES, JAPANESE_SURNAMES, MINORITIES, country, origin
from summarize.grounding.personal_names import address_english, address_pattern, person_english
from summarize.grounding.tagger import Token, is_aligned, token_at
from summarize.grounding.untagged_names import begins_with_word, find_untagged

_TITLE_END = re.compile(
    "[者员官户民师生手工警授医][是叫、]?$|[所局队校院村镇县市科处站会社董]长[、]?$|主任$|书记$|名叫$|叫$|姐姐$|妹妹$|[哥弟]$"
)
_NOT_PERSONS = frozenset("铁队省州镇县案党社报杯奖法湖岛")
_NOT_WITH_TITLES = frozenset("区党国山商车房时干路水田花师牧海林石城")  # 海/n 局长/n is no surname with a title
_FAMILIAR_SURNAMES = COMMON_SURNAMES - frozenset("马高黄白金江田石龙毛方万时常文武林周") | {"周", "林"}
_AND_ADVERB = re.compile(f"(?P<name>[小老][{''.join(sorted(COMMON_SURNAMES))}])[刚才也就在正又都已还便却是将曾立马]$")
_HOME = re.compile(r"家(?=[里中的门住最离在附旁]|所在)")
NAME = r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]+)*"
_JOBS = "记者|通讯员|实习生|特约记者|见习记者|实习记者|摄影|作者|撰文|撰稿|编辑|编译|摄影师|责编|校对|审核"
_CREDITED = re.compile(
    rf"(?P<job>{_JOBS})[\s:：]*(?P<names>{NAME}(?:[\s、/／，和]+(?!{_JOBS}|文|图|摄|通讯|发自|报道){NAME})*)"
)
_PHOTO = re.compile(rf"(?:^|[\s。，、；：）)”])(?P<name>{NAME})\s?(?:摄影?|供图|制图)(?:$|[\s。）)])")


def find_people(text: str, tokens: Sequence[Token], *, foreign: bool = False, near: str = "") -> list[Item]:
    """The people of a passage in simplified characters, in order, without overlap.

    Args:
        text: the passage.
        tokens: its words.
        foreign: whether it stands in a story about other countries.
        near: the passage with its neighbours, which tells whether Korean or Japanese names are to be expected.
    """
    there = country(near)
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for start, end in _credited(text):
        name = text[start:end]
        if name in exonyms.people() or (origin(name) == "chinese" and not begins_with_word(name)):
            found[start, end] = person_english(name)
    for match in address_pattern().finditer(text):
        if is_aligned(tokens, *match.span()) and _is_surname(tokens, match):
            english = address_english(match.group())
            if english is not None:
                found[match.span()] = english
    for first, second, after in zip(tokens, tokens[1:], tokens[2:], strict=False):  # 老/a 周/n 种/v
        words = (first,) if len(first.text) == 2 else (first, second)
        name = "".join(word.text for word in words)
        acts = (second if len(words) == 1 else after).tag in ("v", "d", "p", "c")
        if len(name) == 2 and name[0] in "老小" and name[1] in _FAMILIAR_SURNAMES and acts and first.tag != "LOC":
            found[first.start, first.start + 2] = address_english(name) or ()
    for start, end in find_untagged(text, tokens):
        if not any(s < end and start < e for s, e in found):
            found[start, end] = person_english(text[start:end], there, foreign=foreign)
    for start, end in _joined(text, tokens):
        name = text[start:end].rstrip("·•。，")
        end = start + len(name)
        if len(name) < 2 or any(s < end and start < e for s, e in found) or _is_part(text, tokens, start, name):
            continue
        english = address_english(name)
        if english is not None and len(name) == 2 and _is_everyday(text, name, start, end):
            continue
        if english is None:
            if _is_everyday(text, name, start, end) or (len(name) > 2 and name[-1] in _NOT_PERSONS):
                continue
            context = re.split("[，。；！？、“”：]", text[max(0, start - 24) : start])[-1] + name + there
            kind = origin(name, context, foreign=foreign)
            if kind == "unsure" and name not in exonyms.people():
                continue
            english = person_english(name, context, foreign=foreign)
        found[start, end] = english
    return [Item("person", s, e, text[s:e], english) for (s, e), english in sorted(found.items())]


def _is_surname(tokens: Sequence[Token], match: re.Match[str]) -> bool:
    """The tagger reads it as a name, or the surname is no everyday word (和老师, 由队长)."""
    token = token_at(tokens, match.start())
    if token.tag == "PER" or (match["surname"] in COMMON_SURNAMES and token.tag in ("n", "nz", "ORG", "LOC")):
        return True
    return token.text == match["surname"] and token.tag in ("n", "nz", "nw") and token.text not in _NOT_WITH_TITLES


def credited_names(names: str) -> list[str]:
    """The names in a list of them (赵家新、徐丹), empty if one is not a Chinese or a known name."""
    parts = [part for part in re.split(r"[\s、/／，,和]+", names.strip()) if part]
    if all(origin(part) == "chinese" or part in exonyms.people() for part in parts):
        return parts
    return []


def _credited(text: str) -> list[tuple[int, int]]:
    spans = [match.span("name") for match in _PHOTO.finditer(text)]
    for match in _CREDITED.finditer(text):
        spaced = len(match["names"]) > 4 or text[match.end() : match.end() + 1] in tuple("、，,)）。 /／")
        for name in re.finditer(NAME, match["names"]):
            start, end = match.start("names") + name.start(), match.start("names") + name.end()
            closed = text[end : end + 1] in ("", *"、，,)）。 /／\u3000\n") and spaced
            if closed and end - start <= 3:
                spans.append((start, end))
    return spans


def _is_part(text: str, tokens: Sequence[Token], start: int, name: str) -> bool:
    """No name but a piece of what stands around it: 重庆/段正/加紧, 对/党忠诚, 内塔尼亚/胡总理."""
    before = token_at(tokens, start - 1) if start else None
    if name.endswith(("总理", "总统", "首相")):
        return True
    if before is None:
        return False
    return (before.tag == "LOC" and name[0] in "段站") or (
        before.text in ("对", "爱", "跟", "听", "向") and name[0] == "党"
    )


def _joined(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Spans of names; the parts of a foreign name (迈克·布坎南) that the tagger split are put together."""
    spans: list[list[int]] = []
    for token in tokens:
        joins = spans and spans[-1][1] == token.start and text[token.start - 1] in "·•"
        if joins or (spans and spans[-1][1] == token.start and token.text in ("·", "•")):
            spans[-1][1] = token.end
        elif token.tag == "PER":
            spans.append([token.start, token.end])
    for span in spans:  # 买/v 买提·吐尔逊/PER
        for match in MINORITIES.finditer(text, max(0, span[0] - 2), span[1]):
            if match.start() < span[0] < match.end():
                span[0] = match.start()
        _widen(text, span)
        _trim(text, span)
    return [(start, end) for start, end in spans]


def _trim(text: str, span: list[int]) -> None:
    """A name with what follows it (小李刚/到, 傅昆宝家/附近) becomes the name."""
    name = text[span[0] : span[1]]
    if adverb := _AND_ADVERB.fullmatch(name):
        span[1] = span[0] + len(adverb["name"])
    elif len(name) > 2 and name[-1] == "家" and _HOME.match(text, span[1] - 1):
        span[1] -= 1


def _widen(text: str, span: list[int]) -> None:
    """A name of which the tagger saw a part only (上春树), or too much (李嘉诚基金会), becomes the known name there."""
    known = exonyms.people()
    for length in range(span[1] - span[0] - 1, 2, -1):
        if text[span[0] : span[0] + length] in known and text[span[0] : span[1]] not in known:
            span[1] = span[0] + length
            return
    if (
        JAPANESE_SURNAMES.match(text, span[0])
        and span[1] - span[0] == 3
        and text[span[1] : span[1] + 1] in tuple("一二郎子夫")
    ):
        span[1] += 1
        return
    for start in range(max(0, span[0] - 2), span[0] + 1):
        for end in range(min(len(text), span[1] + 2), span[1] - 1, -1):
            if end - start > max(2, span[1] - span[0]) and text[start:end] in known:
                span[:] = [start, end]
                return


def _is_everyday(text: str, name: str, start: int, end: int) -> bool:
    if begins_with_word(name):
        return True
    if name not in exonyms.everyday("person"):
        return False
    said = re.match(r"[说称道表告介认指]|(?:先生|女士)", text[end : end + 2])
    titled = _TITLE_END.search(text[max(0, start - 4) : start])
    return said is None and titled is None
