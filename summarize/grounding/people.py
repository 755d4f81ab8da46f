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
from summarize.grounding.dotted_names import dotted_names, hyphenated_names, is_title
from summarize.grounding.item import Item
from summarize.grounding.name_spans import dotted_spans, end_of_name, known_spans, romanised_spans, tagged_spans
from summarize.grounding.origin import (
    COMMON_SURNAMES,
    MINORITIES,
    SEPARATORS,
    SURNAMES,
    origin,
    strength,
)
from summarize.grounding.personal_names import address_english, address_pattern, person_english
from summarize.grounding.pinyin import spell, spell_person, spell_surname
from summarize.grounding.setting import Setting, country_of
from summarize.grounding.tagger import Token, is_word, token_at
from summarize.grounding.untagged_names import GIVEN_END, begins_with_word, find_untagged, follows_title, is_told_of

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
_WHAT_PEOPLE_DO = tuple("干说种养住卖做开修当笑管比")
_FAMILIAR_SURNAMES = COMMON_SURNAMES - frozenset("马高黄白金江田石龙毛方万时常文武")
_SHEETS = tuple("了这那一两几每办买领")  # words before 张 where it counts sheets
_MEASURES = frozenset("周年时分方万路车水户门")  # 周/平均: a week's mean, and no Zhou Pingjun
_LINE = re.compile("高铁|铁路|铁隧|高速|客专|城际|公路|大桥")  # 徐兰高铁 runs from Xuzhou to Lanzhou

# 巴方 is Pakistan's side
_SIDE = re.compile("[巴哈蒙越马韩泰俄美英法德印澳日朝加柬缅老菲新意西葡荷瑞比波乌伊叙土埃南智秘古塞克白]方$")
_PRODUCT = re.compile(
    "[猪牛羊鸡鸭鹅鱼虾蟹茶米柚橘橙桃梨枣柿瓜果椒蒜]|白毫|香柚|沙田柚|芋"
)  # of a county: 陆川猪, 凌云白毫
_ASKED = re.compile("记者问|答问")
_LOCAL = re.compile(
    "(?:村民|农民|农户|果农|茶农|菜农|牧民|渔民|居民|村医|社员|[户员]主任|支书|村书记|村长|镇长|乡长|县长|区长|护林员|民警|辅警|网格员|负责人|大[户姐哥叔爷]|合作社理事长|"
    "种植户|养殖户|脱贫户|贫困户|监测户|村干部|队员|带头人|传承人|党员)$"
)
_OFFICE = re.compile("(?:[局院所站处科馆校园组队]长|主任|书记|经理|董事长|教授|医生|老师|工程师|研究员)$")
_SURNAMED = re.compile(
    rf"(?<=姓)[{''.join(sorted(SURNAMES))}](?=[，。、；！？”]|的[^\u4e00-\u9fff]|[男女妇老少][子人童性生士孩]|司机|$)"
)  # 父亲姓霍，
_WHO = {
    "男": ("a man", "the man"), "女": ("a woman", "the woman"), "妇": ("a woman", "the woman"),
    "翁": ("an elderly man",), "妪": ("an elderly woman",), "嫌": ("a suspect", "the suspect"),
}  # fmt: skip
_ONLY_SURNAMED = re.compile(
    rf"(?<![\u4e00-\u9fff]大)(?P<surname>[{''.join(sorted(COMMON_SURNAMES | set('曾游詹简蓝涂卢柯洪翁')))}])"
    r"(?:姓(?=[男女妇老少][子人童性生士孩婴汉翁妪伯]|司机|市民|乘客|工人|店主|居民|嫌犯|嫌疑人|被告)"
    r"|(?P<who>[男女妇翁妪嫌])(?=[，。、；和]?(?:遭|驾|骑|酒|涉|持|供称|辩称|坦承|到案|落网|当场|送医|趁|见|疑|因|行经|住|与|向|将|昨|今|于)))"
)
_PSEUDONYM = re.compile("(?<=[\u4e00-\u9fff])[（(](?:均为|系|皆为|为)?化名")

_Span = tuple[int, int]


def find_people(text: str, tokens: Sequence[Token], setting: Setting) -> list[Item]:
    """The people of a passage in simplified characters, in order, without overlap.

    Args:
        text: the passage.
        tokens: its words.
        setting: what it is about.
    """
    found = find_credited(text) | _addressed(text, tokens, setting) | _familiar(tokens) | _only_surnamed(text)
    if not setting.foreign:
        spans = (*dotted_spans(text), *romanised_spans(text))
        found |= {span: person_english(text[slice(*span)]) for span in spans}
    found |= _surnamed(text, tokens)
    for span, english in _less_sure(text, tokens, setting):
        if not any(start < span[1] and span[0] < end for start, end in found):
            found[span] = english
    if not setting.foreign and not setting.elsewhere:
        _read_as_listed(text, found)
    return [Item("person", start, end, text[start:end], english) for (start, end), english in sorted(found.items())]


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


def _less_sure(text: str, tokens: Sequence[Token], setting: Setting) -> Iterator[tuple[_Span, tuple[str, ...]]]:
    """People and their English from the sources of which each counts only where those before it have nobody."""
    for start, end in find_untagged(text, tokens):
        span = (start, end_of_name(text, start, end))
        country = country_of(text, span[0], setting)
        yield span, person_english(text[slice(*span)], country, foreign=setting.foreign and country != "中国")
    for span in _pseudonyms(text, tokens):
        name = text[slice(*span)]
        yield span, person_english(name, setting.elsewhere) or _as_one_word(name)
    for span in known_spans(text, tokens):
        yield span, person_english(text[slice(*span)])
    for start, end in (*dotted_names(text, tokens), *hyphenated_names(text, tokens), *tagged_spans(text, tokens)):
        name = text[start:end].rstrip(f"{SEPARATORS}。，")
        if len(name) > 1 and not _is_part(text, tokens, start, name):
            span = (start, start + len(name))
            english = _tagged_english(text, span, setting)
            if english is not None:
                yield span, english


def _addressed(text: str, tokens: Sequence[Token], setting: Setting) -> dict[_Span, tuple[str, ...]]:
    """Surnames with a form of address: 刘先生, 包某, 王所长."""
    found = {}
    for match in address_pattern().finditer(text):
        country = country_of(text, match.start(), setting)
        if not _is_addressed(tokens, match) or (english := address_english(match.group(), country)) is None:
            continue
        if match["address"] in ("某", "某某") and token_at(tokens, match.start() - 1).tag == "n":
            english = tuple(sorted(english, key=lambda form: " " in form))  # 司机包某 is the driver Bao
        found[match.span()] = english
    return found


def _familiar(tokens: Sequence[Token]) -> dict[_Span, tuple[str, ...]]:
    """老周 and 小李, however the tagger cut them."""
    found = {}
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
    return found


def _surnamed(text: str, tokens: Sequence[Token]) -> dict[_Span, tuple[str, ...]]:
    """A surname that is told as one: 父亲姓霍."""
    return {
        match.span(): spell_surname(match.group())
        for match in _SURNAMED.finditer(text)
        if token_at(tokens, match.start() - 1).text in ("姓", "都姓", "也姓")
    }


def _pseudonyms(text: str, tokens: Sequence[Token]) -> Iterator[_Span]:
    """Names that the text itself calls made up: 小宇（化名）."""
    for match in _PSEUDONYM.finditer(text):
        token = token_at(tokens, match.start() - 1)
        if token.tag in ("PER", "LOC", "nz", "a") and token.end == match.start() and 1 < len(token.text) < 4:
            yield token.start, token.end


def _tagged_english(text: str, span: _Span, setting: Setting) -> tuple[str, ...] | None:
    """The English of what the tagger takes for a person, none if it is to be left as it is; None if it is no person."""
    start, end = span
    name = text[start:end]
    plain = re.sub(r"\s", "", name)  # 巩 固
    if plain in exonyms.organisations():
        return None  # 彭博
    country = country_of(text, start, setting)
    english = address_english(name, country)
    if english is not None:
        everyday = len(name) == 2 and (_is_everyday(text, name, start, end) or _goes_on(text, end))
        return None if everyday else english
    if _is_everyday(text, name, start, end) or _is_other(text, name, start, end):
        return None
    foreign = setting.foreign and country != "中国"
    if setting.domestic and country in ("", "中国") and _is_villager(text, start, plain):
        return spell_person(plain)
    whose = origin(plain, country, foreign=foreign)
    if _is_child(text, plain, start, end):
        return _as_one_word(plain)
    if whose == "unsure" and plain not in exonyms.people():
        return None
    if whose == "chinese" and plain in exonyms.western_names() and (len(plain) > 2 or plain[1] in "特斯尔克茨兹"):
        return exonyms.western_names()[plain]  # 客商安德烈, 赖特
    return person_english(plain, country, foreign=foreign)


def _only_surnamed(text: str) -> dict[_Span, tuple[str, ...]]:
    """陳姓男子, and in papers of Taiwan 陳男 and 黃女: of whom no more than the surname is told."""
    found = {}
    for match in _ONLY_SURNAMED.finditer(text):
        surnames = spell_surname(match["surname"])
        who = _WHO.get(match["who"] or "", ())
        forms = [f"{each} surnamed {name}" for name in surnames for each in who]
        found[match.span()] = (*forms, *(f"surnamed {name}" for name in surnames), *surnames)
    return found


def _is_villager(text: str, start: int, name: str) -> bool:
    """Whether who is called so by the office or the village before the name is Chinese: 村民罗安金, 镇长马文林."""
    known = name in exonyms.people() or MINORITIES.search(name) or name in exonyms.romanised_names()
    if len(name) != 3 or name[0] not in SURNAMES or known:
        return False
    official = strength(name) < 2 and _OFFICE.search(text, 0, start) is not None
    return official or _LOCAL.search(text, 0, start) is not None


def _read_as_listed(text: str, found: dict[_Span, tuple[str, ...]]) -> None:
    """Beside a Chinese name in a list, what might spell a foreign one is Chinese too: 尹南、倪瑞捷."""
    spans = sorted(found)
    for first, second in pairwise(spans):
        if text[first[1] : second[0]] != "、":
            continue
        for (start, end), (near_start, near_end) in ((first, second), (second, first)):
            name, near = text[start:end], text[near_start:near_end]
            beside = not found[start, end] and found[near_start, near_end] == spell_person(near)
            if beside and len(name) == 3 and name[0] in SURNAMES and not MINORITIES.search(name):
                found[start, end] = spell_person(name)


def _is_addressed(tokens: Sequence[Token], match: re.Match[str]) -> bool:
    """Whether what looks like a surname before a form of address is one: not in 和老师, 由队长, 现任/所长."""
    start = match.start()
    token, surname = token_at(tokens, start), match["surname"]
    if surname == "位" and token_at(tokens, start - 1).tag in ("m", "r"):
        return False  # 几/位大妈
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
    if (
        is_title(name)
        or name.endswith(("总理", "总统", "首相"))
        or _SIDE.match(name)
        or _ASKED.match(text, max(0, start - 2))
    ):
        return True
    if before is None:
        return False
    return (before.tag == "LOC" and name[0] in "段站") or (
        before.text in ("对", "爱", "跟", "听", "向") and name[0] == "党"
    )


def _as_one_word(name: str) -> tuple[str, ...]:
    """Xiaoyu, as children are called, or Xiao Yu."""
    return (spell(name), " ".join(map(spell, name)))


def _is_child(text: str, name: str, start: int, end: int) -> bool:
    """小宇, where a person is called so who does or says something: 小宇，今年8岁."""
    little = len(name) == 2 and name[0] == "小" and name[1] in GIVEN_END and name not in exonyms.everyday("person")
    begins = start == 0 or text[start - 1] in "，。、！？；：“”‘’（） \n" or follows_title(text, start)
    return little and begins and (is_told_of(text, end) or not (is_word(name) or _goes_on(text, end)))


def _goes_on(text: str, end: int) -> bool:
    """小方/桌: the surname and the next character are a word."""
    return len(text) > end and is_word(text[end - 1 : end + 1]) and text[end] not in "家说"


def _is_other(text: str, name: str, start: int, end: int) -> bool:
    """What the tagger took for a name and is none: 周/比利时, 徐兰/高速, 周/平均."""
    if (
        (len(name) > 2 and name[-1] in _NOT_PERSONS)
        or name.endswith(("党委", "支部", "政府"))
        or (name[-1] == "家" and text.startswith("军", end))
        or (name[:2] in exonyms.divisions_by_specific() and _PRODUCT.match(text, start + 2))
    ):
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
