import pytest

from summarize.fidelity import check_translation
from summarize.grounding import ground

ZH = "宝应县有300户居民参加，高邮市有500户居民参加。"


def kinds(zh: str, en: str) -> list[tuple[str, str]]:
    found = check_translation(zh, en, ground([zh])[0])
    return [(finding.kind, finding.detail) for finding in found if "changed places" in finding.detail]


@pytest.mark.parametrize(
    "english",
    [
        "Some 500 households took part in Baoying County and 300 in Gaoyou City.",
        "In Baoying County 500 households took part, in Gaoyou City 300.",
    ],
)
def test_numbers_at_each_others_names_are_found(english: str) -> None:
    assert kinds(ZH, english) == [("altered", "300户居民 and 500户居民 changed places in the English.")]


def test_numbers_that_count_each_others_things_are_found() -> None:
    zh = "海啸袭击了14个国家，造成226000人死亡。"
    assert kinds(zh, "The tsunami struck 226,000 countries and killed 14 people.")
    assert not kinds(zh, "The tsunami struck 14 countries and killed 226,000 people.")
    assert not kinds(zh, "The tsunami killed 226,000 people in 14 countries.")
    zh = "16700人被疏散到24个避难中心。"
    assert kinds(zh, "Some 24 people were taken to 16,700 evacuation centers.")
    assert not kinds(zh, "Some 16,700 people were taken to 24 evacuation centers.")


def test_names_in_latin_letters_count_too() -> None:
    zh = "CBS有310万观众，NBC有294万观众。"
    assert kinds(zh, "CBS had 2.94 million viewers and NBC 3.1 million.")
    assert not kinds(zh, "CBS had 3.1 million viewers and NBC 2.94 million.")


@pytest.mark.parametrize(
    "english",
    [
        "In Baoying County 300 households took part, in Gaoyou City 500.",
        "Some 300 households took part in Baoying County and 500 in Gaoyou City.",
        "Some 500 households took part in Gaoyou City and 300 in Baoying County.",
        "In Gaoyou City 500 households took part, in Baoying County 300.",
    ],
)
def test_numbers_at_their_names_are_right_in_any_order(english: str) -> None:
    assert kinds(ZH, english) == []


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("2022年增长5%，比2021年多2%。", "In 2022, 2% more than in 2021, it grew 5%."),
        ("宝应县有300户，其中泾河镇有50户。", "In Baoying County, 50 households in Jinghe Town are among 300."),
        ("宝应县有300户，高邮市有500人。", "In Baoying County, 500 people in Gaoyou City met 300 households."),
    ],
)
def test_what_may_be_in_another_order_is_let_be(zh: str, en: str) -> None:
    assert kinds(zh, en) == []
