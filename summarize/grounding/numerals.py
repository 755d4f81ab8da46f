"""Chinese numerals: 一百二十三, 3.5亿, 1万2千, 二〇二三 as numbers.

Everything here works on `fold`ed text: full-width digits and the traditional characters that numbers and dates are
written with become their common form, one character for one, so offsets stay true.
"""

from __future__ import annotations

import re
from decimal import Decimal

_FOLD = str.maketrans(
    "０１２３４５６７８９．％：，／－～∶＋"
    "萬億兩餘數幾點約個時間週號禮達過畝頃噸歲曆陽陰農紀後從來將當戶輛張項棟塊頭艘條組種類處層屆場輪雙隻"
    "歐鎊圓港幣電鐘開隊臘閏灣韓盧羅攝華氣無從滿於倆國門",
    "0123456789.%:,/-~:+"
    "万亿两余数几点约个时间周号礼达过亩顷吨岁历阳阴农纪后从来将当户辆张项栋块头艘条组种类处层届场轮双只"
    "欧镑圆港币电钟开队腊闰湾韩卢罗摄华气无从满于俩国门",
)

# Numerals of banks; each is a common character too (队伍, 大陆, 收拾), so only several together are a number.
_BANK_DIGITS = "壹贰貳叁參肆伍陆陸柒捌玖"
_FINANCIAL_FOLD = str.maketrans(_BANK_DIGITS + "拾佰仟", "一二二三三四五六六七八九十百千")
_FINANCIAL = re.compile(
    rf"(?!伍佰(?![元圆万亿零拾整]))(?:(?<![队大登着水内])[{_BANK_DIGITS}][拾佰仟万亿零元圆]|拾(?=[万亿元圆{_BANK_DIGITS}]))[{_BANK_DIGITS}拾佰仟万亿零]*"
)

HAN_DIGITS = "零〇○一二两三四五六七八九"
_DIGIT = {"零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2} | {c: n for n, c in enumerate("三四五六七八九", 3)}
_MULTIPLIER = {"十": 10, "百": 100, "千": 1000}

ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
HAN = rf"[{HAN_DIGITS}十百千廿卅]+(?:点[零〇○一二三四五六七八九]+(?![十百千分刻时钟]))?"
_WITH_MULTIPLIER = rf"{ARABIC}(?:[ ]?[百千](?![米克瓦卡伏帕乏]))?(?:[ ](?=[万亿多余]))?"
NUMERAL = (
    rf"(?:{_WITH_MULTIPLIER}|{HAN})(?:(?:万亿|亿|万)"
    rf"(?:[ ]?{ARABIC}[百千]?(?=[万亿])|[1-9]千|\d{{4}}(?![\d.,万亿])|(?![百千][米克瓦卡伏帕乏万]){HAN})?)*"
)
"""One number without 多 or 余, Arabic, Chinese or mixed; what it matches need not be one, `read_numeral` decides."""

_TOKEN = re.compile(rf"{ARABIC}|[{HAN_DIGITS}]点[零〇○一二三四五六七八九]+|.")


def fold(text: str) -> str:
    """The text with full-width digits and traditional number characters in their common form; the length stays."""
    return _FINANCIAL.sub(lambda match: match[0].translate(_FINANCIAL_FOLD), text.translate(_FOLD))


def read_numeral(numeral: str) -> Decimal | None:
    """What a folded numeral counts to; None if it is not one (一三百, 九一八 with a scale after it).

    A bare multiplier counts once: 百万 is 1000000. Digits in a row are read as written: 二〇二三 is 2023.
    """
    numeral = numeral.replace(" ", "").replace("廿", "二十").replace("卅", "三十")
    if not numeral:
        return None
    if all(c in _DIGIT for c in numeral):
        return Decimal("".join(str(_DIGIT[c]) for c in numeral))
    whole, point, decimals = numeral.partition("点")
    if point:
        return _read_with_point(whole, decimals)
    return _read_scaled(numeral)


def _read_with_point(whole: str, rest: str) -> Decimal | None:
    digits = re.match(rf"[{HAN_DIGITS}]+", rest)
    value = read_numeral(whole)
    if digits is None or value is None:
        return None
    value += Decimal("0." + "".join(str(_DIGIT[c]) for c in digits[0]))
    for scale in rest[digits.end() :]:
        if scale not in "万亿":
            return None
        value *= 10**4 if scale == "万" else 10**8
    return value


def _read_scaled(numeral: str) -> Decimal | None:
    # `high` is what 亿 has closed, `middle` what 万 has, `section` what lies below; `digit` waits for its multiplier.
    high = middle = section = Decimal(0)
    digit: Decimal | None = None
    last_scale, after_zero = 0, False
    for token in _TOKEN.findall(numeral):
        if token[0].isdigit() and token.isascii():
            if digit is not None:
                return None
            digit = Decimal(token.replace(",", ""))
        elif token in _DIGIT:
            if digit:
                return None
            digit, after_zero = Decimal(_DIGIT[token]), after_zero or _DIGIT[token] == 0
        elif token in _MULTIPLIER:
            section += (Decimal(1) if digit is None or digit == 0 else digit) * _MULTIPLIER[token]
            digit, last_scale, after_zero = None, _MULTIPLIER[token], False
        elif token == "万":
            below = section + (digit or 0)
            middle = (middle + below if below else middle or Decimal(1)) * 10**4
            section, digit, last_scale, after_zero = Decimal(0), None, 10**4, False
        elif token == "亿":
            below = middle + section + (digit or 0)
            high += (below or 1) * 10**8
            middle, section, digit, last_scale, after_zero = Decimal(0), Decimal(0), None, 10**8, False
        else:
            return None
    if digit is not None and last_scale >= 100 and not after_zero and digit < 10 and numeral[-1] in _DIGIT:
        digit *= last_scale // 10  # 一百二 is 120, 两万三 is 23000
    return high + middle + section + (digit or 0)
