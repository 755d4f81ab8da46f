import pytest

from summarize.grounding import exonyms, ground
from summarize.grounding.names import find_names
from summarize.traditional import in_script_of, simplify


def places(text: str) -> dict[str, tuple[str, ...]]:
    return {i.zh: i.renderings for i in find_names([text])[0] if i.kind == "place"}


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("民警来到宝应县走访。", "宝应县", "Baoying County"),
        ("民警来到泾河镇走访。", "泾河镇", "Jinghe Town"),
        ("他是桐树店社区的网格员。", "桐树店社区", "Tongshudian Community"),
        (
            "大亚湾经济技术开发区企业众多。",
            "大亚湾经济技术开发区",
            "Daya Bay Economic and Technological Development Zone",
        ),
        ("昨天长江路封闭施工。", "长江路", "Changjiang Road"),
        ("他在陕西工作，家在山西。", "陕西", "Shaanxi"),
        ("他在陕西工作，家在山西。", "山西", "Shanxi"),
        ("内蒙古迎来降雪。", "内蒙古", "Inner Mongolia"),
        ("香港和澳门的游客增多。", "香港", "Hong Kong"),
        ("大理州宾川县的葡萄熟了。", "大理州宾川县", "Binchuan County, Dali Prefecture"),
        ("哈尔滨的冬天很冷。", "哈尔滨", "Harbin"),
        ("他从乌鲁木齐出发。", "乌鲁木齐", "Urumqi"),
        ("长江流域普降大雨。", "长江", "the Yangtze River"),
        ("六安、蚌埠等地暴雨。", "六安", "Lu'an"),
        ("重庆市民热情好客。", "重庆", "Chongqing"),
        ("浙江台州的渔民出海了。", "浙江台州", "Taizhou, Zhejiang"),
        ("广州番禺的工厂开工了。", "广州番禺", "Panyu, Guangzhou"),
        ("他在白洋淀撑了四十年船。", "白洋淀", "Baiyangdian Lake"),
        ("汉江大桥通车了。", "汉江大桥", "Hanjiang River Bridge"),
        ("店铺在武汉汉江路上。", "武汉汉江路", "Hanjiang Road, Wuhan"),
        ("他在九江市九龙街道工作。", "九江市九龙街道", "Jiulong Subdistrict, Jiujiang"),
        ("漠河市北极镇下雪了。", "漠河市北极镇", "Beiji Town, Mohe"),
        ("林芝市巴宜区鲁朗镇的民宿满了。", "林芝市巴宜区鲁朗镇", "Lulang Town, Bayi District, Nyingchi"),
        (
            "三门峡市湖滨区会兴街道的物业好。",
            "三门峡市湖滨区会兴街道",
            "Huixing Subdistrict, Hubin District, Sanmenxia",
        ),
        ("四川省阿坝县求吉玛乡海拔很高。", "四川省阿坝县求吉玛乡", "Qiujima Township, Aba County, Sichuan Province"),
        ("他到宝应县看泾河镇的变化。", "泾河镇", "Jinghe Town"),
        ("桦川县星火朝鲜族乡的水稻熟了。", "桦川县星火朝鲜族乡", "Xinghuo Korean Ethnic Township, Huachuan County"),
        ("张杨路一商场发生火灾。", "张杨路", "Zhangyang Road"),
        ("渝昆高铁重庆段开通了。", "渝昆高铁", "Chongqing-Kunming High-speed Railway"),
        ("他来自西藏那曲，入伍6年。", "西藏那曲", "Nagqu, Xizang"),
        ("广西全州县两河镇下了冰雹。", "广西全州县两河镇", "Lianghe Town, Quanzhou County, Guangxi"),
        ("盐城丹顶鹤自然保护区来了鹤。", "盐城丹顶鹤自然保护区", "Yancheng Red-crowned Crane Nature Reserve"),
        ("他住在武汉汉江路12号。", "武汉汉江路12号", "No. 12 Hanjiang Road, Wuhan"),
        ("甸新东路54号院的居民来了。", "甸新东路54号院", "Compound 54, Dianxin East Road"),
        ("大同警方通报，嫌疑人落网。", "大同", "Datong"),
        ("高平警方发布通报。", "高平", "Gaoping"),
        ("阿里公安破获一起案件。", "阿里", "Ngari"),
        ("被告人系江山籍。", "江山", "Jiangshan"),
    ],
)
def test_places(text: str, zh: str, english: str) -> None:
    assert places(text)[zh][0] == english


def test_a_nature_reserve_without_a_name_is_left_to_the_model() -> None:
    assert places("海通镇的丹顶鹤自然保护区来了鹤。").keys() == {"海通镇"}


def test_numbers_of_lines_and_buildings_are_no_house_numbers() -> None:
    assert list(places("人民路8号楼和解放路3号线。")) == ["人民路", "解放路"]


def test_chain_is_one_item_from_small_to_large() -> None:
    english = places("江苏省宝应县泾河镇的物流园很忙。")["江苏省宝应县泾河镇"]
    assert english[0] == "Jinghe Town, Baoying County, Jiangsu Province"
    assert "Jinghe Town, Baoying County, Jiangsu" in english


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("莘县", "Shen"),
        ("单县", "Shan"),
        ("铅山县", "Yanshan"),
        ("乐清市", "Yueqing"),
        ("丽水市", "Lishui"),
        ("漯河市", "Luohe"),
    ],
)
def test_irregular_readings_of_divisions(name: str, english: str) -> None:
    assert exonyms.divisions()[name].english == english


def test_an_everyday_word_before_no_body_of_it_is_no_place() -> None:
    assert "平安" not in places("打造平安公安。")
    assert places("长江师范学院学生来了。") == {}
    assert places("长江流域大学增多。")
    assert "延长" not in places("延长公安机关的羁押期限。")


def test_a_city_told_by_what_follows_is_one_in_the_whole_article() -> None:
    later = find_names(["阿里公安破获一起案件。", "他在阿里工作。"])[1]
    assert [(i.kind, i.renderings[0]) for i in later] == [("place", "Ngari")]


def test_city_counts_with_and_without_its_generic_part() -> None:
    assert {"Huizhou", "Huizhou City"} <= set(places("他在惠州市工作。")["惠州市"])


def test_foreign_places_come_from_the_table_or_not_at_all() -> None:
    found = places("美国总统在华盛顿与德国总理会面，随后前往霍约克镇。")
    assert found["美国"][1] == "United States" and "American" in found["美国"]
    assert found["德国"][0] == "Germany"
    assert "霍约克镇" not in found


def test_everyday_words_are_not_places() -> None:
    assert "去年村" not in places("去年村集体经济收入达到86万元。")
    assert places("大家团结友好，向前进，祝您平安长寿，合作共赢。") == {}


def test_every_row_has_english_and_no_name_stands_twice() -> None:
    for table in ("places.tsv", "chinese_places.tsv", "people.tsv", "organisations.tsv"):
        seen: set[str] = set()
        for chinese, english in exonyms.rows(table):
            assert all(english.split("|")) and all(c < "\u4e00" for c in english), chinese
            for name in chinese.split(","):
                assert name and name not in seen, (table, name)
                seen.add(name)


@pytest.mark.parametrize(
    ("text", "written", "expected"),
    [
        ("宝应县的葡萄园里开班授课。", "葡萄園裡授課。", "葡萄園裡授課。"),
        ("溪湖鎮82歲的楊金水，在葡萄園裡開班授課。", "杨金水在葡萄园里免费授課。", "楊金水在葡萄園裡免費授課。"),
        ("香港專線投入服務，乘客在車站裏等候，之後上車。", "台湾皇后在车站里等候", "臺灣皇后在車站裏等候"),
        ("台灣的漁船返港。", "台湾渔船返港", "台灣漁船返港"),
        ("", "渔船", "渔船"),
    ],
)
def test_what_is_written_has_the_characters_of_the_text(text: str, written: str, expected: str) -> None:
    assert in_script_of(text, written) == expected


def test_simplify_keeps_the_length() -> None:
    text = "臺灣、後來、頭髮、發展、乾淨、乾隆、裏面、滑鼠、記憶體"
    assert len(simplify(text)) == len(text)
    assert simplify("記者發現") == "记者发现"


@pytest.mark.parametrize(
    ("text", "name", "english"),
    [
        ("苗栗县后龙渔港今天热闹。", "苗栗县后龙渔港", "Houlong Fishing Port, Miaoli County"),
        ("宁波市梅山港区开工。", "宁波市梅山港区", "Meishan Port Area, Ningbo"),
        ("厦门市鼓浪屿码头开放。", "厦门市鼓浪屿码头", "Gulangyu Wharf, Xiamen"),
    ],
)
def test_ports_and_piers_are_generic_parts(text: str, name: str, english: str) -> None:
    assert english in places(text)[name]


def test_the_smallest_place_of_a_chain_is_known_elsewhere() -> None:
    heading, _ = find_names(["桐乡丨梧桐里社区", "浙江省嘉兴市桐乡市梧桐里社区的居民很高兴。"])
    assert {i.zh: i.renderings[0] for i in heading}["梧桐里社区"] == "Wutongli Community"


def test_a_town_is_known_where_the_tagger_cuts_it() -> None:
    first, _ = find_names(["毕店镇种红薯已有百余年历史。", "下一步，毕店镇计划建两座冷库。"])
    assert {i.zh: i.renderings[0] for i in first}["毕店镇"] == "Bidian Town"


def test_a_place_that_is_recognised_once_is_known_elsewhere() -> None:
    passages = ["民警来到云锦汽配城走访商户。云锦汽配城有商户1600余家。", "他依托云锦汽配城党小组分组巡逻。"]
    found = [[i.renderings[0] for i in items if i.kind == "place"] for items in find_names(passages)]
    assert found == [["Yunjin Auto Parts City"] * 2, ["Yunjin Auto Parts City"]]


@pytest.mark.parametrize(
    ("text", "name", "english"),
    [
        ("他家住射阳湖镇。", "射阳湖镇", "Sheyanghu Town"),
        ("列车驶过青藏铁路。", "青藏铁路", "Qinghai-Tibet Railway"),
        ("民警走进南京市长东社区。", "南京市长东社区", "Changdong Community, Nanjing"),
    ],
)
def test_places_of_local_news(text: str, name: str, english: str) -> None:
    assert english in places(text)[name]


def test_a_village_is_known_without_its_generic_part() -> None:
    first, second = find_names(["阜平县骆驼湾村的鸽棚热闹了。", "“骆驼湾的日子，越过越好。”"])
    assert first[0].renderings[0] == "Luotuowan Village, Fuping County"
    assert [(item.zh, item.renderings[0]) for item in second] == [("骆驼湾", "Luotuowan")]


def test_a_town_is_known_without_its_generic_part() -> None:
    _, second, third = find_names(["文山市追栗街镇的村民采茶。", "追栗街今年种了茶。", "团结镇办了节，团结才有力量。"])
    assert [(item.zh, item.renderings[0]) for item in second] == [("追栗街", "Zhuilijie")]
    assert "团结" not in [item.zh for item in third]


def test_words_before_a_generic_part_are_no_names() -> None:
    assert places("战士们走上巡逻路，村民走上脱贫路，邻村的人也来了。") == {}


def test_the_cities_of_a_line_are_not_spelled_as_one_word() -> None:
    assert places("郑万高铁全线贯通。")["郑万高铁"][0] == "Zhengzhou-Wanzhou High-speed Railway"
    assert "郑宜高铁" not in places("郑宜高铁全线贯通。")


def test_memorials_of_people() -> None:
    assert places("西沟村的申纪兰纪念馆")["申纪兰纪念馆"][0] == "Shen Jilan Memorial Hall"
    assert places("白求恩纪念馆")["白求恩纪念馆"][0] == "Norman Bethune Memorial Hall"
    assert places("西柏坡纪念馆")["西柏坡纪念馆"][0] == "Xibaipo Memorial Hall"


def test_lakes_of_counties() -> None:
    assert places("他在微山湖上打鱼。")["微山湖"][0] == "Weishan Lake"
    assert places("高邮湖湿地公园的候鸟。")["高邮湖"][0] == "Gaoyou Lake"
    assert places("安徽巢湖湖畔的村庄。")["安徽巢湖"][0] == "Chaohu Lake, Anhui"
    assert places("桂林漓江旅游区。")["桂林漓江旅游区"][0] == "Lijiang River Tourist Area, Guilin"


def test_the_old_town_is_a_district_only_of_its_city() -> None:
    assert places("老城区和新城区之间修了一座桥。") == {}
    assert places("洛阳市老城区修了一座桥。")["洛阳市老城区"][0] == "Laocheng District, Luoyang"


def test_an_everyday_word_is_a_place_where_it_stands_as_one() -> None:
    assert places("天台丨山村里的咖啡馆")["天台"][0] == "Tiantai"
    assert places("江西樟树的药材市场")["江西樟树"][0] == "Zhangshu, Jiangxi"
    assert places("洞口县的雪峰蜜桔")["洞口县"][0] == "Dongkou County"


def test_an_everyday_word_is_a_place_where_the_article_names_the_county() -> None:
    texts = ["浙江省天台县的杨梅熟了。", "今年，天台推出采摘路线。", "他在天台上种菜。"]
    first, second, third = find_names(texts)
    assert [item.zh for item in first] == ["浙江省天台县"]
    assert [(item.zh, item.renderings[0]) for item in second] == [("天台", "Tiantai")]
    assert third == []


def test_a_list_says_that_its_names_are_places() -> None:
    found = places("1.2万名群众来自马营、陇川等5个乡镇，种着苹果、花椒等3个村的特产。")
    assert found["马营"] == ("Maying",)
    assert not {"苹果", "花椒"} & set(found)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("黎平、凌云、江永等县受灾。", ["Liping", "Lingyun", "Jiangyong"]),
        ("乐平、高安两市受灾。", ["Leping", "Gao'an"]),
        ("铜鼓、榆树、南海、三元等县区", ["Tonggu", "Yushu", "Nanhai", "Sanyuan"]),
        ("康乐、东乡和和政3个县", ["Kangle", "Dongxiang", "Hezheng"]),
        ("湖南省江华、江永等地", ["Jianghua, Hunan Province", "Jiangyong"]),
        ("容县、义县、乾县的企业", ["Rongxian County", "Yixian County", "Qianxian County"]),
    ],
)
def test_lists_of_counties(text: str, english: list[str]) -> None:
    assert [item.renderings[0] for item in ground([text])[0] if item.kind == "place"] == english


@pytest.mark.parametrize("text", ["铜鼓、榆树等地被和乐器", "吴起、孙武等地位很高", "他获得文明、和平等县级荣誉"])
def test_lists_of_other_things(text: str) -> None:
    assert [item for item in ground([text])[0] if item.kind == "place"] == []


def test_expressways_banners_and_ethnic_townships() -> None:
    def first(text: str) -> list[str]:
        return [english[0] for english in places(text).values()]

    assert first("京港澳高速河南段发生追尾。") == ["Beijing-Hong Kong-Macao Expressway", "Henan"]
    assert first("锡林郭勒盟苏尼特右旗降雪。") == ["Sonid Right Banner, Xilingol League"]
    assert first("福贡县匹河怒族乡老姆登村有客栈。") == ["Laomudeng Village, Pihe Nu Ethnic Township, Fugong County"]


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("我国第五大淡水湖巢湖水位依然很高。", "巢湖", "Chaohu Lake"),
        ("盛夏青海湖畔，满眼金花。", "青海湖", "Qinghai Lake"),
        ("船只驶过云阳长江大桥。", "云阳长江大桥", "Yunyang Yangtze River Bridge"),
        ("家住乐清市柳市镇上园村的人都来了。", "乐清市柳市镇上园村", "Shangyuan Village, Liushi Town, Yueqing"),
        (
            "佛山市顺德区容桂街道四基社区举办活动。",
            "佛山市顺德区容桂街道四基社区",
            "Siji Community, Ronggui Subdistrict, Shunde District, Foshan",
        ),
        ("凌晨5点，甘肃定西安定区马铃薯批发市场灯火通明。", "甘肃定西安定区", "Anding District, Dingxi, Gansu"),
        ("他们参观了四平战役纪念馆。", "四平战役纪念馆", "Siping Campaign Memorial Hall"),
        ("合肥市长江西路堵车。", "合肥市长江西路", "Changjiang West Road, Hefei"),
        ("六合区竹镇镇金磁村种了桃树。", "六合区竹镇镇金磁村", "Jinci Village, Zhuzhen Town, Luhe District"),
        ("丽水市莲都区万象街道举办活动。", "丽水市莲都区万象街道", "Wanxiang Subdistrict, Liandu District, Lishui"),
        ("紫金山国家森林公园开放。", "紫金山国家森林公园", "Zijinshan National Forest Park"),
        ("轨道交通18号线富华路站开通。", "富华路站", "Fuhua Road Station"),
        ("轨道交通18号线开到跳磴南站。", "跳磴南站", "Tiaodeng South Station"),
        ("地铁4号线到达北京南站。", "北京南站", "Beijing South Railway Station"),
        ("百色市田阳区那坡镇的芒果熟了。", "百色市田阳区那坡镇", "Napo Town, Tianyang District, Baise"),
        ("民乐县下雨了。", "民乐县", "Minle County"),
        ("游客走进兰溪市芝堰古村。", "兰溪市芝堰古村", "Zhiyan Ancient Village, Lanxi"),
        ("他在科西嘉岛长大。", "科西嘉岛", "Corsica"),
        (
            "松阳县三都乡杨家堂村拍卖老物件。",
            "松阳县三都乡杨家堂村",
            "Yangjiatang Village, Sandu Township, Songyang County",
        ),
        ("蟳埔村日均游客很多。", "蟳埔村", "Xunpu Village"),
        ("他去尼斯湖旅行。", "尼斯湖", "Loch Ness"),
        ("九龙湖风景很美。", "九龙湖", "Jiulong Lake"),
        ("大佛寺香火很旺。", "大佛寺", "Dafo Temple"),
        ("平凉静宁丨“苹果医生”进果园", "平凉静宁", "Jingning, Pingliang"),
    ],
)
def test_places_among_other_words(text: str, zh: str, english: str) -> None:
    assert places(text)[zh][0] == english


@pytest.mark.parametrize(
    "text",
    [
        "流淌着鱼米水乡的温情。",
        "隧道自怒江西岸穿过。",
        "各大城市的周边道路都很堵。",
        "据施工方中铁隧道局介绍，工程顺利。",
        "这位朝鲜族老人很好客。",
        "一名男子在昆斯费里大桥上停车。",
        "18亩苹果园喜获丰收。",
        "人民安居乐业，社会稳定。",
        "这款车面向大众市场。",
        "孩子们每天走三里山路上学。",
        "百香果园有600亩。",
        "村口有棵老樟树，池里的莲花开了。",
        "他在小区的天台上种菜，消防员守在洞口。",
        "产值突破百亿元大关。",
        "项目由路桥公司施工，100余干部参加。",
        "湿地在入海口，林子里装了人工鸟巢。",
        "社会主义新农村，千村示范、万村整治。",
        "游客沿路拍照，自驾游线路有三条。",
        "中缅国际铁路开工，下一步机场将扩建。",
        "阿里云宣布降价，孩子爱吃汉堡。",
        "遗址新发现玉石器作坊区，出土文物2400余件。",
        "这座斜拉桥和海底隧道由八路军老战士题名。",
        "集成电路产业园里建了老年公寓，他拿到当地通用机场的订单。",
    ],
)
def test_words_that_only_look_like_places(text: str) -> None:
    assert places(text) == {}


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("通苏嘉甬高铁开工。", "Nantong-Suzhou-Jiaxing-Ningbo High-speed Railway"),
        ("连淮扬镇铁路通车。", "Lianyungang-Huai'an-Yangzhou-Zhenjiang Railway"),
        ("宁淮城际铁路开工。", "Nanjing-Huai'an Intercity Railway"),
        ("二七区文化路封闭。", "Wenhua Road, Erqi District"),
        ("洪湖湿地自然保护区。", "Honghu Wetland Nature Reserve"),
        ("浪卡子县下雪。", "Nagarze County"),
        ("金門縣金城鎮下雨。", "Jincheng Township, Kinmen County"),
    ],
)
def test_lines_streets_and_counties(text: str, english: str) -> None:
    assert [item.renderings[0] for item in ground([text])[0] if item.kind == "place"] == [english]


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("燕山山脉生机勃勃。", "燕山山脉", "Yanshan Mountains"),
        ("横穿高黎贡山山脉。", "高黎贡山山脉", "Gaoligong Mountains"),
        ("滑入乌江支流沿沧河。", "沿沧河", "Yancang River"),
        ("羚羊迁到可可西里腹地卓乃湖。", "卓乃湖", "Zhuonai Lake"),
        ("他们去了关山草原景区。", "关山草原景区", "Guanshan Grassland Scenic Area"),
        ("他们到壶口瀑布景区游览。", "壶口瀑布景区", "Hukou Waterfall Scenic Area"),
        ("北江省将具备条件。", "北江省", "Bac Giang Province"),
        ("史密斯街的商店开了。", "史密斯街", "Smith Street"),
        ("遂宁一小学搬迁。", "遂宁", "Suining"),
        ("高速公路联通大兴机场与周边。", "大兴机场", "Daxing Airport"),
        ("他来自马来西亚柔佛州。", "柔佛州", "Johor"),
        ("嘉定安亭镇的汽车展开幕。", "嘉定安亭镇", "Anting Town, Jiading"),
        ("从上海虹桥国际机场起飞。", "上海虹桥国际机场", "Shanghai Hongqiao International Airport"),
        ("福州港江阴港区启用。", "江阴港区", "Jiangyin Port Area"),
        ("青岛国际啤酒节开幕。", "青岛", "Qingdao"),
        ("和平里社区的居民", "和平里社区", "Hepingli Community"),
        ("正定新城铺镇举办活动。", "正定新城铺镇", "Xinchengpu Town, Zhengding"),
        ("南海里水镇的花开了。", "南海里水镇", "Lishui Town, Nanhai"),
        ("东坡区太和镇永丰村", "东坡区太和镇永丰村", "Yongfeng Village, Taihe Town, Dongpo District"),
        ("儋州市那大镇的集市", "儋州市那大镇", "Nada Town, Danzhou"),
        ("云南省昭通市镇雄县", "云南省昭通市镇雄县", "Zhenxiong County, Zhaotong, Yunnan Province"),
        ("科右中旗巴彦呼舒镇", "巴彦呼舒镇", "Bayanhushu Town"),
        ("鲁北镇的牧民", "鲁北镇", "Lubei Town"),
        ("霍尔果斯市的口岸", "霍尔果斯市", "Horgos"),
        ("广西高速公路开通。", "广西高速公路", "Guangxi Expressway"),
        ("环广西公路自行车世界巡回赛开赛。", "广西", "Guangxi"),
        ("太湖国际公路自行车赛开赛。", "太湖", "Taihu Lake"),
    ],
)
def test_what_is_part_of_a_name_and_what_is_not(text: str, zh: str, english: str) -> None:
    assert places(text)[zh][0] == english


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("百色市田阳区和平村的芒果熟了。", "百色市田阳区和平村", "Heping Village, Tianyang District, Baise"),
        ("睦和村的茶园", "睦和村", "Muhe Village"),
        ("那大镇的夜市", "那大镇", "Nada Town"),
        ("叫安镇的果农", "叫安镇", "Jiao'an Town"),
        ("把荷乡的村民", "把荷乡", "Bahe Township"),
        ("七百弄乡的山羊", "七百弄乡", "Qibainong Township"),
        ("万隆镇的水稻熟了。", "万隆镇", "Wanlong Town"),
        ("柏林沟镇的村民", "柏林沟镇", "Bolingou Town"),
        ("柏林镇的村民", "柏林镇", "Bolin Town"),
        ("新竹村的竹林", "新竹村", "Xinzhu Village"),
        ("阿里村的老人", "阿里村", "Ali Village"),
        ("哈尔滨东北大街", "哈尔滨东北大街", "Dongbei Street, Harbin"),
        ("华东路的商店", "华东路", "Huadong Road"),
        ("解放沟镇的村民", "解放沟镇", "Jiefanggou Town"),
        ("解家村的祠堂", "解家村", "Xiejia Village"),
        ("翟家村的村民", "翟家村", "Zhaijia Village"),
        ("石咀镇的干部", "石咀镇", "Shizui Town"),
        ("厦坪镇的干部", "厦坪镇", "Xiaping Town"),
        ("保亭县什玲镇", "保亭县什玲镇", "Zaling Town, Baoting County"),
        ("灵山县新圩镇的荔枝", "灵山县新圩镇", "Xinxu Town, Lingshan County"),
        ("安徽和县新圩镇", "安徽和县新圩镇", "Xinwei Town, Hexian County, Anhui"),
        ("芒市的街头", "芒市", "Mangshi"),
        ("瑞丽市等嘎村的村民", "瑞丽市等嘎村", "Dengga Village, Ruili"),
        ("喊沙村的竹楼", "喊沙村", "Hansha Village"),
        ("贵州施秉云台山风景", "贵州施秉云台山", "Yuntai Mountain, Shibing, Guizhou"),
        ("青秀山兰花园开放。", "青秀山兰花园", "Qingxiushan Orchid Garden"),
        ("常德市西湖管理区的农民", "常德市西湖管理区", "Xihu Administrative District, Changde"),
        ("平南三桥建成通车。", "平南三桥", "Pingnan Third Bridge"),
        ("铜仁市九龙洞游人多。", "铜仁市九龙洞", "Jiulong Cave, Tongren"),
        ("六万大山的八角", "六万大山", "the Liuwan Dashan Mountains"),
        ("三百山、井冈山", "三百山", "Sanbaishan Mountain"),
        ("七洲列岛的海鸟", "七洲列岛", "Qizhou Islands"),
        ("贵阳至黄平高速公路通车。", "贵阳至黄平高速公路", "Guiyang-Huangping Expressway"),
        ("万州五桥机场通航。", "万州五桥机场", "Wanzhou Wuqiao Airport"),
        ("六盘水月照机场通航。", "六盘水月照机场", "Liupanshui Yuezhao Airport"),
        ("上饶三清山机场通航。", "上饶三清山机场", "Shangrao Sanqingshan Airport"),
        ("兴发苗族彝族回族乡的农民", "兴发苗族彝族回族乡", "Xingfa Miao, Yi and Hui Ethnic Township"),
        ("新月畲族村的姑娘", "新月畲族村", "Xinyue She Ethnic Village"),
        ("司莫拉佤族村的老人", "司莫拉佤族村", "Simola Va Ethnic Village"),
    ],
)
def test_names_with_other_words_and_readings_in_them(text: str, zh: str, english: str) -> None:
    assert places(text)[zh][0] == english


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("天峨县龙滩村弄平屯", "天峨县龙滩村弄平屯", "Nongping Hamlet, Longtan Village, Tian'e County"),
        ("百色屯的群众", "百色屯", "Baise Hamlet"),
        ("三月屯位于山腰。", "三月屯", "Sanyue Hamlet"),
        ("加所寨村民李强说。", "加所寨", "Jiasuo Hamlet"),
        ("四川桃坪羌寨", "四川桃坪羌寨", "Taoping Qiang Village, Sichuan"),
        ("李家冲的村民刘强。", "李家冲", "Lijiachong"),
        ("刘家嘴村民组的人", "刘家嘴村民组", "Liujiazui Villagers' Group"),
        ("江西坪的果园丰收。", "江西坪", "Jiangxiping"),
    ],
)
def test_hamlets(text: str, zh: str, english: str) -> None:
    assert places(text)[zh][0] == english


@pytest.mark.parametrize(
    "text",
    ["工人在此安营扎寨，走进苗寨。", "贫困屯的群众，村屯绿化，三个屯的村民。", "他们驻屯在这里，全寨的人都来了。"],
)
def test_hamlets_without_a_name(text: str) -> None:
    assert places(text) == {}


@pytest.mark.parametrize("text", ["中心镇和小城镇要一起发展。", "圩镇建设加快了。", "让老人和乡亲们都受益。"])
def test_everyday_words_before_town_are_no_names(text: str) -> None:
    assert places(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "从落后村到明星村，空壳村成了富裕村。",
        "穷山村飞出金凤凰，小山村焕发活力，偏远山村通了路。",
        "培训村书记310名，回村时带了礼物。",
        "烂泥路、泥巴路变成水泥路，坑洼路平了。",
        "蹚出一条产业振兴新路。",
        "一条盘桥路通到村口，一个渔业村，一座漫水桥。",
        "柏油路、黄土路通到家门口。",
        "一条宽阔的进山路通到村口，修通了出村路、通户路和盘山路。",
        "拆违后建公园，新建公园12个。",
        "长租公寓很受欢迎，游客走进文化创意产业园参观。",
    ],
)
def test_what_kind_of_village_road_or_park_it_is_is_no_name(text: str) -> None:
    assert places(text) == {}


def test_villages_and_roads_that_are_called_by_such_words() -> None:
    found = places("永城镇富裕村，福建公园，新建路，中山新路。")
    assert {"永城镇富裕村", "福建公园", "新建路", "中山新路"} <= set(found)


@pytest.mark.parametrize("text", ["生涯中共取得了400场胜利。", "庆祝建校60周年大庆。", "南通社援引总统府的话报道。"])
def test_names_that_are_pieces_of_other_words(text: str) -> None:
    assert [item.zh for item in ground([text])[0] if item.kind in ("place", "organisation")] == []


def test_small_squares_have_no_names() -> None:
    assert not any("广场" in name for name in places("老人们在广百小广场跳舞。"))


def test_a_national_nature_reserve_may_go_without_national() -> None:
    assert "Songshan Nature Reserve" in places("松山国家级自然保护区很美。")["松山国家级自然保护区"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("孟加拉国达卡发生爆炸。", ["Bangladesh", "Dhaka"]),
        ("加纳阿克拉的学校停课。", ["Ghana", "Accra"]),
        ("阿曼马斯喀特会谈结束。", ["Oman", "Muscat"]),
        ("会议在阿塞拜疆巴库举行。", ["Azerbaijan", "Baku"]),
        ("乌兹别克斯坦撒马尔罕市发生火灾。", ["Uzbekistan", "Samarkand"]),
        ("印度加尔各答的市场关闭。", ["India", "Kolkata"]),
        ("马里巴马科遭袭。", ["Mali", "Bamako"]),
        ("马里奥和圣马力诺的选手到场。", ["San Marino"]),
    ],
)
def test_a_country_and_its_city_in_one_word_of_the_tagger(text: str, places: list[str]) -> None:
    assert [item.renderings[0] for item in ground([text])[0] if item.kind == "place"] == places


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("韩国首尔江南区下雪了，汉江结冰。", "江南区", "Gangnam District"),
        ("韩国首尔江南区下雪了，汉江结冰。", "汉江", "the Han River"),
        ("越南红河水位上涨，河内进水。", "红河", "the Red River"),
        ("云南红河县下雨了，红河水位上涨。", "红河", "Honghe"),
        ("南宁市江南区下雪了。", "南宁市江南区", "Jiangnan District, Nanning"),
        ("韩国水原市和清州市的市长表示，道路关闭。", "清州市", "Cheongju"),
        ("日本香川县高松市的市长表示，道路关闭。", "高松市", "Takamatsu"),
        ("涪陵区的榨菜出口到韩国和泰国。", "涪陵区", "Fuling District"),
        ("中国通知美国关闭其驻成都总领事馆。", "成都", "Chengdu"),
    ],
)
def test_places_abroad_are_not_those_of_the_same_name(text: str, zh: str, english: str) -> None:
    assert places(text)[zh][0] == english


def test_a_city_abroad_that_no_table_has_is_left() -> None:
    assert not any("红谷市" in zh for zh in places("美国密歇根州州长在红谷市说，法院驳回了申请。"))
