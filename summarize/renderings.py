"""The text as the model gets it: what is known for certain in English, and what small models misread in other words.

The check knows nothing of this; it looks for the items of the text as it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise, zip_longest

from summarize.fidelity.arrival import is_country
from summarize.grounding import Item, exonyms
from summarize.grounding.latin_names import given_in_latin
from summarize.grounding.moment import in_order, order_after, with_preposition
from summarize.offices import with_offices
from summarize.plain_words import Edit, plain_words
from summarize.punctuation import straight_quotations
from summarize.traditional import simplify

_FROM = re.compile("自从?$|从$")
_OFFICE = re.compile(
    "(?:前|副|时任|现任|新任|候任|代理)*(?:总统|总理|首相|国务卿|国王|女王|王储|[外防财]长|[外内]交?政?(?:部长|大臣)|"
    r"[国司财]\w{1,3}部长|[参众]议[员长]|驻\w{1,4}大使|大使|演员|歌手|导演|选手|球员|教练)"
)
_BEGINS = re.compile("起(?![到来至伏源])")
_DAY_ON = re.compile("起(?=[，,])")  # 6月15日起，
_SIDES = {"东": "east", "南": "south", "西": "west", "北": "north"}
_SIDE = re.compile(f"以(?P<side>[{''.join(_SIDES)}])(?=[、，,。；和与及的片区地至到])")
_CROSSING = re.compile("(?:十字|丁字|交叉)?路口|交叉口|交[汇会界]处|相交处")
_COUNTED = re.compile(r"[\d一二三四五六七八九十百千万两余多]+[名人位]")
_MUST = re.compile("((?:强调|指出|要求|表示)[，,：:])要(?![求是不闻素点么])")
_OURS = {
    "省": "province",
    "市": "city",
    "县": "county",
    "区": "district",
    "州": "prefecture",
    "盟": "league",
    "旗": "banner",
    "镇": "town",
    "乡": "township",
    "局": "bureau",
    "校": "school",
}
_OUR = re.compile(rf"(?<![自忘大])我([{''.join(_OURS)}])(?![区级长])")
# Nouns for people who stand for a group, where a verb or the end of a clause follows and nothing says that it is one.
_STAFF = re.compile(
    "\\b(?:officer|member|worker|volunteer|firefighter|official|operator|technician|nurse|doctor|teacher|mediator|"
    "inspector|enforcer|courier|rider|medic|paramedic|farmer|villager|resident)$"
)
_FOLLOWED = re.compile(
    "[，,。；;、！!？?：:]|$|迅速|立即|及时|第一时间|在|将|把|对|为|向|与|和|及|正|都|也|还|就|通过|来到|赶[到赴往]|到|深入|走[进访]|开展|组织|"
    "积极|主动|发现|接|认真|耐心|联合|冒|连夜|随即|随后|马上|全力|纷纷|清理|上门|入户|帮|巡|排查|疏导|调[解取]|介绍|提醒|表示|告诉|说|参[与加]"
)
_PAUSES = ("，", ",", "。", "；", "！", "？", "")
_ONE = re.compile("(?:[一1该某首][名位个]?|[这那每第][一二三]?[名位个]|是|任|作为|成为|当|身为|的)[^，。；！？]{0,4}$")


def with_renderings(text: str, items: Sequence[Item]) -> str:
    """The text as the model gets it: the English of its items in their places, quotations in the marks of English.

    Args:
        text: Chinese.
        items: in order, not overlapping; those without a rendering stay Chinese, and so do foreign
            places with adjectives in the atlas: any model knows 日本 and Japanese. But 美国 before an office
            whose English, or whose holder's, is written becomes "U.S.", since small models leave it out there.
            The date that a sentence begins with gets its preposition, which they forget; 八点以后 is "after 8 o'clock".
    """
    pieces: list[str] = []
    end = 0
    items = with_offices(text, items)
    included = _included(text, items)
    edits = sorted([*plain_words(text, items), *_positions(text, items)])
    for item, after in zip_longest(items, items[1:]):
        if not item.renderings or (_has_adjective(item) and not _before_office(text, item, after)):
            continue
        rendering = _attributive(item) if _has_adjective(item) else item.renderings[0]
        between = _reworded(text, end, item.start, included, edits)
        end = item.end
        if item.kind in ("date", "time"):
            order, end = order_after(text, item.end)
            day = item.zh.endswith(("日", "号")) and _DAY_ON.match(text, item.end)
            if begins := (_FROM.search(between[-1]) and _BEGINS.match(text, item.end)) or day:
                order, end = "from", begins.end()
            if order:
                rendering = in_order(order, rendering)
            elif _stands_alone(text, item):
                rendering = with_preposition(rendering)
            if order in ("since", "from"):
                between[-1] = _FROM.sub("", between[-1])  # 自2019年以来, 自12月1日起
        elif item.zh.endswith("不到") and _begins_clause(text, item):
            rendering = f"{'I' if _begins_sentence(text, item) else 'i'}n {rendering}"
            rendering += ", " * (text[end : end + 1] not in _PAUSES)  # 一周不到500万元就到了账上
        elif item.zh.endswith("假期") and _stands_alone(text, item):
            rendering = f"During the {rendering}"
        elif item.kind == "term" and _is_several(text, item):
            rendering = f"{rendering}s"
            end += text.startswith("们", end)
        _add(pieces, *between, rendering)
        latin = given_in_latin(text, end) if item.kind == "person" else None
        if latin is not None and latin[0] == item.renderings[0]:
            end = latin[1]  # no Keith Brown (Keith Brown)
    _add(pieces, *_reworded(text, end, len(text), included, edits))
    # In the marks of English quotations stay quotations; in those of Chinese a quarter of them became indirect speech.
    return straight_quotations("".join(pieces))


def _add(pieces: list[str], *more: str) -> None:
    """Adds pieces, with a space where Latin words or digits would touch."""
    for piece in more:
        if pieces and piece[:1].isascii() and piece[:1].isalnum() and re.search(r"[A-Za-z\d.]$", pieces[-1]):
            pieces.append(" ")
        if piece:
            pieces.append(piece)


def _positions(text: str, items: Sequence[Item]) -> list[Edit]:
    """滨河路与育才街交叉口 as "the intersection of Binhe Road and Yucai Street", 建设路以东 as "east of Jianshe Road".

    Small models lose the crossing, and make "in the east of" of the side.
    """
    edits: list[Edit] = []
    for first, second in pairwise(items):
        named = first.kind == second.kind == "place" and first.renderings and second.renderings
        crossing = named and text[first.end : second.start] in ("与", "和", "同") and _CROSSING.match(text, second.end)
        if crossing:
            edits.append((first.start, first.start, "the intersection of"))
            edits += [(first.end, second.start, "and"), (*crossing.span(), "")]
    for item in items:
        side = _SIDE.match(text, item.end)
        if side and item.kind == "place" and item.renderings:
            edits += [(item.start, item.start, f"{_SIDES[side['side']]} of"), (*side.span(), "")]
    return edits


def _included(text: str, items: Sequence[Item]) -> dict[int, int]:
    """Where lists of people begin that 等 and a number end, and where the 等 is: 孙大勇等23名工人.

    Small models count the others: "Sun Dayong and 23 other workers". 包括孙大勇在内的23名工人 they get right.
    """
    found = {}
    start = None
    for item, after in zip_longest(items, items[1:]):
        if item.kind != "person" or not item.renderings:
            start = None
            continue
        start = item.start if start is None else start
        if after is not None and after.kind == "number" and text[item.end : after.start] == "等":
            if _COUNTED.match(text, after.start):
                found[start] = item.end
        elif after is None or text[item.end : after.start] not in ("、", "，", ""):
            start = None
    return found


def _reworded(text: str, start: int, end: int, included: Mapping[int, int], edits: Sequence[Edit]) -> list[str]:
    """A part of the text in words that small models do not misread, in pieces: 我市 is "the city", not "my city".

    Args:
        text: Chinese.
        start: where the part begins.
        end: where it ends.
        included: the lists of people in the text, as `_included` tells them.
        edits: what is said in plain words instead.
    """
    pieces = []
    for begins, ends, plain in edits:
        if start <= begins and ends <= end:
            pieces += [_stretch(text, start, begins, included), plain]
            start = ends
    return [*pieces, _stretch(text, start, end, included)]


def _stretch(text: str, start: int, end: int, included: Mapping[int, int]) -> str:
    def ours(match: re.Match[str]) -> str:
        before = start + match.start()
        quoted = text.count("“", 0, before) > text.count("”", 0, before)  # somebody speaks of his own
        return match[0] if quoted else f"the {_OURS[match[1]]}"

    part = _MUST.sub(r"\1必须", _OUR.sub(ours, text[start:end]))
    if start in included.values():
        part = f"在内的{part.removeprefix('等')}"
    return f"{part}包括" if end in included else part


def _is_several(text: str, item: Item) -> bool:
    """Whether people of a kind are meant, not one of them, as far as the words around tell: 民警迅速赶到现场."""
    if not _STAFF.search(item.renderings[0]):
        return False
    alone = _FOLLOWED.match(text, item.end) is not None and _ONE.search(text[: item.start]) is None
    return alone or text.startswith("们", item.end)


def _stands_alone(text: str, item: Item) -> bool:
    """Whether an item is the adverbial that a sentence begins with: 11月2日上午，…"""
    return text[item.end : item.end + 1] in ("，", ",") and _begins_sentence(text, item)


def _begins_sentence(text: str, item: Item) -> bool:
    before = text[: item.start].rstrip()
    return not before or before[-1] in "。！？!?；;…“「"


def _begins_clause(text: str, item: Item) -> bool:
    """Whether a length of time is the adverbial that a clause begins with: ，三天不到2000张票就卖光了."""
    quantity = item.quantity
    lasting = quantity is not None and quantity.unit is not None and quantity.unit.dimension == "duration"
    begins = _begins_sentence(text, item) or text[: item.start].rstrip().endswith(("，", ","))
    return lasting and begins and not text.startswith(("的", "、"), item.end)


def _has_adjective(item: Item) -> bool:
    first, *others = item.renderings
    known = item.kind == "place" and simplify(item.zh) in exonyms.foreign_places()
    return known and any(form not in first for form in others)  # not of Lao Cai Province, which is also Lao Cai


def _before_office(text: str, item: Item, after: Item | None) -> bool:
    if after is None or not after.renderings or _has_adjective(after):
        return False
    if item.end == after.start:
        return after.kind in ("organisation", "term")
    return after.kind == "person" and _OFFICE.fullmatch(text, item.end, after.start) is not None


def _attributive(item: Item) -> str:
    return exonyms.attributive(item.renderings) if is_country(item) else item.renderings[0].removeprefix("the ")
