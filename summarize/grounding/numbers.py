"""Numbers in a Chinese passage, with what stands around them: 180余万, 近30%, 三四十公里, 三分之二, 第三, 3.5亿元.

An item covers exactly what its English stands for: the number, the words that bound it (近 多 余 约 至少 以上) and its
unit of measure. Counting words (名 家 件 辆) stay outside, since English has no word for them and the noun may follow:
200辆牵引车 gives 200, 180余万件 gives 180余万.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from summarize.grounding.dates import find_dates
from summarize.grounding.item import Item
from summarize.grounding.numerals import HAN, HAN_DIGITS, NUMERAL, fold, read_numeral
from summarize.grounding.quantity import Bound, Form, Quantity, write_quantity
from summarize.grounding.units import UNIT_OF, Unit, unit_pattern

_BEFORE: dict[str, Bound] = {
    "不超过": "at most", "最多": "at most", "至多": "at most", "不多于": "at most",
    "不少于": "at least", "不低于": "at least", "至少": "at least", "最少": "at least",
    "将近": "nearly", "接近": "nearly", "近": "nearly",
    "大约": "about", "大概": "about", "约": "about", "约莫": "about",
    "超过": "more than", "多于": "more than", "逾": "more than", "超": "more than", "上": "more than",
    "不到": "less than", "不足": "less than", "少于": "less than", "未满": "less than", "不满": "less than",
}  # fmt: skip
_AFTER: dict[str, Bound] = {"左右": "about", "上下": "about", "以上": "more than", "多": "more than", "余": "more than"}
_COUNTING_WORDS = (
    "个名位家件辆台条户人只张项栋间枚块副对艘架篇起宗例袋箱瓶组批种类处座届场次轮支册套棵株颗匹堂节款则幅份顶封粒滴盏桶盒罐"
    "杯碗盘筐束朵员倍大页样分口根所部本层"
)
"""What may follow a number where English has no word: one Chinese digit counts only before one of these or a unit."""
_MULTIPLIERS = "十百千万亿"
_PAIR = "一二|一两|两三|二三|三四|三五|四五|五六|六七|七八|八九"
_SCALE = "万亿|百万|千万|百亿|千亿|[万亿]"

# Words in which no number is meant, or one that English does not say.
_IDIOM = re.compile(
    r"(?<![一二三四五六七八九十百千\d])万一|千万(?=别|不|要|小心|注意)|一带一路|三三两两|七上八下|乱七八糟|五花八门|四面八方|"
    r"四通八达|三番[五两]次|三令五申|千方百计|千家万户|千军万马|千辛万苦|成千上万|成百上千|千变万化|千千万万|百折不挠|一五一十|"
    r"十全十美|三心二意|一清二楚|独一无二|接二连三|隔三差五|七嘴八舌|横七竖八|丢三落四|五颜六色|四分五裂|十有八九|百里挑一|"
    r"三言两语|五湖四海|三头六臂|朝三暮四|不三不四|说三道四|两面三刀|三教九流|七手八脚|九牛一毛|三天两头|三五成群|二人转|"
    r"三人行|一分为二|一刀两断|一举两得|一石二鸟|两全其美|三口之家|四大皆空|十之八九|八九不离十|双十[一二]|三门峡|三台县|三轮车|五台山|七台河|"
    r"九台区|六盘水|(?<![二三四五六七八九])十[一二三四五]五(?!个|名)|十[七八九]大|二十大|[一二三四五六七]中全会|百分百|四处|"
    r"第一时间|第一手|第一线|第一现场|第二天|第二年|第三者|第[一二]次世界大战|四人[二四两]球|[一两三四五六]位数|"
    r"一二[一三]?(?=线|产业)|二三线|三四线|十一(?=假期|黄金周|长假|期间|国庆)|(?<!\d)[1-9]0后|[两二三四五]年一[度次届]|"
    r"(?<![一二三四五六七八九十百千万零\d])三元(?=催化|桥|里|区(?!间)|锂|材料|正极|电池|牛奶|乳业|食品)|"
    r"复一[日年月]|(?<![一二三四五六七八九\d])十分(?!钟|之)|(?<![一二三四五六七八九十百千\d])万分(?!之)"
)
_BEFORE_WORDS = "|".join(sorted((word for word in _BEFORE if len(word) > 1 and word != "超过"), key=len, reverse=True))
_CURRENCIES: dict[str, Unit] = {
    name: UNIT_OF[usual]
    for usual, names in {
        "新台币": "新台币 新臺币 新台幣 新臺幣 台币 臺币 台幣 臺幣",
        "港币": "港币 港幣",
        "人民币": "人民币 人民幣",
        "美金": "美金",
        "日元": "日币 日幣",
        "欧元": "欧元 歐元",
        "英镑": "英镑 英鎊",
    }.items()
    for name in names.split()
}
_CURRENCY = "|".join(sorted(_CURRENCIES, key=len, reverse=True))
_QUANTITY = re.compile(
    rf"""
    (?:(?P<currency>{_CURRENCY})\s?)?
    (?P<before>(?<![附最临靠接邻亲远])近|(?<![条签合预节纽违邀特])约|(?<![赶高])超|逾|{_BEFORE_WORDS}
       |(?<![赶碰遇跟])上(?=[百千万亿](?!圣节))|(?<!不[会得能])(?<!没有)(?<!未)超过)?\s?
    (?:(?P<bounded_currency>{_CURRENCY})\s?)?
    (?P<below_zero>零下)?
    (?:
      翻了?(?:(?P<doublings>[一两二三四2-5])番|番)
    | 第\s?(?P<nth>{NUMERAL})(?!分之)
    | (?P<half>半)(?:(?P<half_unit>个月|个?小时|个世纪|年|天|公里|英里|英寸|公斤|斤|亩|吨)
       |数(?=[的人以受])|(?P<half_more>个多月|年多))
    | (?P<one_half>一半)
    | (?P<race>\d{{1,2}}秒\d\d)(?!\d)
    | (?P<minutes>\d{{1,3}})\s?分钟?\s?(?P<seconds>[0-5]?\d)\s?秒
    | (?P<score>(?<![\d.,:])\d{{1,3}}[:比]\d{{1,3}}(?![\d.:])
       |(?:(?<=以)|^)[{HAN_DIGITS}]比[{HAN_DIGITS}](?![{HAN_DIGITS}例较]))
    | (?P<fraction>(?<![\d/])[1-9]/(?:10|[2-9])(?![\d/]))
    | (?:(?P<of>百|千|万|{HAN}|\d+)分之)?
      (?:(?P<head>[二三四五六七八九]?十|[一二三四五六七八九]百)?(?P<pair>{_PAIR})(?P<tail>[十百千])?(?![{HAN_DIGITS}])
        |(?<![指人总次分多少半无{_MULTIPLIERS}])(?P<vague>好几|几|数)(?P<vague_tail>[十百千]|(?=[万亿]))
        |(?P<teens>[二三四五六七八九]?十|[一二三四五六七八九]百)几
        |(?P<number>{NUMERAL}|(?<=[近约超逾上])(?:万亿|[万亿])|(?<![{HAN_DIGITS}{_MULTIPLIERS}几数\d])[万亿](?=[余多](?![一-鿿]?[样种]))))
      (?P<more>[多余]|来(?=[个名位人家件年天岁万里公米]|$))?(?P<scale>{_SCALE})?(?P<more_after>[多余](?![一-鿿]?样))?\s?
      (?: (?P<percent>%)|个?(?P<points>百分点)|(?P<permille>‰)
        |(?P<tenths>成)(?:(?P<tenth_half>半)|(?P<hundredths>[一二三四五六七八九]))?(?![立为员功就绩熟长了])
        |(?P<times>倍)(?P<times_more>[多余])?|(?P<discount>折)(?![叠腾线射磨返回])|(?P<anniversary>周年)|(?P<label>号)(?![召称角声])
        |个(?P<inner>[多余半])(?P<inner_unit>月|小时|星期|礼拜|世纪|季度|钟头)
        |(?P<unit>{unit_pattern()})(?P<unit_more>[多余](?![一-鿿]?[样种元]))?(?P<unit_half>半(?![年月天个路数场程决]))?
      )?
    )
    (?P<after>左右|上下(?![班学楼])|以上)?
    """,
    re.VERBOSE,
)
_TO = re.compile(r"\s?(?:至|到|--?|–|—|——|~)\s?")
_ONE_COUNTS = {
    "年",
    "个月",
    "个小时",
    "小时",
    "公里",
    "千米",
    "英里",
    "吨",
    "公斤",
    "公顷",
    "亩",
    "米",
}  # 一天 is "one day" too seldom
_READ_OUT = re.compile(r"(?:报警|热线|专线|平台|频道|路公交|次列车|次航班|航班|电话)")


def find_numbers(text: str) -> list[Item]:
    """The numbers of a Chinese passage that are no part of a date, in order; `value` is the lower end of a range."""
    return [item for item in find_quantities(text) if item.kind == "number"]


def find_quantities(text: str) -> list[Item]:
    """Dates, times and numbers of a Chinese passage, in order, not overlapping; where both could be read, dates win."""
    dates = find_dates(text)
    rest = fold(text)
    for date in dates:
        rest = rest[: date.start] + "\0" * (date.end - date.start) + rest[date.end :]
    numbers = [
        Item("number", start, end, text[start:end], write_quantity(quantity, rest[end : end + 1]), quantity.low)
        for start, end, quantity in _scan(rest)
    ]
    return sorted([*dates, *numbers], key=lambda item: item.start)


def read_number(zh: str) -> Quantity | None:
    """What the Chinese of a number item says; None if it is no number.

    The words around it are not asked for: 两 by itself is 2.
    """
    folded = fold(zh)
    return next((q for start, end, q in _scan(folded, alone=True) if (start, end) == (0, len(folded))), None)


def _scan(text: str, alone: bool = False) -> Iterator[tuple[int, int, Quantity]]:
    """The quantities of a folded text, ranges joined; `alone`: the text is one number cut out of its sentence."""
    idioms = [] if alone else [match.span() for match in _IDIOM.finditer(text)]
    first: tuple[int, int, Quantity] | None = None
    for second in _scan_single(text, idioms, alone):
        if first is not None:
            joined = _join(first, second, text)
            if joined is None:
                yield first
            second = joined or second
        first = second
    if first is not None:
        yield first


def _scan_single(text: str, idioms: list[tuple[int, int]], alone: bool) -> Iterator[tuple[int, int, Quantity]]:
    position = 0
    while match := _QUANTITY.search(text, position):
        idiom = next((end for start, end in idioms if start < match.end() and end > match.start()), 0)
        quantity = None if idiom else _read(match, text, alone)
        if quantity is None:
            refused = (
                match.end("number") if match["number"] else match.end("pair") if match["pair"] else match.start() + 1
            )
            position = max(refused, idiom, match.start() + 1)  # no piece of a refused numeral is read by itself
            continue
        position = _end(match, quantity)
        start = match.start()
        if match["currency"] and not _is_money(quantity):
            start = match.end("currency")
        if match["before"] == "近" and not quantity.bound:
            start += 1
        span = text[start:position]
        yield start + len(span) - len(span.lstrip()), start + len(span.rstrip()), quantity


def _is_money(quantity: Quantity) -> bool:
    return quantity.unit is not None and quantity.unit.dimension == "money"


def _end(match: re.Match[str], quantity: Quantity) -> int:
    if quantity.form == "digits":
        return match.end("number")
    return match.end()


def _join(
    first: tuple[int, int, Quantity], second: tuple[int, int, Quantity], text: str
) -> tuple[int, int, Quantity] | None:
    """3万至5万元 and 20%-30% as one quantity; None if the two are no range."""
    start, end, low = first
    after, last, high = second
    connected = _TO.fullmatch(text, end, after)
    if not connected or low.high is not None or high.high is not None or not {low.form, high.form} <= _RANGED:
        return None
    if low.unit and high.unit and low.unit != high.unit:
        return None
    if low.form == "percent" and high.form == "count":
        high = replace(high, low=high.low / low.denominator, form="percent") if low.denominator else high
    value = low.low
    if low.form == "count" and high.form == "percent":
        value /= 100
    elif (scale := re.search(r"[百千]?(?:万亿|[万亿])", text[after:last])) and not re.search("[万亿]", text[start:end]):
        factor = read_numeral(scale[0]) or 1
        if value * factor < high.low:
            value *= factor  # 3至5万 is 30,000 to 50,000
    unit = high.unit or low.unit
    if value >= high.low:
        if unit or high.form != "count" or connected[0].strip() not in ("-", "–", "—", "--"):
            return None
        return start, last, replace(low, high=high.low, form="score")
    bound = low.bound or high.bound
    written = f"{low.written}-{high.written}" if low.written and high.written else ""
    return start, last, replace(high, low=value, high=high.low, unit=unit, bound=bound, han=low.han, written=written)


_RANGED: set[Form] = {"count", "percent", "points", "times"}


def _read(match: re.Match[str], text: str, alone: bool) -> Quantity | None:
    if match["of"]:
        return _read_fraction(match)
    quantity = _read_special(match) or _read_count(match, text, alone)
    if quantity is None:
        return None
    currency = match["currency"] or match["bounded_currency"]
    if currency and quantity.form == "count" and (quantity.unit is None or quantity.unit is UNIT_OF["元"]):
        quantity = replace(quantity, unit=_CURRENCIES[currency])  # 新台币300元: the currency said first
    bound = _BEFORE.get(match["before"] or "", "") or _AFTER.get(match["after"] or "", "")
    if match["before"] == "近" and quantity.unit and quantity.unit.dimension == "duration":
        bound = ""  # 近三年 is more often the past three years than nearly three
    if match["before"] == "上":
        quantity = replace(quantity, high=quantity.low * 10, vague=True)
    if match["below_zero"]:
        quantity = replace(quantity, low=-quantity.low)
    return replace(quantity, bound=quantity.bound or bound)


def _read_special(match: re.Match[str]) -> Quantity | None:
    """Doublings, ordinals, halves, scores and 2/3."""
    if match["nth"]:
        value = read_numeral(match["nth"])
        whole = value is not None and value > 0 and value == int(value)
        return Quantity(value, form="ordinal", han=not match["nth"][0].isascii()) if value and whole else None
    if match["half"]:
        more: Bound = "more than" if match["half_more"] else ""
        unit = match["half_unit"] or (match["half_more"] or "").replace("多", "")
        if not unit:
            return Quantity(Decimal("0.5"), form="fraction", denominator=2)
        before = match.string[match.start("half") - 1 : match.start("half")]
        if before in set("上下前后大多") or before in set(HAN_DIGITS + "个"):
            return None
        return Quantity(Decimal("0.5"), unit=UNIT_OF[unit], han=True, bound=more)
    if match["one_half"]:
        return Quantity(Decimal("0.5"), form="fraction", denominator=2)
    if match["race"]:  # 9秒83 is 9.83 seconds
        return Quantity(Decimal(match["race"].replace("秒", ".")), unit=UNIT_OF["秒"])
    if match["minutes"]:
        return Quantity(Decimal(match["minutes"]), Decimal(match["seconds"]), form="minutes")
    if match["score"]:
        first, second = (read_numeral(part) for part in re.split("[:比]", match["score"]))
        return Quantity(first or Decimal(0), second or Decimal(0), form="score")
    if match["fraction"]:
        part, whole_part = match["fraction"].split("/")
        value = Decimal(part) / int(whole_part)
        return Quantity(value, form="fraction", denominator=int(whole_part)) if value < 1 else None
    if match["number"] or match["pair"] or match["vague"] or match["teens"]:
        return None
    times = (read_numeral(match["doublings"]) if match["doublings"] else None) or Decimal(1)
    return Quantity(2**times, form="doubled")


def _read_fraction(match: re.Match[str]) -> Quantity | None:
    whole = read_numeral(match["of"])
    part = _read_core(match)
    if whole is None or part is None or not whole:
        return None
    form: Form = "percent" if whole >= 100 else "fraction"
    if form == "fraction" and (part.low >= whole or part.low != int(part.low)):
        return None
    bound = part.bound or _BEFORE.get(match["before"] or "", "") or _AFTER.get(match["after"] or "", "")
    high = part.high / whole if part.high is not None else None
    unit = UNIT_OF.get(match["unit"] or "") if form == "fraction" else None
    return replace(part, low=part.low / whole, high=high, form=form, denominator=int(whole), bound=bound, unit=unit)


def _read_core(match: re.Match[str]) -> Quantity | None:
    """The number itself, with its 多 or 余, without sign or unit."""
    scale = (read_numeral(match["scale"]) if match["scale"] else None) or Decimal(1)
    bound: Bound = "more than" if match["more"] or match["more_after"] else ""
    if match["pair"]:
        head = (read_numeral(match["head"]) if match["head"] else None) or Decimal(0)
        ten = (read_numeral(match["tail"]) if match["tail"] else None) or Decimal(1)
        low, high = (head + (read_numeral(digit) or 0) * ten for digit in match["pair"])
        if match["pair"] == "三五":
            low, high = head + 3 * ten, head + 5 * ten
        return Quantity(low * scale, high * scale, bound=bound, han=True)
    if match["vague"]:
        low = ((read_numeral(match["vague_tail"]) if match["vague_tail"] else None) or Decimal(1)) * scale
        return Quantity(low, low * 10, vague=True, han=True)
    if match["teens"]:
        low = read_numeral(match["teens"]) or Decimal(0)
        return Quantity(
            low * scale, (low + (10 if low < 100 else 100)) * scale, bound="more than", vague=True, han=True
        )
    value = read_numeral(match["number"] or "")
    return None if value is None else Quantity(value * scale, bound=bound, han=not match["number"][0].isascii())


def _read_count(match: re.Match[str], text: str, alone: bool) -> Quantity | None:
    """A plain number, a percentage, or a number with a unit."""
    quantity = _read_core(match)
    if quantity is None or not (alone or _is_number(match, quantity, text)):
        return None
    written = (match["number"] or "").strip()
    if match["percent"] or match["points"] or match["permille"]:
        part = 1000 if match["permille"] else 100
        high = quantity.high / part if quantity.high is not None else None
        form: Form = "points" if match["points"] else "percent"
        return replace(quantity, low=quantity.low / part, high=high, form=form)
    if match["tenths"]:
        extra = (
            Decimal("0.05") if match["tenth_half"] else (read_numeral(match["hundredths"] or "") or Decimal(0)) / 100
        )
        high = quantity.high / 10 if quantity.high is not None else None
        return replace(quantity, low=quantity.low / 10 + extra, high=high, form="percent")
    if match["discount"]:
        tenths = quantity.low if quantity.low < 10 else quantity.low / 10
        return replace(quantity, low=1 - tenths / 10, form="discount") if 0 < tenths < 10 else None
    if match["times"]:
        return replace(quantity, form="times", bound="more than" if match["times_more"] else quantity.bound)
    if match["anniversary"]:
        return replace(quantity, form="anniversary")
    if match["label"]:
        return replace(quantity, form="label")
    if match["inner"]:
        quantity = replace(quantity, unit=UNIT_OF["个" + match["inner_unit"]])
        half = match["inner"] == "半"
        return replace(quantity, low=quantity.low + Decimal("0.5")) if half else replace(quantity, bound="more than")
    if match["unit"]:
        low = quantity.low + Decimal("0.5") if match["unit_half"] else quantity.low
        bound: Bound = "more than" if match["unit_more"] else quantity.bound
        return replace(quantity, low=low, unit=UNIT_OF[match["unit"]], bound=bound)
    if written.isascii() and written.isdigit() and not (match["scale"] or match["more"]):
        read_out = len(written) >= 3 and _READ_OUT.match(text, match.end("number"))
        if len(written) >= 8 or read_out or (written[0] == "0" and len(written) > 1):
            return replace(quantity, form="digits", written=written)
        if not alone and len(written) == 4 and 1000 <= quantity.low <= 2100 and not _is_counted(match, text):
            return replace(quantity, written=written)  # 2008奥运会: a year more often than a count
    return quantity


def _is_counted(match: re.Match[str], text: str) -> bool:
    """Whether a bound or a counting word stands at a number: 近2000, 2000名; but 2020届 is a year."""
    following = text[match.end() : match.end() + 1]
    counted = following != "" and following in _COUNTING_WORDS and following != "届"
    return counted or any(match[name] for name in ("before", "after", "more_after", "currency", "bounded_currency"))


def _is_number(match: re.Match[str], quantity: Quantity, text: str) -> bool:
    """Whether a numeral counts something, judged by what stands around it."""
    start = next(match.start(name) for name in ("number", "pair", "vague", "teens") if match[name])
    before = text[max(0, match.start() - 2) : match.start()] if match["before"] else text[max(0, start - 2) : start]
    after = text[match.end() : match.end() + 1] if not match[0].endswith(" ") else ""
    signed = any(
        match[name] for name in ("percent", "points", "permille", "tenths", "times", "discount", "anniversary")
    )
    if not quantity.han:
        in_name = re.search(r"[A-Za-z_](?:-|–)?$|[A-Za-z_]$", before) or re.match("[A-Za-z]", after)
        return not in_name or bool(match["unit"] or match["percent"])
    if re.fullmatch("[二两]", (match["number"] or "").strip()) and after == "人" and before.endswith("们"):
        return False  # 他们两人 is "they"
    counted = after != "" and after in _COUNTING_WORDS
    bounded = bool(match["before"] or match["more"] or match["more_after"])
    if match["pair"]:
        alone = not (match["head"] or match["tail"] or match["scale"])
        return not alone or counted or bool(match["unit"] or match["inner"]) or signed
    if match["vague"] or match["teens"]:
        return True
    written = match["number"].strip()
    unit = match["unit"] or ""
    if written == "一":
        if match["points"] or match["tenths"] or match["times"] or match["percent"]:
            return True
        usual = before[-1:] not in set("新同某这那哪任另每上下前后头去唯统逐第进的")
        one = unit in _ONE_COUNTS and not text.startswith(("一度", "来", "如", "到头"), match.end())
        return bool((one and usual) or (match["inner"] and usual) or match["unit_half"])
    if all(c in _MULTIPLIERS for c in written) and written != "十":
        if match["percent"] or match["points"]:
            return True
        if len(written) == 1 and not match["scale"]:
            return bool(match["before"] or match["more"] or match["more_after"]) and not match["label"]
        return bounded or counted or bool(unit)
    if len(written) > 1:
        if all(c in HAN_DIGITS for c in written):
            return False
        return not (unit == "度" and not after)
    if unit == "周" and written == "四":
        return after in set("后前内以之时大") and after != ""
    if unit in ("度", "里", "圆", "磅"):
        return unit == "里" and after in set("路地外远长") and after != ""
    if match["label"]:
        return True
    ranged = _TO.match(text, match.end())
    ranging = ranged is not None and re.match(rf"[{HAN_DIGITS}{_MULTIPLIERS}\d]", text[ranged.end() :]) is not None
    ranging = ranging or bool(re.search(r"[至到]$", before) and (counted or unit))
    doubtful = written not in "两十" and (
        after in set("口根所部本层")
        or (after == "分" and text[match.end() + 1 : match.end() + 2] in set("之钟明别析享散裂开"))
    )
    return signed or ranging or bool(unit or match["inner"]) or (counted and not doubtful) or (bounded and counted)
