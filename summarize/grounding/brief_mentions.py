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
    "街道": ("the subdistrict", "subdistrict", "the sub-district"),
}


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
        terms = []
        for match in _MENTION.finditer(texts[index]):
            before = [*texts[max(0, index - _REACH) : index], texts[index][: match.start()]]
            kind = _last_institution(before) if match[0] == _THIS else match[0]
            named = match[0] == _THIS or any(
                "Subdistrict" in (i.renderings or [""])[0] for i in _before(grounded, index)
            )
            if named and kind in _ENGLISH:
                zh = passages[index][slice(*match.span())]
                terms.append(Item("term", *match.span(), zh, _ENGLISH[kind]))
        found.append(without_overlap(terms, first=items))
    return found


def _before(grounded: Sequence[Sequence[Item]], index: int) -> list[Item]:
    return [item for items in grounded[max(0, index - _REACH) : index + 1] for item in items if item.kind == "place"]


def _last_institution(texts: Sequence[str]) -> str:
    """What the last of the institutions is that are named there, "" if there is none."""
    return next((names[-1] for text in reversed(texts) if (names := _INSTITUTION.findall(text))), "")
