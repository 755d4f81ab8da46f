"""Years of emperors' reigns: 光绪二十三年 is the 23rd year of the Guangxu reign (1897)."""

from __future__ import annotations

import re

from summarize.grounding.english_numbers import ordinal
from summarize.grounding.item import Item
from summarize.grounding.numerals import fold, read_numeral

_FIRST_YEARS = {  # of the Ming and Qing reigns that buildings, trees and books are dated by
    "洪武": ("Hongwu", 1368), "永乐": ("Yongle", 1403), "宣德": ("Xuande", 1426), "正统": ("Zhengtong", 1436),
    "景泰": ("Jingtai", 1450), "天顺": ("Tianshun", 1457), "成化": ("Chenghua", 1465), "弘治": ("Hongzhi", 1488),
    "正德": ("Zhengde", 1506), "嘉靖": ("Jiajing", 1522), "隆庆": ("Longqing", 1567), "万历": ("Wanli", 1573),
    "天启": ("Tianqi", 1621), "崇祯": ("Chongzhen", 1628), "顺治": ("Shunzhi", 1644), "康熙": ("Kangxi", 1662),
    "雍正": ("Yongzheng", 1723), "乾隆": ("Qianlong", 1736), "嘉庆": ("Jiaqing", 1796), "道光": ("Daoguang", 1821),
    "咸丰": ("Xianfeng", 1851), "同治": ("Tongzhi", 1862), "光绪": ("Guangxu", 1875), "宣统": ("Xuantong", 1909),
}  # fmt: skip
_YEAR = re.compile(
    rf"(?P<reign>{'|'.join(_FIRST_YEARS)})(?P<year>元|\d{{1,2}}|[一二三四五六七八九十]{{1,3}})年(?![间代])"
    r"(?P<said>[（(](?:公元)?(?P<common>1[3-9]\d\d)年?[）)])?"
)


def find_reign_years(text: str) -> list[Item]:
    """The years of reigns in simplified characters, in order; a year in brackets that follows is part of the item."""
    items = []
    for match in _YEAR.finditer(fold(text)):
        name, first = _FIRST_YEARS[match["reign"]]
        number = 1 if match["year"] == "元" else int(read_numeral(match["year"]) or 0)
        if not 1 <= number <= 61:
            continue
        year = match["common"] or str(first + number - 1)
        nth = f"{ordinal(number)} year" if number > 1 else "first year"
        forms = [f"the {nth} of the {name} reign ({year})", year, f"{nth} of the {name}", f"{nth} of {name}"]
        forms += [f"{name} {number}", f"{nth} of Emperor {name}"]
        items.append(Item("date", *match.span(), text[slice(*match.span())], tuple(forms)))
    return items
