"""Chinese names that the tagger misses or cuts, found by what stands around them: after a title, in a list of names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from summarize.grounding import exonyms
from summarize.grounding.origin import COMMON_SURNAMES, SURNAMES, origin
from summarize.grounding.pinyin import COMPOUND_SURNAMES
from summarize.grounding.tagger import Token, is_word

_TITLES = (
    r"[民辅协交刑特女巡狱]警|教导员|指导员|[所局队县市镇乡村区处科站厂校院会社警班排连股行店园段]长|政委|主任|书记|支书|经理|"
    r"董事|总裁|总监|主管|负责人|村民|居民|市民|员工|工人|职工|职员|商户|业主|店主|老板|司机|[驾管网调教护队店保售消飞船社宣联讲程]\w{0,2}员|"
    r"记者|通讯员|网格员|志愿者|党员|老师|学生|医生|护士|律师|法官|检察官|嫌疑人|被告人|被害人|当事人|受害人|报警人|失主|车主|"
    r"[养种贫农个]\w{1,3}户|代表|委员|工程师|研究员|教授|专家|战士|主持人|演员|导演|歌手|作家|画家|选手|教练|导游|保安|妻子|丈夫|"
    r"儿子|女儿|父亲|母亲|老人|男子|女子|名叫|同事|战友|搭档|人称"
)
_TITLE = re.compile(f"(?:{_TITLES})$")
_HEARD_FROM = re.compile(
    rf"(?:{_TITLES})(?P<name>[{''.join(sorted(SURNAMES))}][\u4e00-\u9fff]{{1,2}})处(?=了解|获悉|得知)"
)
_CONTENT = frozenset(("n", "v", "vn", "a", "an", "ad", "nz", "s", "LOC", "nw", "TIME", "f", "d", "PER", "q"))
_AFTER = frozenset(("p", "v", "d", "ad", "c", "w", "TIME", "xc", "vd", "f", "r"))  # tags of what may follow a name
# Surnames that are as often a verb, a preposition or a noun before another word.
_OTHERWISE = frozenset(
    "查包封解印计教养管盖习通来任支应令干有能还过得当从向于由和与同对让水房车路门党国区商校师种要如全都时连上"
)
_GOVERNS = frozenset("从向由和与同对让当得被")  # before a name it is a preposition more often than a surname
# Characters that often end a given name.
GIVEN_END = frozenset(
    "年华国军明伟强平林峰春秋月海江山川雪雨云花梅兰竹菊荣贵富福寿财宝才金银玉珍珠龙虎凤鹏飞燕成功立业胜利建设新民红旗来根生"
    "东南西北光亮辉煌文武斌英雄豪杰义礼智信仁德忠孝顺安康宁静和兴旺发达昌盛刚毅勇敢志远超越松柏波涛洋清芳香丽美娟秀慧敏喜"
    "祥瑞庆乐欢思学进升峻岩磊洁莹涵轩宇航泽浩然博兵俊鑫娜丹莉雯蓉萍倩琴琳珊莲玮璇玥瑶琦琪瑜璐昊晗晨晖晓曦旭昕昱睿哲翰翔骏驰腾"
    "滔沛沁泓洲淼渊润源溪潇澜瀚煜炜烨焕焱炳灿权柱栋梁楠榕樱桐桂楚彬彦彤影琛珂珺琼瑾璟卿韵韬颖萱萌莎蓝蔓薇蕾蕊茜茹荷菁菲虹裕"
    "诚谊谦贤赐跃运邦郁钧钰钢铎铭铮锋锐锦镇闯雁霖霞露靖鸣麟黎鹤鸿妍妮妙姗姣婉婕婧婵媛嫣宏宸寅尧屹岗岚岳岭峥崇巍帆帅康廷弘彪怀恒"
    "恩悦惠懿扬振捷攀政斐旋昂昆显景望朋朗枫栩桃桦森楷泉泰津浪淑淳渝湘满滨潮灵炎熙熹牧玫玲甜甫皓益盈盼真砚祖祯禄禹禾稳穆竞童筠素"
    "纯纲绍继绪维绮缘群翠耀聪胤臣舒艺芬芝芸若茂茗茵荔莺菡蓓蕙薪衍誉诗语谷贝贞赛辰迅迪迎逸遥野钊铁键隆雅霄霆青韧频颂馨骁骥魁鹃鹰麒"
)
_NOT_IN_LISTS = frozenset("人员工者户们民生")


def find_untagged(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Spans of names that the tagger did not take for names, or of which it took only a part."""
    spans = [match.span("name") for match in _HEARD_FROM.finditer(text) if _is_name(match["name"])]
    tokens = [part for token in tokens for part in _parted(token)]
    for index, token in enumerate(tokens):
        if token.tag == "PER":
            end = _longer(text, tokens, index)
            if end:
                spans.append((token.start, end))
        elif _TITLE.search(text, max(0, token.start - 5), token.start):
            end = next((end for end in _after_title(tokens, index) if _is_name(text[token.start : end])), 0)
            if end:
                spans.append((token.start, end))
        elif (not index or tokens[index - 1].tag == "w") and (end := _at_clause_start(tokens, index)):
            spans.append((token.start, end))
        elif index > 1 and tokens[index - 1].text == "、" and tokens[index - 2].tag == "PER":
            end = _in_list(text, tokens, index)
            if end:
                spans.append((token.start, end))
    return spans


def _parted(token: Token) -> list[Token]:
    """教导员景信/n is a title and a name, 辅警居/ORG a title and a surname."""
    for cut in (len(token.text) - 1, len(token.text) - 2):
        title, name = token.text[: max(cut, 0)], token.text[max(cut, 0) :]
        if len(title) > 1 and name[0] in SURNAMES and _TITLE.fullmatch(title) and not is_word(token.text):
            middle = token.start + cut
            return [replace(token, end=middle, text=title, tag="n"), replace(token, start=middle, text=name, tag="nz")]
    return [token]


def begins_with_word(name: str) -> bool:
    """任务重, 时常来: a word and a character that ends no given name."""
    words = exonyms.everyday("person")
    return len(name) == 3 and name[:2] in words and (name[2] == "来" or name[2] not in GIVEN_END)


def _is_name(name: str) -> bool:
    return name not in exonyms.everyday("person") and not begins_with_word(name) and origin(name) == "chinese"


def _may_follow(tokens: Sequence[Token], index: int) -> bool:
    if index >= len(tokens):
        return True
    token = tokens[index]
    return token.tag in _AFTER or token.text in ("等", "的", "一")


def _longer(text: str, tokens: Sequence[Token], index: int) -> int:
    """曾庆/PER 年/n 曾经/d: the last character of a name as a word of its own; 0 if it is none."""
    first = tokens[index]
    if len(first.text) != 2 or index + 1 >= len(tokens) or len(tokens[index + 1].text) != 1:
        return 0
    last = tokens[index + 1]
    named = last.tag in ("n", "a", "nz", "ad", "v", "q", "an") and last.text in GIVEN_END
    if not named or not _may_follow(tokens, index + 2) or first.text[0] not in SURNAMES:
        return 0
    if last.tag == "v" and (index + 2 >= len(tokens) or tokens[index + 2].tag not in ("v", "p")):
        return 0
    return last.end if _is_name(text[first.start : last.end]) else 0


def _after_title(tokens: Sequence[Token], index: int) -> Iterator[int]:
    """Where a name that begins after a title may end."""
    first, *more = tokens[index : index + 3]
    if first.tag in ("m", "r", "w", "u", "q"):
        return
    if first.text in COMPOUND_SURNAMES and more and len(more[0].text) < 3 and _may_follow(tokens, index + 2):
        yield more[0].end
    if first.text[0] not in SURNAMES:
        return
    if len(first.text) in (2, 3) and not is_word(first.text) and first.text[-1] in GIVEN_END:  # 施红兵/v, 孔民/n
        known = first.tag not in ("d", "TIME", "LOC") or len(first.text) == 3
        if known and _may_follow(tokens, index + 1):
            yield first.end
    if not more:
        return
    second, follows = more[0], _tag(tokens, index + 2)
    may_end = _may_follow(tokens, index + 2)
    if len(first.text) == 2 and _is_given_end(second) and not is_word(first.text + second.text):  # 白云/n 飞/v 说/v
        if may_end and (second.tag != "v" or follows in ("v", "p")):
            yield second.end
        return
    if len(first.text) > 1:
        return
    if may_end and len(second.text) == 2 and _is_given(first, second, follows):
        yield second.end
    if len(second.text) == 1 and first.text not in _OTHERWISE and second.tag in _CONTENT:
        if len(more) > 1 and len(more[1].text) == 1 and _is_given_end(more[1]) and _may_follow(tokens, index + 3):
            yield more[1].end
        if first.tag in ("n", "nz", "PER") and second.tag in ("n", "nz", "a", "PER") and may_end:
            yield second.end


def _is_given(surname: Token, given: Token, follows: str) -> bool:
    """Whether a word of two characters after what may be a surname is a given name, by the tag of what follows."""
    if given.tag == "PER":  # 解/v 大林/PER; but 向/p 王强/PER 讲解/v
        return surname.text not in _GOVERNS or (follows in ("p", "c", "w") and given.text[0] not in COMMON_SURNAMES)
    if surname.text == "于":
        return follows in ("v", "c", "p") and given.tag in ("v", "a", "n")
    if surname.text not in _OTHERWISE and surname.tag != "d" and given.tag in _CONTENT:  # 居/v 海洋/n
        return True
    if surname.tag == "p" and follows == "p":
        return given.tag == "n"  # two prepositions cannot govern one name
    unusual = not is_word(given.text) and given.text[-1] in GIVEN_END
    return unusual and surname.text not in _GOVERNS and surname.text != "曾"


def _is_given_end(token: Token) -> bool:
    return token.text in GIVEN_END and token.tag in _CONTENT


def _tag(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].tag if index < len(tokens) else "w"


def _at_clause_start(tokens: Sequence[Token], index: int) -> int:
    """查/v 大刚/PER 是/v: a surname that the tagger left before the given name, at the start of a clause."""
    first, *more = tokens[index : index + 2]
    if not more or len(first.text) != 1 or first.text not in SURNAMES or first.text in _GOVERNS:
        return 0
    second = more[0]
    given = second.tag == "PER" and len(second.text) == 2 and second.text[0] not in COMMON_SURNAMES
    name = first.text + second.text
    return second.end if given and _may_follow(tokens, index + 2) and _is_name(name) else 0


def _in_list(text: str, tokens: Sequence[Token], index: int) -> int:
    """The end of a name after another and 、 (殷雨桐、卞思源、仲夏来到)."""
    first = tokens[index]
    if first.text[0] not in SURNAMES or first.tag in ("w", "m", "r", "ORG"):
        return 0
    before = tokens[index - 2].text
    if origin(before) != "chinese":
        return 0
    for last in (index, index + 1):
        if last >= len(tokens) or not _may_follow(tokens, last + 1) or tokens[last].end - first.start not in (2, 3):
            continue
        name = text[first.start : tokens[last].end]
        if last > index and len(first.text) > 1:
            continue
        if name[-1] not in _NOT_IN_LISTS and _is_name(name):
            return tokens[last].end
    return 0
