import pytest

from summarize.grounding import exonyms, ground


def names(*texts: str) -> dict[str, str]:
    """The places, bodies and terms of the passages of an article, each with the English to write first."""
    return {
        item.zh: item.renderings[0]
        for items in ground(texts)
        for item in items
        if item.kind in ("place", "organisation", "term") and item.renderings
    }


def test_all_divisions_are_there() -> None:
    table = exonyms.taiwan()
    assert len(table) == 22
    assert sum(len(divisions) for _, divisions in table.values()) == 368


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("花蓮縣光復鄉淹水。", "花蓮縣光復鄉", "Guangfu Township, Hualien County"),
        ("花莲县光复乡淹水。", "花莲县光复乡", "Guangfu Township, Hualien County"),
        ("台東縣成功鎮下雨。", "台東縣成功鎮", "Chenggong Township, Taitung County"),
        ("台東縣綠島鄉停航。", "台東縣綠島鄉", "Green Island Township, Taitung County"),
        ("高雄市楠梓區停電。", "高雄市楠梓區", "Nanzih District, Kaohsiung"),
        ("嘉義市東區停電。", "嘉義市東區", "East District, Chiayi City"),
        ("台南市中西區停電。", "台南市中西區", "West Central District, Tainan"),
        ("屏東縣長治鄉停電。", "屏東縣長治鄉", "Changzhi Township, Pingtung County"),
        ("連江縣南竿鄉起霧。", "連江縣南竿鄉", "Nangan Township, Lienchiang County"),
        ("板橋區一處公寓火警。", "板橋區", "Banqiao District"),
        ("板桥区一处公寓火警。", "板桥区", "Banqiao District"),
        ("新竹縣竹北市停電。", "新竹縣竹北市", "Zhubei City, Hsinchu County"),
        ("新北市板橋區文化路封閉。", "新北市板橋區文化路", "Wenhua Road, Banqiao District, New Taipei"),
        ("花蓮光復災後重建。", "花蓮光復", "Guangfu, Hualien"),
        ("苗栗後龍漁港漁船起火", "苗栗後龍漁港", "Houlong Fishing Port, Miaoli"),
        ("彰化溪湖羊肉節登場", "彰化溪湖", "Xihu, Changhua"),
        ("新北淡水輕軌通車", "新北淡水", "Tamsui, New Taipei"),
        ("新北三峡老街人多", "新北三峡老街", "Sanxia Old Street, New Taipei"),
    ],
)
def test_townships_and_districts(text: str, zh: str, english: str) -> None:
    assert names(text)[zh] == english


def test_both_usual_spellings_are_right() -> None:
    (item,) = (item for item in ground(["高雄市旗津區停電。"])[0] if item.kind == "place")
    assert {"Cijin District, Kaohsiung", "Qijin District, Kaohsiung"} & set(item.renderings)
    (item,) = (item for item in ground(["南投縣埔里鎮停電。"])[0] if item.kind == "place")
    assert {"Puli Township, Nantou County", "Puli Town, Nantou County"} <= set(item.renderings)


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("花莲县府派员。", "花莲县府", "Hualien County Government"),
        ("花蓮縣政府派員。", "花蓮縣政府", "Hualien County Government"),
        ("基隆市政府派員。", "基隆市政府", "Keelung City Government"),
        ("雲林縣府農業處派員。", "雲林縣府農業處", "Agriculture Department of Yunlin County Government"),
        ("埔里鎮公所派員。", "埔里鎮公所", "Puli Township Office"),
        ("花蓮光復鄉農會推出紅糯米", "花蓮光復鄉農會", "Guangfu Township Farmers' Association, Hualien"),
        ("宜蘭蘇澳區漁會派員。", "宜蘭蘇澳區漁會", "Su'ao Fishermen's Association, Yilan"),
        ("台北市萬華區公所派員。", "台北市萬華區公所", "Wanhua District Office, Taipei"),
        ("宜蘭市公所派員。", "宜蘭市公所", "Yilan City Office"),
        ("高雄左營警分局派員。", "高雄左營警分局", "Zuoying Police Precinct, Kaohsiung"),
        ("臺南善化高中學生奪金", "臺南善化高中", "Shanhua Senior High School, Tainan"),
        ("台中大甲国中停课。", "台中大甲国中", "Dajia Junior High School, Taichung"),
        ("台南市安南區土城國小停課。", "台南市安南區土城國小", "Tucheng Elementary School, Annan District, Tainan"),
        ("台東蘭嶼衛生所派員。", "台東蘭嶼衛生所", "Lanyu Public Health Center, Taitung"),
    ],
)
def test_bodies(text: str, zh: str, english: str) -> None:
    assert names(text)[zh] == english


def test_short_names_where_the_article_has_the_whole() -> None:
    found = names("台東縣成功鎮豪雨。", "成功國小停課，成功漁港封閉，救援成功，關山、鹿野交通中斷。")
    assert found["成功國小"] == "Chenggong Elementary School"
    assert found["成功漁港"] == "Chenggong Fishing Port"
    assert found["關山"] == "Guanshan"
    assert "成功" not in found


def test_lists_of_townships() -> None:
    found = names("南投縣停電。", "埔里、魚池、仁愛三鄉鎮受影響。")
    assert {zh: found.get(zh) for zh in ("埔里", "魚池", "仁愛")} == {
        "埔里": "Puli",
        "魚池": "Yuchi",
        "仁愛": "Ren'ai",
    }


def test_what_a_name_goes_on_with() -> None:
    found = names("花蓮縣光復鄉長表示感謝。", "台南市區大霧，屏東縣長受訪。", "台中市民在太平洋百貨排隊。")
    assert found["台南"] == "Tainan"
    assert found["屏東"] == "Pingtung"
    assert "太平" not in found


@pytest.mark.parametrize(
    ("texts", "zh"),
    [
        (["台东成功举办铁人三项赛。"], "成功"),
        (["高雄新兴产业加速布局。"], "新兴"),
        (["1945年光复台湾，台湾光复节纪念大会举行。"], "光复"),
        (["花蓮縣府辦光復節活動。"], "光復"),
        (["福州市连江县与马祖通航，连江县凤城镇居民乘船。"], "马祖北竿"),
        (["大陆代表团访问台北，世界和平、信义为本。"], "和平"),
    ],
)
def test_everyday_words_are_no_townships(texts: list[str], zh: str) -> None:
    assert not any(zh in name for name in names(*texts))


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("大连市中山区下雪了。", "大连市中山区", "Zhongshan District, Dalian"),
        ("铜陵市义安区左营镇的农民丰收。", "铜陵市义安区左营镇", "Zuoying Town, Yi'an District, Tongling"),
        ("重庆市万州区太安镇的柠檬熟了。", "重庆市万州区太安镇", "Tai'an Town, Wanzhou District, Chongqing"),
        ("福州市连江县凤城镇下雨了。", "福州市连江县凤城镇", "Fengcheng Town, Lianjiang County, Fuzhou"),
        ("常州市新北区三井街道下雨了。", "常州市新北区三井街道", "Sanjing Subdistrict, Xinbei District, Changzhou"),
        ("厦门与台北交流，厦门中山公园开放。", "厦门中山公园", "Zhongshan Park, Xiamen"),
        ("广东省潮州市下雨了。", "广东省潮州市", "Chaozhou, Guangdong Province"),
    ],
)
def test_namesakes_on_the_mainland(text: str, zh: str, english: str) -> None:
    assert names(text)[zh] == english


def test_students_are_no_schools() -> None:
    assert not any("高中" in name for name in names("高雄左營區的高中生參賽，左營高中生得獎。"))


@pytest.mark.parametrize(
    ("people", "english"),
    [
        ("阿美族", "Amis"), ("泰雅族", "Atayal"), ("排灣族", "Paiwan"), ("布農族", "Bunun"), ("卑南族", "Puyuma"),
        ("魯凱族", "Rukai"), ("鄒族", "Tsou"), ("賽夏族", "Saisiyat"), ("達悟族", "Tao"), ("雅美族", "Yami"),
        ("邵族", "Thao"), ("噶瑪蘭族", "Kavalan"), ("太魯閣族", "Truku"), ("撒奇萊雅族", "Sakizaya"),
        ("賽德克族", "Seediq"), ("拉阿魯哇族", "Hla'alua"), ("卡那卡那富族", "Kanakanavu"),
    ],
)  # fmt: skip
def test_peoples(people: str, english: str) -> None:
    assert names(f"台灣的{people}部落舉行祭典。")[people] == english
    assert names(f"台灣的{people}人舉行祭典。")[f"{people}人"] == f"{english} people"
