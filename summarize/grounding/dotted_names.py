"""Foreign names with dots or hyphens: where they begin and end, read off the characters that spell foreign names.

The tagger cuts 卫/克里斯蒂安·麦卡弗里 out of 跑卫 and 波加/查 in two. So a name is all of the characters beside its
dots that transliterations use, up to a word that is none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from summarize.grounding import exonyms
from summarize.grounding.origin import SEPARATORS, TRANSLITERATION, is_transliteration, strength
from summarize.grounding.tagger import Token, token_at

HYPHENS = "-－‐"
_LONGEST_PART = 10  # characters
# Characters of transliterations besides those of the tables of names, as 波加查 and 帕克斯顿 have them.
_SELDOM = "强英范希查瓜夸垂芒蒂汀廷昂祖韦茵宰仑邬佛扬雅鲍狮冉隆拔津灵奇尚庆莹菌岑筑煌兆"
_NAMES = ("PER", "LOC", "ORG", "nz", "nw")
_FUNCTION_WORDS = frozenset("因由于让以当比都将和与同对向从给被为是请在及或称令使则来")
_NEVER = frozenset("和与对被是请在或给向将从使称")  # of them those that no name has: 迈克·李/和/奥林·哈奇
_ENDINGS = frozenset("比")  # of them those that names end in too
# What people are called by, if it ends in a character that may begin a name: 跑卫/克里斯蒂安, 防长/约翰.
_TITLE = re.compile(
    "(?:四分|安全|[跑线角门后中边前护])卫|(?:近端|[前中边截先])锋|(?:未婚|[丈前亡姐妹大])夫|"
    "[其次长幼独养之儿妻孙王男女弟才]子|[孙长次幼养之]女|[少上中大]校|[少上中准]尉|[下中上爵骑女护博院战烈]士|[伯公侯子男勋]爵|"
    "[防外部市州省县郡院局署司行社校队团会议所厅处科站组船舰机军师旅团营连排班酋家秘书]长|[总助经代]理|党魁|[富巨]商|大亨|名嘴|"
    "[影球歌巨明新童笑谐]星|[新]秀|网红|[房股]东|[小老门悍大名]将|[女国亲]王|王储|埃米尔|[岳继养]父|[皇大]帝|[总]统|主[席帅]|[大特天公]使|[牧律医大厨巫法教]师|"
    "[首外]相|[教]练|教[皇宗]|副手|[英美法德俄意加澳日韩]媒"
)
# A word that a name does not end in, though the tagger lets it: 丽莎·库克/提起, 科尔宾/法庭, 布拉索/昆通电话.
_AFTER = re.compile(
    "博(?=士)|希(?=望)|提(?=[出到供议名醒交及起升前])|坦(?=[言承率])|内(?=[心部阁定])|多(?=[次年名家人位个半么])|合(?=[作并影资])|"
    "通(?=电话|话|过|报|知)|法(?=[庭院官案])|代(?=[表替理言])|赛(?=[后前季场])|罢(?=[工免])|射(?=门)|本(?=[人周月季赛场])|达(?=成)|恩(?=怨)|当(?=[选天时地])|"
    "加(?=[入盟])|夏(?=天|窗)|拉(?=开|票)|丹(?=心)|威(?=胁)|比(?=赛|分)|伤(?=[愈退])|森(?=林)"
)


@lru_cache(maxsize=1)
def _characters() -> str:
    """The characters that spell foreign names: of the tables, and others."""
    names = (name for name in exonyms.people() if any(sign in name for sign in SEPARATORS))
    table = {character for name in (*exonyms.western_names(), *names) for character in name}
    spelling = (table | TRANSLITERATION | set(_SELDOM)) - _NEVER
    return "".join(sorted(c for c in spelling if "\u4e00" <= c <= "\u9fff"))


@lru_cache(maxsize=1)
def _dotted() -> re.Pattern[str]:
    word = f"[{_characters()}]{{1,{_LONGEST_PART}}}"
    part = f"{word}(?:[{HYPHENS}]{word})*"
    return re.compile(f"{part}(?:[{SEPARATORS}]{part})+")


def dotted_names(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The names with dots of a passage, and those that a hyphen joins (阿卜杜勒-阿齐兹)."""
    for match in _dotted().finditer(text):
        for first, last in _names_of(text, match):
            start, end = _start(text, tokens, *first), _end(text, tokens, *last)
            if start < first[1] and end > last[0] and _is_person(text, tokens, start, end):
                yield start, end


def is_title(name: str) -> bool:
    """Whether what the tagger takes for a name is what somebody is called by: 角卫, 沙特王/储."""
    title = next((name[cut:] for cut in (2, 3) if name[:cut] in exonyms.foreign_places()), name)
    return title == "王" or _TITLE.fullmatch(title) is not None


def _names_of(text: str, match: re.Match[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The first and the last part of each name: of two where a part holds both, as in 韦尔比因约翰·史密斯."""
    parts = [(m.start(), m.end()) for m in re.finditer(f"[^{SEPARATORS}]+", match[0])]
    parts = [(match.start() + start, match.start() + end) for start, end in parts]
    first = parts[0]
    for start, end in parts[1:-1]:
        if (sign := next((i for i in range(start, end) if text[i] in HYPHENS), None)) is not None:
            yield first, (start, sign)  # 豪尔赫·利纳雷斯-卢克·坎贝尔, who meet
            first = (sign + 1, end)
            continue
        between = (i for i in range(start + 1, end - 1) if text[i] in _FUNCTION_WORDS)
        cut = next((i for i in between if text[i + 1 : end] in exonyms.western_names()), None)
        if cut is not None and text[start:end] not in exonyms.western_names():
            yield first, (start, cut)
            first = (cut + 1, end)
    yield first, parts[-1]


def _start(text: str, tokens: Sequence[Token], start: int, dot: int) -> int:
    """Where the name begins whose first part is at most `text[start:dot]`."""
    covering = token_at(tokens, start)
    if covering.tag == "PER" and covering.end >= dot and _NEVER.isdisjoint(text[covering.start : start]):
        start = covering.start  # 汉尼拔, which has a character that few names have
    if text[start:dot] in exonyms.western_names():
        return start
    for token in tokens:
        place = token.tag == "LOC" and token.text in exonyms.places()  # 美国/唐纳德·特朗普
        other = place or _is_other_word(token)
        if start < token.end < dot and other and text[token.end] not in HYPHENS:
            start = token.end
    for end in range(start + 1, min(start + 4, dot)):
        if any(_TITLE.fullmatch(text, end - length, end) for length in (2, 3) if end - length >= 0):
            return end
    return start + (text[start] in _FUNCTION_WORDS and text[start + 1 : dot] in exonyms.western_names())


def _end(text: str, tokens: Sequence[Token], dot: int, end: int) -> int:
    """Where the name ends whose last part is at most `text[dot:end]`."""
    if text[dot:end] in exonyms.western_names():
        return end
    covering = token_at(tokens, dot)
    sure = covering.end if covering.tag == "PER" else dot + 1
    last = token_at(tokens, end - 1)
    whole = last.tag == "PER" and last.start <= dot and not _AFTER.match(text, end - 1)
    if whole and _NEVER.isdisjoint(text[end : last.end]):
        end = last.end
    beside = (token for token in tokens if dot < token.start < end and _is_other_word(token))
    end = next((token.start for token in beside if not _may_end_in(text, dot, token.start)), end)
    while end - dot > 1 and (_AFTER.match(text, end - 1) or _ends_in_other(text, dot, end, sure)):
        end -= 1
    return end


def _ends_in_other(text: str, dot: int, end: int, sure: int) -> bool:
    """Whether the last character is a function word, beyond what the tagger takes for the name or after a known one."""
    known = end - dot > 2 and text[dot : end - 1] in exonyms.western_names()
    return text[end - 1] in _FUNCTION_WORDS and (known or (end > sure and not _may_end_in(text, dot, end - 1)))


def _may_end_in(text: str, dot: int, position: int) -> bool:
    """Whether a function word may be the end of a name: 韦尔比, but 史密斯/比."""
    return text[position] in _ENDINGS and text[dot:position] not in exonyms.western_names()


def _is_other_word(token: Token) -> bool:
    """A word of the language beside a name, and no piece of the name that the tagger cut: 法庭, but not 波加/查."""
    if token.tag in _NAMES or any(sign in token.text for sign in SEPARATORS):
        return False
    return token.text in _FUNCTION_WORDS or (len(token.text) > 1 and not is_transliteration(token.text))


def _is_person(text: str, tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether dots join a name, and no headings (湖南日报·新湖南) or poems (沁园春·雪)."""
    if any(token.tag == "ORG" and token.start <= start and end <= token.end for token in tokens):
        return False  # 约翰斯·霍普金斯大学
    tagged = any(token.tag == "PER" and token.start < end and start < token.end for token in tokens)
    return tagged or 2 * strength(text[start:end]) >= end - start - 1


def hyphenated_names(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Names that a hyphen joins: 阿卜杜勒-阿齐兹; no pairs of people, 梅西-姆巴佩."""
    known, spells = exonyms.people(), set(_characters()).issuperset
    for first, sign, second in zip(tokens, tokens[1:], tokens[2:], strict=False):
        names = (first.text, second.text)
        pair = sign.text in tuple(HYPHENS) and first.tag == second.tag == "PER" and all(map(spells, names))
        if pair and not any(name in known for name in names):
            yield first.start, second.end
