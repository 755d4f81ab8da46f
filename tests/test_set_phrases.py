import pytest

from summarize.grounding import ground


@pytest.mark.parametrize(
    "text",
    [
        "产业旺起来，村民富起来。",
        "果农乐开怀，观众乐翻天。",
        "农机手龙口夺粮。",
        "干部从文山会海中解脱出来，部门之间文来文往。",
        "他东躲西藏，名落孙山。",
        "过去是“九龙治水”，人心齐，泰山移。",
        "祖祖辈辈住在山里，老李随叫随到，给老人解解闷。",
        "他连拖带拽把人救上岸，志愿者雷厉风行。",
        "资本割韭菜，孩子打酱油。",
        "这里十年九旱，各打五十大板，一个萝卜一个坑。",
        "锻炼不能三天打鱼，两天晒网，货比三家不吃亏。",
        "第一个吃螃蟹的人赚到第一桶金，两条腿走路。",
        "石子路、石板路、盘山路都通了，连心桥架起来，走上康庄大道。",
        "十里八乡、四里八乡的人，三番五次上门，五花八门。",
    ],
)
def test_pieces_of_set_phrases_are_nothing(text: str) -> None:
    items = ground([text])[0]
    assert [item for item in items if item.kind in ("person", "place", "number", "organisation")] == []
    assert not {"韭菜", "酱油", "萝卜"} & {item.zh for item in items}


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("龙口市渔民出海。", "龙口市", "Longkou"),
        ("从西藏到北京。", "西藏", "Xizang"),
        ("三天后又下雨。", "三天", "three days"),
        ("种植户卖韭菜。", "韭菜", "Chinese chives"),
        ("企业靠惠企政策扩产。", "惠企政策", "business-friendly policies"),
        ("永城镇石板村丰收。", "永城镇石板村", "Shiban Village, Yongcheng Town"),
        ("高利贷利滚利。", "利滚利", "compound interest"),
    ],
)
def test_what_is_said_elsewhere_and_terms_that_hold_them_stay(text: str, zh: str, english: str) -> None:
    assert {item.zh: item.renderings[0] for item in ground([text])[0]}[zh] == english
