"""Amounts as people say them, the unit before the last digit or left out: 三块二 is 3.2 yuan, 一米六八 1.68 meters,
38度5 38.5 degrees, 三千块 3,000 yuan, 年过八旬 over 80 years old; days of a penalty, the pressure of blood."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

from summarize.grounding.date_pattern import DAYS_OF, LASTING
from summarize.grounding.english_numbers import WORD_OF, WORDS
from summarize.grounding.item import Item
from summarize.grounding.number_pattern import COUNTING_WORDS
from summarize.grounding.numerals import fold, read_numeral
from summarize.grounding.quantity import Quantity, format_number, write_quantity
from summarize.grounding.units import UNIT_OF, unit_pattern

_DIGIT = "[一二两三四五六七八九1-9]"
_HAN = "一二两三四五六七八九十"
_TENS = rf"(?:\d{{1,2}}|[{_HAN}]{{1,3}})"
_ALONE = r"(?<![\d.点百千万亿零十第])"
# Behind a price: the end of a clause, or what one gets for it.
_BEHIND = r"(?=[，。、；！？”’）),;!?:\s]|$|(?:一|[多不就左来涨降升跌到至]|每)|[斤个只件碗份张瓶袋箱盒的]|毛|钱)"
_PIECE = "[斤个只件碗份张瓶袋箱盒杯条头根串]"
_EACH = f"(?!(?<=一){_PIECE})"  # 5块一个: five yuan each
_ENDS = r"(?=[的高长宽深厚左上多以大，。、；！？”’）),;!?\s]|$)"
_BUILT = "砖板牌玻璃地田石屏表电池"  # what is counted in 块
_YUAN = r"\d{1,4}|[一二两三四五六七八九十百]{1,5}"
_NEXT = "|".join(f"(?<={first}){second}" for first, second in pairwise("一二三四五六七八九"))  # 两块三四
_PRICE = re.compile(
    rf"(?<![\d.百千万亿零十第])(?P<yuan>{_YUAN})块(?P<jiao>{_DIGIT}|半){_EACH}(?P<to>{_NEXT})?毛?钱?{_BEHIND}"
    rf"|(?P<each>{_YUAN})块(?=一{_PIECE})"
    r"|(?<=[卖花付收赚要值挣给交掏省罚])(?P<whole>\d{1,5}|[一二两三四五六七八九十百]{1,5})块(?=[，。！？、；”’,;!?]|$)"
    rf"|(?<![\d.百千万亿零十第])(?P<beyond>{_YUAN})块多(?:钱|(?=[，。、；！？”’）),;!?的]|$))"
    rf"|(?<![\d.块十第])(?P<only>{_DIGIT})(?:毛钱|角钱|毛(?=一?[斤个只件碗份张]|[，。、；！？”’,;!?]|$))"
)
_ROUND_PRICE = re.compile(
    r"(?<![一二两三四五六七八九十百千万\d.点])(?P<price>\d{3,5}|[一二两三四五六七八九十]+[百千万][一二两三四五六七八九十百千]*)(?P<more>[多余])?块"
    r"(?=左右|上下|不到|[，。；！？”’]|$)"
)
_SHORT = re.compile(  # 2万3 is 23,000, 8千5 is 8,500
    r"(?<![\d.点])(?P<whole_part>\d{1,3})(?P<scale>[千万亿])(?P<last>[1-9])(?=[，。、；！？）”’\s]|$|左右|上下|的|一[平斤吨]|[涨降升跌增减到至])"
)
_LENGTH = re.compile(
    rf"{_ALONE}(?P<low>{_TENS})米(?:(?P<decimals>\d{{1,2}}|[一二三四五六七八九]{{1,2}}){_ENDS}"
    rf"|(?P<mark>\d\d)(?![\d.,:/%％多余来几十百千万亿成倍号日月时点楼发趟遍针步靶环]|折(?!桂)|[{COUNTING_WORDS}]|{unit_pattern()}))"
)
_ATHLETICS = re.compile("[跳投掷]|铅球|铁饼|标枪|链球|成绩|冠|折桂|金牌|纪录")
_DEGREES = re.compile(
    rf"{_ALONE}(?P<low>\d{{2}}|[一二三四五六七八九]?十[一二三四五六七八九]?)度(?P<decimals>{_DIGIT}){_ENDS}"
)
_WEIGHT = re.compile(rf"{_ALONE}(?P<low>{_TENS})斤(?P<decimals>{_DIGIT})两(?![个名位人])")
_HOURS = re.compile(
    rf"{_ALONE}(?P<hours>{_TENS})个?(?:小时|钟头)(?P<minutes>[0-5]?\d|[二三四五]?十[一二三四五六七八九]?|[一两二三四五六七八九])"
    r"分(?:(?P<seconds>[0-5]?\d)秒|(?![钟之\d]))"
)
_TERM = re.compile(  # as courts count: 三年六个月
    rf"{_ALONE}(?P<years>{_TENS})年零?(?P<months>1[01]|\d|[一二两三四五六七八九]|十一?)个月"
)
_DAYS = re.compile(
    rf"(?:{'|'.join(f'(?<={word})' for word in LASTING)})(?P<days>\d{{1,3}}|[{_HAN}]{{1,3}})日(?![元内均游报经耳至到-])"
    rf"|(?<![\d月第至到-])(?P<days_of>\d{{1,3}}|(?<![初百千万{_HAN}])[{_HAN}]{{1,3}})日(?={DAYS_OF})"
)
_DAYS_BETWEEN = re.compile(  # 五日以上十日以下拘留
    rf"(?<![\d月第])(?P<least>\d{{1,3}}|[{_HAN}]{{1,3}})日以上(?P<most>\d{{1,3}}|[{_HAN}]{{1,3}})日以下"
)
_PRESSURE = re.compile(r"(?<![\d/.])(?P<upper>\d{2,3})/(?P<lower>\d{2,3})\s?(?:毫米汞柱|mmHg)")
_CENTS = re.compile(rf"{_ALONE}(?P<jiao>{_DIGIT})[毛角](?P<fen>{_DIGIT})(?:分钱?|(?=[，。、；！？”’,;!?]|$))")
_AGED = re.compile(
    r"(?<![\d〇零一二三四五六七八九去今前明后半每多])年(?P<bound>近|逾|过)"
    r"(?P<age>[五六七八九]旬|[四五六七八九]十[一二三四五六七八九]?|[4-9]\d|百)"
    rf"(?:岁|(?![\d.一二三四五六七八九多余万千亿%年天公米{COUNTING_WORDS}]))"
)
_OF_DECADES = re.compile(
    "(?<![近逾过年\\d])(?P<decades>[六七八九])旬(?:的?(?:老人|长者|(?P<woman>老(?:太太?|妇人?|奶奶|婆婆|大[娘妈]))|(?P<man>老(?:[翁汉伯]|大爷|爷爷)))|(?=老[兵党夫母父两]|[夫母父婆奶大]|高龄|夫妻|独居))"
)
_OF_EACH = re.compile(r"每(?P<many>[百千万亿]|十万|百万)(?P<who>人口|人|户|元)")
_RATE = re.compile(r"(?<![\d./])(?P<value>\d{1,5}(?:\.\d+)?)/(?P<of>1?0?[百千万]|10万|100万)(?![\u4e00-\u9fff]?元)")
_EARLY_IN_A_DECADE = re.compile(r"(?<![\d.百千])(?P<tens_of_years>[二三四五六七八九]十|[2-9]0)岁?出头(?:的年纪)?")
_AGE_BEYOND = re.compile(r"(?P<tens>[五六七八九]十)有(?P<ones>[一二三四五六七八九])(?=[，。、的！]|$)")  # 八十有三


def find_spoken_measures(text: str) -> list[Item]:
    """The amounts that people would say so in a passage in simplified characters, in order, of kind "number"."""
    folded = fold(text)
    found: list[Item] = []
    for pattern, write in _WRITERS:
        for match in pattern.finditer(folded):
            start, end = match.span()
            written = write(match)
            english, quantity = (write_quantity(written), written) if isinstance(written, Quantity) else (written, None)
            if english and all(item.end <= start or end <= item.start for item in found):
                found.append(Item("number", start, end, text[start:end], english, quantity))
    return sorted(found, key=lambda item: item.start)


def _price(match: re.Match[str]) -> tuple[str, ...]:
    yuan = read_numeral(match["yuan"] or match["each"] or match["whole"] or match["beyond"] or "零")
    tenths = Decimal(5) if match["jiao"] == "半" else read_numeral(match["jiao"] or match["only"] or "零")
    if yuan is None or tenths is None:
        return ()
    value = yuan + tenths / 10
    if match["beyond"]:  # 一块多
        return tuple(f"{bound} {each}" for bound in ("more than", "over") for each in _in_yuan(f"{yuan}"))
    if match["to"]:  # 两块三四
        high = yuan + (read_numeral(match["to"]) or Decimal(0)) / 10
        return tuple(form.format(value, high) for form in ("{} to {} yuan", "{}-{} yuan", "{} or {} yuan"))
    forms = (f"{value}", f"{value}0") if tenths else (f"{value}",)
    return _in_yuan(*forms)


def _in_yuan(*numbers: str) -> tuple[str, ...]:
    return tuple(form.format(each) for form in ("{} yuan", "RMB {}", "RMB{}", "¥{}", "{}") for each in numbers)


def _round_price(match: re.Match[str]) -> tuple[str, ...]:
    value = read_numeral(match["price"])
    before = re.split("[，。；！？、]", match.string[max(0, match.start() - 6) : match.start()])[-1]
    if value is None or any(character in before for character in _BUILT):
        return ()
    yuan = _in_yuan(format_number(value))
    return tuple(f"{bound} {each}" for bound in ("more than", "over") for each in yuan) if match["more"] else yuan


def _short(match: re.Match[str]) -> tuple[str, ...]:
    whole, scale, last = match["whole_part"], match["scale"], match["last"]
    factor = {"千": 1000, "万": 10**4, "亿": 10**8}[scale]
    value = Decimal(int(whole) * factor + int(last) * factor // 10)
    return tuple(dict.fromkeys((format_number(value), f"{value:,}", f"{value}")))


def _decimal(match: re.Match[str]) -> Decimal | None:
    low = read_numeral(match["low"])
    digits = "".join(str(read_numeral(digit)) for digit in match["decimals"] or match["mark"])
    return None if low is None else Decimal(f"{low}.{digits}")


def _days(match: re.Match[str]) -> Quantity | tuple[str, ...]:
    days = read_numeral(match["days"] or match["days_of"])
    return Quantity(days, unit=UNIT_OF["天"]) if days else ()


def _days_between(match: re.Match[str]) -> Quantity | tuple[str, ...]:
    least, most = (read_numeral(match[name]) for name in ("least", "most"))
    return Quantity(least, most, unit=UNIT_OF["天"]) if least and most and least < most else ()


def _pressure(match: re.Match[str]) -> tuple[str, ...]:
    upper, lower = match["upper"], match["lower"]
    units = (" mmHg", "mmHg", " mm Hg", " millimeters of mercury", " millimetres of mercury", "")
    return (*(f"{upper}/{lower}{unit}" for unit in units), f"{upper} over {lower}")


def _cents(match: re.Match[str]) -> tuple[str, ...]:
    jiao, fen = (read_numeral(match[name]) or 0 for name in ("jiao", "fen"))
    return _in_yuan(f"0.{jiao}{fen}")


def _length(match: re.Match[str]) -> tuple[str, ...]:
    if match["mark"] and not _ATHLETICS.search(match.string):
        return ()
    return _in_units(_decimal(match), " meters", " metres", "-meter", "-metre", " m", "m", "")


def _degrees(match: re.Match[str]) -> tuple[str, ...]:
    return _in_units(_decimal(match), " degrees", " degrees Celsius", "°C", " °C", "℃", "")


def _in_units(value: Decimal | None, *units: str) -> tuple[str, ...]:
    return () if value is None else tuple(f"{value}{unit}" for unit in units)


def _weight(match: re.Match[str]) -> tuple[str, ...]:
    value = _decimal(match)
    if value is None:
        return ()
    return (f"{value} jin", f"{value} catties", f"{value / 2} kilograms", f"{value / 2} kg", f"{value / 2}")


def _hours(match: re.Match[str]) -> tuple[str, ...]:
    hours, minutes = read_numeral(match["hours"]), read_numeral(match["minutes"])
    if hours is None or minutes is None or minutes > 59:
        return ()
    plural, several = "s" if hours != 1 else "", "s" if minutes != 1 else ""
    if seconds := match["seconds"]:
        clock = f"{hours}:{minutes:0>2}:{seconds:0>2}"
        return (f"{hours} hour{plural} {minutes} minute{several} {seconds} seconds", clock)
    words = [f"{hours} hour{plural}{joint}{minutes} minute{several}" for joint in (" ", " and ", ", ")]
    return (*words, f"{hours}:{minutes:0>2}", f"{hours * 60 + minutes} minutes")


def _term(match: re.Match[str]) -> tuple[str, ...]:
    years, months = int(read_numeral(match["years"]) or 0), int(read_numeral(match["months"]) or 0)
    if not (years and months):
        return ()
    counted = [(_in_words(years), _in_words(months)), (str(years), str(months)), (str(years), _in_words(months))]
    forms = [
        f"{many} year{'s' if years > 1 else ''}{joint}{few} month{'s' if months > 1 else ''}"
        for many, few in dict.fromkeys(counted)
        for joint in (" and ", " ", ", ")
    ]
    if months == 6:
        half = (
            ("a year and a half", "one and a half years") if years == 1 else (f"{_in_words(years)} and a half years",)
        )
        forms += [*half, f"{years}.5 years", f"{years} and a half years", f"{years} 1/2 years"]
    return (*forms, f"{12 * years + months} months", f"{12 * years + months}-month")


def _in_words(number: int) -> str:
    return WORDS[number] if number < len(WORDS) else str(number)


def _aged(match: re.Match[str]) -> tuple[str, ...]:
    written = match["age"].replace("旬", "十")
    age = read_numeral(written)
    bounds = ("nearly", "almost", "close to") if match["bound"] == "近" else ("over", "more than", "past")
    forms = (*(f"{bound} {age} years old" for bound in bounds), *(f"{bound} {age}" for bound in bounds))
    if match["bound"] == "近":
        return (*forms, *(f"{bound} {WORD_OF.get(int(age or 0), age)}" for bound in bounds))
    return (*forms, *_in_decade(int(age or 0)))


def _age_beyond(match: re.Match[str]) -> tuple[str, ...]:
    age = (read_numeral(match["tens"]) or Decimal(0)) + (read_numeral(match["ones"]) or Decimal(0))
    return (f"{age} years old", f"{age}-year-old", f"aged {age}", f"{age}")


def _early_in_a_decade(match: re.Match[str]) -> tuple[str, ...]:
    age = read_numeral(match["tens_of_years"])
    return (*_in_decade(int(age or 0), "early "), f"just over {age}", f"early {age}s")


def _of_decades(match: re.Match[str]) -> tuple[str, ...]:
    name = {"六": "sexagenarian", "七": "septuagenarian", "八": "octogenarian", "九": "nonagenarian"}[match["decades"]]
    age = 10 * int(read_numeral(match["decades"]) or 0)
    forms = (name, *_in_decade(age), f"{age}-year-old", f"{age}")
    if match["woman"] or match["man"]:
        who, whose = ("woman", "her") if match["woman"] else ("man", "his")
        return (f"{who} in {whose} {age}s", *forms)
    return forms


def _in_decade(age: int, part: str = "") -> tuple[str, ...]:
    """In their 80s, in their eighties."""
    decades = [f"{age}s", f"{WORD_OF[age][:-1]}ies"] if 20 <= age < 100 and age % 10 == 0 else [f"{age}s"]
    return tuple(f"in {whose} {part}{decade}" for decade in decades for whose in ("their", "her", "his"))


def _of_each(match: re.Match[str]) -> tuple[str, ...]:
    many = format_number(read_numeral(match["many"]) or Decimal(0))
    who = {"户": "households", "元": "yuan"}.get(match["who"], "people")
    return tuple(f"{word} {many} {who}" for word in ("per", "for every", "every", "out of every", "in every"))


def _rate(match: re.Match[str]) -> tuple[str, ...]:
    many = read_numeral(match["of"])
    if not many:
        return ()
    return (f"{match['value']} per {many:,}", f"{match['value']} for every {many:,}", f"{match['value']}/{many:,}")


_Writer = Callable[[re.Match[str]], Quantity | tuple[str, ...]]  # the amount, or the few ways in which it is spelled
_WRITERS: tuple[tuple[re.Pattern[str], _Writer], ...] = (
    (_PRICE, _price),
    (_ROUND_PRICE, _round_price),
    (_SHORT, _short),
    (_LENGTH, _length),
    (_DEGREES, _degrees),
    (_WEIGHT, _weight),
    (_HOURS, _hours),
    (_TERM, _term),
    (_DAYS_BETWEEN, _days_between),
    (_DAYS, _days),
    (_PRESSURE, _pressure),
    (_CENTS, _cents),
    (_AGED, _aged),
    (_EARLY_IN_A_DECADE, _early_in_a_decade),
    (_AGE_BEYOND, _age_beyond),
    (_OF_DECADES, _of_decades),
    (_OF_EACH, _of_each),
    (_RATE, _rate),
)
