"""Chinese names in pinyin: syllables joined, capitalised, with apostrophes, and with the readings that names have."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product

_SURNAME_READINGS = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "任": "ren", "查": "zha", "盖": "ge", "区": "ou",
    "朴": "piao", "华": "hua", "翟": "zhai", "缪": "miao", "尉": "wei", "乐": "yue", "折": "she", "召": "shao",
    "员": "yun", "黑": "he", "洗": "xian", "冼": "xian", "纪": "ji", "种": "chong", "晟": "cheng",
    "盛": "sheng", "覃": "qin", "燕": "yan", "应": "ying", "葛": "ge", "哈": "ha", "郇": "xun", "逄": "pang",
    "郗": "xi", "佴": "nai", "幺": "yao", "隗": "wei", "柏": "bai", "车": "che", "石": "shi", "沈": "shen",
    "贾": "jia", "俞": "yu", "洪": "hong", "卜": "bu", "牟": "mou", "宿": "su", "宁": "ning", "冯": "feng",
    "薄": "bo", "臧": "zang", "曲": "qu", "长": "chang", "祭": "zhai", "尹": "yin", "过": "guo", "那": "na",
    "能": "nai", "都": "du", "干": "gan", "谌": "chen", "呙": "guo", "瞿": "qu", "卓": "zhuo", "秘": "bi",
    "万": "wan", "占": "zhan", "訾": "zi", "逯": "lu", "禚": "zhuo", "仉": "zhang", "妫": "gui", "亓": "qi",
    "繁": "po", "重": "chong", "相": "xiang", "角": "jue", "否": "pi", "朝": "chao", "行": "xing", "於": "yu",
    "阚": "kan", "佟": "tong", "乜": "nie",
}  # fmt: skip
COMPOUND_SURNAMES = {
    "欧阳": "Ouyang", "司马": "Sima", "诸葛": "Zhuge", "上官": "Shangguan", "司徒": "Situ", "夏侯": "Xiahou",
    "皇甫": "Huangfu", "尉迟": "Yuchi", "公孙": "Gongsun", "慕容": "Murong", "令狐": "Linghu",
    "长孙": "Zhangsun", "宇文": "Yuwen", "轩辕": "Xuanyuan", "端木": "Duanmu", "东方": "Dongfang",
    "南宫": "Nangong", "西门": "Ximen", "独孤": "Dugu", "万俟": "Moqi", "司空": "Sikong", "澹台": "Tantai",
    "闻人": "Wenren", "赫连": "Helian", "呼延": "Huyan", "申屠": "Shentu", "太史": "Taishi", "公冶": "Gongye",
    "濮阳": "Puyang", "淳于": "Chunyu", "单于": "Chanyu", "钟离": "Zhongli", "鲜于": "Xianyu", "闾丘": "Lüqiu",
    "完颜": "Wanyan", "左丘": "Zuoqiu", "太叔": "Taishu", "梁丘": "Liangqiu",
    "拓跋": "Tuoba", "巫马": "Wuma", "东野": "Dongye", "百里": "Baili", "东郭": "Dongguo", "欧陽": "Ouyang",
}  # fmt: skip
# Readings in given names, where running text would read otherwise; more than one may be right.
_GIVEN_READINGS = {
    "长": ("chang", "zhang"), "朝": ("chao", "zhao"), "乐": ("le", "yue"), "晟": ("sheng", "cheng"),
    "茜": ("qian", "xi"), "重": ("zhong", "chong"), "行": ("xing", "hang"), "曾": ("zeng", "ceng"),
    "都": ("du", "dou"), "兴": ("xing",), "好": ("hao",), "为": ("wei",), "少": ("shao",), "正": ("zheng",),
    "中": ("zhong",), "相": ("xiang",), "令": ("ling",), "应": ("ying",), "教": ("jiao",), "盛": ("sheng",),
    "发": ("fa",), "藏": ("zang", "cang"), "传": ("chuan",), "降": ("jiang", "xiang"), "还": ("huan",),
    "会": ("hui",), "调": ("tiao",), "大": ("da",), "石": ("shi",), "说": ("yue", "shuo"), "和": ("he",),
    "华": ("hua",), "任": ("ren",), "强": ("qiang",), "盖": ("gai",), "解": ("jie", "xie"), "种": ("zhong",),
    "卓": ("zhuo",), "尧": ("yao",), "圳": ("zhen",), "柏": ("bai", "bo"), "伯": ("bo",), "奇": ("qi",),
    "盼": ("pan",), "薇": ("wei",),
}  # fmt: skip
# Readings in the names of places, where running text would read otherwise.
_PLACE_READINGS = {
    "长": "chang", "重": "chong", "朝": "chao", "曾": "zeng", "仇": "qiu", "乐": "le", "降": "jiang", "大": "da",
    "都": "du", "圩": "xu", "堡": "bao", "埠": "bu", "会": "hui", "还": "huan", "兴": "xing", "好": "hao",
    "少": "shao", "中": "zhong", "正": "zheng", "石": "shi", "和": "he", "华": "hua", "解": "jie", "单": "shan",
    "滘": "jiao", "垛": "duo", "佛": "fo", "什": "shi", "咀": "zui", "卜": "bu", "厦": "xia", "翟": "zhai",
}  # fmt: skip
# Readings of words that stand in such names, before those of their characters.
_PLACE_WORDS = {
    "大厦": ("da", "sha"), "萝卜": ("luo", "bo"), "太姥": ("tai", "mu"), "冠豸": ("guan", "zhai"),
    "解州": ("xie", "zhou"), "什运": ("za", "yun"), "什寒": ("za", "han"), "什玲": ("za", "ling"),
    "什统": ("za", "tong"), "什坡": ("za", "po"),
}  # fmt: skip


def syllables(zh: str) -> list[str]:
    """The readings of Chinese characters in running text, without tones, ü written "ü"."""
    from pypinyin import Style, lazy_pinyin

    return [syllable.replace("v", "ü") for syllable in lazy_pinyin(zh, style=Style.NORMAL, v_to_u=False)]


def join(parts: Sequence[str]) -> str:
    """One capitalised word: (xi, an) is Xi'an. A syllable that begins with a, o or e takes an apostrophe."""
    word = parts[0] + "".join(f"'{part}" if part[0] in "aoe" else part for part in parts[1:])
    return word[0].upper() + word[1:]


def spell(zh: str) -> str:
    """A place's specific part, or any other name of one word: 泾河 is Jinghe, 六安 is Lu'an."""
    readings = syllables(zh)
    if len(readings) != len(zh):
        return join(readings)
    readings = [_PLACE_READINGS.get(c, reading) for c, reading in zip(zh, readings, strict=True)]
    for at, (character, after) in enumerate(pairwise(zh)):
        if after == "家":  # 解家 is the home of the Xie
            readings[at] = _SURNAME_READINGS.get(character, readings[at])
        readings[at : at + 2] = _PLACE_WORDS.get(character + after, readings[at : at + 2])
    return join(readings)


def split_surname(name: str) -> tuple[str, str]:
    """Surname and given name; a compound surname (欧阳) needs a given name after it."""
    if len(name) > 2 and name[:2] in COMPOUND_SURNAMES:
        return name[:2], name[2:]
    return name[:1], name[1:]


def spell_surname(surname: str) -> tuple[str, ...]:
    """The spellings of a surname; 吕 is Lyu as in a passport, Lü, Lu or Lv elsewhere."""
    if surname in COMPOUND_SURNAMES:
        return _without_umlaut(COMPOUND_SURNAMES[surname])
    reading = _SURNAME_READINGS.get(surname) or syllables(surname)[0]
    return _without_umlaut(reading.capitalize())


def spell_person(name: str) -> tuple[str, ...]:
    """The spellings of a Chinese person's name, the one to write first: 王国军 is Wang Guojun."""
    surname, given = split_surname(name)
    if not given:
        return spell_surname(surname)
    if len(name) == 2 and given == surname:  # 主播乐乐 goes by her given name
        return tuple(dict.fromkeys([*_spell_given([_given_readings(given)[0][0]] * 2), *spell_surname(surname)]))
    first_names = [_spell_given(list(readings)) for readings in product(*_given_readings(given))]
    spellings: list[str] = []
    for family in spell_surname(surname):
        for forms in first_names:
            spellings += [f"{family} {form}" for form in forms]
    plain = spellings[0].split(" ", 1)
    spellings.append(f"{plain[1]} {plain[0]}")
    return tuple(dict.fromkeys(spellings))


def _given_readings(given: str) -> list[tuple[str, ...]]:
    return [
        _GIVEN_READINGS.get(character, (reading,)) for character, reading in zip(given, syllables(given), strict=True)
    ]


def _spell_given(parts: list[str]) -> list[str]:
    forms: list[str] = []
    for word in (join(parts), "".join(parts), "-".join(parts), " ".join(part.capitalize() for part in parts)):
        forms += _without_umlaut(word[0].upper() + word[1:])
    return list(dict.fromkeys(forms))


def _without_umlaut(word: str) -> tuple[str, ...]:
    if "ü" not in word:
        return (word,)
    passport = word.replace("üe", "ue").replace("ü", "yu")
    return tuple(dict.fromkeys((passport, word, word.replace("ü", "u"), word.replace("ü", "v"))))
