"""Units of measure: what each is called in Chinese and in English, and how large it is.

Sizes are in the base unit of the dimension (metre, square metre, litre, kilogram, watt-hour, second), so that a
converted quantity can be told from an altered one. Money and temperature have no fixed ratio; their sizes are 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit.

    Attributes:
        zh: how Chinese writes it, the characters after the number (simplified).
        singular: English for one of it.
        plural: English for several.
        dimension: what it measures; only units of one dimension can be compared.
        size: how many base units one of it is; 0 if there is no fixed ratio.
        others: other English spellings, lower case.
        prefix: a sign that English writes before the number ("$").
    """

    zh: tuple[str, ...]
    singular: str
    plural: str
    dimension: str
    size: Decimal = Decimal(0)
    others: tuple[str, ...] = ()
    prefix: str = ""


def _unit(zh: str, english: str, dimension: str, size: str = "0", others: str = "", prefix: str = "") -> Unit:
    singular, _, plural = english.partition("|")
    other_spellings = tuple(other for other in others.split("|") if other)
    return Unit(tuple(zh.split()), singular, plural or singular, dimension, Decimal(size), other_spellings, prefix)


# Money that several countries call alike: Chinese, singular, plural, and the countries that Chinese says before it.
_MONEY_OF_COUNTRIES = (
    ("卢比", "rupee", "rupees", "印度 Indian 巴基斯坦 Pakistani 尼泊尔 Nepalese 斯里兰卡 Sri-Lankan"),
    ("比索", "peso", "pesos", "菲律宾 Philippine 墨西哥 Mexican 阿根廷 Argentine 智利 Chilean 哥伦比亚 Colombian"),
    ("先令", "shilling", "shillings", "肯尼亚 Kenyan 乌干达 Ugandan 坦桑尼亚 Tanzanian 索马里 Somali"),
    ("第纳尔", "dinar", "dinars", "科威特 Kuwaiti 伊拉克 Iraqi 约旦 Jordanian 塞尔维亚 Serbian 利比亚 Libyan"),
    ("里亚尔", "riyal", "riyals", "沙特 Saudi 卡塔尔 Qatari"),
    ("里亚尔", "rial", "rials", "伊朗 Iranian 阿曼 Omani 也门 Yemeni"),
    ("里拉", "lira", "liras", "土耳其 Turkish"),
    ("迪拉姆", "dirham", "dirhams", "阿联酋 UAE 摩洛哥 Moroccan"),
)  # fmt: skip


def _shared_money() -> Iterator[Unit]:
    """The money of each of those countries, and the money that Chinese does not say whose it is."""
    for zh, one, many, pairs in _MONEY_OF_COUNTRIES:
        countries = pairs.split()
        for country, adjective in zip(countries[::2], countries[1::2], strict=True):
            whose = adjective.replace("-", " ")
            yield _unit(f"{country}{zh}", f"{whose} {one}|{whose} {many}", "money", "0", f"{one}|{many}")
    for zh, one, many in {row[0]: row[:3] for row in reversed(_MONEY_OF_COUNTRIES)}.values():
        yield _unit(zh, f"{one}|{many}", "money", "0", "rial|rials" if one == "riyal" else "")


UNITS = (
    # A speed is its way in an hour, since 每小时80公里 has the hour elsewhere.
    _unit(
        "公里/小时 公里每小时 km/h kph",
        "kilometer per hour|kilometers per hour",
        "length",
        "1000",
        "km/h|kph|kmh|km per hour",
    ),
    _unit("英里/小时 mph", "mile per hour|miles per hour", "length", "1609.34", "mph|miles an hour"),
    _unit("公里 千米 km KM", "kilometer|kilometers", "length", "1000", "kilometre|kilometres|km|kms|k"),
    _unit("米 公尺", "meter|meters", "length", "1", "metre|metres|m"),
    _unit("厘米 公分 cm", "centimeter|centimeters", "length", "0.01", "centimetre|centimetres|cm"),
    _unit("毫米 mm", "millimeter|millimeters", "length", "0.001", "millimetre|millimetres|mm"),
    _unit("微米", "micrometer|micrometers", "length", "0.000001", "micron|microns|micrometre|micrometres"),
    _unit("纳米 nm", "nanometer|nanometers", "length", "0.000000001", "nanometre|nanometres|nm"),
    _unit("英里", "mile|miles", "length", "1609.34", "mi"),
    _unit("海里", "nautical mile|nautical miles", "length", "1852", "nm|nmi"),
    _unit("英尺", "foot|feet", "length", "0.3048", "ft"),
    _unit("英寸", "inch|inches", "length", "0.0254", "in"),
    _unit("码", "yard|yards", "length", "0.9144", "yd|yds"),
    _unit("光年", "light-year|light-years", "length", "9460730000000000", "light year|light years"),
    _unit("里", "li", "length", "500"),
    _unit(
        "平方公里 平方千米",
        "square kilometer|square kilometers",
        "area",
        "1000000",
        "square kilometre|square kilometres|sq km|sq. km|km2|km²",
    ),
    _unit(
        "平方米 平米 平方 ㎡", "square meter|square meters", "area", "1", "square metre|square metres|sq m|sq. m|m2|m²"
    ),
    _unit("平方厘米", "square centimeter|square centimeters", "area", "0.0001", "square centimetres|sq cm|cm2|cm²"),
    _unit("平方英里", "square mile|square miles", "area", "2589988", "sq mi|sq. mi"),
    _unit("平方英尺", "square foot|square feet", "area", "0.092903", "sq ft|sq. ft"),
    _unit("英亩", "acre|acres", "area", "4046.86"),
    _unit("公顷", "hectare|hectares", "area", "10000", "ha"),
    _unit("亩", "mu", "area", "666.667"),
    _unit("立方米 立方 方", "cubic meter|cubic meters", "volume", "1000", "cubic metre|cubic metres|m3|m³"),
    _unit("立方厘米", "cubic centimeter|cubic centimeters", "volume", "0.001", "cubic centimetres|cc|cm3|cm³"),
    _unit("立方公里 立方千米", "cubic kilometer|cubic kilometers", "volume", "1e12", "cubic kilometres|km3|km³"),
    _unit("立方英尺", "cubic foot|cubic feet", "volume", "28.3168", "cu ft|cf"),
    _unit("立方码", "cubic yard|cubic yards", "volume", "764.555", "cu yd"),
    _unit("公升 升", "liter|liters", "volume", "1", "litre|litres|l"),
    _unit("毫升 ml", "milliliter|milliliters", "volume", "0.001", "millilitre|millilitres|ml"),
    _unit("加仑", "gallon|gallons", "volume", "3.785"),
    _unit("品脱", "pint|pints", "volume", "0.4732"),
    _unit("蒲式耳", "bushel|bushels", "volume", "35.239", "bu"),
    _unit("公吨 吨", "tonne|tonnes", "mass", "1000", "ton|tons|metric ton|metric tons|metric tonnes|t"),
    _unit("公斤 千克 kg KG", "kilogram|kilograms", "mass", "1", "kilo|kilos|kg|kgs|kilogramme|kilogrammes"),
    _unit("市斤 斤", "jin", "mass", "0.5", "catty|catties"),
    _unit("克", "gram|grams", "mass", "0.001", "g|gramme|grammes"),
    _unit("毫克", "milligram|milligrams", "mass", "0.000001", "mg"),
    _unit("微克", "microgram|micrograms", "mass", "0.000000001", "μg|mcg"),
    _unit("克拉", "carat|carats", "mass", "0.0002", "ct"),
    _unit("磅", "pound|pounds", "mass", "0.453592", "lb|lbs"),
    _unit("盎司", "ounce|ounces", "mass", "0.0283495", "oz"),
    _unit("毫米汞柱 mmHg", "mmHg", "pressure", "133.322", "millimeters of mercury|millimetres of mercury|mm hg"),
    _unit("兆帕", "megapascal|megapascals", "pressure", "1000000", "mpa"),
    _unit("百帕", "hectopascal|hectopascals", "pressure", "100", "hpa"),
    _unit("千帕", "kilopascal|kilopascals", "pressure", "1000", "kpa"),
    _unit("分贝", "decibel|decibels", "loudness", "1", "db"),
    _unit("千伏", "kilovolt|kilovolts", "voltage", "1000", "kv|kilo-volt|kilo-volts"),
    _unit(
        "千伏安", "kilovolt-ampere|kilovolt-amperes", "apparent power", "1000", "kva|kilovolt ampere|kilovolt amperes"
    ),
    _unit("兆伏安", "megavolt-ampere|megavolt-amperes", "apparent power", "1000000", "mva|megavolt amperes"),
    _unit("千乏", "kilovar|kilovars", "reactive power", "1000", "kvar"),
    _unit("千卡 大卡", "kilocalorie|kilocalories", "energy", "1.163", "kcal|calories"),
    _unit("千瓦时 度电", "kilowatt-hour|kilowatt-hours", "energy", "1000", "kilowatt hour|kilowatt hours|kwh"),
    _unit("兆瓦时", "megawatt-hour|megawatt-hours", "energy", "1000000", "megawatt hour|megawatt hours|mwh"),
    _unit("千瓦", "kilowatt|kilowatts", "power", "1000", "kw"),
    _unit("兆瓦", "megawatt|megawatts", "power", "1000000", "mw"),
    _unit("吉瓦", "gigawatt|gigawatts", "power", "1000000000", "gw"),
    _unit("马力", "horsepower", "power", "746", "hp"),
    _unit(
        "摄氏度 ℃ °C", "degree Celsius|degrees Celsius", "temperature", "0", "degrees centigrade|°c|c|degrees|degree"
    ),
    _unit("华氏度 ℉ °F", "degree Fahrenheit|degrees Fahrenheit", "temperature", "0", "°f|f|degrees|degree"),
    _unit("度", "degree|degrees", "angle", "0"),
    _unit("元人民币 人民币 块钱 元整 圆整 元 圆", "yuan", "money", "0", "rmb|renminbi|cny"),
    _unit("美元 美金", "dollar|dollars", "money", "0", "us dollars|u.s. dollars|usd|us dollar", "$"),
    _unit("港元 港币", "Hong Kong dollar|Hong Kong dollars", "money", "0", "hkd|hk dollars"),
    _unit("新台币 台币", "New Taiwan dollar|New Taiwan dollars", "money", "0", "twd|taiwan dollars"),
    _unit("澳元", "Australian dollar|Australian dollars", "money", "0", "aud|dollars"),
    _unit("加元", "Canadian dollar|Canadian dollars", "money", "0", "cad|dollars"),
    _unit("欧元", "euro|euros", "money", "0", "eur", "€"),
    _unit("英镑", "pound|pounds", "money", "0", "gbp|pounds sterling|quid", "£"),
    _unit("日元 日圆", "yen", "money", "0", "jpy|japanese yen"),
    _unit("韩元", "won", "money", "0", "krw|korean won"),
    _unit("卢布", "ruble|rubles", "money", "0", "rouble|roubles"),
    _unit("澳门元 澳门币", "pataca|patacas", "money", "0", "mop|macao patacas|macau patacas"),
    _unit("林吉特 令吉", "ringgit", "money", "0", "myr|malaysian ringgit"),
    _unit("瑞典克朗", "Swedish krona|Swedish kronor", "money", "0", "kronor|kroner|sek|krona|crowns"),
    _unit("挪威克朗", "Norwegian krone|Norwegian kroner", "money", "0", "kroner|nok|krone|crowns"),
    _unit("丹麦克朗", "Danish krone|Danish kroner", "money", "0", "kroner|dkk|krone|crowns"),
    _unit("捷克克朗", "Czech koruna", "money", "0", "koruny|korunas|czk|crowns"),
    _unit("冰岛克朗", "Icelandic krona|Icelandic kronur", "money", "0", "kronur|isk|krona|crowns"),
    _unit("克朗", "crown|crowns", "money", "0", "krona|kronor|krone|kroner|koruna"),
    _unit("新加坡元 新元", "Singapore dollar|Singapore dollars", "money", "0", "sgd|s dollars|dollars"),
    _unit("新西兰元", "New Zealand dollar|New Zealand dollars", "money", "0", "nzd|dollars"),
    _unit("泰铢", "baht", "money", "0", "thb|thai baht"),
    _unit("印尼盾", "rupiah", "money", "0", "idr|indonesian rupiah"),
    _unit("越南盾", "dong", "money", "0", "vnd|vietnamese dong"),
    _unit("谢克尔 新谢克尔", "shekel|shekels", "money"),
    _unit("福林", "forint|forints", "money"),
    _unit("兹罗提", "zloty|zlotys", "money"),
    _unit("列伊", "leu|lei", "money"),
    _unit("列弗", "lev|leva", "money"),
    _unit("列克", "lek", "money"),
    _unit("格里夫纳", "hryvnia|hryvnias", "money", "0", "uah"),
    _unit("坚戈", "tenge", "money", "0", "kzt"),
    _unit("索姆", "som|soms", "money"),
    _unit("苏姆", "soum|soums", "money", "0", "sum|som"),
    _unit("拉里", "lari", "money"),
    _unit("德拉姆", "dram|drams", "money"),
    _unit("马纳特", "manat|manats", "money"),
    _unit("图格里克", "tugrik|tugriks", "money", "0", "tögrög|togrog"),
    _unit("塔卡", "taka", "money", "0", "bdt"),
    _unit("阿富汗尼", "afghani|afghanis", "money"),
    _unit("缅元 缅币", "kyat|kyats", "money", "0", "mmk"),
    _unit("基普", "kip", "money"),
    _unit("瑞尔", "riel|riels", "money"),
    _unit("兰特", "rand", "money", "0", "zar"),
    _unit("奈拉", "naira", "money", "0", "ngn"),
    _unit("比尔", "birr", "money"),
    _unit("塞地", "cedi|cedis", "money"),
    _unit("克瓦查", "kwacha", "money"),
    _unit("宽扎", "kwanza|kwanzas", "money"),
    _unit("埃镑 埃及镑", "Egyptian pound|Egyptian pounds", "money", "0", "egp|pounds"),
    _unit("苏丹镑", "Sudanese pound|Sudanese pounds", "money", "0", "pounds"),
    _unit("叙利亚镑 叙镑", "Syrian pound|Syrian pounds", "money", "0", "pounds"),
    _unit("黎巴嫩镑 黎镑", "Lebanese pound|Lebanese pounds", "money", "0", "pounds"),
    _unit("雷亚尔", "real|reais", "money", "0", "reals|brl"),
    _unit("索尔", "sol|soles", "money"),
    _unit("瓜拉尼", "guarani|guaranis", "money"),
    _unit("玻利瓦尔", "bolivar|bolivars", "money", "0", "bolivares"),
    _unit("玻利维亚诺", "boliviano|bolivianos", "money"),
    _unit("瑞士法郎 瑞郎", "Swiss franc|Swiss francs", "money", "0", "francs|chf"),
    _unit("非洲法郎 西非法郎 中非法郎 非郎", "CFA franc|CFA francs", "money", "0", "francs|xof|xaf"),
    _unit("法郎", "franc|francs", "money"),
    *_shared_money(),
    _unit("个基点 基点", "basis point|basis points", "basis points", "1", "bp|bps|pips|pip"),
    _unit("个世纪 世纪", "century|centuries", "duration", "3155760000"),
    _unit("年", "year|years", "duration", "31557600", "yr|yrs"),
    _unit("个季度", "quarter|quarters", "duration", "7889400"),
    _unit("个月", "month|months", "duration", "2629800"),
    _unit("个星期 个礼拜 星期 周", "week|weeks", "duration", "604800"),
    _unit("天", "day|days", "duration", "86400"),
    _unit("个小时 小时 个钟头 钟头", "hour|hours", "duration", "3600", "hr|hrs"),
    _unit("分钟", "minute|minutes", "duration", "60", "min|mins"),
    _unit("秒钟 秒", "second|seconds", "duration", "1", "sec|secs"),
    _unit(
        "户家庭 户居民 户人家 户",
        "household|households",
        "households",
        "1",
        "family|families|home|homes|apartment|apartments|flats",
    ),
    _unit(
        "标准集装箱 标准箱 标箱 TEU",
        "TEU|TEUs",
        "containers",
        "1",
        "twenty-foot equivalent unit|twenty-foot equivalent units|standard container|standard containers|containers",
    ),
    _unit("周岁 岁", "year old|years old", "age", "31557600", "year-old|year-olds|years of age"),
)
"""Units that are said in English; a decade has no Chinese unit, see `ENGLISH_UNITS`."""

# What is counted for each of something; English is read back as the unit before "per".
_COUNTED = (
    ("元", "yuan", "money"), ("毫克", "milligrams", "mass"), ("微克", "micrograms", "mass"), ("克", "grams", "mass"),
    ("立方米", "cubic meters", "volume"), ("公里", "kilometers", "length"), ("米", "meters", "length"),
    ("公斤", "kilograms", "mass"), ("吨", "tonnes", "mass"), ("亩", "mu", "area"),
)  # fmt: skip
_EACH = (
    ("平方米 平米 ㎡", "square meter"), ("立方米 立方", "cubic meter"), ("公斤 千克", "kilogram"), ("斤", "jin"),
    ("吨", "tonne"), ("亩", "mu"), ("升", "liter"), ("度 千瓦时", "kilowatt-hour"), ("人", "person"),
    ("户", "household"), ("年", "year"), ("月", "month"), ("天 日", "day"), ("小时", "hour"), ("秒", "second"),
    ("公里", "kilometer"),
)  # fmt: skip
RATES = tuple(
    Unit(
        (f"{counted}/{each}", f"{counted}每{each}"), f"{unit.removesuffix('s')} per {name}", f"{unit} per {name}", kind
    )
    for counted, unit, kind in _COUNTED
    for many, name in _EACH
    for each in many.split()
    if (counted, each) != ("公里", "小时")
)

UNIT_OF = {zh: unit for unit in (*RATES, *UNITS) for zh in unit.zh}

# What follows turns the character into part of another word: 元旦 New Year's Day, 天津 Tianjin, 克拉 carat, 年级 grade.
_NOT_BEFORE = {
    "元": "旦月素首件老宵气代朝宇勋帅催里",
    "年": "级代",
    "天": "津然安下空气赋",
    "周": "边围密到刊期年末",
    "克": "兰里服制隆罗",
    "克拉": "玛",
    "克朗": "姆",
    "码": "头表字率",
    "比尔": "盖克·",
    "索尔": "·",
    "瑞尔": "·",
    "米": "尔兰粉饭线德其诺字",
    "里": "程面边头昂约斯亚拉",
    "升": "级值至到高降",
    "磅": "礴",
    "度": "假过量",
    "秒": "杀",
    "户": "商企店经个摊厂单主外籍型部口均头枢内农贫",  # firms, or households that the next word says again
    "元整": "修理治改体个合",
    "方": "向面式位法案块桌米便言",
}
_ONLY_AFTER = {"方": "万亿余"}  # 1.26亿方


_NO_NUMBER = r"(?!\s?[\d一二两三四五六七八九十百千几半])"  # after 每: not of 0-3公里每人2元


def unit_pattern() -> str:
    """A regular expression that matches the Chinese of any unit, longest first."""
    parts = []
    for zh in sorted(UNIT_OF, key=len, reverse=True):
        before, blocked = _ONLY_AFTER.get(zh, ""), _NOT_BEFORE.get(zh, "")
        if zh.isascii():
            parts.append(re.escape(zh) + r"(?![A-Za-z])")
        elif "每" in zh:
            parts.append(zh + _NO_NUMBER)
        else:
            parts.append(
                (f"(?<=[{before}])" if before else "") + re.escape(zh) + (f"(?![{blocked}])" if blocked else "")
            )
    return "|".join(parts)


_DECADE = Unit((), "decade", "decades", "duration", Decimal(315576000))
_FORTNIGHT = Unit((), "fortnight", "fortnights", "duration", Decimal(1209600))

ENGLISH_UNITS: dict[str, tuple[Unit, ...]] = {}
"""English words for a unit, lower case, to the units they may mean ("pounds" is money and mass)."""
for _each in (*UNITS, _DECADE, _FORTNIGHT):
    for _word in {_each.singular.lower(), _each.plural.lower(), *_each.others}:
        ENGLISH_UNITS[_word] = (*ENGLISH_UNITS.get(_word, ()), _each)
