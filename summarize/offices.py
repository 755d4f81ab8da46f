"""People whose office stands before their name, in the order of English.

长东派出所民警葛云飞 goes to the model as "Ge Yunfei, a police officer at the Changdong Police Station,". Small models
keep the order of the Chinese: "Changdong Police Station police officer Ge Yunfei".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from summarize.grounding.item import Item, without_overlap
from summarize.traditional import simplify

# By the word before the organisation or the place: at, from and of.
_AT = {
    "民警": "a police officer",
    "党员民警": "a police officer and Party member",
    "辅警": "an auxiliary police officer",
    "交警": "a traffic police officer",
    "社区民警": "a community police officer",
    "户籍民警": "a household registration police officer",
    "值班民警": "a police officer on duty",
    "法官": "a judge",
    "检察官": "a prosecutor",
    "医生": "a doctor",
    "护士": "a nurse",
    "教师": "a teacher",
    "老师": "a teacher",
    "学生": "a student",
    "教授": "a professor",
    "副教授": "an associate professor",
    "研究员": "a researcher",
    "工作人员": "a staff member",
    "网格员": "a grid worker",
    "消防员": "a firefighter",
    "工程师": "an engineer",
}
_FROM = {"村民": "a villager", "居民": "a resident"}
_OF = {
    "所长": "director",
    "副所长": "deputy director",
    "教导员": "political instructor",
    "指导员": "political instructor",
    "局长": "director",
    "副局长": "deputy director",
    "党组书记": "leading Party group secretary",
    "队长": "captain",
    "副队长": "deputy captain",
    "大队长": "head",
    "副大队长": "deputy head",
    "中队长": "squad leader",
    "支队长": "head",
    "主任": "director",
    "副主任": "deputy director",
    "书记": "secretary",
    "副书记": "deputy secretary",
    "常委": "Standing Committee member",
    "党委书记": "Party secretary",
    "党委副书记": "deputy Party secretary",
    "党支部书记": "Party branch secretary",
    "党总支书记": "general Party branch secretary",
    "院长": "president",
    "副院长": "vice president",
    "校长": "principal",
    "副校长": "vice principal",
    "馆长": "director",
    "副馆长": "deputy director",
    "站长": "head",
    "厂长": "director",
    "经理": "manager",
    "总经理": "general manager",
    "副总经理": "deputy general manager",
    "董事长": "chairman",
    "负责人": "head",
    "相关负责人": "an official",
    "会长": "president",
    "秘书长": "secretary-general",
}
_WITH_ARTICLE = re.compile(
    r"^(?!the )(?=.*\b(?:Bureau|Station|Court|Office|Committee|Commission|Detachment|Brigade|Squadron|Procuratorate|"
    r"Department|Government|Administration|Branch|Center|Association|Federation|Division)\b)"
)
_BEFORE_PAUSE = "，。；：！？、）)"


def with_offices(text: str, items: Sequence[Item]) -> list[Item]:
    """The items, of which an organisation, or the place of one, with office and person has become one.

    Args:
        text: a Chinese passage.
        items: in order, not overlapping. What stands between such an organisation and the person is an office alone.
            Several people who share an office stay as they are.
    """
    joined: list[Item] = []
    for body, person in _pairs([item for item in items if item.renderings]):
        english = _english(text[body.end : person.start], body, person)
        if english is None or text.startswith(("、", "和", "与", "及", "等"), person.end):
            continue
        comma = "" if person.end == len(text) or text.startswith(tuple(_BEFORE_PAUSE), person.end) else ","
        zh = text[body.start : person.end]
        joined.append(Item("person", body.start, person.end, zh, (english + comma,)))
    return without_overlap(items, first=joined)


def _pairs(items: Sequence[Item]) -> list[tuple[Item, Item]]:
    """Each organisation or place with the person after it, nothing but a title, which may be a term, between them."""
    named = [item for item in items if item.kind in ("organisation", "place", "person")]
    return [(first, second) for first, second in pairwise(named) if first.kind != "person" == second.kind]


def _english(office: str, body: Item, person: Item) -> str | None:
    office = simplify(office)
    where = f"the {body.renderings[0]}" if _WITH_ARTICLE.search(body.renderings[0]) else body.renderings[0]
    if office in _AT:
        return f"{person.renderings[0]}, {_AT[office]} {'at' if body.kind == 'organisation' else 'in'} {where}"
    if office in _FROM and body.kind == "place":
        return f"{person.renderings[0]}, {_FROM[office]} of {where}"
    if office in _OF and body.kind == "organisation":
        return f"{person.renderings[0]}, {_OF[office]} of {where}"
    return None
