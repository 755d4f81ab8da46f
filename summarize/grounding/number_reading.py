"""What a match of the expression for numbers says: its value, its bound and its unit."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from summarize.grounding.number_context import is_counted, is_number
from summarize.grounding.number_pattern import AFTER, BEFORE, CURRENCIES
from summarize.grounding.numerals import HAN_DIGITS, read_numeral
from summarize.grounding.quantity import Bound, Form, Quantity
from summarize.grounding.units import UNIT_OF

# Firms are counted in 户 too.
_FIRMS = re.compile(r"(?:企业|公司|机构|单位|主体|工商|商[户铺家贩]|门店|店[铺家]|摊[位贩])[^，。；、,;]*$")
_RATIO = re.compile(r"(?:比[例率值重]|配比|之比|性别比|师生比)[^。！？；\n]*$")  # 护理员和老人的比例是1比3
_POWER = re.compile(r"电[^。！？；\n]*$")
_HOW_LONG = (
    "历时",
    "用时",
    "耗时",
    "奋战",
    "连续",
    "距今",
    "长达",
    "时隔",
    "持续",
    "苦战",
    "耗费",
    "跨越",
    "抢救",
    "相距",
)
# Yards of football and golf, where the same word is a size of shoes or a speed of cars.
_PLAYED_BEFORE = re.compile(
    "(?:^|[，。；,;])[^，。；,;鞋速车]*(?:传|冲球|推进|跑|接|射|踢|推杆|开球)[^，。；,;鞋速车]{0,8}$"
)
_PLAYED_AFTER = re.compile("开?外|远|处|线|[传推]|达阵|冲球|任意球|射门|[短长中]传")
_PUNISHMENTS = ("有期徒刑", "徒刑", "拘役", "监禁", "管制")
_TO_THE_TENTH = re.compile(r"\d+\.\d*0")  # 大模型5.0, 5.0级
_DEGREES = 360  # no angle and no temperature of news has more
_READ_OUT = re.compile(r"(?:报警|热线|专线|平台|频道|路公交|次列车|次航班|航班|电话)")


def read_quantity(match: re.Match[str], text: str) -> Quantity | None:
    """The quantity of a match in a folded text; None if no number is meant there."""
    if match["of"]:
        return _read_fraction(match)
    quantity = _read_special(match) or _read_count(match, text)
    if quantity is None:
        return None
    currency = match["currency"] or match["bounded_currency"] or match["currency_after"]
    if currency and quantity.form == "count" and (quantity.unit is None or quantity.unit is UNIT_OF["元"]):
        quantity = replace(quantity, unit=CURRENCIES[currency])  # 新台币300元: the currency said first
    bound = BEFORE.get(match["before"] or "", "") or AFTER.get(match["after"] or "", "")
    if quantity.unit is UNIT_OF["度"] and _is_power(quantity, text[: match.start()]):
        quantity = replace(quantity, unit=UNIT_OF["度电"])
    if quantity.unit is UNIT_OF["码"] and not _is_in_yards(match, text):
        quantity = replace(quantity, unit=None)
    if quantity.unit is UNIT_OF["户"] and _FIRMS.search(text, max(0, match.start() - 12), match.start()):
        quantity = replace(quantity, unit=None)  # 经营主体2000余户
    if match["before"] == "近" and _is_past(quantity, text, match.start()):
        bound = ""
    if match["before"] == "上":
        quantity = replace(quantity, high=quantity.low * 10, vague=True)
    if quantity.unit is UNIT_OF["度"] and text.endswith("烈度", 0, match.start()):
        quantity = replace(quantity, unit=None)  # of an earthquake
    thermometer = match["thermometer"] or (match["below_zero"] or "").removeprefix("零下")
    if thermometer.endswith("氏") and quantity.unit in (None, UNIT_OF["度"]):
        quantity = replace(quantity, unit=UNIT_OF[f"{thermometer}度"])  # 华氏95度
    if match["below_zero"]:
        quantity = replace(quantity, low=-quantity.low)
    if match["after"] == "以上" and text.startswith(_PUNISHMENTS, match.end()):
        bound = "at least"
    if match["after"] == "以下" and quantity.unit and quantity.unit.dimension in ("age", "angle", "temperature"):
        bound = "less than"
    return replace(quantity, bound=quantity.bound or bound)


def _is_past(quantity: Quantity, text: str, start: int) -> bool:
    """近三年 is more often the past three years than nearly three, but not 近三小时 and 历时近三年."""
    unit = quantity.unit
    long = unit is not None and unit.dimension == "duration" and unit not in (UNIT_OF["小时"], UNIT_OF["分钟"])
    return long and not text.endswith(_HOW_LONG, 0, start)


def _is_in_yards(match: re.Match[str], text: str) -> bool:
    """Whether 码 are yards of a game: 传出320码, 30码外远射."""
    return bool(_PLAYED_BEFORE.search(text[: match.start()]) or _PLAYED_AFTER.match(text, match.end("unit")))


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
        over: Bound = "more than" if match["one_half_more"] else ""
        return Quantity(Decimal("0.5"), form="fraction", denominator=2, bound=over)
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
    if match["ratio"]:
        first, second = (Decimal(part) for part in match["ratio"].split(":"))
        return Quantity(first, second, form="ratio")
    if match["fraction"]:
        part, whole_part = match["fraction"].split("/")
        value = Decimal(part) / int(whole_part)
        return Quantity(value, form="fraction", denominator=int(whole_part)) if value < 1 else None
    if match["number"] or match["pair"] or match["vague"] or match["teens"]:
        return None
    times = read_numeral(match["doublings"] or "") or Decimal(1)
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
    scale = read_numeral(match["scale"] or "") or Decimal(1)
    bound: Bound = "more than" if match["more"] or match["more_after"] else ""
    if match["pair"]:
        head = read_numeral(match["head"] or "") or Decimal(0)
        ten = read_numeral(match["tail"] or "")
        if ten is None:  # 一百五六 is 150 to 160
            ten = Decimal({"百": 10, "千": 100, "万": 1000}.get((match["head"] or " ")[-1], 1))
        low, high = (head + (read_numeral(digit) or 0) * ten for digit in match["pair"])
        return Quantity(low * scale, high * scale, bound=bound, han=True)
    if match["vague"]:
        low = (read_numeral(match["vague_tail"] or "") or Decimal(1)) * scale
        return Quantity(low, low * 10, vague=True, han=True)
    if match["teens"]:
        low = read_numeral(match["teens"]) or Decimal(0)
        return Quantity(
            low * scale, (low + (10 if low < 100 else 100)) * scale, bound="more than", vague=True, han=True
        )
    value = read_numeral(match["number"] or "")
    return None if value is None else Quantity(value * scale, bound=bound, han=not match["number"][0].isascii())


def _read_count(match: re.Match[str], text: str) -> Quantity | None:
    """A plain number, a percentage, or a number with a unit."""
    quantity = _read_core(match)
    if quantity is None or not is_number(match, quantity, text):
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
    if _TO_THE_TENTH.fullmatch(written) and not (match["scale"] or match["more"] or quantity.bound):
        return replace(quantity, written=written)
    if written.isascii() and written.isdigit() and not (match["scale"] or match["more"]):
        read_out = len(written) >= 3 and _READ_OUT.match(text, match.end("number"))
        code = len(written) >= 8 and not is_counted(match, text)
        if code or read_out or (written[0] == "0" and len(written) > 1):
            return replace(quantity, form="digits", written=written)
        if len(written) == 4 and 1000 <= quantity.low <= 2100 and not is_counted(match, text):
            return replace(quantity, written=written)  # 2008奥运会: a year more often than a count
    return quantity
