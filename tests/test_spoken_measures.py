import pytest

from summarize.grounding.arrival import find_quantity
from summarize.grounding.numbers import find_quantities
from summarize.grounding.spoken_measures import find_spoken_measures


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("青蟹卖三块二一斤", "三块二", "3.2 yuan"),
        ("豆腐一斤两块三四", "两块三四", "2.3 to 2.4 yuan"),
        ("包子5块一个", "5块", "5 yuan"),
        ("收了三千块", "三千块", "3,000 yuan"),
        ("比去年贵了1块多！", "1块多", "more than 1 yuan"),
        ("月薪四千块左右", "四千块", "4,000 yuan"),
        ("房价涨到2万8。", "2万8", "28,000"),
        ("月薪8千5", "8千5", "8,500"),
        ("体温38度5，", "38度5", "38.5 degrees"),
        ("身高一米六八的小伙", "一米六八", "1.68 meters"),
        ("路宽三米五。", "三米五", "3.5 meters"),
        ("身高1米85。", "1米85", "1.85 meters"),
        ("跳远8米17夺冠", "8米17", "8.17 meters"),
        ("跳高以2米28折桂", "2米28", "2.28 meters"),
        ("三十岁出头的小伙", "三十岁出头", "in their early 30s"),
        ("行政拘留10日、罚款1000元", "10日", "10 days"),
        ("每升下调1毛5分钱。", "1毛5分钱", "0.15 yuan"),
        ("涨了六毛。", "六毛", "0.6 yuan"),
        ("从3块8涨到5块", "3块8", "3.8 yuan"),
        ("能卖两万多块。", "两万多块", "more than 20,000 yuan"),
        ("用时3小时08分。", "3小时08分", "3 hours 8 minutes"),
        ("钓上一条三斤二两的鱼", "三斤二两", "3.2 jin"),
        ("路上花了1小时40分。", "1小时40分", "1 hour 40 minutes"),
        ("判处有期徒刑三年六个月", "三年六个月", "three years and six months"),
        ("她年过八旬", "年过八旬", "over 80 years old"),
        ("丈夫年近九十，", "年近九十", "nearly 90 years old"),
        ("以2小时13分38秒完赛", "2小时13分38秒", "2 hours 13 minutes 38 seconds"),
        ("老人今年八十有三。", "八十有三", "83 years old"),
        ("处五日以上十日以下拘留", "五日以上十日以下", "5 to 10 days"),
        ("处十五日以下拘留", "十五日", "15 days"),
        ("须在三日内答复", "三日", "3 days"),
        ("血压一度达到180/110毫米汞柱", "180/110毫米汞柱", "180/110 mmHg"),
        ("八旬老人走失。", "八旬老人", "octogenarian"),
        ("一名六旬老太摔倒。", "六旬老太", "woman in her 60s"),
        ("七旬老汉种瓜。", "七旬老汉", "man in his 70s"),
        ("每万人拥有病床33张。", "每万人", "per 10,000 people"),
        ("孕产妇死亡率为4.2/10万。", "4.2/10万", "4.2 per 100,000"),
    ],
)
def test_what_people_say(text: str, zh: str, english: str) -> None:
    assert [(item.zh, item.renderings[0]) for item in find_spoken_measures(text)] == [(zh, english)]


@pytest.mark.parametrize(
    "text",
    [
        "铺了三千块地砖",
        "地砖用了三千块。",
        "隔五米一个路灯",
        "投掷50米10次",
        "跳绳5米20人",
        "冠军在10米12号道",
        "跑50米30发子弹",
        "一小时40分钟",
        "2万3千人",
        "1.2万3月",
        "八十有余",
        "一二十米五。",
        "一二十斤二两",
        "年逾百名",
        "去年近五十名",
        "大年初三日内",
        "五月三日内蒙古",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert find_spoken_measures(text) == []


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("判处有期徒刑三年六个月", "three and a half years in prison"),
        ("判处有期徒刑一年六个月", "18 months in prison"),
        ("包子5块一个", "Buns are 5 yuan each."),
        ("体温38度5，", "a temperature of 38.5°C"),
        ("月薪8千5", "a monthly salary of 8,500 yuan"),
        ("身高1米85。", "1.85m tall"),
        ("她年过八旬", "She is in her 80s."),
        ("她年过八旬", "She is in her eighties."),
        ("八旬老人摔倒", "a man in his eighties fell"),
        ("二十出头的小伙子", "a young man in his early twenties"),
        ("一名年近六旬的男子", "a man of nearly sixty"),
        ("处行政拘留十五日", "put in administrative detention for 15 days"),
        ("处五日以上十日以下拘留", "detained for not less than five days but not more than 10 days"),
        ("处五日以上十日以下拘留", "detention of five to ten days"),
        ("处十五日以下拘留", "a detention of up to 15 days"),
    ],
)
def test_it_arrives_in_other_words(text: str, english: str) -> None:
    items = find_quantities(text)
    assert items and all(find_quantity(item, english) for item in items)


def test_a_wrong_one_does_not_arrive() -> None:
    (item,) = find_quantities("判处有期徒刑三年六个月")
    assert find_quantity(item, "three years and five months") is None
    (item,) = find_quantities("处五日以上十日以下拘留")
    assert find_quantity(item, "detained for five to 15 days") is None
