"""Years of emperors' reigns: 光绪二十三年 is the 23rd year of the Guangxu reign (1897)."""

from __future__ import annotations

import re

from summarize.grounding.english_numbers import ordinal
from summarize.grounding.item import Item
from summarize.grounding.numerals import fold, read_numeral

MING_AND_QING = {  # of the Ming and Qing reigns that buildings, trees and books are dated by
    "洪武": ("Hongwu", 1368), "永乐": ("Yongle", 1403), "宣德": ("Xuande", 1426), "正统": ("Zhengtong", 1436),
    "景泰": ("Jingtai", 1450), "天顺": ("Tianshun", 1457), "成化": ("Chenghua", 1465), "弘治": ("Hongzhi", 1488),
    "正德": ("Zhengde", 1506), "嘉靖": ("Jiajing", 1522), "隆庆": ("Longqing", 1567), "万历": ("Wanli", 1573),
    "天启": ("Tianqi", 1621), "崇祯": ("Chongzhen", 1628), "顺治": ("Shunzhi", 1644), "康熙": ("Kangxi", 1662),
    "雍正": ("Yongzheng", 1723), "乾隆": ("Qianlong", 1736), "嘉庆": ("Jiaqing", 1796), "道光": ("Daoguang", 1821),
    "咸丰": ("Xianfeng", 1851), "同治": ("Tongzhi", 1862), "光绪": ("Guangxu", 1875), "宣统": ("Xuantong", 1909),
}  # fmt: skip
_OLDER = {  # of the Tang, Song and Yuan reigns; some are places too, so the dynasty must stand before them
    "武德": ("Wude", 618), "贞观": ("Zhenguan", 627), "永徽": ("Yonghui", 650), "开元": ("Kaiyuan", 713),
    "天宝": ("Tianbao", 742), "大历": ("Dali", 766), "贞元": ("Zhenyuan", 785), "元和": ("Yuanhe", 806),
    "会昌": ("Huichang", 841), "大中": ("Dazhong", 847), "咸通": ("Xiantong", 860),
    "太平兴国": ("Taiping Xingguo", 976), "咸平": ("Xianping", 998), "景德": ("Jingde", 1004),
    "大中祥符": ("Dazhong Xiangfu", 1008),
    "天圣": ("Tiansheng", 1023), "庆历": ("Qingli", 1041), "皇祐": ("Huangyou", 1049), "嘉祐": ("Jiayou", 1056),
    "治平": ("Zhiping", 1064), "熙宁": ("Xining", 1068), "元丰": ("Yuanfeng", 1078), "元祐": ("Yuanyou", 1086),
    "绍圣": ("Shaosheng", 1094), "崇宁": ("Chongning", 1102), "大观": ("Daguan", 1107), "政和": ("Zhenghe", 1111),
    "宣和": ("Xuanhe", 1119), "靖康": ("Jingkang", 1126), "建炎": ("Jianyan", 1127), "绍兴": ("Shaoxing", 1131),
    "隆兴": ("Longxing", 1163), "乾道": ("Qiandao", 1165), "淳熙": ("Chunxi", 1174), "绍熙": ("Shaoxi", 1190),
    "庆元": ("Qingyuan", 1195), "嘉定": ("Jiading", 1208), "宝庆": ("Baoqing", 1225), "淳祐": ("Chunyou", 1241),
    "咸淳": ("Xianchun", 1265), "大德": ("Dade", 1297), "延祐": ("Yanyou", 1314), "至正": ("Zhizheng", 1341),
}  # fmt: skip
_REIGNS = MING_AND_QING | _OLDER
_NUMBER = r"元|\d{1,2}|[一二三四五六七八九十]{1,3}"
_COMMON = r"[6-9]\d\d|1[0-9]\d\d"
_IN_BRACKETS = r"[（(](?:公元)?{}年?[）)]"
_YEAR = re.compile(
    rf"(?P<reign>{'|'.join(MING_AND_QING)}|(?:(?<=[唐宋元宗帝祖])|(?<=[唐宋元][代朝]))(?:{'|'.join(_OLDER)})"
    rf"|(?:{'|'.join(_OLDER)})(?=(?:{_NUMBER})年{_IN_BRACKETS.format(f'(?:{_COMMON})')}))"
    rf"(?P<year>{_NUMBER})年(?![间代])(?:{_IN_BRACKETS.format(f'(?P<common>{_COMMON})')})?"
)


def find_reign_years(text: str) -> list[Item]:
    """The years of reigns in simplified characters, in order; a year in brackets that follows is part of the item."""
    items = []
    for match in _YEAR.finditer(fold(text)):
        name, first = _REIGNS[match["reign"]]
        number = 1 if match["year"] == "元" else int(read_numeral(match["year"]) or 0)
        if not 1 <= number <= 61:
            continue
        year = match["common"] or str(first + number - 1)
        nth = f"{ordinal(number)} year" if number > 1 else "first year"
        forms = [f"the {nth} of the {name} reign ({year})", year, f"{nth} of the {name}", f"{nth} of {name}"]
        forms += [f"{name} {number}", f"{nth} of Emperor {name}"]
        items.append(Item("date", *match.span(), text[slice(*match.span())], tuple(forms)))
    return items
