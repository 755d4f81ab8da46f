"""What a number in Chinese text looks like: the expression that finds it, and the words in which none is meant."""

from __future__ import annotations

import re

from summarize.grounding.numerals import HAN, HAN_DIGITS, NUMERAL
from summarize.grounding.quantity import Bound
from summarize.grounding.units import UNIT_OF, Unit, unit_pattern

BEFORE: dict[str, Bound] = {
    "不超过": "at most", "最多": "at most", "至多": "at most", "不多于": "at most",
    "不少于": "at least", "不低于": "at least", "至少": "at least", "最少": "at least",
    "将近": "nearly", "接近": "nearly", "近": "nearly",
    "大约": "about", "大概": "about", "约": "about", "约莫": "about",
    "超过": "more than", "突破": "more than",
    "多于": "more than", "过": "more than", "逾": "more than", "超": "more than", "上": "more than",
    "不到": "less than", "不足": "less than", "少于": "less than", "未满": "less than", "不满": "less than",
}  # fmt: skip
AFTER: dict[str, Bound] = {
    "左右": "about", "上下": "about", "以上": "more than", "及以上": "at least", "以下": "at most",
    "及以下": "at most",
    "多": "more than", "余": "more than", "+": "more than", "不到": "less than",
}  # fmt: skip
COUNTING_WORDS = (
    "个名位家件辆台条户人只张项栋间枚块副对艘架篇起宗例袋箱瓶组批种类处座届场次轮支册套棵株颗匹堂节款则幅份顶封粒滴盏桶盒罐"
    "杯碗盘筐束朵员倍大页样分口根所部本层头尾羽群"
)
"""What may follow a number where English has no word: one Chinese digit counts only before one of these or a unit."""
MULTIPLIERS = "十百千万亿"
_PAIR = "一二|一两|两三|二三|三四|三五|四五|五六|六七|七八|八九"
_SCALE = "万亿|百万|千万|百亿|千亿|[万亿]"

# Words in which no number is meant, or one that English does not say, besides the set phrases of the tables.
IDIOM = re.compile(
    r"(?<![一二三四五六七八九十百千\d])万一|千万(?=别|不|要|小心|注意)|一带一路|"
    r"(?<![\d一二三四五六七八九])[千百]万(?:家(?=[”’」活行动])|警进)|千百(?=[年万次倍种代])|"
    r"二人转|"
    r"三人行|三口之家|双十[一二]|三门峡|三台县|三轮车|五台山|七台河|"
    r"九台区|六盘水|(?<![二三四五六七八九])十[一二三四五]五(?!个|名)|十[七八九]大|二十大|(?<=党)十[二三四五六]大|一年(?:四季|到头|一度)|[三四五六七]位一体|(?<=[言声烟火鼓])四起|[一二三四五六七]中全会|百分百|四处|"
    r"第一时间|第一手|第一线|第一现场|第二天|第二年|第三者|第[一二]次世界大战|四人[二四两]球|[一两三四五六]位数|"
    r"一二[一三]?(?=线|产业)|二三线|三四线|十一(?=[”’」』]?(?:假期|黄金周|长假|期间|国庆|前夕|前后))|(?<!\d)[0-9][05]后|[两二三四五]年一[度次届]|"
    r"(?<![一二三四五六七八九十百千万零\d])三元(?=催化|桥|里|区(?!间)|锂|材料|正极|电池|牛奶|乳业|食品)|"
    r"[二三四]头肌|两头(?![牛猪羊驴马骡象鹿鲸母小大黄水野骆])|[一二三]次产业|复一[日年月]|(?<![一二三四五六七八九\d])十分(?!钟|之)|(?<![一二三四五六七八九十百千\d])万分(?!之)"
)
_BEFORE_WORDS = "|".join(sorted((word for word in BEFORE if len(word) > 1 and word != "超过"), key=len, reverse=True))
CURRENCIES: dict[str, Unit] = {
    name: UNIT_OF[usual]
    for usual, names in {
        "新台币": "新台币 新臺币 新台幣 新臺幣 台币 臺币 台幣 臺幣 NT$",
        "港币": "港币 港幣 HK$",
        "澳门币": "澳门币 澳門幣 MOP$ MOP",
        "人民币": "人民币 人民幣 RMB",
        "美金": "美金 US$",
        "日元": "日币 日幣",
        "欧元": "欧元 歐元 €",
        "英镑": "英镑 英鎊 £",
    }.items()
    for name in names.split()
}
_CURRENCY = "|".join(map(re.escape, sorted(CURRENCIES, key=len, reverse=True)))
# A session that goes without its 第: 十二届全国人大, 广安市四届人大, 全国人大五次会议; but 已举办十六届, 连任三届.
_ASSEMBLY = (
    "全国|[省市县区州]|人大|人民|政协|委员|常委|常务|中央|中共|中纪|执委|理事|全会"
    "|[一二三四五六七]中|[一二三四五六七八九十]次"
)
_SESSION = "|".join(
    (
        rf"(?<![第近逾办行过了{HAN_DIGITS}十\d])(?:[二三]?十[{HAN_DIGITS}]?|[123]\d)(?=届(?:{_ASSEMBLY}))",
        rf"(?<=[省市县区州协党委])[{HAN_DIGITS}](?=届(?:{_ASSEMBLY}))",
        rf"(?:(?<=人大)|(?<=政协)|(?<=纪委)|(?<=委会)|(?<=员会)|(?<=届))[{HAN_DIGITS}十]{{1,3}}(?=次(?:全体)?(?:会议|全会))",
    )
)
# What 不到 bounds stands before it: 一周不到500万元就到账了. But 一个月不到500元就够, and 三天不到岗 is absent.
_NOT_TO = (
    r"(?<=[年月天周秒时钟期米里斤吨元%成岁半亩])不到(?=[，。；、！？,;)）]|$|[的就便又已]|时间|[功工]夫|[他她我这]|"
    rf"[\d{HAN_DIGITS}十百千几数][^，。；！？,;]{{0,16}}(?:[就便](?![能可够是要会])|都(?![没不是要])|全|已))"
)
TO = re.compile(r"\s?(?:至|到|--?|–|—|——|~)\s?")  # between the ends of a range
QUANTITY = re.compile(
    rf"""
    (?:(?P<currency>{_CURRENCY})\s?)?
    (?P<before>(?<![附最临靠接邻亲远])近|(?<![条签合预节纽违邀特])约|(?<![赶高买卖買賣])超(?!第)|逾|{_BEFORE_WORDS}
       |(?<=[例数量额值])过(?=[\d{HAN_DIGITS}十百千半]*[万亿])
       |(?<![赶碰遇跟])上(?=[百千万亿](?!圣节))|(?<!不[会得能])(?<!没有)(?<!未)超过)?\s?
    (?:(?P<bounded_currency>{_CURRENCY})\s?)?
    (?P<thermometer>[华摄]氏(?=\s?(?:零下)?[\d{HAN_DIGITS}十百.]+(?:\s?[~至到-]\s?[\d{HAN_DIGITS}十百.]+)?(?:多|余)?度))?\s?
    (?P<below_zero>零下(?:[华摄]氏(?=[\d{HAN_DIGITS}十百.]+度))?|(?<![\d%℃度A-Za-z-])-(?=\d+(?:\.\d+)?\s?(?:(?:℃|°C|摄氏度|度)?\s?[~至到-]\s?-?\d+(?:\.\d+)?\s?)?(?:℃|°C|摄氏度|度))
       |(?<=[比长速为幅])-(?=\d+(?:\.\d+)?%))?
    (?:
      翻了?(?P<doubled_nearly>近)?(?:(?P<doublings>[一两二三四2-5])番|番)(?P<doubled_more>多)?
    | 第\s?(?P<nth>{NUMERAL})(?!分之)(?P<nth_label>号(?![召称线楼]))?
    | (?P<session>{_SESSION})
    | (?P<half>半)(?:(?P<half_more>个多(?:月|小时|钟头)|年多)
       |(?P<half_unit>个月|个?小时|个?钟头|个世纪|年|天|公里|英里|英寸|公斤|斤|亩|吨)
       |数(?=[的人以受]))
    | (?P<one_half>一半)(?P<one_half_more>多(?![一-鿿]?[样种]))?
    | (?P<ratio>(?<![\d.:])(?<!\d,)(?:\d{{1,3}}\.\d+:\d{{1,3}}(?:\.\d+)?|\d{{1,3}}:\d{{1,3}}\.\d+)(?![\d.:]))
    | (?<=[近逾过])(?P<decades>[五六七八九])旬
    | (?P<quarters>[一两三123])刻钟
    | (?P<race>\d{{1,2}}秒\d{{2,3}})(?!\d)
    | (?P<minutes>\d{{1,3}})\s?分钟?\s?(?P<seconds>[0-5]?\d)\s?秒(?P<thousandths>\d{{1,3}}(?!\d))?
    | (?P<score>(?<![\d.:])(?<!\d,)\d{{1,3}}(?:[:比]|\s比\s)\d{{1,3}}(?![\d.:])
       |(?:(?<=以)|^)[{HAN_DIGITS}]比[{HAN_DIGITS}](?![{HAN_DIGITS}例较]))
    | (?P<fraction>(?<![\d/])[1-9]/(?:10|[2-9])(?![\d/名]))
    | (?:(?P<of>百|千|万|{HAN}|\d+)分之)?
      (?:(?P<head>[二三四五六七八九]?十|[一二两三四五六七八九][百千万])?(?P<pair>{_PAIR})(?P<tail>[十百千])?(?![{HAN_DIGITS}])
        |(?<![指人总次分多少半无{MULTIPLIERS}])(?P<vague>好几|几|数)(?P<vague_tail>[十百千]|(?=[万亿]))
        |(?P<teens>[二三四五六七八九]?十|[一二三四五六七八九]百)几
        |(?P<number>{NUMERAL}|(?<=[近约超逾上过])(?:万亿|[万亿])|(?<![{HAN_DIGITS}{MULTIPLIERS}几数\d])[万亿](?=[余多](?![一-鿿]?[样种]))))
      (?P<more>[多余]|来(?=[个名位人家件年天岁万里公米双头亩户台辆只条张斤元块份支套间栋棵株吨颗艘平小月周座场桌瓶袋箱盏根]|$))?(?:个(?=亿))?(?P<scale>{_SCALE})?(?P<more_after>[多余](?![一-鿿]?样))?\s?
      (?: (?P<percent>%)|个?(?P<points>百分点)|(?P<permille>‰)
        |(?P<tenths>成)(?:(?P<tenth_half>半)|(?P<hundredths>[一二三四五六七八九])|(?P<tenths_more>[多余]))?(?![立为员功就绩熟长了])
        |(?P<times>倍)(?P<times_more>[多余])?|(?P<discount>折)(?![叠腾线射磨返回])|(?P<anniversary>周年)|(?P<birthday>周?岁的?(?:生日|寿辰|诞辰|大寿))|(?P<label>号)(?![召称角声人])
        |个(?P<inner>[多余半])(?P<inner_unit>月|小时|星期|礼拜|世纪|季度|钟头)
        |(?P<unit>{unit_pattern()})(?P<currency_after>(?<=元)(?:新台币|台币|港币))?(?P<unit_more>[多余](?!次|[一-鿿]?[样种元]|[云雨雪雾雷阴晴]|阵雨|有[云雨雪雾雷阵]))?(?P<unit_half>半(?![年月天个路数场程决价票费]))?
      )?
    )
    (?P<counted>[{COUNTING_WORDS}](?=及?以[上下](?!简称)|左右))?
    (?P<after>左右|上下(?![班学楼])|及?以上|及?以下(?!简称)|(?<=[\d万亿千])\+(?![\d+])|{_NOT_TO})?
    """,
    re.VERBOSE,
)
