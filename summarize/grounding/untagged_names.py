"""Chinese names that the tagger misses or cuts, found by what stands around them: after a title, in a list of names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarize.grounding import exonyms
from summarize.grounding.origin import COMMON_SURNAMES, RARE_SURNAMES, SURNAMES, origin
from summarize.grounding.pinyin import COMPOUND_SURNAMES
from summarize.grounding.tagger import Token, is_word, tag, token_at

_TITLES = (
    r"[民辅协交刑特女巡狱]警|教导员|指导员|[所局队省县市镇乡村区处科站厂校院会社警班排连股行店园段格部司署州组台庭关馆矿舰团书事]长|政委|主任|书记|支书|经理|"
    r"董事|总裁|总监|主管|负责人|发言人|[科经法文史医社]\w{0,2}学家|分析师|大使|领事|参赞|主播|村民|居民|市民|员工|工人|职工|职员|商户|业主|店主|老板|司机|[驾管网调教护队店保售消飞船社宣联讲程]\w{0,2}员|"
    r"记者|通讯员|网格员|志愿者|党员|老师|学生|医生|护士|律师|法官|检察官|嫌疑人|被告人|被害人|当事人|受害人|报警人|失主|车主|"
    r"[养种贫农个]\w{1,3}户|[果菜粮茶花药瓜蔗棉烟蚕蜂]农|[渔牧船]民|客商|游客|学员|住户|院士|代表|委员|工程师|研究员|教授|专家|战士|主持人|演员|导演|歌手|作家|画家|选手|教练|导游|保安|妻子|丈夫|"
    r"儿子|女儿|父亲|母亲|老人|男子|女子|名叫|同事|战友|搭档|人称|会计|出纳|教师|[村校]医|师父|徒弟|邻居|房东|租客|乘客|奶奶|爷爷|外婆|外公|哥哥|弟弟|姐姐|妹妹|孙子|孙女|儿媳|女婿|裁判长|[检维抢]修工|[钳焊电瓦木漆矿管]工|技工"
)
_TITLE = re.compile(rf"(?:{_TITLES})[ \u3000]?$")
_HEARD_FROM = re.compile(
    rf"(?:{_TITLES})(?P<name>[{''.join(sorted(SURNAMES))}][\u4e00-\u9fff]{{1,2}})处(?=了解|获悉|得知)"
)
_AFTER = frozenset(("p", "v", "d", "ad", "c", "w", "TIME", "xc", "vd", "f", "r"))  # tags of what may follow a name
# Surnames that are as often a verb, a preposition or a noun before another word.
_OTHERWISE = frozenset(
    "查包封解印计教养管盖习通来任支楼应令干有能还过得当从向于由和与同对让水房车路门党国区商校师种要如全都时连上"
)
_VERBS = frozenset("来过干管养查包应练施计教习")  # surnames that are verbs, as in 来得勤
_GOVERNS = frozenset("曾自从向由和与同对让当得被")  # before a name it is a preposition more often than a surname
# Characters after places and of things, that no given name ends in but those of 何万里 and 柳美里: 牛棚里, 宿舍楼.
_OF_PLACES = re.compile("[\u4e00-\u9fff](?:[^万千美英友绘由真惠]里|[\u4e00-\u9fff][上边旁外处])")
_OF_THINGS = frozenset("楼料菜酒饭鸡糕饼汤品员角")
_FROM = frozenset("自从由")  # and these nearly always
# Characters that often end a given name.
GIVEN_END = frozenset(
    "年华国军明伟强平林峰春秋月海江山川雪雨云花梅兰竹菊荣贵富福寿财宝才金银玉珍珠龙虎凤鹏飞燕成功立业胜利建设新民红旗来根生"
    "东南西北光亮辉煌文武斌英雄豪杰义礼智信仁德忠孝顺安康宁静和兴旺发达昌盛刚毅勇敢志远超越松柏波涛洋清芳香丽美娟秀慧敏喜"
    "祥瑞庆乐欢思学进升峻岩磊洁莹涵轩宇航泽浩然博兵俊鑫娜丹莉雯蓉萍倩琴琳珊莲玮璇玥瑶琦琪瑜璐昊晗晨晖晓曦旭昕昱睿哲翰翔骏驰腾"
    "滔沛沁泓洲淼渊润源溪潇澜瀚煜炜烨焕焱炳灿权柱栋梁楠榕樱桐桂楚彬彦彤影琛珂珺琼瑾璟卿韵韬颖萱萌莎蓝蔓薇蕾蕊茜茹荷菁菲虹裕"
    "诚谊谦贤赐跃运邦郁钧钰钢铎铭铮锋锐锦镇闯雁霖霞露靖鸣麟黎鹤鸿妍妮妙姗姣婉婕婧婵媛嫣宏宸寅尧屹岗岚岳岭峥崇巍帆帅康廷弘彪怀恒"
    "水恩悦惠懿扬振捷攀政斐旋昂昆显景望朋朗枫栩桃桦森楷泉泰津浪淑淳渝湘满滨潮灵炎熙熹牧玫玲甜甫皓益盈盼真婷欣砚祖祯禄禹禾稳穆竞童筠素"
    "纯纲绍继绪维绮缘群翠耀聪胤臣舒艺芬芝芸若茂茗茵荔莺菡蓓蕙薪衍誉诗语谷贝贞赛辰迅迪迎逸遥野钊铁键隆雅霄霆青韧频颂馨骁骥魁鹃鹰麒"
)
_MARKS = "，。！？；：、“”‘’（）()《》【】\n,;:!? \u3000"
_REACH = 12  # characters on either side that the tagger is shown
_KIND_OF_PERSON = frozenset(
    "人员工者户们民生众方长警士师家主友客商企女"
)  # 师生, 居民, 房东方: words for people, not names
# Characters that hardly any given name has: function words, numbers of things, verbs of every sentence.
_NEVER_GIVEN = frozenset(
    "名位的了着是不也就都还没很把被已在我你他她它们这那什么怎吗呢吧啊到去给让使对从又再且或及而则其此每各某些个次件家"
)
_SPEAKING_WORDS = (
    r"告诉|介绍|表示|说[，：道。“]|坦言|回忆|感慨|感叹|笑[着道]|讲述|反映|解释|称[，：]|认为|指出|强调|补充道|提醒|直言|回应|坦承|"
    r"透露|总结道|叮嘱|感激|激动"
)
_SPEAKS = rf"(?:{_SPEAKING_WORDS}|说$)"
_SAYS = re.compile(rf"[^，。！？；：、\s]{{0,3}}{_SPEAKS}")
_SPEAKING = re.compile(_SPEAKS)
_LIFE = re.compile(r"[，（(\s]+(?:[男女][，,）)]|[现今]?年?\d{1,2}岁|[左右中前后]一?[）)])|[现今]年\d{1,2}岁|家住|家里")
_ACTS = re.compile(r"[\u4e00-\u9fff]{1,2}[着了]|[带率][队领]|主持|一行")
_CROWDS = ("游客", "乘客", "客商", "居民", "市民", "学生", "学员", "老人", "网民")  # 游客高峰 is no Gao Feng
_TO_SOMEBODY = re.compile(
    "[^，。；！？]{0,2}[说道讲问借讨要学提发致送赠递献汇表介请求展示传授解诉打祝挥索推咨反敬赔支付报告靠的和与及、]"
)
_OF_AGE = re.compile(r"(?:岁的|出生的|人称|绰号|姓名[：:])$")


def find_untagged(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Spans of names that the tagger did not take for names, or of which it took only a part.

    Where a name may stand (after a title, in a list of names, before "said"), what may be a surname is replaced by a
    common one (王) and the clause tagged again: what the tagger then takes for a name is one. 全小兵 reads as "all" and
    "little soldier" to it, 王小兵 as a name; in 民警全程陪同 a name would cut a word, so there is none.
    """
    spans = [match.span("name") for match in _HEARD_FROM.finditer(text) if _is_name(match["name"])]
    tokens = [part for token in tokens for part in _parted(text, token)]
    named = {token.end for token in tokens if token.tag == "PER" and origin(token.text) == "chinese"}
    for index in range(len(tokens)):
        end = _name_end(text, tokens, index, named)
        if end:
            named.add(end)
            spans.append((tokens[index].start, end))
    return spans


def _name_end(text: str, tokens: Sequence[Token], index: int, named: set[int]) -> int:
    """Where the name that begins with a word ends, 0 if none does or the tagger has seen it whole."""
    token = tokens[index]
    start = token.start
    family = _surname(text, start)
    if not family or token.tag in ("m", "w"):
        return 0
    known = len(token.text) > 2 if len(family) == 1 else 2 < len(token.text) < 5
    if token.tag == "PER" and (known or (len(token.text) > len(family) == 1 and origin(token.text) != "chinese")):
        return 0
    place = _place(text, tokens, index, named)
    if not place or (token.tag == "PER" and len(token.text) == 1 and place == "clause" and not _heard(text, start)):
        return 0
    ends = [end for end in _possible_ends(tokens, index, len(family)) if _is_possible(text, tokens, index, end, place)]
    if token.tag == "PER" and len(token.text) > len(family) == 1:
        last = tokens[index + 1] if index + 1 < len(tokens) else token  # 曾庆/PER 年/n
        acts = last.tag == "v" and index + 2 < len(tokens) and tokens[index + 2].tag in ("v", "p")
        noun = acts or last.tag in ("n", "a", "nz", "ad", "q", "an")
        if noun and last.end in ends and last.text in GIVEN_END:
            return last.end
        given, did = last.text[0] in GIVEN_END and len(last.text) == 2, text.startswith(("了", "着"), last.end)
        cut = given and did and family in COMMON_SURNAMES and not is_word(last.text)  # 杨光/PER 荣敬/v 了
        return last.start + 1 if cut else 0
    probes = (_probe(text, start, len(family), common) for common in "王李") if ends else iter(())
    return next((end for end in probes if end in ends), 0)


def _heard(text: str, start: int) -> bool:
    """Whether a name of two or three characters would speak, or begin a list: 那/PER 延伟/说, 谌/PER 明亮/、."""
    return is_told_of(text, start + 2) or is_told_of(text, start + 3) or text.startswith("、", start + 3)


def _surname(text: str, start: int) -> str:
    if text[start : start + 2] in COMPOUND_SURNAMES:
        return text[start : start + 2]
    return text[start] if text[start] in SURNAMES or text[start] in RARE_SURNAMES else ""


def _place(text: str, tokens: Sequence[Token], index: int, named: set[int]) -> str:
    """What makes a name likely where a word begins: a "title", a noun for a "person", a "list", a "clause", or ""."""
    token, before = tokens[index], tokens[index - 1] if index else None
    near = text[max(0, token.start - 5) : token.start]
    if _TITLE.search(near) or _OF_AGE.search(near):
        return "title"
    if before is None or (before.tag == "w" and before.text != "、"):
        return "clause"
    if before.text in ("、", "和", "与", "及", "跟") and before.start in named:
        return "list"
    if token.tag == "PER":
        return "clause"
    if before.tag in ("n", "nz") and before.text[-1] in "师员长警手工匠医生者民官妻友客":
        return "person"
    return "person" if before.tag == "ORG" else ""


def _possible_ends(tokens: Sequence[Token], index: int, family: int) -> list[int]:
    """Where a name of one or two characters after the surname may end: it cuts no word of the tagger's vocabulary."""
    start = tokens[index].start
    ends: list[int] = []
    for token in tokens[index : index + 4]:
        if token.tag in ("w", "m", "xc") and token.start > start:
            break
        first = token.end if is_word(token.text) else token.start + 1
        ends += [end for end in range(first, token.end + 1) if family < end - start <= family + 2]
    return ends


def _is_possible(text: str, tokens: Sequence[Token], index: int, end: int, place: str) -> bool:
    """Whether the words of a span and what follows it let it be a name."""
    start = tokens[index].start
    name, given = text[start:end], text[start + len(_surname(text, start)) : end]
    after = next((i for i in range(index, len(tokens)) if tokens[i].start >= end), len(tokens))
    says = is_told_of(text, end)
    inside = [token for token in tokens[index:after] if token.start > start]
    alone = tokens[index].end == end or (inside and inside[0].tag in ("d", "v", "p", "n"))
    adverb = tokens[index].tag in ("d", "f", "c") and alone
    named_he = name[0] == "和" and text[max(0, start - 1) : start] in ("", "。", "！", "？", "”")  # 。和国生说
    if adverb and not (says and (place == "title" or named_he)):
        return False  # 随后/称, 都/深感, 上/党课
    split = bool(inside) and inside[0].tag == "PER" and len(inside[0].text) > 1  # 查/v 大刚/PER
    tagged = tokens[index].tag == "PER" or split or (place in ("clause", "person") and _lists(text, tokens, after))
    if any(character in _NEVER_GIVEN and place != "list" for character in given):
        return False
    if name[-1] in _KIND_OF_PERSON and not (name[-1] == "生" and len(given) == 2 and not is_word(given)):
        return False  # 师生, but 和国生
    cuts = after and tokens[after - 1].end > end  # 司徒健帮/PER, 尉迟/PER 文种/n: only beside a surname that is sure
    follows = len(_surname(text, start)) == 2 if cuts else _may_follow(tokens, after)
    if not (says or (follows and (place in ("title", "list") or tagged))):
        return False
    if _SPEAKING.match(text, end - len(given)):
        return False  # 曾/指出
    ordinary = len(given) == 2 and is_word(given)
    usual = given[-1] in GIVEN_END or (len(given) == 2 and not ordinary) or len(_surname(text, start)) == 2
    acts = says or (_ACTS.match(text, end) is not None and not text.endswith(_CROWDS, 0, start))
    titled = place == "title" and acts and tokens[index].tag in ("n", "nz", "LOC")  # 民警高峰告诉记者, 村支书高山带着
    if is_word(name) and not (place == "list" or titled):
        return False
    surname = name[0]
    if surname in RARE_SURNAMES:
        return place in ("title", "list") and usual and not is_word(name[:2]) and not begins_with_word(name)
    if surname in _VERBS and tokens[index].tag == "v" and inside and inside[0].tag == "v" and inside[0].end == end:
        return False  # 来/帮忙, 来/义诊
    if surname in _FROM and not (says or place == "list"):
        return False  # 工人/从/当初
    if surname in _GOVERNS or surname in _OTHERWISE:
        if split and inside[0].text[0] in COMMON_SURNAMES:
            return False  # 和/李明
        governs = surname in _GOVERNS or given[-1] not in GIVEN_END
        if len(given) == 2 and governs and ordinary and not (split and _is_no_addressee(text, name, end, place)):
            return False  # 向/学生, 查/车辆
        if len(given) == 1 and surname in _GOVERNS and not (says and place == "title"):
            return False
    if name in exonyms.everyday("person"):
        return titled and usual
    return _is_name(name) and (usual or place == "list" or (says and place != "clause"))


def _is_no_addressee(text: str, name: str, end: int, place: str) -> bool:
    """Whether 向 before a given name is a surname, since nothing is said or given to anybody: 医生向爱华上门看病."""
    return name[0] == "向" and place == "title" and _TO_SOMEBODY.match(text, end) is None


def _lists(text: str, tokens: Sequence[Token], after: int) -> bool:
    """Whether a list of people goes on: 储红霞、王强."""
    if after + 1 >= len(tokens) or tokens[after].text != "、":
        return False
    return tokens[after + 1].tag == "PER" or (
        len(tokens[after + 1].text) == 1 and bool(_surname(text, tokens[after].end))
    )


def _probe(text: str, start: int, family: int, common: str) -> int:
    """Where the name ends that the tagger sees at `start` when its surname is a common one; 0 if it sees none."""
    first = max(text.rfind(mark, 0, start) for mark in _MARKS) + 1
    first = max(first, start - _REACH)
    last = min([position for mark in _MARKS if (position := text.find(mark, start)) >= 0] + [start + _REACH, len(text)])
    clause = f"{text[first:start]}{common}{text[start + family : last]}"
    found = token_at(tag(clause), start - first)
    if found.tag != "PER" or found.start != start - first or len(found.text) < 2:
        return 0
    return start + family + len(found.text) - 1


def _parted(text: str, token: Token) -> list[Token]:
    """教导员景信/n is a title and a name, 检察/v 官寿/n the end of a title and a surname."""
    if len(token.text) < 2 or is_word(token.text) or token.tag == "PER" or token.text.endswith("楼"):
        return [token]  # 居民楼
    for cut in range(len(token.text) - 1, 0, -1):
        middle = token.start + cut
        if _surname(text, middle) and _TITLE.search(text, max(0, middle - 5), middle):
            title, name = token.text[:cut], token.text[cut:]
            return [replace(token, end=middle, text=title, tag="n"), replace(token, start=middle, text=name, tag="nz")]
    return [token]


def speaks(name: str) -> int:
    """Where in what the tagger took for a name a verb of speaking begins (笪魏/介绍); 0 if there is none at its end."""
    spoken = re.search(rf"(?<=..)(?:{_SPEAKING_WORDS})$", name)
    return spoken.start() if spoken else 0


def is_told_of(text: str, end: int) -> bool:
    """Whether what follows a word says that it is a person: it speaks, is a man or a woman, has an age or a home."""
    return _SAYS.match(text, end) is not None or _LIFE.match(text, end) is not None


def follows_title(text: str, start: int) -> bool:
    """Whether a word stands after what people are called by their work, but for 记者, after whom places stand too."""
    return _TITLE.search(text, max(0, start - 5), start) is not None and not text.endswith("记者", 0, start)


def begins_with_word(name: str) -> bool:
    """任务重, 牛棚里, 宿舍楼: a word and a character that ends no name; 来得勤, 来采访: a verb and more; 申明中."""
    words = exonyms.everyday("person")
    if len(name) == 3 and name[2] == "中" and is_word(name[:2]) and name[0] not in COMMON_SURNAMES:
        return True
    if name[0] == "自" and name[1] in "上今去前昨本那此":  # 自上月
        return True
    if name[0] in _VERBS and name[1:] == "了":  # 记者/来了
        return True
    if len(name) == 3 and name[0] in _VERBS and (name[1] == "得" or (is_word(name[1:]) and name[2] not in GIVEN_END)):
        return True
    if _OF_PLACES.fullmatch(name) and origin(name) == "chinese":
        return name[0] not in COMMON_SURNAMES or is_word(name[:2])
    if len(name) == 3 and name[2] in _OF_THINGS and is_word(name[:2]):
        return True
    return len(name) == 3 and name[:2] in words and (name[2] == "来" or name[2] not in GIVEN_END)


def _is_name(name: str) -> bool:
    return name not in exonyms.everyday("person") and not begins_with_word(name) and origin(name) == "chinese"


def _may_follow(tokens: Sequence[Token], index: int) -> bool:
    if index >= len(tokens):
        return True
    token = tokens[index]
    return token.tag in _AFTER or token.text in ("等", "的", "一", "家")
