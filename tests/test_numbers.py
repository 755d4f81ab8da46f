import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.grounding.arrival import find_quantity
from summarize.grounding.english_numbers import read_english_numbers
from summarize.grounding.item import Item
from summarize.grounding.numbers import find_quantities
from summarize.grounding.numerals import fold, read_numeral
from summarize.grounding.quantity import format_number

ROUNDUPS = Path(__file__).parents[2] / "shared" / "eval" / "segmentation" / "roundups-dev.jsonl"


def find_numbers(text: str) -> list[Item]:
    return [item for item in find_quantities(text) if item.kind == "number"]


def found(text: str) -> list[tuple[str, str]]:
    return [(item.zh, item.renderings[0]) for item in find_numbers(text)]


def arrives(text: str, english: str) -> bool:
    """Whether all that is found in the Chinese, at least one thing, is in the English."""
    items = find_quantities(text)
    assert items, text
    return all(find_quantity(item, english) for item in items)


def test_less_than_a_minute_is_a_quantity() -> None:
    assert found("不到一分钟就取了出来") == [("不到一分钟", "less than one minute")]
    assert found("近一周降雨") == []


def test_more_than_half() -> None:
    assert found("费用省了一半多") == [("一半多", "more than half")]
    assert found("一半多样的花") == [("一半", "half")]


def test_prices_of_a_jin_are_not_of_a_kilogram() -> None:
    assert arrives("草莓卖8元一斤", "Strawberries are 8 yuan per 500 grams.")
    assert arrives("草莓卖8元一斤", "Strawberries sell for 8 yuan a jin.")
    assert not arrives("草莓卖8元一斤", "Strawberries are 8 yuan per kilogram.")


def test_years_in_other_words() -> None:
    assert arrives("合作十几年了", "They have worked together for more than a decade.")
    assert not arrives("合作几十年了", "They have worked together for over a decade.")
    assert arrives("前6个月增长8%", "It grew 8 percent in the first half of the year.")
    assert arrives("用了一年半", "It took a full year and a half.")


def test_households_may_be_families_but_not_meters() -> None:
    assert arrives("小区有住户2180户", "The estate has 2,180 families.")
    assert not arrives("小区有住户2180户", "The estate has 2,180 square meters.")


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("一百二十三", 123),
        ("一百零五", 105),
        ("一百二", 120),
        ("两万三", 23000),
        ("一万零五", 10005),
        ("廿", 20),
        ("十", 10),
        ("百万", 10**6),
        ("3亿5000万", 350_000_000),
        ("1万2千", 12000),
        ("3万亿", 3 * 10**12),
        ("2.5万", 25000),
        ("12,345", 12345),
        ("三点五", Decimal("3.5")),
        ("一点二亿", 120_000_000),
        ("二〇二三", 2023),
        ("萬", 10000),
        ("１２３", 123),
        ("三百億", 3 * 10**10),
        ("一亿零三百万", 103_000_000),
        ("壹仟贰佰", 1200),
        ("伍拾万", 500_000),
    ],
)
def test_numerals(numeral, value):
    assert read_numeral(fold(numeral)) == value


@pytest.mark.parametrize("text", ["队伍个个精神", "重拾信心", "收拾个干净", "陆个陆个地来", "參加人數不少"])
def test_numerals_of_banks_are_common_characters_too(text):
    assert find_numbers(text) == []


def test_a_numeral_with_two_digits_side_by_side_is_none():
    assert read_numeral("一三百") is None


@given(st.integers(1, 10**13))
def test_any_integer_in_chinese_is_read(number):
    assert read_numeral(_chinese(number)) == number


@given(st.integers(0, 10**13))
def test_the_english_of_a_number_reads_as_the_number(number):
    numbers = read_english_numbers(f"about {format_number(Decimal(number))} people")
    assert [each.value for each in numbers] == [number]


def _chinese(number: int) -> str:
    """An integer in Chinese numerals, as school books write it."""
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            rest = number % size
            gap = "零" if rest and rest < size // 10 else ""
            return _chinese(number // size) + name + gap + (_chinese(rest) if rest else "")
    digits, written = "零一二三四五六七八九", ""
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            written += digits[digit] + name
        elif written and number and not written.endswith("零"):
            written += "零"
    return written


@pytest.mark.parametrize(
    ("text", "item"),
    [
        # the quantities of the reference article, in sentences written for this test
        ("工人装好了91块路牌", ("91", "91")),
        ("新到200辆牵引车", ("200", "200")),
        ("每天寄出180余万件包裹", ("180余万", "more than 1.8 million")),
        ("办好96项业务", ("96", "96")),
        ("园内有1600余家商户", ("1600余", "more than 1,600")),
        ("全市229个党组织", ("229", "229")),
        ("对接13个项目", ("13", "13")),
        ("走进22个园区", ("22", "22")),
        ("选出10个重点", ("10", "10")),
        ("塔高115米", ("115米", "115 meters")),
        ("设备重3000多吨", ("3000多吨", "more than 3,000 tonnes")),
        # bounds
        ("近30%的住户", ("近30%", "nearly 30 percent")),
        ("逾亿元资金", ("逾亿元", "more than 100 million yuan")),
        ("至少12人受伤", ("至少12", "at least 12")),
        ("等了不到3天", ("不到3天", "less than 3 days")),
        ("大约两周后", ("大约两周", "about two weeks")),
        ("罚款不超过100元", ("不超过100元", "no more than 100 yuan")),
        ("走了50公里左右", ("50公里左右", "about 50 kilometers")),
        ("满意率达98%以上", ("98%以上", "more than 98 percent")),
        ("用了两年多时间", ("两年多", "more than two years")),
        ("等了三个多小时", ("三个多小时", "more than three hours")),
        ("千余名师生", ("千余", "more than 1,000")),
        ("近万名观众", ("近万", "nearly 10,000")),
        ("上百人参加", ("上百", "more than 100")),
        ("一千二百多户", ("一千二百多户", "more than 1,200 households")),
        ("惠及3.2万户居民", ("3.2万户居民", "32,000 households")),
        ("检查经营主体2000余户", ("2000余户", "more than 2,000")),
        ("园区有56户商家", ("56", "56")),
        # only the order of magnitude
        ("数十名游客", ("数十", "dozens of")),
        ("几百万人", ("几百万", "millions of")),
        ("投入数十亿美元", ("数十亿美元", "billions of dollars")),
        ("几十万元", ("几十万元", "hundreds of thousands of yuan")),
        ("几十年来", ("几十年", "decades")),
        # units
        ("两个小时", ("两个小时", "two hours")),
        ("2个小时", ("2个小时", "2 hours")),
        ("占地230亩", ("230亩", "230 mu")),
        ("亩产1100斤", ("1100斤", "1,100 jin")),
        ("总投资3.5亿元", ("3.5亿元", "350 million yuan")),
        ("约合370亿美元", ("370亿美元", "$37 billion")),
        ("总价1.58亿元人民币", ("1.58亿元人民币", "158 million yuan")),
        ("发电12.7亿千瓦时", ("12.7亿千瓦时", "1.27 billion kilowatt-hours")),
        ("跌至零下15摄氏度", ("零下15摄氏度", "minus 15 degrees Celsius")),
        ("时速240 千米", ("240 千米", "240 kilometers")),
        ("960万平方公里", ("960万平方公里", "9.6 million square kilometers")),
        ("29岁的司机", ("29岁", "29-year-old")),
        ("今年29岁。", ("29岁", "29 years old")),
        ("建队40周年", ("40周年", "40th anniversary")),
        ("奶奶的100岁生日", ("100岁生日", "100th birthday")),
        ("过了六十大寿", ("六十", "60")),
        ("孩子4岁了", ("4岁", "4 years old")),
        # percentages, fractions, multiples
        ("百分之三十五", ("百分之三十五", "35 percent")),
        ("提高1.2个百分点", ("1.2个百分点", "1.2 percentage points")),
        ("三成受访者", ("三成", "30 percent")),
        ("三成五", ("三成五", "35 percent")),
        ("千分之五", ("千分之五", "0.5 percent")),
        ("三分之二的选民", ("三分之二", "two-thirds")),
        ("五分之一的学生", ("五分之一", "one-fifth")),
        ("一半以上在本省", ("一半以上", "more than half")),
        ("产量翻了一番", ("翻了一番", "doubled")),
        ("增长3倍", ("3倍", "300 percent")),
        ("涨了1.5倍", ("1.5倍", "150 percent")),
        ("是去年的3倍", ("3倍", "3 times")),
        ("要价一百五六", ("一百五六", "150 to 160")),
        ("一千二三百单", ("一千二三百", "1,200 to 1,300")),
        ("一万七八千元", ("一万七八千元", "17,000 to 18,000 yuan")),
        ("一百二三十人", ("一百二三十", "120 to 130")),
        ("处三年以上七年以下有期徒刑", ("三年以上七年以下", "3 to 7 years")),
        ("一千元以上二千元以下罚款", ("一千元以上二千元以下", "1,000 to 2,000 yuan")),
        ("60平方米以下的住房", ("60平方米以下", "no more than 60 square meters")),
        ("18岁以下的儿童", ("18岁以下", "under 18 years old")),
        ("降至零下10度以下", ("零下10度以下", "below minus 10 degrees")),
        ("4到5级", ("4到5", "4 to 5")),
        ("三四个", ("三四", "3 or 4")),
        ("零下2到零下1度", ("零下2到零下1度", "minus 2 to minus 1 degrees")),
        ("突破5800万件", ("突破5800万", "more than 58 million")),
        ("以1分48秒367夺冠", ("1分48秒367", "1:48.367")),
        ("用时1分48秒", ("1分48秒", "1 minute 48 seconds")),
        ("翻了一番多", ("翻了一番多", "more than doubled")),
        ("翻了近一番", ("翻了近一番", "nearly doubled")),
        ("翻了三番", ("翻了三番", "grew eightfold")),
        ("翻了4番", ("翻了4番", "grew 16-fold")),
        ("投资1.5个亿", ("1.5个亿", "150 million")),
        ("中超第18轮", ("第18", "18th")),
        ("第795号提案", ("第795号", "No. 795")),
        ("第五中学", ("第五", "No. 5")),
        ("每小时62米/秒", ("62米/秒", "62 meters per second")),
        ("房价2万元/平方米", ("2万元/平方米", "20,000 yuan per square meter")),
        ("浓度33微克/立方米", ("33微克/立方米", "33 micrograms per cubic meter")),
        ("全场八折", ("八折", "20 percent off")),
        # halves
        ("等了半年", ("半年", "half a year")),
        ("半个小时", ("半个小时", "half an hour")),
        ("转半个钟头", ("半个钟头", "half an hour")),
        ("转了半个多小时", ("半个多小时", "more than half an hour")),
        ("两个半小时", ("两个半小时", "two and a half hours")),
        ("四分之一英里", ("四分之一英里", "one-quarter of a mile")),
        # ranges
        ("3至5天", ("3至5天", "3 to 5 days")),
        ("3至5万元", ("3至5万元", "30,000 to 50,000 yuan")),
        ("20%至30%", ("20%至30%", "20 to 30 percent")),
        ("三四十公里", ("三四十公里", "30 to 40 kilometers")),
        ("十七八岁。", ("十七八岁", "17 to 18 years old")),
        ("两三年", ("两三年", "2 or 3 years")),
        ("每组20~30人", ("20~30", "20 to 30")),
        # ordinals, scores, labels
        ("第三届", ("第三", "third")),
        ("第21条", ("第21", "21st")),
        ("以3比2获胜", ("3比2", "3-2")),
        ("护理员和老人的比例是1比3", ("1比3", "1:3")),
        ("每盏灯省电110度，", ("110度", "110 kilowatt-hours")),
        ("省电多，近30万度，", ("近30万度", "nearly 300,000 kilowatt-hours")),
        ("气温升到38度，", ("38度", "38 degrees")),
        ("水压升到0.28兆帕", ("0.28兆帕", "0.28 megapascals")),
        ("80周岁以上老人", ("80周岁以上老人", "elderly people aged 80 and over")),
        ("60岁以上的居民", ("60岁以上的居民", "residents aged 60 and over")),
        ("65岁以上的老人家", ("65岁以上", "aged 65 and over")),
        ("以54票赞成通过", ("54票赞成", "54 votes in favor")),
        ("2票弃权", ("2票弃权", "2 abstentions")),
        ("坐了三百多号人，", ("三百多", "more than 300")),
        ("220千伏变电站", ("220千伏", "220 kilovolts")),
        ("住在3号楼", ("3号楼", "Building 3")),
        ("住在3号", ("3号", "No. 3")),
        ("批文为4521号", ("4521号", "No. 4521")),
        ("储备33433亿美元", ("33433亿美元", "$3.3433 trillion")),
        ("跑出9秒83", ("9秒83", "9.83 seconds")),
        ("跑出46秒40", ("46秒40", "46.40 seconds")),
        ("第1000万辆", ("第1000万", "10-millionth")),
        ("每股0.5元", ("0.5元", "0.5 yuan")),
        ("拆除1.8万㎡", ("1.8万㎡", "18,000 square meters")),
        ("用时3分35秒", ("3分35秒", "3 minutes 35 seconds")),
        # small numbers, traditional and full-width
        ("两名民警", ("两", "two")),
        ("３０％", ("３０％", "30 percent")),
        ("約三千餘噸", ("約三千餘噸", "more than 3,000 tonnes")),
        ("兩億日圓", ("兩億日圓", "200 million yen")),
        ("拨打12345热线", ("12345", "12345")),
    ],
)
def test_one_number(text, item):
    assert found(text) == [item]


@pytest.mark.parametrize(
    "text",
    [
        "一些群众一直在一起，一般一样，一定统一",
        "万一下雨",
        "千万别走",
        "十分满意",
        "第一时间赶到",
        "四川和三亚",
        "一带一路",
        "七上八下",
        "五四运动",
        "一举一动",
        "三三两两",
        "一辆接一辆",
        "一面面旗帜",
        "一个个身影",
        "一名民警在一家店",
        "两国双方",
        "党的二十大",
        "十四五规划",
        "成千上万",
        "五颜六色",
        "三轮车",
        "三角形",
        "多数人",
        "少数民族",
        "数据显示",
        "几乎没有",
        "他们两人笑了",
        "正好赶上万圣节",
        "三元催化器",
        "使用HER2和5G网络",
        "新一年",
        "四处奔走",
        "红十字会",
        "两位数增长",
        "百姓",
        "下半场",
        "周一片",
        "90后",
        "85后",
        "二次供水改造",
        "投手是三分卫",
    ],
)
def test_what_only_looks_like_a_number(text):
    assert found(text) == []


def test_values_and_spans():
    text = "派出所接警1.3万余起，下降18.5%，调解460余起。"
    items = find_numbers(text)
    assert [item.value for item in items] == [13000, Decimal("0.185"), 460]
    assert all(text[item.start : item.end] == item.zh for item in items)


@given(
    st.text("0123456789.,:-%一二三十百千万亿两几数多余半第分之至近约年月日时点周个元公里名成倍号０％ 的在", max_size=40)
)
def test_whatever_the_text_items_lie_in_order_inside_it(text):
    end = 0
    for item in find_quantities(text):
        assert end <= item.start < item.end
        assert text[item.start : item.end] == item.zh
        assert item.renderings and all(item.renderings)
        end = item.end


@given(st.text("0123456789.,:-%$ andhlfozetmwikpcrsu", max_size=60))
def test_whatever_the_english_numbers_lie_in_order_inside_it(text):
    end = 0
    for number in read_english_numbers(text):
        assert end <= number.start < number.end
        assert text[number.start : number.end] == number.text
        end = number.end


def test_small_numbers_are_right_in_digits_and_in_words():
    assert find_numbers("三名")[0].renderings == ("three", "3")
    assert find_numbers("3名")[0].renderings == ("3", "three")


def test_a_date_is_no_number():
    assert found("2023年11月2日上午9时，3名") == [("3", "3")]


def test_an_item_says_what_its_number_is_in_its_passage():
    (cases,) = find_numbers("累计确诊16048100例")
    assert cases.quantity is not None and (cases.quantity.form, cases.value) == ("count", 16048100)
    (session,) = find_numbers("十二届全国人大代表")
    assert session.quantity is not None and (session.quantity.form, session.value) == ("ordinal", 12)
    (firms,) = find_numbers("经营主体2000余户")
    assert firms.quantity is not None and firms.quantity.unit is None


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("180余万件包裹", "over 1.8 million parcels"),
        ("180余万件包裹", "upwards of 1,800,000 parcels"),
        ("100万人", "one million people"),
        ("100万人", "1,000,000 people"),
        ("100万欧元", "€1m"),
        ("100万英镑", "£1million"),
        ("一半的人", "half of them"),
        ("三成受访者", "three in ten respondents"),
        ("三成受访者", "30% of them"),
        ("五分之一的人", "one in five people"),
        ("五分之一的人", "20 percent"),
        ("产量翻番", "output doubled"),
        ("增长一倍", "rose 100 percent"),
        ("增长三倍", "tripled"),
        ("两次", "twice"),
        ("两名司机", "both drivers"),
        ("三人组", "a trio"),
        ("12个鸡蛋", "a dozen eggs"),
        ("二十多项", "more than two dozen"),
        ("半年后", "six months later"),
        ("20年来", "over two decades"),
        ("十年前", "a decade ago"),
        ("一年半", "18 months"),
        ("一年半", "a year and a half"),
        ("一个半月的工期", "the month and a half of work"),
        ("半个月来", "over the past two weeks"),
        ("连续半个月", "for a fortnight"),
        ("等了一两个小时", "waited an hour or two"),
        ("一两年内", "in the next year or two"),
        ("两个月前", "a couple of months ago"),
        ("通车率达到100%", "every village has a road"),
        ("六七十岁的老人", "those in their sixties and seventies"),
        ("一年收入5万元", "He earns 50,000 yuan a year."),
        ("一个月能挣5000元", "a monthly income of 5,000 yuan"),
        ("出动警车7万余辆次", "more than 70,000 police vehicles"),
        ("80岁以上的免费", "free for those over 80 years old"),
        ("半小时", "30 minutes"),
        ("半小时", "half an hour"),
        ("一年", "annual"),
        ("100公里", "62 miles"),
        ("2斤", "1 kg"),
        ("30%至40%", "between 30 and 40 percent"),
        ("2至3百万", "two to three million"),
        ("三四十人", "30 or 40 people"),
        ("两三个", "a few"),
        ("数百人", "hundreds of people"),
        ("数千人", "some 4,000 people"),
        ("十几人", "a dozen people"),
        ("20多岁", "in her twenties"),
        ("29岁", "aged 29"),
        ("第三名", "ranked No. 3"),
        ("第三次", "the 3rd time"),
        ("40周年", "the 40th anniversary"),
        ("3比2", "won three goals to 2"),
        ("1比3", "a ratio of one to three"),
        ("一两次", "once or twice a year"),
        ("65岁以上", "people aged 65 and over"),
        ("1:0", "a 1-0 win"),
        ("在3分35秒", "on 3:35"),
        ("用时3分5秒", "in 3 minutes and 5 seconds"),
        ("打八折", "80 percent of the price"),
        ("1.2亿元", "120 million yuan a year"),
        ("3000多吨", "3,000-plus tonnes"),
        ("105人", "one hundred and five people"),
        ("1800人", "eighteen hundred people"),
        ("零下5摄氏度", "five degrees below zero"),
    ],
)
def test_a_number_arrives_in_any_right_spelling(chinese, english):
    assert arrives(chinese, english)


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("180余万件", "more than 180,000 pieces"),
        ("180余万件", "1.08 million"),
        ("30公里", "30 miles"),
        ("30公里", "30 years"),
        ("30人", "30 percent"),
        ("30%", "300 people"),
        ("30%", "30 people"),
        ("3000多吨", "nearly 3,000 tonnes"),
        ("近30%", "more than 30 percent"),
        ("3.5亿元", "3.5 million yuan"),
        ("100万元", "$1 million"),
        ("100万美元", "€1 million"),
        ("三成", "13 percent"),
        ("第三名", "in fourth place"),
        ("3比2", "3-1"),
        ("两名", "three officers"),
        ("2名", "on November 2"),
        ("96项", "1.96 items"),
        ("10人", "10,000 people"),
        ("数百人", "thousands of people"),
        ("20%至30%", "20 to 40 percent"),
        ("半年", "half a month"),
        ("三分之二", "one-third"),
        ("五年", "five months"),
        ("15个", "fifty"),
        ("12345热线", "hotline 12354"),
    ],
)
def test_an_altered_number_does_not_arrive(chinese, english):
    items = find_numbers(chinese)
    assert items
    assert not any(find_quantity(item, english) for item in items)


def test_the_place_where_it_arrived():
    english = "Police seized 87 suspects and more than 1,200 phones."
    (item,) = find_numbers("1200余部手机")
    start, end = find_quantity(item, english) or (0, 0)
    assert english[start:end] == "1,200"


@pytest.mark.skipif(not ROUNDUPS.exists(), reason="the development roundups are not here")
def test_on_human_translations_nearly_all_arrive_and_every_rendering_counts_as_right():
    total = arrived = 0
    seen = set()
    for line in ROUNDUPS.read_text(encoding="utf-8").splitlines()[:40]:
        for section in json.loads(line)["sections"]:
            for chinese, english in zip(section["paragraphs_zh"], section["paragraphs_en"], strict=True):
                if chinese in seen:
                    continue
                seen.add(chinese)
                end = 0
                for item in find_quantities(chinese):
                    assert item.start >= end and chinese[item.start : item.end] == item.zh
                    end = item.end
                    total += 1
                    arrived += find_quantity(item, english) is not None
                    for rendering in item.renderings:
                        assert find_quantity(item, f"It was {rendering} then."), (item, rendering)
    assert total > 300
    assert arrived / total >= 0.93


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("票价新台币300元。", "新台币300元", "300 New Taiwan dollars"),
        ("經費新臺幣1億6,800萬元。", "新臺幣1億6,800萬元", "168 million New Taiwan dollars"),
        ("罚款港币500元。", "港币500元", "500 Hong Kong dollars"),
        ("奖金人民币20万元。", "人民币20万元", "200,000 yuan"),
        ("售价美金3万元。", "美金3万元", "$30,000"),
        ("人民币三年来升值。", "三年", "three years"),
    ],
)
def test_a_currency_said_before_the_number_is_part_of_it(text, zh, english):
    assert (zh, english) in found(text)


def test_a_currency_sign_of_taiwan_arrives():
    assert "NT$300" in find_numbers("票价新台币300元。")[0].renderings
    assert arrives("票价新台币300元。", "The ticket costs NT$300.")
    assert arrives("票价新台币300元。", "The ticket costs TWD 300.")
    assert not arrives("票价新台币300元。", "The ticket costs 300 yuan.")


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("他参加了2008奥运会。", "2008", "2008"),
        ("论文(2020)发表。", "2020", "2020"),
        ("在1998-2003期间任职。", "1998-2003", "1998-2003"),
        ("2020届毕业生就业。", "2020", "2020"),
        ("共有2000名学生。", "2000", "2,000"),
        ("近2000学生到场。", "近2000", "nearly 2,000"),
        ("捐款1200元。", "1200元", "1,200 yuan"),
        ("约有1500-2000名学生。", "1500-2000", "1,500 to 2,000"),
    ],
)
def test_what_may_be_a_year_stays_as_written(text, zh, english):
    assert (zh, english) in found(text)


def test_what_may_be_a_year_also_arrives_with_a_comma():
    assert "1,200" in find_numbers("票价1200。")[0].renderings
    assert arrives("在1998-2003期间任职。", "He served from 1998 to 2003.")


@pytest.mark.parametrize(
    "word", ["三元催化器", "三元桥", "三元锂电池", "三元区", "三元牛奶", "千佛山", "五道口", "万科集团"]
)
def test_words_that_begin_with_a_numeral_and_a_unit_are_no_numbers(word):
    assert found(f"在{word}附近。") == []
    assert ("三元", "three yuan") in found("每斤三元。") and found("二十三元区间。")


@pytest.mark.parametrize(
    ("text", "zh", "english"),
    [
        ("一斤能卖三块二。", "三块二", "3.2 yuan"),
        ("鸡蛋5块8一斤", "5块8", "5.8 yuan"),
        ("每斤两块五毛钱，", "两块五毛钱", "2.5 yuan"),
        ("只要八毛钱", "八毛钱", "0.8 yuan"),
        ("十二块半一份", "十二块半", "12.5 yuan"),
        ("一杯苦水卖18块，谁喝？", "18块", "18 yuan"),
    ],
)
def test_spoken_prices(text: str, zh: str, english: str) -> None:
    assert (zh, english) in [(item.zh, item.renderings[0]) for item in find_numbers(text)]


@pytest.mark.parametrize("text", ["分成三块二等地", "这三块二十亩的田", "一块三角地", "三毛流浪记"])
def test_what_is_no_price(text: str) -> None:
    assert not any("yuan" in rendering for item in find_numbers(text) for rendering in item.renderings)


def test_quarters_of_an_hour_and_decades_of_age() -> None:
    assert found("等了一刻钟，又等了三刻钟") == [("一刻钟", "15 minutes"), ("三刻钟", "45 minutes")]
    assert arrives("等了一刻钟", "waited a quarter of an hour") and not arrives(
        "等了三刻钟", "waited a quarter of an hour"
    )
    assert found("年近八旬的老人") == [("年近八旬", "nearly 80 years old")]
    assert found("10万+的阅读量") == [("10万+", "more than 100,000")]
    assert found("以3∶2获胜") == [("3∶2", "3-2")]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("气压950百帕。", "950 hectopascals"),
        ("主变增容至1.6万千伏安。", "16,000 kilovolt-amperes"),
        ("新增3万千乏。", "30,000 kilovars"),
        ("他得到12万3456票。", "123,456"),
        ("气温降至-3℃。", "minus 3 degrees Celsius"),
        ("采用1:10的比例兑水。", "1:10"),
        ("师生比为1:15。", "1:15"),
        ("地铁S1号线开通。", "Metro Line S1"),
        ("气温-4～-2℃。", "minus 4 to minus 2 degrees Celsius"),
        ("气温0至-3℃。", "0 to minus 3 degrees Celsius"),
        ("出口同比-5.6%。", "minus 5.6 percent"),
        ("零下30多摄氏度的天气", "below minus 30 degrees Celsius"),
        ("死亡率为2.1‰。", "2.1 per thousand"),
        ("发布大模型5.0。", "5.0"),
        ("完成4663.2万标箱。", "46.632 million TEUs"),
        ("蓄水1.26亿方。", "126 million cubic meters"),
        ("总额105176.97亿元。", "10.517697 trillion yuan"),
        ("价值2万里亚尔。", "20,000 riyals"),
        ("收入240.86億澳門元。", "24.086 billion patacas"),
        ("罚款HK$3,500。", "3,500 Hong Kong dollars"),
        ("平均预期寿命80.1岁。", "80.1 years"),
        ("莫高窟第220窟", "Cave 220"),
        ("买超132亿元", "13.2 billion yuan"),
        ("老少比为1.2∶1。", "1.2:1"),
        ("三次产业结构为3.3∶42.7∶54.0。", "3.3:42.7:54.0"),
        ("培训企业60家以上。", "more than 60"),
        ("丢了三头牛。", "three"),
        ("存栏1800头。", "1,800"),
        ("连续奋战近40个小时", "nearly 40 hours"),
        ("历时近3个月", "nearly 3 months"),
        ("他以40秒635夺冠。", "40.635 seconds"),
        ("60至64周岁半价。", "60 to 64 years old"),
        ("气温达华氏95度。", "95 degrees Fahrenheit"),
        ("气温降至零下华氏10度。", "minus 10 degrees Fahrenheit"),
        ("水温为摄氏20至30度。", "20 to 30 degrees Celsius"),
        ("规模4150亿克朗。", "415 billion crowns"),
        ("加入500克朗姆酒。", "500 grams"),
        ("产气3.5亿立方英尺。", "350 million cubic feet"),
        ("投入3万千万卢比。", "300 billion rupees"),
        ("罚款100万伊朗里亚尔。", "1 million Iranian rials"),
        ("罚款5亿奈拉。", "500 million naira"),
        ("一枚3克拉的钻石", "3 carats"),
        ("30码外远射。", "30 yards"),
        ("他传出320码。", "320 yards"),
        ("车跑到120码。", "120"),
        ("鞋子是42码的。", "42"),
        ("一名二十多岁的男子", "in their 20s"),
        ("年龄超过60岁", "over 60 years old"),
        ("10年期的债券", "10-year"),
        ("3至5年期的贷款", "3-to-5-year"),
        ("10年期满", "10 years"),
        ("1票反对。", "1 vote against"),
        ("公路125公里处", "the 125-kilometer mark"),
        ("距震中25公里处", "25 kilometers"),
        ("距公路5公里处", "5 kilometers"),
        ("38辆次车辆通行", "38 vehicle trips"),
        ("起降航班9200余架次", "more than 9,200 flights"),
        ("舟艇11887艘次", "11,887 vessel trips"),
        ("80岁以上的还能免票", "people aged 80 and over"),
        ("60岁以上的，免费", "people aged 60 and over"),
        ("18岁以上的应届毕业生", "aged 18 and over"),
        ("一年能毕业不少人", "a year"),
        ("学习一年能拿证", "one year"),
        ("近一年收入增加", "one year"),
        ("三分之一小时", "one-third of an hour"),
        ("10元每人", "10 yuan per person"),
    ],
)
def test_numbers_with_what_belongs_to_them(text: str, english: str) -> None:
    assert [item.renderings[0] for item in find_quantities(text)] == [english]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("收入增长172%至128亿港元", [("172%", "172 percent"), ("128亿港元", "12.8 billion Hong Kong dollars")]),
        ("进口下滑2.1%到408亿美元", [("2.1%", "2.1 percent"), ("408亿美元", "$40.8 billion")]),
        ("占百分之二十至三十", [("百分之二十至三十", "20 to 30 percent")]),
        ("这里千百年来种茶", []),
        ("一年四季都能吃到", []),
        ("今明两天多阴雨天气", [("两天", "two days")]),
        ("工作了两天多", [("两天多", "more than two days")]),
        ("实施14日集中隔离", [("14日", "14 days")]),
        ("逾期30日未付款", [("30日", "30 days")]),
        ("确诊病例过8万", [("过8万", "more than 80,000")]),
        ("服务过8万人", [("8万", "80,000")]),
        ("年产值过亿元", [("过亿元", "more than 100 million yuan")]),
        ("累计确诊16048100例", [("16048100", "16,048,100")]),
        ("十二届全国人大常委会", [("十二", "twelfth")]),
        ("广安市四届人大", [("四", "fourth")]),
        ("连任三届人大代表", [("三", "three")]),
        ("已经举办十六届", [("十六", "16")]),
        ("一周不到500万元就到了账上", [("一周不到", "less than one week"), ("500万元", "5 million yuan")]),
        ("三天不到2000张票就卖光了", [("三天不到", "less than three days"), ("2000", "2,000")]),
        ("半年不到，他又开了店", [("半年不到", "less than half a year")]),
        ("100米不到就是学校", [("100米不到", "less than 100 meters")]),
        ("一个月不到500元生活费", [("一个月", "one month"), ("不到500元", "less than 500 yuan")]),
        ("一个月不到800元就能住下", [("一个月", "one month"), ("不到800元", "less than 800 yuan")]),
        ("三天不到岗就要扣钱", [("三天", "three days")]),
        ("0—3公里每人2元", [("0—3公里", "0 to 3 kilometers"), ("2元", "2 yuan")]),
    ],
)
def test_what_stands_around_a_number(text: str, items: list[tuple[str, str]]) -> None:
    assert found(text) == items


def test_a_number_arrives_as_its_passage_means_it() -> None:
    assert arrives("累计确诊16048100例", "There were 16,048,100 cases.")
    assert arrives("十二届全国人大", "the 12th National People's Congress")
    assert not arrives("十二届全国人大", "the 13th National People's Congress")
    assert arrives("24小时值守", "They are on duty around the clock.")
    assert arrives("总计筹资27.25亿", "They raised 2.725 billion yuan.")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("十二届全国人大五次会议", [("十二", "twelfth"), ("五", "fifth")]),
        ("召开五次会议", [("五", "five")]),
        ("市委六届十次全会", [("六", "sixth"), ("十", "tenth")]),
        ("“十一”期间", []),
        ("处十年以上有期徒刑", [("十年以上", "at least ten years")]),
        ("女子4x200米自由泳", [("4x200米", "4×200-meter")]),
        ("谭卫、何章鸿、赖斌三人起诉", []),
        ("会议、培训三人参加", [("三", "three")]),
    ],
)
def test_sessions_relays_and_lists_of_people(text: str, items: list[tuple[str, str]]) -> None:
    assert found(text) == items


def test_bounds_of_contracts_and_rates_of_statistics() -> None:
    assert arrives("比例不低于60%", "The share is not less than 60%.")
    assert not arrives("比例不低于60%", "The share is less than 60%.")
    assert arrives("死亡率降至3.71‰", "Mortality fell to 3.71 per thousand.")
    assert not arrives("死亡率降至3.71‰", "Mortality fell to 3.71 percent.")
    assert arrives("疑似病例0例", "There were no suspected cases.")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("降水量偏多二至四成", [("二至四成", "20 to 40 percent")]),
        ("合并营收8392.5亿元新台币", [("8392.5亿元新台币", "839.25 billion New Taiwan dollars")]),
        ("毛收入196.6亿澳门元", [("196.6亿澳门元", "19.66 billion patacas")]),
        ("收益率上升8个基点", [("8个基点", "8 basis points")]),
        ("测得最大烈度7度", [("7度", "7")]),
        ("65 岁及以上人口", [("65 岁及以上人口", "people aged 65 and over")]),
        ("以 10 比 8 淘汰对手", [("10 比 8", "10-8")]),
        ("以25∶21、23∶25获胜", [("25∶21", "25-21"), ("23∶25", "23-25")]),
        ("在60日内提交方案", [("60日", "60 days")]),
        ("中国队，3比1战胜对手", [("3比1", "3-1")]),
        ("以4-6、3-6负于对手", [("4-6", "4-6"), ("3-6", "3-6")]),
        ("半决赛0-3不敌对手", [("0-3", "0-3")]),
        ("以7-6（5）、4-6、6-3取胜", [("7-6", "7-6"), ("5", "5"), ("4-6", "4-6"), ("6-3", "6-3")]),
        ("年龄3-6，以10-15为宜", [("3-6", "3 to 6"), ("10-15", "10 to 15")]),
        ("3-5名选手获胜", [("3-5", "3 to 5")]),
        ("中国队0-1日本队", [("0-1", "0-1")]),
        ("取3-5样，以3-5取样", [("3-5", "3 to 5"), ("3-5", "3 to 5")]),
        ("第一二三名", [("第一二三", "first, second and third")]),
        ("在第90+4分钟绝杀", [("第90+4分钟", "90+4th minute")]),
        ("补时第45+2分钟", [("第45+2分钟", "45+2nd minute")]),
        ("两人分获二、三名", [("两", "two"), ("二、三", "second and third")]),
        ("他们分列二三位", [("二三", "second and third")]),
        ("依照第二、三条", [("第二、三", "second and third")]),
        ("获一、二等奖", [("一、二等奖", "first and second prizes")]),
        ("零家兴说，", []),
    ],
)
def test_finance_sports_and_terms(text: str, items: list[tuple[str, str]]) -> None:
    assert found(text) == items
