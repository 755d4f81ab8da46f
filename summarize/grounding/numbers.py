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

from summarize.grounding.codes import find_codes
from summarize.grounding.dates import find_dates
from summarize.grounding.document_numbers import find_document_numbers
from summarize.grounding.item import Item, without_overlap
from summarize.grounding.number_pattern import (
    AFTER,
    BEFORE,
    COUNTING_WORDS,
    CURRENCIES,
    IDIOM,
    MULTIPLIERS,
    QUANTITY,
)
from summarize.grounding.numerals import HAN_DIGITS, fold, read_numeral
from summarize.grounding.quantity import Bound, Form, Quantity, write_quantity
from summarize.grounding.reigns import find_reign_years
from summarize.grounding.spoken_measures import find_spoken_measures
from summarize.grounding.units import UNIT_OF

_TO = re.compile(r"\s?(?:至|到|--?|–|—|——|~)\s?")
# Firms are counted in 户 too.
_FIRMS = re.compile(r"(?:企业|公司|机构|单位|主体|工商|商[户铺家贩]|门店|店[铺家]|摊[位贩])[^，。；、,;]*$")
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
_RATIO = re.compile(r"(?:比[例率值重]|配比|之比|性别比|师生比)[^。！？；\n]*$")  # 护理员和老人的比例是1比3
_AND = re.compile("[、和与]")
_LISTED = re.compile("[\u4e00-\u9fff、]+[、和与][\u4e00-\u9fff]{2,4}$")
_NUMBERED = re.compile(  # 第五中学 is No. 5 Middle School
    "(?:高级|初级|实验|职业|人民)*(?:中学|小学|幼儿园|医院|社区|村民小组|小组|网格|党?支部|分局|派出所|食堂|教学楼)"
)
_GROWN = re.compile("(?:增长|上涨|增加|提高|提升|上升|增|涨|高出|多出|多(?=了))了?[近约超逾]?$")
_POWER = re.compile(r"电[^。！？；\n]*$")
_DEGREES = 360  # no angle and no temperature of news has more
_READ_OUT = re.compile(r"(?:报警|热线|专线|平台|频道|路公交|次列车|次航班|航班|电话)")


def find_numbers(text: str) -> list[Item]:
    """The numbers of a Chinese passage that are no part of a date, in order; `value` is the lower end of a range."""
    return [item for item in find_quantities(text) if item.kind == "number"]


def find_quantities(text: str) -> list[Item]:
    """Dates, times, codes and numbers of a Chinese passage, in order, without overlap.

    Numbers of documents and years of reigns win over dates (〔2024〕15号 is no day), and dates over the rest.
    """
    dates = without_overlap(find_dates(text), first=[*find_document_numbers(text), *find_reign_years(text)])
    dates = without_overlap([*find_codes(text), *find_spoken_measures(text)], first=dates)
    rest = fold(text)
    for date in dates:
        rest = rest[: date.start] + "\0" * (date.end - date.start) + rest[date.end :]
    numbers = [
        Item("number", start, end, text[start:end], _write(quantity, rest, start, end), quantity.low)
        for start, end, quantity in _scan(rest)
    ]
    return sorted([*dates, *numbers], key=lambda item: item.start)


def _write(quantity: Quantity, text: str, start: int, end: int) -> tuple[str, ...]:
    english = write_quantity(quantity, text[end : end + 1])
    zh = text[start:end]
    if quantity.form == "ordinal" and _NUMBERED.match(text, end):
        return english[::-1]
    if quantity.form == "times" and quantity.high is None and quantity.low < 10 and _GROWN.search(text, 0, start):
        gain = write_quantity(replace(quantity, form="percent"), "")  # 增长1.3倍
        return (gain[0], *english, *gain[1:])
    if re.fullmatch(r"\d{1,2}秒\d0", zh):  # as on a scoreboard
        return (f"{zh.replace('秒', '.')} seconds", *english)
    if quantity.unit is not UNIT_OF["周岁"] or not zh.endswith("以上") or quantity.high is not None:
        return english
    return (
        tuple(f"aged {quantity.low:f} {more}" for more in ("and over", "and above", "or above", "or older")) + english
    )


def read_number(zh: str) -> Quantity | None:
    """What the Chinese of a number item says; None if it is no number.

    The words around it are not asked for: 两 by itself is 2.
    """
    folded = fold(zh)
    return next((q for start, end, q in _scan(folded, alone=True) if (start, end) == (0, len(folded))), None)


def _scan(text: str, alone: bool = False) -> Iterator[tuple[int, int, Quantity]]:
    """The quantities of a folded text, ranges joined; `alone`: the text is one number cut out of its sentence."""
    idioms = [] if alone else [match.span() for match in IDIOM.finditer(text)]
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
    while match := QUANTITY.search(text, position):
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
    """3万至5万元, 20%-30% and 三年以上七年以下 as one quantity; None if the two are no range."""
    start, end, low = first
    after, last, high = second
    between = end == after and text.endswith("以上", start, end) and text.endswith("以下", after, last)
    connected = _TO.fullmatch(text, end, after)
    ranged = low.high is None and high.high is None and {low.form, high.form} <= _RANGED
    if not (connected or between) or not ranged:
        return None
    if low.unit and high.unit and low.unit != high.unit:
        return None
    if low.form == "percent" and high.form == "count" and low.denominator and high.unit is None:
        high = replace(high, low=high.low / low.denominator, form="percent")  # 百分之二十至三十
    if low.form != high.form and (low.form != "count" or low.unit):
        return None  # 增长172%至128亿港元: by what and to what it rose
    value = low.low
    if low.form == "count" and high.form == "percent":
        value /= 100
    elif (scale := re.search(r"[百千]?(?:万亿|[万亿])", text[after:last])) and not re.search("[万亿]", text[start:end]):
        factor = read_numeral(scale[0]) or 1
        if value * factor < high.low:
            value *= factor  # 3至5万 is 30,000 to 50,000
    unit = high.unit or low.unit
    if value >= high.low:
        if unit or high.form != "count" or not connected or connected[0].strip() not in ("-", "–", "—", "--"):
            return None
        return start, last, replace(low, high=high.low, form="score")
    bound = "" if between else low.bound or high.bound
    written = f"{low.written}-{high.written}" if low.written and high.written else ""
    return start, last, replace(high, low=value, high=high.low, unit=unit, bound=bound, han=False, written=written)


_RANGED: set[Form] = {"count", "percent", "points", "times"}


def _read(match: re.Match[str], text: str, alone: bool) -> Quantity | None:
    if match["of"]:
        return _read_fraction(match)
    quantity = _read_special(match) or _read_count(match, text, alone)
    if quantity is None:
        return None
    currency = match["currency"] or match["bounded_currency"]
    if currency and quantity.form == "count" and (quantity.unit is None or quantity.unit is UNIT_OF["元"]):
        quantity = replace(quantity, unit=CURRENCIES[currency])  # 新台币300元: the currency said first
    bound = BEFORE.get(match["before"] or "", "") or AFTER.get(match["after"] or "", "")
    if quantity.unit is UNIT_OF["度"] and _is_power(quantity, text[: match.start()]):
        quantity = replace(quantity, unit=UNIT_OF["度电"])
    if quantity.unit is UNIT_OF["户"] and _FIRMS.search(text, max(0, match.start() - 12), match.start()):
        quantity = replace(quantity, unit=None)  # 经营主体2000余户
    if match["before"] == "近" and quantity.unit and quantity.unit.dimension == "duration":
        bound = ""  # 近三年 is more often the past three years than nearly three
    if match["before"] == "上":
        quantity = replace(quantity, high=quantity.low * 10, vague=True)
    if match["below_zero"]:
        quantity = replace(quantity, low=-quantity.low)
    if match["after"] == "以下" and quantity.unit and quantity.unit.dimension in ("age", "angle", "temperature"):
        bound = "less than"
    return replace(quantity, bound=quantity.bound or bound)


def _is_power(quantity: Quantity, before: str) -> bool:
    """Whether 度 counts kilowatt-hours: 省电110度."""
    power = _POWER.search(before)
    return power is not None and (quantity.low > _DEGREES or len(power[0]) < 4)


def _read_special(match: re.Match[str]) -> Quantity | None:
    """Doublings, ordinals, halves, scores and 2/3."""
    if nth := match["nth"] or match["session"]:  # 第三, 十二届全国人大
        value = read_numeral(nth)
        whole = value is not None and value > 0 and value == int(value)
        form: Form = "label" if match["nth_label"] else "ordinal"
        return Quantity(value, form=form, han=not nth[0].isascii()) if value and whole else None
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
    if match["decades"]:  # 年近八旬, 年过六旬
        older: Bound = "more than" if match.string[match.start("decades") - 1] in "过逾" else ""
        return Quantity(10 * (read_numeral(match["decades"]) or Decimal(0)), unit=UNIT_OF["岁"], bound=older)
    if match["quarters"]:
        return Quantity(15 * (read_numeral(match["quarters"]) or Decimal(1)), unit=UNIT_OF["分钟"])
    if match["race"]:  # 9秒83 is 9.83 seconds
        return Quantity(Decimal(match["race"].replace("秒", ".")), unit=UNIT_OF["秒"])
    if match["minutes"]:
        seconds = Decimal(f"{match['seconds']}.{match['thousandths'] or 0}")
        return Quantity(Decimal(match["minutes"]), seconds if seconds % 1 else seconds.to_integral(), form="minutes")
    if match["score"]:
        first, second = (read_numeral(part) for part in re.split("[:比]", match["score"]))
        ratio = _RATIO.search(match.string, 0, match.start()) or match.string.startswith(
            ("的比例", "的比率"), match.end()
        )
        form = "ratio" if ratio else "score"
        return Quantity(first or Decimal(0), second or Decimal(0), form=form)
    if match["fraction"]:
        part, whole_part = match["fraction"].split("/")
        value = Decimal(part) / int(whole_part)
        return Quantity(value, form="fraction", denominator=int(whole_part)) if value < 1 else None
    if match["number"] or match["pair"] or match["vague"] or match["teens"]:
        return None
    times = (read_numeral(match["doublings"]) if match["doublings"] else None) or Decimal(1)
    bounds: Bound = "nearly" if match["doubled_nearly"] else "more than" if match["doubled_more"] else ""
    return Quantity(2**times, form="doubled", bound=bounds)


def _read_fraction(match: re.Match[str]) -> Quantity | None:
    whole = read_numeral(match["of"])
    part = _read_core(match)
    if whole is None or part is None or not whole:
        return None
    form: Form = "percent" if whole >= 100 else "fraction"
    if form == "fraction" and (part.low >= whole or part.low != int(part.low)):
        return None
    bound = part.bound or BEFORE.get(match["before"] or "", "") or AFTER.get(match["after"] or "", "")
    high = part.high / whole if part.high is not None else None
    unit = UNIT_OF.get(match["unit"] or "") if form == "fraction" else None
    return replace(part, low=part.low / whole, high=high, form=form, denominator=int(whole), bound=bound, unit=unit)


def _read_core(match: re.Match[str]) -> Quantity | None:
    """The number itself, with its 多 or 余, without sign or unit."""
    scale = (read_numeral(match["scale"]) if match["scale"] else None) or Decimal(1)
    bound: Bound = "more than" if match["more"] or match["more_after"] else ""
    if match["pair"]:
        head = (read_numeral(match["head"]) if match["head"] else None) or Decimal(0)
        ten = read_numeral(match["tail"]) if match["tail"] else None
        if ten is None:  # 一百五六 is 150 to 160
            ten = Decimal({"百": 10, "千": 100, "万": 1000}.get((match["head"] or " ")[-1], 1))
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
        more: Bound = "more than" if match["tenths_more"] else quantity.bound
        return replace(quantity, low=quantity.low / 10 + extra, high=high, form="percent", bound=more)
    if match["discount"]:
        tenths = quantity.low if quantity.low < 10 else quantity.low / 10
        return replace(quantity, low=1 - tenths / 10, form="discount") if 0 < tenths < 10 else None
    if match["times"]:
        return replace(quantity, form="times", bound="more than" if match["times_more"] else quantity.bound)
    if match["anniversary"]:
        return replace(quantity, form="anniversary")
    if match["birthday"]:
        return replace(quantity, form="birthday")
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
        code = len(written) >= 8 and not _is_counted(match, text)
        if code or read_out or (written[0] == "0" and len(written) > 1):
            return replace(quantity, form="digits", written=written)
        if not alone and len(written) == 4 and 1000 <= quantity.low <= 2100 and not _is_counted(match, text):
            return replace(quantity, written=written)  # 2008奥运会: a year more often than a count
    return quantity


def _is_counted(match: re.Match[str], text: str) -> bool:
    """Whether a bound or a counting word stands at a number: 近2000, 2000名; but 2020届 is a year."""
    following = text[match.end() : match.end() + 1]
    counted = following != "" and following in COUNTING_WORDS and following != "届"
    return counted or any(match[name] for name in ("before", "after", "more_after", "currency", "bounded_currency"))


def _is_number(match: re.Match[str], quantity: Quantity, text: str) -> bool:
    """Whether a numeral counts something, judged by what stands around it."""
    start = next(match.start(name) for name in ("number", "pair", "vague", "teens") if match[name])
    before = text[max(0, match.start() - 2) : match.start()] if match["before"] else text[max(0, start - 2) : start]
    after = text[match.end() : match.end() + 1] if not match[0].endswith(" ") else ""
    signed = any(
        match[name]
        for name in ("percent", "points", "permille", "tenths", "times", "discount", "anniversary", "birthday")
    )
    if not quantity.han:
        if re.search(r"\d[xX×*]$", before):
            return False  # 4x200米
        in_name = re.search(r"[A-Za-z_](?:-|–)?$|[A-Za-z_]$", before) or re.match("[A-Za-z]", after)
        yearly = match["unit"] == "年" and not match["before"]  # PM2.5年均浓度
        return not in_name or bool(match["percent"] or (match["unit"] and not yearly))
    if re.fullmatch("[二两]", (match["number"] or "").strip()) and after == "人" and before.endswith("们"):
        return False  # 他们两人 is "they"
    if after == "人" and (listed := _LISTED.search(text, 0, start)) and len(_AND.split(listed[0])) == quantity.low:
        return False  # 谭卫、何章鸿、赖斌三人
    if match["number"] == "二" and after == "次":
        return False  # 二次供水 is a secondary supply; two times is 两次
    counted = after != "" and after in COUNTING_WORDS
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
    if all(c in MULTIPLIERS for c in written) and written != "十":
        if match["percent"] or match["points"]:
            return True
        if len(written) == 1 and not match["scale"]:
            return bool(match["before"] or match["more"] or match["more_after"]) and not match["label"]
        return bounded or counted or bool(unit)
    if len(written) > 1:
        if all(c in HAN_DIGITS for c in written):
            return bool(match["discount"]) and len(written) == 2  # 八五折
        return not (unit == "度" and not after)
    if unit == "周" and written == "四":
        return after in set("后前内以之时大") and after != ""
    if unit in ("度", "里", "圆", "磅"):
        return unit == "里" and after in set("路地外远长") and after != ""
    if match["label"]:
        return True
    ranged = _TO.match(text, match.end())
    ranging = ranged is not None and re.match(rf"[{HAN_DIGITS}{MULTIPLIERS}\d]", text[ranged.end() :]) is not None
    ranging = ranging or bool(re.search(r"[至到]$", before) and (counted or unit))
    doubtful = written not in "两十" and (
        after in set("口根所部本层")
        or (after == "分" and text[match.end() + 1 : match.end() + 2] in set("之钟明别析享散裂开"))
    )
    return signed or ranging or bool(unit or match["inner"]) or (counted and not doubtful) or (bounded and counted)
