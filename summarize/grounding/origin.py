"""Whose spelling a personal name follows: Chinese, or a language whose names are not spelled in pinyin."""

from __future__ import annotations

import re
from typing import Literal

from summarize.grounding import exonyms
from summarize.grounding.pinyin import COMPOUND_SURNAMES, split_surname

Origin = Literal["chinese", "foreign", "unsure"]

SEPARATORS = "·•・‧"  # between the parts of a foreign name

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛"
    "雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强"
    "贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊於惠甄曲"
    "封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖"
    "卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨"
    "居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公区付代闫岳"
    "楚佟仝覃朴麦楼揭佘郄庹芈郇敬芦亓门帅苟晋漆谌冼占肖修辜户迟展邸信战宛鹿盘苑禤寸初由衣藏尉銮原粟种上官令青奉线来阳鄢玉涂褟岩宾位哈笪"
    "丛亢亓仉俎呙妫揣撖昝旷汝牟眭睢矫禚綦缑茆荔菅萨葆谯贠贲轧邝郐钭锺镡闾随隋雒靖麴爨甯符佀邸幺铁么撒冶妥"
)  # fmt: skip
# Surnames that are far more often something else: only the tagger, a title or a credit makes one of them a name.
RARE_SURNAMES = frozenset(
    "兰英敬税商鲜问操经但字自拜者海母侍承校线角银呼斗药尕起良素补智朗库锁虎敏介言渠普零闭磨侬俸罕思鹤茶保杞滚卯番木刀"
)
# Characters that spell foreign names; the second group is also common in Chinese given names.
_SPELLING = frozenset(
    "斯尔拉特卡尼哈巴奥托瓦蒂诺弗萨姆阿塔塞埃罗帕伊耶茨里莱克米菲什比库布赫努贝莫沃洛迪瑟扎兹迈索勒戈霍契涅普厄科坎纽滕撒顿卜摩蒙喀迦"
    "皮图穆舍彻伦罕肯潘昂佩雷韦切列默赖费谢娅逊茜翰狄甫恰乍蓬蔻奈扬纳内夫歇格巫桑查乌苏盖捷舒伍荷休敦恩奇彼葡曼姬赛宾盎欧鲁冈蒲法瑙弥坦杜腾"
)  # fmt: skip
_SHARED = frozenset(
    "德利亚维基达娜莉丝森西加丽多马莎妮玛安兰威雅杰艾因吉登希凯波丁恩林琳路辛密博伯本汉泰温文金华高保迪罗理朗乔贾夏纳尤柯堡易珍丹珊梅黛"
    "薇尔比提瑞琪诗万隆东思"
)  # fmt: skip
_FOREIGN = _SPELLING | _SHARED
TRANSLITERATION = _FOREIGN | frozenset("热依木江汗吾由逊孙肉孜合古丽娅玉素力沙地满福衣居洪勒荪旦卡甘尔辛胡祖不都卜别")
HAN = "\u3400-\u9fff\U00020000-\U0003ffff"  # the characters of names, rare ones too: 王𬭎, 张㛃
_FOREIGN_SURNAMES = frozenset(
    "马罗韦戴莫费贝施谢安温华鲁范何古艾白柯欧席汤麦米卡高巴布史兰卢路蒙彭乔齐邦劳雷维尤于伍万哈康科孔龙丁唐杜贾吉沙夏萨宾巩哥乌穆甘霍桑索雪詹利皮别梅库冯格苏连安阿凯伊"
)
MINORITIES = re.compile(
    "买买提|阿不都|阿卜杜|吐尔|古丽|艾力|艾山|玉素甫|热合曼|木沙|买合|麦麦提|努尔|亚森|肉孜|依明|提江|艾克|"
    "扎西|卓玛|次仁|多吉|格桑|尼玛|旦增|丹增|洛桑|央金|巴桑|白玛|达瓦|顿珠|平措|仁青|才让|索朗|拉姆|普布|次旺|旺堆|"
    "强巴|益西|曲珍|边巴|嘎玛|土登|彭措|卓嘎|央宗|罗布|德吉|坚赞|加措|嘉措|贡嘎|次旦|桑杰|拉毛|"
    "巴特尔|乌兰|其木格|呼格|格日勒|图雅|苏日|那仁|斯琴|宝音|毕力格|敖其尔|额尔德|特木尔|萨仁|高娃|巴图|布和|娜仁|乌云|阿古拉"
)  # fmt: skip
JAPANESE_SURNAMES = re.compile(
    "佐藤|铃木|高桥|田中|渡边|伊藤|山本|中村|小林|加藤|吉田|山田|佐佐木|山口|松本|井上|木村|清水|斋藤|山崎|池田|桥本|阿部|石川|前田|藤田|小川|"
    "后藤|冈田|长谷川|村上|近藤|石井|坂本|远藤|青木|藤井|西村|福田|太田|三浦|藤原|松田|中岛|中川|原田|小野|竹内|金子|中野|石田|安倍|岸田|石破|"
    "麻生|小泉|鸠山|野田|菅义|河野|高市|茂木|羽生|宫崎|村田|本田|香川|大谷|锦织|大坂|福原|早田|张本|平野|内村|北岛|池江|桃田|宫本|黑田|植田|"
    "上川|林芳|岩屋|玉木|枝野|志位|小池|吉村|岛津|德川|织田|丰臣|武田|上杉|川端|三岛|大江|东野|坂口|久石|高仓|黑泽|北野|是枝|新海|"
    "金杉|角田|岩佐|垂秀|横井|长友|三笘|堂安|久保|富安|南野|镰田|守田|早川|平冈|冈崎|星野|宫泽|细川|藤本|藤泽|"
    "浅田|宇野|坂东|菊池|荒川|广濑|渡部|大桥|志田|奥原|西野|森保|吉野|永井|堀江"
)  # fmt: skip
_WHOEVER = re.compile("越南|新加坡|香港|外国")  # where no name is spelled in pinyin, whatever its surname
_KOREAN_SURNAMES = frozenset(
    "金李朴崔郑姜赵尹张林韩吴申徐权黄安宋柳洪全高文孙梁白许曹南沈卢河朱禹具罗闵陈池严元蔡千方孔玄咸卞廉吕秋都石田"
)
_FOREIGN_GIVEN = frozenset((
    "安娜", "安妮", "安东", "乔治", "乔丹", "乔伊", "苏珊", "苏菲", "夏娃", "路易",
    "雷蒙", "艾伦", "艾米", "温妮", "范妮", "于连", "罗兰", "马丁", "马克", "汤姆",
    "海伦", "凯文", "马修", "马约加", "安迪", "安吉", "莫妮卡", "安妮塔",
))  # fmt: skip
COMMON_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜夏钟汪田任姜范方石姚"
    "谭廖邹熊金陆郝孔崔康毛邱秦江史顾侯邵孟万段钱尹黎易常武贺赖龚文"
)


def name_parts(name: str) -> list[str]:
    """The parts of a foreign name: 基思·布朗 has two, a name without separator one."""
    return re.split(f"[{SEPARATORS}]", name)


def is_transliteration(name: str) -> bool:
    """True if every character is one that spells foreign names and at least one is seldom used in Chinese names."""
    letters = re.sub(f"[{SEPARATORS}]", "", name)
    return len(letters) > 1 and spells_foreign(letters) and strength(letters) > 0


def spells_foreign(name: str) -> bool:
    """True if every character is one that spells foreign names, also where all of them are usual in Chinese ones."""
    return _FOREIGN.issuperset(name)


def strength(name: str) -> int:
    """How many characters of a name spell foreign names and are seldom used in Chinese ones."""
    return sum(character in _SPELLING for character in name)


def origin(name: str, country: str = "", *, foreign: bool = False) -> Origin:
    """Whose spelling a personal name follows.

    Args:
        name: the name in simplified characters.
        country: the countries whose person it may be, as `setting.country_of` tells them.
        foreign: whether it stands in a story about other countries.

    Returns:
        "chinese" if pinyin is right, "foreign" if it is wrong, "unsure" if it is probably no name at all.
    """
    if not re.fullmatch(f"[{HAN}]+", name):
        return "foreign"
    if MINORITIES.search(name) and (name[0] not in SURNAMES or len(name) > 3 or MINORITIES.match(name)):
        return "foreign"
    if len(name) > 3 and all(name[i : i + 2] in exonyms.romanised_names() for i in range(0, len(name), 2)):
        return "foreign"  # 才仁多杰
    if JAPANESE_SURNAMES.match(name) and (len(name) > 3 or "日本" in country):
        return "foreign"
    surname, given = split_surname(name)
    rare = surname in RARE_SURNAMES and not spells_foreign(given)
    if surname not in SURNAMES and surname not in COMPOUND_SURNAMES and not rare:
        return "foreign" if len(name) > 2 or is_transliteration(name) else "unsure"
    if len(given) > 2 or not given:
        double = len(name) == 4 and name[1] in SURNAMES and not is_transliteration(name)
        return "chinese" if double and not strength(name) else "foreign" if given else "unsure"
    if _reads_foreign(surname, given, foreign=foreign) or (foreign and _may_be_foreign(surname, given)):
        return "foreign"
    if surname in _KOREAN_SURNAMES and "韩国" in country:
        return "foreign"
    if "日本" in country and (len(given) == 2 and re.search("[子郎夫彦介雄一助太]$", given)):
        return "foreign"
    return "foreign" if _WHOEVER.search(country) else "chinese"


def _reads_foreign(surname: str, given: str, *, foreign: bool) -> bool:
    strong = strength(given)
    if surname + given in _FOREIGN_GIVEN:
        return True
    if len(given) == 1:
        return surname in _FOREIGN_SURNAMES and (strong == 1 or given in "利登德达维森西基莎")
    if not spells_foreign(given):
        return False
    if surname not in COMMON_SURNAMES:
        return foreign or strong > 0 or surname in _FOREIGN_SURNAMES - {"戴"}  # but 戴丽杰, 苗东利
    if surname in _FOREIGN_SURNAMES:
        return strong > 0 or given[-1] in "德利亚维基达森西加"
    return strong == 2 or (strong == 1 and given[-1] in "斯尔特克勒姆顿夫兹茨")


def _may_be_foreign(surname: str, given: str) -> bool:
    """In a foreign story only names that can hardly be anything but Chinese are."""
    if _FOREIGN.isdisjoint(given):
        return surname not in COMMON_SURNAMES and (len(given) == 1 or surname in _FOREIGN_SURNAMES)
    if surname not in COMMON_SURNAMES:
        return True
    if len(given) == 1 and (surname in _FOREIGN or strength(given)):
        return True  # 邓肯, but not 王波
    return surname in _FOREIGN_SURNAMES
