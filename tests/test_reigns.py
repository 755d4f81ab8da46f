import pytest

from summarize.grounding import ground
from summarize.grounding.arrival import find_quantity
from summarize.grounding.reigns import find_reign_years


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("老宅建于清光绪二十三年，", "光绪二十三年", "the 23rd year of the Guangxu reign (1897)"),
        ("始建于南宋绍兴十二年。", "绍兴十二年", "the 12th year of the Shaoxing reign (1142)"),
        ("元至正八年修建。", "至正八年", "the 8th year of the Zhizheng reign (1348)"),
        ("唐代开元二十年（732年）", "开元二十年（732年）", "the 20th year of the Kaiyuan reign (732)"),
        ("乾隆元年重修。", "乾隆元年", "the first year of the Qianlong reign (1736)"),
        ("明万历三十五年（1607年）建", "万历三十五年（1607年）", "the 35th year of the Wanli reign (1607)"),
        ("建于绍兴十二年（1142年）", "绍兴十二年（1142年）", "the 12th year of the Shaoxing reign (1142)"),
    ],
)
def test_years_of_reigns(text: str, zh: str, english: str) -> None:
    [item] = find_reign_years(text)
    assert (item.zh, item.renderings[0]) == (zh, english)
    assert item in ground([text])[0]


def test_the_common_year_is_enough() -> None:
    [item] = find_reign_years("建于清光绪二十三年。")
    assert find_quantity(item, "It was built in 1897.")
    assert find_quantity(item, "It was built in the 23rd year of the Guangxu reign.")
    assert find_quantity(item, "It was built in 1879.") is None


@pytest.mark.parametrize("text", ["康熙年间", "绍兴十二年来", "乾隆皇帝", "同治理水患一年"])
def test_other_words(text: str) -> None:
    assert find_reign_years(text) == []
