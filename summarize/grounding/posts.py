"""Posts that are called by the body before them: the 副主任 of a people's congress is a vice chairperson."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.grounding.item import Item
from summarize.traditional import simplify

_POSTS: dict[str, dict[str, tuple[str, ...]]] = {  # what the body ends in, and its posts
    r"人大(?:常委会)?": {
        "主任": ("chairperson", "chairman", "chairwoman", "director", "chair"),
        "副主任": ("vice chairperson", "vice chairman", "vice chairwoman", "deputy director", "vice chair"),
    },
    r"(?:纪委|监委|团[省市县区州旗]?委|共青团[\u4e00-\u9fff]{2,11}委|团中央)": {
        "书记": ("secretary", "Party secretary"),
        "副书记": ("deputy secretary", "vice secretary", "deputy Party secretary"),
    },
    r"(?:组织部|宣传部|统战部|社会工作部)": {
        "部长": ("head", "minister", "director", "chief"),
        "副部长": ("deputy head", "vice minister", "deputy director", "deputy chief", "vice head"),
    },
    r"检察院": {
        "检察长": ("chief procurator", "procurator-general", "prosecutor-general", "chief prosecutor"),
        "副检察长": ("deputy chief procurator", "deputy procurator-general", "deputy chief prosecutor"),
    },
    r"法院": {
        "院长": ("president", "chief judge"),
        "副院长": ("vice president", "deputy president"),
    },
}
_AT = [
    (re.compile(rf"{body}原?(?P<post>{'|'.join(sorted(posts, key=len, reverse=True))})"), posts)
    for body, posts in _POSTS.items()
]


def with_posts(text: str, items: Sequence[Item]) -> list[Item]:
    """The items of a passage with the posts at the bodies in it, read as of that body; what is longer stays."""
    plain = simplify(text)
    found = list(items)
    for pattern, posts in _AT:
        for match in pattern.finditer(plain):
            start, end = match.span("post")
            touching = [item for item in found if item.start < end and start < item.end]
            if all((item.start, item.end) == (start, end) for item in touching):
                found = [item for item in found if item not in touching]
                found.append(Item("term", start, end, text[start:end], posts[match["post"]]))
    return sorted(found, key=lambda item: item.start)
