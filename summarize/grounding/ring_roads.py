"""The ring roads of cities: 三环路, 东三环, 二环北路, 北三环中路."""

from __future__ import annotations

_RINGS = {
    "二": ("Second", "2nd"),
    "三": ("Third", "3rd"),
    "四": ("Fourth", "4th"),
    "五": ("Fifth", "5th"),
    "六": ("Sixth", "6th"),
}
_SIDES = {"东": "East", "南": "South", "西": "West", "北": "North"}


def ring_roads() -> dict[str, tuple[str, ...]]:
    """Each ring road, its sides and the parts of a side, with the English that counts as right."""
    roads: dict[str, tuple[str, ...]] = {}
    for ring, (word, number) in _RINGS.items():
        roads[f"{ring}环路"] = (f"{word} Ring Road", f"{number} Ring Road", f"{word} Ring")
        for zh, side in _SIDES.items():
            english = (
                *(f"{side} {word} Ring Road", f"{side} {number} Ring Road", f"{word} Ring Road {side}"),
                *(f"{word} {side} Ring Road", f"{side} {word} Ring", f"{word} Ring {side} Road"),
            )
            roads |= dict.fromkeys((f"{ring}环{zh}路", f"{zh}{ring}环", f"{zh}{ring}环路"), english)
            for zh_part, part in {**_SIDES, "中": "Middle"}.items():
                if part != side:
                    rings = (f"{side} {word} Ring", f"{side} {number} Ring")
                    forms = (*(f"{name} {part} Road" for name in rings), *(f"{name} Road" for name in rings))
                    roads[f"{zh}{ring}环{zh_part}路"] = forms
    return roads
