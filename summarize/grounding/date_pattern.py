"""What a date or a time of day in Chinese text looks like: the expression that finds it, and its words in English."""

from __future__ import annotations

import re
from collections.abc import Iterable

WEEKDAYS = dict(
    zip("一二三四五六日天", ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Sunday"),
        strict=True)
)  # fmt: skip
PARTS = {
    "凌晨": "early morning", "清晨": "early morning", "清早": "early morning", "早晨": "morning", "早上": "morning",
    "早间": "morning",
    "上午": "morning", "中午": "noon", "正午": "noon", "午后": "afternoon", "下午": "afternoon", "傍晚": "evening",
    "晚上": "evening", "晚间": "evening", "当晚": "evening", "夜间": "night", "夜里": "night", "深夜": "late night",
    "半夜": "night", "午夜": "midnight", "晚": "evening", "早": "morning", "夜": "night", "晨": "morning",
}  # fmt: skip
CALENDARS = {
    "农历": "lunar", "阴历": "lunar", "夏历": "lunar", "旧历": "lunar", "藏历": "Tibetan", "水历": "Shui",
    "傣历": "Dai", "彝历": "Yi", "苗历": "Miao", "回历": "Islamic", "伊斯兰历": "Islamic", "佛历": "Buddhist",
}  # fmt: skip
DAYS = {
    "今": "today",
    "昨": "yesterday",
    "明": "tomorrow",
    "次": "the next day",
    "翌": "the next day",
}  # 昨晚7点, 次日6时
YEARS = {"今年": "this year", "去年": "last year", "前年": "the year before last", "明年": "next year",
          "后年": "the year after next", "本年度": "this year", "上一年": "the previous year",
          "上年": "the previous year", "上年度": "the previous year", "上一年度": "the previous year"}  # fmt: skip
MONTHS_RELATIVE = {"本月": "this month", "上月": "last month", "上个月": "last month", "下月": "next month",
                    "下个月": "next month", "这个月": "this month", "当月": "that month",
                    "同月": "the same month", "次月": "the following month"}  # fmt: skip
WEEKS = {"上周末": "last weekend", "本周末": "this weekend", "下周末": "next weekend", "这周末": "this weekend",
          "上周": "last week", "上个星期": "last week", "上星期": "last week", "本周": "this week", "这周": "this week",
          "下周": "next week", "下个星期": "next week", "下星期": "next week"}  # fmt: skip
STAGES = {"初": "early", "上中旬": "early to mid", "上旬": "early", "中下旬": "mid to late",
           "中旬": "mid", "中": "mid", "下旬": "late",
           "底": "the end of", "末": "the end of"}  # fmt: skip

_HAN = "[一二两三四五六七八九十廿]"
_YEAR_DIGITS = (
    r"(?<![\d.])(?:1\d{3}|20\d{2}|21\d{2})|(?<![\d.'’])\d{2}(?=年\d{1,2}月)|[一二][零〇○一二三四五六七八九]{3}"
)
_OPEN_RANGE = r"(?=\s?[-–—~至到]\s?"  # the first of 2019-2021年 and of 10-12日 goes without its 年 or 日
_EARLIER_DECADE = r"[二三四五六七八](?=[三四五六七八九]十年代)|(?:[2-8]0|[二三四五六七八]十)[、和至到-]"  # 七八十年代
# 三月三, 四月八 and 七月半 are festivals, 三月街 a fair.
_NO_COUNT = (
    r"(?![十百千万亿余多几成分半\d日号天年周次起度倍个家名位项人场支条件辆大届]"
    r"|[、至到和—-][一二三四五六七八九十\d]{1,3}(?!月))"
)
_FESTIVAL = rf"(?:(?<=三月)(?:三|街(?![道头区上边办]))|(?<=四月)八){_NO_COUNT}|(?<=七月)半(?![导数年场价成])"
_MONTH = (
    rf"(?<!前一)(?<!后一)\s?月(?!{_FESTIVAL}|[球饼亮牙薪租供均]|内(?!蒙)|入(?![伍学围职冬选院党会驻伙狱库秋夏伏梅]))"
)
_PART = "|".join(sorted((part for part in PARTS if len(part) > 1), key=len, reverse=True))
_DAY_PART = rf"(?:{_PART}|[晚早夜](?![间餐饭些安报]))"
_MINUTE = (
    r"\d{1,2}(?=\s?分)|(?<=[点时])\d\d(?![\d月日年号名个人])|"
    rf"[零〇]?{_HAN}{{1,3}}(?=分)|{_HAN}?十{_HAN}?|[零〇]{_HAN}"
)
_ZERO = r"零(?=[点时](?:[起整至到前后许发开，。、]|以前|以后|之前|之后|开始|\d{1,2}分|$))"  # but 零点五, 零时差
# The first of two hours that are not told apart: 七八点, 十一二点.
_FIRST_HOUR = (
    "十?一(?=[二两]点)|[二两](?=三点)|三(?=四点)|四(?=五点)|五(?=六点)|六(?=七点)|七(?=八点)|八(?=九点)|九(?=十点)"
)
_TIME = rf"""(?P<time>
    (?:(?P<time_day>[今昨明](?=[晚早夜晨])|[今昨明次翌](?=[日天](?:\d|{_PART}|[晚早夜晨])))[日天]?)?
    (?:(?P<time_part>{_PART}|(?<=[日号天今昨明当每])[晚早夜晨]|(?:^|(?<=[至到从，。、]))[晚早](?=\d{{1,2}}[点时]))\s?)?
    (?:(?P<first_hour>{_FIRST_HOUR})?(?P<hour>(?<![\d.:])\d{{1,2}}|{_HAN}{{1,3}}|{_ZERO})\s?(?P<clock>[点时])\s?
       (?:(?P<half>半)|(?P<minute>{_MINUTE})(?:\s?分)?(?![%钱名个万])|(?P<quarter>[一三])刻)?
       (?:整|钟(?!头))?
      |(?P<open_hour>(?<![\d.:])\d{{1,2}})(?=[至到—–~-]\d{{1,2}}[点时](?![候代差]))
      |(?P<hour24>(?<![\d.:比])(?<![比例]为)(?<!按)(?:[01]?\d|2[0-4])):(?P<minute24>[0-5]\d)(?::[0-5]\d)?(?![\d:%.]|的比[例率]))
  )"""


def _time_pattern(prefix: str) -> str:
    """The pattern of a clock time again, for another place of the same expression: group names may not repeat."""
    return _TIME.replace("(?P<", f"(?P<{prefix}")


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


# After these 10日 is ten days: 拘留10日.
LASTING = (
    *(
        "拘留",
        "延长",
        "期为",
        "期限",
        "休假",
        "放假",
        "请假",
        "连续",
        "停课",
        "停业",
        "停产",
        "历时",
        "为期",
        "长达",
        "逾期",
        "超期",
        "延期",
    ),
    *("隔离", "住院", "缩短", "提前", "超过", "少于", "停业整顿", "停产整顿", "停业整改", "停产整改"),
)
_NO_TERM = "".join(f"(?<!{word})" for word in LASTING)
# Before these, too: 14日集中隔离, 7日年化收益率, 十日以下拘留.
DAYS_OF = "(?:集中|居家|医学|健康|强制){0,2}(?:隔离|观察|监测)|年化|内(?!蒙)|以[上下内]"
_JAPAN = "本(?=[队男女国，。、；！？,.;)）]|选手|$)"  # 0-1日本队
# Days that are none: 10日元, 3日内, 2日游, 25日均线.
_NO_DAYS = rf"(?!元(?!旦|宵)|游(?!泳|客|行|人|览)|{_JAPAN}|耳|均[线价值量]|经(?:指数?|平均|225)|{DAYS_OF})"
# After 每周三 these count something: 每周三次 is three times a week.
_COUNTED = "次天个回名种条年月分家篇期万半十百千场节堂趟顿遍课小本份只件盒瓶轮班组集斤公页首支块人位餐封单点"
_ON_SOMETHING = "(?:(?<=[网线账晚早街])|(?<=岗位))上"  # 网上年货节, 账上一年没动
_FIRST_MONTHS = r"(?:(?<![提此之以产生目从])前|首)(?:[3-9]|1[01]|[三四五六七八九十]|十一)个?月"
MOMENT = re.compile(
    rf"""
    公元(?P<ad>\d{{1,3}})年(?:(?:至|到|-|–|—|~)(?:公元)?(?P<ad_to>\d{{1,4}})年)?
  | (?<![\d.])(?P<ad_from>[1-9]\d\d)年?(?:至|到|-|–|—|~)(?:公元)?(?P<ad_until>[1-9]\d{{2,3}})年(?![的来间])
  | 闰(?P<leap>[一二三四五六七八九十冬腊]{{1,2}})月(?![初廿\d二三十])
  | (?P<calendar>{_any(CALENDARS)})(?:(?P<calendar_year>\d{{1,4}})年)?
      (?:(?P<calendar_month>闰?[正冬腊]|{_HAN}{{1,2}}|\d{{1,2}})月(?!初?{_HAN}|\d|[球饼亮]))?(?(calendar_year)|(?(calendar_month)|(?!)))
  | [一1](?:至|到|-|–|—)(?P<first_quarters>[二三23])季度
  | (?<![\d.-])(?P<iso_year>(?:19|20)\d\d)(?P<iso>[-/.])(?P<iso_month>0?[1-9]|1[0-2])
      (?P=iso)(?P<iso_day>0?[1-9]|[12]\d|3[01])(?![\d.-])
  | (?:公元|西元)前\s?(?P<year_before>\d{{1,4}}|[零〇○一二三四五六七八九十百]+)\s?年
  | (?P<republic>民国)(?P<republic_year>元|\d{{1,3}}|{_HAN}{{1,4}})年
  | (?:(?P<century>\d{{1,2}}|{_HAN}{{1,3}}|上一?个?|本)\s?世纪)\s?
      (?P<two_decades>{_EARLIER_DECADE})?(?P<decade>[1-9]0|[一二三四五六七八九]十)\s?年代
      (?P<decade_stage>[初末]期?|[中后]期)?
  | (?P<two_bare_decades>(?<![\d十百千])(?:{_EARLIER_DECADE}))?
      (?P<bare_decade>(?<!\d)(?:19|20)?[1-9]0|(?<![十百千])[二三四五六七八九]十)\s?年代(?!初?时)
  | (?P<era>(?P<era_century>(?<!上)(?:\d{{1,2}}|{_HAN}{{1,3}}))\s?世纪|(?:上一?个?|本)世纪)
      (?P<era_stage>[初早前末晚后]期|初|中叶|中期|末|[上下前后]半叶|[前后]半期)?(?![一-鿿]?期)
  | (?:农历|阴历|夏历|旧历)?(?:(?P<lunar_year>{_YEAR_DIGITS})年)?(?P<lunar_month>正|腊|冬|闰?{_HAN}{{1,2}})月
      (?P<lunar_day>初{_HAN}|[廿二]十?{_HAN}|十{_HAN}?|三十|(?<=二月)二|(?:(?<=三月)三|(?<=四月)八|(?<=六月)六|(?<=九月)九){_NO_COUNT})
      (?![号余多几个家名一二三四五六七八九十]|(?<!初\w)日)(?:(?<=初\w)日)?
  | (?<!\d)(?P<season_from>20\d\d)\s?(?:至|到|-|–|—|/)\s?(?P<season_to>\d\d)(?=年度|财年|学年|赛季|榨季)(?:年度)?
  | (?<![十\d])(?P<two_months>一二|二三|三四|四五|五六|六七|七八|八九|九十|[1-9](?=、(?:[2-9]|1[0-2])月份?(?!\d)))
      (?:月份?|、(?P<second_month>\d{{1,2}})月份?)(?!\d)
  | (?:(?P<year>{_YEAR_DIGITS})(?:\s?年度?(?!级)|{_OPEN_RANGE}(?:1\d|20|21)\d\d年))
      |(?P<relative_year>(?<![之以此成产])(?!{_ON_SOMETHING})(?:{_any(YEARS)})(?![产均龄份级轻纪])))?
    (?:(?<=年)年?(?P<year_stage>[初底末])(?![一-鿿]?[期等中级]))?
    (?:(?:的)?(?P<half_year>(?<=年)[上下]半年)
      |(?:的)?(?P<same_period>(?<=[年度])同期)
      |(?P<quarter_of>(?<=年)第?[一二三四1-4]季度|(?<=年)前[二三]季度|(?<=年){_FIRST_MONTHS}|(?<=年)前[两二2]个月)
      |(?:(?<=年)(?:的|\s))?(?P<month>(?<![\d.])\d{{1,2}}|{_HAN}{{1,3}})
       (?:{_MONTH}(?:份)?|{_OPEN_RANGE}(?:1[0-2]|[2-9]|{_HAN}{{1,2}}){_MONTH}))
       (?:(?P<day>\s?\d{{1,2}}|{_HAN}{{1,3}})(?:\s?[日号](?!线)|{_OPEN_RANGE}\d{{1,2}}[日号])
          |(?=(?:[、和及](?:\d{{1,2}}月)?\d{{1,2}})+日))
         |(?P<stage>初(?!{_HAN})|底|末|上中旬|中下旬|[上中下]旬|中(?=[，。、]))|))?
    (?(year)|(?(relative_year)|(?(month)|(?!))))
    (?P<day_part>(?(day)(?:(?:当天)?{_DAY_PART}|)))
    (?:\s?{_TIME})?
  | (?P<relative_month>(?<![\d一二三四五六七八九十])(?:{_any(MONTHS_RELATIVE)})(?![球面度]))
      (?:(?P<stage2>初|底|[上中下]旬)|(?P<day2>\d{{1,2}})(?:[日号]|(?=(?:[、和及]\d{{1,2}})+日)|{_OPEN_RANGE}\d{{1,2}}日)))?
  | (?<![\d.])(?!6\.18|11\.11|12\.12)(?P<dot_month>[1-9]|1[0-2])(?:·|(?:(?<=[“"]\d)|(?<=[“"]1\d))\.(?=[123]\d[”"]))
      (?P<dot_day>[1-9]|[12]\d|3[01])(?![\d.·])
  | (?<![\d.年月]){_NO_TERM}(?P<day3>0?[1-9]|[12]\d|3[01]|(?<=[号日][至到]){_HAN}{{1,3}})
      \s?(?:日(?!\d(?!\d?[时点:])){_NO_DAYS}|号(?=\s?(?:{_PART}))|(?<=[号日][至到]\d)号|(?<=[号日][至到]\d\d)号
        |(?=(?:[、和及](?:[1-9]|[12]\d|3[01]))+日(?![元均]))
        |{_OPEN_RANGE}\d{{1,2}}日{_NO_DAYS}))
      (?:\s?(?P<day3_part>{_DAY_PART}))?(?:\s?{_time_pattern("d_")})?
  | (?P<next_weekday>[上下本这](?:个|一)?)?(?<![四一两每])(?:星期|礼拜|(?<![一二两三四五六七八九十几数半每\d])周)
      (?P<weekday>[一二三四五六日天])(?![次天个回名种条年月分家篇期万半手])
      (?:\s?(?P<weekday_part>{_PART}|晚(?![间餐饭些安报])))?(?:\s?{_time_pattern("w_")})?
  | 每个?(?:星期|礼拜|周)(?P<every>[一二三四五六日天])(?![{_COUNTED}])(?P<every_part>{_PART}|晚(?![间餐饭些安报]))?
      (?:\s?{_time_pattern("e_")})?
  | (?<!晚)(?<!早)(?P<week>{_any(WEEKS)})(?![一二三四五六日天边围到密转期刊年])
  | (?P<named>(?:第[一二三四1-4]|(?<![第一二三四0-9])[一二三四])季度|前[二三]季度|{_FIRST_MONTHS}|(?<!前)[上下]半年)
  | {_time_pattern("t_")}
    """,
    re.VERBOSE,
)
