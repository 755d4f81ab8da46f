"""People: tagged names, and the patterns that a tagger misses (记者X、通讯员X, X 摄, 陈某, 刘先生).

Chinese names are spelled in pinyin. Foreign, Japanese, Korean, Uygur, Tibetan and Mongolian names are recognised and
not spelled so: they come from the table of known people, or stay without English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from typing import Literal

from summarize.grounding import exonyms
from summarize.grounding.item import Item
from summarize.grounding.pinyin import COMPOUND_SURNAMES, spell_person, spell_surname, split_surname
from summarize.grounding.tagger import Token, is_aligned, token_at

Origin = Literal["chinese", "foreign", "unsure"]

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛"
    "雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强"
    "贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊於惠甄曲"
    "封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖"
    "卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨"
    "居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公区付代闫岳"
    "楚佟仝覃朴亓门帅苟晋漆谌冼占肖修辜户迟展邸信战宛鹿盘苑禤初由衣藏尉銮原粟种上官令青奉线来阳鄢玉涂褟岩宾位哈笪"
)  # fmt: skip
# Characters that spell foreign names; the second group is also common in Chinese given names.
_SPELLING = frozenset(
    "斯尔拉特卡尼哈巴奥托瓦蒂诺弗萨姆阿塔塞埃罗帕伊耶茨里莱克米菲什比库布赫努贝莫沃洛迪瑟扎兹迈索勒戈霍契涅普厄科坎纽滕撒顿卜摩蒙喀迦"
    "皮图穆舍彻伦罕肯潘昂佩雷韦切列默赖费谢娅逊茜翰狄甫恰乍蓬蔻奈扬纳内夫歇格巫桑查乌苏盖捷舒伍荷休敦恩奇彼葡曼姬赛宾盎欧鲁冈蒲法瑙弥坦杜腾"
)  # fmt: skip
_SHARED = frozenset(
    "德利亚维基达娜莉丝森西加丽多马莎妮玛安兰威雅杰艾因吉登希凯波丁恩林琳路辛密博伯本汉泰温文金华高保迪罗理朗乔贾夏纳尤柯堡易珍丹珊梅黛"
    "薇尔比提瑞琪诗万隆东思"
)  # fmt: skip
_FOREIGN_SURNAMES = frozenset(
    "马罗韦戴莫费贝施谢安温华鲁范何古艾白柯欧席汤麦米卡高巴布史兰卢路蒙彭乔齐邦劳雷维尤于伍万哈康科孔龙丁唐杜贾吉沙夏萨宾巩哥乌穆甘霍桑索雪詹利皮别梅库冯格苏连安阿凯伊"
)
_ALWAYS_FOREIGN = frozenset(
    "阿埃奥伊弗菲蒂茨尼拉克斯特托瓦扎迈勒娜丽莎普佩耶塔塞帕坎捷玛里雅迪努纳诺洛兹亚维大凯基卡本比加德"
)
_MINORITIES = re.compile(
    "买买提|阿不都|阿卜杜|吐尔|古丽|艾力|艾山|玉素甫|热合曼|木沙|买合|麦麦提|努尔|亚森|肉孜|依明|提江|艾克|"
    "扎西|卓玛|次仁|多吉|格桑|尼玛|旦增|丹增|洛桑|央金|巴桑|白玛|达瓦|顿珠|平措|仁青|才让|索朗|拉姆|普布|次旺|旺堆|"
    "强巴|益西|曲珍|边巴|嘎玛|土登|罗布|德吉|坚赞|加措|嘉措|贡嘎|次旦|桑杰|拉毛|"
    "巴特尔|乌兰|其木格|呼格|格日勒|图雅|苏日|那仁|斯琴|宝音|毕力格|敖其尔|额尔德|特木尔|萨仁|高娃|巴图|布和|娜仁|乌云|阿古拉"
)  # fmt: skip
_JAPANESE_SURNAMES = re.compile(
    "佐藤|铃木|高桥|田中|渡边|伊藤|山本|中村|小林|加藤|吉田|山田|佐佐木|山口|松本|井上|木村|清水|斋藤|山崎|池田|桥本|阿部|石川|前田|藤田|小川|"
    "后藤|冈田|长谷川|村上|近藤|石井|坂本|远藤|青木|藤井|西村|福田|太田|三浦|藤原|松田|中岛|中川|原田|小野|竹内|金子|中野|石田|安倍|岸田|石破|"
    "麻生|小泉|鸠山|野田|菅义|河野|高市|茂木|羽生|宫崎|村田|本田|香川|大谷|锦织|大坂|福原|石川|早田|张本|平野|内村|北岛|池江|桃田|宫本|黑田|植田|"
    "上川|林芳|岩屋|玉木|枝野|志位|小池|吉村|岛津|德川|织田|丰臣|武田|上杉|川端|三岛|大江|东野|坂口|久石|高仓|黑泽|北野|是枝|新海"
)  # fmt: skip
_JAPAN = re.compile("日本|东京|大阪|日方|日媒|日籍|日裔")
_CHINA = re.compile("中国|我国|中方|中韩|中日|中朝|北京|[省市县]")
_KOREA = re.compile("韩国|朝鲜|首尔|平壤|韩方|朝方|釜山|韩媒|韩籍|韩裔")
_ELSEWHERE = re.compile("越南|新加坡|马来西亚|河内|印尼|华裔|美籍|澳籍|加籍|柬埔寨|泰国|缅甸")
_HONG_KONG_ONLY = re.compile("香港|港府|港媒|港警")
_HONG_KONG = re.compile("香港|港府|港媒|台湾|台北|高雄|民进党|国民党")
_KOREAN_SURNAMES = frozenset(
    "金李朴崔郑姜赵尹张林韩吴申徐权黄安宋柳洪全高文孙梁白许曹南沈卢河朱禹具罗闵陈池严元蔡千方孔玄咸卞廉吕秋都石田"
)
_FAMILIAR = re.compile(rf"(?P<prefix>[小老])(?P<surname>[{''.join(sorted(SURNAMES))}])$")
_TITLE_END = re.compile(
    "[者员官户民师生手工警授医][是叫、]?$|[所局队校院村镇县市科处站会社董]长[、]?$|主任$|书记$|名叫$|叫$|姐姐$|妹妹$|[哥弟]$"
)
_NOT_PERSONS = frozenset("铁队省州镇县案党社报杯奖法")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ.'’ -]+")
NAME = r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]+)*"
_JOBS = "记者|通讯员|实习生|特约记者|见习记者|实习记者|摄影|作者|撰文|撰稿|编辑|编译|摄影师|责编|校对|审核"
_CREDITED = re.compile(
    rf"(?P<job>{_JOBS})[\s:：]*(?P<names>{NAME}(?:[\s、/／，和]+(?!{_JOBS}|文|图|摄|通讯|发自|报道){NAME})*)"
)
_PHOTO = re.compile(rf"(?:^|[\s。，、；：）)”])(?P<name>{NAME})\s?(?:摄影?|供图|制图)(?:$|[\s。）)])")


@lru_cache(maxsize=1)
def _address() -> re.Pattern[str]:
    surnames = f"{'|'.join(COMPOUND_SURNAMES)}|[{''.join(sorted(SURNAMES))}]"
    forms = "|".join(sorted(exonyms.addresses(), key=len, reverse=True))
    return re.compile(f"(?P<surname>{surnames})(?P<address>{forms})")


_FOREIGN_GIVEN = frozenset(
    (
        "安娜",
        "安妮",
        "安东",
        "乔治",
        "乔丹",
        "乔伊",
        "苏珊",
        "苏菲",
        "夏娃",
        "路易",
        "雷蒙",
        "艾伦",
        "艾米",
        "温妮",
        "范妮",
        "于连",
        "罗兰",
        "马丁",
        "马克",
        "汤姆",
        "海伦",
        "凯文",
        "马修",
        "马约加",
        "安迪",
        "安吉",
        "莫妮卡",
        "安妮塔",
    )
)
_COMMON_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜夏钟汪田任姜范方石姚"
    "谭廖邹熊金陆郝孔崔康毛邱秦江史顾侯邵孟万段钱尹黎易常武贺赖龚文"
)


_FAMILIAR_SURNAMES = _COMMON_SURNAMES - frozenset("马高黄白金江田石龙毛方万时常文武林周") | {"周", "林"}


def is_transliteration(name: str) -> bool:
    """True if every character is one that spells foreign names and at least one is seldom used in Chinese names."""
    letters = name.replace("·", "")
    return (
        len(letters) > 1
        and all(c in _SPELLING or c in _SHARED for c in letters)
        and any(c in _SPELLING for c in letters)
    )


def origin(name: str, context: str = "", *, foreign: bool = False) -> Origin:
    """Whose spelling a personal name follows.

    Args:
        name: the name in simplified characters.
        context: the text around it, which tells Korean, Japanese or Singaporean names from Chinese ones.
        foreign: whether it stands in a story about other countries.

    Returns:
        "chinese" if pinyin is right, "foreign" if it is wrong, "unsure" if it is probably no name at all.
    """
    if "·" in name or "•" in name or not all("\u4e00" <= c <= "\u9fff" for c in name):
        return "foreign"
    if _MINORITIES.search(name) and (name[0] not in SURNAMES or len(name) > 3 or _MINORITIES.match(name)):
        return "foreign"
    if _JAPANESE_SURNAMES.match(name) and (len(name) > 3 or _JAPAN.search(context)):
        return "foreign"
    surname, given = split_surname(name)
    if surname not in SURNAMES and surname not in COMPOUND_SURNAMES:
        return "foreign" if len(name) > 2 or is_transliteration(name) else "unsure"
    if len(given) > 2 or not given:
        double = len(name) == 4 and name[1] in SURNAMES and not is_transliteration(name)
        return "chinese" if double and not any(c in _SPELLING for c in name) else "foreign" if given else "unsure"
    if _reads_foreign(surname, given) or (foreign and _may_be_foreign(surname, given)):
        return "foreign"
    if surname in _KOREAN_SURNAMES and _KOREA.search(context):
        return "foreign"
    if _JAPAN.search(context) and (len(given) == 2 and re.search("[子郎夫彦介雄一助太]$", given)):
        return "foreign"
    if _ELSEWHERE.search(context) or _HONG_KONG.search(context):
        return "foreign"
    return "chinese"


def _reads_foreign(surname: str, given: str) -> bool:
    spelled = all(c in _SPELLING or c in _SHARED for c in given)
    strong = sum(c in _SPELLING for c in given)
    if surname + given in _FOREIGN_GIVEN:
        return True
    if len(given) == 1:
        return surname in _FOREIGN_SURNAMES and (strong == 1 or given in "利登德达维森西基莎")
    if not spelled:
        return False
    if surname not in _COMMON_SURNAMES:
        return True
    if surname in _FOREIGN_SURNAMES:
        return strong > 0 or given[-1] in "德利亚维基达森西加"
    return strong == 2 or (strong == 1 and given[-1] in "斯尔特克勒姆顿夫兹茨")


def _may_be_foreign(surname: str, given: str) -> bool:
    """In a foreign story only names that can hardly be anything but Chinese are."""
    if surname not in _COMMON_SURNAMES or len(given) == 1:
        return True
    return surname in _FOREIGN_SURNAMES and any(c in _SPELLING or c in _SHARED for c in given)


def person_english(name: str, context: str = "", *, foreign: bool = False) -> tuple[str, ...]:
    """The English of a name: of a known person, in pinyin if it is Chinese, else none.

    Latin names stay, Tibetan ones are put together from their parts (扎西次仁 is Tashi Tsering).
    """
    known = exonyms.people().get(name)
    if known is not None:
        return known
    if _LATIN.fullmatch(name):
        return (name,)
    if origin(name, context, foreign=foreign) == "chinese":
        return spell_person(name)
    if foreign or len(name) not in (2, 4):
        return ()
    parts = [exonyms.tibetan_names().get(name[i : i + 2], ()) for i in range(0, len(name), 2)]
    return tuple(" ".join(forms) for forms in product(*parts))


def address_english(name: str) -> tuple[str, ...] | None:
    """The English of a surname with a form of address (刘先生, 陈某, 老王), or None if it is not one."""
    match = _address().fullmatch(name)
    if match is not None:
        return tuple(
            form.format(s) for s in spell_surname(match["surname"]) for form in exonyms.addresses()[match["address"]]
        )
    match = _FAMILIAR.fullmatch(name)
    if match is not None:
        word, other = ("Xiao", "Little") if match["prefix"] == "小" else ("Lao", "Old")
        return tuple(f"{w} {s}" for s in spell_surname(match["surname"]) for w in (word, other))
    return None


def find_people(text: str, tokens: Sequence[Token], *, foreign: bool = False, near: str = "") -> list[Item]:
    """The people of a passage in simplified characters, in order, without overlap.

    Args:
        text: the passage.
        tokens: its words.
        foreign: whether it stands in a story about other countries.
        near: the passage with its neighbours, which tells whether Korean or Japanese names are to be expected.
    """
    country = _country(near)
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for start, end in _credited(text):
        name = text[start:end]
        if origin(name) == "chinese" or name in exonyms.people():
            found[start, end] = person_english(name)
    for match in _address().finditer(text):
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
    for start, end in _joined(text, tokens):
        name = text[start:end].rstrip("·•。，")
        end = start + len(name)
        if len(name) < 2 or any(s < end and start < e for s, e in found):
            continue
        english = address_english(name)
        if english is None:
            if _is_everyday(text, name, start, end) or (len(name) > 2 and name[-1] in _NOT_PERSONS):
                continue
            context = re.split("[，。；！？、“”：]", text[max(0, start - 24) : start])[-1] + name + country
            kind = origin(name, context, foreign=foreign)
            if kind == "unsure" and name not in exonyms.people():
                continue
            english = person_english(name, context, foreign=foreign)
        found[start, end] = english
    return [Item("person", s, e, text[s:e], english) for (s, e), english in sorted(found.items())]


def _country(near: str) -> str:
    """Korea, Japan or Hong Kong if the text names it more often than China."""
    china = len(_CHINA.findall(near))
    names = (
        (len(_KOREA.findall(near)), "韩国"),
        (len(_JAPAN.findall(near)), "日本"),
        (len(_HONG_KONG_ONLY.findall(near)), "香港"),
    )
    return "".join(name for count, name in names if count > china)


def _is_surname(tokens: Sequence[Token], match: re.Match[str]) -> bool:
    """The tagger reads it as a name, or the surname is no everyday word (和老师, 由队长)."""
    token = token_at(tokens, match.start())
    return token.tag == "PER" or (match["surname"] in _COMMON_SURNAMES and token.tag in ("n", "nz", "ORG", "LOC"))


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
        for match in _MINORITIES.finditer(text, max(0, span[0] - 2), span[1]):
            if match.start() < span[0] < match.end():
                span[0] = match.start()
        _widen(text, span)
    return [(start, end) for start, end in spans]


def _widen(text: str, span: list[int]) -> None:
    """A name of which the tagger saw a part only (上春树), or too much (李嘉诚基金会), becomes the known name there."""
    known = exonyms.people()
    for length in range(span[1] - span[0] - 1, 2, -1):
        if text[span[0] : span[0] + length] in known and text[span[0] : span[1]] not in known:
            span[1] = span[0] + length
            return
    if (
        _JAPANESE_SURNAMES.match(text, span[0])
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
    if name not in exonyms.everyday("person"):
        return False
    said = re.match(r"[说称道表告介认指]|(?:先生|女士)", text[end : end + 2])
    titled = _TITLE_END.search(text[max(0, start - 4) : start])
    return said is None and titled is None
