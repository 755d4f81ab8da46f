import pytest

from summarize.grounding import ground


@pytest.mark.parametrize(
    ("passages", "zh", "english"),
    [
        (["深圳市中级人民法院审理此案。", "该院认为，合同有效。"], "该院", "the court"),
        (["检察院提起公诉，该院检察官说。"], "该院", "the procuratorate"),
        (["法院判决。", "市人民医院扩建。", "该院引进设备。"], "该院", "the hospital"),
        (["职业学院招生，该院学生增加。"], "该院", None),
        (["他回到该院校任教。", "法院判决。"], "该院", None),
        (["古城街道开展活动。", "街道还为老人送去礼物。"], "街道", "the subdistrict"),
        (["古城街道开展活动。", "街道两边种了树。"], "街道", None),
        (["街道组织大家扫雪。"], "街道", None),
    ],
)
def test_bodies_that_the_story_has_named(passages: list[str], zh: str, english: str | None) -> None:
    found = {item.zh: item.renderings[0] for items in ground(passages) for item in items if item.renderings}
    assert found.get(zh) == english
