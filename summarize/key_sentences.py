"""The sentences of a story that say most of it: what a model sums up, or the summary itself.

Local stories often open with a scene or with what somebody said, tell in the middle what was done and at the end what
came of it. Sentences are told apart by what the story says again and again (the centroid of Radev et al. 2004,
https://doi.org/10.1016/j.ipm.2003.10.006, over pairs of characters) and by their numbers; what people say comes last.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

from summarize.paragraphs import sentences
from summarize.traditional import simplify

# Standard deviations that a sentence loses which people say, in which somebody is said to have said something, or which
# begins by pointing back, and that the first gains if it shows no scene.
SPOKEN, TOLD, BACKWARDS, FIRST = 3.0, 1.0, 1.0, 2.0
OPENING = 0.7  # standard deviations
TAIL = 25  # characters: no sentence of news is so short that it would fill up what is left

QUOTATION = re.compile(r"“[^”]*”?|「[^」]*」?|\"[^\"]*\"?")
_SAID = re.compile(r"[“「][^”」]*[”」]?.*[说說]|(?:说|說|表示|介[绍紹]|坦言|回[忆憶])[，,：:。]")
_BACKWARDS = re.compile(
    r"\s*(?:其中|[他她它这這那此但而可也另]|不[过過同]|然而|同[时時]|于是|於是|[结結]果|接着|[随隨][后後]|[后後][来來]|[当當][时時年天晚月]|"
    r"[还還]有|原[来來]|所以|因此|[两兩]人|[双雙]方|第二天)"
)
# A time of day, what there is to see, hear or smell, and what people are just doing.
_SCENE = re.compile(
    r"清晨|清早|一早|大早|凌晨|傍晚|夜色|天刚|天还|[上下]午\d|晚上\d|夜里|中午|\d[点时]|抬头|走进|推开|拿着|蹲|坐在|站在|飘|香味|笑|声响|"
    r"笼罩|忙碌|映入眼帘|记者看到|只见"
)
_NUMBER = re.compile(r"\d+")
_NO_WORD = re.compile(r"\W")


@dataclass(frozen=True, slots=True)
class _Sentence:
    paragraph: int
    text: str
    spoken: bool  # most of it stands in quotation marks
    backwards: bool  # it begins by pointing back
    scene: bool


def key_sentences(text: str, room: int) -> str:
    """What a model is to sum up: a text that fits; of one that opens with its news the first sentences; of others those
    that say most of it, in their order, and the first that nobody says, which tells where it is and who acts.

    Args:
        text: paragraphs, one a line.
        room: characters at most.
    """
    if len(text) <= room:
        return text
    read = _read(text)
    order = list(range(len(read)))
    if not _opens_with_its_news(read):
        first = _first(read)
        order = [first, *(place for place in _ranked(read) if place != first)]
    paragraphs: dict[int, str] = {}
    for place in _fitting(read, order, room):
        number = read[place].paragraph
        paragraphs[number] = paragraphs.get(number, "") + read[place].text.strip()
    return "\n".join(paragraphs.values()) or text[:room]


def best_sentences(text: str, room: int) -> str:
    """A summary in a text's own words: the sentences that say most of it, in their order; "" if none fits.

    None is what people say, shows a scene, or points back to a sentence that may not be there.
    """
    read = _read(text)
    apart = [sentence.spoken or sentence.scene or sentence.backwards for sentence in read]
    order = [place for place in _ranked(read) if not apart[place]]
    return "".join(read[place].text.strip() for place in _fitting(read, order, room))


def opens_with_its_news(text: str) -> bool:
    """Whether the first two sentences of a text show no scene, and one says much more of it than its sentences do on
    average: so open reports of agencies (by 0.9 standard deviations), not features (0.3).
    """
    return _opens_with_its_news(_read(text))


def _opens_with_its_news(read: Sequence[_Sentence]) -> bool:
    central = _standardised(_centrality([sentence.text for sentence in read]))
    return max(central[:2]) > OPENING and not any(sentence.scene for sentence in read[:2])


def _read(text: str) -> list[_Sentence]:
    return [
        _Sentence(
            number,
            part,
            spoken=len(QUOTATION.sub("", part)) < 0.5 * len(part.strip()),
            backwards=_BACKWARDS.match(part) is not None,
            scene=_SCENE.search(simplify(part)) is not None,
        )
        for number, paragraph in enumerate(text.split("\n"))
        for part in (paragraph[span.start : span.end] for span in sentences(paragraph))
    ]


def _fitting(read: Sequence[_Sentence], order: Sequence[int], room: int) -> list[int]:
    """The places of as many sentences as fit, the first in `order` before the others; none twice."""
    chosen: list[int] = []
    said: set[str] = set()
    for place in order:
        text = read[place].text.strip()
        size = len(text) + 1  # and a line break
        if size <= room + 1 and text not in said:
            chosen.append(place)
            said.add(text)
            room -= size
        if room < TAIL:
            break
    return sorted(chosen)


def _first(read: Sequence[_Sentence]) -> int:
    """The place of the first sentence that nobody says."""
    return next((place for place, sentence in enumerate(read) if not sentence.spoken), 0)


def _ranked(read: Sequence[_Sentence]) -> list[int]:
    """The places of the sentences, those that say most of the whole first."""
    texts, first = [sentence.text for sentence in read], _first(read)
    numbers = [len(_NUMBER.findall(text)) / _size(text) for text in texts]
    ranks = [
        -SPOKEN * sentence.spoken
        - TOLD * bool(_SAID.search(sentence.text))
        - BACKWARDS * sentence.backwards
        + FIRST * (place == first and not sentence.scene)
        for place, sentence in enumerate(read)
    ]
    for values in (_centrality(texts), numbers):
        ranks = [rank + value for rank, value in zip(ranks, _standardised(values), strict=True)]
    return sorted(range(len(read)), key=lambda place: -ranks[place])


def _centrality(texts: Sequence[str]) -> list[float]:
    """How much each sentence has of the pairs of characters that come more than once."""
    pairs = [_pairs(text) for text in texts]
    counts = Counter(pair for own in pairs for pair in own)
    return [
        sum(math.log(counts[pair]) for pair in set(own)) / _size(text) for own, text in zip(pairs, texts, strict=True)
    ]


def _size(text: str) -> float:
    """Longer sentences say more, but take more room: what is counted in one is taken between a sum and a mean."""
    return math.sqrt(len(text)) + 3


def _pairs(text: str) -> list[str]:
    characters = _NO_WORD.sub("", text)
    return [characters[i : i + 2] for i in range(len(characters) - 1)]


def _standardised(values: Sequence[float]) -> list[float]:
    mean, deviation = fmean(values), pstdev(values)
    return [(value - mean) / (deviation or 1.0) for value in values]
