"""Idioms, everyday speech and turns of phrase in plain words: 两头不耽误 as 两件事都能兼顾, 跑了三趟 as 去了三趟.

Small models take them word by word ("two heads don't miss", "ran five departments"). The plain words are for the model
to read; the check does not ask for them, as it does for terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from summarize.grounding.exonyms import rows
from summarize.grounding.item import Item
from summarize.traditional import simplify

Edit = tuple[int, int, str]  # where a text is to be read in other words, and those

_KEY = 2  # characters that the shortest of the words has, by which they are looked for
_COUNT = "[一二两三四五六七八九十百千万几\\d]"
_WORKS = "务工|打工|经商|工作|创业|谋生|打拼|闯荡|求学|做生意"
_PATTERNS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        # 怀孕七个月 was "pregnant for seven months", 做通老人的工作 "working with the elderly"
        (rf"(?:已经?)?怀孕({_COUNT}{{1,2}}个(?:半|多)?月)(?!后|以后|之后|左右|以上|前|内|以内|的|时)", r"已有\1身孕"),
        (r"做通了?([^，。；、“”]{1,8}?)的(?:思想)?工作", r"说服了\1"),
        (r"给([^，。；、“”]{1,6}?)做(?:思想)?工作(?=[，。；！]|$)", r"劝说\1"),
        (r"(让[^，。；“”]{2,18})，是([他她]|老人|老支书)最大的(心愿|愿望|梦想)", r"\2最大的\3是\1"),
        (r"谁家有([^，。；？！]{1,8})，谁家?就", r"有\1的人家就"),
        # 别看他年纪小 was "don't look", 这不，… "this is not"
        (
            r"(?<![^，。；！？“])别看(?!手机|电视|书|着|到|热闹|他们|我们)([^，。；！？“”]{3,16})，(?:却|但)?",
            r"虽然\1，但",
        ),
        (r"(?<=[。；！？“])这不[，,]", ""),
        (r"(?<![^。！？；“])好在(?![于哪])", "幸好"),
        (r"，就是(?=[^，。；]{1,8}(?:还没|太|有点|不够))", "，但是"),
        # 拉了半天家常 was "pulled", 乘着乡村旅游的东风 "the wind of rural tourism"
        (r"拉([了上起])([^，。；]{1,8}?)家常", r"聊\1\2"),
        (r"(?:乘着|借着|借助|趁着|乘)([^，。；]{2,10}?)的东风", r"借助\1的发展"),
        (r"前脚刚?([^，。；]{1,8})，([^，。；]{0,6}?)后脚(?:又|就)", r"刚\1，\2马上"),
        # 小雨转多云 was "rain with a clear sky"
        (r"(?<=[雨雪云阴晴])转(?=[大中小暴阵雷]+雨|[大中小阵]雪|多云|阴|晴)", "，之后转为"),
        (r"开出租(?![车屋房店公])", "开出租车"),
        (r"(?<![^，。；“])说好的(?=\d)", "承诺的"),
        (rf"(?:身上)?还?背着(?={_COUNT}+[起桩])", "还涉及"),
        (r"潜逃至([^，。；]{2,6})的([^，。；]{1,3}某)即?被抓获(?:归案)?", r"\2在\1被抓获"),
        (r"扔(了?)个(?=垃圾)", r"扔\1"),
        (
            r"供((?:[两三四]个|[一]对)?(?:孩子|儿子|女儿|弟弟|妹妹|弟弟妹妹|孙子|孙女)们?)(?=上了?大学|上学|读书|念书|读完|念完)",
            r"出钱让\1",
        ),
        (r"(?<![头眩])晕倒(?=[在，。；、了]|$)", "失去意识"),
        (r"(?<![手指拇食])指点(?!江山|点|迷津|着)", "指导"),
        # 扫雪的扫雪，铲冰的铲冰; not 老的老，小的小
        (
            r"(?<=[，。；们民家人])([^，。；的老小大病能该要想会]{1,3})的\1[，、]([^，。；的老小大病能该要想会]{1,3})的\2(?=[，。；])",
            r"有的\1，有的\2",
        ),
        (
            rf"(?<![第统唯万专不])这一([干做守走住教修种写唱画养])，?就是((?:整整|近|将近)?{_COUNT}+多?(?:年|个月))",
            r"一直\1了\2",
        ),
        (r"(?<![第十百千万每\d两三四五六七八九])一([人户家])一(?=[份张台件本套顶双袋瓶盒床辆枚])", r"每\1一"),
        # 跑 is to go there: 跑了三趟, 跑了两家医院, 不用再跑县城
        (rf"跑了?(?=(?:好|近|不下)?{_COUNT}+多?几?趟)", "去了"),
        (
            rf"跑了(?=(?:近|好|不下)?{_COUNT}+[多几余]?[家个座处](?!月|小时|多小时|钟头|来回)[\u4e00-\u9fff]{{0,5}}?(?:厂|部门|[县乡镇村市省局站]|"
            "银行|医院|单位|企业|公司|地方|学校|店|窗口|社区|小区|工地|景区|城市))",
            "去了",
        ),
        (
            r"(?<=[再用要往])跑(?=(?:一趟|到|去)?(?:县城|县里|镇上|镇里|乡里|省城|城里|市里|市区|政务大厅|窗口|大医院|银行))",
            "去",
        ),
        (r"没少跑(?=(?:县|乡|镇|省|市|医院|部门|窗口|银行))", "经常去"),
        (rf"(?<![国海境野户室住驻])在外(?={_WORKS})", "在家乡之外"),
        (
            r"((?<![同环对加增])比(?:以前|过去|从前|之前|原来|往年|(?:在|种|养|外出)[^，。；、“”风雨震队]{1,6}?))"
            r"强(?=多了|得多|多啦|[，。；！”])",
            r"\1好",
        ),
        (rf"(?<=[盖用了要需])({_COUNT}+多?个)章(?![节程鱼回法])", r"\1公章"),
    )
)
_GROUP = re.compile(r"\\(\d)")


def plain_words(text: str, items: Sequence[Item]) -> list[Edit]:
    """What a text has of such words and turns, in order and without overlap, and what is to be read instead.

    What stands in titles (《》), or in part in an item, is left as it is. Of two words that begin together the longer
    counts.

    Args:
        text: Chinese, in simplified or traditional characters.
        items: what it says for certain.
    """
    plain = simplify(text)
    held = [(item.start, item.end) for item in items]
    edits: list[Edit] = []
    for found in (*_words_in(plain), *_turns_in(plain)):
        taken = [*held, *((start, end) for start, end, _ in edits)]
        if not any(start < b and a < end for a, b in taken for start, end, _ in found):
            edits += found
    return sorted(edits)


def _words_in(text: str) -> Iterator[list[Edit]]:
    words = _words()
    position = 0
    while position < len(text):
        for zh, meaning in words.get(text[position : position + _KEY], ()):
            if text.startswith(zh, position) and not _in_title(text, position):
                yield [(position, position + len(zh), meaning)]
                position += len(zh)
                break
        else:
            position += 1


def _turns_in(text: str) -> Iterator[list[Edit]]:
    for pattern, plain in _PATTERNS:
        for match in pattern.finditer(text):
            if not _in_title(text, match.start()):
                yield _edits(match, plain)


def _edits(match: re.Match[str], plain: str) -> list[Edit]:
    """What changes of a match: all around its groups if they stay in their order, so that names in these stay whole."""
    words = _GROUP.split(plain)  # words, number of a group, words, …
    groups = [int(number) for number in words[1::2]]
    if groups != sorted(groups):
        return [(*match.span(), match.expand(plain))]
    ends = [match.start(), *(match.end(group) for group in groups)]
    starts = [*(match.start(group) for group in groups), match.end()]
    return [edit for edit in zip(ends, starts, words[::2], strict=True) if edit[0] < edit[1] or edit[2]]


def _in_title(text: str, position: int) -> bool:
    return text.rfind("《", 0, position) > text.rfind("》", 0, position)


@lru_cache(maxsize=1)
def _words() -> dict[str, list[tuple[str, str]]]:
    """Words and what they mean, by their first characters; long ones first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for words, meaning in rows("plain_words.tsv", "summarize"):
        for zh in words.split(","):
            found.setdefault(zh[:_KEY], []).append((zh, meaning))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found
