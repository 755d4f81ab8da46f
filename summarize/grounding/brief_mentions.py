"""Bodies that a story has named and then calls by their kind alone: 该院 is the court, 街道 the subdistrict."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.grounding.item import Item, without_overlap

_REACH = 6  # passages before that may tell which is meant
_THIS = "该院"
_MENTION = re.compile(  # not of streets: 街道两边
    f"{_THIS}(?![校士落])|(?<![\u4e00-\u9fff])街道(?=[将把为对由与以向按](?![上面外])|还[将为把对]|也[将为把在]|积极|主动|组织|开展|联合|通过|依托|结合|坚持|成立|邀请|聚焦|"
    "围绕|建立|推[出行动]|打造|引[导进入]|相关负责人|负责人|[主书](?:任|记)|联系|协调|出台|投入)"
)
_INSTITUTION = re.compile(
    "检察院|法院|医院|卫生院|[\u4e00-\u9fff]院(?=[，。的])|学院|研究院|[养敬]老院|福利院|[剧影]院"
)
_ENGLISH = {
    "法院": ("the court", "court", "the Court"),
    "检察院": ("the procuratorate", "the prosecutor's office", "procuratorate"),
    "医院": ("the hospital", "hospital"),
    "卫生院": ("the health center", "the hospital", "the clinic"),
}
_SUBDISTRICT = ("the subdistrict", "subdistrict", "the sub-district")


def with_brief_mentions(
    passages: Sequence[str], texts: Sequence[str], grounded: Sequence[Sequence[Item]]
) -> list[list[Item]]:
    """The items of the passages of an article with those bodies, as the passages before say which of them it is.

    Args:
        passages: all passages of one article.
        texts: the same in simplified characters.
        grounded: their items.
    """
    found: list[list[Item]] = []
    for index, items in enumerate(grounded):
        terms, first = [], max(0, index - _REACH)
        for match in _MENTION.finditer(texts[index]):
            if match[0] == _THIS:
                before = [*texts[first:index], texts[index][: match.start()]]
                english = _ENGLISH.get(_last_institution(before), ())
            else:
                english = _SUBDISTRICT if _has_subdistrict(grounded[first : index + 1]) else ()
            if english:
                terms.append(Item("term", *match.span(), passages[index][slice(*match.span())], english))
        found.append(without_overlap(terms, first=items))
    return found


def _last_institution(texts: Sequence[str]) -> str:
    """What the last of the institutions is that are named there, "" if there is none."""
    return next((names[-1] for text in reversed(texts) if (names := _INSTITUTION.findall(text))), "")


def _has_subdistrict(grounded: Sequence[Sequence[Item]]) -> bool:
    places = (item for items in grounded for item in items if item.kind == "place" and item.renderings)
    return any("Subdistrict" in item.renderings[0] for item in places)
