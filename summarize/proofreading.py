"""A language model reads a translation against its Chinese and doubts words of it.

Where the model, asked to translate, would rather have written another word, the English is tried with that word, and
with what the model writes on from there until it is back at the English. Such an edit is evidence of an error if it
makes the English likelier after the Chinese and also the Chinese likelier after the English. The first alone would tell
every word that the model would not have chosen; the second hardly changes for another word of the same sense, and if it
does, then not much at any word of the Chinese. (Both directions: Yee et al. 2019, https://aclanthology.org/D19-1571;
asking a model what it thinks of changed texts: Vamvas and Sennrich 2022,
https://aclanthology.org/2022.acl-short.53.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from summarize.digest import Finding
from summarize.engines import Backend, Device, require_known
from summarize.engines.scoring import Alternative, Scorer, Token, load_scorer
from summarize.fidelity import arrivals, paired_passages
from summarize.fidelity.wording import Place, overlaps, squash
from summarize.grounding import Item, ground
from summarize.grounding.item import items_within
from summarize.store import DEFAULT_MODEL, Progress, resolve
from summarize.translation import INSTRUCTION

BACK_INSTRUCTION = "Translate the English news into Chinese. Write only the translation."
# In natural logarithms of probabilities: what an edit must gain in each direction, and in both together
# (benchmarks/results/proofreading.md shows what other bounds find, and tell of right translations).
EACH, BOTH = 1.0, 10.0
# A longer edit has more other words of the same sense in it; the same words in another order have none.
REWRITTEN, REORDERED = 12.0, 8.0  # in place of BOTH
WORD = 3.0  # what one token of the Chinese must gain: other words of the same sense make many a little likelier
PREFERRED = 0.3  # by which the model must prefer another token at a place, and by reason of the Chinese
EDITS, TOKENS_AN_EDIT = 8, 6  # so many edits are tried, or one for so many tokens of English, if these are more
REWRITES, WRITTEN_ON = 8, 12  # places from which the model writes on, and tokens that it writes
REJOINED = 2  # edits of each of these
EXCHANGES = 4  # pairs of names or numbers that are tried in each other's places
# Edits of one token are compared by how much the model prefers it; what they change beside it counts like this.
_INSERTED, _TWO_WORDS, _OMITTED = -0.5, -1.0, 1.0

_WORD = re.compile(r"\s*(?:\d+(?:[.,]\d+)*|['’][^\W\d_]+|\w+(?:-\w+)*|[^\w\s])")
_LATIN = re.compile(r"\s*[!-~\u00a1-\u024f‘’“”–—…]+")


@dataclass(frozen=True, slots=True)
class Edit:
    """English in which something else stands.

    Attributes:
        text: the whole English, edited.
        place: the words that it changes.
        detail: the finding, in a sentence.
        preference: how much the model prefers what it would write there, by reason of the Chinese.
        bound: what it must gain in both directions together.
    """

    text: str
    place: Place
    detail: str
    preference: float
    bound: float = BOTH


class Proofreader:
    """Finds words of translations that a language model doubts, whoever translated.

    The model is found, fetched and loaded when it is first needed, or by `load()`. It knows little by itself, and it
    doubts most what it would misread: what it tells is a place to look at.

    Args:
        model: a model card's name, or a folder or `.gguf` file, of a causal model.
        adapter: with the adapter of a model, where its card has one.
        device: "auto", "cpu" or "cuda".
        engine: "auto", "openvino" or "transformers".
        offline: never fetch a model.
        cache_dir: the model store; the environment's SUMMARIZE_CACHE or the user's cache folder if None.
        progress: told what is fetched, prepared or read: `(label, bytes or steps done, in all)`.

    Raises:
        EngineError: if there is no such device or engine.
    """

    def __init__(
        self,
        model: str | Path = DEFAULT_MODEL,
        *,
        adapter: bool = True,
        device: Device = "auto",
        engine: Backend = "auto",
        offline: bool = False,
        cache_dir: str | None = None,
        progress: Progress | None = None,
    ) -> None:
        require_known(device, engine)
        self._model = model
        self._adapter = adapter
        self._device: Device = device
        self._engine: Backend = engine
        self._offline = offline
        self._cache_dir = cache_dir
        self.progress = progress
        self._scorer: Scorer | None = None

    def load(self) -> Scorer:
        """Finds, fetches, prepares and loads the model, if not done yet.

        Raises:
            SummarizeError: if it cannot be found, fetched, verified or loaded.
        """
        if self._scorer is None:
            model = resolve(
                self._model,
                adapter=self._adapter,
                cache_dir=self._cache_dir,
                offline=self._offline,
                progress=self.progress,
            )
            self._scorer = load_scorer(
                model, device=self._device, backend=self._engine, cache_dir=self._cache_dir, progress=self.progress
            )
        return self._scorer

    def proofread(self, source: str, target: str, items: Sequence[Item] | None = None) -> tuple[Finding, ...]:
        """What the model doubts in the English of a paragraph, in its order.

        Sentences are paired and read a few at a time.

        Args:
            source: Chinese.
            target: its English.
            items: what the Chinese says for certain; found if None.

        Raises:
            SummarizeError: if the model is not available or cannot read so much.
        """
        known = ground([source])[0] if items is None else items
        found = []
        for (start, end), (target_start, target_end) in paired_passages(source, target, known):
            within = items_within(known, start, end)
            for finding in doubts(self.load(), source[start:end], target[target_start:target_end], within):
                found.append(_shifted(finding, target_start))
        return tuple(found)


def doubts(scorer: Scorer, source: str, target: str, items: Sequence[Item]) -> list[Finding]:
    """What a model doubts in the English of a passage, in its order.

    Args:
        scorer: the model.
        source: Chinese, a few sentences at most.
        target: its English.
        items: what the Chinese says for certain.
    """
    told: list[Edit] = []
    for edit, gain in likelier_edits(scorer, source, target, items):
        if gain > BOTH and not overlaps(edit.place, [other.place for other in told]):
            told.append(edit)
    return [
        Finding("doubtful", edit.detail, item="word", target=edit.place)
        for edit in sorted(told, key=lambda edit: edit.place)
    ]


def likelier_edits(scorer: Scorer, source: str, target: str, items: Sequence[Item]) -> list[tuple[Edit, float]]:
    """Edits that make the English likelier after the Chinese and the Chinese after the English, the best first.

    Each comes with what it gains in both directions together, in natural logarithms of probabilities, as if its bound
    were `BOTH`.
    """
    tokens = scorer.read(INSTRUCTION, source, target)
    preferred: dict[str, Edit] = {}
    for edit in sorted(_edits(target, tokens), key=lambda edit: -edit.preference):
        preferred.setdefault(edit.text, edit)
    edits = list(preferred.values())
    edits = edits[: max(EDITS, len(tokens) // TOKENS_AN_EDIT)]
    edits += [edit for edit in _rewrites(scorer, source, target, tokens) if edit.text not in preferred]
    arrived, _ = arrivals(items, target)  # names and numbers that are right are not doubted
    edits = [edit for edit in edits if len(arrivals(items, edit.text)[0]) >= len(arrived)]
    edits += _exchanges(target, arrived)
    forward = _gains(scorer, INSTRUCTION, (source, target), [(source, edit.text) for edit in edits])
    gained = [(edit, sum(gains)) for edit, gains in zip(edits, forward, strict=True)]
    gained = [(edit, gain) for edit, gain in gained if gain > EACH]
    back = _gains(scorer, BACK_INSTRUCTION, (target, source), [(edit.text, source) for edit, _ in gained])
    both = [
        (edit, gain + sum(gains) - edit.bound + BOTH)
        for (edit, gain), gains in zip(gained, back, strict=True)
        if sum(gains) > EACH and max(gains) > WORD
    ]
    return sorted(both, key=lambda pair: -pair[1])


def _gains(
    scorer: Scorer, instruction: str, pair: tuple[str, str], edited: list[tuple[str, str]]
) -> Iterator[list[float]]:
    """How much likelier answers to edited texts, or edited answers, are than the answer as it is.

    Token by token where the answer is the same; else the first holds all.
    """
    unedited, *others = scorer.log_probabilities(instruction, [pair, *edited]) if edited else [[]]
    for (_, answer), other in zip(edited, others, strict=True):
        if answer == pair[1]:
            yield [new - old for new, old in zip(other, unedited, strict=True)]
        else:
            yield [sum(other) - sum(unedited)]


def _edits(target: str, tokens: Sequence[Token]) -> Iterator[Edit]:
    """The English with words that the model would rather have written: for a word or two, before it, or without it."""
    words = [match.span() for match in _WORD.finditer(target)]
    starts = {token.start: token for token in tokens}
    for number, (start, end) in enumerate(words):
        token = starts.get(start)
        if token is None:
            continue
        written = target[start:end].strip()
        if not squash(written):  # a mark
            continue
        following = words[number + 1] if number + 1 < len(words) else None
        next_token = starts.get(following[0]) if following else None
        for alternative in token.alternatives:
            preference = _preference(token, alternative)
            word = alternative.text.strip()
            if preference < PREFERRED or not _LATIN.fullmatch(word) or squash(word) in ("", squash(written)):
                continue
            spaced = f" {word}" if target[start].isspace() else word
            if not following or target[slice(*following)].strip() != word:
                detail = f"{written!r} is doubtful; it may be {word!r}."
                yield _edit(target, start, end, spaced, detail, preference)
            if word.isalpha():
                detail = f"{written!r} is doubtful; it may be {f'{word} {written}'!r}."
                inserted = f"{spaced}{'' if target[start].isspace() else ' '}{target[start:end]}"
                yield _edit(target, start, end, inserted, detail, preference + _INSERTED)
            if following and next_token:
                if target[next_token.start : next_token.end] == alternative.text:
                    detail = f"{written!r} is doubtful; the Chinese may not say it."
                    yield _edit(target, start, end, "", detail, preference + _OMITTED)
                two = target[start : following[1]].strip()
                if squash(two) != squash(written):
                    detail = f"{two!r} is doubtful; it may be {word!r}."
                    yield _edit(target, start, following[1], spaced, detail, preference + _TWO_WORDS)


def _rewrites(scorer: Scorer, source: str, target: str, tokens: Sequence[Token]) -> list[Edit]:
    """The English with what the model writes in its own words from places that it doubts, until it is back at it."""
    words = [match.span() for match in _WORD.finditer(target)]
    numbers = {start: number for number, (start, _) in enumerate(words)}
    starts = [
        (preference, numbers[token.start], place, alternative)
        for place, token in enumerate(tokens)
        if token.start in numbers
        for alternative in token.alternatives
        if (preference := _preference(token, alternative)) >= PREFERRED and _LATIN.fullmatch(alternative.text)
    ]
    starts = sorted(starts, key=lambda start: -start[0])[:REWRITES]
    texts = scorer.write_on(INSTRUCTION, source, target, [start[2:] for start in starts], WRITTEN_ON)
    return [
        edit
        for (preference, number, *_), text in zip(starts, texts, strict=True)
        for edit in _rejoined(target, words[number:], text, preference)
    ]


def _rejoined(target: str, old: list[Place], text: str, preference: float) -> list[Edit]:
    """The English with a text from its word `old[0]` on, up to where two words of it follow in the English as well."""
    new = [match.span() for match in _WORD.finditer(text)]
    written = [target[slice(*place)].strip() for place in old]
    rewritten = [text[slice(*place)].strip() for place in new]
    back = [
        (taken + left, taken, left)
        for taken in range(len(new))
        for left in range(1, min(len(old), len(new) + 1))
        if rewritten[taken : taken + 2] == written[left : left + 2] and (taken + 1 < len(new) or left + 1 == len(old))
    ]
    edits = []
    for _, taken, left in sorted(back)[:REJOINED]:
        start, end = old[0][0], old[left][0]
        words = text[: new[taken][0]]
        said, instead = target[start:end].strip(), words.strip()
        before, after = _words(said), _words(instead)
        if before != after:  # not marks alone
            what = f"it may be {instead!r}" if instead else "the Chinese may not say it"
            bound = REORDERED if sorted(before) == sorted(after) else REWRITTEN
            edits.append(_edit(target, start, end, words, f"{said!r} is doubtful; {what}.", preference, bound))
    return edits


def _words(text: str) -> list[str]:
    return [word for match in _WORD.finditer(text) if (word := squash(match.group()))]


def _exchanges(target: str, arrived: Sequence[tuple[Item, Place]]) -> list[Edit]:
    """The English with two names or two numbers in each other's places; first those that are near each other."""
    written = [(item.kind, place) for item, place in arrived if place[0] < place[1]]
    pairs = [
        sorted((first, second))
        for (kind, first), (other, second) in combinations(written, 2)
        if kind == other and not overlaps(first, [second]) and target[slice(*first)] != target[slice(*second)]
    ]
    edits = []
    for first, second in sorted(pairs, key=lambda pair: pair[1][0] - pair[0][1])[:EXCHANGES]:
        one, two = target[slice(*first)], target[slice(*second)]
        text = target[: first[0]] + two + target[first[1] : second[0]] + one + target[second[1] :]
        detail = f"{one!r} and {two!r} may be in each other's places."
        edits.append(Edit(text, (first[0], second[1]), detail, 0.0, REORDERED))
    return edits


def _edit(target: str, start: int, end: int, new: str, detail: str, preference: float, bound: float = BOTH) -> Edit:
    first = start + len(target[start:end]) - len(target[start:end].lstrip())
    return Edit(target[:start] + new + target[end:], (first, end), detail, preference, bound)


def _preference(token: Token, alternative: Alternative) -> float:
    return min(alternative.log_probability - token.log_probability, alternative.evidence)


def _shifted(finding: Finding, by: int) -> Finding:
    assert finding.target is not None
    start, end = finding.target
    return replace(finding, target=(start + by, end + by))
