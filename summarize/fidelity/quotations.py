"""Whether a quotation lost the words that say whose it is: 张某说：“…” is not a sentence of the paper's own."""

from __future__ import annotations

import re

from summarize.fidelity.wording import Place
from summarize.traditional import simplify

_SAID = re.compile('(?<!俗)(?:表示|指出|强调|坦言|认为|透露|称|(?<![来再话小比听按据])说)[：:，,]?\\s*[“"「]')
_SAYS = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old)|stat\w+|accord\w*|add(?:s|ed|ing)|not(?:es|ed|ing)|announc\w*|express\w*|"
    r"point\w*|stress\w*|emphasi\w*|underlin\w*|explain\w*|claim\w*|believ\w*|think\w*|thought|wr(?:ote|ites?|itten|iting)|"
    r"ask\w*|repl(?:y|ies|ied|ying)|respon[ds]\w*|comment\w*|report\w*|reveal\w*|declar\w*|argu\w*|call\w*|admit\w*|warn\w*|"
    r"remark\w*|recall\w*|insist\w*|quot\w*|conclu\w*|suggest\w*|complain\w*|describ\w*|mention\w*|indicat\w*|introduc\w*|"
    r"observ\w*|sigh\w*|exclaim\w*|tweet\w*|post(?:s|ed|ing)?|voic\w*|sp[eo]\w*k\w*|words?|put it|confirm\w*|"
    r"den(?:y|ies|ied)|vow\w*|pledg\w*|promis\w*|urg\w*|shout\w*|jok\w*|summari\w*|maintain\w*|acknowledg\w*|continu\w*|agree\w*|releas\w*|"
    r"answer\w*|cit\w*|interview\w*|critici\w*|consider\w*|hop(?:es?|ed|ing)|fe(?:el|els|lt)|disclos\w*|prais\w*|discuss\w*|"
    r"address\w*|reiterat\w*|highlight\w*|testif\w*|testimony|opin\w*|reaffirm\w*|messag\w*|views?|label\w*|dubb\w*|"
    r"referr\w*|known|nam\w+|mean\w*|assert\w*|concede[sd]?|remind\w*|cr(?:y|ies|ied)|yell\w*|chant\w*|read(?:s|ing)?|"
    r"let \w+ know|per|as)\b",
    re.IGNORECASE,
)


def lost_speaker(source: str, target: str) -> Place | None:
    """Where the Chinese says that somebody said something, which nothing in the English does.

    Args:
        source: a Chinese passage.
        target: its English.
    """
    said = _SAID.search(simplify(source))
    return said.span() if said and not _SAYS.search(target) else None
