"""What a match of the expression for dates and times says."""

from __future__ import annotations

import re
from dataclasses import replace

from summarize.grounding.competitions import is_race_time, is_score
from summarize.grounding.date_pattern import CALENDARS, DAYS, MONTHS_RELATIVE, PARTS, STAGES, WEEKDAYS, WEEKS, YEARS
from summarize.grounding.english_numbers import MONTHS, ordinal
from summarize.grounding.moment import Moment, ordinal_word
from summarize.grounding.numerals import read_numeral

_CENTURIES = {"上": 20, "本": 21}  # the last one and this
# What follows a clock: the same character may be a point of a list or part of a word.
_AFTER_CLOCK = {
    "点": re.compile(
        r"(?:开始|刚|整|出发|发车|左右|前(?!提)|后(?!续)|以前|以后|之前|之后|到|至|起|许|钟|多|开|进|的|[，。、）)；,]|$|-|—|~)"
    ),
    "时": re.compile(r"(?!期(?!间))(?![代间尚候段速常事任隔光差局有])"),
}
_EARLY = re.compile("[\u4e00-\u9fff]{0,6}(?:就|便)")


def read_moment(match: re.Match[str], text: str) -> tuple[Moment | None, int]:
    """What a match says and where it ends; None if it is no date after all."""
    group = match.groupdict()
    end = match.end()
    if group["iso"]:
        return Moment(year=int(group["iso_year"]), month=int(group["iso_month"]), day=int(group["iso_day"])), end
    if ad := group["ad"] or group["ad_from"]:
        until = group["ad_to"] or group["ad_until"]
        if until and int(until) <= int(ad):
            return None, end
        return Moment(period=f"{int(ad)} to {int(until)} AD" if until else f"{int(ad)} AD"), end
    if group["leap"]:
        month = _lunar_month(group["leap"])
        return (Moment(period=f"leap {ordinal_word(month)} lunar month") if month else None), end
    if group["calendar"]:
        return _other_calendar(group), end
    if until := group["first_quarters"]:  # 1—3季度
        return Moment(period=_named_period(f"前{until}季度")), end
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
    if group["season_from"]:  # 2024至25年度
        return Moment(period=f"{group['season_from']}-{group['season_to']}"), end
    if group["two_months"]:
        months = (group["two_months"][0], group["second_month"] or group["two_months"][-1])
        return Moment(relative=" and ".join(MONTHS[(_integer(month) or 0) - 1] for month in months)), end
    if group["week"]:
        return Moment(relative=WEEKS[group["week"]]), end
    if group["named"]:
        return Moment(period=_named_period(group["named"])), end
    if group["relative_month"]:
        day = _integer(group["day2"])
        stage = STAGES.get(group["stage2"] or "", "")
        relative = MONTHS_RELATIVE[group["relative_month"]]
        if not (day or stage) and relative == "that month":
            return None, end
        return Moment(relative=relative, day=day, period=stage), end
    if group["dot_month"]:  # 5·12, as events are called after their days
        return Moment(month=int(group["dot_month"]), day=int(group["dot_day"])), end
    if group["day3"]:
        time, end = _time(match, "d_", text)
        day = _integer(group["day3"])
        if not day or day > 31:
            return None, end
        return _with_time(Moment(day=day, part=PARTS.get(group["day3_part"] or "", "")), time), end
    if group["weekday"]:
        return _weekday(match, text)
    if group["every"]:
        part = PARTS.get(group["every_part"] or "", "")
        time, end = _time(match, "e_", text)
        return _with_time(Moment("every", weekday=WEEKDAYS[group["every"]], part=part), time), end
    if group["t_time"]:
        return _time(match, "t_", text)
    return _calendar(match, text)


def _calendar(match: re.Match[str], text: str) -> tuple[Moment | None, int]:
    group = match.groupdict()
    year = _integer(group["year"])
    if year is not None and year < 100:
        year += 2000 if year < 70 else 1900
    if year and year % 100 == 0 and not group["month"] and re.match(r"[前历来间多余]|的历史", text[match.end() :]):
        return None, match.end()  # 1500年前 is 1,500 years ago
    month, day = _integer(group["month"]), _integer(group["day"])
    if (group["month"] and not (month and 1 <= month <= 12)) or (group["day"] and not (day and 1 <= day <= 31)):
        return None, match.end()
    relative = YEARS.get(group["relative_year"] or "", "")
    said = month or group["half_year"] or group["quarter_of"] or group["year_stage"] or group["same_period"]
    if relative == "this year" and not said:
        return None, match.end()  # too loose to ask for: English says it with a tense
    period = STAGES.get(group["stage"] or "", "")
    if group["year_stage"]:
        period = "early" if group["year_stage"] == "初" else "the end of"
    if group["half_year"] or group["quarter_of"]:
        period = _named_period(group["half_year"] or group["quarter_of"])
    if group["same_period"]:
        period = "same period"
    part = PARTS.get((group["day_part"] or "").removeprefix("当天"), "")
    time, end = _time(match, "", text)
    if time and not day:
        time, end = None, match.start("time")  # 2023年3点 says nothing
    moment = Moment(relative, year, month, day, period=period, part=part)
    return _with_time(moment, time), end


def _weekday(match: re.Match[str], text: str) -> tuple[Moment, int]:
    group = match.groupdict()
    relative = {"上": "last", "下": "next", "本": "this", "这": "this"}.get((group["next_weekday"] or " ")[0], "")
    part = PARTS.get(group["weekday_part"] or "", "")
    time, end = _time(match, "w_", text)
    return _with_time(Moment(relative, weekday=WEEKDAYS[group["weekday"]], part=part), time), end


def _with_time(moment: Moment, time: Moment | None) -> Moment:
    if time is None:
        return moment
    return replace(moment, part=moment.part or time.part, hour=time.hour, minute=time.minute, clock=time.clock)


def is_early(text: str, start: int, end: int) -> bool:
    """Whether something came before the hour that stands there: 不到9点门口就排起长队, but not 下跌不到9点."""
    return text.endswith("不到", 0, start) and _EARLY.match(text, end) is not None


def first_hour(match: re.Match[str]) -> tuple[int, int] | None:
    """The first of two hours that a match does not tell apart (七八点), and where it ends; None if there is no such."""
    for name, written in match.groupdict().items():
        if name.endswith("first_hour") and written:
            return _integer(written) or 0, match.end(name)
    return None


def _time(match: re.Match[str], prefix: str, text: str) -> tuple[Moment | None, int]:
    """The clock time in a match, if it is one, and where the match ends with it or without it."""
    group = {name.removeprefix(prefix): value for name, value in match.groupdict().items() if name.startswith(prefix)}
    if not group["time"]:
        return None, match.end()
    without = match.start(prefix + "time")
    part = PARTS.get(group["time_part"] or "", "")
    day = DAYS.get(group["time_day"] or "", "")
    if group["hour24"]:
        start = match.start(prefix + "hour24")
        seconds = match.end() - match.end(prefix + "minute24") == len(":00")
        if is_score(text, start) or (seconds and is_race_time(text, start, match.end())):
            return None, without
        return Moment(day, part=part, hour=int(group["hour24"]), minute=int(group["minute24"]), clock=":"), match.end()
    if group["open_hour"]:  # 上午8至10时
        opening = Moment(day, part=part, hour=int(group["open_hour"]), clock="时")
        whole_day = group["open_hour"] == "0" and text[match.end() + 1 : match.end() + 4] == "24时"
        certain = (part and int(group["open_hour"]) < 24) or whole_day
        return (opening, match.end()) if certain else (None, without)
    hour, minute = _integer(group["hour"]), _integer(group["minute"])
    if group["half"] or group["quarter"]:
        minute = 30 if group["half"] else {"一": 15, "三": 45}[group["quarter"]]
    if hour is None or hour > 24 or (minute or 0) > 59 or (group["minute"] and minute is None):
        return None, without
    if group["first_hour"] == "十一":
        hour += 10  # 十一二点
    clock = group["clock"]
    if group["hour"] == "一" and not part and (group["clock"] == "点" or minute is None):
        return None, without  # 一点 is "a little"
    certain = part or minute is not None or text[match.end() - 1] in "整钟" or without > match.start()
    if group["half"] and not part and not group["hour"].isdigit():
        certain = bool(_AFTER_CLOCK["点"].match(text, match.end()) or text[match.end()] in "也才就再还都以准")
    certain = certain or bool(re.search(r"[点时分半][至到-]$", text[:without]))
    certain = certain or (clock == "点" and is_early(text, without, match.end()))
    if not certain:
        if clock == "点" and not _AFTER_CLOCK["点"].match(text, match.end()):
            return None, without
        if clock == "时" and not (group["hour"].isdigit() or len(group["hour"]) > 1 or group["hour"] == "零"):
            return None, without
        if re.search(r"[以如下这那几有的]\s?$", text[:without]):
            return None, without  # 以下3点 are points of a list
    if clock == "时" and not _AFTER_CLOCK["时"].match(text, match.end()) and minute is None:
        return None, without
    return Moment(day, part=part, hour=hour, minute=minute, clock=clock), match.end()


def _decade(group: dict[str, str | None]) -> Moment | None:
    decade = _integer(group["decade"])
    century = _CENTURIES.get((group["century"] or "")[:1]) or _integer(group["century"])
    if not decade or not century:
        return None
    year = (century - 1) * 100 + decade
    stages = {"初": "early ", "中": "mid-", "末": "late ", "后": "late "}
    stage = stages.get((group["decade_stage"] or "").removesuffix("期"), "")
    return Moment(year=year, period=f"{_earlier_decade(group['two_decades'], year)}{stage}{year}s")


def _earlier_decade(written: str | None, year: int) -> str:
    """What goes before the second of two decades: "1970s and " for the 七 of 七八十年代."""
    if not written:
        return ""
    decade = _integer(written.rstrip("、和至到-")) or 0
    return f"{year // 100 * 100 + (decade if decade > 9 else 10 * decade)}s and "


def _era(group: dict[str, str | None]) -> Moment | None:
    text = group["era"] or ""
    number = _CENTURIES.get(text[:1]) or _integer(group["era_century"])
    if not number or (group["era_century"] and number > 30):
        return None
    relative = {"上": "the last century", "本": "this century"}.get(text[:1])
    name = relative or f"the {ordinal(number)} century"
    stages = {
        "初": "the beginning of",
        "中叶": "the middle of",
        "中期": "the middle of",
        "末": "the end of",
        **dict.fromkeys(("初期", "早期", "前期"), "the early part of"),
        **dict.fromkeys(("末期", "晚期", "后期"), "the late part of"),
        **dict.fromkeys(("上半叶", "前半叶", "前半期"), "the first half of"),
        **dict.fromkeys(("下半叶", "后半叶", "后半期"), "the second half of"),
    }
    period = f"{stages.get(group['era_stage'] or '', '')} {name}".strip()
    return Moment(period=period if relative else period.replace("part of the ", ""))  # the early 20th century


def _lunar(group: dict[str, str | None]) -> Moment | None:
    month = _lunar_month((group["lunar_month"] or "").removeprefix("闰"))
    day = _integer((group["lunar_day"] or "").removeprefix("初"))
    if not month or not day or day > 30:
        return None
    year = _integer(group["lunar_year"])
    leap = "leap" if (group["lunar_month"] or "").startswith("闰") else ""
    return Moment(year=year, month=month, day=day, lunar=True, period=leap)


def _other_calendar(group: dict[str, str | None]) -> Moment | None:
    """A month or a year that is not of the common calendar: 农历十二月, 傣历1388年."""
    written = group["calendar_month"]
    month = _lunar_month(written.removeprefix("闰")) if written else None
    if written and not month:
        return None
    name = CALENDARS[group["calendar"] or ""]
    if name == "lunar" and group["calendar_year"]:
        return None  # years of the traditional calendar are the common ones
    year = f"the year {group['calendar_year']} of the {name} calendar" if group["calendar_year"] else ""
    if not month:
        return Moment(period=year)
    leap = "leap " if written and written.startswith("闰") else ""
    which = f"the {leap}{ordinal_word(month)} "
    which += "lunar month" if name == "lunar" else "month" if year else f"month of the {name} calendar"
    return Moment(period=f"{which} of {year}" if year else which)


def _lunar_month(written: str) -> int | None:
    month = {"正": 1, "冬": 11, "腊": 12}.get(written) or _integer(written)
    return month if month and month <= 12 else None


def _named_period(written: str) -> str:
    if written.endswith("月"):
        return f"first {_integer(written[1:].removesuffix('月').removesuffix('个'))} months"
    if written.startswith("前"):
        return f"first {'two' if written[1] in '二2' else 'three'} quarters"
    if "季度" in written:
        return f"{ordinal_word(_integer(written.removeprefix('第')[0]) or 0)} quarter"
    return "first half of the year" if written[0] == "上" else "second half of the year"


def _integer(written: str | None) -> int | None:
    value = read_numeral(written.strip()) if written else None
    return int(value) if value is not None and value == int(value) else None
