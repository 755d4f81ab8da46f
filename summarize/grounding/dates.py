"""Dates and times of day in a Chinese passage: 2023年11月2日, 今年7月, 上世纪80年代, 周三晚上8点, 农历正月初五."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from summarize.grounding.english_numbers import ordinal
from summarize.grounding.item import Item, Kind
from summarize.grounding.moment import Moment, write_days, write_moments
from summarize.grounding.numerals import fold, read_numeral

_WEEKDAYS = dict(
    zip("一二三四五六日天", ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Sunday"),
        strict=True)
)  # fmt: skip
_PARTS = {
    "凌晨": "early morning", "清晨": "early morning", "清早": "early morning", "早晨": "morning", "早上": "morning",
    "早间": "morning",
    "上午": "morning", "中午": "noon", "正午": "noon", "午后": "afternoon", "下午": "afternoon", "傍晚": "evening",
    "晚上": "evening", "晚间": "evening", "当晚": "evening", "夜间": "night", "夜里": "night", "深夜": "late night",
    "半夜": "night", "午夜": "midnight", "晚": "evening", "早": "morning", "夜": "night", "晨": "morning",
}  # fmt: skip
_DAYS = {"今": "today", "昨": "yesterday", "明": "tomorrow"}  # 昨晚7点
_YEARS = {"今年": "this year", "去年": "last year", "前年": "the year before last", "明年": "next year",
          "后年": "the year after next", "本年度": "this year", "上一年": "the previous year",
          "上年": "the previous year", "上年度": "the previous year", "上一年度": "the previous year"}  # fmt: skip
_MONTHS_RELATIVE = {"本月": "this month", "上月": "last month", "上个月": "last month", "下月": "next month",
                    "下个月": "next month", "这个月": "this month", "当月": "that month"}  # fmt: skip
_WEEKS = {"上周末": "last weekend", "本周末": "this weekend", "下周末": "next weekend", "这周末": "this weekend",
          "上周": "last week", "上个星期": "last week", "上星期": "last week", "本周": "this week", "这周": "this week",
          "下周": "next week", "下个星期": "next week", "下星期": "next week"}  # fmt: skip
_STAGES = {"初": "early", "上旬": "early", "中旬": "mid", "中": "mid", "下旬": "late",
           "底": "the end of", "末": "the end of"}  # fmt: skip
_QUARTERS = {"一": "first", "二": "second", "三": "third", "四": "fourth"}

_HAN = "[一二两三四五六七八九十廿]"
_YEAR_DIGITS = (
    r"(?<![\d.])(?:1\d{3}|20\d{2}|21\d{2})|(?<![\d.'’])\d{2}(?=年\d{1,2}月)|[一二][零〇○一二三四五六七八九]{3}"
)
_OPEN_RANGE = r"(?=\s?[-–—~至到]\s?"  # the first of 2019-2021年 and of 10-12日 goes without its 年 or 日
_EARLIER_DECADE = r"[二三四五六七八](?=[三四五六七八九]十年代)|(?:[2-8]0|[二三四五六七八]十)[、和至到-]"  # 七八十年代
_MONTH = r"\s?月(?![球饼亮牙入薪租供均])"
_PART = "|".join(sorted((part for part in _PARTS if len(part) > 1), key=len, reverse=True))
_DAY_PART = rf"(?:{_PART}|[晚早夜](?![间餐饭些安报]))"
_MINUTE = (
    r"\d{1,2}(?=\s?分)|(?<=[点时])\d\d(?![\d月日年号名个人])|"
    rf"[零〇]?{_HAN}{{1,3}}(?=分)|{_HAN}?十{_HAN}?|[零〇]{_HAN}"
)
_ZERO = r"零(?=[点时](?:[起整至到前后许发开，。、]|以前|以后|之前|之后|开始|\d{1,2}分|$))"  # but 零点五, 零时差
_TIME = rf"""(?P<time>
    (?P<time_day>[今昨明](?=[晚早夜晨]))?
    (?:(?P<time_part>{_PART}|(?<=[日号天今昨明当每])[晚早夜晨]|(?:^|(?<=[至到从，。、]))[晚早](?=\d{{1,2}}[点时]))\s?)?
    (?:(?P<hour>(?<![\d.:])\d{{1,2}}|{_HAN}{{1,3}}|{_ZERO})\s?(?P<clock>[点时])\s?
       (?:(?P<half>半)|(?P<minute>{_MINUTE})(?:\s?分)?(?![%钱名个万])|(?P<quarter>[一三])刻)?
       (?:整|钟(?!头))?
      |(?P<open_hour>(?<![\d.:])\d{{1,2}})(?=[至到-]\d{{1,2}}[点时](?![候代差]))
      |(?P<hour24>(?<![\d.:比])(?:[01]?\d|2[0-4])):(?P<minute24>[0-5]\d)(?::[0-5]\d)?(?![\d:%.]))
  )"""


def _time_pattern(prefix: str) -> str:
    """The pattern of a clock time again, for another place of the same expression: group names may not repeat."""
    return _TIME.replace("(?P<", f"(?P<{prefix}")


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


# After 每周三 these count something: 每周三次 is three times a week.
_COUNTED = "次天个回名种条年月分家篇期万半十百千场节堂趟顿遍课小本份只件盒瓶轮班组集斤公页首支块人位餐封单点"
_FIRST_MONTHS = r"(?<![提此之以产生目从])前(?:[3-9]|1[01]|[三四五六七八九十]|十一)个?月"
_MOMENT = re.compile(
    rf"""
    (?<![\d.-])(?P<iso_year>(?:19|20)\d\d)(?P<iso>[-/.])(?P<iso_month>0?[1-9]|1[0-2])
      (?P=iso)(?P<iso_day>0?[1-9]|[12]\d|3[01])(?![\d.-])
  | (?:公元|西元)前\s?(?P<year_before>\d{{1,4}}|[零〇○一二三四五六七八九十百]+)\s?年
  | (?P<republic>民国)(?P<republic_year>元|\d{{1,3}}|{_HAN}{{1,4}})年
  | (?:(?P<century>\d{{1,2}}|{_HAN}{{1,3}}|上一?个?|本)\s?世纪)\s?
      (?P<two_decades>{_EARLIER_DECADE})?(?P<decade>[1-9]0|[一二三四五六七八九]十)\s?年代
      (?P<decade_stage>初|中期|末|后期|初期)?
  | (?P<two_bare_decades>(?<![\d十百千])(?:{_EARLIER_DECADE}))?
      (?P<bare_decade>(?<!\d)(?:19|20)?[1-9]0|(?<![十百千])[二三四五六七八九]十)年代(?!初?时)
  | (?P<era>(?P<era_century>(?<!上)(?:\d{{1,2}}|{_HAN}{{1,3}}))\s?世纪|(?:上一?个?|本)世纪)
      (?P<era_stage>初|中叶|中期|末|后期)?(?![一-鿿]?期)
  | (?P<lunar>农历|阴历|夏历|旧历)?(?:(?P<lunar_year>{_YEAR_DIGITS})年)?(?P<lunar_month>正|腊|冬|闰?{_HAN}{{1,2}})月
      (?P<lunar_day>初{_HAN}|[廿二]十?{_HAN}|十{_HAN}?|三十|(?<=二月)二|(?<=三月)三|(?<=六月)六|(?<=九月)九)
      (?![日号余多几个家名一二三四五六七八九十])
  | (?:(?P<year>{_YEAR_DIGITS})(?:\s?年度?(?!级)|{_OPEN_RANGE}(?:1\d|20|21)\d\d年))
      |(?P<relative_year>(?<![之以此成产])(?:{_any(_YEARS)})(?![产均龄份级轻纪])))?
    (?:(?<=年)年?(?P<year_stage>[初底末])(?![一-鿿]?[期等中级]))?
    (?:(?:的)?(?P<half_year>(?<=年)[上下]半年)
      |(?:的)?(?P<same_period>(?<=[年度])同期)
      |(?P<quarter_of>(?<=年)第?[一二三四1-4]季度|(?<=年)前[二三]季度|(?<=年){_FIRST_MONTHS})
      |(?:(?<=年)(?:的|\s))?(?P<month>(?<![\d.])\d{{1,2}}|{_HAN}{{1,3}})
       (?:{_MONTH}(?:份)?|{_OPEN_RANGE}(?:1[0-2]|[2-9]|{_HAN}{{1,2}}){_MONTH}))
       (?:(?P<day>\s?\d{{1,2}}|{_HAN}{{1,3}})(?:\s?[日号](?!线)|{_OPEN_RANGE}\d{{1,2}}[日号]))
         |(?P<stage>初(?!{_HAN})|底|末|[上中下]旬|中(?=[，。、]))|))?
    (?(year)|(?(relative_year)|(?(month)|(?!))))
    (?P<day_part>(?(day)(?:(?:当天)?{_DAY_PART}|)))
    (?:\s?{_TIME})?
  | (?P<relative_month>{_any(_MONTHS_RELATIVE)})
      (?:(?P<stage2>初|底|[上中下]旬)|(?P<day2>\d{{1,2}})(?:[日号]|{_OPEN_RANGE}\d{{1,2}}日)))?
  | (?<![\d.年月])(?P<day3>0?[1-9]|[12]\d|3[01])
      \s?(?:日(?![元内均游报经耳]|\d(?!\d?[时点:]))|号(?=\s?(?:{_PART}))
        |{_OPEN_RANGE}\d{{1,2}}日(?![元内均游报经耳])))
      (?:\s?(?P<day3_part>{_DAY_PART}))?(?:\s?{_time_pattern("d_")})?
  | (?P<next_weekday>[上下本这](?:个|一)?)?(?<![四一两每])(?:星期|礼拜|(?<![一二两三四五六七八九十几数半每\d])周)
      (?P<weekday>[一二三四五六日天])(?![次天个回名种条年月分家篇期万半])
      (?:\s?(?P<weekday_part>{_PART}|晚(?![间餐饭些安报])))?(?:\s?{_time_pattern("w_")})?
  | 每个?(?:星期|礼拜|周)(?P<every>[一二三四五六日天])(?![{_COUNTED}])(?P<every_part>{_PART}|晚(?![间餐饭些安报]))?
      (?:\s?{_time_pattern("e_")})?
  | (?<!晚)(?<!早)(?P<week>{_any(_WEEKS)})(?![一二三四五六日天边围到密转期刊年])
  | (?P<named>(?:第[一二三四1-4]|(?<![第一二三四0-9])[一二三四])季度|前[二三]季度|{_FIRST_MONTHS}|(?<!前)[上下]半年)
  | {_time_pattern("t_")}
    """,
    re.VERBOSE,
)
_JOIN = re.compile(r"\s?(?:至|到|--?|–|—|——|~|直到|延续到)\s?")
_AND = re.compile("[、和及]")
_ABOUT = re.compile(r"许(?![多可诺愿])|左右|(?P<after>多)")  # 2时许, 7点多
# The same character as a clock, a point of a list or part of a word.
_NOT_A_CLOCK = {
    "点": re.compile(
        r"(?:开始|刚|整|出发|发车|左右|前(?!提)|后(?!续)|以前|以后|之前|之后|到|至|起|许|整|钟|多|开|进|的|[，。、）)；,]|$|-|—|~)"
    ),
    "时": re.compile(r"(?![代间期尚候段速常事任隔光差局有])"),
}


def find_dates(text: str) -> list[Item]:
    """The dates (kind "date") and the times of day without a date (kind "time") of a Chinese passage, in order.

    A date, the part of the day and the clock time after it are one item, and so is a range (3月至5月). Words that only
    point ("today", "recently") and festivals are not items; how long something takes is a number (see `numbers`).
    """
    folded = fold(text)
    found = list(_find_moments(folded))
    items: list[Item] = []
    index = 0
    while index < len(found):
        start, end, first = found[index]
        days = _listed_days(folded, found[index:])
        if len(days) > 1:
            index += len(days)
            end = found[index - 1][1]
            closing = None
            if index < len(found) and _JOIN.fullmatch(folded, end, found[index][0]):
                _, end, closing = found[index]
                index += 1
            english = write_days(days, closing)
            items.append(Item("date", start, end, text[start:end], english))
            continue
        second = closing = None
        if index + 1 < len(found) and _JOIN.fullmatch(folded, end, found[index + 1][0]):
            _, end, second = found[index + 1]
            index += 1
            if index + 1 < len(found) and _opens(first, second) and _JOIN.fullmatch(folded, end, found[index + 1][0]):
                _, end, closing = found[index + 1]
                index += 1
        kind: Kind = "time" if _is_time_only(first) else "date"
        english = write_moments(first, second, closing)
        if second is None and first.hour is not None and (about := _ABOUT.match(folded, end)):
            end = about.end()
            word = "shortly after" if about["after"] else "around"
            english = (*(f"{word} {each}" for each in english), *english)
        items.append(Item(kind, start, end, text[start:end], english))
        index += 1
    return items


def _listed_days(text: str, found: Sequence[tuple[int, int, Moment]]) -> list[Moment]:
    """Days of the week of which the last says a time for all (每周二、周四上午8:00); else the first."""
    days: list[Moment] = []
    position = found[0][0]
    for start, end, moment in found:
        joined = not days or _AND.fullmatch(text, position, start)
        if not (moment.weekday and joined):
            break
        days.append(moment)
        position = end
        if moment.hour is not None:
            return days
    return days[:1]


def _opens(first: Moment, second: Moment) -> bool:
    """Whether two days are a range that an opening time ends: 周一至周五9:00, before 至17:00."""
    return bool(first.weekday and second.weekday and first.hour is None and second.hour is not None)


def read_date(zh: str) -> list[Moment]:
    """The one or two moments that the Chinese of a date item says; empty if it is none."""
    return [moment for _, _, moment in _find_moments(fold(zh))]


def _is_time_only(moment: Moment) -> bool:
    return moment.hour is not None and not (moment.day or moment.month or moment.year or moment.weekday)


def _find_moments(text: str) -> Iterator[tuple[int, int, Moment]]:
    position = 0
    while match := _MOMENT.search(text, position):
        if match.end() == match.start():
            position = match.end() + 1
            continue
        moment, end = _read(match, text)
        if moment is None:
            position = match.start() + 1
            continue
        yield match.start(), match.start() + len(text[match.start() : end].rstrip()), moment
        position = end


def _read(match: re.Match[str], text: str) -> tuple[Moment | None, int]:
    """What a match says and where it ends; None if it is no date after all."""
    group = match.groupdict()
    end = match.end()
    if group["iso"]:
        return Moment(year=int(group["iso_year"]), month=int(group["iso_month"]), day=int(group["iso_day"])), end
    if group["year_before"]:
        return Moment(period=f"{_integer(group['year_before'])} BC"), end
    if group["republic"]:
        year = 1 if group["republic_year"] == "元" else _integer(group["republic_year"])
        return (Moment(year=1911 + year) if year else None), end
    if group["century"]:
        return _decade(group), end
    if group["bare_decade"]:
        decade = _integer(group["bare_decade"]) or 0
        year = decade if decade > 1000 else 1900 + decade
        return Moment(year=year, period=_earlier_decade(group["two_bare_decades"], year) + f"{year}s"), end
    if group["era"]:
        return _era(group), end
    if group["lunar_month"]:
        return _lunar(group), end
    if group["week"]:
        return Moment(relative=_WEEKS[group["week"]]), end
    if group["named"]:
        return Moment(period=_named_period(group["named"])), end
    if group["relative_month"]:
        day = _integer(group["day2"]) if group["day2"] else None
        stage = _STAGES.get(group["stage2"] or "", "")
        relative = _MONTHS_RELATIVE[group["relative_month"]]
        if not (day or stage) and relative == "that month":
            return None, end
        return Moment(relative=relative, day=day, period=stage), end
    if group["day3"]:
        time, end = _time(match, "d_", text)
        return _with_time(Moment(day=int(group["day3"]), part=_PARTS.get(group["day3_part"] or "", "")), time), end
    if group["weekday"]:
        return _weekday(match, text)
    if group["every"]:
        part = _PARTS.get(group["every_part"] or "", "")
        time, end = _time(match, "e_", text)
        return _with_time(Moment("every", weekday=_WEEKDAYS[group["every"]], part=part), time), end
    if group["t_time"]:
        time, end = _time(match, "t_", text)
        return time, end
    return _calendar(match, text)


def _calendar(match: re.Match[str], text: str) -> tuple[Moment | None, int]:
    group = match.groupdict()
    year = None
    if group["year"]:
        year = _integer(group["year"])
        if year is not None and year < 100:
            year += 2000 if year < 70 else 1900
        if year and year % 100 == 0 and not group["month"] and re.match(r"[前历来间多余]|的历史", text[match.end() :]):
            return None, match.end()  # 1500年前 is 1,500 years ago
    month, day = _integer(group["month"]), _integer(group["day"])
    if (group["month"] and not (month and 1 <= month <= 12)) or (group["day"] and not (day and 1 <= day <= 31)):
        return None, match.end()
    relative = _YEARS.get(group["relative_year"] or "", "")
    said = month or group["half_year"] or group["quarter_of"] or group["year_stage"] or group["same_period"]
    if relative == "this year" and not said:
        return None, match.end()  # too loose to ask for: English says it with a tense
    period = _STAGES.get(group["stage"] or "", "")
    if group["year_stage"]:
        period = "early" if group["year_stage"] == "初" else "the end of"
    if group["half_year"] or group["quarter_of"]:
        period = _named_period(group["half_year"] or group["quarter_of"])
    if group["same_period"]:
        period = "same period"
    part = _PARTS.get((group["day_part"] or "").removeprefix("当天"), "")
    time, end = _time(match, "", text)
    if time and not day:
        time, end = None, match.start("time")  # 2023年3点 says nothing
    moment = Moment(relative, year, month, day, period=period, part=part)
    return _with_time(moment, time), end


def _weekday(match: re.Match[str], text: str) -> tuple[Moment | None, int]:
    group = match.groupdict()
    if (
        text[match.start("weekday") - 1] == "周"
        and text[match.start("weekday") - 2 : match.start("weekday") - 1] == "四"
    ):
        return None, match.end()
    relative = {"上": "last", "下": "next", "本": "this", "这": "this"}.get((group["next_weekday"] or " ")[0], "")
    part = _PARTS.get(group["weekday_part"] or "", "")
    time, end = _time(match, "w_", text)
    return _with_time(Moment(relative, weekday=_WEEKDAYS[group["weekday"]], part=part), time), end


def _with_time(moment: Moment, time: Moment | None) -> Moment:
    if time is None:
        return moment
    return replace(moment, part=moment.part or time.part, hour=time.hour, minute=time.minute, clock=time.clock)


def _time(match: re.Match[str], prefix: str, text: str) -> tuple[Moment | None, int]:
    """The clock time in a match, if it is one, and where the match ends with it or without it."""
    group = {name.removeprefix(prefix): value for name, value in match.groupdict().items() if name.startswith(prefix)}
    if not group["time"]:
        return None, match.end()
    without = match.start(prefix + "time")
    part = _PARTS.get(group["time_part"] or "", "")
    day = _DAYS.get(group["time_day"] or "", "")
    if group["hour24"]:
        if re.search(r"(?:以|比分|[:比])\s?$", text[: match.start(prefix + "hour24")]):
            return None, without
        return Moment(day, part=part, hour=int(group["hour24"]), minute=int(group["minute24"]), clock=":"), match.end()
    if group["open_hour"]:  # 上午8至10时
        opening = Moment(day, part=part, hour=int(group["open_hour"]), clock="时")
        return (opening, match.end()) if part and int(group["open_hour"]) < 24 else (None, without)
    hour, minute = _integer(group["hour"]), _integer(group["minute"])
    if group["half"] or group["quarter"]:
        minute = 30 if group["half"] else {"一": 15, "三": 45}[group["quarter"]]
    if hour is None or hour > 24 or (minute or 0) > 59 or (group["minute"] and minute is None):
        return None, without
    clock = group["clock"]
    if group["hour"] == "一" and not part and (group["clock"] == "点" or minute is None):
        return None, without  # 一点 is "a little"
    certain = part or minute is not None or text[match.end() - 1] in "整钟" or without > match.start()
    if group["half"] and not part and not group["hour"].isdigit():
        certain = bool(_NOT_A_CLOCK["点"].match(text, match.end()) or text[match.end()] in "也才就再还都以准")
    certain = certain or bool(re.search(r"[点时分半][至到-]$", text[:without]))
    if not certain:
        if clock == "点" and not _NOT_A_CLOCK["点"].match(text, match.end()):
            return None, without
        if clock == "时" and not (group["hour"].isdigit() or len(group["hour"]) > 1 or group["hour"] == "零"):
            return None, without
        if re.search(r"[以如下这那几有的]\s?$", text[:without]):
            return None, without  # 以下3点 are points of a list
    if clock == "时" and not _NOT_A_CLOCK["时"].match(text, match.end()) and minute is None:
        return None, without
    return Moment(day, part=part, hour=hour, minute=minute, clock=clock), match.end()


def _decade(group: dict[str, str | None]) -> Moment | None:
    decade = _integer(group["decade"])
    century = {"上": 20, "本": 21}.get((group["century"] or "")[:1]) or _integer(group["century"])
    if not decade or not century:
        return None
    year = (century - 1) * 100 + decade
    stage = {"初": "early ", "初期": "early ", "中期": "mid-", "末": "late ", "后期": "late "}.get(
        group["decade_stage"] or "", ""
    )
    return Moment(year=year, period=f"{_earlier_decade(group['two_decades'], year)}{stage}{year}s")


def _earlier_decade(written: str | None, year: int) -> str:
    """What goes before the second of two decades: "1970s and " for the 七 of 七八十年代."""
    if not written:
        return ""
    decade = _integer(written.rstrip("、和至到-")) or 0
    return f"{year // 100 * 100 + (decade if decade > 9 else 10 * decade)}s and "


def _era(group: dict[str, str | None]) -> Moment | None:
    text = group["era"] or ""
    number = {"上": 20, "本": 21}.get(text[:1]) or _integer(group["era_century"])
    if not number or (group["era_century"] and number > 30):
        return None
    relative = {"上": "the last century", "本": "this century"}.get(text[:1])
    name = relative or f"the {ordinal(number)} century"
    stages = {
        "初": "the beginning of",
        "中叶": "the middle of",
        "中期": "the middle of",
        "末": "the end of",
        "后期": "the late part of",
    }
    stage = stages.get(group["era_stage"] or "", "")
    return Moment(period=f"{stage} {name}".strip())


def _lunar(group: dict[str, str | None]) -> Moment | None:
    written = (group["lunar_month"] or "").removeprefix("闰")
    month = {"正": 1, "冬": 11, "腊": 12}.get(written) or _integer(written)
    day = _integer((group["lunar_day"] or "").removeprefix("初"))
    if not month or month > 12 or not day or day > 30:
        return None
    year = _integer(group["lunar_year"]) if group["lunar_year"] else None
    return Moment(year=year, month=month, day=day, lunar=True)


def _named_period(written: str) -> str:
    if written.endswith("月"):
        return f"first {_integer(written[1:].removesuffix('月').removesuffix('个'))} months"
    if written.startswith("前"):
        return {"二": "first two quarters", "三": "first three quarters"}[written[1]]
    if "季度" in written:
        number = written.removeprefix("第")[0]
        return f"{_QUARTERS.get(number) or list(_QUARTERS.values())[int(number) - 1]} quarter"
    return "first half of the year" if written[0] == "上" else "second half of the year"


def _integer(written: str | None) -> int | None:
    value = read_numeral(written.strip()) if written else None
    return int(value) if value is not None and value == int(value) else None
