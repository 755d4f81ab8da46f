"""Prices as people say them: 三块二 is 3.2 yuan, 八毛钱 0.8."""

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
    rf"|(?<![\d.块十第])(?P<only>{_DIGIT})(?:毛钱|角钱|毛(?=一?[斤个只件碗份张]))"
)


def find_prices(text: str) -> list[Item]:
    """The spoken prices of a passage in simplified characters, in order, as items of kind "number"."""
    items = []
    for match in _PRICE.finditer(fold(text)):
        yuan = read_numeral(match["yuan"]) if match["yuan"] else Decimal(0)
        tenths = Decimal(5) if match["jiao"] == "半" else read_numeral(match["jiao"] or match["only"])
        if yuan is None or tenths is None:
            continue
        value = yuan + tenths / 10
        english = (f"{value} yuan", f"{value}0 yuan", f"RMB {value}", f"RMB{value}", f"¥{value}", f"{value}0")
        start, end = match.span()
        items.append(Item("number", start, end, text[start:end], english, value))
    return items
