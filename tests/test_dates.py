import pytest

from summarize.grounding.arrival import find_quantity
from summarize.grounding.dates import find_dates, read_date


def found(text: str) -> list[tuple[str, str]]:
    return [(item.zh, item.renderings[0]) for item in find_dates(text)]


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("11月3日晚上七八点", ("11月3日晚上七八点", "7 or 8 p.m. on November 3")),
        ("2023年11月2日", ("2023年11月2日", "November 2, 2023")),
        ("11月2日上午，民警来到", ("11月2日上午", "the morning of November 2")),
        ("10月27日", ("10月27日", "October 27")),
        ("二〇二三年十一月二日", ("二〇二三年十一月二日", "November 2, 2023")),
        ("2008 年 11 月 26 日", ("2008 年 11 月 26 日", "November 26, 2008")),
        ("１１月２日", ("１１月２日", "November 2")),
        ("2023-11-02", ("2023-11-02", "November 2, 2023")),
        ("今年7月份以来", ("今年7月份", "July this year")),
        ("去年10月", ("去年10月", "October last year")),
        ("去年初", ("去年初", "early last year")),
        ("2023年底", ("2023年底", "the end of 2023")),
        ("从去年开始", ("去年", "last year")),
        ("1998年", ("1998年", "1998")),
        ("20世纪90年代", ("20世纪90年代", "1990s")),
        ("上世纪 八十年代", ("上世纪 八十年代", "1980s")),
        ("90年代", ("90年代", "1990s")),
        ("20世纪80年代初期", ("20世纪80年代初期", "early 1980s")),
        ("上世纪70年代末期", ("上世纪70年代末期", "late 1970s")),
        ("本世纪初", ("本世纪初", "the beginning of this century")),
        ("十九世纪末", ("十九世纪末", "the end of the 19th century")),
        ("20世纪初期", ("20世纪初期", "the early 20th century")),
        ("18世纪后期", ("18世纪后期", "the late 18th century")),
        ("上世纪初期", ("上世纪初期", "the early part of the last century")),
        ("19世纪下半叶", ("19世纪下半叶", "the second half of the 19th century")),
        ("公元前221年", ("公元前221年", "221 BC")),
        ("第三季度", ("第三季度", "the third quarter")),
        ("2023年前三季度", ("2023年前三季度", "the first three quarters of 2023")),
        ("今年上半年", ("今年上半年", "the first half of this year")),
        ("今年1至9月", ("今年1至9月", "January to September this year")),
        ("1-10月份", ("1-10月份", "January to October")),
        ("2025年10月28日至30日", ("2025年10月28日至30日", "October 28 to 30, 2025")),
        ("每周三对游客免票", ("每周三", "every Wednesday")),
        ("每周六晚7点半开讲", ("每周六晚7点半", "7:30 p.m. every Saturday")),
        ("前10个月增长8%", ("前10个月", "the first 10 months")),
        ("今年前三个月", ("今年前三个月", "the first 3 months of this year")),
        ("今年首10个月", ("今年首10个月", "the first 10 months of this year")),
        ("2024年度票房", ("2024年度", "2024")),
        ("2024年9月1日至10月8日", ("2024年9月1日至10月8日", "September 1 to October 8, 2024")),
        ("10月底", ("10月底", "the end of October")),
        ("12月中旬", ("12月中旬", "mid-December")),
        ("周三", ("周三", "Wednesday")),
        ("禮拜六", ("禮拜六", "Saturday")),
        ("上周三晚", ("上周三晚", "last Wednesday evening")),
        ("下周一上午10点", ("下周一上午10点", "10 a.m. next Monday")),
        ("周一至周五", ("周一至周五", "Monday to Friday")),
        ("每周一至周五9:00—17:00开放", ("每周一至周五9:00—17:00", "9:00 to 17:00, Monday to Friday")),
        ("周一至周五上午9点营业", ("周一至周五上午9点", "9 a.m., Monday to Friday")),
        (
            "每周二、周四上午8:00—11:30",
            ("每周二、周四上午8:00—11:30", "8 a.m. to 11:30 a.m., every Tuesday and Thursday"),
        ),
        ("每周一、三、五晚上开班", ("每周一、三、五晚上", "every Monday, Wednesday and Friday evening")),
        ("逢周三、六赶集。", ("周三、六", "Wednesday and Saturday")),
        ("周一、三年级开会", ("周一", "Monday")),
        ("周六和周日9点至17点", ("周六和周日9点至17点", "9:00 to 17:00, Saturday and Sunday")),
        ("10月1日10时至12时停水", ("10月1日10时至12时", "10 a.m. to noon on October 1")),
        ("6月18日零时至24时", ("6月18日零时至24时", "0:00 to 24:00 on June 18")),
        ("上世纪七八十年代", ("上世纪七八十年代", "1970s and 1980s")),
        ("20世纪五六十年代", ("20世纪五六十年代", "1950s and 1960s")),
        ("上世纪70、80年代", ("上世纪70、80年代", "1970s and 1980s")),
        ("将于10至12日举行", ("10至12日", "the 10th to the 12th")),
        ("本月10至12日举行", ("本月10至12日", "the 10th to the 12th of this month")),
        ("记者 12 日获悉", ("12 日", "the 12th")),
        ("3月至5月", ("3月至5月", "March to May")),
        ("2022年1月至6月", ("2022年1月至6月", "January to June 2022")),
        ("11月2日至5日", ("11月2日至5日", "November 2 to 5")),
        ("9月10-12日", ("9月10-12日", "September 10 to 12")),
        ("2019-2021年", ("2019-2021年", "2019 to 2021")),
        ("2019年到2021年", ("2019年到2021年", "2019 to 2021")),
        ("29日上午", ("29日上午", "the morning of the 29th")),
        ("截至11日18时", ("11日18时", "6 p.m. on the 11th")),
        ("本月15日", ("本月15日", "the 15th of this month")),
        ("15号上午他到场", ("15号上午", "the morning of the 15th")),
        ("上周", ("上周", "last week")),
        ("农历正月初五", ("农历正月初五", "the fifth day of the first lunar month")),
        ("腊月二十八", ("腊月二十八", "the 28th day of the twelfth lunar month")),
        ("民国二十七年", ("民国二十七年", "1938")),
        ("11月2日上午9时30分", ("11月2日上午9时30分", "9:30 a.m. on November 2")),
    ],
)
def test_one_date(text, item):
    assert found(text) == [item]
    assert [each.kind for each in find_dates(text)] == ["date"]


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("凌晨一两点还在吆喝", ("凌晨一两点", "1 or 2 a.m.")),
        ("每天早上七八点出门", ("早上七八点", "7 or 8 a.m.")),
        ("晚上十一二点", ("晚上十一二点", "11 p.m. to midnight")),
        ("两三点钟", ("两三点钟", "2 or 3 o'clock")),
        ("不到9点门口就排起长队", ("不到9点", "before 9 o'clock")),
        ("凌晨3时20分", ("凌晨3时20分", "3:20 a.m.")),
        ("上午9点半", ("上午9点半", "9:30 a.m.")),
        ("晚上8点", ("晚上8点", "8 p.m.")),
        ("下午三点半", ("下午三点半", "3:30 p.m.")),
        ("中午12点", ("中午12点", "12 noon")),
        ("19:30开始", ("19:30", "19:30")),
        ("18时许", ("18时许", "around 6 p.m.")),
        ("早上 7 点 40 分", ("早上 7 点 40 分", "7:40 a.m.")),
        ("上午9时至11时", ("上午9时至11时", "9 a.m. to 11 a.m.")),
        ("昨晚7点多，暴雨", ("昨晚7点多", "shortly after 7 p.m. yesterday")),
        ("今早8点出发", ("今早8点", "8 a.m. today")),
        ("下午2点到4点", ("下午2点到4点", "2 p.m. to 4 p.m.")),
        ("五点半也不晚", ("五点半", "5:30")),
        ("零时起封闭", ("零时", "12 a.m.")),
        ("0时30分", ("0时30分", "12:30 a.m.")),
        ("晚上12点半关门", ("晚上12点半", "12:30 a.m.")),
        ("昨晚8点至10点停电", ("昨晚8点至10点", "8 p.m. to 10 p.m. yesterday")),
        ("零时至24时", ("零时至24时", "0:00 to 24:00")),
        ("上午8至10时停电", ("上午8至10时", "8 a.m. to 10 a.m.")),
    ],
)
def test_one_time(text, item):
    assert found(text) == [item]
    assert [each.kind for each in find_dates(text)] == ["time"]


@pytest.mark.parametrize(
    "text",
    [
        "3年5个月",
        "两周",
        "20分钟",
        "等了3天",
        "以下3点要求",
        "三点建议",
        "三点五个百分点",
        "1500年前",
        "每周三次",
        "每周五天",
        "每周二十小时",
        "四周一片",
        "本周边",
        "以21:19获胜",
        "成绩为2:08:11",
        "比分3:2",
        "他以21:19、21:23、21:15取胜",
        "第三局12:10险胜",
        "临时",
        "一点点",
        "两点一线",
        "80后",
        "20时代",
        "一周年",
        "十四五时期",
        "建成后年产值",
        "3小时",
        "13月",
        "2月32日",
        "三月饼",
        "今天",
    ],
)
def test_what_is_no_date(text):
    assert [zh for zh, _ in found(text) if zh != "2月"] == []


def test_several_in_one_sentence():
    text = "周六（9月29日）下午3点，第二季度，1日至3日"
    assert found(text) == [
        ("周六", "Saturday"),
        ("9月29日", "September 29"),
        ("下午3点", "3 p.m."),
        ("第二季度", "the second quarter"),
        ("1日至3日", "the 1st to the 3rd"),
    ]
    assert all(text[item.start : item.end] == item.zh for item in find_dates(text))


def test_reading_a_date_again():
    (moment,) = read_date("2023年11月2日晚8时15分")
    assert (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.part) == (
        2023,
        11,
        2,
        8,
        15,
        "evening",
    )
    assert read_date("三轮车") == []


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("11月2日", "on 2 November"),
        ("11月2日", "Nov. 2"),
        ("11月2日", "the 2nd of November"),
        ("11月2日", "on November 2nd, 2023"),
        ("11月2日", "11/2"),
        ("11月2日上午", "On the morning of Nov 2"),
        ("11月21日", "November twenty-first"),
        ("2023年11月2日", "2023-11-02"),
        ("11月2日至5日", "November 2-5"),
        ("11月2日至5日", "2 to 5 November"),
        ("今年7月", "since July"),
        ("去年10月", "last October"),
        ("20世纪90年代", "in the nineties"),
        ("20世纪90年代", "the '90s"),
        ("21世纪", "the twenty-first century"),
        ("20世纪初期", "in the early twentieth century"),
        ("周三", "on Wed."),
        ("第三季度", "in Q3"),
        ("上半年", "the first six months"),
        ("去年", "a year ago"),
        ("2018年", "in '18"),
        ("10月底", "at the end of October"),
        ("凌晨3时20分", "at 03:20"),
        ("凌晨3时20分", "3:20 a.m."),
        ("凌晨3时20分", "twenty past three in the morning"),
        ("晚上8点", "8pm"),
        ("晚上8点", "at 20:00"),
        ("上午9点半", "half past nine"),
        ("中午12点", "at noon"),
        ("19:30", "7:30 p.m."),
        ("零点", "at midnight"),
        ("每周三", "on Wednesdays"),
        ("前10个月", "from January to October"),
        ("前10个月", "in the first ten months"),
        ("0时", "at 00:00"),
        ("下午3点", "three o'clock"),
        ("下午2时至4时", "from 2 to 4 p.m."),
        ("下午2时至4时", "2-4 p.m."),
        ("周一至周五9:00至17:00", "from 9:00 to 17:00, Mondays to Fridays"),
        ("上世纪七八十年代", "in the '70s and '80s"),
        ("农历正月初五", "the fifth day of the Lunar New Year"),
        ("农历十二月", "in the 12th lunar month"),
    ],
)
def test_a_date_arrives_in_any_right_spelling(chinese, english):
    (item,) = find_dates(chinese)
    assert find_quantity(item, f"It happened {english}, they said.")


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("11月2日", "November 3"),
        ("11月2日", "October 2"),
        ("11月2日", "November 22"),
        ("25日", "at the 25th National Championship"),
        ("4日", "the 4th fighter jet took off"),
        ("3日晚", "on the 3rd night of the concert"),
        ("2023年", "2022"),
        ("2023年11月2日", "November 2, 2022"),
        ("周三", "Tuesday"),
        ("90年代", "the 1980s"),
        ("凌晨3时20分", "3:20 p.m."),
        ("晚上8点", "8 a.m."),
        ("上午9点半", "9:15 a.m."),
        ("3月至5月", "March to June"),
        ("第三季度", "the second quarter"),
        ("2月份", "in March"),
        ("十九世纪", "the 18th century"),
        ("上世纪七八十年代", "in the 1980s"),
        ("中午12点", "at midnight"),
        ("零点", "at noon"),
        ("下午2时至4时", "from 2 to 5 p.m."),
    ],
)
def test_an_altered_date_does_not_arrive(chinese, english):
    (item,) = find_dates(chinese)
    assert find_quantity(item, f"It happened {english}, they said.") is None


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("据当地媒体26日报道", ("26日", "the 26th")),
        ("机场25日均发布通知", ("25日", "the 25th")),
        ("3日内蒙古降雪", ("3日", "the 3rd")),
        ("12日游客增多", ("12日", "the 12th")),
        ("一二月份物流延时", ("一二月份", "January and February")),
        ("7、8月份雨水多", ("7、8月份", "July and August")),
        ("3月5号至8号举行", ("3月5号至8号", "March 5 to 8")),
        ("截至7月25日24时", ("7月25日24时", "24:00 on July 25")),
        ("7月25日0—24时", ("7月25日0—24时", "0:00 to 24:00 on July 25")),
        ("25日晚12时", ("25日晚12时", "midnight on the 25th")),
        ("3月8日8时至9日8时", ("3月8日8时至9日8时", "8 a.m. on March 8 to 8 a.m. on March 9")),
        ("3月15日晚至16日凌晨", ("3月15日晚至16日凌晨", "the evening of March 15 to the early morning of March 16")),
        ("22时至次日6时", ("22时至次日6时", "10 p.m. to 6 a.m. the next day")),
        ("昨日20时至今日8时", ("昨日20时至今日8时", "8 p.m. yesterday to 8 a.m. today")),
        ("14日11时20分", ("14日11时20分", "11:20 a.m. on the 14th")),
        ("12时30分", ("12时30分", "12:30 p.m.")),
        ("闰六月多雨", ("闰六月", "the leap sixth lunar month")),
        ("周六深夜", ("周六深夜", "late Saturday night")),
        ("周三凌晨", ("周三凌晨", "early Wednesday morning")),
        ("7月3日深夜", ("7月3日深夜", "late at night on July 3")),
        ("今年三月三的歌会", ("三月三", "the third day of the third lunar month")),
        ("今年三月三次下雨", ("今年三月", "March this year")),
        ("四月八的节日", ("四月八", "the eighth day of the fourth lunar month")),
        ("四月八成企业", ("四月", "April")),
        ("今年三月街道组织", ("今年三月", "March this year")),
        ("四月八、九日", ("四月", "April")),
        ("七月半导体涨价", ("七月", "July")),
        ("农历十二月过年", ("农历十二月", "the twelfth lunar month")),
        ("水历十二月过年", ("水历十二月", "the twelfth month of the Shui calendar")),
        ("傣历1388年新年", ("傣历1388年", "the year 1388 of the Dai calendar")),
        ("10月中下旬", ("10月中下旬", "mid to late October")),
        ("1—3季度", ("1—3季度", "the first three quarters")),
        ("公元618年至907年", ("公元618年至907年", "618 to 907 AD")),
        ("“5.12”专案", ("5.12", "May 12")),
        ("次月10日", ("次月10日", "the 10th of the following month")),
        ("18点至24点开放", ("18点至24点", "6 p.m. to midnight")),
        ("每周五17时至每周日5时期间", ("每周五17时至每周日5时", "5 p.m. every Friday to 5 a.m. every Sunday")),
    ],
)
def test_days_months_and_the_end_of_a_day(text: str, item: tuple[str, str]) -> None:
    assert found(text) == [item]


def test_the_month_of_the_first_of_two_days() -> None:
    assert found("7月17和7月22日下达") == [("7月17", "July 17"), ("7月22日", "July 22")]


@pytest.mark.parametrize(
    "text",
    [
        "中国0-1日本队",
        "七月半放河灯",
        "逛三月街",
        "跌破25日均线",
        "售价10日元",
        "7日年化收益率",
        "一月内完成",
        "持7日内证明",
        "三亚5日游",
        "5日均价",
        "网上年货节启动",
        "资金趴在账上一年没动",
        "岗位上一年到头",
    ],
)
def test_what_only_looks_like_a_day_or_year(text: str) -> None:
    assert found(text) == []


def test_the_end_of_a_day_arrives() -> None:
    (date,) = find_dates("9月30日24时")
    assert find_quantity(date, "September 30 at 24:00, a window opens.") is not None
    assert find_quantity(date, "At midnight on September 30, a window opens.") is not None
    assert find_quantity(date, "At 2 p.m. on September 30, a window opens.") is None


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("80 年代的风光", [("80 年代", "1980s")]),
        ("“5·12”汶川地震", [("5·12", "May 12")]),
        ("十一月十二日至十四日访问", [("十一月十二日至十四日", "November 12 to 14")]),
        ("上月29、30日举行", [("上月29", "the 29th of last month"), ("30日", "the 30th")]),
        ("7月17、22日下达", [("7月17", "July 17"), ("22日", "the 22nd")]),
    ],
)
def test_days_that_stand_together(text: str, items: list[tuple[str, str]]) -> None:
    assert found(text) == items


def test_years_of_budgets_and_seasons() -> None:
    assert found("2024至25年度综合赤字") == [("2024至25年度", "2024-25")]
    assert found("2023-24赛季") == [("2023-24", "2023-24")]
    assert found("今年前两个月进出口") == [("今年前两个月", "the first 2 months of this year")]
    (years,) = find_dates("2024至25年度综合赤字")
    assert find_quantity(years, "The deficit of 2024-25 was large.") is not None
    assert find_quantity(years, "The deficit of 2025-26 was large.") is None


@pytest.mark.parametrize(
    ("english", "arrived"),
    [
        ("He leaves at seven or eight in the morning.", True),
        ("He leaves between 7 and 8 a.m.", True),
        ("He leaves at 8 a.m.", False),
        ("He leaves at 7 or 8 p.m.", False),
    ],
)
def test_both_of_two_hours_must_arrive(english: str, arrived: bool) -> None:
    (item,) = find_dates("他早上七八点出门")
    assert (find_quantity(item, english) is not None) is arrived
