"""Emperors by their temple names, posthumous names and reigns: 宋徽宗 is Emperor Huizong of Song."""

from __future__ import annotations

import re

from summarize.grounding.item import Item
from summarize.grounding.pinyin import join, syllables
from summarize.grounding.reigns import MING_AND_QING

_DYNASTIES = {
    "东汉": "Eastern Han", "西汉": "Western Han", "北魏": "Northern Wei", "北周": "Northern Zhou",
    "北齐": "Northern Qi", "南唐": "Southern Tang", "南宋": "Southern Song", "北宋": "Northern Song",
    "后周": "Later Zhou", "汉": "Han", "唐": "Tang", "宋": "Song", "元": "Yuan", "明": "Ming", "清": "Qing",
    "隋": "Sui", "晋": "Jin", "梁": "Liang", "陈": "Chen", "齐": "Qi", "魏": "Wei", "辽": "Liao", "金": "Jin",
}  # fmt: skip
_TEMPLE_NAMES = (
    "高祖 太祖 成祖 世祖 圣祖 太宗 高宗 中宗 睿宗 玄宗 肃宗 代宗 德宗 顺宗 宪宗 穆宗 敬宗 文宗 武宗 宣宗 "
    "懿宗 僖宗 昭宗 真宗 仁宗 英宗 神宗 哲宗 徽宗 钦宗 孝宗 光宗 宁宗 理宗 度宗 世宗 圣宗 兴宗 道宗 章宗"
)
_POSTHUMOUS_NAMES = "光武 孝文 建文 文 景 武 昭 宣 元 成 哀 平 明 章 和 安 献 炀 恭"
_EMPEROR = re.compile(
    rf"(?P<dynasty>{'|'.join(_DYNASTIES)})(?:(?P<temple>{'|'.join(_TEMPLE_NAMES.split())})"
    rf"|(?P<posthumous>{'|'.join(_POSTHUMOUS_NAMES.split())})帝)"
    rf"|(?P<reign>{'|'.join(MING_AND_QING)})(?:皇帝|帝(?!国))"
)


def find_emperors(text: str) -> list[Item]:
    """The emperors of a passage in simplified characters, of kind "person", in order."""
    return [Item("person", *match.span(), match[0], _english(match)) for match in _EMPEROR.finditer(text)]


def _english(match: re.Match[str]) -> tuple[str, ...]:
    if match["reign"]:
        name = MING_AND_QING[match["reign"]][0]
        return (f"Emperor {name}", f"the {name} Emperor", name)
    dynasty = _DYNASTIES[match["dynasty"]]
    name = join(syllables(match["temple"] or match["posthumous"]))
    forms = [f"Emperor {name} of {dynasty}", f"Emperor {name} of the {dynasty} Dynasty", f"Emperor {name}"]
    if match["temple"]:
        forms += [f"{dynasty} {name}", f"{dynasty} Emperor {name}"]
    else:
        forms += [f"{dynasty} Emperor {name}", f"{dynasty} {name}di"]
    return tuple(forms)
