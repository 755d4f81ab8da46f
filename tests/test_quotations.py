import pytest

from summarize.fidelity import check_translation
from summarize.fidelity.quotations import lost_speaker


@pytest.mark.parametrize(
    ("zh", "en", "lost"),
    [
        ("院长表示：“现在是时候了。”", "“Now is the time.”", "表示：“"),
        ("他強調，「數據很安全。」", '"The data are safe."', "強調，「"),
        ("他又称：“病例很严重。”", "The case is serious.", "称：“"),
    ],
)
def test_a_lost_speaker_is_found(zh: str, en: str, lost: str) -> None:
    place = lost_speaker(zh, en)
    assert place is not None
    assert zh[slice(*place)] == lost
    assert any(finding.source == place for finding in check_translation(zh, en, []))


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("院长表示：“现在是时候了。”", "“Now is the time,” said the director."),
        ("他说：“来吧。”", "According to him, it was time to come."),
        ("具体来说，“双11”成交额超过100亿。", "Sales of Double 11 exceeded 10 billion."),
        ("俗称“小龙虾”的克氏原螯虾", "The red swamp crayfish"),
    ],
)
def test_right_english_has_its_speaker(zh: str, en: str) -> None:
    assert lost_speaker(zh, en) is None
