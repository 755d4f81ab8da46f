"""Which country a passage is about: names of Korea or Vietnam have Chinese characters too, but no pinyin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarize.grounding import exonyms
from summarize.grounding.origin import MINORITIES, SEPARATORS
from summarize.grounding.tagger import Token
from summarize.grounding.taiwan import TaiwanesePlace

_REACH = 6  # passages on either side that may tell what one is about
# What signs must weigh to settle it without those farther away: less where the next may be of another story.
_ENOUGH, _ENOUGH_OF_ARTICLE = 6, 2
_PLACE = 2  # what a country, city or county weighs; a word, or a district whose name one of Seoul has too, is 1
_APART = ("香港", "澳门", "台湾")  # whose names are not spelled in pinyin
_OF_CHINA = ("族", "镇", "乡", "村", "街道", "谷", "寨", "沟", "洞", "峡", "岭", "坪")  # 俄罗斯族, 北极镇, 黑山谷
_HOME = re.compile(
    "我国|习近平|全国人大|党委|党支部|居委会|村委会|乡镇|全省|全县|县委(?!员)|人民币|本报记者|"
    "中国(?:队|选手|[女男][排足篮队子双单]|运动员|球员|[小名老]将|组合)|国[乒羽足]"
)
# What a foreign story has too: 越南公安部, 1名中国籍工人.
_HOME_TOO = re.compile(
    "国务院|党员|派出所|公安|民警|街道|全市|省委(?!员)|人民法院|中国(?!籍|公民|游客|大使|驻|男子|女子|工人|留学|队|选手)"
)
_ABROAD = re.compile(
    r"总统(?!府)|首相|内阁|国会|议会|[参众]议[院员]|联邦|州长|王室|在野党|[美英法德俄日韩朝印巴越]方(?![面案法式便向形])|驻华"
)
_OFFICES_ABROAD = re.compile("国务院|公安部?|省委|人民法院|党员|街道")  # as Vietnam has them too: 越南公安部
# Countries whose Chinese-looking names are of their own people, and how each is told.
_ELSEWHERE = {
    "韩国": "韩国|朝鲜(?![族半])|首尔|平壤|韩[方媒籍裔]|朝方|釜山|仁川|大邱|大田市|光州市|蔚山|清州市|世宗市|水原市|"
    "江陵市|浦项|京畿道|江原道|庆尚[南北]道|全罗[南北]道|忠清[南北]道|济州岛|青瓦台|尹锡悦|李在明",
    "日本": "日本|东京|大阪|京都|名古屋|北海道|冲绳|福岛|神奈川|日[方媒籍裔元]|石破茂|岸田文雄|安倍|高市早苗",
    "越南": "越南|河内|胡志明市|岘港|芹苴|海防市|越[方共媒]",
    "新加坡": "新加坡|马来西亚|吉隆坡|槟城|柔佛|沙巴州|砂拉越|马[方媒](?!面)|新方",
    "香港": "(?<![在赴到去往抵返])香港|港府|港媒|港警",
}
_NOT_THERE = "(?!归侨|侨眷|华侨|留学(?!生)|进口)"  # 印尼归侨
_NOT_OF = "(?<!出口)(?<!口到)(?<!曾在)(?<!远销)(?<!销往)"
_OTHERS = "印尼|印度尼西亚|柬埔寨|泰国|缅甸|华裔|[美澳加]籍"  # told by the words before a name only
_HONG_KONG = "香港|台湾|台北|高雄|澳门|港府|港媒|港警|民进党|国民党"
_AT_HOME = "中国|我国|中方|中共"
_OFFICE = re.compile(
    "驻|使|领事|参赞|总理|首相|总统|国王|[部州市省外防财院议]长|大臣|议员|国务卿|发言人|主席|秘书长|司令|代表|籍|裔|选手|名将|运动员|球员|歌手|演员|作家|导演"
)
# The words between the country of a person and the name, and what before a country says that it is not: 曾在香港工作的…
_TITLE = "[^，。；！？、“”：（）的在与和于从被将有是说称]{0,16}$"
_NOT_ATTRIBUTE = "(?<![在驻赴对从于到去往返自口旅留访])"
_ENVOY_TO_CHINA = re.compile(
    "驻(?:华|中国|[京沪穗蓉]|上海|广州|成都|重庆|沈阳|武汉)[^，。的在和]{0,6}(?:大?使|领事|代办|参赞)$"
)
_CLAUSE = re.compile("[，。；！？“”：]")
_BEFORE = 40  # characters before a name that may tell its country


@dataclass(frozen=True, slots=True)
class Setting:
    """What the text around a passage tells of its names.

    Attributes:
        foreign: whether it is of a story about other countries, where hardly any name is spelled in pinyin.
        domestic: whether it is of a story about China.
        elsewhere: the countries it is about whose Chinese-looking names are not spelled in pinyin; "" if none.
    """

    foreign: bool = False
    domestic: bool = False
    elsewhere: str = ""


def settings(texts: Sequence[str], tagged: Sequence[Sequence[Token]], stories: Sequence[int] = ()) -> list[Setting]:
    """What each passage is about.

    The nearest passages that say enough settle it, those of its own story if that says anything: the fifth paragraph
    of a story about Seoul names Korea no more.

    Args:
        texts: the passages of an article in simplified characters.
        tagged: the words of each.
        stories: how many passages each story of the article has, one after another, if that is known.
    """
    signs = [_signs(text, tokens) for text, tokens in zip(texts, tagged, strict=True)]
    found: list[Setting] = []
    for length in stories or (len(texts),):
        story = range(len(found), len(found) + length)
        told = signs[story.start : story.stop]
        around = told if any(told) else signs
        first = story.start if any(told) else 0
        enough = _ENOUGH if stories and any(told) else _ENOUGH_OF_ARTICLE
        found += [_setting(around, index - first, enough) for index in story]
    return found


def _setting(signs: Sequence[Counter[str]], index: int, enough: int) -> Setting:
    near: Counter[str] = Counter()
    for reach in range(min(_REACH, len(signs)) + 1):
        for other in {index - reach, index + reach}:
            if 0 <= other < len(signs):
                near.update(signs[other])
        less, more = sorted((near["abroad"], max(near["home"], near["香港"])))
        if more >= enough and more >= 2 * less:
            break
    home, abroad = near["home"], near["abroad"]
    elsewhere = "".join(country for country in _ELSEWHERE if near[country] > home and 3 * near[country] >= abroad)
    return Setting(abroad > home + near["apart"], 0 < home >= abroad, elsewhere)


def _signs(text: str, tokens: Sequence[Token]) -> Counter[str]:
    counts: Counter[str] = Counter()
    counts["home"] = _PLACE * len(_HOME.findall(text)) + len(_HOME_TOO.findall(text))
    dots = sum(text.count(dot) for dot in SEPARATORS) if not MINORITIES.search(text) else 0
    counts["abroad"] = len(_ABROAD.findall(text)) + dots
    for token in tokens:
        if isinstance(token, TaiwanesePlace):
            counts["apart"] += _PLACE
        elif token.tag in ("LOC", "ORG", "nz", "n", "s"):
            where, weight = _where(token.text)
            counts[where] += weight
            if where == "abroad" and _OFFICES_ABROAD.match(text, token.end):
                counts["home"] -= 1
    for country, pattern in _countries().items():
        counts[country] = _PLACE * len(pattern.findall(text))
    del counts["none"]
    return +counts


def _where(word: str) -> tuple[str, int]:
    """Whether a word begins with a place of China or another country, and what that weighs."""
    for length in range(min(len(word), 10), 1, -1):
        name = word[:length]
        if name in exonyms.foreign_places() and not word.endswith(_OF_CHINA):
            return "abroad", _PLACE
        if name in exonyms.everyday("place"):
            continue
        division = exonyms.divisions().get(name)
        if division is None:
            short = exonyms.divisions_by_specific().get(name)
            division = short if short is not None and short.level != "county" else None
        if division is not None and name.startswith(_APART):
            return "apart", _PLACE
        if division is not None:
            return "home", 1 if name in exonyms.namesakes() else _PLACE
    return "none", 0


@lru_cache(maxsize=1)
def _countries() -> dict[str, re.Pattern[str]]:
    return {country: re.compile(f"{_NOT_OF}(?:{names}){_NOT_THERE}") for country, names in _ELSEWHERE.items()}


@lru_cache(maxsize=1)
def _attribute() -> re.Pattern[str]:
    names = sorted({*exonyms.foreign_places(), "东盟"}, key=len, reverse=True)
    like = "|".join(f"(?P<{country}>{words})" for country, words in _ELSEWHERE.items() if country != "香港")
    return re.compile(
        f"{_NOT_ATTRIBUTE}(?:(?P<home>{_AT_HOME})|(?P<hong_kong>{_HONG_KONG})|(?P<others>{_OTHERS})|{like}|"
        f"(?P<abroad>{'|'.join(map(re.escape, names))})){_NOT_THERE}(?P<title>{_TITLE})"
    )


@lru_cache(maxsize=1)
def _of_province() -> re.Pattern[str]:
    names = {division.specific for division in exonyms.divisions().values() if division.level == "province"}
    return re.compile(f"(?:{'|'.join(sorted(names - set(_APART)))})[^，的]{{0,6}}的[^，的]{{0,4}}$")  # 来自河北的张先生


def country_of(text: str, start: int, setting: Setting) -> str:
    """The country whose spelling the name that begins at `start` follows, as far as it can have characters.

    The words before the name say it (中国驻韩国大使, 法国驻华大使), else what the passage is about.

    Returns:
        the country, with "外国" for another country's official; "中国" or "" if nothing speaks against pinyin.
    """
    clause = _CLAUSE.split(text[max(0, start - _BEFORE) : start])[-1]
    if _ENVOY_TO_CHINA.search(clause):
        return "外国"
    if _of_province().search(clause):
        return "中国"
    matches = (_attribute().search(listed) for listed in reversed(clause.split("、")))
    match = next(filter(None, matches), None)  # 韩国三星电子会长李在镕、SK集团会长崔泰源
    if match is None:
        return setting.elsewhere
    if match["home"]:
        return "中国"
    if match["hong_kong"]:
        return setting.elsewhere if setting.domestic else "香港"
    if match["others"]:
        return "外国"
    country = next((country for country in _ELSEWHERE if country != "香港" and match[country]), "")
    if _OFFICE.search(match["title"]):
        return f"{country}外国"
    return country or setting.elsewhere
