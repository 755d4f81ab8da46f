"""Typhoons by their names."""

from __future__ import annotations

from summarize.grounding import ground
from summarize.grounding.typhoons import find_typhoons


def test_a_typhoon_is_known_after_its_class_and_then_in_quotation_marks() -> None:
    assert find_typhoons(["台风“潭美（Trami）”8日登陆。"]) == [[]]  # half a quotation would be left
    passages = ["台风“银杏”8日登陆。", "“银杏”造成损失，两棵银杏树倒了。", "強颱風「山竹」過境，山竹漲價。"]
    found = [[(item.zh, item.renderings[0]) for item in items] for items in find_typhoons(passages)]
    assert found == [
        [("台风“银杏”", "Typhoon Yinxing")],
        [("“银杏”", "Yinxing")],
        [("強颱風「山竹」", "Severe Typhoon Mangkhut")],
    ]


def test_everyday_words_elsewhere_are_no_typhoons() -> None:
    assert find_typhoons(["“银杏”是这条街的名片。", "台风过后，“海燕”小队出发了。"]) == [[], []]
    assert "Yinxing" not in str(ground(["“银杏”是这条街的名片。"]))
