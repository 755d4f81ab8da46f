"""元 in a story of Hong Kong, Macao or Taiwan, whose papers do not say whose: 195億元 is HK$19.5 billion there.

Only where the text is in traditional characters: papers of the mainland mean yuan wherever the story is from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarize.grounding.item import Item
from summarize.grounding.units import UNIT_OF
from summarize.traditional import is_traditional

_NEAR = 2  # passages on either side that tell where a story is from
_PLACES = {
    "Hong Kong dollars": (
        "香港|本港|港[元幣鐵島府]|九龍|新界|屯門|荃灣|觀塘|沙田|元朗|大埔|深水埗|油尖旺|將軍澳|廉政公署|立法會|民建聯|工聯會|醫管局|民政事務|康文署"
        "|食環署|房委會|區議"
    ),
    "patacas": "澳門|氹仔|路氹|路環",
    "New Taiwan dollars": (
        "[臺台](?:灣|北|中|南|東|幣)|新北|桃園|高雄|基隆|新竹|苗栗|彰化|南投|雲林|嘉義|屏東|宜蘭|花蓮|澎湖|金門|馬祖"
        "|行政院|立法院|立委|縣府|縣政府|鄉公所|鎮公所|區公所|里長|新[臺台]幣"
    ),
}
_SIGNS = {currency: re.compile(places) for currency, places in _PLACES.items()}
_WHOSE = re.compile("人民[币幣]")


def with_local_currency(passages: Sequence[str], grounded: Sequence[Sequence[Item]]) -> list[list[Item]]:
    """The items of the passages of an article, amounts in 元 in the money of the place that the story is from."""
    if not any(_is_yuan(item) for items in grounded for item in items) or not is_traditional("\n".join(passages)):
        return [list(items) for items in grounded]
    local = []
    for index, items in enumerate(grounded):
        currency = _currency(passages[max(0, index - _NEAR) : index + _NEAR + 1], passages[index])
        local.append([_in_currency(item, currency) if currency else item for item in items])
    return local


def _currency(near: Sequence[str], passage: str) -> str:
    """The currency of the place that a passage names most often, or, if it names none, those around it."""
    for text in (passage, "\n".join(near)):
        counts = {currency: len(sign.findall(text)) for currency, sign in _SIGNS.items()}
        best = max(counts, key=lambda currency: counts[currency])
        if counts[best]:
            return best
    return ""


def _is_yuan(item: Item) -> bool:
    return item.kind == "number" and any("yuan" in form for form in item.renderings) and not _WHOSE.search(item.zh)


def _in_currency(item: Item, currency: str) -> Item:
    if not _is_yuan(item):
        return item
    english = tuple(form.replace("yuan", currency) for form in item.renderings if "RMB" not in form and "¥" not in form)
    quantity = item.quantity
    if quantity is not None and quantity.unit is UNIT_OF["元"]:
        quantity = replace(quantity, unit=None)  # "$19.5 billion" is as right there
    return replace(item, renderings=english, quantity=quantity)
