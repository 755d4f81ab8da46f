"""Numbers in a Chinese passage, with what stands around them: 180余万, 近30%, 三四十公里, 三分之二, 第三, 3.5亿元.

An item covers exactly what its English stands for: the number, the words that bound it (近 多 余 约 至少 以上) and its
unit of measure. Counting words (名 家 件 辆) stay outside, since English has no word for them and the noun may follow:
200辆牵引车 gives 200, 180余万件 gives 180余万.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from summarize.grounding.codes import find_codes
from summarize.grounding.competitions import find_results, is_score
from summarize.grounding.dates import find_dates
from summarize.grounding.document_numbers import find_document_numbers
from summarize.grounding.item import Item, without_overlap
from summarize.grounding.number_pattern import IDIOM, QUANTITY, TO
from summarize.grounding.number_reading import read_quantity
from summarize.grounding.numerals import fold, read_numeral
from summarize.grounding.quantity import Form, Quantity, format_number, write_quantity
from summarize.grounding.reigns import find_reign_years
from summarize.grounding.set_phrases import set_phrases
from summarize.grounding.spoken_measures import find_spoken_measures
from summarize.grounding.units import UNIT_OF

_NUMBERED = re.compile(  # 第五中学 is No. 5 Middle School
    "(?:高级|初级|实验|职业|人民)*(?:中学|小学|幼儿园|医院|社区|村民小组|小组|网格|党?支部|分局|派出所|食堂|教学楼)"
)
_GROWN = re.compile("(?:增长|上涨|增加|提高|提升|上升|增|涨|高出|多出|多(?=了))了?[近约超逾]?$")
_RANGED: set[Form] = {"count", "percent", "points", "times"}  # what a range is of
_OF_A_THOUSAND = (" per thousand", " per 1,000", "‰")
# What one earns or makes in each of them: 一年收入十几万元, 一个月能挣3000元.
_EARNED = re.compile(
    "(?:最多|最少|至少|大概|大约|差不多)?[就也都还才]?(?:能(?![源力量])|可(?:以|收|赚|卖|挣|增|产|采|节|省)|[毛纯]?收入|收成|赚|挣|卖出?|增收|"
    "产[量值出]|出栏)"
)
_NOT_EACH = "近第这那头整过去满学习训了完干半"  # 近一年收入, 学习一年能毕业
_EACH_TIME = ("per {}", "every {}", "each {}", "{}ly", "annual", "annually")
_WHO = {
    **dict.fromkeys(("老人", "老年人", "长者"), ("elderly people", "people", "seniors", "residents")),
    **dict.fromkeys(("居民", "市民", "村民"), ("residents", "people")),
    **dict.fromkeys(("人口", "人群", "人员", "群众"), ("people",)),
}
_CAST = {
    **dict.fromkeys(("赞成", "贊成", "同意"), ("votes in favor", "in favor", "votes for", "for")),
    **dict.fromkeys(("反对", "反對"), ("votes against", "against")),
    **dict.fromkeys(("弃权", "棄權"), ("abstentions", "abstained")),
}
_TRIPS = {  # what is counted each time that it goes: 38辆次, 起降120架次
    "辆次": ("vehicle trips", "trips", "vehicles"),
    "架次": ("flights", "sorties"),
    "艘次": ("vessel trips", "vessels", "ships"),
    "列次": ("train trips", "trains"),
}
_TRIP = re.compile(f"(?P<of>{'|'.join(_TRIPS)})(?:车辆|航班|船舶|列车)?")
_TERM = re.compile("期(?![间满末待望初限刊盼许])")  # 10年期国债
_ON_A_ROAD = re.compile("(?:高速|公路|国道|省道|县道|[上下]行线?|方向|[路线段])$")
_AWAY = re.compile("[距离][^，。；,;]{0,12}$")
_VOTES = re.compile(rf"票(?:的)?(?P<cast>{'|'.join(_CAST)})")
_OF_AGE = re.compile(rf"的?(?P<who>{'|'.join(sorted(_WHO, key=len, reverse=True))})(?![家民大])")
_WHOEVER = re.compile(
    "的(?=[，。；、！？]|$|还|也|[都均就占]|可(?:以|享|凭|免)|能(?![人手工])|不(?!同)|需|免)"
)  # 80岁以上的还能打折


def find_quantities(text: str) -> list[Item]:
    """Dates, times, codes and numbers of a Chinese passage, in order, without overlap.

    Numbers of documents and years of reigns win over dates (〔2024〕15号 is no day), and dates over the rest.
    """
    dates = without_overlap(find_dates(text), first=[*find_document_numbers(text), *find_reign_years(text)])
    dates = without_overlap([*find_codes(text), *find_results(text), *find_spoken_measures(text)], first=dates)
    rest = fold(text)
    for date in dates:
        rest = rest[: date.start] + "\0" * (date.end - date.start) + rest[date.end :]
    numbers = [
        _with_those(Item("number", start, end, text[start:end], _write(quantity, rest, start, end), quantity), text)
        for start, end, quantity in _scan(rest)
    ]
    return sorted([*dates, *numbers], key=lambda item: item.start)


def _with_those(item: Item, text: str) -> Item:
    """An age with those who have it (60岁以上老人: elderly people aged 60 and over), a number with what votes were."""
    if (match := _OF_AGE.match(text, item.end)) and item.renderings[0].startswith("aged "):
        english = tuple(f"{who} {age}" for who in _WHO[match["who"]] for age in item.renderings[:4])
    elif (match := _WHOEVER.match(text, item.end)) and item.renderings[0].startswith("aged "):
        english = tuple(f"people {age}" for age in item.renderings[:4])
    elif (match := _TRIP.match(text, item.end)) and item.quantity and item.quantity.low > 1:
        english = tuple(f"{item.renderings[0]} {trips}" for trips in _TRIPS[match["of"]])
    elif item.quantity and item.quantity.form == "ordinal" and text.startswith("窟", item.end):  # 第220窟
        cave = f"Cave {item.quantity.low}"
        return replace(item, end=item.end + 1, zh=f"{item.zh}窟", renderings=(cave, f"Cave No. {item.quantity.low}"))
    elif item.zh.endswith("公里") and text.startswith("处", item.end) and _is_on_a_road(text[: item.start]):
        mark = f"the {item.renderings[0].removesuffix('s').replace(' ', '-')} mark"  # 京沪高速1024公里处
        return replace(item, end=item.end + 1, zh=f"{item.zh}处", renderings=(mark, *item.renderings))
    elif _is_length_of_time(item) and (match := _TERM.match(text, item.end)):
        english = _as_adjective(item)
    elif match := _VOTES.match(text, item.end):
        many = item.renderings[0]
        one = item.quantity and item.quantity.low == 1
        english = tuple(f"{many} {_singular(cast) if one else cast}" for cast in _CAST[match["cast"]])
    else:
        return item
    return replace(item, end=match.end(), zh=text[item.start : match.end()], renderings=english + item.renderings)


def _is_on_a_road(before: str) -> bool:
    """Whether kilometers are counted along a road (京沪高速1024公里处) and not away from it."""
    return _ON_A_ROAD.search(before) is not None and _AWAY.search(before) is None


def _singular(votes: str) -> str:
    return votes.replace("votes", "vote").replace("abstentions", "abstention")


def _is_length_of_time(item: Item) -> bool:
    quantity = item.quantity
    return quantity is not None and quantity.unit is not None and quantity.unit.dimension == "duration"


def _as_adjective(item: Item) -> tuple[str, ...]:
    """10-year for 10年, 3-to-5-year for 3至5年."""
    quantity = item.quantity
    assert quantity is not None and quantity.unit is not None
    numbers = [f"{each:f}" for each in (quantity.low, quantity.high) if each is not None]
    return tuple(f"{joint.join(numbers)}-{quantity.unit.singular}" for joint in dict.fromkeys(("-to-", "-")))


def _write(quantity: Quantity, text: str, start: int, end: int) -> tuple[str, ...]:
    english = write_quantity(quantity, text[end : end + 1])
    zh = text[start:end]
    if quantity.form == "ordinal" and _NUMBERED.match(text, end):
        return english[::-1]
    if quantity.form == "times" and quantity.high is None and quantity.low < 10 and _GROWN.search(text, 0, start):
        gain = write_quantity(replace(quantity, form="percent"), "")  # 增长1.3倍
        return (gain[0], *english, *gain[1:])
    if zh.endswith("‰") and quantity.high is None:
        return tuple(format_number(quantity.low * 1000) + of for of in _OF_A_THOUSAND) + english
    if zh in ("一年", "一个月") and _EARNED.match(text, end) and text[start - 1 : start] not in tuple(_NOT_EACH):
        name = zh[-1].replace("年", "year").replace("月", "month")
        return (f"a {name}", *english, *(form.format(name) for form in _EACH_TIME[: 6 if name == "year" else 4]))
    aged = quantity.unit is UNIT_OF["岁"]
    if aged and "寿命" in text[max(0, start - 8) : start]:
        return (f"{quantity.low} years", *english)
    if aged and zh.endswith(("多岁", "余岁")) and quantity.low in range(20, 100, 10):
        return (f"in their {quantity.low:f}s", *english)
    if aged and zh.endswith("以上") and quantity.high is None:
        older = ("and over", "and above", "or above", "or older")
        return (*(f"aged {quantity.low:f} {more}" for more in older), *english)
    if re.fullmatch(r"\d{1,2}秒\d0", zh):  # as on a scoreboard
        return (f"{zh.replace('秒', '.')} seconds", *english)
    return english


def _scan(text: str) -> Iterator[tuple[int, int, Quantity]]:
    """The quantities of a folded text, ranges joined."""
    idioms = [*(match.span() for match in IDIOM.finditer(text)), *set_phrases(text)]
    first: tuple[int, int, Quantity] | None = None
    for second in _scan_single(text, idioms):
        if first is not None:
            joined = _join(first, second, text)
            if joined is None:
                yield first
            second = joined or second
        first = second
    if first is not None:
        yield first


def _scan_single(text: str, idioms: list[tuple[int, int]]) -> Iterator[tuple[int, int, Quantity]]:
    position = 0
    while match := QUANTITY.search(text, position):
        idiom = next((end for start, end in idioms if start < match.end() and end > match.start()), 0)
        quantity = None if idiom else read_quantity(match, text)
        if quantity is None:
            # no piece of a refused numeral is read by itself
            position = max(match.end("number"), match.end("pair"), idiom, match.start() + 1)
            continue
        start, position = match.start(), match.end("number" if quantity.form == "digits" else 0)
        if match["unit"] == "码" and quantity.unit is None:
            position = match.start("unit")  # of shoes
        if match["currency"] and not (quantity.unit and quantity.unit.dimension == "money"):
            start = match.end("currency")
        if match["before"] == "近" and not quantity.bound:
            start += 1
        span = text[start:position]
        yield start + len(span) - len(span.lstrip()), start + len(span.rstrip()), quantity


def _join(
    first: tuple[int, int, Quantity], second: tuple[int, int, Quantity], text: str
) -> tuple[int, int, Quantity] | None:
    """3万至5万元, 20%-30% and 三年以上七年以下 as one quantity; None if the two are no range."""
    start, end, low = first
    after, last, high = second
    between = end == after and text.endswith("以上", start, end) and text.endswith("以下", after, last)
    connected = TO.fullmatch(text, end, after)
    ranged = low.high is None and high.high is None and {low.form, high.form} <= _RANGED
    if not (connected or between) or not ranged:
        return None
    if low.unit and low.unit.dimension == "temperature" and high.unit is UNIT_OF["度"]:
        high = replace(high, unit=low.unit)  # 华氏95至100度
    if low.unit and high.unit and low.unit != high.unit:
        return None
    if low.form == "percent" and high.form == "count" and low.denominator and high.unit is None:
        high = replace(high, low=high.low / low.denominator, form="percent")  # 百分之二十至三十
    if low.form != high.form and (low.form != "count" or low.unit):
        return None  # 增长172%至128亿港元: by what and to what it rose
    value = low.low
    if low.form == "count" and high.form == "percent":
        value /= 10 if text.endswith("成", after, last) else 100  # 二至四成, 20至30%
    elif (scale := re.search(r"[百千]?(?:万亿|[万亿])", text[after:last])) and not re.search("[万亿]", text[start:end]):
        factor = read_numeral(scale[0]) or 1
        if value * factor < high.low:
            value *= factor  # 3至5万 is 30,000 to 50,000
    unit = high.unit or low.unit
    if value > high.low and unit and unit.dimension in ("temperature", "angle") and high.low < 0:
        return start, last, replace(high, low=value, high=high.low, unit=unit, han=False)  # 0至-3℃
    if value >= high.low:
        if unit or high.form != "count" or not connected or connected[0].strip() not in ("-", "–", "—", "--"):
            return None
        return start, last, replace(low, high=high.low, form="score")
    counted = unit or {low.form, high.form} != {"count"} or low.han or high.han
    if not counted and connected and is_score(text, start):
        return start, last, replace(low, high=high.low, form="score")
    bound = "" if between else low.bound or high.bound
    written = f"{low.written}-{high.written}" if low.written and high.written else ""
    return start, last, replace(high, low=value, high=high.low, unit=unit, bound=bound, han=False, written=written)
