"""A Chinese summary that gives a person the post or occupation of another.

儿科医生周桂兰, where the text has 周桂兰 come with her grandson to the paediatrician 何文静.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarize.article import sentences
from summarize.fidelity.wording import Place
from summarize.grounding.item import Item
from summarize.grounding.tagger import tag
from summarize.traditional import simplify

_NOUNS = ("n", "nz")  # of the tagger
_AND = r"[、和与及跟]"
_IS = r"(?:这[位名个]|那[位名个]|该|身为|作为|是|当|任|成为)[^，,。；;]{0,8}"  # 她是一名..., 这位...


def given_to_another(
    source: str, summary: str, source_items: Sequence[Item], summary_items: Sequence[Item]
) -> list[Place]:
    """The places of people in `summary`, with the post before them, where the text has that post before or after the
    name of somebody else, and neither beside theirs, nor by itself in a sentence that names them, nor as what somebody
    is in the sentence before or after.

    Args:
        source: the text that was summed up.
        summary: its summary.
        source_items: the items of `source`.
        summary_items: those of `summary`; the places of people are read.
    """
    known, written = simplify(source), simplify(summary)
    names = {simplify(item.zh) for item in source_items if item.kind == "person"}
    people = [item for item in summary_items if item.kind == "person" and item.start > 0]
    posts = {word.end: word for word in tag(written) if word.tag in _NOUNS and len(word.text) > 1} if people else {}
    found = []
    for item in people:
        post = posts.get(item.start)
        name = simplify(item.zh)
        if post and name in known and _is_another_s(post.text, name, names, known):
            found.append((post.start, item.end))
    return found


def _is_another_s(post: str, name: str, names: set[str], text: str) -> bool:
    other = "|".join(re.escape(one) for one in sorted(names) if one not in name and name not in one)
    if not other:
        return False
    theirs = re.compile(rf"{re.escape(post)}(?:{other})|(?:{other}){re.escape(post)}")
    if not theirs.search(text):
        return False
    listed = rf"{re.escape(post)}(?:(?:{other}){_AND})*{re.escape(name)}"
    if re.search(rf"{listed}|{re.escape(name)}{re.escape(post)}|{re.escape(name[0] + post)}", text):
        return False
    spans = ["", *(text[span.start : span.end] for span in sentences(text)), ""]
    is_post = re.compile(_IS + re.escape(post))
    return not any(
        name in sentence and (post in theirs.sub("", sentence) or is_post.search(theirs.sub("", f"{before}。{after}")))
        for before, sentence, after in zip(spans, spans[1:], spans[2:], strict=False)
    )
