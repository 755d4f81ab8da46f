"""People: tagged names, and the patterns that a tagger misses (记者X、通讯员X, X 摄, 陈某, 刘先生).

Chinese names are spelled in pinyin. Foreign, Japanese, Korean, Uygur, Tibetan and Mongolian names are recognised and
not spelled so: they come from the table of known people, or stay without English.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from summarize.grounding import exonyms
from summarize.grounding.credits import find_credited
from summarize.grounding.item import Item
from summarize.grounding.origin import (
    COMMON_SURNAMES,
    JAPANESE_SURNAMES,
    MINORITIES,
    SEPARATORS,
    SURNAMES,
    country,
    origin,
    spells_foreign,
    without_hong_kong,
)
from summarize.grounding.personal_names import address_english, address_pattern, is_romanised, person_english
from summarize.grounding.pinyin import spell, spell_person, spell_surname
from summarize.grounding.tagger import Token, is_word, token_at
from summarize.grounding.untagged_names import GIVEN_END, begins_with_word, find_untagged, is_told_of, speaks

_TITLE_END = re.compile(
    "[者员官户民师生手工警授医][是叫、]?$|[所局队校院村镇县市科处站会社董]长[、]?$|主任$|书记$|名叫$|叫$|姐姐$|妹妹$|[哥弟]$"
)
_NOT_PERSONS = frozenset("铁队省州市郡镇县案党社报杯奖法湖岛")
# 海/n 局长/n is no surname with a title.
_NOT_WITH_TITLES = frozenset("方区党国山商车房时干路水田花师牧海林石城籍羊鱼农")
_CIVIL = frozenset(
    (
        *("先生", "女士", "小姐", "太太", "大姐", "大哥", "大妈", "大娘"),
        *("大婶", "大嫂", "阿姨", "大爷", "大叔", "大伯", "奶奶", "爷爷"),
    )
)
_FUNCTION_WORDS = frozenset("和与同对向从给由被让当于有得过都时来去要叫请问找是在同能任国党")
_WHAT_PEOPLE_DO = tuple("干说种养住卖做开修当笑管")
_FAMILIAR_SURNAMES = COMMON_SURNAMES - frozenset("马高黄白金江田石龙毛方万时常文武林周") | {"周", "林"}
_AND_ADVERB = re.compile(f"(?P<name>[小老][{''.join(sorted(COMMON_SURNAMES))}])[刚才也就在正又都已还便却是将曾立马]$")
_SHEETS = tuple("了这那一两几每办买领")  # words before 张 where it counts sheets
_MEASURES = frozenset("周年时分方万路车水户门")  # 周/平均: a week's mean, and no Zhou Pingjun
_LINE = re.compile("高铁|铁路|铁隧|高速|客专|城际|公路|大桥")  # 徐兰高铁 runs from Xuzhou to Lanzhou
_LED = re.compile(
    rf"[\u4e00-\u9fff]?(?P<word>[\u4e00-\u9fff]{{2}})(?P<name>[{''.join(sorted(COMMON_SURNAMES))}][\u4e00-\u9fff]{{2}})"
)
_AND_SAYS = re.compile("和(?:表示|说|称(?!赞)|介绍|认为|指出|坦言|透露|回忆|告诉记者)")
_LONGEST_KNOWN = 14  # characters of a name with parts
_HOME = re.compile(r"家(?=[里中的门住最离在附旁]|所在)")

# 巴方 is Pakistan's side
_SIDE = re.compile("[巴哈蒙越马韩泰俄美英法德印澳日朝加柬缅老菲新意西葡荷瑞比波乌伊叙土埃南智秘古塞克白]方$")
_ASKED = re.compile("记者问|答问")
_SURNAMED = re.compile(rf"(?<=姓)[{''.join(sorted(SURNAMES))}](?=[，。、；！？”]|的[^\u4e00-\u9fff]|$)")  # 父亲姓霍，
_CUT_OFF = re.compile("[^又却也还就都再才便并先则只将曾直正笑忙答哭喊常总老爱曾来在][说称道]")  # 桑宝/成说
_ENDS_IN_ONE = re.compile(
    "(?![^，。；！？]{0,12}就)(?:表示|介绍|告诉|透露|坦言|认为|指出|强调|宣布|带领|率领|带着|征召|执教|担任|获得|夺得|出任|当选|[说称道](?![不明]))"
)
_PSEUDONYM = re.compile("(?<=[\u4e00-\u9fff])[（(](?:均为|系|皆为|为)?化名")
_TWICE = re.compile(r"([^妈爸爷奶哥姐弟妹叔婆公伯舅姑宝某])\1")  # as given names are, and kin that is no name
_LONGEST_WORD = 10  # characters of one word of a name
_BEFORE_TALENT = frozenset("有友进德广永英俊文国茂栋贤怀多学成秀")  # 佘友才 is a name, 王伟才知道 an adverb
_WHOLE = ("Tibetan", "Mongolian", "Yi")  # their names of four characters are whole, those of Uygurs parts
_LATIN_PAIR = re.compile("[A-Za-z]{2}")


def find_people(
    text: str, tokens: Sequence[Token], *, foreign: bool = False, domestic: bool = False, near: str = ""
) -> list[Item]:
    """The people of a passage in simplified characters, in order, without overlap.

    Args:
        text: the passage.
        tokens: its words.
        foreign: whether it stands in a story about other countries.
        domestic: whether the story names places or bodies of China.
        near: the passage with its neighbours, which tells whether Korean or Japanese names are to be expected.
    """
    there = country(near)
    found = find_credited(text)
    for match in address_pattern().finditer(text):
        if _is_addressed(tokens, match):
            english = address_english(match.group())
            if (
                english is not None
                and match["address"] in ("某", "某某")
                and token_at(tokens, match.start() - 1).tag == "n"
            ):
                english = tuple(sorted(english, key=lambda form: not form.startswith("surnamed")))  # 司机包某
            if english is not None:
                found[match.span()] = english
    for first, second, after in zip(tokens, tokens[1:], tokens[2:], strict=False):  # 老/a 周/n 种/v
        words = (first,) if len(first.text) == 2 else (first, second)
        name = "".join(word.text for word in words)
        if len(first.text) > 1 and second.tag == "PER" and not is_word(first.text):  # 师父老/n 周/PER
            name, words = first.text[-1] + second.text, (first, second)
        acts = (second if len(words) == 1 else after).tag in ("v", "d", "p", "c")
        familiar = len(name) == 2 and name[0] in "老小" and name[1] in _FAMILIAR_SURNAMES
        if familiar and acts and first.tag != "LOC" and name not in exonyms.everyday("person"):
            end = words[-1].end
            found[end - 2, end] = address_english(name) or ()
        if first.text in ("老", "小") and second.tag == "PER" and second.text[1:] in _WHAT_PEOPLE_DO:  # 老/a 杜干/PER
            found[first.start, second.start + 1] = address_english(first.text + second.text[0]) or ()
    if not foreign:
        found |= {span: person_english(text[slice(*span)], there) for span in (*_dotted(text), *_of_parts(text))}
    for match in _SURNAMED.finditer(text):
        if token_at(tokens, match.start() - 1).text in ("姓", "都姓", "也姓"):
            found[match.span()] = spell_surname(match.group())
    for start, end in find_untagged(text, tokens):
        if not any(s < end and start < e for s, e in found):
            found[start, end] = person_english(text[start:end], there, foreign=foreign)
    for match in _PSEUDONYM.finditer(text):  # 小宇（化名）
        token = token_at(tokens, match.start() - 1)
        if token.tag in ("PER", "LOC", "nz", "a") and token.end == match.start() and 1 < len(token.text) < 4:
            name = token.text
            found.setdefault((token.start, token.end), person_english(name, there) or _as_one_word(name))
    for start, end in _widely_known(text, tokens):
        if not any(s < end and start < e for s, e in found):
            found[start, end] = person_english(text[start:end], there)
    for start, end in _joined(text, tokens):
        name = text[start:end].rstrip(f"{SEPARATORS}。，")
        end = start + len(name)
        if len(name) < 2 or any(s < end and start < e for s, e in found) or _is_part(text, tokens, start, name):
            continue
        plain = re.sub(r"\s", "", name)  # 巩 固
        if plain in exonyms.organisations():
            continue  # 彭博
        english = address_english(name)
        if english is not None and len(name) == 2 and (_is_everyday(text, name, start, end) or _goes_on(text, end)):
            continue
        if english is None:
            if _is_everyday(text, name, start, end) or _is_other(text, name, start, end):
                continue
            context = re.split("[，。；！？、“”：]", text[max(0, start - 24) : start])[-1] + name + there
            if not there and domestic:
                context = without_hong_kong(context)  # who lives there is spelled in pinyin in a story of Guangdong
            abroad = foreign or _is_abroad(text, start, plain)
            kind = origin(plain, context, foreign=abroad)
            if kind == "unsure" and plain not in exonyms.people():
                continue
            english = person_english(plain, context, foreign=abroad)
        found[start, end] = english
    if not foreign:
        _read_as_listed(text, found)
    return [Item("person", s, e, text[s:e], english) for (s, e), english in sorted(found.items())]


def find_addressed(text: str, tokens: Sequence[Token], surnames: Collection[str]) -> list[Item]:
    """People by a surname of the article and a form of address, where the surname is an everyday word too: 盖师傅."""
    return [
        Item("person", match.start(), match.end(), match.group(), address_english(match.group()) or ())
        for match in address_pattern().finditer(text)
        if match["surname"] in surnames
        and match["surname"] not in _FUNCTION_WORDS
        and token_at(tokens, match.start()).text in (match["surname"], match.group())
        and token_at(tokens, match.end() - 1).end == match.end()
    ]


def _read_as_listed(text: str, found: dict[tuple[int, int], tuple[str, ...]]) -> None:
    """Beside a Chinese name in a list, what might spell a foreign one is Chinese too: 尹南、倪瑞捷."""
    spans = sorted(found)
    for first, second in pairwise(spans):
        if text[first[1] : second[0]] != "、":
            continue
        for (start, end), (near_start, near_end) in ((first, second), (second, first)):
            name, near = text[start:end], text[near_start:near_end]
            beside = not found[start, end] and found[near_start, near_end] and origin(near) == "chinese"
            if beside and len(name) == 3 and name[0] in SURNAMES and not MINORITIES.search(name):
                found[start, end] = spell_person(name)


def _is_addressed(tokens: Sequence[Token], match: re.Match[str]) -> bool:
    """Whether what looks like a surname before a form of address is one: not in 和老师, 由队长, 现任/所长."""
    start = match.start()
    token, surname = token_at(tokens, start), match["surname"]
    if token_at(tokens, match.end() - 1).end != match.end() or (
        token.start != start and (is_word(token.text) or token.tag in ("PER", "LOC", "ORG"))
    ):
        return False
    if token.tag == "TIME":
        return False  # 晒/秋/大妈
    if token.tag == "PER" or (surname in COMMON_SURNAMES and token.tag in ("n", "nz", "ORG", "LOC")):
        return True
    if token.start != start and match["address"] not in _CIVIL:
        return False
    if match["address"] in _CIVIL:
        return token.tag in ("n", "nz") or (surname not in _FUNCTION_WORDS and token.tag not in ("p", "c", "u", "r"))
    return token.text == surname and token.tag in ("n", "nz", "nw") and token.text not in _NOT_WITH_TITLES


def _is_part(text: str, tokens: Sequence[Token], start: int, name: str) -> bool:
    """No name but a piece of what stands around it: 重庆/段正/加紧, 对/党忠诚, 内塔尼亚/胡总理."""
    before = token_at(tokens, start - 1) if start else None
    if name[0] == "张" and text[start - 1 : start] in _SHEETS and is_word(text[start + 1 : start + len(name) + 1]):
        return True  # 买了张/健身年卡
    if name.endswith(("总理", "总统", "首相")) or _SIDE.match(name) or _ASKED.match(text, max(0, start - 2)):
        return True
    if before is None:
        return False
    return (before.tag == "LOC" and name[0] in "段站") or (
        before.text in ("对", "爱", "跟", "听", "向") and name[0] == "党"
    )


def _as_one_word(name: str) -> tuple[str, ...]:
    """Xiaoyu, as children are called, or Xiao Yu."""
    return (spell(name), " ".join(map(spell, name)))


def _widely_known(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Names of the table, whatever the tagger takes them for: 普拉博沃/ORG, 大坂直美/LOC, 本笃/PER 十六世/m."""
    known = exonyms.people()
    ends = {token.end for token in tokens}
    position = 0
    for token in tokens:
        if token.start < position or text.endswith(tuple(SEPARATORS), 0, token.start):
            continue
        for end in range(min(len(text), token.start + _LONGEST_KNOWN), token.start + 2, -1):
            if end in ends and text[token.start : end] in known and not text.startswith(tuple(SEPARATORS), end):
                yield token.start, end
                position = end
                break


def _joined(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Spans of names; the parts of a foreign name (迈克·布坎南) that the tagger split are put together."""
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
        elif beside and _CUT_OFF.fullmatch(token.text) and not is_word(token.text):
            spans[-1][1] += _is_surname_and_name(text, spans[-1])  # 桑宝/PER 成说/v
    for span in spans:  # 买/v 买提·吐尔逊/PER
        for match in MINORITIES.finditer(text, max(0, span[0] - 2), span[1]):
            if match.start() < span[0] < match.end():
                span[0] = match.start()
        _add_parts(text, span)
        _widen(text, span)
        _trim(text, span)
        _complete(text, span)
    return [(start, end) for start, end in spans if "@" not in text[start:end]]


def _ends_in_one(text: str, span: Sequence[int], one: Token) -> bool:
    """邵佳/PER 一/d 征召/v"""
    return one.text == "一" and _is_surname_and_name(text, span) and _ENDS_IN_ONE.match(text, one.end) is not None


def _is_surname_and_name(text: str, span: Sequence[int]) -> bool:
    return span[1] - span[0] == 2 and text[span[0]] in SURNAMES


def _dotted(text: str) -> Iterator[tuple[int, int]]:
    """Uygur and Kazak names of which all parts are known, whatever the tagger makes of them: 阿里木江·哈力克."""
    for dot in re.finditer(f"[{SEPARATORS}]", text):
        first, last = max(0, dot.start() - _LONGEST_WORD), min(len(text), dot.end() + _LONGEST_WORD)
        start = next((i for i in range(first, dot.start()) if is_romanised(text[i : dot.start()])), None)
        end = next((i for i in range(last, dot.end(), -1) if is_romanised(text[dot.end() : i])), None)
        if start is not None and end is not None:
            yield start, end


def _of_parts(text: str) -> Iterator[tuple[int, int]]:
    """Names that the table has whole (吉好也求) and Tibetan ones of known parts (洛桑旺堆), however they were cut."""
    end = 0
    for start in range(len(text) - 3):
        if start < end:
            continue
        whole = next((n for n in (6, 5, 4) if _language(text[start : start + n]) in _WHOLE), 0)
        end = start + whole
        while _language(text[end : end + 2]) == "Tibetan":
            end += 2
        if end - start > 2:
            yield start, end


def _language(part: str) -> str:
    return exonyms.romanised_names().get(part, ("", ()))[0]


def _is_surname(text: str, span: Sequence[int]) -> bool:
    """姚/PER 金旺/PER: a surname alone."""
    return span[1] - span[0] == 1 and text[span[0]] in SURNAMES


def _goes_on_in(text: str, span: Sequence[int], token: Token) -> bool:
    """Whether a name ends in the next word: 余/PER 星星/n, 钱伟/PER 刚/d 说/v (just now is 刚刚), 倪非/PER 凡/d."""
    if _is_surname(text, span) and _TWICE.fullmatch(token.text):
        return True
    short = span[1] - span[0] == 2 and text[span[0]] in SURNAMES
    ends_in_talent = token.text == "才" and text[span[1] - 1] in _BEFORE_TALENT
    return short and (token.text == "凡" or ends_in_talent or (token.text == "刚" and is_told_of(text, token.end)))


def _complete(text: str, span: list[int]) -> None:
    """A part of a word in Latin letters (Shaq/iri) becomes the word."""
    while span[1] < len(text) and _LATIN_PAIR.fullmatch(text, span[1] - 1, span[1] + 1):
        span[1] += 1
    while span[0] > 0 and _LATIN_PAIR.fullmatch(text, span[0] - 1, span[0] + 1):
        span[0] -= 1


def _add_parts(text: str, span: list[int]) -> None:
    """A name of which the tagger saw one part (才仁/卓玛) becomes all of its parts."""
    parts = exonyms.romanised_names()
    for start in range(max(0, span[0] - 2), span[0]):  # 才/d 仁多杰/PER
        cut = next((n for n in (4, 3, 2) if start + n > span[0] and text[start : start + n] in parts), 0)
        if cut and text[start + cut : span[1]] in parts:
            span[0] = start
    if not any(text[span[0] : span[0] + n] in parts for n in (2, 3, 4)):
        return
    end = span[0]  # 索朗旺/PER 堆家/n
    while length := next((n for n in (4, 3, 2) if text[end : end + n] in parts), 0):
        end += length
    span[1] = max(span[1], end)
    while before := next((n for n in (4, 3, 2) if text[max(0, span[0] - n) : span[0]] in parts), 0):
        span[0] -= before
    while after := next((n for n in (4, 3, 2) if text[span[1] : span[1] + n] in parts), 0):
        span[1] += after


def _is_abroad(text: str, start: int, name: str) -> bool:
    """Whether a name that may spell a foreign one stands in a sentence about another country, and not about China."""
    if not spells_foreign(name) or name[0] in COMMON_SURNAMES:
        return False
    first = text.rfind("。", 0, start) + 1
    last = text.find("。", start)
    sentence = text[first : last if last >= 0 else len(text)]
    elsewhere = any(place in sentence for place in exonyms.foreign_places())
    return elsewhere and not any(place in sentence for place in ("中国", "我国", "省", "市", "县"))


def _trim(text: str, span: list[int]) -> None:
    """A name with what follows it (小李刚/到, 傅昆宝家/附近, 李娜介绍/说) becomes the name."""
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
        if text[span[0] : span[0] + length] in known and text[span[0] : span[1]] not in known:
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
        and text[span[1] : span[1] + 1] in tuple("一二郎子夫")
    ):
        span[1] += 1
        return
    for start in range(max(0, span[0] - 2), span[0] + 1):
        for end in range(min(len(text), span[1] + 2), span[1] - 1, -1):
            if end - start > max(2, span[1] - span[0]) and text[start:end] in known:
                span[:] = [start, end]
                return


def _goes_on(text: str, end: int) -> bool:
    """小方/桌: the surname and the next character are a word."""
    return len(text) > end and is_word(text[end - 1 : end + 1]) and text[end] not in "家说"


def _is_other(text: str, name: str, start: int, end: int) -> bool:
    """What the tagger took for a name and is none: 周/比利时, 徐兰/高速, 周/平均."""
    if (len(name) > 2 and name[-1] in _NOT_PERSONS) or (name[-1] == "家" and text.startswith("军", end)):
        return True
    if (
        _LINE.match(text, end)
        or _LINE.match(text, end - 1)
        or any(text[start + 1 : end + more] in exonyms.places() for more in (1, 2))
    ):
        return True
    if _TITLE_END.search(text[max(0, start - 4) : start]):
        return False
    return name[0] in _MEASURES and len(name) == 3 and is_word(name[1:]) and name[2] not in GIVEN_END


def _is_everyday(text: str, name: str, start: int, end: int) -> bool:
    if begins_with_word(name):
        return True
    if name not in exonyms.everyday("person"):
        return False
    said = re.match(r"[说称道表告介认指]|(?:先生|女士)", text[end : end + 2]) or is_told_of(text, end)
    titled = _TITLE_END.search(text[max(0, start - 4) : start]) and not text.endswith("人员", 0, start)
    return not said and not titled  # 就业人员周平均工作46小时
