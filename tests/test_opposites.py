import pytest

from summarize.fidelity import check_translation
from summarize.fidelity.opposites import opposites


@pytest.mark.parametrize(
    ("zh", "en", "word"),
    [
        ("上半年逆差扩大。", "The surplus grew in the first half of the year.", "surplus"),
        ("她的母亲是教师。", "The father is a teacher.", "father"),
        ("她获得女子组银牌。", "She won the gold medal in the women's event.", "gold medal"),
        ("今日最低气温5摄氏度。", "Today's highest temperature is 5 degrees Celsius.", "highest"),
        ("本市出口增长5%。", "The city's imports rose by 5 percent.", "imports"),
        ("男子100米决赛", "The final of the women's 100 meters", "women's"),
        ("車禍致12人送院。", "A crash kills 12 people.", "kills"),
    ],
)
def test_the_opposite_is_found(zh: str, en: str, word: str) -> None:
    [(place, _)] = opposites(zh, en)
    assert en[slice(*place)] == word
    assert any(finding.target == place for finding in check_translation(zh, en, []))


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("上半年顺差扩大，逆差收窄。", "The surplus widened, and the deficit narrowed."),
        ("他的父母是教师。", "His mother and father are teachers."),
        ("进出口总额增长5%。", "Exports and imports rose by 5 percent."),
        ("火灾已致3人遇难。", "The fire has killed three people."),
        ("妻子和丈夫都来了。", "The couple came."),
        ("请走A出口。", "Please take exit A."),
    ],
)
def test_right_english_has_none(zh: str, en: str) -> None:
    assert opposites(zh, en) == []
