"""Chinese names in English: which of them the source has."""

from __future__ import annotations

import re
from functools import lru_cache

from summarize.fidelity.wording import Place, squash
from summarize.grounding.pinyin import syllables
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

# Characters that usually spell foreign names, and what their initials spell in English.
_SPELLING = frozenset(
    "阿埃艾安奥巴白班邦保鲍贝本比彼毕宾波伯博布查达大戴丹德邓迪蒂丁东杜敦多恩尔法凡菲费丰弗福夫盖甘冈戈格根古哈海汉亨赫华怀霍基吉加贾杰金卡凯坎"
    "康考科克肯库拉莱兰朗劳勒雷里利莉丽琳隆卢鲁路伦罗洛马麦曼玛迈梅门蒙米密莫默姆穆拿纳娜南内尼妮宁努诺欧帕潘佩彭皮平普齐奇强乔切琼丘让瑞萨塞桑森"
    "沙莎珊尚舍申圣施史舒斯丝苏索塔泰坦汤唐特滕图托瓦万旺威韦维魏温文沃乌伍西希夏谢欣辛休修逊雅亚扬耶伊尤约泽詹珍芝卓兹佐登顿洁露萝"
)  # fmt: skip
_INITIAL = re.compile("zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]")
_CONSONANT = re.compile("ch|sh|th|ph|gh|[bcdfghjklmnpqrstvwxyz]")
_WEAK = frozenset("nhyrw")
_HEARD_AS = {
    initial: frozenset(letters.split())
    for initial, letters in {
        "b": "b p v", "p": "p b", "m": "m", "f": "f v ph gh", "d": "d t th", "t": "t th d", "n": "n", "l": "l r",
        "r": "r l j", "g": "g c k q gh", "k": "c k q x", "h": "h w g j", "j": "j g c k z", "q": "ch j c g",
        "x": "s sh x th c h z", "zh": "j ch g", "ch": "ch", "sh": "sh s ch", "z": "z s", "c": "c s z t",
        "s": "s th c z sh", "y": "y j g", "w": "w v",
    }.items()
}  # fmt: skip


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


def is_spelled(name: str, source: str) -> bool:
    """True if some run of characters of the source can be read as this pinyin, in either order of its two words."""
    spellings = {squash(name), squash(" ".join(reversed(name.split(" "))))}
    readings = _readings(simplify(source))
    return any(_reads(readings, start, spelling) for spelling in spellings for start in range(len(readings)))


def is_transliteration(zh: str, word: str) -> bool:
    """True if a name in characters that spell foreign names sounds like a word: 沙利文 is Sullivan, not Sha Liwen.

    What was taken for a Chinese name, and spelled so, must not be missed where the English has the foreign name.
    """
    zh = simplify(zh)
    if len(zh) < 2 or any(character not in _SPELLING for character in zh):
        return False
    sounds = syllables(zh)
    letters = _CONSONANT.findall(re.sub(r"(.)\1", r"\1", squash(word).replace("tth", "th")))
    position = 0
    unheard: list[str] = []
    for sound in sounds:
        initial = _INITIAL.match(sound)
        if initial is None:
            continue
        heard = _HEARD_AS[initial.group()]
        index = next((i for i in range(position, len(letters)) if letters[i] in heard), None)
        if index is None or (position == 0 and index > 0):
            return False
        unheard += letters[position:index]
        position = index + 1
    unheard += letters[position:]
    # What ends a syllable is often left out; a full consonant hardly ever.
    return position > 0 and len([letter for letter in unheard if letter not in _WEAK]) <= len(sounds) - 2


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
