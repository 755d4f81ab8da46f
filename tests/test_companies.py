import pytest

from summarize.grounding.names import find_names


def organisations(text: str) -> dict[str, tuple[str, ...]]:
    return {i.zh: i.renderings for i in find_names([text])[0] if i.kind == "organisation"}


@pytest.mark.parametrize(
    ("text", "name", "english"),
    [
        (
            "他在无锡宏泰精密机械有限公司上班。",
            "无锡宏泰精密机械有限公司",
            "Wuxi Hongtai Precision Machinery Co., Ltd.",
        ),
        ("闽宏服饰有限公司扩建厂房。", "闽宏服饰有限公司", "Minhong Apparel Co., Ltd."),
        ("镇里引进河南薯乡食品有限公司。", "河南薯乡食品有限公司", "Henan Shuxiang Food Co., Ltd."),
        ("扬州公交集团的司机很热心。", "扬州公交集团", "Yangzhou Bus Group"),
    ],
)
def test_companies_are_composed(text: str, name: str, english: str) -> None:
    assert organisations(text)[name][0] == english


def test_other_legal_forms_also_count() -> None:
    assert "Minhong Apparel Company Limited" in organisations("闽宏服饰有限公司扩建厂房。")["闽宏服饰有限公司"]


@pytest.mark.parametrize("text", ["他在一家科技有限公司工作。", "记者走进某某有限公司。", "这家集团有很多员工。"])
def test_a_company_without_a_name_is_no_item(text: str) -> None:
    assert organisations(text) == {}


@pytest.mark.parametrize(
    ("text", "brands"),
    [
        ("豆瓣评分很高。", {"豆瓣"}),
        ("他做了一道豆瓣鱼。", set()),
        ("商品在苏宁和大润发销售。", {"苏宁", "大润发"}),
        ("他参观了中国美术展览。", set()),
        ("高德地图显示道路拥堵。", {"高德地图"}),
    ],
)
def test_brands_that_are_everyday_words(text: str, brands: set[str]) -> None:
    assert set(organisations(text)) == brands
