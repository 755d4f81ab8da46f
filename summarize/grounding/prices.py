"""Prices as people say them: 三块二 is 3.2 yuan, 八毛钱 0.8, 卖18块 18 yuan."""

from __future__ import annotations

import re
from decimal import Decimal

from summarize.grounding.item import Item
from summarize.grounding.numerals import fold, read_numeral

_DIGIT = "[一二两三四五六七八九1-9]"
# Behind a price: the end of a clause, or what one gets for it.
_BEHIND = r"(?=[，。、；！？”’）),;!?:\s]|$|(?:一|[多不就左来]|每)|[斤个只件碗份张瓶袋箱盒的]|毛|钱)"
_PRICE = re.compile(
    rf"(?<![\d.百千万亿零十第])(?P<yuan>\d{{1,4}}|[一二两三四五六七八九十百]{{1,5}})块(?P<jiao>{_DIGIT}|半)(?:毛)?(?:钱)?{_BEHIND}"
    r"|(?<=[卖花付收赚要值挣给交掏省罚])(?P<whole>\d{1,5}|[一二两三四五六七八九十百]{1,5})块(?=[，。！？、；”’,;!?]|$)"
    rf"|(?<![\d.块十第])(?P<only>{_DIGIT})(?:毛钱|角钱|毛(?=一?[斤个只件碗份张]))"
)


def find_prices(text: str) -> list[Item]:
    """The spoken prices of a passage in simplified characters, in order, as items of kind "number"."""
    items = []
    for match in _PRICE.finditer(fold(text)):
        yuan = read_numeral(match["yuan"] or match["whole"] or "零")
        tenths = Decimal(5) if match["jiao"] == "半" else read_numeral(match["jiao"] or match["only"] or "零")
        if yuan is None or tenths is None:
            continue
        value = yuan + tenths / 10
        forms = (f"{value}", f"{value}0") if tenths else (f"{value}",)
        english = [form.format(each) for form in ("{} yuan", "RMB {}", "RMB{}", "¥{}", "{}") for each in forms]
        start, end = match.span()
        items.append(Item("number", start, end, text[start:end], tuple(english), value))
    return items
