import pytest

from summarize.fidelity import check_translation
from summarize.fidelity.arrival import arrivals
from summarize.fidelity.differences import other_differences
from summarize.grounding import ground


@pytest.mark.parametrize(
    ("zh", "en", "found"),
    [
        ("共查处1326起，较去年减少213起。", "There were 1,326 cases, 213 more than last year.", ["more"]),
        ("面积42万亩，比去年增加1.8万亩。", "It covers 420,000 mu, 18,000 mu less than last year.", ["less"]),
        ("她每月要多花10元。", "She has to pay 10 yuan less a month.", ["less"]),
        ("護士增加了6名。", "There are six fewer nurses.", ["fewer"]),
        ("人口比重庆市少1100多万。", "It has more than 11 million more people than Chongqing.", ["more"]),
        ("共查处1326起，较去年减少213起。", "There were 1,326 cases, 213 fewer than last year.", []),
        ("她每月要多花10元。", "She has to pay 10 yuan more a month.", []),
        ("至少30人受伤。", "At least 30 more people were hurt.", []),
        ("增加了30人，总数更少。", "It took on 30 people, fewer than planned.", []),
    ],
)
def test_more_and_less(zh: str, en: str, found: list[str]) -> None:
    items = ground([zh])[0]
    places = [place for _, place, _ in other_differences(zh, en, arrivals(items, en)[0])]
    assert [en[slice(*place)] for place in places] == found
    assert all(any(finding.target == place for finding in check_translation(zh, en, items)) for place in places)
