import pytest

from summarize.grounding import ground
from summarize.grounding.emperors import find_emperors


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("宋徽宗在位时修建", "宋徽宗", "Emperor Huizong of Song"),
        ("隋炀帝开凿运河", "隋炀帝", "Emperor Yang of Sui"),
        ("汉光武帝的陵墓", "汉光武帝", "Emperor Guangwu of Han"),
        ("乾隆皇帝题写", "乾隆皇帝", "Emperor Qianlong"),
    ],
)
def test_emperors(text: str, zh: str, english: str) -> None:
    [item] = find_emperors(text)
    assert (item.zh, item.renderings[0]) == (zh, english)


@pytest.mark.parametrize("text", ["神圣罗马帝国灭亡", "乾隆年间", "乾隆年间的碑"])
def test_what_is_no_emperor(text: str) -> None:
    assert find_emperors(text) == []


def test_an_emperor_is_not_cut_by_the_word_after_him() -> None:
    [item] = [item for item in ground(["康熙帝南巡时路过这里。"])[0] if item.kind == "person"]
    assert (item.zh, item.renderings[0]) == ("康熙帝", "Emperor Kangxi")
