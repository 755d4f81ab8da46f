"""Departments by their short names in lists that say what they are: 公安、教育、卫健等部门, 人社和住建两部门."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarize.grounding.glossary import Glossary
from summarize.grounding.item import Item

# What is short for more than its characters say, or another word elsewhere.
_SHORT = (
    *("卫健", "卫生健康", "人社", "住建", "市监", "资规", "自规", "发改", "教体", "工信", "经信", "交运", "城管"),
    *("应急", "民宗", "医保", "网信", "林草", "农业农村"),
)
_NAMES = "|".join(_SHORT)
_LIST = re.compile(
    "(?P<names>[\u4e00-\u9fff]{2,12}(?:、[\u4e00-\u9fff]{2,8})*?(?:[、和与及]|以及)[\u4e00-\u9fff]{2,8}?)"
    "(?:等(?:[多各]个?|相关|有关|职能|主管|行业|[一二三四五六七八九十\\d]+个?)*|[两三四五六七八九十\\d]+个?|多)?(?:部门|单位)"
)
_NAME = re.compile(f"(?P<name>{_NAMES})(?=[、和与及]|以及|$)")
_KIND = re.compile(" (?:authorit(?:y|ies)|departments?)$")


def find_departments(text: str, glossary: Glossary) -> Iterator[Item]:
    """What such departments are responsible for: health, for the 卫健 of such a list.

    Args:
        text: a passage in simplified characters.
        glossary: the terms, which have the departments by their whole names: 卫健部门.
    """
    for listed in _LIST.finditer(text):
        if "部门" in listed["names"]:
            continue  # 人社部门和卫健部门
        for match in _NAME.finditer(text, *listed.span("names")):
            english = (_KIND.sub("", form) for form in glossary.entries.get(f"{match['name']}部门", ()))
            if renderings := tuple(dict.fromkeys(english)):
                yield Item("term", *match.span(), match["name"], renderings)
