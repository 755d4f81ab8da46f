import pytest

from summarize.fidelity import check_translation
from summarize.fidelity.arrival import arrivals
from summarize.fidelity.households import miscounted
from summarize.grounding import ground


@pytest.mark.parametrize(
    ("zh", "en", "found"),
    [
        ("全镇共有低保户217户。", "The town has 217 people on subsistence allowances.", ["217 people"]),
        ("共有136戶受益。", "It benefits 136 residents.", ["136 residents"]),
        ("全村有1200多人。", "The village has more than 1,200 households.", ["1,200 households"]),
        ("全镇共有低保户217户。", "The town has 217 households on subsistence allowances.", []),
        ("全镇共有低保户217户。", "217 families in the town are on subsistence allowances.", []),
        ("全村85户，217人。", "The village has 85 households and 217 people.", []),
        ("共有户籍人口1200人。", "It has 1,200 registered people.", []),
    ],
)
def test_households_and_people(zh: str, en: str, found: list[str]) -> None:
    items = ground([zh])[0]
    places = [place for _, place in miscounted(zh, en, arrivals(items, en)[0])]
    assert [en[slice(*place)] for place in places] == found
    assert all(any(finding.target == place for finding in check_translation(zh, en, items)) for place in places)
