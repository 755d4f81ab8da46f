"""Numbers that name and do not count: of telephones, cases, plates, web addresses, roads, lines of a metro, rooms,
spacecraft (神舟十九号), airliners, chips, classes of a school."""

from __future__ import annotations

import re

from summarize.grounding.item import Item, Kind
from summarize.grounding.numerals import fold, read_numeral
from summarize.grounding.pinyin import spell

PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"  # by their short names, as on plates
_ROADS = {
    "高速公路": "Expressway", "高速": "Expressway", "国道": "National Highway", "省道": "Provincial Highway",
    "县道": "County Road", "乡道": "Township Road",
}  # fmt: skip
_LINES = {
    "地铁": "Metro", "轨道交通": "Rail Transit", "轻轨": "Light Rail", "有轨电车": "Tram", "城轨": "Urban Rail",
}  # fmt: skip
_CRAFTS = {
    "神舟": "Shenzhou", "天舟": "Tianzhou", "嫦娥": "Chang'e", "天问": "Tianwen", "长征": "Long March",
    "遥感": "Yaogan", "北斗": "BeiDou", "天宫": "Tiangong", "实践": "Shijian", "风云": "Fengyun",
    "高分": "Gaofen", "快舟": "Kuaizhou", "谷神星": "Ceres", "引力": "Gravity", "鹊桥": "Queqiao",
    "雪龙": "Xuelong", "玉兔": "Yutu", "朱雀": "Zhuque", "天龙": "Tianlong", "力箭": "Lijian", "双曲线": "Hyperbola",
    "捷龙": "Jielong", "智神星": "Pallas", "夸父": "Kuafu", "羲和": "Xihe", "吉林": "Jilin", "海洋": "Haiyang",
    "资源": "Ziyuan", "张衡": "Zhangheng", "千帆": "Qianfan", "梦舟": "Mengzhou", "揽月": "Lanyue", "试验": "Shiyan",
    "陆地探测": "Ludi Tance", "西子": "Xizi", "天启": "Tianqi", "天链": "Tianlian", "天通": "Tiantong",
    "中星": "ChinaSat", "天目": "Tianmu", "云海": "Yunhai", "天河": "Tianhe",
}  # fmt: skip
_CRAFT = "|".join(_CRAFTS)
_FLIGHT = "(?=乘组|航天员|载人|飞船|飞天|任务|返回舱|发射|升空|火箭)"  # 神舟二十乘组 goes without its 号
_CHIPS = {
    "麒麟": "Kirin", "骁龙": "Snapdragon", "天玑": "Dimensity", "昇腾": "Ascend", "鲲鹏": "Kunpeng", "龙芯": "Loongson",
    "酷睿": "Core", "锐龙": "Ryzen",
}  # fmt: skip
_WEAPONS = {
    "歼轰": "JH", "歼": "J", "运油": "YY", "运": "Y", "直": "Z", "轰": "H", "攻击": "GJ", "空警": "KJ", "彩虹": "CH",
    "翼龙": "Wing Loong", "红旗": "HQ", "东风": "DF", "鹰击": "YJ", "教": "JL", "苏": "Su", "米格": "MiG", "无侦": "WZ",
    "巨浪": "JL", "红": "HQ", "长剑": "CJ",
}  # fmt: skip
_CRAFT_FORMS = {"甲": "A", "乙": "B", "丙": "C", "丁": "D", "改": "A"}  # 长征六号改 is Long March-6A
# Numbers of public services, which stand alone too; all of five digits.
_SERVICES = r"123(?:0[5689]|1[57]|29|33|37|45|48|50|80|89|95)|96110|955\d\d"
_CODE = re.compile(
    rf"""
    (?P<web>https?://[^\s\u4e00-\u9fff，。；、）]+|www\.[A-Za-z0-9./_-]+|[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)
  | (?P<province>[{PROVINCES}])(?P<plate>[A-Z])[·•]?
      (?P<serial>(?=[A-Z0-9]*\d)[A-Z0-9]{{5,6}})(?![A-Z0-9])
  | (?<![A-Za-z\d-])(?P<phone>0\d{{2,3}}-\d{{7,8}}(?:-\d{{1,4}})?|[48]00-?\d{{3,4}}-?\d{{3,4}}
      |1[3-9]\d-\d{{4}}-\d{{4}}|1[3-9]\d{{9}})
      (?![A-Za-z\d-])
  | (?P<called>(?:拨打|致电|拨通|来电|热线|电话|编号|警号|车牌号|尾号|案号|卡号|单号|学号|工号|账号|房号
      |门牌号|邮编|微信号|号码|身份证号|密码|QQ)
      (?:了|为|是|:|：|\s)*[“"]?)
      (?P<number>(?=[A-Za-z-]*\d)[A-Za-z0-9][A-Za-z0-9-]{{1,24}})(?![A-Za-z0-9.-]|,\d{{3}}(?!\d)|\s?[余多万亿个名起次元件家通%])
  | (?<![\d.:])(?<!\d,)(?P<verbatim>\d{{1,3}}(?:\.\d+)?(?::\d{{1,3}}(?:\.\d+)?){{2,}})(?![\d:])
  | (?<![\d.])(?P<relay>\d{{1,2}})\s?[×xX*]\s?(?P<leg>\d{{2,4}})米
  | (?<![\d.-])(?<!\d,)(?P<service>{_SERVICES})(?![\d-]|[.,]\d|\s?[余多万亿个名起次元件家人户%])
  | (?P<road_first>国道|省道|县道|乡道)[GSXY]?(?P<road_first_number>\d{{2,4}})线?(?!\d)
  | (?P<plates_of>[{PROVINCES}])(?P<plates_letter>[A-Z])(?=牌照|牌[车号]|车牌|籍)
  | (?P<weapon>{"|".join(_WEAPONS)})-(?P<model>\d{{1,3}}[A-Z]{{0,2}})(?![\dA-Za-z])
  | (?P<craft>{_CRAFT})(?P<craft_number>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})
      (?:号(?![楼线院区门馆厅井坑桥田])|{_FLIGHT})(?P<craft_form>[甲乙丙丁改]|[A-Z](?![A-Za-z]))?
  | (?<![精留财战大心眼费传女])神(?P<shenzhou>[五六七八九](?={_FLIGHT})|[一二]?十[一二三四五六七八九]?{_FLIGHT})
  | (?P<chip>{"|".join(_CHIPS)})\s?(?P<chip_number>[A-Z]?\d{{3,4}}[A-Z]{{0,2}})
      (?!\d|[.,]\d|\s?[余多万亿个名元件家颗枚款强辆])
  | (?<![\d.])(?P<airliner>7[0-8]7-[1-9]00(?:ER|LR|F)?)(?!\d|[.,]\d|\s?[余多万亿个名元件人])
  | (?:(?<=[号甲乙丙丁改A-Z])遥|遥(?=[一二三四五六七八九十百\d]{{1,5}}(?:运载火箭|火箭|次任务)))
      (?P<yao>[一二三四五六七八九十百]{{1,5}}|\d{{1,3}})
  | (?<![\d.])(?P<interstate>\d{{1,3}})号州际公路
  | (?<![\d.第])(?P<highway>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})号(?:高速)?公路
  | (?P<grade>[高初][一二三]|[一二三四五六七八九](?:年级?)?)
      (?:[(（](?P<class>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[)）]
      |(?:(?<=[高初][一二三])|(?<=级)|(?<![每近开的]\w年)(?<=[一二三四五六]年))
       (?P<bare_class>\d{{1,2}}|[一二三四五六七八九十]{{1,3}}))班(?![车次组级倒岗飞船])
  | (?:(?<=\d、)|(?<=\d和))(?P<hotline>12[0-4]\d\d|9[56]\d{{3}})(?!\d|[.,]\d|\s?[余多万亿个名起次元件家人户%])
  | (?<=渔)(?P<boat>\d{{4,6}})(?=号|[”’」])
  | (?<=海警|舰艇)(?P<hull>\d{{3,5}})(?=[舰艇船])
  | (?<![A-Za-z\d])(?P<letter>[GSXY])(?P<letter_number>\d{{1,4}})\s?(?P<letter_road>高速公路|高速|国道|省道|县道|乡道)
  | (?<!\d)(?P<road_number>[1-5]\d\d)(?P<road>国道|省道|县道|乡道)
  | (?P<line_of>地铁|轨道交通|轻轨|有轨电车|城轨)?(?<![\d一二三四五六七八九十])
      第?(?P<line_letter>(?<![A-Za-z])[A-Z])?(?P<line>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})号线(?![路缆索杆圈])
  | (?<![A-Za-z\d])[第T]?(?P<terminal>[1-9]|[一二三四五])号?航(?:站楼|厦|廈)
  | (?<![\d一二三四五六七八九十])(?P<building>\d{{1,3}}|[一二三四五六七八九十]{{1,3}}(?=号楼))
      (?:号楼|[栋幢](?=\d{{1,4}}(?:单元|号|室)))
  | (?<=[区园苑城院里庭府居])(?P<block>\d{{1,3}})[栋幢](?=[的楼业门])(?!楼房)
  | (?<=[路街巷弄道])(?P<lot>\d{{1,4}}-\d{{1,4}})号(?![楼线])
  | (?<![\d-])(?P<plot>\d{{1,4}}-\d{{1,4}})号(?=地块|[商店]?铺|宗地)
  | (?<=[号楼栋幢])(?P<unit>\d{{1,2}})单元
  | (?<=[号楼栋幢单元])(?P<room>\d{{3,4}})室|(?<![\d.])(?P<room2>\d{{3,4}})(?:房间|室(?=[，。、的居住内门里）]|$))
    """,
    re.VERBOSE,
)


def find_codes(text: str) -> list[Item]:
    """The codes of a passage, in order; of 拨打96110 only the number. Roads and metro lines are of kind "place"."""
    items = []
    for match in _CODE.finditer(fold(text)):
        start = match.end("called") if match["called"] else match.start()
        road = match["letter"] or _road(match) or match["interstate"] or match["highway"]
        kind: Kind = "place" if road or match["line"] else "number"
        items.append(Item(kind, start, match.end(), text[start : match.end()], _english(match)))
    return items


def _english(match: re.Match[str]) -> tuple[str, ...]:
    if match["plate"]:
        province, serial = spell(match["province"]), match["plate"] + match["serial"]
        return (f"{province} {serial}", f"{province}{serial}", f"{province}-{serial}", serial)
    if match["letter"]:
        code, name = match["letter"] + match["letter_number"], _ROADS[match["letter_road"]]
        return (f"{code} {name}", f"{name} {code}", f"{code} Highway", code)
    if road := _road(match):
        number, name = match["road_number"] or match["road_first_number"], _ROADS[road]
        letter = {"国": "G", "省": "S", "县": "X", "乡": "Y"}[road[0]]
        return (f"{name} {number}", f"{number} {name}", f"{letter}{number}", f"Highway {number}", number)
    if match["craft"]:
        name, form = _CRAFTS[match["craft"]], match["craft_form"] or ""
        number = f"{read_numeral(match['craft_number'])}{_CRAFT_FORMS.get(form, form)}"
        return (f"{name}-{number}", f"{name} {number}", f"{name} No. {number}", f"{name} No.{number}")
    if match["shenzhou"]:
        number = f"{read_numeral(match['shenzhou'])}"
        return (f"Shenzhou-{number}", f"Shenzhou {number}", f"Shenzhou-{number}".upper())
    if match["chip"]:
        return (f"{_CHIPS[match['chip']]} {match['chip_number']}", match["chip_number"])
    if match["yao"]:
        return (f"Y{read_numeral(match['yao'])}", f"Yao-{read_numeral(match['yao'])}")
    if match["interstate"]:
        return (f"Interstate {match['interstate']}", f"I-{match['interstate']}")
    if match["highway"]:
        number = f"{read_numeral(match['highway'])}"
        return (f"Highway {number}", f"Route {number}", f"No. {number} Highway", f"Highway No. {number}")
    if match["grade"]:
        return _school_class(match["grade"], match["class"] or match["bare_class"])
    if match["weapon"]:
        name = _WEAPONS[match["weapon"]]
        return (f"{name}-{match['model']}", f"{name} {match['model']}", f"{name}{match['model']}")
    if match["line"]:
        line = f"Line {match['line_letter'] or ''}{read_numeral(match['line'])}"
        named = (f"{_LINES[match['line_of']]} {line}",) if match["line_of"] else ()
        return (*named, line)
    if match["terminal"]:
        number = f"{read_numeral(match['terminal'])}"
        return (f"Terminal {number}", f"T{number}", f"Terminal No. {number}")
    building = match["building"] or match["block"]
    if building:
        number = f"{read_numeral(building)}"
        return (f"Building {number}", f"No. {number} Building", f"Building No. {number}", f"Block {number}", number)
    if match["unit"]:
        number = match["unit"]
        return (f"Unit {number}", f"Entrance {number}", f"No. {number}", number)
    if lot := match["lot"] or match["plot"]:
        return (f"No. {lot}", f"No.{lot}", f"Number {lot}", lot)
    room = match["room"] or match["room2"]
    if room:
        return (f"Room {room}", f"Apartment {room}", room)
    if match["relay"]:
        relay = f"{match['relay']}{{}}{match['leg']}"
        return tuple(
            relay.format(sign) + unit for sign in ("×", "x", " x ") for unit in ("-meter", "m", "-metre", " meters")
        )
    if match["plates_of"]:
        return (
            f"{spell(match['plates_of'])} {match['plates_letter']}",
            f"{spell(match['plates_of'])}{match['plates_letter']}",
        )
    names = ("web", "phone", "airliner", "hotline", "service", "boat", "hull", "verbatim", "number")
    return (next(match[name] for name in names if match[name]),)


def _school_class(grade: str, number: str) -> tuple[str, ...]:
    """Class 2, Grade 3 for 三年二班; 高三 is Senior Grade 3, the twelfth year of school."""
    year = int(read_numeral(grade.strip("高初年级")) or 0)
    stage, before = {"高": ("Senior ", 9), "初": ("Junior ", 6)}.get(grade[0], ("", 0))
    which = f"Class {read_numeral(number)}"
    grades = dict.fromkeys((f"{stage}Grade {year}", f"Grade {year + before}", f"{stage}{year}".strip()))
    joined = ("{0}, {1}", "{0} of {1}", "{0} in {1}", "{1}, {0}", "{1} {0}")
    return (*(form.format(which, each) for each in grades for form in joined), which)


def _road(match: re.Match[str]) -> str:
    return match["road"] or match["road_first"] or ""
