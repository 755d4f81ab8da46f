"""Where names of people begin and end in a passage: what the tagger cut or took too much of is put right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarize.grounding import exonyms
from summarize.grounding.origin import (
    COMMON_SURNAMES,
    JAPANESE_SURNAMES,
    MINORITIES,
    SEPARATORS,
    SURNAMES,
    TRANSLITERATION,
    spells_foreign,
)
from summarize.grounding.personal_names import is_romanised, romanised_part
from summarize.grounding.tagger import Token, is_word
from summarize.grounding.untagged_names import is_told_of, speaks

_AND_ADVERB = re.compile(f"(?P<name>[小老][{''.join(sorted(COMMON_SURNAMES))}])[刚才也就在正又都已还便却是将曾立马]$")
_LED = re.compile(
    rf"[\u4e00-\u9fff]?(?P<word>[\u4e00-\u9fff]{{2}})(?P<name>[{''.join(sorted(COMMON_SURNAMES))}][\u4e00-\u9fff]{{2}})"
)
_AND_SAYS = re.compile("和(?:表示|说|称(?!赞)|介绍|认为|指出|坦言|透露|回忆|告诉记者)")
_LONGEST_KNOWN = 14  # characters of a name with parts
_HOME = re.compile(r"家(?=[里中的门住最离在附旁]|所在)")
_CUT_OFF = re.compile("[^又却也还就都再才便并先则只将曾直正笑忙答哭喊常总老爱曾来在][说称道]")  # 桑宝/成说
_ENDS_IN_ONE = re.compile(
    "(?![^，。；！？]{0,12}就)(?:表示|介绍|告诉|透露|坦言|认为|指出|强调|宣布|带领|率领|带着|征召|执教|担任|获得|夺得|出任|当选|[说称道](?![不明]))"
)
_ONE_WITH = re.compile("一以(?![来下上及内外前后])|[二三四五六七八九](?:说[，：]|告诉|介绍|表示|坦言)")
_TWICE = re.compile(r"([^妈爸爷奶哥姐弟妹叔婆公伯舅姑宝某])\1")  # as given names are, and kin that is no name
_LONGEST_WORD = 10  # characters of one word of a name
_BEFORE_TALENT = frozenset("有友进德广永英俊文国茂栋贤怀多学成秀")  # 佘友才 is a name, 王伟才知道 an adverb
_WHOLE = ("Tibetan", "Mongolian", "Yi")  # their names of four characters are whole, those of Uygurs parts
_JOINED = ("Tibetan", "Mongolian")  # whose names are joined of parts: 洛桑旺堆, 乌云其木格
_TIBETAN_ENDING = re.compile("[措草吉加太](?=[，。、说称道和的介表是在]|告诉|今年|从|$)")  # 卓玛措
_SPELLED = f"[{''.join(sorted(TRANSLITERATION))}]{{2,{_LONGEST_WORD}}}"
_WITH_DOTS = re.compile(f"{_SPELLED}(?:[{SEPARATORS}]{_SPELLED})+")
# Characters that the next word begins with, not that a name ends in: 李伟/荣获, 何敏/代为, 李某/甘于, 张强/系江山籍.
_NEXT_WORD = re.compile(
    "(?<!小)荣(?=[获立膺])|(?<!小)勇(?=[夺救斗追擒闯])|代(?=[为表])|甘(?=于(?:[被做当]|奉献|清贫|寂寞|平庸|平凡|堕落|吃苦)|愿|心)|系(?=[\u4e00-\u9fff]{0,8}(?:籍|人|员工|职工|司机))"
)
_APPOINTED = re.compile("任命|选举|补选|推选|提名|聘请|聘任")
_LATIN_PAIR = re.compile("[A-Za-z]{2}")
_HOUSEHOLDS = tuple("贫迁困保大殖种植农商租房住")  # what 户 stands after, of those who live or work so


def tagged_spans(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """What the tagger takes for people; the parts of a foreign name (迈克·布坎南) that it split are put together."""
    spans: list[list[int]] = []
    for token in tokens:
        beside = spans and spans[-1][1] == token.start
        joins = beside and (
            text[token.start - 1] in SEPARATORS or (token.tag == "PER" and _is_surname(text, spans[-1]))
        )
        if joins or (beside and token.text in tuple(SEPARATORS)):
            spans[-1][1] = token.end
        elif token.tag == "PER":
            spans.append([token.start, token.end])
        elif beside and (_goes_on_in(text, spans[-1], token) or _ends_in_one(text, spans[-1], token)):
            spans[-1][1] = token.end
        elif beside and token.text == "华为" and _APPOINTED.search(text, 0, token.start):  # 任命蒋文/PER 华为/ORG
            spans[-1][1] += _is_surname_and_name(text, spans[-1])
        elif beside and _CUT_OFF.fullmatch(token.text) and not is_word(token.text):
            spans[-1][1] += _is_surname_and_name(text, spans[-1])  # 桑宝/PER 成说/v
    for span in spans:  # 买/v 买提·吐尔逊/PER
        for match in MINORITIES.finditer(text, max(0, span[0] - 2), span[1]):
            if match.start() < span[0] < match.end():
                span[0] = match.start()
        _add_romanised_parts(text, span)
        _widen(text, span)
        _trim(text, span)
        _complete_word(text, span)
    return [(start, end) for start, end in spans if "@" not in text[start:end]]


def _ends_in_one(text: str, span: Sequence[int], one: Token) -> bool:
    """邵佳/PER 一/d 征召/v, 徐卓/PER 一/m 以/p, 盘妹/PER 九/m 说/v"""
    if _is_surname_and_name(text, span) and _ONE_WITH.match(text, one.start):
        return True
    return one.text == "一" and _is_surname_and_name(text, span) and _ENDS_IN_ONE.match(text, one.end) is not None


def _is_surname_and_name(text: str, span: Sequence[int]) -> bool:
    return span[1] - span[0] == 2 and text[span[0]] in SURNAMES


def _goes_on_in(text: str, span: Sequence[int], token: Token) -> bool:
    """Whether a name ends in the next word: 余/PER 星星/n, 钱伟/PER 刚/d 说/v (just now is 刚刚), 倪非/PER 凡/d."""
    if _is_surname(text, span) and _TWICE.fullmatch(token.text):
        return True
    ends_in_talent = token.text == "才" and text[span[1] - 1] in _BEFORE_TALENT
    return _is_surname_and_name(text, span) and (
        token.text == "凡" or ends_in_talent or (token.text == "刚" and is_told_of(text, token.end))
    )


def _is_surname(text: str, span: Sequence[int]) -> bool:
    """姚/PER 金旺/PER: a surname alone."""
    return span[1] - span[0] == 1 and text[span[0]] in SURNAMES


def _complete_word(text: str, span: list[int]) -> None:
    """A part of a word in Latin letters (Shaq/iri) becomes the word."""
    while span[1] < len(text) and _LATIN_PAIR.fullmatch(text, span[1] - 1, span[1] + 1):
        span[1] += 1
    while span[0] > 0 and _LATIN_PAIR.fullmatch(text, span[0] - 1, span[0] + 1):
        span[0] -= 1


def _add_romanised_parts(text: str, span: list[int]) -> None:
    """A name of which the tagger saw one part (才仁/卓玛) becomes all of its parts."""
    parts = exonyms.romanised_names()
    for start in range(max(0, span[0] - 2), span[0]):  # 才/d 仁多杰/PER
        cut = start + romanised_part(text, start)
        if cut > span[0] and text[cut : span[1]] in parts:
            span[0] = start
    if not romanised_part(text, span[0]):
        return
    end = span[0]  # 索朗旺/PER 堆家/n
    while length := romanised_part(text, end):
        end += length
    span[1] = max(span[1], end)
    while before := next((n for n in (4, 3, 2) if n <= span[0] and text[span[0] - n : span[0]] in parts), 0):
        span[0] -= before
    while after := romanised_part(text, span[1]):
        span[1] += after


def end_of_name(text: str, start: int, end: int) -> int:
    """Where a Chinese name of three characters or more ends that has taken the beginning of the next word."""
    if end - start < 3 or text[start] not in SURNAMES:
        return end
    clause = re.split("[，。；：]", text[:start])[-1]
    appointed = text[end - 1] == "为" and (end - start == 4 or _APPOINTED.search(clause) is not None)
    return end - (appointed or _NEXT_WORD.match(text, end - 1) is not None)


def _trim(text: str, span: list[int]) -> None:
    """A name with what follows it (小李刚/到, 傅昆宝家/附近, 李娜介绍/说) becomes the name."""
    span[1] = end_of_name(text, *span)
    name = text[span[0] : span[1]]
    if len(name) == 2 and _AND_SAYS.match(text, span[1]):
        span[1] += 1  # 徐仁和/表示
        return
    if len(name) > 2 and name[-1] == "说":
        span[1] -= 1  # 罗兹/说道
        return
    if len(name) > 2 and name[-1] == "和" and name[:-1] in exonyms.western_names():
        span[1] -= 1  # 哈利/和/梅根
        return
    if len(name) > 2 and name[-1] == "梅" and text.startswith("开二度", span[1]):
        span[1] -= 1  # 王猛/梅开二度
        return
    if len(name) > 3 and name[0] == "王" and text[: span[0]].endswith("大"):
        span[0] += 1  # 苗木大王/茹少军
        return
    if len(name) > 3 and name[0] == "户" and text[: span[0]].endswith(_HOUSEHOLDS):
        span[0] += 1  # 脱贫户/余秀芳
        return
    if (led := _LED.fullmatch(name)) and is_word(led["word"]) and not spells_foreign(led["word"]):  # 牛经纪王大权
        span[0] += led.start("name")
        return
    if (spoken := speaks(name)) > 1:
        span[1] = span[0] + spoken
        return
    if adverb := _AND_ADVERB.fullmatch(name):
        span[1] = span[0] + len(adverb["name"])
    elif len(name) > 2 and name[-1] == "家" and _HOME.match(text, span[1] - 1):
        span[1] -= 1


def _widen(text: str, span: list[int]) -> None:
    """A name of which the tagger saw a part only (上春树), or too much (李嘉诚基金会), becomes the known name there."""
    known = exonyms.people()
    for length in range(span[1] - span[0] - 1, 2, -1):
        end = span[0] + length
        whole = text[span[0] : span[1]] in known or text.startswith(tuple(SEPARATORS), end)
        if text[span[0] : end] in known and not whole:
            span[1] = span[0] + length
            return
    for length in range(min(_LONGEST_KNOWN, len(text) - span[0]), span[1] - span[0], -1):
        name = text[span[0] : span[0] + length]
        if name in known and any(sign in name for sign in SEPARATORS):
            span[1] = span[0] + length  # 弗拉基/米尔·普京
            return
    if (
        JAPANESE_SURNAMES.match(text, span[0])
        and span[1] - span[0] == 3
        and text[span[1] : span[1] + 1] in tuple("一二郎子夫治彦")
    ):
        span[1] += 1
        return
    for start in range(max(0, span[0] - 2), span[0] + 1):
        for end in range(min(len(text), span[1] + 2), span[1] - 1, -1):
            if end - start > max(2, span[1] - span[0]) and text[start:end] in known:
                span[:] = [start, end]
                return


def known_spans(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Names of the table, whatever the tagger takes them for: 普拉博沃/ORG, 本笃/PER 十六世/m, 中高市/LOC 早苗/PER."""
    known = exonyms.people()
    starts, ends = {token.start for token in tokens}, {token.end for token in tokens}
    position = 0
    for start in range(len(text) - 2):
        if start < position or text.endswith(tuple(SEPARATORS), 0, start):
            continue
        for end in range(min(len(text), start + _LONGEST_KNOWN), start + 2, -1):
            sure = end - start > 3 or (start in starts and end in ends)
            if sure and text[start:end] in known and not text.startswith(tuple(SEPARATORS), end):
                yield start, end
                position = end
                break


def dotted_spans(text: str) -> Iterator[tuple[int, int]]:
    """Uygur and Kazak names of which all parts are known, whatever the tagger makes of them: 阿里木江·哈力克."""
    for dot in re.finditer(f"[{SEPARATORS}]", text):
        first, last = max(0, dot.start() - _LONGEST_WORD), min(len(text), dot.end() + _LONGEST_WORD)
        start = next((i for i in range(first, dot.start()) if is_romanised(text[i : dot.start()])), None)
        end = next((i for i in range(last, dot.end(), -1) if is_romanised(text[dot.end() : i])), None)
        if start is None or end is None:
            continue
        whole = _WITH_DOTS.match(text, start)
        if whole is None or whole.end() < end + 2:  # no piece of 努尔兰·阿不都满金
            yield start, end


def romanised_spans(text: str) -> Iterator[tuple[int, int]]:
    """Names that the table has whole (吉好也求), Tibetan and Mongolian ones of known parts (洛桑旺堆), however cut."""
    end = 0
    for start in range(len(text) - 2):
        if start >= end and (end := _end_of_parts(text, start)) > start:
            yield start, end


def _end_of_parts(text: str, start: int) -> int:
    """Where a name of parts of one language ends that begins there; `start` if none does."""
    end, whole = start, False
    languages: tuple[str, ...] = _WHOLE
    while part := next((part for n in (6, 5, 4, 3, 2) if _language(part := text[end : end + n]) in languages), ""):
        language = _language(part)
        whole = whole or len(part) > 3 or end > start
        end += len(part)
        languages = (language,) if language in _JOINED else ()
    if end > start and languages == ("Tibetan",) and _TIBETAN_ENDING.match(text, end):
        return end + 1
    return end if whole else start


def _language(part: str) -> str:
    return exonyms.romanised_names().get(part, ("", ()))[0]
