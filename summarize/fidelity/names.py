"""Chinese names in English: which of them the source has."""

from __future__ import annotations

import re
from functools import lru_cache

from summarize.fidelity.wording import Place, squash, words
from summarize.grounding import exonyms
from summarize.grounding.origin import SEPARATORS
from summarize.traditional import simplify

_SURNAMES = frozenset(
    re.findall(
        r"\w+",
        "ai bai bao bei bian bo bu cai cao cen chai chang chao che chen cheng chi chong chu cui dai deng diao ding "
        "dong dou du duan fan fang fei feng fu gan gao ge geng gong gou gu guan gui guo hai han hang hao he heng hong "
        "hou hu hua huang huo ji jia jian jiang jiao jin jing ju kang ke kong kuang lai lan lang lei leng li lian "
        "liang liao lin ling liu long lou lu luan luo lv lyu ma mao mei meng mi miao min ming mo mou mu nie ning niu "
        "ou ouyang pan pang pei peng pi piao ping pu qi qian qiao qin qiu qu quan ran rao ren rong ruan rui sha shan "
        "shang shao shen sheng shi shu si sima situ song su sui sun tan tang tao teng tian tie tong tu wan wang wei "
        "wen weng wu xi xia xian xiang xiao xie xin xing xiong xu xuan xue yan yang yao ye yi yin ying you yu yuan "
        "yue yun zang zeng zha zhai zhan zhang zhao zhen zheng zhi zhong zhou zhu zhuang zhuo zong zou zu zuo zhuge "
        "shangguan huangfu murong",
    )
)
_SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uan|uai|üan|ai|ei|ao|ou|an|en|in|un|"
    "ün|ia|ie|iu|ua|uo|ui|ue|üe|er|a|o|e|i|u|ü)"
)
_GIVEN = re.compile(rf"{_SYLLABLE}(?:[-'’]?{_SYLLABLE})?", re.IGNORECASE)
_PAIR = re.compile(r"(?<![\w'’-])(?!Hong Kong)([A-Z][a-zü]+) ([A-Z][a-zü]*(?:[-'’][A-Za-z][a-zü]*)?)\b(?![-'’][A-Z])")
_LONGEST_FAMOUS = 4  # words of the name of a widely known person
# Words of English that could be a surname or a given name in pinyin.
_ENGLISH = frozenset(
    re.findall(
        r"\w+",
        "ai an anhui asia asian bake ban bang bao bay be beijing bike bin bridge bun cake came can chi chile china "
        "city code county cute dai dalian date day den din dine ding do dong dose duke dynasty fake fan fate fen fine "
        "fujian fun game gang gansu gate go gong guan guangxi guide guizhou gun hainan hang hate he hebei hen henan "
        "hide hike hose hotel hubei huge hunan island jilin jinan juke kang lake lan lang late lay lei like lin line "
        "long lose lou lu lunar macao macau made make man mate may me mei men mine mode more mule mute name nian nine "
        "no node nose nun ocean pan pang park pay pei pen pin pine pose puke qinghai ran rang rate ray ride river "
        "road rode rose rule run sake same sang say shaanxi shanghai shanxi she sichuan side sin so song sun tai "
        "taipei take tan tang ten tibet tide tin to tong tower town wake way we wide win wine wuhan xian year you "
        "yunnan",
    )
)


def chinese_names(text: str) -> list[Place]:
    """Where the text has what looks like a Chinese person's name in pinyin: surname, then a given name."""
    places = []
    position = 0
    while match := _PAIR.search(text, position):
        surname, given = match.group(1).lower(), match.group(2).lower()
        if surname in _SURNAMES and _GIVEN.fullmatch(given) and given not in _ENGLISH and _is_name(surname, given):
            places.append(match.span())
            position = match.end()
        else:
            position = match.start(2)
    return places


def famous_strangers(source: str, target: str) -> list[Place]:
    """Where the text names a widely known person whom nothing in the source can be: a chancellor who became another."""
    chinese, written = simplify(source), words(target)
    latin = squash(source)
    places = []
    for first, word in enumerate(written):
        for last in range(first + 1, min(first + _LONGEST_FAMOUS, len(written))):
            if not (word.capital and written[last].capital):
                continue
            name = " ".join(each.plain for each in written[first : last + 1])
            known = _famous().get(name)
            if known and not any(part in chinese for part in known) and squash(name) not in latin:
                places.append((word.start, written[last].end))
    return places


@lru_cache(maxsize=1)
def _famous() -> dict[str, frozenset[str]]:
    """The full English names of the table, with the Chinese that people of the same English surname may have.

    Of a Chinese name without separator any two characters may be all that the source has: 安倍 of 安倍晋三.
    """
    by_surname: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for zh, english in exonyms.people().items():
        parts = [part for part in re.split(f"[{SEPARATORS}]", zh) if len(part) > 1]
        pieces = {part[i : i + 2] for part in parts for i in range(len(part) - 1)}
        full = " ".join(word.plain for word in words(english[0]))
        for surname in {full.split()[0], full.split()[-1]}:
            by_surname.setdefault(surname, set()).update(pieces)
        if " " in full and not is_spelled(english[0], zh):  # those in pinyin are found as all Chinese names are
            names[full] = full.split()[-1]
    for zh, english in exonyms.western_names().items():
        for each in english:
            by_surname.setdefault(squash(each), set()).add(zh)
    return {full: frozenset(by_surname[surname] | by_surname[full.split()[0]]) for full, surname in names.items()}


def is_spelled(name: str, source: str) -> bool:
    """True if some run of characters of the source can be read as this pinyin, in either order of its two words."""
    spellings = {squash(name), squash(" ".join(reversed(name.split(" "))))}
    readings = _readings(simplify(source))
    return any(_reads(readings, start, spelling) for spelling in spellings for start in range(len(readings)))


def _is_name(surname: str, given: str) -> bool:
    # "Song Dan" could be English words; a name of two syllables after the surname could not.
    return surname not in _ENGLISH or len(given) > 5


@lru_cache(maxsize=256)
def _readings(source: str) -> tuple[frozenset[str], ...]:
    from pypinyin import Style, pinyin

    readings = []
    for character in source:
        if "\u3400" <= character <= "\u9fff":
            found = pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]
            # squash() takes the dots from ü.
            readings.append(frozenset(form for r in found for form in (r.replace("v", "u"), r, r.replace("v", "yu"))))
        else:
            readings.append(frozenset({squash(character)} - {""}))
    return tuple(readings)


def _reads(readings: tuple[frozenset[str], ...], start: int, spelling: str) -> bool:
    if not spelling:
        return True
    return start < len(readings) and any(
        spelling.startswith(reading) and _reads(readings, start + 1, spelling[len(reading) :])
        for reading in readings[start]
    )
