"""Whether a numeral counts something, by what stands around it: 三人, 两亩, 十二届, but not 三亚, 他们两人 or 一度."""

from __future__ import annotations

import re

from summarize.grounding.number_pattern import COUNTING_WORDS, MULTIPLIERS, TO
from summarize.grounding.numerals import HAN_DIGITS
from summarize.grounding.quantity import Quantity

# Of these 一 is a number; 一天 is "one day" too seldom.
_ONE_COUNTS = frozenset(
    ("年", "个月", "个小时", "小时", "公里", "千米", "英里", "吨", "公斤", "斤", "公顷", "亩", "米")
)
_AND = re.compile("[、和与]")
_LISTED = re.compile("[\u4e00-\u9fff、]+[、和与][\u4e00-\u9fff]{2,4}$")


def is_counted(match: re.Match[str], text: str) -> bool:
    """Whether a bound or a counting word stands at a number: 近2000, 2000名; but 2020届 is a year."""
    following = text[match.end() : match.end() + 1]
    counted = following != "" and (following in COUNTING_WORDS or following == "列") and following != "届"
    return (
        counted
        or match["counted"] is not None
        or any(match[name] for name in ("before", "after", "more_after", "currency", "bounded_currency"))
    )


def is_number(match: re.Match[str], quantity: Quantity, text: str) -> bool:
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
        in_name = re.search("[A-Za-z_][-–]?$", before) or re.match("[A-Za-z]", after)
        yearly = match["unit"] == "年" and not match["before"]  # PM2.5年均浓度
        return not in_name or bool(match["percent"] or (match["unit"] and not yearly))
    if re.fullmatch("[二两]", (match["number"] or "").strip()) and after == "人" and before.endswith("们"):
        return False  # 他们两人 is "they"
    if after == "人" and (listed := _LISTED.search(text, 0, start)) and len(_AND.split(listed[0])) == quantity.low:
        return False  # 谭卫、何章鸿、赖斌三人
    if match["number"] == "零" and after == "家":
        return False  # 零家兴: a surname more often than no shop
    if match["number"] == "二" and after == "次":
        return False  # 二次供水 is a secondary supply; two times is 两次
    counted = match["counted"] is not None or (after != "" and after in COUNTING_WORDS)
    bounded = bool(match["before"] or match["more"] or match["more_after"])
    if match["pair"]:
        alone = not (match["head"] or match["tail"] or match["scale"])
        wind = after == "级" and "风" in text[max(0, start - 6) : match.end() + 8]  # 偏北风三四级
        return not alone or counted or wind or bool(match["unit"] or match["inner"]) or signed
    if match["vague"] or match["teens"]:
        return True
    written = match["number"].strip()
    unit = match["unit"] or ""
    if written == "一":
        if match["points"] or match["tenths"] or match["times"] or match["percent"]:
            return True
        usual = before[-1:] not in set("新同某这那哪任另每上下前后头去唯统逐第进的")
        one = unit in _ONE_COUNTS and not text.startswith(("一度", "来", "如", "到头"), match.end())
        lasting = unit in ("秒", "秒钟", "分钟", "天", "周", "星期", "个星期")
        within = (match["before"] or match["after"] or "").strip() in ("不到", "不足")
        short = lasting and within  # 不到一分钟; 近一周 is the past week
        return bool((one and usual) or (match["inner"] and usual) or match["unit_half"] or short)
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
    ranged = TO.match(text, match.end())
    ranging = ranged is not None and re.match(rf"[{HAN_DIGITS}{MULTIPLIERS}\d]", text[ranged.end() :]) is not None
    ranging = ranging or bool(re.search(r"[至到]$", before) and (counted or unit))
    doubtful = written not in "两十" and (
        after in set("口根所部本层")
        or (after == "分" and text[match.end() + 1 : match.end() + 2] in set("之钟明别析享散裂开卫"))
    )
    return signed or ranging or bool(unit or match["inner"]) or (counted and not doubtful) or (bounded and counted)
