import pytest

from summarize.grounding import ground


@pytest.mark.parametrize(
    ("passages", "english"),
    [
        (["杭州市西湖区民政局介绍。", "全区共有养老机构30家。"], "the whole district"),
        (["今年鼓楼区新建三所学校，全区学位增加。"], "the whole district"),
        (["苏州高新区招商。", "全区企业满负荷生产。"], "the whole zone"),
        (["广西今年粮食丰收。", "全区粮食播种面积增加。"], "the whole region"),
        (["南宁市民政局介绍，全区共有养老机构30家。"], "the whole region"),
        (["呼和浩特市新城区招商。", "全区经济增长。"], None),
        (["全区经济增长。"], None),
        (["西湖区健全区级机制，推进全区域旅游。"], None),
    ],
)
def test_the_whole_of_what_the_story_is_about(passages: list[str], english: str | None) -> None:
    found = {item.zh: item.renderings[0] for item in ground(passages)[-1] if item.renderings}
    assert found.get("全区") == english
