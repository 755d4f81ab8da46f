import pytest

from summarize.fidelity import check_translation
from summarize.grounding import ground

ZH = "宝应县有300户居民参加，高邮市有500户居民参加。"


def kinds(zh: str, en: str) -> list[tuple[str, str]]:
    found = check_translation(zh, en, ground([zh])[0])
    return [(finding.kind, finding.detail) for finding in found if "changed places" in finding.detail]


@pytest.mark.parametrize(
    "english",
    [
        "Some 500 households took part in Baoying County and 300 in Gaoyou City.",
        "In Baoying County 500 households took part, in Gaoyou City 300.",
    ],
)
def test_numbers_at_each_others_names_are_found(english: str) -> None:
    assert kinds(ZH, english) == [("altered", "300户居民 and 500户居民 changed places in the English.")]


def test_numbers_that_count_each_others_things_are_found() -> None:
    zh = "海啸袭击了14个国家，造成226000人死亡。"
    assert kinds(zh, "The tsunami struck 226,000 countries and killed 14 people.")
    assert not kinds(zh, "The tsunami struck 14 countries and killed 226,000 people.")
    assert not kinds(zh, "The tsunami killed 226,000 people in 14 countries.")
    zh = "16700人被疏散到24个避难中心。"
    assert kinds(zh, "Some 24 people were taken to 16,700 evacuation centers.")
    assert not kinds(zh, "Some 16,700 people were taken to 24 evacuation centers.")


@pytest.mark.parametrize(
    ("zh", "right", "wrong"),
    [
        (
            "小区新增车位286个，因停车引起的报警下降到9起。",
            "The community gained 286 parking spaces, and calls to the police over parking fell to 9.",
            "The community gained 9 parking spaces, and calls to the police over parking fell to 286.",
        ),
        (
            "会上，12人获得表彰。会后，35人参加了植树。",
            "Twelve people were commended at the meeting. Afterwards 35 planted trees.",
            "Thirty-five people were commended at the meeting. Afterwards 12 planted trees.",
        ),
        (
            "全村现有农户820户（脱贫户96户）。",
            "The village has 820 farming households (96 of them lifted out of poverty).",
            "The village has 96 farming households (820 of them lifted out of poverty).",
        ),
        (
            "小区共有业主820户，其中580户投了赞成票。",
            "Of the compound's 820 households, 580 voted in favor.",
            "Of the compound's 580 households, 820 voted in favor.",
        ),
        (
            "乘客需提前40分钟到达机场，起飞前30分钟停止办理登机手续。",
            "Passengers should arrive at the airport 40 minutes early; check-in closes 30 minutes before takeoff.",
            "Passengers should arrive at the airport 30 minutes early; check-in closes 40 minutes before takeoff.",
        ),
    ],
)
def test_numbers_in_each_others_clauses_are_found(zh: str, right: str, wrong: str) -> None:
    assert kinds(zh, wrong)
    assert not kinds(zh, right)


def test_names_in_latin_letters_count_too() -> None:
    zh = "CBS有310万观众，NBC有294万观众。"
    assert kinds(zh, "CBS had 2.94 million viewers and NBC 3.1 million.")
    assert not kinds(zh, "CBS had 3.1 million viewers and NBC 2.94 million.")


@pytest.mark.parametrize(
    "english",
    [
        "In Baoying County 300 households took part, in Gaoyou City 500.",
        "Some 300 households took part in Baoying County and 500 in Gaoyou City.",
        "Some 500 households took part in Gaoyou City and 300 in Baoying County.",
        "In Gaoyou City 500 households took part, in Baoying County 300.",
    ],
)
def test_numbers_at_their_names_are_right_in_any_order(english: str) -> None:
    assert kinds(ZH, english) == []


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("2022年增长5%，比2021年多2%。", "In 2022, 2% more than in 2021, it grew 5%."),
        ("宝应县有300户，其中泾河镇有50户。", "In Baoying County, 50 households in Jinghe Town are among 300."),
        ("全村共有246户，其中99户种茶。", "In the village 99 of the 246 households grow tea."),
        ("收益率从年初的2%，降到1.5%。", "The yield fell to 1.5% from 2% at the beginning of the year."),
        ("全县共有4个中心，提供2600个床位。", "There are 2,600 beds in four centers in the county."),
        ("共有30人不适，2所学校停课。", "Two schools were closed after 30 people fell ill."),
        ("共有30人不适，2所学校停课。", "After 2 schools were closed, 30 people were unwell."),
        ("事故造成3人死亡，5人受伤。", "Five people were injured and three killed in the accident."),
        ("成人票80元，儿童票40元。", "Tickets cost 40 yuan for children and 80 yuan for adults."),
        ("去年种瓜20亩，今年35亩。", "This year they planted 35 mu of melons; last year it was 20 mu."),
        ("建成大棚300个，带动就业800人。", "Some 800 people found work thanks to the 300 greenhouses built."),
        ("我们请了200人，而不是1万人。", "Rather than 10,000 people, we invited 200."),
        ("展品有陶器、木雕（2019年）等4种。", "There are four kinds of exhibits: pottery and wood carving (2019)."),
        ("在F1 (Formula 1) 赛车中七次夺冠。", "He won seven times in Formula 1."),
        ("宝应县有300户，高邮市有500人。", "In Baoying County, 500 people in Gaoyou City met 300 households."),
    ],
)
def test_what_may_be_in_another_order_is_let_be(zh: str, en: str) -> None:
    assert kinds(zh, en) == []


def test_numbers_at_highs_and_lows_are_found() -> None:
    zh = "明天最高气温26℃，最低气温19℃。"
    assert kinds(zh, "Tomorrow will see a high of 19 degrees Celsius and a low of 26 degrees Celsius.")
    assert not kinds(zh, "Tomorrow will see a high of 26 degrees Celsius and a low of 19 degrees Celsius.")
    assert not kinds(zh, "Temperatures will be between 19 and 26 degrees Celsius tomorrow.")


def test_a_count_is_no_span_of_time() -> None:
    zh = "每位读者一次最多可借10册图书，借期30天。"
    assert check_translation(zh, "Each reader can borrow up to 30 books at a time for 10 days.", ground([zh])[0])


@pytest.mark.parametrize(
    ("zh", "right", "wrong"),
    [
        (
            "11月28日大会开幕，12月5日闭幕。",
            "The congress opened on November 28 and closed on December 5.",
            "The congress opened on December 5 and closed on November 28.",
        ),
        (
            "他2003年入党，2005年参加工作。",
            "He joined the Party in 2003 and started work in 2005.",
            "He joined the Party in 2005 and started work in 2003.",
        ),
        (
            "原定于5月举行的茶博会推迟至10月。",
            "The fair planned for May was put off to October.",
            "The fair planned for October was put off to May.",
        ),
        (
            "末班车提前至18时，首班车推迟到8时。",
            "The last bus leaves at 6 p.m., the first bus at 8 a.m.",
            "The last bus leaves at 8 a.m., the first bus at 6 p.m.",
        ),
    ],
)
def test_dates_in_each_others_clauses_are_found(zh: str, right: str, wrong: str) -> None:
    assert kinds(zh, wrong)
    assert not kinds(zh, right)


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("11月28日开幕，12月5日闭幕。", "It closed on December 5 after opening on November 28."),
        ("项目6月开工，预计明年8月竣工。", "The project, due to be completed in August next year, began in June."),
        ("展览12月20日结束，10月8日起展出。", "The exhibition, which opened on October 8, ends on December 20."),
        ("11月28日大会开幕，12月5日闭幕。", "The congress, which opened on November 28, closed on December 5."),
        ("3月10日上午7时50分，工厂发生爆炸。", "At 7:50 a.m. on March 10, there was an explosion at the factory."),
        ("公元前356年7月21日，神庙被烧毁。", "On July 21, 356 BC, the temple burned down."),
        ("2003年和2005年，他两次来访。", "He came twice, in 2003 and 2005."),
        ("周五，她说11月不会忘。", "She will not forget it in November, she said on Friday."),
    ],
)
def test_dates_that_may_be_in_another_order_are_let_be(zh: str, en: str) -> None:
    assert kinds(zh, en) == []
