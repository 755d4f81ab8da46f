from itertools import pairwise

import pytest

from summarize import check
from summarize.grounding import ground
from summarize.grounding.glossary import Glossary, load_glossary
from summarize.grounding.item import Item
from summarize.grounding.terms import find_terms


def found(text: str, glossary: Glossary | None = None) -> list[str]:
    return [item.zh for item in find_terms(text, glossary or load_glossary())]


def test_terms_have_places_and_renderings() -> None:
    items = find_terms("辅警在派出所。", load_glossary())
    assert items[1] == Item("term", 3, 6, "派出所", items[1].renderings)
    assert items[1].renderings[0] == "police station"


def test_longer_terms_win() -> None:
    assert found("报警器响后他报警求助") == ["报警器", "报警求助"]
    assert found("推进党建引领，加强社区民警力量") == ["党建引领", "社区民警"]


@pytest.mark.parametrize(
    "text",
    [
        "互联网格局",
        "副大使陈长水表示欢迎",
        "中国共产党建立了",
        "上海警方通报",
        "其中药品占一半",
        "居民警告孩子",
        "佛山市南海区",
        "中国企业走出去",
    ],
)
def test_characters_of_other_words_are_no_term(text: str) -> None:
    assert not {"网格", "党建", "海警", "中药", "民警", "南海", "国企"} & set(found(text))


def test_traditional_text_matches_and_keeps_its_characters() -> None:
    items = find_terms("推進黨建，設立網格", load_glossary())
    assert [(item.zh, item.start) for item in items] == [("黨建", 2), ("網格", 7)]
    assert items[0].renderings == load_glossary().entries["党建"]


def test_traditional_glossary_matches_simplified_text() -> None:
    assert found("警企服务站", Glossary({"服務站": ("desk",)}, frozenset({"服务站"}))) == ["服务站"]


def test_slogans_only_where_the_glossary_has_them() -> None:
    text = "“小事不出企业、大事不出园区”"
    assert found(text) == []
    slogan = Glossary({"小事不出企业、大事不出园区": ("Small matters stay in the company",)})
    assert found(text, slogan) == ["小事不出企业、大事不出园区"]
    assert [item.kind for item in find_terms(text, slogan)] == ["slogan"]
    assert [item.kind for item in find_terms(text.strip("“”"), slogan)] == ["term"]


def test_user_can_silence_a_term() -> None:
    assert "派出所" not in found("他在派出所", load_glossary({"派出所": ""}))


def test_items_are_in_order_and_do_not_overlap() -> None:
    items = find_terms("习近平新时代中国特色社会主义思想和乡村振兴、十四五规划、一带一路", load_glossary())
    assert all(first.end <= second.start for first, second in pairwise(items))
    assert len(items) == 4


def test_people_born_in_a_decade() -> None:
    items = find_terms("90后民警、85后司机和00后辅警，20后天再来", load_glossary())
    found = {item.zh: item.renderings for item in items if item.zh.endswith("后")}
    assert found == {
        "90后": ("post-90s", "born in the 1990s", "post-1990s", "born after 1990", "1990s generation"),
        "85后": ("post-85s", "born in the late 1980s", "post-1985s", "born after 1985", "born since 1985"),
        "00后": ("post-00s", "born in the 2000s", "post-2000s", "born after 2000", "2000s generation"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "中国网友点赞。",
        "文联组织部分代表座谈。",
        "国际助残联盟成立。",
        "国防部长出席。",
        "第一个中国航天员。",
        "余村党支部书记算账。",
    ],
)
def test_terms_are_not_read_across_words(text: str) -> None:
    assert not {"国网", "组织部", "残联", "国防部", "一个中国"} & set(found(text))


@pytest.mark.parametrize("text", ["有部门禁止通行", "儿童节目", "环卫工作有序。", "预警情况", "山东门店", "外卖员工"])
def test_a_short_term_cuts_no_word(text: str) -> None:
    assert all(item.kind != "term" for item in ground([text])[0])


def test_a_term_of_the_user_holds_wherever_it_stands() -> None:
    glossary = load_glossary([{"童节": "Tongjie"}])
    assert [item.renderings for item in ground(["儿童节目"], glossary)[0]] == [("Tongjie",)]


def test_after_a_term_that_cuts_a_word_others_are_found() -> None:
    assert [(item.zh, item.kind) for item in ground(["民主党参议员投票。"])[0]][-1] == ("参议员", "term")


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("6月价格环比下降。", "month on month"),
        ("二季度环比增长。", "quarter on quarter"),
        ("一季度持平，3月环比下降。", "month on month"),
        ("四分卫受伤。", "quarterback"),
        ("全国青少年田径锦标赛在成都举行。", "youth"),
        ("市青少年活动中心开放。", "youth"),
        ("青少年在参加比赛。", "teenager"),
        ("九章四号问世。", "Jiuzhang 4.0"),
    ],
)
def test_the_english_of_a_term(text: str, english: str) -> None:
    assert english in [item.renderings[0] for item in find_terms(text, load_glossary())]


def test_grades_are_told_apart() -> None:
    assert check("他获得一等奖。", "He won first prize.").findings == ()
    assert [f.kind for f in check("他获得一等奖。", "He won second prize.").findings] == ["missing"]
    water = "水质由劣Ⅴ类提升到Ⅲ类。"
    assert check(water, "The water quality rose from below Class V to Class III.").findings == ()
    assert [f.kind for f in check(water, "The water quality rose from below Class V to Class II.").findings] == [
        "missing"
    ]
    assert found("启动防汛四级应急响应") == ["防汛", "四级应急响应"]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("河水污染后鱼少了", []),
        ("开展水污染治理", ["水污染"]),
        ("观众现场会提出问题", []),
        ("召开现场会", ["现场会"]),
        ("中国共产党人的初心", ["中国共产党人"]),
        ("缅元首访华", []),
        ("三月街道组织参观", []),
        ("兰特兑美元走强", ["兰特"]),
        ("兰特说，", []),
        ("拿下三双。", ["三双"]),
        ("送来三双鞋", []),
    ],
)
def test_a_term_is_none_within_other_words(text: str, terms: list[str]) -> None:
    assert [item.zh for item in ground([text])[0] if item.kind == "term" and item.zh != "初心"] == terms


def test_days_and_seasons_of_the_calendar() -> None:
    (items,) = ground(["谷雨时节和夏至当天，11月9日是全国消防日，今年“双11”销售额1亿元。"])
    english = {item.zh: item.renderings[0] for item in items if item.kind in ("term", "person")}
    assert english == {
        "谷雨": "Grain Rain",
        "夏至": "Summer Solstice",
        "全国消防日": "National Fire Safety Day",
        "双11": "Double 11",
    }
    assert all(item.kind != "term" for item in ground(["小暑假期，霜降温，小年轻，细节气人"])[0])


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("费城老鹰队获胜。", []),
        ("亚特兰大勇士队获胜。", []),
        ("休斯敦火箭队获胜。", ["Houston Rockets"]),
        ("纽约流浪者队获胜。", ["Rangers"]),
        ("老鹰队获胜。", ["Atlanta Hawks"]),
        ("金奈超级国王队获胜。", []),
        ("加州国民警卫队到达。", ["National Guard"]),
    ],
)
def test_a_short_name_of_a_team_holds_only_at_its_own_city(text: str, english: list[str]) -> None:
    assert [item.renderings[0] for item in ground([text])[0] if item.kind == "term"] == english


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("德昂民族解放军宣布停火。", "德昂民族解放军", "the Ta'ang National Liberation Army"),
        ("科索沃解放军前领导人受审。", "科索沃解放军", "the Kosovo Liberation Army"),
        ("马里科帕县法院裁定。", "马里科帕县", "Maricopa County"),
        ("吉兰丹州苏丹出席。", "吉兰丹州苏丹", "Sultan of Kelantan"),
        ("美军“杜鲁门”号航母抵达。", "“杜鲁门”号", "USS Harry S. Truman"),
        ("登巴萨机场关闭。", "登巴萨", "Denpasar"),
        ("欧洲刑警组织说。", "欧洲刑警组织", "Europol"),
        ("危地马拉城发生地震。", "危地马拉城", "Guatemala City"),
        ("加州奥克兰的居民说。", "加州奥克兰", "Oakland, California"),
        ("美式橄榄球联盟成立。", "美式橄榄球", "American football"),
        ("迈阿密-戴德县的居民说。", "迈阿密-戴德县", "Miami-Dade County"),
    ],
)
def test_names_that_hold_others_are_whole(text: str, zh: str, english: str) -> None:
    assert {item.zh: item.renderings[0] for item in ground([text])[0] if item.renderings}[zh] == english


@pytest.mark.parametrize(
    "text",
    [
        "代表声明代行职权。",
        "中卫安东尼奥·吕迪格受伤。",
        "印度人队获胜。",
        "美洲豹队获胜。",
        "曼尼普尔民族解放军袭击。",
        "荔枝小年减产。",
        "年货运量创新高，全年货物贸易额增长。",
        "对外开放的“朋友圈”不断扩大，国际朋友圈",
    ],
)
def test_everyday_words_and_pieces_of_names_are_none(text: str) -> None:
    found = {item.zh for item in ground([text])[0]}
    assert not {"明代", "中卫", "印度", "美洲", "解放军", "小年", "朋友圈", "年货"} & found
