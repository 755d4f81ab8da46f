from itertools import pairwise

import pytest

from summarize.grounding import ground
from summarize.grounding.names import find_names


def organisations(text: str) -> dict[str, tuple[str, ...]]:
    return {i.zh: i.renderings for i in find_names([text])[0] if i.kind == "organisation"}


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        (
            "他是江苏省宝应县公安局泾河派出所所长。",
            "江苏省宝应县公安局泾河派出所",
            "Jinghe Police Station of Baoying County Public Security Bureau, Jiangsu Province",
        ),
        (
            "湖北省襄阳市公安局高新区分局米庄派出所民警来到现场。",
            "湖北省襄阳市公安局高新区分局米庄派出所",
            "Mizhuang Police Station of High-tech Zone Branch of Xiangyang Public Security Bureau, Hubei Province",
        ),
        ("福州屏东中学的学生来了。", "福州屏东中学", "Fuzhou Pingdong Middle School"),
        ("普合苗族乡卫生院的医生来了。", "普合苗族乡卫生院", "Puhe Miao Ethnic Township Health Center"),
        ("河南省人民政府召开会议。", "河南省人民政府", "Henan Provincial People's Government"),
        ("郑州市委召开会议。", "郑州市委", "Zhengzhou Municipal Party Committee"),
        ("中牟县政府召开会议。", "中牟县政府", "Zhongmu County Government"),
        ("广东省高级人民法院发布案例。", "广东省高级人民法院", "Guangdong High People's Court"),
        ("他在深圳市南山区人民医院工作。", "深圳市南山区人民医院", "Nanshan District People's Hospital, Shenzhen"),
        ("东湖街道派出所民警赶到。", "东湖街道派出所", "Donghu Subdistrict Police Station"),
        ("蓝田街道党工委作出部署。", "蓝田街道党工委", "Lantian Subdistrict Party Working Committee"),
        ("和平街道派出所接到报警。", "和平街道派出所", "Heping Subdistrict Police Station"),
        ("她在河西街道综合文化站教舞蹈。", "河西街道综合文化站", "Hexi Subdistrict Cultural Station"),
        ("泾河镇市场监管所检查了餐饮店。", "泾河镇市场监管所", "Jinghe Town Market Regulation Office"),
        ("据新华社报道，会议开幕。", "新华社", "Xinhua News Agency"),
        (
            "江苏省如皋市公安局搬经派出所的民警来了。",
            "江苏省如皋市公安局搬经派出所",
            "Banjing Police Station of Rugao Public Security Bureau, Jiangsu Province",
        ),
        ("枫源村村委会开会。", "枫源村村委会", "Fengyuan Village Committee"),
        ("故宫博物院院长说。", "故宫博物院", "the Palace Museum"),
        ("华为Mate系列手机上市。", "华为", "Huawei"),
        ("洪泽湖派出所民警来了。", "洪泽湖派出所", "Hongze Lake Police Station"),
        ("群众转移到张家渡小学。", "张家渡小学", "Zhangjiadu Primary School"),
        (
            "恩施市龙凤镇柑子坪小学有学生63人。",
            "恩施市龙凤镇柑子坪小学",
            "Ganziping Primary School, Longfeng Town, Enshi",
        ),
        ("他们请来省农科院的专家。", "省农科院", "Provincial Academy of Agricultural Sciences"),
        ("市防汛办提醒市民。", "市防汛办", "Municipal Flood Control Office"),
        ("敦煌市人民法院旅游法庭受理了案件。", "敦煌市人民法院旅游法庭", "Tourism Tribunal of Dunhuang People's Court"),
        ("北京大学和清华大学的学生参加。", "北京大学", "Peking University"),
        ("世界卫生组织发布报告。", "世界卫生组织", "the World Health Organization"),
        ("园区引进了极兔速递。", "极兔速递", "J&T Express"),
    ],
)
def test_organisations(text: str, zh: str, english: str) -> None:
    assert organisations(text)[zh][0] == english


def test_other_orders_also_count() -> None:
    english = organisations("他是江苏省宝应县公安局泾河派出所所长。")["江苏省宝应县公安局泾河派出所"]
    assert "Jinghe Police Station of the Baoying County Public Security Bureau in Jiangsu Province" in english
    assert "Jinghe Police Station of Baoying County Public Security Bureau" in english


def test_of_an_unknown_body_only_the_place_is_grounded() -> None:
    items = find_names(["青岛海之梦研学营地成立了。"])[0]
    assert [(i.kind, i.zh) for i in items] == [("place", "青岛")]


def test_verbs_and_foreign_schools_are_no_organisations() -> None:
    assert organisations("民警联合社区党委开展活动，并委托市委员会办理。") == {}
    assert organisations("少先队大队") == {} == organisations("经镇人大批准。")
    assert organisations("英国萨福克大学的汤姆·沃克说。") == {}
    assert organisations("孩子们在育才小学和希望小学读书。").keys() <= {"育才小学"}


def test_items_do_not_overlap_and_are_in_order() -> None:
    items = find_names(["浙江省杭州市西湖区人民法院法官陈立新在杭州市介绍，新华社记者王强采访。"])[0]
    assert all(a.end <= b.start for a, b in pairwise(items))
    assert {i.kind for i in items} == {"organisation", "person", "place"}


def test_branches_of_banks() -> None:
    found = organisations("民警与中国银行小榄支行联手，劝阻了何婆婆。")
    assert found["中国银行小榄支行"][0] == "Xiaolan Sub-branch of Bank of China"


def test_a_story_of_a_border_town_is_not_a_foreign_one() -> None:
    found = organisations("瑞丽市司法局聘请缅甸籍玉石商人担任人民调解员。")
    assert found["瑞丽市司法局"][0] == "Ruili Justice Bureau"


def test_millet_is_no_company() -> None:
    assert organisations("村里种着绿豆、豌豆、小米等杂粮。") == {}


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("他在中国农业科学院工作。", "中国农业科学院", "the Chinese Academy of Agricultural Sciences"),
        ("国民党中央发言人说，会议推迟。", "国民党", "Kuomintang"),
        ("联合国粮农组织发布报告。", "联合国粮农组织", "the Food and Agriculture Organization of the United Nations"),
    ],
)
def test_names_that_hold_others_are_whole(text: str, zh: str, english: str) -> None:
    items = {item.zh: item.renderings[0] for item in ground([text])[0]}
    assert items[zh] == english
    assert not {"中国", "科学院", "党中央", "联合国"} & set(items)


def test_a_body_of_a_village_that_the_article_names() -> None:
    found = organisations("台盘村球场边，台盘派出所教导员维持秩序。")
    assert found["台盘派出所"][0] == "Taipan Police Station"
    assert "台盘派出所" not in organisations("台盘派出所教导员维持秩序。")


def test_a_minister_is_not_a_ministry() -> None:
    assert "外交部" not in organisations("外交部长王毅出席会议。")
    assert "外交部" in organisations("外交部发言人出席记者会。")


@pytest.mark.parametrize(
    ("text", "name", "english"),
    [
        ("镇综治中心派人旁听。", "镇综治中心", "Town Comprehensive Governance Center"),
        ("他到县公安局报案。", "县公安局", "County Public Security Bureau"),
        ("自治区公安厅通报。", "自治区公安厅", "Regional Public Security Department"),
        ("州应急管理局通报。", "州应急管理局", "Prefectural Emergency Management Bureau"),
        ("西宁：城北区检察院开展公益诉讼", "城北区检察院", "Chengbei District People's Procuratorate"),
        ("湖北省博物馆举办展览。", "湖北省博物馆", "Hubei Provincial Museum"),
    ],
)
def test_a_body_that_goes_without_the_name_of_its_place(text: str, name: str, english: str) -> None:
    [found] = [i for i in find_names([text])[0] if i.kind == "organisation"]
    assert (found.zh, found.renderings[0]) == (name, english)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("浙江大学医学院附属第一医院完成手术。", "the First Affiliated Hospital of Zhejiang University"),
        ("南昌大学第二附属医院派出医疗队。", "the Second Affiliated Hospital of Nanchang University"),
        ("北京大学第一医院收治了3名患者。", "Peking University First Hospital"),
        ("武汉大学人民医院的医生来了。", "Renmin Hospital of Wuhan University"),
        ("复旦大学附属华山医院的医生来了。", "Huashan Hospital of Fudan University"),
        ("首都医科大学附属北京天坛医院派出医疗队。", "Beijing Tiantan Hospital of Capital Medical University"),
        (
            "华中科技大学同济医学院附属协和医院收治了3名患者。",
            "Union Hospital of Huazhong University of Science and Technology",
        ),
        ("浙江大学和医院签了协议。", "Zhejiang University"),
        ("浙江大学的医院建好了。", "Zhejiang University"),
    ],
)
def test_hospitals_of_universities(text: str, english: str) -> None:
    names = [item.renderings[0] for item in find_names([text])[0] if item.kind == "organisation"]
    assert names == [english]


def test_another_body_within_what_the_tagger_took_for_one() -> None:
    found = organisations("新疆生产建设兵团第八师石河子市公安局北泉派出所开展活动。")
    assert [names[0] for names in found.values()] == [
        "Xinjiang Production and Construction Corps",
        "Beiquan Police Station of Shihezi Public Security Bureau",
    ]
    found = organisations("重庆市渝北区公安分局两江新区金渝派出所的民警来了。")
    assert [names[0] for names in found.values()] == [
        "Yubei District Public Security Sub-bureau, Chongqing",
        "Liangjiang New Area Jinyu Police Station",
    ]
    assert organisations("新疆生产建设兵团第八师来了。").keys() == {"新疆生产建设兵团"}


def test_numbered_schools() -> None:
    for text, english in (
        ("朝阳区第八十中学的学生来了。", "Chaoyang District No. 80 Middle School"),
        ("南京市第九中学的学生来了。", "Nanjing No. 9 Middle School"),
        ("合肥一中的学生来了。", "Hefei No. 1 Middle School"),
        ("市一中的学生来了。", "Municipal No. 1 Middle School"),
        ("合肥三十三中的学生来了。", "Hefei No. 33 Middle School"),
        ("记者从市一中了解到，校园更美了。", "Municipal No. 1 Middle School"),
        ("一中校长说，书要多读。", "No. 1 Middle School"),
        ("她考上二中了。", "No. 2 Middle School"),
    ):
        assert [names[0] for names in organisations(text).values()] == [english]
    for text in (
        "党的十九届三中全会召开。",
        "沪市一中签号公布，二中选一。",
        "市二中院审理。",
        "五中队到了，四中三等奖。",
    ):
        assert not any("Middle School" in names[0] for names in organisations(text).values())


def test_a_school_by_its_number_is_the_one_that_the_article_names() -> None:
    _, second, third = ground(["南平市第一中学招生。", "一中校长说，二中也招生。", "市一中的操场很大。"])
    assert second[0].renderings[0] == third[0].renderings[0] == "Nanping No. 1 Middle School"
    assert [item.renderings[0] for item in ground(["南平一中和福州一中比赛。", "一中校长说，好。"])[1]] == [
        "No. 1 Middle School"
    ]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("共青团四川省委发出倡议。", "Sichuan Provincial Committee of the Communist Youth League"),
        ("共青团武汉市委表彰先进。", "Wuhan Municipal Committee of the Communist Youth League"),
        ("共青团湖北省武汉市委表彰先进。", "Wuhan Municipal Committee of the Communist Youth League"),
        ("民盟宜昌市委会来调研。", "Yichang Municipal Committee of the China Democratic League"),
        ("共青团县委来了。", "the county committee of the Communist Youth League"),
        ("共青团广西壮族自治区委员会来了。", "Guangxi Regional Committee of the Communist Youth League"),
    ],
)
def test_committees_that_are_not_of_the_party(text: str, english: str) -> None:
    assert [names[0] for names in organisations(text).values()] == [english]


@pytest.mark.parametrize(
    ("text", "name", "english"),
    [
        ("滨湖路小学的学生来了。", "滨湖路小学", "Binhu Road Primary School"),
        ("城南小学的学生来了。", "城南小学", "Chengnan Primary School"),
    ],
)
def test_schools_after_roads_and_parts_of_towns(text: str, name: str, english: str) -> None:
    assert organisations(text)[name][0] == english


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("该局刑侦三大队民警赶到。", "No. 3 Criminal Investigation Brigade"),
        ("高速二大队民警赶到。", "No. 2 Expressway Brigade"),
        ("交警一中队民警赶到。", "No. 1 Traffic Police Squadron"),
        ("辽西监狱民警来了。", "Liaoxi Prison"),
        ("交警支队三大队民警赶到。", "No. 3 Brigade of Traffic Police Detachment"),
    ],
)
def test_numbered_units(text: str, english: str) -> None:
    assert [names[0] for names in organisations(text).values()] == [english]


def test_bodies_named_after_known_places() -> None:
    for text, english in (
        ("北京市公安局海淀分局中关村派出所的民警来了。", "Zhongguancun Police Station"),
        ("漠河市公安局北极派出所民警贾晨翔在巡逻。", "Beiji Police Station"),
    ):
        (names,) = organisations(text).values()
        assert names[0].startswith(english)
